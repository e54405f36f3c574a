/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Mine, theirs and what was there before, for each key that both sides have changed. Mine is chosen to
 * begin with: it is what the person has just asked for, and theirs is in front of them.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-conflict-window.h"

#include "gum-json.h"
#include "gum-product-keys.h"
#include "gum-product-values.h"

#include <glib/gi18n.h>

struct _GumConflictWindow
{
  AdwWindow   parent_instance;

  /* owned */
  GumDraft   *draft;
  JsonObject *theirs;
  char      **keys;
  GPtrArray  *mine;        /* of GtkCheckButton, unowned: one a key */

  /* widgets */
  GtkWidget  *page;
};

enum {
  DECIDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GumConflictWindow, gum_conflict_window, ADW_TYPE_WINDOW)

static void
keep_cb (GumConflictWindow *self)
{
  for (guint i = 0; self->keys[i] != NULL; i++)
    gum_draft_resolve (self->draft, self->keys[i],
                       gtk_check_button_get_active (g_ptr_array_index (self->mine, i)), self->theirs);
  g_signal_emit (self, signals[DECIDED], 0);
  gtk_window_close (GTK_WINDOW (self));
}

static GtkWidget *
add_row (GtkWidget  *group,
         const char *title,
         const char *value,
         GtkWidget  *choice)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *sentence = g_strdup_printf ("%s: %s", title, value);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), value);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 8);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence, -1);
  if (choice != NULL)
    {
      gtk_widget_set_valign (choice, GTK_ALIGN_CENTER);
      gtk_accessible_update_property (GTK_ACCESSIBLE (choice), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence,
                                      -1);
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), choice);
      adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), choice);
    }
  else
    {
      gtk_widget_set_sensitive (row, FALSE);
    }
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);

  return row;
}

static void
add_key (GumConflictWindow *self,
         const char        *key)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *mine = gtk_check_button_new ();
  GtkWidget *theirs = gtk_check_button_new ();
  const char *currency = gum_json_get_string (self->theirs, "currency");
  g_autoptr (JsonNode) their_value = gum_product_keys_read (key, self->theirs);
  /* A title is markup. */
  g_autofree char *title = g_markup_escape_text (gum_product_values_get_title (key), -1);
  g_autofree char *mine_text = gum_product_values_dup_text (key, gum_draft_get_mine (self->draft, key),
                                                            currency);
  g_autofree char *theirs_text = gum_product_values_dup_text (key, their_value, currency);
  g_autofree char *base_text = gum_product_values_dup_text (key, gum_draft_get_base (self->draft, key),
                                                            currency);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  gtk_check_button_set_group (GTK_CHECK_BUTTON (theirs), GTK_CHECK_BUTTON (mine));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (mine), TRUE);
  add_row (group, _("Yours"), mine_text, mine);
  add_row (group, _("At Gumroad Now"), theirs_text, theirs);
  add_row (group, _("Before"), base_text, NULL);
  g_ptr_array_add (self->mine, mine);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self->page), ADW_PREFERENCES_GROUP (group));
}

static void
gum_conflict_window_finalize (GObject *object)
{
  GumConflictWindow *self = GUM_CONFLICT_WINDOW (object);

  g_clear_object (&self->draft);
  g_clear_pointer (&self->theirs, json_object_unref);
  g_strfreev (self->keys);
  g_ptr_array_unref (self->mine);

  G_OBJECT_CLASS (gum_conflict_window_parent_class)->finalize (object);
}

static void
gum_conflict_window_class_init (GumConflictWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gum_conflict_window_finalize;

  signals[DECIDED] = g_signal_new ("decided", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
gum_conflict_window_init (GumConflictWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_("_Cancel"));
  GtkWidget *keep = gtk_button_new_with_mnemonic (_("_Save"));

  self->mine = g_ptr_array_new ();
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_title (GTK_WINDOW (self), _("Changed on Both Sides"));
  gtk_window_set_default_size (GTK_WINDOW (self), 480, 560);

  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel), "window.close");
  gtk_widget_add_css_class (keep, "suggested-action");
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), keep);
  g_signal_connect_object (keep, "clicked", G_CALLBACK (keep_cb), self, G_CONNECT_SWAPPED);

  self->page = adw_preferences_page_new ();
  gtk_widget_set_vexpand (self->page, TRUE);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), self->page);
  adw_window_set_content (ADW_WINDOW (self), box);
}

GtkWidget *
gum_conflict_window_new (GumDraft *draft)
{
  GumConflictWindow *self;
  JsonObject *theirs;
  char **keys;
  GtkWidget *intro;

  g_return_val_if_fail (GUM_IS_DRAFT (draft), NULL);

  theirs = gum_draft_get_theirs (draft);
  keys = theirs != NULL ? gum_draft_dup_conflicts (draft, theirs) : NULL;
  if (keys == NULL)
    return NULL;

  self = g_object_new (GUM_TYPE_CONFLICT_WINDOW, NULL);
  self->draft = g_object_ref (draft);
  self->theirs = json_object_ref (theirs);
  self->keys = keys;

  intro = adw_preferences_group_new ();
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (intro),
                                         _("Somebody changed these at Gumroad while you did here. "
                                           "Choose what to keep; your other changes are saved as they are."));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self->page), ADW_PREFERENCES_GROUP (intro));
  for (guint i = 0; keys[i] != NULL; i++)
    add_key (self, keys[i]);

  return GTK_WIDGET (self);
}

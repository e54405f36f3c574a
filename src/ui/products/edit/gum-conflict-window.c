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
#include "gum-value-words.h"

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
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);

  return row;
}

static const char *
get_text (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
}

/* Where the currency is another one, the price is mine as a whole. */
static char *
dup_my_price (GumConflictWindow *self,
              JsonNode          *value,
              const char        *currency)
{
  JsonNode *suggested = gum_draft_get_mine (self->draft, "suggested_price_cents");
  g_autofree char *price = gum_product_values_dup_text ("price", value, currency);
  g_autofree char *more = NULL;

  if (suggested == NULL || g_strcmp0 (currency, gum_json_get_string (self->theirs, "currency")) == 0)
    return g_steal_pointer (&price);

  more = gum_product_values_dup_text ("suggested_price_cents", suggested, currency);
  /* Translators: a price, and the price that is suggested to buyers */
  return g_strdup_printf (_("%1$s, suggested %2$s"), price, more);
}

/* A long text is shown from where it differs. */
static char *
dup_value (const char *key,
           JsonNode   *value,
           JsonNode   *other,
           const char *currency,
           gboolean   *is_alike)
{
  g_autofree char *whole = NULL;
  g_autofree char *part = NULL;

  *is_alike = FALSE;
  if (value == NULL || !gum_value_words_has (key))
    return gum_product_values_dup_text (key, value, currency);

  part = gum_value_words_dup_part (key, value, other, is_alike);
  if (!g_str_has_prefix (key, "rich_content"))
    return *part != '\0' ? g_steal_pointer (&part) : gum_product_values_dup_text (key, NULL, currency);

  whole = gum_product_values_dup_text (key, value, currency);

  return *part != '\0' ? g_strdup_printf ("%s\n%s", whole, part) : g_steal_pointer (&whole);
}

static void
add_key (GumConflictWindow *self,
         const char        *key)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *mine = gtk_check_button_new ();
  GtkWidget *theirs = gtk_check_button_new ();
  JsonNode *base_value = gum_draft_get_base (self->draft, key);
  /* Of a price only the currency may be changed. */
  JsonNode *my_value = gum_draft_get_mine (self->draft, key) != NULL ? gum_draft_get_mine (self->draft, key)
                                                                      : base_value;
  g_autoptr (JsonNode) their_value = gum_product_keys_read (key, self->theirs);
  const char *their_currency = gum_json_get_string (self->theirs, "currency");
  const char *base_currency = get_text (gum_draft_get_base (self->draft, "price_currency_type"));
  const char *my_currency = get_text (gum_draft_get_mine (self->draft, "price_currency_type"));
  /* A title is markup. */
  g_autofree char *title = g_markup_escape_text (gum_product_values_get_title (key), -1);
  g_autofree char *mine_text = NULL;
  g_autofree char *theirs_text = NULL;
  g_autofree char *base_text = NULL;
  gboolean is_alike;
  gboolean is_base_alike;

  if (base_currency == NULL)
    base_currency = their_currency;
  if (my_currency == NULL)
    my_currency = base_currency;
  mine_text = g_str_equal (key, "price") ? dup_my_price (self, my_value, my_currency)
                                         : dup_value (key, my_value, their_value, my_currency, &is_alike);
  theirs_text = dup_value (key, their_value, my_value, their_currency, &is_alike);
  base_text = dup_value (key, base_value, my_value, base_currency, &is_base_alike);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  if (is_alike)
    adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group),
                                           _("The words are the same. Formatting, links, pictures or files "
                                             "differ."));
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

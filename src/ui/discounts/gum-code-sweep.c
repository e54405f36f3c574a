/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The codes that are used up: each can be kept; the rest is deleted after a question. The queue sends the
 * deletions, one after the other.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-code-sweep.h"

#include "gum-code-facts.h"
#include "gum-journal.h"
#include "gum-offer-code.h"

#include <glib/gi18n.h>

struct _GumCodeSweep
{
  GumFormWindow   parent_instance;

  /* owned */
  GumStore       *store;
  GumRecords     *records;
  GListStore     *codes;         /* of GumRecord */
  GHashTable     *kept;          /* of GumRecord, unowned: those that are not ticked */

  /* children */
  GtkLabel       *count;
};

G_DEFINE_FINAL_TYPE (GumCodeSweep, gum_code_sweep, GUM_TYPE_FORM_WINDOW)

static void
update (GumCodeSweep *self)
{
  guint n = gum_code_sweep_count (self);
  g_autofree char *text =
    g_strdup_printf (ngettext ("%u code will be deleted at Gumroad.",
                               "%u codes will be deleted at Gumroad.", n), n);

  gtk_label_set_text (self->count, text);
  gum_form_window_set_ready (GUM_FORM_WINDOW (self), n > 0);
}

/* --- rows ------------------------------------------------------------------------------------- */

static void
toggled_cb (GtkCheckButton *check,
            GumCodeSweep   *self)
{
  GumRecord *record = g_object_get_data (G_OBJECT (check), "record");

  if (record == NULL)
    return;
  if (gtk_check_button_get_active (check))
    g_hash_table_remove (self->kept, record);
  else
    g_hash_table_add (self->kept, record);
  update (self);
}

static void
setup_cb (GumCodeSweep *self,
          GtkListItem  *item)
{
  GtkWidget *check = gtk_check_button_new ();

  g_signal_connect_object (check, "toggled", G_CALLBACK (toggled_cb), self, 0);
  gtk_list_item_set_child (item, check);
  gtk_list_item_set_activatable (item, FALSE);
}

static void
bind_cb (GumCodeSweep *self,
         GtkListItem  *item)
{
  GtkWidget *check = gtk_list_item_get_child (item);
  GumRecord *record = gtk_list_item_get_item (item);
  g_auto (GumRecordLines) lines = { 0 };
  g_autofree char *text = NULL;

  gum_code_look.describe (record, &lines);
  text = g_strdup_printf ("%s · %s · %s", lines.title, lines.subtitle, lines.state);
  g_object_set_data (G_OBJECT (check), "record", NULL);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check),
                               !g_hash_table_contains (self->kept, record));
  g_object_set_data (G_OBJECT (check), "record", record);
  gtk_check_button_set_label (GTK_CHECK_BUTTON (check), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  lines.sentence, -1);
}

static void
unbind_cb (GumCodeSweep *self,
           GtkListItem  *item)
{
  g_object_set_data (G_OBJECT (gtk_list_item_get_child (item)), "record", NULL);
}

/* --- deleting --------------------------------------------------------------------------------- */

static void
sweep (GumCodeSweep *self)
{
  g_autoptr (GPtrArray) writes = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *toast = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->codes)); i++)
    {
      g_autoptr (GumRecord) record = g_list_model_get_item (G_LIST_MODEL (self->codes), i);

      if (!g_hash_table_contains (self->kept, record))
        g_ptr_array_add (writes, gum_records_new_delete (
                           self->records, record,
                           gum_offer_code_get_name (gum_record_get_resource (record))));
    }
  toast = g_strdup_printf (ngettext ("%u code is being deleted", "%u codes are being deleted", writes->len),
                           writes->len);
  gum_form_window_send_batch (GUM_FORM_WINDOW (self), self->store, GUM_BATCH_KIND_SWEEP,
                              _("Codes that are used up"), writes, toast);
}

static void
response_cb (GumCodeSweep *self,
             const char   *response)
{
  if (g_str_equal (response, "delete") && !gum_form_window_is_busy (GUM_FORM_WINDOW (self)) &&
      gum_code_sweep_count (self) > 0)
    sweep (self);
}

static void
gum_code_sweep_apply (GumFormWindow *form)
{
  GumCodeSweep *self = GUM_CODE_SWEEP (form);
  guint n = gum_code_sweep_count (self);
  g_autofree char *heading = g_strdup_printf (ngettext ("Delete %u Code?", "Delete %u Codes?", n), n);
  GtkWidget *dialog =
    adw_message_dialog_new (GTK_WINDOW (self), heading,
                            _("They are used up already, so nobody can use them. They cannot be "
                              "brought back."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel", _("_Cancel"),
                                    "delete", _("_Delete"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "delete",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* --- GObject ---------------------------------------------------------------------------------- */

static void
gum_code_sweep_dispose (GObject *object)
{
  GumCodeSweep *self = GUM_CODE_SWEEP (object);

  g_clear_object (&self->records);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (gum_code_sweep_parent_class)->dispose (object);
}

static void
gum_code_sweep_finalize (GObject *object)
{
  GumCodeSweep *self = GUM_CODE_SWEEP (object);

  g_hash_table_unref (self->kept);
  g_object_unref (self->codes);

  G_OBJECT_CLASS (gum_code_sweep_parent_class)->finalize (object);
}

static void
gum_code_sweep_class_init (GumCodeSweepClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gum_code_sweep_dispose;
  G_OBJECT_CLASS (klass)->finalize = gum_code_sweep_finalize;
  GUM_FORM_WINDOW_CLASS (klass)->apply = gum_code_sweep_apply;
}

static void
gum_code_sweep_init (GumCodeSweep *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *box, *view;

  self->codes = g_list_store_new (GUM_TYPE_RECORD);
  self->kept = g_hash_table_new (NULL, NULL);
  gum_form_window_set_texts (GUM_FORM_WINDOW (self), _("Sweep Spent Codes"), _("_Delete…"));
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->count = g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "xalign", 0.0f, NULL);
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, G_CONNECT_SWAPPED);
  view = gtk_list_view_new (GTK_SELECTION_MODEL (gtk_no_selection_new (
                                                   g_object_ref (G_LIST_MODEL (self->codes)))),
                            factory);
  gtk_widget_add_css_class (view, "records");
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Codes that are used up"), -1);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->count));
  gtk_box_append (GTK_BOX (box), g_object_new (GTK_TYPE_SCROLLED_WINDOW,
                                                      "hscrollbar-policy", GTK_POLICY_NEVER,
                                                      "min-content-height", 260,
                                                      "vexpand", TRUE,
                                                      "child", view,
                                                      NULL));
  gum_form_window_add (GUM_FORM_WINDOW (self), box);
}

GtkWidget *
gum_code_sweep_new (GumStore *store)
{
  GumCodeSweep *self = g_object_new (GUM_TYPE_CODE_SWEEP, NULL);

  self->store = g_object_ref (store);
  self->records = g_object_ref (gum_store_get_records (store, GUM_RECORD_CODE));
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->records)); i++)
    {
      g_autoptr (GumRecord) record = g_list_model_get_item (G_LIST_MODEL (self->records), i);

      if (gum_offer_code_is_spent (gum_record_get_resource (record)))
        g_list_store_append (self->codes, record);
    }
  update (self);
  if (g_list_model_get_n_items (G_LIST_MODEL (self->codes)) == 0)
    gtk_label_set_text (self->count, _("No code is used up. There is nothing to sweep."));

  return GTK_WIDGET (self);
}

guint
gum_code_sweep_count (GumCodeSweep *self)
{
  g_return_val_if_fail (GUM_IS_CODE_SWEEP (self), 0);

  return g_list_model_get_n_items (G_LIST_MODEL (self->codes)) - g_hash_table_size (self->kept);
}

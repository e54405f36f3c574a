/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How far many writes are, each with its outcome, and the results as a file. The file is written whole or
 * not at all.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-batch-view.h"

#include "gum-errors.h"
#include "gum-section.h"

#include <glib/gi18n.h>
#include <string.h>

struct _GumBatchView
{
  GtkBox                parent_instance;

  /* owned */
  GumRecordBatch       *batch;
  GtkFileChooserNative *chooser;
  GListStore           *rows;          /* of GumWrite */

  /* children */
  GtkProgressBar       *progress;
  GtkLabel             *text;
  GtkLabel             *error;
  GtkWidget            *stop;
  GtkWidget            *save;
};

G_DEFINE_FINAL_TYPE (GumBatchView, gum_batch_view, GTK_TYPE_BOX)

/* --- words ------------------------------------------------------------------------------------ */

static char *
dup_outcome (GumRecordBatch *batch,
             guint           position)
{
  GumWrite *write = g_ptr_array_index (gum_record_batch_get_writes (batch), position);
  const GError *failure = gum_record_batch_get_failure (batch, position);

  switch (gum_write_get_state (write))
    {
    case GUM_WRITE_DONE:
      return g_strdup (_("Done"));
    case GUM_WRITE_SENDING:
      return g_strdup (_("On its way"));
    case GUM_WRITE_FAILED:
      return failure != NULL ? gum_errors_dup_sentence (failure, NULL) : g_strdup (_("Failed"));
    case GUM_WRITE_UNCLEAR:
      return g_strdup (_("Outcome unknown: look for it at Gumroad"));
    case GUM_WRITE_DROPPED:
    case GUM_WRITE_CONFLICT:
      return g_strdup (_("Not sent"));
    case GUM_WRITE_WAITING:
    default:
      return g_strdup (_("Waiting"));
    }
}

static const char *
get_state_name (GumWriteState state)
{
  switch (state)
    {
    case GUM_WRITE_DONE:
      return "done";
    case GUM_WRITE_FAILED:
      return "refused";
    case GUM_WRITE_UNCLEAR:
      return "unknown";
    case GUM_WRITE_WAITING:
    case GUM_WRITE_SENDING:
    case GUM_WRITE_CONFLICT:
    case GUM_WRITE_DROPPED:
    default:
      return "not sent";
    }
}

static void
append_field (GString    *csv,
              const char *text,
              const char *end)
{
  g_string_append_c (csv, '"');
  for (const char *at = text != NULL ? text : ""; *at != '\0'; at++)
    {
      if (*at == '"')
        g_string_append_c (csv, '"');
      g_string_append_c (csv, *at);
    }
  g_string_append_c (csv, '"');
  g_string_append (csv, end);
}

char *
gum_batch_view_dup_csv (GumRecordBatch *batch)
{
  GPtrArray *writes = gum_record_batch_get_writes (batch);
  g_autoptr (GString) csv = g_string_new ("\"code\",\"result\",\"reason\"\r\n");

  for (guint i = 0; i < writes->len; i++)
    {
      GumWrite *write = g_ptr_array_index (writes, i);
      const GError *failure = gum_record_batch_get_failure (batch, i);
      g_autofree char *reason = failure != NULL ? gum_errors_dup_sentence (failure, NULL) : NULL;

      append_field (csv, gum_write_get_label (write), ",");
      append_field (csv, get_state_name (gum_write_get_state (write)), ",");
      append_field (csv, reason, "\r\n");
    }

  return g_string_free (g_steal_pointer (&csv), FALSE);
}

/* One of several facts, each whole by itself. Takes @part, which is about @n things. */
static void
take_part (GString *text,
           guint    n,
           char    *part)
{
  if (n > 0 && text->len > 0)
    g_string_append (text, " · ");
  if (n > 0)
    g_string_append (text, part);
  g_free (part);
}

static char *
dup_text (GumBatchView *self)
{
  guint n = gum_record_batch_get_writes (self->batch)->len;
  guint n_done = gum_record_batch_count (self->batch, GUM_WRITE_DONE);
  guint n_failed = gum_record_batch_count (self->batch, GUM_WRITE_FAILED);
  guint n_unclear = gum_record_batch_count (self->batch, GUM_WRITE_UNCLEAR);
  guint n_dropped = gum_record_batch_count (self->batch, GUM_WRITE_DROPPED);
  g_autoptr (GString) text = g_string_new (NULL);

  /* Translators: how many of a number of things are done */
  take_part (text, n, g_strdup_printf (ngettext ("%u of %u done", "%u of %u done", n), n_done, n));
  take_part (text, n_failed, g_strdup_printf (ngettext ("%u refused", "%u refused", n_failed), n_failed));
  take_part (text, n_unclear, g_strdup_printf (ngettext ("%u unknown", "%u unknown", n_unclear), n_unclear));
  take_part (text, n_dropped, g_strdup_printf (ngettext ("%u not sent", "%u not sent", n_dropped), n_dropped));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
update (GumBatchView *self)
{
  guint n = gum_record_batch_get_writes (self->batch)->len;
  guint n_ended = gum_record_batch_get_n_ended (self->batch);
  gboolean running = gum_record_batch_is_running (self->batch);
  const GError *error = gum_record_batch_get_error (self->batch);
  g_autofree char *text = dup_text (self);
  g_autofree char *sentence = error != NULL ? gum_errors_dup_sentence (error, NULL) : NULL;

  gtk_progress_bar_set_fraction (self->progress, (double) n_ended / n);
  gtk_label_set_text (self->text, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  text, -1);
  gtk_label_set_text (self->error, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error), sentence != NULL);
  gtk_widget_set_visible (self->stop, running);
  gtk_widget_set_visible (self->save, !running);
}

/* --- the file --------------------------------------------------------------------------------- */

static void
write_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      data,
                 GCancellable *cancellable)
{
  const char *text = g_object_get_data (G_OBJECT (task), "csv");
  GError *error = NULL;

  if (g_file_set_contents_full (data, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0644, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    gtk_label_set_text (GUM_BATCH_VIEW (source)->error, _("The results were saved."));
  else
    gtk_label_set_text (GUM_BATCH_VIEW (source)->error,
                        _("The results could not be saved there. Choose another folder."));
  gtk_widget_set_visible (GTK_WIDGET (GUM_BATCH_VIEW (source)->error), TRUE);
}

static void
save_to (GumBatchView *self,
         const char   *path)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, written_cb, NULL);

  g_task_set_source_tag (task, save_to);
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_object_set_data_full (G_OBJECT (task), "csv", gum_batch_view_dup_csv (self->batch), g_free);
  g_task_run_in_thread (task, write_in_thread);
}

static void
response_cb (GumBatchView *self,
             int           response)
{
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));
  path = file != NULL ? g_file_get_path (file) : NULL;
  g_clear_object (&self->chooser);
  if (path != NULL)
    save_to (self, path);
}

static void
save_cb (GumBatchView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->chooser != NULL)
    return;
  self->chooser = gtk_file_chooser_native_new (_("Save Results"),
                                               GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                               GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  /* Translators: the name of a file */
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), _("codes.csv"));
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (response_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
stop_cb (GumBatchView *self)
{
  gum_record_batch_stop (self->batch);
}

/* --- rows ------------------------------------------------------------------------------------- */

static void
setup_cb (GumBatchView *self,
          GtkListItem  *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *name = g_object_new (GTK_TYPE_LABEL,
                                  "xalign", 0.0f,
                                  "ellipsize", PANGO_ELLIPSIZE_END,
                                  "width-chars", 12,
                                  NULL);
  GtkWidget *outcome = g_object_new (GTK_TYPE_LABEL,
                                     "xalign", 1.0f,
                                     "ellipsize", PANGO_ELLIPSIZE_END,
                                     "hexpand", TRUE,
                                     NULL);

  gtk_widget_add_css_class (outcome, "dim-label");
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), outcome);
  gtk_list_item_set_child (item, box);
  gtk_list_item_set_activatable (item, FALSE);
}

static void
show_row (GumBatchView *self,
          GtkListItem  *item)
{
  GtkWidget *box = gtk_list_item_get_child (item);
  GumWrite *write = gtk_list_item_get_item (item);
  g_autofree char *outcome = dup_outcome (self->batch, gtk_list_item_get_position (item));
  g_autofree char *sentence = g_strdup_printf ("%s: %s", gum_write_get_label (write), outcome);
  GtkWidget *last = gtk_widget_get_last_child (box);

  gtk_label_set_text (GTK_LABEL (gtk_widget_get_first_child (box)), gum_write_get_label (write));
  gtk_label_set_text (GTK_LABEL (last), outcome);
  gtk_widget_set_tooltip_text (last, outcome);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (box)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, sentence, -1);
}

/* The outcome comes after the state: the row is told once both are there. */
static void
ended_cb (GumBatchView *self)
{
  guint n_ended = gum_record_batch_get_n_ended (self->batch);

  update (self);
  if (n_ended == 0)
    return;
  g_list_model_items_changed (G_LIST_MODEL (self->rows), n_ended - 1, 1, 1);
}

static void
over_cb (GumBatchView *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->rows));

  update (self);
  g_list_model_items_changed (G_LIST_MODEL (self->rows), 0, n, n);
}

/* --- GObject ---------------------------------------------------------------------------------- */

static void
gum_batch_view_dispose (GObject *object)
{
  GumBatchView *self = GUM_BATCH_VIEW (object);

  if (self->chooser != NULL)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);
  if (self->batch != NULL)
    g_signal_handlers_disconnect_by_data (self->batch, self);
  g_clear_object (&self->batch);
  g_clear_object (&self->rows);

  G_OBJECT_CLASS (gum_batch_view_parent_class)->dispose (object);
}

static void
gum_batch_view_class_init (GumBatchViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gum_batch_view_dispose;
}

static GtkLabel *
new_text (void)
{
  return g_object_new (GTK_TYPE_LABEL,
                       "wrap", TRUE,
                       "wrap-mode", PANGO_WRAP_WORD_CHAR,
                       "xalign", 0.0f,
                       "hexpand", TRUE,
                       NULL);
}

static void
gum_batch_view_init (GumBatchView *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 12);
  self->rows = g_list_store_new (GUM_TYPE_WRITE);
  self->progress = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  self->text = new_text ();
  self->error = new_text ();
  self->stop = gtk_button_new_with_mnemonic (_("_Stop"));
  self->save = gtk_button_new_with_mnemonic (_("Save _Results…"));
  g_signal_connect_object (self->stop, "clicked", G_CALLBACK (stop_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->save, "clicked", G_CALLBACK (save_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->text));
  gtk_box_append (GTK_BOX (line), self->stop);
  gtk_box_append (GTK_BOX (line), self->save);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->progress));
  gtk_box_append (GTK_BOX (self), line);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->error));
}

GtkWidget *
gum_batch_view_new (GumRecordBatch *batch)
{
  GumBatchView *self = g_object_new (GUM_TYPE_BATCH_VIEW, NULL);
  GPtrArray *writes = gum_record_batch_get_writes (batch);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *view, *scroller;

  self->batch = g_object_ref (batch);
  for (guint i = 0; i < writes->len; i++)
    g_list_store_append (self->rows, g_ptr_array_index (writes, i));
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (show_row), self, G_CONNECT_SWAPPED);
  view = gtk_list_view_new (GTK_SELECTION_MODEL (gtk_no_selection_new (
                                                   G_LIST_MODEL (g_object_ref (self->rows)))),
                            factory);
  gtk_widget_add_css_class (view, "records");
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Results"), -1);
  scroller = g_object_new (GTK_TYPE_SCROLLED_WINDOW,
                           "hscrollbar-policy", GTK_POLICY_NEVER,
                           "min-content-height", 240,
                           "vexpand", TRUE,
                           "child", view,
                           NULL);
  gtk_box_append (GTK_BOX (self), scroller);
  g_signal_connect_object (batch, "notify::n-ended", G_CALLBACK (ended_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (batch, "notify::running", G_CALLBACK (over_cb), self,
                           G_CONNECT_SWAPPED);
  update (self);

  return GTK_WIDGET (self);
}

const char *
gum_batch_view_get_text (GumBatchView *self)
{
  g_return_val_if_fail (GUM_IS_BATCH_VIEW (self), NULL);

  return gtk_label_get_text (self->text);
}

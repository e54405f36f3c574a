/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What became of many discount codes, as a file for a table: who hands them out needs to know which of them
 * there are. It is made of the journal, so it can be had as long as the batch is listed; and it is written
 * whole or not at all. */

#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-results-file.h"

#include "gum-batch-words.h"
#include "gum-section.h"

#include <glib/gi18n-lib.h>

#define CHOOSER "gum-results-chooser"

/* --- the text --------------------------------------------------------------------------------- */

/* For programs: not translated. */
static const char *
get_state_name (GumWriteState state)
{
  switch (state)
    {
    case GUM_WRITE_DONE:
      return "done";
    case GUM_WRITE_FAILED:
      return "failed";
    case GUM_WRITE_UNCLEAR:
      return "unknown";
    case GUM_WRITE_WAITING:
    case GUM_WRITE_SENDING:
      return "waiting";
    case GUM_WRITE_CONFLICT:
    case GUM_WRITE_DROPPED:
    default:
      return "not sent";
    }
}

static char *
dup_reason (GumWrite *write)
{
  GumWriteState state = gum_write_get_state (write);

  return state == GUM_WRITE_FAILED || state == GUM_WRITE_UNCLEAR ? gum_batch_words_dup_write (write) : NULL;
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
gum_results_file_dup_text (GumWrites *writes)
{
  g_autoptr(GString) csv = g_string_new ("\"code\",\"result\",\"reason\"\r\n");

  g_return_val_if_fail (GUM_IS_WRITES (writes), NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (writes)); i++)
    {
      g_autoptr(GumWrite) write = g_list_model_get_item (G_LIST_MODEL (writes), i);
      g_autofree char *reason = dup_reason (write);

      append_field (csv, gum_write_get_label (write), ",");
      append_field (csv, get_state_name (gum_write_get_state (write)), ",");
      append_field (csv, reason, "\r\n");
    }

  return g_string_free (g_steal_pointer (&csv), FALSE);
}

/* --- the file --------------------------------------------------------------------------------- */

/* The data of a GTask. */
typedef struct {
  char *path;
  char *text;
} Saving;

static void
saving_free (Saving *saving)
{
  g_free (saving->path);
  g_free (saving->text);
  g_free (saving);
}

static void
save_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  Saving *saving = data;
  GError *error = NULL;

  if (g_file_set_contents_full (saving->path, saving->text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0644, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  gboolean saved = g_task_propagate_boolean (G_TASK (result), NULL);

  gum_section_add_toast (GTK_WIDGET (source),
                         saved ? _("The results were saved")
                               : _("The results could not be saved there. Choose another folder."));
}

void
gum_results_file_save (GtkWidget  *widget,
                       GumWrites  *writes,
                       const char *path)
{
  g_autoptr(GTask) task = g_task_new (widget, NULL, saved_cb, NULL);
  Saving *saving = g_new0 (Saving, 1);

  saving->path = g_strdup (path);
  saving->text = gum_results_file_dup_text (writes);
  g_task_set_source_tag (task, gum_results_file_save);
  g_task_set_task_data (task, saving, (GDestroyNotify) saving_free);
  g_task_run_in_thread (task, save_in_thread);
}

static void
chosen_cb (GtkNativeDialog *dialog,
           int              response,
           GtkWidget       *widget)
{
  g_autoptr(GtkFileChooserNative) chooser = g_object_steal_data (G_OBJECT (widget), CHOOSER);
  g_autoptr(GFile) file = NULL;
  g_autofree char *path = NULL;

  if (response != GTK_RESPONSE_ACCEPT || chooser == NULL)
    return;
  file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  path = file != NULL ? g_file_get_path (file) : NULL;
  if (path != NULL)
    gum_results_file_save (widget, g_object_get_data (G_OBJECT (chooser), "writes"), path);
}

void
gum_results_file_ask (GtkWidget *widget,
                      GumWrites *writes)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkFileChooserNative *chooser =
    gtk_file_chooser_native_new (_("Save Results"), GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                 GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  /* Translators: the name of a file */
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), _("codes.csv"));
  g_object_set_data_full (G_OBJECT (chooser), "writes", g_object_ref (writes), g_object_unref);
  g_signal_connect_object (chooser, "response", G_CALLBACK (chosen_cb), widget, 0);
  /* It goes with its page. */
  g_object_set_data_full (G_OBJECT (widget), CHOOSER, chooser, g_object_unref);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

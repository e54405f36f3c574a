/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a section with a short list does to the record that is open: deletes it after a question, or sends
 * something that needs no form.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-records-ask.h"

#include "gum-error.h"
#include "gum-errors.h"

#include <glib/gi18n.h>

typedef struct {
  GtkWidget *page;
  GumWrite  *write;
  char      *toast;
  char      *not_found;

  /* static */
  const char *action;    /* nullable: of the page, not to be used meanwhile */
} Sending;

static void
sending_free (gpointer data)
{
  Sending *sending = data;

  g_object_unref (sending->page);
  g_object_unref (sending->write);
  g_free (sending->toast);
  g_free (sending->not_found);
  g_free (sending);
}

static Sending *
sending_new (GumRecordsPage *page,
             GumWrite       *write,
             const char     *toast,
             const char     *not_found)
{
  Sending *sending = g_new0 (Sending, 1);

  sending->page = g_object_ref (GTK_WIDGET (page));
  sending->write = g_object_ref (write);
  sending->toast = g_strdup (toast);
  sending->not_found = g_strdup (not_found);

  return sending;
}

static void
show_failure (Sending      *sending,
              const GError *error)
{
  gboolean keeps = sending->not_found != NULL &&
                   g_error_matches (error, GUM_ERROR, GUM_ERROR_NOT_FOUND);
  g_autofree char *title = keeps ? g_strdup (_("Gumroad Keeps It")) : gum_errors_dup_title (error);
  g_autofree char *sentence = keeps ? g_strdup (sending->not_found)
                                    : gum_errors_dup_sentence (error, NULL);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (sending->page)),
                                              title, sentence);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "close");
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Sending *sending = user_data;
  g_autoptr (GError) error = NULL;
  gboolean ok = gum_records_write_finish (GUM_RECORDS (source), result, &error);

  if (sending->action != NULL)
    gtk_widget_action_set_enabled (sending->page, sending->action, TRUE);
  if (gtk_widget_get_root (sending->page) != NULL)
    {
      if (ok)
        gum_section_add_toast (sending->page, sending->toast);
      else
        show_failure (sending, error);
    }
  sending_free (sending);
}

void
gum_records_send (GumRecordsPage *page,
                  GumWrite       *write,
                  const char     *action,
                  const char     *toast,
                  const char     *not_found)
{
  GumRecords *records;
  Sending *sending;

  g_return_if_fail (GUM_IS_RECORDS_PAGE (page));
  g_return_if_fail (GUM_IS_WRITE (write));

  records = gum_records_page_get_records (page);
  if (records == NULL)
    return;

  sending = sending_new (page, write, toast, not_found);
  sending->action = action;
  if (action != NULL)
    gtk_widget_action_set_enabled (GTK_WIDGET (page), action, FALSE);
  gum_records_write_async (records, write, NULL, written_cb, sending);
}

static void
response_cb (GtkWidget  *dialog,
             const char *response,
             gpointer    user_data)
{
  Sending *sending = g_object_get_data (G_OBJECT (dialog), "sending");

  if (g_str_equal (response, "delete"))
    gum_records_send (GUM_RECORDS_PAGE (sending->page), sending->write, NULL,
                      sending->toast, sending->not_found);
}

void
gum_records_ask_to_delete (GumRecordsPage                *page,
                           const GumRecordsQuestionTexts *texts)
{
  GumRecords *records;
  GumRecord *record;
  GtkWidget *dialog;
  g_autoptr (GumWrite) write = NULL;

  g_return_if_fail (GUM_IS_RECORDS_PAGE (page));
  g_return_if_fail (texts != NULL);

  records = gum_records_page_get_records (page);
  record = gum_records_page_get_open (page);
  if (records == NULL || record == NULL)
    return;

  write = gum_records_new_delete (records, record, texts->label);
  dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page))),
                                   texts->heading, texts->body);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel", _("_Cancel"),
                                    "delete", _("_Delete"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "delete",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "sending",
                          sending_new (page, write, texts->toast, texts->not_found), sending_free);
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), NULL);
  gtk_window_present (GTK_WINDOW (dialog));
}

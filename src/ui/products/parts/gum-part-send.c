/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sending a change of a product's part, and saying how it ended: in a toast when it was done, in a dialog
 * when it was not, so that the sentence stays until it is read.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-part-send.h"

#include "gum-errors.h"
#include "gum-section.h"

#include <glib/gi18n.h>

typedef struct {
  /* owned */
  GtkWidget *place;
  GumShop   *shop;
  GumStore  *store;     /* nullable: the one that the shop had */
  GumWrite  *write;
  char      *done;
} Job;

static void
job_free (Job *job)
{
  g_object_unref (job->place);
  g_object_unref (job->shop);
  g_clear_object (&job->store);
  g_clear_object (&job->write);
  g_free (job->done);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Job, job_free)

/* The toast of one account can outlive it; another one has no such product. */
static gboolean
is_of_shop (Job *job)
{
  return job->store != NULL && job->store == gum_shop_get_store (job->shop);
}

GtkWidget *
gum_part_find_place (GtkWidget *widget)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);

  return overlay != NULL ? overlay : widget;
}

static Job *
job_new (GtkWidget  *widget,
         GumShop    *shop,
         GumWrite   *write,
         const char *done)
{
  Job *job = g_new0 (Job, 1);

  job->place = g_object_ref (gum_part_find_place (widget));
  job->shop = g_object_ref (shop);
  g_set_object (&job->store, gum_shop_get_store (shop));
  job->write = write != NULL ? g_object_ref (write) : NULL;
  job->done = g_strdup (done);

  return job;
}

static AdwMessageDialog *
create_dialog (GtkWidget  *widget,
               const char *heading,
               const char *body)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                              heading, body);

  return ADW_MESSAGE_DIALOG (dialog);
}

void
gum_part_say (GtkWidget  *widget,
              const char *heading,
              const char *body)
{
  AdwMessageDialog *dialog = create_dialog (widget, heading, body);

  adw_message_dialog_add_response (dialog, "close", _("_Close"));
  adw_message_dialog_set_default_response (dialog, "close");
  adw_message_dialog_set_close_response (dialog, "close");
  gtk_window_present (GTK_WINDOW (dialog));
}

void
gum_part_say_failure (GtkWidget    *widget,
                      const GError *error)
{
  g_autofree char *title = gum_errors_dup_title (error);
  g_autofree char *sentence = gum_errors_dup_sentence (error, NULL);

  /* Who cancelled it knows. */
  if (title != NULL && sentence != NULL)
    gum_part_say (widget, title, sentence);
}

static void
undo_cb (AdwToast *toast,
         Job      *job)
{
  g_autoptr (GumWrite) undo = gum_write_new_opposite (job->write);

  /* Once is enough. */
  adw_toast_dismiss (toast);
  if (is_of_shop (job))
    gum_part_send (job->place, job->shop, undo, NULL);
}

static void
free_job_cb (gpointer  data,
             GClosure *closure)
{
  job_free (data);
}

void
gum_part_say_done (GtkWidget  *widget,
                   GumShop    *shop,
                   GumWrite   *write,
                   const char *text)
{
  g_autoptr (GumWrite) undo = write != NULL ? gum_write_new_opposite (write) : NULL;
  AdwToast *toast;

  toast = gum_section_add_toast_with_button (gum_part_find_place (widget), text,
                                             undo != NULL ? _("_Undo") : NULL);
  if (toast != NULL && undo != NULL)
    g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undo_cb),
                           job_new (widget, shop, write, NULL), free_job_cb, 0);
}

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (Job) job = user_data;
  g_autoptr (GError) error = NULL;

  if (!gum_journal_send_finish (GUM_JOURNAL (source), result, &error))
    gum_part_say_failure (job->place, error);
  else if (job->done != NULL)
    gum_part_say_done (job->place, job->shop, is_of_shop (job) ? job->write : NULL, job->done);
  else
    /* What was taken back can be done again where it was done. */
    gum_section_add_toast (job->place, _("Undone"));
}

void
gum_part_send (GtkWidget  *widget,
               GumShop    *shop,
               GumWrite   *write,
               const char *done)
{
  const char *title, *reason;

  if (gum_shop_may_write (shop, &title, &reason))
    gum_journal_send_async (gum_store_get_journal (gum_shop_get_store (shop)), write, NULL, sent_cb,
                            job_new (widget, shop, write, done));
  else
    gum_part_say (gum_part_find_place (widget), title, reason);
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             Job              *job)
{
  if (g_strcmp0 (response, "do") == 0)
    gum_part_send (job->place, job->shop, job->write, job->done);
}

void
gum_part_ask (GtkWidget  *widget,
              GumShop    *shop,
              GumWrite   *write,
              const char *heading,
              const char *body,
              const char *verb,
              const char *done)
{
  AdwMessageDialog *dialog = create_dialog (widget, heading, body);

  adw_message_dialog_add_responses (dialog, "cancel", _("_Cancel"), "do", verb, NULL);
  adw_message_dialog_set_response_appearance (dialog, "do", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "cancel");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb),
                         job_new (widget, shop, write, done), free_job_cb, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Questions about a file of a product: its name, whether it is to be removed, whose pages it is put on.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-file-dialogs.h"

#include "gum-file-facts.h"
#include "gum-file-version.h"

#include <glib/gi18n.h>

/* What a dialog is about. */
typedef struct {
  GumFileWanted     wanted;
  char             *id;
  char             *url;
  GtkEditable      *name;
  GtkEditable      *description;
  GumVersionList   *versions;
  GumVersionChoice *choice;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_free (question->id);
  g_free (question->url);
  g_clear_object (&question->versions);
  g_free (question);
}

/* @verb: what is done; with a mnemonic. */
static GtkWidget *
new_dialog (GtkWidget      *page,
            GumProductFile *file,
            const char     *heading,
            const char     *body,
            const char     *verb,
            GumFileWanted   wanted,
            Question      **question)
{
  GtkRoot *root = gtk_widget_get_root (page);
  GtkWidget *dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, heading, body);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "do", verb, NULL);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  *question = g_new0 (Question, 1);
  (*question)->wanted = wanted;
  (*question)->id = g_strdup (gum_resource_get_id (GUM_RESOURCE (file)));
  g_object_set_data_full (G_OBJECT (dialog), "question", *question, question_free);

  return dialog;
}

static Question *
get_question (GtkWidget *dialog)
{
  return g_object_get_data (G_OBJECT (dialog), "question");
}

static GtkWidget *
add_list (GtkWidget *dialog)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), list);

  return list;
}

static void
suggest (GtkWidget *dialog)
{
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "do", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "do");
}

/* --- removing --------------------------------------------------------------------------------- */

static void
remove_cb (GtkWidget  *dialog,
           const char *response,
           GtkWidget  *page)
{
  Question *question = get_question (dialog);

  if (g_str_equal (response, "do"))
    question->wanted (page, gum_file_change_new (GUM_FILE_REMOVE, question->id, NULL, NULL, NULL));
}

void
gum_file_dialogs_ask_remove (GtkWidget      *page,
                             GumProductFile *file,
                             GumFileWanted   wanted)
{
  g_autofree char *name = gum_file_facts_dup_name (file);
  g_autofree char *heading = g_strdup_printf (_("Remove “%s”?"), name);
  Question *question;
  GtkWidget *dialog = new_dialog (page, file, heading,
                                  _("Buyers do not get it any more, those who have paid for it included. Gumroad "
                                    "deletes it, and it can only be brought back by uploading it again."),
                                  _("_Remove"), wanted, &question);

  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "do", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (remove_cb), page, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* --- renaming --------------------------------------------------------------------------------- */

static void
rename_cb (GtkWidget  *dialog,
           const char *response,
           GtkWidget  *page)
{
  Question *question = get_question (dialog);
  const char *description = gtk_editable_get_text (question->description);

  if (g_str_equal (response, "do"))
    question->wanted (page, gum_file_change_new (GUM_FILE_RENAME, question->id, question->url,
                                                 gtk_editable_get_text (question->name),
                                                 *description != '\0' ? description : NULL));
}

static void
name_cb (GtkEditable      *name,
         AdwMessageDialog *dialog)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (name)));

  adw_message_dialog_set_response_enabled (dialog, "do", *text != '\0');
}

static GtkEditable *
add_entry (GtkWidget  *list,
           const char *title,
           const char *text)
{
  GtkWidget *entry = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (entry), title);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  gtk_list_box_append (GTK_LIST_BOX (list), entry);

  return GTK_EDITABLE (entry);
}

void
gum_file_dialogs_ask_rename (GtkWidget      *page,
                             GumProductFile *file,
                             const char     *url,
                             const char     *description,
                             GumFileWanted   wanted)
{
  g_autofree char *old = gum_file_facts_dup_name (file);
  Question *question;
  GtkWidget *dialog = new_dialog (page, file, _("Name of the File"),
                                  _("Gumroad does not show the description here. Left empty, it stays as it is."),
                                  _("_Rename"), wanted, &question);
  GtkWidget *list = add_list (dialog);

  suggest (dialog);
  question->url = g_strdup (url);
  question->name = add_entry (list, _("Name"), old);
  question->description = add_entry (list, _("Description"), description != NULL ? description : "");
  g_signal_connect_object (question->name, "changed", G_CALLBACK (name_cb), dialog, 0);
  g_signal_connect_object (dialog, "response", G_CALLBACK (rename_cb), page, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* --- delivering ------------------------------------------------------------------------------- */

static void
deliver_cb (GtkWidget  *dialog,
            const char *response,
            GtkWidget  *page)
{
  Question *question = get_question (dialog);
  g_autofree char *key = NULL;
  GumFileChange *change;

  if (!g_str_equal (response, "do"))
    return;

  key = gum_file_version_dup_key (question->versions, question->choice);
  change = gum_file_change_new (GUM_FILE_DELIVER, question->id, NULL, NULL, NULL);
  gum_file_change_set_version (change, key);
  question->wanted (page, change);
}

static void
versions_cb (GumVersionList   *versions,
             AdwMessageDialog *dialog)
{
  adw_message_dialog_set_response_enabled (dialog, "do", gum_file_version_is_ready (versions));
}

void
gum_file_dialogs_ask_deliver (GtkWidget      *page,
                              GumProductFile *file,
                              GumProduct     *product,
                              GumStore       *store,
                              GumFileWanted   wanted)
{
  g_autofree char *name = gum_file_facts_dup_name (file);
  g_autofree char *heading = g_strdup_printf (_("Deliver “%s”"), name);
  Question *question;
  GtkWidget *dialog = new_dialog (page, file, heading, _("Buyers get it who have paid for what is chosen here."),
                                  _("_Deliver"), wanted, &question);

  suggest (dialog);
  question->versions = gum_file_version_list_new (store, product);
  question->choice = GUM_VERSION_CHOICE (gum_file_version_row_new (question->versions, product));
  gtk_list_box_append (GTK_LIST_BOX (add_list (dialog)), GTK_WIDGET (question->choice));
  g_signal_connect_object (question->versions, "changed", G_CALLBACK (versions_cb), dialog, 0);
  versions_cb (question->versions, ADW_MESSAGE_DIALOG (dialog));
  g_signal_connect_object (dialog, "response", G_CALLBACK (deliver_cb), page, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

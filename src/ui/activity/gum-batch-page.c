/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One batch: what it was, how each of its writes ended, and what can be done about them now. Only what
 * is possible at the moment can be seen. */

#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-batch-page.h"

#include "gum-batch-words.h"
#include "gum-build.h"
#include "gum-error.h"
#include "gum-errors.h"
#include "gum-queue.h"
#include "gum-results-file.h"
#include "gum-section.h"
#include "gum-util.h"
#include "gum-write-list.h"

#include <glib/gi18n-lib.h>

struct _GumBatchPage
{
  AdwBin      parent_instance;

  /* owned */
  GumStore   *store;
  GumQueue   *queue;
  GumBatch   *batch;
  GumWrites  *writes;

  /* children */
  GtkLabel   *title;
  GtkLabel   *date;
  GtkLabel   *result;
  GtkLabel   *state;

  guint       n_checking;
  guint       n_unproven;    /* of those that were asked about */
  GError     *problem;       /* why some could not be asked about */
};

G_DEFINE_FINAL_TYPE (GumBatchPage, gum_batch_page, ADW_TYPE_BIN)

static const struct {
  const char *action;
  const char *label;
} buttons[] = {
  { "batch.go", N_("_Go On") },
  { "batch.pause", N_("_Pause") },
  { "batch.stop", N_("_Stop") },
  { "batch.check", N_("_Check Again") },
  { "batch.done", N_("It _Was Done") },
  { "batch.not-done", N_("It Was _Not Done") },
  { "batch.retry", N_("_Retry Failed") },
  { "batch.rest", N_("Send the R_est") },
  { "batch.revert", N_("Re_vert") },
  { "batch.open", N_("_Open Product") },
  { "batch.save", N_("Save Res_ults…") },
  { "batch.copy", N_("Copy _Details") },
};

/* --- what is shown ---------------------------------------------------------------------------- */

/* What was not carried out waits again, and the queue sends it, also what its own page had sent. */
static gboolean
can_retry (GumBatchPage *self)
{
  GumWrite *write = gum_batch_get_write (self->batch);

  return gum_batch_get_count (self->batch, GUM_WRITE_FAILED) > 0 &&
         (gum_batch_get_state (self->batch) != GUM_BATCH_PLAIN ||
          (write != NULL && gum_write_kinds_can_be_repeated (gum_write_get_kind (write))));
}

/* Of several writes, those that can be taken back are looked for when it is asked for. Codes that are used
 * up would come back with no uses left. */
static gboolean
can_revert (GumBatchPage *self)
{
  g_autoptr(GumWrite) write = NULL;

  if (g_str_equal (gum_batch_get_kind (self->batch), GUM_BATCH_KIND_SWEEP))
    return FALSE;
  if (gum_batch_get_write (self->batch) == NULL)
    return gum_batch_get_state (self->batch) != GUM_BATCH_PLAIN &&
           gum_batch_get_count (self->batch, GUM_WRITE_DONE) > 0;

  write = g_list_model_get_item (G_LIST_MODEL (self->writes), 0);

  return write != NULL && gum_write_can_be_reverted (write);
}

static const char *
get_product_id (GumBatchPage *self)
{
  GumWrite *write = gum_batch_get_write (self->batch);

  return write != NULL ? gum_write_get_product_id (write) : NULL;
}

static gboolean
has_product (GumBatchPage *self)
{
  const char *product_id = get_product_id (self);
  g_autoptr(GumProduct) product = product_id != NULL && !gum_store_is_closed (self->store)
                                  ? gum_store_dup_product (self->store, product_id) : NULL;

  return product != NULL;
}

/* They come from the ledger's thread; before that nothing of them can be asked about or copied. */
static gboolean
are_read (GumBatchPage *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->writes)) > 0;
}

/* The person knows better only where Gumroad was asked and proves nothing. All that is unclear is settled at once, so
 * all of it must have been asked about. */
static gboolean
can_settle (GumBatchPage *self)
{
  return self->n_checking == 0 && self->n_unproven > 0 && self->problem == NULL &&
         self->n_unproven == gum_batch_get_count (self->batch, GUM_WRITE_UNCLEAR);
}

/* What was stopped was not sent, and can be. */
static gboolean
can_send_rest (GumBatchPage *self)
{
  return gum_batch_get_state (self->batch) == GUM_BATCH_OVER && !gum_batch_is_reverted (self->batch) &&
         gum_batch_get_count (self->batch, GUM_WRITE_DROPPED) > 0;
}

/* Made or deleted by the hundred: somebody needs the list. */
static gboolean
is_of_codes (GumBatchPage *self)
{
  const char *kind = gum_batch_get_kind (self->batch);

  return g_str_equal (kind, GUM_BATCH_KIND_CODES) || g_str_equal (kind, GUM_BATCH_KIND_SWEEP);
}

/* A button that was pressed may have gone by that. */
static void
keep_focus (GumBatchPage *self,
            GtkWidget    *focus)
{
  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self)) &&
      (!gtk_widget_is_sensitive (focus) || !gtk_widget_get_child_visible (focus)))
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
update (GumBatchPage *self)
{
  GumBatchState state = gum_batch_get_state (self->batch);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *widget = GTK_WIDGET (self);
  g_autofree char *title = gum_batch_words_dup_title (self->batch);
  g_autofree char *result = gum_batch_words_dup_result (self->batch);
  g_autofree char *words = gum_batch_words_dup_state (self->batch, self->queue);
  g_autofree char *date = gum_batch_words_dup_date (self->batch);

  gtk_label_set_label (self->title, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_label_set_label (self->date, date);
  gtk_label_set_label (self->result, result);
  if (self->n_checking > 0)
    gum_set_str (&words, _("Asking Gumroad…"));
  gtk_label_set_label (self->state, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->state), words != NULL);

  gtk_widget_action_set_enabled (widget, "batch.go",
                                 state == GUM_BATCH_ASKING || state == GUM_BATCH_PAUSED ||
                                 (state == GUM_BATCH_RUNNING &&
                                  gum_queue_get_trouble (self->queue) != NULL));
  gtk_widget_action_set_enabled (widget, "batch.pause", state == GUM_BATCH_RUNNING);
  gtk_widget_action_set_enabled (widget, "batch.stop", gum_batch_is_open (self->batch));
  gtk_widget_action_set_enabled (widget, "batch.retry", can_retry (self));
  gtk_widget_action_set_enabled (widget, "batch.check",
                                 gum_batch_get_count (self->batch, GUM_WRITE_UNCLEAR) > 0 &&
                                 self->n_checking == 0 && are_read (self));
  gtk_widget_action_set_enabled (widget, "batch.done", can_settle (self));
  gtk_widget_action_set_enabled (widget, "batch.not-done", can_settle (self));
  gtk_widget_action_set_enabled (widget, "batch.revert",
                                 !gum_batch_is_open (self->batch) &&
                                 !gum_batch_is_reverted (self->batch) && can_revert (self) &&
                                 are_read (self));
  gtk_widget_action_set_enabled (widget, "batch.rest", can_send_rest (self));
  gtk_widget_action_set_enabled (widget, "batch.open", has_product (self));
  gtk_widget_action_set_enabled (widget, "batch.copy", are_read (self));
  gtk_widget_action_set_enabled (widget, "batch.save", is_of_codes (self) && are_read (self));
  keep_focus (self, focus);
}

/* --- what can be done ------------------------------------------------------------------------- */

static void
queue_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  GumBatchPage *self = GUM_BATCH_PAGE (widget);
  gint64 row = gum_batch_get_row (self->batch);

  if (g_str_equal (name, "batch.go"))
    gum_queue_go (self->queue, row);
  else if (g_str_equal (name, "batch.pause"))
    gum_queue_pause (self->queue, row);
  else if (g_str_equal (name, "batch.stop"))
    gum_queue_stop (self->queue, row);
  else if (g_str_equal (name, "batch.rest"))
    gum_queue_send_rest (self->queue, row);
  else
    gum_queue_retry (self->queue, row, 0);
}

static void
checked_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GumBatchPage) self = user_data;
  g_autoptr(GError) error = NULL;
  gboolean done = gum_journal_check_finish (GUM_JOURNAL (source), result, &error);

  if (error != NULL && !g_error_matches (error, GUM_ERROR, GUM_ERROR_NOT_FOUND))
    {
      g_clear_error (&self->problem);
      self->problem = g_steal_pointer (&error);
    }
  else
    {
      self->n_unproven += !done;
    }
  if (--self->n_checking > 0)
    return;

  /* What was found is in the rows. */
  if (self->problem != NULL)
    {
      g_autofree char *sentence = gum_errors_dup_sentence (self->problem, NULL);

      if (sentence != NULL)
        gum_section_add_toast (GTK_WIDGET (self), sentence);
    }
  else if (self->n_unproven > 0)
    {
      g_autofree char *sentence =
        g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                      "Gumroad does not show %u change. Look there, then say here whether it was "
                                      "done.",
                                      "Gumroad does not show %u changes. Look there, then say here whether they "
                                      "were done.", self->n_unproven), self->n_unproven);

      gum_section_add_toast (GTK_WIDGET (self), sentence);
    }
  if (self->batch != NULL)
    update (self);
}

static void
check_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  GumBatchPage *self = GUM_BATCH_PAGE (widget);

  self->n_unproven = 0;
  g_clear_error (&self->problem);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->writes)); i++)
    {
      g_autoptr(GumWrite) write = g_list_model_get_item (G_LIST_MODEL (self->writes), i);

      if (gum_write_get_state (write) != GUM_WRITE_UNCLEAR)
        continue;
      self->n_checking++;
      gum_journal_check_async (gum_store_get_journal (self->store), write, NULL, checked_cb,
                               g_object_ref (self));
    }
  update (self);
}

static void
settle_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  GumBatchPage *self = GUM_BATCH_PAGE (widget);
  GumWriteState state = g_str_equal (name, "batch.done") ? GUM_WRITE_DONE : GUM_WRITE_FAILED;

  self->n_unproven = 0;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->writes)); i++)
    {
      g_autoptr(GumWrite) write = g_list_model_get_item (G_LIST_MODEL (self->writes), i);

      if (gum_write_get_state (write) == GUM_WRITE_UNCLEAR)
        gum_journal_settle (gum_store_get_journal (self->store), write, state);
    }
  update (self);
}

static void
reverted_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GumBatchPage) self = user_data;
  g_autoptr(GError) error = NULL;

  if (gum_queue_revert_finish (GUM_QUEUE (source), result, &error) != 0)
    {
      gum_section_add_toast (GTK_WIDGET (self), _("Being taken back"));
    }
  else
    {
      g_autofree char *sentence = error != NULL ? gum_errors_dup_sentence (error, NULL) : NULL;

      gum_section_add_toast (GTK_WIDGET (self),
                             sentence != NULL ? sentence : _("Nothing of it can be taken back"));
      if (self->batch != NULL)
        update (self);
    }
}

static void
revert (GumBatchPage *self)
{
  /* Until the batch says that it is. */
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "batch.revert", FALSE);
  gum_queue_revert_async (self->queue, gum_batch_get_row (self->batch), reverted_cb,
                          g_object_ref (self));
}

/* They go when it is taken back. A batch is all of one kind. */
static gboolean
has_created_codes (GumBatchPage *self)
{
  g_autoptr(GumWrite) write = g_list_model_get_item (G_LIST_MODEL (self->writes), 0);

  return write != NULL && g_str_equal (gum_write_get_kind (write), GUM_WRITE_KIND_CODE_CREATE);
}

static void
response_cb (GumBatchPage *self,
             const char   *response)
{
  if (g_str_equal (response, "delete") && self->batch != NULL)
    revert (self);
}

static void
ask_to_delete (GumBatchPage *self)
{
  guint n = gum_batch_get_count (self->batch, GUM_WRITE_DONE);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *heading = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Delete %u Code?", "Delete %u Codes?",
                                                           n), n);
  GtkWidget *dialog =
    adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, heading,
                            _("Buyers may have them already, and cannot use them any more then. What was sold "
                              "with them stays as it is."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "delete", _("_Delete"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "delete",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
revert_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  GumBatchPage *self = GUM_BATCH_PAGE (widget);

  if (has_created_codes (self))
    ask_to_delete (self);
  else
    revert (self);
}

static void
save_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  gum_results_file_ask (widget, GUM_BATCH_PAGE (widget)->writes);
}

static void
open_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  gtk_widget_activate_action (widget, "win.product", "(ss)", get_product_id (GUM_BATCH_PAGE (widget)),
                              "");
}

static void
copy_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  GumBatchPage *self = GUM_BATCH_PAGE (widget);
  g_autofree char *details = gum_batch_words_dup_details (self->batch, self->writes);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), details);
  gum_section_add_toast (widget, _("Copied"));
}

/* --- GObject ---------------------------------------------------------------------------------- */

/* The page itself: none of its buttons is to be pressed by whoever comes, or whose button has gone. */
static gboolean
gum_batch_page_grab_focus (GtkWidget *widget)
{
  if (gtk_widget_get_root (widget) != NULL)
    gtk_root_set_focus (gtk_widget_get_root (widget), widget);

  return TRUE;
}

static void
gum_batch_page_dispose (GObject *object)
{
  GumBatchPage *self = GUM_BATCH_PAGE (object);

  g_clear_error (&self->problem);
  g_clear_object (&self->writes);
  g_clear_object (&self->batch);
  g_clear_object (&self->queue);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (gum_batch_page_parent_class)->dispose (object);
}

static void
gum_batch_page_class_init (GumBatchPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gum_batch_page_dispose;
  widget_class->grab_focus = gum_batch_page_grab_focus;

  gtk_widget_class_install_action (widget_class, "batch.go", NULL, queue_action);
  gtk_widget_class_install_action (widget_class, "batch.pause", NULL, queue_action);
  gtk_widget_class_install_action (widget_class, "batch.stop", NULL, queue_action);
  gtk_widget_class_install_action (widget_class, "batch.retry", NULL, queue_action);
  gtk_widget_class_install_action (widget_class, "batch.rest", NULL, queue_action);
  gtk_widget_class_install_action (widget_class, "batch.check", NULL, check_action);
  gtk_widget_class_install_action (widget_class, "batch.done", NULL, settle_action);
  gtk_widget_class_install_action (widget_class, "batch.not-done", NULL, settle_action);
  gtk_widget_class_install_action (widget_class, "batch.revert", NULL, revert_action);
  gtk_widget_class_install_action (widget_class, "batch.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "batch.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "batch.copy", NULL, copy_action);
}

static void
gum_batch_page_init (GumBatchPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *flow = gtk_flow_box_new ();

  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  self->title = gum_build_add_label (box, "title-3");
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  self->date = gum_build_add_label (box, "dim-label");
  self->result = gum_build_add_label (box, "dim-label");
  self->state = gum_build_add_label (box, NULL);

  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (flow), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (flow), G_N_ELEMENTS (buttons));
  for (guint i = 0; i < G_N_ELEMENTS (buttons); i++)
    {
      GtkWidget *button = gtk_button_new_with_mnemonic (_(buttons[i].label));
      GtkWidget *child = gtk_flow_box_child_new ();

      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), buttons[i].action);
      gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), button);
      gtk_widget_set_focusable (child, FALSE);
      g_object_bind_property (button, "sensitive", child, "visible", G_BINDING_SYNC_CREATE);
      gtk_flow_box_append (GTK_FLOW_BOX (flow), child);
    }
  gtk_box_append (GTK_BOX (box), flow);
  adw_bin_set_child (ADW_BIN (self), box);
}

GtkWidget *
gum_batch_page_new (GumStore *store,
                    GumBatch *batch)
{
  GumBatchPage *self;

  g_return_val_if_fail (GUM_IS_STORE (store), NULL);
  g_return_val_if_fail (GUM_IS_BATCH (batch), NULL);

  self = g_object_new (GUM_TYPE_BATCH_PAGE, NULL);
  self->store = g_object_ref (store);
  self->queue = g_object_ref (gum_store_get_queue (store));
  self->batch = g_object_ref (batch);
  self->writes = gum_writes_new (store, gum_batch_get_row (batch));

  gtk_box_append (GTK_BOX (adw_bin_get_child (ADW_BIN (self))),
                  gum_write_list_new (store, batch, self->writes));
  g_signal_connect_object (batch, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->writes, "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->queue, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);

  return GTK_WIDGET (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A change set: every product with what it has and what it gets, each to be left out; how long Gumroad's
 * limits make it take; and the button that begins it.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-change-page.h"

#include "gum-batch-words.h"
#include "gum-bulk-words.h"
#include "gum-errors.h"
#include "gum-status.h"
#include "gum-tick-list.h"

#include <glib/gi18n-lib.h>

struct _GumChangePage
{
  AdwBin           parent_instance;

  /* owned */
  GumStore        *store;
  GArray          *rows;        /* of gint64 */
  GumChangeSet    *set;

  /* children */
  GtkStack        *stack;       /* "status", "list" */
  GumStatus       *status;
  GtkLabel        *summary;
  GtkCheckButton  *all;
  GumTickList     *list;
  GtkLabel        *estimate;
  GtkButton       *apply;
  GtkLabel        *problem;

  guint            n_applying;
  gboolean         showing;     /* by us, not by the person */
};

enum {
  APPLIED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GumChangePage, gum_change_page, ADW_TYPE_BIN)

/* --- rows ------------------------------------------------------------------------------------- */

static gboolean
is_ticked (gpointer item,
           guint    position,
           gpointer user_data)
{
  return gum_change_row_get_ticked (item);
}

static gboolean
can_tick (gpointer item)
{
  return gum_change_row_get_refusal (item) == GUM_REFUSAL_NONE;
}

static void
set_ticked (guint    first,
            guint    n_rows,
            gboolean ticked,
            gpointer user_data)
{
  GumChangePage *self = user_data;

  if (self->n_applying > 0)
    return;
  g_object_freeze_notify (G_OBJECT (self->set));
  for (guint i = first; i < first + n_rows; i++)
    {
      g_autoptr(GumChangeRow) row = g_list_model_get_item (G_LIST_MODEL (self->set), i);

      if (row != NULL && can_tick (row))
        gum_change_set_set_ticked (self->set, row, ticked);
    }
  g_object_thaw_notify (G_OBJECT (self->set));
}

static void
describe (gpointer          item,
          gpointer          user_data,
          GumTickListWords *words)
{
  GumChangePage *self = user_data;
  GumBulk *bulk = gum_change_set_get_bulk (self->set);

  words->title = gum_bulk_words_dup_name (item);
  words->subtitle = gum_bulk_words_dup_change (bulk, item);
  words->sentence = gum_bulk_words_dup_sentence (bulk, item);
  words->can_tick = can_tick (item);
}

/* --- the page --------------------------------------------------------------------------------- */

static void
append_sentence (GString *text,
                 char    *sentence)
{
  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append (text, sentence);
  g_free (sentence);
}

static void
show_summary (GumChangePage *self)
{
  g_autoptr(GString) text = g_string_new (NULL);
  guint n_unchanged = gum_change_set_get_n_unchanged (self->set);
  guint n_refused = gum_change_set_get_n_refused (self->set);

  if (n_unchanged > 0)
    append_sentence (text, g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%u product is like that already and stays out.",
                   "%u products are like that already and stay out.", n_unchanged), n_unchanged));
  if (n_refused > 0)
    append_sentence (text, g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE,
                   "%u cannot be changed: it is listed at the end, with the reason.",
                   "%u cannot be changed: they are listed at the end, with the reasons.",
                   n_refused), n_refused));
  gtk_label_set_text (self->summary, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->summary), text->len > 0);
}

static void
show_ticked (GumChangePage *self)
{
  guint n = gum_change_set_get_n_ticked (self->set);
  guint n_changes = gum_change_set_get_n_changes (self->set);
  GumBulk *bulk = gum_change_set_get_bulk (self->set);
  g_autofree char *label = NULL;
  g_autofree char *time = NULL;
  g_autofree char *estimate = NULL;

  self->showing = TRUE;
  gtk_check_button_set_active (self->all, n > 0 && n == n_changes);
  gtk_check_button_set_inconsistent (self->all, n > 0 && n < n_changes);
  self->showing = FALSE;
  gum_tick_list_refresh (self->list);

  label = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "_Apply %u Change", "_Apply %u Changes",
                                        n), n);
  gtk_button_set_label (self->apply, label);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "changes.apply",
                                 n > 0 && self->n_applying == 0);

  if (n > 0)
    {
      GumQueueLoad load = { 0 };

      if (gum_bulk_is_paced (bulk))
        load.n_paced = n;
      else if (gum_bulk_is_code (bulk))
        load.n_listed = n;
      else
        load.n_free = n;
      time = gum_batch_words_dup_time (gum_queue_estimate (gum_store_get_queue (self->store), &load));
      /* Translators: %s is "about 3 minutes" */
      estimate = g_strdup_printf (_("Takes %s: Gumroad’s limits are kept to. You can go on "
                                    "working, and pause it in Activity."), time);
    }
  gtk_label_set_text (self->estimate, n > 0 ? estimate : _("Nothing is ticked."));
}

static void
show_pending (GumChangePage *self)
{
  g_autofree char *progress = NULL;
  guint n_done, n_all;

  gum_change_set_get_progress (self->set, &n_done, &n_all);
  if (n_all > 0)
    progress = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "The discount codes of %u of %u product are read.",
                                             "The discount codes of %u of %u products are read.", n_all),
                                n_done, n_all);
  gum_status_show (self->status, NULL, _("Computing the Changes"), progress);
  gum_status_set_action (self->status, NULL, NULL);
}

static void
show_nothing (GumChangePage *self)
{
  GumBulk *bulk = gum_change_set_get_bulk (self->set);
  g_autofree char *words = NULL;

  if (gum_bulk_get_kind (bulk) == GUM_BULK_CODE_REMOVE)
    /* Translators: %s is a discount code */
    words = g_strdup_printf (_("None of these products has a code %s."), gum_bulk_get_value (bulk));
  else
    words = g_strdup (_("All of these products are like that already."));
  gum_status_show (self->status, "object-select-symbolic", _("Nothing to Change"), words);
  gum_status_set_action (self->status, NULL, NULL);
}

static void
show_set (GumChangePage *self)
{
  const GError *error = gum_change_set_get_error (self->set);
  GtkWidget *status = GTK_WIDGET (self->status);

  if (gum_change_set_get_pending (self->set))
    {
      show_pending (self);
      return;
    }
  if (error != NULL)
    {
      g_autofree char *sentence = gum_errors_dup_sentence (error, NULL);

      gum_status_show (self->status, "dialog-error-symbolic", _("The Changes Cannot Be Computed"),
                       sentence);
      gum_status_set_action (self->status, _("_Try Again"), "changes.compute");
    }
  else if (g_list_model_get_n_items (G_LIST_MODEL (self->set)) == 0)
    show_nothing (self);
  else
    {
      gum_tick_list_set_model (self->list, G_LIST_MODEL (self->set));
      show_summary (self);
      show_ticked (self);
      gtk_widget_set_sensitive (GTK_WIDGET (self->all),
                                gum_change_set_get_n_changes (self->set) > 0);
      gtk_stack_set_visible_child_name (self->stack, "list");
      gtk_widget_grab_focus (GTK_WIDGET (self->list));
      return;
    }
  gtk_stack_set_visible_child (self->stack, status);
}

static void
all_cb (GumChangePage *self)
{
  if (!self->showing)
    gum_change_set_tick_all (self->set, gtk_check_button_get_active (self->all));
}

static void
ticked_cb (GumChangePage *self)
{
  if (!gum_change_set_get_pending (self->set))
    show_ticked (self);
}

static void
applied_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GumChangePage) self = user_data;
  g_autoptr(GError) error = NULL;
  guint n = self->n_applying;

  if (gum_change_set_apply_finish (GUM_CHANGE_SET (source), result, &error) > 0)
    {
      g_signal_emit (self, signals[APPLIED], 0, n);
      return;
    }

  /* The window was closed meanwhile, perhaps with the ledger. */
  self->n_applying = 0;
  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  if (error != NULL)
    {
      g_autofree char *sentence = gum_errors_dup_sentence (error, NULL);

      gtk_label_set_text (self->problem, sentence);
      gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
    }
  show_ticked (self);
}

static void
apply_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  GumChangePage *self = GUM_CHANGE_PAGE (widget);
  g_autofree char *label = NULL;

  self->n_applying = gum_change_set_get_n_ticked (self->set);
  label = gum_bulk_words_dup_label (gum_change_set_get_bulk (self->set), self->n_applying);
  gtk_widget_action_set_enabled (widget, "changes.apply", FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
  gum_change_set_apply_async (self->set, label, applied_cb, g_object_ref (self));
}

static void
drop_set (GumChangePage *self)
{
  if (self->set == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->set, self);
  gum_change_set_cancel (self->set);
  g_clear_object (&self->set);
}

/* Takes @bulk. */
static void
compute (GumChangePage *self,
         GumBulk       *bulk)
{
  drop_set (self);
  self->set = gum_change_set_new (self->store, bulk, self->rows);
  gum_bulk_unref (bulk);
  g_signal_connect_object (self->set, "notify::pending", G_CALLBACK (show_set), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->set, "notify::n-done", G_CALLBACK (show_set), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->set, "notify::n-ticked", G_CALLBACK (ticked_cb), self,
                           G_CONNECT_SWAPPED);
  show_set (self);
}

static void
compute_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  GumChangePage *self = GUM_CHANGE_PAGE (widget);

  compute (self, gum_bulk_ref (gum_change_set_get_bulk (self->set)));
}

static void
gum_change_page_dispose (GObject *object)
{
  GumChangePage *self = GUM_CHANGE_PAGE (object);

  /* The list asks the set as long as it lives. */
  if (self->set != NULL)
    g_signal_handlers_disconnect_by_data (self->set, self);
  adw_bin_set_child (ADW_BIN (self), NULL);
  drop_set (self);
  g_clear_pointer (&self->rows, g_array_unref);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (gum_change_page_parent_class)->dispose (object);
}

static void
gum_change_page_class_init (GumChangePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gum_change_page_dispose;

  signals[APPLIED] = g_signal_new ("applied", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  gtk_widget_class_install_action (widget_class, "changes.apply", NULL, apply_action);
  gtk_widget_class_install_action (widget_class, "changes.compute", NULL, compute_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK,
                                       "changes.apply", NULL);
}

static GtkLabel *
new_note (void)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "wrap-mode",
                                   PANGO_WRAP_WORD_CHAR, "xalign", 0.0f, NULL);

  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "caption");

  return GTK_LABEL (label);
}

static GtkWidget *
new_box (void)
{
  return g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 6,
                       "margin-start", 12, "margin-end", 12, "margin-top", 6, "margin-bottom", 12,
                       NULL);
}

static void
gum_change_page_init (GumChangePage *self)
{
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *top = new_box ();
  GtkWidget *bottom = new_box ();

  self->summary = new_note ();
  self->all = GTK_CHECK_BUTTON (gtk_check_button_new_with_mnemonic (_("_All")));
  gtk_box_append (GTK_BOX (top), GTK_WIDGET (self->summary));
  gtk_box_append (GTK_BOX (top), GTK_WIDGET (self->all));

  self->list = GUM_TICK_LIST (gum_tick_list_new (_("Changes"), describe, is_ticked, set_ticked,
                                                 self));
  gtk_widget_set_vexpand (GTK_WIDGET (self->list), TRUE);

  self->problem = new_note ();
  gtk_widget_add_css_class (GTK_WIDGET (self->problem), "error");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
  self->estimate = new_note ();
  self->apply = GTK_BUTTON (gtk_button_new_with_mnemonic (""));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->apply), "changes.apply");
  gtk_widget_add_css_class (GTK_WIDGET (self->apply), "suggested-action");
  gtk_box_append (GTK_BOX (bottom), GTK_WIDGET (self->problem));
  gtk_box_append (GTK_BOX (bottom), GTK_WIDGET (self->estimate));
  gtk_box_append (GTK_BOX (bottom), GTK_WIDGET (self->apply));

  gtk_box_append (GTK_BOX (page), top);
  gtk_box_append (GTK_BOX (page), GTK_WIDGET (self->list));
  gtk_box_append (GTK_BOX (page), bottom);
  self->status = GUM_STATUS (gum_status_new ());
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->status), "status");
  gtk_stack_add_named (self->stack, page, "list");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->stack));

  g_signal_connect_object (self->all, "toggled", G_CALLBACK (all_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
gum_change_page_new (GumStore *store,
                     GumBulk  *bulk,
                     GArray   *rows)
{
  GumChangePage *self;

  g_return_val_if_fail (GUM_IS_STORE (store), NULL);

  self = g_object_new (GUM_TYPE_CHANGE_PAGE, NULL);
  self->store = g_object_ref (store);
  self->rows = g_array_ref (rows);
  compute (self, gum_bulk_ref (bulk));

  return GTK_WIDGET (self);
}

GumChangeSet *
gum_change_page_get_set (GumChangePage *self)
{
  g_return_val_if_fail (GUM_IS_CHANGE_PAGE (self), NULL);

  return self->set;
}

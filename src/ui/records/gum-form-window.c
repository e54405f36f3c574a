/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A window in which something is filled in. Closing it while something is on its way does not take that
 * back, so it cannot be closed then; how it ended is said in it, or, when all is well, by its owner.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-form-window.h"

#include "gum-build.h"
#include "gum-error.h"
#include "gum-errors.h"
#include "gum-money.h"
#include "gum-queue.h"
#include "gum-section.h"
#include "gum-sent-toast.h"

#include <glib/gi18n.h>

typedef struct
{
  /* owned */
  GtkWidget *owner;            /* weak */
  char      *toast;

  /* children */
  GtkWidget *cancel;
  GtkWidget *apply;
  GtkStack  *apply_stack;
  GtkWidget *spinner;
  GtkLabel  *apply_label;
  GtkWidget *message_box;
  GtkLabel  *message;
  GtkBox    *box;

  gboolean   ready;
  gboolean   busy;
} GumFormWindowPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (GumFormWindow, gum_form_window, ADW_TYPE_WINDOW)

static GumFormWindowPrivate *
get_private (gpointer self)
{
  return gum_form_window_get_instance_private (self);
}

static void
update (GumFormWindow *self)
{
  GumFormWindowPrivate *priv = get_private (self);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "form.apply", priv->ready && !priv->busy);
  gtk_widget_set_sensitive (priv->cancel, !priv->busy);
  gtk_widget_set_sensitive (GTK_WIDGET (priv->box), !priv->busy);
  gtk_stack_set_visible_child (priv->apply_stack,
                               priv->busy ? priv->spinner : GTK_WIDGET (priv->apply_label));
  gtk_spinner_set_spinning (GTK_SPINNER (priv->spinner), priv->busy);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_BUSY, priv->busy, -1);
}

/* --- sending ---------------------------------------------------------------------------------- */

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GumFormWindow) self = user_data;
  GumFormWindowPrivate *priv = get_private (self);
  g_autoptr (GError) error = NULL;
  gboolean ok = gum_records_write_finish (GUM_RECORDS (source), result, &error);

  priv->busy = FALSE;
  if (priv->box == NULL)
    return;
  update (self);
  if (!ok)
    {
      /* Not a second time by the same press: what was sent may have been carried out. */
      if (g_error_matches (error, GUM_ERROR, GUM_ERROR_UNCLEAR))
        gum_form_window_set_ready (self, FALSE);
      gum_form_window_show_error (self, error);
      return;
    }

  if (priv->toast != NULL)
    gum_form_window_add_toast (self, priv->toast);
  gtk_window_close (GTK_WINDOW (self));
}

/* From now on @toast is what is said when all is well. */
static void
begin (GumFormWindow *self,
       const char    *toast)
{
  GumFormWindowPrivate *priv = get_private (self);

  g_free (priv->toast);
  priv->toast = g_strdup (toast);
  priv->busy = TRUE;
  gum_form_window_set_message (self, NULL, FALSE);
  update (self);
}

void
gum_form_window_send (GumFormWindow *self,
                      GumRecords    *records,
                      GumWrite      *write,
                      const char    *toast)
{
  g_return_if_fail (GUM_IS_FORM_WINDOW (self));
  g_return_if_fail (!get_private (self)->busy);

  begin (self, toast);
  gum_records_write_async (records, write, NULL, written_cb, g_object_ref (self));
}

static void
noted_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GumFormWindow) self = user_data;
  GumFormWindowPrivate *priv = get_private (self);
  g_autoptr (GError) error = NULL;

  gum_journal_add_batch_finish (GUM_JOURNAL (source), result, &error);
  priv->busy = FALSE;
  if (priv->box == NULL)
    return;
  update (self);
  if (error != NULL)
    {
      gum_form_window_show_error (self, error);
      return;
    }

  if (priv->owner != NULL)
    gum_sent_toast_show (priv->owner, priv->toast);
  gtk_window_close (GTK_WINDOW (self));
}

void
gum_form_window_send_batch (GumFormWindow *self,
                            GumStore      *store,
                            const char    *kind,
                            const char    *label,
                            GPtrArray     *writes,
                            const char    *toast)
{
  g_return_if_fail (GUM_IS_FORM_WINDOW (self));
  g_return_if_fail (!get_private (self)->busy);

  if (gum_store_is_closed (store))
    {
      g_autoptr (GError) error = g_error_new_literal (GUM_ERROR, GUM_ERROR_NOT_SIGNED_IN,
                                                      "There is no connection");

      gum_form_window_show_error (self, error);
      return;
    }

  begin (self, toast);
  /* There is one from the first time that it is asked for. */
  gum_store_get_queue (store);
  gum_journal_add_batch_async (gum_store_get_journal (store), kind, label, 0, GUM_BATCH_RUNNING, writes,
                               noted_cb, g_object_ref (self));
}

/* --- GObject ---------------------------------------------------------------------------------- */

static void
apply_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  GUM_FORM_WINDOW_GET_CLASS (widget)->apply (GUM_FORM_WINDOW (widget));
}

static void
cancel_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  gtk_window_close (GTK_WINDOW (widget));
}

static gboolean
gum_form_window_close_request (GtkWindow *window)
{
  return get_private (window)->busy ||
         GTK_WINDOW_CLASS (gum_form_window_parent_class)->close_request (window);
}

static void
gum_form_window_dispose (GObject *object)
{
  GumFormWindowPrivate *priv = get_private (object);

  if (priv->owner != NULL)
    g_object_remove_weak_pointer (G_OBJECT (priv->owner), (gpointer *) &priv->owner);
  priv->owner = NULL;
  priv->box = NULL;

  G_OBJECT_CLASS (gum_form_window_parent_class)->dispose (object);
}

static void
gum_form_window_finalize (GObject *object)
{
  g_free (get_private (object)->toast);

  G_OBJECT_CLASS (gum_form_window_parent_class)->finalize (object);
}

static void
gum_form_window_class_init (GumFormWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = gum_form_window_dispose;
  object_class->finalize = gum_form_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = gum_form_window_close_request;

  gtk_widget_class_install_action (widget_class, "form.apply", NULL, apply_action);
  gtk_widget_class_install_action (widget_class, "form.cancel", NULL, cancel_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "form.cancel", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK,
                                       "form.apply", NULL);
}

static GtkWidget *
new_header (GumFormWindow *self)
{
  GumFormWindowPrivate *priv = get_private (self);
  GtkWidget *header = adw_header_bar_new ();

  priv->cancel = gtk_button_new_with_mnemonic (_("_Cancel"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (priv->cancel), "form.cancel");
  priv->apply_label = GTK_LABEL (gtk_label_new (NULL));
  priv->spinner = gtk_spinner_new ();
  priv->apply_stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_child (priv->apply_stack, GTK_WIDGET (priv->apply_label));
  gtk_stack_add_child (priv->apply_stack, priv->spinner);
  priv->apply = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (priv->apply), GTK_WIDGET (priv->apply_stack));
  gtk_widget_add_css_class (priv->apply, "suggested-action");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (priv->apply), "form.apply");
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), priv->cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), priv->apply);
  gtk_window_set_default_widget (GTK_WINDOW (self), priv->apply);

  return header;
}

static void
gum_form_window_init (GumFormWindow *self)
{
  GumFormWindowPrivate *priv = get_private (self);
  GtkWidget *whole = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *clamp, *scroller;

  priv->ready = TRUE;
  priv->message = g_object_new (GTK_TYPE_LABEL,
                                "wrap", TRUE,
                                "wrap-mode", PANGO_WRAP_WORD_CHAR,
                                "xalign", 0.0f,
                                "hexpand", TRUE,
                                "selectable", TRUE,
                                NULL);
  priv->message_box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (priv->message_box, "gum-message");
  gtk_widget_set_visible (priv->message_box, FALSE);
  gtk_box_append (GTK_BOX (priv->message_box), GTK_WIDGET (priv->message));
  priv->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 18));
  gtk_box_append (GTK_BOX (column), priv->message_box);
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (priv->box));

  clamp = g_object_new (ADW_TYPE_CLAMP,
                        "maximum-size", 520,
                        "child", column,
                        "margin-start", 12,
                        "margin-end", 12,
                        "margin-top", 18,
                        "margin-bottom", 24,
                        NULL);
  scroller = g_object_new (GTK_TYPE_SCROLLED_WINDOW,
                           "hscrollbar-policy", GTK_POLICY_NEVER,
                           "propagate-natural-height", TRUE,
                           "max-content-height", 620,
                           "vexpand", TRUE,
                           "child", clamp,
                           NULL);
  gtk_box_append (GTK_BOX (whole), new_header (self));
  gtk_box_append (GTK_BOX (whole), scroller);
  adw_window_set_content (ADW_WINDOW (self), whole);
  gtk_window_set_default_size (GTK_WINDOW (self), 480, -1);
  gtk_widget_set_size_request (GTK_WIDGET (self), 340, -1);
}

/* --- for the forms ---------------------------------------------------------------------------- */

void
gum_form_window_set_owner (GumFormWindow *self,
                           GtkWidget     *widget)
{
  GumFormWindowPrivate *priv = get_private (self);
  GtkRoot *root = gtk_widget_get_root (widget);

  g_return_if_fail (GUM_IS_FORM_WINDOW (self));
  g_return_if_fail (priv->owner == NULL);

  priv->owner = widget;
  g_object_add_weak_pointer (G_OBJECT (widget), (gpointer *) &priv->owner);
  gum_build_belong (GTK_WINDOW (self));
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (self), GTK_WINDOW (root));
}

void
gum_form_window_set_texts (GumFormWindow *self,
                           const char    *title,
                           const char    *apply_label)
{
  GumFormWindowPrivate *priv = get_private (self);

  g_return_if_fail (GUM_IS_FORM_WINDOW (self));

  gtk_window_set_title (GTK_WINDOW (self), title);
  gtk_label_set_text_with_mnemonic (priv->apply_label, apply_label);
  gtk_label_set_mnemonic_widget (priv->apply_label, priv->apply);
  gtk_accessible_update_property (GTK_ACCESSIBLE (priv->apply), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_label_get_text (priv->apply_label), -1);
}

void
gum_form_window_add (GumFormWindow *self,
                     GtkWidget     *child)
{
  g_return_if_fail (GUM_IS_FORM_WINDOW (self));

  gtk_box_append (get_private (self)->box, child);
}

void
gum_form_window_set_ready (GumFormWindow *self,
                           gboolean       ready)
{
  g_return_if_fail (GUM_IS_FORM_WINDOW (self));

  get_private (self)->ready = ready;
  update (self);
}

void
gum_form_window_set_message (GumFormWindow *self,
                             const char    *text,
                             gboolean       is_error)
{
  GumFormWindowPrivate *priv = get_private (self);

  g_return_if_fail (GUM_IS_FORM_WINDOW (self));

  gtk_label_set_text (priv->message, text != NULL ? text : "");
  gtk_widget_set_visible (priv->message_box, text != NULL);
  if (is_error)
    gtk_widget_add_css_class (priv->message_box, "error");
  else
    gtk_widget_remove_css_class (priv->message_box, "error");
}

const char *
gum_form_window_get_message (GumFormWindow *self)
{
  GumFormWindowPrivate *priv = get_private (self);

  g_return_val_if_fail (GUM_IS_FORM_WINDOW (self), NULL);

  return gtk_widget_get_visible (priv->message_box) ? gtk_label_get_text (priv->message) : NULL;
}

void
gum_form_window_show_error (GumFormWindow *self,
                            const GError  *error)
{
  g_autofree char *sentence = gum_errors_dup_sentence (error, NULL);

  g_return_if_fail (GUM_IS_FORM_WINDOW (self));

  gum_form_window_set_message (self, sentence, TRUE);
}

gboolean
gum_form_window_is_busy (GumFormWindow *self)
{
  g_return_val_if_fail (GUM_IS_FORM_WINDOW (self), FALSE);

  return get_private (self)->busy;
}

void
gum_form_window_add_toast (GumFormWindow *self,
                           const char    *text)
{
  GumFormWindowPrivate *priv = get_private (self);

  g_return_if_fail (GUM_IS_FORM_WINDOW (self));

  if (priv->owner != NULL)
    gum_section_add_toast (priv->owner, text);
}

/* --- fields ----------------------------------------------------------------------------------- */

GtkWidget *
gum_form_new_entry (const char *title,
                    const char *text)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (row), TRUE);
  if (text != NULL)
    gtk_editable_set_text (GTK_EDITABLE (row), text);

  return row;
}

/* An entry row has no line below it: its tooltip and the screen reader's description have the words, and
 * the form says them once more. */
void
gum_form_set_problem (GtkWidget  *row,
                      const char *problem)
{
  if (problem != NULL)
    gtk_widget_add_css_class (row, "error");
  else
    gtk_widget_remove_css_class (row, "error");
  gtk_widget_set_tooltip_text (row, problem);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  problem != NULL ? problem : "", -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID,
                               problem != NULL ? GTK_ACCESSIBLE_INVALID_TRUE
                                               : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

const char *
gum_form_get_money_problem (const char *text,
                            const char *currency,
                            gboolean    may_be_empty,
                            gint64     *amount)
{
  switch (gum_money_parse (text, currency, amount))
    {
    case GUM_MONEY_FINE:
      return NULL;
    case GUM_MONEY_EMPTY:
      return may_be_empty ? NULL : _("Enter an amount.");
    case GUM_MONEY_NEGATIVE:
      return _("The amount cannot be below zero.");
    case GUM_MONEY_TOO_FINE:
      return _("There are more digits behind the decimal point than the currency has.");
    case GUM_MONEY_AMBIGUOUS:
      return _("This may mean two different amounts. Write it without separators between thousands.");
    case GUM_MONEY_TOO_LARGE:
      return _("The amount is too large.");
    case GUM_MONEY_NO_NUMBER:
    default:
      return _("This is not an amount.");
    }
}

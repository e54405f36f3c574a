/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the forms for a version and for a question have in common: a header bar with Cancel and a verb, a
 * place for what went wrong, and rows with a line below each.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-part-form.h"

#include "gum-build.h"
#include "gum-error.h"
#include "gum-field-note.h"
#include "gum-notice.h"
#include "gum-part-send.h"

#include <glib/gi18n.h>

struct _GumPartField {
  /* borrowed */
  GtkWidget *entry;
  GtkWidget *note;

  /* owned */
  char      *hint;

  gboolean   touched;
};

typedef struct {
  /* owned */
  GumShop      *shop;
  GumProduct   *product;
  GCancellable *cancellable;   /* while something is on its way */

  /* weak */
  GtkWidget    *parent;        /* the page that it was opened from */

  /* plain */
  gboolean      ready;         /* nothing is wrong with it */

  /* widgets */
  GtkWidget    *verb;
  GtkWidget    *spinner;
  GumNotice    *notice;
  GtkBox       *box;
} GumPartFormPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (GumPartForm, gum_part_form, ADW_TYPE_WINDOW)

/* --- fields ----------------------------------------------------------------------------------- */

static void
field_free (gpointer data)
{
  GumPartField *field = data;

  g_free (field->hint);
  g_free (field);
}

static void
typed_cb (GtkWidget *entry,
          gpointer   user_data)
{
  GumPartField *field = g_object_get_data (G_OBJECT (entry), "field");

  field->touched = TRUE;
  gum_part_form_check (user_data);
}

GumPartField *
gum_part_form_add_entry (GumPartForm         *self,
                         AdwPreferencesGroup *group,
                         const char          *title,
                         const char          *text,
                         const char          *hint)
{
  GumPartField *field = g_new0 (GumPartField, 1);

  field->entry = adw_entry_row_new ();
  field->note = gum_field_note_new ();
  field->hint = g_strdup (hint);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (field->entry), title);
  gtk_editable_set_text (GTK_EDITABLE (field->entry), text != NULL ? text : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (field->entry),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
  g_object_set_data_full (G_OBJECT (field->entry), "field", field, field_free);
  g_signal_connect_object (field->entry, "changed", G_CALLBACK (typed_cb), self, 0);
  g_signal_connect_object (field->entry, "entry-activated", G_CALLBACK (gum_part_form_submit), self,
                           G_CONNECT_SWAPPED);
  adw_preferences_group_add (group, field->entry);
  adw_preferences_group_add (group, field->note);
  gum_field_note_show (field->note, field->entry, hint, FALSE);

  return field;
}

const char *
gum_part_field_get_text (GumPartField *field)
{
  return gtk_editable_get_text (GTK_EDITABLE (field->entry));
}

GtkWidget *
gum_part_field_get_entry (GumPartField *field)
{
  return field->entry;
}

void
gum_part_field_set_hint (GumPartField *field,
                         const char   *hint)
{
  g_free (field->hint);
  field->hint = g_strdup (hint);
}

gboolean
gum_part_field_set_problem (GumPartField *field,
                            const char   *problem)
{
  gboolean shown = problem != NULL && field->touched;

  gum_field_note_show (field->note, field->entry, shown ? problem : field->hint, shown);

  return problem == NULL;
}

/* --- sending ---------------------------------------------------------------------------------- */

static void
show_busy (GumPartForm *self,
           gboolean     busy)
{
  GumPartFormPrivate *priv = gum_part_form_get_instance_private (self);

  /* An entry that cannot be typed into any more must not keep the focus. */
  if (busy)
    gtk_window_set_focus (GTK_WINDOW (self), NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (priv->box), !busy);
  gtk_widget_set_visible (priv->spinner, busy);
  gtk_spinner_set_spinning (GTK_SPINNER (priv->spinner), busy);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_BUSY, busy, -1);
  gum_part_form_check (self);
  if (!busy)
    gtk_widget_child_focus (GTK_WIDGET (priv->box), GTK_DIR_TAB_FORWARD);
}

GCancellable *
gum_part_form_begin (GumPartForm *self)
{
  GumPartFormPrivate *priv = gum_part_form_get_instance_private (self);

  g_return_val_if_fail (priv->cancellable == NULL, NULL);

  priv->cancellable = g_cancellable_new ();
  gum_notice_hide (priv->notice);
  show_busy (self, TRUE);

  return priv->cancellable;
}

void
gum_part_form_end (GumPartForm  *self,
                   const GError *error,
                   GumWrite     *write,
                   const char   *done)
{
  GumPartFormPrivate *priv = gum_part_form_get_instance_private (self);
  GtkWidget *place = priv->parent != NULL ? priv->parent : GTK_WIDGET (self);

  g_clear_object (&priv->cancellable);
  if (error == NULL)
    {
      gum_part_say_done (place, priv->shop, write, done);
      gtk_window_set_focus (GTK_WINDOW (self), NULL);
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }

  /* The window went away with the page. */
  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return;

  show_busy (self, FALSE);
  gum_notice_show_error (priv->notice, error, NULL);
  if (g_error_matches (error, GUM_ERROR, GUM_ERROR_REJECTED) &&
      GUM_PART_FORM_GET_CLASS (self)->refused != NULL)
    GUM_PART_FORM_GET_CLASS (self)->refused (self, error);
}

typedef struct {
  GumPartForm *form;
  GumWrite    *write;
  char        *done;
} Sending;

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Sending *sending = user_data;
  g_autoptr (GError) error = NULL;

  gum_journal_send_finish (GUM_JOURNAL (source), result, &error);
  gum_part_form_end (sending->form, error, sending->write, sending->done);
  g_object_unref (sending->form);
  g_object_unref (sending->write);
  g_free (sending->done);
  g_free (sending);
}

void
gum_part_form_send (GumPartForm *self,
                    GumWrite    *write,
                    const char  *done)
{
  GumPartFormPrivate *priv = gum_part_form_get_instance_private (self);
  GumStore *store = gum_shop_get_store (priv->shop);
  Sending *sending;

  if (store == NULL)
    return;

  sending = g_new0 (Sending, 1);
  sending->form = g_object_ref (self);
  sending->write = g_object_ref (write);
  sending->done = g_strdup (done);
  gum_journal_send_async (gum_store_get_journal (store), write, gum_part_form_begin (self), sent_cb,
                          sending);
}

/* --- the window ------------------------------------------------------------------------------- */

void
gum_part_form_check (GumPartForm *self)
{
  GumPartFormPrivate *priv = gum_part_form_get_instance_private (self);

  priv->ready = GUM_PART_FORM_GET_CLASS (self)->check (self) && priv->cancellable == NULL &&
                gum_shop_get_store (priv->shop) != NULL;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "form.submit", priv->ready);
}

void
gum_part_form_submit (GumPartForm *self)
{
  GumPartFormPrivate *priv = gum_part_form_get_instance_private (self);

  gum_part_form_check (self);
  if (priv->ready)
    GUM_PART_FORM_GET_CLASS (self)->submit (self);
}

/* What is on its way has to end first: its outcome must be told. */
static gboolean
gum_part_form_close_request (GtkWindow *window)
{
  GumPartForm *self = GUM_PART_FORM (window);
  GumPartFormPrivate *priv = gum_part_form_get_instance_private (self);

  if (priv->cancellable != NULL)
    {
      g_cancellable_cancel (priv->cancellable);
      return TRUE;
    }

  gtk_window_set_focus (window, NULL);

  return GTK_WINDOW_CLASS (gum_part_form_parent_class)->close_request (window);
}

static void
submit_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  gum_part_form_submit (GUM_PART_FORM (widget));
}

static void
gum_part_form_dispose (GObject *object)
{
  GumPartForm *self = GUM_PART_FORM (object);
  GumPartFormPrivate *priv = gum_part_form_get_instance_private (self);

  g_clear_weak_pointer (&priv->parent);
  g_clear_object (&priv->product);
  g_clear_object (&priv->cancellable);

  G_OBJECT_CLASS (gum_part_form_parent_class)->dispose (object);
}

static void
gum_part_form_finalize (GObject *object)
{
  GumPartFormPrivate *priv = gum_part_form_get_instance_private (GUM_PART_FORM (object));

  /* Needed until the last callback has come. */
  g_clear_object (&priv->shop);

  G_OBJECT_CLASS (gum_part_form_parent_class)->finalize (object);
}

static void
gum_part_form_class_init (GumPartFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = gum_part_form_dispose;
  object_class->finalize = gum_part_form_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = gum_part_form_close_request;

  gtk_widget_class_install_action (widget_class, "form.submit", NULL, submit_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK,
                                       "form.submit", NULL);
}

static void
gum_part_form_init (GumPartForm *self)
{
  GumPartFormPrivate *priv = gum_part_form_get_instance_private (self);
  GtkWidget *outer = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *inner = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *cancel;

  gum_build_belong (GTK_WINDOW (self));
  gtk_window_set_default_size (GTK_WINDOW (self), 420, -1);
  gtk_widget_set_size_request (GTK_WIDGET (self), 300, -1);

  cancel = gtk_button_new_with_mnemonic (_("_Cancel"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel), "window.close");
  priv->verb = gtk_button_new_with_mnemonic ("");
  gtk_widget_add_css_class (priv->verb, "suggested-action");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (priv->verb), "form.submit");
  priv->spinner = gtk_spinner_new ();
  gtk_widget_set_visible (priv->spinner, FALSE);
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), priv->verb);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), priv->spinner);

  priv->notice = GUM_NOTICE (gum_notice_new ());
  priv->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 18));
  gtk_box_append (GTK_BOX (inner), GTK_WIDGET (priv->notice));
  gtk_box_append (GTK_BOX (inner), GTK_WIDGET (priv->box));
  gtk_widget_set_margin_top (inner, 18);
  gtk_widget_set_margin_bottom (inner, 18);
  gtk_widget_set_margin_start (inner, 12);
  gtk_widget_set_margin_end (inner, 12);
  adw_clamp_set_child (ADW_CLAMP (clamp), inner);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  gtk_widget_set_vexpand (scroller, TRUE);

  gtk_box_append (GTK_BOX (outer), header);
  gtk_box_append (GTK_BOX (outer), scroller);
  adw_window_set_content (ADW_WINDOW (self), outer);
}

void
gum_part_form_set_up (GumPartForm *self,
                      GtkWidget   *parent,
                      GumShop     *shop,
                      GumProduct  *product,
                      const char  *title,
                      const char  *verb)
{
  GumPartFormPrivate *priv = gum_part_form_get_instance_private (self);
  GtkRoot *root = gtk_widget_get_root (parent);

  g_return_if_fail (GUM_IS_PART_FORM (self));

  g_set_weak_pointer (&priv->parent, parent);
  priv->shop = g_object_ref (shop);
  priv->product = g_object_ref (product);
  gtk_window_set_title (GTK_WINDOW (self), title);
  gtk_button_set_label (GTK_BUTTON (priv->verb), verb);
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (self), GTK_WINDOW (root));
}

GumShop *
gum_part_form_get_shop (GumPartForm *self)
{
  GumPartFormPrivate *priv = gum_part_form_get_instance_private (self);

  return priv->shop;
}

GumProduct *
gum_part_form_get_product (GumPartForm *self)
{
  GumPartFormPrivate *priv = gum_part_form_get_instance_private (self);

  return priv->product;
}

AdwPreferencesGroup *
gum_part_form_add_group (GumPartForm *self,
                         const char  *description)
{
  GumPartFormPrivate *priv = gum_part_form_get_instance_private (self);
  GtkWidget *group = adw_preferences_group_new ();
  g_autofree char *escaped = description != NULL ? g_markup_escape_text (description, -1) : NULL;

  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), escaped);
  gtk_box_append (priv->box, group);

  return ADW_PREFERENCES_GROUP (group);
}

gboolean
gum_part_form_is_busy (GumPartForm *self)
{
  GumPartFormPrivate *priv = gum_part_form_get_instance_private (self);

  return priv->cancellable != NULL;
}

const char *
gum_part_form_get_message (GumPartForm *self)
{
  GumPartFormPrivate *priv = gum_part_form_get_instance_private (self);

  return gum_notice_get_text (priv->notice);
}

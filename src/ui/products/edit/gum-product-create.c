/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A new product: what cannot be changed later, what it is called and what it costs. Everything else is the
 * form's. What was typed stays until Gumroad has taken it, and is not sent twice when nobody knows whether it has.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-product-create.h"

#include "gum-create-fields.h"
#include "gum-error.h"
#include "gum-journal.h"
#include "gum-notice.h"
#include "gum-product-keys.h"

#include <glib/gi18n.h>

/* What a copy takes over, besides its name. */
static const char * const copied[] = {
  "description", "custom_summary", "customizable_price", "max_purchase_count", "category", "tags",
};

struct _GumProductCreate
{
  AdwWindow        parent_instance;

  /* owned */
  GumShop         *shop;
  GumProduct      *like;
  char            *start;       /* what was in the form to begin with */
  GumWrite        *write;       /* on its way */
  GumWrite        *unclear;     /* sent, and nobody knows what became of it */
  char            *sent;        /* what it was made of */

  gboolean         asked;       /* Gumroad does not show it */

  /* widgets */
  GumNotice       *notice;
  GumCreateFields *fields;
  GtkWidget       *cancel;
  GtkWidget       *create;
  GtkWidget       *spinner;
  GtkWidget       *question;    /* weak: whether what was written may go */
};

enum {
  CREATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GumProductCreate, gum_product_create, ADW_TYPE_WINDOW)

/* It may be at Gumroad already. */
static gboolean
is_unclear (GumProductCreate *self)
{
  g_autofree char *state = gum_create_fields_dup_state (self->fields);

  return self->unclear != NULL && g_strcmp0 (state, self->sent) == 0;
}

static gboolean
may_create (GumProductCreate *self)
{
  return gum_create_fields_get_problem (self->fields) == NULL && self->write == NULL &&
         (!is_unclear (self) || self->asked);
}

static void
changed_cb (GumProductCreate *self)
{
  gtk_widget_set_sensitive (self->create, may_create (self));
}

static void
set_busy (GumProductCreate *self,
          gboolean          busy)
{
  /* An entry does not lose the focus well when it cannot be used any more. */
  if (busy)
    gtk_window_set_focus (GTK_WINDOW (self), NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->fields), !busy);
  gtk_widget_set_sensitive (self->cancel, !busy);
  gtk_widget_set_visible (self->spinner, busy);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), busy);
  changed_cb (self);
}

/* --- creating --------------------------------------------------------------------------------- */

static JsonObject *
new_body (GumProductCreate *self)
{
  JsonObject *body = gum_create_fields_new_body (self->fields);
  JsonObject *record = self->like != NULL ? gum_resource_get_json (GUM_RESOURCE (self->like)) : NULL;

  for (guint i = 0; record != NULL && i < G_N_ELEMENTS (copied); i++)
    {
      JsonNode *value = gum_product_keys_read (copied[i], record);

      if (value != NULL && !JSON_NODE_HOLDS_NULL (value))
        json_object_set_member (body, copied[i], value);
      else
        g_clear_pointer (&value, json_node_unref);
    }

  return body;
}

/* Nothing is created twice by who presses the same button again. Takes @write. */
static void
show_unclear (GumProductCreate *self,
              GumWrite         *write,
              const GError     *error)
{
  g_clear_object (&self->unclear);
  self->unclear = write;
  self->asked = FALSE;
  g_free (self->sent);
  self->sent = gum_create_fields_dup_state (self->fields);
  gum_notice_show_error (self->notice, error, _("_Check Again"));
  changed_cb (self);
  gtk_widget_child_focus (GTK_WIDGET (self->notice), GTK_DIR_TAB_FORWARD);
}

static void
show_failure (GumProductCreate *self,
              const GError     *error)
{
  const char *said = gum_error_get_server_message (error);

  gtk_widget_grab_focus (self->create);
  if (said != NULL && g_str_has_prefix (said, "Sorry, you can only create"))
    {
      g_autofree char *sentence =
        g_strdup_printf (_("Gumroad lets a shop create so many products within 24 hours and no more: 10, or 100 "
                           "once it was reviewed. Gumroad says: “%s” What you typed stays here."), said);

      gum_notice_show (self->notice, _("Enough for Today"), sentence, NULL);
      return;
    }
  gum_notice_show_error (self->notice, error, NULL);
}

static void
end (GumProductCreate *self,
     GumWrite         *write)
{
  g_signal_emit (self, signals[CREATED], 0, gum_write_get_product_id (write));
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GumProductCreate) self = user_data;
  g_autoptr (GumWrite) write = g_steal_pointer (&self->write);
  g_autoptr (GError) error = NULL;
  gboolean done = gum_journal_send_finish (GUM_JOURNAL (source), result, &error);

  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return;
  set_busy (self, FALSE);
  if (done)
    end (self, write);
  else if (g_error_matches (error, GUM_ERROR, GUM_ERROR_UNCLEAR))
    show_unclear (self, g_steal_pointer (&write), error);
  else
    show_failure (self, error);
}

static void
create_cb (GumProductCreate *self)
{
  const char *title, *reason;
  g_autoptr (JsonObject) body = NULL;

  if (!may_create (self))
    return;
  if (!gum_shop_may_write (self->shop, &title, &reason))
    {
      gum_notice_show (self->notice, title, reason, NULL);
      return;
    }

  gum_notice_hide (self->notice);
  g_clear_object (&self->unclear);
  body = new_body (self);
  self->write = gum_write_new_create (body);
  set_busy (self, TRUE);
  gum_journal_send_async (gum_store_get_journal (gum_shop_get_store (self->shop)), self->write, NULL, sent_cb,
                          g_object_ref (self));
}

/* --- when nobody knows ------------------------------------------------------------------------ */

static void
checked_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GumProductCreate) self = user_data;
  g_autoptr (GumWrite) write = g_steal_pointer (&self->write);
  g_autoptr (GError) error = NULL;
  gboolean done = gum_journal_check_finish (GUM_JOURNAL (source), result, &error);

  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return;
  if (done && is_unclear (self))
    {
      end (self, write);
      return;
    }

  if (done)
    {
      g_autofree char *sentence =
        g_strdup_printf (_("“%s” is at Gumroad, as a draft. What you have typed since then makes another product."),
                         gum_write_get_label (write));

      g_clear_object (&self->unclear);
      gum_notice_show (self->notice, _("Created After All"), sentence, NULL);
    }
  else if (error != NULL)
    {
      gum_notice_show_error (self->notice, error, _("_Check Again"));
    }
  else
    {
      self->asked = TRUE;
      gum_notice_show (self->notice, _("Not at Gumroad"),
                       _("Gumroad shows no such product. If it still does not after a minute, create it again."),
                       _("_Check Again"));
    }
  set_busy (self, FALSE);
  gtk_widget_child_focus (GTK_WIDGET (self->notice), GTK_DIR_TAB_FORWARD);
}

static void
check_cb (GumProductCreate *self)
{
  const char *title, *reason;

  if (self->write != NULL || self->unclear == NULL)
    return;
  if (!gum_shop_may_write (self->shop, &title, &reason))
    {
      gum_notice_show (self->notice, title, reason, _("_Check Again"));
      return;
    }

  self->write = g_object_ref (self->unclear);
  set_busy (self, TRUE);
  gum_journal_check_async (gum_store_get_journal (gum_shop_get_store (self->shop)), self->write, NULL, checked_cb,
                           g_object_ref (self));
}

/* --- building --------------------------------------------------------------------------------- */

/* Something was written that is nowhere else: what nobody knows of is in Activity. */
static gboolean
has_words (GumProductCreate *self)
{
  g_autofree char *state = gum_create_fields_dup_state (self->fields);

  return gum_create_fields_has_words (self->fields) && !is_unclear (self) && g_strcmp0 (state, self->start) != 0;
}

static void
discard_response_cb (GumProductCreate *self,
                     const char       *response,
                     GtkWindow        *dialog)
{
  if (!g_str_equal (response, "discard"))
    return;

  /* GTK 4.8 would look for the signals of a window that is gone. */
  gtk_window_set_transient_for (dialog, NULL);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
ask (GumProductCreate *self)
{
  GtkWidget *dialog;

  if (self->question != NULL)
    {
      gtk_window_present (GTK_WINDOW (self->question));
      return;
    }

  dialog = adw_message_dialog_new (GTK_WINDOW (self), _("Discard What You Wrote?"),
                                   _("The product was not created, and what is in the form is kept nowhere else."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "keep", _("_Keep Writing"),
                                    "discard", _("_Discard"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "discard",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  g_set_weak_pointer (&self->question, dialog);
  g_signal_connect_object (dialog, "response", G_CALLBACK (discard_response_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Closing would not take back what is on its way, and nobody would hear how it went. */
static gboolean
gum_product_create_close_request (GtkWindow *window)
{
  GumProductCreate *self = GUM_PRODUCT_CREATE (window);

  if (self->write != NULL)
    return TRUE;
  if (has_words (self))
    {
      ask (self);
      return TRUE;
    }

  return GTK_WINDOW_CLASS (gum_product_create_parent_class)->close_request (window);
}

static void
gum_product_create_dispose (GObject *object)
{
  GumProductCreate *self = GUM_PRODUCT_CREATE (object);

  /* An entry looks at its text when the focus leaves it, even when that is gone already. */
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  g_clear_object (&self->shop);
  g_clear_object (&self->like);
  g_clear_object (&self->write);
  g_clear_object (&self->unclear);
  g_clear_weak_pointer (&self->question);

  G_OBJECT_CLASS (gum_product_create_parent_class)->dispose (object);
}

static void
gum_product_create_finalize (GObject *object)
{
  GumProductCreate *self = GUM_PRODUCT_CREATE (object);

  g_free (self->sent);
  g_free (self->start);

  G_OBJECT_CLASS (gum_product_create_parent_class)->finalize (object);
}

static void
gum_product_create_class_init (GumProductCreateClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gum_product_create_dispose;
  G_OBJECT_CLASS (klass)->finalize = gum_product_create_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = gum_product_create_close_request;

  signals[CREATED] = g_signal_new ("created", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
gum_product_create_init (GumProductCreate *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_title (GTK_WINDOW (self), _("New Product"));
  gtk_window_set_default_size (GTK_WINDOW (self), 440, 520);

  self->cancel = gtk_button_new_with_mnemonic (_("_Cancel"));
  self->create = gtk_button_new_with_mnemonic (_("Create _Draft"));
  self->spinner = gtk_spinner_new ();
  gtk_widget_add_css_class (self->create, "suggested-action");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->cancel), "window.close");
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), self->cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->create);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->spinner);
  g_signal_connect_object (self->create, "clicked", G_CALLBACK (create_cb), self, G_CONNECT_SWAPPED);

  self->notice = GUM_NOTICE (gum_notice_new ());
  g_signal_connect_object (self->notice, "activated", G_CALLBACK (check_cb), self, G_CONNECT_SWAPPED);
  self->fields = GUM_CREATE_FIELDS (gum_create_fields_new ());
  g_signal_connect_object (self->fields, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->fields, "activated", G_CALLBACK (create_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_css_class (content, "gum-form");
  gtk_box_append (GTK_BOX (content), GTK_WIDGET (self->notice));
  gtk_box_append (GTK_BOX (content), GTK_WIDGET (self->fields));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), content);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), scroller);
  adw_window_set_content (ADW_WINDOW (self), box);
  set_busy (self, FALSE);
}

static void
take_over (GumProductCreate *self,
           GumProduct       *like)
{
  self->like = g_object_ref (like);
  gtk_window_set_title (GTK_WINDOW (self), _("Duplicate as Draft"));
  gum_create_fields_take_over (self->fields, like);
  gum_notice_show (self->notice, _("What a Copy Has"),
                   _("Description, summary, category, tags, price and limits are copied. Files, covers, versions "
                     "and content must be added again: Gumroad does not let them be copied."), NULL);
}

GtkWidget *
gum_product_create_new (GumShop    *shop,
                        GumProduct *like)
{
  GumProductCreate *self;

  g_return_val_if_fail (GUM_IS_SHOP (shop), NULL);

  self = g_object_new (GUM_TYPE_PRODUCT_CREATE, NULL);
  self->shop = g_object_ref (shop);
  if (like != NULL)
    take_over (self, like);
  self->start = gum_create_fields_dup_state (self->fields);
  changed_cb (self);
  gum_create_fields_focus (self->fields);

  return GTK_WIDGET (self);
}

static void
created_cb (GtkWidget  *window,
            const char *id,
            GtkWidget  *widget)
{
  gtk_widget_activate_action (widget, "products.open", "s", id);
}

void
gum_product_create_present (GtkWidget  *widget,
                            GumShop    *shop,
                            GumProduct *like)
{
  GtkWidget *window = gum_product_create_new (shop, like);
  GtkRoot *root = gtk_widget_get_root (widget);

  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (root));
  g_signal_connect_object (window, "created", G_CALLBACK (created_cb), widget, 0);
  gtk_window_present (GTK_WINDOW (window));
}

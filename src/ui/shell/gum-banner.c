/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The one most important thing to know about a shop just now: one line at a time, chosen by what keeps
 * the person most from going on. (libadwaita 1.2 has no AdwBanner.) */

#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-banner.h"

#include "gum-errors.h"
#include "gum-error.h"
#include "gum-time.h"
#include "gum-util.h"

#include <glib/gi18n-lib.h>

#define WORTH_A_LINE_SECONDS 5

struct _GumBanner
{
  AdwBin parent_instance;

  /* Owned */
  GumShop     *shop;
  GumStore    *store;
  GumAccount  *account;
  GumClient   *client;             /* NULL: the account has none */
  char        *text;

  /* Borrowed: in the widget tree */
  GtkRevealer *revealer;
  GtkLabel    *label;
  GtkButton   *button;

  /* State */
  guint        age_source;         /* runs while an age is shown */
  gboolean     rebuilt_dismissed;
};

typedef struct {
  char       *text;
  const char *button;
  const char *action;
  gboolean    has_age;
} Message;

G_DEFINE_FINAL_TYPE (GumBanner, gum_banner, ADW_TYPE_BIN)

static void gum_banner_update (GumBanner *self);

/* An error's title and sentence read as one text; a banner has no title of its own. */
static Message
message_for_error (const GError *error,
                   const char   *button,
                   const char   *action)
{
  return (Message) { gum_errors_dup_sentence (error, NULL), button, action, FALSE };
}

static Message
choose_by_account (GumBanner *self)
{
  switch (gum_account_get_state (self->account))
    {
    case GUM_ACCOUNT_LOCKED:
      return (Message) { g_strdup (_("The keyring is locked. Unlock it to connect to Gumroad.")),
                         _("_Unlock"), "win.unlock" };
    case GUM_ACCOUNT_REJECTED:
      return (Message) { g_strdup (_("Gumroad no longer accepts this connection.")),
                         _("_Reconnect"), "win.reconnect" };
    case GUM_ACCOUNT_SIGNED_OUT:
      return (Message) { g_strdup (_("This account is signed out. What was loaded before can still "
                                     "be read.")),
                         _("_Sign In"), "win.reconnect" };
    case GUM_ACCOUNT_UNKNOWN:
    case GUM_ACCOUNT_SIGNED_IN:
    default:
      return (Message) { NULL };
    }
}

static Message
choose_offline (GumBanner *self)
{
  GDateTime *last = gum_store_get_last_synced (self->store);
  g_autoptr(GDateTime) now = NULL;
  g_autofree char *age = NULL;

  if (last == NULL)
    return (Message) { g_strdup (_("Offline – nothing was loaded yet.")) };

  now = g_date_time_new_now_utc ();
  age = gum_time_format_relative (last, now);

  /* Translators: the placeholder is an age such as “5 minutes ago” */
  return (Message) { g_strdup_printf (_("Offline – showing data from %s."), age),
                     NULL, NULL, TRUE };
}

/* A pause that is over before one has read about it is not worth a line. */
static Message
choose_pause (GumBanner *self)
{
  gint64 until = self->client != NULL ? gum_client_get_paused_until (self->client) : 0;
  gint64 left = (until - g_get_monotonic_time () + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC;
  g_autoptr(GDateTime) now = NULL;
  g_autoptr(GDateTime) end = NULL;
  g_autofree char *time = NULL;

  if (until == 0 || left < WORTH_A_LINE_SECONDS)
    return (Message) { NULL };

  now = g_date_time_new_now_local ();
  end = g_date_time_add_seconds (now, left);
  time = g_date_time_format (end, "%X");

  /* Translators: the placeholder is a time of day, as the system writes it */
  return (Message) { g_strdup_printf (_("Gumroad asks for a pause because there were many requests. "
                                        "It goes on by itself at %s."), time) };
}

static gboolean
is_about_network (const GError *error)
{
  return error->domain == G_RESOLVER_ERROR ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE);
}

/* What an account's state says better already, or what is nobody's business. */
static gboolean
is_told_elsewhere (const GError *error)
{
  return g_error_matches (error, GUM_ERROR, GUM_ERROR_UNAUTHORIZED) ||
         g_error_matches (error, GUM_ERROR, GUM_ERROR_NOT_SIGNED_IN) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static Message
choose (GumBanner *self)
{
  const GError *sync_error;
  g_autoptr(GError) broken = NULL;
  gboolean rebuilt = FALSE;
  Message message;

  if (self->store == NULL)
    {
      if (gum_shop_get_error (self->shop) == NULL)
        return (Message) { NULL };
      return message_for_error (gum_shop_get_error (self->shop), _("_Try Again"), "win.reopen");
    }

  g_object_get (self->store, "broken", &broken, "rebuilt", &rebuilt, NULL);
  if (broken != NULL)
    return message_for_error (broken, _("_Try Again"), "win.reopen");

  message = choose_by_account (self);
  if (message.text != NULL)
    return message;

  if (gum_shop_is_portal (self->shop))
    return (Message) { g_strdup (_("This network wants you to sign in to it first. Open any web page "
                                   "in the browser.")) };
  if (!gum_shop_is_online (self->shop))
    return choose_offline (self);

  message = choose_pause (self);
  if (message.text != NULL)
    return message;

  sync_error = gum_store_get_sync_error (self->store);
  if (sync_error != NULL && is_about_network (sync_error))
    {
      message = choose_offline (self);
      message.button = _("_Try Again");
      message.action = "win.refresh";
      return message;
    }
  if (sync_error != NULL && !is_told_elsewhere (sync_error))
    return message_for_error (sync_error, _("_Try Again"), "win.refresh");

  if (gum_account_is_session_only (self->account))
    return (Message) { g_strdup (_("No keyring could keep this sign-in: it lasts until the program "
                                   "is closed.")),
                       _("_Retry"), "win.keep" };
  if (rebuilt && !self->rebuilt_dismissed)
    return (Message) { g_strdup (_("The data on this computer were damaged. They were set aside, and "
                                   "are read from Gumroad anew.")),
                       _("_Close"), "banner.dismiss" };
  if (gum_account_is_sample (self->account))
    return (Message) { g_strdup (_("Sample store – nothing in it is real.")),
                       _("_Leave"), "win.leave-sample" };

  return (Message) { NULL };
}

static gboolean
age_cb (gpointer data)
{
  gum_banner_update (data);

  return G_SOURCE_CONTINUE;
}

/* The age is told anew once a minute, and only while somebody can read it. */
static void
watch_age (GumBanner *self,
           gboolean   wanted)
{
  wanted = wanted && gtk_widget_get_mapped (GTK_WIDGET (self));

  if (wanted && self->age_source == 0)
    self->age_source = g_timeout_add_seconds (60, age_cb, self);
  else if (!wanted)
    g_clear_handle_id (&self->age_source, g_source_remove);
}

static void
gum_banner_update (GumBanner *self)
{
  Message message = { NULL };

  if (self->shop != NULL)
    message = choose (self);

  watch_age (self, message.has_age);
  gtk_revealer_set_reveal_child (self->revealer, message.text != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self), message.text != NULL);
  if (gum_set_str (&self->text, message.text) && message.text != NULL)
    gtk_label_set_label (self->label, message.text);
  g_free (message.text);

  gtk_widget_set_visible (GTK_WIDGET (self->button), message.button != NULL);
  if (message.button != NULL)
    {
      gtk_button_set_label (self->button, message.button);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), message.action);
    }
}

static void
store_changed_cb (GumBanner *self)
{
  GumStore *store = self->shop != NULL ? gum_shop_get_store (self->shop) : NULL;

  if (self->store != NULL)
    g_signal_handlers_disconnect_by_func (self->store, gum_banner_update, self);
  g_set_object (&self->store, store);
  self->rebuilt_dismissed = FALSE;

  if (store != NULL)
    {
      const char * const watched[] = { "notify::broken", "notify::rebuilt", "notify::sync-error",
                                       "notify::last-synced" };

      for (gsize i = 0; i < G_N_ELEMENTS (watched); i++)
        g_signal_connect_object (store, watched[i], G_CALLBACK (gum_banner_update), self,
                                 G_CONNECT_SWAPPED);
    }

  gum_banner_update (self);
}

static void
dismiss_action (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  GumBanner *self = GUM_BANNER (widget);

  self->rebuilt_dismissed = TRUE;
  gum_banner_update (self);
}

static void
gum_banner_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (gum_banner_parent_class)->map (widget);
  gum_banner_update (GUM_BANNER (widget));
}

static void
gum_banner_unmap (GtkWidget *widget)
{
  GumBanner *self = GUM_BANNER (widget);

  g_clear_handle_id (&self->age_source, g_source_remove);

  GTK_WIDGET_CLASS (gum_banner_parent_class)->unmap (widget);
}

static void
gum_banner_dispose (GObject *object)
{
  GumBanner *self = GUM_BANNER (object);

  g_clear_handle_id (&self->age_source, g_source_remove);
  g_clear_object (&self->shop);
  g_clear_object (&self->store);
  g_clear_object (&self->account);
  g_clear_object (&self->client);

  G_OBJECT_CLASS (gum_banner_parent_class)->dispose (object);
}

static void
gum_banner_finalize (GObject *object)
{
  GumBanner *self = GUM_BANNER (object);

  g_free (self->text);

  G_OBJECT_CLASS (gum_banner_parent_class)->finalize (object);
}

static void
gum_banner_class_init (GumBannerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = gum_banner_dispose;
  object_class->finalize = gum_banner_finalize;
  widget_class->map = gum_banner_map;
  widget_class->unmap = gum_banner_unmap;

  gtk_widget_class_install_action (widget_class, "banner.dismiss", NULL, dismiss_action);
}

static void
gum_banner_init (GumBanner *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->label, TRUE);
  gtk_label_set_wrap_mode (self->label, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (self->label, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (self->label), TRUE);

  self->button = GTK_BUTTON (gtk_button_new ());
  gtk_button_set_use_underline (self->button, TRUE);
  gtk_widget_set_valign (GTK_WIDGET (self->button), GTK_ALIGN_CENTER);

  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->label));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->button));
  gtk_widget_add_css_class (box, "gum-banner");

  self->revealer = GTK_REVEALER (gtk_revealer_new ());
  gtk_revealer_set_child (self->revealer, box);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->revealer));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
gum_banner_new (void)
{
  return g_object_new (GUM_TYPE_BANNER, NULL);
}

void
gum_banner_set_shop (GumBanner *self,
                     GumShop   *shop)
{
  GumAccount *account = shop != NULL ? gum_shop_get_account (shop) : NULL;
  GumClient *client = account != NULL ? gum_account_get_client (account) : NULL;

  g_return_if_fail (GUM_IS_BANNER (self));
  g_return_if_fail (shop == NULL || GUM_IS_SHOP (shop));

  if (self->shop != NULL)
    {
      g_signal_handlers_disconnect_by_func (self->shop, store_changed_cb, self);
      g_signal_handlers_disconnect_by_func (self->shop, gum_banner_update, self);
      g_signal_handlers_disconnect_by_func (self->account, gum_banner_update, self);
      if (self->client != NULL)
        g_signal_handlers_disconnect_by_func (self->client, gum_banner_update, self);
    }

  g_set_object (&self->shop, shop);
  g_set_object (&self->account, account);
  g_set_object (&self->client, client);
  if (self->client != NULL)
    g_signal_connect_object (self->client, "notify::paused-until", G_CALLBACK (gum_banner_update),
                             self, G_CONNECT_SWAPPED);
  if (shop != NULL)
    {
      g_signal_connect_object (shop, "notify::store", G_CALLBACK (store_changed_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (shop, "notify::error", G_CALLBACK (gum_banner_update), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (shop, "notify::online", G_CALLBACK (gum_banner_update), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (shop, "notify::portal", G_CALLBACK (gum_banner_update), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (self->account, "notify::state", G_CALLBACK (gum_banner_update), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (self->account, "notify::session-only",
                               G_CALLBACK (gum_banner_update), self, G_CONNECT_SWAPPED);
    }

  store_changed_cb (self);
}

const char *
gum_banner_get_text (GumBanner *self)
{
  g_return_val_if_fail (GUM_IS_BANNER (self), NULL);

  return self->text;
}

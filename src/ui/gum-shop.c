/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An account with its ledger and its pictures: what a window shows. Opening one touches only files on
 * this machine, so that the first frame waits for nobody: neither for the keyring (the account says
 * later who it is) nor for the network monitor, which is asked off the main thread once the window
 * stands. Until it answers, the network is taken to be there. */

#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-shop.h"

#include "gum-drafts.h"
#include "gum-paths.h"
#include "gum-util.h"

#include <glib/gi18n-lib.h>

struct _GumShop
{
  GObject parent_instance;

  /* Owned */
  GumAccount      *account;
  GumStore        *store;          /* NULL: see error */
  GumPictures     *pictures;
  GNetworkMonitor *monitor;        /* NULL until it has answered */
  GError          *error;
  GumDrafts       *unsaved;        /* of a ledger that could not be written; NULL: there was none */
  GCancellable    *cancellable;    /* ends with the shop */

  /* State */
  gboolean         local;          /* the server is on this machine: no network is needed */
  gboolean         watching;
  gboolean         online;
  gboolean         metered;
  gboolean         portal;
  gboolean         use_metered;
};

enum {
  PROP_0,
  PROP_ACCOUNT,
  PROP_STORE,
  PROP_PICTURES,
  PROP_ERROR,
  PROP_ONLINE,
  PROP_METERED,
  PROP_PORTAL,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (GumShop, gum_shop, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];

static void
gum_shop_update_pictures (GumShop *self)
{
  gum_pictures_set_online (self->pictures, self->online && !gum_shop_is_sparing (self));
}

static void
gum_shop_open (GumShop *self)
{
  const char *id = gum_account_get_id (self->account);
  g_autofree char *directory = NULL;

  if (!gum_account_is_sample (self->account))
    directory = gum_paths_dup_data (id);

  g_clear_error (&self->error);
  self->store = gum_store_new (directory, id, gum_account_get_client (self->account), &self->error);
  if (self->store == NULL)
    {
      g_warning ("The ledger cannot be opened: %s", self->error->message);
      return;
    }
  if (self->unsaved != NULL)
    gum_drafts_take_over (gum_store_get_drafts (self->store), self->unsaved);
  g_clear_object (&self->unsaved);
}

static void
set_flag (GumShop    *self,
          gboolean   *field,
          gboolean    value,
          GParamSpec *pspec)
{
  if (*field == value)
    return;

  *field = value;
  g_object_notify_by_pspec (G_OBJECT (self), pspec);
}

static void
network_changed_cb (GumShop *self)
{
  GNetworkMonitor *monitor = self->monitor;
  GNetworkConnectivity connectivity = g_network_monitor_get_connectivity (monitor);

  if (self->local)
    gum_shop_set_network (self, TRUE, FALSE, FALSE);
  else
    gum_shop_set_network (self,
                          g_network_monitor_get_network_available (monitor),
                          g_network_monitor_get_network_metered (monitor),
                          connectivity == G_NETWORK_CONNECTIVITY_PORTAL);
}

static void
find_monitor_in_thread (GTask        *task,
                        gpointer      source,
                        gpointer      data,
                        GCancellable *cancellable)
{
  /* The first call connects to NetworkManager or a portal, and waits for it. This thread has no main
   * context of its own, so the monitor's signals come to the default one. */
  g_task_return_pointer (task, g_object_ref (g_network_monitor_get_default ()), g_object_unref);
}

static void
monitor_found_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  GumShop *self = GUM_SHOP (source);

  self->monitor = g_task_propagate_pointer (G_TASK (result), NULL);
  if (self->monitor == NULL)
    return;

  g_signal_connect_object (self->monitor, "network-changed",
                           G_CALLBACK (network_changed_cb), self, G_CONNECT_SWAPPED);
  network_changed_cb (self);
}

static void
synced_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr(GError) error = NULL;

  /* The store keeps the error as a property, where it is shown from. */
  if (!gum_store_sync_finish (GUM_STORE (source), result, &error))
    g_debug ("Sync ended: %s", error->message);
}

static void
account_state_cb (GumShop *self)
{
  gum_shop_refresh_if_older (self, 60);
}

static void
gum_shop_constructed (GObject *object)
{
  GumShop *self = GUM_SHOP (object);
  GumClient *client = gum_account_get_client (self->account);
  g_autofree char *cache = NULL;

  G_OBJECT_CLASS (gum_shop_parent_class)->constructed (object);

  self->local = client != NULL && gum_uri_is_loopback (gum_client_get_url (client));
  /* The sample store leaves nothing behind: neither pictures, nor, below, a ledger. */
  if (!gum_account_is_sample (self->account))
    cache = gum_paths_dup_cache (gum_account_get_id (self->account));
  self->pictures = gum_pictures_new (cache, self->local);
  gum_shop_open (self);

  g_signal_connect_object (self->account, "notify::state",
                           G_CALLBACK (account_state_cb), self, G_CONNECT_SWAPPED);
}

static void
gum_shop_dispose (GObject *object)
{
  GumShop *self = GUM_SHOP (object);

  g_cancellable_cancel (self->cancellable);
  gum_shop_close (self);
  g_clear_object (&self->pictures);
  g_clear_object (&self->monitor);
  g_clear_object (&self->account);

  G_OBJECT_CLASS (gum_shop_parent_class)->dispose (object);
}

static void
gum_shop_finalize (GObject *object)
{
  GumShop *self = GUM_SHOP (object);

  g_clear_error (&self->error);
  g_clear_object (&self->unsaved);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (gum_shop_parent_class)->finalize (object);
}

static void
gum_shop_get_property (GObject    *object,
                       guint       prop_id,
                       GValue     *value,
                       GParamSpec *pspec)
{
  GumShop *self = GUM_SHOP (object);

  switch (prop_id)
    {
    case PROP_ACCOUNT:
      g_value_set_object (value, self->account);
      break;
    case PROP_STORE:
      g_value_set_object (value, self->store);
      break;
    case PROP_PICTURES:
      g_value_set_object (value, self->pictures);
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    case PROP_ONLINE:
      g_value_set_boolean (value, self->online);
      break;
    case PROP_METERED:
      g_value_set_boolean (value, self->metered);
      break;
    case PROP_PORTAL:
      g_value_set_boolean (value, self->portal);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
gum_shop_set_property (GObject      *object,
                       guint         prop_id,
                       const GValue *value,
                       GParamSpec   *pspec)
{
  GumShop *self = GUM_SHOP (object);

  switch (prop_id)
    {
    case PROP_ACCOUNT:
      self->account = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
gum_shop_class_init (GumShopClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = gum_shop_constructed;
  object_class->dispose = gum_shop_dispose;
  object_class->finalize = gum_shop_finalize;
  object_class->get_property = gum_shop_get_property;
  object_class->set_property = gum_shop_set_property;

  properties[PROP_ACCOUNT] =
    g_param_spec_object ("account", NULL, NULL, GUM_TYPE_ACCOUNT,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_STORE] =
    g_param_spec_object ("store", NULL, NULL, GUM_TYPE_STORE,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_PICTURES] =
    g_param_spec_object ("pictures", NULL, NULL, GUM_TYPE_PICTURES,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_ERROR] =
    g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR,
                        G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_ONLINE] =
    g_param_spec_boolean ("online", NULL, NULL, TRUE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_METERED] =
    g_param_spec_boolean ("metered", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_PORTAL] =
    g_param_spec_boolean ("portal", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
gum_shop_init (GumShop *self)
{
  self->cancellable = g_cancellable_new ();
  self->online = TRUE;
}

GumShop *
gum_shop_new (GumAccount *account)
{
  g_return_val_if_fail (GUM_IS_ACCOUNT (account), NULL);

  return g_object_new (GUM_TYPE_SHOP, "account", account, NULL);
}

GumAccount *
gum_shop_get_account (GumShop *self)
{
  g_return_val_if_fail (GUM_IS_SHOP (self), NULL);

  return self->account;
}

GumStore *
gum_shop_get_store (GumShop *self)
{
  g_return_val_if_fail (GUM_IS_SHOP (self), NULL);

  return self->store;
}

GumPictures *
gum_shop_get_pictures (GumShop *self)
{
  g_return_val_if_fail (GUM_IS_SHOP (self), NULL);

  return self->pictures;
}

const GError *
gum_shop_get_error (GumShop *self)
{
  g_return_val_if_fail (GUM_IS_SHOP (self), NULL);

  return self->error;
}

gboolean
gum_shop_is_online (GumShop *self)
{
  g_return_val_if_fail (GUM_IS_SHOP (self), FALSE);

  return self->online;
}

static void
find_obstacle (GumShop     *self,
               const char **title,
               const char **reason)
{
  *title = *reason = NULL;
  if (self->store == NULL)
    {
      *title = _("No Data Here");
      *reason = _("The data on this computer cannot be opened, so nothing can be sent to Gumroad.");
      return;
    }

  switch (gum_account_get_state (self->account))
    {
    case GUM_ACCOUNT_SIGNED_IN:
      break;
    case GUM_ACCOUNT_LOCKED:
      *title = _("The Keyring Is Locked");
      *reason = _("The keyring keeps what this needs. Unlock it first.");
      return;
    case GUM_ACCOUNT_UNKNOWN:
      *title = _("Not Ready Yet");
      *reason = _("The keyring has not answered yet. Try again in a moment.");
      return;
    case GUM_ACCOUNT_REJECTED:
    case GUM_ACCOUNT_SIGNED_OUT:
    default:
      *title = _("Not Connected");
      *reason = _("Gumroad does not know this program any more. Connect the account again first.");
      return;
    }

  if (!self->online)
    {
      *title = _("You Are Offline");
      *reason = _("This needs a connection to Gumroad.");
    }
}

gboolean
gum_shop_may_write (GumShop     *self,
                    const char **title,
                    const char **reason)
{
  const char *found_title;
  const char *found_reason;

  g_return_val_if_fail (GUM_IS_SHOP (self), FALSE);

  find_obstacle (self, &found_title, &found_reason);
  if (title != NULL)
    *title = found_title;
  if (reason != NULL)
    *reason = found_reason;

  return found_reason == NULL;
}

gboolean
gum_shop_is_portal (GumShop *self)
{
  g_return_val_if_fail (GUM_IS_SHOP (self), FALSE);

  return self->portal;
}

gboolean
gum_shop_is_sparing (GumShop *self)
{
  g_return_val_if_fail (GUM_IS_SHOP (self), FALSE);

  return self->metered && !self->use_metered;
}

void
gum_shop_set_network (GumShop  *self,
                      gboolean  online,
                      gboolean  metered,
                      gboolean  portal)
{
  gboolean was_online;

  g_return_if_fail (GUM_IS_SHOP (self));

  was_online = self->online;
  set_flag (self, &self->metered, !!metered, properties[PROP_METERED]);
  set_flag (self, &self->portal, !!portal, properties[PROP_PORTAL]);
  set_flag (self, &self->online, !!online, properties[PROP_ONLINE]);
  gum_shop_update_pictures (self);

  if (self->online && !was_online)
    gum_shop_refresh_if_older (self, 60);
}

void
gum_shop_set_use_metered (GumShop  *self,
                          gboolean  use_metered)
{
  g_return_if_fail (GUM_IS_SHOP (self));

  self->use_metered = use_metered;
  gum_shop_update_pictures (self);
}

void
gum_shop_refresh (GumShop *self)
{
  g_return_if_fail (GUM_IS_SHOP (self));

  if (self->store == NULL || !self->online || gum_store_get_syncing (self->store) ||
      gum_account_get_state (self->account) != GUM_ACCOUNT_SIGNED_IN)
    return;

  gum_store_sync_async (self->store, self->cancellable, synced_cb, NULL);
}

void
gum_shop_refresh_if_older (GumShop *self,
                           guint    seconds)
{
  GDateTime *last = NULL;
  g_autoptr(GDateTime) now = NULL;

  g_return_if_fail (GUM_IS_SHOP (self));

  if (self->store == NULL || gum_shop_is_sparing (self))
    return;

  last = gum_store_get_last_synced (self->store);
  now = g_date_time_new_now_utc ();
  /* A ledger of the future is one of a wrong clock: old. */
  if (last != NULL)
    {
      GTimeSpan age = g_date_time_difference (now, last);

      if (age >= 0 && age < seconds * G_TIME_SPAN_SECOND)
        return;
    }

  gum_shop_refresh (self);
}

void
gum_shop_watch_network (GumShop *self)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (GUM_IS_SHOP (self));

  if (self->watching)
    return;

  self->watching = TRUE;
  task = g_task_new (self, NULL, monitor_found_cb, NULL);
  g_task_set_source_tag (task, gum_shop_watch_network);
  g_task_run_in_thread (task, find_monitor_in_thread);
}

static void
reopen (GumShop *self)
{
  gum_shop_close (self);
  gum_shop_open (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STORE]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
  gum_shop_refresh (self);
}

void
gum_shop_reopen (GumShop *self)
{
  g_return_if_fail (GUM_IS_SHOP (self));

  g_clear_object (&self->unsaved);
  reopen (self);
}

/* The ledger could not be read or written: no word of what could not be written is lost. */
void
gum_shop_try_again (GumShop *self)
{
  g_return_if_fail (GUM_IS_SHOP (self));

  if (self->store != NULL)
    g_set_object (&self->unsaved, gum_store_get_drafts (self->store));
  reopen (self);
}

void
gum_shop_close (GumShop *self)
{
  g_autoptr(GumStore) store = NULL;

  g_return_if_fail (GUM_IS_SHOP (self));

  store = g_steal_pointer (&self->store);
  if (store == NULL)
    return;

  /* Whoever shows the ledger lets go of it before it is closed. */
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STORE]);
  gum_store_close (store);
}

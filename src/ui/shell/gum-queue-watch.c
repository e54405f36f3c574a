/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Changes that were begun and not ended by the time the program was closed wait until the person says
 * that they may go on. Whoever does not look into Activity would not know of them: this says it once,
 * some time after the window stands, and from then on how many things there want to be seen to. It also
 * lets the queue try again when the account is connected again, since nobody tells the queue. */

#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-queue-watch.h"

#include "gum-attention.h"
#include "gum-queue.h"
#include "gum-section.h"

#include <glib/gi18n-lib.h>

struct _GumQueueWatch
{
  GObject    parent_instance;

  /* owned */
  GtkWidget *widget;       /* weak */
  GumShop   *shop;
  GumQueue  *queue;        /* NULL: not looked yet, or there is no ledger */
  GumAttention *attention; /* the same */
  AdwToast  *toast;        /* weak */

  guint      timeout_id;
  gboolean   has_said;     /* of this ledger */
  gboolean   is_looking;
};

enum {
  PROP_0,
  PROP_N_ATTENTION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (GumQueueWatch, gum_queue_watch, G_TYPE_OBJECT)

static void
clicked_cb (GumQueueWatch *self)
{
  /* It goes by itself, and must not be dismissed twice. */
  g_clear_weak_pointer (&self->toast);
  if (self->widget != NULL)
    gtk_widget_activate_action (self->widget, "win.section", "s", "activity");
}

static void
changed_cb (GumQueueWatch *self)
{
  guint n = gum_queue_get_n_asking (self->queue);
  g_autofree char *text = NULL;

  if ((n == 0 || self->is_looking) && self->toast != NULL)
    adw_toast_dismiss (self->toast);
  if (n > 0 && self->is_looking)
    self->has_said = TRUE;
  if (n == 0 || self->has_said || self->widget == NULL)
    return;

  text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u change is waiting",
                                       "%u changes are waiting", n), n);
  self->has_said = TRUE;
  g_set_weak_pointer (&self->toast,
                      gum_section_add_lasting_toast (self->widget, text, _("_Show")));
  if (self->toast == NULL)
    return;
  g_signal_connect_object (self->toast, "button-clicked", G_CALLBACK (clicked_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
attention_cb (GumQueueWatch *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ATTENTION]);
}

static void
drop_queue (GumQueueWatch *self)
{
  if (self->attention != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->attention, self);
      g_clear_object (&self->attention);
      attention_cb (self);
    }
  if (self->queue != NULL)
    g_signal_handlers_disconnect_by_data (self->queue, self);
  g_clear_object (&self->queue);
  if (self->toast != NULL)
    adw_toast_dismiss (self->toast);
  g_clear_weak_pointer (&self->toast);
  self->has_said = FALSE;
}

static void
store_cb (GumQueueWatch *self)
{
  GumStore *store = gum_shop_get_store (self->shop);

  drop_queue (self);
  if (store == NULL || self->timeout_id != 0)
    return;
  self->queue = g_object_ref (gum_store_get_queue (store));
  g_signal_connect_object (self->queue, "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  changed_cb (self);
  self->attention = g_object_ref (gum_store_get_attention (store));
  g_signal_connect_object (self->attention, "notify::n", G_CALLBACK (attention_cb), self,
                           G_CONNECT_SWAPPED);
  attention_cb (self);
}

static void
state_cb (GumQueueWatch *self)
{
  GumAccount *account = gum_shop_get_account (self->shop);

  if (self->queue != NULL && gum_account_get_state (account) == GUM_ACCOUNT_SIGNED_IN)
    gum_queue_try_again (self->queue);
}

static gboolean
timeout_cb (gpointer user_data)
{
  GumQueueWatch *self = user_data;

  self->timeout_id = 0;
  store_cb (self);

  return G_SOURCE_REMOVE;
}

static void
gum_queue_watch_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  GumQueueWatch *self = GUM_QUEUE_WATCH (object);

  switch (prop_id)
    {
    case PROP_N_ATTENTION:
      g_value_set_uint (value, self->attention != NULL ? gum_attention_get_n (self->attention) : 0);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
gum_queue_watch_dispose (GObject *object)
{
  GumQueueWatch *self = GUM_QUEUE_WATCH (object);

  g_clear_handle_id (&self->timeout_id, g_source_remove);
  drop_queue (self);
  g_clear_weak_pointer (&self->widget);
  g_clear_object (&self->shop);

  G_OBJECT_CLASS (gum_queue_watch_parent_class)->dispose (object);
}

static void
gum_queue_watch_class_init (GumQueueWatchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = gum_queue_watch_dispose;
  object_class->get_property = gum_queue_watch_get_property;

  properties[PROP_N_ATTENTION] =
    g_param_spec_uint ("n-attention", NULL, NULL, 0, G_MAXUINT, 0,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
gum_queue_watch_init (GumQueueWatch *self)
{
}

GumQueueWatch *
gum_queue_watch_new (GtkWidget *widget,
                     GumShop   *shop,
                     guint      seconds)
{
  GumQueueWatch *self;

  g_return_val_if_fail (GTK_IS_WIDGET (widget), NULL);
  g_return_val_if_fail (GUM_IS_SHOP (shop), NULL);

  self = g_object_new (GUM_TYPE_QUEUE_WATCH, NULL);
  g_set_weak_pointer (&self->widget, widget);
  self->shop = g_object_ref (shop);
  g_signal_connect_object (shop, "notify::store", G_CALLBACK (store_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gum_shop_get_account (shop), "notify::state", G_CALLBACK (state_cb),
                           self, G_CONNECT_SWAPPED);
  self->timeout_id = g_timeout_add_seconds (seconds, timeout_cb, self);

  return self;
}

void
gum_queue_watch_set_looking (GumQueueWatch *self,
                             gboolean       looking)
{
  g_return_if_fail (GUM_IS_QUEUE_WATCH (self));

  self->is_looking = looking;
  if (self->queue != NULL)
    changed_cb (self);
}

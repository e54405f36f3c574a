/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The ledger of one account, and what keeps it fresh.
 *
 * Everything that is shown comes out of the ledger; what the network brings goes into it first. The
 * store holds each product that somebody looks at once, and brings it up to date in place when its
 * row changes. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-store-private.h"

#include "gum-attention-private.h"
#include "gum-delivery-private.h"
#include "gum-draft-private.h"
#include "gum-error.h"
#include "gum-held.h"
#include "gum-journal-private.h"
#include "gum-ledger-products.h"
#include "gum-queue-private.h"
#include "gum-records-private.h"
#include "gum-sync.h"

enum {
  PROP_0,
  PROP_SYNCING,
  PROP_SYNCED_ITEMS,
  PROP_SYNC_ERROR,
  PROP_LAST_SYNCED,
  PROP_N_PRODUCTS,
  PROP_REBUILT,
  PROP_BROKEN,
  N_PROPS
};

enum {
  CHANGED,
  PRODUCT_DELETED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GumStore, gum_store, G_TYPE_OBJECT)

/* --- telling of changes ----------------------------------------------------------------------- */

static void
change_clear (gpointer data)
{
  g_free (((GumChange *) data)->id);
}

static GArray *
new_changes (void)
{
  GArray *changes = g_array_new (FALSE, FALSE, sizeof (GumChange));

  g_array_set_clear_func (changes, change_clear);

  return changes;
}

void
_gum_store_flush (GumStore *self)
{
  g_autoptr(GArray) changes = self->changes;
  g_autoptr(GumStore) alive = g_object_ref (self);

  g_clear_handle_id (&self->flush_id, g_source_remove);
  if (self->sync != NULL)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SYNCED_ITEMS]);
  if (changes->len == 0 || self->is_closed)
    {
      g_array_ref (changes);
      return;
    }
  self->changes = new_changes ();

  for (guint i = 0; i < changes->len; i++)
    gum_held_take_change (self->held, &g_array_index (changes, GumChange, i));

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_PRODUCTS]);
  g_signal_emit (self, signals[CHANGED], 0);

  for (guint i = 0; i < changes->len; i++)
    {
      GumChange *change = &g_array_index (changes, GumChange, i);

      if (change->kind == GUM_CHANGE_DELETED)
        g_signal_emit (self, signals[PRODUCT_DELETED], 0, change->id);
    }
}

void
_gum_store_set_broken (GumStore     *self,
                       const GError *error)
{
  if (self->broken == NULL && error == NULL)
    return;

  g_clear_error (&self->broken);
  self->broken = error != NULL ? g_error_copy (error) : NULL;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BROKEN]);
}

/* They are told of by _gum_store_flush(). */
void
_gum_store_note_changes (GumStore   *self,
                         GumChanges *changes)
{
  for (guint i = 0; i < changes->changes->len; i++)
    {
      GumChange change = g_array_index (changes->changes, GumChange, i);

      if (change.kind == GUM_CHANGE_ADDED)
        self->n_products++;
      else if (change.kind == GUM_CHANGE_DELETED && self->n_products > 0)
        self->n_products--;
      change.id = g_strdup (change.id);
      g_array_append_val (self->changes, change);
    }
  _gum_store_heal (self);
}

void
_gum_store_heal (GumStore *self)
{
  if (self->broken == NULL)
    return;

  _gum_store_set_broken (self, NULL);
  if (self->deliveries != NULL)
    _gum_deliveries_rewrite (self->deliveries);
}

/* --- GObject ---------------------------------------------------------------------------------- */

static void
gum_store_get_property (GObject    *object,
                        guint       prop_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  GumStore *self = GUM_STORE (object);

  switch (prop_id)
    {
    case PROP_SYNCING:
      g_value_set_boolean (value, gum_store_get_syncing (self));
      break;
    case PROP_SYNCED_ITEMS:
      g_value_set_uint (value, self->synced_items);
      break;
    case PROP_SYNC_ERROR:
      g_value_set_boxed (value, self->sync_error);
      break;
    case PROP_LAST_SYNCED:
      g_value_set_boxed (value, self->last_synced);
      break;
    case PROP_N_PRODUCTS:
      g_value_set_uint (value, self->n_products);
      break;
    case PROP_REBUILT:
      g_value_set_boolean (value, self->was_rebuilt);
      break;
    case PROP_BROKEN:
      g_value_set_boxed (value, self->broken);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
gum_store_dispose (GObject *object)
{
  GumStore *self = GUM_STORE (object);

  gum_store_close (self);
  g_clear_object (&self->ledger);
  g_clear_object (&self->client);

  G_OBJECT_CLASS (gum_store_parent_class)->dispose (object);
}

static void
gum_store_finalize (GObject *object)
{
  GumStore *self = GUM_STORE (object);

  g_clear_pointer (&self->held, gum_held_free);
  gum_turns_free (self->turns);
  g_ptr_array_unref (self->waiters);
  g_array_unref (self->changes);
  g_clear_error (&self->sync_error);
  g_clear_error (&self->broken);
  g_clear_pointer (&self->last_synced, g_date_time_unref);

  G_OBJECT_CLASS (gum_store_parent_class)->finalize (object);
}

static void
gum_store_class_init (GumStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = gum_store_get_property;
  object_class->dispose = gum_store_dispose;
  object_class->finalize = gum_store_finalize;

  /**
   * GumStore:syncing:
   *
   * Whether a pass over the list of products is under way.
   */
  properties[PROP_SYNCING] = g_param_spec_boolean ("syncing", NULL, NULL, FALSE, flags);
  /**
   * GumStore:synced-items:
   *
   * How many records this pass has read.
   */
  properties[PROP_SYNCED_ITEMS] = g_param_spec_uint ("synced-items", NULL, NULL,
                                                     0, G_MAXUINT, 0, flags);
  /**
   * GumStore:sync-error:
   *
   * Why the last pass did not reach its end, or %NULL. A pass that was cancelled does not count.
   */
  properties[PROP_SYNC_ERROR] = g_param_spec_boxed ("sync-error", NULL, NULL, G_TYPE_ERROR, flags);
  /**
   * GumStore:last-synced:
   *
   * When the last complete pass ended, in UTC, or %NULL.
   */
  properties[PROP_LAST_SYNCED] = g_param_spec_boxed ("last-synced", NULL, NULL,
                                                     G_TYPE_DATE_TIME, flags);
  /**
   * GumStore:n-products:
   *
   * How many products the ledger has.
   */
  properties[PROP_N_PRODUCTS] = g_param_spec_uint ("n-products", NULL, NULL,
                                                   0, G_MAXUINT, 0, flags);
  /**
   * GumStore:rebuilt:
   *
   * Whether a damaged ledger was set aside for a fresh one since the store was opened.
   */
  properties[PROP_REBUILT] = g_param_spec_boolean ("rebuilt", NULL, NULL, FALSE, flags);
  /**
   * GumStore:broken:
   *
   * Why the ledger cannot be written (%GUM_ERROR_LEDGER_FULL, %GUM_ERROR_LEDGER_READ_ONLY …), or
   * %NULL. It is still read where that is possible, and the next write that succeeds clears it.
   */
  properties[PROP_BROKEN] = g_param_spec_boxed ("broken", NULL, NULL, G_TYPE_ERROR, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * GumStore::changed:
   *
   * Products were added, changed or deleted. Several changes are told of at once. Products that are
   * held have been brought up to date before.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
  /**
   * GumStore::product-deleted:
   * @id: the product
   *
   * The product is gone from Gumroad. An object that is held stays as it was.
   */
  signals[PRODUCT_DELETED] = g_signal_new ("product-deleted", G_TYPE_FROM_CLASS (klass),
                                           G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
gum_store_init (GumStore *self)
{
  self->waiters = g_ptr_array_new_with_free_func (g_object_unref);
  self->changes = new_changes ();
  self->turns = gum_turns_new ();
}

/**
 * gum_store_new:
 * @directory: (nullable): the folder of the account, made if it is missing; %NULL for a ledger in
 *   memory
 * @account_id: whose ledger it is
 * @client: (nullable): what reads from Gumroad; without one nothing is ever refreshed
 * @error: return location
 *
 * Opens `ledger.sqlite` in @directory, at once. A file that is damaged or is no ledger is set aside
 * under another name; see [property@Gum.Store:rebuilt]. The thorough check of the file runs later
 * in a thread and may do the same. A ledger that cannot be written is opened for reading, and
 * [property@Gum.Store:broken] says so.
 *
 * Errors: %GUM_ERROR_LEDGER_NEWER, %GUM_ERROR_LEDGER_FOREIGN, %GUM_ERROR_LEDGER_READ_ONLY,
 * %GUM_ERROR_LEDGER_FULL, %GUM_ERROR_LEDGER.
 *
 * Returns: (transfer full) (nullable): the store
 */
GumStore *
gum_store_new (const char  *directory,
               const char  *account_id,
               GumClient   *client,
               GError     **error)
{
  g_autoptr(GumStore) self = NULL;
  gboolean rebuilt;

  g_return_val_if_fail (account_id != NULL, NULL);
  g_return_val_if_fail (client == NULL || GUM_IS_CLIENT (client), NULL);

  self = g_object_new (GUM_TYPE_STORE, NULL);
  self->ledger = gum_ledger_new (directory, account_id);
  self->held = gum_held_new (self->ledger);
  if (!gum_ledger_open (self->ledger, &rebuilt, error))
    return NULL;

  self->was_rebuilt = rebuilt;
  g_set_object (&self->client, client);
  _gum_store_begin_with_file (self, directory != NULL && !rebuilt);

  return g_steal_pointer (&self);
}

/**
 * gum_store_was_rebuilt:
 * @self: a store
 *
 * Returns: whether a damaged ledger was set aside for a fresh one
 */
gboolean
gum_store_was_rebuilt (GumStore *self)
{
  g_return_val_if_fail (GUM_IS_STORE (self), FALSE);

  return self->was_rebuilt;
}

/**
 * gum_store_dup_product:
 * @self: a store
 * @id: which one
 *
 * There is one object for each product while somebody holds it, and it is brought up to date when
 * the ledger changes. Reads one row by its index.
 *
 * Returns: (transfer full) (nullable): the product, if the ledger has it
 */
GumProduct *
gum_store_dup_product (GumStore   *self,
                       const char *id)
{
  g_return_val_if_fail (GUM_IS_STORE (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  return self->held != NULL ? gum_held_dup_by_id (self->held, id) : NULL;
}

/* For models, which know rows by number. */
GumProduct *
_gum_store_dup_product_by_row (GumStore *self,
                               gint64    row)
{
  return gum_held_dup_by_row (self->held, row);
}

GumLedger *
_gum_store_get_ledger (GumStore *self)
{
  return self->ledger;
}

/* NULL when there is none, and when the store is closed. */
GumClient *
_gum_store_get_client (GumStore *self)
{
  return self->is_closed ? NULL : self->client;
}

/**
 * gum_store_is_closed:
 * @self: a store
 *
 * Returns: whether gum_store_close() was called
 */
gboolean
gum_store_is_closed (GumStore *self)
{
  g_return_val_if_fail (GUM_IS_STORE (self), TRUE);

  return self->is_closed;
}

/* For a job that is done; shown at once. */
void
_gum_store_take_changes (GumStore   *self,
                         GumChanges *changes)
{
  _gum_store_note_changes (self, changes);
  _gum_store_flush (self);
}

/**
 * gum_store_get_syncing:
 * @self: a store
 *
 * Returns: whether a pass is under way
 */
gboolean
gum_store_get_syncing (GumStore *self)
{
  g_return_val_if_fail (GUM_IS_STORE (self), FALSE);

  return self->sync != NULL;
}

/**
 * gum_store_get_n_products:
 * @self: a store
 *
 * Returns: how many products the ledger has
 */
guint
gum_store_get_n_products (GumStore *self)
{
  g_return_val_if_fail (GUM_IS_STORE (self), 0);

  return self->n_products;
}

/**
 * gum_store_get_last_synced:
 * @self: a store
 *
 * Returns: (transfer none) (nullable): when the last complete pass ended, in UTC
 */
GDateTime *
gum_store_get_last_synced (GumStore *self)
{
  g_return_val_if_fail (GUM_IS_STORE (self), NULL);

  return self->last_synced;
}

/**
 * gum_store_get_sync_error:
 * @self: a store
 *
 * Returns: (transfer none) (nullable): why the last pass did not reach its end
 */
const GError *
gum_store_get_sync_error (GumStore *self)
{
  g_return_val_if_fail (GUM_IS_STORE (self), NULL);

  return self->sync_error;
}

/**
 * gum_store_close:
 * @self: a store
 *
 * Ends what is under way, waits for the write that runs, and closes the file. Products that are
 * held stay as they are. Further calls do nothing.
 */
void
gum_store_close (GumStore *self)
{
  g_autoptr(GPtrArray) waiters = NULL;
  g_autoptr(GumSync) sync = NULL;

  g_return_if_fail (GUM_IS_STORE (self));

  if (self->is_closed)
    return;

  self->is_closed = TRUE;
  g_clear_handle_id (&self->flush_id, g_source_remove);
  g_clear_handle_id (&self->check_id, g_source_remove);
  g_clear_handle_id (&self->mend_id, g_source_remove);

  sync = g_steal_pointer (&self->sync);
  if (sync != NULL)
    {
      g_signal_handlers_disconnect_by_data (sync, self);
      gum_sync_cancel (sync);
    }
  _gum_store_detach_records (self);
  if (self->attention != NULL)
    _gum_attention_detach (self->attention);
  if (self->queue != NULL)
    _gum_queue_detach (self->queue);
  if (self->drafts != NULL)
    _gum_drafts_detach (self->drafts);
  if (self->deliveries != NULL && self->broken != NULL)
    _gum_deliveries_rewrite (self->deliveries);
  if (self->deliveries != NULL)
    _gum_deliveries_detach (self->deliveries);
  if (self->journal != NULL)
    _gum_journal_detach (self->journal);
  if (self->ledger != NULL)
    gum_ledger_close (self->ledger);
  g_clear_object (&self->attention);
  g_clear_object (&self->deliveries);
  g_clear_object (&self->queue);
  g_clear_object (&self->drafts);
  g_clear_object (&self->journal);

  waiters = g_steal_pointer (&self->waiters);
  self->waiters = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < waiters->len; i++)
    g_task_return_new_error (g_ptr_array_index (waiters, i), G_IO_ERROR, G_IO_ERROR_CANCELLED,
                             "The store was closed");
  if (sync != NULL)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SYNCING]);
}

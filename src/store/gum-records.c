/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The short lists of the shop as models: all of a list is in memory, because none is long, and whoever
 * shows it filters and sorts it there.
 *
 *     Gumroad ─▶ gum-records-read.c ─▶ table ─▶ reader's thread ─▶ objects ─▶ this model
 *
 * Discount codes are listed for one product at a time, so reading them all takes as many requests as there
 * are products: one after the other, and it can be stopped. Each list is in the ledger as soon as it is
 * there. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-records.h"

#include "gum-ledger-records.h"
#include "gum-record-private.h"
#include "gum-records-private.h"
#include "gum-store-private.h"

#include <string.h>

static const GumRecordsFacts facts[GUM_N_RECORD_KINDS] = {
  [GUM_RECORD_CODE] = { "code", &gum_offer_code_endpoint, TRUE },
  [GUM_RECORD_UPSELL] = { "upsell", &gum_upsell_endpoint, FALSE },
  [GUM_RECORD_POLICY] = { "policy", &gum_refund_policy_endpoint, FALSE },
  [GUM_RECORD_PROFILE] = { "profile", &gum_user_endpoint, FALSE },
};

enum {
  PROP_0,
  PROP_LOADED,
  PROP_SYNCING,
  PROP_N_DONE,
  PROP_ERROR,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void gum_records_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GumRecords, gum_records, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, gum_records_iface_init))

/* --- the model -------------------------------------------------------------------------------- */

static GType
gum_records_get_item_type (GListModel *model)
{
  return GUM_TYPE_RECORD;
}

static guint
gum_records_get_n_items (GListModel *model)
{
  return GUM_RECORDS (model)->items->len;
}

static gpointer
gum_records_get_item (GListModel *model,
                      guint       position)
{
  GumRecords *self = GUM_RECORDS (model);

  return position < self->items->len
         ? g_object_ref (g_ptr_array_index (self->items, position)) : NULL;
}

static void
gum_records_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = gum_records_get_item_type;
  iface->get_n_items = gum_records_get_n_items;
  iface->get_item = gum_records_get_item;
}

/* What did not change stays the object that it was. */
static void
keep_known (GumRecords *self,
            GPtrArray  *items)
{
  for (guint i = 0; i < items->len; i++)
    {
      GumRecord *fresh = g_ptr_array_index (items, i);
      GumRecord *known = g_hash_table_lookup (self->by_id, gum_record_get_id (fresh));

      if (known != NULL && _gum_record_equal (known, fresh))
        {
          items->pdata[i] = g_object_ref (known);
          g_object_unref (fresh);
        }
    }
}

/* One change covers everything between what is the same at both ends. Takes @items. */
static void
take_items (GumRecords *self,
            GPtrArray  *items)
{
  g_autoptr(GPtrArray) old = g_steal_pointer (&self->items);
  guint start = 0, end = 0;

  keep_known (self, items);
  while (start < MIN (old->len, items->len) && old->pdata[start] == items->pdata[start])
    start++;
  while (end < MIN (old->len, items->len) - start &&
         old->pdata[old->len - 1 - end] == items->pdata[items->len - 1 - end])
    end++;

  self->items = items;
  g_hash_table_remove_all (self->by_id);
  for (guint i = 0; i < items->len; i++)
    g_hash_table_insert (self->by_id, (gpointer) gum_record_get_id (items->pdata[i]),
                         items->pdata[i]);

  if (start + end < MAX (old->len, items->len))
    g_list_model_items_changed (G_LIST_MODEL (self), start, old->len - start - end,
                                items->len - start - end);
}

/* --- loading ---------------------------------------------------------------------------------- */

static void start_load (GumRecords *self);

static void
read_time (GumRecords *self)
{
  GumConnection *connection = gum_ledger_get_connection (_gum_store_get_ledger (self->store));
  gint64 seconds = connection != NULL
                   ? gum_ledger_records_get_time (connection, self->facts->name) : 0;

  g_clear_pointer (&self->last_synced, g_date_time_unref);
  if (seconds > 0)
    self->last_synced = g_date_time_new_from_unix_utc (seconds);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GumRecords) self = user_data;
  g_autoptr(GPtrArray) tasks = g_steal_pointer (&self->loading);
  GPtrArray *items = gum_ledger_run_finish (GUM_LEDGER (source), result, NULL);

  if (self->store != NULL)
    {
      read_time (self);
      if (items != NULL)
        take_items (self, g_steal_pointer (&items));
      if (!self->loaded)
        {
          self->loaded = TRUE;
          g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADED]);
        }
      if (self->waiters->len > 0)
        start_load (self);
    }
  g_clear_pointer (&items, g_ptr_array_unref);

  /* A ledger that could not be read has said so itself. */
  for (guint i = 0; i < tasks->len; i++)
    g_task_return_boolean (g_ptr_array_index (tasks, i), TRUE);
}

static void
start_load (GumRecords *self)
{
  GumRecordsQuestion question = { self->facts->name, self->facts->endpoint->get_type () };

  self->loading = g_steal_pointer (&self->waiters);
  self->waiters = g_ptr_array_new_with_free_func (g_object_unref);
  gum_ledger_run_async (_gum_store_get_ledger (self->store), GUM_LEDGER_READER,
                        gum_ledger_records_load, g_memdup2 (&question, sizeof question), g_free,
                        (GDestroyNotify) g_ptr_array_unref, NULL, loaded_cb, g_object_ref (self));
}

/* What is asked for while the ledger is being read may not be in what is read. */
void
_gum_records_load_async (GumRecords          *self,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, _gum_records_load_async);
  if (self->store == NULL)
    {
      g_task_return_boolean (task, FALSE);
      g_object_unref (task);
      return;
    }

  g_ptr_array_add (self->waiters, task);
  if (self->loading == NULL)
    start_load (self);
}

static void
products_changed_cb (GumRecords *self)
{
  _gum_records_load_async (self, NULL, NULL);
}

/* --- GObject ---------------------------------------------------------------------------------- */

static void
gum_records_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  GumRecords *self = GUM_RECORDS (object);

  switch (prop_id)
    {
    case PROP_LOADED:
      g_value_set_boolean (value, self->loaded);
      break;
    case PROP_SYNCING:
      g_value_set_boolean (value, gum_records_get_syncing (self));
      break;
    case PROP_N_DONE:
      g_value_set_uint (value, self->n_done);
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
gum_records_finalize (GObject *object)
{
  GumRecords *self = GUM_RECORDS (object);

  g_ptr_array_unref (self->items);
  g_hash_table_unref (self->by_id);
  g_ptr_array_unref (self->waiters);
  g_clear_handle_id (&self->show_id, g_source_remove);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->queue, g_ptr_array_unref);
  g_clear_error (&self->error);
  g_clear_pointer (&self->last_synced, g_date_time_unref);

  G_OBJECT_CLASS (gum_records_parent_class)->finalize (object);
}

static void
gum_records_class_init (GumRecordsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = gum_records_get_property;
  object_class->finalize = gum_records_finalize;

  /**
   * GumRecords:loaded:
   *
   * Whether the model has what the ledger has.
   */
  properties[PROP_LOADED] = g_param_spec_boolean ("loaded", NULL, NULL, FALSE, flags);
  /**
   * GumRecords:syncing:
   *
   * Whether the list is being read from Gumroad.
   */
  properties[PROP_SYNCING] = g_param_spec_boolean ("syncing", NULL, NULL, FALSE, flags);
  /**
   * GumRecords:n-done:
   *
   * How many requests of this pass have been answered.
   */
  properties[PROP_N_DONE] = g_param_spec_uint ("n-done", NULL, NULL, 0, G_MAXUINT, 0, flags);
  /**
   * GumRecords:error:
   *
   * Why the last pass did not reach its end, or %NULL. A pass that was stopped does not count.
   */
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
gum_records_init (GumRecords *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->waiters = g_ptr_array_new_with_free_func (g_object_unref);
}

/* --- the store's ------------------------------------------------------------------------------ */

static GQuark
records_quark (void)
{
  return g_quark_from_static_string ("gum-records");
}

/**
 * gum_store_get_records:
 * @self: a store
 * @kind: which list
 *
 * What the ledger has of it is read in a thread, see [property@Gum.Records:loaded].
 *
 * Returns: (transfer none) (nullable): the list; %NULL: the store is closed
 */
GumRecords *
gum_store_get_records (GumStore      *self,
                       GumRecordKind  kind)
{
  GPtrArray *lists;
  GumRecords *records;

  g_return_val_if_fail (GUM_IS_STORE (self), NULL);
  g_return_val_if_fail (kind < GUM_N_RECORD_KINDS, NULL);

  lists = g_object_get_qdata (G_OBJECT (self), records_quark ());
  if (lists == NULL)
    {
      lists = g_ptr_array_new_full (GUM_N_RECORD_KINDS, NULL);
      g_ptr_array_set_size (lists, GUM_N_RECORD_KINDS);
      g_object_set_qdata_full (G_OBJECT (self), records_quark (), lists,
                               (GDestroyNotify) g_ptr_array_unref);
    }

  records = g_ptr_array_index (lists, kind);
  if (records == NULL && !gum_store_is_closed (self))
    {
      records = g_object_new (GUM_TYPE_RECORDS, NULL);
      records->store = self;
      records->kind = kind;
      records->facts = &facts[kind];
      lists->pdata[kind] = records;
      if (records->facts->of_products)
        g_signal_connect_object (self, "changed", G_CALLBACK (products_changed_cb), records,
                                 G_CONNECT_SWAPPED);
      _gum_records_load_async (records, NULL, NULL);
    }

  return records;
}

/* What is under way ends by itself; whoever still holds a list keeps what was in it. */
void
_gum_store_detach_records (GumStore *self)
{
  GPtrArray *lists = g_object_get_qdata (G_OBJECT (self), records_quark ());

  for (guint i = 0; lists != NULL && i < lists->len; i++)
    {
      GumRecords *records = g_steal_pointer (&lists->pdata[i]);

      if (records == NULL)
        continue;
      g_signal_handlers_disconnect_by_func (self, products_changed_cb, records);
      gum_records_stop_sync (records);
      if (records->cancellable != NULL)
        _gum_records_end_pass (records, NULL);
      records->store = NULL;
      g_object_unref (records);
    }
}

const GumRecordsFacts *
_gum_record_kind_get_facts (GumRecordKind kind)
{
  return &facts[kind];
}

/* GUM_N_RECORD_KINDS: it is of none. */
static GumRecordKind
find_kind (const char *write_kind)
{
  guint i;

  for (i = 0; i < GUM_N_RECORD_KINDS; i++)
    {
      if (g_str_has_prefix (write_kind, facts[i].name) && write_kind[strlen (facts[i].name)] == '-')
        break;
    }

  return i;
}

gboolean
_gum_record_kind_is_of_write (const char *write_kind)
{
  return find_kind (write_kind) != GUM_N_RECORD_KINDS;
}

GumRecords *
_gum_records_get_for_write (GumStore *store,
                            GumWrite *write)
{
  GumRecordKind kind = find_kind (gum_write_get_kind (write));

  return kind != GUM_N_RECORD_KINDS ? gum_store_get_records (store, kind) : NULL;
}

const GumRecordsFacts *
_gum_records_get_facts (GumRecords *self)
{
  return self->facts;
}

GumStore *
_gum_records_get_store (GumRecords *self)
{
  return self->store;
}

/* --- questions -------------------------------------------------------------------------------- */

/**
 * gum_records_find:
 * @self: a list
 * @id: Gumroad's id
 *
 * Returns: (transfer none) (nullable): the record as it is now
 */
GumRecord *
gum_records_find (GumRecords *self,
                  const char *id)
{
  g_return_val_if_fail (GUM_IS_RECORDS (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  return g_hash_table_lookup (self->by_id, id);
}

/**
 * gum_records_get_only:
 * @self: a list of what there is only one of
 *
 * Returns: (transfer none) (nullable): that one, if it is known
 */
GumRecord *
gum_records_get_only (GumRecords *self)
{
  g_return_val_if_fail (GUM_IS_RECORDS (self), NULL);

  return self->items->len > 0 ? g_ptr_array_index (self->items, 0) : NULL;
}

/**
 * gum_records_get_loaded:
 * @self: a list
 *
 * Returns: whether it has what the ledger has
 */
gboolean
gum_records_get_loaded (GumRecords *self)
{
  g_return_val_if_fail (GUM_IS_RECORDS (self), FALSE);

  return self->loaded;
}

/**
 * gum_records_get_syncing:
 * @self: a list
 *
 * Returns: whether it is being read from Gumroad
 */
gboolean
gum_records_get_syncing (GumRecords *self)
{
  g_return_val_if_fail (GUM_IS_RECORDS (self), FALSE);

  return self->cancellable != NULL;
}

/**
 * gum_records_get_progress:
 * @self: a list
 * @n_done: (out): how many requests of this pass have been answered
 * @n_all: (out): how many there are; 0: that is not known yet
 */
void
gum_records_get_progress (GumRecords *self,
                          guint      *n_done,
                          guint      *n_all)
{
  g_return_if_fail (GUM_IS_RECORDS (self));
  g_return_if_fail (n_done != NULL && n_all != NULL);

  *n_done = self->n_done;
  *n_all = self->queue != NULL ? self->queue->len : 0;
}

/**
 * gum_records_get_error:
 * @self: a list
 *
 * Returns: (transfer none) (nullable): why the last pass did not reach its end
 */
const GError *
gum_records_get_error (GumRecords *self)
{
  g_return_val_if_fail (GUM_IS_RECORDS (self), NULL);

  return self->error;
}

/**
 * gum_records_get_last_synced:
 * @self: a list
 *
 * Returns: (transfer none) (nullable): when all of it was last read, in UTC
 */
GDateTime *
gum_records_get_last_synced (GumRecords *self)
{
  g_return_val_if_fail (GUM_IS_RECORDS (self), NULL);

  return self->last_synced;
}

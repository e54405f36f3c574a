/* SPDX-License-Identifier: GPL-3.0-or-later */

/* All deliveries of an account, the newest first: those under way, and those that are over until they are
 * cleared away. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-deliveries.h"

#include "gum-delivery-private.h"
#include "gum-store-private.h"

struct _GumDeliveries
{
  GObject         parent_instance;

  /* owned */
  GPtrArray      *list;       /* of GumDelivery */
  GPtrArray      *cleared;    /* of GumDelivery: done, and no longer listed; maybe not in the ledger yet */
  GumUploadQueue *queue;

  /* weak */
  GumStore       *store;      /* owns us */

  guint           n_active;
};

enum {
  PROP_0,
  PROP_N_ACTIVE,
  N_PROPS
};

enum {
  ENDED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void gum_deliveries_list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GumDeliveries, gum_deliveries, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      gum_deliveries_list_model_iface_init))

static GType
gum_deliveries_get_item_type (GListModel *model)
{
  return GUM_TYPE_DELIVERY;
}

static guint
gum_deliveries_get_n_items (GListModel *model)
{
  return GUM_DELIVERIES (model)->list->len;
}

static gpointer
gum_deliveries_get_item (GListModel *model,
                         guint       position)
{
  GumDeliveries *self = GUM_DELIVERIES (model);

  return position < self->list->len ? g_object_ref (g_ptr_array_index (self->list, position)) : NULL;
}

static void
gum_deliveries_list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = gum_deliveries_get_item_type;
  iface->get_n_items = gum_deliveries_get_n_items;
  iface->get_item = gum_deliveries_get_item;
}

/* --- the table -------------------------------------------------------------------------------- */

/* In the writer's thread. @data: GumDeliveryRow. */
static gpointer
write_row (GumConnection  *connection,
           gpointer        data,
           GError        **error)
{
  GumDeliveryRow *row = data;
  sqlite3_stmt *statement =
    gum_connection_prepare (connection, "INSERT OR REPLACE INTO uploads (row, product, label, path,"
                            " replaces, name, state, url, file, delivered, created, ended, version,"
                            " description) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", error);

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, row->row);
  gum_connection_bind_text (statement, 2, row->product_id);
  gum_connection_bind_text (statement, 3, row->label);
  gum_connection_bind_text (statement, 4, row->path);
  gum_connection_bind_text (statement, 5, row->replaces);
  gum_connection_bind_text (statement, 6, row->name);
  sqlite3_bind_int (statement, 7, row->state);
  gum_connection_bind_text (statement, 8, row->url);
  gum_connection_bind_text (statement, 9, row->file_id);
  sqlite3_bind_int (statement, 10, row->delivered);
  sqlite3_bind_int64 (statement, 11, row->created);
  sqlite3_bind_int64 (statement, 12, row->ended);
  gum_connection_bind_text (statement, 13, row->version);
  gum_connection_bind_text (statement, 14, row->description);
  gum_connection_run (connection, statement, error);

  return NULL;
}

/* In the writer's thread. The address of what a product has stays: without it a file cannot be renamed.
 * @data: a GArray of rows. */
static gpointer
forget_rows (GumConnection  *connection,
             gpointer        data,
             GError        **error)
{
  static const char * const changes[] = {
    "DELETE FROM uploads WHERE row = ? AND state <> 2",
    "UPDATE uploads SET hidden = 1 WHERE row = ?",
  };
  GArray *rows = data;

  for (guint i = 0; i < rows->len; i++)
    for (guint j = 0; j < G_N_ELEMENTS (changes); j++)
      {
        sqlite3_stmt *statement = gum_connection_prepare (connection, changes[j], error);

        if (statement == NULL)
          return NULL;
        sqlite3_bind_int64 (statement, 1, g_array_index (rows, gint64, i));
        if (!gum_connection_run (connection, statement, error))
          return NULL;
      }

  return NULL;
}

static char *
dup_text (sqlite3_stmt *statement,
          int           column)
{
  return g_strdup ((const char *) sqlite3_column_text (statement, column));
}

static void
note_row (GumDeliveries *self,
          GumDelivery   *delivery)
{
  gum_ledger_note (_gum_store_get_ledger (self->store), write_row,
                   _gum_delivery_row_copy (_gum_delivery_get_row (delivery)),
                   (GDestroyNotify) _gum_delivery_row_free);
}

static void
read_all (GumDeliveries *self)
{
  GumLedger *ledger = _gum_store_get_ledger (self->store);
  GumConnection *connection = gum_ledger_get_connection (ledger);
  g_autoptr(GError) error = NULL;
  sqlite3_stmt *statement;

  statement = connection != NULL
    ? gum_connection_prepare (connection, "SELECT row, product, label, path, replaces, name, state, url,"
                              " file, delivered, created, ended, version, description FROM uploads"
                              " WHERE NOT hidden"
                              " ORDER BY row DESC LIMIT 500", &error) : NULL;
  while (statement != NULL && gum_connection_step (connection, statement, &error) == GUM_STEP_ROW)
    {
      GumDeliveryRow *row = g_new0 (GumDeliveryRow, 1);
      GumDelivery *delivery;

      row->row = sqlite3_column_int64 (statement, 0);
      row->product_id = dup_text (statement, 1);
      row->label = dup_text (statement, 2);
      row->path = dup_text (statement, 3);
      row->replaces = dup_text (statement, 4);
      row->name = dup_text (statement, 5);
      row->state = sqlite3_column_int (statement, 6);
      row->url = dup_text (statement, 7);
      row->file_id = dup_text (statement, 8);
      row->delivered = sqlite3_column_int (statement, 9);
      row->created = sqlite3_column_int64 (statement, 10);
      row->ended = sqlite3_column_int64 (statement, 11);
      row->version = dup_text (statement, 12);
      row->description = dup_text (statement, 13);
      delivery = _gum_delivery_new (self, row);
      g_ptr_array_add (self->list, delivery);
      /* What the program's end has cut is over now. */
      if (row->ended == 0 && gum_ledger_get_obstacle (ledger) == NULL)
        {
          row->ended = g_get_real_time () / G_USEC_PER_SEC;
          note_row (self, delivery);
        }
    }
  if (statement != NULL)
    sqlite3_reset (statement);
  if (error != NULL)
    gum_ledger_report (ledger, error);
}

/* --- what changes ----------------------------------------------------------------------------- */

static void
count_active (GumDeliveries *self)
{
  guint n_active = 0;

  for (guint i = 0; i < self->list->len; i++)
    n_active += !gum_delivery_is_over (g_ptr_array_index (self->list, i));
  if (n_active == self->n_active)
    return;
  self->n_active = n_active;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ACTIVE]);
}

/* The ledger could not be written for a while, or is a new file. */
void
_gum_deliveries_rewrite (GumDeliveries *self)
{
  for (guint i = 0; i < self->list->len; i++)
    note_row (self, g_ptr_array_index (self->list, i));
}

typedef gboolean (* Forgets) (GumDelivery *delivery,
                              gpointer     data);

/* Not while the ledger cannot be written: what became of them would be lost with them. */
static void
forget (GumDeliveries *self,
        Forgets        forgets,
        gpointer       data)
{
  g_autoptr(GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (self->store == NULL || self->store->broken != NULL)
    return;

  for (guint i = self->list->len; i > 0; i--)
    {
      GumDelivery *delivery = g_ptr_array_index (self->list, i - 1);

      if (!forgets (delivery, data))
        continue;
      g_array_append_val (rows, _gum_delivery_get_row (delivery)->row);
      if (gum_delivery_get_state (delivery) == GUM_DELIVERY_DONE)
        g_ptr_array_add (self->cleared, g_object_ref (delivery));
      g_ptr_array_remove_index (self->list, i - 1);
      g_list_model_items_changed (G_LIST_MODEL (self), i - 1, 1, 0);
    }
  if (rows->len > 0)
    gum_ledger_note (_gum_store_get_ledger (self->store), forget_rows, g_steal_pointer (&rows),
                     (GDestroyNotify) g_array_unref);
}

static gboolean
is_this (GumDelivery *delivery,
         gpointer     data)
{
  return delivery == data;
}

void
_gum_deliveries_forget (GumDeliveries *self,
                        GumDelivery   *delivery)
{
  g_autoptr(GumDelivery) alive = g_object_ref (delivery);

  forget (self, is_this, delivery);
}

/* A delivery has another state. */
void
_gum_deliveries_note (GumDeliveries *self,
                      GumDelivery   *delivery)
{
  count_active (self);
  if (self->store == NULL)
    return;

  note_row (self, delivery);
  if (gum_delivery_is_over (delivery))
    g_signal_emit (self, signals[ENDED], 0, delivery);
}

guint
_gum_deliveries_get_n_known (GumDeliveries *self)
{
  return self->list->len + self->cleared->len;
}

/* Of this run, listed or not: what is known of these may still be on its way to the ledger. */
GumDelivery *
_gum_deliveries_get_known (GumDeliveries *self,
                           guint          i)
{
  return i < self->list->len ? g_ptr_array_index (self->list, i)
                             : g_ptr_array_index (self->cleared, i - self->list->len);
}

GumStore *
_gum_deliveries_get_store (GumDeliveries *self)
{
  return self->store;
}

GumUploadQueue *
_gum_deliveries_get_queue (GumDeliveries *self)
{
  return self->queue;
}

/* --- GObject ---------------------------------------------------------------------------------- */

static void
gum_deliveries_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_N_ACTIVE:
      g_value_set_uint (value, GUM_DELIVERIES (object)->n_active);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
gum_deliveries_finalize (GObject *object)
{
  GumDeliveries *self = GUM_DELIVERIES (object);

  g_ptr_array_unref (self->list);
  g_ptr_array_unref (self->cleared);
  g_object_unref (self->queue);

  G_OBJECT_CLASS (gum_deliveries_parent_class)->finalize (object);
}

static void
gum_deliveries_class_init (GumDeliveriesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = gum_deliveries_get_property;
  object_class->finalize = gum_deliveries_finalize;

  /**
   * GumDeliveries:n-active:
   *
   * How many are under way.
   */
  properties[PROP_N_ACTIVE] =
    g_param_spec_uint ("n-active", NULL, NULL, 0, G_MAXUINT, 0,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * GumDeliveries::ended:
   * @delivery: one that is over
   *
   * Something is over, well or not.
   */
  signals[ENDED] = g_signal_new ("ended", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                 NULL, NULL, NULL, G_TYPE_NONE, 1, GUM_TYPE_DELIVERY);
}

static void
gum_deliveries_init (GumDeliveries *self)
{
  self->list = g_ptr_array_new_with_free_func (g_object_unref);
  self->cleared = g_ptr_array_new_with_free_func (g_object_unref);
  self->queue = gum_upload_queue_new ();
}

/* For the store, which owns it. */
GumDeliveries *
_gum_deliveries_new (GumStore *store)
{
  GumDeliveries *self = g_object_new (GUM_TYPE_DELIVERIES, NULL);

  self->store = store;
  read_all (self);

  return self;
}

/* The store is being closed: what is under way is given up, and is told of at the next start. */
void
_gum_deliveries_detach (GumDeliveries *self)
{
  self->store = NULL;
  for (guint i = 0; i < self->list->len; i++)
    gum_delivery_cancel (g_ptr_array_index (self->list, i));
}

/**
 * gum_deliveries_add:
 * @self: the deliveries
 * @product_id: who gets the file
 * @label: (nullable): the product's name
 * @file: a file on this computer
 * @replaces: (nullable): the id of the file whose place it takes
 * @name: (nullable): what buyers see; %NULL: Gumroad's choice
 * @version: (nullable): who gets a new one; see gum_file_change_set_version()
 *
 * Begins to deliver a file.
 *
 * Returns: (transfer none): the delivery
 */
GumDelivery *
gum_deliveries_add (GumDeliveries *self,
                    const char    *product_id,
                    const char    *label,
                    GFile         *file,
                    const char    *replaces,
                    const char    *name,
                    const char    *version)
{
  GumDeliveryRow *row;
  GumConnection *connection;
  GumDelivery *delivery;
  gint64 last = 0;

  g_return_val_if_fail (GUM_IS_DELIVERIES (self), NULL);
  g_return_val_if_fail (product_id != NULL && G_IS_FILE (file), NULL);
  g_return_val_if_fail (self->store != NULL, NULL);

  row = g_new0 (GumDeliveryRow, 1);
  row->product_id = g_strdup (product_id);
  row->label = g_strdup (label);
  row->path = g_file_get_path (file);
  if (row->path == NULL)
    row->path = g_file_get_uri (file);
  row->replaces = g_strdup (replaces);
  row->name = g_strdup (name);
  row->version = g_strdup (version);
  row->created = g_get_real_time () / G_USEC_PER_SEC;
  delivery = _gum_delivery_new (self, row);
  /* Numbered here, so that the first word about it need not be waited for; and where the numbers cannot be
   * read, far from all of them, because each may stand for an address that nobody tells again. */
  connection = gum_ledger_get_connection (_gum_store_get_ledger (self->store));
  if (connection == NULL ||
      !gum_connection_get_int (connection, "SELECT ifnull (max (row), 0) FROM uploads", &last, NULL))
    last = g_get_real_time ();
  for (guint i = 0; i < self->list->len; i++)
    last = MAX (last, _gum_delivery_get_row (g_ptr_array_index (self->list, i))->row);
  row->row = last + 1;

  g_ptr_array_insert (self->list, 0, delivery);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, 1);
  _gum_delivery_start (delivery);

  return delivery;
}

/**
 * gum_deliveries_get_n_active:
 * @self: the deliveries
 *
 * Returns: how many are under way
 */
guint
gum_deliveries_get_n_active (GumDeliveries *self)
{
  g_return_val_if_fail (GUM_IS_DELIVERIES (self), 0);

  return self->n_active;
}

/* @data: the id of a product; NULL: whichever. */
static gboolean
is_done (GumDelivery *delivery,
         gpointer     data)
{
  GumDeliveryState state = gum_delivery_get_state (delivery);

  return (state == GUM_DELIVERY_DONE || state == GUM_DELIVERY_CANCELLED) &&
         (data == NULL || g_strcmp0 (gum_delivery_get_product_id (delivery), data) == 0);
}

/**
 * gum_deliveries_may_clear:
 * @self: the deliveries
 * @product_id: (nullable): those of one product; %NULL: of all
 *
 * Returns: whether gum_deliveries_clear_done() would find any
 */
gboolean
gum_deliveries_may_clear (GumDeliveries *self,
                          const char    *product_id)
{
  g_return_val_if_fail (GUM_IS_DELIVERIES (self), FALSE);

  for (guint i = 0; i < self->list->len; i++)
    {
      if (is_done (g_ptr_array_index (self->list, i), (gpointer) product_id))
        return TRUE;
    }

  return FALSE;
}

/**
 * gum_deliveries_clear_done:
 * @self: the deliveries
 * @product_id: (nullable): those of one product; %NULL: of all
 *
 * Takes those that are done or were cancelled off the list. What has failed or is unclear stays, with what Gumroad
 * has of it already: gum_delivery_discard() takes one of these.
 */
void
gum_deliveries_clear_done (GumDeliveries *self,
                           const char    *product_id)
{
  g_return_if_fail (GUM_IS_DELIVERIES (self));

  forget (self, is_done, (gpointer) product_id);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The writes of a batch as a list that follows the journal. A batch may have thousands: they are read
 * as rows, and a write is made of a row when it is looked at. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-writes.h"

#include "gum-journal-private.h"
#include "gum-journal-table.h"
#include "gum-store-private.h"

struct _GumWrites
{
  GObject     parent_instance;

  /* owned */
  GumStore   *store;
  GPtrArray  *items;       /* of Item, in the order of their numbers */
  gint64      batch;
};

typedef struct {
  gint64         number;
  GumWriteState  state;
  GumWriteRow   *row;      /* NULL once there is a write */
  GumWrite      *write;
} Item;

static void gum_writes_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GumWrites, gum_writes, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      gum_writes_list_model_init))

static void
item_free (gpointer data)
{
  Item *item = data;

  g_clear_pointer (&item->row, _gum_write_row_free);
  g_clear_object (&item->write);
  g_free (item);
}

/* --- reading ---------------------------------------------------------------------------------- */

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GumWrites) self = user_data;
  g_autoptr(GPtrArray) rows = gum_ledger_run_finish (GUM_LEDGER (source), result, NULL);
  guint n_before = self->items->len;

  if (rows == NULL)
    return;

  g_ptr_array_set_size (self->items, 0);
  g_ptr_array_set_free_func (rows, NULL);
  for (guint i = 0; i < rows->len; i++)
    {
      Item *item = g_new0 (Item, 1);

      item->row = g_ptr_array_index (rows, i);
      item->number = item->row->row;
      item->state = item->row->state;
      g_ptr_array_add (self->items, item);
    }
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, self->items->len);
}

static void
read_rows (GumWrites *self)
{
  gum_ledger_run_async (_gum_store_get_ledger (self->store), GUM_LEDGER_WRITER,
                        gum_journal_table_list, g_memdup2 (&self->batch, sizeof self->batch), g_free,
                        (GDestroyNotify) g_ptr_array_unref, NULL, listed_cb, g_object_ref (self));
}

static gboolean
find (GumWrites *self,
      GumWrite  *write,
      guint     *position)
{
  gint64 number = gum_write_get_row (write);
  guint low = 0, high = self->items->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      Item *item = g_ptr_array_index (self->items, middle);

      if (item->number == number)
        {
          *position = middle;
          return TRUE;
        }
      if (item->number < number)
        low = middle + 1;
      else
        high = middle;
    }

  return FALSE;
}

static void
write_changed_cb (GumJournal *journal,
                  GumWrite   *write,
                  GumWrites  *self)
{
  guint position;
  Item *item;

  if (gum_write_get_batch (write) != self->batch || !find (self, write, &position))
    return;

  item = g_ptr_array_index (self->items, position);
  item->state = gum_write_get_state (write);
  g_clear_pointer (&item->row, _gum_write_row_free);
  g_set_object (&item->write, write);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 1);
}

static void
batch_changed_cb (GumJournal *journal,
                  gint64      batch,
                  GumWrites  *self)
{
  if (batch == self->batch)
    read_rows (self);
}

/* --- GListModel ------------------------------------------------------------------------------- */

static GType
gum_writes_get_item_type (GListModel *model)
{
  return GUM_TYPE_WRITE;
}

static guint
gum_writes_get_n_items (GListModel *model)
{
  return GUM_WRITES (model)->items->len;
}

static gpointer
gum_writes_get_item (GListModel *model,
                     guint       position)
{
  GumWrites *self = GUM_WRITES (model);
  Item *item;

  if (position >= self->items->len)
    return NULL;

  item = g_ptr_array_index (self->items, position);
  if (item->write == NULL)
    {
      item->write = _gum_write_new_from_row (item->row);
      g_clear_pointer (&item->row, _gum_write_row_free);
    }

  return g_object_ref (item->write);
}

static void
gum_writes_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = gum_writes_get_item_type;
  iface->get_n_items = gum_writes_get_n_items;
  iface->get_item = gum_writes_get_item;
}

/* --- GObject ---------------------------------------------------------------------------------- */

static void
gum_writes_finalize (GObject *object)
{
  GumWrites *self = GUM_WRITES (object);

  g_clear_object (&self->store);
  g_ptr_array_unref (self->items);

  G_OBJECT_CLASS (gum_writes_parent_class)->finalize (object);
}

static void
gum_writes_class_init (GumWritesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gum_writes_finalize;
}

static void
gum_writes_init (GumWrites *self)
{
  self->items = g_ptr_array_new_with_free_func (item_free);
}

/**
 * gum_writes_new:
 * @store: a store that is not closed
 * @batch: the number of a batch
 *
 * Returns: (transfer full): its writes, in the order in which they were noted; empty until they have
 *   been read
 */
GumWrites *
gum_writes_new (GumStore *store,
                gint64    batch)
{
  GumWrites *self;
  GumJournal *journal;

  g_return_val_if_fail (GUM_IS_STORE (store), NULL);

  self = g_object_new (GUM_TYPE_WRITES, NULL);
  self->store = g_object_ref (store);
  self->batch = batch;
  journal = gum_store_get_journal (store);
  g_signal_connect_object (journal, "write-changed", G_CALLBACK (write_changed_cb), self, 0);
  g_signal_connect_object (journal, "batch-changed", G_CALLBACK (batch_changed_cb), self, 0);
  read_rows (self);

  return self;
}

/**
 * gum_writes_count_waiting:
 * @self: the writes of a batch
 * @write: one of them that waits
 *
 * Returns: which of those that wait it is, from 1; 0: it does not wait
 */
guint
gum_writes_count_waiting (GumWrites *self,
                          GumWrite  *write)
{
  guint n = 0;
  guint position;

  g_return_val_if_fail (GUM_IS_WRITES (self), 0);
  g_return_val_if_fail (GUM_IS_WRITE (write), 0);

  if (gum_write_get_state (write) != GUM_WRITE_WAITING || !find (self, write, &position))
    return 0;

  for (guint i = 0; i <= position; i++)
    n += ((Item *) g_ptr_array_index (self->items, i))->state == GUM_WRITE_WAITING;

  return n;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was sent to Gumroad lately, batch by batch, the newest first; follows the journal. What happens
 * to a batch is asked for once, however often it is told of meanwhile. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-batches.h"

#include "gum-batch-table.h"
#include "gum-journal-private.h"
#include "gum-store-private.h"
#include "gum-util.h"

struct _GumBatches
{
  GObject     parent_instance;

  /* owned */
  GumStore   *store;
  GPtrArray  *batches;     /* of GumBatch */
  GHashTable *wanted;      /* numbers of batches to be read again; 0: all */
  guint       read_id;
};

static void gum_batches_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GumBatches, gum_batches, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      gum_batches_list_model_init))

/* --- reading ---------------------------------------------------------------------------------- */

static guint
find (GumBatches *self,
      gint64      row)
{
  for (guint i = 0; i < self->batches->len; i++)
    {
      if (gum_batch_get_row (g_ptr_array_index (self->batches, i)) == row)
        return i;
    }

  return G_MAXUINT;
}

/* New ones come in the order of their numbers, and are the newest. Takes @row. */
static void
take_row (GumBatches  *self,
          GumBatchRow *row)
{
  guint position = find (self, row->row);
  guint place = 0;

  if (position != G_MAXUINT)
    {
      _gum_batch_take_row (g_ptr_array_index (self->batches, position), row);
      return;
    }

  while (place < self->batches->len &&
         gum_batch_get_row (g_ptr_array_index (self->batches, place)) > row->row)
    place++;
  g_ptr_array_insert (self->batches, place, _gum_batch_new_from_row (row));
  g_list_model_items_changed (G_LIST_MODEL (self), place, 0, 1);
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GumBatches) self = user_data;
  g_autoptr(GPtrArray) rows = gum_ledger_run_finish (GUM_LEDGER (source), result, NULL);

  if (rows != NULL)
    g_ptr_array_set_free_func (rows, NULL);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    take_row (self, g_ptr_array_index (rows, i));
}

static void
read_batch (GumBatches *self,
            gint64      batch)
{
  gum_ledger_run_async (_gum_store_get_ledger (self->store), GUM_LEDGER_WRITER,
                        gum_batch_table_list, g_memdup2 (&batch, sizeof batch), g_free,
                        (GDestroyNotify) g_ptr_array_unref, NULL, listed_cb, g_object_ref (self));
}

static gboolean
read_cb (gpointer data)
{
  GumBatches *self = data;
  const gint64 all = 0;
  GHashTableIter iter;
  gpointer key;

  self->read_id = 0;
  if (g_hash_table_contains (self->wanted, &all))
    {
      read_batch (self, 0);
    }
  else
    {
      g_hash_table_iter_init (&iter, self->wanted);
      while (g_hash_table_iter_next (&iter, &key, NULL))
        read_batch (self, *(gint64 *) key);
    }
  g_hash_table_remove_all (self->wanted);

  return G_SOURCE_REMOVE;
}

static void
want (GumBatches *self,
      gint64      batch)
{
  g_hash_table_add (self->wanted, g_memdup2 (&batch, sizeof batch));
  if (self->read_id == 0)
    self->read_id = g_idle_add (read_cb, self);
}

static void
batch_cb (GumJournal *journal,
          gint64      batch,
          GumBatches *self)
{
  want (self, batch);
}

/* Another batch takes that one back: it says so now. */
static void
batch_added_cb (GumJournal *journal,
                gint64      batch,
                GumBatches *self)
{
  want (self, 0);
}

static void
write_changed_cb (GumJournal *journal,
                  GumWrite   *write,
                  GumBatches *self)
{
  want (self, gum_write_get_batch (write));
}

/* --- GListModel ------------------------------------------------------------------------------- */

static GType
gum_batches_get_item_type (GListModel *model)
{
  return GUM_TYPE_BATCH;
}

static guint
gum_batches_get_n_items (GListModel *model)
{
  return GUM_BATCHES (model)->batches->len;
}

static gpointer
gum_batches_get_item (GListModel *model,
                      guint       position)
{
  GumBatches *self = GUM_BATCHES (model);

  return position < self->batches->len
         ? g_object_ref (g_ptr_array_index (self->batches, position)) : NULL;
}

static void
gum_batches_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = gum_batches_get_item_type;
  iface->get_n_items = gum_batches_get_n_items;
  iface->get_item = gum_batches_get_item;
}

/* --- GObject ---------------------------------------------------------------------------------- */

static void
gum_batches_dispose (GObject *object)
{
  GumBatches *self = GUM_BATCHES (object);

  g_clear_handle_id (&self->read_id, g_source_remove);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (gum_batches_parent_class)->dispose (object);
}

static void
gum_batches_finalize (GObject *object)
{
  GumBatches *self = GUM_BATCHES (object);

  g_ptr_array_unref (self->batches);
  g_hash_table_unref (self->wanted);

  G_OBJECT_CLASS (gum_batches_parent_class)->finalize (object);
}

static void
gum_batches_class_init (GumBatchesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = gum_batches_dispose;
  object_class->finalize = gum_batches_finalize;
}

static void
gum_batches_init (GumBatches *self)
{
  self->batches = g_ptr_array_new_with_free_func (g_object_unref);
  self->wanted = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

/**
 * gum_batches_new:
 * @store: a store that is not closed
 *
 * Returns: (transfer full): a live list of the journal's batches, the newest first
 */
GumBatches *
gum_batches_new (GumStore *store)
{
  GumBatches *self;
  GumJournal *journal;

  g_return_val_if_fail (GUM_IS_STORE (store), NULL);

  self = g_object_new (GUM_TYPE_BATCHES, NULL);
  self->store = g_object_ref (store);
  journal = gum_store_get_journal (store);
  g_signal_connect_object (journal, "batch-added", G_CALLBACK (batch_added_cb), self, 0);
  g_signal_connect_object (journal, "batch-changed", G_CALLBACK (batch_cb), self, 0);
  g_signal_connect_object (journal, "write-changed", G_CALLBACK (write_changed_cb), self, 0);
  read_batch (self, 0);

  return self;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A batch: what was sent to Gumroad together, as a person would name it, and how far it is. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-batch-private.h"

struct _GumBatch
{
  GObject      parent_instance;

  /* owned */
  GumBatchRow *row;
  GumWrite    *write;     /* made of row->only when somebody asks; NULL: not yet, or there are several */
};

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GumBatch, gum_batch, G_TYPE_OBJECT)

void
_gum_batch_row_free (GumBatchRow *row)
{
  g_free (row->kind);
  g_free (row->label);
  g_clear_pointer (&row->only, _gum_write_row_free);
  g_free (row);
}

static void
gum_batch_finalize (GObject *object)
{
  GumBatch *self = GUM_BATCH (object);

  g_clear_pointer (&self->row, _gum_batch_row_free);
  g_clear_object (&self->write);

  G_OBJECT_CLASS (gum_batch_parent_class)->finalize (object);
}

static void
gum_batch_class_init (GumBatchClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gum_batch_finalize;

  /**
   * GumBatch::changed:
   *
   * It is in another state, or its writes are.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
gum_batch_init (GumBatch *self)
{
}

GumBatch *
_gum_batch_new_from_row (GumBatchRow *row)
{
  GumBatch *self = g_object_new (GUM_TYPE_BATCH, NULL);

  self->row = row;

  return self;
}

void
_gum_batch_take_row (GumBatch    *self,
                     GumBatchRow *row)
{
  _gum_batch_row_free (self->row);
  self->row = row;
  g_clear_object (&self->write);
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * gum_batch_get_row:
 * @self: a batch
 *
 * Returns: its number in the journal
 */
gint64
gum_batch_get_row (GumBatch *self)
{
  g_return_val_if_fail (GUM_IS_BATCH (self), 0);

  return self->row->row;
}

/**
 * gum_batch_get_kind:
 * @self: a batch
 *
 * Returns: (transfer none): %GUM_BATCH_KIND_BULK, %GUM_BATCH_KIND_REVERT, or the kind of its only
 *   write
 */
const char *
gum_batch_get_kind (GumBatch *self)
{
  g_return_val_if_fail (GUM_IS_BATCH (self), NULL);

  return self->row->kind;
}

/**
 * gum_batch_get_label:
 * @self: a batch
 *
 * Returns: (transfer none) (nullable): what a person calls it; of a single write, the thing that it
 *   changes
 */
const char *
gum_batch_get_label (GumBatch *self)
{
  g_return_val_if_fail (GUM_IS_BATCH (self), NULL);

  return self->row->label;
}

/**
 * gum_batch_is_reverted:
 * @self: a batch
 *
 * Returns: whether there is another one that takes it back
 */
gboolean
gum_batch_is_reverted (GumBatch *self)
{
  g_return_val_if_fail (GUM_IS_BATCH (self), FALSE);

  return self->row->is_reverted;
}

/**
 * gum_batch_get_state:
 * @self: a batch
 *
 * Returns: what is to be done about it
 */
GumBatchState
gum_batch_get_state (GumBatch *self)
{
  g_return_val_if_fail (GUM_IS_BATCH (self), GUM_BATCH_OVER);

  return self->row->state;
}

/**
 * gum_batch_get_created:
 * @self: a batch
 *
 * Returns: when it was noted, in seconds, UTC
 */
gint64
gum_batch_get_created (GumBatch *self)
{
  g_return_val_if_fail (GUM_IS_BATCH (self), 0);

  return self->row->created;
}

/**
 * gum_batch_get_count:
 * @self: a batch
 * @state: a state
 *
 * Returns: how many of its writes are in it
 */
guint
gum_batch_get_count (GumBatch      *self,
                     GumWriteState  state)
{
  g_return_val_if_fail (GUM_IS_BATCH (self), 0);
  g_return_val_if_fail (state < GUM_WRITE_N_STATES, 0);

  return self->row->counts[state];
}

/**
 * gum_batch_get_n_writes:
 * @self: a batch
 *
 * Returns: how many writes it has
 */
guint
gum_batch_get_n_writes (GumBatch *self)
{
  guint n = 0;

  g_return_val_if_fail (GUM_IS_BATCH (self), 0);

  for (guint i = 0; i < GUM_WRITE_N_STATES; i++)
    n += self->row->counts[i];

  return n;
}

/**
 * gum_batch_get_write:
 * @self: a batch
 *
 * Returns: (transfer none) (nullable): its only write, without what was sent, until the batch changes;
 *   %NULL: it has several
 */
GumWrite *
gum_batch_get_write (GumBatch *self)
{
  g_return_val_if_fail (GUM_IS_BATCH (self), NULL);

  if (self->write == NULL && self->row->only != NULL)
    {
      self->write = _gum_write_new_from_row (self->row->only);
      g_clear_pointer (&self->row->only, _gum_write_row_free);
    }

  return self->write;
}

/**
 * gum_batch_is_open:
 * @self: a batch
 *
 * Returns: whether the queue sends it, or would if it were told to
 */
gboolean
gum_batch_is_open (GumBatch *self)
{
  GumBatchState state = gum_batch_get_state (self);

  return state == GUM_BATCH_ASKING || state == GUM_BATCH_RUNNING || state == GUM_BATCH_PAUSED;
}

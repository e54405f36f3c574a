/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What of a store writes to Gumroad, each made when it is first asked for. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-store-private.h"

#include "gum-attention-private.h"
#include "gum-delivery-private.h"
#include "gum-draft-private.h"
#include "gum-journal-private.h"
#include "gum-queue-private.h"

/**
 * gum_store_get_journal:
 * @self: a store that is not closed
 *
 * Returns: (transfer none): what sends writes to Gumroad, and remembers them
 */
GumJournal *
gum_store_get_journal (GumStore *self)
{
  g_return_val_if_fail (GUM_IS_STORE (self), NULL);
  g_return_val_if_fail (!self->is_closed, NULL);

  if (self->journal == NULL)
    self->journal = _gum_journal_new (self);

  return self->journal;
}

/**
 * gum_store_get_drafts:
 * @self: a store that is not closed
 *
 * Returns: (transfer none): what was changed here and is not at Gumroad yet
 */
GumDrafts *
gum_store_get_drafts (GumStore *self)
{
  g_return_val_if_fail (GUM_IS_STORE (self), NULL);
  g_return_val_if_fail (!self->is_closed, NULL);

  if (self->drafts == NULL)
    self->drafts = _gum_drafts_new (self);

  return self->drafts;
}

/**
 * gum_store_get_queue:
 * @self: a store that is not closed
 *
 * Returns: (transfer none): what sends batches of writes, one after the other
 */
GumQueue *
gum_store_get_queue (GumStore *self)
{
  g_return_val_if_fail (GUM_IS_STORE (self), NULL);
  g_return_val_if_fail (!self->is_closed, NULL);

  if (self->queue == NULL)
    self->queue = _gum_queue_new (self);

  return self->queue;
}

/**
 * gum_store_count_deliveries:
 * @self: a store
 *
 * Returns: how many files are on their way to products
 */
guint
gum_store_count_deliveries (GumStore *self)
{
  g_return_val_if_fail (GUM_IS_STORE (self), 0);

  return self->deliveries != NULL ? gum_deliveries_get_n_active (self->deliveries) : 0;
}

/**
 * gum_store_get_deliveries:
 * @self: a store that is not closed
 *
 * Returns: (transfer none): files on their way to products
 */
GumDeliveries *
gum_store_get_deliveries (GumStore *self)
{
  g_return_val_if_fail (GUM_IS_STORE (self), NULL);
  g_return_val_if_fail (!self->is_closed, NULL);

  if (self->deliveries == NULL)
    self->deliveries = _gum_deliveries_new (self);

  return self->deliveries;
}

/**
 * gum_store_get_attention:
 * @self: a store that is not closed
 *
 * Returns: (transfer none): how many of its writes and uploads want to be seen to
 */
GumAttention *
gum_store_get_attention (GumStore *self)
{
  g_return_val_if_fail (GUM_IS_STORE (self), NULL);
  g_return_val_if_fail (!self->is_closed, NULL);

  if (self->attention == NULL)
    self->attention = _gum_attention_new (self);

  return self->attention;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-attention.h"
#include "gum-deliveries.h"
#include "gum-drafts.h"
#include "gum-held.h"
#include "gum-journal.h"
#include "gum-ledger-products.h"
#include "gum-ledger.h"
#include "gum-queue.h"
#include "gum-store.h"
#include "gum-sync.h"
#include "gum-turns.h"

G_BEGIN_DECLS

/* For the files of the store itself; everybody else asks it. */
struct _GumStore
{
  GObject      parent_instance;

  GumLedger   *ledger;
  GumClient   *client;        /* nullable */

  GumHeld     *held;
  GumJournal  *journal;       /* NULL until it is asked for, and when the store is closed */
  GumDrafts   *drafts;        /* the same */
  GumDeliveries *deliveries;  /* the same */
  GumQueue    *queue;         /* the same */
  GumAttention *attention;    /* the same */

  GumTurns    *turns;         /* who changes whole lists of a product */

  GumSync     *sync;
  GPtrArray   *waiters;       /* of GTask: who waits for the pass */
  guint        synced_items;
  gboolean     shows_first;   /* the first page has been shown */
  GError      *sync_error;
  GDateTime   *last_synced;

  GArray      *changes;       /* of GumChange, not yet told of */
  guint        flush_id;
  guint        check_id;
  guint        mend_id;

  guint        n_products;
  GError      *broken;
  guint        was_rebuilt : 1;
  guint        is_closed : 1;
};

/* What the rest of the store asks of it. */
GumLedger  *_gum_store_get_ledger         (GumStore   *self);
GumClient  *_gum_store_get_client         (GumStore   *self);
void        _gum_store_take_changes       (GumStore   *self,
                                           GumChanges *changes);
/* Something was written: whatever kept the ledger from it is over. */
void        _gum_store_heal               (GumStore   *self);
GumProduct *_gum_store_dup_product_by_row (GumStore   *self,
                                           gint64      row);
/* The callback finishes with gum_ledger_run_finish(), which gives GumChanges. */
void        _gum_store_take_record        (GumStore            *self,
                                           JsonObject          *record,
                                           GAsyncReadyCallback  callback,
                                           gpointer             user_data);

/* gum-store.c, gum-store-file.c and gum-store-sync.c of each other. */
void        _gum_store_note_changes       (GumStore     *self,
                                           GumChanges   *changes);
void        _gum_store_flush              (GumStore     *self);
void        _gum_store_set_broken         (GumStore     *self,
                                           const GError *error);
void        _gum_store_begin_with_file    (GumStore     *self,
                                           gboolean      is_old);
void        _gum_store_read_last_synced   (GumStore     *self);
void        _gum_store_start_sync         (GumStore     *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-queue.h"
#include "gum-writes.h"

G_BEGIN_DECLS

/* contract: what Activity says. All are transfer full, translated plain text without secrets. */
char *gum_batch_words_dup_kind   (const char *kind,
                                  const char *label);                /* of a write or a batch */
char *gum_batch_words_dup_title  (GumBatch  *batch);
char *gum_batch_words_dup_result (GumBatch  *batch);                /* "12 done, 1 failed"; of one: how it ended */
char *gum_batch_words_dup_state  (GumBatch  *batch,
                                  GumQueue  *queue);                /* NULL: nothing is to be done */
char *gum_batch_words_dup_time   (gint64     microseconds);         /* "about 3 minutes" */
char *gum_batch_words_dup_write  (GumWrite  *write);                /* how it ended, in a sentence */
char *gum_batch_words_dup_details (GumBatch  *batch,
                                   GumWrites *writes);              /* to be copied */

/* What a write of a product changes, from what to what; NULL: that is in its kind. */
char *gum_batch_words_dup_change (GumWrite   *write,
                                  const char *currency);
/* When it was asked for. */
char *gum_batch_words_dup_date   (GumBatch   *batch);

G_END_DECLS

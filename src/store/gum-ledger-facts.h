/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-connection.h"
#include "gum-json.h"

G_BEGIN_DECLS

/* Private to the store. */
#define GUM_LEDGER_N_FACTS 6

/* All that is read of a record here, and its files. */
enum {
  GUM_LEDGER_NAME,
  GUM_LEDGER_CUSTOM_PERMALINK,
  GUM_LEDGER_SHORT_URL,
  GUM_LEDGER_TAGS,
  GUM_LEDGER_SUMMARY,
  GUM_LEDGER_DESCRIPTION,
  GUM_LEDGER_N_SEARCHED,

  GUM_LEDGER_PRICE = GUM_LEDGER_N_SEARCHED,
  GUM_LEDGER_CURRENCY,
  GUM_LEDGER_SALES,
  GUM_LEDGER_REVENUE,
  GUM_LEDGER_PUBLISHED,
  GUM_LEDGER_IS_TIERED,
  GUM_LEDGER_DURATION,
  GUM_LEDGER_BUNDLED,
  GUM_LEDGER_SHIPPING,
  GUM_LEDGER_FILES,
  GUM_LEDGER_N_MEMBERS
};

extern const char * const gum_ledger_members[];

/* A record's members, where they stand in its text. */
typedef struct {
  GumJsonSlice members[GUM_LEDGER_N_MEMBERS];
} GumLedgerRecord;

gboolean gum_ledger_read_record (const char            *text,
                                 gsize                  length,
                                 GumLedgerRecord       *record);
void     gum_ledger_bind_facts  (sqlite3_stmt          *statement,
                                 const GumLedgerRecord *record);
gboolean gum_ledger_same_words  (const GumLedgerRecord *a,
                                 const GumLedgerRecord *b);
gboolean gum_ledger_set_words   (GumConnection         *connection,
                                 gint64                 row,
                                 const GumLedgerRecord *record,
                                 gboolean               is_new,
                                 GError               **error);

G_END_DECLS

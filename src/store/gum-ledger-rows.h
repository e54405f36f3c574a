/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-changes.h"
#include "gum-connection.h"
#include "gum-ledger-facts.h"

G_BEGIN_DECLS

/* Private to the jobs of the table of products. */

/* A record, beside what the ledger knows of it. */
typedef struct {
  const char *id;          /* unowned */
  const char *text;        /* unowned: the record as it came, or @own_text */
  gsize       length;
  char       *own_text;
  const GumLedgerRecord *found;   /* unowned: what was found in it when it came */
  gint64      checksum;

  gint64      row;         /* 0: not known */
  double      rank;
  gint64      known_checksum;
  gboolean    is_full;
  gboolean    was_seen;    /* earlier in this pass */
  gboolean    needs_place;
} GumLedgerEntry;

void        gum_ledger_entry_clear     (gpointer                entry);
/* Takes @text. */
void        gum_ledger_entry_take_text (GumLedgerEntry         *entry,
                                        char                   *text);
/* What is known of the product with the entry's id. */
gboolean    gum_ledger_entry_look_up   (GumConnection          *connection,
                                        GumLedgerEntry         *entry,
                                        GError                **error);
gboolean    gum_ledger_entry_insert    (GumConnection          *connection,
                                        GumLedgerEntry         *entry,
                                        const GumLedgerRecord  *record,
                                        gboolean                is_full,
                                        GumChanges             *changes,
                                        GError                **error);
/* The record replaces what is known. */
gboolean    gum_ledger_entry_replace   (GumConnection          *connection,
                                        GumLedgerEntry         *entry,
                                        const GumLedgerRecord  *given,
                                        gboolean                is_full,
                                        GumChanges             *changes,
                                        GError                **error);
gboolean    gum_ledger_row_delete      (GumConnection          *connection,
                                        gint64                  row,
                                        GError                **error);

G_END_DECLS

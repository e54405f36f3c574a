/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-journal.h"

G_BEGIN_DECLS

/* For the store, which owns it. */
GumJournal *_gum_journal_new     (GumStore   *store);
void        _gum_journal_detach  (GumJournal *self);

/* FALSE once the store is closed: nothing can be sent any more. */
gboolean    _gum_journal_is_open (GumJournal *self);

/* For those who know what became of a write that the journal does not. */
void        _gum_journal_settle  (GumJournal *self,
                                  GumWrite   *write);

G_END_DECLS

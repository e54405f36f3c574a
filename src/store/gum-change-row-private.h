/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-change-row.h"
#include "gum-write-private.h"

G_BEGIN_DECLS

/* Both may run in any thread. NULL: it would change nothing. @code: the one of the name that is asked for, of
 * the product or of all. */
GumChangeRow *_gum_change_row_new        (GumBulk      *bulk,
                                          const char   *id,
                                          GBytes       *record,
                                          GumOfferCode *code);
GumWriteRow  *_gum_change_row_to_write   (GumChangeRow *self,
                                          GumBulk      *bulk);

gboolean      _gum_change_row_set_ticked (GumChangeRow *self,
                                          gboolean      ticked);

G_END_DECLS

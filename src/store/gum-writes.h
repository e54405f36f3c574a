/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-journal.h"

G_BEGIN_DECLS

#define GUM_TYPE_WRITES (gum_writes_get_type ())
G_DECLARE_FINAL_TYPE (GumWrites, gum_writes, GUM, WRITES, GObject)   /* GListModel of GumWrite */

GumWrites *gum_writes_new           (GumStore   *store,
                                     gint64      batch);
guint      gum_writes_count_waiting (GumWrites  *self,
                                     GumWrite   *write);

G_END_DECLS

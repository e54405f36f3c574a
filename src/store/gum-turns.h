/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Private to the store. */
typedef struct _GumTurns GumTurns;

typedef void (*GumTurnFunc) (GTask *task);

GumTurns *gum_turns_new   (void);
void      gum_turns_free  (GumTurns    *self);
void      gum_turns_queue (GumTurns    *self,
                           const char  *product_id,
                           GTask       *task,
                           GumTurnFunc  begin);

G_END_DECLS

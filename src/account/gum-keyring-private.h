/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-keyring.h"

G_BEGIN_DECLS

typedef enum {
  GUM_KEYRING_SEARCH,
  GUM_KEYRING_STORE,
  GUM_KEYRING_CLEAR,
  GUM_KEYRING_PRUNE,
  GUM_KEYRING_UNLOCK,
} GumKeyringKind;

void gum_keyring_begin (GumKeyringKind       kind,
                        const char          *account,
                        gboolean             may_unlock,
                        const char          *label,
                        const char          *secret,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data,
                        gpointer             tag);

G_END_DECLS

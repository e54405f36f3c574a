/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void     fake_keyring_lock      (void);
void     fake_keyring_add_item  (const char *account,
                                 const char *secret);
gpointer fake_keyring_play_mute (void);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* @sockets: connection id (guint64) → GSocket */
void     _gum_http_note_socket           (SoupMessage        *message,
                                          GSocketClientEvent  event,
                                          GIOStream          *connection,
                                          GHashTable         *sockets);
gboolean _gum_http_is_cut_between_chunks (SoupMessage        *message,
                                          GHashTable         *sockets);
gboolean _gum_http_is_cut_in_head        (SoupMessage        *message,
                                          gsize               body_length);

G_END_DECLS

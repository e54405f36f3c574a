/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

G_BEGIN_DECLS

gint64   _gum_answer_get_retry_after (SoupMessageHeaders  *headers);
GError  *_gum_answer_new_error       (guint                status,
                                      SoupMessageHeaders  *headers,
                                      GBytes              *body);
gboolean _gum_answer_is_verdict      (GBytes              *body);
gboolean _gum_answer_check_success   (JsonObject          *object,
                                      guint                status,
                                      GError             **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

#define GUM_TYPE_HTTP (gum_http_get_type ())
G_DECLARE_FINAL_TYPE (GumHttp, gum_http, GUM, HTTP, GObject)

/* contract: one SoupSession held to our rules (desktop.md 4.3): HTTP/1, no cookies, no cache, no
 * auth, no sniffing; body cap, deadline, complete bodies only, redacting log. Knows no token. */

typedef struct {
  gsize    max_body;         /* bytes, after decoding; 0: 16 MiB */
  guint    deadline;         /* seconds for the whole exchange; 0: 30 */
  gboolean follow_redirects; /* only for a plain GET without Authorization */
  gboolean exactly_once;     /* NO_REDIRECT | NEW_CONNECTION: never resent by libsoup */
} GumHttpPolicy;

/* Must run before the first request of the process: SOUP_FORCE_HTTP1 where libsoup needs it. */
void      gum_http_init_process (void);

GumHttp  *gum_http_new          (void);

/* Sends once. Any status is a success here; the caller reads it from @message. The bytes are the
 * complete body (cut bodies are errors, chunked ones included). Errors: transport domains,
 * GUM_ERROR_TOO_LARGE, GUM_ERROR_DEADLINE, GUM_ERROR_PROTOCOL (incomplete), GUM_ERROR_INSECURE. */
void      gum_http_send_async   (GumHttp              *self,
                                 SoupMessage          *message,
                                 const GumHttpPolicy  *policy,
                                 GCancellable         *cancellable,
                                 GAsyncReadyCallback   callback,
                                 gpointer              user_data);
GBytes   *gum_http_send_finish  (GumHttp              *self,
                                 GAsyncResult         *result,
                                 GError              **error);
void      gum_http_abort        (GumHttp              *self);

G_END_DECLS

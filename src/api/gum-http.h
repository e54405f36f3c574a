/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

#define GUM_TYPE_HTTP (gum_http_get_type ())
G_DECLARE_FINAL_TYPE (GumHttp, gum_http, GUM, HTTP, GObject)

/**
 * GumHttpPolicy:
 * @max_body: bytes after decoding; 0: 16 MiB
 * @deadline: seconds for the whole exchange; 0: 30
 * @stall: instead of a deadline: seconds in which at least something must be sent or received
 * @priority: of its turns in the main loop, a GLib priority
 * @follow_redirects: only for a plain GET without `Authorization`
 * @exactly_once: libsoup must never send it a second time
 * @secret_address: who knows the address may use it, so not even its path is logged
 *
 * What an exchange may do.
 */
typedef struct {
  gsize    max_body;
  guint    deadline;
  guint    stall;
  int      priority;
  gboolean follow_redirects;
  gboolean exactly_once;
  gboolean secret_address;
} GumHttpPolicy;

void                 gum_http_init_process         (void);

GumHttp             *gum_http_new                  (void);
GumHttp             *gum_http_new_for_bodies       (void);
void                 gum_http_send_async           (GumHttp              *self,
                                                    SoupMessage          *message,
                                                    const GumHttpPolicy  *policy,
                                                    GCancellable         *cancellable,
                                                    GAsyncReadyCallback   callback,
                                                    gpointer              user_data);
GBytes              *gum_http_send_finish          (GumHttp              *self,
                                                    GAsyncResult         *result,
                                                    GError              **error);
void                 gum_http_abort                (GumHttp              *self);

gboolean             gum_http_was_sent             (SoupMessage          *message);
GTlsCertificateFlags gum_http_error_get_tls_flags  (const GError         *error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What happens after the bytes of an answer. */
typedef enum {
  GUM_RAW_KEEP,       /* the next request of the connection is awaited */
  GUM_RAW_CLOSE,      /* the connection is closed */
  GUM_RAW_RESET,      /* the connection is reset */
  GUM_RAW_STALL,      /* nothing, until the other side hangs up */
  GUM_RAW_FLOOD,      /* the bytes again and again, until the other side hangs up */
  GUM_RAW_DRIP,       /* instead: a byte every tenth of a second, then closed */
} GumRawEnd;

#define GUM_TYPE_RAW_SERVER (gum_raw_server_get_type ())
G_DECLARE_FINAL_TYPE (GumRawServer, gum_raw_server, GUM, RAW_SERVER, GObject)

GumRawServer *gum_raw_server_new               (void);
GumRawServer *gum_raw_server_new_tls           (void);
const char   *gum_raw_server_get_pem           (void);
void          gum_raw_server_stop              (GumRawServer *self);
const char   *gum_raw_server_get_url           (GumRawServer *self);

void          gum_raw_server_hold              (GumRawServer *self,
                                                gboolean      held);
void          gum_raw_server_push              (GumRawServer *self,
                                                GumRawEnd     end,
                                                const char   *bytes,
                                                gssize        length);
void          gum_raw_server_push_answer       (GumRawServer *self,
                                                const char   *status,
                                                const char   *headers,
                                                const char   *body);
void          gum_raw_server_push_answer_for   (GumRawServer *self,
                                                const char   *start,
                                                const char   *status,
                                                const char   *headers,
                                                const char   *body);
void          gum_raw_server_push_json         (GumRawServer *self,
                                                const char   *body);

guint         gum_raw_server_get_n_requests    (GumRawServer *self);
guint         gum_raw_server_get_n_connections (GumRawServer *self);
guint         gum_raw_server_get_n_left        (GumRawServer *self);
char         *gum_raw_server_dup_request       (GumRawServer *self,
                                                guint         position);
void          gum_raw_server_wait_requests     (GumRawServer *self,
                                                guint         n_requests);

G_END_DECLS

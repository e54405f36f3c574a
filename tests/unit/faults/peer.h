/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A sandbox in a process of its own, and the browser: nothing of them fails. */
typedef struct {
  GPid        pid;
  int         input;
  guint16     port;
  JsonObject *at;           /* what it said when it began to listen */
} Peer;

Peer       *peer_new      (const char *program,
                           const char *n_products);
void        peer_free     (Peer       *self);
const char *peer_get      (Peer       *self,
                           const char *name);
char       *peer_talk     (guint16     port,
                           const char *request);
char       *peer_visit    (const char *address);
char       *peer_consent  (Peer       *self,
                           const char *authorize_url);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "gum-loopback-request.h"

G_BEGIN_DECLS

#define GUM_TYPE_LOOPBACK (gum_loopback_get_type ())
G_DECLARE_FINAL_TYPE (GumLoopback, gum_loopback, GUM, LOOPBACK, GObject)

GumLoopback *gum_loopback_new              (const char    *state,
                                            const char    *issuer,
                                            gboolean       issuer_required,
                                            GError       **error);
guint16      gum_loopback_get_port         (GumLoopback   *self);
const char  *gum_loopback_get_redirect_uri (GumLoopback   *self);
gboolean     gum_loopback_is_open          (GumLoopback   *self);
gboolean     gum_loopback_offer            (GumLoopback   *self,
                                            const guint8  *head,
                                            gsize          length);
void         gum_loopback_close            (GumLoopback   *self);

/* For tests: how long a connection may live, and how long after the answer the port stays open. */
void         gum_loopback_set_patience     (GumLoopback   *self,
                                            guint          connection_ms,
                                            guint          done_ms);

G_END_DECLS

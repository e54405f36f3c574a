/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-request.h"

G_BEGIN_DECLS

const char *_gum_request_get_method (GumRequest *self);
gboolean    _gum_request_is_read    (GumRequest *self);
gboolean    _gum_request_is_awaited (GumRequest *self);
char       *_gum_request_dup_uri    (GumRequest *self,
                                     const char *base);
GBytes     *_gum_request_dup_body   (GumRequest *self);

G_END_DECLS

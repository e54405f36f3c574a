/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean  gum_set_str              (char       **field,
                                    const char  *value);

void      gum_secret_free          (char        *secret);
gboolean  gum_set_secret           (char       **field,
                                    const char  *value);
gboolean  gum_equal_constant_time  (const char  *a,
                                    const char  *b);

gboolean  gum_random_bytes         (guint8      *buffer,
                                    gsize        length,
                                    GError     **error);
char     *gum_random_token         (gsize        n_bytes,
                                    GError     **error);
char     *gum_base64url_encode     (const guint8 *data,
                                    gsize         length);

char     *gum_uri_dup_origin       (const char  *uri);
gboolean  gum_uri_is_loopback      (const char  *uri);
gboolean  gum_uri_check_secure     (const char  *uri,
                                    GError     **error);

typedef char GumSecret;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GumSecret, gum_secret_free)

G_END_DECLS

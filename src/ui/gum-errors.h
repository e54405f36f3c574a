/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* contract: the one place that chooses words for errors (by domain and code, with the HTTP status, the server's sentence
 * and TLS flags). Both are transfer full, translated plain text, never markup, never a secret. NULL for a cancellation. */
char *gum_errors_dup_title    (const GError *error);                       /* "You are offline" */
char *gum_errors_dup_sentence (const GError *error,
                               const GError *cause);                       /* what happened, what was kept, what to do */

/* The same for a sign-in with an Application ID that the person has not entered and cannot see. */
char *gum_errors_dup_hidden_id_sentence (const GError *error,
                                         const GError *cause);

/* For a discount code that Gumroad says it does not know, and lists: its own words are misleading. */
const char *gum_errors_get_default_code_sentence (void);

G_END_DECLS

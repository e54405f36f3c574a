/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Text as search and order see it. */
char     *gum_search_fold_letters (const char *text,
                                   gssize      length);
gboolean  gum_search_contains     (const char *text,
                                   const char *folded);

/* Private to the store: as the ledger's index has it. */
char     *gum_search_fold         (const char *text,
                                   gssize      length);
char     *gum_search_fold_html    (const char *html);
char     *gum_search_sort_key     (const char *text);
char     *gum_search_question     (const char *text);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Private to the store: text as search and order see it. */
char *gum_search_fold      (const char *text,
                            gssize      length);
char *gum_search_fold_html (const char *html);
char *gum_search_sort_key  (const char *text);
char *gum_search_question  (const char *text);

G_END_DECLS

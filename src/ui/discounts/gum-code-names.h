/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-records.h"

G_BEGIN_DECLS

/* More of a product's codes than this are not all found by Gumroad's own search. */
#define GUM_CODE_NAMES_MANY 300
/* Made in one go, at most. */
#define GUM_CODE_NAMES_MAX 1000

/* The names of all codes that a code of @product_id may not have, folded. */
GHashTable *gum_code_names_list_taken (GumRecords *records,
                                       const char *product_id,
                                       gboolean    universal);
gboolean    gum_code_names_is_taken   (GHashTable *taken,
                                       const char *name);
/* How many codes of its own the product has. */
guint       gum_code_names_count      (GumRecords *records,
                                       const char *product_id);

/* Why @pattern makes no codes; NULL: it does. Each '#' becomes a letter or a digit; without any, eight
 * of them follow behind a dash. */
const char *gum_code_names_check      (const char *pattern,
                                       guint       n);
/* @n different ones, none of them taken; NULL: there are not so many. */
char      **gum_code_names_make       (const char *pattern,
                                       guint       n,
                                       GHashTable *taken,
                                       GError    **error);

G_END_DECLS

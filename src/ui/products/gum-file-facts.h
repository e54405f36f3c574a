/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-product.h"

G_BEGIN_DECLS

/* The words for what a file of a product is. All transfer full unless const, translated, plain text. */
char       *gum_file_facts_dup_name        (GumProductFile *file);   /* never empty */
/* The last part of its path; the rest of the address stays unseen. NULL: there is none. */
char       *gum_file_facts_dup_stored_name (GumProductFile *file);
char       *gum_file_facts_dup_kind        (GumProductFile *file);   /* "ZIP · 3.1 MB"; NULL: not known */
const char *gum_file_facts_get_icon        (GumProductFile *file);
gboolean    gum_file_facts_is_link         (GumProductFile *file);   /* to elsewhere */

G_END_DECLS

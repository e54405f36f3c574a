/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * GumProductKeyKind:
 * @GUM_PRODUCT_KEY_TEXT: a string; null, absent and empty are the same
 * @GUM_PRODUCT_KEY_INT: a whole number or null
 * @GUM_PRODUCT_KEY_BOOLEAN: true or false; null is false
 * @GUM_PRODUCT_KEY_SET: strings in any order
 * @GUM_PRODUCT_KEY_LIST: strings in this order
 * @GUM_PRODUCT_KEY_PAGES: pages of content; what is not their title or text is the server's own
 * @GUM_PRODUCT_KEY_TREE: anything, compared as it is
 *
 * What the value of a key is, and when two of them say the same.
 */
typedef enum {
  GUM_PRODUCT_KEY_TEXT,
  GUM_PRODUCT_KEY_INT,
  GUM_PRODUCT_KEY_BOOLEAN,
  GUM_PRODUCT_KEY_SET,
  GUM_PRODUCT_KEY_LIST,
  GUM_PRODUCT_KEY_PAGES,
  GUM_PRODUCT_KEY_TREE,
} GumProductKeyKind;

/**
 * GumProductKey:
 * @name: as it is sent
 * @kind: see #GumProductKeyKind
 * @member: (nullable): where the record has it; %NULL: it is never told
 * @inner: (nullable): the member within @member, or of each item of it
 *
 * Something of a product that can be written: `PUT /products/:id`.
 */
typedef struct {
  const char        *name;
  GumProductKeyKind  kind;
  const char        *member;
  const char        *inner;
} GumProductKey;

const GumProductKey *gum_product_keys_find   (const char *name);
gboolean             gum_product_keys_is_told (const char *name);

char                *gum_product_keys_dup_version   (const char  *category_id,
                                                     const char  *variant_id);
gboolean             gum_product_keys_split_version (const char  *name,
                                                     char       **category_id,
                                                     char       **variant_id);
JsonObject          *gum_product_keys_find_version  (const char  *name,
                                                     JsonObject  *record);

JsonNode            *gum_product_keys_read          (const char  *name,
                                                     JsonObject  *record);
gboolean             gum_product_keys_equal         (const char  *name,
                                                     JsonNode    *a,
                                                     JsonNode    *b);
const char * const  *gum_product_keys_list_price    (void);
gboolean             gum_product_keys_has_price     (JsonObject  *values);
gboolean             gum_product_keys_joins_price   (JsonObject  *mine,
                                                     JsonObject  *base,
                                                     JsonObject  *record);
char               **gum_product_keys_dup_conflicts (JsonObject  *mine,
                                                     JsonObject  *base,
                                                     JsonObject  *record);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The words for what can be written of a product: keys of PUT /products/:id and their values. */
const char *gum_product_values_get_title      (const char *key);
/* What a person reads of @value, in one line or several; never empty. @currency is of the same product. */
char       *gum_product_values_dup_text       (const char *key,
                                               JsonNode   *value,
                                               const char *currency);
const char *gum_product_values_get_refund     (const char *period);   /* as sent when not known */
/* "Name, Price and 3 more": of a NULL-terminated list. */
char       *gum_product_values_dup_list       (char      **keys);

G_END_DECLS

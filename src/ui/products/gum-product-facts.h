/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-product.h"

G_BEGIN_DECLS

/* The words for what a product is. All transfer full unless const, translated, plain text. */
const char *gum_product_facts_get_state      (GumProduct *product);
const char *gum_product_facts_get_kind       (GumProduct *product);
char       *gum_product_facts_dup_name       (GumProduct *product);   /* never empty */
char       *gum_product_facts_dup_price      (GumProduct *product);   /* "—" when Gumroad sent none */
char       *gum_product_facts_dup_sales      (GumProduct *product);   /* "1,204" or "—" */
char       *gum_product_facts_dup_sold       (GumProduct *product);   /* "1,204 sold" or "" */
char       *gum_product_facts_dup_revenue    (GumProduct *product);   /* "$12,010.00" or "—" */
char       *gum_product_facts_dup_tags       (GumProduct *product);   /* "a, b, c" or "" */
char       *gum_product_facts_dup_sentence   (GumProduct *product);   /* for a screen reader */
/* The link to show to the world; NULL unless it is http(s). */
char       *gum_product_facts_dup_link       (GumProduct *product);

const char *gum_facts_get_recurrence         (const char *recurrence);   /* as sent when not known */
char       *gum_facts_dup_number             (gint64      number);
char       *gum_facts_dup_difference         (gint64      minor_units,
                                              const char *currency);     /* "+$5.00" */
char       *gum_facts_dup_http_uri           (const char *uri);          /* NULL unless http or https */

/* Which way the first word of @text runs; FALSE: there is none. */
gboolean    gum_text_get_direction           (const char *text,
                                              gboolean   *rtl);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-test.h"

#include "gum-journal.h"

G_BEGIN_DECLS

/* A shop whose newest product is known whole, and what was on the wire since. */
typedef struct {
  StoreTest *test;
  GumStore  *store;
  char      *id;        /* of the newest product */
} Shop;

void      shop_open           (Shop        *shop,
                               guint        n_products);
void      shop_reopen         (Shop        *shop);
void      shop_clear          (Shop        *shop);
void      shop_edit           (Shop        *shop,
                               const char  *set);
void      shop_add_fault      (Shop        *shop,
                               const char  *match,
                               const char  *fault);
/* Requests with this method whose path begins so. */
guint     shop_count_requests (Shop        *shop,
                               const char  *method,
                               const char  *beginning);
char     *shop_dup_last_body  (Shop        *shop,
                               const char  *method);
gboolean  shop_send           (Shop        *shop,
                               GumWrite    *write,
                               GError     **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Shop, shop_clear)

G_END_DECLS

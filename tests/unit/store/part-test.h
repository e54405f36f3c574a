/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-test.h"

#include "gum-collection.h"

G_BEGIN_DECLS

/* Of the sample shop. */
#define BRUSHES "Tidewater Brushes for Procreate"
#define SCHOOL  "Kleine Schriftschule: Handlettering für Anfänger"
#define PRINT   "Linocut print: “The Ferry”"
#define BUNDLE  "The Whole Harbour: everything I make"

/* One product of the sample shop, known whole, and what was on the wire since. */
typedef struct {
  StoreTest  *test;
  GumStore   *store;
  GumProduct *product;
  char       *id;
  char       *parent;      /* products/ID */
} PartTest;

void           part_test_open          (PartTest          *shop,
                                        const char        *name);
void           part_test_clear         (PartTest          *shop);
/* Requests with this method whose path ends so; @body: of the last one, or NULL. */
guint          part_test_count         (PartTest          *shop,
                                        const char        *method,
                                        const char        *end,
                                        char             **body);

/* A list of the product, read to the end of its first page. */
GumCollection *part_test_read          (PartTest          *shop,
                                        const GumEndpoint *endpoint);
GumCollection *part_test_read_variants (PartTest          *shop,
                                        const char        *category_id);
void           part_test_read_all      (GumCollection     *collection);
gboolean       part_test_is_idle       (gpointer           collection);
guint          part_test_length        (GumCollection     *collection);
char          *part_test_dup_id        (GumCollection     *collection,
                                        guint              position);
char          *part_test_dup_text      (GumCollection     *collection,
                                        guint              position,
                                        const char        *property);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PartTest, part_test_clear)

G_END_DECLS

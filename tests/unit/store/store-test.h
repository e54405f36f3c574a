/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-query.h"
#include "gum-sandbox.h"
#include "gum-store.h"
#include "gum-test.h"

G_BEGIN_DECLS

/* A sandbox, a client that is let in, and a folder for a ledger. */
typedef struct {
  GumSandbox    *sandbox;
  GumAuthorizer *authorizer;
  GumClient     *client;
  char          *directory;
} StoreTest;

StoreTest *store_test_new        (guint          n_products);
void       store_test_free       (StoreTest     *test);
char      *store_test_control    (StoreTest     *test,
                                  const char    *verb,
                                  const char    *args);
void       store_test_tell       (StoreTest     *test,
                                  const char    *verb,
                                  const char    *args);
GumStore  *store_test_open       (StoreTest     *test);
void       store_test_sync       (GumStore      *store);
GError    *store_test_sync_error (GumStore      *store);
void       store_test_refresh    (GumStore      *store,
                                  const char    *id);
void       store_test_settle     (GumQuery      *query);
char      *store_test_dup_id     (GumQuery      *query,
                                  guint          position);
char      *store_test_dup_names  (GumQuery      *query);
char      *store_test_ledger     (StoreTest     *test);

void       store_test_take_item  (GumPage       *page,
                                  JsonObject    *record);
GAsyncQueue *store_test_one_page (gpointer       job);

/* From here to there no file can grow: what a full disk is like. */
void       store_test_fill_disk  (void);
void       store_test_free_disk  (void);
/* For gum_test_wait_until(): the store has said that its ledger cannot be written. */
gboolean   store_test_is_broken  (gpointer       store);

GumAuthorizer *store_test_authorizer_new (const char *token);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreTest, store_test_free)

G_END_DECLS

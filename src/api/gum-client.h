/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-authorizer.h"
#include "gum-endpoint.h"
#include "gum-request.h"

G_BEGIN_DECLS

#define GUM_TYPE_CLIENT (gum_client_get_type ())
G_DECLARE_FINAL_TYPE (GumClient, gum_client, GUM, CLIENT, GObject)

/* contract: Gumroad's API v2 for one account. */

/* The default, or GUMROAD_API_BASE_URL. (transfer full) */
char       *gum_client_dup_default_url (void);

/* @api_url without trailing slash. Fails with GUM_ERROR_INSECURE. The client holds no reference on
 * @authorizer (which usually owns the client): a weak one. */
GumClient  *gum_client_new             (const char           *api_url,
                                        GumAuthorizer        *authorizer,
                                        GError              **error);
const char *gum_client_get_url         (GumClient            *self);

/* GET is retried (desktop.md 4.3 rule 8), everything else is sent exactly once, and an unknown end
 * of it is GUM_ERROR_UNCLEAR. The answer has passed status, JSON and `success`. */
void        gum_client_send_async      (GumClient            *self,
                                        GumRequest           *request,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
JsonObject *gum_client_send_finish     (GumClient            *self,
                                        GAsyncResult         *result,
                                        GError              **error);

/* One page of a collection. @parent_path: NULL, or "products/<escaped id>". */
typedef struct {
  GPtrArray *items;          /* JsonObject *, whole records in the server's order */
  char      *next_page_key;  /* NULL on the last page */
  guint      n_bad;          /* records that were no objects or had no id */
} GumPage;
void        gum_page_free              (GumPage              *page);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GumPage, gum_page_free)

void        gum_client_list_async      (GumClient            *self,
                                        const GumEndpoint    *endpoint,
                                        const char           *parent_path,
                                        const char           *page_key,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
GumPage    *gum_client_list_finish     (GumClient            *self,
                                        GAsyncResult         *result,
                                        GError              **error);

/* One full record, unwrapped from its envelope. @id may be NULL for singletons (user). */
void        gum_client_get_async       (GumClient            *self,
                                        const GumEndpoint    *endpoint,
                                        const char           *id,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
JsonObject *gum_client_get_finish      (GumClient            *self,
                                        GAsyncResult         *result,
                                        GError              **error);

/* Property "paused-until" (gint64, monotonic µs, 0 = not paused): the whole queue waits because of
 * a 429; notified so that it can be shown when it is more than 5 s away. */
gint64      gum_client_get_paused_until (GumClient           *self);
void        gum_client_abort            (GumClient           *self);

G_END_DECLS

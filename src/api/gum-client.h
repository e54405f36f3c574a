/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-authorizer.h"
#include "gum-endpoint.h"
#include "gum-json.h"
#include "gum-request.h"

G_BEGIN_DECLS

#define GUM_TYPE_CLIENT (gum_client_get_type ())
G_DECLARE_FINAL_TYPE (GumClient, gum_client, GUM, CLIENT, GObject)

char       *gum_client_dup_default_url  (void);

GumClient  *gum_client_new              (const char           *api_url,
                                         GumAuthorizer        *authorizer,
                                         GError              **error);
const char *gum_client_get_url          (GumClient            *self);
gint64      gum_client_get_paused_until (GumClient            *self);
void        gum_client_abort            (GumClient            *self);

void        gum_client_send_async       (GumClient            *self,
                                         GumRequest           *request,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
JsonObject *gum_client_send_finish      (GumClient            *self,
                                         GAsyncResult         *result,
                                         GError              **error);

/**
 * GumPage:
 * @items: (element-type GBytes): records in the server's order, each the JSON object as it came, in
 *   UTF-8 and known to be valid
 * @ids: (element-type utf8): the id of each
 * @found: (element-type GumJsonSlice) (nullable): of each record the members that were asked for, as
 *   gum_json_find() finds them
 * @next_page_key: (nullable): what the next page is asked for with; %NULL on the last one
 * @n_bad: records that were no objects or had no id
 *
 * One page of a collection.
 */
typedef struct {
  GPtrArray *items;
  GPtrArray *ids;
  GArray    *found;
  char      *next_page_key;
  guint      n_bad;
} GumPage;

GumPage    *gum_page_new                (void);
void        gum_page_take_record        (GumPage              *page,
                                         char                 *id,
                                         GBytes               *record);
void        gum_page_free               (GumPage              *page);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GumPage, gum_page_free)

void        gum_client_list_async       (GumClient            *self,
                                         const GumEndpoint    *endpoint,
                                         const char           *parent_path,
                                         const char           *page_key,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
void        gum_client_list_members_async (GumClient          *self,
                                         const GumEndpoint    *endpoint,
                                         const char           *parent_path,
                                         const char           *page_key,
                                         const char * const   *members,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
GumPage    *gum_client_list_finish      (GumClient            *self,
                                         GAsyncResult         *result,
                                         GError              **error);
void        gum_client_get_async        (GumClient            *self,
                                         const GumEndpoint    *endpoint,
                                         const char           *id,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
JsonObject *gum_client_get_finish       (GumClient            *self,
                                         GAsyncResult         *result,
                                         GError              **error);

G_END_DECLS

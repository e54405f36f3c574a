/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What every collection has in common: a page of it, and one record. */

#define G_LOG_DOMAIN "gum-api"

#include "config.h"

#include "gum-client.h"
#include "gum-client-private.h"
#include "gum-error.h"
#include "gum-json.h"

/**
 * gum_page_new:
 *
 * Returns: (transfer full): a page without records, which is the last one
 */
GumPage *
gum_page_new (void)
{
  GumPage *page = g_new0 (GumPage, 1);

  page->items = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  page->ids = g_ptr_array_new_with_free_func (g_free);

  return page;
}

/**
 * gum_page_take_record:
 * @page: a page
 * @id: (transfer full): the record's id
 * @record: (transfer full): a valid JSON object
 */
void
gum_page_take_record (GumPage *page,
                      char    *id,
                      GBytes  *record)
{
  g_return_if_fail (page != NULL && id != NULL && record != NULL);

  g_ptr_array_add (page->items, record);
  g_ptr_array_add (page->ids, id);
}

/**
 * gum_page_free:
 * @page: (transfer full) (nullable): a page
 */
void
gum_page_free (GumPage *page)
{
  if (page == NULL)
    return;

  g_ptr_array_unref (page->items);
  g_ptr_array_unref (page->ids);
  g_clear_pointer (&page->found, g_array_unref);
  g_free (page->next_page_key);
  g_free (page);
}

/* `next_page_url` says the same as the key, in a form that fits no base address but one. */
static char *
dup_next_key (JsonObject *answer)
{
  JsonNode *node = json_object_get_member (answer, "next_page_key");
  g_autofree char *key = node != NULL ? gum_json_node_dup_string (node) : NULL;

  return key != NULL && *key != '\0' ? g_steal_pointer (&key) : NULL;
}

static void
list_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr(GTask) task = data;
  const GumEndpoint *endpoint = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr(JsonObject) answer = gum_client_send_finish (GUM_CLIENT (source), result, &error);
  GumPage *page;

  if (answer == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  page = _gum_client_steal_page (result);
  if (page == NULL)
    {
      g_task_return_new_error (task, GUM_ERROR, GUM_ERROR_PROTOCOL, "The answer has no list “%s”",
                               endpoint->plural);
      return;
    }

  page->next_page_key = dup_next_key (answer);
  if (page->n_bad > 0)
    g_debug ("%u records of a page are unusable", page->n_bad);
  g_task_return_pointer (task, page, (GDestroyNotify) gum_page_free);
}

/**
 * gum_client_list_async:
 * @self: a client
 * @endpoint: what is listed; must have a plural
 * @parent_path: (nullable): what the collection belongs to, as gum_request_path() makes it:
 *   `products/<escaped id>`
 * @page_key: (nullable): from the page before; %NULL for the first
 * @cancellable: (nullable): ends it
 * @callback: called at the end
 * @user_data: for @callback
 *
 * Reads a page of a collection, ten records or whatever the server gives. Who reads all pages must
 * stop at a key that came before.
 */
void
gum_client_list_async (GumClient           *self,
                       const GumEndpoint   *endpoint,
                       const char          *parent_path,
                       const char          *page_key,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  gum_client_list_members_async (self, endpoint, parent_path, page_key, NULL, cancellable, callback,
                                 user_data);
}

/**
 * gum_client_list_members_async:
 * @self: a client
 * @endpoint: what is listed; must have a plural
 * @parent_path: (nullable): what the collection belongs to
 * @page_key: (nullable): from the page before; %NULL for the first
 * @members: (nullable) (array zero-terminated=1): whose places in each record are wanted, for ever
 * @cancellable: (nullable): ends it
 * @callback: called at the end
 * @user_data: for @callback
 *
 * As gum_client_list_async(), and the page says where @members stand in its records. It ends with
 * gum_client_list_finish().
 */
void
gum_client_list_members_async (GumClient           *self,
                               const GumEndpoint   *endpoint,
                               const char          *parent_path,
                               const char          *page_key,
                               const char * const  *members,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr(GumRequest) request = NULL;
  g_autofree char *path = NULL;
  GTask *task;

  g_return_if_fail (GUM_IS_CLIENT (self));
  g_return_if_fail (endpoint != NULL && endpoint->plural != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, gum_client_list_async);
  g_task_set_task_data (task, (gpointer) endpoint, NULL);

  if (parent_path != NULL)
    path = g_strconcat (parent_path, "/", endpoint->path, NULL);
  request = gum_request_new ("GET", path != NULL ? path : endpoint->path);
  gum_request_add_query (request, "page_key", page_key);
  _gum_client_send_page_async (self, request, endpoint->plural, members, cancellable, list_cb, task);
}

/**
 * gum_client_list_finish:
 * @self: a client
 * @result: from the callback
 * @error: return location for an error
 *
 * Errors: those of gum_client_send_finish(), and %GUM_ERROR_PROTOCOL when there is no list in the
 * answer. A record without an id costs that record.
 *
 * Returns: (transfer full): the page
 */
GumPage *
gum_client_list_finish (GumClient     *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (GUM_IS_CLIENT (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, gum_client_list_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
get_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      data)
{
  g_autoptr(GTask) task = data;
  const GumEndpoint *endpoint = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr(JsonObject) answer = gum_client_send_finish (GUM_CLIENT (source), result, &error);
  JsonObject *record;

  if (answer == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  record = gum_json_get_object (answer, endpoint->singular);
  if (record == NULL)
    {
      g_task_return_new_error (task, GUM_ERROR, GUM_ERROR_PROTOCOL, "The answer has no “%s”",
                               endpoint->singular);
      return;
    }

  g_task_return_pointer (task, json_object_ref (record), (GDestroyNotify) json_object_unref);
}

/**
 * gum_client_get_async:
 * @self: a client
 * @endpoint: what is read
 * @id: (nullable): its opaque id; %NULL for what there is only one of
 * @cancellable: (nullable): ends it
 * @callback: called at the end
 * @user_data: for @callback
 *
 * Reads one whole record.
 */
void
gum_client_get_async (GumClient           *self,
                      const GumEndpoint   *endpoint,
                      const char          *id,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_autoptr(GumRequest) request = NULL;
  g_autofree char *path = NULL;
  GTask *task;

  g_return_if_fail (GUM_IS_CLIENT (self));
  g_return_if_fail (endpoint != NULL);
  g_return_if_fail (id == NULL || *id != '\0');
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, gum_client_get_async);
  g_task_set_task_data (task, (gpointer) endpoint, NULL);

  path = gum_request_path (endpoint->path, id, NULL);
  request = gum_request_new ("GET", path);
  gum_client_send_async (self, request, cancellable, get_cb, task);
}

/**
 * gum_client_get_finish:
 * @self: a client
 * @result: from the callback
 * @error: return location for an error
 *
 * Errors: those of gum_client_send_finish(), and %GUM_ERROR_PROTOCOL when there is no record in the
 * answer.
 *
 * Returns: (transfer full): the record, out of its envelope
 */
JsonObject *
gum_client_get_finish (GumClient     *self,
                       GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (GUM_IS_CLIENT (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, gum_client_get_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

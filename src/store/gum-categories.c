/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Gumroad's catalogue: a few hundred rows that hardly ever change. They are kept in the ledger, so that
 * a category can be chosen on the train, and read again when they are older than a day. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-categories.h"

#include "gum-json.h"
#include "gum-store-private.h"

#define MAX_AGE_SECONDS (24 * 60 * 60)

static void
category_free (gpointer data)
{
  GumCategory *category = data;

  g_free (category->path);
  g_free (category->label);
  g_free (category);
}

static guint
count_slashes (const char *path)
{
  guint count = 0;

  for (; *path != '\0'; path++)
    count += *path == '/';

  return count;
}

/* They come sorted by path, so that each stands below what it belongs to. */
static GPtrArray *
read_rows (JsonArray *rows)
{
  GPtrArray *categories = g_ptr_array_new_with_free_func (category_free);
  guint length = rows != NULL ? json_array_get_length (rows) : 0;

  for (guint i = 0; i < length; i++)
    {
      JsonNode *node = json_array_get_element (rows, i);
      JsonObject *row = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      const char *path = row != NULL ? gum_json_get_string (row, "path") : NULL;
      const char *label = row != NULL ? gum_json_get_string (row, "label") : NULL;
      GumCategory *category;

      if (path == NULL || *path == '\0')
        continue;
      category = g_new0 (GumCategory, 1);
      category->path = g_strdup (path);
      category->label = g_strdup (label != NULL ? label : path);
      category->depth = count_slashes (path);
      g_ptr_array_add (categories, category);
    }

  return categories;
}

/* NULL: the ledger has none. */
static GPtrArray *
read_known (GumStore *self,
            gboolean *is_fresh)
{
  GumConnection *connection = gum_ledger_get_connection (_gum_store_get_ledger (self));
  g_autofree char *text = connection != NULL
                          ? gum_connection_dup_fact (connection, "categories") : NULL;
  g_autoptr(JsonObject) answer = NULL;
  gint64 age;

  if (text == NULL)
    return NULL;

  age = g_get_real_time () / G_USEC_PER_SEC -
        gum_connection_get_fact_int (connection, "categories-at");
  *is_fresh = age >= 0 && age < MAX_AGE_SECONDS;
  answer = gum_json_from_text (text, -1);

  return answer != NULL ? read_rows (gum_json_get_array (answer, "categories")) : NULL;
}

/* In the writer's thread. @data: the answer as text. */
static gpointer
keep (GumConnection  *connection,
      gpointer        data,
      GError        **error)
{
  if (gum_connection_set_fact (connection, "categories", data, error))
    gum_connection_set_fact_int (connection, "categories-at", g_get_real_time () / G_USEC_PER_SEC,
                                 error);

  return NULL;
}

static void
kept_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  /* The ledger tells of the failure itself; they will be read again. */
  gum_ledger_run_finish (GUM_LEDGER (source), result, NULL);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GumStore *self = g_task_get_source_object (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonObject) answer = gum_client_send_finish (GUM_CLIENT (source), result, &error);
  gboolean is_fresh;
  GPtrArray *known;

  if (answer != NULL && gum_json_get_array (answer, "categories") != NULL)
    {
      gum_ledger_run_async (_gum_store_get_ledger (self), GUM_LEDGER_WRITER, keep,
                            gum_json_to_text (answer), g_free, NULL, NULL, kept_cb, NULL);
      g_task_return_pointer (task, read_rows (gum_json_get_array (answer, "categories")),
                             (GDestroyNotify) g_ptr_array_unref);
      return;
    }

  /* Old ones are better than none. */
  known = read_known (self, &is_fresh);
  if (known != NULL)
    g_task_return_pointer (task, known, (GDestroyNotify) g_ptr_array_unref);
  else if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, g_ptr_array_new_with_free_func (category_free),
                           (GDestroyNotify) g_ptr_array_unref);
}

/**
 * gum_store_read_categories_async:
 * @self: a store
 * @cancellable: (nullable): a cancellable
 * @callback: called at the end
 * @user_data: for @callback
 *
 * Reads the catalogue (`GET /categories`), out of the ledger if it was read within a day.
 */
void
gum_store_read_categories_async (GumStore            *self,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(GPtrArray) known = NULL;
  g_autoptr(GumRequest) request = NULL;
  gboolean is_fresh = FALSE;
  GumClient *client;

  g_return_if_fail (GUM_IS_STORE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, gum_store_read_categories_async);
  client = _gum_store_get_client (self);
  known = read_known (self, &is_fresh);
  if (known != NULL && (is_fresh || client == NULL))
    {
      g_task_return_pointer (task, g_steal_pointer (&known), (GDestroyNotify) g_ptr_array_unref);
      return;
    }
  if (client == NULL)
    {
      g_task_return_pointer (task, g_ptr_array_new_with_free_func (category_free),
                             (GDestroyNotify) g_ptr_array_unref);
      return;
    }

  request = gum_request_new ("GET", "categories");
  gum_client_send_async (client, request, cancellable, read_cb, g_steal_pointer (&task));
}

/**
 * gum_store_read_categories_finish:
 * @self: a store
 * @result: from the callback
 * @error: return location: what the client said, and the ledger has none
 *
 * Returns: (transfer full) (element-type GumCategory): each below what it belongs to
 */
GPtrArray *
gum_store_read_categories_finish (GumStore      *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, gum_store_read_categories_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

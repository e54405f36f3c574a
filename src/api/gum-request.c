/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is asked of the API, before any token or host is known. */

#define G_LOG_DOMAIN "gum-api"

#include "config.h"

#include "gum-request.h"
#include "gum-request-private.h"

#include <string.h>

struct _GumRequest
{
  /* owned */
  char     *method;
  char     *path;
  GString  *query;      /* NULL without */
  JsonNode *body;       /* NULL without */

  /* plain */
  gatomicrefcount ref_count;
  gboolean        awaited;
};

G_DEFINE_BOXED_TYPE (GumRequest, gum_request, gum_request_ref, gum_request_unref)

/**
 * gum_request_new:
 * @method: `GET`, `POST`, `PUT` or `DELETE`
 * @path: relative to the API's base, as gum_request_path() makes it
 *
 * Returns: (transfer full): a request
 */
GumRequest *
gum_request_new (const char *method,
                 const char *path)
{
  GumRequest *self;

  g_return_val_if_fail (method != NULL && path != NULL, NULL);
  g_return_val_if_fail (strpbrk (path, "?# \r\n") == NULL, NULL);

  self = g_new0 (GumRequest, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->method = g_strdup (method);
  self->path = g_strdup (path);

  return self;
}

/**
 * gum_request_ref:
 * @self: a request
 *
 * Returns: (transfer full): @self
 */
GumRequest *
gum_request_ref (GumRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

/**
 * gum_request_unref:
 * @self: (transfer full): a request
 */
void
gum_request_unref (GumRequest *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->method);
  g_free (self->path);
  if (self->query != NULL)
    g_string_free (self->query, TRUE);
  g_clear_pointer (&self->body, json_node_unref);
  g_free (self);
}

/**
 * gum_request_add_query:
 * @self: a request
 * @name: the name of a parameter
 * @value: (nullable): its value; nothing is added for %NULL
 *
 * Adds a parameter to the query. Never for secrets: addresses end up in logs of servers.
 */
void
gum_request_add_query (GumRequest *self,
                       const char *name,
                       const char *value)
{
  g_return_if_fail (self != NULL && name != NULL);

  if (value == NULL)
    return;

  if (self->query == NULL)
    self->query = g_string_new (NULL);
  else
    g_string_append_c (self->query, '&');
  g_string_append_uri_escaped (self->query, name, NULL, FALSE);
  g_string_append_c (self->query, '=');
  g_string_append_uri_escaped (self->query, value, NULL, FALSE);
}

/**
 * gum_request_set_json:
 * @self: a request
 * @body: (transfer none): what is sent as `application/json`
 */
void
gum_request_set_json (GumRequest *self,
                      JsonNode   *body)
{
  g_return_if_fail (self != NULL && body != NULL);

  json_node_ref (body);
  g_clear_pointer (&self->body, json_node_unref);
  self->body = body;
}

/**
 * gum_request_set_awaited:
 * @self: a request
 *
 * Makes cancelling it mean "do not send it": once it is on its way, the answer is waited for, because
 * only who knows the answer can undo what the request began.
 */
void
gum_request_set_awaited (GumRequest *self)
{
  g_return_if_fail (self != NULL);

  self->awaited = TRUE;
}

/**
 * gum_request_path:
 * @segment: the first segment
 * @...: further segments, %NULL-terminated
 *
 * Joins segments with '/'. Each is percent-encoded, so that an id, which may be anything, can
 * neither leave its place nor begin a query.
 *
 * Returns: (transfer full): a relative path
 */
char *
gum_request_path (const char *segment,
                  ...)
{
  GString *path = g_string_new (NULL);
  va_list args;

  va_start (args, segment);
  for (; segment != NULL; segment = va_arg (args, const char *))
    {
      if (path->len > 0)
        g_string_append_c (path, '/');
      if (g_str_equal (segment, ".") || g_str_equal (segment, ".."))
        for (const char *dot = segment; *dot != '\0'; dot++)
          g_string_append (path, "%2E");
      else
        g_string_append_uri_escaped (path, segment, NULL, FALSE);
    }
  va_end (args);

  return g_string_free (path, FALSE);
}

const char *
_gum_request_get_method (GumRequest *self)
{
  return self->method;
}

/* Whether sending it again can do no harm. */
gboolean
_gum_request_is_read (GumRequest *self)
{
  return g_str_equal (self->method, "GET");
}

gboolean
_gum_request_is_awaited (GumRequest *self)
{
  return self->awaited;
}

char *
_gum_request_dup_uri (GumRequest *self,
                      const char *base)
{
  if (self->query == NULL)
    return g_strconcat (base, "/", self->path, NULL);

  return g_strconcat (base, "/", self->path, "?", self->query->str, NULL);
}

GBytes *
_gum_request_dup_body (GumRequest *self)
{
  char *text;

  if (self->body == NULL)
    return NULL;

  text = json_to_string (self->body, FALSE);

  return g_bytes_new_take (text, strlen (text));
}

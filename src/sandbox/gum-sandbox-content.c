/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a buyer gets: the files of a product and the pages that show them.  Both are sent as full
 * replacements, and each must agree with the other.
 */
#define G_LOG_DOMAIN "gum-sandbox"

#include "config.h"

#include "gum-sandbox-storage.h"

#define MAX_DEPTH 64

typedef void (*Visit) (JsonObject *node,
                       gpointer    data);

/* Where uploads of this seller lie; only such addresses are accepted. */
char *
gum_sandbox_storage_prefix (GumSandboxState *state)
{
  g_autofree char *user_id = gum_sandbox_dup_string (state->user, "id");

  return g_strdup_printf ("%s/storage/attachments/%s/", state->storage_origin, user_id);
}

static void
visit_nodes (JsonNode *node,
             guint     depth,
             Visit     visit,
             gpointer  data)
{
  if (depth > MAX_DEPTH)
    return;

  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < gum_sandbox_length (array); i++)
        visit_nodes (json_array_get_element (array, i), depth + 1, visit, data);
    }
  else if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject *object = json_node_get_object (node);
      JsonNode *content = json_object_get_member (object, "content");
      JsonNode *marks = json_object_get_member (object, "marks");

      visit (object, data);
      if (content != NULL)
        visit_nodes (content, depth + 1, visit, data);
      if (marks != NULL)
        visit_nodes (marks, depth + 1, visit, data);
    }
}

static void
visit_pages (JsonArray *pages,
             Visit      visit,
             gpointer   data)
{
  for (guint i = 0; pages != NULL && i < gum_sandbox_length (pages); i++)
    {
      JsonNode *page = json_array_get_element (pages, i);
      JsonNode *description = NULL;

      if (JSON_NODE_HOLDS_OBJECT (page))
        description = json_object_get_member (json_node_get_object (page), "description");
      if (description != NULL)
        visit_nodes (description, 0, visit, data);
    }
}

static JsonObject *
embed_attrs (JsonObject *node)
{
  g_autofree char *type = gum_sandbox_dup_string (node, "type");

  return g_strcmp0 (type, "fileEmbed") == 0 ? gum_sandbox_get_object (node, "attrs") : NULL;
}

static void
collect_embed (JsonObject *node,
               gpointer    data)
{
  JsonObject *attrs = embed_attrs (node);
  char *id = attrs != NULL ? gum_sandbox_dup_string (attrs, "id") : NULL;

  if (id != NULL)
    g_ptr_array_add (data, id);
}

static GPtrArray *
embeds_of (JsonArray *pages)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  visit_pages (pages, collect_embed, ids);

  return ids;
}

static JsonObject *
find_by_member (JsonArray  *array,
                const char *member,
                const char *value)
{
  for (guint i = 0; array != NULL && value != NULL && i < gum_sandbox_length (array); i++)
    {
      JsonObject *object = gum_sandbox_object_at (array, i);
      g_autofree char *own = gum_sandbox_dup_string (object, member);

      if (g_strcmp0 (own, value) == 0)
        return object;
    }

  return NULL;
}

/* Files */

static const char *const file_members[] = {
  "id", "external_id", "url", "display_name", "description", "position", "stream_only", NULL,
};

static JsonObject *
new_file (GumSandboxState *state,
          const char      *url)
{
  JsonObject *file = json_object_new ();
  const char *dot = strrchr (url, '.');
  const char *slash = strrchr (url, '/');
  g_autofree char *id = gum_sandbox_external_id (state->serial++, 0xf11e);
  g_autofree char *filetype = NULL;
  g_autofree char *signed_url = NULL;
  GumSandboxUpload *upload = gum_sandbox_find_stored (state, url);

  if (dot != NULL && dot > slash)
    filetype = g_ascii_strdown (dot + 1, -1);
  signed_url = g_strconcat (url, "?expires=900&signature=sandbox", NULL);
  json_object_set_string_member (file, "id", id);
  json_object_set_null_member (file, "name");
  json_object_set_null_member (file, "size");
  json_object_set_string_member (file, "url", signed_url);
  json_object_set_string_member (file, "filetype", filetype != NULL ? filetype : "");
  json_object_set_string_member (file, "filegroup", gum_sandbox_file_group (filetype));
  json_object_set_string_member (file, "_url", url);
  if (upload != NULL)
    json_object_set_int_member (file, "_size", upload->size);
  else
    json_object_set_boolean_member (file, "_missing", TRUE);

  return file;
}

static void
describe_file (JsonObject *file,
               JsonObject *entry)
{
  static const char *const kept[] = { "description", "position", "stream_only" };

  if (json_object_has_member (entry, "display_name"))
    {
      g_autofree char *name = gum_sandbox_dup_string (entry, "display_name");

      gum_sandbox_set_null_string (file, "name", name);
    }
  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    if (json_object_has_member (entry, kept[i]))
      {
        g_autofree char *member = g_strconcat ("_", kept[i], NULL);

        json_object_set_member (file, member,
                                gum_sandbox_copy_node (json_object_get_member (entry, kept[i])));
      }
}

static char *
check_entry (GumSandboxState *state,
             JsonObject      *entry,
             JsonObject      *known,
             const char      *url)
{
  g_autofree char *prefix = gum_sandbox_storage_prefix (state);

  if (json_object_has_member (entry, "modified"))
    return g_strdup ("Files entries cannot contain modified.");
  if (known != NULL && url != NULL)
    {
      g_autofree char *own = gum_sandbox_dup_string (known, "_url");

      if (g_strcmp0 (own, url) != 0)
        return g_strdup ("Include the canonical url of the file to change it.");
      return NULL;
    }
  if (known != NULL)
    {
      if (json_object_get_size (entry) > 1)
        return g_strdup ("Include the canonical url of the file to change it.");
      return NULL;
    }
  if (url == NULL)
    return g_strdup ("Each files entry must have the id of a file of this product or a url.");
  if (!g_str_has_prefix (url, prefix) || strstr (url, "..") != NULL ||
      strstr (url, "%2F") != NULL || strstr (url, "%2f") != NULL)
    return g_strdup ("The url of a file must be one of your own uploads.");

  return NULL;
}

/* Returns NULL, or the sentence that refuses.  @mappings gets what each new file's id became. */
char *
gum_sandbox_apply_files (GumSandboxState *state,
                         JsonObject      *record,
                         JsonArray       *entries,
                         JsonObject      *mappings)
{
  JsonArray *old = gum_sandbox_get_array (record, "files");
  g_autoptr (JsonArray) files = json_array_new ();

  for (guint i = 0; i < gum_sandbox_length (entries); i++)
    {
      JsonNode *node = json_array_get_element (entries, i);
      JsonObject *entry = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      g_autofree char *id = NULL;
      g_autofree char *external = NULL;
      g_autofree char *url = NULL;
      JsonObject *known;
      char *error;

      if (entry == NULL)
        return g_strdup ("Each files entry must be an object.");

      id = gum_sandbox_dup_string (entry, "id");
      external = gum_sandbox_dup_string (entry, "external_id");
      url = gum_sandbox_dup_string (entry, "url");
      known = find_by_member (old, "id", id);
      error = check_entry (state, entry, known, url);
      if (error != NULL)
        return error;

      if (known == NULL)
        known = find_by_member (old, "_url", url);
      if (known != NULL)
        json_object_ref (known);
      else
        known = new_file (state, url);
      describe_file (known, entry);
      if (external != NULL || id != NULL)
        {
          const char *sent = external != NULL ? external : id;
          const char *real = gum_sandbox_peek_string (known, "id");

          if (!g_str_equal (sent, real))
            json_object_set_string_member (mappings, sent, real);
        }
      json_array_add_object_element (files, known);
    }

  json_object_set_array_member (record, "files", json_array_ref (files));

  return NULL;
}

gboolean
gum_sandbox_has_unknown_file_member (JsonArray *entries)
{
  for (guint i = 0; i < gum_sandbox_length (entries); i++)
    {
      JsonNode *node = json_array_get_element (entries, i);

      if (JSON_NODE_HOLDS_OBJECT (node))
        {
          g_autoptr (GList) names = json_object_get_members (json_node_get_object (node));

          for (GList *l = names; l != NULL; l = l->next)
            if (!g_strv_contains (file_members, l->data) && !g_str_equal (l->data, "modified"))
              return TRUE;
        }
    }

  return FALSE;
}

/* Every embed of @pages must be a file of @record. */
char *
gum_sandbox_check_embeds (JsonObject *record,
                          JsonArray  *pages,
                          const char *sentence)
{
  JsonArray *files = gum_sandbox_get_array (record, "files");
  g_autoptr (GPtrArray) ids = embeds_of (pages);
  GString *missing = g_string_new (NULL);

  for (guint i = 0; i < ids->len; i++)
    if (find_by_member (files, "id", ids->pdata[i]) == NULL)
      g_string_append_printf (missing, "%s%s", missing->len > 0 ? ", " : "",
                              (const char *) ids->pdata[i]);

  if (missing->len == 0)
    {
      g_string_free (missing, TRUE);
      return NULL;
    }

  g_string_prepend (missing, sentence);

  return g_string_free (missing, FALSE);
}

/* Pages */

static void
collect_scheme (JsonObject *node,
                gpointer    data)
{
  static const char *const blocked[] = { "javascript", "data", "vbscript", "file", "blob", NULL };
  static const char *const members[] = { "href", "link", "url", "src" };
  JsonObject *attrs = gum_sandbox_get_object (node, "attrs");

  for (guint i = 0; attrs != NULL && i < G_N_ELEMENTS (members); i++)
    {
      g_autofree char *url = gum_sandbox_dup_string (attrs, members[i]);
      g_autofree char *scheme = url != NULL ? g_uri_parse_scheme (url) : NULL;
      g_autofree char *lower = scheme != NULL ? g_ascii_strdown (scheme, -1) : NULL;

      if (lower != NULL && g_strv_contains (blocked, lower))
        g_ptr_array_add (data, g_steal_pointer (&lower));
    }
}

static void
rewrite_embed (JsonObject *node,
               gpointer    data)
{
  JsonObject *attrs = embed_attrs (node);
  g_autofree char *id = attrs != NULL ? gum_sandbox_dup_string (attrs, "id") : NULL;
  g_autofree char *real = id != NULL ? gum_sandbox_dup_string (data, id) : NULL;

  if (real != NULL)
    json_object_set_string_member (attrs, "id", real);
}

static JsonObject *
make_page (GumSandboxState *state,
           JsonObject      *sent,
           JsonObject      *known,
           const char      *variant_id)
{
  JsonObject *page = json_object_new ();
  JsonNode *description = json_object_get_member (sent, "description");
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *time = g_date_time_format (now, "%Y-%m-%dT%H:%M:%SZ");
  g_autofree char *title = gum_sandbox_dup_string (sent, "title");
  g_autofree char *id = NULL;

  if (known != NULL)
    id = gum_sandbox_dup_string (known, "id");
  else
    id = gum_sandbox_external_id (state->serial++, 0xfa9e);

  json_object_set_string_member (page, "id", id);
  json_object_set_string_member (page, "page_id", id);
  gum_sandbox_set_null_string (page, "title", title);
  gum_sandbox_set_null_string (page, "variant_id", variant_id);
  if (JSON_NODE_HOLDS_ARRAY (description))
    {
      JsonObject *doc = json_object_new ();

      json_object_set_string_member (doc, "type", "doc");
      json_object_set_member (doc, "content", gum_sandbox_copy_node (description));
      json_object_set_object_member (page, "description", doc);
    }
  else
    {
      json_object_set_member (page, "description", gum_sandbox_copy_node (description));
    }
  json_object_set_string_member (page, "updated_at", time);

  return page;
}

static const char *
check_page (JsonNode *node)
{
  JsonNode *description;
  JsonNode *content;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return "rich_content must be an array of content page objects.";

  description = json_object_get_member (json_node_get_object (node), "description");
  if (description == NULL || JSON_NODE_HOLDS_VALUE (description) ||
      JSON_NODE_HOLDS_NULL (description))
    return "Each rich_content page description must be a JSON object or array.";

  content = description;
  if (JSON_NODE_HOLDS_OBJECT (description))
    content = json_object_get_member (json_node_get_object (description), "content");
  if (content == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_ARRAY (content))
    return "rich_content description content must be an array.";
  for (guint i = 0; i < gum_sandbox_length (json_node_get_array (content)); i++)
    if (!JSON_NODE_HOLDS_OBJECT (json_array_get_element (json_node_get_array (content), i)))
      return "Each rich_content content node must be a JSON object.";

  return NULL;
}

/* Sets @owner's pages, a product or a version of it.  NULL: accepted; else a refusal. */
char *
gum_sandbox_apply_pages (GumSandboxState *state,
                         JsonObject      *record,
                         JsonObject      *owner,
                         JsonNode        *sent,
                         JsonObject      *mappings)
{
  JsonArray *old = gum_sandbox_get_array (owner, "rich_content");
  g_autoptr (JsonArray) pages = json_array_new ();
  g_autoptr (GPtrArray) schemes = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *variant_id = NULL;
  char *error;

  if (!JSON_NODE_HOLDS_ARRAY (sent))
    return g_strdup ("rich_content must be an array of content page objects.");
  if (owner != record)
    variant_id = gum_sandbox_dup_string (owner, "id");

  for (guint i = 0; i < gum_sandbox_length (json_node_get_array (sent)); i++)
    {
      JsonNode *node = json_array_get_element (json_node_get_array (sent), i);
      const char *refusal = check_page (node);
      g_autofree char *id = NULL;

      if (refusal != NULL)
        return g_strdup (refusal);

      id = gum_sandbox_dup_string (json_node_get_object (node), "id");
      json_array_add_object_element (pages, make_page (state, json_node_get_object (node),
                                                       find_by_member (old, "id", id),
                                                       variant_id));
    }

  visit_pages (pages, collect_scheme, schemes);
  if (schemes->len > 0)
    return g_strdup_printf ("Links cannot use these URL schemes: %s",
                            (const char *) schemes->pdata[0]);

  visit_pages (pages, rewrite_embed, mappings);
  error = gum_sandbox_check_embeds (record, pages,
                                    "File embeds reference files not belonging to this product: ");
  if (error == NULL)
    json_object_set_array_member (owner, "rich_content", json_array_ref (pages));

  return error;
}

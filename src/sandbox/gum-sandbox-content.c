/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The pages that a buyer gets: on the product, or on each of its versions.  They are sent as full
 * replacements, and must agree with the files.
 */
#define G_LOG_DOMAIN "gum-sandbox"

#include "config.h"

#include "gum-sandbox-private.h"

#define MAX_DEPTH 64

typedef void (*Visit) (JsonObject *node,
                       gpointer    data);

/* Embedded files are looked for at the top, and inside of these. */
static gboolean
may_hold_files (JsonObject *node)
{
  static const char *const types[] = {
    "doc", "fileEmbedGroup", "orderedList", "bulletList", "listItem", "blockquote", NULL,
  };
  g_autofree char *type = gum_sandbox_dup_string (node, "type");

  return type == NULL || g_strv_contains (types, type);
}

static void
visit_nodes (JsonNode *node,
             guint     depth,
             gboolean  for_files,
             Visit     visit,
             gpointer  data)
{
  if (depth > MAX_DEPTH)
    return;

  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < gum_sandbox_length (array); i++)
        visit_nodes (json_array_get_element (array, i), depth + 1, for_files, visit, data);
    }
  else if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject *object = json_node_get_object (node);
      JsonNode *content = json_object_get_member (object, "content");
      JsonNode *marks = json_object_get_member (object, "marks");

      visit (object, data);
      if (content != NULL && (!for_files || may_hold_files (object)))
        visit_nodes (content, depth + 1, for_files, visit, data);
      if (marks != NULL && !for_files)
        visit_nodes (marks, depth + 1, for_files, visit, data);
    }
}

static void
visit_pages (JsonArray *pages,
             gboolean   for_files,
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
        visit_nodes (description, 0, for_files, visit, data);
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

  visit_pages (pages, TRUE, collect_embed, ids);

  return ids;
}

/*
 * Which files @pages embed that are not among @files; with @old, only those that were among them.
 * Returns: (nullable): their ids
 */
static char *
list_absent (JsonArray *pages,
             JsonArray *files,
             JsonArray *old)
{
  g_autoptr (GPtrArray) ids = embeds_of (pages);
  g_autoptr (GPtrArray) listed = g_ptr_array_new ();

  for (guint i = 0; i < ids->len; i++)
    if (gum_sandbox_find_in (files, "id", ids->pdata[i], TRUE) == NULL &&
        (old == NULL || gum_sandbox_find_in (old, "id", ids->pdata[i], TRUE) != NULL))
      g_ptr_array_add (listed, ids->pdata[i]);
  if (listed->len == 0)
    return NULL;

  g_ptr_array_add (listed, NULL);

  return g_strjoinv (", ", (char **) listed->pdata);
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
  g_autofree char *absent = NULL;

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
                                                       gum_sandbox_find_in (old, "id", id, TRUE),
                                                       variant_id));
    }

  visit_pages (pages, FALSE, collect_scheme, schemes);
  if (schemes->len > 0)
    return g_strdup_printf ("Links cannot use these URL schemes: %s",
                            (const char *) schemes->pdata[0]);

  visit_pages (pages, TRUE, rewrite_embed, mappings);
  absent = list_absent (pages, gum_sandbox_get_array (record, "files"), NULL);
  if (absent != NULL)
    return g_strconcat ("File embeds reference files not belonging to this product: ", absent,
                        NULL);

  json_object_set_array_member (owner, "rich_content", json_array_ref (pages));

  return NULL;
}

/* Shared, or of each version */

static gboolean
is_shared (JsonObject *record)
{
  return gum_sandbox_get_bool (record, "has_same_rich_content_for_all_variants", TRUE);
}

/* Returns: (transfer container): the living ones of all categories */
static GPtrArray *
variants_of (JsonObject *record)
{
  JsonArray *categories = gum_sandbox_get_array (record, "_variant_categories");
  GPtrArray *result = g_ptr_array_new ();

  for (guint i = 0; i < gum_sandbox_length (categories); i++)
    {
      JsonArray *variants = gum_sandbox_get_array (gum_sandbox_object_at (categories, i),
                                                   "_variants");

      for (guint j = 0; j < gum_sandbox_length (variants); j++)
        if (!gum_sandbox_get_bool (gum_sandbox_object_at (variants, j), "_deleted", FALSE))
          g_ptr_array_add (result, gum_sandbox_object_at (variants, j));
    }

  return result;
}

/* The ids of pages and their times are left out of the comparison. */
static char *
content_text (JsonObject *owner)
{
  JsonArray *pages = gum_sandbox_get_array (owner, "rich_content");
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < gum_sandbox_length (pages); i++)
    {
      JsonObject *page = gum_sandbox_object_at (pages, i);
      g_autofree char *title = gum_sandbox_dup_string (page, "title");
      g_autofree char *json = json_to_string (json_object_get_member (page, "description"), FALSE);

      g_string_append_printf (text, "%s\n%s\n", title != NULL ? title : "", json);
    }

  return g_string_free (text, FALSE);
}

static void
move_pages (JsonObject *from,
            JsonObject *to,
            const char *variant_id)
{
  JsonArray *pages = gum_sandbox_get_array (from, "rich_content");

  if (pages == NULL)
    return;

  for (guint i = 0; i < gum_sandbox_length (pages); i++)
    gum_sandbox_set_null_string (gum_sandbox_object_at (pages, i), "variant_id", variant_id);
  json_array_ref (pages);
  json_object_set_array_member (from, "rich_content", json_array_new ());
  json_object_set_array_member (to, "rich_content", pages);
}

static char *
share (JsonObject *record)
{
  g_autoptr (GPtrArray) variants = variants_of (record);
  gboolean own = gum_sandbox_length (gum_sandbox_get_array (record, "rich_content")) > 0;
  JsonObject *source = NULL;
  gboolean same = TRUE;
  guint n_filled = 0;

  for (guint i = 0; i < variants->len; i++)
    {
      g_autofree char *first = content_text (variants->pdata[0]);
      g_autofree char *text = content_text (variants->pdata[i]);

      same &= g_str_equal (first, text);
      if (text[0] != '\0')
        {
          n_filled++;
          source = variants->pdata[i];
        }
    }

  if ((own && n_filled > 0) || (n_filled > 1 && !same))
    return g_strdup ("Cannot switch to shared content: the variants have different content. Remove "
                     "or align it first.");
  if (source != NULL)
    move_pages (source, record, NULL);
  for (guint i = 0; i < variants->len; i++)
    json_object_remove_member (variants->pdata[i], "rich_content");

  return NULL;
}

static char *
split (JsonObject *record)
{
  g_autoptr (GPtrArray) variants = variants_of (record);

  if (variants->len == 0)
    return g_strdup ("Cannot switch to per-variant content: the product has no variants.");

  move_pages (record, variants->pdata[0], gum_sandbox_peek_string (variants->pdata[0], "id"));

  return NULL;
}

static char *
apply_mode (JsonObject *record,
            JsonObject *params)
{
  static const char name[] = "has_same_rich_content_for_all_variants";
  gboolean shared = gum_sandbox_get_bool (params, name, TRUE);
  char *error;

  if (!json_object_has_member (params, name) || shared == is_shared (record))
    return NULL;

  error = shared ? share (record) : split (record);
  if (error == NULL)
    json_object_set_boolean_member (record, name, shared);

  return error;
}

/* A file that is embedded anywhere cannot be taken away. */
static char *
check_removed (JsonObject *record,
               JsonArray  *old)
{
  JsonArray *files = gum_sandbox_get_array (record, "files");
  g_autoptr (GPtrArray) variants = variants_of (record);
  g_autofree char *absent = NULL;

  absent = list_absent (gum_sandbox_get_array (record, "rich_content"), files, old);
  for (guint i = 0; absent == NULL && i < variants->len; i++)
    absent = list_absent (gum_sandbox_get_array (variants->pdata[i], "rich_content"), files, old);

  return absent != NULL ? g_strconcat ("Cannot remove files still referenced in rich content: ",
                                       absent, NULL) : NULL;
}

/* Files, pages and where they are.  Returns NULL, or the sentence that refuses. */
char *
gum_sandbox_apply_content (GumSandboxState *state,
                           JsonObject      *record,
                           JsonObject      *params,
                           gboolean         creating,
                           JsonObject      *extra)
{
  g_autoptr (JsonObject) mappings = json_object_new ();
  JsonArray *files = gum_sandbox_get_array (params, "files");
  JsonNode *pages = json_object_get_member (params, "rich_content");
  JsonArray *before = gum_sandbox_get_array (record, "files");
  g_autoptr (JsonArray) old = before != NULL ? json_array_ref (before) : json_array_new ();
  char *error = creating ? NULL : apply_mode (record, params);

  if (error == NULL && files != NULL)
    error = gum_sandbox_apply_files (state, record, files, creating, mappings);
  if (error == NULL && pages != NULL)
    {
      if (!is_shared (record))
        return g_strdup ("Cannot update product-level rich content while in per-variant mode. "
                         "Update the variants instead.");
      error = gum_sandbox_apply_pages (state, record, record, pages, mappings);
    }
  if (error == NULL && files != NULL)
    error = check_removed (record, old);
  if (error == NULL && !creating && json_object_get_size (mappings) > 0)
    json_object_set_object_member (extra, "file_id_mappings", json_object_ref (mappings));

  return error;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A change of a product's files, and what becomes of lists of files and of pages by it. How that is sent:
 * gum-file-change-send.c. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-file-change-private.h"

#include "gum-content.h"
#include "gum-json.h"
#include "gum-product-keys.h"
#include "gum-util.h"

#include <string.h>

gboolean
_gum_file_change_brings (const GumFileChange *self)
{
  return self->kind == GUM_FILE_ADD || self->kind == GUM_FILE_REPLACE;
}

gboolean
_gum_file_change_takes (const GumFileChange *self)
{
  return self->kind == GUM_FILE_REPLACE || self->kind == GUM_FILE_REMOVE;
}

/* Whether it is for one version alone. */
gboolean
_gum_file_change_is_for_one (const GumFileChange *self)
{
  return (self->kind == GUM_FILE_ADD || self->kind == GUM_FILE_DELIVER) && self->version != NULL &&
         strcmp (self->version, GUM_FILE_NO_VERSION) != 0;
}

/* --- records ---------------------------------------------------------------------------------- */

static const char *
get_id (JsonNode *node)
{
  return JSON_NODE_HOLDS_OBJECT (node) ? gum_json_get_string (json_node_get_object (node), "id") : NULL;
}

gboolean
_gum_file_change_is_attached (JsonObject *record,
                              const char *id)
{
  JsonArray *files = gum_json_get_array (record, "files");

  for (guint i = 0; files != NULL && i < json_array_get_length (files); i++)
    {
      if (g_strcmp0 (get_id (json_array_get_element (files, i)), id) == 0)
        return TRUE;
    }

  return FALSE;
}

/* The directory of an upload in the storage, with both slashes; no two have the same. (nullable) */
static char *
dup_directory (const char *url)
{
  const char *end = strstr (url, "/original/");
  const char *start = end;

  while (start != NULL && start > url && start[-1] != '/')
    start--;

  return start != NULL && start > url && start < end ? g_strndup (start - 1, end - start + 2) : NULL;
}

/* The file that was attached by its canonical address @url. Gumroad does not tell these, but it keeps the place in
 * the storage in the addresses that it tells; and an entry for a file that is in the list beside it would attach it
 * a second time. (nullable) */
const char *
_gum_file_change_find_url (JsonObject *record,
                           const char *url)
{
  JsonArray *files = gum_json_get_array (record, "files");
  g_autofree char *directory = dup_directory (url);

  for (guint i = 0; files != NULL && directory != NULL && i < json_array_get_length (files); i++)
    {
      JsonNode *node = json_array_get_element (files, i);
      const char *other = JSON_NODE_HOLDS_OBJECT (node)
                          ? gum_json_get_string (json_node_get_object (node), "url") : NULL;

      if (other != NULL && strstr (other, directory) != NULL)
        return get_id (node);
    }

  return NULL;
}

gboolean
_gum_file_change_is_by_version (JsonObject *record)
{
  JsonArray *variants = gum_json_get_array (record, "variants");

  return !gum_content_is_shared (record) && variants != NULL && json_array_get_length (variants) > 0;
}

static gboolean
is_in_group (JsonNode   *node,
             const char *id)
{
  JsonArray *options = JSON_NODE_HOLDS_OBJECT (node)
                       ? gum_json_get_array (json_node_get_object (node), "options") : NULL;

  for (guint i = 0; options != NULL && i < json_array_get_length (options); i++)
    {
      JsonNode *option = json_array_get_element (options, i);

      if (JSON_NODE_HOLDS_OBJECT (option) &&
          gum_content_has_file (json_object_get_member (json_node_get_object (option), "rich_content"), id))
        return TRUE;
    }

  return FALSE;
}

/* Whether any buyer gets it. */
gboolean
_gum_file_change_is_delivered (JsonObject *record,
                               const char *id)
{
  JsonArray *variants = gum_json_get_array (record, "variants");

  if (!_gum_file_change_is_by_version (record))
    return gum_content_has_file (json_object_get_member (record, "rich_content"), id);
  for (guint i = 0; i < json_array_get_length (variants); i++)
    {
      if (is_in_group (json_array_get_element (variants, i), id))
        return TRUE;
    }

  return FALSE;
}

/* --- what is sent ----------------------------------------------------------------------------- */

static void
set_words (JsonObject          *entry,
           const GumFileChange *self)
{
  if (self->name != NULL)
    json_object_set_string_member (entry, "display_name", self->name);
  if (self->description != NULL)
    json_object_set_string_member (entry, "description", self->description);
}

/* Gumroad orders files by their position and not by that in the list, and keeps the positions of those of which only
 * the id is sent. */
static void
append_new (const GumFileChange *self,
            JsonArray           *files,
            guint                position)
{
  JsonObject *entry = json_object_new ();

  json_object_set_string_member (entry, "external_id", GUM_FILE_NEW_ID);
  json_object_set_string_member (entry, "url", self->url);
  json_object_set_int_member (entry, "position", position);
  set_words (entry, self);
  json_array_add_object_element (files, entry);
}

/* The whole list, which takes the place of the one that is there: what is not in it is deleted. */
JsonArray *
_gum_file_change_new_files (const GumFileChange *self,
                            JsonObject          *record,
                            gboolean             with_new,
                            gboolean             with_old)
{
  JsonArray *known = gum_json_get_array (record, "files");
  guint n_known = known != NULL ? json_array_get_length (known) : 0;
  JsonArray *files = json_array_new ();

  for (guint i = 0; i < n_known; i++)
    {
      const char *id = get_id (json_array_get_element (known, i));
      gboolean is_meant = g_strcmp0 (id, self->id) == 0;
      JsonObject *entry;

      if (id == NULL)
        continue;
      if (with_old || !_gum_file_change_takes (self) || !is_meant)
        {
          entry = json_object_new ();
          json_object_set_string_member (entry, "id", id);
          if (self->kind == GUM_FILE_RENAME && is_meant)
            {
              json_object_set_string_member (entry, "url", self->url);
              set_words (entry, self);
            }
          json_array_add_object_element (files, entry);
        }
      if (with_new && is_meant)
        append_new (self, files, i);
    }
  if (with_new && self->id == NULL)
    append_new (self, files, n_known);

  return files;
}

/* @new_id: what stands for a file that is brought. (transfer full) (nullable): NULL: they stay as they are. */
JsonNode *
_gum_file_change_new_pages (const GumFileChange *self,
                            JsonNode            *pages,
                            const char          *new_id)
{
  switch (self->kind)
    {
    case GUM_FILE_ADD:
      return gum_content_has_file (pages, new_id) ? NULL : gum_content_add_file (pages, new_id);
    case GUM_FILE_REPLACE:
      return gum_content_has_file (pages, self->id) ? gum_content_replace_file (pages, self->id, new_id)
                                                    : NULL;
    case GUM_FILE_REMOVE:
      return gum_content_has_file (pages, self->id) ? gum_content_remove_file (pages, self->id) : NULL;
    case GUM_FILE_DELIVER:
      return gum_content_has_file (pages, self->id) ? NULL : gum_content_add_file (pages, self->id);
    case GUM_FILE_RENAME:
    default:
      return NULL;
    }
}

/* --- public ----------------------------------------------------------------------------------- */

/**
 * gum_file_change_new:
 * @kind: what is to be done
 * @id: (nullable): the file that it is done to
 * @url: (nullable): the canonical address of what was uploaded
 * @name: (nullable): what buyers see
 * @description: (nullable): below the name
 *
 * Returns: (transfer full): a change
 */
GumFileChange *
gum_file_change_new (GumFileChangeKind  kind,
                     const char        *id,
                     const char        *url,
                     const char        *name,
                     const char        *description)
{
  GumFileChange *self = g_new0 (GumFileChange, 1);

  self->kind = kind;
  self->id = g_strdup (id);
  self->url = g_strdup (url);
  self->name = g_strdup (name);
  self->description = g_strdup (description);

  return self;
}

/**
 * gum_file_change_set_version:
 * @self: a change that puts a file on pages
 * @version: (nullable): the key of a version's pages, from gum_product_keys_dup_version(): on these alone;
 *   %GUM_FILE_NO_VERSION: on none; %NULL: on those of every version
 *
 * Where it goes if each version has content of its own. A file that replaces another goes where that one is.
 */
void
gum_file_change_set_version (GumFileChange *self,
                             const char    *version)
{
  g_return_if_fail (self != NULL);

  gum_set_str (&self->version, version);
}

/**
 * gum_file_change_copy:
 * @self: a change
 *
 * Returns: (transfer full): the same
 */
GumFileChange *
gum_file_change_copy (const GumFileChange *self)
{
  GumFileChange *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = gum_file_change_new (self->kind, self->id, self->url, self->name, self->description);
  copy->version = g_strdup (self->version);

  return copy;
}

/**
 * gum_file_change_free:
 * @self: (transfer full) (nullable): a change
 */
void
gum_file_change_free (GumFileChange *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->url);
  g_free (self->name);
  g_free (self->description);
  g_free (self->version);
  g_free (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The files of a product, as they are written: each list is a full replacement of the one before.
 */
#define G_LOG_DOMAIN "gum-sandbox"

#include "config.h"

#include "gum-sandbox-storage.h"

/* Where uploads of this seller lie; only such addresses are accepted. */
char *
gum_sandbox_storage_prefix (GumSandboxState *state)
{
  g_autofree char *user_id = gum_sandbox_dup_string (state->user, "id");

  return g_strdup_printf ("%s/storage/attachments/%s/", state->storage_origin, user_id);
}

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
  g_autofree char *escaped = NULL;
  g_autofree char *signed_url = NULL;
  GumSandboxUpload *upload = gum_sandbox_find_stored (state, url);

  if (dot != NULL && dot > slash)
    filetype = g_ascii_strdown (dot + 1, -1);
  escaped = g_uri_escape_string (url, ":/", FALSE);
  signed_url = g_strconcat (escaped, "?expires=900&signature=sandbox", NULL);
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
        return g_strdup ("File URLs must reference your own uploaded files. Use the presigned upload "
                         "endpoint to upload files first.");
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

static gint64
position_of (JsonObject *file)
{
  gint64 position = -1;

  gum_sandbox_get_int (file, "_position", &position);

  return position;
}

static gint
compare_positions (gconstpointer a,
                   gconstpointer b)
{
  gint64 left = position_of ((JsonObject *) a);
  gint64 right = position_of ((JsonObject *) b);

  return left < right ? -1 : left > right;
}

/* By position; the order of the request decides only where that is the same or not known. */
static JsonArray *
in_order (GList *files)
{
  JsonArray *array = json_array_new ();

  files = g_list_sort (files, compare_positions);
  for (GList *l = files; l != NULL; l = l->next)
    json_array_add_object_element (array, l->data);
  g_list_free (files);

  return array;
}

static void
file_list_free (GList *files)
{
  g_list_free_full (files, (GDestroyNotify) json_object_unref);
}

typedef GList FileList;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FileList, file_list_free)

/* What was not uploaded over this interface was put in order in the editor, which numbers the files. */
static void
number (JsonArray *files)
{
  for (guint i = 0; i < gum_sandbox_length (files); i++)
    {
      JsonObject *file = gum_sandbox_object_at (files, i);

      if (file != NULL && !json_object_has_member (file, "_url") && position_of (file) < 0)
        json_object_set_int_member (file, "_position", i);
    }
}

static gboolean
is_named (JsonObject *file,
          JsonArray  *entries)
{
  return gum_sandbox_find_in (entries, "id", gum_sandbox_peek_string (file, "id"), TRUE) != NULL;
}

/* Whoever names it by its id as well wants it twice. */
static JsonObject *
find_same (JsonArray  *old,
           JsonArray  *entries,
           const char *url)
{
  JsonObject *file = gum_sandbox_find_in (old, "_url", url, TRUE);

  return file != NULL && !is_named (file, entries) ? file : NULL;
}

/*
 * Returns NULL, or the sentence that refuses.  @mappings gets what each new file's id became; only
 * an update knows external ids.
 */
char *
gum_sandbox_apply_files (GumSandboxState *state,
                         JsonObject      *record,
                         JsonArray       *entries,
                         gboolean         creating,
                         JsonObject      *mappings)
{
  JsonArray *old = gum_sandbox_get_array (record, "files");
  g_autoptr (FileList) files = NULL;

  number (old);
  for (guint i = 0; i < gum_sandbox_length (entries); i++)
    {
      JsonObject *entry = gum_sandbox_object_at (entries, i);
      g_autofree char *id = gum_sandbox_dup_string (entry, "id");
      g_autofree char *external = gum_sandbox_dup_string (entry, "external_id");
      g_autofree char *url = gum_sandbox_dup_string (entry, "url");
      const char *sent = external != NULL && !creating ? external : id;
      JsonObject *file = gum_sandbox_find_in (old, "id", id, TRUE);
      gboolean renames = FALSE;
      char *error;

      if (entry == NULL)
        return g_strdup ("Each files entry must be an object.");
      error = check_entry (state, entry, file, url);
      if (error != NULL)
        return error;

      /* The same address is the same file: so a request can be repeated. */
      if (file == NULL)
        file = find_same (old, entries, url);
      for (GList *l = files; l != NULL && file == NULL; l = l->next)
        if (g_strcmp0 (gum_sandbox_peek_string (l->data, "_url"), url) == 0 && !is_named (l->data, entries))
          file = l->data;
      if (file == NULL)
        {
          file = new_file (state, url);
        }
      else
        {
          json_object_ref (file);
          renames = json_object_has_member (entry, "display_name") &&
                    !g_str_equal (gum_sandbox_peek_string (file, "name"),
                                  gum_sandbox_peek_string (entry, "display_name"));
        }
      describe_file (file, entry);
      if (renames)
        json_object_set_boolean_member (file, "_renamed", TRUE);
      if (sent != NULL && !g_str_equal (sent, gum_sandbox_peek_string (file, "id")))
        json_object_set_string_member (mappings, sent, gum_sandbox_peek_string (file, "id"));

      if (g_list_find (files, file) == NULL)
        files = g_list_append (files, file);
      else
        json_object_unref (file);
    }

  json_object_set_array_member (record, "files", in_order (g_steal_pointer (&files)));
  json_object_set_boolean_member (record, "_uploads", TRUE);

  return NULL;
}

/* What a storage object is called follows from the file's name; but only some time after. */
static void
rename_file (GumSandboxState *state,
             JsonObject      *file)
{
  const char *url = gum_sandbox_peek_string (file, "_url");
  GumSandboxUpload *upload = gum_sandbox_find_stored (state, url);
  const char *slash = strrchr (url, '/');
  g_autofree char *new_url = NULL;

  json_object_remove_member (file, "_renamed");
  if (upload == NULL || slash == NULL)
    return;

  new_url = g_strdup_printf ("%.*s/%s.%s", (int) (slash - url), url,
                             gum_sandbox_peek_string (file, "name"),
                             gum_sandbox_peek_string (file, "filetype"));
  g_free (upload->key);
  upload->key = g_strdup (new_url + strlen (state->storage_origin) + strlen ("/storage/"));
  json_object_set_string_member (file, "_url", new_url);
}

void
gum_sandbox_files_rename (GumSandboxState *state)
{
  for (guint i = 0; i < state->order->len; i++)
    {
      GumSandboxProduct *product = state->order->pdata[i];
      JsonArray *files = NULL;

      if (product->record != NULL)
        files = gum_sandbox_get_array (product->record, "files");
      for (guint j = 0; j < gum_sandbox_length (files); j++)
        {
          JsonObject *file = gum_sandbox_object_at (files, j);

          if (file != NULL && gum_sandbox_get_bool (file, "_renamed", FALSE))
            rename_file (state, file);
        }
    }
}

/* Of the only file; of none or several nothing is said. */
JsonObject *
gum_sandbox_file_info (GumSandboxState *state,
                       JsonObject      *record)
{
  static const char *const units[] = { "KB", "MB", "GB" };
  JsonArray *files = gum_sandbox_get_array (record, "files");
  JsonObject *info = json_object_new ();
  JsonObject *only = NULL;
  guint n_files = 0;
  gint64 size = 0;
  g_autofree char *text = NULL;
  double number;
  guint unit = 0;

  for (guint i = 0; i < gum_sandbox_length (files); i++)
    if (!gum_sandbox_get_bool (gum_sandbox_object_at (files, i), "_missing", FALSE))
      {
        only = gum_sandbox_object_at (files, i);
        n_files++;
      }

  if (n_files != 1 ||
      !((state->storage->analyses && gum_sandbox_get_int (only, "_size", &size)) ||
        gum_sandbox_get_int (only, "size", &size)))
    return info;

  number = (double) size / 1024;
  for (; number >= 1024 && unit + 1 < G_N_ELEMENTS (units); unit++)
    number /= 1024;
  text = size < 1024 ? g_strdup_printf ("%" G_GINT64_FORMAT " Bytes", size)
                     : g_strdup_printf ("%.3g %s", number, units[unit]);
  json_object_set_string_member (info, "Size", text);

  return info;
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


/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The shop at start: the products written by hand in sample.json, then as many generated ones as
 * are asked for.  Also what turns a sparse description of a product into a complete record.
 */
#define G_LOG_DOMAIN "gum-sandbox"

#include "config.h"

#include "gum-sandbox-private.h"
#include "gum-sandbox-resources.h"

#include <stdio.h>

#define SAMPLE_RESOURCE "/org/example/Gumroad/sandbox/sample.json"
#define NEWEST_PRODUCT (G_GINT64_CONSTANT (1788256800) * G_USEC_PER_SEC) /* 2026-09-01 10:00 UTC */
#define PRODUCT_SPACING (G_GINT64_CONSTANT (27000) * G_USEC_PER_SEC + 1237)

/* A mixer of the splitmix family: cheap, and good enough to look random. */
guint64
gum_sandbox_mix (guint64 value)
{
  value += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  value = (value ^ value >> 30) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  value = (value ^ value >> 27) * G_GUINT64_CONSTANT (0x94d049bb133111eb);

  return value ^ value >> 31;
}

static void
fill (guint8  bytes[16],
      guint64 a,
      guint64 b)
{
  for (guint i = 0; i < 2; i++)
    {
      guint64 word = gum_sandbox_mix (gum_sandbox_mix (a + i) ^ b);

      memcpy (bytes + 8 * i, &word, 8);
    }
}

char *
gum_sandbox_external_id (guint64 a,
                         guint64 b)
{
  guint8 bytes[16];
  char *text;

  fill (bytes, a, b);
  text = g_base64_encode (bytes, sizeof bytes);
  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');

  return text;
}

char *
gum_sandbox_guid (guint64 a,
                  guint64 b)
{
  static const char digits[] = "0123456789abcdef";
  char *text = g_malloc0 (33);
  guint8 bytes[16];

  fill (bytes, a, b);
  for (guint i = 0; i < sizeof bytes; i++)
    {
      text[2 * i] = digits[bytes[i] >> 4];
      text[2 * i + 1] = digits[bytes[i] & 15];
    }

  return text;
}

/* Completing a record */

static void
make_absolute (GumSandboxState *state,
               JsonObject      *object,
               const char      *key)
{
  g_autofree char *path = gum_sandbox_dup_string (object, key);

  if (path != NULL && path[0] == '/')
    {
      g_autofree char *url = g_strconcat (state->origin, path, NULL);

      json_object_set_string_member (object, key, url);
    }
}

static JsonObject *
make_cover (GumSandboxState *state,
            const char      *path)
{
  const char *dot = strrchr (path, '.');
  guint width = 0;
  guint height = 0;

  if (sscanf (path, "/pictures/%*[a-z]-%ux%u-", &width, &height) != 2)
    width = 0;

  return gum_sandbox_cover_new (state, path, dot != NULL ? dot + 1 : NULL, width, height);
}

static void
complete_covers (GumSandboxState *state,
                 JsonObject      *record)
{
  JsonArray *covers = gum_sandbox_get_array (record, "covers");
  JsonArray *complete = json_array_new ();

  for (guint i = 0; covers != NULL && i < gum_sandbox_length (covers); i++)
    {
      JsonNode *node = json_array_get_element (covers, i);
      JsonObject *cover;

      if (JSON_NODE_HOLDS_OBJECT (node))
        cover = json_object_ref (json_node_get_object (node));
      else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_string (node) != NULL)
        cover = make_cover (state, json_node_get_string (node));
      else
        continue;

      make_absolute (state, cover, "url");
      make_absolute (state, cover, "original_url");
      make_absolute (state, cover, "thumbnail");
      json_array_add_object_element (complete, cover);
    }

  json_object_set_array_member (record, "covers", complete);
  if (!json_object_has_member (record, "main_cover_id"))
    {
      if (gum_sandbox_length (complete) > 0)
        json_object_set_string_member (record, "main_cover_id",
                                       json_object_get_string_member (
                                         gum_sandbox_object_at (complete, 0), "id"));
      else
        json_object_set_null_member (record, "main_cover_id");
    }
}

const char *
gum_sandbox_file_group (const char *filetype)
{
  static const char *const groups[][2] = {
    { "mp3", "audio" }, { "wav", "audio" }, { "flac", "audio" }, { "m4a", "audio" },
    { "mp4", "video" }, { "mov", "video" }, { "mkv", "video" },
    { "png", "image" }, { "jpg", "image" }, { "jpeg", "image" }, { "gif", "image" },
    { "psd", "image" }, { "svg", "image" },
    { "pdf", "document" }, { "epub", "document" }, { "mobi", "document" }, { "txt", "document" },
    { "docx", "document" }, { "xlsx", "document" },
    { "zip", "archive" }, { "rar", "archive" }, { "7z", "archive" },
    { "exe", "executable" }, { "dmg", "executable" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    if (g_strcmp0 (filetype, groups[i][0]) == 0)
      return groups[i][1];

  return "url";
}

static void
complete_files (GumSandboxState *state,
                JsonObject      *record,
                guint64          salt)
{
  JsonArray *files = gum_sandbox_get_array (record, "files");

  for (guint i = 0; files != NULL && i < gum_sandbox_length (files); i++)
    {
      JsonObject *file = gum_sandbox_object_at (files, i);
      g_autofree char *filetype = gum_sandbox_dup_string (file, "filetype");

      if (!json_object_has_member (file, "id"))
        {
          g_autofree char *id = gum_sandbox_external_id (salt, 1000 + i);

          json_object_set_string_member (file, "id", id);
        }
      if (!json_object_has_member (file, "name"))
        json_object_set_null_member (file, "name");
      if (!json_object_has_member (file, "size"))
        json_object_set_null_member (file, "size");
      if (!json_object_has_member (file, "url"))
        {
          g_autofree char *guid = gum_sandbox_guid (salt, 2000 + i);
          g_autofree char *url = NULL;

          url = g_strdup_printf ("/files/%s/file.%s?expires=900&signature=sandbox", guid,
                                 filetype != NULL ? filetype : "bin");
          json_object_set_string_member (file, "url", url);
        }
      if (!json_object_has_member (file, "filegroup"))
        json_object_set_string_member (file, "filegroup", gum_sandbox_file_group (filetype));
      make_absolute (state, file, "url");
    }
}

static void
complete_variants (JsonObject *record,
                   guint64     salt)
{
  JsonArray *categories = gum_sandbox_get_array (record, "_variant_categories");

  for (guint i = 0; categories != NULL && i < gum_sandbox_length (categories); i++)
    {
      JsonObject *category = gum_sandbox_object_at (categories, i);
      JsonArray *variants = gum_sandbox_get_array (category, "_variants");

      if (!json_object_has_member (category, "id"))
        {
          g_autofree char *id = gum_sandbox_external_id (salt, 3000 + i);

          json_object_set_string_member (category, "id", id);
        }
      for (guint j = 0; variants != NULL && j < gum_sandbox_length (variants); j++)
        {
          JsonObject *variant = gum_sandbox_object_at (variants, j);

          if (!json_object_has_member (variant, "id"))
            {
              g_autofree char *id = gum_sandbox_external_id (salt, 4000 + 100 * i + j);

              json_object_set_string_member (variant, "id", id);
            }
        }
    }
}

static void
complete_ids (JsonObject *record,
              const char *member,
              guint64     salt)
{
  JsonArray *objects = gum_sandbox_get_array (record, member);

  for (guint i = 0; objects != NULL && i < gum_sandbox_length (objects); i++)
    {
      JsonObject *object = gum_sandbox_object_at (objects, i);

      if (!json_object_has_member (object, "id"))
        {
          g_autofree char *id = gum_sandbox_external_id (salt ^ g_str_hash (member), i);

          json_object_set_string_member (object, "id", id);
        }
    }
}

static JsonObject *
find_category (GumSandboxState *state,
               const char      *path,
               gint64           taxonomy_id)
{
  if (path != NULL)
    return g_hash_table_lookup (state->category_paths, path);

  for (guint i = 0; i < gum_sandbox_length (state->categories); i++)
    {
      JsonObject *category = gum_sandbox_object_at (state->categories, i);

      if (json_object_get_int_member (category, "id") == taxonomy_id)
        return category;
    }

  return NULL;
}

gboolean
gum_sandbox_set_category (GumSandboxState *state,
                          JsonObject      *record,
                          const char      *path,
                          gint64           taxonomy_id)
{
  JsonObject *category = find_category (state, path, taxonomy_id);

  if (category == NULL)
    return FALSE;

  json_object_set_int_member (record, "taxonomy_id", json_object_get_int_member (category, "id"));
  json_object_set_string_member (record, "category",
                                 json_object_get_string_member (category, "path"));
  json_object_set_string_member (record, "category_label",
                                 json_object_get_string_member (category, "label"));

  return TRUE;
}

/* Without a parser: this is done a few dozen times for each of thousands of records. */
static void
set_default (JsonObject *record,
             const char *name,
             const char *json)
{
  if (json_object_has_member (record, name))
    return;

  if (json[0] == '[')
    json_object_set_array_member (record, name, json_array_new ());
  else if (json[0] == '{')
    json_object_set_object_member (record, name, json_object_new ());
  else if (json[0] == 't' || json[0] == 'f')
    json_object_set_boolean_member (record, name, json[0] == 't');
  else if (json[0] == '0')
    json_object_set_int_member (record, name, 0);
  else if (json[0] == 'n')
    json_object_set_null_member (record, name);
  else
    json_object_set_string_member (record, name, json);
}

static JsonObject *
inherited_refund_policy (void)
{
  JsonObject *policy = json_object_new ();

  json_object_set_string_member (policy, "refund_period", "inherit");
  json_object_set_string_member (policy, "title", "30-day money back guarantee");
  json_object_set_null_member (policy, "fine_print");
  json_object_set_boolean_member (policy, "inherited", TRUE);

  return policy;
}

static char *
letters_of (const char *id)
{
  guint64 value = gum_sandbox_mix (g_str_hash (id) + (guint64) (guchar) id[3] * 7919);
  char *text = g_strnfill (7, 'a');

  for (guint i = 0; i < 7; i++, value /= 26)
    text[i] = (char) ('a' + value % 26);

  return text;
}

void
gum_sandbox_record_complete (GumSandboxState *state,
                             JsonObject      *record)
{
  static const char *const defaults[][2] = {
    { "name", "Untitled" },
    { "description", "null" },
    { "custom_summary", "null" },
    { "custom_permalink", "null" },
    { "custom_receipt", "null" },
    { "custom_html", "null" },
    { "price", "0" },
    { "currency", "usd" },
    { "customizable_price", "false" },
    { "max_purchase_count", "null" },
    { "subscription_duration", "null" },
    { "is_tiered_membership", "false" },
    { "recurrences", "null" },
    { "published", "true" },
    { "require_shipping", "false" },
    { "preview_url", "null" },
    { "thumbnail_url", "null" },
    { "tags", "[]" },
    { "taxonomy_id", "null" },
    { "category", "null" },
    { "category_label", "null" },
    { "file_info", "{}" },
    { "custom_fields", "[]" },
    { "bundle_products", "[]" },
    { "rich_content", "[]" },
    { "has_same_rich_content_for_all_variants", "true" },
    { "files", "[]" },
    { "_variant_categories", "[]" },
    { "_offer_codes", "[]" },
    { "_reviews", "[]" },
    { "_native_type", "digital" },
  };
  g_autofree char *id = gum_sandbox_dup_string (record, "id");
  g_autofree char *category = gum_sandbox_dup_string (record, "category");
  guint64 salt;

  if (id == NULL)
    {
      id = gum_sandbox_external_id (state->options.seed, 0x50000 + state->next_number);
      json_object_set_string_member (record, "id", id);
    }
  salt = g_str_hash (id);

  if (gum_sandbox_is_blank (record, "_permalink"))
    {
      g_autofree char *letters = letters_of (id);

      json_object_set_string_member (record, "_permalink", letters);
    }
  if (category != NULL && gum_sandbox_is_blank (record, "taxonomy_id"))
    gum_sandbox_set_category (state, record, category, 0);
  for (guint i = 0; i < G_N_ELEMENTS (defaults); i++)
    set_default (record, defaults[i][0], defaults[i][1]);
  if (!json_object_has_member (record, "refund_policy"))
    json_object_set_object_member (record, "refund_policy", inherited_refund_policy ());

  make_absolute (state, record, "thumbnail_url");
  make_absolute (state, record, "preview_url");
  complete_covers (state, record);
  complete_files (state, record, salt);
  complete_variants (record, salt);
  complete_ids (record, "_offer_codes", salt);
  complete_ids (record, "_reviews", salt);
  complete_ids (record, "_skus", salt);
  complete_ids (record, "custom_fields", salt);
}

/* Loading */

static JsonObject *
load_sample (GumSandboxState *state)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GString) filled = NULL;
  JsonObject *sample;

  bytes = g_resource_lookup_data (gum_sandbox_get_resource (), SAMPLE_RESOURCE,
                                  G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_assert (bytes != NULL);
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  filled = g_string_new (text);
  g_string_replace (filled, "{origin}", state->origin, 0);
  sample = gum_sandbox_parse_object (filled->str, (gssize) filled->len);
  g_assert (sample != NULL);

  return sample;
}

static void
load_categories (GumSandboxState *state,
                 JsonObject      *sample)
{
  JsonArray *rows = json_object_get_array_member (sample, "categories");

  state->categories = json_array_new ();
  state->category_paths = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < gum_sandbox_length (rows); i++)
    {
      JsonArray *row = json_array_get_array_element (rows, i);
      const char *path = json_array_get_string_element (row, 1);
      const char *slash = strrchr (path, '/');
      JsonObject *category = json_object_new ();
      g_autofree char *parent = slash != NULL ? g_strndup (path, (gsize) (slash - path)) : NULL;
      JsonObject *above = NULL;

      if (parent != NULL)
        above = g_hash_table_lookup (state->category_paths, parent);
      json_object_set_int_member (category, "id", json_array_get_int_element (row, 0));
      json_object_set_string_member (category, "name", slash != NULL ? slash + 1 : path);
      json_object_set_string_member (category, "label", json_array_get_string_element (row, 2));
      json_object_set_string_member (category, "path", path);
      if (above != NULL)
        json_object_set_int_member (category, "parent_id",
                                    json_object_get_int_member (above, "id"));
      else
        json_object_set_null_member (category, "parent_id");
      json_array_add_object_element (state->categories, category);
      g_hash_table_insert (state->category_paths, g_strdup (path), category);
    }
}

static void
add_generated (GumSandboxState *state,
               guint            position)
{
  GumSandboxProduct *product = g_new0 (GumSandboxProduct, 1);

  product->number = state->next_number++;
  product->seed = (guint) gum_sandbox_mix (state->options.seed * 1000003ull + position) | 1;
  product->created_at = NEWEST_PRODUCT - (gint64) position * PRODUCT_SPACING;
  product->id = gum_sandbox_external_id (product->seed, product->number);
  product->permalink = letters_of (product->id);
  g_hash_table_insert (state->products, product->id, product);
  g_hash_table_insert (state->permalinks, product->permalink, product);
  g_ptr_array_add (state->order, product);
}

static void
add_written (GumSandboxState *state,
             JsonArray       *products,
             guint            position)
{
  JsonObject *record;

  record = json_object_ref (gum_sandbox_object_at (products, position));
  if (!json_object_has_member (record, "id"))
    {
      g_autofree char *id = gum_sandbox_external_id (state->options.seed, 0x50000 + position);

      json_object_set_string_member (record, "id", id);
    }
  gum_sandbox_record_complete (state, record);
  gum_sandbox_product_add (state, record, NEWEST_PRODUCT - (gint64) position * PRODUCT_SPACING);
}

void
gum_sandbox_data_init (GumSandboxState *state)
{
  g_autoptr (JsonObject) sample = load_sample (state);
  JsonArray *products = json_object_get_array_member (sample, "products");
  guint n_written = MIN (gum_sandbox_length (products), state->options.n_products);
  g_autofree char *user_id = NULL;

  state->order = g_ptr_array_new ();
  state->products = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                           (GDestroyNotify) gum_sandbox_product_free);
  state->permalinks = g_hash_table_new (g_str_hash, g_str_equal);
  state->next_number = 1;
  state->page_size = 10;

  state->user = json_object_ref (json_object_get_object_member (sample, "user"));
  user_id = g_strdup_printf ("54270%08u", state->options.seed % 100000000);
  json_object_set_string_member (state->user, "id", user_id);
  state->refund_policy = json_object_ref (json_object_get_object_member (sample, "refund_policy"));
  state->offer_codes = json_array_ref (json_object_get_array_member (sample, "offer_codes"));
  state->upsells = json_array_new ();
  load_categories (state, sample);

  /* The oldest has the smallest number. */
  for (guint position = state->options.n_products; position-- > n_written;)
    add_generated (state, position);
  for (guint i = 0; i < state->order->len / 2; i++)
    {
      gpointer *rows = state->order->pdata;
      gpointer swap = rows[i];

      rows[i] = rows[state->order->len - 1 - i];
      rows[state->order->len - 1 - i] = swap;
    }
  for (guint position = n_written; position-- > 0;)
    add_written (state, products, position);
}

void
gum_sandbox_data_clear (GumSandboxState *state)
{
  g_clear_pointer (&state->order, g_ptr_array_unref);
  g_clear_pointer (&state->permalinks, g_hash_table_unref);
  g_clear_pointer (&state->products, g_hash_table_unref);
  g_clear_pointer (&state->user, json_object_unref);
  g_clear_pointer (&state->refund_policy, json_object_unref);
  g_clear_pointer (&state->offer_codes, json_array_unref);
  g_clear_pointer (&state->upsells, json_array_unref);
  g_clear_pointer (&state->category_paths, g_hash_table_unref);
  g_clear_pointer (&state->categories, json_array_unref);
}

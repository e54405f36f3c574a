/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What can be written of a product, and where its record tells the same thing. Keys and members do
 * not always have one name, some keys are never told again, and a value may come back in another
 * dress: an empty text as null, tags in another order. */

#define G_LOG_DOMAIN "gum-api"

#include "config.h"

#include "gum-product-keys.h"

#include "gum-content.h"
#include "gum-json.h"

#include <string.h>

static const GumProductKey keys[] = {
  { "name", GUM_PRODUCT_KEY_TEXT, "name" },
  { "description", GUM_PRODUCT_KEY_TEXT, "description" },
  { "custom_summary", GUM_PRODUCT_KEY_TEXT, "custom_summary" },
  { "custom_permalink", GUM_PRODUCT_KEY_TEXT, "custom_permalink" },
  { "custom_receipt", GUM_PRODUCT_KEY_TEXT, "custom_receipt" },
  { "custom_html", GUM_PRODUCT_KEY_TEXT, "custom_html" },
  { "price", GUM_PRODUCT_KEY_INT, "price" },
  { "price_currency_type", GUM_PRODUCT_KEY_TEXT, "currency" },
  { "customizable_price", GUM_PRODUCT_KEY_BOOLEAN, "customizable_price" },
  { "suggested_price_cents", GUM_PRODUCT_KEY_INT },
  { "max_purchase_count", GUM_PRODUCT_KEY_INT, "max_purchase_count" },
  { "quantity_enabled", GUM_PRODUCT_KEY_BOOLEAN },
  { "is_adult", GUM_PRODUCT_KEY_BOOLEAN },
  { "display_product_reviews", GUM_PRODUCT_KEY_BOOLEAN },
  { "should_show_sales_count", GUM_PRODUCT_KEY_BOOLEAN },
  { "category", GUM_PRODUCT_KEY_TEXT, "category" },
  { "taxonomy_id", GUM_PRODUCT_KEY_INT, "taxonomy_id" },
  { "tags", GUM_PRODUCT_KEY_SET, "tags" },
  { "refund_period", GUM_PRODUCT_KEY_TEXT, "refund_policy", "refund_period" },
  { "refund_fine_print", GUM_PRODUCT_KEY_TEXT, "refund_policy", "fine_print" },
  { "cover_ids", GUM_PRODUCT_KEY_LIST, "covers", "id" },
  { "files", GUM_PRODUCT_KEY_TREE },
  { "rich_content", GUM_PRODUCT_KEY_PAGES, "rich_content" },
  { "has_same_rich_content_for_all_variants", GUM_PRODUCT_KEY_BOOLEAN,
    "has_same_rich_content_for_all_variants" },
};

/* Content that a version has for itself: not of the product, but of `PUT …/variants/:id`. */
#define VERSION_PREFIX "rich_content/"

static const GumProductKey version_key = { VERSION_PREFIX, GUM_PRODUCT_KEY_PAGES, "variants" };

/**
 * gum_product_keys_dup_version:
 * @category_id: a group of versions
 * @variant_id: a version of it
 *
 * Returns: (transfer full): the key of the content that the version has for itself
 */
char *
gum_product_keys_dup_version (const char *category_id,
                              const char *variant_id)
{
  g_return_val_if_fail (category_id != NULL && variant_id != NULL, NULL);

  return g_strconcat (VERSION_PREFIX, category_id, "/", variant_id, NULL);
}

/**
 * gum_product_keys_split_version:
 * @name: a key
 * @category_id: (out) (optional) (transfer full): the group of versions
 * @variant_id: (out) (optional) (transfer full): the version
 *
 * Returns: whether it is the key of the content of a version
 */
gboolean
gum_product_keys_split_version (const char  *name,
                                char       **category_id,
                                char       **variant_id)
{
  g_auto(GStrv) parts = NULL;

  g_return_val_if_fail (name != NULL, FALSE);

  if (!g_str_has_prefix (name, VERSION_PREFIX))
    return FALSE;
  parts = g_strsplit (name + strlen (VERSION_PREFIX), "/", -1);
  if (g_strv_length (parts) != 2)
    return FALSE;

  if (category_id != NULL)
    *category_id = g_strdup (parts[0]);
  if (variant_id != NULL)
    *variant_id = g_strdup (parts[1]);

  return TRUE;
}

static gboolean
is_page_of (JsonNode   *page,
            const char *variant_id)
{
  return JSON_NODE_HOLDS_OBJECT (page) &&
         g_strcmp0 (gum_json_get_string (json_node_get_object (page), "variant_id"), variant_id) == 0;
}

/**
 * gum_product_keys_find_version:
 * @name: the key of the content of a version
 * @record: a product's record
 *
 * A record does not tell the ids of versions; their pages do.
 *
 * Returns: (transfer none) (nullable): the version in the record; %NULL: none has pages of it
 */
JsonObject *
gum_product_keys_find_version (const char *name,
                               JsonObject *record)
{
  JsonArray *groups = gum_json_get_array (record, "variants");
  g_autofree char *variant_id = NULL;

  if (!gum_product_keys_split_version (name, NULL, &variant_id))
    return NULL;

  for (guint i = 0; groups != NULL && i < json_array_get_length (groups); i++)
    {
      JsonNode *group = json_array_get_element (groups, i);
      JsonArray *options = JSON_NODE_HOLDS_OBJECT (group)
                           ? gum_json_get_array (json_node_get_object (group), "options") : NULL;

      for (guint j = 0; options != NULL && j < json_array_get_length (options); j++)
        {
          JsonNode *option = json_array_get_element (options, j);
          JsonArray *pages = JSON_NODE_HOLDS_OBJECT (option)
                             ? gum_json_get_array (json_node_get_object (option), "rich_content") : NULL;

          if (pages != NULL && json_array_get_length (pages) > 0 &&
              is_page_of (json_array_get_element (pages, 0), variant_id))
            return json_node_get_object (option);
        }
    }

  return NULL;
}

/**
 * gum_product_keys_find:
 * @name: a key of `PUT /products/:id`
 *
 * Returns: (nullable): what is known of it
 */
const GumProductKey *
gum_product_keys_find (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      if (strcmp (keys[i].name, name) == 0)
        return &keys[i];
    }

  return gum_product_keys_split_version (name, NULL, NULL) ? &version_key : NULL;
}

/**
 * gum_product_keys_is_told:
 * @name: a key of `PUT /products/:id`
 *
 * Returns: whether records say what was written, so that it can be compared and taken back
 */
gboolean
gum_product_keys_is_told (const char *name)
{
  const GumProductKey *key = gum_product_keys_find (name);

  return key != NULL && key->member != NULL;
}

/* What is asked for a product, the currency first. */
static const char * const price_keys[] = { "price_currency_type", "price", "suggested_price_cents", NULL };

/**
 * gum_product_keys_list_price:
 *
 * Returns: (transfer none) (array zero-terminated=1): the keys that say what is asked for a product. A number of them
 *   means nothing without the currency.
 */
const char * const *
gum_product_keys_list_price (void)
{
  return price_keys;
}

/**
 * gum_product_keys_has_price:
 * @values: values by key
 *
 * Returns: whether one of them says what is asked for a product
 */
gboolean
gum_product_keys_has_price (JsonObject *values)
{
  g_return_val_if_fail (values != NULL, FALSE);

  for (guint i = 0; price_keys[i] != NULL; i++)
    {
      if (json_object_has_member (values, price_keys[i]))
        return TRUE;
    }

  return FALSE;
}

/* Records have whole objects where only their ids are sent. */
static JsonNode *
collect_inner (JsonNode   *node,
               const char *inner)
{
  JsonArray *items = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  g_autoptr(JsonArray) values = json_array_new ();
  guint length = items != NULL ? json_array_get_length (items) : 0;

  for (guint i = 0; i < length; i++)
    {
      JsonNode *item = json_array_get_element (items, i);
      const char *value = JSON_NODE_HOLDS_OBJECT (item)
                          ? gum_json_get_string (json_node_get_object (item), inner) : NULL;

      if (value != NULL)
        json_array_add_string_element (values, value);
    }

  return json_node_init_array (json_node_alloc (), values);
}

/* Pages carry more than may be sent: when they were changed, which version they belong to. */
static JsonNode *
collect_pages (JsonNode *node)
{
  static const char * const sent[] = { "id", "title", "description" };
  JsonArray *pages = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  g_autoptr(JsonArray) values = json_array_new ();
  guint length = pages != NULL ? json_array_get_length (pages) : 0;

  for (guint i = 0; i < length; i++)
    {
      JsonNode *page = json_array_get_element (pages, i);
      JsonObject *value;

      if (!JSON_NODE_HOLDS_OBJECT (page))
        continue;
      value = json_object_new ();
      for (guint j = 0; j < G_N_ELEMENTS (sent); j++)
        {
          JsonNode *member = json_object_get_member (json_node_get_object (page), sent[j]);

          if (member != NULL)
            json_object_set_member (value, sent[j], json_node_copy (member));
        }
      json_array_add_object_element (values, value);
    }

  return json_node_init_array (json_node_alloc (), values);
}

/* Only a full record has pages in its versions, and only where each has its own. */
static gboolean
tells_versions (JsonObject *record)
{
  return !gum_content_is_shared (record) && json_object_has_member (record, "variants");
}

static JsonNode *
read_version (const char *name,
              JsonObject *record)
{
  JsonObject *version = gum_product_keys_find_version (name, record);
  g_autoptr(JsonArray) pages = NULL;

  if (!tells_versions (record))
    return NULL;
  if (version != NULL)
    return collect_pages (json_object_get_member (version, "rich_content"));

  pages = json_array_new ();

  return json_node_init_array (json_node_alloc (), pages);
}

/**
 * gum_product_keys_read:
 * @name: a key of `PUT /products/:id`
 * @record: a record
 *
 * Returns: (transfer full) (nullable): the value as it would be sent to leave everything as it is;
 *   %NULL when the record does not tell
 */
JsonNode *
gum_product_keys_read (const char *name,
                       JsonObject *record)
{
  const GumProductKey *key = gum_product_keys_find (name);
  JsonNode *node;

  g_return_val_if_fail (record != NULL, NULL);

  if (key == NULL || key->member == NULL)
    return NULL;
  if (key == &version_key)
    return read_version (name, record);

  node = json_object_get_member (record, key->member);
  if (node == NULL)
    return NULL;
  if (key->kind == GUM_PRODUCT_KEY_PAGES)
    return collect_pages (node);
  if (key->inner == NULL)
    return json_node_copy (node);
  if (key->kind == GUM_PRODUCT_KEY_LIST)
    return collect_inner (node, key->inner);

  node = JSON_NODE_HOLDS_OBJECT (node)
         ? json_object_get_member (json_node_get_object (node), key->inner) : NULL;

  return gum_json_dup_node (node);
}

static gboolean
is_nothing (JsonNode *node)
{
  return node == NULL || JSON_NODE_HOLDS_NULL (node);
}

static gboolean
equal_texts (JsonNode *a,
             JsonNode *b)
{
  g_autofree char *text_a = is_nothing (a) ? NULL : gum_json_node_dup_string (a);
  g_autofree char *text_b = is_nothing (b) ? NULL : gum_json_node_dup_string (b);

  return strcmp (text_a != NULL ? text_a : "", text_b != NULL ? text_b : "") == 0;
}

static gboolean
equal_ints (JsonNode *a,
            JsonNode *b)
{
  gint64 value_a, value_b;
  gboolean has_a = !is_nothing (a) && gum_json_node_to_int (a, &value_a);
  gboolean has_b = !is_nothing (b) && gum_json_node_to_int (b, &value_b);

  /* What is no number is not nothing: it is what somebody has typed so far. */
  return has_a && has_b ? value_a == value_b : !has_a && !has_b && equal_texts (a, b);
}

static gboolean
equal_booleans (JsonNode *a,
                JsonNode *b)
{
  gboolean value_a = FALSE, value_b = FALSE;

  if (!is_nothing (a))
    gum_json_node_to_boolean (a, &value_a);
  if (!is_nothing (b))
    gum_json_node_to_boolean (b, &value_b);

  return value_a == value_b;
}

static int
compare_strings (gconstpointer a,
                 gconstpointer b)
{
  return strcmp (*(char * const *) a, *(char * const *) b);
}

static GPtrArray *
list_strings (JsonNode *node,
              gboolean  sorted)
{
  GPtrArray *strings = g_ptr_array_new_with_free_func (g_free);
  JsonArray *array = !is_nothing (node) && JSON_NODE_HOLDS_ARRAY (node)
                     ? json_node_get_array (node) : NULL;
  guint length = array != NULL ? json_array_get_length (array) : 0;

  for (guint i = 0; i < length; i++)
    {
      char *text = gum_json_node_dup_string (json_array_get_element (array, i));

      if (text != NULL)
        g_ptr_array_add (strings, text);
    }
  if (sorted)
    g_ptr_array_sort (strings, compare_strings);

  return strings;
}

static gboolean
equal_lists (JsonNode *a,
             JsonNode *b,
             gboolean  sorted)
{
  g_autoptr(GPtrArray) list_a = list_strings (a, sorted);
  g_autoptr(GPtrArray) list_b = list_strings (b, sorted);

  if (list_a->len != list_b->len)
    return FALSE;
  for (guint i = 0; i < list_a->len; i++)
    {
      if (strcmp (g_ptr_array_index (list_a, i), g_ptr_array_index (list_b, i)) != 0)
        return FALSE;
    }

  return TRUE;
}

/* Gumroad takes a bare array of nodes for a document, and always gives a document. */
static JsonNode *
find_nodes (JsonObject *page)
{
  JsonNode *description = json_object_get_member (page, "description");

  if (description != NULL && JSON_NODE_HOLDS_OBJECT (description))
    return json_object_get_member (json_node_get_object (description), "content");

  return description;
}

static gboolean
equal_nodes (JsonNode *a,
             JsonNode *b)
{
  if (is_nothing (a) || is_nothing (b))
    return is_nothing (a) && is_nothing (b);

  return json_node_equal (a, b);
}

static gboolean
equal_pages (JsonNode *a,
             JsonNode *b)
{
  JsonArray *pages_a = !is_nothing (a) && JSON_NODE_HOLDS_ARRAY (a) ? json_node_get_array (a) : NULL;
  JsonArray *pages_b = !is_nothing (b) && JSON_NODE_HOLDS_ARRAY (b) ? json_node_get_array (b) : NULL;
  guint length = pages_a != NULL ? json_array_get_length (pages_a) : 0;

  if (length != (pages_b != NULL ? json_array_get_length (pages_b) : 0))
    return FALSE;

  for (guint i = 0; i < length; i++)
    {
      JsonNode *page_a = json_array_get_element (pages_a, i);
      JsonNode *page_b = json_array_get_element (pages_b, i);

      if (!JSON_NODE_HOLDS_OBJECT (page_a) || !JSON_NODE_HOLDS_OBJECT (page_b) ||
          g_strcmp0 (gum_json_get_string (json_node_get_object (page_a), "title"),
                     gum_json_get_string (json_node_get_object (page_b), "title")) != 0 ||
          !equal_nodes (find_nodes (json_node_get_object (page_a)),
                        find_nodes (json_node_get_object (page_b))))
        return FALSE;
    }

  return TRUE;
}

/**
 * gum_product_keys_equal:
 * @name: a key of `PUT /products/:id`
 * @a: (nullable): a value
 * @b: (nullable): another
 *
 * Returns: whether both say the same for this key
 */
gboolean
gum_product_keys_equal (const char *name,
                        JsonNode   *a,
                        JsonNode   *b)
{
  const GumProductKey *key = gum_product_keys_find (name);

  switch (key != NULL ? key->kind : GUM_PRODUCT_KEY_TREE)
    {
    case GUM_PRODUCT_KEY_TEXT:
      return equal_texts (a, b);
    case GUM_PRODUCT_KEY_INT:
      return equal_ints (a, b);
    case GUM_PRODUCT_KEY_BOOLEAN:
      return equal_booleans (a, b);
    case GUM_PRODUCT_KEY_SET:
      return equal_lists (a, b, TRUE);
    case GUM_PRODUCT_KEY_LIST:
      return equal_lists (a, b, FALSE);
    case GUM_PRODUCT_KEY_PAGES:
      return equal_pages (a, b);
    case GUM_PRODUCT_KEY_TREE:
    default:
      return equal_nodes (a, b);
    }
}

/**
 * gum_product_keys_joins_price:
 * @mine: values that are to be sent, by key
 * @base: those that they are to replace
 * @record: the product as Gumroad has it now
 *
 * Where a side has changed the currency, a price of the one is not comparable with a price of the other: what is asked
 * is one thing then, of the one side or of the other.
 *
 * Returns: whether that is so
 */
gboolean
gum_product_keys_joins_price (JsonObject *mine,
                              JsonObject *base,
                              JsonObject *record)
{
  JsonNode *before;
  g_autoptr(JsonNode) theirs = NULL;

  g_return_val_if_fail (mine != NULL && base != NULL && record != NULL, FALSE);

  before = json_object_get_member (base, "price_currency_type");
  theirs = gum_product_keys_read ("price_currency_type", record);
  if (before == NULL || theirs == NULL || !gum_product_keys_has_price (mine))
    return FALSE;

  return json_object_has_member (mine, "price_currency_type") ||
         !gum_product_keys_equal ("price_currency_type", before, theirs);
}

/* A suggested price is not told, and so never the difference. */
static gboolean
has_price_conflict (JsonObject *mine,
                    JsonObject *base,
                    JsonObject *record)
{
  gboolean is_base = TRUE;
  gboolean is_mine = TRUE;

  for (guint i = 0; price_keys[i] != NULL; i++)
    {
      JsonNode *before = json_object_get_member (base, price_keys[i]);
      JsonNode *wanted = json_object_get_member (mine, price_keys[i]);
      g_autoptr(JsonNode) theirs = gum_product_keys_read (price_keys[i], record);

      if (before == NULL || theirs == NULL)
        continue;
      is_base = is_base && gum_product_keys_equal (price_keys[i], theirs, before);
      is_mine = is_mine && gum_product_keys_equal (price_keys[i], theirs, wanted != NULL ? wanted : before);
    }

  return !is_base && !is_mine;
}

/**
 * gum_product_keys_dup_conflicts:
 * @mine: values that are to be sent, by key
 * @base: those that they are to replace
 * @record: the product as Gumroad has it now
 *
 * Returns: (transfer full) (nullable): the keys of @mine whose values at Gumroad are neither the one nor the other;
 *   "price" for all that gum_product_keys_joins_price() makes one; %NULL: there are none
 */
char **
gum_product_keys_dup_conflicts (JsonObject *mine,
                                JsonObject *base,
                                JsonObject *record)
{
  g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GList) members = NULL;
  gboolean joins_price;

  g_return_val_if_fail (mine != NULL && base != NULL && record != NULL, NULL);

  joins_price = gum_product_keys_joins_price (mine, base, record);
  if (joins_price && has_price_conflict (mine, base, record))
    g_ptr_array_add (found, g_strdup ("price"));
  members = json_object_get_members (mine);
  for (GList *l = members; l != NULL; l = l->next)
    {
      JsonNode *replaced = json_object_get_member (base, l->data);
      g_autoptr(JsonNode) theirs = gum_product_keys_read (l->data, record);

      if (joins_price && g_strv_contains (price_keys, l->data))
        continue;
      if (replaced != NULL && theirs != NULL && !gum_product_keys_equal (l->data, theirs, replaced) &&
          !gum_product_keys_equal (l->data, theirs, json_object_get_member (mine, l->data)))
        g_ptr_array_add (found, g_strdup (l->data));
    }
  if (found->len == 0)
    return NULL;
  g_ptr_array_add (found, NULL);

  return (char **) g_ptr_array_free (g_steal_pointer (&found), FALSE);
}

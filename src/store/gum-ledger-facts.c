/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the ledger keeps of a product beside its record: the columns that lists are sorted and
 * filtered by, and the words that are searched. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-ledger-facts.h"

#include "gum-json.h"
#include "gum-search.h"

#include <string.h>

/* The searched ones come first. */
const char * const gum_ledger_members[] = {
  "name", "custom_permalink", "short_url", "tags", "custom_summary", "description",
  "price", "currency", "sales_count", "sales_usd_cents", "published",
  "is_tiered_membership", "subscription_duration", "bundle_products", "require_shipping",
  "files",
  NULL,
};
#define N_SEARCHED 6

gboolean
gum_ledger_same_words (JsonObject *a,
                       JsonObject *b)
{
  for (guint i = 0; i < N_SEARCHED; i++)
    {
      JsonNode *in_a = json_object_get_member (a, gum_ledger_members[i]);
      JsonNode *in_b = json_object_get_member (b, gum_ledger_members[i]);

      if (in_a != in_b && (in_a == NULL || in_b == NULL || !json_node_equal (in_a, in_b)))
        return FALSE;
    }

  return TRUE;
}

static char *
fold_permalink (JsonObject *object)
{
  const char *custom = gum_json_get_string (object, "custom_permalink");
  const char *address = gum_json_get_string (object, "short_url");
  const char *slash = address != NULL ? strrchr (address, '/') : NULL;
  g_autofree char *both = g_strjoin (" ", custom != NULL ? custom : "",
                                     slash != NULL ? slash + 1 : "", NULL);

  return gum_search_fold (both, -1);
}

static char *
fold_tags (JsonObject *object)
{
  JsonArray *tags = gum_json_get_array (object, "tags");
  g_autoptr(GString) all = g_string_new (NULL);

  for (guint i = 0; tags != NULL && i < json_array_get_length (tags); i++)
    {
      JsonNode *node = json_array_get_element (tags, i);

      if (json_node_get_value_type (node) == G_TYPE_STRING)
        g_string_append_printf (all, "%s ", json_node_get_string (node));
    }

  return gum_search_fold (all->str, all->len);
}

static void
bind_owned (sqlite3_stmt *statement,
            int           column,
            char         *text)
{
  sqlite3_bind_text (statement, column, text, -1, g_free);
}

gboolean
gum_ledger_set_words (GumConnection  *connection,
                      gint64          row,
                      JsonObject     *object,
                      gboolean        is_new,
                      GError        **error)
{
  static const char insert[] =
    "INSERT INTO products_fts (name, permalink, tags, body, rowid) VALUES (?, ?, ?, ?, ?)";
  static const char update[] =
    "UPDATE products_fts SET name = ?, permalink = ?, tags = ?, body = ? WHERE rowid = ?";
  sqlite3_stmt *statement = gum_connection_prepare (connection, is_new ? insert : update, error);
  g_autofree char *summary = NULL;
  g_autofree char *description = NULL;

  if (statement == NULL)
    return FALSE;

  summary = gum_search_fold (gum_json_get_string (object, "custom_summary"), -1);
  description = gum_search_fold_html (gum_json_get_string (object, "description"));
  bind_owned (statement, 1, gum_search_fold (gum_json_get_string (object, "name"), -1));
  bind_owned (statement, 2, fold_permalink (object));
  bind_owned (statement, 3, fold_tags (object));
  bind_owned (statement, 4, g_strjoin (" ", summary, description, NULL));
  sqlite3_bind_int64 (statement, 5, row);

  return gum_connection_run (connection, statement, error);
}

static gint64
get_number (JsonObject *object,
            const char *member)
{
  gint64 number = 0;

  gum_json_get_int (object, member, &number);

  return number;
}

static gboolean
get_flag (JsonObject *object,
          const char *member)
{
  gboolean flag = FALSE;

  gum_json_get_boolean (object, member, &flag);

  return flag;
}

/* As the filters of the list have them. */
static int
get_kind (JsonObject *object)
{
  const char *duration = gum_json_get_string (object, "subscription_duration");
  JsonArray *bundled = gum_json_get_array (object, "bundle_products");

  if (get_flag (object, "is_tiered_membership") || (duration != NULL && *duration != '\0'))
    return 1;
  if (bundled != NULL && json_array_get_length (bundled) > 0)
    return 2;

  return get_flag (object, "require_shipping") ? 3 : 0;
}

/* Yen have no cents: a hundredfold, they are of the size of the others. */
static gint64
get_price (JsonObject *object)
{
  const char *currency = gum_json_get_string (object, "currency");
  gint64 price = get_number (object, "price");

  if (currency != NULL && g_ascii_strcasecmp (currency, "jpy") == 0 &&
      ABS (price / 100) < G_MAXINT64 / 10000)
    price *= 100;

  return price;
}

/* price, sales, revenue, published, kind, sort_name */
void
gum_ledger_bind_facts (sqlite3_stmt *statement,
                       JsonObject   *object)
{
  sqlite3_bind_int64 (statement, 1, get_price (object));
  sqlite3_bind_int64 (statement, 2, get_number (object, "sales_count"));
  sqlite3_bind_int64 (statement, 3, get_number (object, "sales_usd_cents"));
  sqlite3_bind_int (statement, 4, get_flag (object, "published"));
  sqlite3_bind_int (statement, 5, get_kind (object));
  bind_owned (statement, 6, gum_search_sort_key (gum_json_get_string (object, "name")));
}

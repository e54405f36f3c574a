/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the ledger keeps of a product beside its record: the columns that lists are sorted and
 * filtered by, and the words that are searched. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-ledger-facts.h"

#include "gum-search.h"

#include <string.h>

const char * const gum_ledger_members[] = {
  [GUM_LEDGER_NAME] = "name",
  [GUM_LEDGER_CUSTOM_PERMALINK] = "custom_permalink",
  [GUM_LEDGER_SHORT_URL] = "short_url",
  [GUM_LEDGER_TAGS] = "tags",
  [GUM_LEDGER_SUMMARY] = "custom_summary",
  [GUM_LEDGER_DESCRIPTION] = "description",
  [GUM_LEDGER_PRICE] = "price",
  [GUM_LEDGER_CURRENCY] = "currency",
  [GUM_LEDGER_SALES] = "sales_count",
  [GUM_LEDGER_REVENUE] = "sales_usd_cents",
  [GUM_LEDGER_PUBLISHED] = "published",
  [GUM_LEDGER_IS_TIERED] = "is_tiered_membership",
  [GUM_LEDGER_DURATION] = "subscription_duration",
  [GUM_LEDGER_BUNDLED] = "bundle_products",
  [GUM_LEDGER_SHIPPING] = "require_shipping",
  [GUM_LEDGER_FILES] = "files",
  [GUM_LEDGER_N_MEMBERS] = NULL,
};

/* @text must outlive @record. FALSE: it is no record. */
gboolean
gum_ledger_read_record (const char      *text,
                        gsize            length,
                        GumLedgerRecord *record)
{
  return gum_json_find (text, length, gum_ledger_members, record->members);
}

/* Two ways to write the same words count as different: they are indexed once more, that is all. */
gboolean
gum_ledger_same_words (const GumLedgerRecord *a,
                       const GumLedgerRecord *b)
{
  for (guint i = 0; i < GUM_LEDGER_N_SEARCHED; i++)
    {
      GumJsonSlice in_a = a->members[i];
      GumJsonSlice in_b = b->members[i];

      if (in_a.length != in_b.length ||
          (in_a.length > 0 && memcmp (in_a.start, in_b.start, in_a.length) != 0))
        return FALSE;
    }

  return TRUE;
}

static char *
dup_string (const GumLedgerRecord *record,
            guint                  member)
{
  return gum_json_slice_dup_string (record->members[member]);
}

static char *
fold_string (const GumLedgerRecord *record,
             guint                  member)
{
  g_autofree char *text = dup_string (record, member);

  return gum_search_fold (text, -1);
}

static char *
fold_permalink (const GumLedgerRecord *record)
{
  g_autofree char *custom = dup_string (record, GUM_LEDGER_CUSTOM_PERMALINK);
  g_autofree char *address = dup_string (record, GUM_LEDGER_SHORT_URL);
  const char *slash = address != NULL ? strrchr (address, '/') : NULL;
  g_autofree char *both = g_strjoin (" ", custom != NULL ? custom : "",
                                     slash != NULL ? slash + 1 : "", NULL);

  return gum_search_fold (both, -1);
}

/* Most lists are empty, and an empty one needs no parser. */
static JsonNode *
parse_list (const GumLedgerRecord *record,
            guint                  member)
{
  GumJsonSlice list = record->members[member];

  return list.length > strlen ("[]") ? gum_json_slice_parse (list) : NULL;
}

static JsonArray *
get_array (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static char *
fold_tags (const GumLedgerRecord *record)
{
  g_autoptr(JsonNode) list = parse_list (record, GUM_LEDGER_TAGS);
  JsonArray *tags = get_array (list);
  g_autoptr(GString) all = g_string_new (NULL);

  for (guint i = 0; tags != NULL && i < json_array_get_length (tags); i++)
    {
      JsonNode *node = json_array_get_element (tags, i);

      if (json_node_get_value_type (node) == G_TYPE_STRING)
        {
          g_string_append (all, json_node_get_string (node));
          g_string_append_c (all, ' ');
        }
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
gum_ledger_set_words (GumConnection          *connection,
                      gint64                  row,
                      const GumLedgerRecord  *record,
                      gboolean                is_new,
                      GError                **error)
{
  static const char insert[] =
    "INSERT INTO products_fts (name, permalink, tags, body, rowid) VALUES (?, ?, ?, ?, ?)";
  static const char update[] =
    "UPDATE products_fts SET name = ?, permalink = ?, tags = ?, body = ? WHERE rowid = ?";
  sqlite3_stmt *statement = gum_connection_prepare (connection, is_new ? insert : update, error);
  g_autofree char *summary = NULL;
  g_autofree char *html = NULL;
  g_autofree char *description = NULL;

  if (statement == NULL)
    return FALSE;

  summary = fold_string (record, GUM_LEDGER_SUMMARY);
  html = dup_string (record, GUM_LEDGER_DESCRIPTION);
  description = gum_search_fold_html (html);
  bind_owned (statement, 1, fold_string (record, GUM_LEDGER_NAME));
  bind_owned (statement, 2, fold_permalink (record));
  bind_owned (statement, 3, fold_tags (record));
  bind_owned (statement, 4, g_strjoin (" ", summary, description, NULL));
  sqlite3_bind_int64 (statement, 5, row);

  return gum_connection_run (connection, statement, error);
}

static gint64
get_number (const GumLedgerRecord *record,
            guint                  member)
{
  gint64 number = 0;

  gum_json_slice_to_int (record->members[member], &number);

  return number;
}

static gboolean
get_flag (const GumLedgerRecord *record,
          guint                  member)
{
  gboolean flag = FALSE;

  gum_json_slice_to_boolean (record->members[member], &flag);

  return flag;
}

/* As the filters of the list have them. */
static int
get_kind (const GumLedgerRecord *record)
{
  g_autofree char *duration = dup_string (record, GUM_LEDGER_DURATION);
  g_autoptr(JsonNode) list = parse_list (record, GUM_LEDGER_BUNDLED);
  JsonArray *bundled = get_array (list);

  if (get_flag (record, GUM_LEDGER_IS_TIERED) || (duration != NULL && *duration != '\0'))
    return 1;
  if (bundled != NULL && json_array_get_length (bundled) > 0)
    return 2;

  return get_flag (record, GUM_LEDGER_SHIPPING) ? 3 : 0;
}

/* Yen have no cents: a hundredfold, they are of the size of the others. */
static gint64
get_price (const GumLedgerRecord *record)
{
  g_autofree char *currency = dup_string (record, GUM_LEDGER_CURRENCY);
  gint64 price = get_number (record, GUM_LEDGER_PRICE);

  if (currency != NULL && g_ascii_strcasecmp (currency, "jpy") == 0 &&
      ABS (price / 100) < G_MAXINT64 / 10000)
    price *= 100;

  return price;
}

/* price, sales, revenue, published, kind, sort_name */
void
gum_ledger_bind_facts (sqlite3_stmt          *statement,
                       const GumLedgerRecord *record)
{
  g_autofree char *name = dup_string (record, GUM_LEDGER_NAME);

  sqlite3_bind_int64 (statement, 1, get_price (record));
  sqlite3_bind_int64 (statement, 2, get_number (record, GUM_LEDGER_SALES));
  sqlite3_bind_int64 (statement, 3, get_number (record, GUM_LEDGER_REVENUE));
  sqlite3_bind_int (statement, 4, get_flag (record, GUM_LEDGER_PUBLISHED));
  sqlite3_bind_int (statement, 5, get_kind (record));
  bind_owned (statement, 6, gum_search_sort_key (name));
}

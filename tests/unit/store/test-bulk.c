/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Bulk edits: what becomes of prices and tags, and the change sets that are made of them. */

#include "config.h"

#include "store-test.h"

#include "gum-change-set.h"
#include "gum-journal.h"
#include "gum-json.h"

#include <string.h>

/* --- prices ----------------------------------------------------------------------------------- */

typedef struct {
  GumBulkKind  kind;
  gint64       amount;
  const char  *of;           /* the currency of the amount */
  GumRounding  rounding;
  gint64       price;
  const char  *currency;
  GumRefusal   refusal;
  gint64       expected;
} PriceCase;

#define SET GUM_BULK_PRICE_SET
#define ADD GUM_BULK_PRICE_ADD
#define PERCENT GUM_BULK_PRICE_PERCENT
#define FINE GUM_REFUSAL_NONE

static const PriceCase prices[] = {
  { SET, 1500, "usd", GUM_ROUND_NONE, 1000, "usd", FINE, 1500 },
  { SET, 1500, "usd", GUM_ROUND_NONE, 0, "USD", FINE, 1500 },
  { SET, 0, "usd", GUM_ROUND_NONE, 1000, "usd", FINE, 0 },
  { SET, 99, "usd", GUM_ROUND_NONE, 1000, "usd", FINE, 99 },
  { SET, 98, "usd", GUM_ROUND_NONE, 1000, "usd", GUM_REFUSAL_MINIMUM, 0 },
  { SET, -1, "usd", GUM_ROUND_NONE, 1000, "usd", GUM_REFUSAL_MINIMUM, 0 },
  { SET, 1500, "usd", GUM_ROUND_NONE, 1000, "eur", GUM_REFUSAL_CURRENCY, 0 },
  { SET, 1500, "usd", GUM_ROUND_NONE, 1000, NULL, GUM_REFUSAL_CURRENCY, 0 },
  { SET, G_MAXINT32, "usd", GUM_ROUND_NONE, 1000, "usd", FINE, G_MAXINT32 },
  { SET, (gint64) G_MAXINT32 + 1, "usd", GUM_ROUND_NONE, 1000, "usd", GUM_REFUSAL_TOO_LARGE, 0 },
  { SET, 1500, "usd", GUM_ROUND_NONE, -5, "usd", GUM_REFUSAL_UNKNOWN, 0 },

  { ADD, 250, "usd", GUM_ROUND_NONE, 1000, "usd", FINE, 1250 },
  { ADD, -250, "usd", GUM_ROUND_NONE, 1000, "usd", FINE, 750 },
  { ADD, -901, "usd", GUM_ROUND_NONE, 1000, "usd", FINE, 99 },
  { ADD, -902, "usd", GUM_ROUND_NONE, 1000, "usd", GUM_REFUSAL_MINIMUM, 0 },
  { ADD, -1000, "usd", GUM_ROUND_NONE, 1000, "usd", GUM_REFUSAL_MINIMUM, 0 },
  { ADD, 250, "usd", GUM_ROUND_NONE, 0, "usd", GUM_REFUSAL_FREE, 0 },
  { ADD, 250, "usd", GUM_ROUND_99, 1000, "usd", FINE, 1299 },
  { ADD, 1, "usd", GUM_ROUND_NONE, G_MAXINT32, "usd", GUM_REFUSAL_TOO_LARGE, 0 },
  { ADD, G_MAXINT64, "usd", GUM_ROUND_NONE, 1000, "usd", GUM_REFUSAL_TOO_LARGE, 0 },
  { ADD, G_MININT64, "usd", GUM_ROUND_NONE, 1000, "usd", GUM_REFUSAL_MINIMUM, 0 },
  { ADD, 1, "usd", GUM_ROUND_NONE, G_MAXINT64, "usd", GUM_REFUSAL_TOO_LARGE, 0 },

  { PERCENT, 1000, NULL, GUM_ROUND_NONE, 1000, "usd", FINE, 1100 },
  { PERCENT, 1000, NULL, GUM_ROUND_NONE, 1995, "usd", FINE, 2195 },     /* 2194.5 */
  { PERCENT, 333, NULL, GUM_ROUND_NONE, 100, "usd", FINE, 103 },
  { PERCENT, -1000, NULL, GUM_ROUND_NONE, 1000, "eur", FINE, 900 },
  { PERCENT, -5000, NULL, GUM_ROUND_NONE, 199, "usd", FINE, 100 },
  { PERCENT, -5000, NULL, GUM_ROUND_NONE, 99, "usd", GUM_REFUSAL_MINIMUM, 0 },
  { PERCENT, GUM_PERCENT_MIN, NULL, GUM_ROUND_NONE, 5, "usd", GUM_REFUSAL_MINIMUM, 0 },
  { PERCENT, 1000, NULL, GUM_ROUND_NONE, 0, "usd", GUM_REFUSAL_FREE, 0 },
  { PERCENT, GUM_PERCENT_MAX, NULL, GUM_ROUND_NONE, G_MAXINT32, "usd", GUM_REFUSAL_TOO_LARGE, 0 },
  { PERCENT, 0, NULL, GUM_ROUND_99, 1000, "usd", FINE, 999 },

  /* To .99: the nearest; of two, the larger. */
  { PERCENT, 1000, NULL, GUM_ROUND_99, 1000, "usd", FINE, 1099 },
  { PERCENT, 0, NULL, GUM_ROUND_99, 1048, "usd", FINE, 999 },
  { PERCENT, 0, NULL, GUM_ROUND_99, 1049, "usd", FINE, 1099 },
  { PERCENT, 0, NULL, GUM_ROUND_99, 1099, "usd", FINE, 1099 },
  { PERCENT, -9000, NULL, GUM_ROUND_99, 199, "usd", FINE, 99 },
  { PERCENT, -9000, NULL, GUM_ROUND_99, 199, "gbp", FINE, 99 },
  { PERCENT, 0, NULL, GUM_ROUND_99, 7300, "inr", GUM_REFUSAL_MINIMUM, 0 },   /* 72.99 */
  { PERCENT, 0, NULL, GUM_ROUND_99, 111099, "krw", FINE, 111099 },
  { PERCENT, 0, NULL, GUM_ROUND_99, 1000, "xyz", FINE, 999 },

  { PERCENT, 0, NULL, GUM_ROUND_00, 1049, "usd", FINE, 1000 },
  { PERCENT, 0, NULL, GUM_ROUND_00, 1050, "usd", FINE, 1100 },
  { PERCENT, -9000, NULL, GUM_ROUND_00, 199, "usd", FINE, 100 },             /* never free */

  { PERCENT, 0, NULL, GUM_ROUND_9, 1000, "usd", FINE, 900 },
  { PERCENT, 0, NULL, GUM_ROUND_9, 1400, "usd", FINE, 1900 },
  { PERCENT, 0, NULL, GUM_ROUND_9, 99, "usd", FINE, 900 },
  { PERCENT, 0, NULL, GUM_ROUND_9, 2399, "usd", FINE, 1900 },

  /* Yen have no decimals: there is nothing to round but to a nine. */
  { SET, 1500, "jpy", GUM_ROUND_NONE, 1000, "jpy", FINE, 1500 },
  { PERCENT, 1000, NULL, GUM_ROUND_NONE, 1005, "jpy", FINE, 1106 },          /* 1105.5 */
  { PERCENT, 1000, NULL, GUM_ROUND_99, 1005, "jpy", FINE, 1106 },
  { PERCENT, 1000, NULL, GUM_ROUND_00, 1005, "jpy", FINE, 1106 },
  { PERCENT, 1000, NULL, GUM_ROUND_9, 1005, "jpy", FINE, 1109 },
  { PERCENT, -9000, NULL, GUM_ROUND_NONE, 980, "jpy", GUM_REFUSAL_MINIMUM, 0 },
};

static void
test_prices (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (prices); i++)
    {
      const PriceCase *expected = &prices[i];
      g_autoptr(GumBulk) bulk = gum_bulk_new_price (expected->kind, expected->amount, expected->of,
                                                    expected->rounding);
      gint64 result = 0;

      g_test_message ("%u: %d %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT " %s, rounding %d", i,
                      expected->kind, expected->amount, expected->price, expected->currency,
                      expected->rounding);
      g_assert_cmpint (gum_bulk_compute_price (bulk, expected->price, expected->currency, &result),
                       ==, expected->refusal);
      if (expected->refusal == FINE)
        g_assert_cmpint (result, ==, expected->expected);
    }
}

/* Whatever is asked for, what comes out can be sent: in every currency, over a range of prices. */
static void
test_all_currencies (void)
{
  static const char * const currencies[] = {
    "usd", "gbp", "eur", "jpy", "inr", "aud", "cad", "hkd", "sgd", "twd", "nzd", "brl", "zar", "chf",
    "ils", "php", "krw", "pln", "czk",
  };
  static const gint64 minimums[] = {
    99, 59, 79, 99, 7300, 99, 99, 799, 99, 2999, 99, 533, 1300, 100, 700, 4500, 111000, 379, 2149,
  };

  for (guint i = 0; i < G_N_ELEMENTS (currencies); i++)
    for (int rounding = GUM_ROUND_NONE; rounding <= GUM_ROUND_9; rounding++)
      for (gint64 percent = -9900; percent <= 10000; percent += 700)
        {
          g_autoptr(GumBulk) bulk = gum_bulk_new_price (PERCENT, percent, NULL, rounding);

          for (gint64 price = minimums[i]; price < 40 * minimums[i]; price += 1 + minimums[i] / 7)
            {
              gint64 result = -1;
              gint64 exact = price * (10000 + percent) / 10000;

              if (gum_bulk_compute_price (bulk, price, currencies[i], &result) != FINE)
                continue;
              g_assert_cmpint (result, >=, minimums[i]);
              g_assert_cmpint (ABS (result - exact), <=, 1000);
              if (rounding == GUM_ROUND_99 && i != 3)
                g_assert_cmpint (result % 100, ==, 99);
              if (rounding == GUM_ROUND_00 && i != 3)
                g_assert_cmpint (result % 100, ==, 0);
              if (rounding == GUM_ROUND_9)
                g_assert_cmpint (result % (i == 3 ? 10 : 1000), ==, i == 3 ? 9 : 900);
            }
        }
}

/* --- tags ------------------------------------------------------------------------------------- */

static void
assert_tags (GumBulkKind  kind,
             const char  *typed,
             const char  *has,
             const char  *expected)
{
  g_auto(GStrv) tags = gum_tags_parse (typed, NULL);
  g_auto(GStrv) before = *has != '\0' ? g_strsplit (has, ",", -1) : g_new0 (char *, 1);
  g_autoptr(GumBulk) bulk = gum_bulk_new_tags (kind, (const char * const *) tags);
  g_auto(GStrv) after = gum_bulk_compute_tags (bulk, (const char * const *) before);
  g_autofree char *joined = g_strjoinv (",", after);

  g_assert_cmpstr (joined, ==, expected);
}

static void
test_tags (void)
{
  assert_tags (GUM_BULK_TAGS_ADD, "Music, #synth ,synth", "audio,music", "audio,music,synth");
  assert_tags (GUM_BULK_TAGS_ADD, "music", "Music", "Music");
  assert_tags (GUM_BULK_TAGS_ADD, "new", "", "new");
  assert_tags (GUM_BULK_TAGS_REMOVE, "MUSIC, other", "audio,music,synth", "audio,synth");
  assert_tags (GUM_BULK_TAGS_REMOVE, "music", "Music", "");
  assert_tags (GUM_BULK_TAGS_REPLACE, "one two, Ünïcode", "audio", "one two,ünïcode");
  assert_tags (GUM_BULK_TAGS_REPLACE, " , #,", "audio", "");
}

static void
test_bad_tags (void)
{
  static const struct {
    const char *typed;
    const char *bad;
  } cases[] = {
    { "music, synth", NULL },
    { "ab", NULL },
    { "a", "a" },
    { "fine, X, y", "x" },
    { "12345678901234567890", NULL },
    { "123456789012345678901", "123456789012345678901" },
    { "éééééééééééééééééééé", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *bad = NULL;
      g_auto(GStrv) tags = gum_tags_parse (cases[i].typed, &bad);

      g_assert_nonnull (tags);
      g_assert_cmpstr (bad, ==, cases[i].bad);
    }
}

/* --- change sets ------------------------------------------------------------------------------ */

typedef struct {
  StoreTest *test;
  GumStore  *store;
  GumQuery  *query;
  GArray    *rows;
} Shop;

static void
shop_clear (Shop *shop)
{
  g_clear_pointer (&shop->rows, g_array_unref);
  g_clear_object (&shop->query);
  g_clear_object (&shop->store);
  g_clear_pointer (&shop->test, store_test_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Shop, shop_clear)

/* As many products as there are, each with what is set; the first is the newest. */
static void
shop_open (Shop               *shop,
           const char * const *sets)
{
  guint n = g_strv_length ((GStrv) sets);

  shop->test = store_test_new (n);
  shop->store = store_test_open (shop->test);
  store_test_sync (shop->store);
  shop->query = gum_query_new (shop->store);
  store_test_settle (shop->query);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = store_test_dup_id (shop->query, i);
      g_autofree char *args = g_strdup_printf ("{\"id\":\"%s\",\"set\":%s}", id, sets[i]);

      store_test_tell (shop->test, "edit", args);
    }
  store_test_sync (shop->store);
  store_test_settle (shop->query);

  shop->rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < n; i++)
    {
      gint64 row = gum_query_get_row (shop->query, i);

      g_assert_cmpint (row, !=, 0);
      g_array_append_val (shop->rows, row);
    }
}

static gboolean
is_computed (gpointer data)
{
  return !gum_change_set_get_pending (data);
}

static GumChangeSet *
compute (Shop    *shop,
         GumBulk *new_bulk)
{
  g_autoptr(GumBulk) bulk = new_bulk;
  GumChangeSet *set = gum_change_set_new (shop->store, bulk, shop->rows);

  g_assert_true (gum_change_set_get_pending (set));
  gum_test_wait_until (is_computed, set);
  g_assert_no_error (gum_change_set_get_error (set));

  return set;
}

static GumChangeRow *
get_row (GumChangeSet *set,
         guint         position)
{
  g_autoptr(GumChangeRow) row = g_list_model_get_item (G_LIST_MODEL (set), position);

  return row;
}

/* Applies it; the journal's writes. */
static GPtrArray *
apply (Shop         *shop,
       GumChangeSet *set)
{
  GumJournal *journal = gum_store_get_journal (shop->store);
  g_autoptr(GAsyncResult) applied = NULL;
  g_autoptr(GAsyncResult) listed = NULL;
  g_autoptr(GError) error = NULL;
  GPtrArray *writes;
  gint64 batch;

  gum_change_set_apply_async (set, "Test", gum_test_result_cb, &applied);
  batch = gum_change_set_apply_finish (set, gum_test_wait_result (&applied), &error);
  g_assert_no_error (error);
  g_assert_cmpint (batch, >, 0);
  gum_journal_list_async (journal, batch, NULL, gum_test_result_cb, &listed);
  writes = gum_journal_list_finish (journal, gum_test_wait_result (&listed), &error);
  g_assert_no_error (error);

  return writes;
}

static void
assert_write (GumWrite   *write,
              const char *body,
              const char *before)
{
  g_autoptr(JsonNode) expected_body = json_from_string (body, NULL);
  g_autoptr(JsonNode) expected_before = json_from_string (before, NULL);
  g_autoptr(JsonNode) actual_body = json_node_init_object (json_node_alloc (),
                                                           gum_write_get_body (write));
  g_autoptr(JsonNode) actual_before = json_node_init_object (json_node_alloc (),
                                                             gum_write_get_before (write));

  g_assert_cmpint (gum_write_get_state (write), ==, GUM_WRITE_WAITING);
  g_assert_true (json_node_equal (actual_body, expected_body));
  g_assert_true (json_node_equal (actual_before, expected_before));
}

/* What the sandbox makes of its own accord must not get in the way. */
#define PLAIN ",\"is_tiered_membership\":false}"

static const char * const of_prices[] = {
  "{\"name\":\"A\",\"price\":1000,\"currency\":\"usd\",\"customizable_price\":false" PLAIN,
  "{\"name\":\"B\",\"price\":900,\"currency\":\"eur\",\"customizable_price\":true" PLAIN,
  "{\"name\":\"C\",\"price\":1500,\"currency\":\"usd\",\"is_tiered_membership\":true}",
  "{\"name\":\"D\",\"price\":0,\"currency\":\"usd\"" PLAIN,
  "{\"name\":\"E\",\"price\":null,\"currency\":\"usd\"" PLAIN,
  "{\"name\":\"F\",\"price\":1500,\"currency\":\"usd\"" PLAIN,
  NULL,
};

static void
test_set_price (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GumChangeSet) set = NULL;
  g_autoptr(GPtrArray) writes = NULL;

  shop_open (&shop, of_prices);
  set = compute (&shop, gum_bulk_new_price (SET, 1500, "usd", GUM_ROUND_NONE));

  /* A and D change; F has that price; the others stand at the end and say why. */
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (set)), ==, 5);
  g_assert_cmpuint (gum_change_set_get_n_changes (set), ==, 2);
  g_assert_cmpuint (gum_change_set_get_n_ticked (set), ==, 2);
  g_assert_cmpuint (gum_change_set_get_n_unchanged (set), ==, 1);
  g_assert_cmpuint (gum_change_set_get_n_refused (set), ==, 3);
  g_assert_cmpstr (gum_change_row_get_name (get_row (set, 0)), ==, "A");
  g_assert_cmpint (gum_change_row_get_old_price (get_row (set, 0)), ==, 1000);
  g_assert_cmpint (gum_change_row_get_new_price (get_row (set, 0)), ==, 1500);
  g_assert_cmpint (gum_change_row_get_refusal (get_row (set, 2)), ==, GUM_REFUSAL_CURRENCY);
  g_assert_cmpint (gum_change_row_get_refusal (get_row (set, 3)), ==, GUM_REFUSAL_TIERED);
  g_assert_cmpint (gum_change_row_get_refusal (get_row (set, 4)), ==, GUM_REFUSAL_UNKNOWN);

  /* What cannot be changed cannot be ticked. */
  gum_change_set_set_ticked (set, get_row (set, 3), TRUE);
  g_assert_cmpuint (gum_change_set_get_n_ticked (set), ==, 2);
  gum_change_set_tick_all (set, FALSE);
  g_assert_cmpuint (gum_change_set_get_n_ticked (set), ==, 0);
  gum_change_set_set_ticked (set, get_row (set, 0), TRUE);
  g_assert_cmpuint (gum_change_set_get_n_ticked (set), ==, 1);

  writes = apply (&shop, set);
  g_assert_cmpuint (writes->len, ==, 1);
  g_assert_cmpstr (gum_write_get_label (writes->pdata[0]), ==, "A");
  assert_write (writes->pdata[0], "{\"price\":1500}", "{\"price\":1000}");
}

/* Gumroad lets everybody pay what they want for what is free: it must be possible to take that back. */
static void
test_make_free (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GumChangeSet) set = NULL;
  g_autoptr(GPtrArray) writes = NULL;

  shop_open (&shop, of_prices);
  set = compute (&shop, gum_bulk_new_price (SET, 0, "usd", GUM_ROUND_NONE));
  writes = apply (&shop, set);
  g_assert_cmpuint (writes->len, ==, 2);
  assert_write (writes->pdata[0], "{\"price\":0,\"customizable_price\":true}",
                "{\"price\":1000,\"customizable_price\":false}");
}

static void
test_percent (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GumChangeSet) set = NULL;
  g_autoptr(GPtrArray) writes = NULL;

  shop_open (&shop, of_prices);
  set = compute (&shop, gum_bulk_new_price (PERCENT, 1000, NULL, GUM_ROUND_99));
  g_assert_cmpuint (gum_change_set_get_n_changes (set), ==, 3);
  g_assert_cmpuint (gum_change_set_get_n_refused (set), ==, 3);
  g_assert_true (gum_change_row_is_pay_what_you_want (get_row (set, 1)));
  g_assert_cmpint (gum_change_row_get_refusal (get_row (set, 4)), ==, GUM_REFUSAL_FREE);
  writes = apply (&shop, set);
  assert_write (writes->pdata[0], "{\"price\":1099}", "{\"price\":1000}");
  assert_write (writes->pdata[1], "{\"price\":999}", "{\"price\":900}");
  assert_write (writes->pdata[2], "{\"price\":1699}", "{\"price\":1500}");
}

static void
test_set_tags (void)
{
  static const char * const sets[] = {
    "{\"tags\":[\"audio\",\"synth\"]}", "{\"tags\":[\"synth\",\"audio\",\"music\"]}",
    "{\"tags\":[]}", "{\"tags\":\"nonsense\"}", NULL,
  };
  static const char * const music[] = { "music", NULL };
  g_auto(Shop) shop = { 0 };
  g_autoptr(GumChangeSet) set = NULL;
  g_autoptr(GPtrArray) writes = NULL;

  shop_open (&shop, sets);
  set = compute (&shop, gum_bulk_new_tags (GUM_BULK_TAGS_ADD, music));
  g_assert_cmpuint (gum_change_set_get_n_changes (set), ==, 2);
  g_assert_cmpuint (gum_change_set_get_n_unchanged (set), ==, 1);
  g_assert_cmpint (gum_change_row_get_refusal (get_row (set, 2)), ==, GUM_REFUSAL_UNKNOWN);
  writes = apply (&shop, set);
  assert_write (writes->pdata[0], "{\"tags\":[\"audio\",\"synth\",\"music\"]}",
                "{\"tags\":[\"audio\",\"synth\"]}");
  assert_write (writes->pdata[1], "{\"tags\":[\"music\"]}", "{\"tags\":[]}");
}

static void
test_set_texts (void)
{
  static const char * const sets[] = {
    "{\"category\":\"design\",\"published\":true}", "{\"category\":null,\"published\":false}",
    "{\"category\":\"films\",\"published\":true}", NULL,
  };
  g_auto(Shop) shop = { 0 };
  g_autoptr(GumChangeSet) category = NULL;
  g_autoptr(GumChangeSet) refund = NULL;
  g_autoptr(GumChangeSet) publish = NULL;
  g_autoptr(GumChangeSet) unpublish = NULL;
  g_autoptr(GPtrArray) writes = NULL;
  g_autoptr(GPtrArray) refunds = NULL;
  g_autoptr(GPtrArray) unpublished = NULL;

  shop_open (&shop, sets);
  category = compute (&shop, gum_bulk_new_text (GUM_BULK_CATEGORY, "films"));
  g_assert_cmpuint (gum_change_set_get_n_changes (category), ==, 2);
  writes = apply (&shop, category);
  assert_write (writes->pdata[0], "{\"category\":\"films\"}", "{\"category\":\"design\"}");
  assert_write (writes->pdata[1], "{\"category\":\"films\"}", "{\"category\":null}");

  /* The list does not tell it: what is there before is found out when it is sent. */
  refund = compute (&shop, gum_bulk_new_text (GUM_BULK_REFUND_PERIOD, "30"));
  g_assert_cmpuint (gum_change_set_get_n_changes (refund), ==, 3);
  refunds = apply (&shop, refund);
  assert_write (refunds->pdata[0], "{\"refund_period\":\"30\"}", "{}");

  publish = compute (&shop, gum_bulk_new_publish (TRUE));
  g_assert_cmpuint (gum_change_set_get_n_changes (publish), ==, 1);
  g_assert_cmpuint (gum_change_set_get_n_unchanged (publish), ==, 2);
  unpublish = compute (&shop, gum_bulk_new_publish (FALSE));
  g_assert_cmpuint (gum_change_set_get_n_changes (unpublish), ==, 2);
  unpublished = apply (&shop, unpublish);
  g_assert_cmpstr (gum_write_get_kind (unpublished->pdata[0]), ==, GUM_WRITE_KIND_UNPUBLISH);
  g_assert_null (gum_write_get_body (unpublished->pdata[0]));
}

/* The store goes while it is computed. */
static void
test_closed (void)
{
  g_auto(Shop) shop = { 0 };
  g_autoptr(GumChangeSet) set = NULL;
  g_autoptr(GumBulk) bulk = gum_bulk_new_publish (TRUE);

  shop_open (&shop, of_prices);
  set = gum_change_set_new (shop.store, bulk, shop.rows);
  gum_store_close (shop.store);
  gum_test_wait_until (is_computed, set);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (set)), ==,
                    gum_change_set_get_n_changes (set) + gum_change_set_get_n_refused (set));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/store/bulk/prices", test_prices);
  g_test_add_func ("/store/bulk/all-currencies", test_all_currencies);
  g_test_add_func ("/store/bulk/tags", test_tags);
  g_test_add_func ("/store/bulk/bad-tags", test_bad_tags);
  g_test_add_func ("/store/change-set/set-price", test_set_price);
  g_test_add_func ("/store/change-set/make-free", test_make_free);
  g_test_add_func ("/store/change-set/percent", test_percent);
  g_test_add_func ("/store/change-set/tags", test_set_tags);
  g_test_add_func ("/store/change-set/texts", test_set_texts);
  g_test_add_func ("/store/change-set/closed", test_closed);

  return g_test_run ();
}

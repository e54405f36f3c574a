/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What comparable products cost: quartiles of the prices in a category, or of what a search finds.
 */
#define G_LOG_DOMAIN "gum-sandbox"

#include "config.h"

#include "gum-sandbox-private.h"

#define MAX_EXAMPLES 5

typedef struct
{
  char *path;                   /* of the category, NULL for any */
  char *query;                  /* folded, NULL for any */
  char *currency;
  GArray *prices;
  JsonArray *examples;
} Comps;

static void
comps_clear (Comps *comps)
{
  g_free (comps->path);
  g_free (comps->query);
  g_free (comps->currency);
  g_clear_pointer (&comps->prices, g_array_unref);
  g_clear_pointer (&comps->examples, json_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Comps, comps_clear)

static gboolean
is_comparable (Comps      *comps,
               JsonObject *record)
{
  const char *path = gum_sandbox_peek_string (record, "category");
  g_autofree char *name = g_utf8_casefold (gum_sandbox_peek_string (record, "name"), -1);

  return gum_sandbox_get_bool (record, "published", FALSE) &&
         g_str_equal (gum_sandbox_peek_string (record, "currency"), comps->currency) &&
         (comps->path == NULL || g_str_has_prefix (path, comps->path)) &&
         (comps->query == NULL || strstr (name, comps->query) != NULL);
}

static void
collect (GumSandboxState   *state,
         Comps             *comps,
         GumSandboxProduct *product)
{
  g_autoptr (JsonObject) record = gum_sandbox_product_ref (state, product);
  JsonObject *example;
  g_autofree char *url = NULL;
  gint64 price = 0;

  if (!is_comparable (comps, record))
    return;

  gum_sandbox_get_int (record, "price", &price);
  g_array_append_val (comps->prices, price);
  if (gum_sandbox_length (comps->examples) >= MAX_EXAMPLES)
    return;

  url = g_strconcat (state->origin, "/l/", product->permalink, NULL);
  example = json_object_new ();
  json_object_set_string_member (example, "name", gum_sandbox_peek_string (record, "name"));
  json_object_set_int_member (example, "price", price);
  json_object_set_string_member (example, "url", url);
  json_array_add_object_element (comps->examples, example);
}

static gint
compare_prices (gconstpointer a,
                gconstpointer b)
{
  gint64 left = *(const gint64 *) a;
  gint64 right = *(const gint64 *) b;

  return left < right ? -1 : left > right;
}

static JsonObject *
quartiles (GArray *prices)
{
  static const char *const names[] = { "p25", "p50", "p75" };
  JsonObject *object = json_object_new ();

  g_array_sort (prices, compare_prices);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (prices->len > 0)
      json_object_set_int_member (object, names[i],
                                  g_array_index (prices, gint64, (prices->len - 1) * (i + 1) / 4));
    else
      json_object_set_null_member (object, names[i]);

  return object;
}

static void
comps_cb (GumSandboxCall *call)
{
  g_auto (Comps) comps = { 0 };
  g_autofree char *taxonomy = gum_sandbox_dup_string (call->params, "taxonomy");
  g_autofree char *query = gum_sandbox_dup_string (call->params, "query");
  g_autoptr (JsonObject) category = json_object_new ();
  JsonObject *object;

  if (gum_sandbox_is_blank (call->params, "taxonomy") &&
      gum_sandbox_is_blank (call->params, "query"))
    {
      gum_sandbox_call_failure (call, "taxonomy or query is required.");
      return;
    }
  if (taxonomy != NULL && taxonomy[0] != '\0')
    {
      gint64 id = g_ascii_strtoll (taxonomy, NULL, 10);

      if (!gum_sandbox_set_category (call->state, category, id > 0 ? NULL : taxonomy, id))
        {
          gum_sandbox_call_failure (call, "Invalid taxonomy.");
          return;
        }
      comps.path = gum_sandbox_dup_string (category, "category");
    }
  if (query != NULL && query[0] != '\0')
    comps.query = g_utf8_casefold (query, -1);
  comps.currency = gum_sandbox_dup_string (call->params, "price_currency_type");
  if (comps.currency == NULL)
    comps.currency = g_strdup ("usd");
  comps.prices = g_array_new (FALSE, FALSE, sizeof (gint64));
  comps.examples = json_array_new ();

  for (guint i = 0; i < call->state->order->len; i++)
    collect (call->state, &comps, call->state->order->pdata[i]);

  object = json_object_new ();
  json_object_set_int_member (object, "count", comps.prices->len);
  json_object_set_string_member (object, "currency", comps.currency);
  json_object_set_object_member (object, "price_cents", quartiles (comps.prices));
  json_object_set_array_member (object, "examples", g_steal_pointer (&comps.examples));
  gum_sandbox_call_object (call, "comps", object);
}

const GumSandboxRoute gum_sandbox_comps_routes[] = {
  { "GET", "/v2/products/comps", GUM_SANDBOX_SCOPES_READ, comps_cb },
  { NULL },
};

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Products as they are read: the index, the two shapes, the list and the single product.
 *
 * A product's record is one JSON object that holds the members of the wire in their order, and
 * besides them members of our own whose names start with an underscore.  A generated product that
 * nobody changed keeps no record, only the text of its list row.
 */
#define G_LOG_DOMAIN "gum-sandbox"

#include "config.h"

#include "gum-sandbox-private.h"

#include <stdio.h>

typedef enum
{
  IN_BOTH,
  IN_FULL,
} Shape;

static const struct
{
  const char *name;
  Shape shape;
} members[] = {
  { "id", IN_BOTH },
  { "name", IN_BOTH },
  { "description", IN_BOTH },
  { "custom_summary", IN_BOTH },
  { "custom_permalink", IN_BOTH },
  { "custom_receipt", IN_BOTH },
  { "custom_html", IN_FULL },
  { "landing_url", IN_FULL },
  { "price", IN_BOTH },
  { "currency", IN_BOTH },
  { "formatted_price", IN_BOTH },
  { "customizable_price", IN_BOTH },
  { "max_purchase_count", IN_BOTH },
  { "subscription_duration", IN_BOTH },
  { "is_tiered_membership", IN_BOTH },
  { "recurrences", IN_BOTH },
  { "published", IN_BOTH },
  { "deleted", IN_BOTH },
  { "require_shipping", IN_BOTH },
  { "short_url", IN_BOTH },
  { "preview_url", IN_BOTH },
  { "thumbnail_url", IN_BOTH },
  { "covers", IN_BOTH },
  { "main_cover_id", IN_BOTH },
  { "tags", IN_BOTH },
  { "taxonomy_id", IN_BOTH },
  { "category", IN_BOTH },
  { "category_label", IN_BOTH },
  { "file_info", IN_BOTH },
  { "custom_fields", IN_BOTH },
  { "bundle_products", IN_BOTH },
  { "variants", IN_BOTH },
  { "url", IN_BOTH },
  { "purchasing_power_parity_prices", IN_BOTH },
  { "is_preorder", IN_BOTH },
  { "is_in_preorder_state", IN_BOTH },
  { "release_at", IN_BOTH },
  { "rich_content", IN_FULL },
  { "has_same_rich_content_for_all_variants", IN_FULL },
  { "files", IN_FULL },
  { "refund_policy", IN_FULL },
};

void
gum_sandbox_product_free (GumSandboxProduct *product)
{
  g_free (product->id);
  g_free (product->permalink);
  g_clear_pointer (&product->record, json_object_unref);
  g_free (product->slim);
  g_free (product->slim_sales);
  g_free (product);
}

/* The index */

static gint
compare_newest_first (gconstpointer a,
                      gconstpointer b)
{
  const GumSandboxProduct *left = *(GumSandboxProduct *const *) a;
  const GumSandboxProduct *right = *(GumSandboxProduct *const *) b;

  if (left->created_at != right->created_at)
    return left->created_at > right->created_at ? -1 : 1;

  return left->number > right->number ? -1 : left->number < right->number;
}

/* The first row that is strictly older. */
static guint
find_older (GPtrArray *order,
            gint64     created_at,
            guint      number)
{
  GumSandboxProduct probe = { .number = number, .created_at = created_at };
  GumSandboxProduct *key = &probe;
  guint low = 0;
  guint high = order->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (compare_newest_first (&order->pdata[middle], &key) <= 0)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

void
gum_sandbox_product_list (GumSandboxState   *state,
                          GumSandboxProduct *product)
{
  if (g_ptr_array_find (state->order, product, NULL))
    return;

  g_ptr_array_insert (state->order,
                      (gint) find_older (state->order, product->created_at, product->number),
                      product);
}

void
gum_sandbox_product_unlist (GumSandboxState   *state,
                            GumSandboxProduct *product)
{
  g_ptr_array_remove (state->order, product);
}

GumSandboxProduct *
gum_sandbox_find_product (GumSandboxState *state,
                          const char      *id)
{
  GumSandboxProduct *product = id != NULL ? g_hash_table_lookup (state->products, id) : NULL;

  if (product == NULL && id != NULL)
    product = g_hash_table_lookup (state->permalinks, id);

  return product;
}

/* Takes @record, which must be complete. */
GumSandboxProduct *
gum_sandbox_product_add (GumSandboxState *state,
                         JsonObject      *record,
                         gint64           created_at)
{
  GumSandboxProduct *product = g_new0 (GumSandboxProduct, 1);
  GumSandboxProduct *newest = state->order->len > 0 ? state->order->pdata[0] : NULL;

  product->number = state->next_number++;
  product->created_at = created_at;
  if (created_at == 0)
    {
      product->created_at = g_get_real_time ();
      if (newest != NULL && newest->created_at >= product->created_at)
        product->created_at = newest->created_at + G_USEC_PER_SEC;
    }
  product->record = record;
  product->id = gum_sandbox_dup_string (record, "id");
  product->permalink = gum_sandbox_dup_string (record, "_permalink");
  g_hash_table_insert (state->products, product->id, product);
  g_hash_table_insert (state->permalinks, product->permalink, product);
  gum_sandbox_product_list (state, product);

  return product;
}

/* Returns: (transfer full): the record, to be read only */
JsonObject *
gum_sandbox_product_ref (GumSandboxState   *state,
                         GumSandboxProduct *product)
{
  if (product->record != NULL)
    return json_object_ref (product->record);

  return gum_sandbox_generate (state, product->seed, product->number);
}

void
gum_sandbox_product_touch (GumSandboxProduct *product)
{
  g_clear_pointer (&product->slim, g_free);
  g_clear_pointer (&product->slim_sales, g_free);
}

/* Returns: (transfer none): the record, to be changed */
JsonObject *
gum_sandbox_product_edit (GumSandboxState   *state,
                          GumSandboxProduct *product)
{
  if (product->record == NULL)
    product->record = gum_sandbox_product_ref (state, product);
  gum_sandbox_product_touch (product);

  return product->record;
}

/* Prices in words */

static const struct
{
  const char *code;
  const char *symbol;
  gint64 minimum;
} currencies[] = {
  { "usd", "$", 99 },    { "gbp", "£", 59 },     { "eur", "€", 79 },    { "jpy", "¥", 99 },
  { "inr", "₹", 7300 },  { "aud", "A$", 99 },    { "cad", "CAD$", 99 }, { "hkd", "HK$", 799 },
  { "sgd", "S$", 99 },   { "twd", "NT$", 2999 }, { "nzd", "NZ$", 99 },  { "brl", "R$", 533 },
  { "zar", "R", 1300 },  { "chf", "CHF", 100 },  { "ils", "₪", 700 },   { "php", "₱", 4500 },
  { "krw", "₩", 111000 }, { "pln", "zł", 379 },  { "czk", "Kč", 2149 },
};

gint64
gum_sandbox_minimum_price (const char *currency)
{
  for (guint i = 0; i < G_N_ELEMENTS (currencies); i++)
    if (g_strcmp0 (currencies[i].code, currency) == 0)
      return currencies[i].minimum;

  return -1;
}

static const char *
duration_words (const char *duration)
{
  static const char *const words[][2] = {
    { "monthly", " a month" },
    { "quarterly", " every 3 months" },
    { "biannually", " every 6 months" },
    { "yearly", " a year" },
    { "every_two_years", " every 2 years" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (duration, words[i][0]) == 0)
      return words[i][1];

  return "";
}

static void
append_grouped (GString *text,
                gint64   number)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GINT64_FORMAT, number);
  gsize length = strlen (digits);

  for (gsize i = 0; i < length; i++)
    {
      if (i > 0 && (length - i) % 3 == 0)
        g_string_append_c (text, ',');
      g_string_append_c (text, digits[i]);
    }
}

char *
gum_sandbox_format_price (JsonObject *record)
{
  g_autofree char *currency = gum_sandbox_dup_string (record, "currency");
  g_autofree char *duration = gum_sandbox_dup_string (record, "subscription_duration");
  GString *text = g_string_new (NULL);
  gint64 price = 0;

  gum_sandbox_get_int (record, "price", &price);
  price = MAX (price, 0);

  for (guint i = 0; i < G_N_ELEMENTS (currencies); i++)
    if (g_strcmp0 (currencies[i].code, currency) == 0)
      g_string_append (text, currencies[i].symbol);

  if (g_strcmp0 (currency, "jpy") == 0)
    {
      append_grouped (text, price);
    }
  else
    {
      append_grouped (text, price / 100);
      if (price % 100 != 0)
        g_string_append_printf (text, ".%02d", (int) (price % 100));
    }

  if (gum_sandbox_get_bool (record, "customizable_price", FALSE))
    g_string_append_c (text, '+');
  g_string_append (text, duration_words (duration));

  return g_string_free (text, FALSE);
}

/* The two shapes */

static JsonObject *
render_option (JsonObject *variant,
               gboolean    full,
               gboolean    shared,
               gboolean    ppp)
{
  static const char *const names[][2] = {
    { "name", "name" },
    { "price_difference", "price_difference_cents" },
    { "is_pay_what_you_want", "_pay_what_you_want" },
    { "recurrence_prices", "_recurrence_prices" },
  };
  JsonObject *option = json_object_new ();

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      JsonNode *node = json_object_get_member (variant, names[i][1]);

      if (node != NULL)
        json_object_set_member (option, names[i][0], gum_sandbox_copy_node (node));
      else if (i == 2)
        json_object_set_boolean_member (option, names[i][0], FALSE);
      else
        json_object_set_null_member (option, names[i][0]);
    }

  if (ppp)
    json_object_set_null_member (option, "purchasing_power_parity_prices");
  if (full)
    {
      JsonArray *pages = gum_sandbox_get_array (variant, "rich_content");

      json_object_set_array_member (option, "rich_content",
                                    pages != NULL && !shared ? json_array_ref (pages)
                                                             : json_array_new ());
    }
  json_object_set_null_member (option, "url");

  return option;
}

static JsonArray *
render_variants (JsonObject *record,
                 gboolean    full)
{
  JsonArray *categories = gum_sandbox_get_array (record, "_variant_categories");
  gboolean shared = gum_sandbox_get_bool (record, "has_same_rich_content_for_all_variants", TRUE);
  gboolean ppp = json_object_has_member (record, "purchasing_power_parity_prices");
  JsonArray *result = json_array_new ();

  for (guint i = 0; categories != NULL && i < json_array_get_length (categories); i++)
    {
      JsonObject *category = json_array_get_object_element (categories, i);
      JsonArray *variants = gum_sandbox_get_array (category, "_variants");
      JsonObject *rendered = json_object_new ();
      JsonArray *options = json_array_new ();
      JsonNode *title = json_object_get_member (category, "title");

      for (guint j = 0; variants != NULL && j < json_array_get_length (variants); j++)
        {
          JsonObject *variant = json_array_get_object_element (variants, j);

          if (!gum_sandbox_get_bool (variant, "_deleted", FALSE))
            json_array_add_object_element (options, render_option (variant, full, shared, ppp));
        }

      if (title != NULL)
        json_object_set_member (rendered, "title", gum_sandbox_copy_node (title));
      else
        json_object_set_null_member (rendered, "title");
      json_object_set_array_member (rendered, "options", options);
      json_array_add_object_element (result, rendered);
    }

  return result;
}

static void
add_sales (JsonObject *object,
           JsonObject *record)
{
  gint64 count = 0;
  gint64 cents = 0;

  gum_sandbox_get_int (record, "_sales_count", &count);
  gum_sandbox_get_int (record, "_sales_usd_cents", &cents);
  json_object_set_null_member (object, "custom_delivery_url");
  json_object_set_int_member (object, "sales_count", count);
  json_object_set_double_member (object, "sales_usd_cents", (double) cents);
}

JsonObject *
gum_sandbox_product_render (GumSandboxState   *state,
                            GumSandboxProduct *product,
                            gboolean           full,
                            gboolean           sales)
{
  g_autoptr (JsonObject) record = gum_sandbox_product_ref (state, product);
  g_autofree char *price = gum_sandbox_format_price (record);
  g_autofree char *permalink = gum_sandbox_dup_string (record, "custom_permalink");
  g_autofree char *url = NULL;
  JsonObject *object = json_object_new ();

  if (permalink == NULL || permalink[0] == '\0')
    {
      g_free (permalink);
      permalink = g_strdup (product->permalink);
    }
  url = g_strconcat (state->origin, "/l/", permalink, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      const char *name = members[i].name;
      JsonNode *node = json_object_get_member (record, name);

      if (members[i].shape == IN_FULL && !full)
        continue;

      if (g_str_equal (name, "variants"))
        json_object_set_array_member (object, name, render_variants (record, full));
      else if (g_str_equal (name, "short_url") || g_str_equal (name, "landing_url"))
        json_object_set_string_member (object, name, url);
      else if (g_str_equal (name, "formatted_price"))
        json_object_set_string_member (object, name, price);
      else if (g_str_equal (name, "deleted"))
        json_object_set_boolean_member (object, name, product->deleted);
      else if (g_str_equal (name, "url"))
        json_object_set_null_member (object, name);
      else if (node != NULL)
        json_object_set_member (object, name, json_node_copy (node));
    }

  if (sales)
    add_sales (object, record);

  return object;
}

/* GET /products */

static void
make_slim (GumSandboxState   *state,
           GumSandboxProduct *product)
{
  g_autoptr (JsonObject) record = gum_sandbox_product_ref (state, product);
  g_autoptr (JsonObject) slim = gum_sandbox_product_render (state, product, FALSE, FALSE);
  gint64 count = 0;
  gint64 cents = 0;

  product->slim = gum_sandbox_to_json (slim);
  product->slim[strlen (product->slim) - 1] = '\0';

  gum_sandbox_get_int (record, "_sales_count", &count);
  gum_sandbox_get_int (record, "_sales_usd_cents", &cents);
  product->slim_sales = g_strdup_printf (",\"custom_delivery_url\":null,"
                                         "\"sales_count\":%" G_GINT64_FORMAT ","
                                         "\"sales_usd_cents\":%" G_GINT64_FORMAT ".0}",
                                         count, cents);
}

static char *
make_page_key (GumSandboxProduct *product)
{
  g_autoptr (GDateTime) time = NULL;
  g_autofree char *seconds = NULL;

  time = g_date_time_new_from_unix_utc (product->created_at / G_USEC_PER_SEC);
  seconds = g_date_time_format (time, "%Y%m%d%H%M%S");

  return g_strdup_printf ("%s%06d-%u", seconds, (int) (product->created_at % G_USEC_PER_SEC),
                          product->number);
}

static gboolean
parse_page_key (const char *key,
                gint64     *created_at,
                guint      *number)
{
  g_autoptr (GDateTime) time = NULL;
  int y, m, d, h, min, s, us;
  guint64 value;

  if (strspn (key, "0123456789") != 20 || key[20] != '-' ||
      sscanf (key, "%4d%2d%2d%2d%2d%2d%6d", &y, &m, &d, &h, &min, &s, &us) != 7 ||
      !g_ascii_string_to_unsigned (key + 21, 10, 0, G_MAXUINT, &value, NULL))
    return FALSE;

  time = g_date_time_new_utc (y, m, d, h, min, s);
  if (time == NULL)
    return FALSE;

  *created_at = g_date_time_to_unix (time) * G_USEC_PER_SEC + us;
  *number = (guint) value;

  return TRUE;
}

static void
list_cb (GumSandboxCall *call)
{
  GumSandboxState *state = call->state;
  gboolean sales = (call->token->scopes & GUM_SANDBOX_SCOPES_SALES) != 0;
  GString *json = g_string_sized_new (32 * 1024);
  guint start = 0;
  guint end;

  if (!gum_sandbox_is_blank (call->params, "page_key"))
    {
      g_autofree char *key = gum_sandbox_dup_string (call->params, "page_key");
      gint64 created_at;
      guint number;

      if (!parse_page_key (key, &created_at, &number))
        {
          g_string_free (json, TRUE);
          gum_sandbox_call_bad_request (call, "Invalid page_key.");
          return;
        }
      start = find_older (state->order, created_at, number);
    }

  end = MIN (start + state->page_size, state->order->len);
  g_string_append (json, "{\"success\":true,\"products\":[");
  for (guint i = start; i < end; i++)
    {
      GumSandboxProduct *product = state->order->pdata[i];

      if (product->slim == NULL)
        make_slim (state, product);
      if (i > start)
        g_string_append_c (json, ',');
      g_string_append (json, product->slim);
      g_string_append (json, sales ? product->slim_sales : "}");
    }
  g_string_append_c (json, ']');

  if (end < state->order->len && end > start)
    {
      g_autofree char *key = make_page_key (state->order->pdata[end - 1]);

      g_string_append_printf (json, ",\"next_page_key\":\"%s\","
                              "\"next_page_url\":\"%s/v2/products?page_key=%s\"",
                              key, call->old_prefix ? "/api" : "", key);
    }
  g_string_append_c (json, '}');

  gum_sandbox_call_take_text (call, 200, "application/json; charset=utf-8",
                              g_string_free (json, FALSE));
}

/* GET /products/:id */

GumSandboxProduct *
gum_sandbox_call_find (GumSandboxCall *call)
{
  GumSandboxProduct *product = gum_sandbox_find_product (call->state, call->args[0]);

  if (product == NULL)
    gum_sandbox_call_failure (call, "The product was not found.");

  return product;
}

/* Answers with the full product and, if given, the top-level members of @extra. */
void
gum_sandbox_call_product (GumSandboxCall    *call,
                          GumSandboxProduct *product,
                          JsonObject        *extra)
{
  gboolean sales = (call->token->scopes & GUM_SANDBOX_SCOPES_SALES) != 0;
  JsonObject *object = json_object_new ();

  json_object_set_boolean_member (object, "success", TRUE);
  json_object_set_object_member (object, "product",
                                 gum_sandbox_product_render (call->state, product, TRUE, sales));
  if (extra != NULL)
    {
      g_autoptr (GList) names = json_object_get_members (extra);

      for (GList *l = names; l != NULL; l = l->next)
        json_object_set_member (object, l->data,
                                json_node_copy (json_object_get_member (extra, l->data)));
    }
  gum_sandbox_call_take_json (call, 200, object);
}

static void
show_cb (GumSandboxCall *call)
{
  GumSandboxProduct *product = gum_sandbox_call_find (call);

  if (product != NULL)
    gum_sandbox_call_product (call, product, NULL);
}

const GumSandboxRoute gum_sandbox_product_routes[] = {
  { "GET", "/v2/products", GUM_SANDBOX_SCOPES_READ, list_cb },
  { "GET", "/v2/products/:id", GUM_SANDBOX_SCOPES_READ, show_cb },
  { NULL },
};

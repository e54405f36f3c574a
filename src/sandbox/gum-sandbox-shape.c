/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A product on the wire: the full shape, the slim one of lists, and prices in words.
 */
#define G_LOG_DOMAIN "gum-sandbox"

#include "config.h"

#include "gum-sandbox-storage.h"

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
gum_sandbox_format_amount (const char *currency,
                           gint64      amount)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (currencies); i++)
    if (g_strcmp0 (currencies[i].code, currency) == 0)
      g_string_append (text, currencies[i].symbol);

  if (g_strcmp0 (currency, "jpy") == 0)
    {
      append_grouped (text, amount);
    }
  else
    {
      append_grouped (text, amount / 100);
      if (amount % 100 != 0)
        g_string_append_printf (text, ".%02d", (int) (amount % 100));
    }

  return g_string_free (text, FALSE);
}

char *
gum_sandbox_format_price (JsonObject *record)
{
  g_autofree char *currency = gum_sandbox_dup_string (record, "currency");
  g_autofree char *amount = NULL;
  g_autofree char *duration = gum_sandbox_dup_string (record, "subscription_duration");
  GString *text;
  gint64 price = 0;

  gum_sandbox_get_int (record, "price", &price);
  amount = gum_sandbox_format_amount (currency, MAX (price, 0));
  text = g_string_new (amount);
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

  for (guint i = 0; categories != NULL && i < gum_sandbox_length (categories); i++)
    {
      JsonObject *category = gum_sandbox_object_at (categories, i);
      JsonArray *variants = gum_sandbox_get_array (category, "_variants");
      JsonObject *rendered = json_object_new ();
      JsonArray *options = json_array_new ();
      JsonNode *title = json_object_get_member (category, "title");

      for (guint j = 0; variants != NULL && j < gum_sandbox_length (variants); j++)
        {
          JsonObject *variant = gum_sandbox_object_at (variants, j);

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

/*
 * Without the members that are ours, and without files that are not in the storage.  The size of
 * an upload becomes known when it has been analysed.
 */
static JsonArray *
render_files (GumSandboxState *state,
              JsonArray       *files)
{
  JsonArray *result = json_array_new ();

  for (guint i = 0; i < gum_sandbox_length (files); i++)
    {
      JsonNode *node = json_array_get_element (files, i);
      g_autoptr (GList) names = NULL;
      JsonObject *rendered;
      gint64 size;

      if (!JSON_NODE_HOLDS_OBJECT (node))
        {
          json_array_add_element (result, json_node_copy (node));
          continue;
        }

      if (gum_sandbox_get_bool (json_node_get_object (node), "_missing", FALSE))
        continue;

      rendered = json_object_new ();
      names = json_object_get_members (json_node_get_object (node));
      for (GList *l = names; l != NULL; l = l->next)
        if (((const char *) l->data)[0] != '_')
          json_object_set_member (rendered, l->data,
                                  json_node_copy (json_object_get_member (
                                    json_node_get_object (node), l->data)));
      if (state->storage->analyses &&
          gum_sandbox_get_int (json_node_get_object (node), "_size", &size))
        json_object_set_int_member (rendered, "size", size);
      json_array_add_object_element (result, rendered);
    }

  return result;
}

static void
copy_or (JsonObject *object,
         JsonObject *record,
         const char *name,
         JsonNode   *fallback)
{
  JsonNode *node = json_object_get_member (record, name);

  if (node != NULL)
    {
      json_object_set_member (object, name, json_node_copy (node));
      json_node_unref (fallback);
    }
  else
    {
      json_object_set_member (object, name, fallback);
    }
}

/* The members that need to see sales; the sum comes from a search engine, which says 12.0 for 12. */
void
gum_sandbox_add_sales (JsonObject *object,
                       JsonObject *record)
{
  gint64 count = 0;
  gint64 cents = 0;

  gum_sandbox_get_int (record, "_sales_count", &count);
  gum_sandbox_get_int (record, "_sales_usd_cents", &cents);
  copy_or (object, record, "custom_delivery_url", json_node_init_null (json_node_alloc ()));
  copy_or (object, record, "sales_count", json_node_init_int (json_node_alloc (), count));
  copy_or (object, record, "sales_usd_cents",
           json_node_init_double (json_node_alloc (), (double) cents));
}

/* What a test added, and the table does not know. */
static void
add_unknown (JsonObject *object,
             JsonObject *record)
{
  static const char *const sales[] = {
    "custom_delivery_url", "sales_count", "sales_usd_cents", NULL,
  };
  g_autoptr (GList) names = json_object_get_members (record);

  for (GList *l = names; l != NULL; l = l->next)
    {
      const char *name = l->data;
      gboolean known = name[0] == '_' || g_strv_contains (sales, name);

      for (guint i = 0; !known && i < G_N_ELEMENTS (members); i++)
        known = g_str_equal (members[i].name, name);
      if (!known)
        json_object_set_member (object, name,
                                json_node_copy (json_object_get_member (record, name)));
    }
}

JsonObject *
gum_sandbox_product_render (GumSandboxState   *state,
                            GumSandboxProduct *product,
                            JsonObject        *record,
                            gboolean           full,
                            gboolean           sales)
{
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

      if (g_str_equal (name, "files") && node != NULL && JSON_NODE_HOLDS_ARRAY (node))
        json_object_set_array_member (object, name,
                                      render_files (state, json_node_get_array (node)));
      else if (g_str_equal (name, "file_info") && gum_sandbox_get_bool (record, "_uploads", FALSE))
        json_object_set_object_member (object, name, gum_sandbox_file_info (state, record));
      else if (node != NULL)
        json_object_set_member (object, name, json_node_copy (node));
      else if (g_str_equal (name, "variants"))
        json_object_set_array_member (object, name, render_variants (record, full));
      else if (g_str_equal (name, "short_url") || g_str_equal (name, "landing_url"))
        json_object_set_string_member (object, name, url);
      else if (g_str_equal (name, "formatted_price"))
        json_object_set_string_member (object, name, price);
      else if (g_str_equal (name, "deleted"))
        json_object_set_boolean_member (object, name, product->deleted);
      else if (g_str_equal (name, "url"))
        json_object_set_null_member (object, name);
    }

  if (product->record != NULL)
    add_unknown (object, record);
  if (sales)
    gum_sandbox_add_sales (object, record);

  return object;
}

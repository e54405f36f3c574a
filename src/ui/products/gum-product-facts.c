/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The words for what a product is, in one place, so that a row, a table, the product's page and the
 * sentence that a screen reader says cannot disagree.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-product-facts.h"

#include "gum-json.h"
#include "gum-money.h"

#include <glib/gi18n.h>

static gboolean
is_deleted (GumProduct *product)
{
  gboolean deleted = FALSE;

  g_object_get (product, "deleted", &deleted, NULL);
  return deleted;
}

const char *
gum_product_facts_get_state (GumProduct *product)
{
  if (is_deleted (product))
    return _("Deleted");
  return gum_product_is_published (product) ? _("Published") : _("Draft");
}

const char *
gum_product_facts_get_kind (GumProduct *product)
{
  switch (gum_product_get_kind (product))
    {
    case GUM_PRODUCT_KIND_MEMBERSHIP:
      return _("Membership");

    case GUM_PRODUCT_KIND_BUNDLE:
      return _("Bundle");

    case GUM_PRODUCT_KIND_PHYSICAL:
      return _("Physical");

    case GUM_PRODUCT_KIND_PRODUCT:
    default:
      return _("Product");
    }
}

char *
gum_product_facts_dup_name (GumProduct *product)
{
  const char *name = gum_product_get_name (product);
  g_autofree char *line = NULL;

  if (name == NULL)
    return g_strdup (_("Untitled"));

  /* One line, whatever was typed. */
  line = g_strdelimit (g_strdup (name), "\n\r\t\v\f", ' ');
  g_strstrip (line);
  return *line != '\0' ? g_steal_pointer (&line) : g_strdup (_("Untitled"));
}

static JsonObject *
get_object (JsonArray *array,
            guint      i)
{
  JsonNode *node = json_array_get_element (array, i);

  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/* What the cheapest tier costs each time; -1: no tier says. */
static gint64
get_lowest_tier (GumProduct *product,
                 const char *recurrence)
{
  JsonArray *groups = gum_json_get_array (gum_resource_get_json (GUM_RESOURCE (product)), "variants");
  gint64 lowest = -1;

  for (guint i = 0; groups != NULL && i < json_array_get_length (groups); i++)
    {
      JsonObject *group = get_object (groups, i);
      JsonArray *options = group != NULL ? gum_json_get_array (group, "options") : NULL;

      for (guint j = 0; options != NULL && j < json_array_get_length (options); j++)
        {
          JsonObject *option = get_object (options, j);
          JsonObject *prices = option != NULL ? gum_json_get_object (option, "recurrence_prices")
                                              : NULL;
          JsonObject *price = prices != NULL ? gum_json_get_object (prices, recurrence) : NULL;
          gint64 cents;

          if (price != NULL && gum_json_get_int (price, "price_cents", &cents) &&
              (lowest < 0 || cents < lowest))
            lowest = cents;
        }
    }
  return lowest;
}

/* Translators: these five are what a membership costs; %s is an amount */
static char *
dup_price_each_time (const char *money,
                     const char *recurrence)
{
  if (g_strcmp0 (recurrence, "monthly") == 0)
    return g_strdup_printf (_("%s a month"), money);
  if (g_strcmp0 (recurrence, "quarterly") == 0)
    return g_strdup_printf (_("%s every 3 months"), money);
  if (g_strcmp0 (recurrence, "biannually") == 0)
    return g_strdup_printf (_("%s every 6 months"), money);
  if (g_strcmp0 (recurrence, "yearly") == 0)
    return g_strdup_printf (_("%s a year"), money);
  if (g_strcmp0 (recurrence, "every_two_years") == 0)
    return g_strdup_printf (_("%s every 2 years"), money);

  return g_strdup (money);
}

/* Gumroad has words for it too, in English and in another way of writing money than everything else here has; they
 * are the last resort. */
char *
gum_product_facts_dup_price (GumProduct *product)
{
  const char *formatted = gum_product_get_formatted_price (product);
  g_autofree char *duration = NULL;
  g_autofree char *money = NULL;
  gboolean open = FALSE;
  gboolean tiered = FALSE;
  gint64 price = gum_resource_has (GUM_RESOURCE (product), "price")
                 ? gum_product_get_price (product) : -1;

  g_object_get (product,
                "subscription-duration", &duration,
                "customizable-price", &open,
                "is-tiered-membership", &tiered,
                NULL);
  if (tiered)
    price = get_lowest_tier (product, duration);
  if (price < 0)
    return g_strdup (formatted != NULL && *formatted != '\0' ? formatted : "—");

  money = gum_money_format (price, gum_product_get_currency (product));
  if (open)
    {
      g_autofree char *least = g_steal_pointer (&money);

      /* Translators: the least price of a product whose buyers may pay more: "$10+" */
      money = g_strdup_printf (_("%s+"), least);
    }
  return dup_price_each_time (money, duration);
}

char *
gum_facts_dup_number (gint64 number)
{
  return g_strdup_printf ("%'" G_GINT64_FORMAT, number);
}

char *
gum_product_facts_dup_sales (GumProduct *product)
{
  if (!gum_resource_has (GUM_RESOURCE (product), "sales-count"))
    return g_strdup ("—");
  return gum_facts_dup_number (gum_product_get_sales_count (product));
}

char *
gum_product_facts_dup_sold (GumProduct *product)
{
  gint64 count = gum_product_get_sales_count (product);
  g_autofree char *number = NULL;

  if (!gum_resource_has (GUM_RESOURCE (product), "sales-count"))
    return g_strdup ("");

  number = gum_facts_dup_number (count);
  /* Translators: how often a product was sold; %s is the number */
  return g_strdup_printf (ngettext ("%s sold", "%s sold", (gulong) CLAMP (count, 0, G_MAXINT)),
                          number);
}

char *
gum_product_facts_dup_revenue (GumProduct *product)
{
  if (!gum_resource_has (GUM_RESOURCE (product), "sales-usd-cents"))
    return g_strdup ("—");
  return gum_money_format (gum_product_get_sales_usd_cents (product), "usd");
}

char *
gum_product_facts_dup_tags (GumProduct *product)
{
  g_auto (GStrv) tags = NULL;

  g_object_get (product, "tags", &tags, NULL);
  return tags != NULL ? g_strjoinv (", ", tags) : g_strdup ("");
}

char *
gum_product_facts_dup_sentence (GumProduct *product)
{
  g_autofree char *name = gum_product_facts_dup_name (product);
  g_autofree char *price = gum_product_facts_dup_price (product);
  g_autofree char *sold = gum_product_facts_dup_sold (product);
  g_autofree char *revenue = NULL;
  g_autoptr (GString) sentence = g_string_new (name);
  const char *state = is_deleted (product) ? _("deleted") :
                      gum_product_is_published (product) ? _("published") : _("draft");

  if (!g_str_equal (price, "—"))
    g_string_append_printf (sentence, ", %s", price);
  g_string_append_printf (sentence, ", %s", state);
  if (gum_product_get_kind (product) != GUM_PRODUCT_KIND_PRODUCT)
    {
      g_autofree char *kind = g_utf8_strdown (gum_product_facts_get_kind (product), -1);

      g_string_append_printf (sentence, ", %s", kind);
    }
  if (*sold != '\0')
    g_string_append_printf (sentence, ", %s", sold);
  if (gum_product_get_sales_usd_cents (product) > 0)
    {
      revenue = gum_product_facts_dup_revenue (product);
      g_string_append (sentence, ", ");
      /* Translators: what a product has earned, said by a screen reader; %s is an amount */
      g_string_append_printf (sentence, _("%s revenue"), revenue);
    }
  return g_string_free (g_steal_pointer (&sentence), FALSE);
}

char *
gum_facts_dup_http_uri (const char *uri)
{
  const char *scheme = uri != NULL ? g_uri_peek_scheme (uri) : NULL;

  if (g_strcmp0 (scheme, "https") != 0 && g_strcmp0 (scheme, "http") != 0)
    return NULL;
  return g_uri_is_valid (uri, G_URI_FLAGS_PARSE_RELAXED, NULL) ? g_strdup (uri) : NULL;
}

char *
gum_product_facts_dup_link (GumProduct *product)
{
  return gum_facts_dup_http_uri (gum_product_get_short_url (product));
}

const char *
gum_facts_get_recurrence (const char *recurrence)
{
  static const struct
  {
    const char *key;
    const char *text;
  } recurrences[] = {
    { "monthly", N_("Every month") },
    { "quarterly", N_("Every 3 months") },
    { "biannually", N_("Every 6 months") },
    { "yearly", N_("Every year") },
    { "every_two_years", N_("Every 2 years") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (recurrences); i++)
    if (g_strcmp0 (recurrence, recurrences[i].key) == 0)
      return _(recurrences[i].text);
  return recurrence;
}

char *
gum_facts_dup_difference (gint64      minor_units,
                          const char *currency)
{
  g_autofree char *amount = gum_money_format (minor_units, currency);

  return minor_units > 0 ? g_strconcat ("+", amount, NULL) : g_steal_pointer (&amount);
}

gboolean
gum_text_get_direction (const char *text,
                        gboolean   *rtl)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);
      GUnicodeScript script;

      if (!g_unichar_isalpha (character))
        continue;
      script = g_unichar_get_script (character);
      *rtl = script == G_UNICODE_SCRIPT_ARABIC || script == G_UNICODE_SCRIPT_HEBREW ||
             script == G_UNICODE_SCRIPT_SYRIAC || script == G_UNICODE_SCRIPT_THAANA ||
             script == G_UNICODE_SCRIPT_NKO || script == G_UNICODE_SCRIPT_ADLAM;
      return TRUE;
    }
  return FALSE;
}

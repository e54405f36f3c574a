/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The words for a version: its name, its price, and what else there is to say of it.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-version-words.h"

#include "gum-detail-rows.h"
#include "gum-json.h"
#include "gum-money.h"
#include "gum-product-facts.h"

#include <glib/gi18n.h>

/* As Gumroad calls the group that it makes for a coffee. What kind a product is, it does not tell. */
#define AMOUNTS "Suggested Amounts"

gboolean
gum_version_words_is_tiered (GumProduct *product)
{
  return gum_detail_get_boolean (product, "is-tiered-membership");
}

gboolean
gum_version_words_is_amounts (GumVariantCategory *category)
{
  g_autofree char *title = category != NULL ? gum_detail_dup_string (category, "title") : NULL;

  return g_strcmp0 (title, AMOUNTS) == 0;
}

char *
gum_version_words_dup_title (GumVariantCategory *category,
                             GumProduct         *product)
{
  g_autofree char *title = gum_detail_dup_string (category, "title");

  if (title != NULL)
    return g_steal_pointer (&title);

  return g_strdup (gum_version_words_is_tiered (product) ? _("Tiers") : _("Versions"));
}

char *
gum_version_words_dup_name (GumVariant *variant,
                            GumProduct *product)
{
  g_autofree char *name = gum_detail_dup_string (variant, "name");

  if (name != NULL)
    return g_steal_pointer (&name);
  /* An amount is called by itself. */
  if (gum_resource_has (GUM_RESOURCE (variant), "price-difference-cents"))
    return gum_money_format (gum_detail_get_int (variant, "price-difference-cents"),
                             gum_product_get_currency (product));

  return g_strdup (_("Untitled"));
}

static char *
dup_tier_prices (GumVariant *variant,
                 GumProduct *product)
{
  static const char *order[] = {
    "monthly", "quarterly", "biannually", "yearly", "every_two_years",
  };
  JsonObject *json = gum_resource_get_json (GUM_RESOURCE (variant));
  JsonObject *prices = gum_json_get_object (json, "recurrence_price_values");
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; prices != NULL && i < G_N_ELEMENTS (order); i++)
    {
      JsonObject *price = gum_json_get_object (prices, order[i]);
      g_autofree char *formatted = NULL;
      gint64 cents;

      if (price == NULL || !gum_json_get_int (price, "price_cents", &cents))
        continue;
      formatted = gum_money_format (cents, gum_product_get_currency (product));
      g_string_append_printf (text, "%s%s: %s", text->len > 0 ? ", " : "",
                              gum_facts_get_recurrence (order[i]), formatted);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
gum_version_words_dup_price (GumVariant *variant,
                             GumProduct *product)
{
  g_autofree char *name = gum_detail_dup_string (variant, "name");
  gint64 difference = gum_detail_get_int (variant, "price-difference-cents");

  if (gum_version_words_is_tiered (product))
    return dup_tier_prices (variant, product);
  if (name == NULL)
    return g_strdup ("");
  if (difference == 0)
    return g_strdup (_("Same price"));

  return gum_facts_dup_difference (difference, gum_product_get_currency (product));
}

char *
gum_version_words_dup_more (GumVariant *variant)
{
  g_autofree char *description = gum_detail_dup_string (variant, "description");
  g_autofree char *number = NULL;
  g_autofree char *limit = NULL;

  if (gum_resource_has (GUM_RESOURCE (variant), "max-purchase-count"))
    {
      number = gum_facts_dup_number (gum_detail_get_int (variant, "max-purchase-count"));
      /* Translators: how often a version can be sold; %s is the number */
      limit = g_strdup_printf (_("sold at most %s times"), number);
    }
  if (description != NULL && limit != NULL)
    return g_strdup_printf ("%s · %s", description, limit);
  if (description != NULL)
    return g_steal_pointer (&description);

  return limit != NULL ? g_steal_pointer (&limit) : g_strdup ("");
}

char *
gum_version_words_dup_sentence (GumVariant *variant,
                                GumProduct *product)
{
  g_autofree char *name = gum_version_words_dup_name (variant, product);
  g_autofree char *price = gum_version_words_dup_price (variant, product);
  g_autofree char *more = gum_version_words_dup_more (variant);
  g_autoptr (GString) sentence = g_string_new (name);

  if (*price != '\0')
    g_string_append_printf (sentence, ", %s", price);
  if (*more != '\0')
    g_string_append_printf (sentence, ", %s", more);

  return g_string_free (g_steal_pointer (&sentence), FALSE);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The words for what a product is, in one place, so that a row, a table, the product's page and the
 * sentence that a screen reader says cannot disagree.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-product-facts.h"

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

char *
gum_product_facts_dup_price (GumProduct *product)
{
  const char *formatted = gum_product_get_formatted_price (product);

  if (formatted != NULL && *formatted != '\0')
    return g_strdup (formatted);
  if (gum_resource_has (GUM_RESOURCE (product), "price"))
    return gum_money_format (gum_product_get_price (product), gum_product_get_currency (product));
  return g_strdup ("—");
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

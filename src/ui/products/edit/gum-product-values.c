/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The words for what can be written of a product, where both sides of a change are shown.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-product-values.h"

#include "gum-category-words.h"
#include "gum-content-pages.h"
#include "gum-json.h"
#include "gum-money.h"
#include "gum-product-keys.h"
#include "gum-value-words.h"

#include <glib/gi18n.h>

static const struct {
  const char *key;
  const char *title;
} titles[] = {
  { "name", N_("Name") },
  { "description", N_("Description") },
  { "custom_summary", N_("Summary") },
  { "custom_permalink", N_("Link") },
  { "custom_receipt", N_("Text of the Receipt") },
  { "custom_html", N_("Landing Page") },
  { "price", N_("Price") },
  { "price_currency_type", N_("Currency") },
  { "customizable_price", N_("Buyers May Pay More") },
  { "suggested_price_cents", N_("Suggested Price") },
  { "max_purchase_count", N_("Limit of Sales") },
  { "quantity_enabled", N_("Choice of Quantity") },
  { "is_adult", N_("Adult Content") },
  { "display_product_reviews", N_("Show Reviews") },
  { "should_show_sales_count", N_("Show Number of Sales") },
  { "category", N_("Category") },
  { "tags", N_("Tags") },
  { "refund_period", N_("Refunds") },
  { "refund_fine_print", N_("Fine Print on Refunds") },
  { "cover_ids", N_("Order of Covers") },
  { "files", N_("Files") },
  { "rich_content", N_("Content") },
  { "has_same_rich_content_for_all_variants", N_("Same Content for All Versions") },
};

static const struct {
  const char *period;
  const char *title;
} refunds[] = {
  { "inherit", N_("As the account has it") },
  { "none", N_("No refunds") },
  { "7", N_("7 days") },
  { "14", N_("14 days") },
  { "30", N_("30 days") },
  { "183", N_("6 months") },
};

const char *
gum_product_values_get_title (const char *key)
{
  g_return_val_if_fail (key != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      if (g_str_equal (titles[i].key, key))
        return _(titles[i].title);
    }

  return gum_product_keys_split_version (key, NULL, NULL) ? _("Content of a Version") : key;
}

const char *
gum_product_values_get_refund (const char *period)
{
  for (guint i = 0; i < G_N_ELEMENTS (refunds); i++)
    {
      if (g_strcmp0 (refunds[i].period, period) == 0)
        return _(refunds[i].title);
    }

  return period;
}

static char *
dup_number (const char *key,
            JsonNode   *value,
            const char *currency)
{
  gint64 number;

  if (!gum_json_node_to_int (value, &number))
    return NULL;
  if (g_str_equal (key, "price") || g_str_equal (key, "suggested_price_cents"))
    return gum_money_format (number, currency);

  return g_strdup_printf ("%'" G_GINT64_FORMAT, number);
}

static char *
dup_list (JsonNode *value)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (value) ? json_node_get_array (value) : NULL;
  guint length = array != NULL ? json_array_get_length (array) : 0;
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < length; i++)
    {
      g_autofree char *item = gum_json_node_dup_string (json_array_get_element (array, i));

      if (item != NULL)
        g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", item);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* "Install, Extras · 2 pages · 310 characters" */
static char *
dup_pages (const char *key,
           JsonNode   *value)
{
  guint length = gum_content_pages_get_length (value);
  g_autofree char *all = gum_value_words_dup (key, value);
  glong letters = g_utf8_strlen (all, -1);
  g_autoptr (GString) names = g_string_new (NULL);
  g_autofree char *pages = g_strdup_printf (ngettext ("%u page", "%u pages", length), length);
  g_autofree char *words = g_strdup_printf (ngettext ("%ld character", "%ld characters", letters), letters);

  for (guint i = 0; i < length; i++)
    {
      const char *title = gum_content_pages_get_title (value, i);

      if (title != NULL)
        g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", title);
    }
  if (names->len == 0)
    return g_strdup_printf ("%s · %s", pages, words);

  return g_strdup_printf ("%s · %s · %s", names->str, pages, words);
}

static char *
dup_count (const char *key,
           JsonNode   *value)
{
  guint length = JSON_NODE_HOLDS_ARRAY (value) ? json_array_get_length (json_node_get_array (value)) : 0;

  if (g_str_has_prefix (key, "rich_content"))
    return dup_pages (key, value);
  if (g_str_equal (key, "files"))
    return g_strdup_printf (ngettext ("%u file", "%u files", length), length);

  return g_strdup_printf (ngettext ("%u item", "%u items", length), length);
}

static char *
dup_plain (const char *key,
           JsonNode   *value)
{
  g_autofree char *text = NULL;

  if (g_str_equal (key, "category"))
    {
      text = gum_json_node_dup_string (value);

      return text != NULL && *text != '\0' ? gum_category_words_dup (text) : NULL;
    }

  return gum_value_words_cut (gum_value_words_dup (key, value));
}

char *
gum_product_values_dup_text (const char *key,
                             JsonNode   *value,
                             const char *currency)
{
  const GumProductKey *known = gum_product_keys_find (key);
  g_autofree char *text = NULL;
  gboolean flag;

  if (value == NULL || JSON_NODE_HOLDS_NULL (value))
    return g_strdup (g_strcmp0 (key, "max_purchase_count") == 0 ? _("No limit") : _("Nothing"));

  switch (known != NULL ? known->kind : GUM_PRODUCT_KEY_TREE)
    {
    case GUM_PRODUCT_KEY_INT:
      text = dup_number (key, value, currency);
      break;
    case GUM_PRODUCT_KEY_BOOLEAN:
      if (gum_json_node_to_boolean (value, &flag))
        return g_strdup (flag ? _("Yes") : _("No"));
      break;
    case GUM_PRODUCT_KEY_SET:
      text = dup_list (value);
      break;
    case GUM_PRODUCT_KEY_LIST:
    case GUM_PRODUCT_KEY_PAGES:
    case GUM_PRODUCT_KEY_TREE:
      return dup_count (key, value);
    case GUM_PRODUCT_KEY_TEXT:
    default:
      break;
    }
  if (text == NULL)
    text = dup_plain (key, value);
  if (g_strcmp0 (key, "refund_period") == 0)
    return g_strdup (gum_product_values_get_refund (text));
  if (g_strcmp0 (key, "price_currency_type") == 0 && text != NULL)
    return g_ascii_strup (text, -1);

  return text != NULL && *text != '\0' ? g_steal_pointer (&text) : g_strdup (_("Nothing"));
}

char *
gum_product_values_dup_list (char **keys)
{
  guint length = g_strv_length (keys);
  g_autofree char *rest = NULL;

  if (length == 0)
    return g_strdup ("");
  if (length == 1)
    return g_strdup (gum_product_values_get_title (keys[0]));
  if (length == 2)
    {
      /* Translators: two things that were changed, such as "Name and Price" */
      return g_strdup_printf (_("%1$s and %2$s"), gum_product_values_get_title (keys[0]),
                              gum_product_values_get_title (keys[1]));
    }

  rest = g_strdup_printf (ngettext ("%u more", "%u more", length - 2), length - 2);
  /* Translators: things that were changed, such as "Name, Price and 3 more" */
  return g_strdup_printf (_("%1$s, %2$s and %3$s"), gum_product_values_get_title (keys[0]),
                          gum_product_values_get_title (keys[1]), rest);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The contract's rules for what can be written of a product, as sentences. A value that is no value of its
 * key is in the draft as the text that was typed.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-form-rules.h"

#include "gum-json.h"
#include "gum-money.h"
#include "gum-part-words.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_NAME 255
#define MAX_FINE_PRINT 3000
#define MIN_TAG 2
#define MAX_TAG 20

char *
gum_form_rules_dup_currency (GumDraft   *draft,
                             JsonObject *record)
{
  g_autoptr (JsonNode) node = gum_draft_dup_value (draft, "price_currency_type", record);

  return node != NULL ? gum_json_node_dup_string (node) : NULL;
}

static gboolean
get_number (GumDraft   *draft,
            const char *key,
            JsonObject *record,
            gint64     *number)
{
  g_autoptr (JsonNode) node = gum_draft_dup_value (draft, key, record);

  return node != NULL && gum_json_node_to_int (node, number);
}

static gboolean
get_flag (GumDraft   *draft,
          const char *key,
          JsonObject *record)
{
  g_autoptr (JsonNode) node = gum_draft_dup_value (draft, key, record);
  gboolean flag = FALSE;

  if (node != NULL)
    gum_json_node_to_boolean (node, &flag);

  return flag;
}

/* What was typed, where it is no amount. */
static char *
dup_money_problem (JsonNode   *value,
                   const char *currency)
{
  g_autofree char *text = gum_json_node_dup_string (value);
  GumMoneyProblem problem;
  gint64 amount;

  problem = gum_money_parse (text != NULL ? text : "", currency, &amount);
  if (problem == GUM_MONEY_EMPTY)
    return g_strdup (_("An amount is missing. 0 makes it free."));
  /* An amount would not have stayed a text. */
  if (problem == GUM_MONEY_FINE)
    problem = GUM_MONEY_NO_NUMBER;

  return gum_part_words_dup_amount (problem, currency);
}

static char *
check_price (GumDraft   *draft,
             JsonNode   *value,
             JsonObject *record)
{
  g_autofree char *currency = gum_form_rules_dup_currency (draft, record);
  gint64 minimum = gum_currency_get_minimum (currency);
  g_autofree char *smallest = NULL;
  gint64 price;

  if (JSON_NODE_HOLDS_NULL (value))
    return g_strdup (_("An amount is missing. 0 makes it free."));
  if (json_node_get_value_type (value) == G_TYPE_STRING)
    return dup_money_problem (value, currency);
  if (!gum_json_node_to_int (value, &price) || price == 0 || price >= minimum)
    return NULL;

  smallest = gum_money_format (minimum, currency);
  return g_strdup_printf (_("The smallest price in this currency is %s. 0 makes it free."), smallest);
}

/* A price that stays is another one in another currency. */
static char *
check_currency (GumDraft   *draft,
                JsonObject *record)
{
  g_autoptr (JsonNode) price = gum_draft_dup_value (draft, "price", record);
  gboolean is_tiered = FALSE;

  if (record != NULL)
    gum_json_get_boolean (record, "is_tiered_membership", &is_tiered);
  if (gum_draft_get_mine (draft, "price") != NULL || price == NULL || is_tiered)
    return NULL;

  return check_price (draft, price, record);
}

static char *
check_suggested (GumDraft   *draft,
                 JsonNode   *value,
                 JsonObject *record)
{
  g_autofree char *currency = gum_form_rules_dup_currency (draft, record);
  gint64 suggested, price;

  if (JSON_NODE_HOLDS_NULL (value))
    return NULL;
  if (json_node_get_value_type (value) == G_TYPE_STRING)
    return dup_money_problem (value, currency);
  if (get_flag (draft, "customizable_price", record) &&
      get_number (draft, "price", record, &price) &&
      gum_json_node_to_int (value, &suggested) && suggested < price)
    return g_strdup (_("The suggested price cannot be below the price."));

  return NULL;
}

static char *
check_limit (JsonNode   *value,
             JsonObject *record)
{
  gint64 limit, sold;

  if (JSON_NODE_HOLDS_NULL (value))
    return NULL;
  if (json_node_get_value_type (value) == G_TYPE_STRING || !gum_json_node_to_int (value, &limit))
    return g_strdup (_("Write a whole number, or nothing for no limit."));
  if (limit < 1)
    return g_strdup (_("A limit must be 1 or more. Leave it empty for no limit."));
  if (limit > G_MAXINT32)
    return g_strdup (_("Gumroad does not take a number as large as this."));
  if (record != NULL && gum_json_get_int (record, "sales_count", &sold) && limit < sold)
    return g_strdup_printf (ngettext ("%" G_GINT64_FORMAT " was sold already, so the limit cannot be lower.",
                                      "%" G_GINT64_FORMAT " were sold already, so the limit cannot be lower.",
                                      sold), sold);

  return NULL;
}

static char *
check_text (const char *key,
            JsonNode   *value)
{
  g_autofree char *text = gum_json_node_dup_string (value);
  glong length = text != NULL ? g_utf8_strlen (text, -1) : 0;

  if (g_str_equal (key, "name"))
    {
      g_autofree char *stripped = text != NULL ? g_strstrip (g_strdup (text)) : NULL;

      if (stripped == NULL || *stripped == '\0')
        return g_strdup (_("A product needs a name."));
      if (length > MAX_NAME)
        return g_strdup_printf (_("A name has at most %1$d characters; this one has %2$ld."), MAX_NAME, length);
    }
  if (g_str_equal (key, "refund_fine_print") && length > MAX_FINE_PRINT)
    return g_strdup_printf (_("The fine print has at most %1$d characters; this has %2$ld."), MAX_FINE_PRINT,
                            length);
  if (g_str_equal (key, "custom_permalink") && text != NULL && *text != '\0' &&
      strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-") != strlen (text))
    return g_strdup (_("A link has only the letters a to z, digits, - and _."));

  return NULL;
}

static char *
check_tags (JsonNode *value)
{
  JsonArray *tags = JSON_NODE_HOLDS_ARRAY (value) ? json_node_get_array (value) : NULL;
  guint length = tags != NULL ? json_array_get_length (tags) : 0;

  for (guint i = 0; i < length; i++)
    {
      g_autofree char *tag = gum_json_node_dup_string (json_array_get_element (tags, i));
      glong characters = tag != NULL ? g_utf8_strlen (tag, -1) : 0;

      if (characters < MIN_TAG || characters > MAX_TAG)
        return g_strdup_printf (_("A tag has %1$d to %2$d characters: “%3$s” has not."), MIN_TAG, MAX_TAG,
                                tag != NULL ? tag : "");
      if (*tag == '#')
        return g_strdup_printf (_("A tag does not begin with #: “%s”."), tag);
    }

  return NULL;
}

char *
gum_form_rules_dup_problem (const char *key,
                            GumDraft   *draft,
                            JsonObject *record)
{
  /* Only what was changed is sent, so only that can be refused. */
  JsonNode *value = gum_draft_get_mine (draft, key);

  if (value == NULL)
    return NULL;
  if (g_str_equal (key, "price"))
    return check_price (draft, value, record);
  if (g_str_equal (key, "price_currency_type"))
    return check_currency (draft, record);
  if (g_str_equal (key, "suggested_price_cents"))
    return check_suggested (draft, value, record);
  if (g_str_equal (key, "max_purchase_count"))
    return check_limit (value, record);
  if (g_str_equal (key, "tags"))
    return check_tags (value);

  return check_text (key, value);
}

const char *
gum_form_rules_find_key (const char *server_message)
{
  static const struct {
    const char *words;
    const char *key;
  } known[] = {
    { "permalink", "custom_permalink" },
    { "currency", "price_currency_type" },
    { "suggested price", "suggested_price_cents" },
    { "Price", "price" },
    { "price", "price" },
    { "category", "category" },
    { "taxonomy", "category" },
    { "tag", "tags" },
    { "Tag", "tags" },
    { "fine print", "refund_fine_print" },
    { "refund", "refund_period" },
    { "Refund", "refund_period" },
    { "purchase", "max_purchase_count" },
    { "quantity", "max_purchase_count" },
    { "Name", "name" },
  };

  for (guint i = 0; server_message != NULL && i < G_N_ELEMENTS (known); i++)
    {
      if (strstr (server_message, known[i].words) != NULL)
        return known[i].key;
    }

  return NULL;
}

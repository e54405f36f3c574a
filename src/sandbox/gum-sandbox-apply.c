/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The members of a product as they may be written: what is taken, what is refused, and with which
 * sentence.
 */
#define G_LOG_DOMAIN "gum-sandbox"

#include "config.h"

#include "gum-sandbox-private.h"

#define MAX_FINE_PRINT 3000
#define MAX_USD_CENTS 500000

static char *
apply_text (JsonObject *record,
            JsonObject *params,
            gboolean    creating)
{
  static const char *const names[] = { "description", "custom_summary", "custom_receipt" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (json_object_has_member (params, names[i]) &&
        !(creating && g_str_equal (names[i], "custom_receipt")))
      {
        g_autofree char *text = gum_sandbox_dup_string (params, names[i]);

        gum_sandbox_set_null_string (record, names[i], text);
      }

  if (creating || json_object_has_member (params, "name"))
    {
      g_autofree char *name = gum_sandbox_dup_string (params, "name");

      if (name == NULL || name[0] == '\0')
        return g_strdup ("Name can't be blank");
      if (g_utf8_strlen (name, -1) > 255)
        return g_strdup ("Name is too long (maximum is 255 characters)");
      json_object_set_string_member (record, "name", name);
    }

  return NULL;
}

static char *
apply_permalink (GumSandboxState *state,
                 JsonObject      *record,
                 JsonObject      *params)
{
  g_autofree char *permalink = gum_sandbox_dup_string (params, "custom_permalink");
  const char *id = gum_sandbox_peek_string (record, "id");

  if (!json_object_has_member (params, "custom_permalink"))
    return NULL;
  if (permalink == NULL || permalink[0] == '\0')
    {
      json_object_set_null_member (record, "custom_permalink");
      return NULL;
    }
  if (!g_regex_match_simple ("^[A-Za-z0-9_-]+$", permalink, G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT))
    return g_strdup ("Custom permalink is invalid");

  for (guint i = 0; i < state->order->len; i++)
    {
      GumSandboxProduct *other = state->order->pdata[i];

      if (other->record != NULL && !g_str_equal (other->id, id))
        {
          g_autofree char *taken = gum_sandbox_dup_string (other->record, "custom_permalink");

          if (g_strcmp0 (taken, permalink) == 0)
            return g_strdup ("Custom permalink has already been taken");
        }
    }
  json_object_set_string_member (record, "custom_permalink", permalink);

  return NULL;
}

/* Returns NULL, or the refusal. */
static char *
check_price (GumSandboxState *state,
             JsonObject      *record,
             gint64           price)
{
  const char *currency = gum_sandbox_peek_string (record, "currency");
  gint64 minimum = gum_sandbox_minimum_price (currency);

  if (price > 0 && price < minimum)
    return g_strdup ("Sorry, the price is below the minimum for this currency.");
  if (price > 0 && price < 2 * minimum &&
      g_str_equal (gum_sandbox_peek_string (record, "_native_type"), "commission"))
    {
      g_autofree char *least = gum_sandbox_format_amount (currency, 2 * minimum);

      return g_strdup_printf ("The commission price must be at least %s.", least);
    }
  if (price > MAX_USD_CENTS && g_str_equal (currency, "usd") &&
      !gum_sandbox_get_bool (state->user, "_verified", TRUE))
    return g_strdup ("Sorry, we don't support pricing products above $5,000.");

  return NULL;
}

static char *
apply_currency (JsonObject *record,
                JsonObject *params,
                gboolean    creating)
{
  JsonArray *recurrences = gum_sandbox_get_array (record, "recurrences");
  g_autofree char *text = gum_sandbox_dup_string (params, "price_currency_type");
  g_autofree char *lower = g_ascii_strdown (text != NULL ? g_strstrip (text) : "", -1);

  if (!json_object_has_member (params, "price_currency_type"))
    return NULL;
  if (gum_sandbox_minimum_price (lower) < 0)
    return g_strdup_printf ("'%s' is not a supported currency.", lower);
  if (!creating && (gum_sandbox_get_bool (record, "is_tiered_membership", FALSE) ||
                    gum_sandbox_length (recurrences) > 1))
    return g_strdup ("Currency cannot be changed for tiered membership products");

  json_object_set_string_member (record, "currency", lower);

  return NULL;
}

static char *
apply_price (GumSandboxState *state,
             JsonObject      *record,
             JsonObject      *params,
             gboolean         creating)
{
  char *error = apply_currency (record, params, creating);
  gboolean tiered = gum_sandbox_get_bool (record, "is_tiered_membership", FALSE);
  gint64 price = 0;
  gint64 suggested;

  if (error != NULL)
    return error;

  if (json_object_has_member (params, "price"))
    {
      if (!creating && tiered)
        return g_strdup ("Price cannot be updated for tiered membership products");
      if (!gum_sandbox_get_int (params, "price", &price) || price < 0)
        return g_strdup ("Price is not a number");
      if (price > G_MAXINT)
        return g_strdup ("One or more numeric values are out of range.");
      json_object_set_int_member (record, "price", price);
    }
  else if (creating)
    {
      return g_strdup ("Price can't be blank");
    }

  if (json_object_has_member (params, "customizable_price"))
    json_object_set_boolean_member (record, "customizable_price",
                                    gum_sandbox_get_bool (params, "customizable_price", FALSE));

  gum_sandbox_get_int (record, "price", &price);
  if (price == 0 && !tiered)
    json_object_set_boolean_member (record, "customizable_price", TRUE);
  error = check_price (state, record, price);
  if (error != NULL)
    return error;

  if (gum_sandbox_get_int (params, "suggested_price_cents", &suggested))
    {
      if (gum_sandbox_get_bool (record, "customizable_price", FALSE) && suggested < price)
        return g_strdup ("The suggested price you entered was too low.");
      json_object_set_int_member (record, "_suggested_price_cents", suggested);
    }

  return NULL;
}

static char *
apply_count (JsonObject *record,
             JsonObject *params)
{
  gint64 count;
  gint64 sold = 0;

  if (!json_object_has_member (params, "max_purchase_count"))
    return NULL;
  if (gum_sandbox_is_blank (params, "max_purchase_count"))
    {
      json_object_set_null_member (record, "max_purchase_count");
      return NULL;
    }

  gum_sandbox_get_int (record, "_sales_count", &sold);
  if (!gum_sandbox_get_int (params, "max_purchase_count", &count) || count < 0)
    return g_strdup ("Max purchase count is not a number");
  if (count < sold)
    return g_strdup ("You cannot set the quantity below the number of copies already sold.");
  json_object_set_int_member (record, "max_purchase_count", count);

  return NULL;
}

static char *
apply_category (GumSandboxState *state,
                JsonObject      *record,
                JsonObject      *params)
{
  g_autofree char *path = gum_sandbox_dup_string (params, "category");
  gint64 taxonomy_id = 0;

  if (json_object_has_member (params, "category") && json_object_has_member (params, "taxonomy_id"))
    return g_strdup ("Provide either category or taxonomy_id, not both.");
  if (path == NULL && json_object_has_member (params, "category"))
    return g_strdup ("Invalid category.");
  if (path != NULL && !gum_sandbox_set_category (state, record, path, 0))
    return g_strdup ("Invalid category.");
  if (json_object_has_member (params, "taxonomy_id") &&
      (!gum_sandbox_get_int (params, "taxonomy_id", &taxonomy_id) ||
       !gum_sandbox_set_category (state, record, NULL, taxonomy_id)))
    return g_strdup ("Invalid taxonomy_id.");

  return NULL;
}

static char *
apply_tags (JsonObject *record,
            JsonObject *params)
{
  JsonArray *sent = gum_sandbox_get_array (params, "tags");
  g_autoptr (JsonArray) tags = json_array_new ();

  if (!json_object_has_member (params, "tags"))
    return NULL;
  if (sent == NULL)
    return g_strdup ("tags must be an array of strings.");

  for (guint i = 0; i < gum_sandbox_length (sent); i++)
    {
      JsonNode *node = json_array_get_element (sent, i);
      g_autofree char *lower = NULL;
      glong length;

      if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
        return g_strdup ("tags must be an array of strings.");
      lower = g_utf8_strdown (json_node_get_string (node), -1);
      length = g_utf8_strlen (lower, -1);
      if (length < 2 || length > 20)
        return g_strdup ("A tag must be between 2 and 20 characters long.");
      if (lower[0] == '#' || strchr (lower, ',') != NULL)
        return g_strdup_printf ("Tag '%s' cannot start with hashes or contain commas", lower);
      json_array_add_string_element (tags, lower);
    }
  json_object_set_array_member (record, "tags", json_array_ref (tags));

  return NULL;
}

static gboolean
is_string (JsonObject *params,
           const char *name)
{
  JsonNode *node = json_object_get_member (params, name);

  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING;
}

static char *
apply_refund_policy (GumSandboxState *state,
                     JsonObject      *record,
                     JsonObject      *params)
{
  static const char *const periods[] = { "inherit", "none", "7", "14", "30", "183", NULL };
  g_autofree char *period = gum_sandbox_dup_string (params, "refund_period");
  g_autofree char *fine_print = gum_sandbox_dup_string (params, "refund_fine_print");
  g_autofree char *title = NULL;
  JsonObject *old = gum_sandbox_get_object (record, "refund_policy");
  JsonObject *policy;

  if (period == NULL && !json_object_has_member (params, "refund_fine_print"))
    return NULL;
  if (gum_sandbox_get_bool (state->refund_policy, "in_effect", FALSE))
    return g_strdup ("Product-level refund policies are not available for this account");
  if (period != NULL &&
      (!g_strv_contains (periods, period) || !is_string (params, "refund_period")))
    return g_strdup ("Refund period must be one of: inherit, none, 7, 14, 30, 183.");
  if (fine_print != NULL && g_utf8_strlen (fine_print, -1) > MAX_FINE_PRINT)
    return g_strdup ("Fine print is too long (maximum is 3000 characters)");
  if (period == NULL && gum_sandbox_get_bool (old, "inherited", TRUE))
    return g_strdup ("Fine print needs a refund_period.");
  if (fine_print != NULL && g_strcmp0 (period, "inherit") == 0)
    return g_strdup ("Fine print cannot be set for an inherited refund policy.");

  policy = json_object_new ();
  if (period == NULL)
    period = gum_sandbox_dup_string (old, "refund_period");
  if (!json_object_has_member (params, "refund_fine_print"))
    fine_print = gum_sandbox_dup_string (old, "fine_print");
  if (g_str_equal (period, "none"))
    title = g_strdup ("No refunds allowed");
  else if (g_str_equal (period, "183"))
    title = g_strdup ("6-month money back guarantee");
  else
    title = g_strdup_printf ("%s-day money back guarantee",
                             g_str_equal (period, "inherit") ? "30" : period);
  json_object_set_string_member (policy, "refund_period", period);
  json_object_set_string_member (policy, "title", title);
  gum_sandbox_set_null_string (policy, "fine_print", fine_print);
  json_object_set_boolean_member (policy, "inherited", g_str_equal (period, "inherit"));
  json_object_set_object_member (record, "refund_policy", policy);

  return NULL;
}

static char *
apply_covers (JsonObject *record,
              JsonObject *params)
{
  JsonArray *ids = gum_sandbox_get_array (params, "cover_ids");
  JsonArray *covers = gum_sandbox_get_array (record, "covers");
  g_autoptr (JsonArray) sorted = json_array_new ();

  if (ids == NULL)
    return NULL;

  for (guint i = 0; i < gum_sandbox_length (ids); i++)
    for (guint j = 0; j < gum_sandbox_length (covers); j++)
      {
        JsonObject *cover = gum_sandbox_object_at (covers, j);
        const char *id = gum_sandbox_node_string (json_array_get_element (ids, i));

        if (g_strcmp0 (gum_sandbox_peek_string (cover, "id"), id) == 0)
          json_array_add_object_element (sorted, json_object_ref (cover));
      }

  if (gum_sandbox_length (sorted) != gum_sandbox_length (covers))
    return g_strdup ("cover_ids must name every cover once.");

  json_object_set_array_member (record, "covers", json_array_ref (sorted));
  if (gum_sandbox_length (sorted) > 0)
    json_object_set_string_member (record, "main_cover_id",
                                   gum_sandbox_peek_string (
                                     gum_sandbox_object_at (sorted, 0), "id"));

  return NULL;
}

/* Settings that can be written but are never read back. */
static void
apply_hidden (JsonObject *record,
              JsonObject *params)
{
  static const char *const names[] = {
    "quantity_enabled", "is_adult", "display_product_reviews", "should_show_sales_count",
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (json_object_has_member (params, names[i]))
      {
        g_autofree char *member = g_strconcat ("_", names[i], NULL);

        json_object_set_boolean_member (record, member,
                                        gum_sandbox_get_bool (params, names[i], FALSE));
      }
}

static char *
check_refused (JsonObject *params)
{
  static const char *const names[] = { "file", "preview", "thumbnail" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (json_object_has_member (params, names[i]) && !gum_sandbox_is_blank (params, names[i]))
      return g_strdup_printf ("The %s parameter is not supported here; use the endpoint for it.",
                              names[i]);

  return NULL;
}

/*
 * Sets in @record what was sent.  Returns NULL, or the sentence that refuses; then @record is to be
 * thrown away.  @extra gets further members of the answer.
 */
char *
gum_sandbox_apply (GumSandboxState *state,
                   JsonObject      *record,
                   JsonObject      *params,
                   gboolean         creating,
                   JsonObject      *extra)
{
  char *error = check_refused (params);

  if (error == NULL)
    error = apply_text (record, params, creating);
  if (error == NULL)
    error = apply_price (state, record, params, creating);
  if (error == NULL)
    error = apply_permalink (state, record, params);
  if (error == NULL)
    error = apply_count (record, params);
  if (error == NULL)
    error = apply_category (state, record, params);
  if (error == NULL)
    error = apply_tags (record, params);
  if (error == NULL)
    error = apply_refund_policy (state, record, params);
  if (error == NULL && !creating)
    error = apply_covers (record, params);
  if (error == NULL && !creating)
    error = gum_sandbox_apply_custom_html (state, record, params, extra);
  if (error == NULL)
    error = gum_sandbox_apply_content (state, record, params, creating, extra);
  if (error == NULL && !creating)
    apply_hidden (record, params);

  return error;
}

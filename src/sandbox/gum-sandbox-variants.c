/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The versions of a product, in their categories, and its SKUs.
 */
#define G_LOG_DOMAIN "gum-sandbox"

#include "config.h"

#include "gum-sandbox-private.h"

static gboolean
is_alive (JsonObject *object)
{
  return !gum_sandbox_get_bool (object, "_deleted", FALSE);
}

static JsonObject *
render_category (JsonObject *category)
{
  JsonObject *object = json_object_new ();
  g_autofree char *title = gum_sandbox_dup_string (category, "title");
  g_autofree char *id = gum_sandbox_dup_string (category, "id");

  json_object_set_string_member (object, "id", id);
  gum_sandbox_set_null_string (object, "title", title);

  return object;
}

static JsonObject *
render_recurrences (JsonObject *variant)
{
  static const char *const names[] = {
    "monthly", "quarterly", "biannually", "yearly", "every_two_years",
  };
  JsonObject *prices = gum_sandbox_get_object (variant, "_recurrence_prices");
  JsonObject *values = json_object_new ();

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      JsonObject *value = json_object_new ();
      JsonObject *price = prices != NULL ? gum_sandbox_get_object (prices, names[i]) : NULL;
      gint64 cents = 0;

      json_object_set_boolean_member (value, "enabled", price != NULL);
      if (price != NULL && gum_sandbox_get_int (price, "price_cents", &cents))
        {
          g_autofree char *text = NULL;

          text = cents % 100 == 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, cents / 100)
                                  : g_strdup_printf ("%" G_GINT64_FORMAT ".%02d", cents / 100,
                                                     (int) (cents % 100));
          json_object_set_int_member (value, "price_cents", cents);
          json_object_set_null_member (value, "suggested_price_cents");
          json_object_set_string_member (value, "price", text);
        }
      json_object_set_object_member (values, names[i], value);
    }

  return values;
}

static JsonObject *
render_variant (JsonObject *record,
                JsonObject *variant,
                gboolean    full)
{
  static const char *const names[] = {
    "id", "name", "description", "price_difference_cents", "max_purchase_count",
  };
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      JsonNode *node = json_object_get_member (variant, names[i]);

      if (node != NULL)
        json_object_set_member (object, names[i], json_node_copy (node));
      else
        json_object_set_null_member (object, names[i]);
    }

  if (gum_sandbox_get_bool (record, "is_tiered_membership", FALSE))
    {
      json_object_set_boolean_member (object, "is_customizable_price",
                                      gum_sandbox_get_bool (variant, "_pay_what_you_want", FALSE));
      json_object_set_object_member (object, "recurrence_price_values",
                                     render_recurrences (variant));
    }
  if (full)
    {
      JsonArray *pages = gum_sandbox_get_array (variant, "rich_content");
      gboolean shared;

      shared = gum_sandbox_get_bool (record, "has_same_rich_content_for_all_variants", TRUE);
      json_object_set_array_member (object, "rich_content",
                                    pages != NULL && !shared ? json_array_ref (pages)
                                                             : json_array_new ());
    }

  return object;
}

static JsonObject *
call_category (GumSandboxCall *call,
               JsonObject     *record)
{
  JsonArray *categories = gum_sandbox_get_array (record, "_variant_categories");
  JsonObject *category = gum_sandbox_find_in (categories, "id", call->args[1], FALSE);

  if (category == NULL)
    gum_sandbox_call_failure (call, "The variant_category was not found.");

  return category;
}

static void
list_categories_cb (GumSandboxCall *call)
{
  JsonObject *record = gum_sandbox_call_read (call);
  JsonArray *categories = record ? gum_sandbox_get_array (record, "_variant_categories") : NULL;
  JsonArray *result;

  if (record == NULL)
    return;

  result = json_array_new ();
  for (guint i = 0; i < gum_sandbox_length (categories); i++)
    json_array_add_object_element (result, render_category (
                                     gum_sandbox_object_at (categories, i)));
  gum_sandbox_call_array (call, "variant_categories", result);
}

static void
create_category_cb (GumSandboxCall *call)
{
  JsonObject *record = gum_sandbox_call_edit (call);
  g_autofree char *title = gum_sandbox_dup_string (call->params, "title");
  JsonObject *category;

  if (record == NULL)
    return;

  category = json_object_new ();
  gum_sandbox_add_new_id (call->state, category, 0xca7);
  gum_sandbox_set_null_string (category, "title", title);
  json_object_set_array_member (category, "_variants", json_array_new ());
  json_array_add_object_element (gum_sandbox_get_array (record, "_variant_categories"), category);
  gum_sandbox_call_object (call, "variant_category", render_category (category));
}

static void
show_category_cb (GumSandboxCall *call)
{
  JsonObject *record = gum_sandbox_call_read (call);
  JsonObject *category = record != NULL ? call_category (call, record) : NULL;

  if (category != NULL)
    gum_sandbox_call_object (call, "variant_category", render_category (category));
}

static void
update_category_cb (GumSandboxCall *call)
{
  JsonObject *record = gum_sandbox_call_edit (call);
  JsonObject *category = record != NULL ? call_category (call, record) : NULL;

  if (category == NULL)
    return;

  if (json_object_has_member (call->params, "title"))
    {
      g_autofree char *title = gum_sandbox_dup_string (call->params, "title");

      gum_sandbox_set_null_string (category, "title", title);
    }
  gum_sandbox_call_object (call, "variant_category", render_category (category));
}

static void
delete_category_cb (GumSandboxCall *call)
{
  JsonObject *record = gum_sandbox_call_edit (call);
  JsonObject *category = record != NULL ? call_category (call, record) : NULL;

  if (category == NULL)
    return;

  gum_sandbox_remove_from (gum_sandbox_get_array (record, "_variant_categories"), category);
  gum_sandbox_call_message (call, "The variant_category was deleted successfully.");
}

static const char *
check_numbers (JsonObject *params,
               JsonObject *record,
               JsonObject *variant,
               gboolean    coffee)
{
  gint64 minimum = gum_sandbox_minimum_price (gum_sandbox_peek_string (record, "currency"));
  gint64 difference = 0;
  gint64 price = 0;
  gint64 count;
  gint64 sold = 0;

  gum_sandbox_get_int (record, "price", &price);
  gum_sandbox_get_int (variant, "_sales_count", &sold);
  if (gum_sandbox_get_int (params, "price_difference_cents", &difference))
    {
      if (difference < 0)
        return "Price difference cents must be greater than or equal to 0";
      if (coffee && difference == 0)
        return "Price difference cents must be greater than 0";
      if (difference > G_MAXINT)
        return "One or more numeric values are out of range.";
      if (difference > 0 && price + difference < minimum)
        return "Sorry, the price is below the minimum for this currency.";
    }
  if (gum_sandbox_get_int (params, "max_purchase_count", &count) && count < sold)
    return "You cannot set the quantity below the number of copies already sold.";

  return NULL;
}

/* Sets what was sent; returns NULL, or the sentence that refuses. */
static char *
apply_variant (GumSandboxCall *call,
               JsonObject     *record,
               JsonObject     *variant)
{
  JsonNode *pages = json_object_get_member (call->params, "rich_content");
  g_autoptr (JsonNode) parsed = NULL;
  g_autoptr (JsonObject) none = json_object_new ();
  gboolean coffee = g_str_equal (gum_sandbox_peek_string (record, "_native_type"), "coffee");
  const char *error;

  error = check_numbers (call->params, record, variant, coffee);
  if (error != NULL)
    return g_strdup (error);
  if (json_object_has_member (call->params, "name"))
    {
      g_autofree char *name = gum_sandbox_dup_string (call->params, "name");

      if (!coffee && (name == NULL || name[0] == '\0'))
        return g_strdup ("Name can't be blank");
      if (name != NULL && g_utf8_strlen (name, -1) > 255)
        return g_strdup ("Name is too long (maximum is 255 characters)");
      json_object_set_string_member (variant, "name", name != NULL ? name : "");
    }
  if (json_object_has_member (call->params, "description"))
    {
      g_autofree char *text = gum_sandbox_dup_string (call->params, "description");

      if (text != NULL && g_utf8_strlen (text, -1) > 255)
        return g_strdup ("Description is too long (maximum is 255 characters)");
      gum_sandbox_set_null_string (variant, "description", text);
    }
  gum_sandbox_copy_param (call->params, variant, "price_difference_cents");
  gum_sandbox_copy_param (call->params, variant, "max_purchase_count");

  if (pages == NULL)
    return NULL;
  if (gum_sandbox_get_bool (record, "has_same_rich_content_for_all_variants", TRUE))
    return g_strdup ("Cannot update variant rich content while the product uses shared content.");
  if (JSON_NODE_HOLDS_VALUE (pages))
    {
      parsed = json_from_string (gum_sandbox_node_string (pages), NULL);
      if (parsed == NULL)
        return g_strdup ("Invalid JSON in rich_content parameter.");
      pages = parsed;
    }

  return gum_sandbox_apply_pages (call->state, record, variant, pages, none);
}

static void
answer_variant (GumSandboxCall *call,
                JsonObject     *record,
                JsonObject     *variant)
{
  gum_sandbox_call_object (call, "variant", render_variant (record, variant, TRUE));
}

static void
list_variants_cb (GumSandboxCall *call)
{
  JsonObject *record = gum_sandbox_call_read (call);
  JsonObject *category = record != NULL ? call_category (call, record) : NULL;
  JsonArray *variants = category != NULL ? gum_sandbox_get_array (category, "_variants") : NULL;
  JsonArray *result;

  if (category == NULL)
    return;

  result = json_array_new ();
  for (guint i = 0; variants != NULL && i < gum_sandbox_length (variants); i++)
    {
      JsonObject *variant = gum_sandbox_object_at (variants, i);

      if (is_alive (variant))
        json_array_add_object_element (result, render_variant (record, variant, FALSE));
    }
  gum_sandbox_call_array (call, "variants", result);
}

static void
create_variant_cb (GumSandboxCall *call)
{
  JsonObject *record = gum_sandbox_call_edit (call);
  JsonObject *category = record != NULL ? call_category (call, record) : NULL;
  g_autoptr (JsonObject) variant = json_object_new ();
  g_autofree char *error = NULL;

  if (category == NULL)
    return;

  gum_sandbox_add_new_id (call->state, variant, 0x7a2);
  if (!json_object_has_member (call->params, "name") &&
      !g_str_equal (gum_sandbox_peek_string (record, "_native_type"), "coffee"))
    error = g_strdup ("Name can't be blank");
  else
    error = apply_variant (call, record, variant);
  if (error != NULL)
    {
      gum_sandbox_call_failure (call, "%s", error);
      return;
    }

  json_array_add_object_element (gum_sandbox_get_array (category, "_variants"),
                                 json_object_ref (variant));
  answer_variant (call, record, variant);
}

/* A deleted version is still shown to those who ask for it. */
static JsonObject *
call_variant (GumSandboxCall *call,
              JsonObject     *record)
{
  JsonObject *category = call_category (call, record);
  JsonObject *variant = NULL;

  if (category == NULL)
    return NULL;

  variant = gum_sandbox_find_in (gum_sandbox_get_array (category, "_variants"), "id",
                                 call->args[2], TRUE);
  if (variant == NULL)
    gum_sandbox_call_failure (call, "The variant was not found.");

  return variant;
}

static void
show_variant_cb (GumSandboxCall *call)
{
  JsonObject *record = gum_sandbox_call_read (call);
  JsonObject *variant = record != NULL ? call_variant (call, record) : NULL;

  if (variant != NULL)
    answer_variant (call, record, variant);
}

static void
update_variant_cb (GumSandboxCall *call)
{
  JsonObject *record = gum_sandbox_call_edit (call);
  JsonObject *variant = record != NULL ? call_variant (call, record) : NULL;
  g_autoptr (JsonObject) changed = NULL;
  g_autofree char *error = NULL;

  if (variant == NULL)
    return;

  changed = gum_sandbox_copy_object (variant);
  error = apply_variant (call, record, changed);
  if (error != NULL)
    {
      gum_sandbox_call_failure (call, "%s", error);
      return;
    }

  gum_sandbox_replace_members (variant, changed);
  answer_variant (call, record, variant);
}

static void
delete_variant_cb (GumSandboxCall *call)
{
  JsonObject *record = gum_sandbox_call_edit (call);
  JsonObject *variant = record != NULL ? call_variant (call, record) : NULL;

  if (variant == NULL)
    return;

  json_object_set_boolean_member (variant, "_deleted", TRUE);
  gum_sandbox_call_message (call, "The variant was deleted successfully.");
}

static void
list_skus_cb (GumSandboxCall *call)
{
  JsonObject *record = gum_sandbox_call_read (call);
  JsonArray *skus = record != NULL ? gum_sandbox_get_array (record, "_skus") : NULL;

  if (record == NULL)
    return;

  gum_sandbox_call_array (call, "skus", skus != NULL ? json_array_ref (skus) : json_array_new ());
}

#define READ GUM_SANDBOX_SCOPES_READ
#define ANY GUM_SANDBOX_SCOPES_ANY
#define WRITE GUM_SANDBOX_SCOPES_WRITE
#define CATEGORIES "/v2/products/:id/variant_categories"

const GumSandboxRoute gum_sandbox_variant_routes[] = {
  { "GET", CATEGORIES, READ, list_categories_cb },
  { "POST", CATEGORIES, WRITE, create_category_cb },
  { "GET", CATEGORIES "/:cid", READ, show_category_cb },
  { "PUT", CATEGORIES "/:cid", WRITE, update_category_cb },
  { "DELETE", CATEGORIES "/:cid", WRITE, delete_category_cb },
  { "GET", CATEGORIES "/:cid/variants", READ, list_variants_cb },
  { "POST", CATEGORIES "/:cid/variants", WRITE, create_variant_cb },
  { "GET", CATEGORIES "/:cid/variants/:vid", READ, show_variant_cb },
  { "PUT", CATEGORIES "/:cid/variants/:vid", WRITE, update_variant_cb },
  { "DELETE", CATEGORIES "/:cid/variants/:vid", WRITE, delete_variant_cb },
  { "GET", "/v2/products/:id/skus", ANY, list_skus_cb },
  { NULL },
};

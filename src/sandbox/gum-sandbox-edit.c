/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Products as they are written: create, change, publish, withdraw, delete.  A change is made on a
 * copy of the record, which takes the record's place only when every part was accepted.
 */
#define G_LOG_DOMAIN "gum-sandbox"

#include "config.h"

#include "gum-sandbox-private.h"

/* POST /products */

static void
set_up_kind (JsonObject *record,
             const char *type,
             JsonObject *params)
{
  gint64 price = 0;

  gum_sandbox_get_int (record, "price", &price);
  if (g_str_equal (type, "membership"))
    {
      g_autofree char *duration = gum_sandbox_dup_string (params, "subscription_duration");
      g_autofree char *json = NULL;

      if (duration == NULL || duration[0] == '\0')
        {
          g_free (duration);
          duration = g_strdup ("monthly");
        }
      json_object_set_boolean_member (record, "is_tiered_membership", TRUE);
      json_object_set_string_member (record, "subscription_duration", duration);
      json = g_strdup_printf ("[\"%s\"]", duration);
      json_object_set_member (record, "recurrences", json_from_string (json, NULL));
      g_free (json);
      json = g_strdup_printf ("[{\"title\":\"Tier\",\"_variants\":[{\"name\":\"Untitled\","
                              "\"description\":null,\"price_difference_cents\":0,"
                              "\"max_purchase_count\":null,\"_recurrence_prices\":{\"%s\":"
                              "{\"price_cents\":%" G_GINT64_FORMAT ","
                              "\"suggested_price_cents\":null}}}]}]", duration, price);
      json_object_set_member (record, "_variant_categories", json_from_string (json, NULL));
    }
  else if (g_str_equal (type, "coffee"))
    {
      g_autofree char *json = NULL;

      json = g_strdup_printf ("[{\"title\":\"Suggested Amounts\",\"_variants\":[{\"name\":\"\","
                              "\"description\":null,\"price_difference_cents\":%" G_GINT64_FORMAT
                              ",\"max_purchase_count\":null}]}]", price);
      json_object_set_member (record, "_variant_categories", json_from_string (json, NULL));
      json_object_set_int_member (record, "price", 0);
      json_object_set_boolean_member (record, "customizable_price", TRUE);
    }
  else if (g_str_equal (type, "call"))
    {
      json_object_set_member (record, "_variant_categories",
                              json_from_string ("[{\"title\":\"Duration\",\"_variants\":[]}]",
                                                NULL));
    }
}

static gboolean
has_coffee (GumSandboxState *state)
{
  for (guint i = 0; i < state->order->len; i++)
    {
      GumSandboxProduct *product = state->order->pdata[i];

      if (product->record != NULL &&
          g_str_equal (gum_sandbox_peek_string (product->record, "_native_type"), "coffee"))
        return TRUE;
    }

  return FALSE;
}

/* What speaks against a new product before its members are looked at. */
static char *
check_new (GumSandboxState *state,
           const char      *type,
           JsonObject      *params)
{
  static const char *const services[] = { "coffee", "call", "commission", NULL };
  static const char *const durations[] = {
    "monthly", "quarterly", "biannually", "yearly", "every_two_years", NULL,
  };
  g_autofree char *duration = gum_sandbox_dup_string (params, "subscription_duration");

  if (g_strv_contains (services, type) &&
      gum_sandbox_get_bool (state->user, "_new_account", FALSE))
    return g_strdup ("Service products are disabled until your account is 30 days old.");
  if (g_str_equal (type, "coffee") && has_coffee (state))
    return g_strdup ("You can only have one coffee product.");
  if (duration != NULL && duration[0] != '\0' && !g_str_equal (type, "membership"))
    return g_strdup ("subscription_duration can only be set for memberships.");
  if (duration != NULL && duration[0] != '\0' && !g_strv_contains (durations, duration))
    return g_strdup ("subscription_duration is invalid.");

  return gum_sandbox_limits_check_product (state);
}

static void
create_cb (GumSandboxCall *call)
{
  static const char *const types[] = { "digital", "course", "ebook", "membership", "bundle",
                                       "coffee", "call", "commission", NULL };
  GumSandboxState *state = call->state;
  g_autoptr (JsonObject) record = json_object_new ();
  g_autoptr (JsonObject) extra = json_object_new ();
  g_autofree char *type = gum_sandbox_dup_string (call->params, "native_type");
  g_autofree char *currency = gum_sandbox_dup_string (state->user, "currency_type");
  g_autofree char *error = NULL;
  g_autofree char *refusal = NULL;
  GumSandboxProduct *product;
  gboolean draft;

  if (type == NULL || type[0] == '\0')
    {
      g_free (type);
      type = g_strdup ("digital");
    }
  error = g_strv_contains (types, type)
            ? check_new (state, type, call->params)
            : g_strdup_printf ("Products of type '%s' cannot be created.", type);
  if (error != NULL)
    {
      gum_sandbox_call_failure (call, "%s", error);
      return;
    }

  json_object_set_string_member (record, "_native_type", type);
  json_object_set_string_member (record, "currency", currency != NULL ? currency : "usd");
  json_object_set_string_member (record, "category", "other");
  json_object_set_boolean_member (record, "published", FALSE);
  gum_sandbox_record_complete (state, record);
  error = gum_sandbox_apply (state, record, call->params, TRUE, extra);
  if (error != NULL)
    {
      gum_sandbox_call_failure (call, "%s", error);
      return;
    }
  set_up_kind (record, type, call->params);
  gum_sandbox_record_complete (state, record);

  draft = gum_sandbox_get_bool (call->params, "draft", FALSE) ||
          !gum_sandbox_get_bool (call->params, "published", TRUE);
  refusal = draft ? NULL : gum_sandbox_check_publishable (state, record);
  json_object_set_boolean_member (record, "published", !draft && refusal == NULL);
  if (refusal != NULL)
    json_object_set_string_member (extra, "warning", refusal);

  product = gum_sandbox_product_add (state, g_steal_pointer (&record), 0);
  product->made_at = gum_sandbox_limits_now (state);
  gum_sandbox_call_product (call, product, extra);
}

/* PUT /products/:id */

static void
update_cb (GumSandboxCall *call)
{
  GumSandboxProduct *product = gum_sandbox_call_find (call);
  JsonArray *files = gum_sandbox_get_array (call->params, "files");
  g_autoptr (JsonObject) record = NULL;
  g_autoptr (JsonObject) extra = json_object_new ();
  g_autofree char *error = NULL;

  if (product == NULL)
    return;
  if (files != NULL && gum_sandbox_has_unknown_file_member (files))
    {
      gum_sandbox_call_crash (call);
      return;
    }

  record = gum_sandbox_product_copy (call->state, product);
  error = gum_sandbox_apply (call->state, record, call->params, FALSE, extra);
  if (error == NULL)
    error = g_strdup (gum_sandbox_check_saveable (record));
  if (error != NULL)
    {
      gum_sandbox_call_failure (call, "%s", error);
      return;
    }

  if (json_object_has_member (call->params, "price") ||
      json_object_has_member (call->params, "price_currency_type"))
    gum_sandbox_warn_about_codes (record, extra);
  gum_sandbox_product_take (product, g_steal_pointer (&record));
  gum_sandbox_call_product (call, product, extra);
}

static void
delete_cb (GumSandboxCall *call)
{
  GumSandboxProduct *product = gum_sandbox_call_find (call);

  if (product == NULL)
    return;

  json_object_set_boolean_member (gum_sandbox_product_edit (call->state, product), "published",
                                  FALSE);
  product->deleted = TRUE;
  gum_sandbox_product_unlist (call->state, product);
  gum_sandbox_call_message (call, "The product was deleted successfully.");
}

static void
enable_cb (GumSandboxCall *call)
{
  GumSandboxProduct *product = gum_sandbox_call_find (call);
  g_autofree char *refusal = NULL;
  JsonObject *record;

  if (product == NULL)
    return;

  record = gum_sandbox_product_edit (call->state, product);
  refusal = gum_sandbox_check_publishable (call->state, record);
  if (refusal != NULL)
    {
      gum_sandbox_call_failure (call, "%s", refusal);
      return;
    }

  json_object_set_boolean_member (record, "published", TRUE);
  if (product->deleted)
    {
      product->deleted = FALSE;
      gum_sandbox_product_list (call->state, product);
    }
  gum_sandbox_call_product (call, product, NULL);
}

/* Nobody there catches what the model says. */
static void
disable_cb (GumSandboxCall *call)
{
  GumSandboxProduct *product = gum_sandbox_call_find (call);
  JsonObject *record;

  if (product == NULL)
    return;

  record = gum_sandbox_product_edit (call->state, product);
  if (gum_sandbox_check_saveable (record) != NULL)
    {
      gum_sandbox_call_crash (call);
      return;
    }

  json_object_set_boolean_member (record, "published", FALSE);
  gum_sandbox_call_product (call, product, NULL);
}

/* PUT /products/:id/bundle_contents */

/* Returns NULL, or what speaks against @id in the bundle @record. */
static const char *
check_bundled (GumSandboxState *state,
               JsonObject      *record,
               const char      *id,
               const char      *variant_id)
{
  GumSandboxProduct *product = gum_sandbox_find_product (state, id);
  g_autoptr (JsonObject) other = NULL;
  JsonArray *categories;
  const char *type;

  if (product == NULL || product->deleted)
    return "The product was not found.";

  other = gum_sandbox_product_ref (state, product);
  type = gum_sandbox_peek_string (other, "_native_type");
  categories = gum_sandbox_get_array (other, "_variant_categories");
  if (g_str_equal (type, "bundle"))
    return "A bundle product cannot be added to a bundle.";
  if (g_str_equal (type, "membership") || g_str_equal (type, "call"))
    return "This product cannot be added to a bundle.";
  if (!g_str_equal (gum_sandbox_peek_string (other, "currency"),
                    gum_sandbox_peek_string (record, "currency")))
    return "Bundle products must have the same currency as the bundle.";

  if (variant_id == NULL)
    return NULL;
  for (guint i = 0; i < gum_sandbox_length (categories); i++)
    if (gum_sandbox_find_in (gum_sandbox_get_array (gum_sandbox_object_at (categories, i),
                                                    "_variants"), "id", variant_id, FALSE) != NULL)
      return NULL;

  return "The variant was not found.";
}

static void
bundle_cb (GumSandboxCall *call)
{
  GumSandboxProduct *bundle = gum_sandbox_call_find (call);
  JsonArray *sent = gum_sandbox_get_array (call->params, "products");
  g_autoptr (JsonArray) contents = json_array_new ();
  JsonObject *record;

  if (bundle == NULL)
    return;

  record = gum_sandbox_product_edit (call->state, bundle);
  if (!g_str_equal (gum_sandbox_peek_string (record, "_native_type"), "bundle") || sent == NULL)
    {
      gum_sandbox_call_failure (call, sent == NULL ? "products must be an array of objects."
                                                   : "This product is not a bundle.");
      return;
    }

  for (guint i = 0; i < gum_sandbox_length (sent); i++)
    {
      JsonObject *entry = gum_sandbox_object_at (sent, i);
      g_autofree char *id = gum_sandbox_dup_string (entry, "product_id");
      g_autofree char *variant_id = gum_sandbox_dup_string (entry, "variant_id");
      JsonObject *item;
      const char *error;
      gint64 quantity = 1;
      gint64 position = i;

      error = check_bundled (call->state, record, id, variant_id);
      if (error != NULL)
        {
          gum_sandbox_call_failure (call, "%s", error);
          return;
        }

      gum_sandbox_get_int (entry, "quantity", &quantity);
      gum_sandbox_get_int (entry, "position", &position);
      item = json_object_new ();
      json_object_set_string_member (item, "product_id", id);
      gum_sandbox_set_null_string (item, "variant_id", variant_id);
      json_object_set_int_member (item, "quantity", MAX (quantity, 1));
      json_object_set_int_member (item, "position", position);
      json_array_add_object_element (contents, item);
    }

  json_object_set_array_member (record, "bundle_products", g_steal_pointer (&contents));
  gum_sandbox_call_product (call, bundle, NULL);
}

const GumSandboxRoute gum_sandbox_edit_routes[] = {
  { "POST", "/v2/products", GUM_SANDBOX_SCOPES_WRITE, create_cb },
  { "PUT", "/v2/products/:id", GUM_SANDBOX_SCOPES_WRITE, update_cb },
  { "DELETE", "/v2/products/:id", GUM_SANDBOX_SCOPES_WRITE, delete_cb },
  { "PUT", "/v2/products/:id/enable", GUM_SANDBOX_SCOPES_WRITE, enable_cb },
  { "PUT", "/v2/products/:id/disable", GUM_SANDBOX_SCOPES_WRITE, disable_cb },
  { "PUT", "/v2/products/:id/bundle_contents", GUM_SANDBOX_SCOPES_WRITE, bundle_cb },
  { NULL },
};

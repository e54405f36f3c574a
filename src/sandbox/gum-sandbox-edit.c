/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Products as they are written: create, change, publish, withdraw, delete.  A change is made on a
 * copy of the record, which takes the record's place only when every part was accepted.
 */
#define G_LOG_DOMAIN "gum-sandbox"

#include "config.h"

#include "gum-sandbox-private.h"

/* Codes that leave less than the smallest price are still there, but do not work any more. */
static void
warn_about_codes (JsonObject *record,
                  JsonObject *extra)
{
  JsonArray *codes = gum_sandbox_get_array (record, "_offer_codes");
  g_autofree char *currency = gum_sandbox_dup_string (record, "currency");
  gint64 minimum = gum_sandbox_minimum_price (currency);
  gint64 price = 0;

  gum_sandbox_get_int (record, "price", &price);
  for (guint i = 0; codes != NULL && i < gum_sandbox_length (codes); i++)
    {
      JsonObject *code = gum_sandbox_object_at (codes, i);
      gint64 off = 0;
      gint64 left;

      if (!gum_sandbox_get_int (code, "amount_cents", &off) &&
          gum_sandbox_get_int (code, "percent_off", &off))
        off = price * off / 100;
      left = price - off;
      if (left > 0 && left < minimum)
        {
          g_autofree char *warning = NULL;

          warning = g_strdup_printf ("The offer code %s no longer leaves a valid price.",
                                     gum_sandbox_peek_string (code, "name"));
          json_object_set_string_member (extra, "warning", warning);
        }
    }
}

/* Publishing */

static const char *
check_publishable (GumSandboxState  *state,
                   JsonObject       *record,
                   char            **moderation)
{
  g_autofree char *type = gum_sandbox_dup_string (record, "_native_type");
  JsonArray *categories = gum_sandbox_get_array (record, "_variant_categories");
  JsonArray *bundle = gum_sandbox_get_array (record, "bundle_products");

  if (!gum_sandbox_get_bool (state->user, "_email_confirmed", TRUE))
    return "You have to confirm your email address before you can do that.";
  if (!gum_sandbox_get_bool (state->user, "_payment_connected", TRUE))
    return "You must connect at least one payment method before you can publish this product for "
           "sale.";
  if (g_strcmp0 (type, "bundle") == 0 && gum_sandbox_length (bundle) == 0)
    return "Bundles must have at least one product.";

  for (guint i = 0; i < gum_sandbox_length (categories); i++)
    {
      JsonObject *category = gum_sandbox_object_at (categories, i);
      JsonArray *variants = gum_sandbox_get_array (category, "_variants");
      gboolean alive = FALSE;

      for (guint j = 0; variants != NULL && j < gum_sandbox_length (variants); j++)
        alive |= !gum_sandbox_get_bool (gum_sandbox_object_at (variants, j), "_deleted",
                                        FALSE);
      if (!alive)
        return "Sorry, the product versions must have at least one option.";
    }

  *moderation = gum_sandbox_dup_string (record, "_moderation");

  return *moderation;
}

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
  g_autofree char *moderation = NULL;
  const char *refusal;
  gboolean draft;

  if (type == NULL || type[0] == '\0')
    {
      g_free (type);
      type = g_strdup ("digital");
    }
  if (!g_strv_contains (types, type))
    {
      gum_sandbox_call_failure (call, "Products of type '%s' cannot be created.", type);
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
  refusal = draft ? NULL : check_publishable (state, record, &moderation);
  json_object_set_boolean_member (record, "published", !draft && refusal == NULL);
  if (refusal != NULL)
    json_object_set_string_member (extra, "warning", refusal);

  gum_sandbox_call_product (call, gum_sandbox_product_add (state, g_steal_pointer (&record), 0),
                            extra);
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
      gum_sandbox_call_text (call, 500, "text/html; charset=utf-8",
                             "<!DOCTYPE html><title>500</title><h1>Something went wrong</h1>");
      return;
    }

  record = gum_sandbox_product_copy (call->state, product);
  error = gum_sandbox_apply (call->state, record, call->params, FALSE, extra);
  if (error != NULL)
    {
      gum_sandbox_call_failure (call, "%s", error);
      return;
    }

  if (json_object_has_member (call->params, "price") ||
      json_object_has_member (call->params, "price_currency_type"))
    warn_about_codes (record, extra);
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
  g_autofree char *moderation = NULL;
  const char *refusal;
  JsonObject *record;

  if (product == NULL)
    return;

  record = gum_sandbox_product_edit (call->state, product);
  refusal = check_publishable (call->state, record, &moderation);
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

static void
disable_cb (GumSandboxCall *call)
{
  GumSandboxProduct *product = gum_sandbox_call_find (call);

  if (product == NULL)
    return;

  json_object_set_boolean_member (gum_sandbox_product_edit (call->state, product), "published",
                                  FALSE);
  gum_sandbox_call_product (call, product, NULL);
}

const GumSandboxRoute gum_sandbox_edit_routes[] = {
  { "POST", "/v2/products", GUM_SANDBOX_SCOPES_WRITE, create_cb },
  { "PUT", "/v2/products/:id", GUM_SANDBOX_SCOPES_WRITE, update_cb },
  { "DELETE", "/v2/products/:id", GUM_SANDBOX_SCOPES_WRITE, delete_cb },
  { "PUT", "/v2/products/:id/enable", GUM_SANDBOX_SCOPES_WRITE, enable_cb },
  { "PUT", "/v2/products/:id/disable", GUM_SANDBOX_SCOPES_WRITE, disable_cb },
  { NULL },
};

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Upsells and cross-sells.  They are kept with the ids that were sent; names and currencies are
 * looked up when one is shown.
 */
#define G_LOG_DOMAIN "gum-sandbox"

#include "config.h"

#include "gum-sandbox-private.h"

#define NOT_FOUND "The product, variant, or offer referenced by an external ID could not be found."

static GumSandboxProduct *
find_own (GumSandboxState *state,
          const char      *id)
{
  GumSandboxProduct *product = gum_sandbox_find_product (state, id);

  return product != NULL && !product->deleted ? product : NULL;
}

/* Returns: (nullable): borrowed from @record */
static JsonObject *
find_variant (JsonObject *record,
              const char *id)
{
  JsonArray *categories = gum_sandbox_get_array (record, "_variant_categories");
  JsonObject *found = NULL;

  for (guint i = 0; found == NULL && i < gum_sandbox_length (categories); i++)
    found = gum_sandbox_find_in (gum_sandbox_get_array (gum_sandbox_object_at (categories, i),
                                                        "_variants"), "id", id, FALSE);

  return found;
}

/* As they are shown */

static JsonObject *
id_and_name (JsonObject *object)
{
  JsonObject *result = json_object_new ();
  static const char *const names[] = { "id", "name" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (json_object_has_member (object, names[i]))
      json_object_set_member (result, names[i],
                              json_node_copy (json_object_get_member (object, names[i])));

  return result;
}

static JsonNode *
take_object (JsonObject *object)
{
  JsonNode *node = json_node_init_object (json_node_alloc (), object);

  json_object_unref (object);

  return node;
}

static JsonNode *
render_variant_of (JsonObject *record,
                   const char *id)
{
  JsonObject *variant = record != NULL ? find_variant (record, id) : NULL;

  return variant != NULL ? take_object (id_and_name (variant))
                         : json_node_init_null (json_node_alloc ());
}

static JsonArray *
render_pairs (JsonObject *upsell,
              JsonObject *record)
{
  JsonArray *pairs = gum_sandbox_get_array (upsell, "upsell_variants");
  JsonArray *result = json_array_new ();

  for (guint i = 0; i < gum_sandbox_length (pairs); i++)
    {
      JsonObject *pair = gum_sandbox_object_at (pairs, i);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "id", gum_sandbox_peek_string (pair, "id"));
      json_object_set_member (object, "selected_variant",
                              render_variant_of (record, gum_sandbox_peek_string (
                                                   pair, "selected_variant_id")));
      json_object_set_member (object, "offered_variant",
                              render_variant_of (record, gum_sandbox_peek_string (
                                                   pair, "offered_variant_id")));
      json_array_add_object_element (result, object);
    }

  return result;
}

static JsonArray *
render_selected (GumSandboxState *state,
                 JsonObject      *upsell)
{
  JsonArray *ids = gum_sandbox_get_array (upsell, "product_ids");
  JsonArray *result = json_array_new ();

  for (guint i = 0; i < gum_sandbox_length (ids); i++)
    {
      const char *id = gum_sandbox_node_string (json_array_get_element (ids, i));
      GumSandboxProduct *product = gum_sandbox_find_product (state, id);

      if (product != NULL)
        {
          g_autoptr (JsonObject) record = gum_sandbox_product_ref (state, product);

          json_array_add_object_element (result, id_and_name (record));
        }
    }

  return result;
}

static JsonNode *
render_discount (JsonObject *upsell)
{
  static const char *const nulls[] = {
    "product_ids", "expires_at", "minimum_quantity", "duration_in_billing_cycles",
    "minimum_amount_cents",
  };
  JsonObject *code = gum_sandbox_get_object (upsell, "offer_code");
  JsonObject *discount;
  gint64 amount = 0;

  if (code == NULL)
    return json_node_init_null (json_node_alloc ());

  discount = json_object_new ();
  if (gum_sandbox_get_int (code, "amount_percentage", &amount))
    {
      json_object_set_string_member (discount, "type", "percent");
      json_object_set_int_member (discount, "percents", amount);
    }
  else
    {
      gum_sandbox_get_int (code, "amount_cents", &amount);
      json_object_set_string_member (discount, "type", "fixed");
      json_object_set_int_member (discount, "cents", amount);
    }
  for (guint i = 0; i < G_N_ELEMENTS (nulls); i++)
    json_object_set_null_member (discount, nulls[i]);

  return take_object (discount);
}

static JsonObject *
render (GumSandboxState *state,
        JsonObject      *upsell)
{
  static const char *const names[] = {
    "id", "name", "cross_sell", "replace_selected_products", "universal", "text", "description",
    "paused",
  };
  const char *id = gum_sandbox_peek_string (upsell, "product_id");
  GumSandboxProduct *product = gum_sandbox_find_product (state, id);
  g_autoptr (JsonObject) record = NULL;
  JsonObject *object = json_object_new ();

  if (product != NULL)
    record = gum_sandbox_product_ref (state, product);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    json_object_set_member (object, names[i],
                            json_node_copy (json_object_get_member (upsell, names[i])));
  if (record != NULL)
    {
      JsonObject *shown = id_and_name (record);

      json_object_set_string_member (shown, "currency_type",
                                     gum_sandbox_peek_string (record, "currency"));
      json_object_set_member (shown, "variant",
                              render_variant_of (record, gum_sandbox_peek_string (upsell,
                                                                                  "variant_id")));
      json_object_set_object_member (object, "product", shown);
    }
  json_object_set_member (object, "discount", render_discount (upsell));
  json_object_set_array_member (object, "selected_products", render_selected (state, upsell));
  json_object_set_array_member (object, "upsell_variants", render_pairs (upsell, record));

  return object;
}

/* As they are written */

/*
 * Other versions, pairs and selected products belong to another product, or to the other kind: when
 * either changes, what is not sent is cleared.
 */
static void
clear_dependent (JsonObject *upsell,
                 JsonObject *params)
{
  gboolean kind = gum_sandbox_get_bool (upsell, "cross_sell", FALSE);
  gboolean same = gum_sandbox_get_bool (params, "cross_sell", kind) == kind;

  if (json_object_has_member (params, "product_id"))
    same &= g_str_equal (gum_sandbox_peek_string (params, "product_id"),
                         gum_sandbox_peek_string (upsell, "product_id"));
  if (same)
    return;

  json_object_set_null_member (upsell, "variant_id");
  json_object_set_array_member (upsell, "product_ids", json_array_new ());
  json_object_set_array_member (upsell, "upsell_variants", json_array_new ());
}

static void
merge (JsonObject *upsell,
       JsonObject *params)
{
  static const char *const texts[] = { "name", "text", "description", "product_id", "variant_id" };
  static const char *const switches[] = {
    "cross_sell", "universal", "replace_selected_products", "offer_matching_version", "paused",
  };
  static const char *const lists[] = { "product_ids", "upsell_variants" };
  JsonObject *code = gum_sandbox_get_object (params, "offer_code");

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (json_object_has_member (params, texts[i]))
      {
        g_autofree char *text = gum_sandbox_dup_string (params, texts[i]);

        gum_sandbox_set_null_string (upsell, texts[i], text);
      }
  for (guint i = 0; i < G_N_ELEMENTS (switches); i++)
    if (json_object_has_member (params, switches[i]))
      json_object_set_boolean_member (upsell, switches[i],
                                      gum_sandbox_get_bool (params, switches[i], FALSE));
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    if (gum_sandbox_get_array (params, lists[i]) != NULL)
      json_object_set_member (upsell, lists[i],
                              gum_sandbox_copy_node (json_object_get_member (params, lists[i])));
  if (json_object_has_member (params, "offer_code"))
    {
      if (code != NULL && json_object_get_size (code) > 0)
        json_object_set_member (upsell, "offer_code",
                                gum_sandbox_copy_node (
                                  json_object_get_member (params, "offer_code")));
      else
        json_object_remove_member (upsell, "offer_code");
    }
}

/* Whether the pair at @at is the second one for the version that it is about. */
static gboolean
is_second_pair (JsonArray *pairs,
                guint      at)
{
  const char *id = gum_sandbox_peek_string (gum_sandbox_object_at (pairs, at), "selected_variant_id");

  for (guint i = 0; i < at; i++)
    if (g_str_equal (gum_sandbox_peek_string (gum_sandbox_object_at (pairs, i), "selected_variant_id"),
                     id))
      return TRUE;

  return FALSE;
}

/* What is not in @params is not looked for once more: it may have been deleted meanwhile. */
static const char *
check_references (GumSandboxState *state,
                  JsonObject      *upsell,
                  JsonObject      *params,
                  JsonObject      *record)
{
  JsonArray *ids = gum_sandbox_get_array (params, "product_ids");
  JsonArray *pairs = json_object_has_member (params, "upsell_variants")
                     ? gum_sandbox_get_array (upsell, "upsell_variants") : NULL;
  const char *variant = gum_sandbox_peek_string (params, "variant_id");

  if (record == NULL || (variant[0] != '\0' && find_variant (record, variant) == NULL))
    return NOT_FOUND;
  for (guint i = 0; i < gum_sandbox_length (ids); i++)
    if (find_own (state, gum_sandbox_node_string (json_array_get_element (ids, i))) == NULL)
      return NOT_FOUND;
  for (guint i = 0; i < gum_sandbox_length (pairs); i++)
    {
      JsonObject *pair = gum_sandbox_object_at (pairs, i);

      if (find_variant (record, gum_sandbox_peek_string (pair, "selected_variant_id")) == NULL ||
          find_variant (record, gum_sandbox_peek_string (pair, "offered_variant_id")) == NULL)
        return NOT_FOUND;
      if (is_second_pair (pairs, i))
        return "The upsell cannot have more than one upsell variant per selected variant.";
      if (gum_sandbox_is_blank (pair, "id"))
        gum_sandbox_add_new_id (state, pair, 0x9a12);
    }

  return NULL;
}

static const char *
check (GumSandboxState *state,
       JsonObject      *upsell,
       JsonObject      *params)
{
  const char *id = gum_sandbox_peek_string (upsell, "product_id");
  GumSandboxProduct *product = find_own (state, id);
  gboolean cross = gum_sandbox_get_bool (upsell, "cross_sell", FALSE);
  g_autoptr (JsonObject) record = NULL;
  const char *error;

  if (product != NULL)
    record = gum_sandbox_product_ref (state, product);
  error = check_references (state, upsell, params, record);
  if (error != NULL)
    return error;
  if (g_str_equal (gum_sandbox_peek_string (record, "_native_type"), "call"))
    return "Calls cannot be offered as upsells.";

  for (guint i = 0; !cross && i < gum_sandbox_length (state->upsells); i++)
    {
      JsonObject *other = gum_sandbox_object_at (state->upsells, i);

      if (!g_str_equal (gum_sandbox_peek_string (other, "id"),
                        gum_sandbox_peek_string (upsell, "id")) &&
          !gum_sandbox_get_bool (other, "cross_sell", FALSE) &&
          g_str_equal (gum_sandbox_peek_string (other, "product_id"), id))
        return "You can only create one upsell per product.";
    }

  return NULL;
}

static void
answer (GumSandboxCall *call,
        JsonObject     *upsell)
{
  gum_sandbox_call_object (call, "upsell", render (call->state, upsell));
}

static void
list_cb (GumSandboxCall *call)
{
  JsonArray *result = json_array_new ();

  for (guint i = 0; i < gum_sandbox_length (call->state->upsells); i++)
    json_array_add_object_element (result, render (call->state, gum_sandbox_object_at (
                                                     call->state->upsells, i)));
  gum_sandbox_call_array (call, "upsells", result);
}

static JsonObject *
call_upsell (GumSandboxCall *call)
{
  JsonObject *upsell = gum_sandbox_find_in (call->state->upsells, "id", call->args[0], FALSE);

  if (upsell == NULL)
    gum_sandbox_call_failure (call, "The upsell was not found.");

  return upsell;
}

static void
show_cb (GumSandboxCall *call)
{
  JsonObject *upsell = call_upsell (call);

  if (upsell != NULL)
    answer (call, upsell);
}

static void
create_cb (GumSandboxCall *call)
{
  static const char *const switches[] = {
    "cross_sell", "universal", "replace_selected_products", "offer_matching_version", "paused",
  };
  g_autoptr (JsonObject) upsell = json_object_new ();
  const char *error;

  gum_sandbox_add_new_id (call->state, upsell, 0x0b5e11);
  json_object_set_null_member (upsell, "name");
  json_object_set_string_member (upsell, "text", "");
  json_object_set_string_member (upsell, "description", "");
  for (guint i = 0; i < G_N_ELEMENTS (switches); i++)
    json_object_set_boolean_member (upsell, switches[i], FALSE);
  merge (upsell, call->params);

  error = check (call->state, upsell, call->params);
  if (error != NULL)
    {
      gum_sandbox_call_failure (call, "%s", error);
      return;
    }

  json_array_add_object_element (call->state->upsells, json_object_ref (upsell));
  answer (call, upsell);
}

static void
update_cb (GumSandboxCall *call)
{
  JsonObject *upsell = call_upsell (call);
  g_autoptr (JsonObject) changed = NULL;
  const char *error;

  if (upsell == NULL)
    return;

  changed = gum_sandbox_copy_object (upsell);
  clear_dependent (changed, call->params);
  merge (changed, call->params);
  error = check (call->state, changed, call->params);
  if (error != NULL)
    {
      gum_sandbox_call_failure (call, "%s", error);
      return;
    }

  /* In its place, and not behind the others. */
  gum_sandbox_replace_members (upsell, changed);
  answer (call, upsell);
}

static void
delete_cb (GumSandboxCall *call)
{
  JsonObject *upsell = call_upsell (call);

  if (upsell == NULL)
    return;

  gum_sandbox_remove_from (call->state->upsells, upsell);
  gum_sandbox_call_message (call, "The upsell was deleted successfully.");
}

#define READ GUM_SANDBOX_SCOPES_READ
#define WRITE GUM_SANDBOX_SCOPES_WRITE

const GumSandboxRoute gum_sandbox_upsell_routes[] = {
  { "GET", "/v2/upsells", READ, list_cb },
  { "POST", "/v2/upsells", WRITE, create_cb },
  { "GET", "/v2/upsells/:id", READ, show_cb },
  { "PUT", "/v2/upsells/:id", WRITE, update_cb },
  { "DELETE", "/v2/upsells/:id", WRITE, delete_cb },
  { NULL },
};

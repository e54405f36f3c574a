/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What hangs on a product besides its versions: discount codes, questions asked at checkout,
 * reviews; and what the handlers of such parts share.
 */
#define G_LOG_DOMAIN "gum-sandbox"

#include "config.h"

#include "gum-sandbox-private.h"

#include <stdio.h>

#define REVIEWS_PER_PAGE 100

/* Takes @array. */
void
gum_sandbox_call_array (GumSandboxCall *call,
                        const char     *member,
                        JsonArray      *array)
{
  gum_sandbox_call_success (call, member, json_node_init_array (json_node_alloc (), array));
  json_array_unref (array);
}

/* Takes @object. */
void
gum_sandbox_call_object (GumSandboxCall *call,
                         const char     *member,
                         JsonObject     *object)
{
  gum_sandbox_call_success (call, member, json_node_init_object (json_node_alloc (), object));
  json_object_unref (object);
}

static gboolean
is_alive (JsonObject *object)
{
  return !gum_sandbox_get_bool (object, "_deleted", FALSE);
}

JsonObject *
gum_sandbox_find_in (JsonArray  *array,
                     const char *member,
                     const char *value,
                     gboolean    with_deleted)
{
  for (guint i = 0; value != NULL && i < gum_sandbox_length (array); i++)
    {
      JsonObject *object = gum_sandbox_object_at (array, i);
      g_autofree char *own = gum_sandbox_dup_string (object, member);

      if (g_strcmp0 (own, value) == 0 && (with_deleted || is_alive (object)))
        return object;
    }

  return NULL;
}

/* The record of the product in the path, to be read; NULL if that was answered. */
JsonObject *
gum_sandbox_call_read (GumSandboxCall *call)
{
  GumSandboxProduct *product = gum_sandbox_call_find (call);

  if (product != NULL)
    call->record = gum_sandbox_product_ref (call->state, product);

  return call->record;
}

/* The same, to be changed. */
JsonObject *
gum_sandbox_call_edit (GumSandboxCall *call)
{
  GumSandboxProduct *product = gum_sandbox_call_find (call);

  return product != NULL ? gum_sandbox_product_edit (call->state, product) : NULL;
}

void
gum_sandbox_add_new_id (GumSandboxState *state,
                        JsonObject      *object,
                        guint            salt)
{
  g_autofree char *id = gum_sandbox_external_id (state->serial++, salt);

  json_object_set_string_member (object, "id", id);
}

void
gum_sandbox_copy_param (JsonObject *params,
                        JsonObject *object,
                        const char *name)
{
  JsonNode *node = json_object_get_member (params, name);
  gint64 number;

  if (node == NULL)
    return;
  if (gum_sandbox_is_blank (params, name))
    json_object_set_null_member (object, name);
  else if (gum_sandbox_get_int (params, name, &number))
    json_object_set_int_member (object, name, number);
}

void
gum_sandbox_remove_from (JsonArray  *array,
                         JsonObject *object)
{
  for (guint i = 0; i < gum_sandbox_length (array); i++)
    if (gum_sandbox_object_at (array, i) == object)
      {
        json_array_remove_element (array, i);
        return;
      }
}

/* Discount codes */

static JsonObject *
render_code (JsonObject *code)
{
  JsonObject *object = json_object_new ();
  g_autoptr (GList) names = json_object_get_members (code);

  for (GList *l = names; l != NULL; l = l->next)
    if (((const char *) l->data)[0] != '_')
      json_object_set_member (object, l->data,
                              json_node_copy (json_object_get_member (code, l->data)));

  return object;
}

static void
list_codes_cb (GumSandboxCall *call)
{
  JsonObject *record = gum_sandbox_call_read (call);
  JsonArray *lists[2] = { NULL, call->state->offer_codes };
  g_autofree char *currency = NULL;
  JsonArray *result;

  if (record == NULL)
    return;

  lists[0] = gum_sandbox_get_array (record, "_offer_codes");
  currency = gum_sandbox_dup_string (record, "currency");
  result = json_array_new ();
  for (guint i = 0; i < 2; i++)
    for (guint j = 0; j < gum_sandbox_length (lists[i]); j++)
      {
        JsonObject *code = gum_sandbox_object_at (lists[i], j);
        g_autofree char *only = gum_sandbox_dup_string (code, "_currency");

        if (only == NULL || g_strcmp0 (only, currency) == 0)
          json_array_add_object_element (result, render_code (code));
      }
  gum_sandbox_call_array (call, "offer_codes", result);
}

static JsonObject *
call_code (GumSandboxCall *call,
           JsonObject     *record)
{
  JsonObject *code;

  code = gum_sandbox_find_in (gum_sandbox_get_array (record, "_offer_codes"), "id",
                              call->args[1], FALSE);
  if (code == NULL)
    code = gum_sandbox_find_in (call->state->offer_codes, "id", call->args[1], FALSE);
  if (code == NULL)
    gum_sandbox_call_failure (call, "The offer_code was not found.");

  return code;
}

static void
answer_code (GumSandboxCall *call,
             JsonObject     *code)
{
  gum_sandbox_call_object (call, "offer_code", render_code (code));
}

/* The string "true", and nothing else: true itself is read as false. */
static gboolean
is_string_true (JsonObject *params,
                const char *name)
{
  JsonNode *node = json_object_get_member (params, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
         json_node_get_value_type (node) == G_TYPE_STRING &&
         g_str_equal (json_node_get_string (node), "true");
}

static void
create_code_cb (GumSandboxCall *call)
{
  JsonObject *record = gum_sandbox_call_edit (call);
  JsonArray *own = record != NULL ? gum_sandbox_get_array (record, "_offer_codes") : NULL;
  g_autofree char *name = gum_sandbox_dup_string (call->params, "name");
  g_autofree char *type = gum_sandbox_dup_string (call->params, "offer_type");
  g_autofree char *error = NULL;
  JsonObject *code;
  gint64 amount = 0;
  gboolean percent = g_strcmp0 (type, "percent") == 0;
  gboolean for_all;

  if (record == NULL)
    return;

  if (name == NULL || (!gum_sandbox_get_int (call->params, "amount_off", &amount) &&
                       !gum_sandbox_get_int (call->params, "amount_cents", &amount)))
    {
      gum_sandbox_call_failure (call, "You are missing required offer code parameters. Please "
                                "refer to the API documentation.");
      return;
    }
  if (!g_regex_match_simple ("^[\\p{L}0-9_-]+$", name, G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT))
    {
      gum_sandbox_call_failure (call, "Discount code can only contain numbers, letters, dashes, "
                                "and underscores.");
      return;
    }
  if (gum_sandbox_find_in (own, "name", name, FALSE) != NULL ||
      gum_sandbox_find_in (call->state->offer_codes, "name", name, FALSE) != NULL)
    {
      gum_sandbox_call_failure (call, "Discount code must be unique.");
      return;
    }
  if (percent && (amount < 0 || amount > 100))
    {
      gum_sandbox_call_failure (call, "Please enter a discount amount that is 100%% or less.");
      return;
    }

  for_all = is_string_true (call->params, "universal");
  code = json_object_new ();
  json_object_set_int_member (code, percent ? "percent_off" : "amount_cents", amount);
  error = gum_sandbox_check_code (record, code);
  json_object_remove_member (code, percent ? "percent_off" : "amount_cents");
  if (error != NULL)
    {
      json_object_unref (code);
      gum_sandbox_call_failure (call, "%s", error);
      return;
    }

  gum_sandbox_add_new_id (call->state, code, 0xc0de);
  json_object_set_string_member (code, "name", name);
  json_object_set_boolean_member (code, "universal", for_all);
  json_object_set_null_member (code, "max_purchase_count");
  json_object_set_null_member (code, "minimum_amount_cents");
  gum_sandbox_copy_param (call->params, code, "max_purchase_count");
  gum_sandbox_copy_param (call->params, code, "minimum_amount_cents");
  json_object_set_int_member (code, "times_used", 0);
  json_object_set_int_member (code, percent ? "percent_off" : "amount_cents", amount);
  if (for_all && !percent)
    {
      g_autofree char *currency = gum_sandbox_dup_string (record, "currency");

      json_object_set_string_member (code, "_currency", currency);
    }
  json_array_add_object_element (for_all ? call->state->offer_codes : own, code);
  answer_code (call, code);
}

static void
show_code_cb (GumSandboxCall *call)
{
  JsonObject *record = gum_sandbox_call_read (call);
  JsonObject *code = record != NULL ? call_code (call, record) : NULL;

  if (code != NULL)
    answer_code (call, code);
}

static void
update_code_cb (GumSandboxCall *call)
{
  JsonObject *record = gum_sandbox_call_edit (call);
  JsonObject *code = record != NULL ? call_code (call, record) : NULL;

  if (code == NULL)
    return;

  gum_sandbox_copy_param (call->params, code, "max_purchase_count");
  gum_sandbox_copy_param (call->params, code, "minimum_amount_cents");
  answer_code (call, code);
}

/* A code that a product uses by default stays, and the reason given is misleading. */
static void
delete_code_cb (GumSandboxCall *call)
{
  JsonObject *record = gum_sandbox_call_edit (call);
  JsonObject *code = record != NULL ? call_code (call, record) : NULL;

  if (code == NULL)
    return;
  if (g_str_equal (gum_sandbox_peek_string (record, "_default_code"), call->args[1]))
    {
      gum_sandbox_call_failure (call, "The offer_code was not found.");
      return;
    }

  gum_sandbox_remove_from (gum_sandbox_get_array (record, "_offer_codes"), code);
  gum_sandbox_remove_from (call->state->offer_codes, code);
  gum_sandbox_call_message (call, "The offer_code was deleted successfully.");
}

/* Questions asked at checkout */

static JsonObject *
render_field (JsonObject *record,
              JsonObject *field)
{
  JsonObject *object = render_code (field);
  JsonArray *products = json_array_new ();

  json_array_add_string_element (products, gum_sandbox_peek_string (record, "id"));
  json_object_set_boolean_member (object, "global", FALSE);
  json_object_set_array_member (object, "products", products);

  return object;
}

static void
list_fields_cb (GumSandboxCall *call)
{
  JsonObject *record = gum_sandbox_call_read (call);
  JsonArray *fields = record != NULL ? gum_sandbox_get_array (record, "custom_fields") : NULL;
  JsonArray *result;

  if (record == NULL)
    return;

  result = json_array_new ();
  for (guint i = 0; i < gum_sandbox_length (fields); i++)
    {
      JsonObject *field = gum_sandbox_object_at (fields, i);

      if (field != NULL)
        json_array_add_object_element (result, render_field (record, field));
    }
  gum_sandbox_call_array (call, "custom_fields", result);
}

static void
create_field_cb (GumSandboxCall *call)
{
  static const char *const types[] = { "text", "checkbox", "terms", "long_text", "file", NULL };
  static const char *const aliases[] = { "name", "url", "label" };
  JsonObject *record = gum_sandbox_call_edit (call);
  g_autofree char *type = gum_sandbox_dup_string (call->params, "type");
  g_autofree char *name = NULL;
  JsonObject *field;

  if (record == NULL)
    return;

  for (guint i = 0; name == NULL && i < G_N_ELEMENTS (aliases); i++)
    name = gum_sandbox_dup_string (call->params, aliases[i]);
  if (type == NULL)
    type = g_strdup ("text");
  if (name == NULL || name[0] == '\0' || !g_strv_contains (types, type) ||
      (g_str_equal (type, "terms") && !g_str_has_prefix (name, "http")))
    {
      gum_sandbox_call_failure (call, "The custom_field was unable to be created.");
      return;
    }

  field = json_object_new ();
  gum_sandbox_add_new_id (call->state, field, 0xf1e1d);
  json_object_set_string_member (field, "type", type);
  json_object_set_string_member (field, "name", name);
  json_object_set_boolean_member (field, "required", is_string_true (call->params, "required"));
  json_object_set_boolean_member (field, "collect_per_product", FALSE);
  json_array_add_object_element (gum_sandbox_get_array (record, "custom_fields"), field);
  gum_sandbox_call_object (call, "custom_field", render_field (record, field));
}

static JsonObject *
call_field (GumSandboxCall *call,
            JsonObject     *record)
{
  JsonObject *field = NULL;

  /* What follows a dot is taken for a format, so such a name cannot be addressed. */
  if (strchr (strrchr (call->path, '/'), '.') == NULL)
    field = gum_sandbox_find_in (gum_sandbox_get_array (record, "custom_fields"), "name",
                                 call->args[1], FALSE);
  if (field == NULL)
    gum_sandbox_call_failure (call, "The custom_field was not found.");

  return field;
}

static void
update_field_cb (GumSandboxCall *call)
{
  JsonObject *record = gum_sandbox_call_edit (call);
  JsonObject *field = record != NULL ? call_field (call, record) : NULL;

  if (field == NULL)
    return;

  if (json_object_has_member (call->params, "required"))
    json_object_set_boolean_member (field, "required", is_string_true (call->params, "required"));
  gum_sandbox_call_object (call, "custom_field", render_field (record, field));
}

static void
delete_field_cb (GumSandboxCall *call)
{
  JsonObject *record = gum_sandbox_call_edit (call);
  JsonObject *field = record != NULL ? call_field (call, record) : NULL;

  if (field == NULL)
    return;

  gum_sandbox_remove_from (gum_sandbox_get_array (record, "custom_fields"), field);
  gum_sandbox_call_message (call, "The custom_field was deleted successfully.");
}

/* Reviews */

/* A mere number of stars is not told here. */
static JsonArray *
shown_reviews (JsonObject *record)
{
  JsonArray *reviews = gum_sandbox_get_array (record, "_reviews");
  JsonArray *shown = json_array_new ();

  for (guint i = 0; i < gum_sandbox_length (reviews); i++)
    {
      JsonObject *review = gum_sandbox_object_at (reviews, i);

      if (!gum_sandbox_is_blank (review, "message") ||
          gum_sandbox_get_bool (review, "_video", FALSE))
        json_array_add_object_element (shown, render_code (review));
    }

  return shown;
}

static void
list_reviews_cb (GumSandboxCall *call)
{
  JsonObject *record = gum_sandbox_call_read (call);
  g_autoptr (JsonArray) reviews = record != NULL ? shown_reviews (record) : NULL;
  g_autofree char *key = gum_sandbox_dup_string (call->params, "page_key");
  JsonObject *object;
  JsonArray *page;
  guint start = 0;
  guint end;

  if (record == NULL)
    return;
  if (key != NULL && key[0] != '\0' && sscanf (key, "20260101000000000000-%u", &start) != 1)
    {
      gum_sandbox_call_bad_request (call, "Invalid page_key.");
      return;
    }

  end = MIN (start + REVIEWS_PER_PAGE, gum_sandbox_length (reviews));
  object = json_object_new ();
  page = json_array_new ();
  json_object_set_boolean_member (object, "success", TRUE);
  for (guint i = start; i < end; i++)
    json_array_add_element (page, json_node_copy (json_array_get_element (reviews, i)));
  json_object_set_array_member (object, "product_reviews", page);
  if (end < gum_sandbox_length (reviews))
    {
      g_autofree char *next = g_strdup_printf ("20260101000000000000-%u", end);
      g_autofree char *url = g_strdup_printf ("%s?page_key=%s", call->path, next);

      json_object_set_string_member (object, "next_page_key", next);
      json_object_set_string_member (object, "next_page_url", url);
    }
  gum_sandbox_call_take_json (call, 200, object);
}

#define READ GUM_SANDBOX_SCOPES_READ
#define ANY GUM_SANDBOX_SCOPES_ANY
#define WRITE GUM_SANDBOX_SCOPES_WRITE
#define CODES "/v2/products/:id/offer_codes"
#define FIELDS "/v2/products/:id/custom_fields"

const GumSandboxRoute gum_sandbox_part_routes[] = {
  { "GET", CODES, ANY, list_codes_cb },
  { "POST", CODES, WRITE, create_code_cb },
  { "GET", CODES "/:oid", READ, show_code_cb },
  { "PUT", CODES "/:oid", WRITE, update_code_cb },
  { "DELETE", CODES "/:oid", WRITE, delete_code_cb },
  { "GET", FIELDS, ANY, list_fields_cb },
  { "POST", FIELDS, WRITE, create_field_cb },
  { "PUT", FIELDS "/:name", WRITE, update_field_cb },
  { "DELETE", FIELDS "/:name", WRITE, delete_field_cb },
  { "GET", "/v2/products/:id/reviews", READ, list_reviews_cb },
  { NULL },
};

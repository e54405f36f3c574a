/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Products as they are read: the index, the two shapes, the list and the single product.
 *
 * A product's record is one JSON object that holds the members of the wire in their order, and
 * besides them members of our own whose names start with an underscore.  A generated product that
 * nobody changed keeps no record, only the text of its list row.
 */
#define G_LOG_DOMAIN "gum-sandbox"

#include "config.h"

#include "gum-sandbox-private.h"

#include <stdio.h>

void
gum_sandbox_product_free (GumSandboxProduct *product)
{
  g_free (product->id);
  g_free (product->permalink);
  g_clear_pointer (&product->record, json_object_unref);
  g_free (product->slim);
  g_free (product->slim_sales);
  g_free (product);
}

/* The index */

static gint
compare_newest_first (gconstpointer a,
                      gconstpointer b)
{
  const GumSandboxProduct *left = *(GumSandboxProduct *const *) a;
  const GumSandboxProduct *right = *(GumSandboxProduct *const *) b;

  if (left->created_at != right->created_at)
    return left->created_at > right->created_at ? -1 : 1;

  return left->number > right->number ? -1 : left->number < right->number;
}

/* The first row that is strictly older. */
static guint
find_older (GPtrArray *order,
            gint64     created_at,
            guint      number)
{
  GumSandboxProduct probe = { .number = number, .created_at = created_at };
  GumSandboxProduct *key = &probe;
  guint low = 0;
  guint high = order->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (compare_newest_first (&order->pdata[middle], &key) <= 0)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

void
gum_sandbox_product_list (GumSandboxState   *state,
                          GumSandboxProduct *product)
{
  if (g_ptr_array_find (state->order, product, NULL))
    return;

  g_ptr_array_insert (state->order,
                      (gint) find_older (state->order, product->created_at, product->number),
                      product);
}

void
gum_sandbox_product_unlist (GumSandboxState   *state,
                            GumSandboxProduct *product)
{
  g_ptr_array_remove (state->order, product);
}

GumSandboxProduct *
gum_sandbox_find_product (GumSandboxState *state,
                          const char      *id)
{
  GumSandboxProduct *product = id != NULL ? g_hash_table_lookup (state->products, id) : NULL;

  if (product == NULL && id != NULL)
    product = g_hash_table_lookup (state->permalinks, id);

  return product;
}

/* Takes @record, which must be complete. */
GumSandboxProduct *
gum_sandbox_product_add (GumSandboxState *state,
                         JsonObject      *record,
                         gint64           created_at)
{
  GumSandboxProduct *product = g_new0 (GumSandboxProduct, 1);
  GumSandboxProduct *newest = state->order->len > 0 ? state->order->pdata[0] : NULL;

  product->number = state->next_number++;
  product->created_at = created_at;
  if (created_at == 0)
    {
      product->created_at = g_get_real_time ();
      if (newest != NULL && newest->created_at >= product->created_at)
        product->created_at = newest->created_at + G_USEC_PER_SEC;
    }
  product->record = record;
  product->id = gum_sandbox_dup_string (record, "id");
  product->permalink = gum_sandbox_dup_string (record, "_permalink");
  g_hash_table_insert (state->products, product->id, product);
  g_hash_table_insert (state->permalinks, product->permalink, product);
  gum_sandbox_product_list (state, product);

  return product;
}

/* Returns: (transfer full): the record, to be read only */
JsonObject *
gum_sandbox_product_ref (GumSandboxState   *state,
                         GumSandboxProduct *product)
{
  if (product->record != NULL)
    return json_object_ref (product->record);

  return gum_sandbox_generate (state, product->seed, product->number);
}

void
gum_sandbox_product_touch (GumSandboxProduct *product)
{
  g_clear_pointer (&product->slim, g_free);
  g_clear_pointer (&product->slim_sales, g_free);
}

/* Returns: (transfer none): the record, to be changed */
JsonObject *
gum_sandbox_product_edit (GumSandboxState   *state,
                          GumSandboxProduct *product)
{
  if (product->record == NULL)
    product->record = gum_sandbox_product_ref (state, product);
  gum_sandbox_product_touch (product);

  return product->record;
}

/* Returns: (transfer full): a copy that can be changed without changing the product */
JsonObject *
gum_sandbox_product_copy (GumSandboxState   *state,
                          GumSandboxProduct *product)
{
  g_autoptr (JsonObject) record = gum_sandbox_product_ref (state, product);

  return gum_sandbox_copy_object (record);
}

void
gum_sandbox_product_take (GumSandboxProduct *product,
                          JsonObject        *record)
{
  g_clear_pointer (&product->record, json_object_unref);
  product->record = record;
  gum_sandbox_product_touch (product);
}

/* GET /products */

static void
make_slim (GumSandboxState   *state,
           GumSandboxProduct *product)
{
  g_autoptr (JsonObject) record = gum_sandbox_product_ref (state, product);
  g_autoptr (JsonObject) slim = NULL;
  g_autoptr (JsonObject) sales = json_object_new ();

  slim = gum_sandbox_product_render (state, product, record, FALSE, FALSE);
  product->slim = gum_sandbox_to_json (slim);
  product->slim[strlen (product->slim) - 1] = '\0';

  gum_sandbox_add_sales (sales, record);
  product->slim_sales = gum_sandbox_to_json (sales);
  product->slim_sales[0] = ',';
}

/* Renders every row now, so that reading a long list later costs next to nothing. */
void
gum_sandbox_warm_products (GumSandboxState *state)
{
  for (guint i = 0; i < state->order->len; i++)
    {
      GumSandboxProduct *product = state->order->pdata[i];

      if (product->slim == NULL)
        make_slim (state, product);
    }
}

static char *
make_page_key (GumSandboxProduct *product)
{
  g_autoptr (GDateTime) time = NULL;
  g_autofree char *seconds = NULL;

  time = g_date_time_new_from_unix_utc (product->created_at / G_USEC_PER_SEC);
  seconds = g_date_time_format (time, "%Y%m%d%H%M%S");

  return g_strdup_printf ("%s%06d-%u", seconds, (int) (product->created_at % G_USEC_PER_SEC),
                          product->number);
}

static gboolean
parse_page_key (const char *key,
                gint64     *created_at,
                guint      *number)
{
  g_autoptr (GDateTime) time = NULL;
  int y, m, d, h, min, s, us;
  guint64 value;

  if (strspn (key, "0123456789") != 20 || key[20] != '-' ||
      sscanf (key, "%4d%2d%2d%2d%2d%2d%6d", &y, &m, &d, &h, &min, &s, &us) != 7 ||
      !g_ascii_string_to_unsigned (key + 21, 10, 0, G_MAXUINT, &value, NULL))
    return FALSE;

  time = g_date_time_new_utc (y, m, d, h, min, s);
  if (time == NULL)
    return FALSE;

  *created_at = g_date_time_to_unix (time) * G_USEC_PER_SEC + us;
  *number = (guint) value;

  return TRUE;
}

static void
list_cb (GumSandboxCall *call)
{
  GumSandboxState *state = call->state;
  gboolean sales = (call->token->scopes & GUM_SANDBOX_SCOPES_SALES) != 0;
  GString *json = g_string_sized_new (32 * 1024);
  guint start = 0;
  guint end;

  if (!gum_sandbox_is_blank (call->params, "page_key"))
    {
      g_autofree char *key = gum_sandbox_dup_string (call->params, "page_key");
      gint64 created_at;
      guint number;

      if (!parse_page_key (key, &created_at, &number))
        {
          g_string_free (json, TRUE);
          gum_sandbox_call_bad_request (call, "Invalid page_key.");
          return;
        }
      start = find_older (state->order, created_at, number);
    }

  end = MIN (start + state->page_size, state->order->len);
  g_string_append (json, "{\"success\":true,\"products\":[");
  for (guint i = start; i < end; i++)
    {
      GumSandboxProduct *product = state->order->pdata[i];

      if (product->slim == NULL)
        make_slim (state, product);
      if (i > start)
        g_string_append_c (json, ',');
      g_string_append (json, product->slim);
      g_string_append (json, sales ? product->slim_sales : "}");
    }
  g_string_append_c (json, ']');

  if (end < state->order->len && end > start)
    {
      g_autofree char *key = make_page_key (state->order->pdata[end - 1]);

      g_string_append_printf (json, ",\"next_page_key\":\"%s\","
                              "\"next_page_url\":\"%s/v2/products?page_key=%s\"",
                              key, call->old_prefix ? "/api" : "", key);
    }
  g_string_append_c (json, '}');

  gum_sandbox_call_take_text (call, 200, "application/json; charset=utf-8",
                              g_string_free (json, FALSE));
}

/* GET /products/:id */

GumSandboxProduct *
gum_sandbox_call_find (GumSandboxCall *call)
{
  GumSandboxProduct *product = gum_sandbox_find_product (call->state, call->args[0]);

  if (product == NULL)
    gum_sandbox_call_failure (call, "The product was not found.");

  return product;
}

/* Answers with the full product and, if given, the top-level members of @extra. */
void
gum_sandbox_call_product (GumSandboxCall    *call,
                          GumSandboxProduct *product,
                          JsonObject        *extra)
{
  gboolean sales = (call->token->scopes & GUM_SANDBOX_SCOPES_SALES) != 0;
  g_autoptr (JsonObject) record = gum_sandbox_product_ref (call->state, product);
  JsonObject *object = json_object_new ();

  json_object_set_boolean_member (object, "success", TRUE);
  json_object_set_object_member (object, "product",
                                 gum_sandbox_product_render (call->state, product, record, TRUE,
                                                             sales));
  if (extra != NULL)
    {
      g_autoptr (GList) names = json_object_get_members (extra);

      for (GList *l = names; l != NULL; l = l->next)
        json_object_set_member (object, l->data,
                                json_node_copy (json_object_get_member (extra, l->data)));
    }
  gum_sandbox_call_take_json (call, 200, object);
}

static void
show_cb (GumSandboxCall *call)
{
  GumSandboxProduct *product = gum_sandbox_call_find (call);

  if (product != NULL)
    gum_sandbox_call_product (call, product, NULL);
}

const GumSandboxRoute gum_sandbox_product_routes[] = {
  { "GET", "/v2/products", GUM_SANDBOX_SCOPES_READ, list_cb },
  { "GET", "/v2/products/:id", GUM_SANDBOX_SCOPES_READ, show_cb },
  { NULL },
};

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An upsell or a cross-sell (GET /upsells), and what stands inside one. */

#define G_LOG_DOMAIN "gum-api"

#include "config.h"

#include "gum-upsell.h"
#include "gum-endpoint.h"
#include "gum-json.h"

struct _GumReference
{
  GumResource parent_instance;

  /* owned */
  char        *id;
  char        *name;
};

static const GumField gum_reference_fields[] = {
  { "id", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumReference, id) },
  { "name", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumReference, name) },
};

G_DEFINE_FINAL_TYPE (GumReference, gum_reference, GUM_TYPE_RESOURCE)

static void
gum_reference_class_init (GumReferenceClass *klass)
{
  gum_resource_class_install_fields (GUM_RESOURCE_CLASS (klass), gum_reference_fields,
                                     G_N_ELEMENTS (gum_reference_fields));
}

static void
gum_reference_init (GumReference *self)
{
}

struct _GumUpsellProduct
{
  GumResource parent_instance;

  /* owned */
  char        *id;
  char        *name;
  char        *currency_type;
  GumReference *variant;
};

static const GumField gum_upsell_product_fields[] = {
  { "id", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumUpsellProduct, id) },
  { "name", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumUpsellProduct, name) },
  { "currency-type", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumUpsellProduct, currency_type) },
  { "variant", GUM_FIELD_OBJECT, G_STRUCT_OFFSET (GumUpsellProduct, variant),
    NULL, NULL, GUM_FIELD_NONE, gum_reference_get_type },
};

G_DEFINE_FINAL_TYPE (GumUpsellProduct, gum_upsell_product, GUM_TYPE_RESOURCE)

static void
gum_upsell_product_class_init (GumUpsellProductClass *klass)
{
  gum_resource_class_install_fields (GUM_RESOURCE_CLASS (klass), gum_upsell_product_fields,
                                     G_N_ELEMENTS (gum_upsell_product_fields));
}

static void
gum_upsell_product_init (GumUpsellProduct *self)
{
}

struct _GumUpsellDiscount
{
  GumResource parent_instance;

  /* owned */
  char        *type;
  char       **product_ids;
  GDateTime   *expires_at;

  /* plain */
  gint64       cents;
  gint64       percents;
  gint64       minimum_quantity;
  gint64       duration_in_billing_cycles;
  gint64       minimum_amount_cents;
};

static const GumField gum_upsell_discount_fields[] = {
  { "type", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumUpsellDiscount, type) },
  { "product-ids", GUM_FIELD_STRV, G_STRUCT_OFFSET (GumUpsellDiscount, product_ids) },
  { "expires-at", GUM_FIELD_TIME, G_STRUCT_OFFSET (GumUpsellDiscount, expires_at) },
  { "cents", GUM_FIELD_INT, G_STRUCT_OFFSET (GumUpsellDiscount, cents) },
  { "percents", GUM_FIELD_INT, G_STRUCT_OFFSET (GumUpsellDiscount, percents) },
  { "minimum-quantity", GUM_FIELD_INT, G_STRUCT_OFFSET (GumUpsellDiscount, minimum_quantity) },
  { "duration-in-billing-cycles", GUM_FIELD_INT,
    G_STRUCT_OFFSET (GumUpsellDiscount, duration_in_billing_cycles) },
  { "minimum-amount-cents", GUM_FIELD_INT,
    G_STRUCT_OFFSET (GumUpsellDiscount, minimum_amount_cents) },
};

G_DEFINE_FINAL_TYPE (GumUpsellDiscount, gum_upsell_discount, GUM_TYPE_RESOURCE)

static void
gum_upsell_discount_class_init (GumUpsellDiscountClass *klass)
{
  gum_resource_class_install_fields (GUM_RESOURCE_CLASS (klass), gum_upsell_discount_fields,
                                     G_N_ELEMENTS (gum_upsell_discount_fields));
}

static void
gum_upsell_discount_init (GumUpsellDiscount *self)
{
}

struct _GumUpsellPair
{
  GumResource parent_instance;

  /* owned */
  char        *id;
  GumReference *selected_variant;
  GumReference *offered_variant;
};

static const GumField gum_upsell_pair_fields[] = {
  { "id", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumUpsellPair, id) },
  { "selected-variant", GUM_FIELD_OBJECT, G_STRUCT_OFFSET (GumUpsellPair, selected_variant),
    NULL, NULL, GUM_FIELD_NONE, gum_reference_get_type },
  { "offered-variant", GUM_FIELD_OBJECT, G_STRUCT_OFFSET (GumUpsellPair, offered_variant),
    NULL, NULL, GUM_FIELD_NONE, gum_reference_get_type },
};

G_DEFINE_FINAL_TYPE (GumUpsellPair, gum_upsell_pair, GUM_TYPE_RESOURCE)

static void
gum_upsell_pair_class_init (GumUpsellPairClass *klass)
{
  gum_resource_class_install_fields (GUM_RESOURCE_CLASS (klass), gum_upsell_pair_fields,
                                     G_N_ELEMENTS (gum_upsell_pair_fields));
}

static void
gum_upsell_pair_init (GumUpsellPair *self)
{
}

struct _GumUpsell
{
  GumResource parent_instance;

  /* owned */
  char        *id;
  char        *name;
  char        *text;
  char        *description;
  GumUpsellProduct *product;
  GumUpsellDiscount *discount;
  GListStore  *selected_products;
  GListStore  *upsell_variants;

  /* plain */
  gboolean     cross_sell;
  gboolean     replace_selected_products;
  gboolean     universal;
  gboolean     paused;
};

static const GumField gum_upsell_fields[] = {
  { "id", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumUpsell, id) },
  { "name", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumUpsell, name) },
  { "text", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumUpsell, text) },
  { "description", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumUpsell, description) },
  { "product", GUM_FIELD_OBJECT, G_STRUCT_OFFSET (GumUpsell, product),
    NULL, NULL, GUM_FIELD_NONE, gum_upsell_product_get_type },
  { "discount", GUM_FIELD_OBJECT, G_STRUCT_OFFSET (GumUpsell, discount),
    NULL, NULL, GUM_FIELD_NONE, gum_upsell_discount_get_type },
  { "selected-products", GUM_FIELD_LIST, G_STRUCT_OFFSET (GumUpsell, selected_products),
    NULL, NULL, GUM_FIELD_NONE, gum_reference_get_type },
  { "upsell-variants", GUM_FIELD_LIST, G_STRUCT_OFFSET (GumUpsell, upsell_variants),
    NULL, NULL, GUM_FIELD_NONE, gum_upsell_pair_get_type },
  { "cross-sell", GUM_FIELD_BOOLEAN, G_STRUCT_OFFSET (GumUpsell, cross_sell) },
  { "replace-selected-products", GUM_FIELD_BOOLEAN,
    G_STRUCT_OFFSET (GumUpsell, replace_selected_products) },
  { "universal", GUM_FIELD_BOOLEAN, G_STRUCT_OFFSET (GumUpsell, universal) },
  { "paused", GUM_FIELD_BOOLEAN, G_STRUCT_OFFSET (GumUpsell, paused) },
};

G_DEFINE_FINAL_TYPE (GumUpsell, gum_upsell, GUM_TYPE_RESOURCE)

static void
gum_upsell_class_init (GumUpsellClass *klass)
{
  gum_resource_class_install_fields (GUM_RESOURCE_CLASS (klass), gum_upsell_fields,
                                     G_N_ELEMENTS (gum_upsell_fields));
}

static void
gum_upsell_init (GumUpsell *self)
{
}

const GumEndpoint gum_upsell_endpoint = {
  .path = "upsells",
  .singular = "upsell",
  .plural = "upsells",
  .get_type = gum_upsell_get_type,
};

/**
 * gum_reference_get_name:
 * @self: a reference
 *
 * Returns: (transfer none) (nullable): the name
 */
const char *
gum_reference_get_name (GumReference *self)
{
  g_return_val_if_fail (GUM_IS_REFERENCE (self), NULL);

  return self->name;
}

/**
 * gum_upsell_pair_get_selected:
 * @self: a pair
 *
 * Returns: (transfer none) (nullable): the version that a buyer has selected
 */
GumReference *
gum_upsell_pair_get_selected (GumUpsellPair *self)
{
  g_return_val_if_fail (GUM_IS_UPSELL_PAIR (self), NULL);

  return self->selected_variant;
}

/**
 * gum_upsell_pair_get_offered:
 * @self: a pair
 *
 * Returns: (transfer none) (nullable): the version that is offered in its place
 */
GumReference *
gum_upsell_pair_get_offered (GumUpsellPair *self)
{
  g_return_val_if_fail (GUM_IS_UPSELL_PAIR (self), NULL);

  return self->offered_variant;
}

/**
 * gum_upsell_product_get_name:
 * @self: the product of an upsell
 *
 * Returns: (transfer none) (nullable): its name
 */
const char *
gum_upsell_product_get_name (GumUpsellProduct *self)
{
  g_return_val_if_fail (GUM_IS_UPSELL_PRODUCT (self), NULL);

  return self->name;
}

/**
 * gum_upsell_product_get_currency:
 * @self: the product of an upsell
 *
 * Returns: (transfer none) (nullable): its currency
 */
const char *
gum_upsell_product_get_currency (GumUpsellProduct *self)
{
  g_return_val_if_fail (GUM_IS_UPSELL_PRODUCT (self), NULL);

  return self->currency_type;
}

/**
 * gum_upsell_product_get_variant:
 * @self: the product of an upsell
 *
 * Returns: (transfer none) (nullable): the version that is offered
 */
GumReference *
gum_upsell_product_get_variant (GumUpsellProduct *self)
{
  g_return_val_if_fail (GUM_IS_UPSELL_PRODUCT (self), NULL);

  return self->variant;
}

/**
 * gum_upsell_discount_is_percent:
 * @self: a discount
 *
 * Returns: whether the amount is a share of the price
 */
gboolean
gum_upsell_discount_is_percent (GumUpsellDiscount *self)
{
  g_return_val_if_fail (GUM_IS_UPSELL_DISCOUNT (self), FALSE);

  return gum_resource_has (GUM_RESOURCE (self), "percents");
}

/**
 * gum_upsell_discount_get_amount:
 * @self: a discount
 *
 * Returns: per cent, or the smallest unit of the product's currency
 */
gint64
gum_upsell_discount_get_amount (GumUpsellDiscount *self)
{
  g_return_val_if_fail (GUM_IS_UPSELL_DISCOUNT (self), 0);

  return gum_upsell_discount_is_percent (self) ? self->percents : self->cents;
}

/**
 * gum_upsell_get_name:
 * @self: an upsell
 *
 * Returns: (transfer none) (nullable): what the seller calls it
 */
const char *
gum_upsell_get_name (GumUpsell *self)
{
  g_return_val_if_fail (GUM_IS_UPSELL (self), NULL);

  return self->name;
}

/**
 * gum_upsell_get_text:
 * @self: an upsell
 *
 * Returns: (transfer none) (nullable): the headline that a buyer sees
 */
const char *
gum_upsell_get_text (GumUpsell *self)
{
  g_return_val_if_fail (GUM_IS_UPSELL (self), NULL);

  return self->text;
}

/**
 * gum_upsell_get_description:
 * @self: an upsell
 *
 * Returns: (transfer none) (nullable): what a buyer reads below it, as HTML
 */
const char *
gum_upsell_get_description (GumUpsell *self)
{
  g_return_val_if_fail (GUM_IS_UPSELL (self), NULL);

  return self->description;
}

/**
 * gum_upsell_is_cross_sell:
 * @self: an upsell
 *
 * Returns: whether another product is offered, and not another version of the same
 */
gboolean
gum_upsell_is_cross_sell (GumUpsell *self)
{
  g_return_val_if_fail (GUM_IS_UPSELL (self), FALSE);

  return self->cross_sell;
}

/**
 * gum_upsell_is_universal:
 * @self: an upsell
 *
 * Returns: whether it is offered with every product
 */
gboolean
gum_upsell_is_universal (GumUpsell *self)
{
  g_return_val_if_fail (GUM_IS_UPSELL (self), FALSE);

  return self->universal;
}

/**
 * gum_upsell_is_replacing:
 * @self: an upsell
 *
 * Returns: whether the offered product takes the place of the selected ones
 */
gboolean
gum_upsell_is_replacing (GumUpsell *self)
{
  g_return_val_if_fail (GUM_IS_UPSELL (self), FALSE);

  return self->replace_selected_products;
}

/**
 * gum_upsell_is_paused:
 * @self: an upsell
 *
 * Returns: whether it is not offered at present
 */
gboolean
gum_upsell_is_paused (GumUpsell *self)
{
  g_return_val_if_fail (GUM_IS_UPSELL (self), FALSE);

  return self->paused;
}

/**
 * gum_upsell_get_product:
 * @self: an upsell
 *
 * Returns: (transfer none) (nullable): what is offered
 */
GumUpsellProduct *
gum_upsell_get_product (GumUpsell *self)
{
  g_return_val_if_fail (GUM_IS_UPSELL (self), NULL);

  return self->product;
}

/**
 * gum_upsell_get_discount:
 * @self: an upsell
 *
 * Returns: (transfer none) (nullable): what is taken off
 */
GumUpsellDiscount *
gum_upsell_get_discount (GumUpsell *self)
{
  g_return_val_if_fail (GUM_IS_UPSELL (self), NULL);

  return self->discount;
}

/**
 * gum_upsell_get_selected_products:
 * @self: an upsell
 *
 * Returns: (transfer none) (nullable): the products that it is offered with: #GumReference
 */
GListModel *
gum_upsell_get_selected_products (GumUpsell *self)
{
  g_return_val_if_fail (GUM_IS_UPSELL (self), NULL);

  return (GListModel *) self->selected_products;
}

/**
 * gum_upsell_get_pairs:
 * @self: an upsell
 *
 * Returns: (transfer none) (nullable): which version is offered for which: #GumUpsellPair
 */
GListModel *
gum_upsell_get_pairs (GumUpsell *self)
{
  g_return_val_if_fail (GUM_IS_UPSELL (self), NULL);

  return (GListModel *) self->upsell_variants;
}

static gboolean
has_id (GumReference *reference)
{
  return reference != NULL && gum_resource_get_id (GUM_RESOURCE (reference)) != NULL;
}

static gboolean
pair_is_known (gpointer pair)
{
  return has_id (gum_upsell_pair_get_selected (pair)) && has_id (gum_upsell_pair_get_offered (pair));
}

static gboolean
reference_is_known (gpointer reference)
{
  return has_id (reference);
}

/* Whether every record of the list @key was understood, so far as it takes to send it again. */
static gboolean
is_whole (GumUpsell   *self,
          const char  *key,
          GListModel  *items,
          gboolean   (*is_known) (gpointer item))
{
  JsonArray *array = gum_json_get_array (gum_resource_get_json (GUM_RESOURCE (self)), key);
  guint n_items = items != NULL ? g_list_model_get_n_items (items) : 0;

  if (array == NULL || json_array_get_length (array) != n_items)
    return FALSE;
  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (items, i);

      if (!is_known (item))
        return FALSE;
    }

  return TRUE;
}

/**
 * gum_upsell_has_all_products:
 * @self: an upsell
 *
 * Lists are replaced as a whole: one that was not understood whole must not be sent.
 *
 * Returns: whether gum_upsell_get_selected_products() are all that Gumroad has
 */
gboolean
gum_upsell_has_all_products (GumUpsell *self)
{
  g_return_val_if_fail (GUM_IS_UPSELL (self), FALSE);

  return is_whole (self, "selected_products", (GListModel *) self->selected_products,
                   reference_is_known);
}

/**
 * gum_upsell_has_all_pairs:
 * @self: an upsell
 *
 * Returns: whether gum_upsell_get_pairs() are all that Gumroad has
 */
gboolean
gum_upsell_has_all_pairs (GumUpsell *self)
{
  g_return_val_if_fail (GUM_IS_UPSELL (self), FALSE);

  return is_whole (self, "upsell_variants", (GListModel *) self->upsell_variants, pair_is_known);
}

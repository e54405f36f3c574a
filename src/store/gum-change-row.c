/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A row of a change set: what a product has now, what it would have, or why it cannot. Made in the
 * ledger's thread from the few members of the record that matter; only the tick changes later. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-change-row-private.h"

#include "gum-bulk-codes.h"
#include "gum-json.h"

#include <string.h>

struct _GumChangeRow
{
  GObject      parent_instance;

  char        *id;
  char        *name;
  GumRefusal   refusal;
  gboolean     ticked;

  /* of a price */
  char        *currency;
  gint64       old_price;
  gint64       new_price;
  gboolean     is_pay_what_you_want;

  GStrv        old_tags;
  GStrv        new_tags;
  char        *old_text;      /* category or refund policy; NULL: none, or not told */
  gboolean     is_told;       /* the record says what it has now */
  GumOfferCode *code;         /* of this name; NULL: it has none */
};

enum {
  PROP_0,
  PROP_TICKED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (GumChangeRow, gum_change_row, G_TYPE_OBJECT)

static void
gum_change_row_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_TICKED:
      g_value_set_boolean (value, GUM_CHANGE_ROW (object)->ticked);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
gum_change_row_finalize (GObject *object)
{
  GumChangeRow *self = GUM_CHANGE_ROW (object);

  g_free (self->id);
  g_free (self->name);
  g_free (self->currency);
  g_strfreev (self->old_tags);
  g_strfreev (self->new_tags);
  g_free (self->old_text);
  g_clear_object (&self->code);

  G_OBJECT_CLASS (gum_change_row_parent_class)->finalize (object);
}

static void
gum_change_row_class_init (GumChangeRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = gum_change_row_get_property;
  object_class->finalize = gum_change_row_finalize;

  /**
   * GumChangeRow:ticked:
   *
   * Whether it is to be changed; see gum_change_set_set_ticked().
   */
  properties[PROP_TICKED] =
    g_param_spec_boolean ("ticked", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
gum_change_row_init (GumChangeRow *self)
{
}

/* --- what becomes of a record ----------------------------------------------------------------- */

/* The names of the members, by what is to be done. */
static const char * const *
get_members (GumBulkKind kind)
{
  static const char * const of_price[] = { "name", "price", "currency", "customizable_price",
                                           "is_tiered_membership", NULL };
  static const char * const of_tags[] = { "name", "tags", NULL };
  static const char * const of_category[] = { "name", "category", NULL };
  static const char * const of_refund[] = { "name", "refund_policy", NULL };
  static const char * const of_state[] = { "name", "published", NULL };
  static const char * const of_code[] = { "name", "price", "currency", "is_tiered_membership", NULL };

  switch (kind)
    {
    case GUM_BULK_PRICE_SET:
    case GUM_BULK_PRICE_ADD:
    case GUM_BULK_PRICE_PERCENT:
      return of_price;
    case GUM_BULK_TAGS_ADD:
    case GUM_BULK_TAGS_REMOVE:
    case GUM_BULK_TAGS_REPLACE:
      return of_tags;
    case GUM_BULK_CATEGORY:
      return of_category;
    case GUM_BULK_REFUND_PERIOD:
      return of_refund;
    case GUM_BULK_CODE_ADD:
    case GUM_BULK_CODE_REMOVE:
      return of_code;
    case GUM_BULK_PUBLISH:
    case GUM_BULK_UNPUBLISH:
    default:
      return of_state;
    }
}

/* Each of these says whether there is something to show: a change, or why there is none. */
static gboolean
take_price (GumChangeRow *self,
            GumBulk      *bulk,
            JsonObject   *record)
{
  gboolean is_tiered = FALSE;

  self->currency = g_strdup (gum_json_get_string (record, "currency"));
  gum_json_get_boolean (record, "is_tiered_membership", &is_tiered);
  gum_json_get_boolean (record, "customizable_price", &self->is_pay_what_you_want);
  if (!gum_json_get_int (record, "price", &self->old_price) || self->currency == NULL)
    self->refusal = GUM_REFUSAL_UNKNOWN;
  else if (is_tiered)
    self->refusal = GUM_REFUSAL_TIERED;
  else
    self->refusal = gum_bulk_compute_price (bulk, self->old_price, self->currency,
                                            &self->new_price);
  self->is_told = TRUE;

  return self->refusal != GUM_REFUSAL_NONE || self->new_price != self->old_price;
}

static gboolean
is_same_set (GStrv a,
             GStrv b)
{
  if (g_strv_length (a) != g_strv_length (b))
    return FALSE;
  for (guint i = 0; a[i] != NULL; i++)
    {
      if (!g_strv_contains ((const char * const *) b, a[i]))
        return FALSE;
    }

  return TRUE;
}

static gboolean
take_tags (GumChangeRow *self,
           GumBulk      *bulk,
           JsonObject   *record)
{
  JsonArray *array = gum_json_get_array (record, "tags");
  g_autoptr(GPtrArray) tags = g_ptr_array_new ();

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      char *tag = gum_json_node_dup_string (json_array_get_element (array, i));

      if (tag != NULL)
        g_ptr_array_add (tags, tag);
    }
  g_ptr_array_add (tags, NULL);
  self->old_tags = (GStrv) g_ptr_array_free (g_steal_pointer (&tags), FALSE);
  self->is_told = TRUE;
  /* A list is replaced as a whole: without knowing it, what is not shown would be lost. */
  if (array == NULL &&
      !(json_object_has_member (record, "tags") && json_object_get_null_member (record, "tags")))
    self->refusal = GUM_REFUSAL_UNKNOWN;
  self->new_tags = gum_bulk_compute_tags (bulk, (const char * const *) self->old_tags);

  return self->refusal != GUM_REFUSAL_NONE || !is_same_set (self->old_tags, self->new_tags);
}

static gboolean
take_text (GumChangeRow *self,
           GumBulk      *bulk,
           JsonObject   *record)
{
  JsonObject *policy;

  if (gum_bulk_get_kind (bulk) == GUM_BULK_CATEGORY)
    {
      self->is_told = json_object_has_member (record, "category");
      self->old_text = g_strdup (gum_json_get_string (record, "category"));
    }
  else
    {
      /* Lists do not tell it; the queue reads the product before it sends. */
      policy = gum_json_get_object (record, "refund_policy");
      self->old_text = policy != NULL
                       ? g_strdup (gum_json_get_string (policy, "refund_period")) : NULL;
      self->is_told = self->old_text != NULL;
    }

  return g_strcmp0 (self->old_text, gum_bulk_get_value (bulk)) != 0;
}

static gboolean
take_state (GumBulk    *bulk,
            JsonObject *record)
{
  gboolean published = FALSE;

  gum_json_get_boolean (record, "published", &published);

  return published != (gum_bulk_get_kind (bulk) == GUM_BULK_PUBLISH);
}

static gboolean
is_same_code (GumBulk      *bulk,
              GumOfferCode *code)
{
  return !gum_offer_code_is_universal (code) &&
         gum_offer_code_is_percent (code) == gum_bulk_is_percent (bulk) &&
         gum_offer_code_get_amount (code) == gum_bulk_get_amount (bulk) &&
         gum_offer_code_get_limit (code) == gum_bulk_get_limit (bulk);
}

/* What a code leaves to pay, as far as there is a price: that of a membership is in its tiers. */
static void
take_code_price (GumChangeRow *self,
                 GumBulk      *bulk,
                 JsonObject   *record)
{
  gboolean is_tiered = FALSE;

  self->currency = g_strdup (gum_json_get_string (record, "currency"));
  gum_json_get_boolean (record, "is_tiered_membership", &is_tiered);
  if (!is_tiered)
    gum_json_get_int (record, "price", &self->old_price);
  self->new_price = gum_bulk_get_kind (bulk) == GUM_BULK_CODE_REMOVE
                    ? self->old_price
                    : gum_offer_code_apply (self->old_price, gum_bulk_is_percent (bulk),
                                            gum_bulk_get_amount (bulk));
}

static gboolean
take_code (GumChangeRow *self,
           GumBulk      *bulk,
           JsonObject   *record,
           GumOfferCode *code)
{
  gboolean is_removal = gum_bulk_get_kind (bulk) == GUM_BULK_CODE_REMOVE;

  take_code_price (self, bulk, record);
  g_set_object (&self->code, code);
  if (code == NULL && is_removal)
    return FALSE;
  if (code != NULL && !is_removal && is_same_code (bulk, code))
    return FALSE;

  if (is_removal)
    self->refusal = gum_offer_code_is_universal (code) ? GUM_REFUSAL_UNIVERSAL : GUM_REFUSAL_NONE;
  else if (code != NULL)
    self->refusal = GUM_REFUSAL_TAKEN;
  else if (!gum_bulk_fits_currency (bulk, self->currency))
    self->refusal = GUM_REFUSAL_CURRENCY;
  else if (self->old_price > 0 &&
           !gum_offer_code_price_is_valid (self->old_price, self->currency, gum_bulk_is_percent (bulk),
                                           gum_bulk_get_amount (bulk)))
    self->refusal = GUM_REFUSAL_MINIMUM;

  return TRUE;
}

static gboolean
take_record (GumChangeRow *self,
             GumBulk      *bulk,
             JsonObject   *record,
             GumOfferCode *code)
{
  if (gum_bulk_is_code (bulk))
    return take_code (self, bulk, record, code);
  if (gum_bulk_is_price (bulk))
    return take_price (self, bulk, record);
  if (gum_bulk_is_tags (bulk))
    return take_tags (self, bulk, record);
  if (gum_bulk_is_paced (bulk))
    return take_text (self, bulk, record);

  return take_state (bulk, record);
}

GumChangeRow *
_gum_change_row_new (GumBulk      *bulk,
                     const char   *id,
                     GBytes       *record,
                     GumOfferCode *code)
{
  g_autoptr(JsonObject) picked = gum_json_pick (record, get_members (gum_bulk_get_kind (bulk)));
  g_autoptr(GumChangeRow) self = g_object_new (GUM_TYPE_CHANGE_ROW, NULL);

  self->id = g_strdup (id);
  if (picked == NULL)
    {
      self->refusal = GUM_REFUSAL_UNKNOWN;
      return g_steal_pointer (&self);
    }

  self->name = g_strdup (gum_json_get_string (picked, "name"));
  if (!take_record (self, bulk, picked, code))
    return NULL;
  self->ticked = self->refusal == GUM_REFUSAL_NONE;

  return g_steal_pointer (&self);
}

/* --- what is sent ----------------------------------------------------------------------------- */

static void
set_strings (JsonObject *object,
             const char *member,
             GStrv       strings)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; strings[i] != NULL; i++)
    json_array_add_string_element (array, strings[i]);
  json_object_set_array_member (object, member, array);
}

static void
set_string_or_null (JsonObject *object,
                    const char *member,
                    const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, member, text);
  else
    json_object_set_null_member (object, member);
}

static void
fill_price (GumChangeRow *self,
            JsonObject   *body,
            JsonObject   *before)
{
  json_object_set_int_member (body, "price", self->new_price);
  json_object_set_int_member (before, "price", self->old_price);
  /* Gumroad lets everybody pay what they want for what is free, and does not take that back. */
  if (self->new_price == 0 && !self->is_pay_what_you_want)
    {
      json_object_set_boolean_member (body, "customizable_price", TRUE);
      json_object_set_boolean_member (before, "customizable_price", FALSE);
    }
}

GumWriteRow *
_gum_change_row_to_write (GumChangeRow *self,
                          GumBulk      *bulk)
{
  GumBulkKind kind = gum_bulk_get_kind (bulk);
  g_autoptr(GumWrite) write = NULL;
  g_autoptr(JsonObject) body = NULL;
  g_autoptr(JsonObject) before = NULL;
  const char *key = kind == GUM_BULK_CATEGORY ? "category" : "refund_period";

  if (gum_bulk_is_code (bulk))
    {
      write = kind == GUM_BULK_CODE_ADD ? _gum_bulk_codes_new_create (bulk, self->id, self->name)
                                        : _gum_bulk_codes_new_delete (self->code, self->id, self->name);
      return _gum_write_dup_row (write);
    }
  if (!gum_bulk_is_paced (bulk))
    {
      write = gum_write_new_publish (self->id, self->name, kind == GUM_BULK_PUBLISH);
      return _gum_write_dup_row (write);
    }

  body = json_object_new ();
  before = json_object_new ();
  if (gum_bulk_is_price (bulk))
    {
      fill_price (self, body, before);
    }
  else if (gum_bulk_is_tags (bulk))
    {
      set_strings (body, "tags", self->new_tags);
      set_strings (before, "tags", self->old_tags);
    }
  else
    {
      json_object_set_string_member (body, key, gum_bulk_get_value (bulk));
      if (self->is_told)
        set_string_or_null (before, key, self->old_text);
    }
  write = gum_write_new_update (self->id, self->name, body, before);

  return _gum_write_dup_row (write);
}

gboolean
_gum_change_row_set_ticked (GumChangeRow *self,
                            gboolean      ticked)
{
  if (self->ticked == ticked || self->refusal != GUM_REFUSAL_NONE)
    return FALSE;

  self->ticked = ticked;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TICKED]);

  return TRUE;
}

/* --- public ----------------------------------------------------------------------------------- */

/**
 * gum_change_row_get_name:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): the product's name
 */
const char *
gum_change_row_get_name (GumChangeRow *self)
{
  g_return_val_if_fail (GUM_IS_CHANGE_ROW (self), NULL);

  return self->name;
}

/**
 * gum_change_row_get_refusal:
 * @self: a row
 *
 * Returns: why it cannot be changed
 */
GumRefusal
gum_change_row_get_refusal (GumChangeRow *self)
{
  g_return_val_if_fail (GUM_IS_CHANGE_ROW (self), GUM_REFUSAL_UNKNOWN);

  return self->refusal;
}

gboolean
gum_change_row_get_ticked (GumChangeRow *self)
{
  g_return_val_if_fail (GUM_IS_CHANGE_ROW (self), FALSE);

  return self->ticked;
}

/**
 * gum_change_row_get_currency:
 * @self: a row of prices or discount codes
 *
 * Returns: (transfer none) (nullable): the product's currency
 */
const char *
gum_change_row_get_currency (GumChangeRow *self)
{
  g_return_val_if_fail (GUM_IS_CHANGE_ROW (self), NULL);

  return self->currency;
}

gint64
gum_change_row_get_old_price (GumChangeRow *self)
{
  g_return_val_if_fail (GUM_IS_CHANGE_ROW (self), 0);

  return self->old_price;
}

gint64
gum_change_row_get_new_price (GumChangeRow *self)
{
  g_return_val_if_fail (GUM_IS_CHANGE_ROW (self), 0);

  return self->new_price;
}

/**
 * gum_change_row_is_pay_what_you_want:
 * @self: a row of prices
 *
 * Returns: whether the price is what buyers pay at least
 */
gboolean
gum_change_row_is_pay_what_you_want (GumChangeRow *self)
{
  g_return_val_if_fail (GUM_IS_CHANGE_ROW (self), FALSE);

  return self->is_pay_what_you_want;
}

/**
 * gum_change_row_get_old_tags:
 * @self: a row of tags
 *
 * Returns: (transfer none) (nullable): what the product has
 */
const char * const *
gum_change_row_get_old_tags (GumChangeRow *self)
{
  g_return_val_if_fail (GUM_IS_CHANGE_ROW (self), NULL);

  return (const char * const *) self->old_tags;
}

/**
 * gum_change_row_get_new_tags:
 * @self: a row of tags
 *
 * Returns: (transfer none) (nullable): what it will have
 */
const char * const *
gum_change_row_get_new_tags (GumChangeRow *self)
{
  g_return_val_if_fail (GUM_IS_CHANGE_ROW (self), NULL);

  return (const char * const *) self->new_tags;
}

/**
 * gum_change_row_get_old_text:
 * @self: a row of categories or refund policies
 *
 * Returns: (transfer none) (nullable): what the product has; %NULL: none, or it is not told
 */
const char *
gum_change_row_get_old_text (GumChangeRow *self)
{
  g_return_val_if_fail (GUM_IS_CHANGE_ROW (self), NULL);

  return self->old_text;
}

/**
 * gum_change_row_get_code:
 * @self: a row of discount codes
 *
 * Returns: (transfer none) (nullable): the code of this name that is good for the product now
 */
GumOfferCode *
gum_change_row_get_code (GumChangeRow *self)
{
  g_return_val_if_fail (GUM_IS_CHANGE_ROW (self), NULL);

  return self->code;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What stands in the way of a product: of saving it, and of putting it on sale.
 */
#define G_LOG_DOMAIN "gum-sandbox"

#include "config.h"

#include "gum-sandbox-private.h"

/* What a code leaves must be nothing, or at least the smallest price. */
static gboolean
leaves_valid_price (JsonObject *record,
                    JsonObject *code)
{
  const char *currency = gum_sandbox_peek_string (record, "currency");
  gint64 price = 0;
  gint64 off = 0;
  gint64 left;

  gum_sandbox_get_int (record, "price", &price);
  if (!gum_sandbox_get_int (code, "amount_cents", &off) &&
      gum_sandbox_get_int (code, "percent_off", &off))
    off = price * off / 100;
  left = MAX (price - off, 0);

  return left == 0 || left >= gum_sandbox_minimum_price (currency);
}

/* Returns NULL, or the refusal. */
char *
gum_sandbox_check_code (JsonObject *record,
                        JsonObject *code)
{
  const char *currency = gum_sandbox_peek_string (record, "currency");
  g_autofree char *minimum = NULL;
  g_autofree char *nothing = NULL;

  if (leaves_valid_price (record, code))
    return NULL;

  nothing = gum_sandbox_format_amount (currency, 0);
  minimum = gum_sandbox_format_amount (currency, gum_sandbox_minimum_price (currency));

  return g_strdup_printf ("The price after discount for all of your products must be either %s or "
                          "at least %s.", nothing, minimum);
}

/* Codes that leave too little are still there after a change of price, but do not work any more. */
void
gum_sandbox_warn_about_codes (JsonObject *record,
                              JsonObject *extra)
{
  JsonArray *codes = gum_sandbox_get_array (record, "_offer_codes");
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char *list = NULL;
  g_autofree char *warning = NULL;

  for (guint i = 0; i < gum_sandbox_length (codes); i++)
    {
      JsonObject *code = gum_sandbox_object_at (codes, i);

      if (!leaves_valid_price (record, code))
        g_ptr_array_add (names, (char *) gum_sandbox_peek_string (code, "name"));
    }
  if (names->len == 0)
    return;

  g_ptr_array_add (names, NULL);
  list = g_strjoinv (", ", (char **) names->pdata);
  warning = g_strdup_printf ("These offer codes no longer leave a valid price: %s.", list);
  json_object_set_string_member (extra, "warning", warning);
}

static guint
count_alive (JsonObject *category)
{
  JsonArray *variants = gum_sandbox_get_array (category, "_variants");
  guint n = 0;

  for (guint i = 0; i < gum_sandbox_length (variants); i++)
    n += !gum_sandbox_get_bool (gum_sandbox_object_at (variants, i), "_deleted", FALSE);

  return n;
}

/* What the model finds wrong whenever it is saved. */
const char *
gum_sandbox_check_saveable (JsonObject *record)
{
  JsonArray *categories = gum_sandbox_get_array (record, "_variant_categories");
  gboolean call = g_str_equal (gum_sandbox_peek_string (record, "_native_type"), "call");

  if (gum_sandbox_get_bool (record, "is_tiered_membership", FALSE))
    {
      if (gum_sandbox_length (categories) != 1)
        return "Memberships should only have one Tier version category.";
      if (count_alive (gum_sandbox_object_at (categories, 0)) == 0)
        return "Memberships must have at least one tier.";
    }

  for (guint i = 0; !call && i < gum_sandbox_length (categories); i++)
    if (count_alive (gum_sandbox_object_at (categories, i)) == 0)
      return "Sorry, the product versions must have at least one option.";

  return NULL;
}

static const char *
check_contents (JsonObject *record)
{
  const char *type = gum_sandbox_peek_string (record, "_native_type");
  const char *error = gum_sandbox_check_saveable (record);

  if (g_str_equal (type, "bundle") &&
      gum_sandbox_length (gum_sandbox_get_array (record, "bundle_products")) == 0)
    return "Bundles must have at least one product.";
  if (error == NULL && g_str_equal (type, "call"))
    {
      JsonArray *categories = gum_sandbox_get_array (record, "_variant_categories");

      if (gum_sandbox_length (categories) == 0 ||
          count_alive (gum_sandbox_object_at (categories, 0)) == 0)
        return "Calls must have at least one duration.";
    }

  return error;
}

/* In the order of the real service.  Returns NULL, or the refusal. */
char *
gum_sandbox_check_publishable (GumSandboxState *state,
                               JsonObject      *record)
{
  JsonArray *codes = gum_sandbox_get_array (record, "_offer_codes");
  const char *error = NULL;

  for (guint i = 0; i < gum_sandbox_length (codes); i++)
    {
      char *refusal = gum_sandbox_check_code (record, gum_sandbox_object_at (codes, i));

      if (refusal != NULL)
        return refusal;
    }

  if (gum_sandbox_get_bool (record, "require_shipping", FALSE) &&
      !gum_sandbox_get_bool (record, "_shippable", TRUE))
    error = "The product needs to be shippable to at least one destination.";
  else if (!gum_sandbox_get_bool (state->user, "_email_confirmed", TRUE))
    error = GUM_SANDBOX_UNCONFIRMED;
  else if (!gum_sandbox_get_bool (state->user, "_payment_connected", TRUE))
    error = "You must connect at least one payment method before you can publish this product for "
            "sale.";
  else
    error = check_contents (record);

  return error != NULL ? g_strdup (error) : gum_sandbox_dup_string (record, "_moderation");
}

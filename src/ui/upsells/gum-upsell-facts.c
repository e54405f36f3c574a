/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is said about an upsell, in its row, to a screen reader and on its page.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-upsell-facts.h"

#include "gum-money.h"
#include "gum-search.h"

#include <glib/gi18n.h>

static gboolean
is_text (const char *text)
{
  return text != NULL && *text != '\0';
}

char *
gum_upsell_facts_dup_title (GumUpsell *upsell)
{
  if (is_text (gum_upsell_get_name (upsell)))
    return g_strdup (gum_upsell_get_name (upsell));
  if (is_text (gum_upsell_get_text (upsell)))
    return g_strdup (gum_upsell_get_text (upsell));

  return g_strdup (_("Untitled"));
}

char *
gum_upsell_facts_dup_discount (GumUpsell *upsell)
{
  GumUpsellDiscount *discount = gum_upsell_get_discount (upsell);
  GumUpsellProduct *product = gum_upsell_get_product (upsell);
  g_autofree char *text = NULL;
  gint64 amount;

  if (discount == NULL)
    return NULL;

  amount = gum_upsell_discount_get_amount (discount);
  if (gum_upsell_discount_is_percent (discount))
    text = g_strdup_printf (_("%d %%"), (int) CLAMP (amount, 0, 100));
  else
    text = gum_money_format (amount, product != NULL ? gum_upsell_product_get_currency (product)
                                                     : NULL);

  /* Translators: a discount, as in “$5.00 off” or “20 % off” */
  return g_strdup_printf (_("%s off"), text);
}

char *
gum_upsell_facts_dup_offer (GumUpsell *upsell)
{
  GumUpsellProduct *product = gum_upsell_get_product (upsell);
  GumReference *variant = product != NULL ? gum_upsell_product_get_variant (product) : NULL;
  const char *name = product != NULL ? gum_upsell_product_get_name (product) : NULL;

  if (name == NULL)
    return g_strdup (_("A product that is not known here"));
  if (variant != NULL && is_text (gum_reference_get_name (variant)))
    return g_strdup_printf ("%s (%s)", name, gum_reference_get_name (variant));

  return g_strdup (name);
}

char *
gum_upsell_facts_dup_place (GumUpsell *upsell)
{
  GListModel *products = gum_upsell_get_selected_products (upsell);
  guint n = products != NULL ? g_list_model_get_n_items (products) : 0;

  if (!gum_upsell_is_cross_sell (upsell))
    return g_strdup (_("With the same product"));
  if (gum_upsell_is_universal (upsell))
    return g_strdup (_("With every product"));

  return g_strdup_printf (ngettext ("With %u product", "With %u products", n), n);
}

static void
describe (GumRecord      *record,
          GumRecordLines *lines)
{
  GumUpsell *upsell = gum_record_get_resource (record);
  g_autofree char *offer = gum_upsell_facts_dup_offer (upsell);
  gboolean paused = gum_upsell_is_paused (upsell);

  lines->title = gum_upsell_facts_dup_title (upsell);
  lines->subtitle = g_strdup_printf (gum_upsell_is_cross_sell (upsell) ? _("Cross-sell: %s")
                                                                       : _("Upgrade: %s"), offer);
  lines->value = gum_upsell_facts_dup_discount (upsell);
  lines->state = paused ? g_strdup (_("Paused")) : gum_upsell_facts_dup_place (upsell);
  lines->is_dim = paused;
  lines->sentence = g_strdup_printf ("%s, %s%s%s, %s", lines->title, lines->subtitle,
                                     lines->value != NULL ? ", " : "",
                                     lines->value != NULL ? lines->value : "", lines->state);
}

static gboolean
finds (GumRecord  *record,
       const char *text)
{
  GumUpsell *upsell = gum_record_get_resource (record);
  g_autofree char *offer = gum_upsell_facts_dup_offer (upsell);

  return gum_search_contains (gum_upsell_get_name (upsell), text) ||
         gum_search_contains (gum_upsell_get_text (upsell), text) ||
         gum_search_contains (offer, text);
}

static char *
dup_count (guint n)
{
  return g_strdup_printf (ngettext ("%u upsell", "%u upsells", n), n);
}

static gboolean
is_offered (GumRecord *record)
{
  return !gum_upsell_is_paused (gum_record_get_resource (record));
}

static gboolean
is_paused (GumRecord *record)
{
  return gum_upsell_is_paused (gum_record_get_resource (record));
}

static const GumRecordsChip chips[] = {
  { "all", N_("All"), N_("No Upsells") },
  { "offered", N_("Offered"), N_("No Upsells Offered"), is_offered },
  { "paused", N_("Paused"), N_("No Paused Upsells"), is_paused },
};

const GumRecordsLook gum_upsell_look = {
  .kind = GUM_RECORD_UPSELL,
  .icon_name = "gum-upsell-symbolic",
  .list_label = N_("Upsells"),
  .search_label = N_("Search upsells"),
  .search_hint = N_("Search names and products"),
  .refresh_label = N_("Refresh upsells"),
  .new_label = N_("_New Upsell"),
  .reading = N_("Reading Your Upsells"),
  .offline = N_("Your upsells have not been read yet. They will appear once there is a connection to "
                "the internet."),
  .unread = N_("Your upsells have not been read from Gumroad yet."),
  .empty = N_("No Upsells"),
  .empty_more = N_("An upsell offers something more at the checkout: another product, or a larger "
                   "version of the same."),
  .dup_count = dup_count,
  .chips = chips,
  .n_chips = G_N_ELEMENTS (chips),
  .describe = describe,
  .finds = finds,
};

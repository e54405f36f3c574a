/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is said about a discount code, in its row, to a screen reader and on its page.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-code-facts.h"

#include "gum-money.h"
#include "gum-offer-code.h"
#include "gum-search.h"

#include <glib/gi18n.h>

static GumOfferCode *
get_code (GumRecord *record)
{
  return gum_record_get_resource (record);
}

char *
gum_code_facts_dup_amount (GumRecord *record)
{
  GumOfferCode *code = get_code (record);
  gint64 amount = gum_offer_code_get_amount (code);
  g_autofree char *text = NULL;

  if (gum_offer_code_is_percent (code))
    text = g_strdup_printf (_("%d %%"), (int) CLAMP (amount, G_MININT, G_MAXINT));
  else
    text = gum_money_format (amount, gum_record_get_currency (record));

  /* Translators: a discount, as in “$5.00 off” or “20 % off” */
  return g_strdup_printf (_("%s off"), text);
}

char *
gum_code_facts_dup_uses (GumRecord *record)
{
  GumOfferCode *code = get_code (record);
  gint64 used = gum_offer_code_get_times_used (code);
  gint64 limit = gum_offer_code_get_limit (code);

  guint n_used = (guint) CLAMP (used, 0, G_MAXINT);

  /* Translators: how often a code was used, and how often it can be */
  if (limit >= 0)
    return g_strdup_printf (_("%u of %u used"), n_used, (guint) CLAMP (limit, 0, G_MAXINT));
  if (used <= 0)
    return g_strdup (_("Unused"));

  /* Translators: how often a code was used; there is no limit */
  return g_strdup_printf (ngettext ("%u use", "%u uses", n_used), n_used);
}

char *
gum_code_facts_dup_product (GumRecord *record)
{
  const char *name = gum_record_get_product_name (record);

  if (gum_offer_code_is_universal (get_code (record)))
    return g_strdup (_("All products"));

  return g_strdup (name != NULL ? name : _("A product that is not known here"));
}

char *
gum_code_facts_dup_link (GumRecord *record,
                         GumStore  *store)
{
  const char *name = gum_offer_code_get_name (get_code (record));
  g_autoptr (GumProduct) product = NULL;
  g_autofree char *escaped = NULL;

  if (store == NULL || name == NULL || gum_record_get_product_id (record) == NULL)
    return NULL;
  product = gum_store_dup_product (store, gum_record_get_product_id (record));
  if (product == NULL || gum_product_get_short_url (product) == NULL)
    return NULL;
  escaped = g_uri_escape_string (name, NULL, FALSE);

  return g_strconcat (gum_product_get_short_url (product), "/", escaped, NULL);
}

/* --- the list --------------------------------------------------------------------------------- */

static void
describe (GumRecord      *record,
          GumRecordLines *lines)
{
  GumOfferCode *code = get_code (record);
  const char *name = gum_offer_code_get_name (code);
  gboolean spent = gum_offer_code_is_spent (code);

  lines->title = g_strdup (name != NULL ? name : "");
  lines->subtitle = gum_code_facts_dup_product (record);
  lines->value = gum_code_facts_dup_amount (record);
  lines->state = gum_code_facts_dup_uses (record);
  lines->is_dim = spent;
  if (spent)
    /* Translators: a screen reader's line about a discount code: its name, amount, products and uses */
    lines->sentence = g_strdup_printf (_("%s, %s, %s, %s, used up"), lines->title, lines->value,
                                       lines->subtitle, lines->state);
  else
    lines->sentence = g_strdup_printf ("%s, %s, %s, %s", lines->title, lines->value, lines->subtitle,
                                       lines->state);
}

static gboolean
finds (GumRecord  *record,
       const char *text)
{
  return gum_search_contains (gum_offer_code_get_name (get_code (record)), text) ||
         gum_search_contains (gum_record_get_product_name (record), text);
}

static char *
dup_count (guint n)
{
  return g_strdup_printf (ngettext ("%u code", "%u codes", n), n);
}

static gboolean
is_unused (GumRecord *record)
{
  return gum_offer_code_get_times_used (get_code (record)) == 0;
}

static gboolean
is_spent (GumRecord *record)
{
  return gum_offer_code_is_spent (get_code (record));
}

static gboolean
is_universal (GumRecord *record)
{
  return gum_offer_code_is_universal (get_code (record));
}

static const GumRecordsChip chips[] = {
  { "all", N_("All"), N_("No Codes for This Product") },
  { "unused", N_("Unused"), N_("No Unused Codes"), is_unused },
  { "spent", N_("Used Up"), N_("No Codes Used Up"), is_spent },
  { "universal", N_("Universal"), N_("No Universal Codes"), is_universal },
};

const GumRecordsLook gum_code_look = {
  .kind = GUM_RECORD_CODE,
  .icon_name = "gum-discount-symbolic",
  .list_label = N_("Discount codes"),
  .search_label = N_("Search discount codes"),
  .search_hint = N_("Search codes and products"),
  .refresh_label = N_("Refresh discount codes"),
  .new_label = N_("_New Code"),
  .reading = N_("Reading Your Discount Codes"),
  .offline = N_("Your discount codes have not been read yet. They will appear once there is a "
                "connection to the internet."),
  .unread = N_("Your discount codes have not been read from Gumroad yet."),
  .empty = N_("No Discount Codes"),
  .empty_more = N_("A code takes something off the price for those who know it."),
  .dup_count = dup_count,
  .chips = chips,
  .n_chips = G_N_ELEMENTS (chips),
  .describe = describe,
  .finds = finds,
};

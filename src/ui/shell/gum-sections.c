/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The sections of the window, in the sidebar's order. Ctrl+1 is the first one. */

#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-sections.h"

#include "gum-activity-page.h"
#include "gum-discounts-page.h"
#include "gum-products-page.h"
#include "gum-upsells-page.h"

#include <glib/gi18n-lib.h>

static const GumSectionEntry sections[] = {
  { "products", N_("Products"), "package-x-generic-symbolic", gum_products_page_get_type },
  { "discounts", N_("Discounts"), "gum-discount-symbolic", gum_discounts_page_get_type },
  { "upsells", N_("Upsells"), "gum-upsell-symbolic", gum_upsells_page_get_type },
  { "activity", N_("Activity"), "document-open-recent-symbolic", gum_activity_page_get_type },
};

guint
gum_sections_get_n (void)
{
  return G_N_ELEMENTS (sections);
}

const GumSectionEntry *
gum_sections_get (guint position)
{
  g_return_val_if_fail (position < G_N_ELEMENTS (sections), NULL);

  return &sections[position];
}

const GumSectionEntry *
gum_sections_find (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    {
      if (g_strcmp0 (sections[i].id, id) == 0)
        return &sections[i];
    }

  return NULL;
}

const char *
gum_section_entry_get_title (const GumSectionEntry *entry)
{
  g_return_val_if_fail (entry != NULL, NULL);

  return _(entry->title);
}

GumSection *
gum_section_entry_create (const GumSectionEntry *entry,
                          GumShop               *shop)
{
  g_return_val_if_fail (entry != NULL, NULL);
  g_return_val_if_fail (GUM_IS_SHOP (shop), NULL);

  return g_object_new (entry->get_type (),
                       "shop", shop,
                       "title", gum_section_entry_get_title (entry),
                       NULL);
}

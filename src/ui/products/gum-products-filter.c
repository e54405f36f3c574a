/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How the list of products is sorted and filtered: the names that actions take, the words that menus
 * and empty lists show.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-products-filter.h"

#include "gum-product-header.h"

#include <glib/gi18n.h>

typedef struct
{
  const char *name;
  const char *label;
} Choice;

static const Choice states[] = {
  [GUM_FILTER_STATE_ALL] = { "all", N_("Published and Drafts") },
  [GUM_FILTER_STATE_PUBLISHED] = { "published", N_("Published") },
  [GUM_FILTER_STATE_DRAFT] = { "draft", N_("Drafts") },
};

static const Choice kinds[] = {
  [GUM_FILTER_KIND_ALL] = { "all", N_("Every Kind") },
  [GUM_FILTER_KIND_PRODUCT] = { "product", N_("Products") },
  [GUM_FILTER_KIND_MEMBERSHIP] = { "membership", N_("Memberships") },
  [GUM_FILTER_KIND_BUNDLE] = { "bundle", N_("Bundles") },
  [GUM_FILTER_KIND_PHYSICAL] = { "physical", N_("Physical Goods") },
};

static const Choice sorts[] = {
  [GUM_SORT_NEWEST] = { NULL, N_("Date Added") },
  [GUM_SORT_NAME] = { NULL, N_("Name") },
  [GUM_SORT_PRICE] = { NULL, N_("Price") },
  [GUM_SORT_SALES] = { NULL, N_("Sales") },
  [GUM_SORT_REVENUE] = { NULL, N_("Revenue") },
  [GUM_SORT_STATE] = { NULL, N_("State") },
};

/* Whole sentences: the words of one language do not fit into the gaps of another. */
static const char *nothing[G_N_ELEMENTS (states)][G_N_ELEMENTS (kinds)] = {
  { N_("No products"), N_("No plain products"), N_("No memberships"), N_("No bundles"),
    N_("No physical goods") },
  { N_("No published products"), N_("No published plain products"),
    N_("No published memberships"), N_("No published bundles"), N_("No published physical goods") },
  { N_("No drafts"), N_("No drafts of plain products"), N_("No drafts of memberships"),
    N_("No drafts of bundles"), N_("No drafts of physical goods") },
};

static int
find (const Choice *choices,
      guint         n_choices,
      const char   *name)
{
  for (guint i = 0; i < n_choices; i++)
    if (g_strcmp0 (choices[i].name, name) == 0)
      return (int) i;
  return -1;
}

const char *
gum_filter_state_get_name (GumFilterState state)
{
  return states[state].name;
}

const char *
gum_filter_state_get_label (GumFilterState state)
{
  return _(states[state].label);
}

gboolean
gum_filter_state_from_name (const char     *name,
                            GumFilterState *state)
{
  int found = find (states, G_N_ELEMENTS (states), name);

  if (found >= 0)
    *state = found;
  return found >= 0;
}

const char *
gum_filter_kind_get_name (GumFilterKind kind)
{
  return kinds[kind].name;
}

const char *
gum_filter_kind_get_label (GumFilterKind kind)
{
  return _(kinds[kind].label);
}

gboolean
gum_filter_kind_from_name (const char    *name,
                           GumFilterKind *kind)
{
  int found = find (kinds, G_N_ELEMENTS (kinds), name);

  if (found >= 0)
    *kind = found;
  return found >= 0;
}

gboolean
gum_products_filter_is_on (const GumProductsFilter *filter)
{
  return filter->state != GUM_FILTER_STATE_ALL || filter->kind != GUM_FILTER_KIND_ALL;
}

const char *
gum_products_filter_get_nothing (const GumProductsFilter *filter)
{
  return _(nothing[filter->state][filter->kind]);
}

void
gum_products_filter_show_chip (GtkButton  *chip,
                               const char *label,
                               gboolean    on)
{
  g_autofree char *text = g_strdup_printf ("%s ✕", label);
  /* Translators: a filter that a press takes away; %s is its name */
  g_autofree char *name = g_strdup_printf (_("Remove filter: %s"), label);

  gtk_button_set_label (chip, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (chip), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_visible (GTK_WIDGET (chip), on);
}

gboolean
gum_sort_is_descending_first (GumSort sort)
{
  return sort != GUM_SORT_NAME && sort != GUM_SORT_STATE;
}

static void
append_choice (GMenu      *menu,
               const char *label,
               const char *action,
               GVariant   *target)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target_value (item, action, target);
  g_menu_append_item (menu, item);
}

/* One menu for both: a narrow window has no room for two buttons. */
GMenuModel *
gum_products_filter_new_menu (void)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) by = g_menu_new ();
  g_autoptr (GMenu) way = g_menu_new ();
  g_autoptr (GMenu) state = g_menu_new ();
  g_autoptr (GMenu) kind = g_menu_new ();
  g_autoptr (GMenu) filters = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (sorts); i++)
    append_choice (by, _(sorts[i].label), "products.sort",
                   g_variant_new_string (gum_sort_get_name (i)));
  append_choice (way, _("Ascending"), "products.direction", g_variant_new_string ("ascending"));
  append_choice (way, _("Descending"), "products.direction", g_variant_new_string ("descending"));
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    append_choice (state, _(states[i].label), "products.state",
                   g_variant_new_string (states[i].name));
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    append_choice (kind, _(kinds[i].label), "products.kind",
                   g_variant_new_string (kinds[i].name));

  g_menu_append_submenu (filters, _("Filter by State"), G_MENU_MODEL (state));
  g_menu_append_submenu (filters, _("Filter by Kind"), G_MENU_MODEL (kind));
  g_menu_append (filters, _("_Clear Filters"), "products.clear-filters");
  g_menu_append_section (menu, _("Sort By"), G_MENU_MODEL (by));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (way));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (filters));
  return G_MENU_MODEL (g_steal_pointer (&menu));
}

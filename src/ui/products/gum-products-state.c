/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the list of products says about itself: how much there is and how old it is; and when there is
 * nothing to list, why, and what can be done about it.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-products-state.h"

#include "gum-errors.h"
#include "gum-product-facts.h"
#include "gum-time.h"

#include <glib/gi18n.h>

static guint
count_listed (GumQuery *query)
{
  return query != NULL ? g_list_model_get_n_items (G_LIST_MODEL (query)) : 0;
}

static gboolean
is_searching (GumQuery *query)
{
  const char *text = query != NULL ? gum_query_get_search (query) : NULL;

  return text != NULL && *text != '\0';
}

gboolean
gum_products_state_is_first_sync (GumStore *store)
{
  return store != NULL && gum_store_get_syncing (store) &&
         gum_store_get_last_synced (store) == NULL;
}

static char *
dup_count (GumStore                *store,
           GumQuery                *query,
           const GumProductsFilter *filter)
{
  guint all = gum_store_get_n_products (store);
  g_autofree char *all_text = gum_facts_dup_number (all);
  g_autofree char *listed_text = gum_facts_dup_number (count_listed (query));

  if (gum_products_state_is_first_sync (store))
    /* Translators: while products are read from Gumroad for the first time */
    return g_strdup_printf (ngettext ("%s product so far", "%s products so far", all), all_text);
  if (gum_products_filter_is_on (filter) || is_searching (query))
    /* Translators: how many are shown of how many there are */
    return g_strdup_printf (_("%s of %s"), listed_text, all_text);
  return g_strdup_printf (ngettext ("%s product", "%s products", all), all_text);
}

char *
gum_products_state_dup_subtitle (GumStore                *store,
                                 GumQuery                *query,
                                 const GumProductsFilter *filter,
                                 gboolean                 narrow)
{
  GDateTime *synced = store != NULL ? gum_store_get_last_synced (store) : NULL;
  g_autoptr (GDateTime) now = NULL;
  g_autofree char *count = NULL;
  g_autofree char *age = NULL;

  if (store == NULL || (synced == NULL && gum_store_get_n_products (store) == 0))
    return NULL;

  count = dup_count (store, query, filter);
  if (synced == NULL ||
      (narrow && (gum_products_filter_is_on (filter) || is_searching (query))))
    return g_steal_pointer (&count);
  now = g_date_time_new_now_utc ();
  age = gum_time_format_relative (synced, now);
  if (narrow)
    /* Translators: the placeholder is an age such as “5 minutes ago” */
    return g_strdup_printf (_("Updated %s"), age);
  /* Translators: first how many products there are, then how old what is known is */
  return g_strdup_printf (_("%s · Updated %s"), count, age);
}

static void
say (GumStatus  *status,
     const char *icon_name,
     const char *title,
     const char *description,
     const char *label,
     const char *action)
{
  gum_status_show (status, icon_name, title, description);
  gum_status_set_action (status, label, action);
}

static void
say_error (GumStatus    *status,
           const GError *error,
           const char   *action)
{
  g_autofree char *title = gum_errors_dup_title (error);
  g_autofree char *sentence = gum_errors_dup_sentence (error, NULL);

  say (status, "dialog-warning-symbolic",
       title != NULL ? title : _("Products Could Not Be Read"), sentence, _("_Try Again"), action);
}

/* The ledger has nothing: it may be empty, not yet filled, or kept from being filled. */
static void
say_nothing_known (GumStatus *status,
                   GumShop   *shop,
                   GumStore  *store)
{
  const GError *error = gum_store_get_sync_error (store);

  if (gum_store_get_syncing (store))
    say (status, NULL, _("Reading Your Products"),
         _("They appear here as Gumroad sends them."), NULL, NULL);
  else if (!gum_shop_is_online (shop) && gum_store_get_last_synced (store) == NULL)
    say (status, "network-offline-symbolic", _("You Are Offline"),
         _("Your products have not been read yet. They will appear once there is a connection to "
           "the internet."), NULL, NULL);
  else if (error != NULL)
    say_error (status, error, "products.refresh");
  else if (gum_store_get_last_synced (store) != NULL)
    say (status, "package-x-generic-symbolic", _("No Products Yet"),
         _("What you sell appears here. Begin with a draft: nobody sees it until you publish it."),
         _("_New Product"), "products.create");
  else
    say (status, "package-x-generic-symbolic", _("Nothing Read Yet"),
         _("Your products have not been read from Gumroad yet."),
         _("_Refresh"), "products.refresh");
}

static void
say_no_result (GumStatus               *status,
               GumQuery                *query,
               const GumProductsFilter *filter)
{
  gboolean filtered = gum_products_filter_is_on (filter);
  g_autofree char *title = NULL;
  g_autofree char *among = NULL;

  if (!is_searching (query))
    {
      say (status, "edit-find-symbolic", gum_products_filter_get_nothing (filter),
           _("Every other product is hidden by the filters."),
           _("_Clear Filters"), "products.clear-filters");
      return;
    }

  title = g_strdup_printf (_("No Products Match “%s”"), gum_query_get_search (query));
  if (filter->state != GUM_FILTER_STATE_ALL && filter->kind != GUM_FILTER_KIND_ALL)
    among = g_strdup_printf (_("The filters leave only: %s, %s."),
                             gum_filter_state_get_label (filter->state),
                             gum_filter_kind_get_label (filter->kind));
  else if (filtered)
    among = g_strdup_printf (_("The filters leave only: %s."),
                             filter->kind == GUM_FILTER_KIND_ALL ?
                             gum_filter_state_get_label (filter->state) :
                             gum_filter_kind_get_label (filter->kind));
  say (status, "edit-find-symbolic", title, among,
       filtered ? _("_Clear Search and Filters") : _("_Clear Search"), "products.clear");
}

GumProductsView
gum_products_state_show (GumStatus               *status,
                         GumShop                 *shop,
                         GumQuery                *query,
                         const GumProductsFilter *filter)
{
  GumStore *store = shop != NULL ? gum_shop_get_store (shop) : NULL;
  const GError *error = shop != NULL ? gum_shop_get_error (shop) : NULL;

  if (store == NULL && error != NULL)
    say_error (status, error, "products.reopen");
  else if (store == NULL || query == NULL)
    say (status, NULL, _("Opening the Shop"), NULL, NULL, NULL);
  else if (count_listed (query) > 0)
    return GUM_PRODUCTS_LIST;
  else if (gum_store_get_n_products (store) == 0)
    say_nothing_known (status, shop, store);
  else if (gum_query_get_pending (query))
    return GUM_PRODUCTS_AS_BEFORE;
  else
    say_no_result (status, query, filter);
  return GUM_PRODUCTS_STATUS;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How a product is sold: what is in a bundle, what is asked at the checkout, limits, dates, refunds.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-detail-rows.h"
#include "gum-product-facts.h"
#include "gum-question-form.h"

#include <glib/gi18n.h>

static gboolean
is_filled (GumProduct *product,
           const char *property)
{
  g_autoptr (GListModel) list = gum_detail_dup_list (product, property);

  return list != NULL && g_list_model_get_n_items (list) > 0;
}

/* Gumroad does not tell of a bundle that it is one. An empty one has no files and no versions either, and
 * cannot be published. */
static gboolean
may_be_empty_bundle (GumProduct *product)
{
  return gum_product_get_kind (product) == GUM_PRODUCT_KIND_PRODUCT &&
         !gum_product_is_published (product) &&
         gum_resource_has (GUM_RESOURCE (product), "files") && !is_filled (product, "files") &&
         !is_filled (product, "variants");
}

GtkWidget *
gum_detail_build_bundle (GumProduct *product,
                         GumShop    *shop)
{
  g_autoptr (GListModel) items = gum_detail_dup_list (product, "bundle-products");
  GumStore *store = gum_shop_get_store (shop);
  guint count = items != NULL ? g_list_model_get_n_items (items) : 0;
  GtkWidget *group;

  if (count == 0 && !may_be_empty_bundle (product))
    return NULL;

  group = gum_detail_new_group (_("In This Bundle"), NULL);
  gum_detail_add_edit_button (group, "product.edit-bundle", _("Edit What Is in This Bundle"));
  if (count == 0)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                               gum_detail_new_nothing (_("Nothing yet, if this is a bundle")));
  for (guint i = 0; i < count; i++)
    {
      g_autoptr (GumBundleItem) item = g_list_model_get_item (items, i);
      g_autofree char *id = gum_detail_dup_string (item, "product-id");
      g_autoptr (GumProduct) member = NULL;
      g_autofree char *name = NULL;
      g_autofree char *times = NULL;
      gint64 quantity = gum_detail_get_int (item, "quantity");

      if (store != NULL && id != NULL)
        member = gum_store_dup_product (store, id);
      name = member != NULL ? gum_product_facts_dup_name (member) :
             g_strdup (_("A product that is not in your list"));
      if (quantity > 1)
        times = g_strdup_printf ("%" G_GINT64_FORMAT " ×", quantity);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), gum_detail_new_row (name, times));
    }
  return group;
}

GtkWidget *
gum_detail_build_questions (GumProduct *product,
                            GumShop    *shop)
{
  g_autoptr (GListModel) fields = gum_detail_dup_list (product, "custom-fields");
  guint count = fields != NULL ? g_list_model_get_n_items (fields) : 0;
  GtkWidget *group;

  group = gum_detail_new_group (_("Questions at Checkout"), NULL);
  gum_detail_add_edit_button (group, "product.edit-questions", _("Edit Questions"));
  if (count == 0)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                               gum_detail_new_nothing (_("Nothing is asked")));
  for (guint i = 0; i < count; i++)
    {
      g_autoptr (GumCustomField) field = g_list_model_get_item (fields, i);
      g_autofree char *name = gum_detail_dup_string (field, "name");
      g_autofree char *type = gum_detail_dup_string (field, "type");
      g_autofree char *subtitle = NULL;
      GtkWidget *row = gum_detail_new_row (name != NULL ? name : _("Untitled"),
                                           gum_detail_get_boolean (field, "required") ?
                                           _("Required") : _("Optional"));

      if (gum_detail_get_boolean (field, "collect-per-product"))
        subtitle = g_strdup_printf (_("%s, asked for each product"),
                                    gum_question_get_type_name (type));
      else
        subtitle = g_strdup (gum_question_get_type_name (type));
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
    }
  return group;
}

static char *
dup_refund (GumRefundPolicy *policy)
{
  g_autofree char *period = gum_detail_dup_string (policy, "refund-period");
  g_autofree char *title = gum_detail_dup_string (policy, "title");
  gint64 days;

  if (title != NULL)
    return g_steal_pointer (&title);
  if (period == NULL || g_str_equal (period, "inherit"))
    return g_strdup (_("As set for the account"));
  if (g_str_equal (period, "none"))
    return g_strdup (_("No refunds"));
  if (!g_ascii_string_to_signed (period, 10, 1, 10000, &days, NULL))
    return g_steal_pointer (&period);
  return g_strdup_printf (ngettext ("%d day", "%d days", (gulong) days), (int) days);
}

GtkWidget *
gum_detail_build_selling (GumProduct *product,
                          GumShop    *shop)
{
  GumResource *resource = GUM_RESOURCE (product);
  GtkWidget *group = gum_detail_new_group (_("Selling"), NULL);
  g_autoptr (GumRefundPolicy) policy = NULL;
  g_autoptr (GDateTime) release = NULL;
  g_autofree char *limit = NULL;
  gboolean anything = FALSE;

  g_object_get (product, "refund-policy", &policy, "release-at", &release, NULL);

  if (gum_detail_get_boolean (product, "is-preorder"))
    {
      g_autoptr (GDateTime) local = release != NULL ? g_date_time_to_local (release) : NULL;
      g_autofree char *date = local != NULL ? g_date_time_format (local, "%x %H:%M") : NULL;

      anything |= gum_detail_add_row (group,
                                      gum_detail_get_boolean (product, "is-in-preorder-state") ?
                                      _("Pre-Order, Released") : _("Was a Pre-Order, Released"),
                                      date != NULL ? date : _("No date"));
    }
  if (gum_resource_has (resource, "max-purchase-count"))
    {
      limit = gum_facts_dup_number (gum_detail_get_int (product, "max-purchase-count"));
      anything |= gum_detail_add_row (group, _("Sold at Most"), limit);
    }
  if (gum_detail_get_boolean (product, "require-shipping"))
    anything |= gum_detail_add_row (group, _("Shipping"), _("Needs an address"));
  if (policy != NULL)
    {
      g_autofree char *refund = dup_refund (policy);
      g_autofree char *print = gum_detail_dup_string (policy, "fine-print");

      anything |= gum_detail_add_row (group, gum_detail_get_boolean (policy, "inherited") ?
                                      _("Refund Policy of the Account") : _("Refund Policy"),
                                      refund);
      anything |= gum_detail_add_row (group, _("Fine Print"), print);
    }
  gum_detail_add_edit_button (group, "product.edit", _("Edit How It Is Sold"));
  return gum_detail_finish_group (group, anything);
}

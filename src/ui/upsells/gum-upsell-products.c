/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The products with which a cross-sell offers another one: a row that asks for one more, and one for each.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-upsell-products.h"

#include "gum-build.h"
#include "gum-detail-rows.h"
#include "gum-product-choice.h"

#include <glib/gi18n.h>

struct _GumUpsellProducts
{
  AdwPreferencesGroup  parent_instance;

  /* owned */
  GumUpsell           *upsell;    /* NULL: a new one */
  GPtrArray           *ids;       /* of char* */

  /* children */
  GumProductChoice    *more;
};

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GumUpsellProducts, gum_upsell_products, ADW_TYPE_PREFERENCES_GROUP)

static void
remove_cb (GumUpsellProducts *self,
           GtkWidget         *button)
{
  GtkWidget *row = gtk_widget_get_ancestor (button, ADW_TYPE_ACTION_ROW);
  guint position;

  if (g_ptr_array_find_with_equal_func (self->ids, g_object_get_data (G_OBJECT (row), "id"),
                                        g_str_equal, &position))
    g_ptr_array_remove_index (self->ids, position);
  /* The focus would go with the row. */
  gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_BACKWARD);
  adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), row);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
more_cb (GumUpsellProducts *self,
         GumProduct        *product)
{
  gum_upsell_products_add (self, gum_resource_get_id (GUM_RESOURCE (product)),
                           gum_product_get_name (product));
  gum_product_choice_set_product (self->more, NULL);
}

static void
gum_upsell_products_finalize (GObject *object)
{
  GumUpsellProducts *self = GUM_UPSELL_PRODUCTS (object);

  g_clear_object (&self->upsell);
  g_ptr_array_unref (self->ids);

  G_OBJECT_CLASS (gum_upsell_products_parent_class)->finalize (object);
}

static void
gum_upsell_products_class_init (GumUpsellProductsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gum_upsell_products_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
gum_upsell_products_init (GumUpsellProducts *self)
{
  self->ids = g_ptr_array_new_with_free_func (g_free);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("Offered With"));
}

GtkWidget *
gum_upsell_products_new (GumStore  *store,
                         GumUpsell *upsell)
{
  GumUpsellProducts *self = g_object_new (GUM_TYPE_UPSELL_PRODUCTS, NULL);
  GListModel *products = upsell != NULL ? gum_upsell_get_selected_products (upsell) : NULL;

  g_set_object (&self->upsell, upsell);
  self->more = GUM_PRODUCT_CHOICE (gum_product_choice_new (store, _("Add a Product")));
  g_signal_connect_object (self->more, "picked", G_CALLBACK (more_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->more));
  if (gum_upsell_products_are_fixed (self))
    {
      gtk_widget_set_visible (GTK_WIDGET (self->more), FALSE);
      adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self),
                                             _("Not all that Gumroad has can be read here, so these stay as "
                                               "they are."));
    }
  for (guint i = 0; products != NULL && i < g_list_model_get_n_items (products); i++)
    {
      g_autoptr (GumReference) product = g_list_model_get_item (products, i);

      if (gum_resource_get_id (GUM_RESOURCE (product)) != NULL)
        gum_upsell_products_add (self, gum_resource_get_id (GUM_RESOURCE (product)),
                                 gum_reference_get_name (product));
    }

  return GTK_WIDGET (self);
}

void
gum_upsell_products_add (GumUpsellProducts *self,
                         const char        *id,
                         const char        *name)
{
  GtkWidget *row, *button;
  g_autofree char *label = NULL;

  g_return_if_fail (GUM_IS_UPSELL_PRODUCTS (self));
  g_return_if_fail (id != NULL);

  if (gum_upsell_products_include (self, id))
    return;
  g_ptr_array_add (self->ids, g_strdup (id));

  row = gum_detail_new_row (name != NULL ? name : "", NULL);
  g_object_set_data_full (G_OBJECT (row), "id", g_strdup (id), g_free);
  /* Translators: %s is a product */
  label = g_strdup_printf (_("Remove %s"), name != NULL ? name : "");
  button = gum_build_icon_button ("user-trash-symbolic", label, NULL);
  gtk_widget_set_visible (button, !gum_upsell_products_are_fixed (self));
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_signal_emit (self, signals[CHANGED], 0);
}

gboolean
gum_upsell_products_are_fixed (GumUpsellProducts *self)
{
  g_return_val_if_fail (GUM_IS_UPSELL_PRODUCTS (self), FALSE);

  return self->upsell != NULL && !gum_upsell_has_all_products (self->upsell);
}

gboolean
gum_upsell_products_are_changed (GumUpsellProducts *self)
{
  GListModel *former;
  guint n_former;

  g_return_val_if_fail (GUM_IS_UPSELL_PRODUCTS (self), FALSE);

  if (gum_upsell_products_are_fixed (self))
    return FALSE;
  former = self->upsell != NULL ? gum_upsell_get_selected_products (self->upsell) : NULL;
  n_former = former != NULL ? g_list_model_get_n_items (former) : 0;
  if (n_former != self->ids->len)
    return TRUE;
  for (guint i = 0; i < n_former; i++)
    {
      g_autoptr (GumReference) product = g_list_model_get_item (former, i);

      if (!gum_upsell_products_include (self, gum_resource_get_id (GUM_RESOURCE (product))))
        return TRUE;
    }

  return FALSE;
}

gboolean
gum_upsell_products_are_any (GumUpsellProducts *self)
{
  g_return_val_if_fail (GUM_IS_UPSELL_PRODUCTS (self), FALSE);

  return self->ids->len > 0;
}

gboolean
gum_upsell_products_include (GumUpsellProducts *self,
                             const char        *id)
{
  g_return_val_if_fail (GUM_IS_UPSELL_PRODUCTS (self), FALSE);

  return g_ptr_array_find_with_equal_func (self->ids, id, g_str_equal, NULL);
}

JsonArray *
gum_upsell_products_dup_list (GumUpsellProducts *self)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < self->ids->len; i++)
    json_array_add_string_element (array, g_ptr_array_index (self->ids, i));

  return array;
}

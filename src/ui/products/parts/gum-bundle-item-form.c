/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How often a product is in a bundle, and in which version.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-bundle-item-form.h"

#include "gum-detail-rows.h"
#include "gum-version-choice.h"

#include <glib/gi18n.h>

#define MAX_QUANTITY 1000

struct _GumBundleItemForm
{
  GumPartForm    parent_instance;

  /* widgets */
  GtkWidget     *quantity;
  GtkWidget     *version;
};

enum {
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GumBundleItemForm, gum_bundle_item_form, GUM_TYPE_PART_FORM)

static gboolean
gum_bundle_item_form_check (GumPartForm *form)
{
  return TRUE;
}

static void
gum_bundle_item_form_submit (GumPartForm *form)
{
  GumBundleItemForm *self = GUM_BUNDLE_ITEM_FORM (form);

  gtk_spin_button_update (GTK_SPIN_BUTTON (self->quantity));
  g_signal_emit (self, signals[CHOSEN], 0,
                 gum_version_choice_get_id (GUM_VERSION_CHOICE (self->version)),
                 (gint64) gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->quantity)));
  gtk_window_close (GTK_WINDOW (self));
}

static void
gum_bundle_item_form_class_init (GumBundleItemFormClass *klass)
{
  GumPartFormClass *form_class = GUM_PART_FORM_CLASS (klass);

  form_class->check = gum_bundle_item_form_check;
  form_class->submit = gum_bundle_item_form_submit;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_INT64);
}

static void
gum_bundle_item_form_init (GumBundleItemForm *self)
{
}

static void
add_rows (GumBundleItemForm *self,
          GumStore          *store,
          gint64             quantity)
{
  AdwPreferencesGroup *group = gum_part_form_add_group (GUM_PART_FORM (self), NULL);
  GtkWidget *row = gum_detail_new_row (_("How Often"), NULL);

  self->version = gum_version_choice_new (store, _("Version"));
  adw_preferences_group_add (group, self->version);

  self->quantity = gtk_spin_button_new_with_range (1, MAX_QUANTITY, 1);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->quantity), (double) quantity);
  gtk_widget_set_valign (self->quantity, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->quantity), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("How often"), -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), self->quantity);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), self->quantity);
  adw_preferences_group_add (group, row);
}

GtkWidget *
gum_bundle_item_form_new (GtkWidget     *parent,
                          GumShop       *shop,
                          GumProduct    *bundle,
                          GumBundleItem *item,
                          const char    *name)
{
  GumBundleItemForm *self = g_object_new (GUM_TYPE_BUNDLE_ITEM_FORM, NULL);
  GumStore *store = gum_shop_get_store (shop);
  gint64 quantity = gum_detail_get_int (item, "quantity");
  g_autofree char *product_id = gum_detail_dup_string (item, "product-id");
  g_autofree char *variant_id = gum_detail_dup_string (item, "variant-id");

  gum_part_form_set_up (GUM_PART_FORM (self), parent, shop, bundle, name, _("_Save"));
  add_rows (self, store, CLAMP (quantity, 1, MAX_QUANTITY));
  gum_version_choice_set_product (GUM_VERSION_CHOICE (self->version), product_id, variant_id);
  gum_part_form_check (GUM_PART_FORM (self));

  return GTK_WIDGET (self);
}

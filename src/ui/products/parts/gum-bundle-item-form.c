/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How often a product is in a bundle, and in which version. The versions are read when the form is opened:
 * only their own list tells their ids.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-bundle-item-form.h"

#include "gum-collection.h"
#include "gum-detail-rows.h"
#include "gum-variant.h"

#include <glib/gi18n.h>

#define MAX_QUANTITY 1000

struct _GumBundleItemForm
{
  GumPartForm    parent_instance;

  /* owned */
  char          *product_id;
  char          *variant_id;      /* the one that is chosen */
  GumCollection *categories;
  GPtrArray     *variants;        /* GumCollection, one a category */
  GPtrArray     *ids;             /* of the versions in the row; the first is NULL: none */

  /* widgets */
  GtkWidget     *quantity;
  GtkWidget     *version;

  /* what is being shown is not being chosen */
  gboolean       is_showing;
};

enum {
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GumBundleItemForm, gum_bundle_item_form, GUM_TYPE_PART_FORM)

/* --- versions --------------------------------------------------------------------------------- */

static gboolean
is_loading (GumBundleItemForm *self)
{
  if (gum_collection_is_loading (self->categories))
    return TRUE;
  for (guint i = 0; i < self->variants->len; i++)
    {
      if (gum_collection_is_loading (self->variants->pdata[i]))
        return TRUE;
    }

  return FALSE;
}

static void
add_version (GumBundleItemForm *self,
             GtkStringList     *names,
             const char        *id,
             const char        *name)
{
  gtk_string_list_append (names, name);
  g_ptr_array_add (self->ids, g_strdup (id));
}

static void
show_versions (GumBundleItemForm *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = 0;

  g_ptr_array_set_size (self->ids, 0);
  add_version (self, names, NULL, _("No certain one"));
  for (guint i = 0; i < self->variants->len; i++)
    for (guint j = 0; j < g_list_model_get_n_items (self->variants->pdata[i]); j++)
      {
        g_autoptr (GumVariant) variant = g_list_model_get_item (self->variants->pdata[i], j);
        g_autofree char *name = gum_detail_dup_string (variant, "name");

        add_version (self, names, gum_resource_get_id (GUM_RESOURCE (variant)),
                     name != NULL ? name : _("Untitled"));
      }

  for (guint i = 0; self->variant_id != NULL && i < self->ids->len; i++)
    {
      if (g_strcmp0 (self->ids->pdata[i], self->variant_id) == 0)
        selected = i;
    }
  /* One that is not in the list, or not yet, is kept unless another is chosen. */
  if (self->variant_id != NULL && selected == 0)
    {
      selected = self->ids->len;
      add_version (self, names, self->variant_id, _("The one that is in it now"));
    }

  self->is_showing = TRUE;
  adw_combo_row_set_model (ADW_COMBO_ROW (self->version), G_LIST_MODEL (names));
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->version), selected);
  self->is_showing = FALSE;
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->version), is_loading (self) ? _("Reading…") : "");
}

static void
categories_changed_cb (GumBundleItemForm *self)
{
  GumStore *store = gum_shop_get_store (gum_part_form_get_shop (GUM_PART_FORM (self)));

  g_ptr_array_set_size (self->variants, 0);
  for (guint i = 0; store != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (self->categories)); i++)
    {
      g_autoptr (GumVariantCategory) category = NULL;
      g_autofree char *parent = NULL;
      GumCollection *variants;

      category = g_list_model_get_item (G_LIST_MODEL (self->categories), i);
      parent = gum_request_path ("products", self->product_id, "variant_categories",
                                 gum_resource_get_id (GUM_RESOURCE (category)), NULL);
      variants = gum_store_dup_collection (store, &gum_variant_endpoint, parent);
      g_ptr_array_add (self->variants, variants);
      g_signal_connect_object (variants, "items-changed", G_CALLBACK (show_versions), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (variants, "notify::loading", G_CALLBACK (show_versions), self,
                               G_CONNECT_SWAPPED);
      gum_collection_read (variants);
    }
  show_versions (self);
}

static void
selected_cb (GumBundleItemForm *self)
{
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self->version));

  if (self->is_showing || selected >= self->ids->len)
    return;

  g_free (self->variant_id);
  self->variant_id = g_strdup (self->ids->pdata[selected]);
}

/* --- the form --------------------------------------------------------------------------------- */

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
  g_signal_emit (self, signals[CHOSEN], 0, self->variant_id,
                 (gint64) gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->quantity)));
  gtk_window_close (GTK_WINDOW (self));
}

static void
gum_bundle_item_form_dispose (GObject *object)
{
  GumBundleItemForm *self = GUM_BUNDLE_ITEM_FORM (object);

  if (self->categories != NULL)
    g_signal_handlers_disconnect_by_data (self->categories, self);
  for (guint i = 0; i < self->variants->len; i++)
    g_signal_handlers_disconnect_by_data (self->variants->pdata[i], self);
  g_ptr_array_set_size (self->variants, 0);
  g_clear_object (&self->categories);

  G_OBJECT_CLASS (gum_bundle_item_form_parent_class)->dispose (object);
}

static void
gum_bundle_item_form_finalize (GObject *object)
{
  GumBundleItemForm *self = GUM_BUNDLE_ITEM_FORM (object);

  g_ptr_array_unref (self->variants);
  g_ptr_array_unref (self->ids);
  g_free (self->product_id);
  g_free (self->variant_id);

  G_OBJECT_CLASS (gum_bundle_item_form_parent_class)->finalize (object);
}

static void
gum_bundle_item_form_class_init (GumBundleItemFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GumPartFormClass *form_class = GUM_PART_FORM_CLASS (klass);

  object_class->dispose = gum_bundle_item_form_dispose;
  object_class->finalize = gum_bundle_item_form_finalize;
  form_class->check = gum_bundle_item_form_check;
  form_class->submit = gum_bundle_item_form_submit;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_INT64);
}

static void
gum_bundle_item_form_init (GumBundleItemForm *self)
{
  self->variants = g_ptr_array_new_with_free_func (g_object_unref);
  self->ids = g_ptr_array_new_with_free_func (g_free);
}

static void
add_rows (GumBundleItemForm *self,
          gint64             quantity)
{
  AdwPreferencesGroup *group = gum_part_form_add_group (GUM_PART_FORM (self), NULL);
  GtkWidget *row = gum_detail_new_row (_("How Often"), NULL);

  self->version = adw_combo_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->version), _("Version"));
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
  g_autofree char *path = NULL;

  self->product_id = gum_detail_dup_string (item, "product-id");
  self->variant_id = gum_detail_dup_string (item, "variant-id");
  gum_part_form_set_up (GUM_PART_FORM (self), parent, shop, bundle, name, _("_Save"));
  add_rows (self, CLAMP (quantity, 1, MAX_QUANTITY));

  if (store != NULL && self->product_id != NULL)
    {
      path = gum_request_path ("products", self->product_id, NULL);
      self->categories = gum_store_dup_collection (store, &gum_variant_category_endpoint, path);
      g_signal_connect_object (self->categories, "items-changed",
                               G_CALLBACK (categories_changed_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->categories, "notify::loading", G_CALLBACK (show_versions), self,
                               G_CONNECT_SWAPPED);
      gum_collection_read (self->categories);
      categories_changed_cb (self);
    }
  g_signal_connect_object (self->version, "notify::selected", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  gum_part_form_check (GUM_PART_FORM (self));

  return GTK_WIDGET (self);
}

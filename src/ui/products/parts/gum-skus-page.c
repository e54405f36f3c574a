/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The combinations of a product's versions, each with its surcharge, its limit and its own number.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-skus-page.h"

#include "gum-detail-rows.h"
#include "gum-product-facts.h"
#include "gum-variant.h"

#include <glib/gi18n.h>

struct _GumSkusPage
{
  GumPartPage    parent_instance;

  /* owned */
  GumCollection *skus;

  /* widgets */
  GtkWidget     *list;
};

G_DEFINE_FINAL_TYPE (GumSkusPage, gum_skus_page, GUM_TYPE_PART_PAGE)

static const GumPartWords words = {
  "view-grid-symbolic", N_("No SKUs"),
  N_("Gumroad makes SKUs, one for each combination of versions, only for products that are shipped or "
     "have them turned on."),
  NULL, NULL,
};

static char *
dup_subtitle (GumSku *sku)
{
  g_autofree char *number = gum_detail_dup_string (sku, "custom-sku");
  g_autofree char *description = gum_detail_dup_string (sku, "description");
  g_autofree char *limit = NULL;
  g_autoptr (GString) text = g_string_new (number);

  if (gum_resource_has (GUM_RESOURCE (sku), "max-purchase-count"))
    {
      g_autofree char *count = gum_facts_dup_number (gum_detail_get_int (sku,
                                                                         "max-purchase-count"));

      limit = g_strdup_printf (_("sold at most %s times"), count);
    }
  if (description != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", description);
  if (limit != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", limit);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
show_row (GtkWidget *row)
{
  GumSku *sku = g_object_get_data (G_OBJECT (row), "sku");
  GtkLabel *label = g_object_get_data (G_OBJECT (row), "price");
  const char *currency = g_object_get_data (G_OBJECT (row), "currency");
  g_autofree char *name = gum_detail_dup_string (sku, "name");
  g_autofree char *subtitle = dup_subtitle (sku);
  g_autofree char *price = NULL;
  g_autofree char *sentence = NULL;
  gint64 difference = gum_detail_get_int (sku, "price-difference-cents");
  const char *title = name != NULL ? name : _("Untitled");

  price = difference != 0 ? gum_facts_dup_difference (difference, currency)
                          : g_strdup (_("Same price"));
  sentence = g_strdup_printf ("%s, %s%s%s", title, price, *subtitle != '\0' ? ", " : "", subtitle);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_label_set_text (label, price);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence, -1);
}

static GtkWidget *
create_row_cb (gpointer item,
               gpointer user_data)
{
  GumProduct *product = gum_subpage_get_product (user_data);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *label = gtk_label_new (NULL);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  g_object_set_data_full (G_OBJECT (row), "sku", g_object_ref (item), g_object_unref);
  g_object_set_data_full (G_OBJECT (row), "currency", g_strdup (gum_product_get_currency (product)),
                          g_free);
  g_object_set_data (G_OBJECT (row), "price", label);
  g_signal_connect_object (item, "notify", G_CALLBACK (show_row), row, G_CONNECT_SWAPPED);
  show_row (row);

  return row;
}

static void
gum_skus_page_read (GumPartPage *page)
{
  gum_collection_read (GUM_SKUS_PAGE (page)->skus);
}

static void
gum_skus_page_constructed (GObject *object)
{
  GumSkusPage *self = GUM_SKUS_PAGE (object);
  GumStore *store;
  GtkWidget *group;

  G_OBJECT_CLASS (gum_skus_page_parent_class)->constructed (object);

  gum_subpage_set_title (GUM_SUBPAGE (self), _("SKUs"));
  group = gum_detail_new_group (_("Combinations"), _("They can be changed on Gumroad’s website."));
  self->list = gum_part_page_new_list (_("SKUs"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->list);
  gtk_box_append (gum_part_page_add_column (GUM_PART_PAGE (self)), group);
  store = gum_subpage_get_store (GUM_SUBPAGE (self));
  if (store != NULL)
    {
      g_autofree char *parent = gum_part_page_dup_parent (GUM_PART_PAGE (self));

      self->skus = gum_store_dup_collection (store, &gum_sku_endpoint, parent);
      gtk_list_box_bind_model (GTK_LIST_BOX (self->list), G_LIST_MODEL (self->skus), create_row_cb,
                               self, NULL);
    }
  gum_part_page_set_list (GUM_PART_PAGE (self), self->skus, &words);
}

static void
gum_skus_page_dispose (GObject *object)
{
  GumSkusPage *self = GUM_SKUS_PAGE (object);

  if (self->skus != NULL && self->list != NULL)
    gtk_list_box_bind_model (GTK_LIST_BOX (self->list), NULL, NULL, NULL, NULL);
  self->list = NULL;
  g_clear_object (&self->skus);

  G_OBJECT_CLASS (gum_skus_page_parent_class)->dispose (object);
}

static void
gum_skus_page_class_init (GumSkusPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = gum_skus_page_constructed;
  object_class->dispose = gum_skus_page_dispose;
  GUM_PART_PAGE_CLASS (klass)->read = gum_skus_page_read;
}

static void
gum_skus_page_init (GumSkusPage *self)
{
}

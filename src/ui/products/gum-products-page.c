/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The section of the products: the list, and beside it or over it the product that is open.
 *
 *    nothing open        wide, one open        narrow, one open
 *    ┌───────────────┐   ┌──────┬────────┐     ┌────────┐
 *    │ list or table │   │ list │ detail │     │ detail │  (back: the list)
 *    └───────────────┘   └──────┴────────┘     └────────┘
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-products-page.h"

#include "gum-focus.h"
#include "gum-product-actions.h"
#include "gum-product-create.h"
#include "gum-product-detail.h"
#include "gum-product-list.h"
#include "gum-product-subpages.h"
#include "gum-products-pane.h"

#include <glib/gi18n.h>

/* What the list keeps while a product is open beside it. */
#define LIST_WIDTH 340

struct _GumProductsPage
{
  GumSection        parent_instance;

  /* owned */
  char             *place;        /* a product to open once the ledger knows it */

  /* template */
  AdwLeaflet       *leaflet;
  GumProductsPane  *pane;
  GtkWidget        *separator;

  GumProductDetail *detail;       /* in the leaflet, once it has been made */
  guint             prepare_tick; /* until products have been seen */
  guint             prepare_id;   /* while there is nothing else to do */
  guint             frames;
};

G_DEFINE_FINAL_TYPE (GumProductsPage, gum_products_page, GUM_TYPE_SECTION)

static gboolean
is_open (GumProductsPage *self)
{
  return self->detail != NULL && gum_product_detail_get_product (self->detail) != NULL;
}

static void
update_edges (GumProductsPage *self)
{
  gboolean folded = gum_section_get_folded (GUM_SECTION (self));
  gboolean alone = !is_open (self) || adw_leaflet_get_folded (self->leaflet);

  gum_products_pane_set_edges (self->pane, folded, alone);
  if (self->detail != NULL)
    gum_product_detail_set_edges (self->detail, folded && adw_leaflet_get_folded (self->leaflet));
}

static void
hide_detail (GumProductsPage *self)
{
  gum_product_detail_set_product (self->detail, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->detail), FALSE);
  gtk_widget_set_visible (self->separator, FALSE);
  gtk_widget_set_size_request (GTK_WIDGET (self->pane), -1, -1);
  gtk_widget_set_hexpand (GTK_WIDGET (self->pane), TRUE);
  update_edges (self);
}

/* The page of a product that was closed stays until it has slid out of sight. */
static void
finish_closing (GumProductsPage *self)
{
  if (!adw_leaflet_get_child_transition_running (self->leaflet) &&
      adw_leaflet_get_visible_child (self->leaflet) == GTK_WIDGET (self->pane) &&
      adw_leaflet_get_folded (self->leaflet) && is_open (self))
    hide_detail (self);
}

static void
close_product (GumProductsPage *self)
{
  if (!is_open (self))
    return;

  gum_product_list_rest (gum_products_pane_get_list (self->pane));
  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->pane));
  gtk_widget_grab_focus (gum_product_list_get_view (gum_products_pane_get_list (self->pane)));
  if (adw_leaflet_get_folded (self->leaflet))
    finish_closing (self);
  else
    hide_detail (self);
}

/* Beside the list the page opens without taking the keyboard away from it; over the list it takes it. */
static void
place_focus (GumProductsPage *self)
{
  GtkWidget *view = gum_product_list_get_view (gum_products_pane_get_list (self->pane));

  if (!is_open (self) || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  if (adw_leaflet_get_folded (self->leaflet))
    gtk_widget_child_focus (GTK_WIDGET (self->detail), GTK_DIR_TAB_FORWARD);
  else
    gtk_widget_grab_focus (view);
}

static void
folded_cb (GumProductsPage *self)
{
  update_edges (self);
  if (adw_leaflet_get_folded (self->leaflet))
    place_focus (self);
}

static GListModel *
get_model (GumProductsPage *self)
{
  GtkWidget *view = gum_product_list_get_view (gum_products_pane_get_list (self->pane));

  return G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (view)));
}

static void
stop_preparing (GumProductsPage *self)
{
  if (self->prepare_tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->prepare_tick);
  self->prepare_tick = 0;
  g_clear_handle_id (&self->prepare_id, g_source_remove);
}

static void
make_detail (GumProductsPage *self)
{
  AdwLeafletPage *page;

  stop_preparing (self);
  if (self->detail != NULL)
    return;

  self->detail = g_object_new (GUM_TYPE_PRODUCT_DETAIL,
                               "visible", FALSE,
                               "hexpand", TRUE,
                               NULL);
  gum_product_detail_set_shop (self->detail, gum_section_get_shop (GUM_SECTION (self)));
  g_signal_connect_object (self->detail, "close", G_CALLBACK (close_product), self,
                           G_CONNECT_SWAPPED);
  page = adw_leaflet_append (self->leaflet, GTK_WIDGET (self->detail));
  adw_leaflet_page_set_name (page, "detail");
}

static gboolean
prepare_parts_cb (gpointer user_data)
{
  GumProductsPage *self = user_data;

  self->prepare_id = 0;
  gum_product_detail_prepare_parts (self->detail);
  return G_SOURCE_REMOVE;
}

static gboolean
prepare_head_cb (gpointer user_data)
{
  GumProductsPage *self = user_data;
  g_autoptr(GumProduct) product = g_list_model_get_item (get_model (self), 0);

  if (product != NULL)
    gum_product_detail_prepare_head (self->detail, product);
  self->prepare_id = g_idle_add_full (G_PRIORITY_LOW, prepare_parts_cb, self, NULL);
  return G_SOURCE_REMOVE;
}

static gboolean
prepare_cb (gpointer user_data)
{
  GumProductsPage *self = user_data;

  self->prepare_id = 0;
  make_detail (self);
  self->prepare_id = g_idle_add_full (G_PRIORITY_LOW, prepare_head_cb, self, NULL);
  return G_SOURCE_REMOVE;
}

static gboolean
seen_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  GumProductsPage *self = GUM_PRODUCTS_PAGE (widget);

  /* The tick comes before the frame is painted. */
  if (++self->frames < 2)
    return G_SOURCE_CONTINUE;
  self->prepare_tick = 0;
  self->prepare_id = g_idle_add_full (G_PRIORITY_LOW, prepare_cb, self, NULL);
  return G_SOURCE_REMOVE;
}

/* The list is what the program starts with; it does not wait for a page that nobody has asked for. But once
 * there are products to be seen, the page is made ready for the first one that is opened. */
static void
listed_cb (GumProductsPage *self)
{
  if (self->detail == NULL && self->prepare_tick == 0 && self->prepare_id == 0 &&
      g_list_model_get_n_items (get_model (self)) > 0)
    self->prepare_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), seen_cb, NULL, NULL);
}

static void
open_product (GumProductsPage *self,
              GumProduct      *product)
{
  const char *id = gum_resource_get_id (GUM_RESOURCE (product));

  make_detail (self);
  gum_product_list_rest (gum_products_pane_get_list (self->pane));
  gum_product_detail_set_product (self->detail, product);
  gtk_widget_set_visible (GTK_WIDGET (self->detail), TRUE);
  gtk_widget_set_visible (self->separator, TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self->pane), FALSE);
  gtk_widget_set_size_request (GTK_WIDGET (self->pane), LIST_WIDTH, -1);
  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->detail));
  gum_product_list_select (gum_products_pane_get_list (self->pane), id, FALSE);
  update_edges (self);
  place_focus (self);
}

static void
open_cb (GumProductsPage *self,
         GumProduct      *product)
{
  open_product (self, product);
}

/* Beside an open product, the arrow keys turn its pages. */
static void
selected_cb (GumProductsPage *self,
             GumProduct      *product)
{
  if (is_open (self) && !adw_leaflet_get_folded (self->leaflet))
    gum_product_detail_set_product (self->detail, product);
}

static gboolean
try_place (GumProductsPage *self)
{
  GumStore *store = gum_shop_get_store (gum_section_get_shop (GUM_SECTION (self)));
  g_autoptr (GumProduct) product = NULL;

  if (self->place == NULL || store == NULL)
    return FALSE;
  product = gum_store_dup_product (store, self->place);
  g_clear_pointer (&self->place, g_free);
  if (product == NULL)
    return FALSE;
  open_product (self, product);
  gum_product_list_select (gum_products_pane_get_list (self->pane),
                           gum_resource_get_id (GUM_RESOURCE (product)), TRUE);
  return TRUE;
}

static void
store_cb (GumProductsPage *self)
{
  GumStore *store = gum_shop_get_store (gum_section_get_shop (GUM_SECTION (self)));

  /* What is open belongs to the ledger that is gone. */
  if (store == NULL)
    close_product (self);
  else
    try_place (self);
}

static void
open_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  gum_section_set_place (GUM_SECTION (widget), g_variant_get_string (parameter, NULL));
}

/* A product, and what of it is to lie over its page; "": nothing. */
static void
show_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  GumProductsPage *self = GUM_PRODUCTS_PAGE (widget);
  const char *id;
  const char *page;
  GumProduct *product;

  g_variant_get (parameter, "(&s&s)", &id, &page);
  gum_section_set_place (GUM_SECTION (self), id);
  product = is_open (self) ? gum_product_detail_get_product (self->detail) : NULL;
  if (product == NULL || g_strcmp0 (gum_resource_get_id (GUM_RESOURCE (product)), id) != 0)
    {
      gum_section_add_toast (widget, _("The product is not there any more"));
      return;
    }

  if (gum_product_detail_get_subpage (self->detail) != NULL)
    gum_product_detail_go_back (self->detail);
  gum_product_subpages_open (self->detail, page);
}

static void
create_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  gum_product_create_present (widget, gum_section_get_shop (GUM_SECTION (widget)), NULL);
}

static gboolean
copy_link_cb (GtkWidget *widget,
              GVariant  *arguments,
              gpointer   user_data)
{
  GumProductsPage *self = GUM_PRODUCTS_PAGE (widget);
  g_autoptr(GumProduct) product = NULL;

  product = is_open (self)
    ? g_object_ref (gum_product_detail_get_product (self->detail))
    : gum_product_list_dup_selected (gum_products_pane_get_list (self->pane));
  if (product == NULL)
    return GDK_EVENT_PROPAGATE;
  gum_product_actions_copy_link (widget, product);
  return GDK_EVENT_STOP;
}

static void
gum_products_page_refresh (GumSection *section)
{
  GumProductsPage *self = GUM_PRODUCTS_PAGE (section);

  GUM_SECTION_CLASS (gum_products_page_parent_class)->refresh (section);
  if (is_open (self))
    gum_product_detail_refresh (self->detail);
}

static void
gum_products_page_start_search (GumSection *section)
{
  GumProductsPage *self = GUM_PRODUCTS_PAGE (section);

  if (adw_leaflet_get_folded (self->leaflet))
    close_product (self);
  gum_products_pane_start_search (self->pane);
}

static void
gum_products_page_create (GumSection *section)
{
  gtk_widget_activate_action (GTK_WIDGET (section), "products.create", NULL);
}

static gboolean
gum_products_page_go_back (GumSection *section)
{
  GumProductsPage *self = GUM_PRODUCTS_PAGE (section);

  if (is_open (self) && gum_product_detail_go_back (self->detail))
    return TRUE;
  if (gum_product_list_unselect (gum_products_pane_get_list (self->pane)))
    return TRUE;
  if (is_open (self))
    {
      close_product (self);
      return TRUE;
    }
  return gum_products_pane_stop_search (self->pane);
}

static char *
gum_products_page_dup_place (GumSection *section)
{
  GumProductsPage *self = GUM_PRODUCTS_PAGE (section);

  if (!is_open (self))
    return g_strdup (self->place);
  return g_strdup (gum_resource_get_id (GUM_RESOURCE (gum_product_detail_get_product (self->detail))));
}

static void
gum_products_page_set_place (GumSection *section,
                             const char *place)
{
  GumProductsPage *self = GUM_PRODUCTS_PAGE (section);

  g_free (self->place);
  self->place = g_strdup (place);
  if (place == NULL)
    close_product (self);
  else
    try_place (self);
}

static AdwBin *
gum_products_page_get_banner_slot (GumSection *section)
{
  return gum_products_pane_get_banner_slot (GUM_PRODUCTS_PAGE (section)->pane);
}

static gboolean
gum_products_page_grab_focus (GtkWidget *widget)
{
  GumProductsPage *self = GUM_PRODUCTS_PAGE (widget);

  if (is_open (self) && adw_leaflet_get_folded (self->leaflet))
    return gtk_widget_child_focus (GTK_WIDGET (self->detail), GTK_DIR_TAB_FORWARD);

  return gtk_widget_grab_focus (GTK_WIDGET (self->pane));
}

static void
gum_products_page_constructed (GObject *object)
{
  GumProductsPage *self = GUM_PRODUCTS_PAGE (object);
  GumShop *shop = gum_section_get_shop (GUM_SECTION (object));

  G_OBJECT_CLASS (gum_products_page_parent_class)->constructed (object);

  gum_products_pane_set_shop (self->pane, shop);
  g_signal_connect_object (shop, "notify::store", G_CALLBACK (store_cb), self, G_CONNECT_SWAPPED);
  update_edges (self);
}

static void
gum_products_page_dispose (GObject *object)
{
  stop_preparing (GUM_PRODUCTS_PAGE (object));
  /* The bin would look for a child that the template has taken away. */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), GUM_TYPE_PRODUCTS_PAGE);
  GUM_PRODUCTS_PAGE (object)->detail = NULL;

  G_OBJECT_CLASS (gum_products_page_parent_class)->dispose (object);
}

static void
gum_products_page_finalize (GObject *object)
{
  g_free (GUM_PRODUCTS_PAGE (object)->place);

  G_OBJECT_CLASS (gum_products_page_parent_class)->finalize (object);
}

static void
gum_products_page_class_init (GumProductsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GumSectionClass *section_class = GUM_SECTION_CLASS (klass);

  object_class->constructed = gum_products_page_constructed;
  object_class->dispose = gum_products_page_dispose;
  object_class->finalize = gum_products_page_finalize;
  widget_class->focus = gum_focus_child;
  widget_class->grab_focus = gum_products_page_grab_focus;
  section_class->refresh = gum_products_page_refresh;
  section_class->start_search = gum_products_page_start_search;
  section_class->create = gum_products_page_create;
  section_class->go_back = gum_products_page_go_back;
  section_class->dup_place = gum_products_page_dup_place;
  section_class->set_place = gum_products_page_set_place;
  section_class->get_banner_slot = gum_products_page_get_banner_slot;

  g_type_ensure (GUM_TYPE_PRODUCTS_PANE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Gumroad/ui/gum-products-page.ui");
  gtk_widget_class_bind_template_child (widget_class, GumProductsPage, leaflet);
  gtk_widget_class_bind_template_child (widget_class, GumProductsPage, pane);
  gtk_widget_class_bind_template_child (widget_class, GumProductsPage, separator);
  gtk_widget_class_install_action (widget_class, "products.open", "s", open_action);
  gtk_widget_class_install_action (widget_class, "products.show", "(ss)", show_action);
  gtk_widget_class_install_action (widget_class, "products.create", NULL, create_action);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_c, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                copy_link_cb, NULL);
}

static void
gum_products_page_init (GumProductsPage *self)
{
  GumProductList *list;

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_hexpand (GTK_WIDGET (self->pane), TRUE);
  list = gum_products_pane_get_list (self->pane);
  g_signal_connect_object (get_model (self), "items-changed", G_CALLBACK (listed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (list, "open", G_CALLBACK (open_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (list, "selected", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->leaflet, "notify::child-transition-running",
                           G_CALLBACK (finish_closing), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->leaflet, "notify::folded", G_CALLBACK (folded_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self, "notify::folded", G_CALLBACK (update_edges), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
gum_products_page_new (GumShop *shop)
{
  g_return_val_if_fail (GUM_IS_SHOP (shop), NULL);

  return g_object_new (GUM_TYPE_PRODUCTS_PAGE,
                       "shop", shop,
                       "title", _("Products"),
                       NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The products of the shop to choose one from: typing searches, Return takes the first that was found.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-product-picker.h"

#include "gum-build.h"
#include "gum-product-facts.h"
#include "gum-query.h"

#include <glib/gi18n.h>

struct _GumProductPicker
{
  AdwWindow  parent_instance;

  /* owned */
  GumQuery  *query;

  /* widgets */
  GtkWidget *search;
  GtkWidget *list;
};

enum {
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GumProductPicker, gum_product_picker, ADW_TYPE_WINDOW)

static void
choose (GumProductPicker *self,
        guint             position)
{
  g_autoptr (GumProduct) product = NULL;

  product = self->query != NULL ? g_list_model_get_item (G_LIST_MODEL (self->query), position)
                                : NULL;
  if (product == NULL)
    return;

  g_signal_emit (self, signals[CHOSEN], 0, product);
  gtk_window_close (GTK_WINDOW (self));
}

static void
search_cb (GumProductPicker *self)
{
  if (self->query != NULL)
    gum_query_set_search (self->query, gtk_editable_get_text (GTK_EDITABLE (self->search)));
}

static void
search_activated_cb (GumProductPicker *self)
{
  /* What is shown may still be what was found before. */
  if (self->query != NULL && !gum_query_get_pending (self->query))
    choose (self, 0);
}

static void
setup_cb (GtkListItemFactory *factory,
          GtkListItem        *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *name = gtk_label_new (NULL);
  GtkWidget *price = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_add_css_class (price, "dim-label");
  gtk_widget_add_css_class (price, "numeric");
  gtk_widget_set_size_request (box, -1, 34);
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), price);
  gtk_list_item_set_child (item, box);
}

static void
bind_cb (GtkListItemFactory *factory,
         GtkListItem        *item)
{
  GtkWidget *box = gtk_list_item_get_child (item);
  GumProduct *product = gtk_list_item_get_item (item);
  g_autofree char *name = gum_product_facts_dup_name (product);
  g_autofree char *price = gum_product_facts_dup_price (product);
  g_autofree char *sentence = gum_product_facts_dup_sentence (product);

  gtk_label_set_text (GTK_LABEL (gtk_widget_get_first_child (box)), name);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_last_child (box)), price);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (box)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, sentence,
                                  -1);
}

static void
activated_cb (GumProductPicker *self,
              guint             position)
{
  choose (self, position);
}

static void
gum_product_picker_dispose (GObject *object)
{
  GumProductPicker *self = GUM_PRODUCT_PICKER (object);

  g_clear_object (&self->query);

  G_OBJECT_CLASS (gum_product_picker_parent_class)->dispose (object);
}

static void
gum_product_picker_class_init (GumProductPickerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gum_product_picker_dispose;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 1, GUM_TYPE_PRODUCT);
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
gum_product_picker_init (GumProductPicker *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gum_build_belong (GTK_WINDOW (self));
  gtk_window_set_title (GTK_WINDOW (self), _("Choose a Product"));
  gtk_window_set_default_size (GTK_WINDOW (self), 360, 560);

  self->search = gtk_search_entry_new ();
  g_object_set (self->search, "placeholder-text", _("Search products"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Search products"), -1);
  gtk_widget_set_margin_start (self->search, 12);
  gtk_widget_set_margin_end (self->search, 12);
  gtk_widget_set_margin_bottom (self->search, 12);
  gtk_search_entry_set_key_capture_widget (GTK_SEARCH_ENTRY (self->search), GTK_WIDGET (self));

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  self->list = gtk_list_view_new (NULL, factory);
  gtk_list_view_set_single_click_activate (GTK_LIST_VIEW (self->list), TRUE);
  gtk_widget_add_css_class (self->list, "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Products"), -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list);
  gtk_widget_set_vexpand (scroller, TRUE);

  gtk_widget_add_css_class (header, "flat");
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), self->search);
  gtk_box_append (GTK_BOX (box), scroller);
  adw_window_set_content (ADW_WINDOW (self), box);

  g_signal_connect_object (self->search, "search-changed", G_CALLBACK (search_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "activate", G_CALLBACK (search_activated_cb), self,
                           G_CONNECT_SWAPPED);
  /* Escape in a search is a signal and goes no further. */
  g_signal_connect_object (self->search, "stop-search", G_CALLBACK (gtk_window_close), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "activate", G_CALLBACK (activated_cb), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
gum_product_picker_new (GtkWidget *parent,
                        GumShop   *shop)
{
  GumProductPicker *self = g_object_new (GUM_TYPE_PRODUCT_PICKER, NULL);
  GumStore *store = gum_shop_get_store (shop);
  GtkRoot *root = gtk_widget_get_root (parent);

  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (self), GTK_WINDOW (root));
  if (store != NULL)
    {
      g_autoptr (GtkSelectionModel) model = NULL;

      self->query = gum_query_new (store);
      gum_query_set_sort (self->query, GUM_SORT_NAME, FALSE);
      model = GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (G_LIST_MODEL (
                                                                         self->query))));
      gtk_list_view_set_model (GTK_LIST_VIEW (self->list), model);
    }

  return GTK_WIDGET (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reviews of a product, a hundred at a time: the next ones are read when the end of the list is reached.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-reviews-page.h"

#include "gum-review-row.h"

#include <glib/gi18n.h>

struct _GumReviewsPage
{
  GumPartPage    parent_instance;

  /* owned */
  GumCollection *reviews;

  /* widgets */
  GtkWidget     *list;
  GtkWidget     *more;
};

G_DEFINE_FINAL_TYPE (GumReviewsPage, gum_reviews_page, GUM_TYPE_PART_PAGE)

static const GumPartWords words = {
  "starred-symbolic", N_("No Reviews"),
  N_("Gumroad lists reviews that have words, or a video that you have approved."),
  NULL, NULL,
};

static void
setup_cb (GtkListItemFactory *factory,
          GtkListItem        *item)
{
  gtk_list_item_set_child (item, gum_review_row_new ());
  gtk_list_item_set_activatable (item, FALSE);
}

static void
bind_cb (GtkListItemFactory *factory,
         GtkListItem        *item)
{
  GumReviewRow *row = GUM_REVIEW_ROW (gtk_list_item_get_child (item));
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (row));

  gum_review_row_set_review (row, gtk_list_item_get_item (item));
  gtk_accessible_update_property (GTK_ACCESSIBLE (parent), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gum_review_row_get_label (row), -1);
}

static void
show_more (GumReviewsPage *self)
{
  gtk_widget_set_visible (self->more, gum_collection_has_more (self->reviews));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "reviews.more",
                                 !gum_collection_is_loading (self->reviews));
}

static void
edge_cb (GumReviewsPage  *self,
         GtkPositionType  position)
{
  /* After a failure the button is there for it. */
  if (position == GTK_POS_BOTTOM && self->reviews != NULL &&
      gum_collection_get_error (self->reviews) == NULL)
    gum_collection_read_more (self->reviews);
}

static void
more_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  GumReviewsPage *self = GUM_REVIEWS_PAGE (widget);

  if (self->reviews != NULL)
    gum_collection_read_more (self->reviews);
}

static void
gum_reviews_page_read (GumPartPage *page)
{
  gum_collection_read (GUM_REVIEWS_PAGE (page)->reviews);
}

static GtkWidget *
create_list (GumReviewsPage *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_scrollable_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  self->list = gtk_list_view_new (NULL, factory);
  gtk_widget_add_css_class (self->list, "gum-reviews");
  gtk_list_view_set_show_separators (GTK_LIST_VIEW (self->list), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Reviews"), -1);
  adw_clamp_scrollable_set_maximum_size (ADW_CLAMP_SCROLLABLE (clamp), 720);
  adw_clamp_scrollable_set_tightening_threshold (ADW_CLAMP_SCROLLABLE (clamp), 560);
  adw_clamp_scrollable_set_child (ADW_CLAMP_SCROLLABLE (clamp), self->list);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  g_signal_connect_object (scroller, "edge-reached", G_CALLBACK (edge_cb), self, G_CONNECT_SWAPPED);

  return scroller;
}

static void
gum_reviews_page_constructed (GObject *object)
{
  GumReviewsPage *self = GUM_REVIEWS_PAGE (object);
  GumStore *store;

  G_OBJECT_CLASS (gum_reviews_page_parent_class)->constructed (object);

  gum_subpage_set_title (GUM_SUBPAGE (self), _("Reviews"));
  gum_part_page_set_list_content (GUM_PART_PAGE (self), create_list (self));
  self->more = gtk_button_new_with_mnemonic (_("Read _More"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->more), "reviews.more");
  gtk_widget_set_halign (self->more, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_top (self->more, 6);
  gtk_widget_set_margin_bottom (self->more, 6);
  gtk_widget_set_visible (self->more, FALSE);
  gum_subpage_set_bottom (GUM_SUBPAGE (self), self->more);

  store = gum_subpage_get_store (GUM_SUBPAGE (self));
  if (store != NULL)
    {
      g_autofree char *parent = gum_part_page_dup_parent (GUM_PART_PAGE (self));
      g_autoptr (GtkSelectionModel) model = NULL;

      self->reviews = gum_store_dup_collection (store, &gum_review_endpoint, parent);
      model = GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (G_LIST_MODEL (
                                                                         self->reviews))));
      gtk_list_view_set_model (GTK_LIST_VIEW (self->list), model);
      g_signal_connect_object (self->reviews, "notify", G_CALLBACK (show_more), self,
                               G_CONNECT_SWAPPED);
      show_more (self);
    }
  gum_part_page_set_list (GUM_PART_PAGE (self), self->reviews, &words);
}

static void
gum_reviews_page_dispose (GObject *object)
{
  GumReviewsPage *self = GUM_REVIEWS_PAGE (object);

  if (self->reviews != NULL)
    g_signal_handlers_disconnect_by_data (self->reviews, self);
  g_clear_object (&self->reviews);

  G_OBJECT_CLASS (gum_reviews_page_parent_class)->dispose (object);
}

static void
gum_reviews_page_class_init (GumReviewsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = gum_reviews_page_constructed;
  object_class->dispose = gum_reviews_page_dispose;
  GUM_PART_PAGE_CLASS (klass)->read = gum_reviews_page_read;

  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "reviews.more", NULL, more_action);
}

static void
gum_reviews_page_init (GumReviewsPage *self)
{
}

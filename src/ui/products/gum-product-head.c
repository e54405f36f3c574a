/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The top of a product's page: what it is, whether it is on sale, what it has brought, and what can be
 * done with it.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-product-head.h"

#include "gum-line-layout.h"
#include "gum-picture.h"
#include "gum-product-actions.h"
#include "gum-product-facts.h"
#include "gum-wrap.h"

#include <glib/gi18n.h>

struct _GumProductHead
{
  GtkBox      parent_instance;

  /* template */
  GumPicture *picture;
  GtkLabel   *name;
  GtkLabel   *price;
  GtkWidget  *dot;
  GtkLabel   *state;
  GtkLabel   *kind;
  GtkWidget  *figures;
  GtkLabel   *sales;
  GtkLabel   *revenue;
  GtkWidget  *changes;
  GtkWidget  *edit;
  GtkLabel   *edit_label;
  GtkWidget  *publish;
  GtkLabel   *publish_label;
  GtkWidget  *actions;
};

G_DEFINE_FINAL_TYPE (GumProductHead, gum_product_head, GTK_TYPE_BOX)

static void
gum_product_head_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), GUM_TYPE_PRODUCT_HEAD);

  G_OBJECT_CLASS (gum_product_head_parent_class)->dispose (object);
}

static void
gum_product_head_class_init (GumProductHeadClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gum_product_head_dispose;

  g_type_ensure (GUM_TYPE_LINE_LAYOUT);
  g_type_ensure (GUM_TYPE_PICTURE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Gumroad/ui/gum-product-head.ui");
  gtk_widget_class_bind_template_child (widget_class, GumProductHead, picture);
  gtk_widget_class_bind_template_child (widget_class, GumProductHead, name);
  gtk_widget_class_bind_template_child (widget_class, GumProductHead, price);
  gtk_widget_class_bind_template_child (widget_class, GumProductHead, dot);
  gtk_widget_class_bind_template_child (widget_class, GumProductHead, state);
  gtk_widget_class_bind_template_child (widget_class, GumProductHead, kind);
  gtk_widget_class_bind_template_child (widget_class, GumProductHead, figures);
  gtk_widget_class_bind_template_child (widget_class, GumProductHead, sales);
  gtk_widget_class_bind_template_child (widget_class, GumProductHead, revenue);
  gtk_widget_class_bind_template_child (widget_class, GumProductHead, changes);
  gtk_widget_class_bind_template_child (widget_class, GumProductHead, edit);
  gtk_widget_class_bind_template_child (widget_class, GumProductHead, edit_label);
  gtk_widget_class_bind_template_child (widget_class, GumProductHead, publish);
  gtk_widget_class_bind_template_child (widget_class, GumProductHead, publish_label);
  gtk_widget_class_bind_template_child (widget_class, GumProductHead, actions);
}

static void
gum_product_head_init (GumProductHead *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gum_wrap_words (GTK_WIDGET (self));
  gum_picture_set_size (self->picture, 96, 96);
}

static void
show_changes (GumProductHead *self,
              GumProduct     *product,
              gboolean        has_draft,
              gboolean        deleted)
{
  gboolean on_sale = gum_product_is_published (product);

  gtk_widget_set_visible (self->changes, !deleted);
  gtk_label_set_label (self->edit_label, has_draft ? _("_Edit Draft") : _("_Edit"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->edit),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, has_draft ? _("Edit Draft") : _("Edit"),
                                  -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->publish),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, on_sale ? _("Unpublish") : _("Publish"),
                                  -1);
  gtk_label_set_label (self->publish_label, on_sale ? _("Un_publish") : _("_Publish"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->publish),
                                  on_sale ? "product.unpublish" : "product.publish");
}

void
gum_product_head_show (GumProductHead *self,
                       GumProduct     *product,
                       GumPictures    *pictures,
                       gboolean        has_draft,
                       gboolean        deleted)
{
  g_autofree char *name = NULL;
  g_autofree char *price = NULL;
  g_autofree char *sales = NULL;
  g_autofree char *revenue = NULL;
  g_autofree char *link = NULL;
  gboolean plain;

  g_return_if_fail (GUM_IS_PRODUCT_HEAD (self));

  gum_picture_set_pictures (self->picture, pictures);
  if (product == NULL)
    {
      gum_picture_set_source (self->picture, NULL, NULL);
      return;
    }

  name = gum_product_facts_dup_name (product);
  price = gum_product_facts_dup_price (product);
  sales = gum_product_facts_dup_sales (product);
  revenue = gum_product_facts_dup_revenue (product);
  link = gum_product_facts_dup_link (product);
  plain = gum_product_get_kind (product) == GUM_PRODUCT_KIND_PRODUCT;

  gum_picture_set_source (self->picture, gum_product_get_thumbnail_url (product), name);
  gtk_label_set_text (self->name, name);
  gtk_label_set_text (self->price, price);
  gum_product_actions_style_dot (self->dot, product);
  gtk_label_set_text (self->state, deleted ? _("Deleted") : gum_product_facts_get_state (product));
  if (deleted)
    {
      gtk_widget_remove_css_class (self->dot, "on");
      gtk_widget_add_css_class (self->dot, "gone");
    }
  gtk_label_set_text (self->kind, gum_product_facts_get_kind (product));
  gtk_widget_set_visible (GTK_WIDGET (self->kind), !plain);
  gtk_label_set_text (self->sales, sales);
  gtk_label_set_text (self->revenue, revenue);
  /* Both or neither are sent: the connection may not be allowed to see them. */
  gtk_widget_set_visible (self->figures,
                          gum_resource_has (GUM_RESOURCE (product), "sales-count") ||
                          gum_resource_has (GUM_RESOURCE (product), "sales-usd-cents"));
  show_changes (self, product, has_draft, deleted);
  gtk_widget_set_visible (self->actions, link != NULL && !deleted);
}

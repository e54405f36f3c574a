/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A page over a product's page: a header bar with the way back, a title with the product's name under
 * it, and whatever the subclass puts below.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-subpage.h"

#include "gum-product-facts.h"

#include <glib/gi18n.h>

typedef struct
{
  /* owned */
  GumShop        *shop;
  GumProduct     *product;

  /* widgets */
  AdwHeaderBar   *header;
  AdwWindowTitle *title;
  GtkWidget      *content;
  GtkWidget      *bottom;
  GtkBox         *box;
} GumSubpagePrivate;

enum {
  PROP_0,
  PROP_SHOP,
  PROP_PRODUCT,
  PROP_TITLE,
  N_PROPS
};

enum {
  CLOSE,
  N_SIGNALS
};

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (GumSubpage, gum_subpage, ADW_TYPE_BIN)

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
show_name (GumSubpage *self)
{
  GumSubpagePrivate *priv = gum_subpage_get_instance_private (self);
  g_autofree char *name = gum_product_facts_dup_name (priv->product);

  adw_window_title_set_subtitle (priv->title, name);
}

static void
close_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  gum_subpage_close (GUM_SUBPAGE (widget));
}

static void
gum_subpage_constructed (GObject *object)
{
  GumSubpage *self = GUM_SUBPAGE (object);
  GumSubpagePrivate *priv = gum_subpage_get_instance_private (self);

  G_OBJECT_CLASS (gum_subpage_parent_class)->constructed (object);

  g_signal_connect_object (priv->product, "notify::name", G_CALLBACK (show_name), self,
                           G_CONNECT_SWAPPED);
  show_name (self);
}

static void
gum_subpage_dispose (GObject *object)
{
  GumSubpage *self = GUM_SUBPAGE (object);
  GumSubpagePrivate *priv = gum_subpage_get_instance_private (self);

  g_clear_object (&priv->product);
  g_clear_object (&priv->shop);

  G_OBJECT_CLASS (gum_subpage_parent_class)->dispose (object);
}

static void
gum_subpage_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  GumSubpage *self = GUM_SUBPAGE (object);
  GumSubpagePrivate *priv = gum_subpage_get_instance_private (self);

  switch (prop_id)
    {
    case PROP_SHOP:
      g_value_set_object (value, priv->shop);
      break;
    case PROP_PRODUCT:
      g_value_set_object (value, priv->product);
      break;
    case PROP_TITLE:
      g_value_set_string (value, adw_window_title_get_title (priv->title));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
gum_subpage_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  GumSubpage *self = GUM_SUBPAGE (object);
  GumSubpagePrivate *priv = gum_subpage_get_instance_private (self);

  switch (prop_id)
    {
    case PROP_SHOP:
      priv->shop = g_value_dup_object (value);
      break;
    case PROP_PRODUCT:
      priv->product = g_value_dup_object (value);
      break;
    case PROP_TITLE:
      gum_subpage_set_title (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
gum_subpage_class_init (GumSubpageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->constructed = gum_subpage_constructed;
  object_class->dispose = gum_subpage_dispose;
  object_class->get_property = gum_subpage_get_property;
  object_class->set_property = gum_subpage_set_property;

  properties[PROP_SHOP] =
    g_param_spec_object ("shop", NULL, NULL, GUM_TYPE_SHOP,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | flags);
  properties[PROP_PRODUCT] =
    g_param_spec_object ("product", NULL, NULL, GUM_TYPE_PRODUCT,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | flags);
  properties[PROP_TITLE] =
    g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_READWRITE | flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CLOSE] = g_signal_new ("close", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                 NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_install_action (widget_class, "subpage.close", NULL, close_action);
}

static void
gum_subpage_init (GumSubpage *self)
{
  GumSubpagePrivate *priv = gum_subpage_get_instance_private (self);
  GtkWidget *back = gtk_button_new_from_icon_name ("go-previous-symbolic");

  priv->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  priv->header = ADW_HEADER_BAR (adw_header_bar_new ());
  priv->title = ADW_WINDOW_TITLE (adw_window_title_new ("", ""));
  adw_header_bar_set_title_widget (priv->header, GTK_WIDGET (priv->title));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (back), "subpage.close");
  gtk_widget_set_tooltip_text (back, _("Back to the Product"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (back),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Back to the product"),
                                  -1);
  adw_header_bar_pack_start (priv->header, back);

  gtk_box_append (priv->box, GTK_WIDGET (priv->header));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (priv->box));
}

GumShop *
gum_subpage_get_shop (GumSubpage *self)
{
  GumSubpagePrivate *priv = gum_subpage_get_instance_private (self);

  g_return_val_if_fail (GUM_IS_SUBPAGE (self), NULL);

  return priv->shop;
}

GumProduct *
gum_subpage_get_product (GumSubpage *self)
{
  GumSubpagePrivate *priv = gum_subpage_get_instance_private (self);

  g_return_val_if_fail (GUM_IS_SUBPAGE (self), NULL);

  return priv->product;
}

GumStore *
gum_subpage_get_store (GumSubpage *self)
{
  GumSubpagePrivate *priv = gum_subpage_get_instance_private (self);

  g_return_val_if_fail (GUM_IS_SUBPAGE (self), NULL);

  return priv->shop != NULL ? gum_shop_get_store (priv->shop) : NULL;
}

void
gum_subpage_set_title (GumSubpage *self,
                       const char *title)
{
  GumSubpagePrivate *priv = gum_subpage_get_instance_private (self);

  g_return_if_fail (GUM_IS_SUBPAGE (self));

  adw_window_title_set_title (priv->title, title != NULL ? title : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, title != NULL ? title : "",
                                  -1);
}

void
gum_subpage_set_content (GumSubpage *self,
                         GtkWidget  *content)
{
  GumSubpagePrivate *priv = gum_subpage_get_instance_private (self);

  g_return_if_fail (GUM_IS_SUBPAGE (self));
  g_return_if_fail (GTK_IS_WIDGET (content));
  g_return_if_fail (priv->content == NULL);

  priv->content = content;
  gtk_widget_set_vexpand (content, TRUE);
  gtk_box_insert_child_after (priv->box, content, GTK_WIDGET (priv->header));
}

void
gum_subpage_set_bottom (GumSubpage *self,
                        GtkWidget  *bottom)
{
  GumSubpagePrivate *priv = gum_subpage_get_instance_private (self);

  g_return_if_fail (GUM_IS_SUBPAGE (self));
  g_return_if_fail (GTK_IS_WIDGET (bottom));
  g_return_if_fail (priv->bottom == NULL);

  priv->bottom = bottom;
  gtk_box_append (priv->box, bottom);
}

AdwHeaderBar *
gum_subpage_get_header (GumSubpage *self)
{
  GumSubpagePrivate *priv = gum_subpage_get_instance_private (self);

  g_return_val_if_fail (GUM_IS_SUBPAGE (self), NULL);

  return priv->header;
}

void
gum_subpage_refresh (GumSubpage *self)
{
  GumSubpageClass *klass;

  g_return_if_fail (GUM_IS_SUBPAGE (self));

  klass = GUM_SUBPAGE_GET_CLASS (self);
  if (klass->refresh != NULL)
    klass->refresh (self);
}

void
gum_subpage_close (GumSubpage *self)
{
  g_return_if_fail (GUM_IS_SUBPAGE (self));

  g_signal_emit (self, signals[CLOSE], 0);
}

gboolean
gum_subpage_is_shown (GumSubpage *self)
{
  GtkWidget *parent;

  g_return_val_if_fail (GUM_IS_SUBPAGE (self), FALSE);

  parent = gtk_widget_get_parent (GTK_WIDGET (self));

  return parent != NULL && gtk_widget_get_root (parent) != NULL &&
         (!GTK_IS_STACK (parent) || gtk_stack_get_visible_child (GTK_STACK (parent)) == GTK_WIDGET (self));
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The pages that can lie over a product's page: one line each, an action and a type.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-product-subpages.h"

#include "gum-bundle-page.h"
#include "gum-content-form.h"
#include "gum-files-page.h"
#include "gum-covers-page.h"
#include "gum-product-form.h"
#include "gum-questions-page.h"
#include "gum-reviews-page.h"
#include "gum-skus-page.h"
#include "gum-versions-page.h"

static const struct {
  const char *action;
  GType     (*get_type) (void);
} subpages[] = {
  { "product.edit", gum_product_form_get_type },
  { "product.edit-bundle", gum_bundle_page_get_type },
  { "product.edit-content", gum_content_form_get_type },
  { "product.edit-files", gum_files_page_get_type },
  { "product.edit-questions", gum_questions_page_get_type },
  { "product.edit-versions", gum_versions_page_get_type },
  { "product.reviews", gum_reviews_page_get_type },
  { "product.skus", gum_skus_page_get_type },
  { "product.edit-covers", gum_covers_page_get_type },
};

static void
open_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  gum_product_subpages_open (GUM_PRODUCT_DETAIL (widget), name);
}

void
gum_product_subpages_install (GtkWidgetClass *klass)
{
  for (guint i = 0; i < G_N_ELEMENTS (subpages); i++)
    gtk_widget_class_install_action (klass, subpages[i].action, NULL, open_action);
}

void
gum_product_subpages_set_enabled (GumProductDetail *detail,
                                  gboolean          enabled)
{
  g_return_if_fail (GUM_IS_PRODUCT_DETAIL (detail));

  for (guint i = 0; i < G_N_ELEMENTS (subpages); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (detail), subpages[i].action, enabled);
}

void
gum_product_subpages_open (GumProductDetail *detail,
                           const char       *action)
{
  GumProduct *product = gum_product_detail_get_product (detail);

  g_return_if_fail (GUM_IS_PRODUCT_DETAIL (detail));

  if (product == NULL)
    return;

  for (guint i = 0; i < G_N_ELEMENTS (subpages); i++)
    {
      if (g_strcmp0 (subpages[i].action, action) == 0)
        gum_product_detail_push (detail, g_object_new (subpages[i].get_type (),
                                                       "shop", gum_product_detail_get_shop (detail),
                                                       "product", product,
                                                       NULL));
    }
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The words of a product: summary, description, receipt.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-detail-rows.h"
#include "gum-html-view.h"

#include <glib/gi18n.h>

static GtkWidget *
put_in_card (GtkWidget *child)
{
  GtkWidget *card = adw_bin_new ();

  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "gum-prose");
  adw_bin_set_child (ADW_BIN (card), child);
  return card;
}

GtkWidget *
gum_detail_build_text (GumProduct *product,
                       GumShop    *shop)
{
  g_autofree char *summary = gum_detail_dup_string (product, "custom-summary");
  g_autofree char *description = gum_detail_dup_string (product, "description");
  GtkWidget *group = gum_detail_new_group (_("Description"), NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *view = gum_html_view_new ();
  gboolean anything = summary != NULL;

  if (summary != NULL)
    {
      GtkWidget *label = gum_detail_new_text (summary);

      gtk_widget_add_css_class (label, "gum-summary");
      gtk_box_append (GTK_BOX (box), label);
    }
  gtk_box_append (GTK_BOX (box), view);
  if (gum_html_view_set_html (GUM_HTML_VIEW (view), description))
    anything = TRUE;
  else
    gtk_widget_set_visible (view, FALSE);

  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), put_in_card (box));
  return gum_detail_finish_group (group, anything);
}

GtkWidget *
gum_detail_build_receipt (GumProduct *product,
                          GumShop    *shop)
{
  g_autofree char *receipt = gum_detail_dup_string (product, "custom-receipt");
  GtkWidget *group = gum_detail_new_group (_("Receipt"), _("What a buyer reads in the receipt."));
  GtkWidget *view = gum_html_view_new ();
  gboolean anything = gum_html_view_set_html (GUM_HTML_VIEW (view), receipt);

  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), put_in_card (view));
  return gum_detail_finish_group (group, anything);
}

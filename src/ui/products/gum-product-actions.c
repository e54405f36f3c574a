/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What can be done with a product here and on its page alike: see it in the browser, take its link.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-product-actions.h"

#include "gum-section.h"
#include "gum-product-facts.h"

#include <glib/gi18n.h>

static void
launched_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GtkWidget) widget = user_data;
  g_autoptr (GError) error = NULL;

  if (!g_app_info_launch_default_for_uri_finish (result, &error))
    {
      g_message ("no browser could be opened: %s", error->message);
      gum_section_add_toast (widget, _("No browser could be opened"));
    }
}

void
gum_product_actions_open_uri (GtkWidget  *widget,
                              const char *uri)
{
  g_autoptr (GdkAppLaunchContext) context = NULL;
  g_autofree char *checked = gum_facts_dup_http_uri (uri);

  if (checked == NULL)
    return;
  context = gdk_display_get_app_launch_context (gtk_widget_get_display (widget));
  g_app_info_launch_default_for_uri_async (checked, G_APP_LAUNCH_CONTEXT (context), NULL,
                                           launched_cb, g_object_ref (widget));
}

void
gum_product_actions_open_browser (GtkWidget  *widget,
                                  GumProduct *product)
{
  g_autofree char *link = product != NULL ? gum_product_facts_dup_link (product) : NULL;

  if (link != NULL)
    gum_product_actions_open_uri (widget, link);
  else if (product != NULL)
    gum_section_add_toast (widget, _("Gumroad gave no link for this product"));
}

void
gum_product_actions_copy_link (GtkWidget  *widget,
                               GumProduct *product)
{
  g_autofree char *link = product != NULL ? gum_product_facts_dup_link (product) : NULL;

  if (link != NULL)
    {
      gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), link);
      gum_section_add_toast (widget, _("Link copied"));
    }
  else if (product != NULL)
    {
      gum_section_add_toast (widget, _("Gumroad gave no link for this product"));
    }
}

static void
clicked_cb (GtkButton  *button,
            const char *uri)
{
  gum_product_actions_open_uri (GTK_WIDGET (button), uri);
}

static void
free_closure_data (gpointer  data,
                   GClosure *closure)
{
  g_free (data);
}

void
gum_product_actions_link_button (GtkWidget  *button,
                                 const char *uri)
{
  g_signal_connect_data (button, "clicked", G_CALLBACK (clicked_cb), g_strdup (uri),
                         free_closure_data, 0);
}

GtkWidget *
gum_product_actions_new_dot (void)
{
  GtkWidget *dot = g_object_new (GTK_TYPE_BOX,
                                 "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                 NULL);

  gtk_widget_add_css_class (dot, "gum-dot");
  return dot;
}

void
gum_product_actions_style_dot (GtkWidget  *dot,
                               GumProduct *product)
{
  gboolean deleted = FALSE;

  g_object_get (product, "deleted", &deleted, NULL);
  gtk_widget_remove_css_class (dot, "on");
  gtk_widget_remove_css_class (dot, "gone");
  if (deleted)
    gtk_widget_add_css_class (dot, "gone");
  else if (gum_product_is_published (product))
    gtk_widget_add_css_class (dot, "on");
}

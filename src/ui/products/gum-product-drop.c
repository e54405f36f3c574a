/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A new build, dropped on its product: the Files page opens and takes it.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-product-drop.h"

#include "gum-files-page.h"
#include "gum-product-subpages.h"

static gboolean
may_take (GumProductDetail *detail)
{
  return gum_product_detail_get_product (detail) != NULL && !gum_product_detail_is_deleted (detail);
}

static GdkDragAction
over_cb (GtkDropTarget    *target,
         double            x,
         double            y,
         GumProductDetail *detail)
{
  gtk_widget_set_visible (g_object_get_data (G_OBJECT (target), "hint"), may_take (detail));

  return may_take (detail) ? GDK_ACTION_COPY : 0;
}

static void
leave_cb (GtkDropTarget *target)
{
  gtk_widget_set_visible (g_object_get_data (G_OBJECT (target), "hint"), FALSE);
}

static gboolean
drop_cb (GtkDropTarget    *target,
         const GValue     *value,
         double            x,
         double            y,
         GumProductDetail *detail)
{
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  GumSubpage *page;

  leave_cb (target);
  if (!may_take (detail))
    return FALSE;

  for (GSList *l = g_value_get_boxed (value); l != NULL; l = l->next)
    g_list_store_append (files, l->data);
  gum_product_subpages_open (detail, "product.edit-files");
  page = gum_product_detail_get_subpage (detail);
  if (!GUM_IS_FILES_PAGE (page))
    return FALSE;
  gum_files_page_take (GUM_FILES_PAGE (page), G_LIST_MODEL (files), NULL);

  return TRUE;
}

void
gum_product_drop_install (GumProductDetail *detail,
                          GtkWidget        *page,
                          GtkWidget        *hint)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_object_set_data (G_OBJECT (target), "hint", hint);
  g_signal_connect_object (target, "enter", G_CALLBACK (over_cb), detail, 0);
  g_signal_connect_object (target, "motion", G_CALLBACK (over_cb), detail, 0);
  g_signal_connect_object (target, "leave", G_CALLBACK (leave_cb), detail, 0);
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), detail, 0);
  gtk_widget_add_controller (page, GTK_EVENT_CONTROLLER (target));
}

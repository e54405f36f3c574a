/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The main menu's button. Every header bar that can be the only one in the window has one, and shows it
 * while no other does, so that the menu is in reach at any width. Most of them are never seen: the button
 * and its menu are made when it is first shown. */

#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-main-menu.h"

#include <glib/gi18n-lib.h>

struct _GumMainMenu
{
  AdwBin parent_instance;

  /* Owned */
  GMenuModel *page_menu;    /* NULL: the page has none */
};

G_DEFINE_FINAL_TYPE (GumMainMenu, gum_main_menu, ADW_TYPE_BIN)

static void
ensure_button (GumMainMenu *self)
{
  g_autoptr(GtkBuilder) builder = NULL;
  g_autoptr(GMenu) menu = NULL;
  GtkWidget *button;

  if (adw_bin_get_child (ADW_BIN (self)) != NULL)
    return;

  menu = g_menu_new ();
  if (self->page_menu != NULL)
    g_menu_append_section (menu, NULL, self->page_menu);

  builder = gtk_builder_new_from_resource ("/org/example/Gumroad/ui/gum-main-menu.ui");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (gtk_builder_get_object (builder, "menu")));
  button = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "open-menu-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_widget_set_tooltip_text (button, _("Main Menu"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Main Menu"), -1);
  adw_bin_set_child (ADW_BIN (self), button);
}

static void
gum_main_menu_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (gum_main_menu_parent_class)->root (widget);

  if (gtk_widget_get_visible (widget))
    ensure_button (GUM_MAIN_MENU (widget));
}

static void
gum_main_menu_show (GtkWidget *widget)
{
  ensure_button (GUM_MAIN_MENU (widget));

  GTK_WIDGET_CLASS (gum_main_menu_parent_class)->show (widget);
}

static void
gum_main_menu_dispose (GObject *object)
{
  g_clear_object (&GUM_MAIN_MENU (object)->page_menu);

  G_OBJECT_CLASS (gum_main_menu_parent_class)->dispose (object);
}

static void
gum_main_menu_class_init (GumMainMenuClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gum_main_menu_dispose;
  widget_class->root = gum_main_menu_root;
  widget_class->show = gum_main_menu_show;
}

static void
gum_main_menu_init (GumMainMenu *self)
{
}

void
gum_main_menu_set_page_menu (GumMainMenu *self,
                             GMenuModel  *menu)
{
  g_return_if_fail (GUM_IS_MAIN_MENU (self));
  g_return_if_fail (adw_bin_get_child (ADW_BIN (self)) == NULL);

  g_set_object (&self->page_menu, menu);
}

gboolean
gum_main_menu_popup (GtkWidget *root)
{
  g_return_val_if_fail (GTK_IS_WIDGET (root), FALSE);

  if (!gtk_widget_get_mapped (root))
    return FALSE;

  if (GUM_IS_MAIN_MENU (root))
    {
      gtk_menu_button_popup (GTK_MENU_BUTTON (adw_bin_get_child (ADW_BIN (root))));
      return TRUE;
    }

  for (GtkWidget *child = gtk_widget_get_first_child (root);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (gum_main_menu_popup (child))
        return TRUE;
    }

  return FALSE;
}

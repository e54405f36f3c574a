/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What asks for the menu of a row. It is asked of the list: gestures in each of its rows, which are some
 * 200, would be a part of the first frame and of what the program keeps in memory.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-row-menu.h"

#include "gum-product-row.h"

static void
popup_at_cb (GtkGesture *gesture,
             double      x,
             double      y,
             GtkWidget  *view)
{
  GtkWidget *picked = gtk_widget_pick (view, x, y, GTK_PICK_DEFAULT);
  GtkWidget *row = picked != NULL ? gtk_widget_get_ancestor (picked, GUM_TYPE_PRODUCT_ROW) : NULL;

  if (row == NULL || !gtk_widget_translate_coordinates (view, row, x, y, &x, &y))
    return;

  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  gum_product_row_popup_menu (GUM_PRODUCT_ROW (row), x, y);
}

static void
pressed_cb (GtkGesture *gesture,
            int         n_press,
            double      x,
            double      y,
            GtkWidget  *view)
{
  popup_at_cb (gesture, x, y, view);
}

static gboolean
key_cb (GtkWidget *view,
        GVariant  *arguments,
        gpointer   user_data)
{
  GtkWidget *item = gtk_widget_get_focus_child (view);
  GtkWidget *row = item != NULL ? gtk_widget_get_first_child (item) : NULL;

  if (row == NULL || !GUM_IS_PRODUCT_ROW (row))
    return GDK_EVENT_PROPAGATE;
  gum_product_row_popup_menu (GUM_PRODUCT_ROW (row), -1, -1);
  return GDK_EVENT_STOP;
}

static void
add_key (GtkEventController *keys,
         guint               key,
         GdkModifierType     modifiers)
{
  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (keys),
    gtk_shortcut_new (gtk_keyval_trigger_new (key, modifiers),
                      gtk_callback_action_new (key_cb, NULL, NULL)));
}

void
gum_row_menu_attach (GtkWidget *view)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();
  GtkGesture *gesture;

  g_return_if_fail (GTK_IS_LIST_VIEW (view));

  gesture = gtk_gesture_click_new ();
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (gesture), GDK_BUTTON_SECONDARY);
  g_signal_connect (gesture, "pressed", G_CALLBACK (pressed_cb), view);
  gtk_widget_add_controller (view, GTK_EVENT_CONTROLLER (gesture));

  gesture = gtk_gesture_long_press_new ();
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (gesture), TRUE);
  g_signal_connect (gesture, "pressed", G_CALLBACK (popup_at_cb), view);
  gtk_widget_add_controller (view, GTK_EVENT_CONTROLLER (gesture));

  add_key (keys, GDK_KEY_Menu, 0);
  add_key (keys, GDK_KEY_F10, GDK_SHIFT_MASK);
  gtk_widget_add_controller (view, keys);
}

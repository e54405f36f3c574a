/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the tests of the pages about a product's parts share. */

#include "config.h"

#include "parts-test.h"

#include "gum-json.h"

#include <string.h>

char *
page_dup_id (Page       *page,
             const char *name)
{
  for (guint i = 0; i < products_count_listed (&page->products); i++)
    {
      g_autoptr (GumProduct) product = products_dup_at (&page->products, i);

      if (product != NULL && g_strcmp0 (gum_product_get_name (product), name) == 0)
        return g_strdup (gum_resource_get_id (GUM_RESOURCE (product)));
    }
  g_assert_not_reached ();
}

static gboolean
is_whole (gpointer detail)
{
  return gum_resource_has (GUM_RESOURCE (gum_product_detail_get_product (detail)), "files");
}

/* The window gets a place for toasts, as that of the program has one. */
static void
add_toasts (Page *page)
{
  AdwWindow *window = ADW_WINDOW (page->products.window);
  GtkWidget *overlay = adw_toast_overlay_new ();
  g_autoptr (GtkWidget) content = g_object_ref (page->products.page);

  adw_window_set_content (window, NULL);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), content);
  adw_window_set_content (window, overlay);
}

void
page_open_at (Page       *page,
              const char *name,
              const char *action,
              int         width,
              const char *fault)
{
  g_autofree char *id = NULL;

  memset (page, 0, sizeof *page);
  products_set_up (&page->products, 40, width, 1400);
  add_toasts (page);
  products_sync (&page->products);
  products_wait_listed (&page->products, 40);
  id = page_dup_id (page, name);
  gum_section_set_place (GUM_SECTION (page->products.page), id);
  gum_test_settle ();
  page->detail = GUM_PRODUCT_DETAIL (products_find (page->products.page, GUM_TYPE_PRODUCT_DETAIL));
  g_assert_nonnull (page->detail);
  gum_test_wait_until (is_whole, page->detail);
  if (fault != NULL)
    products_control (&page->products, "fault", fault);
  products_control (&page->products, "requests", "{\"clear\":true}");
  gtk_widget_activate_action (GTK_WIDGET (page->detail), action, NULL);
  page->subpage = gum_product_detail_get_subpage (page->detail);
  g_assert_nonnull (page->subpage);
}

void
page_open (Page       *page,
           const char *name,
           const char *action)
{
  page_open_at (page, name, action, 1200, NULL);
}

void
page_close (Page *page)
{
  products_tear_down (&page->products);
}

/* --- windows over the window ------------------------------------------------------------------ */

void
answer_dialog (const char *response)
{
  GtkWidget *dialog = products_wait_window (ADW_TYPE_MESSAGE_DIALOG);

  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), response);
  gtk_window_close (GTK_WINDOW (dialog));
  products_wait_no_window (ADW_TYPE_MESSAGE_DIALOG);
}

GtkWidget *
find_titled (GtkWidget  *root,
             GType       type,
             const char *title)
{
  for (GtkWidget *child = gtk_widget_get_first_child (root);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found;

      if (g_type_is_a (G_OBJECT_TYPE (child), type) && ADW_IS_PREFERENCES_ROW (child) &&
          g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (child)), title) == 0)
        return child;
      found = find_titled (child, type, title);
      if (found != NULL)
        return found;
    }
  return NULL;
}

void
type_into (GtkWidget  *form,
           const char *title,
           const char *text)
{
  GtkWidget *row = find_titled (form, ADW_TYPE_ENTRY_ROW, title);

  g_assert_nonnull (row);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

void
submit_form (GtkWidget *form)
{
  gtk_widget_activate_action (form, "form.submit", NULL);
}

gboolean
has_message (gpointer form)
{
  return !gum_part_form_is_busy (form) && gum_part_form_get_message (form) != NULL;
}

/* A button by what its tooltip says. */
GtkWidget *
find_button (GtkWidget  *root,
             const char *tooltip)
{
  for (GtkWidget *child = gtk_widget_get_first_child (root);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found;

      if (GTK_IS_BUTTON (child) &&
          g_strcmp0 (gtk_widget_get_tooltip_text (child), tooltip) == 0)
        return child;
      found = find_button (child, tooltip);
      if (found != NULL)
        return found;
    }
  return NULL;
}

typedef struct
{
  GtkWidget  *root;
  const char *tooltip;
} Button;

static gboolean
can_be_pressed (gpointer data)
{
  Button *wanted = data;
  GtkWidget *button = find_button (wanted->root, wanted->tooltip);

  return button != NULL && gtk_widget_is_sensitive (button);
}

void
press_button_at (GtkWidget  *root,
                 const char *tooltip,
                 const char *place)
{
  GtkWidget *button;

  gum_test_wait_until_at (can_be_pressed, &(Button) { root, tooltip }, tooltip, place);
  button = find_button (root, tooltip);
  g_signal_emit_by_name (button, "clicked");
}

void
page_press_undo (Page *page)
{
  GtkWidget *label;

  products_wait_text (page->products.window, "Undo");
  label = products_find_text (page->products.window, "Undo");
  g_signal_emit_by_name (gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON), "clicked");
}

GtkSwitch *
page_get_switch (Page       *page,
                 const char *title)
{
  GtkWidget *row = find_titled (GTK_WIDGET (page->subpage), ADW_TYPE_ACTION_ROW, title);

  g_assert_nonnull (row);
  return GTK_SWITCH (products_find (row, GTK_TYPE_SWITCH));
}

gboolean
is_off (gpointer data)
{
  return !gtk_switch_get_active (data);
}

gboolean
is_on (gpointer data)
{
  return gtk_switch_get_active (data);
}

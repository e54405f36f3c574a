/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The pages of content as a list. It is made anew whenever the pages are others, and keeps the focus then.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-content-list.h"

#include "gum-content-pages.h"
#include "gum-detail-rows.h"
#include "gum-part-page.h"
#include "gum-row-drag.h"

#include <glib/gi18n.h>

struct _GumContentList
{
  AdwBin      parent_instance;

  /* widgets */
  GtkListBox *list;
  GtkWidget  *nothing;      /* not the list's own, which would be its last child and take a row's corners */

  guint       n_pages;
  gboolean    is_showing;   /* what is chosen is not the person's doing */
};

enum
{
  CHOSEN,
  MOVE,
  REMOVE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GumContentList, gum_content_list, ADW_TYPE_BIN)

static void
move (GumContentList *self,
      guint           from,
      int             by)
{
  if ((by < 0 && from == 0) || (by > 0 && from + 1 >= self->n_pages))
    return;
  g_signal_emit (self, signals[MOVE], 0, from, from + by);
}

static void
move_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  move (GUM_CONTENT_LIST (widget), g_variant_get_uint32 (parameter),
        g_str_equal (name, "pages.up") ? -1 : 1);
}

static void
remove_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  g_signal_emit (widget, signals[REMOVE], 0, g_variant_get_uint32 (parameter));
}

static void
dropped (GtkWidget *row,
         GtkWidget *dragged)
{
  g_signal_emit (gtk_widget_get_ancestor (row, GUM_TYPE_CONTENT_LIST), signals[MOVE], 0,
                 (guint) gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (dragged)),
                 (guint) gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)));
}

static gboolean
move_shortcut_cb (GtkWidget *list,
                  GVariant  *args,
                  gpointer   by)
{
  GtkWidget *row = gtk_widget_get_focus_child (list);

  if (row == NULL)
    return GDK_EVENT_PROPAGATE;
  move (GUM_CONTENT_LIST (gtk_widget_get_ancestor (list, GUM_TYPE_CONTENT_LIST)),
        gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)), GPOINTER_TO_INT (by));

  return GDK_EVENT_STOP;
}

static void
remove_row (GtkWidget *row)
{
  g_signal_emit (gtk_widget_get_ancestor (row, GUM_TYPE_CONTENT_LIST), signals[REMOVE], 0,
                 (guint) gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)));
}

static void
selected_cb (GumContentList *self,
             GtkListBoxRow  *row)
{
  if (!self->is_showing && row != NULL)
    g_signal_emit (self, signals[CHOSEN], 0, (guint) gtk_list_box_row_get_index (row));
}

static GtkWidget *
create_menu (GumContentList *self,
             guint           at,
             const char     *title)
{
  static const struct
  {
    const char *label;
    const char *action;
  } items[] = {
    { N_("Move _Up"), "pages.up" },
    { N_("Move _Down"), "pages.down" },
    { N_("_Delete"), "pages.remove" },
  };
  GtkWidget *button = gtk_menu_button_new ();
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autofree char *label = g_strdup_printf (_("Move or delete the page “%s”"), title);

  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (_(items[i].label), NULL);

      if ((i == 0 && at == 0) || (i == 1 && at + 1 == self->n_pages))
        continue;
      g_menu_item_set_action_and_target (item, items[i].action, "u", at);
      g_menu_append_item (menu, item);
    }
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);

  return button;
}

static void
add_key (GtkEventController *controller,
         guint               keyval,
         int                 by)
{
  GtkShortcut *shortcut = gtk_shortcut_new (gtk_keyval_trigger_new (keyval, GDK_ALT_MASK),
                                            gtk_callback_action_new (move_shortcut_cb,
                                                                     GINT_TO_POINTER (by), NULL));

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
}

static void
gum_content_list_class_init (GumContentListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[MOVE] = g_signal_new ("move", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
  signals[REMOVE] = g_signal_new ("remove", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  gtk_widget_class_install_action (widget_class, "pages.up", "u", move_action);
  gtk_widget_class_install_action (widget_class, "pages.down", "u", move_action);
  gtk_widget_class_install_action (widget_class, "pages.remove", "u", remove_action);
}

static void
gum_content_list_init (GumContentList *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *nothing = gtk_label_new (_("No pages yet: buyers get nothing."));

  self->list = GTK_LIST_BOX (list);
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_BROWSE);
  gtk_label_set_wrap (GTK_LABEL (nothing), TRUE);
  gtk_widget_add_css_class (nothing, "dim-label");
  gtk_widget_set_margin_top (nothing, 12);
  gtk_widget_set_margin_bottom (nothing, 12);
  self->nothing = nothing;
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Pages"), -1);
  add_key (controller, GDK_KEY_Up, -1);
  add_key (controller, GDK_KEY_Down, 1);
  gtk_widget_add_controller (list, controller);
  gum_part_page_on_delete (list, remove_row);
  g_signal_connect_object (list, "row-selected", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), list);
  gtk_box_append (GTK_BOX (box), nothing);
  adw_bin_set_child (ADW_BIN (self), box);
}

GtkWidget *
gum_content_list_new (void)
{
  return g_object_new (GUM_TYPE_CONTENT_LIST, NULL);
}

char *
gum_content_list_dup_title (JsonNode *pages,
                            guint     at)
{
  const char *title = gum_content_pages_get_title (pages, at);

  return title != NULL ? g_strdup (title) : g_strdup_printf (_("Page %u"), at + 1);
}

void
gum_content_list_show (GumContentList *self,
                       JsonNode       *pages,
                       guint           chosen)
{
  gboolean had_focus = gtk_widget_get_focus_child (GTK_WIDGET (self->list)) != NULL;
  GtkListBoxRow *row;

  g_return_if_fail (GUM_IS_CONTENT_LIST (self));

  self->is_showing = TRUE;
  self->n_pages = gum_content_pages_get_length (pages);
  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; i < self->n_pages; i++)
    {
      g_autofree char *title = gum_content_list_dup_title (pages, i);
      GtkWidget *line = gum_detail_new_row (title, NULL);

      gtk_list_box_row_set_selectable (GTK_LIST_BOX_ROW (line), TRUE);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (line), TRUE);
      adw_action_row_add_suffix (ADW_ACTION_ROW (line), create_menu (self, i, title));
      gum_row_drag_add (line, NULL, dropped);
      gtk_list_box_append (self->list, line);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->list), self->n_pages > 0);
  gtk_widget_set_visible (self->nothing, self->n_pages == 0);
  row = gtk_list_box_get_row_at_index (self->list, chosen);
  gtk_list_box_select_row (self->list, row);
  if (had_focus && row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
  self->is_showing = FALSE;
}

void
gum_content_list_set_title (GumContentList *self,
                            guint           at,
                            const char     *title)
{
  GtkListBoxRow *row;

  g_return_if_fail (GUM_IS_CONTENT_LIST (self));

  row = gtk_list_box_get_row_at_index (self->list, at);
  if (row != NULL)
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
}

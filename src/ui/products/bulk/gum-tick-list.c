/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A long list of rows with a tick each. The tick is a picture of what the list's owner knows, and no
 * button of its own: the row is what has the focus, so that arrows, Space and Return are enough.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-tick-list.h"

/* Where a row keeps its GtkListItem. */
#define ITEM "gum-tick-list-item"

struct _GumTickList
{
  AdwBin               parent_instance;

  /* owned */
  GPtrArray           *bound;       /* of GtkListItem */

  /* children */
  GtkListView         *view;

  GumTickListDescribe  describe;
  GumTickListTest      is_ticked;
  GumTickListToggle    toggle;
  gpointer             user_data;
};

G_DEFINE_FINAL_TYPE (GumTickList, gum_tick_list, ADW_TYPE_BIN)

static void
show_tick (GumTickList *self,
           GtkListItem *item)
{
  GtkWidget *box = gtk_list_item_get_child (item);
  GtkWidget *row = gtk_widget_get_parent (box);
  gboolean ticked = self->is_ticked (gtk_list_item_get_item (item),
                                     gtk_list_item_get_position (item), self->user_data);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (gtk_widget_get_first_child (box)), ticked);
  if (row != NULL)
    gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_CHECKED,
                                 ticked ? GTK_ACCESSIBLE_TRISTATE_TRUE
                                        : GTK_ACCESSIBLE_TRISTATE_FALSE, -1);
}

static GtkWidget *
new_label (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (css_class != NULL)
    {
      gtk_widget_add_css_class (label, css_class);
      gtk_widget_add_css_class (label, "caption");
      gtk_widget_add_css_class (label, "numeric");
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
      gtk_label_set_lines (GTK_LABEL (label), 3);
    }

  return label;
}

static void
setup_cb (GumTickList *self,
          GtkListItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *check = g_object_new (GTK_TYPE_CHECK_BUTTON,
                                   "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                   "focusable", FALSE,
                                   "can-target", FALSE,
                                   "valign", GTK_ALIGN_CENTER,
                                   NULL);

  gtk_box_append (GTK_BOX (words), new_label (NULL));
  gtk_box_append (GTK_BOX (words), new_label ("dim-label"));
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (box), check);
  gtk_box_append (GTK_BOX (box), words);
  gtk_widget_set_margin_start (box, 4);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  g_object_set_data (G_OBJECT (box), ITEM, item);
  gtk_list_item_set_child (item, box);
}

static void
bind_cb (GumTickList *self,
         GtkListItem *item)
{
  GtkWidget *box = gtk_list_item_get_child (item);
  GtkWidget *check = gtk_widget_get_first_child (box);
  GtkWidget *labels = gtk_widget_get_last_child (box);
  GtkWidget *row = gtk_widget_get_parent (box);
  GumTickListWords words = { 0 };

  self->describe (gtk_list_item_get_item (item), self->user_data, &words);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_first_child (labels)), words.title);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_last_child (labels)), words.subtitle);
  gtk_widget_set_sensitive (check, words.can_tick);
  if (row != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    words.sentence, -1);
  g_free (words.title);
  g_free (words.subtitle);
  g_free (words.sentence);
  show_tick (self, item);
  g_ptr_array_add (self->bound, item);
}

static void
unbind_cb (GumTickList *self,
           GtkListItem *item)
{
  g_ptr_array_remove_fast (self->bound, item);
}

static void
activate_cb (GumTickList *self,
             guint        position)
{
  g_autoptr(GObject) item = g_list_model_get_item (
    G_LIST_MODEL (gtk_list_view_get_model (self->view)), position);

  if (item != NULL)
    self->toggle (item, position, self->user_data);
}

/* In a list view of GTK, Space is for its own selection, of which there is none. */
static gboolean
space_cb (GtkWidget *widget,
          GVariant  *arguments,
          gpointer   user_data)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *box = focus != NULL ? gtk_widget_get_first_child (focus) : NULL;
  GtkListItem *item = box != NULL ? g_object_get_data (G_OBJECT (box), ITEM) : NULL;

  if (item == NULL)
    return GDK_EVENT_PROPAGATE;
  activate_cb (user_data, gtk_list_item_get_position (item));

  return GDK_EVENT_STOP;
}

static gboolean
gum_tick_list_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (GUM_TICK_LIST (widget)->view));
}

static void
gum_tick_list_dispose (GObject *object)
{
  adw_bin_set_child (ADW_BIN (object), NULL);

  G_OBJECT_CLASS (gum_tick_list_parent_class)->dispose (object);
}

static void
gum_tick_list_finalize (GObject *object)
{
  g_ptr_array_unref (GUM_TICK_LIST (object)->bound);

  G_OBJECT_CLASS (gum_tick_list_parent_class)->finalize (object);
}

static void
gum_tick_list_class_init (GumTickListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gum_tick_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = gum_tick_list_finalize;
  GTK_WIDGET_CLASS (klass)->grab_focus = gum_tick_list_grab_focus;
}

static void
gum_tick_list_init (GumTickList *self)
{
  g_autoptr(GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();
  GtkWidget *scroller;

  self->bound = g_ptr_array_new ();
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, G_CONNECT_SWAPPED);
  self->view = GTK_LIST_VIEW (gtk_list_view_new (NULL, g_steal_pointer (&factory)));
  gtk_list_view_set_single_click_activate (self->view, TRUE);
  gtk_list_view_set_show_separators (self->view, TRUE);
  g_signal_connect_object (self->view, "activate", G_CALLBACK (activate_cb), self,
                           G_CONNECT_SWAPPED);

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (keys),
    gtk_shortcut_new (gtk_alternative_trigger_new (
                        gtk_keyval_trigger_new (GDK_KEY_space, 0),
                        gtk_keyval_trigger_new (GDK_KEY_space, GDK_CONTROL_MASK)),
                      gtk_callback_action_new (space_cb, self, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self->view), keys);

  scroller = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "hscrollbar-policy", GTK_POLICY_NEVER,
                           "child", self->view, NULL);
  adw_bin_set_child (ADW_BIN (self), scroller);
}

GtkWidget *
gum_tick_list_new (const char          *label,
                   GumTickListDescribe  describe,
                   GumTickListTest      is_ticked,
                   GumTickListToggle    toggle,
                   gpointer             user_data)
{
  GumTickList *self = g_object_new (GUM_TYPE_TICK_LIST, NULL);

  self->describe = describe;
  self->is_ticked = is_ticked;
  self->toggle = toggle;
  self->user_data = user_data;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);

  return GTK_WIDGET (self);
}

void
gum_tick_list_set_model (GumTickList *self,
                         GListModel  *model)
{
  g_autoptr(GtkNoSelection) selection = NULL;

  g_return_if_fail (GUM_IS_TICK_LIST (self));

  selection = gtk_no_selection_new (g_object_ref (model));
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (selection));
}

void
gum_tick_list_refresh (GumTickList *self)
{
  g_return_if_fail (GUM_IS_TICK_LIST (self));

  for (guint i = 0; i < self->bound->len; i++)
    show_tick (self, g_ptr_array_index (self->bound, i));
}

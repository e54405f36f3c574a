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
  GumTickListSet       set;
  gpointer             user_data;

  guint                last;        /* the row that was turned over last */
  gboolean             extending;   /* by the click that is under way */
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

static GListModel *
get_model (GumTickList *self)
{
  return (GListModel *) gtk_list_view_get_model (self->view);
}

static void
turn_over (GumTickList *self,
           guint        position)
{
  g_autoptr(GObject) item = g_list_model_get_item (get_model (self), position);

  if (item == NULL)
    return;
  self->set (position, 1, !self->is_ticked (item, position, self->user_data), self->user_data);
  self->last = position;
}

/* As the last one is, up to here. */
static void
extend (GumTickList *self,
        guint        position)
{
  g_autoptr(GObject) last = g_list_model_get_item (get_model (self), self->last);
  guint first = MIN (position, self->last);

  if (last == NULL)
    turn_over (self, position);
  else
    self->set (first, MAX (position, self->last) - first + 1,
               self->is_ticked (last, self->last, self->user_data), self->user_data);
}

static void
activate_cb (GumTickList *self,
             guint        position)
{
  gboolean extending = self->extending;

  self->extending = FALSE;
  if (extending)
    extend (self, position);
  else
    turn_over (self, position);
}

static void
pressed_cb (GumTickList     *self,
            int              n_press,
            double           x,
            double           y,
            GtkGestureClick *gesture)
{
  GdkModifierType state =
    gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));

  self->extending = (state & GDK_SHIFT_MASK) != 0;
}

static GtkListItem *
find_focused (GumTickList *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *box = focus != NULL ? gtk_widget_get_first_child (focus) : NULL;

  return box != NULL ? g_object_get_data (G_OBJECT (box), ITEM) : NULL;
}

/* In a list view of GTK, Space is for its own selection, of which there is none; and whether Return comes with
 * a click's Shift it does not say. */
static gboolean
turn_over_cb (GtkWidget *widget,
              GVariant  *arguments,
              gpointer   user_data)
{
  GtkListItem *item = find_focused (user_data);

  if (item == NULL)
    return GDK_EVENT_PROPAGATE;
  turn_over (user_data, gtk_list_item_get_position (item));

  return GDK_EVENT_STOP;
}

static gboolean
extend_cb (GtkWidget *widget,
           GVariant  *arguments,
           gpointer   user_data)
{
  GumTickList *self = user_data;
  GtkListItem *item = find_focused (self);
  GtkWidget *row = item != NULL ? gtk_widget_get_parent (gtk_list_item_get_child (item)) : NULL;
  guint from;

  if (row == NULL)
    return GDK_EVENT_PROPAGATE;
  from = gtk_list_item_get_position (item);
  row = g_variant_get_boolean (arguments) ? gtk_widget_get_next_sibling (row)
                                          : gtk_widget_get_prev_sibling (row);
  if (row == NULL || !gtk_widget_grab_focus (row))
    return GDK_EVENT_STOP;
  item = find_focused (self);
  if (item != NULL)
    {
      self->last = gtk_list_item_get_position (item);
      self->set (MIN (from, self->last), 2, TRUE, self->user_data);
    }

  return GDK_EVENT_STOP;
}

static void
add_key (GtkEventController *keys,
         const char         *trigger,
         GtkShortcutFunc     callback,
         gboolean            down,
         GumTickList        *self)
{
  GtkShortcut *shortcut = gtk_shortcut_new (gtk_shortcut_trigger_parse_string (trigger),
                                            gtk_callback_action_new (callback, self, NULL));

  gtk_shortcut_set_arguments (shortcut, g_variant_new_boolean (down));
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys), shortcut);
}

/* The row that had it last, else the first that is seen. A list view of GTK 4.8 that was empty at first takes
 * the focus itself, where no key ticks anything. */
static gboolean
gum_tick_list_grab_focus (GtkWidget *widget)
{
  GtkWidget *view = GTK_WIDGET (GUM_TICK_LIST (widget)->view);
  GtkWidget *row = gtk_widget_get_focus_child (view);
  graphene_rect_t bounds;

  for (GtkWidget *child = gtk_widget_get_first_child (view);
       child != NULL && row == NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (gtk_widget_get_mapped (child) && gtk_widget_compute_bounds (child, view, &bounds) &&
          bounds.origin.y >= 0)
        row = child;
    }

  return gtk_widget_grab_focus (row != NULL ? row : view);
}

/* GTK 4.8 has a list view's Tab go from row to row, through hundreds of them. Arrows do that; Tab leaves. */
static gboolean
gum_tick_list_focus (GtkWidget        *widget,
                     GtkDirectionType  direction)
{
  GumTickList *self = GUM_TICK_LIST (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (direction != GTK_DIR_TAB_FORWARD && direction != GTK_DIR_TAB_BACKWARD)
    return GTK_WIDGET_CLASS (gum_tick_list_parent_class)->focus (widget, direction);
  if (focus != NULL && gtk_widget_is_ancestor (focus, widget))
    return FALSE;

  return get_model (self) != NULL && g_list_model_get_n_items (get_model (self)) > 0 &&
         gum_tick_list_grab_focus (widget);
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
  GTK_WIDGET_CLASS (klass)->focus = gum_tick_list_focus;
  GTK_WIDGET_CLASS (klass)->grab_focus = gum_tick_list_grab_focus;
}

static void
gum_tick_list_init (GumTickList *self)
{
  g_autoptr(GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkWidget *scroller;

  self->last = GTK_INVALID_LIST_POSITION;
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
  add_key (keys, "space|<Control>space|Return|KP_Enter", turn_over_cb, FALSE, self);
  add_key (keys, "<Shift>Up|<Shift>KP_Up", extend_cb, FALSE, self);
  add_key (keys, "<Shift>Down|<Shift>KP_Down", extend_cb, TRUE, self);
  gtk_widget_add_controller (GTK_WIDGET (self->view), keys);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect_object (click, "pressed", G_CALLBACK (pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->view), GTK_EVENT_CONTROLLER (click));

  scroller = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "hscrollbar-policy", GTK_POLICY_NEVER,
                           "child", self->view, NULL);
  adw_bin_set_child (ADW_BIN (self), scroller);
}

GtkWidget *
gum_tick_list_new (const char          *label,
                   GumTickListDescribe  describe,
                   GumTickListTest      is_ticked,
                   GumTickListSet       set,
                   gpointer             user_data)
{
  GumTickList *self = g_object_new (GUM_TYPE_TICK_LIST, NULL);

  self->describe = describe;
  self->is_ticked = is_ticked;
  self->set = set;
  self->user_data = user_data;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);

  return GTK_WIDGET (self);
}

/* Other rows: a range does not begin where one of the old was. */
static void
forget_last (GumTickList *self)
{
  self->last = GTK_INVALID_LIST_POSITION;
}

void
gum_tick_list_set_model (GumTickList *self,
                         GListModel  *model)
{
  g_autoptr(GtkNoSelection) selection = NULL;

  g_return_if_fail (GUM_IS_TICK_LIST (self));

  forget_last (self);
  g_signal_connect_object (model, "items-changed", G_CALLBACK (forget_last), self, G_CONNECT_SWAPPED);
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

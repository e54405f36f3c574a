/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The list of products: one GtkListView, with the table's header over it when it is wide enough for one.
 *
 *    GumQuery ──▶ GtkSliceListModel (a screenful, and more with each frame) ──▶ GumRowSelection ──▶ rows
 *
 * What is opened is the one that is selected. With Ctrl or Shift more are, to be changed together; what is
 * open stays open then.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-product-list.h"

#include "gum-product-actions.h"
#include "gum-product-columns.h"
#include "gum-product-header.h"
#include "gum-product-row.h"
#include "gum-row-menu.h"
#include "gum-row-selection.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* Rows are this high at least. */
#define ROW_HEIGHT 48
/* At most, in the first frame: far fewer than a list view would make by itself. */
#define FIRST_ROWS 40
/* Made in one frame after that, so that no frame is late. */
#define MORE_ROWS 12
/* Whoever types asks again before this is over: rows below the window would be made for nothing. */
#define QUIET_MILLISECONDS 400
/* Until the page beside it has been built. */
#define REST_MILLISECONDS 250
/* A list view makes no more than this, however long its list is. */
#define MADE_ROWS 240

struct _GumProductList
{
  GtkWidget           parent_instance;

  /* owned */
  GumPictures        *pictures;
  GumQuery           *query;
  GtkSliceListModel  *slice;
  GumRowSelection    *selection;
  char               *selected;      /* the id that stays selected, when nothing else is */

  /* children */
  GtkWidget          *header;
  GtkWidget          *scroller;
  GtkWidget          *view;

  guint               tick;
  guint               reveal_id;
  guint               anew_id;       /* runs from a question until no other has followed for a while */
  guint               frames;
  gboolean            table;
  gboolean            selecting;     /* by us, not by the person */
};

enum {
  OPEN,
  SELECTED,
  SELECTION_CHANGED,
  LAYOUT_CHANGED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (GumProductList, gum_product_list, GTK_TYPE_WIDGET)

static guint signals[N_SIGNALS];

/* Where the one stands that stays selected. */
static guint
find_selected (GumProductList *self)
{
  guint position = GTK_INVALID_LIST_POSITION;

  if (self->selected != NULL && self->query != NULL)
    position = gum_query_find (self->query, self->selected);
  if (position >= g_list_model_get_n_items (G_LIST_MODEL (self->selection)))
    position = GTK_INVALID_LIST_POSITION;
  return position;
}

static void
select_position (GumProductList *self,
                 guint           position)
{
  self->selecting = TRUE;
  gum_row_selection_select_only (self->selection, position);
  self->selecting = FALSE;
  g_signal_emit (self, signals[SELECTION_CHANGED], 0);
}

static void
reselect (GumProductList *self)
{
  if (gum_row_selection_get_n_selected (self->selection) <= 1)
    select_position (self, find_selected (self));
}

/* No window shows more rows at once than the screen has room for. */
static guint
count_first_rows (GumProductList *self)
{
  GListModel *monitors = gdk_display_get_monitors (gtk_widget_get_display (GTK_WIDGET (self)));
  int highest = 0;

  for (guint i = 0; i < g_list_model_get_n_items (monitors); i++)
    {
      g_autoptr(GdkMonitor) monitor = g_list_model_get_item (monitors, i);
      GdkRectangle area;

      gdk_monitor_get_geometry (monitor, &area);
      highest = MAX (highest, area.height);
    }

  return highest > 0 ? MIN (highest / ROW_HEIGHT + 1, FIRST_ROWS) : FIRST_ROWS;
}

/* Whether there are rows that the slice does not let through yet. */
static gboolean
is_held_back (GumProductList *self)
{
  guint size = gtk_slice_list_model_get_size (self->slice);

  return size != G_MAXUINT && g_list_model_get_n_items (G_LIST_MODEL (self->slice)) >= size;
}

/* Everything after the first screenful is made once that has been seen, a few rows a frame. */
static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  GumProductList *self = GUM_PRODUCT_LIST (widget);
  guint size = gtk_slice_list_model_get_size (self->slice);

  /* The tick comes before the frame is painted: the second one follows the first frame. */
  if (++self->frames < 2)
    return G_SOURCE_CONTINUE;
  if (size + MORE_ROWS < MADE_ROWS && is_held_back (self))
    {
      gtk_slice_list_model_set_size (self->slice, size + MORE_ROWS);
      return G_SOURCE_CONTINUE;
    }

  /* A list that ends before that may become longer: make_more() goes on then. */
  if (is_held_back (self))
    gtk_slice_list_model_set_size (self->slice, G_MAXUINT);
  reselect (self);
  self->tick = 0;
  return G_SOURCE_REMOVE;
}

static void
make_more (GumProductList *self)
{
  if (self->tick == 0 && self->anew_id == 0 && is_held_back (self) && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL);
}

static gboolean
quiet_cb (gpointer user_data)
{
  GumProductList *self = user_data;

  self->anew_id = 0;
  make_more (self);
  return G_SOURCE_REMOVE;
}

static void
make_none_for (GumProductList *self,
               guint           milliseconds)
{
  g_clear_handle_id (&self->anew_id, g_source_remove);
  self->anew_id = g_timeout_add (milliseconds, quiet_cb, self);
  if (self->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
  self->tick = 0;
}

/* That rows went out of the list is no choice of the person's: no page opens or closes for it. */
static void
keep_listed (GumProductList *self)
{
  self->selecting = TRUE;
  gum_row_selection_keep_listed (self->selection);
  self->selecting = FALSE;
  g_signal_emit (self, signals[SELECTION_CHANGED], 0);
}

static void
items_changed_cb (GumProductList *self)
{
  /* Nothing is listed, or the ledger is another one, whose rows are others. */
  if (self->query != NULL && g_list_model_get_n_items (G_LIST_MODEL (self->query)) == 0)
    keep_listed (self);
  reselect (self);
  make_more (self);
}

/* Not while a list changes: a row that moves is out of it for a moment. */
static void
pending_cb (GumProductList *self)
{
  if (gum_query_get_pending (self->query))
    return;
  keep_listed (self);
  reselect (self);
}

static void
selection_changed_cb (GumProductList *self,
                      guint           position,
                      guint           n_items)
{
  g_autoptr(GtkBitset) selected = NULL;
  g_autoptr(GumProduct) product = NULL;
  const char *id;

  if (self->selecting)
    return;
  g_signal_emit (self, signals[SELECTION_CHANGED], 0);
  if (gum_row_selection_get_n_selected (self->selection) != 1)
    return;

  selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  product = g_list_model_get_item (G_LIST_MODEL (self->selection), gtk_bitset_get_minimum (selected));
  if (product == NULL)
    return;
  id = gum_resource_get_id (GUM_RESOURCE (product));
  if (g_strcmp0 (id, self->selected) == 0)
    return;
  g_free (self->selected);
  self->selected = g_strdup (id);
  g_signal_emit (self, signals[SELECTED], 0, product);
}

static void
activate_cb (GumProductList *self,
             guint           position)
{
  g_autoptr (GumProduct) product = NULL;

  product = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  if (product != NULL)
    g_signal_emit (self, signals[OPEN], 0, product);
}

static void
row_open_cb (GumProductList *self,
             GumProduct     *product)
{
  g_signal_emit (self, signals[OPEN], 0, product);
}

/* GTK 4.8 shows it and does not say it. */
static void
say_selected (GtkListItem *item)
{
  GtkWidget *row = gtk_list_item_get_child (item);
  GtkWidget *parent = row != NULL ? gtk_widget_get_parent (row) : NULL;

  if (parent != NULL)
    gtk_accessible_update_state (GTK_ACCESSIBLE (parent),
                                 GTK_ACCESSIBLE_STATE_SELECTED, gtk_list_item_get_selected (item),
                                 -1);
}

static void
setup_cb (GumProductList *self,
          GtkListItem    *item)
{
  GtkWidget *row = gum_product_row_new (self->pictures);

  g_signal_connect (item, "notify::selected", G_CALLBACK (say_selected), NULL);
  g_signal_connect_object (row, "open", G_CALLBACK (row_open_cb), self, G_CONNECT_SWAPPED);
  gtk_list_item_set_child (item, row);
}

static void
bind_cb (GumProductList *self,
         GtkListItem    *item)
{
  gum_product_row_set_product (GUM_PRODUCT_ROW (gtk_list_item_get_child (item)),
                               gtk_list_item_get_item (item));
  say_selected (item);
}

static void
unbind_cb (GumProductList *self,
           GtkListItem    *item)
{
  gum_product_row_set_product (GUM_PRODUCT_ROW (gtk_list_item_get_child (item)), NULL);
}

static void
gum_product_list_map (GtkWidget *widget)
{
  GumProductList *self = GUM_PRODUCT_LIST (widget);

  GTK_WIDGET_CLASS (gum_product_list_parent_class)->map (widget);
  make_more (self);
}

/* GTK 4.8 has a list view's Tab go from row to row, through hundreds of them. Arrows do that; Tab leaves. */
static gboolean
gum_product_list_focus (GtkWidget        *widget,
                        GtkDirectionType  direction)
{
  GumProductList *self = GUM_PRODUCT_LIST (widget);
  GtkWidget *inside = gtk_widget_get_focus_child (widget);

  switch (direction)
    {
    case GTK_DIR_TAB_FORWARD:
      if (inside == self->scroller)
        return FALSE;
      return (gtk_widget_get_child_visible (self->header) &&
              gtk_widget_child_focus (self->header, direction)) ||
             gtk_widget_child_focus (self->scroller, direction);

    case GTK_DIR_TAB_BACKWARD:
      if (inside == NULL && gtk_widget_child_focus (self->scroller, direction))
        return TRUE;
      return gtk_widget_get_child_visible (self->header) &&
             gtk_widget_child_focus (self->header, direction);

    case GTK_DIR_UP:
    case GTK_DIR_DOWN:
    case GTK_DIR_LEFT:
    case GTK_DIR_RIGHT:
    default:
      return GTK_WIDGET_CLASS (gum_product_list_parent_class)->focus (widget, direction);
    }
}

static void
gum_product_list_measure (GtkWidget      *widget,
                          GtkOrientation  orientation,
                          int             for_size,
                          int            *minimum,
                          int            *natural,
                          int            *minimum_baseline,
                          int            *natural_baseline)
{
  GumProductList *self = GUM_PRODUCT_LIST (widget);

  gtk_widget_measure (self->scroller, orientation, -1, minimum, natural, NULL, NULL);
}

static void
reveal_cb (gpointer user_data)
{
  GumProductList *self = user_data;
  guint position = find_selected (self);

  self->reveal_id = 0;
  if (position != GTK_INVALID_LIST_POSITION)
    gtk_widget_activate_action (self->view, "list.scroll-to-item", "u", position);
  g_signal_emit (self, signals[LAYOUT_CHANGED], 0);
}

static void
gum_product_list_size_allocate (GtkWidget *widget,
                                int        width,
                                int        height,
                                int        baseline)
{
  GumProductList *self = GUM_PRODUCT_LIST (widget);
  GumColumnSpan spans[GUM_N_COLUMNS];
  gboolean was_table = self->table;
  int top = 0;

  self->table = gum_product_columns_lay_out (width, gum_product_columns_get_unit (widget), spans);
  gtk_widget_measure (self->header, GTK_ORIENTATION_VERTICAL, -1, NULL, &top, NULL, NULL);
  gtk_widget_set_child_visible (self->header, self->table);
  if (self->table)
    gtk_widget_size_allocate (self->header, &(GtkAllocation) { 0, 0, width, top }, -1);
  else
    top = 0;
  gtk_widget_size_allocate (self->scroller,
                            &(GtkAllocation) { 0, top, width, MAX (height - top, 0) }, -1);

  /* Rows of another height push what was open out of sight. */
  if (self->table != was_table && self->reveal_id == 0)
    self->reveal_id = g_idle_add_once (reveal_cb, self);
}

static void
gum_product_list_dispose (GObject *object)
{
  GumProductList *self = GUM_PRODUCT_LIST (object);

  if (self->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
  self->tick = 0;
  g_clear_handle_id (&self->reveal_id, g_source_remove);
  g_clear_handle_id (&self->anew_id, g_source_remove);
  g_clear_pointer (&self->header, gtk_widget_unparent);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_object (&self->selection);
  g_clear_object (&self->slice);
  g_clear_object (&self->query);
  g_clear_object (&self->pictures);

  G_OBJECT_CLASS (gum_product_list_parent_class)->dispose (object);
}

static void
gum_product_list_finalize (GObject *object)
{
  g_free (GUM_PRODUCT_LIST (object)->selected);

  G_OBJECT_CLASS (gum_product_list_parent_class)->finalize (object);
}

static void
gum_product_list_class_init (GumProductListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = gum_product_list_dispose;
  object_class->finalize = gum_product_list_finalize;
  widget_class->focus = gum_product_list_focus;
  widget_class->map = gum_product_list_map;
  widget_class->measure = gum_product_list_measure;
  widget_class->size_allocate = gum_product_list_size_allocate;

  signals[OPEN] = g_signal_new ("open", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                NULL, NULL, NULL, G_TYPE_NONE, 1, GUM_TYPE_PRODUCT);
  signals[SELECTED] = g_signal_new ("selected", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 1, GUM_TYPE_PRODUCT);
  signals[SELECTION_CHANGED] = g_signal_new ("selection-changed", G_TYPE_FROM_CLASS (klass),
                                             G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                             G_TYPE_NONE, 0);
  signals[LAYOUT_CHANGED] = g_signal_new ("layout-changed", G_TYPE_FROM_CLASS (klass),
                                          G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

/* Rows draw their texts themselves: no style of theirs changes with it. */
static void
contrast_cb (GumProductList *self)
{
  for (GtkWidget *item = gtk_widget_get_first_child (self->view); item != NULL;
       item = gtk_widget_get_next_sibling (item))
    {
      GtkWidget *row = gtk_widget_get_first_child (item);

      if (row != NULL)
        gtk_widget_queue_draw (row);
    }
}

static void
gum_product_list_init (GumProductList *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();

  self->slice = gtk_slice_list_model_new (NULL, 0, count_first_rows (self));
  self->selection = gum_row_selection_new (G_LIST_MODEL (self->slice));
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->selection, "selection-changed",
                           G_CALLBACK (selection_changed_cb), self, G_CONNECT_SWAPPED);

  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, G_CONNECT_SWAPPED);

  self->view = gtk_list_view_new (GTK_SELECTION_MODEL (g_object_ref (self->selection)),
                                  g_object_ref (factory));
  gtk_list_view_set_show_separators (GTK_LIST_VIEW (self->view), TRUE);
  gtk_widget_add_css_class (self->view, "products");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Products"),
                                  GTK_ACCESSIBLE_PROPERTY_MULTI_SELECTABLE, TRUE,
                                  -1);
  g_signal_connect_object (self->view, "activate", G_CALLBACK (activate_cb), self,
                           G_CONNECT_SWAPPED);
  /* Before the list view, which would select what it has made of the list so far. */
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (keys),
    gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_a, GDK_CONTROL_MASK),
                      gtk_named_action_new ("products.select-all")));
  gtk_widget_add_controller (self->view, keys);

  gum_row_menu_attach (self->view);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::high-contrast", G_CALLBACK (contrast_cb), self,
                           G_CONNECT_SWAPPED);

  self->scroller = g_object_new (GTK_TYPE_SCROLLED_WINDOW,
                                 "hscrollbar-policy", GTK_POLICY_NEVER,
                                 "child", self->view,
                                 NULL);
  self->header = gum_product_header_new ();
  gtk_widget_set_parent (self->header, GTK_WIDGET (self));
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

GtkWidget *
gum_product_list_new (void)
{
  return g_object_new (GUM_TYPE_PRODUCT_LIST, NULL);
}

void
gum_product_list_set_pictures (GumProductList *self,
                               GumPictures    *pictures)
{
  g_return_if_fail (GUM_IS_PRODUCT_LIST (self));

  g_set_object (&self->pictures, pictures);
}

void
gum_product_list_set_query (GumProductList *self,
                            GumQuery       *query)
{
  g_return_if_fail (GUM_IS_PRODUCT_LIST (self));

  if (self->query != NULL)
    g_signal_handlers_disconnect_by_func (self->query, pending_cb, self);
  g_set_object (&self->query, query);
  gum_row_selection_set_query (self->selection, query);
  gtk_slice_list_model_set_model (self->slice, G_LIST_MODEL (query));
  if (query != NULL)
    g_signal_connect_object (query, "notify::pending", G_CALLBACK (pending_cb), self,
                             G_CONNECT_SWAPPED);
  g_signal_emit (self, signals[SELECTION_CHANGED], 0);
}

void
gum_product_list_rest (GumProductList *self)
{
  g_return_if_fail (GUM_IS_PRODUCT_LIST (self));

  if (is_held_back (self))
    make_none_for (self, REST_MILLISECONDS);
}

void
gum_product_list_start_anew (GumProductList *self)
{
  g_return_if_fail (GUM_IS_PRODUCT_LIST (self));

  make_none_for (self, QUIET_MILLISECONDS);
  gtk_slice_list_model_set_size (self->slice, count_first_rows (self));
}

void
gum_product_list_set_sort (GumProductList *self,
                           GumSort         sort,
                           gboolean        descending)
{
  g_return_if_fail (GUM_IS_PRODUCT_LIST (self));

  gum_product_header_set_sort (GUM_PRODUCT_HEADER (self->header), sort, descending);
}

void
gum_product_list_select (GumProductList *self,
                         const char     *id,
                         gboolean        scroll)
{
  guint position;
  char *copy;

  g_return_if_fail (GUM_IS_PRODUCT_LIST (self));

  copy = g_strdup (id);
  g_free (self->selected);
  self->selected = copy;

  position = find_selected (self);
  select_position (self, position);
  if (scroll && position != GTK_INVALID_LIST_POSITION)
    gtk_widget_activate_action (self->view, "list.scroll-to-item", "u", position);
}

GumProduct *
gum_product_list_dup_selected (GumProductList *self)
{
  guint position;

  g_return_val_if_fail (GUM_IS_PRODUCT_LIST (self), NULL);

  position = find_selected (self);
  return position != GTK_INVALID_LIST_POSITION
    ? g_list_model_get_item (G_LIST_MODEL (self->selection), position) : NULL;
}

guint
gum_product_list_get_n_selected (GumProductList *self)
{
  g_return_val_if_fail (GUM_IS_PRODUCT_LIST (self), 0);

  return gum_row_selection_get_n_selected (self->selection);
}

GArray *
gum_product_list_list_selected (GumProductList *self)
{
  g_return_val_if_fail (GUM_IS_PRODUCT_LIST (self), NULL);

  return gum_row_selection_list (self->selection);
}

gboolean
gum_product_list_unselect (GumProductList *self)
{
  g_return_val_if_fail (GUM_IS_PRODUCT_LIST (self), FALSE);

  if (gum_row_selection_get_n_selected (self->selection) <= 1)
    return FALSE;
  select_position (self, find_selected (self));
  return TRUE;
}

GtkWidget *
gum_product_list_get_view (GumProductList *self)
{
  g_return_val_if_fail (GUM_IS_PRODUCT_LIST (self), NULL);

  return self->view;
}

gboolean
gum_product_list_is_table (GumProductList *self)
{
  g_return_val_if_fail (GUM_IS_PRODUCT_LIST (self), FALSE);

  return self->table;
}

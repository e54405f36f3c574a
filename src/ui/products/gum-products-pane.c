/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The list of products with everything that asks a question of it: search, sort, filters, refresh; and what
 * stands in its place when there is nothing to list, with the reason and what to do.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-products-pane.h"

#include "gum-bulk-window.h"
#include "gum-focus.h"
#include "gum-main-menu.h"
#include "gum-product-header.h"
#include "gum-products-filter.h"
#include "gum-products-state.h"
#include "gum-selection-bar.h"
#include "gum-status.h"

#include <glib/gi18n.h>

struct _GumProductsPane
{
  AdwBin              parent_instance;

  /* owned */
  GumShop            *shop;
  GumStore           *store;
  GumQuery           *query;
  GSimpleActionGroup *actions;

  /* template */
  AdwHeaderBar       *header;
  AdwWindowTitle     *title;
  GtkWidget          *sections_button;
  GumMainMenu        *main_menu;
  GtkWidget          *create_button;
  GtkWidget          *search_button;
  GtkWidget          *refresh_button;
  GtkMenuButton      *view_button;
  GtkStack           *refresh_stack;
  GtkSpinner         *refresh_spinner;
  AdwBin             *banner_slot;
  GtkSearchBar       *search_bar;
  GtkSearchEntry     *search_entry;
  GtkRevealer        *chips;
  GtkButton          *state_chip;
  GtkButton          *kind_chip;
  GtkProgressBar     *progress;
  GtkStack           *stack;
  GumProductList     *list;
  GumStatus          *status;

  GumProductsFilter   filter;
  gboolean            folded;        /* no sidebar beside it */
  gboolean            narrow;        /* there is room for the age, not for the number as well */
  gboolean            asked;         /* for this order, by the person */
  gboolean            focus_waits;   /* on the search button, for something to be listed */
  guint               age_timer;     /* the subtitle's age, while somebody can see it */
};

G_DEFINE_FINAL_TYPE (GumProductsPane, gum_products_pane, ADW_TYPE_BIN)

static void
update_title (GumProductsPane *self)
{
  g_autofree char *subtitle =
    gum_products_state_dup_subtitle (self->store, self->query, &self->filter, self->narrow);
  adw_window_title_set_subtitle (self->title, subtitle != NULL ? subtitle : "");
}

static gboolean
is_listing (GumProductsPane *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "list") == 0;
}

/* Whether the keyboard goes along with what is shown: it does not when the person took it elsewhere. */
static gboolean
is_focus_here (GumProductsPane *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && (gtk_widget_is_ancestor (focus, GTK_WIDGET (self->stack)) ||
                           (focus == self->search_button && self->focus_waits));
}

static void
update_status (GumProductsPane *self)
{
  gboolean syncing = self->store != NULL && gum_store_get_syncing (self->store);
  gboolean focus_here = is_focus_here (self);
  GumProductsView view;

  update_title (self);
  gtk_stack_set_visible_child_name (self->refresh_stack, syncing ? "busy" : "idle");
  gtk_spinner_set_spinning (self->refresh_spinner, syncing);
  gtk_widget_set_visible (GTK_WIDGET (self->progress),
                          gum_products_state_is_first_sync (self->store));

  view = gum_products_state_show (self->status, self->shop, self->query, &self->filter);
  if (view == GUM_PRODUCTS_AS_BEFORE || (view == GUM_PRODUCTS_LIST && is_listing (self)))
    return;
  gtk_stack_set_visible_child_name (self->stack, view == GUM_PRODUCTS_LIST ? "list" : "status");
  if (focus_here)
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
items_synced_cb (GumProductsPane *self)
{
  gtk_progress_bar_pulse (self->progress);
  update_status (self);
}

static void
show_filter (GumProductsPane *self)
{
  GumProductsFilter *filter = &self->filter;

  gum_products_filter_show_chip (self->state_chip, gum_filter_state_get_label (filter->state),
                                 filter->state != GUM_FILTER_STATE_ALL);
  gum_products_filter_show_chip (self->kind_chip, gum_filter_kind_get_label (filter->kind),
                                 filter->kind != GUM_FILTER_KIND_ALL);
  gtk_revealer_set_reveal_child (self->chips, gum_products_filter_is_on (filter));
}

static void
set_action_state (GumProductsPane *self,
                  const char      *name,
                  const char      *state)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_string (state));
}

static void
apply (GumProductsPane *self)
{
  GumProductsFilter *filter = &self->filter;

  set_action_state (self, "sort", gum_sort_get_name (filter->sort));
  set_action_state (self, "direction", filter->descending ? "descending" : "ascending");
  set_action_state (self, "state", gum_filter_state_get_name (filter->state));
  set_action_state (self, "kind", gum_filter_kind_get_name (filter->kind));
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (
                                 G_ACTION_MAP (self->actions), "clear-filters")),
                               gum_products_filter_is_on (&self->filter));
  show_filter (self);
  gum_product_list_set_sort (self->list, filter->sort, filter->descending);

  if (self->query != NULL)
    {
      gum_product_list_start_anew (self->list);
      /* Gumroad's own order runs from the newest on; and until another is asked for, a search may put
       * what matches best first. */
      if (self->asked)
        gum_query_set_sort (self->query, filter->sort,
                            filter->sort == GUM_SORT_NEWEST ? !filter->descending :
                            filter->descending);
      gum_query_set_filter (self->query, filter->state, filter->kind);
    }
  update_status (self);
}

static void
search_changed_cb (GumProductsPane *self)
{
  gum_product_list_start_anew (self->list);
  if (self->query != NULL)
    gum_query_set_search (self->query, gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));
  update_status (self);
}

/* Return in the search goes to what was found. */
static gboolean
search_activate_cb (GumProductsPane *self)
{
  return gtk_widget_child_focus (gum_product_list_get_view (self->list), GTK_DIR_TAB_FORWARD);
}

static gboolean
search_key_cb (GtkWidget *widget,
               GVariant  *arguments,
               gpointer   user_data)
{
  return search_activate_cb (user_data);
}

/* From the menu a choice is made; a column's head that is pressed once more turns the order round. */
static void
sort_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  GumProductsPane *self = user_data;
  GumProductsFilter *filter = &self->filter;
  GumSort sort;

  if (!gum_sort_from_name (g_variant_get_string (parameter, NULL), &sort))
    return;
  if (sort != filter->sort)
    filter->descending = gum_sort_is_descending_first (sort);
  else if (g_str_equal (g_action_get_name (G_ACTION (action)), "sort-column"))
    filter->descending = !filter->descending;
  filter->sort = sort;
  self->asked = TRUE;
  apply (self);
}

static void
direction_action (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  GumProductsPane *self = user_data;

  self->filter.descending = g_str_equal (g_variant_get_string (parameter, NULL), "descending");
  self->asked = TRUE;
  apply (self);
}

static void
filter_action (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  GumProductsPane *self = user_data;
  const char *name = g_variant_get_string (parameter, NULL);

  if (g_str_equal (g_action_get_name (G_ACTION (action)), "state") ?
      gum_filter_state_from_name (name, &self->filter.state) :
      gum_filter_kind_from_name (name, &self->filter.kind))
    apply (self);
}

static void
clear_filters_action (GSimpleAction *action,
                      GVariant      *parameter,
                      gpointer       user_data)
{
  GumProductsPane *self = user_data;

  self->filter.state = GUM_FILTER_STATE_ALL;
  self->filter.kind = GUM_FILTER_KIND_ALL;
  apply (self);
}

static void
clear_action (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  GumProductsPane *self = user_data;

  gum_products_pane_stop_search (self);
  clear_filters_action (action, parameter, user_data);
}

/* Those that are selected in the list begin as selected there. */
static void
select_action (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  GumProductsPane *self = user_data;
  const char *search = gtk_editable_get_text (GTK_EDITABLE (self->search_entry));
  gboolean all = g_str_equal (g_action_get_name (G_ACTION (action)), "select-all");
  g_autoptr(GArray) rows = gum_product_list_list_selected (self->list);

  if (self->store != NULL)
    gtk_window_present (GTK_WINDOW (
      gum_bulk_window_new (GTK_WIDGET (self), self->shop, search, &self->filter,
                           rows->len > 1 ? rows : NULL, all)));
}

static void
refresh_action (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  GumProductsPane *self = user_data;

  if (self->shop != NULL)
    gum_shop_refresh (self->shop);
}

static void
reopen_action (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  GumProductsPane *self = user_data;

  if (self->shop != NULL)
    gum_shop_reopen (self->shop);
}

static const GActionEntry entries[] = {
  { "sort", sort_action, "s", "'newest'" },
  { "sort-column", sort_action, "s" },
  { "direction", direction_action, "s", "'descending'" },
  { "state", filter_action, "s", "'all'" },
  { "kind", filter_action, "s", "'all'" },
  { "clear-filters", clear_filters_action },
  { "clear", clear_action },
  { "select", select_action },
  { "select-all", select_action },
  { "refresh", refresh_action },
  { "reopen", reopen_action },
};

static void
set_store (GumProductsPane *self)
{
  const char * const watched[] = { "notify::syncing", "notify::sync-error", "notify::last-synced",
                                   "notify::n-products" };
  GumStore *store = self->shop != NULL ? gum_shop_get_store (self->shop) : NULL;

  if (self->store == store)
    {
      update_status (self);
      return;
    }

  if (self->store != NULL)
    {
      g_signal_handlers_disconnect_by_func (self->store, update_status, self);
      g_signal_handlers_disconnect_by_func (self->store, items_synced_cb, self);
    }
  gum_product_list_set_query (self->list, NULL);
  if (self->query != NULL)
    g_signal_handlers_disconnect_by_func (self->query, update_status, self);
  g_clear_object (&self->query);
  g_set_object (&self->store, store);

  if (store != NULL)
    {
      self->query = gum_query_new (store);
      g_signal_connect_object (self->query, "items-changed", G_CALLBACK (update_status), self,
                               G_CONNECT_SWAPPED | G_CONNECT_AFTER);
      g_signal_connect_object (self->query, "notify::pending", G_CALLBACK (update_status), self,
                               G_CONNECT_SWAPPED);
      for (gsize i = 0; i < G_N_ELEMENTS (watched); i++)
        g_signal_connect_object (store, watched[i], G_CALLBACK (update_status), self,
                                 G_CONNECT_SWAPPED);
      g_signal_connect_object (store, "notify::synced-items", G_CALLBACK (items_synced_cb), self,
                               G_CONNECT_SWAPPED);
      gum_product_list_set_query (self->list, self->query);
      search_changed_cb (self);
    }
  apply (self);
}

static gboolean
age_cb (gpointer user_data)
{
  update_title (user_data);
  return G_SOURCE_CONTINUE;
}

static void
gum_products_pane_map (GtkWidget *widget)
{
  GumProductsPane *self = GUM_PRODUCTS_PANE (widget);

  GTK_WIDGET_CLASS (gum_products_pane_parent_class)->map (widget);
  update_title (self);
  if (self->age_timer == 0)
    self->age_timer = g_timeout_add_seconds (60, age_cb, self);
}

static void
gum_products_pane_unmap (GtkWidget *widget)
{
  GumProductsPane *self = GUM_PRODUCTS_PANE (widget);

  g_clear_handle_id (&self->age_timer, g_source_remove);
  GTK_WIDGET_CLASS (gum_products_pane_parent_class)->unmap (widget);
}

/* Where there is no room for a table there is none for a title beside all the buttons either, and the menu
 * can do the same. */
static void
show_edges (GumProductsPane *self)
{
  self->narrow = self->folded && !gum_product_list_is_table (self->list);
  gtk_widget_set_visible (GTK_WIDGET (self->main_menu), self->folded);
  gtk_widget_set_visible (self->refresh_button, !self->folded);
  gtk_widget_set_visible (self->create_button, !self->narrow);
  gtk_widget_set_visible (GTK_WIDGET (self->view_button), !self->narrow);
  update_title (self);
}

/* What is listed, else what can be done about there being nothing. */
static gboolean
gum_products_pane_grab_focus (GtkWidget *widget)
{
  GumProductsPane *self = GUM_PRODUCTS_PANE (widget);

  self->focus_waits = FALSE;
  if (is_listing (self))
    return gtk_widget_grab_focus (gum_product_list_get_view (self->list));
  if (gtk_widget_grab_focus (GTK_WIDGET (self->status)))
    return TRUE;

  self->focus_waits = TRUE;
  return gtk_widget_grab_focus (self->search_button);
}

static void
gum_products_pane_dispose (GObject *object)
{
  GumProductsPane *self = GUM_PRODUCTS_PANE (object);

  g_clear_handle_id (&self->age_timer, g_source_remove);
  if (self->query != NULL)
    g_signal_handlers_disconnect_by_data (self->query, self);
  if (self->store != NULL)
    g_signal_handlers_disconnect_by_data (self->store, self);
  /* The bin would look for a child that the template has taken away. */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), GUM_TYPE_PRODUCTS_PANE);
  g_clear_object (&self->query);
  g_clear_object (&self->store);
  g_clear_object (&self->shop);
  g_clear_object (&self->actions);

  G_OBJECT_CLASS (gum_products_pane_parent_class)->dispose (object);
}

static void
gum_products_pane_class_init (GumProductsPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = gum_products_pane_dispose;
  widget_class->focus = gum_focus_child;
  widget_class->grab_focus = gum_products_pane_grab_focus;
  widget_class->map = gum_products_pane_map;
  widget_class->unmap = gum_products_pane_unmap;

  g_type_ensure (GUM_TYPE_MAIN_MENU);
  g_type_ensure (GUM_TYPE_PRODUCT_LIST);
  g_type_ensure (GUM_TYPE_SELECTION_BAR);
  g_type_ensure (GUM_TYPE_STATUS);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Gumroad/ui/gum-products-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, GumProductsPane, header);
  gtk_widget_class_bind_template_child (widget_class, GumProductsPane, title);
  gtk_widget_class_bind_template_child (widget_class, GumProductsPane, sections_button);
  gtk_widget_class_bind_template_child (widget_class, GumProductsPane, main_menu);
  gtk_widget_class_bind_template_child (widget_class, GumProductsPane, create_button);
  gtk_widget_class_bind_template_child (widget_class, GumProductsPane, search_button);
  gtk_widget_class_bind_template_child (widget_class, GumProductsPane, refresh_button);
  gtk_widget_class_bind_template_child (widget_class, GumProductsPane, view_button);
  gtk_widget_class_bind_template_child (widget_class, GumProductsPane, refresh_stack);
  gtk_widget_class_bind_template_child (widget_class, GumProductsPane, refresh_spinner);
  gtk_widget_class_bind_template_child (widget_class, GumProductsPane, banner_slot);
  gtk_widget_class_bind_template_child (widget_class, GumProductsPane, search_bar);
  gtk_widget_class_bind_template_child (widget_class, GumProductsPane, search_entry);
  gtk_widget_class_bind_template_child (widget_class, GumProductsPane, chips);
  gtk_widget_class_bind_template_child (widget_class, GumProductsPane, state_chip);
  gtk_widget_class_bind_template_child (widget_class, GumProductsPane, kind_chip);
  gtk_widget_class_bind_template_child (widget_class, GumProductsPane, progress);
  gtk_widget_class_bind_template_child (widget_class, GumProductsPane, stack);
  gtk_widget_class_bind_template_child (widget_class, GumProductsPane, list);
  gtk_widget_class_bind_template_child (widget_class, GumProductsPane, status);
}

static void
gum_products_pane_init (GumProductsPane *self)
{
  g_autoptr (GMenuModel) menu = gum_products_filter_new_menu ();
  g_autoptr (GMenu) folded_menu = g_menu_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();

  self->filter.descending = TRUE;
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "products", G_ACTION_GROUP (self->actions));
  gtk_widget_init_template (GTK_WIDGET (self));

  gtk_menu_button_set_menu_model (self->view_button, menu);
  g_menu_append (folded_menu, _("_New Product"), "products.create");
  g_menu_append (folded_menu, _("S_elect Products…"), "products.select");
  g_menu_append_submenu (folded_menu, _("_Sort and Filter"), menu);
  gum_main_menu_set_page_menu (self->main_menu, G_MENU_MODEL (folded_menu));
  gtk_search_bar_connect_entry (self->search_bar, GTK_EDITABLE (self->search_entry));
  gtk_search_bar_set_key_capture_widget (self->search_bar, GTK_WIDGET (self->stack));
  g_signal_connect_object (self->search_entry, "search-changed", G_CALLBACK (search_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search_entry, "activate", G_CALLBACK (search_activate_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "layout-changed", G_CALLBACK (show_edges), self,
                           G_CONNECT_SWAPPED);
  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (keys),
    gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Down, 0),
                      gtk_callback_action_new (search_key_cb, self, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self->search_entry), keys);
}

void
gum_products_pane_set_shop (GumProductsPane *self,
                            GumShop         *shop)
{
  g_return_if_fail (GUM_IS_PRODUCTS_PANE (self));
  g_return_if_fail (GUM_IS_SHOP (shop));
  g_return_if_fail (self->shop == NULL);

  self->shop = g_object_ref (shop);
  gum_product_list_set_pictures (self->list, gum_shop_get_pictures (shop));
  g_signal_connect_object (shop, "notify::store", G_CALLBACK (set_store), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (shop, "notify::error", G_CALLBACK (update_status), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (shop, "notify::online", G_CALLBACK (update_status), self,
                           G_CONNECT_SWAPPED);
  set_store (self);
}

void
gum_products_pane_set_edges (GumProductsPane *self,
                             gboolean         folded,
                             gboolean         alone)
{
  g_return_if_fail (GUM_IS_PRODUCTS_PANE (self));

  self->folded = folded;
  gtk_widget_set_visible (self->sections_button, folded);
  adw_header_bar_set_show_start_title_buttons (self->header, folded);
  adw_header_bar_set_show_end_title_buttons (self->header, alone);
  show_edges (self);
}

void
gum_products_pane_start_search (GumProductsPane *self)
{
  g_return_if_fail (GUM_IS_PRODUCTS_PANE (self));

  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

gboolean
gum_products_pane_stop_search (GumProductsPane *self)
{
  gboolean searching;

  g_return_val_if_fail (GUM_IS_PRODUCTS_PANE (self), FALSE);

  searching = gtk_search_bar_get_search_mode (self->search_bar);
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  gtk_search_bar_set_search_mode (self->search_bar, FALSE);
  return searching;
}

GumProductList *
gum_products_pane_get_list (GumProductsPane *self)
{
  g_return_val_if_fail (GUM_IS_PRODUCTS_PANE (self), NULL);

  return self->list;
}

const char *
gum_products_pane_get_status (GumProductsPane *self)
{
  g_return_val_if_fail (GUM_IS_PRODUCTS_PANE (self), NULL);

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "status") != 0)
    return NULL;
  return gum_status_get_title (self->status);
}

AdwBin *
gum_products_pane_get_banner_slot (GumProductsPane *self)
{
  g_return_val_if_fail (GUM_IS_PRODUCTS_PANE (self), NULL);

  return self->banner_slot;
}

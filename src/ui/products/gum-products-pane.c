/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The list of products with everything that asks a question of it: search, sort, filters, refresh; and what
 * stands in its place when there is nothing to list, with the reason and what to do.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-products-pane.h"

#include "gum-errors.h"
#include "gum-product-actions.h"
#include "gum-product-facts.h"
#include "gum-product-header.h"
#include "gum-products-filter.h"
#include "gum-status.h"
#include "gum-time.h"

#include <glib/gi18n.h>

#define PRODUCTS_PAGE "https://app.gumroad.com/products"

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
  GtkMenuButton      *view_button;
  GtkStack           *refresh_stack;
  GtkSpinner         *refresh_spinner;
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
  gboolean            asked;         /* for this order, by the person */
  guint               age_timer;     /* the subtitle's age, while somebody can see it */
};

G_DEFINE_FINAL_TYPE (GumProductsPane, gum_products_pane, ADW_TYPE_BIN)

static gboolean
is_filtered (GumProductsPane *self)
{
  return self->filter.state != GUM_FILTER_STATE_ALL || self->filter.kind != GUM_FILTER_KIND_ALL;
}

static guint
count_listed (GumProductsPane *self)
{
  return self->query != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->query)) : 0;
}

static gboolean
is_first_sync (GumProductsPane *self)
{
  return self->store != NULL && gum_store_get_syncing (self->store) &&
         gum_store_get_last_synced (self->store) == NULL;
}

static char *
dup_count (GumProductsPane *self)
{
  guint all = gum_store_get_n_products (self->store);
  guint listed = count_listed (self);
  g_autofree char *all_text = gum_facts_dup_number (all);
  g_autofree char *listed_text = gum_facts_dup_number (listed);

  if (is_first_sync (self))
    /* Translators: while products are read from Gumroad for the first time */
    return g_strdup_printf (ngettext ("%s product so far", "%s products so far", all), all_text);
  if (is_filtered (self) || gum_query_get_search (self->query) != NULL)
    /* Translators: how many are shown of how many there are */
    return g_strdup_printf (_("%s of %s"), listed_text, all_text);
  return g_strdup_printf (ngettext ("%s product", "%s products", all), all_text);
}

static void
update_title (GumProductsPane *self)
{
  GDateTime *synced = self->store != NULL ? gum_store_get_last_synced (self->store) : NULL;
  g_autofree char *count = NULL;
  g_autofree char *subtitle = NULL;

  if (self->store == NULL || (synced == NULL && gum_store_get_n_products (self->store) == 0))
    {
      adw_window_title_set_subtitle (self->title, "");
      return;
    }

  count = dup_count (self);
  if (synced != NULL)
    {
      g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
      g_autofree char *age = gum_time_format_relative (synced, now);

      /* Translators: first how many products there are, then how old what is known is */
      subtitle = g_strdup_printf (_("%s · Updated %s"), count, age);
    }
  adw_window_title_set_subtitle (self->title, subtitle != NULL ? subtitle : count);
}

static void
show_status (GumProductsPane *self,
             const char      *icon_name,
             const char      *title,
             const char      *description,
             const char      *label,
             const char      *action)
{
  gum_status_show (self->status, icon_name, title, description);
  gum_status_set_action (self->status, label, action);
  gtk_stack_set_visible_child_name (self->stack, "status");
}

static void
show_error (GumProductsPane *self,
            const GError    *error,
            const char      *label,
            const char      *action)
{
  g_autofree char *title = gum_errors_dup_title (error);
  g_autofree char *sentence = gum_errors_dup_sentence (error, NULL);

  show_status (self, "dialog-warning-symbolic",
               title != NULL ? title : _("Products Could Not Be Read"), sentence, label, action);
}

/* The ledger has nothing: it may be empty, not yet filled, or kept from being filled. */
static void
show_nothing_known (GumProductsPane *self)
{
  const GError *error = gum_store_get_sync_error (self->store);

  if (gum_store_get_syncing (self->store))
    show_status (self, NULL, _("Reading Your Products"),
                 _("They appear here as Gumroad sends them."), NULL, NULL);
  else if (error != NULL)
    show_error (self, error, _("_Try Again"), "products.refresh");
  else if (gum_store_get_last_synced (self->store) != NULL)
    show_status (self, "package-x-generic-symbolic", _("No Products Yet"),
                 _("What you create on Gumroad appears here."),
                 _("_Open Gumroad"), "products.open-gumroad");
  else if (!gum_shop_is_online (self->shop))
    show_status (self, "network-offline-symbolic", _("You Are Offline"),
                 _("Your products have not been read yet. They will appear once there is a "
                   "connection to the internet."), NULL, NULL);
  else
    show_status (self, "package-x-generic-symbolic", _("Nothing Read Yet"),
                 _("Your products have not been read from Gumroad yet."),
                 _("_Refresh"), "products.refresh");
}

static void
show_no_result (GumProductsPane *self)
{
  const char *text = gum_query_get_search (self->query);
  const char *nothing = gum_products_filter_get_nothing (&self->filter);
  g_autofree char *title = NULL;
  g_autofree char *among = NULL;

  if (text == NULL || *text == '\0')
    {
      show_status (self, "edit-find-symbolic", nothing,
                   _("Every other product is hidden by the filters."),
                   _("_Clear Filters"), "products.clear-filters");
      return;
    }

  title = g_strdup_printf (_("No Products Match “%s”"), text);
  if (is_filtered (self))
    among = g_strdup_printf (_("The search looked only among: %s."),
                             self->filter.kind == GUM_FILTER_KIND_ALL ?
                             gum_filter_state_get_label (self->filter.state) :
                             gum_filter_kind_get_label (self->filter.kind));
  show_status (self, "edit-find-symbolic", title, among,
               is_filtered (self) ? _("_Clear Search and Filters") : _("_Clear Search"),
               "products.clear");
}

static void
update_status (GumProductsPane *self)
{
  gboolean syncing = self->store != NULL && gum_store_get_syncing (self->store);

  update_title (self);
  gtk_stack_set_visible_child_name (self->refresh_stack, syncing ? "busy" : "idle");
  gtk_spinner_set_spinning (self->refresh_spinner, syncing);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), is_first_sync (self));

  if (self->store == NULL)
    {
      const GError *error = self->shop != NULL ? gum_shop_get_error (self->shop) : NULL;

      if (error != NULL)
        show_error (self, error, _("_Try Again"), "products.reopen");
      else
        show_status (self, NULL, _("Opening the Shop"), NULL, NULL, NULL);
    }
  else if (count_listed (self) > 0)
    {
      gtk_stack_set_visible_child_name (self->stack, "list");
    }
  else if (gum_store_get_n_products (self->store) == 0)
    {
      show_nothing_known (self);
    }
  else if (!gum_query_get_pending (self->query))
    {
      show_no_result (self);
    }
}

static void
changed_cb (GumProductsPane *self)
{
  update_status (self);
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
  g_autofree char *state = g_strdup_printf ("%s ✕", gum_filter_state_get_label (filter->state));
  g_autofree char *kind = g_strdup_printf ("%s ✕", gum_filter_kind_get_label (filter->kind));
  g_autofree char *state_label = NULL;
  g_autofree char *kind_label = NULL;

  gtk_button_set_label (self->state_chip, state);
  gtk_button_set_label (self->kind_chip, kind);
  /* Translators: a filter that a press takes away; %s is its name */
  state_label = g_strdup_printf (_("Remove filter: %s"), gum_filter_state_get_label (filter->state));
  kind_label = g_strdup_printf (_("Remove filter: %s"), gum_filter_kind_get_label (filter->kind));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->state_chip),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, state_label, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->kind_chip),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, kind_label, -1);
  gtk_widget_set_visible (GTK_WIDGET (self->state_chip), filter->state != GUM_FILTER_STATE_ALL);
  gtk_widget_set_visible (GTK_WIDGET (self->kind_chip), filter->kind != GUM_FILTER_KIND_ALL);
  gtk_revealer_set_reveal_child (self->chips, is_filtered (self));
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
                               is_filtered (self));
  show_filter (self);
  gum_product_list_set_sort (self->list, filter->sort, filter->descending);

  if (self->query != NULL)
    {
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
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search_entry));

  if (self->query != NULL)
    gum_query_set_search (self->query, *text != '\0' ? text : NULL);
  update_status (self);
}

/* Return in the search goes to what was found. */
static void
search_activate_cb (GumProductsPane *self)
{
  gtk_widget_child_focus (GTK_WIDGET (self->list), GTK_DIR_TAB_FORWARD);
}

static gboolean
search_key_cb (GtkWidget *widget,
               GVariant  *arguments,
               gpointer   user_data)
{
  GumProductsPane *self = user_data;

  return gtk_widget_child_focus (GTK_WIDGET (self->list), GTK_DIR_TAB_FORWARD);
}

static void
sort_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  GumProductsPane *self = user_data;
  GumSort sort;

  if (!gum_sort_from_name (g_variant_get_string (parameter, NULL), &sort))
    return;
  if (sort != self->filter.sort)
    self->filter.descending = gum_sort_is_descending_first (sort);
  self->filter.sort = sort;
  self->asked = TRUE;
  apply (self);
}

static void
sort_column_action (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       user_data)
{
  GumProductsPane *self = user_data;
  GumSort sort;

  if (!gum_sort_from_name (g_variant_get_string (parameter, NULL), &sort))
    return;
  if (sort == self->filter.sort)
    self->filter.descending = !self->filter.descending;
  else
    self->filter.descending = gum_sort_is_descending_first (sort);
  self->filter.sort = sort;
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
state_action (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  GumProductsPane *self = user_data;

  if (gum_filter_state_from_name (g_variant_get_string (parameter, NULL), &self->filter.state))
    apply (self);
}

static void
kind_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  GumProductsPane *self = user_data;

  if (gum_filter_kind_from_name (g_variant_get_string (parameter, NULL), &self->filter.kind))
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

static void
open_gumroad_action (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       user_data)
{
  gum_product_actions_open_uri (user_data, PRODUCTS_PAGE);
}

static const GActionEntry entries[] = {
  { "sort", sort_action, "s", "'newest'" },
  { "sort-column", sort_column_action, "s" },
  { "direction", direction_action, "s", "'descending'" },
  { "state", state_action, "s", "'all'" },
  { "kind", kind_action, "s", "'all'" },
  { "clear-filters", clear_filters_action },
  { "clear", clear_action },
  { "refresh", refresh_action },
  { "reopen", reopen_action },
  { "open-gumroad", open_gumroad_action },
};

static void
set_store (GumProductsPane *self)
{
  GumStore *store = self->shop != NULL ? gum_shop_get_store (self->shop) : NULL;

  if (self->store == store)
    {
      update_status (self);
      return;
    }

  if (self->store != NULL)
    {
      g_signal_handlers_disconnect_by_func (self->store, changed_cb, self);
      g_signal_handlers_disconnect_by_func (self->store, items_synced_cb, self);
    }
  gum_product_list_set_query (self->list, NULL);
  if (self->query != NULL)
    g_signal_handlers_disconnect_by_func (self->query, changed_cb, self);
  g_clear_object (&self->query);
  g_set_object (&self->store, store);

  if (store != NULL)
    {
      self->query = gum_query_new (store);
      g_signal_connect_object (self->query, "items-changed", G_CALLBACK (changed_cb), self,
                               G_CONNECT_SWAPPED | G_CONNECT_AFTER);
      g_signal_connect_object (self->query, "notify::pending", G_CALLBACK (changed_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (store, "notify::syncing", G_CALLBACK (changed_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (store, "notify::sync-error", G_CALLBACK (changed_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (store, "notify::last-synced", G_CALLBACK (changed_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (store, "notify::n-products", G_CALLBACK (changed_cb), self,
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

static void
gum_products_pane_dispose (GObject *object)
{
  GumProductsPane *self = GUM_PRODUCTS_PANE (object);

  g_clear_handle_id (&self->age_timer, g_source_remove);
  if (self->query != NULL)
    g_signal_handlers_disconnect_by_data (self->query, self);
  if (self->store != NULL)
    g_signal_handlers_disconnect_by_data (self->store, self);
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
  widget_class->map = gum_products_pane_map;
  widget_class->unmap = gum_products_pane_unmap;

  g_type_ensure (GUM_TYPE_PRODUCT_LIST);
  g_type_ensure (GUM_TYPE_STATUS);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Gumroad/ui/gum-products-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, GumProductsPane, header);
  gtk_widget_class_bind_template_child (widget_class, GumProductsPane, title);
  gtk_widget_class_bind_template_child (widget_class, GumProductsPane, sections_button);
  gtk_widget_class_bind_template_child (widget_class, GumProductsPane, view_button);
  gtk_widget_class_bind_template_child (widget_class, GumProductsPane, refresh_stack);
  gtk_widget_class_bind_template_child (widget_class, GumProductsPane, refresh_spinner);
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
  GtkEventController *keys = gtk_shortcut_controller_new ();

  self->filter.descending = TRUE;
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "products", G_ACTION_GROUP (self->actions));
  gtk_widget_init_template (GTK_WIDGET (self));

  gtk_menu_button_set_menu_model (self->view_button, menu);
  gtk_search_bar_connect_entry (self->search_bar, GTK_EDITABLE (self->search_entry));
  gtk_search_bar_set_key_capture_widget (self->search_bar, GTK_WIDGET (self->stack));
  g_signal_connect_object (self->search_entry, "search-changed", G_CALLBACK (search_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search_entry, "activate", G_CALLBACK (search_activate_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (keys),
    gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Down, 0),
                      gtk_callback_action_new (search_key_cb, self, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self->search_entry), keys);
}

GtkWidget *
gum_products_pane_new (void)
{
  return g_object_new (GUM_TYPE_PRODUCTS_PANE, NULL);
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
  g_signal_connect_object (shop, "notify::error", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (shop, "notify::online", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  set_store (self);
}

void
gum_products_pane_set_edges (GumProductsPane *self,
                             gboolean         folded,
                             gboolean         alone)
{
  g_return_if_fail (GUM_IS_PRODUCTS_PANE (self));

  gtk_widget_set_visible (self->sections_button, folded);
  adw_header_bar_set_show_start_title_buttons (self->header, folded);
  adw_header_bar_set_show_end_title_buttons (self->header, alone);
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

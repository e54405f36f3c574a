/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A short list with everything that asks a question of it: search, filters, refresh; and what stands in its
 * place when there is nothing to list.
 *
 *    GumRecords ──▶ GtkFilterListModel ──▶ GtkSingleSelection ──▶ rows
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-records-pane-private.h"

#include "gum-main-menu.h"
#include "gum-search.h"
#include "gum-util.h"

#include <glib/gi18n.h>

/* Seconds after which a list is read again when it is looked at. */
#define OLD 600

enum {
  OPEN,
  SELECTED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (GumRecordsPane, gum_records_pane, ADW_TYPE_BIN)

static guint signals[N_SIGNALS];

/* --- what is shown ---------------------------------------------------------------------------- */

static gboolean
filter_cb (gpointer item,
           gpointer user_data)
{
  GumRecordsPane *self = user_data;

  if (self->chip > 0 && !self->look->chips[self->chip].matches (item))
    return FALSE;
  if (self->product != NULL &&
      g_strcmp0 (self->product, gum_record_get_product_id (item)) != 0)
    return FALSE;

  return self->search == NULL || self->look->finds (item, self->search);
}

/* --- selection -------------------------------------------------------------------------------- */

static guint
find_position (GumRecordsPane *self,
               const char     *id)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->shown)); i++)
    {
      g_autoptr (GumRecord) record = g_list_model_get_item (G_LIST_MODEL (self->shown), i);

      if (g_str_equal (gum_record_get_id (record), id))
        return i;
    }

  return GTK_INVALID_LIST_POSITION;
}

static void
reselect (GumRecordsPane *self)
{
  guint position = self->selected != NULL ? find_position (self, self->selected)
                                          : GTK_INVALID_LIST_POSITION;

  self->selecting = TRUE;
  gtk_single_selection_set_selected (self->selection, position);
  self->selecting = FALSE;
}

static void
items_changed_cb (GumRecordsPane *self)
{
  reselect (self);
  _gum_records_pane_update (self);
}

static void
selected_cb (GumRecordsPane *self)
{
  GumRecord *record = gtk_single_selection_get_selected_item (self->selection);

  if (self->selecting || record == NULL)
    return;
  if (gum_set_str (&self->selected, gum_record_get_id (record)))
    g_signal_emit (self, signals[SELECTED], 0, record);
}

static void
activate_cb (GumRecordsPane *self,
             guint           position)
{
  g_autoptr (GumRecord) record = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (record != NULL)
    g_signal_emit (self, signals[OPEN], 0, record);
}

static void
row_open_cb (GumRecordsPane *self,
             GumRecord      *record)
{
  g_signal_emit (self, signals[OPEN], 0, record);
}

static void
setup_cb (GumRecordsPane *self,
          GtkListItem    *item)
{
  GtkWidget *row = gum_record_row_new ();

  g_signal_connect_object (row, "open", G_CALLBACK (row_open_cb), self, G_CONNECT_SWAPPED);
  gtk_list_item_set_child (item, row);
}

static void
bind_cb (GumRecordsPane *self,
         GtkListItem    *item)
{
  g_auto (GumRecordLines) lines = { 0 };

  self->look->describe (gtk_list_item_get_item (item), &lines);
  gum_record_row_show (GUM_RECORD_ROW (gtk_list_item_get_child (item)),
                       gtk_list_item_get_item (item), &lines);
}

/* --- questions -------------------------------------------------------------------------------- */

static void
refilter (GumRecordsPane *self)
{
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  reselect (self);
  _gum_records_pane_update (self);
}

static void
search_changed_cb (GumRecordsPane *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search_entry));

  g_free (self->search);
  self->search = *text != '\0' ? gum_search_fold_letters (text, -1) : NULL;
  refilter (self);
}

static gboolean
leave_search_cb (GtkWidget *widget,
                 GVariant  *arguments,
                 gpointer   user_data)
{
  return gtk_widget_child_focus (GTK_WIDGET (GUM_RECORDS_PANE (user_data)->view),
                                 GTK_DIR_TAB_FORWARD);
}

static void
search_activate_cb (GumRecordsPane *self)
{
  gtk_widget_child_focus (GTK_WIDGET (self->view), GTK_DIR_TAB_FORWARD);
}

static void
set_chip (GumRecordsPane *self,
          guint           chip)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), "chip");

  self->chip = chip;
  g_simple_action_set_state (G_SIMPLE_ACTION (action),
                             g_variant_new_string (self->look->chips[chip].name));
  refilter (self);
}

static void
chip_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  GumRecordsPane *self = user_data;

  for (guint i = 0; i < self->look->n_chips; i++)
    {
      if (g_str_equal (self->look->chips[i].name, g_variant_get_string (parameter, NULL)))
        set_chip (self, i);
    }
}

static void
all_products_action (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       user_data)
{
  gum_records_pane_set_product (user_data, NULL, NULL);
}

static void
clear_action (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  GumRecordsPane *self = user_data;

  gum_records_pane_stop_search (self);
  gum_records_pane_set_product (self, NULL, NULL);
  set_chip (self, 0);
}

static void
refresh_action (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  gum_records_pane_refresh (user_data);
}

static void
reopen_action (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  gum_shop_reopen (GUM_RECORDS_PANE (user_data)->shop);
}

static void
stop_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  GumRecordsPane *self = user_data;

  if (self->records != NULL)
    gum_records_stop_sync (self->records);
}

static const GActionEntry entries[] = {
  { "chip", chip_action, "s", "'all'" },
  { "all-products", all_products_action },
  { "clear", clear_action },
  { "refresh", refresh_action },
  { "reopen", reopen_action },
  { "stop", stop_action },
};

/* --- the shop --------------------------------------------------------------------------------- */

/* What is looked at is read again when it is old, unless the connection is one to spare. */
static void
refresh_if_old (GumRecordsPane *self)
{
  GDateTime *last = self->records != NULL ? gum_records_get_last_synced (self->records) : NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  if (self->records == NULL || !gum_records_get_loaded (self->records) ||
      !gum_shop_is_online (self->shop) || !gtk_widget_get_mapped (GTK_WIDGET (self)) ||
      gum_account_get_state (gum_shop_get_account (self->shop)) != GUM_ACCOUNT_SIGNED_IN)
    return;
  if (last != NULL)
    {
      GTimeSpan age = g_date_time_difference (now, last);

      if (gum_shop_is_sparing (self->shop) || (age >= 0 && age < OLD * G_TIME_SPAN_SECOND))
        return;
    }
  gum_records_start_sync (self->records);
}

static void
loaded_cb (GumRecordsPane *self)
{
  refresh_if_old (self);
  _gum_records_pane_update (self);
}

static void
store_cb (GumRecordsPane *self)
{
  GumStore *store = gum_shop_get_store (self->shop);
  GumRecords *records = store != NULL ? gum_store_get_records (store, self->look->kind) : NULL;

  if (self->records != NULL)
    g_signal_handlers_disconnect_by_data (self->records, self);
  g_set_object (&self->records, records);
  gtk_filter_list_model_set_model (self->shown, G_LIST_MODEL (records));
  if (records != NULL)
    {
      const char * const properties[] = { "notify::syncing", "notify::n-done", "notify::error" };

      for (guint i = 0; i < G_N_ELEMENTS (properties); i++)
        g_signal_connect_object (records, properties[i], G_CALLBACK (_gum_records_pane_update), self,
                                 G_CONNECT_SWAPPED);
      g_signal_connect_object (records, "notify::loaded", G_CALLBACK (loaded_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (records, "items-changed", G_CALLBACK (_gum_records_pane_update), self,
                               G_CONNECT_SWAPPED | G_CONNECT_AFTER);
    }
  loaded_cb (self);
}

static gboolean
age_cb (gpointer user_data)
{
  _gum_records_pane_update_title (user_data);
  return G_SOURCE_CONTINUE;
}

/* --- GObject ---------------------------------------------------------------------------------- */

static void
gum_records_pane_map (GtkWidget *widget)
{
  GumRecordsPane *self = GUM_RECORDS_PANE (widget);

  GTK_WIDGET_CLASS (gum_records_pane_parent_class)->map (widget);
  refresh_if_old (self);
  _gum_records_pane_update_title (self);
  if (self->age_timer == 0)
    self->age_timer = g_timeout_add_seconds (60, age_cb, self);
}

static void
gum_records_pane_unmap (GtkWidget *widget)
{
  GumRecordsPane *self = GUM_RECORDS_PANE (widget);

  g_clear_handle_id (&self->age_timer, g_source_remove);
  GTK_WIDGET_CLASS (gum_records_pane_parent_class)->unmap (widget);
}

static gboolean
gum_records_pane_grab_focus (GtkWidget *widget)
{
  GumRecordsPane *self = GUM_RECORDS_PANE (widget);

  return gtk_widget_grab_focus (GTK_WIDGET (self->view)) ||
         gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD) ||
         gtk_widget_grab_focus (self->search_button);
}

static void
gum_records_pane_dispose (GObject *object)
{
  GumRecordsPane *self = GUM_RECORDS_PANE (object);

  g_clear_handle_id (&self->age_timer, g_source_remove);
  if (self->records != NULL)
    g_signal_handlers_disconnect_by_data (self->records, self);
  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  /* The bin would look for a child that the template has taken away. */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), GUM_TYPE_RECORDS_PANE);
  g_clear_object (&self->selection);
  g_clear_object (&self->shown);
  g_clear_object (&self->filter);
  g_clear_object (&self->records);
  g_clear_object (&self->actions);
  g_clear_object (&self->shop);

  G_OBJECT_CLASS (gum_records_pane_parent_class)->dispose (object);
}

static void
gum_records_pane_finalize (GObject *object)
{
  GumRecordsPane *self = GUM_RECORDS_PANE (object);

  g_free (self->search);
  g_free (self->product);
  g_free (self->selected);

  G_OBJECT_CLASS (gum_records_pane_parent_class)->finalize (object);
}

static void
gum_records_pane_class_init (GumRecordsPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = gum_records_pane_dispose;
  object_class->finalize = gum_records_pane_finalize;
  widget_class->grab_focus = gum_records_pane_grab_focus;
  widget_class->map = gum_records_pane_map;
  widget_class->unmap = gum_records_pane_unmap;

  signals[OPEN] = g_signal_new ("open", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                NULL, NULL, NULL, G_TYPE_NONE, 1, GUM_TYPE_RECORD);
  signals[SELECTED] = g_signal_new ("selected", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 1, GUM_TYPE_RECORD);

  g_type_ensure (GUM_TYPE_MAIN_MENU);
  g_type_ensure (GUM_TYPE_STATUS);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Gumroad/ui/gum-records-pane.ui");
#define BIND(child) gtk_widget_class_bind_template_child (widget_class, GumRecordsPane, child)
  BIND (header);
  BIND (title);
  BIND (sections_button);
  BIND (new_button);
  BIND (search_button);
  BIND (main_menu);
  BIND (refresh_button);
  BIND (menu_button);
  BIND (banner_slot);
  BIND (search_bar);
  BIND (search_entry);
  BIND (chips_scroller);
  BIND (chips);
  BIND (product_chip);
  BIND (progress_box);
  BIND (progress);
  BIND (notice);
  BIND (notice_label);
  BIND (stack);
  BIND (view);
  BIND (status);
#undef BIND
}

static void
gum_records_pane_init (GumRecordsPane *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "records", G_ACTION_GROUP (self->actions));
  gtk_widget_init_template (GTK_WIDGET (self));

  self->filter = gtk_custom_filter_new (filter_cb, self, NULL);
  self->shown = gtk_filter_list_model_new (NULL, GTK_FILTER (g_object_ref (self->filter)));
  self->selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->shown)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->selection, "notify::selected", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);

  gtk_search_bar_connect_entry (self->search_bar, GTK_EDITABLE (self->search_entry));
  gtk_search_bar_set_key_capture_widget (self->search_bar, GTK_WIDGET (self->stack));
  g_signal_connect_object (self->search_entry, "search-changed", G_CALLBACK (search_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search_entry, "activate", G_CALLBACK (search_activate_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (keys),
    gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Down, 0),
                      gtk_callback_action_new (leave_search_cb, self, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self->search_entry), keys);
}

static void
add_chips (GumRecordsPane *self)
{
  for (guint i = 0; i < self->look->n_chips; i++)
    {
      GtkWidget *chip = gtk_toggle_button_new_with_label (_(self->look->chips[i].label));

      gtk_actionable_set_action_name (GTK_ACTIONABLE (chip), "records.chip");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (chip), "s", self->look->chips[i].name);
      gtk_widget_add_css_class (chip, "gum-chip");
      gtk_box_append (self->chips, chip);
    }
}

static void
set_label (gpointer    widget,
           const char *label)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
}

GtkWidget *
gum_records_pane_new (const GumRecordsLook *look,
                      GumShop              *shop)
{
  GumRecordsPane *self = g_object_new (GUM_TYPE_RECORDS_PANE, NULL);
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autofree char *new_label = NULL;

  self->look = look;
  self->shop = g_object_ref (shop);
  new_label = g_strdup (_(look->new_label));
  g_strdelimit (new_label, "_", ' ');
  g_strstrip (new_label);
  gtk_widget_set_tooltip_text (self->new_button, new_label);
  g_object_set (self->search_entry, "placeholder-text", _(look->search_hint), NULL);
  set_label (self->new_button, new_label);
  set_label (self->search_button, _(look->search_label));
  set_label (self->search_entry, _(look->search_label));
  set_label (self->refresh_button, _(look->refresh_label));
  set_label (self->view, _(look->list_label));
  add_chips (self);

  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->view, factory);
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->view, "activate", G_CALLBACK (activate_cb), self,
                           G_CONNECT_SWAPPED);

  g_signal_connect_object (shop, "notify::store", G_CALLBACK (store_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (shop, "notify::error", G_CALLBACK (_gum_records_pane_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (shop, "notify::online", G_CALLBACK (loaded_cb), self,
                           G_CONNECT_SWAPPED);
  store_cb (self);

  return GTK_WIDGET (self);
}

/* --- for the page ----------------------------------------------------------------------------- */

GumRecords *
gum_records_pane_get_records (GumRecordsPane *self)
{
  g_return_val_if_fail (GUM_IS_RECORDS_PANE (self), NULL);

  return self->records;
}

void
gum_records_pane_set_title (GumRecordsPane *self,
                            const char     *title)
{
  g_return_if_fail (GUM_IS_RECORDS_PANE (self));

  adw_window_title_set_title (self->title, title != NULL ? title : "");
}

GListModel *
gum_records_pane_get_shown (GumRecordsPane *self)
{
  g_return_val_if_fail (GUM_IS_RECORDS_PANE (self), NULL);

  return G_LIST_MODEL (self->shown);
}

void
gum_records_pane_set_menu (GumRecordsPane *self,
                           GMenuModel     *menu)
{
  g_return_if_fail (GUM_IS_RECORDS_PANE (self));

  gtk_menu_button_set_menu_model (self->menu_button, menu);
  gtk_widget_set_visible (GTK_WIDGET (self->menu_button), menu != NULL);
}

void
gum_records_pane_set_edges (GumRecordsPane *self,
                            gboolean        folded,
                            gboolean        alone)
{
  g_return_if_fail (GUM_IS_RECORDS_PANE (self));

  gtk_widget_set_visible (self->sections_button, folded);
  /* There is not room for both, and the menu can refresh as well. */
  gtk_widget_set_visible (self->main_menu, folded);
  gtk_widget_set_visible (self->refresh_button, !folded);
  /* The list's own menu has it too. */
  gtk_widget_set_visible (self->new_button,
                          !folded || !gtk_widget_get_visible (GTK_WIDGET (self->menu_button)));
  adw_header_bar_set_show_start_title_buttons (self->header, folded);
  adw_header_bar_set_show_end_title_buttons (self->header, alone);
}

/* NULL: of any product. */
void
gum_records_pane_set_product (GumRecordsPane *self,
                              const char     *id,
                              const char     *name)
{
  g_return_if_fail (GUM_IS_RECORDS_PANE (self));

  gum_set_str (&self->product, id);
  gtk_widget_set_visible (GTK_WIDGET (self->product_chip), id != NULL);
  if (id != NULL)
    {
      g_autofree char *text = g_strdup_printf ("%s ✕", name);
      /* Translators: a filter that a press takes away; %s is its name */
      g_autofree char *label = g_strdup_printf (_("Remove filter: %s"), name);
      GtkWidget *child;

      gtk_button_set_label (self->product_chip, text);
      child = gtk_button_get_child (self->product_chip);
      gtk_label_set_ellipsize (GTK_LABEL (child), PANGO_ELLIPSIZE_MIDDLE);
      gtk_label_set_max_width_chars (GTK_LABEL (child), 22);
      set_label (self->product_chip, label);
    }
  refilter (self);
}

void
gum_records_pane_select (GumRecordsPane *self,
                         const char     *id)
{
  g_return_if_fail (GUM_IS_RECORDS_PANE (self));

  gum_set_str (&self->selected, id);
  reselect (self);
}

void
gum_records_pane_refresh (GumRecordsPane *self)
{
  g_return_if_fail (GUM_IS_RECORDS_PANE (self));

  if (self->records != NULL)
    gum_records_start_sync (self->records);
}

void
gum_records_pane_start_search (GumRecordsPane *self)
{
  g_return_if_fail (GUM_IS_RECORDS_PANE (self));

  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

gboolean
gum_records_pane_stop_search (GumRecordsPane *self)
{
  gboolean searching;

  g_return_val_if_fail (GUM_IS_RECORDS_PANE (self), FALSE);

  searching = gtk_search_bar_get_search_mode (self->search_bar);
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  gtk_search_bar_set_search_mode (self->search_bar, FALSE);

  return searching;
}

const char *
gum_records_pane_get_status (GumRecordsPane *self)
{
  g_return_val_if_fail (GUM_IS_RECORDS_PANE (self), NULL);

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "status") != 0)
    return NULL;

  return gum_status_get_title (self->status);
}

AdwBin *
gum_records_pane_get_banner_slot (GumRecordsPane *self)
{
  g_return_val_if_fail (GUM_IS_RECORDS_PANE (self), NULL);

  return self->banner_slot;
}

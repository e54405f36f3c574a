/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Many products at once: they are ticked in a list of what was searched for, then it is said what is to be
 * done with them, and then what that would make of each is shown before anything of it is done.
 *
 *    select ──▶ price, tags, category … ──▶ changes: old → new ──▶ the queue
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-bulk-window.h"

#include "gum-build.h"
#include "gum-bulk-code.h"
#include "gum-bulk-price.h"
#include "gum-bulk-tags.h"
#include "gum-category-chooser.h"
#include "gum-change-page.h"
#include "gum-product-facts.h"
#include "gum-product-values.h"
#include "gum-sent-toast.h"
#include "gum-tick-list.h"

#include <glib/gi18n-lib.h>

#define N_EXAMPLES 3

struct _GumBulkWindow
{
  AdwWindow       parent_instance;

  /* owned */
  GtkWidget      *owner;        /* weak */
  GumShop        *shop;
  GumStore       *store;
  GumQuery       *query;
  GHashTable     *ticked;       /* a set of gint64: rows of the ledger, also of what is not listed now */

  /* children */
  AdwWindowTitle *title;
  GtkWidget      *back;
  GtkStack       *stack;        /* "select", "changes" */
  GtkWidget      *search;
  GtkCheckButton *all;
  GumTickList    *list;
  GtkLabel       *count;
  AdwBin         *changes;
  GtkWidget      *form;         /* weak: what was written last, hidden while its changes are looked at */

  gboolean        selects_all;  /* as soon as something is listed */
  gboolean        showing;      /* by us, not by the person */
};

G_DEFINE_FINAL_TYPE (GumBulkWindow, gum_bulk_window, ADW_TYPE_WINDOW)

static const char * const refund_periods[] = { "inherit", "none", "7", "14", "30", "183" };

/* --- what is selected ------------------------------------------------------------------------- */

static guint
get_n_listed (GumBulkWindow *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->query));
}

static gboolean
is_ticked (gpointer item,
           guint    position,
           gpointer user_data)
{
  GumBulkWindow *self = user_data;
  gint64 row = gum_query_get_row (self->query, position);

  return g_hash_table_contains (self->ticked, &row);
}

static void
show_selection (GumBulkWindow *self)
{
  static const char * const actions[] = { "bulk.price", "bulk.tags", "bulk.category", "bulk.refund",
                                          "bulk.code", "bulk.publish", "bulk.unpublish" };
  guint n = g_hash_table_size (self->ticked);
  guint n_listed = get_n_listed (self);
  guint n_ticked = 0;
  g_autofree char *count = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u selected",
                                                         "%u selected", n), n);
  g_autofree char *label = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Select _All %u",
                                                         "Select _All %u", n_listed), n_listed);

  for (guint i = 0; i < n_listed; i++)
    n_ticked += is_ticked (NULL, i, self);

  self->showing = TRUE;
  gtk_check_button_set_label (self->all, label);
  gtk_check_button_set_active (self->all, n_ticked > 0 && n_ticked == n_listed);
  gtk_check_button_set_inconsistent (self->all, n_ticked > 0 && n_ticked < n_listed);
  gtk_widget_set_sensitive (GTK_WIDGET (self->all), n_listed > 0);
  self->showing = FALSE;
  gtk_label_set_text (self->count, count);
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), actions[i], n > 0);
  gum_tick_list_refresh (self->list);
}

static void
set_ticked (guint    first,
            guint    n_rows,
            gboolean ticked,
            gpointer user_data)
{
  GumBulkWindow *self = user_data;

  for (guint i = first; i < first + n_rows; i++)
    {
      gint64 row = gum_query_get_row (self->query, i);

      if (ticked)
        g_hash_table_add (self->ticked, g_memdup2 (&row, sizeof row));
      else
        g_hash_table_remove (self->ticked, &row);
    }
  show_selection (self);
}

static void
describe (gpointer          item,
          gpointer          user_data,
          GumTickListWords *words)
{
  g_autofree char *price = gum_product_facts_dup_price (item);

  words->title = gum_product_facts_dup_name (item);
  words->subtitle = g_strjoin (" · ", price, gum_product_facts_get_state (item), NULL);
  words->sentence = gum_product_facts_dup_sentence (item);
  words->can_tick = TRUE;
}

static void
all_cb (GumBulkWindow *self)
{
  if (!self->showing)
    set_ticked (0, get_n_listed (self), gtk_check_button_get_active (self->all), self);
}

static void
listed_cb (GumBulkWindow *self)
{
  if (self->selects_all && !gum_query_get_pending (self->query))
    {
      self->selects_all = FALSE;
      set_ticked (0, get_n_listed (self), TRUE, self);
      return;
    }
  show_selection (self);
}

static void
search_cb (GumBulkWindow *self)
{
  gum_query_set_search (self->query, gtk_editable_get_text (GTK_EDITABLE (self->search)));
}

/* Those that are listed first, in their order, so that examples are what one sees; then the others. */
static GArray *
list_rows (GumBulkWindow *self)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GHashTable) listed = g_hash_table_new (g_int64_hash, g_int64_equal);
  GHashTableIter iter;
  gpointer key;

  for (guint i = 0; i < get_n_listed (self); i++)
    {
      gint64 row = gum_query_get_row (self->query, i);

      if (!g_hash_table_lookup_extended (self->ticked, &row, &key, NULL))
        continue;
      g_array_append_val (rows, row);
      g_hash_table_add (listed, key);
    }
  g_hash_table_iter_init (&iter, self->ticked);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      if (!g_hash_table_contains (listed, key))
        g_array_append_vals (rows, key, 1);
    }

  return rows;
}

/* --- the pages -------------------------------------------------------------------------------- */

static void
show_select (GumBulkWindow *self)
{
  gtk_stack_set_visible_child_name (self->stack, "select");
  adw_bin_set_child (self->changes, NULL);
  adw_window_title_set_title (self->title, _("Select Products"));
  gtk_widget_set_visible (self->back, FALSE);
}

/* Over the window behind: this one may have been closed before the ledger had them all. */
static void
applied_cb (GtkWidget *owner,
            guint      n)
{
  g_autofree char *text =
    g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u change is being sent",
                                  "%u changes are being sent", n), n);

  gum_sent_toast_show (owner, text);
}

static void
show_changes (GumBulkWindow *self,
              GumBulk       *bulk)
{
  g_autoptr(GArray) rows = list_rows (self);
  GtkWidget *page = gum_change_page_new (self->store, bulk, rows);

  if (self->owner != NULL)
    g_signal_connect_object (page, "applied", G_CALLBACK (applied_cb), self->owner, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "applied", G_CALLBACK (gtk_window_destroy), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (self->changes, page);
  gtk_stack_set_visible_child_name (self->stack, "changes");
  adw_window_title_set_title (self->title, _("Review Changes"));
  gtk_widget_set_visible (self->back, TRUE);
}

/* --- forms ------------------------------------------------------------------------------------ */

static void
drop_form (GumBulkWindow *self)
{
  GtkWidget *form = self->form;

  g_clear_weak_pointer (&self->form);
  if (form != NULL)
    gtk_window_destroy (GTK_WINDOW (form));
}

/* It stays when it closes: whoever comes back from the changes finds what was written. */
static void
present_form (GumBulkWindow *self,
              GtkWidget     *form)
{
  drop_form (self);
  g_set_weak_pointer (&self->form, form);
  gtk_window_set_hide_on_close (GTK_WINDOW (form), TRUE);
  g_signal_connect_object (form, "chosen", G_CALLBACK (show_changes), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (form));
}

/* --- what is to be done ----------------------------------------------------------------------- */

/* Of the first that is ticked; amounts are in it. */
static char *
dup_currency (GumBulkWindow *self)
{
  for (guint i = 0; i < get_n_listed (self); i++)
    {
      g_autoptr(GumProduct) product = NULL;

      if (!is_ticked (NULL, i, self))
        continue;
      product = g_list_model_get_item (G_LIST_MODEL (self->query), i);
      return g_strdup (gum_product_get_currency (product));
    }

  return NULL;
}

static void
price_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  GumBulkWindow *self = GUM_BULK_WINDOW (widget);
  g_autoptr(GArray) rows = list_rows (self);
  g_autofree char *currency = dup_currency (self);

  g_array_set_size (rows, MIN (rows->len, N_EXAMPLES));
  present_form (self, gum_bulk_price_new (widget, self->store, rows, currency));
}

static void
code_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  g_autofree char *currency = dup_currency (GUM_BULK_WINDOW (widget));

  present_form (GUM_BULK_WINDOW (widget), gum_bulk_code_new (widget, currency));
}

static void
tags_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  present_form (GUM_BULK_WINDOW (widget), gum_bulk_tags_new (widget));
}

static void
category_cb (GumBulkWindow *self,
             const char    *path)
{
  g_autoptr(GumBulk) bulk = gum_bulk_new_text (GUM_BULK_CATEGORY, path);

  show_changes (self, bulk);
}

static void
category_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  GtkWidget *chooser;

  drop_form (GUM_BULK_WINDOW (widget));
  chooser = gum_category_chooser_new (GUM_BULK_WINDOW (widget)->shop, NULL);

  gtk_window_set_transient_for (GTK_WINDOW (chooser), GTK_WINDOW (widget));
  g_signal_connect_object (chooser, "chosen", G_CALLBACK (category_cb), widget, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (chooser));
}

static void
refund_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  g_autoptr(GumBulk) bulk = gum_bulk_new_text (GUM_BULK_REFUND_PERIOD,
                                               g_variant_get_string (parameter, NULL));

  drop_form (GUM_BULK_WINDOW (widget));
  show_changes (GUM_BULK_WINDOW (widget), bulk);
}

static void
publish_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  g_autoptr(GumBulk) bulk = gum_bulk_new_publish (g_str_equal (name, "bulk.publish"));

  drop_form (GUM_BULK_WINDOW (widget));
  show_changes (GUM_BULK_WINDOW (widget), bulk);
}

static void
select_all_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  GumBulkWindow *self = GUM_BULK_WINDOW (widget);

  if (adw_bin_get_child (self->changes) == NULL)
    set_ticked (0, get_n_listed (self), TRUE, self);
}

static void
back_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  GumBulkWindow *self = GUM_BULK_WINDOW (widget);

  if (adw_bin_get_child (self->changes) == NULL)
    {
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  show_select (self);
  if (self->form != NULL)
    gtk_window_present (GTK_WINDOW (self->form));
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

/* --- GObject ---------------------------------------------------------------------------------- */

static void
gum_bulk_window_dispose (GObject *object)
{
  GumBulkWindow *self = GUM_BULK_WINDOW (object);

  if (self->query != NULL)
    g_signal_handlers_disconnect_by_data (self->query, self);
  g_clear_weak_pointer (&self->owner);
  drop_form (self);
  /* The lists ask for ticks as long as they live. */
  adw_window_set_content (ADW_WINDOW (self), NULL);
  g_clear_object (&self->query);
  g_clear_object (&self->store);
  g_clear_object (&self->shop);

  G_OBJECT_CLASS (gum_bulk_window_parent_class)->dispose (object);
}

static void
gum_bulk_window_finalize (GObject *object)
{
  g_hash_table_unref (GUM_BULK_WINDOW (object)->ticked);

  G_OBJECT_CLASS (gum_bulk_window_parent_class)->finalize (object);
}

static void
gum_bulk_window_class_init (GumBulkWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gum_bulk_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = gum_bulk_window_finalize;

  gtk_widget_class_install_action (widget_class, "bulk.select-all", NULL, select_all_action);
  gtk_widget_class_install_action (widget_class, "bulk.price", NULL, price_action);
  gtk_widget_class_install_action (widget_class, "bulk.tags", NULL, tags_action);
  gtk_widget_class_install_action (widget_class, "bulk.code", NULL, code_action);
  gtk_widget_class_install_action (widget_class, "bulk.category", NULL, category_action);
  gtk_widget_class_install_action (widget_class, "bulk.refund", "s", refund_action);
  gtk_widget_class_install_action (widget_class, "bulk.publish", NULL, publish_action);
  gtk_widget_class_install_action (widget_class, "bulk.unpublish", NULL, publish_action);
  gtk_widget_class_install_action (widget_class, "bulk.back", NULL, back_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "bulk.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "bulk.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_a, GDK_CONTROL_MASK,
                                       "bulk.select-all", NULL);
}

static GtkWidget *
new_bar (GumBulkWindow *self)
{
  static const char * const buttons[][2] = {
    { N_("_Price…"), "bulk.price" },
    { N_("_Tags…"), "bulk.tags" },
  };
  GtkWidget *bar = gtk_action_bar_new ();
  GtkWidget *more = gtk_menu_button_new ();
  g_autoptr(GMenu) menu = g_menu_new ();
  g_autoptr(GMenu) refunds = g_menu_new ();

  self->count = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->count, PANGO_ELLIPSIZE_END);
  gtk_widget_set_margin_start (GTK_WIDGET (self->count), 6);
  gtk_action_bar_pack_start (GTK_ACTION_BAR (bar), GTK_WIDGET (self->count));

  for (gsize i = 0; i < G_N_ELEMENTS (refund_periods); i++)
    {
      g_autoptr(GMenuItem) item =
        g_menu_item_new (gum_product_values_get_refund (refund_periods[i]), NULL);

      g_menu_item_set_action_and_target (item, "bulk.refund", "s", refund_periods[i]);
      g_menu_append_item (refunds, item);
    }
  g_menu_append (menu, _("_Discount Code…"), "bulk.code");
  g_menu_append (menu, _("_Category…"), "bulk.category");
  g_menu_append_submenu (menu, _("_Refund Policy"), G_MENU_MODEL (refunds));
  g_menu_append (menu, _("P_ublish"), "bulk.publish");
  g_menu_append (menu, _("U_npublish"), "bulk.unpublish");
  gtk_menu_button_set_label (GTK_MENU_BUTTON (more), _("_More"));
  gtk_menu_button_set_use_underline (GTK_MENU_BUTTON (more), TRUE);
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (more), G_MENU_MODEL (menu));
  gtk_menu_button_set_direction (GTK_MENU_BUTTON (more), GTK_ARROW_UP);
  gtk_action_bar_pack_end (GTK_ACTION_BAR (bar), more);

  for (gsize i = G_N_ELEMENTS (buttons); i > 0; i--)
    {
      GtkWidget *button = gtk_button_new_with_mnemonic (_(buttons[i - 1][0]));

      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), buttons[i - 1][1]);
      gtk_action_bar_pack_end (GTK_ACTION_BAR (bar), button);
    }

  return bar;
}

static GtkWidget *
new_select (GumBulkWindow *self)
{
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *top = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL,
                                 "spacing", 6, "margin-start", 12, "margin-end", 12,
                                 "margin-bottom", 6, NULL);

  self->search = g_object_new (GTK_TYPE_SEARCH_ENTRY, "placeholder-text", _("Search products"),
                               NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Search products"), -1);
  self->all = GTK_CHECK_BUTTON (g_object_new (GTK_TYPE_CHECK_BUTTON, "use-underline", TRUE, NULL));
  gtk_box_append (GTK_BOX (top), self->search);
  gtk_box_append (GTK_BOX (top), GTK_WIDGET (self->all));
  self->list = GUM_TICK_LIST (gum_tick_list_new (_("Products"), describe, is_ticked, set_ticked,
                                                 self));
  gtk_widget_set_vexpand (GTK_WIDGET (self->list), TRUE);
  gtk_box_append (GTK_BOX (page), top);
  gtk_box_append (GTK_BOX (page), GTK_WIDGET (self->list));
  gtk_box_append (GTK_BOX (page), new_bar (self));

  g_signal_connect_object (self->all, "toggled", G_CALLBACK (all_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "search-changed", G_CALLBACK (search_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "stop-search", G_CALLBACK (gtk_window_close), self,
                           G_CONNECT_SWAPPED);

  return page;
}

static void
gum_bulk_window_init (GumBulkWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();

  self->ticked = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  gtk_window_set_title (GTK_WINDOW (self), _("Change Many Products"));
  gum_build_belong (GTK_WINDOW (self));
  gtk_window_set_default_size (GTK_WINDOW (self), 560, 680);
  gtk_widget_set_size_request (GTK_WIDGET (self), 340, 294);

  self->title = ADW_WINDOW_TITLE (adw_window_title_new ("", ""));
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), GTK_WIDGET (self->title));
  gtk_widget_add_css_class (header, "flat");
  self->back = gtk_button_new_from_icon_name ("go-previous-symbolic");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->back), "bulk.back");
  gtk_widget_set_tooltip_text (self->back, _("Back to the Selection"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->back), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Back to the Selection"), -1);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), self->back);

  self->changes = ADW_BIN (adw_bin_new ());
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->stack, new_select (self), "select");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->changes), "changes");
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  adw_window_set_content (ADW_WINDOW (self), box);
  show_select (self);
}

GtkWidget *
gum_bulk_window_new (GtkWidget               *owner,
                     GumShop                 *shop,
                     const char              *search,
                     const GumProductsFilter *filter,
                     GArray                  *rows,
                     gboolean                 select_all)
{
  GumBulkWindow *self;
  GtkRoot *root = gtk_widget_get_root (owner);

  g_return_val_if_fail (GUM_IS_SHOP (shop), NULL);
  g_return_val_if_fail (gum_shop_get_store (shop) != NULL, NULL);

  self = g_object_new (GUM_TYPE_BULK_WINDOW, NULL);
  g_set_weak_pointer (&self->owner, owner);
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (self), GTK_WINDOW (root));
  self->shop = g_object_ref (shop);
  self->store = g_object_ref (gum_shop_get_store (shop));
  self->selects_all = select_all;
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    g_hash_table_add (self->ticked, g_memdup2 (&g_array_index (rows, gint64, i), sizeof (gint64)));
  self->query = gum_query_new (self->store);
  gum_query_set_sort (self->query, filter->sort,
                      filter->sort == GUM_SORT_NEWEST ? !filter->descending : filter->descending);
  gum_query_set_filter (self->query, filter->state, filter->kind);
  gum_query_set_search (self->query, search);
  gtk_editable_set_text (GTK_EDITABLE (self->search), search != NULL ? search : "");
  gum_tick_list_set_model (self->list, G_LIST_MODEL (self->query));
  /* What is ticked belongs to the ledger that is gone. */
  g_signal_connect_object (shop, "notify::store", G_CALLBACK (gtk_window_destroy), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->query, "items-changed", G_CALLBACK (listed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->query, "notify::pending", G_CALLBACK (listed_cb), self,
                           G_CONNECT_SWAPPED);
  show_selection (self);
  gtk_window_set_focus (GTK_WINDOW (self), self->search);

  return GTK_WIDGET (self);
}

guint
gum_bulk_window_get_n_selected (GumBulkWindow *self)
{
  g_return_val_if_fail (GUM_IS_BULK_WINDOW (self), 0);

  return g_hash_table_size (self->ticked);
}

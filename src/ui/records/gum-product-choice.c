/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A row that asks for a product. What it drops down is a query on the ledger with a search of its own, so
 * that it opens as fast with ten thousand products as with ten.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-product-choice.h"

#include "gum-product-facts.h"
#include "gum-query.h"

#include <glib/gi18n.h>

struct _GumProductChoice
{
  AdwActionRow    parent_instance;

  /* owned */
  GumStore       *store;
  GumProduct     *product;
  GumQuery       *query;         /* while it was dropped down once */

  /* children */
  GtkMenuButton  *button;
  GtkSearchEntry *search;
  GtkListView    *view;
};

enum {
  PICKED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (GumProductChoice, gum_product_choice, ADW_TYPE_ACTION_ROW)

static guint signals[N_SIGNALS];

static void
pick_cb (GumProductChoice *self,
         guint             position)
{
  g_autoptr (GumProduct) product = g_list_model_get_item (G_LIST_MODEL (self->query), position);

  gtk_menu_button_popdown (self->button);
  if (product == NULL)
    return;
  gum_product_choice_set_product (self, product);
  g_signal_emit (self, signals[PICKED], 0, product);
}

static void
search_changed_cb (GumProductChoice *self)
{
  gum_query_set_search (self->query, gtk_editable_get_text (GTK_EDITABLE (self->search)));
}

/* Return takes what was found first. */
static void
search_activate_cb (GumProductChoice *self)
{
  if (!gum_query_get_pending (self->query) &&
      g_list_model_get_n_items (G_LIST_MODEL (self->query)) > 0)
    pick_cb (self, 0);
}

static void
setup_cb (GumProductChoice *self,
          GtkListItem      *item)
{
  gtk_list_item_set_child (item, g_object_new (GTK_TYPE_LABEL,
                                               "xalign", 0.0f,
                                               "ellipsize", PANGO_ELLIPSIZE_END,
                                               NULL));
}

static char *
dup_line (GumProduct *product)
{
  g_autofree char *name = gum_product_facts_dup_name (product);
  g_autofree char *price = gum_product_facts_dup_price (product);

  return g_strdup_printf ("%s · %s", name, price);
}

static void
bind_cb (GumProductChoice *self,
         GtkListItem      *item)
{
  GtkWidget *label = gtk_list_item_get_child (item);
  g_autofree char *line = dup_line (gtk_list_item_get_item (item));

  gtk_label_set_text (GTK_LABEL (label), line);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (label)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, line, -1);
}

static GtkWidget *
new_view (GumProductChoice *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkSingleSelection *selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->query)));
  GtkWidget *scroller = gtk_scrolled_window_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  gtk_single_selection_set_autoselect (selection, FALSE);
  self->view = GTK_LIST_VIEW (gtk_list_view_new (GTK_SELECTION_MODEL (selection), factory));
  gtk_list_view_set_single_click_activate (self->view, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Products"), -1);
  g_signal_connect_object (self->view, "activate", G_CALLBACK (pick_cb), self, G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->view));
  gtk_widget_set_size_request (scroller, 260, 280);

  return scroller;
}

/* Made when it is asked for: a form may have several of these. */
static void
create_popover_cb (GtkMenuButton *button,
                   gpointer       data)
{
  GumProductChoice *self = data;
  GtkWidget *popover, *box;

  if (gtk_menu_button_get_popover (button) != NULL)
    {
      gtk_editable_set_text (GTK_EDITABLE (self->search), "");
      return;
    }

  self->query = gum_query_new (self->store);
  gum_query_set_sort (self->query, GUM_SORT_NAME, FALSE);
  popover = gtk_popover_new ();
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->search = GTK_SEARCH_ENTRY (gtk_search_entry_new ());
  g_object_set (self->search, "placeholder-text", _("Search products"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Search products"), -1);
  g_signal_connect_object (self->search, "search-changed", G_CALLBACK (search_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "activate", G_CALLBACK (search_activate_cb), self,
                           G_CONNECT_SWAPPED);
  /* Escape in a search is a signal and goes no further. */
  g_signal_connect_object (self->search, "stop-search", G_CALLBACK (gtk_menu_button_popdown), button,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->search));
  gtk_box_append (GTK_BOX (box), new_view (self));
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (popover), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Products"), -1);
  gtk_menu_button_set_popover (button, popover);
}

static void
gum_product_choice_dispose (GObject *object)
{
  GumProductChoice *self = GUM_PRODUCT_CHOICE (object);

  if (self->button != NULL)
    gtk_menu_button_set_create_popup_func (self->button, NULL, NULL, NULL);
  self->button = NULL;
  g_clear_object (&self->query);
  g_clear_object (&self->product);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (gum_product_choice_parent_class)->dispose (object);
}

static void
gum_product_choice_class_init (GumProductChoiceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gum_product_choice_dispose;

  signals[PICKED] = g_signal_new ("picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 1, GUM_TYPE_PRODUCT);
}

static void
gum_product_choice_init (GumProductChoice *self)
{
  self->button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->button), GTK_ALIGN_CENTER);
  gtk_menu_button_set_label (self->button, _("Choose…"));
  gtk_menu_button_set_create_popup_func (self->button, create_popover_cb, self, NULL);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), GTK_WIDGET (self->button));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), GTK_WIDGET (self->button));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), 2);
}

GtkWidget *
gum_product_choice_new (GumStore   *store,
                        const char *title)
{
  GumProductChoice *self = g_object_new (GUM_TYPE_PRODUCT_CHOICE,
                                         "title", title,
                                         "use-markup", FALSE,
                                         NULL);
  g_autofree char *label = NULL;

  self->store = g_object_ref (store);
  /* Translators: a screen reader's words for a button that drops down a list; %s is the row's title */
  label = g_strdup_printf (_("Choose: %s"), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);

  return GTK_WIDGET (self);
}

void
gum_product_choice_set_product (GumProductChoice *self,
                                GumProduct       *product)
{
  g_autofree char *line = NULL;

  g_return_if_fail (GUM_IS_PRODUCT_CHOICE (self));

  g_set_object (&self->product, product);
  line = product != NULL ? dup_line (product) : NULL;
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), line != NULL ? line : "");
}

GumProduct *
gum_product_choice_get_product (GumProductChoice *self)
{
  g_return_val_if_fail (GUM_IS_PRODUCT_CHOICE (self), NULL);

  return self->product;
}

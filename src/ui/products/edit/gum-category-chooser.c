/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Gumroad's categories to choose from: typing narrows the list, Return takes the first that is left.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-category-chooser.h"

#include "gum-categories.h"
#include "gum-category-words.h"
#include "gum-errors.h"
#include "gum-search.h"

#include <glib/gi18n.h>

#define INDENT 18

struct _GumCategoryChooser
{
  AdwWindow     parent_instance;

  /* owned */
  GumShop      *shop;
  char         *path;
  char         *words;         /* what is searched for, folded */
  GCancellable *cancellable;

  /* widgets */
  GtkWidget    *search;
  GtkWidget    *stack;
  GtkListBox   *list;
  GtkWidget    *status;
};

enum {
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GumCategoryChooser, gum_category_chooser, ADW_TYPE_WINDOW)

static gboolean
filter_cb (GtkListBoxRow *row,
           gpointer       user_data)
{
  GumCategoryChooser *self = user_data;
  const char *folded = g_object_get_data (G_OBJECT (row), "folded");

  return self->words == NULL || *self->words == '\0' || strstr (folded, self->words) != NULL;
}

static GtkListBoxRow *
find_first (GumCategoryChooser *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    {
      if (gtk_widget_get_child_visible (GTK_WIDGET (row)))
        return row;
    }

  return NULL;
}

static void
choose (GumCategoryChooser *self,
        GtkListBoxRow      *row)
{
  if (row == NULL)
    return;

  g_signal_emit (self, signals[CHOSEN], 0, g_object_get_data (G_OBJECT (row), "path"));
  gtk_window_close (GTK_WINDOW (self));
}

static void
activated_cb (GumCategoryChooser *self,
              GtkListBoxRow      *row)
{
  choose (self, row);
}

static void
search_activated_cb (GumCategoryChooser *self)
{
  choose (self, find_first (self));
}

static void
search_cb (GumCategoryChooser *self)
{
  g_free (self->words);
  self->words = gum_search_fold_letters (gtk_editable_get_text (GTK_EDITABLE (self->search)), -1);
  gtk_list_box_invalidate_filter (self->list);
  if (find_first (self) == NULL)
    {
      adw_status_page_set_icon_name (ADW_STATUS_PAGE (self->status), "system-search-symbolic");
      adw_status_page_set_title (ADW_STATUS_PAGE (self->status), _("No Such Category"));
      adw_status_page_set_description (ADW_STATUS_PAGE (self->status), _("Try another word."));
      gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "status");
    }
  else
    {
      gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "list");
    }
}

static void
add_category (GumCategoryChooser *self,
              GumCategory        *category)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (category->label);
  gboolean is_chosen = g_strcmp0 (category->path, self->path) == 0;
  g_autofree char *both = g_strconcat (category->label, " ", category->path, NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_margin_start (box, 6 + INDENT * (int) MIN (category->depth, 4));
  gtk_widget_set_margin_end (box, 6);
  gtk_widget_set_size_request (box, -1, 34);
  gtk_box_append (GTK_BOX (box), label);
  if (is_chosen)
    {
      GtkWidget *mark = gtk_image_new_from_icon_name ("object-select-symbolic");

      gtk_accessible_update_state (GTK_ACCESSIBLE (mark), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
      gtk_box_append (GTK_BOX (box), mark);
    }
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, category->label,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, category->path,
                                  -1);
  g_object_set_data_full (G_OBJECT (row), "path", g_strdup (category->path), g_free);
  g_object_set_data_full (G_OBJECT (row), "folded", gum_search_fold_letters (both, -1), g_free);
  gtk_list_box_append (self->list, row);
  if (is_chosen)
    gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (row));
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GumCategoryChooser) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) categories = gum_store_read_categories_finish (GUM_STORE (source), result,
                                                                       &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (categories == NULL || categories->len == 0)
    {
      g_autofree char *title = error != NULL ? gum_errors_dup_title (error) : NULL;
      g_autofree char *sentence = error != NULL ? gum_errors_dup_sentence (error, NULL) : NULL;
      /* Gumroad's own words may be in it, and a description is markup. */
      g_autofree char *escaped = sentence != NULL ? g_markup_escape_text (sentence, -1) : NULL;

      adw_status_page_set_icon_name (ADW_STATUS_PAGE (self->status), "network-error-symbolic");
      adw_status_page_set_title (ADW_STATUS_PAGE (self->status),
                                 title != NULL ? title : _("No Categories Yet"));
      adw_status_page_set_description (ADW_STATUS_PAGE (self->status),
                                       escaped != NULL ? escaped
                                                       : _("They are read from Gumroad once you are online."));
      gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "status");
      return;
    }

  gum_category_words_learn (categories);
  for (guint i = 0; i < categories->len; i++)
    add_category (self, g_ptr_array_index (categories, i));
  search_cb (self);
}

static void
read_categories (GumCategoryChooser *self)
{
  GumStore *store = gum_shop_get_store (self->shop);

  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "wait");
  if (store != NULL)
    gum_store_read_categories_async (store, self->cancellable, read_cb, g_object_ref (self));
}

static void
read_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  read_categories (GUM_CATEGORY_CHOOSER (widget));
  gtk_widget_grab_focus (GUM_CATEGORY_CHOOSER (widget)->search);
}

static GtkWidget *
create_again_button (void)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Try Again"));

  gtk_widget_add_css_class (button, "pill");
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "categories.read");

  return button;
}

static void
gum_category_chooser_dispose (GObject *object)
{
  GumCategoryChooser *self = GUM_CATEGORY_CHOOSER (object);

  /* An entry looks at its text when the focus leaves it, even when that is gone already. */
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->shop);

  G_OBJECT_CLASS (gum_category_chooser_parent_class)->dispose (object);
}

static void
gum_category_chooser_finalize (GObject *object)
{
  GumCategoryChooser *self = GUM_CATEGORY_CHOOSER (object);

  g_clear_object (&self->cancellable);
  g_free (self->path);
  g_free (self->words);

  G_OBJECT_CLASS (gum_category_chooser_parent_class)->finalize (object);
}

static void
gum_category_chooser_class_init (GumCategoryChooserClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = gum_category_chooser_dispose;
  object_class->finalize = gum_category_chooser_finalize;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "categories.read", NULL, read_action);
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
gum_category_chooser_init (GumCategoryChooser *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *spinner = gtk_spinner_new ();

  self->cancellable = g_cancellable_new ();
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_title (GTK_WINDOW (self), _("Category"));
  gtk_window_set_default_size (GTK_WINDOW (self), 360, 560);

  self->search = gtk_search_entry_new ();
  g_object_set (self->search, "placeholder-text", _("Search categories"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Search categories"),
                                  -1);
  gtk_widget_set_margin_start (self->search, 12);
  gtk_widget_set_margin_end (self->search, 12);
  gtk_widget_set_margin_bottom (self->search, 12);
  gtk_search_entry_set_key_capture_widget (GTK_SEARCH_ENTRY (self->search), GTK_WIDGET (self));

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "navigation-sidebar");
  gtk_list_box_set_filter_func (self->list, filter_cb, self, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Categories"),
                                  -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->list));

  self->status = adw_status_page_new ();
  adw_status_page_set_child (ADW_STATUS_PAGE (self->status), create_again_button ());
  gtk_widget_add_css_class (self->status, "compact");
  gtk_spinner_start (GTK_SPINNER (spinner));
  gtk_widget_set_halign (spinner, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (spinner, GTK_ALIGN_CENTER);

  self->stack = gtk_stack_new ();
  gtk_widget_set_vexpand (self->stack, TRUE);
  gtk_stack_add_named (GTK_STACK (self->stack), spinner, "wait");
  gtk_stack_add_named (GTK_STACK (self->stack), scroller, "list");
  gtk_stack_add_named (GTK_STACK (self->stack), self->status, "status");

  gtk_widget_add_css_class (header, "flat");
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), self->search);
  gtk_box_append (GTK_BOX (box), self->stack);
  adw_window_set_content (ADW_WINDOW (self), box);

  g_signal_connect_object (self->search, "search-changed", G_CALLBACK (search_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "activate", G_CALLBACK (search_activated_cb), self,
                           G_CONNECT_SWAPPED);
  /* Escape in a search is a signal and goes no further. */
  g_signal_connect_object (self->search, "stop-search", G_CALLBACK (gtk_window_close), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (activated_cb), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
gum_category_chooser_new (GumShop    *shop,
                          const char *path)
{
  GumCategoryChooser *self = g_object_new (GUM_TYPE_CATEGORY_CHOOSER, NULL);

  self->shop = g_object_ref (shop);
  self->path = g_strdup (path);
  read_categories (self);

  return GTK_WIDGET (self);
}

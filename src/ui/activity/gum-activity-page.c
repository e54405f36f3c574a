/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The section of what was sent to Gumroad, what is being sent and what waits: the list of batches, or
 * one of them. */

#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-activity-page.h"

#include "gum-batch-page.h"
#include "gum-batch-words.h"
#include "gum-batches.h"
#include "gum-queue.h"
#include "gum-status.h"
#include "gum-time.h"

#include <glib/gi18n-lib.h>

struct _GumActivityPage
{
  GumSection    parent_instance;

  /* owned */
  GumStore     *store;        /* NULL: there is no ledger */
  GumBatches   *batches;

  /* children */
  AdwHeaderBar *header;
  GtkWidget    *sections_button;
  GtkWidget    *back_button;
  AdwBin       *banner_slot;
  GtkStack     *stack;        /* "list", "status", "batch" */
  GtkListView  *view;
  GtkNoSelection *selection;
  GumStatus    *status;
  AdwBin       *batch_slot;
};

G_DEFINE_FINAL_TYPE (GumActivityPage, gum_activity_page, GUM_TYPE_SECTION)

static void
show_list (GumActivityPage *self)
{
  gboolean is_empty = self->batches == NULL ||
                      g_list_model_get_n_items (G_LIST_MODEL (self->batches)) == 0;

  gtk_stack_set_visible_child_name (self->stack, is_empty ? "status" : "list");
  gtk_widget_set_visible (self->back_button, FALSE);
  adw_bin_set_child (self->batch_slot, NULL);
}

static void
items_changed_cb (GumActivityPage *self)
{
  if (adw_bin_get_child (self->batch_slot) == NULL)
    show_list (self);
}

static void
activate_cb (GumActivityPage *self,
             guint            position)
{
  g_autoptr(GumBatch) batch = g_list_model_get_item (G_LIST_MODEL (self->batches), position);

  if (batch == NULL)
    return;
  adw_bin_set_child (self->batch_slot, gum_batch_page_new (self->store, batch));
  gtk_stack_set_visible_child_name (self->stack, "batch");
  gtk_widget_set_visible (self->back_button, TRUE);
  gtk_widget_child_focus (GTK_WIDGET (self->batch_slot), GTK_DIR_TAB_FORWARD);
}

/* --- rows ------------------------------------------------------------------------------------- */

/* A box of two labels and a bar; the list item is what a screen reader reads. */
static void
show_batch (GumBatch    *batch,
            GtkListItem *item)
{
  GtkWidget *box = gtk_list_item_get_child (item);
  GtkWidget *title = gtk_widget_get_first_child (box);
  GtkWidget *subtitle = gtk_widget_get_next_sibling (title);
  GtkWidget *bar = gtk_widget_get_last_child (box);
  GumQueue *queue = g_object_get_data (G_OBJECT (item), "queue");
  guint n_writes = MAX (gum_batch_get_n_writes (batch), 1);
  guint n_left = gum_batch_get_count (batch, GUM_WRITE_WAITING) +
                 gum_batch_get_count (batch, GUM_WRITE_SENDING);
  g_autoptr(GDateTime) created = g_date_time_new_from_unix_utc (gum_batch_get_created (batch));
  g_autoptr(GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *when = gum_time_format_relative (created, now);
  g_autofree char *words = gum_batch_words_dup_title (batch);
  g_autofree char *result = gum_batch_words_dup_result (batch);
  g_autofree char *state = gum_batch_words_dup_state (batch, queue);
  g_autofree char *text = g_strjoin (" · ", when, result, state, NULL);
  g_autofree char *sentence = g_strdup_printf ("%s: %s", words, text);

  gtk_label_set_label (GTK_LABEL (title), words);
  gtk_label_set_label (GTK_LABEL (subtitle), text);
  gtk_widget_set_visible (bar, gum_batch_is_open (batch));
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (bar), 1 - (double) n_left / n_writes);
  if (gtk_widget_get_parent (box) != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (box)),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL, sentence, -1);
}

static void
queue_changed_cb (GtkListItem *item)
{
  if (gtk_list_item_get_item (item) != NULL)
    show_batch (gtk_list_item_get_item (item), item);
}

static void
setup_cb (GtkListItemFactory *factory,
          GtkListItem        *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *title = gtk_label_new (NULL);
  GtkWidget *subtitle = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (subtitle), 0);
  gtk_label_set_wrap (GTK_LABEL (subtitle), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (subtitle), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (subtitle, "dim-label");
  gtk_widget_add_css_class (subtitle, "caption");
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), subtitle);
  gtk_box_append (GTK_BOX (box), gtk_progress_bar_new ());
  gtk_widget_set_margin_top (box, 8);
  gtk_widget_set_margin_bottom (box, 8);
  gtk_list_item_set_child (item, box);
}

static void
bind_cb (GtkListItemFactory *factory,
         GtkListItem        *item,
         GumActivityPage    *self)
{
  GumBatch *batch = gtk_list_item_get_item (item);
  GumQueue *queue = gum_store_get_queue (self->store);

  g_object_set_data_full (G_OBJECT (item), "queue", g_object_ref (queue), g_object_unref);
  g_signal_connect_object (batch, "changed", G_CALLBACK (show_batch), item, 0);
  g_signal_connect_object (queue, "changed", G_CALLBACK (queue_changed_cb), item, G_CONNECT_SWAPPED);
  show_batch (batch, item);
}

static void
unbind_cb (GtkListItemFactory *factory,
           GtkListItem        *item)
{
  GumQueue *queue = g_object_get_data (G_OBJECT (item), "queue");

  g_signal_handlers_disconnect_by_data (gtk_list_item_get_item (item), item);
  g_signal_handlers_disconnect_by_data (queue, item);
  g_object_set_data (G_OBJECT (item), "queue", NULL);
}

/* --- the section ------------------------------------------------------------------------------ */

static void
store_cb (GumActivityPage *self)
{
  GumStore *store = gum_shop_get_store (gum_section_get_shop (GUM_SECTION (self)));

  if (self->store == store)
    return;

  adw_bin_set_child (self->batch_slot, NULL);
  gtk_no_selection_set_model (self->selection, NULL);
  g_clear_object (&self->batches);
  g_set_object (&self->store, store);
  if (store != NULL)
    {
      gum_store_get_queue (store);
      self->batches = gum_batches_new (store);
      g_signal_connect_object (self->batches, "items-changed", G_CALLBACK (items_changed_cb), self,
                               G_CONNECT_SWAPPED);
      gtk_no_selection_set_model (self->selection, G_LIST_MODEL (self->batches));
    }
  show_list (self);
}

static gboolean
gum_activity_page_go_back (GumSection *section)
{
  GumActivityPage *self = GUM_ACTIVITY_PAGE (section);

  if (adw_bin_get_child (self->batch_slot) == NULL)
    return FALSE;
  show_list (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));

  return TRUE;
}

static AdwBin *
gum_activity_page_get_banner_slot (GumSection *section)
{
  return GUM_ACTIVITY_PAGE (section)->banner_slot;
}

static void
gum_activity_page_constructed (GObject *object)
{
  GumActivityPage *self = GUM_ACTIVITY_PAGE (object);

  G_OBJECT_CLASS (gum_activity_page_parent_class)->constructed (object);

  g_signal_connect_object (gum_section_get_shop (GUM_SECTION (self)), "notify::store",
                           G_CALLBACK (store_cb), self, G_CONNECT_SWAPPED);
  store_cb (self);
}

static void
gum_activity_page_dispose (GObject *object)
{
  GumActivityPage *self = GUM_ACTIVITY_PAGE (object);

  if (self->batches != NULL)
    g_signal_handlers_disconnect_by_data (self->batches, self);
  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_object (&self->selection);
  g_clear_object (&self->batches);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (gum_activity_page_parent_class)->dispose (object);
}

static void
gum_activity_page_class_init (GumActivityPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GumSectionClass *section_class = GUM_SECTION_CLASS (klass);

  object_class->constructed = gum_activity_page_constructed;
  object_class->dispose = gum_activity_page_dispose;
  section_class->go_back = gum_activity_page_go_back;
  section_class->get_banner_slot = gum_activity_page_get_banner_slot;
}

static GtkWidget *
add_button (AdwHeaderBar *header,
            const char   *icon_name,
            const char   *action_name,
            const char   *label)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon_name);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action_name);
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_set_visible (button, FALSE);
  adw_header_bar_pack_start (header, button);

  return button;
}

static void
gum_activity_page_init (GumActivityPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autoptr(GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scroller;

  self->header = ADW_HEADER_BAR (adw_header_bar_new ());
  adw_header_bar_set_title_widget (self->header, adw_window_title_new (_("Activity"), ""));
  self->sections_button = add_button (self->header, "sidebar-show-symbolic", "win.show-sections",
                                      _("Show Sections"));
  self->back_button = add_button (self->header, "go-previous-symbolic", "win.back",
                                  _("Back to the List"));
  g_object_bind_property (self, "folded", self->sections_button, "visible", G_BINDING_SYNC_CREATE);
  g_object_bind_property (self, "folded", self->header, "show-start-title-buttons",
                          G_BINDING_SYNC_CREATE);

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, 0);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  self->selection = gtk_no_selection_new (NULL);
  self->view = GTK_LIST_VIEW (gtk_list_view_new (GTK_SELECTION_MODEL (g_object_ref (self->selection)),
                                                 g_steal_pointer (&factory)));
  gtk_list_view_set_single_click_activate (self->view, TRUE);
  gtk_list_view_set_show_separators (self->view, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Activity"), -1);
  g_signal_connect_object (self->view, "activate", G_CALLBACK (activate_cb), self,
                           G_CONNECT_SWAPPED);
  scroller = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "hscrollbar-policy", GTK_POLICY_NEVER,
                           "child", self->view, NULL);

  self->status = GUM_STATUS (gum_status_new ());
  gum_status_show (self->status, "document-open-recent-symbolic", _("Nothing Yet"),
                   _("What you save, publish or change in bulk is listed here, with how it ended."));
  self->batch_slot = ADW_BIN (adw_bin_new ());
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->status), "status");
  gtk_stack_add_named (self->stack, scroller, "list");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->batch_slot), "batch");

  self->banner_slot = ADW_BIN (adw_bin_new ());
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->header));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->banner_slot));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  adw_bin_set_child (ADW_BIN (self), box);
}

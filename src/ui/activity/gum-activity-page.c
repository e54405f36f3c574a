/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The section of what is not at Gumroad yet, what is on its way and what was sent: the list of it, or one
 * batch. */

#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-activity-page.h"

#include "gum-activity-list.h"
#include "gum-attention.h"
#include "gum-batch-page.h"
#include "gum-status.h"

#include <glib/gi18n-lib.h>

struct _GumActivityPage
{
  GumSection    parent_instance;

  /* owned */
  GumStore     *store;        /* NULL: there is no ledger */
  GumAttention *attention;

  /* children */
  AdwHeaderBar *header;
  GtkWidget    *sections_button;
  GtkWidget    *back_button;
  AdwBin       *banner_slot;
  GtkStack     *stack;        /* "list", "status", "batch" */
  AdwBin       *list_slot;    /* empty: there is no ledger */
  GumStatus    *status;
  AdwBin       *batch_slot;
};

G_DEFINE_FINAL_TYPE (GumActivityPage, gum_activity_page, GUM_TYPE_SECTION)

static void
show_list (GumActivityPage *self)
{
  GtkWidget *list = adw_bin_get_child (self->list_slot);
  gboolean is_empty = list == NULL || gum_activity_list_get_empty (GUM_ACTIVITY_LIST (list));

  gtk_stack_set_visible_child_name (self->stack, is_empty ? "status" : "list");
  gtk_widget_set_visible (self->back_button, FALSE);
  adw_bin_set_child (self->batch_slot, NULL);
}

static void
empty_cb (GumActivityPage *self)
{
  if (adw_bin_get_child (self->batch_slot) == NULL)
    show_list (self);
}

static void
open_batch_cb (GumActivityPage *self,
               GumBatch        *batch)
{
  adw_bin_set_child (self->batch_slot, gum_batch_page_new (self->store, batch));
  gtk_stack_set_visible_child_name (self->stack, "batch");
  gtk_widget_set_visible (self->back_button, TRUE);
  gtk_widget_grab_focus (adw_bin_get_child (self->batch_slot));
}

/* --- the section ------------------------------------------------------------------------------ */

/* What has failed is known as soon as it can be seen. */
static void
see (GumActivityPage *self)
{
  if (self->store != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    gum_attention_see (gum_store_get_attention (self->store));
}

static void
store_cb (GumActivityPage *self)
{
  GumStore *store = gum_shop_get_store (gum_section_get_shop (GUM_SECTION (self)));

  if (self->store == store)
    return;

  adw_bin_set_child (self->batch_slot, NULL);
  adw_bin_set_child (self->list_slot, NULL);
  if (self->attention != NULL)
    g_signal_handlers_disconnect_by_data (self->attention, self);
  g_clear_object (&self->attention);
  g_set_object (&self->store, store);
  if (store != NULL)
    {
      GtkWidget *list = gum_activity_list_new (store);

      g_signal_connect_object (list, "notify::empty", G_CALLBACK (empty_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (list, "open-batch", G_CALLBACK (open_batch_cb), self,
                               G_CONNECT_SWAPPED);
      adw_bin_set_child (self->list_slot, list);
      self->attention = g_object_ref (gum_store_get_attention (store));
      g_signal_connect_object (self->attention, "notify::n", G_CALLBACK (see), self, G_CONNECT_SWAPPED);
      see (self);
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
  gtk_widget_child_focus (GTK_WIDGET (self->list_slot), GTK_DIR_TAB_FORWARD);

  return TRUE;
}

static AdwBin *
gum_activity_page_get_banner_slot (GumSection *section)
{
  return GUM_ACTIVITY_PAGE (section)->banner_slot;
}

static void
gum_activity_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (gum_activity_page_parent_class)->map (widget);

  see (GUM_ACTIVITY_PAGE (widget));
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

  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_object (&self->attention);
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
  GTK_WIDGET_CLASS (klass)->map = gum_activity_page_map;
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

  self->header = ADW_HEADER_BAR (adw_header_bar_new ());
  adw_header_bar_set_title_widget (self->header, adw_window_title_new (_("Activity"), ""));
  self->sections_button = add_button (self->header, "sidebar-show-symbolic", "win.show-sections",
                                      _("Show Sections"));
  self->back_button = add_button (self->header, "go-previous-symbolic", "win.back",
                                  _("Back to the List"));
  g_object_bind_property (self, "folded", self->sections_button, "visible", G_BINDING_SYNC_CREATE);
  g_object_bind_property (self, "folded", self->header, "show-start-title-buttons",
                          G_BINDING_SYNC_CREATE);

  self->status = GUM_STATUS (gum_status_new ());
  gum_status_show (self->status, "document-open-recent-symbolic", _("Nothing Yet"),
                   _("What you begin, upload, save or change in bulk is listed here, with how it ended."));
  self->list_slot = ADW_BIN (adw_bin_new ());
  self->batch_slot = ADW_BIN (adw_bin_new ());
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->status), "status");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->list_slot), "list");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->batch_slot), "batch");

  self->banner_slot = ADW_BIN (adw_bin_new ());
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->header));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->banner_slot));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  adw_bin_set_child (ADW_BIN (self), box);
}

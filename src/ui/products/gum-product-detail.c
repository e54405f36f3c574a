/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A product's page, to read, and the pages over it, to change one side of the product. What the ledger
 * knows is shown at once: the top of the page in the first frame, and what is below it a part a frame, so
 * that none is late. The full record is asked for then, and each part of the page is built again when a
 * property that it shows has changed.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-product-detail.h"

#include "gum-detail-rows.h"
#include "gum-drafts.h"
#include "gum-error.h"
#include "gum-errors.h"
#include "gum-main-menu.h"
#include "gum-page-layout.h"
#include "gum-product-actions.h"
#include "gum-product-changes.h"
#include "gum-product-drop.h"
#include "gum-product-facts.h"
#include "gum-product-head.h"
#include "gum-product-subpages.h"
#include "gum-subpage.h"

#include <glib/gi18n.h>

static const GumDetailPart parts[] = {
  { "covers", gum_detail_build_covers, TRUE },
  { "custom-summary description", gum_detail_build_text },
  { "price formatted-price currency customizable-price recurrences subscription-duration variants "
    "purchasing-power-parity-prices", gum_detail_build_price },
  { "variants currency bundle-products require-shipping is-tiered-membership subscription-duration",
    gum_detail_build_versions, TRUE },
  { "bundle-products files variants published", gum_detail_build_bundle, TRUE },
  { "files rich-content variants", gum_detail_build_files, TRUE },
  { "files rich-content variants", gum_detail_build_content, TRUE },
  { "custom-fields", gum_detail_build_questions, TRUE },
  { "is-preorder is-in-preorder-state release-at max-purchase-count require-shipping refund-policy",
    gum_detail_build_selling, TRUE },
  { "custom-receipt", gum_detail_build_receipt },
  { "category category-label tags custom-permalink short-url reviews-count custom-html file-info "
    "files", gum_detail_build_about },
  { NULL, gum_detail_build_rest },
};

/* Once building has taken as long in a frame, the next part waits for the next one: to style, set and paint what was
 * built takes several times as long. */
#define BUILD_MS 1

/* While somebody walks down the list with the arrow keys, only where they stop is asked for. Otherwise the record is
 * asked for once the page has been painted, or then if it is not. */
#define SETTLE_MS 200

struct _GumProductDetail
{
  AdwBin           parent_instance;

  /* owned */
  GumShop         *shop;
  GumStore        *store;           /* the one that is watched */
  GumProduct      *product;
  GCancellable    *cancellable;     /* while the record is read */

  /* template */
  GtkStack        *stack;
  GtkWidget       *page;
  AdwHeaderBar    *header;
  AdwWindowTitle  *title;
  GtkWidget       *main_menu;
  GtkScrolledWindow *scroller;
  GtkBox          *box;
  GtkWidget       *drop_hint;
  GumProductHead  *head;
  GtkWidget       *notice;
  GtkSpinner      *notice_spinner;
  GtkWidget       *notice_icon;
  GtkLabel        *notice_label;
  GtkWidget       *notice_button;

  AdwBin          *slots[G_N_ELEMENTS (parts)];
  gboolean         dirty[G_N_ELEMENTS (parts)];
  gboolean         deleted;
  gboolean         head_dirty;
  guint            frames;
  guint            tick;            /* while anything is to be built */
  guint            settle_id;       /* until the record is asked for */
  gboolean         hurried;         /* another product was shown just before */
  gint64           shown_at;
};

enum {
  CLOSE,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (GumProductDetail, gum_product_detail, ADW_TYPE_BIN)

static guint signals[N_SIGNALS];

static void fetch (GumProductDetail *self,
                   gboolean          asked);

static void
show_notice (GumProductDetail *self,
             const char       *text,
             gboolean          busy,
             const char       *button)
{
  gtk_widget_set_visible (self->notice, text != NULL);
  gtk_label_set_text (self->notice_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->notice_spinner), busy);
  gtk_spinner_set_spinning (self->notice_spinner, busy);
  gtk_widget_set_visible (self->notice_icon, !busy);
  gtk_widget_set_visible (self->notice_button, button != NULL);
  if (button != NULL)
    gtk_button_set_label (GTK_BUTTON (self->notice_button), button);
}

/* Only the full record has files, be it an empty list of them. */
static gboolean
has_all (GumProductDetail *self)
{
  return self->product != NULL && gum_resource_has (GUM_RESOURCE (self->product), "files");
}

static gboolean
has_draft (GumProductDetail *self)
{
  GumStore *store = gum_shop_get_store (self->shop);

  return self->product != NULL && store != NULL &&
         gum_drafts_find (gum_store_get_drafts (store),
                          gum_resource_get_id (GUM_RESOURCE (self->product))) != NULL;
}

static void
show_head (GumProductDetail *self)
{
  g_autofree char *name = NULL;

  self->head_dirty = FALSE;
  gum_product_head_show (self->head, self->product, gum_shop_get_pictures (self->shop),
                         has_draft (self), self->deleted);
  gum_product_changes_update (self);
  if (self->product == NULL)
    return;
  name = gum_product_facts_dup_name (self->product);
  adw_window_title_set_title (self->title, name);
}

static void
build (GumProductDetail *self,
       guint             part)
{
  GtkWidget *child = self->product != NULL ? parts[part].build (self->product, self->shop) : NULL;

  self->dirty[part] = FALSE;
  adw_bin_set_child (self->slots[part], child);
  gtk_widget_set_visible (GTK_WIDGET (self->slots[part]), child != NULL);
}

static gboolean
build_cb (GtkWidget     *widget,
          GdkFrameClock *clock,
          gpointer       user_data)
{
  GumProductDetail *self = GUM_PRODUCT_DETAIL (widget);
  gint64 end = g_get_monotonic_time () + BUILD_MS * G_TIME_SPAN_MILLISECOND;

  /* The tick comes before the frame is painted: the second one follows what is there already. */
  if (++self->frames < 2)
    return G_SOURCE_CONTINUE;
  if (self->settle_id != 0 && !self->hurried)
    fetch (self, FALSE);
  if (self->head_dirty)
    show_head (self);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      if (!self->dirty[i])
        continue;
      build (self, i);
      if (g_get_monotonic_time () >= end)
        return G_SOURCE_CONTINUE;
    }

  self->tick = 0;
  return G_SOURCE_REMOVE;
}

static void
stop_building (GumProductDetail *self)
{
  if (self->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
  self->tick = 0;
}

static void
start_building (GumProductDetail *self)
{
  if (self->tick != 0)
    return;
  self->frames = 0;
  self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), build_cb, NULL, NULL);
}

static gboolean
names_property (const char *properties,
                const char *name)
{
  const char *at = properties;
  gsize length = strlen (name);

  if (properties == NULL)
    return TRUE;
  while ((at = strstr (at, name)) != NULL)
    {
      if ((at == properties || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0'))
        return TRUE;
      at += length;
    }
  return FALSE;
}

/* A record changes many properties at once; the page follows once. */
static void
product_changed_cb (GumProductDetail *self,
                    GParamSpec       *pspec)
{
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    self->dirty[i] = self->dirty[i] || names_property (parts[i].properties, pspec->name);
  self->head_dirty = TRUE;
  start_building (self);
}

/* What stands in a list may have changed without the list being another one. */
static void
record_changed_cb (GumProductDetail *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    self->dirty[i] = self->dirty[i] || parts[i].has_lists;
  self->head_dirty = TRUE;
  start_building (self);
}

static void
show_deleted (GumProductDetail *self)
{
  self->deleted = TRUE;
  show_notice (self, _("Deleted on Gumroad. What was known of it is still shown here, until this "
                       "page is closed."), FALSE, NULL);
  show_head (self);
}

static void
stop (GumProductDetail *self)
{
  g_clear_handle_id (&self->settle_id, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
show_failure (GumProductDetail *self,
              const GError     *error)
{
  g_autofree char *sentence = gum_errors_dup_sentence (error, NULL);
  g_autofree char *text = NULL;

  if (g_error_matches (error, GUM_ERROR, GUM_ERROR_NOT_FOUND))
    {
      show_deleted (self);
      return;
    }
  if (has_all (self))
    text = g_strdup_printf (_("This may not be the newest. %s"), sentence != NULL ? sentence : "");
  else
    text = g_strdup_printf (_("Files, content and more could not be read. %s"),
                            sentence != NULL ? sentence : "");
  show_notice (self, g_strchomp (text), FALSE, _("_Retry"));
}

static void
refreshed_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GumProductDetail) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = gum_store_refresh_product_finish (GUM_STORE (source), result, &error);

  /* Whoever cancelled it has gone on to another product, or has closed the page. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->product == NULL)
    return;
  g_clear_object (&self->cancellable);
  if (self->deleted)
    return;
  if (done)
    show_notice (self, NULL, FALSE, NULL);
  else
    show_failure (self, error);
}

/* @asked: by the person, who may spend what is counted. */
static void
fetch (GumProductDetail *self,
       gboolean          asked)
{
  GumStore *store = gum_shop_get_store (self->shop);

  stop (self);
  if (self->product == NULL || store == NULL || self->deleted)
    return;
  if (!gum_shop_is_online (self->shop))
    {
      if (!has_all (self))
        show_notice (self, _("You are offline. Files, content and more of this product have not "
                             "been read yet."), FALSE, NULL);
      return;
    }

  if (!asked && gum_shop_is_sparing (self->shop))
    {
      if (!has_all (self))
        show_notice (self, _("This connection is metered. Files, content and more of this product "
                             "are read when you ask for them."), FALSE, _("_Read Now"));
      return;
    }

  if (has_all (self))
    show_notice (self, NULL, FALSE, NULL);
  else
    show_notice (self, _("Reading files, content and more…"), TRUE, NULL);
  self->cancellable = g_cancellable_new ();
  gum_store_refresh_product_async (store, gum_resource_get_id (GUM_RESOURCE (self->product)),
                                   self->cancellable, refreshed_cb, g_object_ref (self));
}

static gboolean
settle_cb (gpointer user_data)
{
  GumProductDetail *self = user_data;

  self->settle_id = 0;
  fetch (self, FALSE);
  return G_SOURCE_REMOVE;
}

static void
deleted_cb (GumProductDetail *self,
            const char       *id)
{
  if (self->product != NULL &&
      g_strcmp0 (id, gum_resource_get_id (GUM_RESOURCE (self->product))) == 0)
    show_deleted (self);
}

static void
online_cb (GumProductDetail *self)
{
  if (self->product != NULL && !has_all (self) && self->cancellable == NULL)
    fetch (self, FALSE);
}

static void
store_cb (GumProductDetail *self)
{
  GumStore *store = gum_shop_get_store (self->shop);

  if (store == self->store)
    return;
  if (self->store != NULL)
    {
      g_signal_handlers_disconnect_by_func (self->store, deleted_cb, self);
      g_signal_handlers_disconnect_by_func (gum_store_get_drafts (self->store), show_head, self);
    }
  g_set_object (&self->store, store);
  if (store == NULL)
    return;
  g_signal_connect_object (store, "product-deleted", G_CALLBACK (deleted_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (gum_store_get_drafts (store), "items-changed", G_CALLBACK (show_head), self,
                           G_CONNECT_SWAPPED);
}

/* A subpage that has slid away is dropped only then. */
static void
drop_subpages (GumProductDetail *self)
{
  GtkWidget *shown = gtk_stack_get_visible_child (self->stack);
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->stack));

  if (gtk_stack_get_transition_running (self->stack))
    return;
  while (child != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (child);

      if (child != self->page && child != shown)
        gtk_stack_remove (self->stack, child);
      child = next;
    }
}

static void
pop (GumProductDetail *self)
{
  gtk_stack_set_visible_child (self->stack, self->page);
  gtk_widget_child_focus (self->page, GTK_DIR_TAB_FORWARD);
  drop_subpages (self);
}

/* A page that has something to end before it goes may have been left by then. */
static void
subpage_close_cb (GumProductDetail *self,
                  GtkWidget        *subpage)
{
  if (subpage == gtk_stack_get_visible_child (self->stack))
    pop (self);
}

static void
close_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  g_signal_emit (widget, signals[CLOSE], 0);
}

static void
retry_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  fetch (GUM_PRODUCT_DETAIL (widget), TRUE);
}

static void
open_browser_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  gum_product_actions_open_browser (widget, GUM_PRODUCT_DETAIL (widget)->product);
}

static void
copy_link_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  gum_product_actions_copy_link (widget, GUM_PRODUCT_DETAIL (widget)->product);
}

/* The name is in the title once it has been scrolled out of sight. */
static void
scrolled_cb (GumProductDetail *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  gboolean away = gtk_adjustment_get_value (adjustment) > 60;

  gtk_widget_set_opacity (GTK_WIDGET (self->title), away ? 1 : 0);
}

static void
gum_product_detail_dispose (GObject *object)
{
  GumProductDetail *self = GUM_PRODUCT_DETAIL (object);

  stop (self);
  stop_building (self);
  if (self->product != NULL)
    g_signal_handlers_disconnect_by_data (self->product, self);
  /* The bin would look for a child that the template has taken away. */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), GUM_TYPE_PRODUCT_DETAIL);
  g_clear_object (&self->product);
  g_clear_object (&self->store);
  g_clear_object (&self->shop);

  G_OBJECT_CLASS (gum_product_detail_parent_class)->dispose (object);
}

static void
gum_product_detail_class_init (GumProductDetailClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gum_product_detail_dispose;

  signals[CLOSE] = g_signal_new ("close", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                 NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (GUM_TYPE_MAIN_MENU);
  g_type_ensure (GUM_TYPE_PAGE_LAYOUT);
  g_type_ensure (GUM_TYPE_PRODUCT_HEAD);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Gumroad/ui/gum-product-detail.ui");
  gtk_widget_class_bind_template_child (widget_class, GumProductDetail, stack);
  gtk_widget_class_bind_template_child (widget_class, GumProductDetail, page);
  gtk_widget_class_bind_template_child (widget_class, GumProductDetail, header);
  gtk_widget_class_bind_template_child (widget_class, GumProductDetail, main_menu);
  gtk_widget_class_bind_template_child (widget_class, GumProductDetail, title);
  gtk_widget_class_bind_template_child (widget_class, GumProductDetail, scroller);
  gtk_widget_class_bind_template_child (widget_class, GumProductDetail, box);
  gtk_widget_class_bind_template_child (widget_class, GumProductDetail, drop_hint);
  gtk_widget_class_bind_template_child (widget_class, GumProductDetail, head);
  gtk_widget_class_bind_template_child (widget_class, GumProductDetail, notice);
  gtk_widget_class_bind_template_child (widget_class, GumProductDetail, notice_spinner);
  gtk_widget_class_bind_template_child (widget_class, GumProductDetail, notice_icon);
  gtk_widget_class_bind_template_child (widget_class, GumProductDetail, notice_label);
  gtk_widget_class_bind_template_child (widget_class, GumProductDetail, notice_button);
  gtk_widget_class_install_action (widget_class, "product.close", NULL, close_action);
  gtk_widget_class_install_action (widget_class, "product.retry", NULL, retry_action);
  gtk_widget_class_install_action (widget_class, "product.open-browser", NULL,
                                   open_browser_action);
  gum_product_subpages_install (widget_class);
  gum_product_changes_install (widget_class);
  gtk_widget_class_install_action (widget_class, "product.copy-link", NULL, copy_link_action);
}

static void
gum_product_detail_init (GumProductDetail *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      self->slots[i] = ADW_BIN (adw_bin_new ());
      gtk_widget_set_visible (GTK_WIDGET (self->slots[i]), FALSE);
      gtk_box_append (self->box, GTK_WIDGET (self->slots[i]));
    }
  g_signal_connect_object (self->stack, "notify::transition-running", G_CALLBACK (drop_subpages),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (self->scroller), "value-changed",
                           G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);
  scrolled_cb (self);
  gum_product_drop_install (self, self->page, self->drop_hint);
}

void
gum_product_detail_set_shop (GumProductDetail *self,
                             GumShop          *shop)
{
  g_return_if_fail (GUM_IS_PRODUCT_DETAIL (self));
  g_return_if_fail (GUM_IS_SHOP (shop));
  g_return_if_fail (self->shop == NULL);

  self->shop = g_object_ref (shop);
  g_signal_connect_object (shop, "notify::store", G_CALLBACK (store_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (shop, "notify::online", G_CALLBACK (online_cb), self,
                           G_CONNECT_SWAPPED);
  store_cb (self);
}

void
gum_product_detail_prepare_head (GumProductDetail *self,
                                 GumProduct       *product)
{
  int width = 0;

  g_return_if_fail (GUM_IS_PRODUCT_DETAIL (self));
  g_return_if_fail (GUM_IS_PRODUCT (product));

  if (self->product != NULL)
    return;
  gum_product_head_show (self->head, product, gum_shop_get_pictures (self->shop), FALSE, FALSE);
  gtk_widget_measure (GTK_WIDGET (self->stack), GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL,
                      NULL);
  gtk_widget_measure (GTK_WIDGET (self->head), GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL,
                      NULL);
  gtk_widget_measure (GTK_WIDGET (self->head), GTK_ORIENTATION_VERTICAL, width, NULL, NULL, NULL,
                      NULL);
}

void
gum_product_detail_prepare_parts (GumProductDetail *self)
{
  GtkWidget *group;

  g_return_if_fail (GUM_IS_PRODUCT_DETAIL (self));

  if (self->product != NULL)
    return;
  group = gum_detail_new_group ("", NULL);
  gum_detail_add_edit_button (group, "product.edit", "");
  gum_detail_add_row (group, " ", " ");
  adw_bin_set_child (self->slots[0], group);
  gtk_widget_measure (group, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
  adw_bin_set_child (self->slots[0], NULL);
}

void
gum_product_detail_set_product (GumProductDetail *self,
                                GumProduct       *product)
{
  gint64 now = g_get_monotonic_time ();

  g_return_if_fail (GUM_IS_PRODUCT_DETAIL (self));
  g_return_if_fail (self->shop != NULL);

  if (self->product == product)
    return;

  stop (self);
  gum_product_detail_go_back (self);
  stop_building (self);
  if (self->product != NULL)
    g_signal_handlers_disconnect_by_data (self->product, self);
  g_set_object (&self->product, product);
  self->deleted = FALSE;
  self->hurried = now - self->shown_at < 2 * SETTLE_MS * G_TIME_SPAN_MILLISECOND;
  self->shown_at = now;
  show_notice (self, NULL, FALSE, NULL);
  show_head (self);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  /* What is there is of another product. To take it down takes time as well. */
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      gtk_widget_set_visible (GTK_WIDGET (self->slots[i]), FALSE);
      self->dirty[i] = TRUE;
    }
  start_building (self);
  if (product == NULL)
    return;

  g_signal_connect_object (product, "notify", G_CALLBACK (product_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (product, "changed", G_CALLBACK (record_changed_cb), self,
                           G_CONNECT_SWAPPED);
  if (gum_detail_get_boolean (product, "deleted"))
    show_deleted (self);
  else
    self->settle_id = g_timeout_add (SETTLE_MS, settle_cb, self);
}

GumProduct *
gum_product_detail_get_product (GumProductDetail *self)
{
  g_return_val_if_fail (GUM_IS_PRODUCT_DETAIL (self), NULL);

  return self->product;
}

void
gum_product_detail_refresh (GumProductDetail *self)
{
  GtkWidget *shown;

  g_return_if_fail (GUM_IS_PRODUCT_DETAIL (self));

  shown = gtk_stack_get_visible_child (self->stack);
  if (GUM_IS_SUBPAGE (shown))
    gum_subpage_refresh (GUM_SUBPAGE (shown));
  fetch (self, TRUE);
}

GumShop *
gum_product_detail_get_shop (GumProductDetail *self)
{
  g_return_val_if_fail (GUM_IS_PRODUCT_DETAIL (self), NULL);

  return self->shop;
}

void
gum_product_detail_push (GumProductDetail *self,
                         GumSubpage       *subpage)
{
  AdwHeaderBar *header;

  g_return_if_fail (GUM_IS_PRODUCT_DETAIL (self));
  g_return_if_fail (GUM_IS_SUBPAGE (subpage));

  header = gum_subpage_get_header (subpage);
  g_object_bind_property (self->header, "show-start-title-buttons",
                          header, "show-start-title-buttons", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (subpage, "close", G_CALLBACK (subpage_close_cb), self, G_CONNECT_SWAPPED);
  gtk_stack_add_child (self->stack, GTK_WIDGET (subpage));
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (subpage));
  gtk_widget_child_focus (GTK_WIDGET (subpage), GTK_DIR_TAB_FORWARD);
}

GumSubpage *
gum_product_detail_get_subpage (GumProductDetail *self)
{
  GtkWidget *shown;

  g_return_val_if_fail (GUM_IS_PRODUCT_DETAIL (self), NULL);

  shown = gtk_stack_get_visible_child (self->stack);

  return GUM_IS_SUBPAGE (shown) ? GUM_SUBPAGE (shown) : NULL;
}

gboolean
gum_product_detail_go_back (GumProductDetail *self)
{
  g_return_val_if_fail (GUM_IS_PRODUCT_DETAIL (self), FALSE);

  if (gtk_stack_get_visible_child (self->stack) == self->page)
    return FALSE;
  pop (self);

  return TRUE;
}

void
gum_product_detail_set_edges (GumProductDetail *self,
                              gboolean          alone)
{
  g_return_if_fail (GUM_IS_PRODUCT_DETAIL (self));

  adw_header_bar_set_show_start_title_buttons (self->header, alone);
  gtk_widget_set_visible (self->main_menu, alone);
}

gboolean
gum_product_detail_is_deleted (GumProductDetail *self)
{
  g_return_val_if_fail (GUM_IS_PRODUCT_DETAIL (self), FALSE);

  return self->deleted;
}

const char *
gum_product_detail_get_notice (GumProductDetail *self)
{
  g_return_val_if_fail (GUM_IS_PRODUCT_DETAIL (self), NULL);

  return gtk_widget_get_visible (self->notice) ? gtk_label_get_text (self->notice_label) : NULL;
}

gboolean
gum_product_detail_is_building (GumProductDetail *self)
{
  g_return_val_if_fail (GUM_IS_PRODUCT_DETAIL (self), FALSE);

  return self->tick != 0;
}

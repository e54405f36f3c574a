/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is in a bundle. Gumroad takes all of it at once, under names that it does not document; so what came
 * of a change is compared with what was asked for, and the difference is said.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-bundle-page.h"

#include "gum-build.h"
#include "gum-bundle-contents.h"
#include "gum-bundle-item-form.h"
#include "gum-detail-rows.h"
#include "gum-json.h"
#include "gum-part-page.h"
#include "gum-part-send.h"
#include "gum-product-facts.h"
#include "gum-product-picker.h"
#include "gum-status.h"

#include <glib/gi18n.h>

struct _GumBundlePage
{
  GumSubpage  parent_instance;

  /* owned */
  GListModel *items;

  /* widgets */
  GtkStack   *stack;
  GumStatus  *status;
  GtkWidget  *column;
  GtkWidget  *list;
  GtkWidget  *spinner;

  /* plain */
  gboolean    is_busy;
  guint       show_id;
};

G_DEFINE_FINAL_TYPE (GumBundlePage, gum_bundle_page, GUM_TYPE_SUBPAGE)

static GumProduct *
get_product (GumBundlePage *self)
{
  return gum_subpage_get_product (GUM_SUBPAGE (self));
}

static guint
count (GumBundlePage *self)
{
  return g_list_model_get_n_items (self->items);
}

static void show (GumBundlePage *self);

/* --- sending ---------------------------------------------------------------------------------- */

static void
set_busy (GumBundlePage *self,
          gboolean       busy)
{
  self->is_busy = busy;
  gtk_widget_set_sensitive (self->column, !busy);
  gtk_widget_set_visible (self->spinner, busy);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), busy);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "bundle.add", !busy);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_BUSY, busy, -1);
}

/* The page may be left before the answer comes; how it went is said where it was. */
typedef struct {
  GumBundlePage *page;
  GtkWidget     *place;
  GumShop       *shop;
  GumWrite      *write;
  char          *done;
} Sending;

static void
sending_free (Sending *sending)
{
  g_object_unref (sending->page);
  g_object_unref (sending->place);
  g_object_unref (sending->shop);
  g_object_unref (sending->write);
  g_free (sending->done);
  g_free (sending);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sending, sending_free)

/* The product was read again after the change. */
static gboolean
is_as_asked (GumWrite   *write,
             GumProduct *product)
{
  g_autoptr (JsonArray) contents = gum_bundle_contents_get (product);

  return gum_bundle_contents_equal (contents, gum_json_get_array (gum_write_get_body (write),
                                                                  "products"));
}

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (Sending) sending = user_data;
  GumBundlePage *self = sending->page;
  g_autoptr (GError) error = NULL;
  gboolean done = gum_journal_send_finish (GUM_JOURNAL (source), result, &error);

  set_busy (self, FALSE);
  show (self);
  if (!done)
    gum_part_say_failure (sending->place, error);
  else if (is_as_asked (sending->write, get_product (self)))
    gum_part_say_done (sending->place, sending->shop, sending->write, sending->done);
  else
    gum_part_say (sending->place, _("Not as It Was Asked For"),
                  _("Gumroad took the change, but the bundle does not show it. What you see now is "
                    "what is in it. Look at the bundle on Gumroad’s website before you try again."));
}

/* Takes @contents. */
static void
save (GumBundlePage *self,
      JsonArray     *contents,
      const char    *done)
{
  GumProduct *product = get_product (self);
  GumShop *shop = gum_subpage_get_shop (GUM_SUBPAGE (self));
  const char *title, *reason;
  g_autoptr (JsonArray) wanted = contents;
  g_autoptr (JsonArray) before = gum_bundle_contents_get (product);
  g_autofree char *name = gum_product_facts_dup_name (product);
  Sending *sending;

  if (self->is_busy || gum_bundle_contents_equal (wanted, before))
    return;
  if (!gum_shop_may_write (shop, &title, &reason))
    {
      gum_part_say (GTK_WIDGET (self), title, reason);
      return;
    }

  sending = g_new0 (Sending, 1);
  sending->page = g_object_ref (self);
  sending->place = g_object_ref (gum_part_find_place (GTK_WIDGET (self)));
  sending->shop = g_object_ref (shop);
  sending->write = gum_write_new_bundle (gum_resource_get_id (GUM_RESOURCE (product)), name, wanted,
                                         before);
  sending->done = g_strdup (done);
  set_busy (self, TRUE);
  gum_journal_send_async (gum_store_get_journal (gum_shop_get_store (shop)), sending->write, NULL, sent_cb, sending);
}

/* --- rows ------------------------------------------------------------------------------------- */

static char *
dup_name (GumBundlePage *self,
          GumBundleItem *item)
{
  GumStore *store = gum_subpage_get_store (GUM_SUBPAGE (self));
  g_autofree char *id = gum_detail_dup_string (item, "product-id");
  g_autoptr (GumProduct) member = NULL;

  member = store != NULL && id != NULL ? gum_store_dup_product (store, id) : NULL;

  return member != NULL ? gum_product_facts_dup_name (member)
                        : g_strdup (_("A product that is not in your list"));
}

static GumBundlePage *
get_page (GtkWidget *row)
{
  return GUM_BUNDLE_PAGE (gtk_widget_get_ancestor (row, GUM_TYPE_BUNDLE_PAGE));
}

static guint
get_position (GtkWidget *row)
{
  return (guint) gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row));
}

static void
remove_row (GtkWidget *row)
{
  GumBundlePage *self = get_page (row);

  save (self, gum_bundle_contents_drop (get_product (self), get_position (row)),
        _("Taken out of the bundle"));
}

static void
move_row (GtkWidget *row,
          int        by)
{
  GumBundlePage *self = get_page (row);
  guint position = get_position (row);

  if ((by < 0 && position == 0) || (by > 0 && position + 1 >= count (self)))
    return;
  save (self, gum_bundle_contents_move (get_product (self), position,
                                        by < 0 ? position - 1 : position + 1), _("Moved"));
}

static void
up_cb (GtkWidget *row)
{
  move_row (row, -1);
}

static void
down_cb (GtkWidget *row)
{
  move_row (row, 1);
}

static gboolean
move_shortcut_cb (GtkWidget *list,
                  GVariant  *args,
                  gpointer   user_data)
{
  GtkWidget *row = gtk_widget_get_focus_child (list);

  if (row == NULL)
    return FALSE;
  move_row (row, GPOINTER_TO_INT (user_data));

  return TRUE;
}

static void
chosen_cb (GtkWidget  *row,
           const char *variant_id,
           gint64      quantity)
{
  GumBundlePage *self = get_page (row);

  /* It was taken out while the form was open. */
  if (self == NULL)
    return;
  save (self, gum_bundle_contents_set (get_product (self), get_position (row), variant_id,
                                       quantity), _("Changed"));
}

static void
activated_cb (GumBundlePage *self,
              GtkWidget     *row)
{
  g_autoptr (GumBundleItem) item = g_list_model_get_item (self->items, get_position (row));
  g_autofree char *name = item != NULL ? dup_name (self, item) : NULL;
  GtkWidget *form;

  if (item == NULL)
    return;
  form = gum_bundle_item_form_new (GTK_WIDGET (self), gum_subpage_get_shop (GUM_SUBPAGE (self)),
                                   get_product (self), item, name);
  g_signal_connect_object (form, "chosen", G_CALLBACK (chosen_cb), row, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (form));
}

static void
add_button (GtkWidget  *row,
            const char *icon,
            char       *label,
            GCallback   callback,
            gboolean    sensitive)
{
  GtkWidget *button = gum_build_icon_button (icon, label, NULL);

  gtk_widget_set_sensitive (button, sensitive);
  g_signal_connect_object (button, "clicked", callback, row, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  g_free (label);
}

static void
show_later_cb (gpointer user_data)
{
  GumBundlePage *self = user_data;

  self->show_id = 0;
  show (self);
}

/* Contents have no id: another order is told by other values in the same items. All of them change before
 * the rows are made anew. */
static void
item_changed_cb (GtkWidget *row)
{
  GumBundlePage *self = get_page (row);

  if (self != NULL && self->show_id == 0)
    self->show_id = g_idle_add_once (show_later_cb, self);
}

static GtkWidget *
create_row (GumBundlePage *self,
            guint          position)
{
  g_autoptr (GumBundleItem) item = g_list_model_get_item (self->items, position);
  g_autofree char *name = dup_name (self, item);
  g_autofree char *variant_id = gum_detail_dup_string (item, "variant-id");
  g_autofree char *times = NULL;
  g_autofree char *subtitle = NULL;
  g_autofree char *sentence = NULL;
  gint64 quantity = gum_detail_get_int (item, "quantity");
  GtkWidget *row = gum_detail_new_row (name, NULL);

  if (quantity > 1)
    times = g_strdup_printf ("%" G_GINT64_FORMAT " ×", quantity);
  if (times != NULL && variant_id != NULL)
    subtitle = g_strdup_printf ("%s, %s", times, _("a certain version"));
  else
    subtitle = times != NULL ? g_steal_pointer (&times)
                             : g_strdup (variant_id != NULL ? _("A certain version") : "");
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  sentence = g_strdup_printf ("%s%s%s", name, *subtitle != '\0' ? ", " : "", subtitle);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence, -1);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_signal_connect_object (item, "notify", G_CALLBACK (item_changed_cb), row, G_CONNECT_SWAPPED);

  add_button (row, "go-up-symbolic", g_strdup_printf (_("Move “%s” up"), name), G_CALLBACK (up_cb),
              position > 0);
  add_button (row, "go-down-symbolic", g_strdup_printf (_("Move “%s” down"), name),
              G_CALLBACK (down_cb), position + 1 < count (self));
  add_button (row, "list-remove-symbolic", g_strdup_printf (_("Take “%s” out"), name),
              G_CALLBACK (remove_row), TRUE);

  return row;
}

/* --- the page --------------------------------------------------------------------------------- */

static void
show (GumBundlePage *self)
{
  GtkWidget *focus = gtk_widget_get_focus_child (self->list);
  int position = focus != NULL ? gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (focus)) : -1;
  GtkWidget *row;

  g_clear_handle_id (&self->show_id, g_source_remove);
  while ((row = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), row);
  for (guint i = 0; i < count (self); i++)
    gtk_list_box_append (GTK_LIST_BOX (self->list), create_row (self, i));

  row = GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list),
                                                   MIN (position, (int) count (self) - 1)));
  if (position >= 0 && row != NULL)
    gtk_widget_grab_focus (row);
  gtk_stack_set_visible_child (self->stack, count (self) > 0 ? self->column
                                                             : GTK_WIDGET (self->status));
}

void
gum_bundle_page_add (GumBundlePage *self,
                     const char    *product_id)
{
  GumProduct *product = get_product (self);

  g_return_if_fail (GUM_IS_BUNDLE_PAGE (self));

  if (g_strcmp0 (product_id, gum_resource_get_id (GUM_RESOURCE (product))) == 0)
    gum_part_say (GTK_WIDGET (self), _("Not in Itself"), _("A bundle cannot be in itself."));
  else if (gum_bundle_contents_has (product, product_id))
    gum_part_say (GTK_WIDGET (self), _("Already in It"),
                  _("This product is in the bundle already. Open it there to say how often."));
  else
    save (self, gum_bundle_contents_add (product, product_id), _("Put into the bundle"));
}

static void
picked_cb (GumBundlePage *self,
           GumProduct    *product)
{
  gum_bundle_page_add (self, gum_resource_get_id (GUM_RESOURCE (product)));
}

static void
add_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  GtkWidget *picker = gum_product_picker_new (widget, gum_subpage_get_shop (GUM_SUBPAGE (widget)));

  g_signal_connect_object (picker, "chosen", G_CALLBACK (picked_cb), widget, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (picker));
}

static void
gum_bundle_page_constructed (GObject *object)
{
  GumBundlePage *self = GUM_BUNDLE_PAGE (object);

  G_OBJECT_CLASS (gum_bundle_page_parent_class)->constructed (object);

  /* The list stays the same object for as long as the product does. */
  self->items = gum_detail_dup_list (get_product (self), "bundle-products");
  g_signal_connect_object (self->items, "items-changed", G_CALLBACK (show), self,
                           G_CONNECT_SWAPPED);
  show (self);
}

static void
gum_bundle_page_dispose (GObject *object)
{
  GumBundlePage *self = GUM_BUNDLE_PAGE (object);

  g_clear_handle_id (&self->show_id, g_source_remove);
  if (self->items != NULL)
    g_signal_handlers_disconnect_by_data (self->items, self);
  g_clear_object (&self->items);

  G_OBJECT_CLASS (gum_bundle_page_parent_class)->dispose (object);
}

static void
gum_bundle_page_class_init (GumBundlePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = gum_bundle_page_constructed;
  object_class->dispose = gum_bundle_page_dispose;

  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "bundle.add", NULL, add_action);
}

static void
add_shortcut (GtkEventController *controller,
              guint               keyval,
              int                 by)
{
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (keyval,
                                                                                  GDK_ALT_MASK),
                                                          gtk_callback_action_new (move_shortcut_cb,
                                                                                   GINT_TO_POINTER (by),
                                                                                   NULL)));
}

static void
gum_bundle_page_init (GumBundlePage *self)
{
  GtkWidget *add = gum_build_icon_button ("list-add-symbolic", _("Add a Product"), "bundle.add");
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *group = gum_detail_new_group (_("Products"),
                                           _("Buyers get all of them. Alt+Up and Alt+Down move the "
                                             "one that has the focus."));
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gum_subpage_set_title (GUM_SUBPAGE (self), _("In This Bundle"));
  adw_header_bar_pack_end (gum_subpage_get_header (GUM_SUBPAGE (self)), add);
  self->spinner = gtk_spinner_new ();
  gtk_widget_set_visible (self->spinner, FALSE);
  adw_header_bar_pack_end (gum_subpage_get_header (GUM_SUBPAGE (self)), self->spinner);

  self->list = gum_part_page_new_list (_("Products in this bundle"));
  gum_part_page_on_delete (self->list, remove_row);
  add_shortcut (controller, GDK_KEY_Up, -1);
  add_shortcut (controller, GDK_KEY_Down, 1);
  gtk_widget_add_controller (self->list, controller);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (activated_cb), self,
                           G_CONNECT_SWAPPED);

  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->list);
  gtk_widget_set_margin_top (group, 18);
  gtk_widget_set_margin_bottom (group, 36);
  gtk_widget_set_margin_start (group, 14);
  gtk_widget_set_margin_end (group, 14);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 720);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), 560);
  adw_clamp_set_child (ADW_CLAMP (clamp), group);
  self->column = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->column), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->column), clamp);

  self->status = GUM_STATUS (gum_status_new ());
  gum_status_show (self->status, "package-x-generic-symbolic", _("Nothing in This Bundle"),
                   _("A bundle can be published once there is a product in it."));
  gum_status_set_action (self->status, _("_Add Product"), "bundle.add");
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_child (self->stack, self->column);
  gtk_stack_add_child (self->stack, GTK_WIDGET (self->status));
  gum_subpage_set_content (GUM_SUBPAGE (self), GTK_WIDGET (self->stack));
}

gboolean
gum_bundle_page_is_busy (GumBundlePage *self)
{
  g_return_val_if_fail (GUM_IS_BUNDLE_PAGE (self), FALSE);

  return self->is_busy;
}

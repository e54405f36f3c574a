/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Covers of a product, and its thumbnail below them (gum-thumbnail-group.c). Pictures come by drop, from the
 * clipboard, from files or by their address (gum-picture-source.c); the order is told to Gumroad when it has
 * settled, a removal when its toast has gone or the page is left.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-covers-page.h"

#include "gum-cover-row.h"
#include "gum-cover-upload.h"
#include "gum-covers.h"
#include "gum-detail-rows.h"
#include "gum-error.h"
#include "gum-notice.h"
#include "gum-picture-source.h"
#include "gum-section.h"
#include "gum-thumbnail-group.h"

#include <glib/gi18n.h>

struct _GumCoversPage
{
  GumSubpage         parent_instance;

  /* owned */
  GumCovers         *covers;      /* NULL: the ledger is closed */
  GtkWidget         *place;       /* weak: where failures are told once the page is left */

  /* widgets */
  GumNotice         *notice;
  GtkListBox        *list;
  GumThumbnailGroup *thumbnail;
  AdwToast          *toast;       /* weak: of the last removal */
};

G_DEFINE_FINAL_TYPE (GumCoversPage, gum_covers_page, GUM_TYPE_SUBPAGE)

/* --- what is shown ---------------------------------------------------------------------------- */

static void move_cb   (GumCoversPage *self,
                       const char    *id,
                       guint          position);
static void remove_cb (GumCoversPage *self,
                       const char    *id);

static GumCoverRow *
find_row (GumCoversPage *self,
          const char    *id)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->list));
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (GUM_IS_COVER_ROW (child) && g_strcmp0 (gum_cover_row_get_id (GUM_COVER_ROW (child)), id) == 0)
        return GUM_COVER_ROW (child);
    }

  return NULL;
}

static GumCoverRow *
create_row (GumCoversPage *self)
{
  GumShop *shop = gum_subpage_get_shop (GUM_SUBPAGE (self));
  GtkWidget *row = gum_cover_row_new (gum_shop_get_pictures (shop));

  g_signal_connect_object (row, "move", G_CALLBACK (move_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "remove", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);

  return GUM_COVER_ROW (row);
}

static char *
dup_focused_id (GumCoversPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row = focus != NULL ? gtk_widget_get_ancestor (focus, GUM_TYPE_COVER_ROW) : NULL;

  return row != NULL ? g_strdup (gum_cover_row_get_id (GUM_COVER_ROW (row))) : NULL;
}

/* The row at @position is @row from now on; what stood between them has moved down. */
static void
put_row (GumCoversPage *self,
         GumCoverRow   *row,
         guint          position)
{
  if (gtk_widget_get_parent (GTK_WIDGET (row)) == NULL)
    {
      gtk_list_box_insert (self->list, GTK_WIDGET (row), (int) position);
    }
  else if (gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)) != (int) position)
    {
      g_object_ref (row);
      gtk_list_box_remove (self->list, GTK_WIDGET (row));
      gtk_list_box_insert (self->list, GTK_WIDGET (row), (int) position);
      g_object_unref (row);
    }
}

static void
drop_rows (GumCoversPage *self,
           guint          n_covers)
{
  GtkWidget *child = GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, (int) n_covers));

  while (child != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (child);

      if (GUM_IS_COVER_ROW (child))
        gtk_list_box_remove (self->list, child);
      child = next;
    }
}

static void
show_covers (GumCoversPage *self)
{
  g_autoptr (GPtrArray) covers = NULL;
  g_autofree char *focused = dup_focused_id (self);
  GumCoverRow *row;

  if (self->covers == NULL)
    return;
  covers = gum_covers_dup_list (self->covers);
  for (guint i = 0; i < covers->len; i++)
    {
      g_autofree char *id = gum_detail_dup_string (covers->pdata[i], "id");

      row = find_row (self, id);
      if (row == NULL)
        row = create_row (self);
      gum_cover_row_show (row, covers->pdata[i], i, covers->len);
      put_row (self, row, i);
    }
  drop_rows (self, covers->len);
  /* A row that was moved has lost it. */
  row = focused != NULL ? find_row (self, focused) : NULL;
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
show_failure (GumCoversPage *self,
              const GError  *error)
{
  /* See gum_covers_page_unroot(). */
  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;

  if (g_error_matches (error, GUM_ERROR, GUM_ERROR_UNCLEAR))
    gum_notice_show (self->notice, _("Outcome Unknown"),
                     _("The connection broke before Gumroad’s answer came. The product was read again: what "
                       "is shown here is what Gumroad has, unless it could not be reached."),
                     _("_Read Again"));
  else
    gum_notice_show_error (self->notice, error, _("_Read Again"));
}

static void
refreshed_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (GumCoversPage) self = data;
  g_autoptr (GError) error = NULL;

  if (gum_store_refresh_product_finish (GUM_STORE (source), result, &error))
    gum_notice_hide (self->notice);
  else
    gum_notice_show_error (self->notice, error, _("_Read Again"));
}

static void
gum_covers_page_refresh (GumSubpage *subpage)
{
  GumStore *store = gum_subpage_get_store (subpage);

  if (store != NULL)
    gum_store_refresh_product_async (store,
                                     gum_resource_get_id (GUM_RESOURCE (gum_subpage_get_product (subpage))),
                                     NULL, refreshed_cb, g_object_ref (subpage));
}

/* --- order and removal ------------------------------------------------------------------------ */

static void
move_cb (GumCoversPage *self,
         const char    *id,
         guint          position)
{
  gum_covers_move (self->covers, id, position);
}

/* Said to Gumroad when the toast has gone, however it went. */
static void
dismissed_cb (AdwToast  *toast,
              GumCovers *covers)
{
  gum_covers_commit (covers, g_object_get_data (G_OBJECT (toast), "cover"));
}

static void
undo_cb (AdwToast  *toast,
         GumCovers *covers)
{
  gum_covers_restore (covers, g_object_get_data (G_OBJECT (toast), "cover"));
}

static void
dismiss_toast (GumCoversPage *self)
{
  if (self->toast != NULL)
    adw_toast_dismiss (self->toast);
  g_clear_weak_pointer (&self->toast);
}

static void
remove_cb (GumCoversPage *self,
           const char    *id)
{
  /* A copy: the row goes. */
  char *copy = g_strdup (id);
  AdwToast *toast;

  /* Toasts wait for one another; only the last can be taken back. */
  dismiss_toast (self);
  gum_covers_remove (self->covers, copy);
  toast = gum_section_add_toast_with_button (GTK_WIDGET (self), _("Cover removed"), _("_Undo"));
  if (toast == NULL)
    {
      gum_covers_commit (self->covers, copy);
      g_free (copy);
      return;
    }
  g_object_set_data_full (G_OBJECT (toast), "cover", copy, g_free);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (undo_cb), self->covers, 0);
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (dismissed_cb), self->covers, 0);
  g_set_weak_pointer (&self->toast, toast);
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

/* --- additions -------------------------------------------------------------------------------- */

gboolean
gum_covers_page_take (GumCoversPage *self,
                      const GValue  *value)
{
  g_return_val_if_fail (GUM_IS_COVERS_PAGE (self), FALSE);

  return self->covers != NULL && gum_cover_upload_take (self->list, self->covers, FALSE, value);
}

static gboolean
take (GtkWidget    *widget,
      const GValue *value)
{
  return gum_covers_page_take (GUM_COVERS_PAGE (widget), value);
}

static void
paste_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  gum_picture_source_paste (widget, take);
}

static void
choose_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  gum_picture_source_choose (widget, _("Choose Covers"), TRUE, take);
}

static void
address_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  gum_picture_source_ask (widget, _("The address of a picture, a video, or a page of YouTube or Vimeo. "
                                    "Gumroad fetches it itself."),
                          _("Address of the cover"), take);
}

/* --- GObject ---------------------------------------------------------------------------------- */

static GtkWidget *
create_covers_group (GumCoversPage *self)
{
  g_autofree char *words = g_strdup_printf (_("Up to %d pictures or videos, in this order; the first is the "
                                              "main one. Drop them here, or paste them."),
                                            GUM_ARTWORK_MAX_COVERS);
  GtkWidget *group = gum_detail_new_group (_("Covers"), words);
  g_autoptr (GMenu) menu = g_menu_new ();
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *placeholder = gtk_label_new (_("No covers yet"));

  g_menu_append (menu, _("_Files…"), "covers.choose");
  g_menu_append (menu, _("_Paste"), "covers.paste");
  g_menu_append (menu, _("From an _Address…"), "covers.address");
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "list-add-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_widget_set_valign (button, GTK_ALIGN_START);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _("Add a Cover"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Add a cover"), -1);
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (group), button);

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_widget_add_css_class (placeholder, "dim-label");
  gtk_widget_add_css_class (placeholder, "gum-covers-none");
  gtk_list_box_set_placeholder (self->list, placeholder);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Covers"), -1);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->list));

  return group;
}

static void
gum_covers_page_constructed (GObject *object)
{
  GumCoversPage *self = GUM_COVERS_PAGE (object);
  GumProduct *product = gum_subpage_get_product (GUM_SUBPAGE (self));
  GumStore *store = gum_subpage_get_store (GUM_SUBPAGE (self));
  static const char * const actions[] = { "covers.choose", "covers.paste", "covers.address" };

  G_OBJECT_CLASS (gum_covers_page_parent_class)->constructed (object);

  if (store != NULL)
    self->covers = gum_covers_new (store, product);
  gum_thumbnail_group_show (self->thumbnail, gum_subpage_get_shop (GUM_SUBPAGE (self)), product,
                            self->covers);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), actions[i], self->covers != NULL);
  if (self->covers == NULL)
    return;
  g_signal_connect_object (self->covers, "changed", G_CALLBACK (show_covers), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->covers, "failed", G_CALLBACK (show_failure), self, G_CONNECT_SWAPPED);
  show_covers (self);
}

static void
gum_covers_page_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (gum_covers_page_parent_class)->root (widget);

  g_set_weak_pointer (&GUM_COVERS_PAGE (widget)->place,
                      gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY));
}

static void
failed_later_cb (GtkWidget *place)
{
  gum_section_add_toast (place, _("The covers could not be changed: what the product shows is what Gumroad has"));
}

/* Nothing that was done here is lost with the page; and what fails now is told by the window. */
static void
gum_covers_page_unroot (GtkWidget *widget)
{
  GumCoversPage *self = GUM_COVERS_PAGE (widget);

  dismiss_toast (self);
  if (self->covers != NULL && self->place != NULL)
    g_signal_connect_object (self->covers, "failed", G_CALLBACK (failed_later_cb), self->place,
                             G_CONNECT_SWAPPED);
  if (self->covers != NULL)
    gum_covers_flush (self->covers);

  GTK_WIDGET_CLASS (gum_covers_page_parent_class)->unroot (widget);
}

static void
gum_covers_page_dispose (GObject *object)
{
  GumCoversPage *self = GUM_COVERS_PAGE (object);

  g_clear_weak_pointer (&self->toast);
  g_clear_object (&self->covers);
  g_clear_weak_pointer (&self->place);

  G_OBJECT_CLASS (gum_covers_page_parent_class)->dispose (object);
}

static void
gum_covers_page_class_init (GumCoversPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = gum_covers_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = gum_covers_page_dispose;
  widget_class->root = gum_covers_page_root;
  widget_class->unroot = gum_covers_page_unroot;
  GUM_SUBPAGE_CLASS (klass)->refresh = gum_covers_page_refresh;

  gtk_widget_class_install_action (widget_class, "covers.choose", NULL, choose_action);
  gtk_widget_class_install_action (widget_class, "covers.paste", NULL, paste_action);
  gtk_widget_class_install_action (widget_class, "covers.address", NULL, address_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_v, GDK_CONTROL_MASK, "covers.paste", NULL);
}

static void
gum_covers_page_init (GumCoversPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->thumbnail = GUM_THUMBNAIL_GROUP (gum_thumbnail_group_new ());
  g_signal_connect_object (self->thumbnail, "failed", G_CALLBACK (show_failure), self,
                           G_CONNECT_SWAPPED);
  self->notice = GUM_NOTICE (gum_notice_new ());
  g_signal_connect_object (self->notice, "activated", G_CALLBACK (gum_covers_page_refresh), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->notice));
  gtk_box_append (GTK_BOX (box), create_covers_group (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->thumbnail));
  gtk_widget_add_css_class (box, "gum-form");
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);

  gum_picture_source_add_drop (scroller, GTK_WIDGET (self), take);

  gum_subpage_set_title (GUM_SUBPAGE (self), _("Covers"));
  gum_subpage_set_content (GUM_SUBPAGE (self), scroller);
}

GtkListBox *
gum_covers_page_get_list (GumCoversPage *self)
{
  g_return_val_if_fail (GUM_IS_COVERS_PAGE (self), NULL);

  return self->list;
}

GumThumbnailGroup *
gum_covers_page_get_thumbnail (GumCoversPage *self)
{
  g_return_val_if_fail (GUM_IS_COVERS_PAGE (self), NULL);

  return self->thumbnail;
}

const char *
gum_covers_page_get_notice (GumCoversPage *self)
{
  g_return_val_if_fail (GUM_IS_COVERS_PAGE (self), NULL);

  return gum_notice_get_text (self->notice);
}

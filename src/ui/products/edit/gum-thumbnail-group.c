/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The thumbnail of a product, on the page of its covers. It comes in the same ways as a cover does; what is
 * pasted while the keyboard is in here becomes the thumbnail.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-thumbnail-group.h"

#include "gum-cover-upload.h"
#include "gum-picture-source.h"
#include "gum-picture.h"
#include "gum-section.h"

#include <glib/gi18n.h>

struct _GumThumbnailGroup
{
  AdwPreferencesGroup  parent_instance;

  /* owned */
  GumCovers           *covers;       /* NULL: the ledger is closed */
  GumProduct          *product;

  /* widgets */
  GtkListBox          *list;
  AdwActionRow        *row;
  GumPicture          *picture;
  GtkWidget           *place;        /* weak: the window's toasts, while one is being removed */
};

enum {
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GumThumbnailGroup, gum_thumbnail_group, ADW_TYPE_PREFERENCES_GROUP)

static void
show_thumbnail (GumThumbnailGroup *self)
{
  const char *url = gum_product_get_thumbnail_url (self->product);
  gboolean has_one = url != NULL && *url != '\0';

  gum_picture_set_source (self->picture, url, NULL);
  adw_action_row_set_subtitle (self->row,
                               has_one ? _("Square, shown in the library and in lists")
                                       : _("None yet. Square, shown in the library and in lists"));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "thumbnail.remove",
                                 has_one && self->covers != NULL);
}

/* --- another one ------------------------------------------------------------------------------ */

gboolean
gum_thumbnail_group_take (GumThumbnailGroup *self,
                          const GValue      *value)
{
  g_return_val_if_fail (GUM_IS_THUMBNAIL_GROUP (self), FALSE);

  return self->covers != NULL && gum_cover_upload_take (self->list, self->covers, TRUE, value);
}

static gboolean
take (GtkWidget    *widget,
      const GValue *value)
{
  return gum_thumbnail_group_take (GUM_THUMBNAIL_GROUP (widget), value);
}

static void
choose_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  gum_picture_source_choose (widget, _("Choose a Thumbnail"), FALSE, take);
}

static void
paste_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  gum_picture_source_paste (widget, take);
}

static void
address_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  gum_picture_source_ask (widget, _("The address of a square picture. Gumroad fetches it itself."),
                          _("Address of the thumbnail"), take);
}

/* --- none ------------------------------------------------------------------------------------- */

static void
removed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr(GumThumbnailGroup) self = data;
  g_autoptr(GError) error = NULL;

  if (gum_covers_finish (GUM_COVERS (source), result, &error))
    return;
  if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    g_signal_emit (self, signals[FAILED], 0, error);
  else if (self->place != NULL)
    /* The page was left meanwhile. */
    gum_section_add_toast (self->place, _("The thumbnail could not be removed"));
}

static void
remove_response_cb (GumThumbnailGroup *self)
{
  if (self->covers == NULL)
    return;

  g_set_weak_pointer (&self->place, gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY));
  gum_covers_remove_thumbnail_async (self->covers, removed_cb, g_object_ref (self));
}

/* It cannot be taken back: Gumroad does not give the picture again. */
static void
remove_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                              _("Remove the Thumbnail?"),
                                              _("Lists then show the main cover instead, or nothing."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"),
                                    "remove", _("_Remove"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "remove",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response::remove", G_CALLBACK (remove_response_cb), widget,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* --- GObject ---------------------------------------------------------------------------------- */

static void
gum_thumbnail_group_dispose (GObject *object)
{
  GumThumbnailGroup *self = GUM_THUMBNAIL_GROUP (object);

  g_clear_object (&self->covers);
  g_clear_object (&self->product);
  g_clear_weak_pointer (&self->place);

  G_OBJECT_CLASS (gum_thumbnail_group_parent_class)->dispose (object);
}

static void
gum_thumbnail_group_class_init (GumThumbnailGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gum_thumbnail_group_dispose;

  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
  gtk_widget_class_install_action (widget_class, "thumbnail.choose", NULL, choose_action);
  gtk_widget_class_install_action (widget_class, "thumbnail.paste", NULL, paste_action);
  gtk_widget_class_install_action (widget_class, "thumbnail.address", NULL, address_action);
  gtk_widget_class_install_action (widget_class, "thumbnail.remove", NULL, remove_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_v, GDK_CONTROL_MASK,
                                       "thumbnail.paste", NULL);
}

static GtkWidget *
new_menu_button (void)
{
  GtkWidget *button = gtk_menu_button_new ();
  g_autoptr(GMenu) menu = g_menu_new ();
  g_autoptr(GMenu) bring = g_menu_new ();
  g_autoptr(GMenu) remove = g_menu_new ();

  g_menu_append (bring, _("_File…"), "thumbnail.choose");
  g_menu_append (bring, _("_Paste"), "thumbnail.paste");
  g_menu_append (bring, _("From an _Address…"), "thumbnail.address");
  g_menu_append (remove, _("_Remove"), "thumbnail.remove");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (bring));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (remove));
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _("Change the Thumbnail"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Change the thumbnail"), -1);

  return button;
}

static void
gum_thumbnail_group_init (GumThumbnailGroup *self)
{
  g_autofree char *words = g_strdup_printf (_("A square picture of at least %d × %d pixels and at most "
                                              "5 MB. You choose the square of one that is not."),
                                            GUM_ARTWORK_MIN_THUMBNAIL, GUM_ARTWORK_MIN_THUMBNAIL);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("Thumbnail"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), words);

  self->picture = GUM_PICTURE (gum_picture_new ());
  gum_picture_set_size (self->picture, 64, 64);
  gtk_widget_set_valign (GTK_WIDGET (self->picture), GTK_ALIGN_CENTER);
  gtk_widget_set_margin_top (GTK_WIDGET (self->picture), 8);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->picture), 8);

  self->row = ADW_ACTION_ROW (adw_action_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->row), _("Thumbnail"));
  adw_action_row_add_prefix (self->row, GTK_WIDGET (self->picture));
  adw_action_row_add_suffix (self->row, new_menu_button ());

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_list_box_append (self->list, GTK_WIDGET (self->row));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Thumbnail"), -1);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->list));
  gum_picture_source_add_drop (GTK_WIDGET (self), GTK_WIDGET (self), take);
}

GtkWidget *
gum_thumbnail_group_new (void)
{
  return g_object_new (GUM_TYPE_THUMBNAIL_GROUP, NULL);
}

void
gum_thumbnail_group_show (GumThumbnailGroup *self,
                          GumShop           *shop,
                          GumProduct        *product,
                          GumCovers         *covers)
{
  static const char * const actions[] = { "thumbnail.choose", "thumbnail.paste", "thumbnail.address" };

  g_return_if_fail (GUM_IS_THUMBNAIL_GROUP (self));
  g_return_if_fail (GUM_IS_PRODUCT (product));
  g_return_if_fail (self->product == NULL);

  self->product = g_object_ref (product);
  g_set_object (&self->covers, covers);
  gum_picture_set_pictures (self->picture, gum_shop_get_pictures (shop));
  g_signal_connect_object (product, "notify::thumbnail-url", G_CALLBACK (show_thumbnail), self,
                           G_CONNECT_SWAPPED);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), actions[i], covers != NULL);
  show_thumbnail (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The covers of a product, as a strip, and the way to the page that changes them. A press opens the picture, or plays the video, in the browser: nothing
 * is played here.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-detail-rows.h"
#include "gum-picture.h"
#include "gum-product-actions.h"
#include "gum-product-facts.h"

#include <glib/gi18n.h>

#define HEIGHT     200
#define MIN_WIDTH  112
#define MAX_WIDTH  312

static int
get_width (GumCover *cover)
{
  gint64 width = gum_detail_get_int (cover, "width");
  gint64 height = gum_detail_get_int (cover, "height");

  if (width <= 0 || height <= 0)
    return HEIGHT * 16 / 10;
  return (int) CLAMP ((double) HEIGHT * (double) width / (double) height, MIN_WIDTH, MAX_WIDTH);
}

static char *
dup_open_uri (GumCover *cover)
{
  g_autofree char *original = gum_detail_dup_string (cover, "original-url");
  g_autofree char *url = gum_detail_dup_string (cover, "url");
  char *checked = gum_facts_dup_http_uri (original);

  return checked != NULL ? checked : gum_facts_dup_http_uri (url);
}

static GtkWidget *
make_cover (GumCover    *cover,
            GumPictures *pictures,
            guint        number,
            guint        count)
{
  g_autofree char *type = gum_detail_dup_string (cover, "type");
  g_autofree char *url = gum_detail_dup_string (cover, "url");
  g_autofree char *thumbnail = gum_detail_dup_string (cover, "thumbnail");
  g_autofree char *open_uri = dup_open_uri (cover);
  g_autofree char *label = NULL;
  gboolean moving = g_strcmp0 (type, "video") == 0 || g_strcmp0 (type, "oembed") == 0;
  GtkWidget *picture = gum_picture_new ();
  GtkWidget *overlay = gtk_overlay_new ();
  GtkWidget *button = gtk_button_new ();

  if (moving)
    label = g_strdup_printf (_("Video, cover %u of %u"), number, count);
  else
    label = g_strdup_printf (_("Cover %u of %u"), number, count);

  gum_picture_set_icon (GUM_PICTURE (picture),
                        moving ? "video-x-generic-symbolic" : "image-x-generic-symbolic");
  gum_picture_set_size (GUM_PICTURE (picture), get_width (cover), HEIGHT);
  gum_picture_set_pictures (GUM_PICTURE (picture), pictures);
  gum_picture_set_source (GUM_PICTURE (picture), moving ? thumbnail : url, NULL);
  gtk_widget_set_tooltip_text (button, label);
  gtk_widget_add_css_class (picture, "gum-cover");
  gtk_overlay_set_child (GTK_OVERLAY (overlay), picture);

  if (moving)
    {
      GtkWidget *badge = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

      gtk_box_append (GTK_BOX (badge),
                      gtk_image_new_from_icon_name ("media-playback-start-symbolic"));
      gtk_box_append (GTK_BOX (badge), gtk_label_new (_("Video")));
      gtk_widget_add_css_class (badge, "osd");
      gtk_widget_add_css_class (badge, "gum-badge");
      gtk_widget_set_halign (badge, GTK_ALIGN_START);
      gtk_widget_set_valign (badge, GTK_ALIGN_END);
      gtk_overlay_add_overlay (GTK_OVERLAY (overlay), badge);
    }

  gtk_button_set_child (GTK_BUTTON (button), overlay);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "gum-cover-button");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, _("Opens in the browser"),
                                  -1);
  if (open_uri != NULL)
    gum_product_actions_link_button (button, open_uri);
  return button;
}

/* A row of pictures that scrolls sideways would take the wheel that is meant for the page. */
static void
pass_wheel_on (GtkWidget *scroller)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (scroller);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_SCROLL (controller))
        gtk_event_controller_scroll_set_flags (GTK_EVENT_CONTROLLER_SCROLL (controller),
                                               GTK_EVENT_CONTROLLER_SCROLL_HORIZONTAL |
                                               GTK_EVENT_CONTROLLER_SCROLL_KINETIC);
    }
}

GtkWidget *
gum_detail_build_covers (GumProduct *product,
                         GumShop    *shop)
{
  g_autoptr (GListModel) covers = gum_detail_dup_list (product, "covers");
  guint count = covers != NULL ? g_list_model_get_n_items (covers) : 0;
  GtkWidget *group = gum_detail_new_group (_("Covers"), count == 0 ? _("None yet") : NULL);
  GtkWidget *box;
  GtkWidget *scroller;

  gum_detail_add_edit_button (group, "product.edit-covers", _("Change Covers and Thumbnail"));
  if (count == 0)
    return group;

  box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  for (guint i = 0; i < count; i++)
    {
      g_autoptr (GumCover) cover = g_list_model_get_item (covers, i);

      gtk_box_append (GTK_BOX (box), make_cover (cover, gum_shop_get_pictures (shop), i + 1, count));
    }
  scroller = g_object_new (GTK_TYPE_SCROLLED_WINDOW,
                           "vscrollbar-policy", GTK_POLICY_NEVER,
                           "child", box,
                           NULL);
  pass_wheel_on (scroller);
  gtk_accessible_update_property (GTK_ACCESSIBLE (scroller),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Covers"),
                                  -1);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), scroller);
  return group;
}

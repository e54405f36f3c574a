/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A cover among the others: its picture, what it is, whether it is the main one; moved by dragging, by keys
 * or from its menu.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-cover-row.h"

#include "gum-detail-rows.h"
#include "gum-picture.h"
#include "gum-row-drag.h"

#include <glib/gi18n.h>

#define PICTURE_WIDTH  96
#define PICTURE_HEIGHT 64

struct _GumCoverRow
{
  AdwActionRow  parent_instance;

  /* owned */
  char         *id;

  /* widgets */
  GumPicture   *picture;
  GtkWidget    *mark;
  GtkWidget    *menu;

  guint         position;
  guint         n_covers;
};

enum {
  MOVE,
  REMOVE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GumCoverRow, gum_cover_row, ADW_TYPE_ACTION_ROW)

static void
move (GumCoverRow *self,
      const char  *id,
      guint        position)
{
  if (self->id != NULL)
    g_signal_emit (self, signals[MOVE], 0, id, position);
}

static void
move_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  GumCoverRow *self = GUM_COVER_ROW (widget);

  if (g_str_equal (name, "cover.up") && self->position > 0)
    move (self, self->id, self->position - 1);
  else if (g_str_equal (name, "cover.down") && self->position + 1 < self->n_covers)
    move (self, self->id, self->position + 1);
  else if (g_str_equal (name, "cover.first") && self->position > 0)
    move (self, self->id, 0);
}

static void
remove_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  GumCoverRow *self = GUM_COVER_ROW (widget);

  if (self->id != NULL)
    g_signal_emit (self, signals[REMOVE], 0, self->id);
}

static void
dropped (GtkWidget *row,
         GtkWidget *dragged)
{
  const char *id = GUM_COVER_ROW (dragged)->id;

  if (id != NULL)
    move (GUM_COVER_ROW (row), id, GUM_COVER_ROW (row)->position);
}

static GMenuModel *
create_menu (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) order = g_menu_new ();
  g_autoptr (GMenu) remove = g_menu_new ();

  g_menu_append (order, _("Make _Main Cover"), "cover.first");
  g_menu_append (order, _("Move _Up"), "cover.up");
  g_menu_append (order, _("Move _Down"), "cover.down");
  g_menu_append (remove, _("_Remove"), "cover.remove");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (order));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (remove));

  return G_MENU_MODEL (menu);
}

static void
gum_cover_row_finalize (GObject *object)
{
  g_free (GUM_COVER_ROW (object)->id);

  G_OBJECT_CLASS (gum_cover_row_parent_class)->finalize (object);
}

static void
gum_cover_row_class_init (GumCoverRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = gum_cover_row_finalize;

  signals[MOVE] = g_signal_new ("move", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_UINT);
  signals[REMOVE] = g_signal_new ("remove", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_install_action (widget_class, "cover.up", NULL, move_action);
  gtk_widget_class_install_action (widget_class, "cover.down", NULL, move_action);
  gtk_widget_class_install_action (widget_class, "cover.first", NULL, move_action);
  gtk_widget_class_install_action (widget_class, "cover.remove", NULL, remove_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, GDK_ALT_MASK, "cover.up", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, GDK_ALT_MASK, "cover.down", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "cover.remove", NULL);
}

static void
gum_cover_row_init (GumCoverRow *self)
{
  g_autoptr (GMenuModel) menu = create_menu ();

  self->picture = GUM_PICTURE (gum_picture_new ());
  gum_picture_set_size (self->picture, PICTURE_WIDTH, PICTURE_HEIGHT);
  gtk_widget_set_valign (GTK_WIDGET (self->picture), GTK_ALIGN_CENTER);
  gtk_widget_set_margin_top (GTK_WIDGET (self->picture), 8);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->picture), 8);
  adw_action_row_add_prefix (ADW_ACTION_ROW (self), GTK_WIDGET (self->picture));

  self->mark = gtk_label_new (_("Main"));
  gtk_widget_add_css_class (self->mark, "gum-tag");
  gtk_widget_set_valign (self->mark, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->mark);

  self->menu = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->menu), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->menu), menu);
  gtk_widget_set_valign (self->menu, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->menu, "flat");
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->menu);

  gum_row_drag_add (GTK_WIDGET (self), GTK_WIDGET (self->picture), dropped);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
}

GtkWidget *
gum_cover_row_new (GumPictures *pictures)
{
  GumCoverRow *self = g_object_new (GUM_TYPE_COVER_ROW, NULL);

  gum_picture_set_pictures (self->picture, pictures);

  return GTK_WIDGET (self);
}

static char *
dup_facts (GumCover *cover)
{
  g_autofree char *type = gum_detail_dup_string (cover, "type");
  gint64 width = gum_detail_get_int (cover, "native-width");
  gint64 height = gum_detail_get_int (cover, "native-height");
  gboolean is_film = g_strcmp0 (type, "video") == 0 || g_strcmp0 (type, "oembed") == 0;

  if (is_film)
    return g_strdup (_("Video"));
  if (width > 0 && height > 0)
    return g_strdup_printf (_("Picture, %d × %d"), (int) width, (int) height);

  return g_strdup (_("Picture"));
}

void
gum_cover_row_show (GumCoverRow *self,
                    GumCover    *cover,
                    guint        position,
                    guint        n_covers)
{
  g_autofree char *type = NULL;
  g_autofree char *source = NULL;
  g_autofree char *facts = NULL;
  g_autofree char *title = NULL;
  g_autofree char *sentence = NULL;
  g_autofree char *button = NULL;
  gboolean is_film;

  g_return_if_fail (GUM_IS_COVER_ROW (self));
  g_return_if_fail (GUM_IS_COVER (cover));

  g_free (self->id);
  self->id = gum_detail_dup_string (cover, "id");
  self->position = position;
  self->n_covers = n_covers;

  type = gum_detail_dup_string (cover, "type");
  is_film = g_strcmp0 (type, "video") == 0 || g_strcmp0 (type, "oembed") == 0;
  source = gum_detail_dup_string (cover, is_film ? "thumbnail" : "url");
  gum_picture_set_icon (self->picture, is_film ? "video-x-generic-symbolic" : "image-x-generic-symbolic");
  gum_picture_set_source (self->picture, source, NULL);

  title = g_strdup_printf (_("Cover %u"), position + 1);
  facts = dup_facts (cover);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), facts);
  gtk_widget_set_visible (self->mark, position == 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "cover.up", position > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "cover.first", position > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "cover.down", position + 1 < n_covers);

  sentence = position == 0 ? g_strdup_printf (_("Main cover of %u: %s"), n_covers, facts)
                           : g_strdup_printf (_("Cover %u of %u: %s"), position + 1, n_covers, facts);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence, -1);
  button = g_strdup_printf (_("Move or remove cover %u"), position + 1);
  gtk_widget_set_tooltip_text (self->menu, button);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu), GTK_ACCESSIBLE_PROPERTY_LABEL, button, -1);
}

const char *
gum_cover_row_get_id (GumCoverRow *self)
{
  g_return_val_if_fail (GUM_IS_COVER_ROW (self), NULL);

  return self->id;
}

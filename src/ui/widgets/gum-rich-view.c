/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A text view for blocks. What a text buffer has no characters for is drawn beside the text: the marks of items and
 * the bar of a quote; what is no words is a widget in its line.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-rich-view.h"

#include "gum-rich-chip.h"
#include "gum-rich-clipboard.h"
#include "gum-rich-commands.h"

#include <adwaita.h>

/* How strongly code is told from text. */
#define SHADE 0.08

struct _GumRichView
{
  GtkTextView  parent_instance;

  int          digit;      /* the width of one, in pixels */

  /* owned */
  GumPictures *pictures;
};

typedef struct
{
  guint         count[9];   /* of each depth, where it was last */
  gconstpointer list[9];
} Numbers;

G_DEFINE_FINAL_TYPE (GumRichView, gum_rich_view, GTK_TYPE_TEXT_VIEW)

GumRichBuffer *
gum_rich_view_get_buffer (GumRichView *self)
{
  return GUM_RICH_BUFFER (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self)));
}

/* Counts one line further. Returns: the number that it shows; 0: a mark, or nothing. */
static guint
count_line (Numbers            *numbers,
            const GumRichBlock *block)
{
  guint level = CLAMP (block->level, 1, G_N_ELEMENTS (numbers->count) - 1);
  gconstpointer list;
  guint first;

  if (block->kind != GUM_RICH_ITEM)
    {
      *numbers = (Numbers) { 0, };
      return 0;
    }
  for (guint i = level + 1; i < G_N_ELEMENTS (numbers->count); i++)
    numbers->count[i] = 0;
  if (block->continued)
    return 0;
  if (!block->numbered)
    {
      numbers->count[level] = 0;
      return 0;
    }

  /* An item that was written here goes on with the list before it. */
  list = gum_rich_block_get_list (block, &first);
  if (list != NULL && numbers->list[level] != NULL && list != numbers->list[level])
    numbers->count[level] = 0;
  if (numbers->count[level] == 0)
    numbers->count[level] = first;
  else
    numbers->count[level]++;
  if (list != NULL || numbers->count[level] == first)
    numbers->list[level] = list;
  return numbers->count[level];
}

/* The mark of an item, which is as large as the text, has room beside it. */
static int
get_step (GumRichView *self)
{
  return 3 * self->digit + 2;
}

static void
draw_mark (GumRichView        *self,
           GtkSnapshot        *snapshot,
           const GdkRectangle *at,
           guint               level,
           guint               number,
           const GdkRGBA      *color)
{
  static const char * const marks[] = { "•", "◦", "▪" };
  g_autoptr (PangoLayout) layout = NULL;
  g_autofree char *text = number > 0 ? g_strdup_printf ("%u.", number) :
                          g_strdup (marks[(level - 1) % G_N_ELEMENTS (marks)]);
  int edge = GUM_RICH_SIDE + get_step (self) * (int) MIN (level, GUM_RICH_STEPS) - self->digit;
  int width;
  int height;

  layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  pango_layout_get_pixel_size (layout, &width, &height);
  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    edge = gtk_widget_get_width (GTK_WIDGET (self)) - edge;
  else
    edge -= width;

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (edge, at->y + (at->height - height) / 2));
  gtk_snapshot_append_layout (snapshot, layout, color);
  gtk_snapshot_restore (snapshot);
}

static void
draw_bar (GumRichView   *self,
          GtkSnapshot   *snapshot,
          int            y,
          int            height,
          const GdkRGBA *color)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int x = rtl ? gtk_widget_get_width (GTK_WIDGET (self)) - GUM_RICH_SIDE - 3 : GUM_RICH_SIDE;

  gtk_snapshot_append_color (snapshot, color, &GRAPHENE_RECT_INIT (x, y, 3, height));
}

/* What code lies on. */
static void
draw_sheet (GumRichView   *self,
            GtkSnapshot   *snapshot,
            int            y,
            int            height,
            const GdkRGBA *color)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self)) - 2 * GUM_RICH_SIDE;
  GskRoundedRect sheet;

  gsk_rounded_rect_init_from_rect (&sheet,
                                   &GRAPHENE_RECT_INIT (GUM_RICH_SIDE, y + 3, width, height - 12), 6);
  gtk_snapshot_push_rounded_clip (snapshot, &sheet);
  gtk_snapshot_append_color (snapshot, color, &sheet.bounds);
  gtk_snapshot_pop (snapshot);
}

static void
gum_rich_view_snapshot_layer (GtkTextView      *view,
                              GtkTextViewLayer  layer,
                              GtkSnapshot      *snapshot)
{
  GumRichView *self = GUM_RICH_VIEW (view);
  GumRichBuffer *buffer = gum_rich_view_get_buffer (self);
  Numbers numbers = { 0, };
  GdkRectangle visible;
  GtkTextIter iter;
  GdkRGBA dim;
  GdkRGBA faint;
  GdkRGBA sheet;
  guint line;
  guint from;

  if (layer != GTK_TEXT_VIEW_LAYER_BELOW_TEXT)
    return;

  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (self)), &dim);
  faint = dim;
  sheet = dim;
  dim.alpha *= 0.65;
  faint.alpha *= adw_style_manager_get_high_contrast (adw_style_manager_get_default ()) ? 0.65 : 0.25;
  sheet.alpha *= SHADE;

  gtk_text_view_get_visible_rect (view, &visible);
  gtk_text_view_get_line_at_y (view, &iter, visible.y, NULL);
  line = gtk_text_iter_get_line (&iter);

  /* Counting begins where the list does. */
  for (from = MIN (line, gum_rich_buffer_get_n_lines (buffer) - 1);
       from > 0 && gum_rich_buffer_get_line (buffer, from)->kind == GUM_RICH_ITEM;
       from--)
    ;
  for (; from < line; from++)
    count_line (&numbers, gum_rich_buffer_get_line (buffer, from));

  for (; line < gum_rich_buffer_get_n_lines (buffer); line++)
    {
      const GumRichBlock *block = gum_rich_buffer_get_line (buffer, line);
      guint number = count_line (&numbers, block);
      GdkRectangle place;
      int y;
      int height;

      gtk_text_view_get_line_yrange (view, &iter, &y, &height);
      if (y > visible.y + visible.height)
        break;
      gtk_text_view_get_iter_location (view, &iter, &place);
      if (block->kind == GUM_RICH_ITEM && !block->continued)
        draw_mark (self, snapshot, &place, MAX (block->level, 1), number, &dim);
      else if (block->kind == GUM_RICH_QUOTE)
        draw_bar (self, snapshot, y, height, &faint);
      else if (block->kind == GUM_RICH_CODE)
        draw_sheet (self, snapshot, y, height, &sheet);
      gtk_text_iter_forward_line (&iter);
    }
}

/* Puts the cursor where a chip is, which may be gone after a command. */
static GumRichView *
go_to_anchor (GtkWidget          *chip,
              GtkTextChildAnchor *anchor)
{
  GumRichView *self = GUM_RICH_VIEW (gtk_widget_get_ancestor (chip, GUM_TYPE_RICH_VIEW));
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  GtkTextIter at;

  gtk_text_buffer_get_iter_at_child_anchor (buffer, &at, anchor);
  gtk_text_buffer_place_cursor (buffer, &at);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  return self;
}

static void
chip_moved_cb (GtkWidget          *chip,
               int                 by,
               GtkTextChildAnchor *anchor)
{
  GumRichView *self = go_to_anchor (chip, anchor);

  gum_rich_move_line (gum_rich_view_get_buffer (self), by);
  gtk_text_view_scroll_mark_onscreen (GTK_TEXT_VIEW (self),
                                      gtk_text_buffer_get_insert (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self))));
}

static void
chip_removed_cb (GtkWidget          *chip,
                 GtkTextChildAnchor *anchor)
{
  gum_rich_erase_forward (gum_rich_view_get_buffer (go_to_anchor (chip, anchor)));
}

static void
anchor_inserted_cb (GumRichView        *self,
                    GtkTextIter        *position,
                    GtkTextChildAnchor *anchor)
{
  const GumRichBlock *block = gum_rich_anchor_get_block (anchor);
  const GumRichRun *run = gum_rich_anchor_get_run (anchor);
  GtkWidget *chip;

  if (block != NULL)
    {
      chip = gum_rich_chip_new_for_block (block, self->pictures);
      if (GUM_IS_RICH_CHIP (chip))
        {
          g_signal_connect_object (chip, "move", G_CALLBACK (chip_moved_cb), anchor, 0);
          g_signal_connect_object (chip, "remove", G_CALLBACK (chip_removed_cb), anchor, 0);
        }
      gtk_text_view_add_child_at_anchor (GTK_TEXT_VIEW (self), chip, anchor);
    }
  else if (run != NULL)
    gtk_text_view_add_child_at_anchor (GTK_TEXT_VIEW (self),
                                       gum_rich_chip_new_for_run (run, self->pictures), anchor);
}

static void
update_look (GumRichView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkStyleContext *context = gtk_widget_get_style_context (widget);
  PangoContext *pango = gtk_widget_get_pango_context (widget);
  PangoFontMetrics *metrics = pango_context_get_metrics (pango, NULL, NULL);
  GdkRGBA shade;
  GdkRGBA link;

  gtk_style_context_get_color (context, &shade);
  link = shade;
  shade.alpha *= SHADE;
  gtk_style_context_lookup_color (context, "accent_color", &link);
  self->digit = PANGO_PIXELS_CEIL (pango_font_metrics_get_approximate_digit_width (metrics));
  pango_font_metrics_unref (metrics);
  gum_rich_buffer_set_look (gum_rich_view_get_buffer (self),
                            gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL, get_step (self),
                            &link, &shade);
}

static void
gum_rich_view_css_changed (GtkWidget         *widget,
                           GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (gum_rich_view_parent_class)->css_changed (widget, change);
  update_look (GUM_RICH_VIEW (widget));
}

static void
gum_rich_view_direction_changed (GtkWidget        *widget,
                                 GtkTextDirection  previous)
{
  GTK_WIDGET_CLASS (gum_rich_view_parent_class)->direction_changed (widget, previous);
  update_look (GUM_RICH_VIEW (widget));
}

static void
gum_rich_view_dispose (GObject *object)
{
  GumRichView *self = GUM_RICH_VIEW (object);

  g_clear_object (&self->pictures);

  G_OBJECT_CLASS (gum_rich_view_parent_class)->dispose (object);
}

static GtkTextBuffer *
gum_rich_view_create_buffer (GtkTextView *view)
{
  return GTK_TEXT_BUFFER (gum_rich_buffer_new ());
}

static void
gum_rich_view_copy_clipboard (GtkTextView *view)
{
  gum_rich_copy (GTK_WIDGET (view), gum_rich_view_get_buffer (GUM_RICH_VIEW (view)));
}

static void
gum_rich_view_cut_clipboard (GtkTextView *view)
{
  if (gtk_text_view_get_editable (view))
    gum_rich_cut (GTK_WIDGET (view), gum_rich_view_get_buffer (GUM_RICH_VIEW (view)));
}

static void
gum_rich_view_paste_clipboard (GtkTextView *view)
{
  if (gtk_text_view_get_editable (view))
    gum_rich_paste (GTK_WIDGET (view), gum_rich_view_get_buffer (GUM_RICH_VIEW (view)));
}

static void
gum_rich_view_class_init (GumRichViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GtkTextViewClass *view_class = GTK_TEXT_VIEW_CLASS (klass);

  object_class->dispose = gum_rich_view_dispose;
  widget_class->css_changed = gum_rich_view_css_changed;
  widget_class->direction_changed = gum_rich_view_direction_changed;
  view_class->create_buffer = gum_rich_view_create_buffer;
  view_class->copy_clipboard = gum_rich_view_copy_clipboard;
  view_class->cut_clipboard = gum_rich_view_cut_clipboard;
  view_class->paste_clipboard = gum_rich_view_paste_clipboard;
  view_class->snapshot_layer = gum_rich_view_snapshot_layer;
}

static void
gum_rich_view_init (GumRichView *self)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);

  gtk_text_view_set_wrap_mode (view, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_left_margin (view, GUM_RICH_SIDE);
  gtk_text_view_set_right_margin (view, GUM_RICH_SIDE);
  gtk_text_view_set_top_margin (view, GUM_RICH_SIDE);
  /* Outside of lists the key goes on to the next widget, as everywhere else. */
  gtk_text_view_set_accepts_tab (view, FALSE);
  g_signal_connect_object (gtk_text_view_get_buffer (view), "insert-child-anchor",
                           G_CALLBACK (anchor_inserted_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  update_look (self);
}

void
gum_rich_view_set_pictures (GumRichView *self,
                            GumPictures *pictures)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  GtkTextIter iter;

  if (!g_set_object (&self->pictures, pictures))
    return;

  /* Pictures that are there already wait for this. */
  gtk_text_buffer_get_start_iter (buffer, &iter);
  do
    {
      GtkTextChildAnchor *anchor = gtk_text_iter_get_child_anchor (&iter);
      g_autofree GtkWidget **widgets = NULL;
      guint n = 0;

      if (anchor == NULL)
        continue;
      widgets = gtk_text_child_anchor_get_widgets (anchor, &n);
      for (guint i = 0; i < n; i++)
        gtk_text_view_remove (GTK_TEXT_VIEW (self), widgets[i]);
      anchor_inserted_cb (self, &iter, anchor);
    }
  while (gtk_text_iter_forward_char (&iter));
}

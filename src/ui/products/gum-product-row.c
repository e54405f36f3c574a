/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A product in the list. One class, two layouts: by its width it is a row of two lines or a line of
 * table columns (gum-product-columns.c). About 200 of these are made when a list is first
 * scrolled, so it has few children: it draws its texts itself, measures none of them, and nothing is
 * bound to anything. A screen reader gets all of it as one sentence.
 *
 *    ┌──────┐ Name                    $19        [pic]  Name        $19  ● Published   120 …
 *    │      │ ● Published        120 sold
 *    └──────┘
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-product-row.h"

#include <adwaita.h>

#include "gum-picture.h"
#include "gum-product-actions.h"
#include "gum-product-columns.h"
#include "gum-product-facts.h"

#include <glib/gi18n.h>

enum {
  TEXT_NAME,
  TEXT_PRICE,
  TEXT_STATE,
  TEXT_SALES,
  TEXT_SOLD,
  TEXT_REVENUE,
  TEXT_KIND,
  TEXT_TAGS,
  N_TEXTS
};

struct _GumProductRow
{
  GtkWidget   parent_instance;

  /* owned */
  GumProduct *product;
  char       *label;
  char       *texts[N_TEXTS];

  /* children */
  GtkWidget  *picture;
  GtkWidget  *dot;
  GtkWidget  *menu;            /* while it was shown once */

  gboolean    table;
};

enum {
  OPEN,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (GumProductRow, gum_product_row, GTK_TYPE_WIDGET)

static guint signals[N_SIGNALS];

#define EDGE        12
#define PADDING     8
#define BIG         48
#define SMALL       32
#define DOT         8
#define MIN_WIDTH   260

static gboolean
is_number (int which)
{
  return which == TEXT_PRICE || which == TEXT_SALES || which == TEXT_SOLD || which == TEXT_REVENUE;
}

static gboolean
is_dim (int which)
{
  return which == TEXT_STATE || which == TEXT_SOLD || which == TEXT_KIND || which == TEXT_TAGS;
}

/* Takes @text. */
static void
set_text (GumProductRow *self,
          int            which,
          char          *text)
{
  if (g_strcmp0 (self->texts[which], text) == 0)
    {
      g_free (text);
      return;
    }
  g_free (self->texts[which]);
  self->texts[which] = text;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Words that run the other way stay in their column's start, and keep their own order in there: the mark
 * gives the line the window's direction, the isolate the words their own. */
static void
set_words (GumProductRow *self,
           int            which,
           const char    *text)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  gboolean text_rtl = FALSE;

  if (gum_text_get_direction (text, &text_rtl) ? text_rtl == rtl : !rtl)
    set_text (self, which, g_strdup (text));
  else
    set_text (self, which, g_strconcat (rtl ? "\342\200\217" : "\342\200\216", "\342\201\250", text,
                                        "\342\201\251", NULL));
}

/* The list item is what has the focus, so it is what a screen reader reads. */
static void
say_label (GumProductRow *self)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));

  if (self->label == NULL)
    return;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, self->label,
                                  -1);
  if (parent != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (parent),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL, self->label,
                                    -1);
}

static void
show_product (GumProductRow *self)
{
  GumProduct *product = self->product;
  g_autofree char *name = gum_product_facts_dup_name (product);
  g_autofree char *price = gum_product_facts_dup_price (product);
  g_autofree char *sales = gum_product_facts_dup_sales (product);
  g_autofree char *sold = gum_product_facts_dup_sold (product);
  g_autofree char *revenue = gum_product_facts_dup_revenue (product);
  g_autofree char *tags = gum_product_facts_dup_tags (product);
  g_autofree char *label = gum_product_facts_dup_sentence (product);

  gum_picture_set_source (GUM_PICTURE (self->picture),
                          gum_product_get_thumbnail_url (product), name);
  set_words (self, TEXT_NAME, name);
  set_words (self, TEXT_PRICE, price);
  set_words (self, TEXT_STATE, gum_product_facts_get_state (product));
  set_words (self, TEXT_SALES, sales);
  set_words (self, TEXT_SOLD, sold);
  set_words (self, TEXT_REVENUE, revenue);
  set_words (self, TEXT_KIND, gum_product_facts_get_kind (product));
  set_words (self, TEXT_TAGS, tags);
  gum_product_actions_style_dot (self->dot, product);

  if (g_strcmp0 (label, self->label) != 0)
    {
      g_free (self->label);
      self->label = g_steal_pointer (&label);
      say_label (self);
    }
}

static void
product_changed_cb (GumProductRow *self)
{
  show_product (self);
}

static void
open_product (GumProductRow *self)
{
  if (self->product != NULL)
    g_signal_emit (self, signals[OPEN], 0, self->product);
}

static void
open_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  open_product (GUM_PRODUCT_ROW (widget));
}

static void
open_browser_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  gum_product_actions_open_browser (widget, GUM_PRODUCT_ROW (widget)->product);
}

static void
copy_link_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  gum_product_actions_copy_link (widget, GUM_PRODUCT_ROW (widget)->product);
}

static void
released_cb (GtkGestureClick *gesture,
             int              n_press,
             double           x,
             double           y,
             GumProductRow   *self)
{
  GdkModifierType state;

  state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  if (n_press == 1 && (state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK)) == 0 &&
      gtk_widget_contains (GTK_WIDGET (self), x, y))
    open_product (self);
}

static GtkSizeRequestMode
gum_product_row_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
gum_product_row_measure (GtkWidget      *widget,
                         GtkOrientation  orientation,
                         int             for_size,
                         int            *minimum,
                         int            *natural,
                         int            *minimum_baseline,
                         int            *natural_baseline)
{
  GumProductRow *self = GUM_PRODUCT_ROW (widget);
  GumColumnSpan spans[GUM_N_COLUMNS];
  int unit = gum_product_columns_get_unit (widget);
  int line;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = *natural = MIN_WIDTH;
      return;
    }

  line = gum_product_columns_get_line (GTK_WIDGET (self));
  if (for_size >= 0 && gum_product_columns_lay_out (for_size, unit, spans))
    *minimum = *natural = MAX (SMALL, line) + 2 * PADDING;
  else
    *minimum = *natural = MAX (BIG, 2 * line + 4) + 2 * PADDING;
}

/* Where the texts of a line of columns are. A width of zero: it is not shown. */
static void
lay_out_table (GumProductRow       *self,
               const GumColumnSpan *spans,
               GdkRectangle         places[N_TEXTS])
{
  static const struct
  {
    int       text;
    GumColumn column;
  } cells[] = {
    { TEXT_NAME, GUM_COLUMN_NAME },
    { TEXT_PRICE, GUM_COLUMN_PRICE },
    { TEXT_STATE, GUM_COLUMN_STATE },
    { TEXT_SALES, GUM_COLUMN_SALES },
    { TEXT_REVENUE, GUM_COLUMN_REVENUE },
    { TEXT_KIND, GUM_COLUMN_KIND },
    { TEXT_TAGS, GUM_COLUMN_TAGS },
  };
  int line = gum_product_columns_get_line (GTK_WIDGET (self));
  int top = (gtk_widget_get_height (GTK_WIDGET (self)) - line) / 2;

  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    places[cells[i].text] = (GdkRectangle) { spans[cells[i].column].x, top,
                                             spans[cells[i].column].width, line };
  places[TEXT_STATE].x += DOT + 8;
  places[TEXT_STATE].width -= DOT + 8;
}

/* The same for two lines. */
static void
lay_out_lines (GumProductRow *self,
               int            unit,
               GdkRectangle   places[N_TEXTS])
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int line = gum_product_columns_get_line (GTK_WIDGET (self));
  int top = (gtk_widget_get_height (GTK_WIDGET (self)) - 2 * line - 4) / 2;
  int bottom = top + line + 4;
  int x = EDGE + BIG + 12;
  int room = width - x - EDGE;
  int price = CLAMP (((int) g_utf8_strlen (self->texts[TEXT_PRICE], -1) + 1) * unit, 0,
                     room * 45 / 100);
  int sold = CLAMP (11 * unit, 0, room / 2);

  places[TEXT_NAME] = (GdkRectangle) { x, top, room - price - 12, line };
  places[TEXT_PRICE] = (GdkRectangle) { width - EDGE - price, top, price, line };
  places[TEXT_STATE] = (GdkRectangle) { x + DOT + 6, bottom, room - sold - DOT - 12, line };
  places[TEXT_SOLD] = (GdkRectangle) { width - EDGE - sold, bottom, sold, line };
}

static void
gum_product_row_size_allocate (GtkWidget *widget,
                               int        width,
                               int        height,
                               int        baseline)
{
  GumProductRow *self = GUM_PRODUCT_ROW (widget);
  GumColumnSpan spans[GUM_N_COLUMNS];
  int line = gum_product_columns_get_line (widget);

  self->table = gum_product_columns_lay_out (width, gum_product_columns_get_unit (widget), spans);
  if (self->table)
    {
      gum_product_columns_place (widget, self->picture, spans[GUM_COLUMN_PICTURE].x,
                                 (height - SMALL) / 2, SMALL, SMALL);
      gum_product_columns_place (widget, self->dot, spans[GUM_COLUMN_STATE].x, (height - DOT) / 2,
                                 DOT, DOT);
    }
  else
    {
      int bottom = (height - 2 * line - 4) / 2 + line + 4;

      gum_product_columns_place (widget, self->picture, EDGE, (height - BIG) / 2, BIG, BIG);
      gum_product_columns_place (widget, self->dot, EDGE + BIG + 12, bottom + (line - DOT) / 2, DOT,
                                 DOT);
    }

  if (self->menu != NULL)
    gtk_popover_present (GTK_POPOVER (self->menu));
}

static PangoAttrList *
get_number_attributes (void)
{
  static PangoAttrList *attributes;

  if (attributes == NULL)
    {
      attributes = pango_attr_list_new ();
      pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
    }

  return attributes;
}

/* One layout says one text after the other: what it has drawn is kept by the row's render node. */
static void
gum_product_row_snapshot (GtkWidget   *widget,
                          GtkSnapshot *snapshot)
{
  GumProductRow *self = GUM_PRODUCT_ROW (widget);
  GumColumnSpan spans[GUM_N_COLUMNS];
  GdkRectangle places[N_TEXTS] = { { 0 } };
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int unit = gum_product_columns_get_unit (widget);
  g_autoptr(PangoLayout) layout = NULL;
  GdkRGBA color;
  GdkRGBA dim;

  if (self->product == NULL)
    return;

  if (gum_product_columns_lay_out (gtk_widget_get_width (widget), unit, spans))
    lay_out_table (self, spans, places);
  else
    lay_out_lines (self, unit, places);

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  dim = color;
  dim.alpha *= adw_style_manager_get_high_contrast (adw_style_manager_get_default ()) ? 0.9 : 0.55;
  layout = gum_product_columns_new_layout (widget);
  for (int i = 0; i < N_TEXTS; i++)
    {
      int height;

      if (places[i].width <= 0)
        continue;
      if (rtl)
        places[i].x = gtk_widget_get_width (widget) - places[i].x - places[i].width;
      pango_layout_set_text (layout, self->texts[i], -1);
      pango_layout_set_attributes (layout, is_number (i) ? get_number_attributes () : NULL);
      pango_layout_set_width (layout, places[i].width * PANGO_SCALE);
      pango_layout_set_alignment (layout, is_number (i) != rtl ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
      pango_layout_get_pixel_size (layout, NULL, &height);

      gtk_snapshot_save (snapshot);
      gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (places[i].x, places[i].y +
                                                              (places[i].height - height) / 2));
      gtk_snapshot_append_layout (snapshot, layout, is_dim (i) ? &dim : &color);
      gtk_snapshot_restore (snapshot);
    }

  GTK_WIDGET_CLASS (gum_product_row_parent_class)->snapshot (widget, snapshot);
}

static void
gum_product_row_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (gum_product_row_parent_class)->root (widget);
  say_label (GUM_PRODUCT_ROW (widget));
}

static void
gum_product_row_dispose (GObject *object)
{
  GumProductRow *self = GUM_PRODUCT_ROW (object);

  gum_product_row_set_product (self, NULL);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  g_clear_pointer (&self->picture, gtk_widget_unparent);
  g_clear_pointer (&self->dot, gtk_widget_unparent);

  G_OBJECT_CLASS (gum_product_row_parent_class)->dispose (object);
}

static void
gum_product_row_finalize (GObject *object)
{
  GumProductRow *self = GUM_PRODUCT_ROW (object);

  g_free (self->label);
  for (int i = 0; i < N_TEXTS; i++)
    g_free (self->texts[i]);

  G_OBJECT_CLASS (gum_product_row_parent_class)->finalize (object);
}

static void
gum_product_row_class_init (GumProductRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = gum_product_row_dispose;
  object_class->finalize = gum_product_row_finalize;
  widget_class->root = gum_product_row_root;
  widget_class->get_request_mode = gum_product_row_get_request_mode;
  widget_class->measure = gum_product_row_measure;
  widget_class->size_allocate = gum_product_row_size_allocate;
  widget_class->snapshot = gum_product_row_snapshot;

  signals[OPEN] = g_signal_new ("open", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                NULL, NULL, NULL, G_TYPE_NONE, 1, GUM_TYPE_PRODUCT);

  gtk_widget_class_set_css_name (widget_class, "productrow");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_install_action (widget_class, "row.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "row.open-browser", NULL, open_browser_action);
  gtk_widget_class_install_action (widget_class, "row.copy-link", NULL, copy_link_action);
}

static void
gum_product_row_init (GumProductRow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkGesture *gesture = gtk_gesture_click_new ();

  self->picture = gum_picture_new ();
  gum_picture_set_size (GUM_PICTURE (self->picture), SMALL, SMALL);
  gtk_widget_set_parent (self->picture, widget);
  self->dot = gum_product_actions_new_dot ();
  gtk_widget_set_parent (self->dot, widget);

  g_signal_connect (gesture, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (gesture));
}

GtkWidget *
gum_product_row_new (GumPictures *pictures)
{
  GumProductRow *self = g_object_new (GUM_TYPE_PRODUCT_ROW, NULL);

  gum_picture_set_pictures (GUM_PICTURE (self->picture), pictures);
  return GTK_WIDGET (self);
}

void
gum_product_row_set_product (GumProductRow *self,
                             GumProduct    *product)
{
  g_return_if_fail (GUM_IS_PRODUCT_ROW (self));
  g_return_if_fail (product == NULL || GUM_IS_PRODUCT (product));

  if (self->product == product)
    return;
  if (self->product != NULL)
    g_signal_handlers_disconnect_by_func (self->product, product_changed_cb, self);
  g_set_object (&self->product, product);
  if (product != NULL)
    {
      g_signal_connect_object (product, "notify", G_CALLBACK (product_changed_cb), self,
                               G_CONNECT_SWAPPED);
      show_product (self);
      say_label (self);
    }
}

GumProduct *
gum_product_row_get_product (GumProductRow *self)
{
  g_return_val_if_fail (GUM_IS_PRODUCT_ROW (self), NULL);

  return self->product;
}

const char *
gum_product_row_get_label (GumProductRow *self)
{
  g_return_val_if_fail (GUM_IS_PRODUCT_ROW (self), NULL);

  return self->label;
}

gboolean
gum_product_row_is_table (GumProductRow *self)
{
  g_return_val_if_fail (GUM_IS_PRODUCT_ROW (self), FALSE);

  return self->table;
}

void
gum_product_row_popup_menu (GumProductRow *self,
                            double         x,
                            double         y)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GdkRectangle at = { x, y, 1, 1 };

  g_return_if_fail (GUM_IS_PRODUCT_ROW (self));

  if (self->product == NULL)
    return;
  if (self->menu == NULL)
    {
      g_autoptr (GMenu) menu = g_menu_new ();

      g_menu_append (menu, _("_Open"), "row.open");
      g_menu_append (menu, _("Open in _Browser"), "row.open-browser");
      g_menu_append (menu, _("_Copy Link"), "row.copy-link");
      self->menu = gtk_popover_menu_new_from_model (G_MENU_MODEL (menu));
      gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
      gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
      gtk_widget_set_parent (self->menu, widget);
    }
  if (x < 0 || y < 0)
    at = (GdkRectangle) { gtk_widget_get_width (widget) / 2, gtk_widget_get_height (widget) / 2,
                          1, 1 };
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &at);
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

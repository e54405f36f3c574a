/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A product in the list. One class, two layouts: by its width it is a row of two lines or a line of
 * table columns (gum-product-columns.c). About 200 of these are made when a list is first
 * scrolled, so it has few children, none of them is measured when its text changes, and nothing is
 * bound to anything.
 *
 *    ┌──────┐ Name                    $19        [pic]  Name        $19  ● Published   120 …
 *    │      │ ● Published        120 sold
 *    └──────┘
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-product-row.h"

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

  /* children */
  GtkWidget  *picture;
  GtkWidget  *dot;
  GtkWidget  *texts[N_TEXTS];
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

static void
set_text (GumProductRow *self,
          int            which,
          const char    *text)
{
  GtkInscription *inscription = GTK_INSCRIPTION (self->texts[which]);

  if (g_strcmp0 (gtk_inscription_get_text (inscription), text) != 0)
    gtk_inscription_set_text (inscription, text);
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
  g_autofree char *marked = NULL;

  if (gum_text_get_direction (text, &text_rtl) ? text_rtl == rtl : !rtl)
    {
      set_text (self, which, text);
      return;
    }
  marked = g_strconcat (rtl ? "\342\200\217" : "\342\200\216", "\342\201\250", text,
                        "\342\201\251", NULL);
  set_text (self, which, marked);
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

static void
secondary_cb (GtkGestureClick *gesture,
              int              n_press,
              double           x,
              double           y,
              GumProductRow   *self)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  gum_product_row_popup_menu (self, x, y);
}

static void
long_press_cb (GtkGestureLongPress *gesture,
               double               x,
               double               y,
               GumProductRow       *self)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  gum_product_row_popup_menu (self, x, y);
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

static void
allocate_table (GumProductRow *self,
                GumColumnSpan *spans,
                int            height)
{
  static const struct
  {
    int       text;
    GumColumn column;
  } cells[] = {
    { TEXT_NAME, GUM_COLUMN_NAME },
    { TEXT_PRICE, GUM_COLUMN_PRICE },
    { TEXT_SALES, GUM_COLUMN_SALES },
    { TEXT_REVENUE, GUM_COLUMN_REVENUE },
    { TEXT_KIND, GUM_COLUMN_KIND },
    { TEXT_TAGS, GUM_COLUMN_TAGS },
  };
  GtkWidget *widget = GTK_WIDGET (self);
  GumColumnSpan *state = &spans[GUM_COLUMN_STATE];
  int line = gum_product_columns_get_line (GTK_WIDGET (self));
  int top = (height - line) / 2;

  gum_product_columns_place (widget, self->picture, spans[GUM_COLUMN_PICTURE].x,
                             (height - SMALL) / 2, SMALL, SMALL);
  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    gum_product_columns_place (widget, self->texts[cells[i].text], spans[cells[i].column].x,
                               top, spans[cells[i].column].width, line);
  gum_product_columns_place (widget, self->dot, state->x, (height - DOT) / 2, DOT, DOT);
  gum_product_columns_place (widget, self->texts[TEXT_STATE], state->x + DOT + 8, top,
                             state->width - DOT - 8, line);
  gum_product_columns_place (widget, self->texts[TEXT_SOLD], 0, 0, 0, 0);
}

static void
allocate_lines (GumProductRow *self,
                int            width,
                int            height,
                int            unit)
{
  GtkWidget *widget = GTK_WIDGET (self);
  int line = gum_product_columns_get_line (GTK_WIDGET (self));
  int top = (height - 2 * line - 4) / 2;
  int bottom = top + line + 4;
  int x = EDGE + BIG + 12;
  int room = width - x - EDGE;
  const char *text = gtk_inscription_get_text (GTK_INSCRIPTION (self->texts[TEXT_PRICE]));
  int price = CLAMP (((int) g_utf8_strlen (text, -1) + 1) * unit, 0, room * 45 / 100);
  int sold = CLAMP (11 * unit, 0, room / 2);

  gum_product_columns_place (widget, self->picture, EDGE, (height - BIG) / 2, BIG, BIG);
  gum_product_columns_place (widget, self->texts[TEXT_NAME], x, top, room - price - 12, line);
  gum_product_columns_place (widget, self->texts[TEXT_PRICE], width - EDGE - price, top, price,
                             line);
  gum_product_columns_place (widget, self->dot, x, bottom + (line - DOT) / 2, DOT, DOT);
  gum_product_columns_place (widget, self->texts[TEXT_STATE], x + DOT + 6, bottom,
                             room - sold - DOT - 12, line);
  gum_product_columns_place (widget, self->texts[TEXT_SOLD], width - EDGE - sold, bottom, sold,
                             line);
  gum_product_columns_place (widget, self->texts[TEXT_SALES], 0, 0, 0, 0);
  gum_product_columns_place (widget, self->texts[TEXT_REVENUE], 0, 0, 0, 0);
  gum_product_columns_place (widget, self->texts[TEXT_KIND], 0, 0, 0, 0);
  gum_product_columns_place (widget, self->texts[TEXT_TAGS], 0, 0, 0, 0);
}

static void
gum_product_row_size_allocate (GtkWidget *widget,
                               int        width,
                               int        height,
                               int        baseline)
{
  GumProductRow *self = GUM_PRODUCT_ROW (widget);
  GumColumnSpan spans[GUM_N_COLUMNS];
  int unit = gum_product_columns_get_unit (widget);

  self->table = gum_product_columns_lay_out (width, unit, spans);
  if (self->table)
    allocate_table (self, spans, height);
  else
    allocate_lines (self, width, height, unit);

  if (self->menu != NULL)
    gtk_popover_present (GTK_POPOVER (self->menu));
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
  for (int i = 0; i < N_TEXTS; i++)
    g_clear_pointer (&self->texts[i], gtk_widget_unparent);

  G_OBJECT_CLASS (gum_product_row_parent_class)->dispose (object);
}

static void
gum_product_row_finalize (GObject *object)
{
  g_free (GUM_PRODUCT_ROW (object)->label);

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
  GtkGesture *gesture;

  self->picture = gum_picture_new ();
  gum_picture_set_size (GUM_PICTURE (self->picture), SMALL, SMALL);
  gtk_widget_set_parent (self->picture, widget);
  self->dot = gum_product_actions_new_dot ();
  gtk_widget_set_parent (self->dot, widget);

  for (int i = 0; i < N_TEXTS; i++)
    {
      gboolean end = i == TEXT_PRICE || i == TEXT_SALES || i == TEXT_SOLD || i == TEXT_REVENUE;

      self->texts[i] = g_object_new (GTK_TYPE_INSCRIPTION,
                                     "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                     "text-overflow", GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END,
                                     "min-chars", 0,
                                     "nat-chars", 0,
                                     "min-lines", 1,
                                     "xalign", end ? 1.0f : 0.0f,
                                     "yalign", 0.5f,
                                     NULL);
      if (end)
        gtk_widget_add_css_class (self->texts[i], "numeric");
      if (i == TEXT_STATE || i == TEXT_SOLD || i == TEXT_KIND || i == TEXT_TAGS)
        gtk_widget_add_css_class (self->texts[i], "dim-label");
      gtk_widget_set_parent (self->texts[i], widget);
    }

  gesture = gtk_gesture_click_new ();
  g_signal_connect (gesture, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (gesture));

  gesture = gtk_gesture_click_new ();
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (gesture), GDK_BUTTON_SECONDARY);
  g_signal_connect (gesture, "pressed", G_CALLBACK (secondary_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (gesture));

  gesture = gtk_gesture_long_press_new ();
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (gesture), TRUE);
  g_signal_connect (gesture, "pressed", G_CALLBACK (long_press_cb), self);
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

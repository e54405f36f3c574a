/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What scrolls needs no height of its own. GTK 4.8's scrolled windows ask what is in them all the same, and for the
 * least width, before each frame in which a word has changed: every text that wraps is set for a width that it never
 * has. This layout answers for them.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-page-layout.h"

/* Room for a line and for a scroll bar. */
#define MIN_HEIGHT 48

struct _GumPageLayout
{
  GtkLayoutManager parent_instance;
};

G_DEFINE_FINAL_TYPE (GumPageLayout, gum_page_layout, GTK_TYPE_LAYOUT_MANAGER)

static GtkSizeRequestMode
gum_page_layout_get_request_mode (GtkLayoutManager *layout,
                                  GtkWidget        *widget)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
gum_page_layout_measure (GtkLayoutManager *layout,
                         GtkWidget        *widget,
                         GtkOrientation    orientation,
                         int               for_size,
                         int              *minimum,
                         int              *natural,
                         int              *minimum_baseline,
                         int              *natural_baseline)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);

  *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL ? MIN_HEIGHT : 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL && child != NULL && gtk_widget_should_layout (child))
    gtk_widget_measure (child, orientation, -1, minimum, natural, NULL, NULL);
}

static void
gum_page_layout_allocate (GtkLayoutManager *layout,
                          GtkWidget        *widget,
                          int               width,
                          int               height,
                          int               baseline)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);

  if (child != NULL && gtk_widget_should_layout (child))
    gtk_widget_size_allocate (child, &(GtkAllocation) { 0, 0, width, height }, -1);
}

static void
gum_page_layout_class_init (GumPageLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->get_request_mode = gum_page_layout_get_request_mode;
  layout_class->measure = gum_page_layout_measure;
  layout_class->allocate = gum_page_layout_allocate;
}

static void
gum_page_layout_init (GumPageLayout *self)
{
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rows of a list box that are dragged to another place in it.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-row-drag.h"

typedef struct {
  GtkWidget     *row;        /* owned, as is the next */
  GtkWidget     *dragged;
  GumRowDropped  dropped;
} Move;

static void
move_free (gpointer data)
{
  Move *move = data;

  g_object_unref (move->row);
  g_object_unref (move->dragged);
  g_free (move);
}

static gboolean
are_together (GtkWidget *row,
              GtkWidget *dragged)
{
  GtkWidget *list = gtk_widget_get_parent (row);

  return row != dragged && list != NULL && gtk_widget_get_parent (dragged) == list;
}

static gboolean
move_cb (gpointer data)
{
  Move *move = data;

  if (are_together (move->row, move->dragged))
    move->dropped (move->row, move->dragged);

  return G_SOURCE_REMOVE;
}

/* Whoever is told makes the rows anew, which GTK does not expect before it has finished the drop. */
static gboolean
drop_cb (GtkDropTarget *target,
         const GValue  *value,
         double         x,
         double         y,
         gpointer       dropped)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target));
  GtkWidget *dragged = g_value_get_object (value);
  Move *move;

  if (dragged == NULL || !are_together (row, dragged))
    return FALSE;

  move = g_new0 (Move, 1);
  move->row = g_object_ref (row);
  move->dragged = g_object_ref (dragged);
  move->dropped = dropped;
  g_idle_add_full (G_PRIORITY_DEFAULT, move_cb, move, move_free);

  return TRUE;
}

static GdkContentProvider *
prepare_cb (GtkDragSource *source)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (source));

  return gdk_content_provider_new_typed (GTK_TYPE_LIST_BOX_ROW, row);
}

static void
begin_cb (GtkDragSource *source,
          GdkDrag       *drag,
          GtkWidget     *picture)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (picture);

  gtk_drag_source_set_icon (source, paintable, gtk_widget_get_width (picture) / 2,
                            gtk_widget_get_height (picture) / 2);
}

void
gum_row_drag_add (GtkWidget     *row,
                  GtkWidget     *picture,
                  GumRowDropped  dropped)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (GTK_TYPE_LIST_BOX_ROW, GDK_ACTION_MOVE);

  g_return_if_fail (GTK_IS_LIST_BOX_ROW (row));
  g_return_if_fail (dropped != NULL);

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect (source, "prepare", G_CALLBACK (prepare_cb), NULL);
  g_signal_connect_object (source, "drag-begin", G_CALLBACK (begin_cb), picture != NULL ? picture : row, 0);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (source));
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), dropped);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (target));
}

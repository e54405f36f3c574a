/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The writes of a batch, one to a row. Times run down while somebody looks, and a row leads to its product. */

#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-write-list.h"

#include "gum-batch-words.h"
#include "gum-build.h"
#include "gum-queue.h"

#include <glib/gi18n-lib.h>

/* How often, at least, the times are those of now. */
#define REFRESH_SECONDS 15

struct _GumWriteList
{
  AdwBin      parent_instance;

  /* owned */
  GumStore   *store;
  GumQueue   *queue;
  GumBatch   *batch;
  GumWrites  *writes;
  GPtrArray  *bound;        /* of GtkListItem, unowned: what is on a row now */

  GtkWidget  *view;
  guint       refresh_id;
};

G_DEFINE_FINAL_TYPE (GumWriteList, gum_write_list, ADW_TYPE_BIN)

static GumProduct *
dup_product (GumWriteList *self,
             GumWrite     *write)
{
  const char *id = gum_write_get_product_id (write);

  return id != NULL && !gum_store_is_closed (self->store) ? gum_store_dup_product (self->store, id) : NULL;
}

static char *
dup_words (GumWriteList *self,
           GumWrite     *write,
           GumProduct   *product)
{
  g_autofree char *change = gum_batch_words_dup_change (write, product != NULL
                                                        ? gum_product_get_currency (product) : NULL);
  g_autofree char *words = gum_batch_words_dup_write (write);
  guint n = gum_writes_count_waiting (self->writes, write);

  if (n > 0 && gum_batch_get_state (self->batch) == GUM_BATCH_RUNNING)
    {
      g_autofree char *waiting = g_steal_pointer (&words);
      g_autofree char *time =
        gum_batch_words_dup_time (gum_queue_estimate_batch (self->queue,
                                                            gum_batch_get_row (self->batch), n));

      /* Translators: "Waiting, about 3 minutes" */
      words = g_strdup_printf (_("%s, %s"), waiting, time);
    }

  return change != NULL ? g_strjoin (" · ", change, words, NULL) : g_steal_pointer (&words);
}

/* --- rows ------------------------------------------------------------------------------------- */

static void
show (GumWriteList *self,
      GtkListItem  *item)
{
  GumWrite *write = gtk_list_item_get_item (item);
  GtkWidget *box = gtk_list_item_get_child (item);
  GtkWidget *parent = gtk_widget_get_parent (box);
  g_autoptr(GumProduct) product = dup_product (self, write);
  const char *label = gum_write_get_label (write);
  g_autofree char *words = dup_words (self, write, product);
  g_autofree char *sentence = NULL;

  if (label == NULL)
    label = _("Untitled");
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_first_child (box)), label);
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_last_child (box)), words);
  gtk_list_item_set_activatable (item, product != NULL);
  sentence = g_strdup_printf ("%s: %s", label, words);
  if (parent != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (parent), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence,
                                    -1);
}

static void
setup_cb (GtkListItemFactory *factory,
          GtkListItem        *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gum_build_add_label (box, NULL);
  gum_build_add_label (box, "dim-label");
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_list_item_set_child (item, box);
}

static void
bind_cb (GtkListItemFactory *factory,
         GtkListItem        *item,
         GumWriteList       *self)
{
  g_ptr_array_add (self->bound, item);
  show (self, item);
}

static void
unbind_cb (GtkListItemFactory *factory,
           GtkListItem        *item,
           GumWriteList       *self)
{
  g_ptr_array_remove_fast (self->bound, item);
}

static void
activate_cb (GumWriteList *self,
             guint         position)
{
  GListModel *model = G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (self->view)));
  g_autoptr(GumWrite) write = g_list_model_get_item (model, position);
  g_autoptr(GumProduct) product = write != NULL ? dup_product (self, write) : NULL;

  if (product != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.product", "(ss)",
                                gum_write_get_product_id (write), "");
}

static void
refresh (GumWriteList *self)
{
  for (guint i = 0; i < self->bound->len; i++)
    show (self, g_ptr_array_index (self->bound, i));
}

static gboolean
refresh_cb (gpointer data)
{
  refresh (data);

  return G_SOURCE_CONTINUE;
}

/* --- the order -------------------------------------------------------------------------------- */

static gboolean
is_trouble (GumWrite *write)
{
  GumWriteState state = gum_write_get_state (write);

  return state == GUM_WRITE_FAILED || state == GUM_WRITE_UNCLEAR || state == GUM_WRITE_CONFLICT;
}

static int
compare (gconstpointer a,
         gconstpointer b,
         gpointer      user_data)
{
  return (int) is_trouble ((GumWrite *) b) - (int) is_trouble ((GumWrite *) a);
}

/* --- GObject ---------------------------------------------------------------------------------- */

static void
gum_write_list_map (GtkWidget *widget)
{
  GumWriteList *self = GUM_WRITE_LIST (widget);

  GTK_WIDGET_CLASS (gum_write_list_parent_class)->map (widget);
  self->refresh_id = g_timeout_add_seconds (REFRESH_SECONDS, refresh_cb, self);
}

static void
gum_write_list_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&GUM_WRITE_LIST (widget)->refresh_id, g_source_remove);
  GTK_WIDGET_CLASS (gum_write_list_parent_class)->unmap (widget);
}

static void
gum_write_list_dispose (GObject *object)
{
  GumWriteList *self = GUM_WRITE_LIST (object);

  /* The rows ask as long as they live. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_object (&self->writes);
  g_clear_object (&self->batch);
  g_clear_object (&self->queue);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (gum_write_list_parent_class)->dispose (object);
}

static void
gum_write_list_finalize (GObject *object)
{
  g_ptr_array_unref (GUM_WRITE_LIST (object)->bound);

  G_OBJECT_CLASS (gum_write_list_parent_class)->finalize (object);
}

static void
gum_write_list_class_init (GumWriteListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gum_write_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = gum_write_list_finalize;
  GTK_WIDGET_CLASS (klass)->map = gum_write_list_map;
  GTK_WIDGET_CLASS (klass)->unmap = gum_write_list_unmap;
}

static void
gum_write_list_init (GumWriteList *self)
{
  self->bound = g_ptr_array_new ();
}

GtkWidget *
gum_write_list_new (GumStore  *store,
                    GumBatch  *batch,
                    GumWrites *writes)
{
  GumWriteList *self = g_object_new (GUM_TYPE_WRITE_LIST, NULL);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkSorter *sorter = GTK_SORTER (gtk_custom_sorter_new (compare, NULL, NULL));
  GtkSortListModel *sorted = gtk_sort_list_model_new (G_LIST_MODEL (g_object_ref (writes)), sorter);
  GtkWidget *scroller;

  self->store = g_object_ref (store);
  self->queue = g_object_ref (gum_store_get_queue (store));
  self->batch = g_object_ref (batch);
  self->writes = g_object_ref (writes);

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, 0);
  self->view = gtk_list_view_new (GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (sorted))),
                                  factory);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Changes"), -1);
  g_signal_connect_object (self->view, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
  scroller = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "hscrollbar-policy", GTK_POLICY_NEVER,
                           "vexpand", TRUE, "child", self->view, NULL);
  adw_bin_set_child (ADW_BIN (self), scroller);

  g_signal_connect_object (batch, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->queue, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}

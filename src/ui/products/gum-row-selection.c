/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is selected in a list of products: the numbers of their rows in the ledger. GtkMultiSelection would hold
 * the objects, and make ten thousand of them for a range that is never looked at; and it forgets a row that only
 * moves.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-row-selection.h"

struct _GumRowSelection
{
  GObject     parent_instance;

  /* owned */
  GListModel *model;
  GumQuery   *query;
  GHashTable *rows;       /* a set of gint64 */
};

static gboolean
is_row_selected (GumRowSelection *self,
                 guint            position)
{
  gint64 row = self->query != NULL ? gum_query_get_row (self->query, position) : 0;

  return row != 0 && g_hash_table_contains (self->rows, &row);
}

static void
set_row_selected (GumRowSelection *self,
                  guint            position,
                  gboolean         selected)
{
  gint64 row = self->query != NULL ? gum_query_get_row (self->query, position) : 0;

  if (selected && row != 0)
    g_hash_table_add (self->rows, g_memdup2 (&row, sizeof row));
  else
    g_hash_table_remove (self->rows, &row);
}

/* --- GListModel and GtkSelectionModel ----------------------------------------------------------- */

static GType
gum_row_selection_get_item_type (GListModel *list)
{
  return g_list_model_get_item_type (GUM_ROW_SELECTION (list)->model);
}

static guint
gum_row_selection_get_n_items (GListModel *list)
{
  return g_list_model_get_n_items (GUM_ROW_SELECTION (list)->model);
}

static gpointer
gum_row_selection_get_item (GListModel *list,
                            guint       position)
{
  return g_list_model_get_item (GUM_ROW_SELECTION (list)->model, position);
}

static gboolean
gum_row_selection_is_selected (GtkSelectionModel *model,
                               guint              position)
{
  return is_row_selected (GUM_ROW_SELECTION (model), position);
}

/* GTK's own select_item, unselect_range and the others all end here. */
static gboolean
gum_row_selection_set_selection (GtkSelectionModel *model,
                                 GtkBitset         *selected,
                                 GtkBitset         *mask)
{
  GumRowSelection *self = GUM_ROW_SELECTION (model);
  guint n_shown = g_list_model_get_n_items (self->model);
  guint first = G_MAXUINT;
  guint last = 0;
  GtkBitsetIter iter;
  guint position;

  /* Whoever decides about everything that is shown decides about what is not shown yet as well. */
  if (gtk_bitset_get_size (mask) >= n_shown && self->query != NULL)
    {
      guint n_listed = g_list_model_get_n_items (G_LIST_MODEL (self->query));

      for (guint i = n_shown; i < n_listed && g_hash_table_size (self->rows) > 0; i++)
        set_row_selected (self, i, FALSE);
    }

  for (gboolean any = gtk_bitset_iter_init_first (&iter, mask, &position);
       any && position < n_shown;
       any = gtk_bitset_iter_next (&iter, &position))
    {
      gboolean wanted = gtk_bitset_contains (selected, position);

      if (wanted == is_row_selected (self, position))
        continue;
      set_row_selected (self, position, wanted);
      first = MIN (first, position);
      last = position;
    }

  if (first != G_MAXUINT)
    gtk_selection_model_selection_changed (model, first, last - first + 1);

  return TRUE;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = gum_row_selection_get_item_type;
  iface->get_n_items = gum_row_selection_get_n_items;
  iface->get_item = gum_row_selection_get_item;
}

static void
selection_model_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = gum_row_selection_is_selected;
  iface->set_selection = gum_row_selection_set_selection;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (GumRowSelection, gum_row_selection, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init)
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL,
                                                      selection_model_init))

static void
gum_row_selection_dispose (GObject *object)
{
  GumRowSelection *self = GUM_ROW_SELECTION (object);

  g_clear_object (&self->query);
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_clear_object (&self->model);

  G_OBJECT_CLASS (gum_row_selection_parent_class)->dispose (object);
}

static void
gum_row_selection_finalize (GObject *object)
{
  g_hash_table_unref (GUM_ROW_SELECTION (object)->rows);

  G_OBJECT_CLASS (gum_row_selection_parent_class)->finalize (object);
}

static void
gum_row_selection_class_init (GumRowSelectionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gum_row_selection_dispose;
  G_OBJECT_CLASS (klass)->finalize = gum_row_selection_finalize;
}

static void
gum_row_selection_init (GumRowSelection *self)
{
  self->rows = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

GumRowSelection *
gum_row_selection_new (GListModel *model)
{
  GumRowSelection *self = g_object_new (GUM_TYPE_ROW_SELECTION, NULL);

  self->model = g_object_ref (model);
  g_signal_connect_object (model, "items-changed", G_CALLBACK (g_list_model_items_changed), self,
                           G_CONNECT_SWAPPED);
  return self;
}

void
gum_row_selection_set_query (GumRowSelection *self,
                             GumQuery        *query)
{
  g_return_if_fail (GUM_IS_ROW_SELECTION (self));

  g_hash_table_remove_all (self->rows);
  g_set_object (&self->query, query);
}

void
gum_row_selection_select_only (GumRowSelection *self,
                               guint            position)
{
  GtkSelectionModel *model = GTK_SELECTION_MODEL (self);

  g_return_if_fail (GUM_IS_ROW_SELECTION (self));

  if (position != GTK_INVALID_LIST_POSITION)
    gtk_selection_model_select_item (model, position, TRUE);
  else
    gtk_selection_model_unselect_all (model);
}

void
gum_row_selection_keep_listed (GumRowSelection *self)
{
  g_autoptr(GArray) listed = NULL;
  guint n;

  g_return_if_fail (GUM_IS_ROW_SELECTION (self));

  n = g_hash_table_size (self->rows);
  if (n == 0)
    return;
  listed = gum_row_selection_list (self);
  if (listed->len == n)
    return;

  g_hash_table_remove_all (self->rows);
  for (guint i = 0; i < listed->len; i++)
    g_hash_table_add (self->rows, g_memdup2 (&g_array_index (listed, gint64, i), sizeof (gint64)));
  if (g_list_model_get_n_items (self->model) > 0)
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), 0, g_list_model_get_n_items (self->model));
}

guint
gum_row_selection_get_n_selected (GumRowSelection *self)
{
  g_return_val_if_fail (GUM_IS_ROW_SELECTION (self), 0);

  return g_hash_table_size (self->rows);
}

GArray *
gum_row_selection_list (GumRowSelection *self)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint n_listed;

  g_return_val_if_fail (GUM_IS_ROW_SELECTION (self), rows);

  n_listed = self->query != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->query)) : 0;
  for (guint i = 0; i < n_listed && rows->len < g_hash_table_size (self->rows); i++)
    {
      gint64 row = gum_query_get_row (self->query, i);

      if (g_hash_table_contains (self->rows, &row))
        g_array_append_val (rows, row);
    }

  return rows;
}

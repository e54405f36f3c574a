/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The covers and the thumbnail of a product while somebody changes them.
 *
 * What was moved or removed is shown so at once and told to Gumroad later: an order when it has
 * settled, a removal when nobody can want it back any more. Changes go one after the other
 * (gum-covers-steps.c), because an order must name every cover there is at that moment. What is on its
 * way goes on when the page has gone. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-covers-private.h"

#define SETTLE_MS 1500

enum {
  CHANGED,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GumCovers, gum_covers, G_TYPE_OBJECT)

gboolean
_gum_covers_contains (GPtrArray  *ids,
                      const char *id,
                      guint      *index)
{
  return ids != NULL && g_ptr_array_find_with_equal_func (ids, id, g_str_equal, index);
}

char *
_gum_covers_dup_id (GumCover *cover)
{
  char *id;

  g_object_get (cover, "id", &id, NULL);

  return id;
}

static void
append_cover (GPtrArray *covers,
              GumCover  *cover)
{
  g_ptr_array_add (covers, g_object_ref (cover));
}

/* All of them, in the order that is wanted; those nobody has moved come last. */
GPtrArray *
_gum_covers_dup_all (GumCovers *self)
{
  GPtrArray *covers = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GListModel) list = NULL;
  guint n_covers;

  g_object_get (self->product, "covers", &list, NULL);
  n_covers = list != NULL ? g_list_model_get_n_items (list) : 0;
  for (guint i = 0; self->order != NULL && i < self->order->len; i++)
    {
      for (guint j = 0; j < n_covers; j++)
        {
          g_autoptr(GumCover) cover = g_list_model_get_item (list, j);
          g_autofree char *id = _gum_covers_dup_id (cover);

          if (g_strcmp0 (id, self->order->pdata[i]) == 0)
            append_cover (covers, cover);
        }
    }
  for (guint j = 0; j < n_covers; j++)
    {
      g_autoptr(GumCover) cover = g_list_model_get_item (list, j);
      g_autofree char *id = _gum_covers_dup_id (cover);

      if (id != NULL && !_gum_covers_contains (self->order, id, NULL))
        append_cover (covers, cover);
    }

  return covers;
}

void
_gum_covers_emit_changed (GumCovers *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

void
_gum_covers_emit_failed (GumCovers *self,
                         GError    *error)
{
  g_signal_emit (self, signals[FAILED], 0, error);
}

/* --- order and removal ------------------------------------------------------------------------ */

static gboolean
settled_cb (gpointer data)
{
  GumCovers *self = data;

  self->settle_id = 0;
  self->n_orders++;
  _gum_covers_queue_step (self, GUM_COVERS_ORDER, NULL, NULL, NULL);

  return G_SOURCE_REMOVE;
}

/**
 * gum_covers_dup_list:
 * @self: covers
 *
 * Returns: (transfer full) (element-type GumCover): as they are to be shown: in the order that is wanted,
 *   without those that were removed
 */
GPtrArray *
gum_covers_dup_list (GumCovers *self)
{
  GPtrArray *covers;

  g_return_val_if_fail (GUM_IS_COVERS (self), NULL);

  covers = _gum_covers_dup_all (self);
  for (guint i = covers->len; i > 0; i--)
    {
      g_autofree char *id = _gum_covers_dup_id (covers->pdata[i - 1]);

      if (_gum_covers_contains (self->removed, id, NULL))
        g_ptr_array_remove_index (covers, i - 1);
    }

  return covers;
}

/**
 * gum_covers_is_busy:
 * @self: covers
 *
 * Returns: whether something is on its way, or will be
 */
gboolean
gum_covers_is_busy (GumCovers *self)
{
  g_return_val_if_fail (GUM_IS_COVERS (self), FALSE);

  return self->write != NULL || self->settle_id != 0 || self->n_adding > 0 ||
         !g_queue_is_empty (self->steps);
}

/**
 * gum_covers_check_room:
 * @self: covers
 * @error: return location
 *
 * Errors: %GUM_ARTWORK_ERROR_TOO_MANY.
 *
 * Returns: whether another cover may be added, with those that are being added
 */
gboolean
gum_covers_check_room (GumCovers  *self,
                       GError    **error)
{
  g_autoptr(GPtrArray) covers = NULL;

  g_return_val_if_fail (GUM_IS_COVERS (self), FALSE);

  covers = gum_covers_dup_list (self);
  if (covers->len + self->n_adding < GUM_ARTWORK_MAX_COVERS)
    return TRUE;
  g_set_error_literal (error, GUM_ARTWORK_ERROR, GUM_ARTWORK_ERROR_TOO_MANY, "There are eight covers");

  return FALSE;
}

/**
 * gum_covers_move:
 * @self: covers
 * @id: one of them
 * @position: where it is to be, among those that are shown
 *
 * Shows another order, and sends it once when nothing has been moved for a moment.
 */
void
gum_covers_move (GumCovers  *self,
                 const char *id,
                 guint       position)
{
  g_autoptr(GPtrArray) shown = NULL;
  g_autoptr(GPtrArray) all = NULL;
  GPtrArray *order;

  g_return_if_fail (GUM_IS_COVERS (self));
  g_return_if_fail (id != NULL);

  shown = gum_covers_dup_list (self);
  all = _gum_covers_dup_all (self);
  order = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < shown->len; i++)
    {
      char *each = _gum_covers_dup_id (shown->pdata[i]);

      if (strcmp (each, id) == 0)
        g_free (each);
      else
        g_ptr_array_add (order, each);
    }
  g_ptr_array_insert (order, MIN (position, order->len), g_strdup (id));
  /* Those that may come back keep a place as well. */
  for (guint i = 0; i < all->len; i++)
    {
      g_autofree char *each = _gum_covers_dup_id (all->pdata[i]);

      if (!_gum_covers_contains (order, each, NULL))
        g_ptr_array_add (order, g_steal_pointer (&each));
    }
  g_clear_pointer (&self->order, g_ptr_array_unref);
  self->order = order;
  g_clear_handle_id (&self->settle_id, g_source_remove);
  self->settle_id = g_timeout_add (SETTLE_MS, settled_cb, self);
  _gum_covers_emit_changed (self);
}

/**
 * gum_covers_remove:
 * @self: covers
 * @id: one of them
 *
 * Does not show it any more. Gumroad is not told before gum_covers_commit() or gum_covers_flush().
 */
void
gum_covers_remove (GumCovers  *self,
                   const char *id)
{
  g_return_if_fail (GUM_IS_COVERS (self));
  g_return_if_fail (id != NULL);

  if (_gum_covers_contains (self->removed, id, NULL))
    return;
  g_ptr_array_add (self->removed, g_strdup (id));
  _gum_covers_emit_changed (self);
}

/**
 * gum_covers_restore:
 * @self: covers
 * @id: one that was removed
 *
 * Returns: whether it is there again; %FALSE: Gumroad has been told
 */
gboolean
gum_covers_restore (GumCovers  *self,
                    const char *id)
{
  guint index;

  g_return_val_if_fail (GUM_IS_COVERS (self), FALSE);

  if (_gum_covers_contains (self->committed, id, NULL) ||
      !_gum_covers_contains (self->removed, id, &index))
    return FALSE;
  g_ptr_array_remove_index (self->removed, index);
  _gum_covers_emit_changed (self);

  return TRUE;
}

/**
 * gum_covers_commit:
 * @self: covers
 * @id: one that was removed; nothing is done if it was restored
 *
 * Deletes it at Gumroad.
 */
void
gum_covers_commit (GumCovers  *self,
                   const char *id)
{
  g_return_if_fail (GUM_IS_COVERS (self));

  if (!_gum_covers_contains (self->removed, id, NULL) ||
      _gum_covers_contains (self->committed, id, NULL))
    return;
  g_ptr_array_add (self->committed, g_strdup (id));
  _gum_covers_queue_step (self, GUM_COVERS_DELETE, id, NULL, NULL);
}

void
_gum_covers_commit_all (GumCovers *self)
{
  for (guint i = 0; i < self->removed->len; i++)
    {
      /* A copy: the end of a step may take it away. */
      g_autofree char *id = g_strdup (self->removed->pdata[i]);

      gum_covers_commit (self, id);
    }
}

/**
 * gum_covers_flush:
 * @self: covers
 *
 * Sends all that was waiting: the page is being left.
 */
void
gum_covers_flush (GumCovers *self)
{
  g_return_if_fail (GUM_IS_COVERS (self));

  _gum_covers_commit_all (self);
  if (self->settle_id != 0)
    {
      g_clear_handle_id (&self->settle_id, g_source_remove);
      settled_cb (self);
    }
}

/* --- GObject ---------------------------------------------------------------------------------- */

static void
gum_covers_dispose (GObject *object)
{
  GumCovers *self = GUM_COVERS (object);

  g_clear_handle_id (&self->settle_id, g_source_remove);

  G_OBJECT_CLASS (gum_covers_parent_class)->dispose (object);
}

static void
gum_covers_finalize (GObject *object)
{
  GumCovers *self = GUM_COVERS (object);

  g_clear_pointer (&self->order, g_ptr_array_unref);
  g_ptr_array_unref (self->removed);
  g_ptr_array_unref (self->committed);
  g_queue_free_full (self->steps, (GDestroyNotify) _gum_covers_step_free);
  g_clear_object (&self->product);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (gum_covers_parent_class)->finalize (object);
}

static void
gum_covers_class_init (GumCoversClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gum_covers_dispose;
  G_OBJECT_CLASS (klass)->finalize = gum_covers_finalize;

  /**
   * GumCovers::changed:
   *
   * gum_covers_dup_list() has something else, or something has ended.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
  /**
   * GumCovers::failed:
   * @error: why
   *
   * An order or a removal was not carried out, or it is not known whether it was. What is shown is again
   * what Gumroad has.
   */
  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
gum_covers_init (GumCovers *self)
{
  self->removed = g_ptr_array_new_with_free_func (g_free);
  self->committed = g_ptr_array_new_with_free_func (g_free);
  self->steps = g_queue_new ();
}

/**
 * gum_covers_new:
 * @store: a store
 * @product: one of its products
 *
 * Returns: (transfer full): its covers, to be changed
 */
GumCovers *
gum_covers_new (GumStore   *store,
                GumProduct *product)
{
  GumCovers *self;

  g_return_val_if_fail (GUM_IS_STORE (store), NULL);
  g_return_val_if_fail (GUM_IS_PRODUCT (product), NULL);

  self = g_object_new (GUM_TYPE_COVERS, NULL);
  self->store = g_object_ref (store);
  self->product = g_object_ref (product);
  g_signal_connect_object (product, "notify::covers", G_CALLBACK (_gum_covers_emit_changed), self,
                           G_CONNECT_SWAPPED);

  return self;
}

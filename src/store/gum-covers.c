/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The covers and the thumbnail of a product while somebody changes them.
 *
 * What was moved or removed is shown so at once and told to Gumroad later: an order when it has
 * settled, a removal when nobody can want it back any more. Changes go one after the other, because
 * an order must name every cover there is at that moment. What is on its way goes on when the
 * page has gone. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-covers.h"

#include "gum-blob.h"
#include "gum-error.h"
#include "gum-journal.h"
#include "gum-store-private.h"

#include <string.h>

#define SETTLE_MS 1500

struct _GumCovers
{
  GObject     parent_instance;

  /* owned */
  GumStore   *store;
  GumProduct *product;
  GPtrArray  *order;         /* ids as somebody wants them; NULL: as they are */
  GPtrArray  *removed;       /* ids that are not shown any more */
  GPtrArray  *committed;     /* those of them that are or will be told to Gumroad */
  GQueue     *steps;
  GumWrite   *write;         /* on its way */

  /* plain */
  guint       settle_id;
  guint       n_adding;
  guint       n_orders;      /* steps that are orders, with the one on its way */
};

enum {
  CHANGED,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GumCovers, gum_covers, G_TYPE_OBJECT)

/* One change. */
typedef struct {
  const char *kind;
  char       *cover;         /* the one to delete */
  JsonObject *body;
  GTask      *task;          /* waits for it; NULL: nobody does */
} Step;

/* What an addition is about: the data of its GTask. */
typedef struct {
  GumArtwork *artwork;
  gboolean    as_thumbnail;
  gboolean    is_counted;
} Addition;

#define ORDER            "cover-order"
#define COVER_ADD        "cover-add"
#define COVER_DELETE     "cover-delete"
#define THUMBNAIL_SET    "thumbnail-set"
#define THUMBNAIL_DELETE "thumbnail-delete"

static void next (GumCovers *self);

static void
step_free (Step *step)
{
  g_free (step->cover);
  g_clear_pointer (&step->body, json_object_unref);
  g_clear_object (&step->task);
  g_free (step);
}

static void
addition_free (Addition *addition)
{
  g_clear_object (&addition->artwork);
  g_free (addition);
}

static gboolean
contains (GPtrArray  *ids,
          const char *id,
          guint      *index)
{
  return ids != NULL && g_ptr_array_find_with_equal_func (ids, id, g_str_equal, index);
}

static char *
dup_cover_id (GumCover *cover)
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
static GPtrArray *
dup_all (GumCovers *self)
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
          g_autofree char *id = dup_cover_id (cover);

          if (g_strcmp0 (id, self->order->pdata[i]) == 0)
            append_cover (covers, cover);
        }
    }
  for (guint j = 0; j < n_covers; j++)
    {
      g_autoptr(GumCover) cover = g_list_model_get_item (list, j);
      g_autofree char *id = dup_cover_id (cover);

      if (id != NULL && !contains (self->order, id, NULL))
        append_cover (covers, cover);
    }

  return covers;
}

static JsonArray *
dup_ids (GPtrArray *covers)
{
  JsonArray *ids = json_array_new ();

  for (guint i = 0; i < covers->len; i++)
    {
      g_autofree char *id = dup_cover_id (covers->pdata[i]);

      json_array_add_string_element (ids, id);
    }

  return ids;
}

static void
emit_changed (GumCovers *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

/* --- one change after the other --------------------------------------------------------------- */

/* NULL: there is nothing to change. */
static GumWrite *
create_order (GumCovers *self)
{
  g_autoptr(GPtrArray) wanted = dup_all (self);
  g_autoptr(GPtrArray) order = g_steal_pointer (&self->order);
  g_autoptr(GPtrArray) there = dup_all (self);
  g_autoptr(JsonObject) body = json_object_new ();
  g_autoptr(JsonObject) before = json_object_new ();
  gboolean differs = FALSE;

  for (guint i = 0; i < there->len; i++)
    differs = differs || there->pdata[i] != wanted->pdata[i];
  if (!differs)
    return NULL;

  self->order = g_steal_pointer (&order);
  json_object_set_array_member (body, "cover_ids", dup_ids (wanted));
  json_object_set_array_member (before, "cover_ids", dup_ids (there));

  return gum_write_new_update (gum_resource_get_id (GUM_RESOURCE (self->product)),
                               gum_product_get_name (self->product), body, before);
}

static GumWrite *
create_write (GumCovers *self,
              Step      *step)
{
  const char *product_id = gum_resource_get_id (GUM_RESOURCE (self->product));
  gboolean is_cover = strcmp (step->kind, COVER_ADD) == 0 || strcmp (step->kind, COVER_DELETE) == 0;
  g_autofree char *path = NULL;

  if (strcmp (step->kind, ORDER) == 0)
    return create_order (self);
  path = gum_request_path ("products", product_id, is_cover ? "covers" : "thumbnail", step->cover, NULL);

  return gum_write_new (step->kind, step->body != NULL ? "POST" : "DELETE", path, product_id,
                        gum_product_get_name (self->product), step->body, NULL);
}

/* Takes @error. */
static void
end_addition (GTask  *task,
              GError *error)
{
  GumCovers *self = g_task_get_source_object (task);
  Addition *addition = g_task_get_task_data (task);

  if (addition->is_counted)
    self->n_adding--;
  addition->is_counted = FALSE;
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/* Takes @error. */
static void
end_step (GumCovers *self,
          Step      *step,
          GError    *error)
{
  guint index;

  g_clear_object (&self->write);
  if (strcmp (step->kind, ORDER) == 0)
    self->n_orders--;
  if (strcmp (step->kind, COVER_DELETE) == 0 && error != NULL)
    {
      /* It may be there still: what is shown then is what Gumroad says. */
      if (contains (self->removed, step->cover, &index))
        g_ptr_array_remove_index (self->removed, index);
      if (contains (self->committed, step->cover, &index))
        g_ptr_array_remove_index (self->committed, index);
    }
  else if (self->n_orders == 0 && self->settle_id == 0)
    {
      g_clear_pointer (&self->order, g_ptr_array_unref);
    }

  if (step->task != NULL)
    end_addition (step->task, error);
  else if (error != NULL)
    {
      g_signal_emit (self, signals[FAILED], 0, error);
      g_error_free (error);
    }
  step_free (step);
  emit_changed (self);
  next (self);
}

typedef struct {
  GumCovers *covers;
  Step      *step;
  GError    *error;
} Ending;

static void
read_again_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  g_autofree Ending *ending = data;
  g_autoptr(GumCovers) self = ending->covers;

  /* If not, the error says that the outcome is unknown, and so it is. */
  gum_store_refresh_product_finish (GUM_STORE (source), result, NULL);
  end_step (self, ending->step, ending->error);
}

/* After what left open what is there, or proved that something else is there than was thought. */
static void
read_again (GumCovers *self,
            Step      *step,
            GError    *error)
{
  Ending *ending;

  if (gum_store_is_closed (self->store))
    {
      end_step (self, step, error);
      return;
    }
  ending = g_new0 (Ending, 1);
  ending->covers = g_object_ref (self);
  ending->step = step;
  ending->error = error;
  gum_store_refresh_product_async (self->store, gum_resource_get_id (GUM_RESOURCE (self->product)),
                                   NULL, read_again_cb, ending);
}

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autofree Ending *ending = data;
  g_autoptr(GumCovers) self = ending->covers;
  GError *error = NULL;
  gboolean is_delete = ending->step->body == NULL && strcmp (ending->step->kind, ORDER) != 0;

  if (gum_journal_send_finish (GUM_JOURNAL (source), result, &error))
    {
      end_step (self, ending->step, NULL);
    }
  else if (is_delete && g_error_matches (error, GUM_ERROR, GUM_ERROR_NOT_FOUND) &&
           gum_error_get_server_message (error) != NULL)
    {
      /* What is wanted is so already. */
      g_error_free (error);
      read_again (self, ending->step, NULL);
    }
  else if (g_error_matches (error, GUM_ERROR, GUM_ERROR_UNCLEAR) ||
           g_error_matches (error, GUM_ERROR, GUM_ERROR_REJECTED))
    {
      read_again (self, ending->step, error);
    }
  else
    {
      end_step (self, ending->step, error);
    }
}

static void
next (GumCovers *self)
{
  Step *step = self->write == NULL ? g_queue_pop_head (self->steps) : NULL;
  GError *error = NULL;
  Ending *ending;

  if (step == NULL)
    return;
  if (step->task != NULL && g_cancellable_set_error_if_cancelled (g_task_get_cancellable (step->task), &error))
    {
      end_step (self, step, error);
      return;
    }
  self->write = create_write (self, step);
  if (self->write == NULL)
    {
      end_step (self, step, NULL);
      return;
    }
  if (gum_store_is_closed (self->store))
    {
      end_step (self, step, g_error_new_literal (GUM_ERROR, GUM_ERROR_NOT_SIGNED_IN, "The ledger is closed"));
      return;
    }

  ending = g_new0 (Ending, 1);
  ending->covers = g_object_ref (self);
  ending->step = step;
  gum_journal_send_async (gum_store_get_journal (self->store), self->write,
                          step->task != NULL ? g_task_get_cancellable (step->task) : NULL, sent_cb,
                          ending);
}

/* Takes @body and @task. */
static void
queue_step (GumCovers  *self,
            const char *kind,
            const char *cover,
            JsonObject *body,
            GTask      *task)
{
  Step *step = g_new0 (Step, 1);

  step->kind = kind;
  step->cover = g_strdup (cover);
  step->body = body;
  step->task = task;
  g_queue_push_tail (self->steps, step);
  next (self);
}

/* --- order and removal ------------------------------------------------------------------------ */

static gboolean
settled_cb (gpointer data)
{
  GumCovers *self = data;

  self->settle_id = 0;
  self->n_orders++;
  queue_step (self, ORDER, NULL, NULL, NULL);

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

  covers = dup_all (self);
  for (guint i = covers->len; i > 0; i--)
    {
      g_autofree char *id = dup_cover_id (covers->pdata[i - 1]);

      if (contains (self->removed, id, NULL))
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
  all = dup_all (self);
  order = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < shown->len; i++)
    {
      char *each = dup_cover_id (shown->pdata[i]);

      if (strcmp (each, id) == 0)
        g_free (each);
      else
        g_ptr_array_add (order, each);
    }
  g_ptr_array_insert (order, MIN (position, order->len), g_strdup (id));
  /* Those that may come back keep a place as well. */
  for (guint i = 0; i < all->len; i++)
    {
      g_autofree char *each = dup_cover_id (all->pdata[i]);

      if (!contains (order, each, NULL))
        g_ptr_array_add (order, g_steal_pointer (&each));
    }
  g_clear_pointer (&self->order, g_ptr_array_unref);
  self->order = order;
  g_clear_handle_id (&self->settle_id, g_source_remove);
  self->settle_id = g_timeout_add (SETTLE_MS, settled_cb, self);
  emit_changed (self);
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

  if (contains (self->removed, id, NULL))
    return;
  g_ptr_array_add (self->removed, g_strdup (id));
  emit_changed (self);
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

  if (contains (self->committed, id, NULL) || !contains (self->removed, id, &index))
    return FALSE;
  g_ptr_array_remove_index (self->removed, index);
  emit_changed (self);

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

  if (!contains (self->removed, id, NULL) || contains (self->committed, id, NULL))
    return;
  g_ptr_array_add (self->committed, g_strdup (id));
  queue_step (self, COVER_DELETE, id, NULL, NULL);
}

static void
commit_all (GumCovers *self)
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

  commit_all (self);
  if (self->settle_id != 0)
    {
      g_clear_handle_id (&self->settle_id, g_source_remove);
      settled_cb (self);
    }
}

/* --- additions -------------------------------------------------------------------------------- */

static GTask *
new_addition (GumCovers           *self,
              GumArtwork          *artwork,
              gboolean             is_cover,
              GCancellable        *cancellable,
              GAsyncReadyCallback  callback,
              gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Addition *addition = g_new0 (Addition, 1);

  g_set_object (&addition->artwork, artwork);
  addition->as_thumbnail = !is_cover;
  g_task_set_source_tag (task, gum_covers_finish);
  g_task_set_task_data (task, addition, (GDestroyNotify) addition_free);
  /* Whether it was carried out is told even to those who cancelled it. */
  g_task_set_check_cancellable (task, FALSE);

  return task;
}

/* A place is taken from now on; or the task has ended with an error. */
static gboolean
take_place (GTask *task)
{
  GumCovers *self = g_task_get_source_object (task);
  Addition *addition = g_task_get_task_data (task);
  GError *error = NULL;

  if (!gum_covers_check_room (self, &error))
    {
      g_task_return_error (task, error);
      return FALSE;
    }
  addition->is_counted = TRUE;
  self->n_adding++;

  return TRUE;
}

/* Takes @task. */
static void
queue_addition (GTask      *task,
                const char *member,
                const char *value)
{
  GumCovers *self = g_task_get_source_object (task);
  Addition *addition = g_task_get_task_data (task);
  JsonObject *body = json_object_new ();

  json_object_set_string_member (body, member, value);
  /* What is only not shown any more still counts at Gumroad. */
  if (!addition->as_thumbnail)
    {
      g_autoptr(GPtrArray) all = dup_all (self);

      if (all->len >= GUM_ARTWORK_MAX_COVERS)
        commit_all (self);
    }
  queue_step (self, addition->as_thumbnail ? THUMBNAIL_SET : COVER_ADD, NULL, body, task);
}

static void
uploaded_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr(GTask) task = data;
  GError *error = NULL;
  g_autoptr(GumBlob) blob = gum_client_upload_blob_finish (GUM_CLIENT (source), result, &error);

  if (blob == NULL)
    end_addition (task, error);
  else
    queue_addition (g_steal_pointer (&task), "signed_blob_id", blob->signed_id);
}

/**
 * gum_covers_add_async:
 * @self: covers
 * @artwork: a picture or a film
 * @as_thumbnail: replaces the thumbnail instead of adding a cover
 * @progress: (nullable): called with what has been sent
 * @progress_data: for @progress, until @callback is called
 * @cancellable: (nullable): ends it, as long as the product has not been asked to be changed
 * @callback: called at the end
 * @user_data: for @callback
 *
 * Sends a picture, and then makes a cover or the thumbnail of it.
 */
void
gum_covers_add_async (GumCovers             *self,
                      GumArtwork            *artwork,
                      gboolean               as_thumbnail,
                      GFileProgressCallback  progress,
                      gpointer               progress_data,
                      GCancellable          *cancellable,
                      GAsyncReadyCallback    callback,
                      gpointer               user_data)
{
  g_autoptr(GTask) task = NULL;
  GumClient *client;
  GError *error = NULL;

  g_return_if_fail (GUM_IS_COVERS (self));
  g_return_if_fail (GUM_IS_ARTWORK (artwork));

  task = new_addition (self, artwork, !as_thumbnail, cancellable, callback, user_data);
  client = gum_store_is_closed (self->store) ? NULL : _gum_store_get_client (self->store);
  if (client == NULL)
    g_set_error_literal (&error, GUM_ERROR, GUM_ERROR_NOT_SIGNED_IN, "There is no connection");
  else if (as_thumbnail)
    gum_artwork_check_thumbnail (artwork, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else if (as_thumbnail || take_place (task))
    gum_client_upload_blob_with_progress_async (client, gum_artwork_get_bytes (artwork),
                                                gum_artwork_get_name (artwork),
                                                gum_artwork_get_media_type (artwork), NULL,
                                                progress, progress_data, cancellable,
                                                uploaded_cb, g_object_ref (task));
}

/**
 * gum_covers_add_address_async:
 * @self: covers
 * @address: of a picture, a film, or a page of YouTube or Vimeo
 * @cancellable: (nullable): ends it, as long as nothing was sent
 * @callback: called at the end
 * @user_data: for @callback
 *
 * Lets Gumroad fetch a cover itself.
 */
void
gum_covers_add_address_async (GumCovers           *self,
                              const char          *address,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  GError *error = NULL;

  g_return_if_fail (GUM_IS_COVERS (self));
  g_return_if_fail (address != NULL);

  task = new_addition (self, NULL, TRUE, cancellable, callback, user_data);
  if (!gum_artwork_check_address (address, &error))
    g_task_return_error (task, error);
  else if (take_place (task))
    queue_addition (g_steal_pointer (&task), "url", address);
}

/**
 * gum_covers_remove_thumbnail_async:
 * @self: covers
 * @callback: called at the end
 * @user_data: for @callback
 *
 * Leaves the product without a thumbnail.
 */
void
gum_covers_remove_thumbnail_async (GumCovers           *self,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  g_return_if_fail (GUM_IS_COVERS (self));

  queue_step (self, THUMBNAIL_DELETE, NULL, NULL,
              new_addition (self, NULL, FALSE, NULL, callback, user_data));
}

/**
 * gum_covers_finish:
 * @self: covers
 * @result: from the callback
 * @error: return location
 *
 * Errors: those of gum_client_upload_blob_finish() and gum_journal_send_finish(); GUM_ARTWORK_ERROR. After
 * %GUM_ERROR_UNCLEAR the product has been read again where that was possible.
 *
 * Returns: whether it was carried out
 */
gboolean
gum_covers_finish (GumCovers     *self,
                   GAsyncResult  *result,
                   GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, gum_covers_finish), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
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
  g_queue_free_full (self->steps, (GDestroyNotify) step_free);
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
  g_signal_connect_object (product, "notify::covers", G_CALLBACK (emit_changed), self,
                           G_CONNECT_SWAPPED);

  return self;
}

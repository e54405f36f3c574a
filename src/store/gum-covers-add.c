/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What comes to the covers of a product, or becomes its thumbnail: sent to the storage if it is not an
 * address, and then a change like any other. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-covers-private.h"

#include "gum-blob.h"
#include "gum-error.h"

/* What an addition is about: the data of its GTask. */
typedef struct {
  GumArtwork *artwork;
  gboolean    as_thumbnail;
  gboolean    is_counted;
} Addition;

static void
addition_free (Addition *addition)
{
  g_clear_object (&addition->artwork);
  g_free (addition);
}

/* Takes @error. */
void
_gum_covers_end_addition (GTask  *task,
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
      g_autoptr(GPtrArray) all = _gum_covers_dup_all (self);

      if (all->len >= GUM_ARTWORK_MAX_COVERS)
        _gum_covers_commit_all (self);
    }
  _gum_covers_queue_step (self, addition->as_thumbnail ? GUM_COVERS_THUMBNAIL_SET : GUM_COVERS_ADD,
                          NULL, body, task);
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
    _gum_covers_end_addition (task, error);
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
 * @as_thumbnail: replaces the thumbnail, by a picture, instead of adding a cover
 * @cancellable: (nullable): ends it, as long as nothing was sent
 * @callback: called at the end
 * @user_data: for @callback
 *
 * Lets Gumroad fetch a cover, or the thumbnail, itself.
 */
void
gum_covers_add_address_async (GumCovers           *self,
                              const char          *address,
                              gboolean             as_thumbnail,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  GError *error = NULL;

  g_return_if_fail (GUM_IS_COVERS (self));
  g_return_if_fail (address != NULL);

  task = new_addition (self, NULL, !as_thumbnail, cancellable, callback, user_data);
  if (!gum_artwork_check_address (address, &error))
    g_task_return_error (task, error);
  else if (as_thumbnail || take_place (task))
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

  _gum_covers_queue_step (self, GUM_COVERS_THUMBNAIL_DELETE, NULL, NULL,
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

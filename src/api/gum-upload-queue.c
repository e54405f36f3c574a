/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The uploads of the program, in the order in which they were added: two run, the others wait, and those
 * that are over stay until they are cleared. What one waits for is never more than the two before it;
 * an upload that was cancelled, and is still busy aborting, takes nobody's turn. */

#define G_LOG_DOMAIN "gum-api"

#include "config.h"

#include "gum-upload-queue.h"
#include "gum-upload-steps.h"

#define MAX_RUNNING 2
/* A program that is to end does not wait longer for its aborts. */
#define GRACE_MS 2000

struct _GumUploadQueue
{
  GObject parent_instance;

  /* owned */
  GPtrArray  *uploads;
  GPtrArray  *ending;        /* GTask, of those who cancelled all */
  GSource    *grace;

  /* plain */
  guint       batch;         /* the first upload since nothing was active */
  guint       n_busy;        /* uploads that have not returned */
  guint       active;
  guint64     sent;
  guint64     total;
};

enum {
  PROP_ACTIVE = 1,
  PROP_SENT,
  PROP_TOTAL,
  N_PROPS
};

static void gum_upload_queue_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GumUploadQueue, gum_upload_queue, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      gum_upload_queue_list_model_init))

static GParamSpec *properties[N_PROPS];

/* Counts anew: what still runs or waits, and the bytes of all that was added since nothing did. What
 * has failed is left out, for it will never be sent. */
static void
update_numbers (GumUploadQueue *self)
{
  guint active = 0;
  guint64 sent = 0, total = 0;

  for (guint i = 0; i < self->uploads->len; i++)
    {
      GumUpload *upload = self->uploads->pdata[i];
      gboolean is_final = gum_upload_is_final (upload);

      active += !is_final;
      if (i >= self->batch && (!is_final || gum_upload_get_state (upload) == GUM_UPLOAD_DONE))
        {
          sent += gum_upload_get_sent (upload);
          total += gum_upload_get_total (upload);
        }
    }

  g_object_freeze_notify (G_OBJECT (self));
  if (self->active != active)
    {
      self->active = active;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIVE]);
    }
  if (self->sent != sent)
    {
      self->sent = sent;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SENT]);
    }
  if (self->total != total)
    {
      self->total = total;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TOTAL]);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

static void
finish_ending (GumUploadQueue *self)
{
  g_autoptr(GPtrArray) tasks = g_steal_pointer (&self->ending);

  self->ending = g_ptr_array_new_with_free_func (g_object_unref);
  if (self->grace != NULL)
    g_source_destroy (self->grace);
  g_clear_pointer (&self->grace, g_source_unref);
  for (guint i = 0; i < tasks->len; i++)
    g_task_return_boolean (tasks->pdata[i], self->n_busy == 0);
}

static void
ran_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      data)
{
  g_autoptr(GumUploadQueue) self = data;

  /* How it ended stands in the upload. */
  gum_upload_run_finish (GUM_UPLOAD (source), result, NULL);
  self->n_busy--;
  if (self->n_busy == 0)
    finish_ending (self);
}

static void
start_next (GumUploadQueue *self)
{
  guint n_running = 0;

  for (guint i = 0; i < self->uploads->len && n_running < MAX_RUNNING; i++)
    {
      GumUpload *upload = self->uploads->pdata[i];

      if (gum_upload_is_final (upload))
        continue;

      n_running++;
      if (gum_upload_get_attempt (upload) == 0)
        {
          self->n_busy++;
          gum_upload_run_async (upload, ran_cb, g_object_ref (self));
        }
    }
}

static void
state_cb (GumUploadQueue *self)
{
  g_autoptr(GumUploadQueue) hold = g_object_ref (self);

  start_next (self);
  update_numbers (self);
}

/* Only an estimate until it is opened, so that the sum does not grow file by file. */
static void
size_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr(GumUpload) upload = data;
  g_autoptr(GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, NULL);

  if (info != NULL && gum_upload_get_state (upload) == GUM_UPLOAD_WAITING)
    _gum_upload_set_total (upload, g_file_info_get_size (info));
}

static GType
gum_upload_queue_get_item_type (GListModel *model)
{
  return GUM_TYPE_UPLOAD;
}

static guint
gum_upload_queue_get_n_items (GListModel *model)
{
  return GUM_UPLOAD_QUEUE (model)->uploads->len;
}

static gpointer
gum_upload_queue_get_item (GListModel *model,
                           guint       position)
{
  GumUploadQueue *self = GUM_UPLOAD_QUEUE (model);

  return position < self->uploads->len ? g_object_ref (self->uploads->pdata[position]) : NULL;
}

static void
gum_upload_queue_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = gum_upload_queue_get_item_type;
  iface->get_n_items = gum_upload_queue_get_n_items;
  iface->get_item = gum_upload_queue_get_item;
}

static void
gum_upload_queue_get_property (GObject    *object,
                               guint       property_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  GumUploadQueue *self = GUM_UPLOAD_QUEUE (object);

  switch (property_id)
    {
    case PROP_ACTIVE:
      g_value_set_uint (value, self->active);
      break;
    case PROP_SENT:
      g_value_set_uint64 (value, self->sent);
      break;
    case PROP_TOTAL:
      g_value_set_uint64 (value, self->total);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

/* Whoever runs, or waits for the end of all, holds a reference. */
static void
gum_upload_queue_finalize (GObject *object)
{
  GumUploadQueue *self = GUM_UPLOAD_QUEUE (object);

  g_ptr_array_unref (self->uploads);
  g_ptr_array_unref (self->ending);

  G_OBJECT_CLASS (gum_upload_queue_parent_class)->finalize (object);
}

static void
gum_upload_queue_class_init (GumUploadQueueClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = gum_upload_queue_get_property;
  object_class->finalize = gum_upload_queue_finalize;

  /**
   * GumUploadQueue:active:
   *
   * How many uploads run or wait.
   */
  properties[PROP_ACTIVE] = g_param_spec_uint ("active", NULL, NULL, 0, G_MAXUINT, 0, flags);

  /**
   * GumUploadQueue:sent:
   *
   * Bytes that left, of #GumUploadQueue:total.
   */
  properties[PROP_SENT] = g_param_spec_uint64 ("sent", NULL, NULL, 0, G_MAXUINT64, 0, flags);

  /**
   * GumUploadQueue:total:
   *
   * Bytes of all that was added since the queue was idle, without what failed or was cancelled.
   */
  properties[PROP_TOTAL] = g_param_spec_uint64 ("total", NULL, NULL, 0, G_MAXUINT64, 0, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
gum_upload_queue_init (GumUploadQueue *self)
{
  self->uploads = g_ptr_array_new_with_free_func (g_object_unref);
  self->ending = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * gum_upload_queue_new:
 *
 * Returns: (transfer full): an empty queue
 */
GumUploadQueue *
gum_upload_queue_new (void)
{
  return g_object_new (GUM_TYPE_UPLOAD_QUEUE, NULL);
}

/**
 * gum_upload_queue_add:
 * @self: a queue
 * @upload: an upload that never ran
 *
 * Puts it at the end. It runs as soon as it is its turn, which may be at once.
 */
void
gum_upload_queue_add (GumUploadQueue *self,
                      GumUpload      *upload)
{
  g_return_if_fail (GUM_IS_UPLOAD_QUEUE (self));
  g_return_if_fail (GUM_IS_UPLOAD (upload));
  g_return_if_fail (gum_upload_get_attempt (upload) == 0);

  if (self->active == 0)
    self->batch = self->uploads->len;
  g_ptr_array_add (self->uploads, g_object_ref (upload));
  g_signal_connect_object (upload, "notify::state", G_CALLBACK (state_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (upload, "notify::sent", G_CALLBACK (update_numbers), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (upload, "notify::total", G_CALLBACK (update_numbers), self,
                           G_CONNECT_SWAPPED);
  g_file_query_info_async (gum_upload_get_file (upload), G_FILE_ATTRIBUTE_STANDARD_SIZE,
                           G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT, NULL, size_cb,
                           g_object_ref (upload));
  g_list_model_items_changed (G_LIST_MODEL (self), self->uploads->len - 1, 0, 1);

  start_next (self);
  update_numbers (self);
}

/**
 * gum_upload_queue_clear:
 * @self: a queue
 *
 * Takes out all whose state is final.
 */
void
gum_upload_queue_clear (GumUploadQueue *self)
{
  g_return_if_fail (GUM_IS_UPLOAD_QUEUE (self));

  for (guint i = self->uploads->len; i-- > 0;)
    {
      if (!gum_upload_is_final (self->uploads->pdata[i]))
        continue;

      g_signal_handlers_disconnect_by_data (self->uploads->pdata[i], self);
      g_ptr_array_remove_index (self->uploads, i);
      if (i < self->batch)
        self->batch--;
      g_list_model_items_changed (G_LIST_MODEL (self), i, 1, 0);
    }
  update_numbers (self);
}

static gboolean
grace_over_cb (gpointer data)
{
  g_autoptr(GumUploadQueue) self = g_object_ref (data);

  finish_ending (self);

  return G_SOURCE_REMOVE;
}

/**
 * gum_upload_queue_cancel_all_async:
 * @self: a queue
 * @callback: called when everything is aborted at the storage, or after two seconds
 * @user_data: for @callback
 *
 * Cancels all that runs or waits: what a program does before it ends.
 */
void
gum_upload_queue_cancel_all_async (GumUploadQueue      *self,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (GUM_IS_UPLOAD_QUEUE (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, gum_upload_queue_cancel_all_async);
  g_ptr_array_add (self->ending, task);

  /* From the end, so that none that waits gets its turn by that. */
  for (guint i = self->uploads->len; i-- > 0;)
    gum_upload_cancel (self->uploads->pdata[i]);

  if (self->n_busy == 0)
    {
      finish_ending (self);
      return;
    }
  if (self->grace == NULL)
    {
      self->grace = g_timeout_source_new (GRACE_MS);
      g_source_set_callback (self->grace, grace_over_cb, self, NULL);
      g_source_attach (self->grace, g_task_get_context (task));
    }
}

/**
 * gum_upload_queue_cancel_all_finish:
 * @self: a queue
 * @result: from the callback
 *
 * Returns: %TRUE if nothing is under way any more, %FALSE if the time was over first
 */
gboolean
gum_upload_queue_cancel_all_finish (GumUploadQueue *self,
                                    GAsyncResult   *result)
{
  g_return_val_if_fail (GUM_IS_UPLOAD_QUEUE (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, gum_upload_queue_cancel_all_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), NULL);
}

/**
 * gum_upload_queue_get_active:
 * @self: a queue
 *
 * Returns: see #GumUploadQueue:active
 */
guint
gum_upload_queue_get_active (GumUploadQueue *self)
{
  g_return_val_if_fail (GUM_IS_UPLOAD_QUEUE (self), 0);

  return self->active;
}

/**
 * gum_upload_queue_get_sent:
 * @self: a queue
 *
 * Returns: see #GumUploadQueue:sent
 */
guint64
gum_upload_queue_get_sent (GumUploadQueue *self)
{
  g_return_val_if_fail (GUM_IS_UPLOAD_QUEUE (self), 0);

  return self->sent;
}

/**
 * gum_upload_queue_get_total:
 * @self: a queue
 *
 * Returns: see #GumUploadQueue:total
 */
guint64
gum_upload_queue_get_total (GumUploadQueue *self)
{
  g_return_val_if_fail (GUM_IS_UPLOAD_QUEUE (self), 0);

  return self->total;
}

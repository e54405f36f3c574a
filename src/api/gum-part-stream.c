/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A piece of a file as the body of a request: exactly as long as was announced, or an error, never
 * shorter, for libsoup waits for what is missing, and never longer, for it drops that silently.
 *
 *   file ──pread in a thread──▶ back ──when front is used up──▶ front ──8 KiB at a time──▶ libsoup
 *
 * Two buffers are all that is in memory, however long the piece is. It can be read asynchronously
 * only. */

#define G_LOG_DOMAIN "gum-api"

#include "config.h"

#include "gum-part-stream.h"

#include <string.h>

#define BUFFER_SIZE (256 * 1024)

typedef struct {
  guint8 *bytes;
  gsize   length;
  gsize   used;
} Buffer;

struct _GumPartStream
{
  GInputStream parent_instance;

  /* owned */
  GumUploadSource *source;
  Buffer           front;
  Buffer           back;
  GError          *error;          /* after what the buffers hold */

  /* owned: a read that waits for a buffer, or NULL */
  GTask   *reader;
  GSource *reader_cancelled;
  void    *reader_buffer;
  gsize    reader_count;

  /* plain */
  guint64  offset;                 /* of what is read from the file next */
  guint64  end;
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (GumPartStream, gum_part_stream, G_TYPE_INPUT_STREAM)

static void fill (GumPartStream *self);

static void
swap (GumPartStream *self)
{
  Buffer used_up = self->front;

  self->front = self->back;
  self->back = used_up;
  self->back.length = self->back.used = 0;
}

/* Answers a read if that is possible now. */
static gboolean
serve (GumPartStream *self,
       GTask         *task,
       void          *buffer,
       gsize          count)
{
  gsize length;

  if (self->front.used == self->front.length && !self->filling && self->back.length > 0)
    {
      swap (self);
      fill (self);
    }

  length = MIN (count, self->front.length - self->front.used);
  if (length > 0)
    {
      memcpy (buffer, self->front.bytes + self->front.used, length);
      self->front.used += length;
      g_task_return_int (task, length);
      return TRUE;
    }

  if (self->filling)
    return FALSE;

  if (self->error != NULL)
    g_task_return_error (task, g_error_copy (self->error));
  else
    g_task_return_int (task, 0);

  return TRUE;
}

/* The reader's task, which nobody else will answer. */
static GTask *
steal_reader (GumPartStream *self)
{
  if (self->reader_cancelled != NULL)
    g_source_destroy (self->reader_cancelled);
  g_clear_pointer (&self->reader_cancelled, g_source_unref);

  return g_steal_pointer (&self->reader);
}

static gboolean
reader_cancelled_cb (GCancellable *cancellable,
                     gpointer      data)
{
  g_autoptr(GTask) task = steal_reader (data);

  g_task_return_error_if_cancelled (task);

  return G_SOURCE_REMOVE;
}

static void
fill_in_thread (GTask        *task,
                gpointer      object,
                gpointer      data,
                GCancellable *cancellable)
{
  GumPartStream *self = object;
  GError *error = NULL;

  /* While this runs, nobody else touches the back buffer or the offset. */
  if (_gum_upload_source_read (self->source, self->back.bytes, self->back.length, self->offset,
                               &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
filled_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      data)
{
  GumPartStream *self = GUM_PART_STREAM (object);

  self->filling = FALSE;
  if (g_task_propagate_boolean (G_TASK (result), &self->error))
    self->offset += self->back.length;
  else
    self->back.length = 0;

  if (self->reader != NULL)
    {
      g_autoptr(GTask) task = steal_reader (self);

      serve (self, task, self->reader_buffer, self->reader_count);
    }
}

/* Fills the back buffer, if there is more. */
static void
fill (GumPartStream *self)
{
  g_autoptr(GTask) task = NULL;

  if (self->offset == self->end || self->error != NULL)
    return;

  if (self->back.bytes == NULL)
    self->back.bytes = g_malloc (BUFFER_SIZE);
  self->back.length = MIN (BUFFER_SIZE, self->end - self->offset);
  self->back.used = 0;
  self->filling = TRUE;
  task = g_task_new (self, NULL, filled_cb, NULL);
  g_task_run_in_thread (task, fill_in_thread);
}

static void
gum_part_stream_read_async (GInputStream        *stream,
                            void                *buffer,
                            gsize                count,
                            int                  io_priority,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  GumPartStream *self = GUM_PART_STREAM (stream);
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, gum_part_stream_read_async);
  g_task_set_priority (task, io_priority);

  if (g_task_return_error_if_cancelled (task) || serve (self, task, buffer, count))
    return;

  self->reader = g_object_ref (task);
  self->reader_buffer = buffer;
  self->reader_count = count;
  if (cancellable != NULL)
    {
      self->reader_cancelled = g_cancellable_source_new (cancellable);
      g_source_set_callback (self->reader_cancelled, G_SOURCE_FUNC (reader_cancelled_cb), self,
                             NULL);
      g_source_attach (self->reader_cancelled, g_task_get_context (task));
    }
}

static gssize
gum_part_stream_read_finish (GInputStream  *stream,
                             GAsyncResult  *result,
                             GError       **error)
{
  return g_task_propagate_int (G_TASK (result), error);
}

static void
gum_part_stream_finalize (GObject *object)
{
  GumPartStream *self = GUM_PART_STREAM (object);

  g_free (self->front.bytes);
  g_free (self->back.bytes);
  g_clear_error (&self->error);
  _gum_upload_source_unref (self->source);

  G_OBJECT_CLASS (gum_part_stream_parent_class)->finalize (object);
}

static void
gum_part_stream_class_init (GumPartStreamClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GInputStreamClass *stream_class = G_INPUT_STREAM_CLASS (klass);

  object_class->finalize = gum_part_stream_finalize;

  stream_class->read_async = gum_part_stream_read_async;
  stream_class->read_finish = gum_part_stream_read_finish;
}

static void
gum_part_stream_init (GumPartStream *self)
{
}

/* Begins to read at once. */
GInputStream *
_gum_part_stream_new (GumUploadSource *source,
                      guint64          offset,
                      guint64          length)
{
  GumPartStream *self = g_object_new (GUM_TYPE_PART_STREAM, NULL);

  self->source = _gum_upload_source_ref (source);
  self->offset = offset;
  self->end = offset + length;
  fill (self);

  return G_INPUT_STREAM (self);
}

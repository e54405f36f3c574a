/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pictures by address.
 *
 *     load ─▶ (thread) on disk? ─▶ yes: decode ─▶ done
 *                      └─▶ no ─▶ queue, newest first ─▶ fetch ×4 ─▶ (thread) decode, keep ─▶ done
 *
 * The requests of one address share a fetch. No request carries anything that says who asks: no
 * token, no cookie. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-pictures.h"

#include "gum-error.h"
#include "gum-http.h"
#include "gum-picture-decode.h"
#include "gum-picture-disk.h"
#include "gum-util.h"

#define MAX_BYTES (32 * 1024 * 1024)
#define MAX_ON_DISK (64 * 1024 * 1024)
#define MAX_FETCHES 4
#define MAX_THREADS 2
#define MAX_REDIRECTS 5
#define DEADLINE_SECONDS 60
/* Addresses that had nothing to show, not asked again for a while. */
#define MAX_FAILED 256
#define FAILED_SECONDS 300

struct _GumPictures
{
  GObject      parent_instance;

  char        *directory;
  GumHttp     *http;
  GThreadPool *pool;          /* of GTask */

  GHashTable  *fetches;       /* uri → Fetch, owned */
  GQueue       queue;         /* of Fetch not begun, newest first */
  GHashTable  *failed;        /* uri → gint64 *, until when */
  guint        n_fetching;

  guint        allow_loopback : 1;
  guint        is_online : 1;
};

typedef struct {
  GumPictures  *pictures;
  char         *uri;
  GPtrArray    *waiters;      /* of GTask */
  GCancellable *cancellable;  /* set when it has begun */
  SoupMessage  *message;
  guint         n_redirects;
} Fetch;

/* What one caller wants. */
typedef struct {
  char     *directory;
  char     *uri;
  int       width;
  int       height;
  gboolean  cover;

  GBytes   *bytes;            /* as fetched; NULL: look on disk */
  gint64    number;
  GSource  *cancelled;
} Wish;

G_DEFINE_FINAL_TYPE (GumPictures, gum_pictures, G_TYPE_OBJECT)

static void begin_fetches (GumPictures *self);

static void
wish_free (gpointer data)
{
  Wish *wish = data;

  if (wish->cancelled != NULL)
    {
      g_source_destroy (wish->cancelled);
      g_source_unref (wish->cancelled);
    }
  g_clear_pointer (&wish->bytes, g_bytes_unref);
  g_free (wish->directory);
  g_free (wish->uri);
  g_free (wish);
}

static void
fetch_clear (gpointer data)
{
  Fetch *fetch = data;

  g_ptr_array_unref (fetch->waiters);
  g_clear_object (&fetch->cancellable);
  g_clear_object (&fetch->message);
  g_clear_object (&fetch->pictures);
  g_free (fetch->uri);
}

static void
fetch_unref (gpointer fetch)
{
  g_rc_box_release_full (fetch, fetch_clear);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fetch, fetch_unref)

/* --- in a thread ------------------------------------------------------------------------------ */

/* Newest first. */
static int
compare_tasks (gconstpointer a,
               gconstpointer b,
               gpointer      data)
{
  const Wish *first = g_task_get_task_data ((GTask *) a);
  const Wish *second = g_task_get_task_data ((GTask *) b);

  return first->number > second->number ? -1 : first->number < second->number;
}

/* The inner task of a wish: a picture, or NULL without an error when it is not on disk. */
static void
work (gpointer data,
      gpointer user_data)
{
  g_autoptr(GTask) task = data;
  Wish *wish = g_task_get_task_data (task);
  g_autoptr(GBytes) bytes = NULL;
  GError *error = NULL;
  GdkPixbuf *pixbuf;

  if (g_task_return_error_if_cancelled (task))
    return;

  if (wish->bytes != NULL)
    bytes = g_bytes_ref (wish->bytes);
  else if (wish->directory != NULL)
    bytes = gum_picture_disk_read (wish->directory, wish->uri);
  if (bytes == NULL)
    {
      g_task_return_pointer (task, NULL, NULL);
      return;
    }

  pixbuf = gum_picture_decode (bytes, wish->width, wish->height, wish->cover,
                               g_task_get_cancellable (task), &error);
  if (pixbuf != NULL)
    {
      if (wish->bytes != NULL && wish->directory != NULL)
        {
          gum_picture_disk_write (wish->directory, wish->uri, bytes, MAX_ON_DISK);
          gum_picture_disk_trim (wish->directory, MAX_ON_DISK);
        }
      g_task_return_pointer (task, pixbuf, g_object_unref);
    }
  else if (wish->bytes == NULL && g_error_matches (error, GUM_ERROR, GUM_ERROR_PICTURE))
    {
      /* Cut by a crash, or written by somebody else. */
      gum_picture_disk_drop (wish->directory, wish->uri);
      g_error_free (error);
      g_task_return_pointer (task, NULL, NULL);
    }
  else
    g_task_return_error (task, error);
}

/* --- in the main thread ----------------------------------------------------------------------- */

static void
remember_failure (GumPictures *self,
                  const char  *uri)
{
  gint64 *until = g_new (gint64, 1);

  if (g_hash_table_size (self->failed) >= MAX_FAILED)
    g_hash_table_remove_all (self->failed);
  *until = g_get_monotonic_time () + FAILED_SECONDS * G_USEC_PER_SEC;
  g_hash_table_insert (self->failed, g_strdup (uri), until);
}

static gboolean
has_failed (GumPictures *self,
            const char  *uri)
{
  gint64 *until = g_hash_table_lookup (self->failed, uri);

  return until != NULL && *until > g_get_monotonic_time ();
}

/* A wish is over; nothing may come from its cancellable any more. */
static void
settle (GTask     *task,
        GdkPixbuf *pixbuf,
        GError    *error)
{
  Wish *wish = g_task_get_task_data (task);

  if (wish->cancelled != NULL)
    g_source_destroy (wish->cancelled);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, pixbuf, g_object_unref);
}

/* Another one for the same address may have taken its place since it was given up. */
static void
forget_fetch (Fetch *fetch)
{
  if (g_hash_table_lookup (fetch->pictures->fetches, fetch->uri) == fetch)
    g_hash_table_remove (fetch->pictures->fetches, fetch->uri);
}

static void
fail_all (Fetch  *fetch,
          GError *error)
{
  g_autoptr(Fetch) alive = g_rc_box_acquire (fetch);
  g_autoptr(GPtrArray) waiters = g_ptr_array_ref (fetch->waiters);
  g_autoptr(GError) owned = error;

  forget_fetch (fetch);
  for (guint i = 0; i < waiters->len; i++)
    settle (g_ptr_array_index (waiters, i), NULL, g_error_copy (owned));
}

static void
join_fetch (GumPictures *self,
            GTask       *task)
{
  Wish *wish = g_task_get_task_data (task);
  Fetch *fetch = g_hash_table_lookup (self->fetches, wish->uri);

  if (fetch == NULL)
    {
      fetch = g_rc_box_new0 (Fetch);
      fetch->pictures = g_object_ref (self);
      fetch->uri = g_strdup (wish->uri);
      fetch->waiters = g_ptr_array_new_with_free_func (g_object_unref);
      g_hash_table_insert (self->fetches, fetch->uri, fetch);
    }
  g_ptr_array_add (fetch->waiters, g_object_ref (task));
  if (fetch->cancellable == NULL)
    {
      g_queue_remove (&self->queue, fetch);
      g_queue_push_head (&self->queue, fetch);
    }

  begin_fetches (self);
}

static void
worked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GumPictures *self = g_task_get_source_object (task);
  Wish *wish = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr(GdkPixbuf) pixbuf = g_task_propagate_pointer (G_TASK (result), &error);

  if (pixbuf != NULL || error != NULL)
    {
      if (g_error_matches (error, GUM_ERROR, GUM_ERROR_PICTURE))
        remember_failure (self, wish->uri);
      settle (task, g_steal_pointer (&pixbuf), error);
    }
  else if (g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    settle (task, NULL, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled"));
  else if (!self->is_online)
    settle (task, NULL, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE,
                                             "The picture is not on disk"));
  else if (has_failed (self, wish->uri))
    settle (task, NULL, g_error_new_literal (GUM_ERROR, GUM_ERROR_PICTURE,
                                             "There was no picture a moment ago"));
  else
    join_fetch (self, task);
}

/* Decodes @bytes, or what is on disk, for one wish. */
static void
start_work (GumPictures *self,
            GTask       *task,
            GBytes      *bytes)
{
  static gint64 number;
  Wish *wish = g_task_get_task_data (task);
  Wish *copy = g_new0 (Wish, 1);
  /* Without a source object: a thread may be the last one to let go of this task. */
  g_autoptr(GTask) inner = g_task_new (NULL, g_task_get_cancellable (task), worked_cb,
                                       g_object_ref (task));

  copy->directory = g_strdup (wish->directory);
  copy->uri = g_strdup (wish->uri);
  copy->width = wish->width;
  copy->height = wish->height;
  copy->cover = wish->cover;
  copy->bytes = bytes != NULL ? g_bytes_ref (bytes) : NULL;
  copy->number = number++;
  g_task_set_source_tag (inner, start_work);
  g_task_set_task_data (inner, copy, wish_free);
  g_thread_pool_push (self->pool, g_steal_pointer (&inner), NULL);
}

static void
finish_fetch (Fetch  *fetch,
              GBytes *bytes)
{
  GumPictures *self = fetch->pictures;
  g_autoptr(GPtrArray) waiters = g_ptr_array_ref (fetch->waiters);

  forget_fetch (fetch);
  for (guint i = 0; i < waiters->len; i++)
    start_work (self, g_ptr_array_index (waiters, i), bytes);
}

static gboolean send_fetch (Fetch       *fetch,
                            const char  *uri,
                            GError     **error);

/* By hand, so that each step is looked at: a redirect must not lead off https. */
static gboolean
follow (Fetch   *fetch,
        GError **error)
{
  const char *location =
    soup_message_headers_get_one (soup_message_get_response_headers (fetch->message), "Location");
  g_autoptr(GUri) target = NULL;
  g_autofree char *uri = NULL;

  if (location != NULL && fetch->n_redirects++ < MAX_REDIRECTS)
    target = g_uri_parse_relative (soup_message_get_uri (fetch->message), location,
                                   SOUP_HTTP_URI_FLAGS, NULL);
  if (target == NULL)
    {
      g_set_error_literal (error, GUM_ERROR, GUM_ERROR_PICTURE, "The picture is always elsewhere");
      return FALSE;
    }

  uri = g_uri_to_string (target);

  return send_fetch (fetch, uri, error);
}

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(Fetch) fetch = user_data;
  g_autoptr(GumPictures) self = g_object_ref (fetch->pictures);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = gum_http_send_finish (GUM_HTTP (source), result, &error);
  guint status = bytes != NULL ? soup_message_get_status (fetch->message) : 0;

  if (bytes != NULL && SOUP_STATUS_IS_REDIRECTION (status) && status != SOUP_STATUS_NOT_MODIFIED &&
      !g_cancellable_is_cancelled (fetch->cancellable) && follow (fetch, &error))
    return;

  self->n_fetching--;
  if (error == NULL && status != SOUP_STATUS_OK)
    error = gum_error_new_http (GUM_ERROR_PICTURE, status, NULL, "The picture is not there");
  if (g_error_matches (error, GUM_ERROR, GUM_ERROR_PICTURE) ||
      g_error_matches (error, GUM_ERROR, GUM_ERROR_TOO_LARGE))
    remember_failure (self, fetch->uri);

  if (error != NULL)
    fail_all (fetch, g_steal_pointer (&error));
  else
    finish_fetch (fetch, bytes);
  begin_fetches (self);
}

static gboolean
check_address (GumPictures  *self,
               const char   *uri,
               GError      **error)
{
  if (!gum_uri_check_secure (uri, error))
    return FALSE;
  if (self->allow_loopback || g_ascii_strncasecmp (uri, "https:", 6) == 0)
    return TRUE;

  g_set_error_literal (error, GUM_ERROR, GUM_ERROR_INSECURE, "Only https is allowed");

  return FALSE;
}

static gboolean
send_fetch (Fetch       *fetch,
            const char  *uri,
            GError     **error)
{
  GumPictures *self = fetch->pictures;
  const GumHttpPolicy policy = { .max_body = MAX_BYTES, .deadline = DEADLINE_SECONDS };

  if (!check_address (self, uri, error))
    return FALSE;

  g_clear_object (&fetch->message);
  fetch->message = soup_message_new (SOUP_METHOD_GET, uri);
  if (fetch->message == NULL)
    {
      g_set_error_literal (error, GUM_ERROR, GUM_ERROR_PICTURE, "The address is broken");
      return FALSE;
    }

  soup_message_headers_replace (soup_message_get_request_headers (fetch->message), "Accept",
                                "image/webp, image/png, image/jpeg, image/gif");
  gum_http_send_async (self->http, fetch->message, &policy, fetch->cancellable,
                       sent_cb, g_rc_box_acquire (fetch));

  return TRUE;
}

static void
begin_fetches (GumPictures *self)
{
  Fetch *fetch;

  while (self->n_fetching < MAX_FETCHES && (fetch = g_queue_pop_head (&self->queue)) != NULL)
    {
      g_autoptr(GError) error = NULL;

      fetch->cancellable = g_cancellable_new ();
      if (send_fetch (fetch, fetch->uri, &error))
        self->n_fetching++;
      else
        fail_all (fetch, g_steal_pointer (&error));
    }
}

/* Nobody else wants it: not begun, it is forgotten; begun, it is broken off. */
static void
leave_fetch (GumPictures *self,
             GTask       *task)
{
  Wish *wish = g_task_get_task_data (task);
  Fetch *fetch = g_hash_table_lookup (self->fetches, wish->uri);

  if (fetch == NULL || !g_ptr_array_remove (fetch->waiters, task) || fetch->waiters->len > 0)
    return;

  g_queue_remove (&self->queue, fetch);
  if (fetch->cancellable != NULL)
    g_cancellable_cancel (fetch->cancellable);
  g_hash_table_remove (self->fetches, fetch->uri);
}

static gboolean
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  g_autoptr(GTask) task = g_object_ref (user_data);
  GumPictures *self = g_task_get_source_object (task);
  Fetch *fetch = g_hash_table_lookup (self->fetches, ((Wish *) g_task_get_task_data (task))->uri);

  /* A wish that a thread works on ends there. */
  if (fetch != NULL && g_ptr_array_find (fetch->waiters, task, NULL))
    {
      leave_fetch (self, task);
      settle (task, NULL, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled"));
    }

  return G_SOURCE_REMOVE;
}

static void
gum_pictures_finalize (GObject *object)
{
  GumPictures *self = GUM_PICTURES (object);

  /* Work holds a reference, so the pool is idle. */
  g_thread_pool_free (self->pool, FALSE, FALSE);
  g_clear_object (&self->http);
  g_hash_table_unref (self->fetches);
  g_hash_table_unref (self->failed);
  g_queue_clear (&self->queue);
  g_free (self->directory);

  G_OBJECT_CLASS (gum_pictures_parent_class)->finalize (object);
}

static void
gum_pictures_class_init (GumPicturesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gum_pictures_finalize;
}

static void
gum_pictures_init (GumPictures *self)
{
  self->http = gum_http_new ();
  self->pool = g_thread_pool_new (work, NULL, MAX_THREADS, FALSE, NULL);
  g_thread_pool_set_sort_function (self->pool, compare_tasks, NULL);
  self->fetches = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, fetch_unref);
  self->failed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_queue_init (&self->queue);
  self->is_online = TRUE;
}

/**
 * gum_pictures_new:
 * @directory: (nullable): where pictures are kept; made, with mode 0700, when there is the first one;
 *   %NULL to keep none
 * @allow_loopback: whether plain http to a loopback address will do, for the sample store
 *
 * Up to 64 MiB of pictures are kept; those that were not shown for longest go first.
 *
 * Returns: (transfer full): a source of pictures
 */
GumPictures *
gum_pictures_new (const char *directory,
                  gboolean    allow_loopback)
{
  GumPictures *self;

  self = g_object_new (GUM_TYPE_PICTURES, NULL);
  self->directory = g_strdup (directory);
  self->allow_loopback = !!allow_loopback;

  return self;
}

/**
 * gum_pictures_load_async:
 * @self: a source of pictures
 * @uri: where it is: https
 * @width: in device pixels
 * @height: in device pixels
 * @cover: %TRUE to fill @width × @height and cut off what is outside, %FALSE to stay within
 * @cancellable: (nullable): a cancellable; a fetch that nobody else waits for is broken off
 * @callback: called with the picture
 * @user_data: for @callback
 *
 * Takes the picture from disk or from the network, and decodes it in a thread. PNG, JPEG and GIF
 * (the first frame), and WebP where a loader for it is installed. A picture is never made larger.
 */
void
gum_pictures_load_async (GumPictures         *self,
                         const char          *uri,
                         int                  width,
                         int                  height,
                         gboolean             cover,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  GError *error = NULL;
  Wish *wish;

  g_return_if_fail (GUM_IS_PICTURES (self));
  g_return_if_fail (uri != NULL);
  g_return_if_fail (width > 0 && height > 0);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, gum_pictures_load_async);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (!check_address (self, uri, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  wish = g_new0 (Wish, 1);
  wish->directory = g_strdup (self->directory);
  wish->uri = g_strdup (uri);
  wish->width = width;
  wish->height = height;
  wish->cover = cover;
  g_task_set_task_data (task, wish, wish_free);
  if (cancellable != NULL)
    {
      wish->cancelled = g_cancellable_source_new (cancellable);
      g_source_set_callback (wish->cancelled, G_SOURCE_FUNC (cancelled_cb), task, NULL);
      g_source_attach (wish->cancelled, g_main_context_get_thread_default ());
    }

  start_work (self, task, NULL);
}

/**
 * gum_pictures_load_finish:
 * @self: a source of pictures
 * @result: from the callback
 * @error: return location: %GUM_ERROR_PICTURE, %GUM_ERROR_INSECURE, %GUM_ERROR_TOO_LARGE, or what
 *   the transport said; %G_IO_ERROR_NETWORK_UNREACHABLE when it is not on disk and nothing
 *   may be fetched
 *
 * Returns: (transfer full): the picture
 */
GdkPixbuf *
gum_pictures_load_finish (GumPictures   *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * gum_pictures_set_online:
 * @self: a source of pictures
 * @online: %FALSE to show only what is on disk
 *
 * For connections that are metered or gone.
 */
void
gum_pictures_set_online (GumPictures *self,
                         gboolean     online)
{
  g_return_if_fail (GUM_IS_PICTURES (self));

  self->is_online = !!online;
}

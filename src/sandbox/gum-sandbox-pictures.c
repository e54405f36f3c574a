/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * /pictures/KIND-WIDTHxHEIGHT-SEED.EXTENSION, with these kinds: "art" is painted, "truncated" is
 * the first half of that, "broken" is no picture at all, "vector" is a small SVG, and anything
 * else is missing.  Painting is done by other threads, and what was painted is kept.
 */
#define G_LOG_DOMAIN "gum-sandbox"

#include "config.h"

#include "gum-sandbox-private.h"

#include <stdio.h>

#define MAX_SIDE 6000
#define LARGE_SIDE 1500

typedef struct
{
  char kind[16];
  char extension[8];
  guint width;
  guint height;
  guint seed;
} Request;

typedef struct
{
  GumSandboxState *state;       /* borrowed: it waits for all painters */
  GumSandboxCall *call;         /* NULL when the call has ended meanwhile */
  Request request;
  char *path;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  if (job->call != NULL)
    job->call->watcher = NULL;
  g_free (job->path);
  g_free (job);
}

static const char *
content_type_of (const char *extension)
{
  if (g_str_equal (extension, "png"))
    return "image/png";
  if (g_str_equal (extension, "jpg"))
    return "image/jpeg";
  if (g_str_equal (extension, "gif"))
    return "image/gif";

  return "image/svg+xml";
}

static GBytes *
paint (const Request *request)
{
  guint scale = 1;
  g_autofree guint8 *pixels = NULL;

  if (g_str_equal (request->extension, "png") && MAX (request->width, request->height) > LARGE_SIDE)
    for (guint i = 2; i <= 8 && scale == 1; i++)
      if (request->width % i == 0 && request->height % i == 0 &&
          MAX (request->width, request->height) / i <= LARGE_SIDE)
        scale = i;

  pixels = gum_sandbox_picture_paint (request->width / scale, request->height / scale,
                                      request->seed);
  if (g_str_equal (request->extension, "jpg"))
    return gum_sandbox_encode_jpeg (pixels, request->width, request->height);
  if (g_str_equal (request->extension, "gif"))
    return gum_sandbox_encode_gif (pixels, request->width, request->height);

  return gum_sandbox_encode_png (pixels, request->width / scale, request->height / scale, scale);
}

static GBytes *
make_garbage (guint seed)
{
  guint64 random = seed;
  guint64 words[128];

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    words[i] = random = gum_sandbox_mix (random);

  return g_bytes_new (words, sizeof words);
}

static GBytes *
make_vector (void)
{
  static const char svg[] =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"600\" height=\"600\">"
    "<rect width=\"600\" height=\"600\" fill=\"#ff90e8\"/></svg>\n";

  return g_bytes_new_static (svg, sizeof svg - 1);
}

static void
paint_thread (GTask        *task,
              gpointer      source,
              gpointer      data,
              GCancellable *cancellable)
{
  Job *job = data;
  GBytes *bytes;

  if (g_str_equal (job->request.kind, "broken"))
    {
      bytes = make_garbage (job->request.seed);
    }
  else if (g_str_equal (job->request.kind, "vector"))
    {
      bytes = make_vector ();
    }
  else
    {
      bytes = paint (&job->request);
      if (g_str_equal (job->request.kind, "truncated"))
        {
          GBytes *half = g_bytes_new_from_bytes (bytes, 0, g_bytes_get_size (bytes) / 2);

          g_bytes_unref (bytes);
          bytes = half;
        }
    }

  g_task_return_pointer (task, bytes, (GDestroyNotify) g_bytes_unref);
}

static void
answer_picture (GumSandboxCall *call,
                const char     *extension,
                GBytes         *bytes)
{
  gum_sandbox_call_header (call, "Cache-Control", "public, max-age=31536000");
  gum_sandbox_call_answer (call, 200, content_type_of (extension), bytes);
}

static void
painted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  Job *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (GBytes) bytes = g_task_propagate_pointer (G_TASK (result), NULL);
  GumSandboxCall *call = job->call;

  job->state->n_busy--;
  g_hash_table_replace (job->state->pictures, g_strdup (job->path), g_bytes_ref (bytes));
  if (call != NULL)
    {
      call->watcher = NULL;
      job->call = NULL;
      answer_picture (call, job->request.extension, bytes);
      gum_sandbox_call_finish (call);
    }
}

static gboolean
parse (const char *name,
       Request    *request)
{
  static const char *const kinds[] = { "art", "truncated", "broken", "vector", NULL };
  static const char *const extensions[] = { "png", "jpg", "gif", "svg", NULL };

  return sscanf (name, "%15[a-z]-%ux%u-%u.%7[a-z]", request->kind, &request->width,
                 &request->height, &request->seed, request->extension) == 5 &&
         g_strv_contains (kinds, request->kind) &&
         g_strv_contains (extensions, request->extension) &&
         request->width >= 1 && request->width <= MAX_SIDE &&
         request->height >= 1 && request->height <= MAX_SIDE;
}

static void
picture_cb (GumSandboxCall *call)
{
  GBytes *known = g_hash_table_lookup (call->state->pictures, call->path);
  g_autoptr (GTask) task = NULL;
  Request request;
  Job *job;

  if (!parse (call->args[0], &request))
    {
      gum_sandbox_call_text (call, 404, "text/html; charset=utf-8",
                             "<!DOCTYPE html><title>404</title><h1>Not found</h1>");
      return;
    }

  if (known != NULL)
    {
      answer_picture (call, request.extension, known);
      return;
    }

  job = g_new0 (Job, 1);
  job->state = call->state;
  job->call = call;
  job->request = request;
  job->path = g_strdup (call->path);
  call->watcher = &job->call;
  call->pending = TRUE;
  gum_sandbox_call_hold (call);

  task = g_task_new (NULL, NULL, painted_cb, NULL);
  g_task_set_source_tag (task, picture_cb);
  g_task_set_task_data (task, job, job_free);
  call->state->n_busy++;
  g_task_run_in_thread (task, paint_thread);
}

/* What buyers download.  There is nothing behind it but a few bytes. */
static void
file_cb (GumSandboxCall *call)
{
  gum_sandbox_call_header (call, "Content-Disposition", "attachment");
  gum_sandbox_call_text (call, 200, "application/octet-stream", "A file of the sample store.\n");
}

const GumSandboxRoute gum_sandbox_picture_routes[] = {
  { "GET", "/pictures/:name", 0, picture_cb },
  { "GET", "/files/:guid/:name", 0, file_cb },
  { NULL },
};

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the sandbox writes is read by someone else's reader.
 */
#define G_LOG_DOMAIN "test"

#include "config.h"

#include "sandbox-test.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

static void
get_picture (Fixture    *fixture,
             const char *name)
{
  g_autofree char *url = NULL;

  url = g_strdup_printf ("http://127.0.0.1:%u/pictures/%s",
                         gum_sandbox_get_port (fixture->sandbox), name);
  fixture_send (fixture, "GET", url, NULL, NULL, NULL);
}

static GdkPixbuf *
load (Fixture  *fixture,
      GError  **error)
{
  g_autoptr (GInputStream) stream = NULL;

  stream = g_memory_input_stream_new_from_data (g_memdup2 (fixture->body, fixture->length),
                                                (gssize) fixture->length, g_free);

  return gdk_pixbuf_new_from_stream (stream, NULL, error);
}

static void
test_formats (Fixture       *fixture,
              gconstpointer  data)
{
  static const struct
  {
    const char *name;
    const char *type;
    int width, height;
  } cases[] = {
    { "art-600x600-5.png", "image/png", 600, 600 },
    { "art-1280x721-8.png", "image/png", 1280, 721 },
    { "art-1x1-3.png", "image/png", 1, 1 },
    { "art-601x333-4.jpg", "image/jpeg", 601, 333 },
    { "art-7x9-12.jpg", "image/jpeg", 7, 9 },
    { "art-301x207-13.gif", "image/gif", 301, 207 },
    { "art-1600x900-20.png", "image/png", 1600, 900 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GdkPixbuf) picture = NULL;
      g_autoptr (GError) error = NULL;

      get_picture (fixture, cases[i].name);
      g_assert_cmpuint (fixture->status, ==, 200);
      g_assert_cmpstr (fixture_header (fixture, "Content-Type"), ==, cases[i].type);
      picture = load (fixture, &error);
      g_assert_no_error (error);
      g_assert_cmpint (gdk_pixbuf_get_width (picture), ==, cases[i].width);
      g_assert_cmpint (gdk_pixbuf_get_height (picture), ==, cases[i].height);
    }
}

static void
mean_colour (GdkPixbuf *picture,
             double     mean[3])
{
  const guint8 *pixels = gdk_pixbuf_read_pixels (picture);
  int n = gdk_pixbuf_get_n_channels (picture);

  for (int c = 0; c < 3; c++)
    {
      mean[c] = 0;
      for (int y = 0; y < gdk_pixbuf_get_height (picture); y++)
        for (int x = 0; x < gdk_pixbuf_get_width (picture); x++)
          mean[c] += pixels[y * gdk_pixbuf_get_rowstride (picture) + x * n + c];
      mean[c] /= gdk_pixbuf_get_height (picture) * gdk_pixbuf_get_width (picture);
    }
}

/* The three encoders show the same picture. */
static void
test_agreement (Fixture       *fixture,
                gconstpointer  data)
{
  static const char *const names[] = { "art-200x160-7.png", "art-200x160-7.jpg",
                                       "art-200x160-7.gif" };
  static const double tolerance[] = { 0, 2, 14 };
  double first[3] = { 0, 0, 0 };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GdkPixbuf) picture = NULL;
      g_autoptr (GError) error = NULL;
      double mean[3];

      get_picture (fixture, names[i]);
      picture = load (fixture, &error);
      g_assert_no_error (error);
      mean_colour (picture, mean);
      for (guint c = 0; c < 3; c++)
        {
          if (i == 0)
            first[c] = mean[c];
          g_assert_cmpfloat_with_epsilon (mean[c], first[c], tolerance[i] + 0.01);
        }
    }
}

static void
test_bad_ones (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (GdkPixbuf) picture = NULL;
  g_autoptr (GError) error = NULL;
  gsize whole;

  get_picture (fixture, "broken-600x600-3.png");
  g_assert_cmpuint (fixture->status, ==, 200);
  g_assert_cmpstr (fixture_header (fixture, "Content-Type"), ==, "image/png");
  picture = load (fixture, &error);
  g_assert_nonnull (error);

  get_picture (fixture, "art-600x600-3.png");
  whole = fixture->length;
  get_picture (fixture, "truncated-600x600-3.png");
  g_assert_cmpuint (fixture->length, ==, whole / 2);

  get_picture (fixture, "missing-600x600-3.png");
  g_assert_cmpuint (fixture->status, ==, 404);
  get_picture (fixture, "art-60000x600-3.png");
  g_assert_cmpuint (fixture->status, ==, 404);
  get_picture (fixture, "vector-600x600-3.svg");
  g_assert_cmpstr (fixture_header (fixture, "Content-Type"), ==, "image/svg+xml");
}

static void
test_huge (Fixture       *fixture,
           gconstpointer  data)
{
  get_picture (fixture, "art-4000x3000-3.png");
  g_assert_cmpuint (fixture->status, ==, 200);
  g_assert_cmpuint (fixture->length, <, 2 * 1024 * 1024);
}

static void
test_kept (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (JsonObject) stats = NULL;

  get_picture (fixture, "art-60x60-3.png");
  get_picture (fixture, "art-60x60-3.png");
  get_picture (fixture, "missing-60x60-3.png");
  stats = fixture_control (fixture, "stats", "{}");
  g_assert_cmpint (json_object_get_int_member (stats, "pictures"), ==, 1);
}

typedef struct
{
  GMainLoop *loop;
  guint left;
} Burst;

static void
received_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  Burst *burst = data;
  g_autoptr (GBytes) bytes = NULL;

  bytes = soup_session_send_and_read_finish (SOUP_SESSION (source), result, NULL);
  if (--burst->left == 0)
    g_main_loop_quit (burst->loop);
}

/* Stopping while painters are at work, and clients that leave before their picture is there. */
static void
test_leave_early (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Burst burst = { loop, 6 };

  for (guint i = 0; i < 6; i++)
    {
      g_autofree char *url = NULL;
      g_autoptr (SoupMessage) message = NULL;

      url = g_strdup_printf ("http://127.0.0.1:%u/pictures/art-900x900-%u.png",
                             gum_sandbox_get_port (fixture->sandbox), i);
      message = soup_message_new ("GET", url);
      soup_session_send_and_read_async (fixture->session, message, G_PRIORITY_DEFAULT,
                                        i % 2 == 0 ? cancellable : NULL, received_cb, &burst);
    }
  while (burst.left == 6)
    g_main_context_iteration (NULL, TRUE);
  g_cancellable_cancel (cancellable);
  gum_sandbox_stop (fixture->sandbox);
  if (burst.left > 0)
    g_main_loop_run (loop);
}

#define ADD(path, func) \
  g_test_add ("/sandbox/pictures/" path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("formats", test_formats);
  ADD ("agreement", test_agreement);
  ADD ("bad-ones", test_bad_ones);
  ADD ("huge", test_huge);
  ADD ("kept", test_kept);
  ADD ("leave-early", test_leave_early);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How fast writes may follow each other. */

#include "config.h"

#include "gum-pace.h"

/* Never more than Gumroad takes, in any window, and not slower than that needs. */
static void
test_pace (void)
{
  static const struct {
    guint  n;
    gint64 seconds;
  } limits[] = { { 30, 60 }, { 60, 64 }, { 90, 512 }, { 120, 4096 }, { 150, 32768 },
                { 180, 262144 } };
  g_autoptr(GumPace) pace = gum_pace_new ();
  gint64 times[500];
  gint64 now = 0;

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      now = gum_pace_get_next (pace, now);
      gum_pace_add (pace, now);
      times[i] = now;
    }

  for (guint l = 0; l < G_N_ELEMENTS (limits); l++)
    for (guint i = limits[l].n; i < G_N_ELEMENTS (times); i++)
      g_assert_cmpint (times[i] - times[i - limits[l].n], >, limits[l].seconds * G_USEC_PER_SEC);

  g_assert_cmpint (times[29], ==, 0);
  g_assert_cmpint (times[30], ==, 61 * G_USEC_PER_SEC);
  g_assert_cmpint (times[60], ==, 122 * G_USEC_PER_SEC);
  g_assert_cmpint (times[90], ==, 513 * G_USEC_PER_SEC);
  g_assert_cmpint (times[120], ==, 4097 * (gint64) G_USEC_PER_SEC);
  g_assert_cmpint (times[150], ==, 32769 * (gint64) G_USEC_PER_SEC);
  g_assert_cmpint (times[180], ==, 262145 * (gint64) G_USEC_PER_SEC);
}

static void
test_forecast (void)
{
  g_autoptr(GumPace) pace = gum_pace_new ();

  g_assert_cmpint (gum_pace_forecast (pace, 0, 0, G_USEC_PER_SEC), ==, 0);
  g_assert_cmpint (gum_pace_forecast (pace, 0, 10, G_USEC_PER_SEC), ==, 10 * G_USEC_PER_SEC);
  /* The 31st begins a minute after the first. */
  g_assert_cmpint (gum_pace_forecast (pace, 0, 31, G_USEC_PER_SEC), ==, 62 * G_USEC_PER_SEC);
  for (guint i = 0; i < 30; i++)
    gum_pace_add (pace, 0);
  g_assert_cmpint (gum_pace_forecast (pace, 0, 1, 0), ==, 61 * G_USEC_PER_SEC);
  /* Forecasting is not sending. */
  g_assert_cmpint (gum_pace_get_next (pace, 0), ==, 61 * G_USEC_PER_SEC);
  gum_pace_set_scale (pace, 0.5);
  g_assert_cmpint (gum_pace_get_next (pace, 0), ==, 30500000);
}

/* One a second, whatever each takes; slower where each takes longer. */
static void
test_listed (void)
{
  g_autoptr(GumPace) pace = gum_pace_new ();

  g_assert_cmpint (gum_pace_get_next_listed (pace, 5), ==, 5);
  g_assert_cmpint (gum_pace_forecast_listed (pace, 5, 0, G_USEC_PER_SEC), ==, 5);
  gum_pace_add_listed (pace, 5);
  g_assert_cmpint (gum_pace_get_next_listed (pace, 10), ==, 5 + G_USEC_PER_SEC);
  g_assert_cmpint (gum_pace_get_next_listed (pace, 2 * G_USEC_PER_SEC), ==, 2 * G_USEC_PER_SEC);
  g_assert_cmpint (gum_pace_forecast_listed (pace, 10, 60, 100), ==, 5 + 60 * G_USEC_PER_SEC + 100);
  g_assert_cmpint (gum_pace_forecast_listed (pace, 10, 3, 2 * G_USEC_PER_SEC), ==,
                   5 + 7 * G_USEC_PER_SEC);
  /* Products are counted by themselves. */
  g_assert_cmpint (gum_pace_get_next (pace, 10), ==, 10);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/store/pace/limits", test_pace);
  g_test_add_func ("/store/pace/forecast", test_forecast);

  g_test_add_func ("/store/pace/listed", test_listed);

  return g_test_run ();
}

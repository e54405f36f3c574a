/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Both notations of a time, what is none, and the words for an age. */

#include "config.h"

#include "gum-time.h"

static void
test_parse (void)
{
  static const struct {
    const char *text;
    const char *expected;
  } cases[] = {
    { "2026-01-02T03:04:05Z", "2026-01-02T03:04:05Z" },
    { "2026-01-02T03:04:05+02:00", "2026-01-02T01:04:05Z" },
    { "2026-01-02T03:04:05.678Z", "2026-01-02T03:04:05.678000Z" },
    { "2026-01-02T03:04:05", "2026-01-02T03:04:05Z" },
    { "2026-01-02 03:04:05 UTC", "2026-01-02T03:04:05Z" },
    { "2026-01-02 03:04:05 -0500", "2026-01-02T08:04:05Z" },
    { "", NULL },
    { "yesterday", NULL },
    { "2026-13-02T03:04:05Z", NULL },
    { "2026-01-02 03:04:05 ", "2026-01-02T03:04:05Z" },
    { "2026-01-02 03:04:05 UTC and much more that nobody asked for, at length", NULL },
    { NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GDateTime) time = gum_time_parse (cases[i].text);
      g_autofree char *text = time != NULL ? g_date_time_format_iso8601 (time) : NULL;

      if (cases[i].text != NULL)
        g_test_message ("%s", cases[i].text);
      g_assert_cmpstr (text, ==, cases[i].expected);
    }
}

static void
test_relative (void)
{
  static const struct {
    gint64      seconds;
    const char *expected;
  } cases[] = {
    { -30, "just now" },
    { 0, "just now" },
    { 59, "just now" },
    { 60, "1 minute ago" },
    { 119, "1 minute ago" },
    { 3599, "59 minutes ago" },
    { 3600, "1 hour ago" },
    { 86399, "23 hours ago" },
    { 86400, "1 day ago" },
    { 7 * 86400 - 1, "6 days ago" },
    { 7 * 86400, "01/03/26" },
  };
  g_autoptr(GDateTime) now = g_date_time_new_local (2026, 1, 10, 12, 0, 0);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GDateTime) then = g_date_time_add_seconds (now, -cases[i].seconds);
      g_autofree char *text = gum_time_format_relative (then, now);

      g_assert_cmpstr (text, ==, cases[i].expected);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/base/time/parse", test_parse);
  g_test_add_func ("/base/time/relative", test_relative);

  return g_test_run ();
}

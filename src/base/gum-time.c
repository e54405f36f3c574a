/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Times come from Gumroad in two notations and are kept in UTC; ages are told to people in words. */

#include "config.h"

#include "gum-time.h"

#include <glib/gi18n.h>
#include <string.h>

/* "2026-01-02 03:04:05 UTC" and "2026-01-02 03:04:05 -0500" become ISO 8601. */
static char *
iso_from_ruby (const char *text)
{
  g_autoptr(GString) iso = NULL;

  if (strlen (text) < 20 || text[10] != ' ' || text[19] != ' ')
    return NULL;

  iso = g_string_new (text);
  iso->str[10] = 'T';
  g_string_erase (iso, 19, 1);
  if (g_str_equal (iso->str + 19, "UTC"))
    {
      g_string_truncate (iso, 19);
      g_string_append_c (iso, 'Z');
    }

  return g_string_free (g_steal_pointer (&iso), FALSE);
}

/**
 * gum_time_parse:
 * @text: (nullable): ISO 8601 with any offset, or the way Ruby prints a time (`release_at`)
 *
 * Returns: (transfer full) (nullable): the time in UTC, or %NULL if @text is none
 */
GDateTime *
gum_time_parse (const char *text)
{
  g_autoptr(GTimeZone) utc = NULL;
  g_autoptr(GDateTime) time = NULL;
  g_autofree char *iso = NULL;

  if (text == NULL || strlen (text) > 64)
    return NULL;

  utc = g_time_zone_new_utc ();
  iso = iso_from_ruby (text);
  time = g_date_time_new_from_iso8601 (iso != NULL ? iso : text, utc);

  return time != NULL ? g_date_time_to_utc (time) : NULL;
}

/**
 * gum_time_format_relative:
 * @time: a moment
 * @now: the moment to count from
 *
 * Returns: (transfer full): the age in words, such as "5 minutes ago"; from a week on, the date
 */
char *
gum_time_format_relative (GDateTime *time,
                          GDateTime *now)
{
  g_autoptr(GDateTime) local = NULL;
  GTimeSpan age;
  gulong n;

  g_return_val_if_fail (time != NULL && now != NULL, NULL);

  age = g_date_time_difference (now, time);
  if (age < G_TIME_SPAN_MINUTE)
    return g_strdup (C_("age", "just now"));

  if (age < G_TIME_SPAN_HOUR)
    {
      n = age / G_TIME_SPAN_MINUTE;
      return g_strdup_printf (ngettext ("%lu minute ago", "%lu minutes ago", n), n);
    }

  if (age < G_TIME_SPAN_DAY)
    {
      n = age / G_TIME_SPAN_HOUR;
      return g_strdup_printf (ngettext ("%lu hour ago", "%lu hours ago", n), n);
    }

  if (age < 7 * G_TIME_SPAN_DAY)
    {
      n = age / G_TIME_SPAN_DAY;
      return g_strdup_printf (ngettext ("%lu day ago", "%lu days ago", n), n);
    }

  local = g_date_time_to_local (time);

  return g_date_time_format (local, "%x");
}

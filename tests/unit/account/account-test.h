/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Turns the main loop until @condition holds; a minute without is a failed test. */
#define wait_until(condition) \
  G_STMT_START { \
    gint64 wait_deadline = g_get_monotonic_time () + 60 * G_USEC_PER_SEC; \
    guint wait_tick = g_timeout_add (20, account_test_tick, NULL); \
    while (!(condition)) \
      { \
        g_main_context_iteration (NULL, TRUE); \
        g_assert_cmpint (g_get_monotonic_time (), <, wait_deadline); \
      } \
    g_source_remove (wait_tick); \
  } G_STMT_END

gboolean  account_test_tick        (gpointer        user_data);
void      account_test_spin        (guint           milliseconds);
void      account_test_take_result (GObject        *source,
                                    GAsyncResult   *result,
                                    gpointer        user_data);   /* GAsyncResult ** */

/* Sends bytes to a port of this machine and returns all that comes back, while the main loop
 * turns. */
char     *account_test_talk        (guint16         port,
                                    const char     *bytes,
                                    gssize          length);
char     *account_test_get         (guint16         port,
                                    const char     *target,
                                    const char     *more_headers);
gboolean  account_test_is_open     (guint16         port);

/* The Location header of an answer, or NULL. */
char     *account_test_location    (const char     *answer);

G_END_DECLS

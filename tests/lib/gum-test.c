/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Waiting for conditions, never for time; catching results and the log; directories that go
 * away. */

#include "config.h"

#include "gum-test.h"

#include <glib/gstdio.h>
#include <string.h>

static GMutex log_mutex;
static GString *log_text;
static char *(* describe_cb) (void);

static gboolean
tick_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/**
 * gum_test_wait_until_at:
 * @condition: what is waited for
 * @data: for @condition
 * @words: the condition, as it is named
 * @place: who waits
 *
 * Runs the main loop until the condition is true. Fails the test after GUM_TEST_PATIENCE seconds.
 */
void
gum_test_wait_until_at (GumTestCondition  condition,
                        gpointer          data,
                        const char       *words,
                        const char       *place)
{
  gint64 end = g_get_monotonic_time () + GUM_TEST_PATIENCE * G_USEC_PER_SEC;
  /* Conditions that other threads fulfil wake no main loop. */
  guint tick = g_timeout_add (20, tick_cb, NULL);

  while (!condition (data))
    {
      if (g_get_monotonic_time () > end)
        {
          g_autofree char *state = describe_cb != NULL ? describe_cb () : g_strdup ("");

          g_error ("%s: %s did not come within %d seconds\n%s", place, words, GUM_TEST_PATIENCE, state);
        }
      g_main_context_iteration (NULL, TRUE);
    }

  g_source_remove (tick);
}

/**
 * gum_test_describe_with:
 * @describe: returns how things stand, in words for whoever reads the log
 *
 * Asked where something is waited for in vain.
 */
void
gum_test_describe_with (char * (* describe) (void))
{
  describe_cb = describe;
}

static gboolean
flag_is_set (gpointer data)
{
  return *(const gboolean *) data;
}

void
gum_test_wait_for_flag (const gboolean *flag)
{
  gum_test_wait_until (flag_is_set, (gpointer) flag);
}

/**
 * gum_test_settle:
 *
 * Handles everything that is ready now.
 */
void
gum_test_settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

void
gum_test_result_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      data)
{
  GAsyncResult **kept = data;

  g_assert_null (*kept);
  *kept = g_object_ref (result);
}

static gboolean
result_is_there (gpointer data)
{
  return *(GAsyncResult **) data != NULL;
}

/**
 * gum_test_wait_result:
 * @result: where gum_test_result_cb() puts it
 *
 * Returns: (transfer none): the result; the caller's pointer owns it
 */
GAsyncResult *
gum_test_wait_result (GAsyncResult **result)
{
  gum_test_wait_until (result_is_there, result);

  return *result;
}

static GLogWriterOutput
capture_cb (GLogLevelFlags   level,
            const GLogField *fields,
            gsize            n_fields,
            gpointer         data)
{
  g_mutex_lock (&log_mutex);
  for (gsize i = 0; i < n_fields; i++)
    {
      g_string_append_printf (log_text, "%s=", fields[i].key);
      if (fields[i].length < 0)
        g_string_append (log_text, fields[i].value);
      else
        g_string_append_len (log_text, fields[i].value, fields[i].length);
      g_string_append_c (log_text, '\n');
    }
  g_mutex_unlock (&log_mutex);

  if ((level & (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING)) != 0)
    return g_log_writer_default (level, fields, n_fields, data);

  return G_LOG_WRITER_HANDLED;
}

/**
 * gum_test_capture_log:
 *
 * From now on keeps what is logged. Can be called once a process, before there are threads.
 */
void
gum_test_capture_log (void)
{
  g_assert_null (log_text);

  g_setenv ("G_MESSAGES_DEBUG", "all", TRUE);
  log_text = g_string_new (NULL);
  g_log_set_writer_func (capture_cb, NULL, NULL);
}

const char *
gum_test_captured_log (void)
{
  g_assert_nonnull (log_text);

  return log_text->str;
}

/**
 * gum_test_make_dir:
 *
 * Returns: (transfer full): a fresh directory, for gum_test_remove_dir()
 */
char *
gum_test_make_dir (void)
{
  g_autoptr(GError) error = NULL;
  char *directory = g_dir_make_tmp ("gum-test-XXXXXX", &error);

  g_assert_no_error (error);

  return directory;
}

static void
remove_tree (const char *path)
{
  if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    {
      g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
      const char *name;

      while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *child = g_build_filename (path, name, NULL);

          remove_tree (child);
        }
    }

  g_remove (path);
}

/**
 * gum_test_remove_dir:
 * @directory: (transfer full): from gum_test_make_dir()
 */
void
gum_test_remove_dir (char *directory)
{
  remove_tree (directory);
  g_free (directory);
}

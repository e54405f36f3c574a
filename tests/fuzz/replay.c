/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs a target over the files of its corpus, so that what a fuzzer found once is an ordinary test for
 * every compiler ever after. */

#include "config.h"

#include "fuzz.h"

#include <glib.h>

static void
replay (gconstpointer path)
{
  g_autofree char *data = NULL;
  g_autoptr(GError) error = NULL;
  gsize length;
  guint8 *exact;

  g_file_get_contents (path, &data, &length, &error);
  g_assert_no_error (error);

  /* Without the zero that GLib puts behind, so that reading past the end is seen. */
  exact = g_malloc (MAX (length, 1));
  for (gsize i = 0; i < length; i++)
    exact[i] = data[i];
  LLVMFuzzerTestOneInput (exact, length);
  g_free (exact);
}

static void
replay_nothing (void)
{
  static const uint8_t nothing[1];

  LLVMFuzzerTestOneInput (nothing, 0);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(GDir) folder = NULL;
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);

  folder = g_dir_open (argv[1], 0, NULL);
  g_assert_nonnull (folder);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *test = g_strconcat ("/fuzz/", name, NULL);
      char *path = g_build_filename (argv[1], name, NULL);

      g_ptr_array_add (names, path);
      g_test_add_data_func (test, path, replay);
    }
  g_assert_cmpuint (names->len, >, 0);
  g_test_add_func ("/fuzz-nothing", replay_nothing);

  return g_test_run ();
}

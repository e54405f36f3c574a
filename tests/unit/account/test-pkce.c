/* SPDX-License-Identifier: GPL-3.0-or-later */

/* PKCE: the vector of RFC 7636, and that the randomness is the kernel's. */

#include "config.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "gum-pkce.h"
#include "gum-util.h"

static gboolean random_fails;
static guint n_random_calls;

/* Stands before the C library's: every request for randomness of this program comes by here. */
ssize_t
getrandom (void         *buffer,
           size_t        length,
           unsigned int  flags)
{
  n_random_calls++;
  if (random_fails)
    {
      errno = ENOSYS;
      return -1;
    }

  return syscall (SYS_getrandom, buffer, length, flags);
}

static void
test_vector (void)
{
  g_autofree char *challenge = gum_pkce_challenge ("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");

  g_assert_cmpstr (challenge, ==, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
}

static void
test_verifiers (void)
{
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < 10000; i++)
    {
      g_autoptr(GumPkce) pkce = gum_pkce_new (NULL);
      g_autofree char *challenge = gum_pkce_challenge (pkce->verifier);

      g_assert_cmpuint (strlen (pkce->verifier), ==, 43);
      g_assert_cmpuint (strlen (pkce->state), ==, 43);
      g_assert_cmpuint (strlen (pkce->challenge), ==, 43);
      for (const char *p = pkce->verifier; *p != '\0'; p++)
        g_assert_true (g_ascii_isalnum (*p) || strchr ("-._~", *p) != NULL);
      g_assert_cmpstr (challenge, ==, pkce->challenge);
      g_assert_cmpstr (pkce->verifier, !=, pkce->state);
      g_assert_true (g_hash_table_add (seen, g_strdup (pkce->verifier)));
      g_assert_true (g_hash_table_add (seen, g_strdup (pkce->state)));
    }
}

static void
test_kernel (void)
{
  g_autoptr(GumPkce) pkce = NULL;
  g_autoptr(GError) error = NULL;

  n_random_calls = 0;
  pkce = gum_pkce_new (NULL);
  g_assert_cmpuint (n_random_calls, ==, 2);

  random_fails = TRUE;
  g_assert_null (gum_pkce_new (&error));
  random_fails = FALSE;
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/pkce/vector", test_vector);
  g_test_add_func ("/pkce/verifiers", test_verifiers);
  g_test_add_func ("/pkce/kernel", test_kernel);

  return g_test_run ();
}

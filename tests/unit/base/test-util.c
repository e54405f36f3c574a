/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Strings that are secrets, randomness, and the rule about addresses. */

#include "config.h"

#include "gum-error.h"
#include "gum-util.h"

#include <string.h>

static void
test_set_str (void)
{
  g_autofree char *field = NULL;

  g_assert_false (gum_set_str (&field, NULL));
  g_assert_true (gum_set_str (&field, "a"));
  g_assert_false (gum_set_str (&field, "a"));
  g_assert_true (gum_set_str (&field, "ab"));
  g_assert_cmpstr (field, ==, "ab");
  g_assert_true (gum_set_str (&field, field + 1));
  g_assert_cmpstr (field, ==, "b");
  g_assert_true (gum_set_str (&field, NULL));
  g_assert_null (field);
}

static void
test_set_secret (void)
{
  char *field = NULL;

  g_assert_true (gum_set_secret (&field, "token"));
  g_assert_false (gum_set_secret (&field, "token"));
  g_assert_true (gum_set_secret (&field, field + 2));
  g_assert_cmpstr (field, ==, "ken");
  gum_secret_free (field);
  gum_secret_free (NULL);
}

static void
test_equal (void)
{
  g_assert_true (gum_equal_constant_time ("abc", "abc"));
  g_assert_true (gum_equal_constant_time ("", ""));
  g_assert_false (gum_equal_constant_time ("abc", "abd"));
  g_assert_false (gum_equal_constant_time ("abc", "ab"));
  g_assert_false (gum_equal_constant_time (NULL, NULL));
  g_assert_false (gum_equal_constant_time ("a", NULL));
}

static void
test_base64url (void)
{
  static const struct {
    const char *data;
    const char *expected;
  } cases[] = {
    { "", "" },
    { "f", "Zg" },
    { "fo", "Zm8" },
    { "foo", "Zm9v" },
    { "\xfb\xff\xfe", "-__-" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = gum_base64url_encode ((const guint8 *) cases[i].data,
                                                    strlen (cases[i].data));

      g_assert_cmpstr (text, ==, cases[i].expected);
    }
}

static void
test_random (void)
{
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < 200; i++)
    {
      g_autoptr(GError) error = NULL;
      char *token = gum_random_token (32, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (strlen (token), ==, 43);
      g_assert_cmpuint (strspn (token, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
                        ==, 43);
      g_assert_true (g_hash_table_add (seen, token));
    }
}

static void
test_origin (void)
{
  static const struct {
    const char *uri;
    const char *expected;
  } cases[] = {
    { "https://api.gumroad.com/v2", "https://api.gumroad.com:443" },
    { "HTTPS://API.Gumroad.com:443/", "https://api.gumroad.com:443" },
    { "http://127.0.0.1/x", "http://127.0.0.1:80" },
    { "http://127.0.0.1:8080", "http://127.0.0.1:8080" },
    { "http://[::1]:8080/", "http://[::1]:8080" },
    { "https://user@example.org/", "https://example.org:443" },
    { "https:///path", NULL },
    { "/path", NULL },
    { "mailto:a@example.org", NULL },
    { "", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *origin = gum_uri_dup_origin (cases[i].uri);

      g_assert_cmpstr (origin, ==, cases[i].expected);
    }
}

static void
test_secure (void)
{
  static const struct {
    const char *uri;
    gboolean    loopback;
    gboolean    secure;
  } cases[] = {
    { "https://api.gumroad.com/v2", FALSE, TRUE },
    { "HTTPS://api.gumroad.com/v2", FALSE, TRUE },
    { "http://api.gumroad.com/v2", FALSE, FALSE },
    { "http://127.0.0.1:8080/", TRUE, TRUE },
    { "http://127.9.9.9/", TRUE, TRUE },
    { "http://[::1]:8080/", TRUE, TRUE },
    { "http://localhost:8080/", FALSE, FALSE },
    { "http://127.0.0.1.example.org/", FALSE, FALSE },
    { "http://user:pass@127.0.0.1/", TRUE, FALSE },
    { "https://user@example.org/", FALSE, FALSE },
    { "ftp://127.0.0.1/", TRUE, FALSE },
    { "https://", FALSE, FALSE },
    { "nonsense", FALSE, FALSE },
    { "", FALSE, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;

      g_test_message ("%s", cases[i].uri);
      g_assert_cmpint (gum_uri_is_loopback (cases[i].uri), ==, cases[i].loopback);
      g_assert_cmpint (gum_uri_check_secure (cases[i].uri, &error), ==, cases[i].secure);
      if (cases[i].secure)
        g_assert_no_error (error);
      else
        g_assert_error (error, GUM_ERROR, GUM_ERROR_INSECURE);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/base/util/set-str", test_set_str);
  g_test_add_func ("/base/util/set-secret", test_set_secret);
  g_test_add_func ("/base/util/equal", test_equal);
  g_test_add_func ("/base/util/base64url", test_base64url);
  g_test_add_func ("/base/util/random", test_random);
  g_test_add_func ("/base/util/origin", test_origin);
  g_test_add_func ("/base/util/secure", test_secure);

  return g_test_run ();
}

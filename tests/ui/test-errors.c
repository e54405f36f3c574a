/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every error has words of its own, and none of them says what an error's message says. */

#include "config.h"

#include "gum-errors.h"

#include "gum-artwork.h"
#include "gum-error.h"
#include "gum-keyring.h"
#include "gum-sign-in.h"

#define CANARY "canary-4f1c"

/* The codes of GIO that a person meets. */
static const int io_codes[] = {
  G_IO_ERROR_NETWORK_UNREACHABLE, G_IO_ERROR_HOST_UNREACHABLE, G_IO_ERROR_HOST_NOT_FOUND,
  G_IO_ERROR_CONNECTION_REFUSED, G_IO_ERROR_TIMED_OUT, G_IO_ERROR_CONNECTION_CLOSED,
  G_IO_ERROR_PROXY_FAILED, G_IO_ERROR_PROXY_AUTH_FAILED, G_IO_ERROR_PROXY_NEED_AUTH,
  G_IO_ERROR_PROXY_NOT_ALLOWED, G_IO_ERROR_NO_SPACE, G_IO_ERROR_PERMISSION_DENIED,
  G_IO_ERROR_NOT_SUPPORTED,
};
static const int resolver_codes[] = {
  G_RESOLVER_ERROR_NOT_FOUND, G_RESOLVER_ERROR_TEMPORARY_FAILURE, G_RESOLVER_ERROR_INTERNAL,
};
static const int tls_codes[] = {
  G_TLS_ERROR_UNAVAILABLE, G_TLS_ERROR_BAD_CERTIFICATE, G_TLS_ERROR_NOT_TLS, G_TLS_ERROR_EOF,
  G_TLS_ERROR_HANDSHAKE,
};

static void
check (GHashTable *seen,
       GQuark      domain,
       int         code)
{
  g_autoptr(GError) error = g_error_new (domain, code, "message " CANARY);
  g_autofree char *title = gum_errors_dup_title (error);
  char *sentence = gum_errors_dup_sentence (error, NULL);

  g_test_message ("%s %d: %s – %s", g_quark_to_string (domain), code, title, sentence);
  g_assert_nonnull (title);
  g_assert_nonnull (sentence);
  g_assert_cmpstr (title, !=, "Something Went Wrong");
  g_assert_null (strstr (title, CANARY));
  g_assert_null (strstr (sentence, CANARY));
  g_assert_true (g_str_has_suffix (sentence, "."));
  g_assert_true (g_hash_table_add (seen, sentence));
}

static void
test_table (void)
{
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (int code = GUM_ERROR_NOT_SIGNED_IN; code <= GUM_ERROR_UPLOAD_CUT_SHORT; code++)
    check (seen, GUM_ERROR, code);
  for (int code = GUM_SIGN_IN_ERROR_RANDOM; code <= GUM_SIGN_IN_ERROR_EMPTY; code++)
    check (seen, GUM_SIGN_IN_ERROR, code);
  for (int code = GUM_KEYRING_ERROR_LOCKED; code <= GUM_KEYRING_ERROR_REMAINS; code++)
    check (seen, GUM_KEYRING_ERROR, code);
  for (int code = GUM_ARTWORK_ERROR_NEITHER; code <= GUM_ARTWORK_ERROR_ADDRESS; code++)
    check (seen, GUM_ARTWORK_ERROR, code);
  for (gsize i = 0; i < G_N_ELEMENTS (io_codes); i++)
    check (seen, G_IO_ERROR, io_codes[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (resolver_codes); i++)
    check (seen, G_RESOLVER_ERROR, resolver_codes[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (tls_codes); i++)
    check (seen, G_TLS_ERROR, tls_codes[i]);
}

/* Where the Application ID is the program's own, no word of what to enter. */
static void
test_hidden_id (void)
{
  for (int code = GUM_SIGN_IN_ERROR_RANDOM; code <= GUM_SIGN_IN_ERROR_UNCLEAR; code++)
    {
      g_autoptr(GError) error = g_error_new (GUM_SIGN_IN_ERROR, code, "message " CANARY);
      g_autofree char *sentence = gum_errors_dup_hidden_id_sentence (error, NULL);

      g_assert_nonnull (sentence);
      g_assert_null (strstr (sentence, CANARY));
      g_assert_null (strstr (sentence, "Application ID"));
      g_assert_null (strstr (sentence, "secret"));
      g_assert_null (strstr (sentence, "redirect address"));
    }
}

static void
test_unknown (void)
{
  g_autoptr(GError) error = g_error_new (G_IO_ERROR, G_IO_ERROR_NOT_EMPTY, CANARY);
  g_autofree char *title = gum_errors_dup_title (error);
  g_autofree char *sentence = gum_errors_dup_sentence (error, NULL);

  g_assert_cmpstr (title, ==, "Something Went Wrong");
  g_assert_nonnull (strstr (sentence, "g-io-error-quark"));
  g_assert_null (strstr (sentence, CANARY));
}

static void
test_cancelled (void)
{
  g_autoptr(GError) error = g_error_new (G_IO_ERROR, G_IO_ERROR_CANCELLED, "no matter");

  g_assert_null (gum_errors_dup_title (error));
  g_assert_null (gum_errors_dup_sentence (error, NULL));
}

static void
test_server_sentence (void)
{
  g_autoptr(GError) refused = gum_error_new_http (GUM_ERROR_REJECTED, 200,
                                                  "Name can't be blank\n", CANARY);
  g_autoptr(GError) unauthorized = gum_error_new_http (GUM_ERROR_UNAUTHORIZED, 401,
                                                       "unauthorized", CANARY);
  g_autoptr(GError) sign_in = g_error_new (GUM_SIGN_IN_ERROR, GUM_SIGN_IN_ERROR_REFUSED, CANARY);
  g_autofree char *long_text = g_strnfill (5000, 'x');
  g_autoptr(GError) verbose = gum_error_new_http (GUM_ERROR_REJECTED, 422, long_text, CANARY);
  g_autofree char *a = gum_errors_dup_sentence (refused, NULL);
  g_autofree char *b = gum_errors_dup_sentence (unauthorized, NULL);
  g_autofree char *c = gum_errors_dup_sentence (sign_in, refused);
  g_autofree char *d = gum_errors_dup_sentence (verbose, NULL);

  g_assert_nonnull (strstr (a, "“Name can't be blank”"));
  g_assert_null (strstr (b, "“unauthorized”"));
  g_assert_nonnull (strstr (c, "“Name can't be blank”"));
  g_assert_cmpuint (strlen (d), <, 600);
}

static void
test_tls_flags (void)
{
  const struct {
    const char *message;
    const char *word;
  } cases[] = {
    { "certificate flags 0x8: Unacceptable TLS certificate", "expired" },
    { "certificate flags 0x4: Unacceptable TLS certificate", "not to be valid yet" },
    { "certificate flags 0x2: Unacceptable TLS certificate", "is not Gumroad’s" },
    { "certificate flags 0x1: Unacceptable TLS certificate", "somebody unknown" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = g_error_new_literal (G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE,
                                                     cases[i].message);
      g_autofree char *sentence = gum_errors_dup_sentence (error, NULL);

      g_assert_nonnull (strstr (sentence, cases[i].word));
      if (i < 2)
        g_assert_nonnull (strstr (sentence, "date and time"));
    }
}

/* "No network" is explained by what lay below, if that is known. */
static void
test_cause (void)
{
  g_autoptr(GError) network = g_error_new (GUM_SIGN_IN_ERROR, GUM_SIGN_IN_ERROR_NETWORK, CANARY);
  g_autoptr(GError) proxy = g_error_new (G_IO_ERROR, G_IO_ERROR_PROXY_FAILED, CANARY);
  g_autoptr(GError) odd = g_error_new (G_IO_ERROR, G_IO_ERROR_NOT_EMPTY, CANARY);
  g_autofree char *alone = gum_errors_dup_sentence (network, NULL);
  g_autofree char *by_proxy = gum_errors_dup_sentence (network, proxy);
  g_autofree char *by_odd = gum_errors_dup_sentence (network, odd);

  g_assert_nonnull (strstr (by_proxy, "proxy"));
  g_assert_cmpstr (by_odd, ==, alone);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/errors/table", test_table);
  g_test_add_func ("/errors/unknown", test_unknown);
  g_test_add_func ("/errors/hidden-id", test_hidden_id);
  g_test_add_func ("/errors/cancelled", test_cancelled);
  g_test_add_func ("/errors/server-sentence", test_server_sentence);
  g_test_add_func ("/errors/tls-flags", test_tls_flags);
  g_test_add_func ("/errors/cause", test_cause);

  return g_test_run ();
}

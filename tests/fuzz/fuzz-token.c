/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the token endpoint answers: an answer with a token, or an error. */

#include "config.h"

#include "fuzz.h"

#include "gum-oauth.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr(GBytes) bytes = g_bytes_new (data, size);
  g_autoptr(GError) error = NULL;
  g_autoptr(GumTokenAnswer) answer = gum_token_answer_parse (bytes, &error);

  g_assert_true ((answer == NULL) == (error != NULL));
  if (answer != NULL)
    {
      g_assert_nonnull (answer->access_token);
      g_assert_true (*answer->access_token != '\0');
    }

  return 0;
}

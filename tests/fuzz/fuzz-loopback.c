/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What anything on this machine may say to the listener. Without the state of the attempt nothing is
 * ever taken. */

#include "config.h"

#include "fuzz.h"

#include <string.h>

#include "gum-loopback-request.h"

#define PORT 49152
#define STATE "a-state-of-this-attempt"

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr(GumLoopbackRequest) request = gum_loopback_parse (data, size, PORT);

  g_assert_nonnull (request);
  if (request->kind == GUM_LOOPBACK_CALLBACK)
    {
      GumLoopbackVerdict verdict = gum_loopback_judge (request, STATE, "https://gumroad.com", FALSE);

      if (g_strcmp0 (request->state, STATE) != 0)
        g_assert_cmpint (verdict, ==, GUM_LOOPBACK_NOT_OURS);
      if (verdict == GUM_LOOPBACK_CODE)
        g_assert_true (request->code != NULL && *request->code != '\0');
    }

  return 0;
}

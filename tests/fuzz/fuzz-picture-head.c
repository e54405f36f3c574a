/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The first bytes of what was sent to the sandbox as a picture. */

#include "config.h"

#include "fuzz.h"

#include "gum-sandbox-storage.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  guint width;
  guint height;
  const char *extension = gum_sandbox_picture_head (data, size, &width, &height);

  if (extension != NULL)
    {
      g_assert_cmpuint (width, >, 0);
      g_assert_cmpuint (height, >, 0);
    }

  return 0;
}

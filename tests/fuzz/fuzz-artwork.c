/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a file says of itself that is to become a cover: its kind, and whether all of it is there. Decoding it is the
 * loaders' affair. */

#include "config.h"

#include "fuzz.h"

#include "gum-artwork-private.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  const GumArtworkKind *kind = gum_artwork_tell_kind (data, size);

  if (kind != NULL)
    gum_artwork_is_whole (kind, data, size);

  return 0;
}

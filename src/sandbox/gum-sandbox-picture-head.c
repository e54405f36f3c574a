/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a picture says of itself in its first bytes.  Names and content types are claims; this is
 * what the real service measures by.
 */
#define G_LOG_DOMAIN "gum-sandbox"

#include "config.h"

#include "gum-sandbox-storage.h"

static guint
big_endian (const guint8 *bytes,
            guint         n)
{
  guint value = 0;

  for (guint i = 0; i < n; i++)
    value = value << 8 | bytes[i];

  return value;
}

/* Walks over the segments until one starts a frame; those are C0 to CF, but for three. */
static gboolean
read_jpeg (const guint8 *data,
           gsize         length,
           guint        *width,
           guint        *height)
{
  gsize offset = 2;

  while (offset + 9 <= length && data[offset] == 0xff)
    {
      guint8 marker = data[offset + 1];

      if (marker == 0xff)
        {
          offset++;
        }
      else if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 &&
               marker != 0xcc)
        {
          *height = big_endian (data + offset + 5, 2);
          *width = big_endian (data + offset + 7, 2);
          return TRUE;
        }
      else
        {
          offset += 2 + big_endian (data + offset + 2, 2);
        }
    }

  return FALSE;
}

/* Returns the extension that its kind has, or NULL; then it is no picture that can be read. */
const char *
gum_sandbox_picture_head (const guint8 *data,
                          gsize         length,
                          guint        *width,
                          guint        *height)
{
  static const guint8 png[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };
  const char *extension = NULL;

  *width = 0;
  *height = 0;
  if (length >= 24 && memcmp (data, png, sizeof png) == 0 && memcmp (data + 12, "IHDR", 4) == 0)
    {
      *width = big_endian (data + 16, 4);
      *height = big_endian (data + 20, 4);
      extension = "png";
    }
  else if (length >= 10 && (memcmp (data, "GIF87a", 6) == 0 || memcmp (data, "GIF89a", 6) == 0))
    {
      *width = data[6] | (guint) data[7] << 8;
      *height = data[8] | (guint) data[9] << 8;
      extension = "gif";
    }
  else if (length >= 4 && data[0] == 0xff && data[1] == 0xd8 &&
           read_jpeg (data, length, width, height))
    {
      extension = "jpg";
    }

  return *width > 0 && *height > 0 ? extension : NULL;
}

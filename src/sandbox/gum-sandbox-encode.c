/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pixels to PNG, JPEG and GIF.  Only as much of each format as a reader needs to show the picture:
 * eight bits, three channels, no interlacing, the tables of the JPEG standard's Annex K.
 */
#define G_LOG_DOMAIN "gum-sandbox"

#include "config.h"

#include "gum-sandbox-private.h"

#include <math.h>

/* PNG */

static void
append_be32 (GByteArray *out,
             guint32     value)
{
  guint32 swapped = GUINT32_TO_BE (value);

  g_byte_array_append (out, (const guint8 *) &swapped, 4);
}

static guint32
crc32_of (const guint8 *data,
          gsize         length)
{
  static gsize ready = 0;
  static guint32 table[256];
  guint32 crc = 0xffffffff;

  if (g_once_init_enter (&ready))
    {
      for (guint32 i = 0; i < 256; i++)
        {
          guint32 value = i;

          for (guint bit = 0; bit < 8; bit++)
            value = (value & 1) != 0 ? 0xedb88320 ^ value >> 1 : value >> 1;
          table[i] = value;
        }
      g_once_init_leave (&ready, 1);
    }

  for (gsize i = 0; i < length; i++)
    crc = table[(crc ^ data[i]) & 0xff] ^ crc >> 8;

  return ~crc;
}

static void
append_png_chunk (GByteArray   *out,
                  const char   *type,
                  const guint8 *data,
                  gsize         length)
{
  guint start;

  append_be32 (out, (guint32) length);
  start = out->len;
  g_byte_array_append (out, (const guint8 *) type, 4);
  if (length > 0)
    g_byte_array_append (out, data, (guint) length);
  append_be32 (out, crc32_of (out->data + start, out->len - start));
}

static void
filter_row (guint8       *out,
            const guint8 *row,
            const guint8 *above,
            gsize         length)
{
  guint64 sub = 0;
  guint64 up = 0;

  for (gsize i = 0; i < length; i++)
    {
      sub += (guint64) ABS ((gint8) (row[i] - (i >= 3 ? row[i - 3] : 0)));
      up += (guint64) ABS ((gint8) (row[i] - above[i]));
    }

  out[0] = sub < up ? 1 : 2;
  for (gsize i = 0; i < length; i++)
    out[1 + i] = (guint8) (row[i] - (sub < up ? (i >= 3 ? row[i - 3] : 0) : above[i]));
}

/* Each pixel becomes a square of @scale × @scale, so that a huge picture costs little. */
GBytes *
gum_sandbox_encode_png (const guint8 *pixels,
                        guint         width,
                        guint         height,
                        guint         scale)
{
  static const guint8 signature[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };
  g_autoptr (GZlibCompressor) zlib = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 5);
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream = g_converter_output_stream_new (memory, G_CONVERTER (zlib));
  g_autoptr (GBytes) packed = NULL;
  gsize length = (gsize) width * scale * 3;
  g_autofree guint8 *row = g_malloc (length);
  g_autofree guint8 *above = g_malloc0 (length);
  g_autofree guint8 *filtered = g_malloc (length + 1);
  GByteArray *out = g_byte_array_new ();
  guint8 header[13] = { 0 };
  guint32 side;

  for (guint y = 0; y < height * scale; y++)
    {
      const guint8 *source = pixels + (gsize) (y / scale) * width * 3;

      if (y % scale == 0)
        for (guint x = 0; x < width * scale; x++)
          memcpy (row + (gsize) x * 3, source + (gsize) (x / scale) * 3, 3);
      filter_row (filtered, row, above, length);
      g_output_stream_write_all (stream, filtered, length + 1, NULL, NULL, NULL);
      memcpy (above, row, length);
    }
  g_output_stream_close (stream, NULL, NULL);
  packed = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));

  side = GUINT32_TO_BE (width * scale);
  memcpy (header, &side, 4);
  side = GUINT32_TO_BE (height * scale);
  memcpy (header + 4, &side, 4);
  header[8] = 8;
  header[9] = 2;

  g_byte_array_append (out, signature, sizeof signature);
  append_png_chunk (out, "IHDR", header, sizeof header);
  append_png_chunk (out, "IDAT", g_bytes_get_data (packed, NULL), g_bytes_get_size (packed));
  append_png_chunk (out, "IEND", NULL, 0);

  return g_byte_array_free_to_bytes (out);
}

/* GIF */

typedef struct
{
  GByteArray *out;
  guint32 bits;
  guint n_bits;
} BitWriter;

static void
gif_put (BitWriter *writer,
         guint      code)
{
  writer->bits |= code << writer->n_bits;
  writer->n_bits += 9;
  while (writer->n_bits >= 8)
    {
      guint8 byte = (guint8) writer->bits;

      g_byte_array_append (writer->out, &byte, 1);
      writer->bits >>= 8;
      writer->n_bits -= 8;
    }
}

/* A cube of 216 colours; the code table is cleared before its codes would need a tenth bit. */
GBytes *
gum_sandbox_encode_gif (const guint8 *pixels,
                        guint         width,
                        guint         height)
{
  static const int bayer[4] = { 0, 2, 3, 1 };
  GByteArray *out = g_byte_array_new ();
  g_autoptr (GByteArray) data = g_byte_array_new ();
  BitWriter writer = { data, 0, 0 };
  guint8 header[13] = { 'G', 'I', 'F', '8', '9', 'a' };
  guint8 image[11] = { 0x2c };
  static const guint8 end[] = { 0, 0x3b };

  header[6] = image[5] = (guint8) width;
  header[7] = image[6] = (guint8) (width >> 8);
  header[8] = image[7] = (guint8) height;
  header[9] = image[8] = (guint8) (height >> 8);
  header[10] = 0xf7;
  g_byte_array_append (out, header, sizeof header);
  for (guint i = 0; i < 256; i++)
    {
      guint8 entry[3] = { (guint8) (MIN (i, 215) / 36 * 51), (guint8) (MIN (i, 215) / 6 % 6 * 51),
                          (guint8) (MIN (i, 215) % 6 * 51) };

      g_byte_array_append (out, entry, 3);
    }
  image[10] = 8;
  g_byte_array_append (out, image, sizeof image);

  for (guint i = 0; i < width * height; i++)
    {
      int dither = bayer[i % width % 2 + i / width % 2 * 2] * 12 - 18;
      guint code = 0;

      for (guint c = 0; c < 3; c++)
        {
          int value = pixels[(gsize) i * 3 + c] + dither;

          code = code * 6 + (guint) (CLAMP (value, 0, 255) + 25) / 51;
        }
      if (i % 250 == 0)
        gif_put (&writer, 256);
      gif_put (&writer, code);
    }
  gif_put (&writer, 257);
  gif_put (&writer, 0);

  for (guint i = 0; i < data->len; i += 255)
    {
      guint8 size = (guint8) MIN (255, data->len - i);

      g_byte_array_append (out, &size, 1);
      g_byte_array_append (out, data->data + i, size);
    }
  g_byte_array_append (out, end, sizeof end);

  return g_byte_array_free_to_bytes (out);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A baseline JPEG writer: no subsampling, one quantisation table, the Huffman tables that the
 * standard gives as typical (ITU-T T.81, Annex K).
 */
#define G_LOG_DOMAIN "gum-sandbox"

#include "config.h"

#include "gum-sandbox-private.h"

#include <math.h>

static const guint8 zigzag[64] = {
  0,  1,  8,  16, 9,  2,  3,  10, 17, 24, 32, 25, 18, 11, 4,  5,  12, 19, 26, 33, 40, 48,
  41, 34, 27, 20, 13, 6,  7,  14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23,
  30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
};

static const guint8 luminance[64] = {
  16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57,
  69, 56, 14, 17, 22, 29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64,
  81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
};

static const guint8 dc_counts[16] = { 0, 1, 5, 1, 1, 1, 1, 1, 1 };
static const guint8 dc_symbols[12] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 };

static const guint8 ac_counts[16] = { 0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 125 };
static const guint8 ac_symbols[162] = {
  0x01, 0x02, 0x03, 0x00, 0x04, 0x11, 0x05, 0x12, 0x21, 0x31, 0x41, 0x06, 0x13, 0x51, 0x61, 0x07,
  0x22, 0x71, 0x14, 0x32, 0x81, 0x91, 0xa1, 0x08, 0x23, 0x42, 0xb1, 0xc1, 0x15, 0x52, 0xd1, 0xf0,
  0x24, 0x33, 0x62, 0x72, 0x82, 0x09, 0x0a, 0x16, 0x17, 0x18, 0x19, 0x1a, 0x25, 0x26, 0x27, 0x28,
  0x29, 0x2a, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x3a, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48, 0x49,
  0x4a, 0x53, 0x54, 0x55, 0x56, 0x57, 0x58, 0x59, 0x5a, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69,
  0x6a, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78, 0x79, 0x7a, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89,
  0x8a, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99, 0x9a, 0xa2, 0xa3, 0xa4, 0xa5, 0xa6, 0xa7,
  0xa8, 0xa9, 0xaa, 0xb2, 0xb3, 0xb4, 0xb5, 0xb6, 0xb7, 0xb8, 0xb9, 0xba, 0xc2, 0xc3, 0xc4, 0xc5,
  0xc6, 0xc7, 0xc8, 0xc9, 0xca, 0xd2, 0xd3, 0xd4, 0xd5, 0xd6, 0xd7, 0xd8, 0xd9, 0xda, 0xe1, 0xe2,
  0xe3, 0xe4, 0xe5, 0xe6, 0xe7, 0xe8, 0xe9, 0xea, 0xf1, 0xf2, 0xf3, 0xf4, 0xf5, 0xf6, 0xf7, 0xf8,
  0xf9, 0xfa,
};

typedef struct
{
  guint16 code[256];
  guint8 length[256];
} Huffman;

typedef struct
{
  GByteArray *out;
  Huffman dc, ac;
  guint8 steps[64];
  float cosines[8][8];
  guint32 bits;
  guint n_bits;
} Writer;

static void
huffman_init (Huffman      *table,
              const guint8 *counts,
              const guint8 *symbols)
{
  guint code = 0;

  for (guint length = 1; length <= 16; length++)
    {
      for (guint i = 0; i < counts[length - 1]; i++)
        {
          table->code[*symbols] = (guint16) code++;
          table->length[*symbols++] = (guint8) length;
        }
      code <<= 1;
    }
}

static void
put_byte (Writer *writer,
          guint   value)
{
  guint8 byte = (guint8) value;

  g_byte_array_append (writer->out, &byte, 1);
}

static void
put_bits (Writer *writer,
          guint   code,
          guint   length)
{
  writer->bits = writer->bits << length | (code & ((1u << length) - 1));
  writer->n_bits += length;
  while (writer->n_bits >= 8)
    {
      guint byte = writer->bits >> (writer->n_bits - 8) & 0xff;

      put_byte (writer, byte);
      if (byte == 0xff)
        put_byte (writer, 0);
      writer->n_bits -= 8;
    }
}

static guint
magnitude (int value)
{
  guint bits = 0;

  for (guint left = (guint) ABS (value); left > 0; left >>= 1)
    bits++;

  return bits;
}

static void
put_value (Writer *writer,
           int     value,
           guint   bits)
{
  if (bits > 0)
    put_bits (writer, (guint) (value < 0 ? value - 1 : value), bits);
}

static void
transform (const Writer *writer,
           const float   samples[64],
           int           out[64])
{
  float rows[64];

  for (guint y = 0; y < 8; y++)
    for (guint u = 0; u < 8; u++)
      {
        float sum = 0;

        for (guint x = 0; x < 8; x++)
          sum += samples[y * 8 + x] * writer->cosines[u][x];
        rows[y * 8 + u] = sum;
      }

  for (guint i = 0; i < 64; i++)
    {
      guint u = zigzag[i] % 8;
      guint v = zigzag[i] / 8;
      float sum = 0;

      for (guint y = 0; y < 8; y++)
        sum += rows[y * 8 + u] * writer->cosines[v][y];
      out[i] = (int) lroundf (sum / (float) writer->steps[i]);
    }
}

static void
put_block (Writer      *writer,
           const float  samples[64],
           int         *previous)
{
  int values[64];
  int difference;
  guint bits;
  guint run = 0;

  transform (writer, samples, values);

  difference = values[0] - *previous;
  *previous = values[0];
  bits = magnitude (difference);
  put_bits (writer, writer->dc.code[bits], writer->dc.length[bits]);
  put_value (writer, difference, bits);

  for (guint i = 1; i < 64; i++)
    {
      guint symbol;

      if (values[i] == 0)
        {
          run++;
          continue;
        }
      for (; run > 15; run -= 16)
        put_bits (writer, writer->ac.code[0xf0], writer->ac.length[0xf0]);
      bits = magnitude (values[i]);
      symbol = run << 4 | bits;
      put_bits (writer, writer->ac.code[symbol], writer->ac.length[symbol]);
      put_value (writer, values[i], bits);
      run = 0;
    }
  if (run > 0)
    put_bits (writer, writer->ac.code[0], writer->ac.length[0]);
}

static void
read_block (const guint8 *pixels,
            guint         width,
            guint         height,
            guint         left,
            guint         top,
            float         planes[3][64])
{
  for (guint i = 0; i < 64; i++)
    {
      guint x = MIN (left + i % 8, width - 1);
      guint y = MIN (top + i / 8, height - 1);
      const guint8 *p = pixels + ((gsize) y * width + x) * 3;

      planes[0][i] = 0.299f * p[0] + 0.587f * p[1] + 0.114f * p[2] - 128.0f;
      planes[1][i] = -0.168736f * p[0] - 0.331264f * p[1] + 0.5f * p[2];
      planes[2][i] = 0.5f * p[0] - 0.418688f * p[1] - 0.081312f * p[2];
    }
}

static void
put_table (Writer       *writer,
           guint         id,
           const guint8 *counts,
           const guint8 *symbols,
           guint         n_symbols)
{
  guint length = 2 + 1 + 16 + n_symbols;

  put_byte (writer, 0xff);
  put_byte (writer, 0xc4);
  put_byte (writer, length >> 8);
  put_byte (writer, length);
  put_byte (writer, id);
  g_byte_array_append (writer->out, counts, 16);
  g_byte_array_append (writer->out, symbols, n_symbols);
}

static void
put_head (Writer *writer,
          guint   width,
          guint   height)
{
  static const guint8 start[] = {
    0xff, 0xd8, 0xff, 0xe0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0,
    0xff, 0xdb, 0, 67, 0,
  };
  const guint8 frame[] = {
    0xff, 0xc0, 0, 17, 8, (guint8) (height >> 8), (guint8) height, (guint8) (width >> 8),
    (guint8) width, 3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0,
  };
  static const guint8 scan[] = { 0xff, 0xda, 0, 12, 3, 1, 0, 2, 0, 3, 0, 0, 63, 0 };

  g_byte_array_append (writer->out, start, sizeof start);
  g_byte_array_append (writer->out, writer->steps, 64);
  g_byte_array_append (writer->out, frame, sizeof frame);
  put_table (writer, 0x00, dc_counts, dc_symbols, sizeof dc_symbols);
  put_table (writer, 0x10, ac_counts, ac_symbols, sizeof ac_symbols);
  g_byte_array_append (writer->out, scan, sizeof scan);
}

GBytes *
gum_sandbox_encode_jpeg (const guint8 *pixels,
                         guint         width,
                         guint         height)
{
  Writer writer = { .out = g_byte_array_new () };
  int previous[3] = { 0, 0, 0 };
  float planes[3][64];

  huffman_init (&writer.dc, dc_counts, dc_symbols);
  huffman_init (&writer.ac, ac_counts, ac_symbols);
  for (guint i = 0; i < 64; i++)
    writer.steps[i] = (guint8) MAX (1, luminance[zigzag[i]] / 4);
  for (guint u = 0; u < 8; u++)
    for (guint x = 0; x < 8; x++)
      writer.cosines[u][x] = (u == 0 ? 0.35355339f : 0.5f) *
                             cosf ((float) ((2 * x + 1) * u) * 3.14159265f / 16.0f);

  put_head (&writer, width, height);
  for (guint top = 0; top < height; top += 8)
    for (guint left = 0; left < width; left += 8)
      {
        read_block (pixels, width, height, left, top, planes);
        for (guint c = 0; c < 3; c++)
          put_block (&writer, planes[c], &previous[c]);
      }
  put_bits (&writer, 0x7f, 7);
  put_byte (&writer, 0xff);
  put_byte (&writer, 0xd9);

  return g_byte_array_free_to_bytes (writer.out);
}

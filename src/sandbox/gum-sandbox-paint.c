/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Covers and thumbnails for a shop that has no photographer: flat, quiet pictures in a few colours
 * that go together.  A seed chooses palette, motif and proportions; nothing else has a say.
 */
#define G_LOG_DOMAIN "gum-sandbox"

#include "config.h"

#include "gum-sandbox-private.h"

#include <math.h>

#define N_COLOURS 5
#define N_NUMBERS 12

typedef struct
{
  float r, g, b;
} Colour;

typedef struct
{
  Colour colours[N_COLOURS];    /* from the ground to the accent */
  float numbers[N_NUMBERS];     /* 0 … 1 */
  float width, height;          /* the shorter side is 1 */
  float pixel;
} Art;

typedef Colour (*Motif) (const Art *art,
                         float      x,
                         float      y);

static const guint32 palettes[][N_COLOURS] = {
  { 0xfdf0d5, 0xf4a261, 0xe76f51, 0x264653, 0x2a9d8f },
  { 0x0d1b2a, 0x1b263b, 0x415a77, 0x778da9, 0xf2cc8f },
  { 0xfff1e6, 0xffcdb2, 0xe5989b, 0xb5838d, 0x6d6875 },
  { 0xf1faee, 0xa8dadc, 0x457b9d, 0x1d3557, 0xe63946 },
  { 0xfefae0, 0xdda15e, 0xbc6c25, 0x606c38, 0x283618 },
  { 0xf7e1d7, 0xedafb8, 0xdedbd2, 0x7b9e87, 0x4a5759 },
  { 0x22223b, 0x4a4e69, 0x9a8c98, 0xc9ada7, 0xf2e9e4 },
  { 0xeef4ed, 0x8da9c4, 0x134074, 0x13315c, 0xffb703 },
  { 0xffe8f7, 0xff90e8, 0xb23386, 0x4b164c, 0xffc900 },
  { 0xe8f1f2, 0xb3efb2, 0x7a9e7e, 0x31493c, 0xf6ae2d },
  { 0x2b2d42, 0x8d99ae, 0xedf2f4, 0xef233c, 0xd90429 },
  { 0xfff8e7, 0xf6bd60, 0xf28482, 0x84a59d, 0x4d5061 },
};

static Colour
mix (Colour a,
     Colour b,
     float  t)
{
  t = CLAMP (t, 0.0f, 1.0f);

  return (Colour) { a.r + (b.r - a.r) * t, a.g + (b.g - a.g) * t, a.b + (b.b - a.b) * t };
}

/* How much of the pixel lies inside, given the distance to the edge (negative inside). */
static float
cover (const Art *art,
       float      distance)
{
  return CLAMP (0.5f - distance / art->pixel, 0.0f, 1.0f);
}

static float
fraction (float value)
{
  return value - floorf (value);
}

static Colour
paint_hills (const Art *art,
             float      x,
             float      y)
{
  const float *n = art->numbers;
  float horizon = art->height * (0.45f + 0.15f * n[0]);
  float sun_x = art->width * (0.2f + 0.6f * n[1]);
  float sun_y = horizon * (0.35f + 0.35f * n[2]);
  float radius = 0.11f + 0.09f * n[3];
  Colour colour = mix (art->colours[0], art->colours[1], y / art->height);

  colour = mix (colour, mix (art->colours[4], art->colours[0], 0.15f),
                cover (art, hypotf (x - sun_x, y - sun_y) - radius));

  for (guint i = 0; i < 4; i++)
    {
      float depth = (float) i / 3.0f;
      float wave = 0.05f * sinf (x * (2.1f + 1.3f * n[4 + i]) + 6.28f * n[8] * (float) (i + 1)) +
                   0.025f * sinf (x * (5.0f + 2.0f * n[5]) + 9.0f * n[9] + (float) i);
      float top = horizon + depth * (art->height - horizon) * 0.72f + wave;

      colour = mix (colour, mix (art->colours[2], art->colours[3], depth), cover (art, top - y));
    }

  return colour;
}

static Colour
paint_tiles (const Art *art,
             float      x,
             float      y)
{
  float size = 1.0f / (float) (3 + (int) (art->numbers[0] * 2.99f));
  float column = floorf (x / size);
  float row = floorf (y / size);
  guint64 random = gum_sandbox_mix ((guint64) (column * 73.0f + row * 179.0f + 7.0f) ^
                                    (guint64) (art->numbers[1] * 1e6f));
  float u = x / size - column;
  float v = y / size - row;
  Art scaled = *art;
  Colour ground = art->colours[random % 3];
  Colour shape = art->colours[2 + (random >> 8) % 3];
  float distance;

  if ((random >> 8) % 3 == 0 && random % 3 == 2)
    shape = art->colours[0];
  if ((random >> 16) % 2 == 0)
    u = 1.0f - u;
  if ((random >> 17) % 2 == 0)
    v = 1.0f - v;
  scaled.pixel = art->pixel / size;

  switch ((random >> 20) % 5)
    {
    case 0:
      distance = hypotf (u, v) - 1.0f;
      break;
    case 1:
      distance = hypotf (u - 0.5f, v - 0.5f) - 0.34f;
      break;
    case 2:
      distance = (u + v - 1.0f) * 0.7071f;
      break;
    case 3:
      distance = MIN (hypotf (u, v) - 0.5f, hypotf (1.0f - u, 1.0f - v) - 0.5f);
      break;
    default:
      distance = fabsf (hypotf (u, v) - 0.66f) - 0.2f;
      break;
    }

  return mix (ground, shape, cover (&scaled, distance));
}

static Colour
paint_stripes (const Art *art,
               float      x,
               float      y)
{
  const float *n = art->numbers;
  float angle = (n[0] - 0.5f) * 1.8f;
  float along = x * cosf (angle) + y * sinf (angle);
  float period = 0.16f + 0.12f * n[1];
  float phase = fraction (along / period);
  float edge = (fabsf (phase - 0.5f) - 0.15f - 0.12f * n[2]) * period;
  Colour ground = mix (art->colours[0], art->colours[1], (x + y) / (art->width + art->height));
  Colour line = mix (art->colours[2], art->colours[3], y / art->height);
  float from_centre = hypotf (x - art->width * (0.35f + 0.3f * n[3]),
                              y - art->height * (0.35f + 0.3f * n[4]));
  float inside = cover (art, from_centre - 0.27f - 0.08f * n[5]);
  float stripe = cover (art, edge);
  Colour outer = mix (ground, line, stripe);
  Colour inner = mix (mix (art->colours[4], art->colours[0], 0.1f), art->colours[1], stripe);

  return mix (outer, inner, inside);
}

static Colour
paint_circles (const Art *art,
               float      x,
               float      y)
{
  const float *n = art->numbers;
  Colour colour = mix (art->colours[0], mix (art->colours[0], art->colours[1], 0.6f),
                       y / art->height);

  for (guint i = 0; i < 6; i++)
    {
      float centre_x = art->width * (0.1f + 0.8f * fraction (n[i] + 0.37f * (float) i));
      float centre_y = art->height * (0.1f + 0.8f * fraction (n[11 - i] + 0.61f * (float) i));
      float radius = 0.12f + 0.24f * n[(i + 5) % N_NUMBERS];
      float inside = cover (art, hypotf (x - centre_x, y - centre_y) - radius);

      colour = mix (colour, art->colours[1 + i % 4], inside * 0.78f);
    }

  return colour;
}

static Colour
paint_rays (const Art *art,
            float      x,
            float      y)
{
  const float *n = art->numbers;
  float dx = x - art->width * (0.3f + 0.4f * n[0]);
  float dy = y - art->height * (0.55f + 0.3f * n[1]);
  float distance = hypotf (dx, dy);
  float count = 14.0f + floorf (n[2] * 12.0f);
  float turn = fraction ((atan2f (dy, dx) / 6.2831853f + n[3]) * count);
  float edge = (fabsf (turn - 0.5f) - 0.25f) * distance * 6.2831853f / count;
  Colour colour = mix (art->colours[0], art->colours[1], cover (art, edge));

  colour = mix (colour, art->colours[2], distance * 0.35f);
  colour = mix (colour, art->colours[3], cover (art, distance - 0.30f - 0.06f * n[4]));
  colour = mix (colour, art->colours[4], cover (art, distance - 0.22f - 0.04f * n[5]));
  colour = mix (colour, art->colours[0], cover (art, fabsf (distance - 0.15f) - 0.02f));

  return colour;
}

static Colour
paint_waves (const Art *art,
             float      x,
             float      y)
{
  const float *n = art->numbers;
  Colour colour = mix (art->colours[0], art->colours[1], 0.4f * y / art->height);
  guint count = 5 + (guint) (n[0] * 4.0f);

  for (guint i = 0; i < count; i++)
    {
      float part = ((float) i + 0.6f) / (float) count;
      float wave = 0.055f * sinf (x * (4.0f + 3.0f * n[1]) + (float) i * (0.7f + n[2]) +
                                  6.28f * n[3]);
      float position = part * 3.0f;
      guint step = MIN ((guint) position, 2);

      colour = mix (colour, mix (art->colours[1 + step], art->colours[2 + step],
                                 position - (float) step),
                    cover (art, part * art->height + wave - y));
    }

  return colour;
}

static const Motif motifs[] = {
  paint_hills, paint_tiles, paint_stripes, paint_circles, paint_rays, paint_waves,
};

static guint8
to_byte (float value)
{
  return (guint8) CLAMP (value * 255.0f + 0.5f, 0.0f, 255.0f);
}

/* Returns: (transfer full): @width × @height pixels of three bytes */
guint8 *
gum_sandbox_picture_paint (guint width,
                           guint height,
                           guint seed)
{
  guint8 *pixels = g_malloc ((gsize) width * height * 3);
  guint8 *out = pixels;
  guint64 random = gum_sandbox_mix (seed);
  const guint32 *palette = palettes[(seed / G_N_ELEMENTS (motifs)) % G_N_ELEMENTS (palettes)];
  Motif motif = motifs[seed % G_N_ELEMENTS (motifs)];
  Art art;

  art.pixel = 1.0f / (float) MIN (width, height);
  art.width = (float) width * art.pixel;
  art.height = (float) height * art.pixel;
  for (guint i = 0; i < N_COLOURS; i++)
    art.colours[i] = (Colour) { (float) (palette[i] >> 16 & 0xff) / 255.0f,
                                (float) (palette[i] >> 8 & 0xff) / 255.0f,
                                (float) (palette[i] & 0xff) / 255.0f };
  for (guint i = 0; i < N_NUMBERS; i++)
    {
      random = gum_sandbox_mix (random);
      art.numbers[i] = (float) (random >> 40) / (float) (1 << 24);
    }

  for (guint row = 0; row < height; row++)
    for (guint column = 0; column < width; column++)
      {
        Colour colour = motif (&art, ((float) column + 0.5f) * art.pixel,
                               ((float) row + 0.5f) * art.pixel);

        *out++ = to_byte (colour.r);
        *out++ = to_byte (colour.g);
        *out++ = to_byte (colour.b);
      }

  return pixels;
}

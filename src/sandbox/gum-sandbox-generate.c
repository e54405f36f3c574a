/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Products by the thousand: each is a function of its seed alone, so it can be forgotten and made
 * again.
 */
#define G_LOG_DOMAIN "gum-sandbox"

#include "config.h"

#include "gum-sandbox-private.h"

static const char *const adjectives[] = {
  "Quiet", "Golden", "Electric", "Paper", "Velvet", "Midnight", "Wild", "Crisp", "Analogue",
  "Hidden", "Nordic", "Tiny", "Endless", "Copper", "Pastel", "Honest", "Slow", "Bright", "Lunar",
  "Handmade", "Söder", "Café",
};

static const char *const subjects[] = {
  "Forest", "City", "Ocean", "Garden", "Kitchen", "Studio", "Winter", "Botany", "Typography",
  "Synth", "Watercolour", "Portrait", "Street", "Desert", "Harbour", "Library", "Orchard",
  "Observatory", "Workshop", "Meadow",
};

static const struct
{
  const char *noun;
  const char *category;
  const char *tag;
  const char *filetype;
  const char *kind;
} kinds[] = {
  { "Brushes", "design/brushes", "brushes", "zip", "digital" },
  { "Presets", "photography", "presets", "zip", "digital" },
  { "Sample Pack", "music-and-sound-design", "samples", "zip", "digital" },
  { "Field Guide", "writing-and-publishing", "ebook", "pdf", "ebook" },
  { "Course", "education", "course", "mp4", "course" },
  { "Icons", "design/ui-and-web", "icons", "svg", "digital" },
  { "Font", "design/fonts", "font", "zip", "digital" },
  { "Notion Template", "business-and-money", "template", "txt", "digital" },
  { "3D Models", "3d", "models", "rar", "digital" },
  { "Zine", "comics-and-graphic-novels", "zine", "epub", "ebook" },
};

static guint64
draw (guint64 *random)
{
  *random = gum_sandbox_mix (*random);

  return *random >> 8;
}

static void
add_pictures (JsonObject *record,
              guint64    *random)
{
  JsonArray *covers = json_array_new ();
  guint n_covers = (guint) (draw (random) % 4);

  for (guint i = 0; i < n_covers; i++)
    {
      static const char *const shapes[] = { "1280x720", "800x1100", "1005x530", "700x700" };
      g_autofree char *path = NULL;

      path = g_strdup_printf ("/pictures/art-%s-%u.png", shapes[draw (random) % 4],
                              (guint) (draw (random) % 100000));
      json_array_add_string_element (covers, path);
    }
  json_object_set_array_member (record, "covers", covers);

  if (draw (random) % 5 != 0)
    {
      g_autofree char *path = NULL;

      path = g_strdup_printf ("/pictures/art-600x600-%u.png", (guint) (draw (random) % 100000));
      json_object_set_string_member (record, "thumbnail_url", path);
    }
}

static void
add_price (JsonObject *record,
           guint64    *random)
{
  static const char *const currencies[] = { "usd", "usd", "usd", "usd", "eur", "gbp", "jpy" };
  const char *currency = currencies[draw (random) % G_N_ELEMENTS (currencies)];
  gint64 price = (gint64) (draw (random) % 60 + 1) * 100;
  gint64 count = (gint64) (draw (random) % 500);

  if (g_str_equal (currency, "jpy"))
    price *= 2;
  else if (draw (random) % 3 == 0)
    price -= 1;
  if (price < gum_sandbox_minimum_price (currency))
    price = gum_sandbox_minimum_price (currency);
  if (draw (random) % 12 == 0)
    price = 0;
  if (draw (random) % 3 == 0)
    count = 0;

  json_object_set_int_member (record, "price", price);
  json_object_set_string_member (record, "currency", currency);
  json_object_set_boolean_member (record, "customizable_price",
                                  price == 0 || draw (random) % 8 == 0);
  json_object_set_int_member (record, "_sales_count", count);
  json_object_set_int_member (record, "_sales_usd_cents", count * MAX (price, 300));
}

static void
add_versions (JsonObject *record,
              guint64    *random)
{
  static const char *const names[] = { "Personal", "Commercial", "Studio" };
  JsonArray *categories = json_array_new ();
  JsonObject *category = json_object_new ();
  JsonArray *variants = json_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      JsonObject *variant = json_object_new ();

      json_object_set_string_member (variant, "name", names[i]);
      json_object_set_null_member (variant, "description");
      json_object_set_int_member (variant, "price_difference_cents", (gint64) i * 1500);
      json_object_set_null_member (variant, "max_purchase_count");
      json_array_add_object_element (variants, variant);
    }
  json_object_set_string_member (category, "title", "License");
  json_object_set_array_member (category, "_variants", variants);
  json_array_add_object_element (categories, category);
  json_object_set_array_member (record, "_variant_categories", categories);
}

JsonObject *
gum_sandbox_generate (GumSandboxState *state,
                      guint            seed,
                      guint            number)
{
  guint64 random = seed;
  guint kind = (guint) (draw (&random) % G_N_ELEMENTS (kinds));
  const char *adjective = adjectives[draw (&random) % G_N_ELEMENTS (adjectives)];
  const char *subject = subjects[draw (&random) % G_N_ELEMENTS (subjects)];
  g_autofree char *name = NULL;
  g_autofree char *description = NULL;
  g_autofree char *size = NULL;
  g_autofree char *id = gum_sandbox_external_id (seed, number);
  gint64 bytes = (gint64) (draw (&random) % 90000000 + 40000);
  guint64 serial = state->serial;
  JsonObject *record = json_object_new ();
  JsonObject *file = json_object_new ();
  JsonObject *info = json_object_new ();
  JsonArray *files = json_array_new ();
  JsonArray *tags = json_array_new ();

  name = g_strdup_printf ("%s %s %s No. %u", adjective, subject, kinds[kind].noun, number);
  description = g_strdup_printf ("<p><strong>%s</strong> for people who care about %s.</p>"
                                 "<ul><li>%u pieces, ready to use</li><li>Free updates</li></ul>",
                                 name, kinds[kind].tag, (guint) (draw (&random) % 90 + 10));
  json_object_set_string_member (record, "id", id);
  json_object_set_string_member (record, "name", name);
  json_object_set_string_member (record, "description", description);
  if (draw (&random) % 3 != 0)
    json_object_set_string_member (record, "custom_summary", "A small set, made with care.");
  json_object_set_string_member (record, "category", kinds[kind].category);
  json_object_set_string_member (record, "_native_type", kinds[kind].kind);
  json_object_set_boolean_member (record, "published", draw (&random) % 6 != 0);

  json_array_add_string_element (tags, kinds[kind].tag);
  if (draw (&random) % 2 == 0)
    json_array_add_string_element (tags, "bundle deal");
  json_object_set_array_member (record, "tags", tags);

  json_object_set_string_member (file, "name", kinds[kind].noun);
  json_object_set_int_member (file, "size", bytes);
  json_object_set_string_member (file, "filetype", kinds[kind].filetype);
  json_array_add_object_element (files, file);
  json_object_set_array_member (record, "files", files);
  size = g_strdup_printf ("%.1f MB", (double) bytes / 1048576);
  json_object_set_string_member (info, "Size", size);
  json_object_set_object_member (record, "file_info", info);

  add_price (record, &random);
  add_pictures (record, &random);
  if (draw (&random) % 4 == 0)
    add_versions (record, &random);

  /* Covers take their ids from the serial number; here they must not depend on when. */
  state->serial = seed;
  gum_sandbox_record_complete (state, record);
  state->serial = serial;

  return record;
}

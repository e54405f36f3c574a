/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Names for many codes. Whoever reads one off a card must not take a letter for a digit, so those that look
 * alike are left out; and nobody must be able to guess the next one, so they come from the system's random
 * numbers.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-code-names.h"

#include "gum-offer-code.h"
#include "gum-util.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* Without 0 and O, 1 and I and l. 32 of them: five bits of chance each, without a rest. */
static const char letters[] = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
G_STATIC_ASSERT (sizeof letters - 1 == 32);

/* Behind a prefix without a mark of its own. */
#define DEFAULT_TAIL "-########"
/* Draws for each name before it is given up: nearly all names of a pattern may be taken. */
#define TRIES 200
/* So many times as many names as are wanted must be possible, or they could be guessed. */
#define SPARSENESS 64

static char *
dup_pattern (const char *pattern)
{
  if (strchr (pattern, '#') != NULL)
    return g_strdup (pattern);

  return g_strconcat (pattern, *pattern != '\0' ? DEFAULT_TAIL : DEFAULT_TAIL + 1, NULL);
}

static guint
count_marks (const char *pattern)
{
  guint n = 0;

  for (const char *at = pattern; *at != '\0'; at++)
    n += *at == '#';

  return n;
}

const char *
gum_code_names_check (const char *pattern,
                      guint       n)
{
  g_autofree char *whole = NULL;
  g_autofree char *sample = NULL;

  g_return_val_if_fail (pattern != NULL, NULL);

  whole = dup_pattern (pattern);
  sample = g_strdelimit (g_strdup (whole), "#", 'X');
  if (!gum_offer_code_name_is_valid (sample))
    return _("A code consists of letters, digits, dashes and underscores.");
  if (pow (32, MIN (count_marks (whole), 20)) < (double) n * SPARSENESS)
    return _("There are too few different codes of this pattern, so that one could be guessed. Use "
             "more #.");

  return NULL;
}

GHashTable *
gum_code_names_list_taken (GumRecords *records,
                           const char *product_id,
                           gboolean    universal)
{
  GHashTable *taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (records)); i++)
    {
      g_autoptr (GumRecord) record = g_list_model_get_item (G_LIST_MODEL (records), i);
      GumOfferCode *code = gum_record_get_resource (record);

      if (gum_offer_code_get_name (code) != NULL &&
          (universal || gum_offer_code_is_universal (code) ||
           g_strcmp0 (gum_record_get_product_id (record), product_id) == 0))
        g_hash_table_add (taken, g_utf8_casefold (gum_offer_code_get_name (code), -1));
    }

  return taken;
}

gboolean
gum_code_names_is_taken (GHashTable *taken,
                         const char *name)
{
  g_autofree char *folded = g_utf8_casefold (name, -1);

  return g_hash_table_contains (taken, folded);
}

guint
gum_code_names_count (GumRecords *records,
                      const char *product_id)
{
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (records)); i++)
    {
      g_autoptr (GumRecord) record = g_list_model_get_item (G_LIST_MODEL (records), i);

      n += g_strcmp0 (gum_record_get_product_id (record), product_id) == 0 &&
           !gum_offer_code_is_universal (gum_record_get_resource (record));
    }

  return n;
}

static char *
make_one (const char  *pattern,
          GError     **error)
{
  g_autofree char *name = g_strdup (pattern);

  for (char *at = name; *at != '\0'; at++)
    {
      guint8 chance;

      if (*at != '#')
        continue;
      if (!gum_random_bytes (&chance, 1, error))
        return NULL;
      *at = letters[chance % 32];
    }

  return g_steal_pointer (&name);
}

char **
gum_code_names_make (const char  *pattern,
                     guint        n,
                     GHashTable  *taken,
                     GError     **error)
{
  g_autofree char *whole = NULL;
  g_autoptr (GHashTable) made = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (GStrv) names = NULL;
  guint n_made = 0;

  g_return_val_if_fail (pattern != NULL && taken != NULL, NULL);
  g_return_val_if_fail (gum_code_names_check (pattern, n) == NULL, NULL);

  whole = dup_pattern (pattern);
  names = g_new0 (char *, n + 1);
  for (guint n_tries = 0; n_made < n; n_tries++)
    {
      g_autofree char *name = make_one (whole, error);
      g_autofree char *folded = name != NULL ? g_utf8_casefold (name, -1) : NULL;

      if (name == NULL)
        return NULL;
      if (n_tries / TRIES > n)
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_EXISTS, "Too many names are taken");
          return NULL;
        }
      if (!g_hash_table_contains (taken, folded) &&
          g_hash_table_add (made, g_steal_pointer (&folded)))
        names[n_made++] = g_steal_pointer (&name);
    }

  return g_steal_pointer (&names);
}

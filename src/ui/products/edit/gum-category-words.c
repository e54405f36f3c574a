/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The names of Gumroad's categories. Records and requests have paths such as "design/ui-and-web", and a record
 * tells the name of its own category only. The catalogue is the same for every account.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-category-words.h"

#include "gum-categories.h"

/* Path to name. */
static GHashTable *names;

void
gum_category_words_learn (GPtrArray *categories)
{
  g_return_if_fail (categories != NULL);

  if (names == NULL)
    names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < categories->len; i++)
    {
      const GumCategory *category = g_ptr_array_index (categories, i);

      g_hash_table_replace (names, g_strdup (category->path), g_strdup (category->label));
    }
}

/* "ui-and-web": "Ui and web" */
static char *
dup_from_path (const char *part)
{
  char *word = g_strdelimit (g_strdup (part), "-", ' ');

  word[0] = g_ascii_toupper (word[0]);
  return word;
}

char *
gum_category_words_dup (const char *path)
{
  g_autoptr(GString) words = g_string_new (NULL);
  g_autoptr(GString) so_far = g_string_new (NULL);
  g_auto(GStrv) parts = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  parts = g_strsplit (path, "/", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *made = dup_from_path (parts[i]);
      const char *name;

      g_string_append_printf (so_far, "%s%s", i > 0 ? "/" : "", parts[i]);
      name = names != NULL ? g_hash_table_lookup (names, so_far->str) : NULL;
      g_string_append_printf (words, "%s%s", i > 0 ? " › " : "", name != NULL ? name : made);
    }

  return g_string_free (g_steal_pointer (&words), FALSE);
}

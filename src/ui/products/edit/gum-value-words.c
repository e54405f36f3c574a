/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The words of a long value, and the part of them where two values differ. Whoever has to choose between two texts that
 * are pages long wants to see that place, and not two beginnings that are the same.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-value-words.h"

#include "gum-content-list.h"
#include "gum-content-pages.h"
#include "gum-content-text.h"
#include "gum-html.h"
#include "gum-json.h"
#include "gum-product-keys.h"

#include <glib/gi18n.h>
#include <string.h>

/* In characters: so much is shown, and so much of it stands before the difference, on two lines at most. */
#define MAX_TEXT 600
#define MAX_LEAD 40
#define MAX_LEAD_LINES 2

static gboolean
is_pages (const char *key)
{
  const GumProductKey *known = gum_product_keys_find (key);

  return known != NULL && known->kind == GUM_PRODUCT_KEY_PAGES;
}

gboolean
gum_value_words_has (const char *key)
{
  static const char * const texts[] = {
    "description", "custom_summary", "custom_receipt", "custom_html", "refund_fine_print", NULL
  };

  return g_strv_contains (texts, key) || is_pages (key);
}

/* What is no words has a name, if it has one. */
static char *
dup_page (JsonNode *page)
{
  JsonObject *object = page != NULL && JSON_NODE_HOLDS_OBJECT (page) ? json_node_get_object (page) : NULL;
  JsonNode *document = object != NULL ? json_object_get_member (object, "description") : NULL;
  g_autoptr (GumRichText) text = gum_content_text_read (document, NULL);
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < text->blocks->len; i++)
    {
      GumRichBlock *block = g_ptr_array_index (text->blocks, i);
      g_autofree char *line = gum_rich_block_has_text (block) ? gum_rich_block_dup_text (block)
                                                               : g_strdup (block->alt);

      if (line != NULL && *line != '\0')
        g_string_append_printf (words, "%s%s", words->len > 0 ? "\n" : "", line);
    }

  return g_string_free (words, FALSE);
}

char *
gum_value_words_dup (const char *key,
                     JsonNode   *value)
{
  g_autofree char *text = NULL;
  GString *words;

  if (!is_pages (key))
    {
      text = value != NULL ? gum_json_node_dup_string (value) : NULL;
      if (text != NULL && g_str_equal (key, "description"))
        return g_strstrip (gum_html_to_text (text, -1));

      return text != NULL ? g_strstrip (g_steal_pointer (&text)) : g_strdup ("");
    }

  words = g_string_new (NULL);
  for (guint i = 0; i < gum_content_pages_get_length (value); i++)
    {
      g_autofree char *page = dup_page (gum_content_pages_get (value, i));

      g_string_append_printf (words, "%s%s", words->len > 0 ? "\n" : "", page);
    }

  return g_string_free (words, FALSE);
}

char *
gum_value_words_cut (char *text)
{
  g_autofree char *whole = text;

  if (g_utf8_strlen (whole, -1) <= MAX_TEXT)
    return g_steal_pointer (&whole);
  *g_utf8_offset_to_pointer (whole, MAX_TEXT) = '\0';

  return g_strconcat (whole, "…", NULL);
}

/* From a word a little before where they differ. */
static char *
dup_from_difference (const char *text,
                     const char *other)
{
  const char *at = text;
  const char *from;
  guint n_lines = 0;

  while (*at != '\0' && g_utf8_get_char (at) == g_utf8_get_char (other))
    {
      at = g_utf8_next_char (at);
      other = g_utf8_next_char (other);
    }
  /* One that ends where the other goes on, or is the same, is seen by its end. */
  from = at;
  for (guint i = 0; from > text && i < MAX_LEAD; i++)
    {
      const char *before = g_utf8_prev_char (from);

      if (*before == '\n' && ++n_lines > MAX_LEAD_LINES)
        break;
      from = before;
    }
  if (from > text && from[-1] != '\n')
    {
      const char *word = strpbrk (from, " \n");

      if (word != NULL && word < at)
        from = word + 1;
    }
  if (from == text)
    return gum_value_words_cut (g_strdup (text));

  return gum_value_words_cut (g_strconcat ("…", from, NULL));
}

/* The first page that is not the same in both, its title included; the formatting counts only if no words differ. */
static guint
find_page (JsonNode *pages,
           JsonNode *other,
           gboolean *is_alike)
{
  guint length = MAX (gum_content_pages_get_length (pages), gum_content_pages_get_length (other));
  guint formatted = length;

  *is_alike = FALSE;
  for (guint i = 0; i < length; i++)
    {
      JsonNode *page = gum_content_pages_get (pages, i);
      JsonNode *other_page = gum_content_pages_get (other, i);
      g_autofree char *words = dup_page (page);
      g_autofree char *other_words = dup_page (other_page);

      if (page == NULL || other_page == NULL || !g_str_equal (words, other_words) ||
          g_strcmp0 (gum_content_pages_get_title (pages, i), gum_content_pages_get_title (other, i)) != 0)
        return i;
      if (formatted == length && !json_node_equal (page, other_page))
        formatted = i;
    }
  *is_alike = TRUE;

  return formatted;
}

static char *
dup_page_part (JsonNode *pages,
               JsonNode *other,
               gboolean *is_alike)
{
  guint at = find_page (pages, other, is_alike);
  JsonNode *page = gum_content_pages_get (pages, at);
  g_autofree char *words = dup_page (page);
  g_autofree char *other_words = dup_page (gum_content_pages_get (other, at));
  g_autofree char *part = NULL;
  g_autofree char *title = NULL;

  if (page == NULL)
    return g_strdup ("");

  part = *is_alike ? gum_value_words_cut (g_steal_pointer (&words)) : dup_from_difference (words, other_words);
  title = gum_content_list_dup_title (pages, at);
  /* Translators: the title of a page, and words on it */
  return *part != '\0' ? g_strdup_printf (_("“%1$s”: %2$s"), title, part)
                       : g_strdup_printf (_("“%s” has no words"), title);
}

char *
gum_value_words_dup_part (const char *key,
                          JsonNode   *value,
                          JsonNode   *other,
                          gboolean   *is_alike)
{
  g_autofree char *text = NULL;
  g_autofree char *other_text = NULL;

  g_return_val_if_fail (gum_value_words_has (key), NULL);
  g_return_val_if_fail (is_alike != NULL, NULL);

  if (is_pages (key))
    return dup_page_part (value, other, is_alike);

  text = gum_value_words_dup (key, value);
  other_text = gum_value_words_dup (key, other);
  *is_alike = g_str_equal (text, other_text);

  return *is_alike ? gum_value_words_cut (g_steal_pointer (&text)) : dup_from_difference (text, other_text);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Text as search and order see it: without case, without accents, in any script. What is indexed
 * and what is asked for go through the same folding, so FTS5's tokenizer has nothing left to do
 * but to cut. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-search.h"

#include "gum-html.h"

#include <string.h>

/* A description of any length costs no more than this, and a question no more than that. */
#define MAX_BODY  (128 * 1024)
#define MAX_WORDS 16
#define MAX_ASKED 512

/* Marks that people leave out when they type. Vowel signs of Indic scripts, and the voicing
 * marks of kana, are letters to their readers and stay. */
static const struct {
  gunichar first;
  gunichar last;
} dropped[] = {
  { 0x00ad, 0x00ad },   /* soft hyphen */
  { 0x0300, 0x036f },
  { 0x0483, 0x0487 },   /* Cyrillic */
  { 0x0591, 0x05bd },   /* Hebrew */
  { 0x05bf, 0x05bf },
  { 0x05c1, 0x05c2 },
  { 0x05c4, 0x05c5 },
  { 0x05c7, 0x05c7 },
  { 0x0610, 0x061a },   /* Arabic */
  { 0x0640, 0x0640 },
  { 0x064b, 0x065f },
  { 0x0670, 0x0670 },
  { 0x06d6, 0x06dc },
  { 0x06df, 0x06e8 },
  { 0x06ea, 0x06ed },
  { 0x1ab0, 0x1aff },
  { 0x1dc0, 0x1dff },
  { 0x200b, 0x200f },   /* zero-width characters and marks of direction */
  { 0x202a, 0x202e },
  { 0x2060, 0x2064 },
  { 0x20d0, 0x20ff },
  { 0xfe00, 0xfe0f },
  { 0xfe20, 0xfe2f },
  { 0xfeff, 0xfeff },
};

/* Letters that Unicode does not take apart, and that keyboards elsewhere do not have. */
static const struct {
  gunichar    letter;
  const char *plain;
} letters[] = {
  { 0x00e6, "ae" },   /* æ */
  { 0x00f0, "d" },    /* ð */
  { 0x00f8, "o" },    /* ø */
  { 0x00fe, "th" },   /* þ */
  { 0x0111, "d" },    /* đ */
  { 0x0127, "h" },    /* ħ */
  { 0x0131, "i" },    /* ı */
  { 0x0142, "l" },    /* ł */
  { 0x0153, "oe" },   /* œ */
  { 0x0167, "t" },    /* ŧ */
};

static const GUnicodeScript without_spaces[] = {
  G_UNICODE_SCRIPT_HAN,
  G_UNICODE_SCRIPT_HIRAGANA,
  G_UNICODE_SCRIPT_KATAKANA,
  G_UNICODE_SCRIPT_THAI,
  G_UNICODE_SCRIPT_LAO,
  G_UNICODE_SCRIPT_KHMER,
  G_UNICODE_SCRIPT_MYANMAR,
};

static gboolean
is_dropped (gunichar c)
{
  if (c < 0x0300)
    return c == 0x00ad;

  for (gsize i = 1; i < G_N_ELEMENTS (dropped) && dropped[i].first <= c; i++)
    {
      if (c <= dropped[i].last)
        return TRUE;
    }

  return FALSE;
}

static gboolean
has_no_spaces (gunichar c)
{
  GUnicodeScript script = c >= 0x0e00 ? g_unichar_get_script (c) : G_UNICODE_SCRIPT_COMMON;

  for (gsize i = 0; i < G_N_ELEMENTS (without_spaces); i++)
    {
      if (script == without_spaces[i])
        return TRUE;
    }

  return FALSE;
}

static void
append_letter (GString  *text,
               gunichar  c)
{
  if (c >= 0xe6 && c <= 0x167)
    {
      for (gsize i = 0; i < G_N_ELEMENTS (letters); i++)
        {
          if (letters[i].letter == c)
            {
              g_string_append (text, letters[i].plain);
              return;
            }
        }
    }

  g_string_append_unichar (text, c);
}

static gboolean
is_ascii (const char *text,
          gsize       length)
{
  for (gsize i = 0; i < length; i++)
    {
      if ((guchar) text[i] >= 0x80)
        return FALSE;
    }

  return TRUE;
}

static void
append_folded_word (GString    *folded,
                    const char *word,
                    gsize       length)
{
  g_autofree char *valid = g_utf8_make_valid (word, length);
  g_autofree char *decomposed = g_utf8_normalize (valid, -1, G_NORMALIZE_ALL);
  g_autofree char *caseless = g_utf8_casefold (decomposed, -1);
  g_autofree char *again = g_utf8_normalize (caseless, -1, G_NORMALIZE_ALL);

  for (const char *p = again; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!is_dropped (c))
        append_letter (folded, c);
    }
}

/**
 * gum_search_fold_letters:
 * @text: (nullable): any text
 * @length: of @text in bytes; -1: up to its end
 *
 * What people leave out when they type is gone: compatibility forms, case, marks. It is still one text, in which
 * another one that was treated the same way can be found with strstr().
 *
 * Returns: (transfer full): the folded text
 */
char *
gum_search_fold_letters (const char *text,
                         gssize      length)
{
  const char *end;
  GString *folded;

  if (text == NULL)
    return g_strdup ("");
  if (length < 0)
    length = strlen (text);
  if (is_ascii (text, length))
    return g_ascii_strdown (text, length);

  /* A space has a part in none of that, so each word is folded by itself, and most are plain even in a text
   * that is not. */
  folded = g_string_sized_new (length);
  for (end = text + length; text < end;)
    {
      const char *space = memchr (text, ' ', end - text);
      const char *next = space != NULL ? space + 1 : end;

      if (!is_ascii (text, next - text))
        append_folded_word (folded, text, next - text);
      else
        {
          for (; text < next; text++)
            g_string_append_c (folded, g_ascii_tolower (*text));
        }
      text = next;
    }

  return g_string_free (folded, FALSE);
}

/* Scripts that put no space between words become one word a character; marks stay with their
 * letter. */
char *
gum_search_fold (const char *text,
                 gssize      length)
{
  g_autofree char *letters_only = NULL;
  gboolean was_apart = FALSE;
  GString *folded;

  if (text == NULL)
    return g_strdup ("");
  if (length < 0)
    length = strlen (text);
  if (is_ascii (text, length))
    return g_ascii_strdown (text, length);

  letters_only = gum_search_fold_letters (text, length);
  folded = g_string_sized_new (strlen (letters_only) * 2);
  for (const char *p = letters_only; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gboolean apart = has_no_spaces (c);

      if (c < 0x80 || !g_unichar_ismark (c))
        {
          if (apart || was_apart)
            g_string_append_c (folded, ' ');
          was_apart = apart;
        }
      if (c < 0x80)
        g_string_append_c (folded, c);
      else
        g_string_append_unichar (folded, c);
    }

  return g_string_free (folded, FALSE);
}

/**
 * gum_search_contains:
 * @text: (nullable): where
 * @folded: what, from gum_search_fold_letters()
 *
 * Returns: whether @folded is somewhere in @text
 */
gboolean
gum_search_contains (const char *text,
                     const char *folded)
{
  g_autofree char *letters_only = gum_search_fold_letters (text, -1);

  return strstr (letters_only, folded) != NULL;
}

/* The words of a description. */
char *
gum_search_fold_html (const char *html)
{
  g_autofree char *text = NULL;

  if (html == NULL)
    return g_strdup ("");

  text = gum_html_to_text (html, strnlen (html, 4 * MAX_BODY));

  return gum_search_fold (text, strnlen (text, MAX_BODY));
}

/* Bytes that sort as people expect: blind to case and accents, and "Pack 2" before "Pack 10",
 * because a run of digits begins with its length. */
char *
gum_search_sort_key (const char *text)
{
  g_autofree char *folded = gum_search_fold_letters (text, -1);
  GString *key = g_string_sized_new (strlen (folded) + 8);
  const char *p = g_strchug (folded);

  while (*p != '\0')
    {
      const char *digits = p;
      gsize n_digits;

      if (!g_ascii_isdigit (*p))
        {
          g_string_append_c (key, *p++);
          continue;
        }

      while (*digits == '0' && g_ascii_isdigit (digits[1]))
        digits++;
      for (n_digits = 0; g_ascii_isdigit (digits[n_digits]); n_digits++)
        ;
      g_string_append_c (key, '0' + MIN (n_digits, 9));
      g_string_append_len (key, digits, n_digits);
      p = digits + n_digits;
    }

  return g_string_free (key, FALSE);
}

static gboolean
has_letters (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isalnum (c) || g_unichar_ismark (c))
        return TRUE;
    }

  return FALSE;
}

/* What FTS5 is asked for @text: every word, the last characters of it open. Each word stands in
 * quotes, where FTS5 knows no syntax; a word of a script without spaces becomes a phrase by
 * itself. NULL when there is nothing to look for. */
char *
gum_search_question (const char *text)
{
  g_autofree char *valid = NULL;
  g_autoptr(GString) spaced = NULL;
  g_auto(GStrv) words = NULL;
  GString *question;
  guint n_words = 0;

  if (text == NULL)
    return NULL;

  valid = g_utf8_make_valid (text, strnlen (text, MAX_ASKED));
  spaced = g_string_sized_new (strlen (valid));
  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      g_string_append_unichar (spaced, g_unichar_isspace (c) ? ' ' : c);
    }

  words = g_strsplit (spaced->str, " ", -1);
  question = g_string_new (NULL);
  for (guint i = 0; words[i] != NULL && n_words < MAX_WORDS; i++)
    {
      g_autofree char *folded = gum_search_fold (words[i], -1);

      if (!has_letters (folded))
        continue;

      g_strdelimit (folded, "\"", ' ');
      g_string_append_printf (question, "%s\"%s\"*", n_words > 0 ? " " : "", folded);
      n_words++;
    }

  if (n_words == 0)
    {
      g_string_free (question, TRUE);
      return NULL;
    }

  return g_string_free (question, FALSE);
}

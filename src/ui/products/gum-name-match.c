/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whether a name was typed that stands on the screen. Names have pictures, marks that nobody sees, and quotes and
 * dashes that are on no keyboard: what cannot be typed is not asked for.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-name-match.h"

/* What is typed in the place of a character; 0: nothing. */
static gunichar
get_typed (gunichar character)
{
  if (g_unichar_isspace (character))
    return ' ';
  if (character < 0x80)
    return g_unichar_iscntrl (character) ? 0 : character;

  switch ((int) g_unichar_type (character))
    {
    case G_UNICODE_DASH_PUNCTUATION:
      return '-';
    case G_UNICODE_INITIAL_PUNCTUATION:
    case G_UNICODE_FINAL_PUNCTUATION:
      /* The single one is an apostrophe, too. */
      return character == 0x2018 || character == 0x2019 ? '\'' : '"';
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
    case G_UNICODE_SURROGATE:
    case G_UNICODE_PRIVATE_USE:
    case G_UNICODE_UNASSIGNED:
    case G_UNICODE_ENCLOSING_MARK:
    case G_UNICODE_OTHER_SYMBOL:
    case G_UNICODE_MODIFIER_SYMBOL:
      return 0;
    default:
      /* The last ones choose how the character before looks. */
      return character >= 0xFE00 && character <= 0xFE0F ? 0 : character;
    }
}

static char *
reduce (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *normal = NULL;
  g_autoptr (GString) typed = g_string_new (NULL);

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = get_typed (g_utf8_get_char (at));

      if (character == ' ' && (typed->len == 0 || typed->str[typed->len - 1] == ' '))
        continue;
      if (character != 0)
        g_string_append_unichar (typed, character);
    }
  g_strchomp (typed->str);
  normal = g_utf8_normalize (typed->str, -1, G_NORMALIZE_ALL_COMPOSE);

  return g_utf8_casefold (normal, -1);
}

gboolean
gum_name_match_can_type (const char *name)
{
  g_autofree char *wanted = NULL;

  g_return_val_if_fail (name != NULL, FALSE);

  wanted = reduce (name);

  return *wanted != '\0';
}

gboolean
gum_name_match_equal (const char *name,
                      const char *typed)
{
  g_autofree char *wanted = NULL;
  g_autofree char *given = NULL;

  g_return_val_if_fail (name != NULL && typed != NULL, FALSE);

  wanted = reduce (name);
  given = reduce (typed);

  return *wanted != '\0' && g_str_equal (wanted, given);
}

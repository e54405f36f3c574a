/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* contract: the words of what can be written of a product at length: a text, a description, pages of content. Formatting
 * is no words. */

/* Whether @key is written at length. */
gboolean gum_value_words_has      (const char *key);
/* All of it, without blanks around it; pages one after the other. */
char    *gum_value_words_dup      (const char *key,
                                   JsonNode   *value);
/* From a little before where @value begins to differ from @other, and not to its end if that is far; of pages the first
 * one that differs, with its title. Empty where there is nothing. @is_alike: whether no words differ at all. */
char    *gum_value_words_dup_part (const char *key,
                                   JsonNode   *value,
                                   JsonNode   *other,
                                   gboolean   *is_alike);
/* The beginning of @text, so far as a person wants to read it in a list. Takes @text. */
char    *gum_value_words_cut      (char       *text);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @categories: of GumCategory. Whoever reads Gumroad's catalogue tells it here. */
void  gum_category_words_learn (GPtrArray  *categories);
/* Transfer full: what a person reads for a path: "Design › UI & Web"; as far as a name is not known, made from the path. */
char *gum_category_words_dup   (const char *path);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gum-product.h"
#include "gum-store.h"

G_BEGIN_DECLS

#define GUM_TYPE_FILE_TARGET (gum_file_target_get_type ())
G_DECLARE_FINAL_TYPE (GumFileTarget, gum_file_target, GUM, FILE_TARGET, AdwWindow)

/* contract: asks of each of some files on this computer which file of the product it replaces, and where each
 * version has content of its own, which version a new one is for. Signal "chosen" (GFile *, const char *replaces, nullable;
 * const char *name, nullable; const char *version, nullable: for gum_file_change_set_version()) for each file, in
 * their order. */
GtkWidget *gum_file_target_new (GumProduct *product,
                                GumStore   *store,
                                GListModel *files,        /* of GFile */
                                const char *replaces);    /* chosen to begin with; NULL: what looks like it */

/* The file of the product that @name looks like a newer one of, and that is not in @taken, a set of ids; NULL: none.
 * For tests too. (transfer full) */
char      *gum_file_target_guess (GumProduct *product,
                                  const char *name,
                                  GHashTable *taken);        /* nullable */

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-product.h"
#include "gum-version-choice.h"

G_BEGIN_DECLS

/* contract: which version's buyers are to get a file, where each version of a product has content of its own. */

/* Being read. (transfer full); NULL: all versions have the same content. */
GumVersionList *gum_file_version_list_new (GumStore         *store,
                                           GumProduct       *product);
/* FALSE: they are being read, so that only all of them could be chosen. */
gboolean        gum_file_version_is_ready (GumVersionList   *list);
/* A GumVersionChoice. All versions are chosen to begin with. */
GtkWidget      *gum_file_version_row_new  (GumVersionList   *list,
                                           GumProduct       *product);
/* For gum_file_change_set_version(). (transfer full) (nullable) */
char           *gum_file_version_dup_key  (GumVersionList   *list,
                                           GumVersionChoice *row);

G_END_DECLS

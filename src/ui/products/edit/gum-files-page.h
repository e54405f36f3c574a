/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-subpage.h"

G_BEGIN_DECLS

#define GUM_TYPE_FILES_PAGE (gum_files_page_get_type ())
G_DECLARE_FINAL_TYPE (GumFilesPage, gum_files_page, GUM, FILES_PAGE, GumSubpage)

/* contract: the files of a product: what is attached beside what buyers get, and what is on its way. Files are added by
 * drop, by paste and by the file chooser. */

/* What dropping or choosing does. @replaces: nullable. */
void gum_files_page_take (GumFilesPage *self,
                          GListModel   *files,     /* of GFile */
                          const char   *replaces);

G_END_DECLS

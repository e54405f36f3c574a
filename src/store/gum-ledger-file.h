/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Private to the store. */
char     *gum_ledger_file_dup_path   (const char  *directory,
                                      const char  *suffix);
gboolean  gum_ledger_file_make_place (const char  *directory,
                                      GError     **error);
gboolean  gum_ledger_file_check      (const char  *directory,
                                      GError     **error);
gboolean  gum_ledger_file_restrict   (const char  *directory,
                                      GError     **error);
char     *gum_ledger_file_set_aside  (const char  *directory,
                                      GError     **error);

G_END_DECLS

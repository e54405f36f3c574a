/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Rows that the forms of bulk edits have in common; each is added to @group, an AdwPreferencesGroup. */
AdwComboRow *gum_bulk_rows_add_combo      (GtkWidget          *group,
                                           const char         *title,
                                           const char * const *choices);
/* @currency: which is chosen first; NULL: whichever. */
AdwComboRow *gum_bulk_rows_add_currencies (GtkWidget          *group,
                                           const char         *currency);
const char  *gum_bulk_rows_get_currency   (AdwComboRow        *row);
void         gum_bulk_rows_set_currency   (AdwComboRow        *row,
                                           const char         *currency);

G_END_DECLS

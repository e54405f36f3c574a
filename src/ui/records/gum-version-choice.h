/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gum-version-list.h"

G_BEGIN_DECLS

#define GUM_TYPE_VERSION_CHOICE (gum_version_choice_get_type ())
G_DECLARE_FINAL_TYPE (GumVersionChoice, gum_version_choice, GUM, VERSION_CHOICE, AdwComboRow)

/* contract: a row that asks for a version of a product, or for no certain one. @store: NULL while the ledger is closed.
 * Signal "picked": the person has chosen another. */
GtkWidget  *gum_version_choice_new           (GumStore         *store,
                                              const char       *title);
/* One of several rows about the same versions, which whoever has the list reads. @none: the words for no version;
 * @except: a version that is not offered. */
GtkWidget  *gum_version_choice_new_with_list (GumVersionList   *list,
                                              const char       *title,
                                              const char       *none,
                                              const char       *except);
/* @product_id and @variant_id, the one that is chosen, may be NULL. */
void        gum_version_choice_set_product   (GumVersionChoice *self,
                                              const char       *product_id,
                                              const char       *variant_id);
/* @name: what it is called where the list does not know it; both may be NULL. */
void        gum_version_choice_set_chosen    (GumVersionChoice *self,
                                              const char       *id,
                                              const char       *name);
/* What is to be known of the choice, or what is wrong with it; NULL: nothing. */
void        gum_version_choice_set_note      (GumVersionChoice *self,
                                              const char       *text,
                                              gboolean          wrong);
const char *gum_version_choice_get_id        (GumVersionChoice *self);      /* nullable */

G_END_DECLS

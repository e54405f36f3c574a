/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-records-page.h"

G_BEGIN_DECLS

/* What a section does to the record that is open. All texts are translated. */
typedef struct {
  const char *label;               /* for the journal */
  const char *heading;
  const char *body;
  const char *toast;
  const char *not_found;           /* nullable: what it means that Gumroad lists what it does not know */
} GumRecordsQuestionTexts;

/* Asks, and deletes it then. */
void gum_records_ask_to_delete (GumRecordsPage                *page,
                                const GumRecordsQuestionTexts *texts);
/* Sends @write; a toast when it is done, a dialog when it is not. @action (nullable, static) cannot be used until
 * then. */
void gum_records_send          (GumRecordsPage                *page,
                                GumWrite                      *write,
                                const char                    *action,
                                const char                    *toast,
                                const char                    *not_found);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-records-pane.h"
#include "gum-section.h"

G_BEGIN_DECLS

#define GUM_TYPE_RECORDS_PAGE (gum_records_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (GumRecordsPage, gum_records_page, GUM, RECORDS_PAGE, GumSection)

/* contract: a section with a short list, and beside it or over it the record that is open. */
struct _GumRecordsPageClass
{
  GumSectionClass       parent_class;

  const GumRecordsLook *look;

  /* What is shown of @record, which never changes: another one is built when it does. */
  GtkWidget * (* build)     (GumRecordsPage *self,
                             GumRecord      *record);
  char *      (* dup_title) (GumRecord      *record);
};

GumRecordsPane *gum_records_page_get_pane    (GumRecordsPage *self);
GumRecords     *gum_records_page_get_records (GumRecordsPage *self);   /* nullable */
GumRecord      *gum_records_page_get_open    (GumRecordsPage *self);   /* nullable */

G_END_DECLS

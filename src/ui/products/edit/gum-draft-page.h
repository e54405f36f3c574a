/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-draft.h"
#include "gum-subpage.h"

G_BEGIN_DECLS

#define GUM_TYPE_DRAFT_PAGE (gum_draft_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (GumDraftPage, gum_draft_page, GUM, DRAFT_PAGE, GumSubpage)

/* contract: a page that changes a product by way of its draft, which survives everything; it goes to
 * Gumroad when "form.save" is activated, and not before. */
struct _GumDraftPageClass
{
  GumSubpageClass parent_class;

  /* Whether something must be mended before it can be saved, which then has the focus. */
  gboolean (* find_problem) (GumDraftPage *self);
  /* Whether what Gumroad refused is shown where it belongs; if not, it is said above everything. @asked: for here and
   * now, so that the focus may go there. */
  gboolean (* show_refusal) (GumDraftPage *self,
                             const GError *error,
                             gboolean      asked);
};

/* A column for groups that scrolls, with notices on its top. */
GtkWidget  *gum_draft_page_add_column (GumDraftPage *self);
GumDraft   *gum_draft_page_get_draft  (GumDraftPage *self);
gboolean    gum_draft_page_is_saving  (GumDraftPage *self);
/* What is said above everything, or NULL. */
const char *gum_draft_page_get_notice (GumDraftPage *self);

G_END_DECLS

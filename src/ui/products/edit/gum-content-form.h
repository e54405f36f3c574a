/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-draft-page.h"
#include "gum-rich-editor.h"

G_BEGIN_DECLS

#define GUM_TYPE_CONTENT_FORM (gum_content_form_get_type ())
G_DECLARE_FINAL_TYPE (GumContentForm, gum_content_form, GUM, CONTENT_FORM, GumDraftPage)

/* contract: the pages that buyers of a product get, to be edited. */
GumRichEditor *gum_content_form_get_editor (GumContentForm *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-part-form.h"

G_BEGIN_DECLS

#define GUM_TYPE_QUESTION_FORM (gum_question_form_get_type ())
G_DECLARE_FINAL_TYPE (GumQuestionForm, gum_question_form, GUM, QUESTION_FORM, GumPartForm)

/* contract: a new question for the checkout. @known: those that are asked already: #GumCustomField. */
GtkWidget  *gum_question_form_new      (GtkWidget  *parent,
                                        GumShop    *shop,
                                        GumProduct *product,
                                        GListModel *known);

/* What a type of question is called; one that is not known here: as it came. */
const char *gum_question_get_type_name (const char *type);

G_END_DECLS

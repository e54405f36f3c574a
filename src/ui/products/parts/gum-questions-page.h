/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-part-page.h"

G_BEGIN_DECLS

#define GUM_TYPE_QUESTIONS_PAGE (gum_questions_page_get_type ())
G_DECLARE_FINAL_TYPE (GumQuestionsPage, gum_questions_page, GUM, QUESTIONS_PAGE, GumPartPage)

/* contract: what is asked at the checkout of a product. Actions "questions.add", "parts.retry". */

G_END_DECLS

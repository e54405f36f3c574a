/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-authorizer.h"

G_BEGIN_DECLS

#define GUM_TYPE_LOAN (gum_loan_get_type ())
G_DECLARE_FINAL_TYPE (GumLoan, gum_loan, GUM, LOAN, GObject)

GumLoan *gum_loan_new (const char *token);

G_END_DECLS

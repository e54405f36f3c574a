/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-window.h"

G_BEGIN_DECLS

/* Asks, signs out of the account that is shown, and tells what came of it. */
void  gum_sign_out_ask          (GumWindow        *window);
/* Without a question: of an account that was signed in to by mistake. */
void  gum_sign_out_at_once      (GumWindow        *window,
                                 GumAccount       *account);
/* Leaves the sample store; there is nothing to ask. */
void  gum_sign_out_leave_sample (GumWindow        *window);

/* The honest sentence about a result. @error: its reason, if it has one. (transfer full) */
char *gum_sign_out_dup_sentence (GumSignOutResult  result,
                                 const char       *name,
                                 const GError     *error);

G_END_DECLS

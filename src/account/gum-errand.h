/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-credentials.h"
#include "gum-oauth.h"

G_BEGIN_DECLS

/* What an answer on its way has to know: who asked, in which attempt, and whom to tell when nobody
 * needs it any more. */
typedef struct {
  GWeakRef        owner;
  guint           attempt;
  GumOAuth       *oauth;
  GumCredentials *credentials;
} GumErrand;

GumErrand *gum_errand_new  (GObject   *owner,
                            guint      attempt,
                            GumOAuth  *oauth);
void       gum_errand_free (GumErrand *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GumErrand, gum_errand_free)

G_END_DECLS

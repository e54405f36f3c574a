/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-product.h"

G_BEGIN_DECLS

/* contract: which buyers of a product get which of its files. */
typedef struct _GumFileReach GumFileReach;

GumFileReach *gum_file_reach_new           (GumProduct         *product);
void          gum_file_reach_free          (GumFileReach       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GumFileReach, gum_file_reach_free)

/* Each version has content of its own. */
gboolean      gum_file_reach_is_by_version (const GumFileReach *self);
gboolean      gum_file_reach_has_any       (const GumFileReach *self,
                                            const char         *id);      /* nullable */
gboolean      gum_file_reach_has_all       (const GumFileReach *self,
                                            const char         *id);      /* nullable */
/* A sentence. (transfer full) */
char         *gum_file_reach_dup_words     (const GumFileReach *self,
                                            const char         *id);      /* nullable */

G_END_DECLS

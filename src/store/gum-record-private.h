/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-record.h"

G_BEGIN_DECLS

/* NULL when @text is no record. In any thread. */
GumRecord *_gum_record_new    (GType       type,
                               const char *id,
                               const char *parent,
                               const char *product_name,
                               const char *currency,
                               GBytes     *text);
gboolean   _gum_record_equal  (GumRecord  *a,
                               GumRecord  *b);

G_END_DECLS

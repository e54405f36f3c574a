/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-attention.h"

G_BEGIN_DECLS

/* For the store, which owns it. */
GumAttention *_gum_attention_new    (GumStore     *store);
void          _gum_attention_detach (GumAttention *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-store.h"

G_BEGIN_DECLS

#define GUM_TYPE_ATTENTION (gum_attention_get_type ())
G_DECLARE_FINAL_TYPE (GumAttention, gum_attention, GUM, ATTENTION, GObject)

GumAttention *gum_store_get_attention (GumStore     *self);

guint         gum_attention_get_n     (GumAttention *self);
void          gum_attention_see       (GumAttention *self);

G_END_DECLS

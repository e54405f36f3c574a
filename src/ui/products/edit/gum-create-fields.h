/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gum-product.h"

G_BEGIN_DECLS

#define GUM_TYPE_CREATE_FIELDS (gum_create_fields_get_type ())
G_DECLARE_FINAL_TYPE (GumCreateFields, gum_create_fields, GUM, CREATE_FIELDS, AdwBin)

/* contract: what a new product is made of, as rows of a form. Signals "changed", and "activated" when Enter is pressed. */
GtkWidget  *gum_create_fields_new         (void);
void        gum_create_fields_take_over   (GumCreateFields *self,
                                           GumProduct      *like);
/* Why it cannot be sent; NULL: it can. */
const char *gum_create_fields_get_problem (GumCreateFields *self);
gboolean    gum_create_fields_has_words   (GumCreateFields *self);
/* All that was chosen and typed: two are equal when they make the same product. */
char       *gum_create_fields_dup_state   (GumCreateFields *self);
JsonObject *gum_create_fields_new_body    (GumCreateFields *self);
void        gum_create_fields_focus       (GumCreateFields *self);

G_END_DECLS

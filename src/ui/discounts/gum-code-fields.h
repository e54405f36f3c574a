/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gum-records.h"

G_BEGIN_DECLS

/* The fields that a new code and many new codes have in common. */

#define GUM_TYPE_CODE_FIELDS (gum_code_fields_get_type ())
G_DECLARE_FINAL_TYPE (GumCodeFields, gum_code_fields, GUM, CODE_FIELDS, GtkBox)

/* Signal "changed". */
GtkWidget  *gum_code_fields_new           (GumStore      *store,
                                           const char    *product_id);
void        gum_code_fields_set_uses      (GumCodeFields *self,
                                           const char    *uses);
GumProduct *gum_code_fields_get_product   (GumCodeFields *self);   /* nullable */
gboolean    gum_code_fields_is_universal  (GumCodeFields *self);
/* The first thing that is wrong, and marks all of them; "": something is still missing; NULL: nothing. */
const char *gum_code_fields_check         (GumCodeFields *self);
/* What the price becomes, as a sentence; NULL where it cannot be told. */
char       *gum_code_fields_dup_preview   (GumCodeFields *self);
/* What is sent for a code of this name; only when nothing is wrong. */
JsonObject *gum_code_fields_create_body   (GumCodeFields *self,
                                           const char    *name);

/* A number of uses; FALSE: it is none. @may_be_empty: -1 then. */
gboolean    gum_code_fields_parse_count   (const char    *text,
                                           gboolean       may_be_empty,
                                           gint64        *count);

/* A share, with or without the sign. NULL: it is fine; otherwise why it is not. */
const char *gum_code_fields_get_percent_problem (const char *text,
                                                 gint64     *percent);

G_END_DECLS

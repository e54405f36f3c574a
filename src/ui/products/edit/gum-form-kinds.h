/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-form-field.h"

G_BEGIN_DECLS

/* How a kind of field looks and what its value is. @changed is to be called when the person has changed it. */
typedef struct {
  GtkWidget *(*create) (GumFormField *field,
                        const char   *title,
                        GCallback     changed);
  /* @value: NULL: Gumroad does not tell. @currency: of the product. */
  void       (*show)   (GtkWidget    *row,
                        JsonNode     *value,
                        const char   *currency);
  /* (transfer full); NULL: as Gumroad has it. */
  JsonNode  *(*read)   (GtkWidget    *row,
                        const char   *currency);
} GumFormKindOps;

const GumFormKindOps *gum_form_kinds_get (GumFormKind kind);

G_END_DECLS

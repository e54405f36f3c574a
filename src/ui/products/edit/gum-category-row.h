/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-form-field.h"

G_BEGIN_DECLS

/* The kind of field that chooses one of Gumroad's categories. */
GtkWidget *gum_category_row_create (GumFormField *field,
                                    const char   *title,
                                    GCallback     changed);
void       gum_category_row_show   (GtkWidget    *row,
                                    JsonNode     *value,
                                    const char   *currency);
JsonNode  *gum_category_row_read   (GtkWidget    *row,
                                    const char   *currency);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gum-product.h"
#include "gum-shop.h"
#include "gum-write.h"

G_BEGIN_DECLS

#define GUM_TYPE_PART_FORM (gum_part_form_get_type ())
G_DECLARE_DERIVABLE_TYPE (GumPartForm, gum_part_form, GUM, PART_FORM, AdwWindow)

/* contract: a small modal form about one part of a product. It sends once, stays open with what was written until that is
 * done, and says in place what was refused. Cancel, while something is on its way, ends that. */
struct _GumPartFormClass
{
  AdwWindowClass parent_class;

  /* Shows what is wrong beside each field; FALSE: it cannot be sent. */
  gboolean (* check)   (GumPartForm *self);
  /* Calls gum_part_form_send(), or _begin() and _end(). */
  void     (* submit)  (GumPartForm *self);
  /* Gumroad refused, with @error. Nullable. */
  void     (* refused) (GumPartForm  *self,
                        const GError *error);
};

/* A row of a form, with a line below it. Owned by its widgets. */
typedef struct _GumPartField GumPartField;

/* @verb: of the button, with mnemonic. @parent says where it is shown. */
void          gum_part_form_set_up      (GumPartForm  *self,
                                         GtkWidget    *parent,
                                         GumShop      *shop,
                                         GumProduct   *product,
                                         const char   *title,
                                         const char   *verb);
GumShop      *gum_part_form_get_shop    (GumPartForm  *self);
GumProduct   *gum_part_form_get_product (GumPartForm  *self);
AdwPreferencesGroup *
              gum_part_form_add_group   (GumPartForm  *self,
                                         const char   *description);   /* nullable */
GumPartField *gum_part_form_add_entry   (GumPartForm  *self,
                                         AdwPreferencesGroup *group,
                                         const char   *title,
                                         const char   *text,           /* nullable */
                                         const char   *hint);          /* nullable */
/* To be called when something else than an entry has changed. */
void          gum_part_form_check       (GumPartForm  *self);
void          gum_part_form_submit      (GumPartForm  *self);
gboolean      gum_part_form_is_busy     (GumPartForm  *self);
/* The sentence about a failure, or NULL. */
const char   *gum_part_form_get_message (GumPartForm  *self);

void          gum_part_form_send        (GumPartForm  *self,
                                         GumWrite     *write,
                                         const char   *done);
GCancellable *gum_part_form_begin       (GumPartForm  *self);
void          gum_part_form_end         (GumPartForm  *self,
                                         const GError *error,          /* NULL: it was done */
                                         GumWrite     *write,          /* nullable: for Undo */
                                         const char   *done);

const char   *gum_part_field_get_text    (GumPartField *field);
GtkWidget    *gum_part_field_get_entry   (GumPartField *field);
void          gum_part_field_set_hint    (GumPartField *field,
                                          const char   *hint);
/* NULL: nothing is wrong. One that nobody has touched yet is not reproached. Returns whether it is fine. */
gboolean      gum_part_field_set_problem (GumPartField *field,
                                          const char   *problem);

G_END_DECLS

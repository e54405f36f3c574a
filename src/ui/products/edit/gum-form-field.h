/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gum-draft.h"
#include "gum-shop.h"

G_BEGIN_DECLS

typedef enum {
  GUM_FORM_ENTRY,      /* a line of text */
  GUM_FORM_TEXT,       /* several lines */
  GUM_FORM_HTML,       /* formatted text */
  GUM_FORM_MONEY,      /* an amount in the product's currency */
  GUM_FORM_OPEN_MONEY, /* the same, or nothing */
  GUM_FORM_COUNT,      /* a whole number, or nothing */
  GUM_FORM_TAGS,       /* words with commas between */
  GUM_FORM_SWITCH,     /* yes or no */
  GUM_FORM_UNTOLD,     /* yes, no, or as it is: Gumroad does not tell which */
  GUM_FORM_CURRENCY,
  GUM_FORM_REFUND,
  GUM_FORM_CATEGORY,
} GumFormKind;

typedef struct {
  const char  *key;
  GumFormKind  kind;
  const char  *hint;   /* below the field; NULL: none */
} GumFormLine;

#define GUM_TYPE_FORM_FIELD (gum_form_field_get_type ())
G_DECLARE_FINAL_TYPE (GumFormField, gum_form_field, GUM, FORM_FIELD, GObject)

/* contract: one key of a draft as a row of a form. What is typed goes into the draft, what changes in the draft or in the
 * product is shown, and what is wrong with it is said below it. */
GumFormField *gum_form_field_new           (const GumFormLine   *line,
                                            GumDraft            *draft,
                                            GumProduct          *product,
                                            GumShop             *shop);
const char   *gum_form_field_get_key       (GumFormField        *self);
GtkWidget    *gum_form_field_get_row       (GumFormField        *self);
GumShop      *gum_form_field_get_shop      (GumFormField        *self);
void          gum_form_field_add_to        (GumFormField        *self,
                                            AdwPreferencesGroup *group);
void          gum_form_field_show          (GumFormField        *self);
/* What is wrong with it: by the rules, or by what Gumroad said when it was sent. NULL: nothing. */
const char   *gum_form_field_get_problem   (GumFormField        *self);
/* Until it is changed; NULL: none. */
void          gum_form_field_set_refusal   (GumFormField        *self,
                                            const char          *text);
void          gum_form_field_focus         (GumFormField        *self);

G_END_DECLS

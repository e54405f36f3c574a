/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-collection.h"
#include "gum-subpage.h"

G_BEGIN_DECLS

#define GUM_TYPE_PART_PAGE (gum_part_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (GumPartPage, gum_part_page, GUM, PART_PAGE, GumSubpage)

/* What an empty list says, and what it offers: an action of the page's class. */
typedef struct {
  const char *icon;
  const char *title;
  const char *text;
  const char *button;   /* with mnemonic; nullable */
  const char *action;   /* nullable */
} GumPartWords;

/* contract: a page that shows a list of a product's parts. What is known of the list is shown at once and read again; it
 * says so where that is under way, failed, is empty, or cannot be done offline. Action "parts.retry". */
struct _GumPartPageClass
{
  GumSubpageClass     parent_class;

  /* Reads what the page shows anew. */
  void              (* read) (GumPartPage *self);
  /* How the kinds of writes begin that change what it shows; NULL: none. */
  const char * const  *kinds;
};

void       gum_part_page_set_list    (GumPartPage        *self,
                                      GumCollection      *list,      /* NULL: there is no ledger */
                                      const GumPartWords *words);    /* static */
/* A column of groups that scrolls. */
GtkBox    *gum_part_page_add_column  (GumPartPage        *self);
void       gum_part_page_set_list_content (GumPartPage   *self,
                                           GtkWidget     *content);
void       gum_part_page_read        (GumPartPage        *self);
/* What is said in place of the list or above it; NULL: nothing. */
const char *gum_part_page_get_notice (GumPartPage        *self);

/* GET /products/:id/… is the parent of every list. */
char      *gum_part_page_dup_parent  (GumPartPage        *self);
const char *gum_part_page_get_id     (GumPartPage        *self);

/* A boxed list, whose rows can be activated. Delete calls @remove with the row that has the focus. */
GtkWidget *gum_part_page_new_list    (const char         *label);
void       gum_part_page_on_delete   (GtkWidget          *list,
                                      void             (* remove) (GtkWidget *row));

G_END_DECLS

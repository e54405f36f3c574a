/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gum-store.h"

G_BEGIN_DECLS

/* contract: what the rows of Activity have in common:
 *
 *    ⚠  Title                                  [button]
 *       Text, in several lines if need be
 *       ━━━━━━━━━━────────
 */
typedef struct {
  GtkListBoxRow *row;
  GtkWidget     *box;
  GtkWidget     *icon;
  GtkLabel      *title;
  GtkLabel      *text;
  GtkWidget     *bar;
} GumLine;

void       gum_line_build      (GumLine       *line,
                                GtkListBoxRow *row);
/* The row is named by both to screen readers. */
void       gum_line_show       (GumLine       *line,
                                const char    *title,
                                const char    *text);
/* NULL: there is nothing to see to. */
void       gum_line_set_icon   (GumLine       *line,
                                const char    *icon_name,
                                const char    *css_class);
/* Less than 0: nothing is under way. */
void       gum_line_set_progress (GumLine     *line,
                                  double       fraction);
/* It is seen as long as its action can be done. */
void       gum_line_add_button   (GumLine     *line,
                                  const char  *icon_name,
                                  const char  *label,
                                  const char  *action_name);

/* What a product is called now, or was called when it was last heard of; never empty. */
char      *gum_line_dup_product_name (GumStore   *store,
                                      const char *product_id,
                                      const char *label);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "products-test.h"

#include "gum-part-form.h"
#include "gum-test.h"

G_BEGIN_DECLS

/* Of the sample shop. */
#define BRUSHES_NAME "Tidewater Brushes for Procreate"
#define CLUB_NAME    "The Quiet Studio Club"
#define SCHOOL_NAME  "Kleine Schriftschule: Handlettering für Anfänger"
#define PLANNER_NAME "Studio Planner for Notion"
#define PRINT_NAME   "Linocut print: “The Ferry”"
#define BUNDLE_NAME  "The Whole Harbour: everything I make"
#define COFFEE_NAME  "Buy me a coffee ☕"

/* A page over a product's page. */
typedef struct
{
  Products          products;
  GumProductDetail *detail;
  GumSubpage       *subpage;
} Page;

char       *page_dup_id         (Page       *page,
                                 const char *name);
/* @name: of a product; @fault: for what is read then, or NULL. */
void        page_open_at        (Page       *page,
                                 const char *name,
                                 const char *action,
                                 int         width,
                                 const char *fault);
void        page_open           (Page       *page,
                                 const char *name,
                                 const char *action);
void        page_close          (Page       *page);
/* The button in the newest toast. */
void        page_press_undo     (Page       *page);
/* The switch in the row with this title. */
GtkSwitch  *page_get_switch     (Page       *page,
                                 const char *title);

void        answer_dialog       (const char *response);

GtkWidget  *find_titled         (GtkWidget  *root,
                                 GType       type,
                                 const char *title);
/* A button by what its tooltip says. */
GtkWidget  *find_button         (GtkWidget  *root,
                                 const char *tooltip);
/* Once it can be pressed. */
#define     press_button(root, tooltip) press_button_at ((root), (tooltip), G_STRLOC)
void        press_button_at     (GtkWidget  *root,
                                 const char *tooltip,
                                 const char *place);
void        type_into           (GtkWidget  *form,
                                 const char *title,
                                 const char *text);
void        submit_form         (GtkWidget  *form);

/* Conditions to wait for: of a form, of a switch. */
gboolean    has_message         (gpointer    form);
gboolean    is_off              (gpointer    data);
gboolean    is_on               (gpointer    data);

G_END_DECLS

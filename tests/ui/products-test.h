/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gum-accounts.h"
#include "gum-product-detail.h"
#include "gum-products-page.h"
#include "gum-products-pane.h"
#include "gum-sandbox.h"

G_BEGIN_DECLS

/* A shop at a sandbox, and its page in a window. */
typedef struct {
  GumSandbox       *sandbox;
  char             *directory;
  GumAccounts      *accounts;
  GumAccount       *account;
  GumShop          *shop;
  GumStore         *store;
  GtkWidget        *window;
  GtkWidget        *page;
  GumProductsPane  *pane;
} Products;

void       products_set_up       (Products   *fixture,
                                  guint       n_products,
                                  int         width,
                                  int         height);
void       products_tear_down    (Products   *fixture);

/* Reads the shop from the sandbox to the end. The list shows it a little later. */
void       products_sync         (Products   *fixture);
void       products_control      (Products   *fixture,
                                  const char *verb,
                                  const char *arguments);
/* Requests with this method and this part in their path. */
guint      products_count_requests (Products *fixture,
                                    const char *method,
                                    const char *part);
guint      products_count_listed (Products   *fixture);
void       products_wait_listed_at (Products   *fixture,
                                    guint       n,
                                    const char *place);
GumProduct *products_dup_at      (Products   *fixture,
                                  guint       position);
void       products_search       (Products   *fixture,
                                  const char *text);

/* The first widget of @type below @root that is mapped, and the first with this text in a label. */
GtkWidget *products_find         (GtkWidget  *root,
                                  GType       type);
GtkWidget *products_find_text    (GtkWidget  *root,
                                  const char *text);
/* The first one of @type, once there is one that is mapped. */
GtkWidget *products_wait_widget_at (gpointer    root,
                                    GType       type,
                                    const char *place);
/* Until all parts of a product's page are there. */
void       products_wait_built   (gpointer    detail);
/* The first button with this label, mapped or not. */
GtkWidget *products_find_button  (GtkWidget  *root,
                                  const char *label);
/* Until what has changed in the window of @widget is laid out and painted: before this, where things are is
 * not known. */
void       products_wait_painted (GtkWidget  *widget);
void       products_wait_text_at    (gpointer    root,
                                     const char *text,
                                     const char *place);
void       products_wait_no_text_at (gpointer    root,
                                     const char *text,
                                     const char *place);

/* What is waited for in vain is said with the line that waits. */
#define products_wait_listed(fixture, n)    products_wait_listed_at ((fixture), (n), G_STRLOC)
#define products_wait_widget(root, type)    products_wait_widget_at ((root), (type), G_STRLOC)
#define products_wait_text(root, text)      products_wait_text_at ((root), (text), G_STRLOC)
#define products_wait_no_text(root, text)   products_wait_no_text_at ((root), (text), G_STRLOC)

/* Lets @dragged, a row of a list, go over @row. Returns whether it was taken. */
gboolean   products_drop         (GtkWidget  *dragged,
                                  GtkWidget  *row);
/* Does @action of @widget as a person would: once a button for it can be pressed. */
void       products_press        (gpointer    widget,
                                  const char *action);

/* The first window of @type that is not destroyed, be it shown or not. */
GtkWidget *products_find_window  (GType       type);
/* Until it is shown; until there is none, hidden or not. */
GtkWidget *products_wait_window  (GType       type);
void       products_wait_no_window (GType     type);

G_END_DECLS

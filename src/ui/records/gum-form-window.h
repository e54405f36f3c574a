/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gum-records.h"

G_BEGIN_DECLS

#define GUM_TYPE_FORM_WINDOW (gum_form_window_get_type ())
G_DECLARE_DERIVABLE_TYPE (GumFormWindow, gum_form_window, GUM, FORM_WINDOW, AdwWindow)

/* contract: a window in which something is filled in, and sent by a button (action form.apply) or not (Escape). What
 * keeps it from being sent is said in the window. */
struct _GumFormWindowClass
{
  AdwWindowClass parent_class;

  void (* apply) (GumFormWindow *self);
};

/* Makes it a dialog of the window that holds @widget. */
void        gum_form_window_set_owner   (GumFormWindow *self,
                                         GtkWidget     *widget);
void        gum_form_window_set_texts   (GumFormWindow *self,
                                         const char    *title,
                                         const char    *apply_label);
void        gum_form_window_add         (GumFormWindow *self,
                                         GtkWidget     *child);
void        gum_form_window_set_ready   (GumFormWindow *self,
                                         gboolean       ready);
/* NULL: there is nothing to say. */
void        gum_form_window_set_message (GumFormWindow *self,
                                         const char    *text,
                                         gboolean       is_error);
const char *gum_form_window_get_message (GumFormWindow *self);
void        gum_form_window_show_error  (GumFormWindow *self,
                                         const GError  *error);
/* Sends it once; @toast is what the owner says when it is done. */
void        gum_form_window_send        (GumFormWindow *self,
                                         GumRecords    *records,
                                         GumWrite      *write,
                                         const char    *toast);
/* Gives many writes to the queue, of a list of @store, and closes; @toast is what the owner says then. */
void        gum_form_window_send_batch  (GumFormWindow *self,
                                         GumStore      *store,
                                         const char    *kind,
                                         const char    *label,
                                         GPtrArray     *writes,
                                         const char    *toast);
gboolean    gum_form_window_is_busy     (GumFormWindow *self);
/* Of the window that this one is a dialog of. */
void        gum_form_window_add_toast   (GumFormWindow *self,
                                         const char    *text);

/* A line of text; Return in it is the form's button. @text: NULL, or what is in it. */
GtkWidget  *gum_form_new_entry          (const char    *title,
                                         const char    *text);
/* A field's trouble beside it: NULL takes it away. */
void        gum_form_set_problem        (GtkWidget     *row,
                                         const char    *problem);
/* Why @text is no amount; NULL: it is one, or it is empty and may be. */
const char *gum_form_get_money_problem  (const char    *text,
                                         const char    *currency,
                                         gboolean       may_be_empty,
                                         gint64        *amount);

G_END_DECLS

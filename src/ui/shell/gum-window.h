/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gum-accounts.h"
#include "gum-section.h"
#include "gum-shop.h"

G_BEGIN_DECLS

#define GUM_TYPE_WINDOW (gum_window_get_type ())
G_DECLARE_FINAL_TYPE (GumWindow, gum_window, GUM, WINDOW, AdwApplicationWindow)

GumWindow   *gum_window_new           (GtkApplication *application,
                                       GumAccounts    *accounts,
                                       GSettings      *settings);
GumAccounts *gum_window_get_accounts  (GumWindow      *self);
GSettings   *gum_window_get_settings  (GumWindow      *self);
GumShop     *gum_window_get_shop      (GumWindow      *self);   /* nullable */
GumSection  *gum_window_get_section   (GumWindow      *self);   /* nullable */

/* The account shown last, else any, else the welcome page. */
void         gum_window_show_first    (GumWindow      *self);
void         gum_window_show_account  (GumWindow      *self,
                                       GumAccount     *account);
void         gum_window_show_section  (GumWindow      *self,
                                       const char     *id);
/* @product: "(ss)": its id, and the action of its page that is to follow, as product.edit; "": none. */
void         gum_window_show_product  (GumWindow      *self,
                                       GVariant       *product);
void         gum_window_show_sections (GumWindow      *self);
void         gum_window_show_sign_in  (GumWindow      *self);
/* Signing in to the account that is shown. */
void         gum_window_show_reconnect (GumWindow     *self);
void         gum_window_go_back       (GumWindow      *self);
void         gum_window_load_accounts (GumWindow      *self,
                                       gboolean        unlock);
void         gum_window_add_toast     (GumWindow      *self,
                                       const char     *text);
/* What is to be found again next time; then what is on the wire gets two seconds, and the ledger is closed. TRUE: it
 * waits, out of sight, and ends the program when that is over. */
void         gum_window_save_state    (GumWindow      *self);
gboolean     gum_window_finish        (GumWindow      *self);
/* Whether it waits so. It will be shown again then, with what it showed last, instead of ending the program. */
gboolean     gum_window_come_back     (GumWindow      *self);
void         gum_window_shut_down     (GumWindow      *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define GUM_TYPE_WELCOME_PAGE (gum_welcome_page_get_type ())
G_DECLARE_FINAL_TYPE (GumWelcomePage, gum_welcome_page, GUM, WELCOME_PAGE, AdwBin)

/* Shown while there is no account. @unfinished: the last sign-in was cut short. */
GtkWidget *gum_welcome_page_new (gboolean unfinished);

G_END_DECLS

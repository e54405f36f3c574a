/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define GUM_TYPE_APPLICATION (gum_application_get_type ())
G_DECLARE_FINAL_TYPE (GumApplication, gum_application, GUM, APPLICATION, AdwApplication)

GumApplication *gum_application_new          (void);

/* Opens the window, or brings it forward. */
void            gum_application_show         (GumApplication *self);
/* Opens the sample store: an account at a Gumroad that runs within this process. */
void            gum_application_open_sample  (GumApplication *self);
/* As a person asks for it: the window may ask back before the process ends. */
void            gum_application_close        (GumApplication *self);
/* As the session asks for it: whatever is under way is given up, and the process ends. */
void            gum_application_shut_down    (GumApplication *self);

void            gum_application_add_actions  (GumApplication *self);

G_END_DECLS

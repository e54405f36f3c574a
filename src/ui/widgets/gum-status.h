/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define GUM_TYPE_STATUS (gum_status_get_type ())
G_DECLARE_FINAL_TYPE (GumStatus, gum_status, GUM, STATUS, AdwBin)

GtkWidget  *gum_status_new         (void);
/* What a page shows when there is nothing to list. Plain text; @icon_name NULL: something is under way. */
void        gum_status_show        (GumStatus  *self,
                                    const char *icon_name,
                                    const char *title,
                                    const char *description);
/* NULL: no button. */
void        gum_status_set_action  (GumStatus  *self,
                                    const char *label,
                                    const char *action_name);
const char *gum_status_get_title   (GumStatus  *self);

G_END_DECLS

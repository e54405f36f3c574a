/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gum-account.h"
#include "gum-pictures.h"

G_BEGIN_DECLS

#define GUM_TYPE_AVATAR (gum_avatar_get_type ())
G_DECLARE_FINAL_TYPE (GumAvatar, gum_avatar, GUM, AVATAR, AdwBin)

/* An account's picture, or its initials. Decoration: the name stands beside it. */
GtkWidget *gum_avatar_new         (int          size);
void       gum_avatar_set_account (GumAvatar   *self,
                                   GumAccount  *account,
                                   GumPictures *pictures);   /* both nullable */

G_END_DECLS

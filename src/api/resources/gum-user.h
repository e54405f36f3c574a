/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-resource.h"

G_BEGIN_DECLS

#define GUM_TYPE_USER (gum_user_get_type ())
G_DECLARE_FINAL_TYPE (GumUser, gum_user, GUM, USER, GumResource)

const char *gum_user_get_name         (GumUser *self);
const char *gum_user_get_display_name (GumUser *self);
const char *gum_user_get_email        (GumUser *self);
const char *gum_user_get_picture_url  (GumUser *self);
const char *gum_user_get_url          (GumUser *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-window.h"

G_BEGIN_DECLS

#define GUM_TYPE_PREFERENCES (gum_preferences_get_type ())
G_DECLARE_FINAL_TYPE (GumPreferences, gum_preferences, GUM, PREFERENCES, AdwPreferencesWindow)

GtkWidget *gum_preferences_new (GumWindow *window);

G_END_DECLS

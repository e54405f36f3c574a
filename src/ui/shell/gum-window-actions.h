/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-window.h"

G_BEGIN_DECLS

typedef struct {
  const char *accels[3];   /* NULL-terminated */
  const char *action;      /* detailed */
  const char *title;       /* to be translated */
} GumAccel;

/* Every accelerator of the program: set from here, and listed from here by the shortcuts window. */
const GumAccel *gum_window_list_accels     (guint          *n_accels);
void            gum_window_install_accels  (GtkApplication *application);
void            gum_window_add_actions     (GumWindow      *self);
/* What needs a shop is grey without one. */
void            gum_window_update_actions  (GumWindow      *self);

G_END_DECLS

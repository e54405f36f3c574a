/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Registers the library's resources by hand: a constructor in a static library is dropped by the linker
 * when nothing refers to its object file. */

#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-ui.h"

#include "gum-ui-resources.h"

void
gum_ui_init (void)
{
  static gsize once = 0;

  if (g_once_init_enter (&once))
    {
      gum_ui_register_resource ();
      g_once_init_leave (&once, 1);
    }
}

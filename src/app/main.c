/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The program. */

#define G_LOG_DOMAIN "gum-app"

#include "config.h"

#include "gum-application.h"
#include "gum-http.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <sys/prctl.h>
#include <sys/resource.h>

/* Tokens live in this process's memory: neither a core file nor another process of the same user may
 * read it. */
static void
protect_memory (void)
{
  const struct rlimit none = { 0, 0 };

  setrlimit (RLIMIT_CORE, &none);
  prctl (PR_SET_DUMPABLE, 0, 0, 0, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(GumApplication) application = NULL;

  gum_http_init_process ();
  protect_memory ();

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, GUM_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  application = gum_application_new ();

  return g_application_run (G_APPLICATION (application), argc, argv);
}

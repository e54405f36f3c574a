/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gum-writes.h"

G_BEGIN_DECLS

/* contract: what became of many codes, as a table. Each tells how it went by a toast in the window of @widget. */
void  gum_results_file_ask      (GtkWidget  *widget,
                                 GumWrites  *writes);     /* asks where to, then saves */
void  gum_results_file_save     (GtkWidget  *widget,
                                 GumWrites  *writes,
                                 const char *path);

/* RFC 4180, a line for each write. */
char *gum_results_file_dup_text (GumWrites  *writes);

G_END_DECLS

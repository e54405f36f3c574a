/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

guint  _gum_retry_count_attempts (const GError *error);
double _gum_retry_choose_backoff (guint         attempts);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-client.h"

G_BEGIN_DECLS

void _gum_client_set_time_scale (GumClient *self,
                                 double     scale);
void _gum_client_set_deadline   (GumClient *self,
                                 guint      seconds);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gum-deliveries.h"

G_BEGIN_DECLS

/* Tells of each file that is over, wherever the person is: in the window, or as a notification when no window of ours has
 * the keyboard; and keeps the computer awake while files are on their way. Once is enough. */
void gum_delivery_watch_start (GumDeliveries *deliveries);

G_END_DECLS

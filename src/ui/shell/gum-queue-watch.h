/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gum-shop.h"

G_BEGIN_DECLS

#define GUM_TYPE_QUEUE_WATCH (gum_queue_watch_get_type ())
G_DECLARE_FINAL_TYPE (GumQueueWatch, gum_queue_watch, GUM, QUEUE_WATCH, GObject)

/* Looks after @seconds whether changes wait for the person, and says so in a toast over @widget. */
GumQueueWatch *gum_queue_watch_new (GtkWidget *widget,
                                    GumShop   *shop,
                                    guint      seconds);

/* Whether the person looks at the list of them: then nothing needs to be said. */
void           gum_queue_watch_set_looking (GumQueueWatch *self,
                                            gboolean       looking);

G_END_DECLS

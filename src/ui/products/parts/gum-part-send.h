/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gum-part-write.h"
#include "gum-shop.h"

G_BEGIN_DECLS

/* contract: how the pages about a product's parts send what they change, and say how it ended. All texts are plain and
 * translated. @widget says in which window; it may go before the end. */

/* Sends @write; then a toast with @done, with Undo where it has an opposite, or the failure in a dialog. */
void gum_part_send        (GtkWidget    *widget,
                           GumShop      *shop,
                           GumWrite     *write,
                           const char   *done);
/* Asks first; @verb is the red button, with mnemonic. */
void gum_part_ask         (GtkWidget    *widget,
                           GumShop      *shop,
                           GumWrite     *write,
                           const char   *heading,
                           const char   *body,
                           const char   *verb,
                           const char   *done);
/* What was done; @write: nullable: what Undo takes back, as far as it can. */
void gum_part_say_done    (GtkWidget    *widget,
                           GumShop      *shop,
                           GumWrite     *write,
                           const char   *text);
void gum_part_say_failure (GtkWidget    *widget,
                           const GError *error);
/* Where it is said how something went that may take longer than @widget lives. Ask while it is in its window. */
GtkWidget *gum_part_find_place (GtkWidget *widget);
/* Something that cannot be done, with the reason. */
void gum_part_say         (GtkWidget    *widget,
                           const char   *heading,
                           const char   *body);

G_END_DECLS

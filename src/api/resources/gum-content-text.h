/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "gum-rich-text.h"

G_BEGIN_DECLS

GumRichText *gum_content_text_read  (JsonNode          *document,
                                     GHashTable        *names);
JsonNode    *gum_content_text_write (const GumRichText *text,
                                     JsonNode          *document);

G_END_DECLS

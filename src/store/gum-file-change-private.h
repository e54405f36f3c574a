/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-file-change.h"

G_BEGIN_DECLS

/* Stands for the new file until Gumroad has given it an id. */
#define GUM_FILE_NEW_ID "new-file"

gboolean    _gum_file_change_brings        (const GumFileChange *self);
gboolean    _gum_file_change_takes         (const GumFileChange *self);
gboolean    _gum_file_change_is_for_one    (const GumFileChange *self);

gboolean    _gum_file_change_is_attached   (JsonObject          *record,
                                           const char          *id);
const char *_gum_file_change_find_url     (JsonObject          *record,
                                           const char          *url);
gboolean    _gum_file_change_is_by_version (JsonObject          *record);
gboolean    _gum_file_change_is_delivered  (JsonObject          *record,
                                           const char          *id);

JsonArray  *_gum_file_change_new_files     (const GumFileChange *self,
                                           JsonObject          *record,
                                           gboolean             with_new,
                                           gboolean             with_old);
JsonNode   *_gum_file_change_new_pages     (const GumFileChange *self,
                                           JsonNode            *pages,
                                           const char          *new_id);

G_END_DECLS

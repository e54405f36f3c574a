/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Kinds of writes, as they stand in ledgers: never change one. Each is in the table of
 * gum-write-kinds.c, and has its words in ui/activity/gum-batch-words.c. */
#define GUM_WRITE_KIND_UPDATE           "update"
#define GUM_WRITE_KIND_PUBLISH          "publish"
#define GUM_WRITE_KIND_UNPUBLISH        "unpublish"
#define GUM_WRITE_KIND_DELETE           "delete"
#define GUM_WRITE_KIND_CREATE           "create"

#define GUM_WRITE_KIND_CATEGORY_CREATE  "category-create"
#define GUM_WRITE_KIND_CATEGORY_UPDATE  "category-update"
#define GUM_WRITE_KIND_CATEGORY_DELETE  "category-delete"
#define GUM_WRITE_KIND_VARIANT_CREATE   "variant-create"
#define GUM_WRITE_KIND_VARIANT_UPDATE   "variant-update"
#define GUM_WRITE_KIND_VARIANT_DELETE   "variant-delete"
#define GUM_WRITE_KIND_QUESTION_CREATE  "question-create"
#define GUM_WRITE_KIND_QUESTION_UPDATE  "question-update"
#define GUM_WRITE_KIND_QUESTION_DELETE  "question-delete"
#define GUM_WRITE_KIND_BUNDLE_UPDATE    "bundle-update"

#define GUM_WRITE_KIND_COVER_ADD        "cover-add"
#define GUM_WRITE_KIND_COVER_DELETE     "cover-delete"
#define GUM_WRITE_KIND_THUMBNAIL_SET    "thumbnail-set"
#define GUM_WRITE_KIND_THUMBNAIL_DELETE "thumbnail-delete"

#define GUM_WRITE_KIND_FILE_ADD         "file-add"
#define GUM_WRITE_KIND_FILE_REPLACE     "file-replace"
#define GUM_WRITE_KIND_FILE_REMOVE      "file-remove"
#define GUM_WRITE_KIND_FILE_RENAME      "file-rename"
#define GUM_WRITE_KIND_FILE_DELIVER     "file-deliver"

/* Of short lists: the name of the list in gum-records.c, and what is done. */
#define GUM_WRITE_KIND_CODE_CREATE      "code-create"
#define GUM_WRITE_KIND_CODE_UPDATE      "code-update"
#define GUM_WRITE_KIND_CODE_DELETE      "code-delete"
#define GUM_WRITE_KIND_UPSELL_CREATE    "upsell-create"
#define GUM_WRITE_KIND_UPSELL_UPDATE    "upsell-update"
#define GUM_WRITE_KIND_UPSELL_DELETE    "upsell-delete"
#define GUM_WRITE_KIND_POLICY_UPDATE    "policy-update"
#define GUM_WRITE_KIND_PROFILE_UPDATE   "profile-update"

guint       gum_write_kinds_get_n           (void);
const char *gum_write_kinds_get             (guint       position);
gboolean    gum_write_kinds_has             (const char *kind);
gboolean    gum_write_kinds_can_be_repeated (const char *kind);

G_END_DECLS

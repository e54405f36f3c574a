/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-store.h"

G_BEGIN_DECLS

/**
 * GumFileChangeKind:
 * @GUM_FILE_ADD: attaches an uploaded file, and puts it on a page
 * @GUM_FILE_REPLACE: an uploaded file takes the place of another, among the files and on all pages
 * @GUM_FILE_REMOVE: takes a file away, from the files and from all pages
 * @GUM_FILE_RENAME: gives a file that was uploaded here another name or description
 * @GUM_FILE_DELIVER: puts a file that is attached on a page
 *
 * What is to be done with a product's files.
 */
typedef enum {
  GUM_FILE_ADD,
  GUM_FILE_REPLACE,
  GUM_FILE_REMOVE,
  GUM_FILE_RENAME,
  GUM_FILE_DELIVER,
} GumFileChangeKind;

/**
 * GumFileChange:
 * @kind: what is to be done
 * @id: (nullable): the file that it is done to; %NULL for a new one
 * @url: (nullable): the canonical address of what was uploaded
 * @name: (nullable): what buyers see; %NULL: Gumroad's choice, or as it is
 * @description: (nullable): below the name
 * @version: (nullable): see gum_file_change_set_version()
 *
 * A change of a product's files.
 */
typedef struct {
  GumFileChangeKind  kind;
  char              *id;
  char              *url;
  char              *name;
  char              *description;
  char              *version;
} GumFileChange;

/**
 * GUM_FILE_NO_VERSION:
 *
 * In the place of a version: a file is attached, and where each version has content of its own, put on no page.
 */
#define GUM_FILE_NO_VERSION "none"

GumFileChange *gum_file_change_new         (GumFileChangeKind    kind,
                                            const char          *id,
                                            const char          *url,
                                            const char          *name,
                                            const char          *description);
void           gum_file_change_set_version (GumFileChange       *self,
                                            const char          *version);
GumFileChange *gum_file_change_copy        (const GumFileChange *self);
void           gum_file_change_free        (GumFileChange       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GumFileChange, gum_file_change_free)

void           gum_store_change_file_async  (GumStore             *self,
                                             const char           *product_id,
                                             const GumFileChange  *change,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
char          *gum_store_change_file_finish (GumStore             *self,
                                             GAsyncResult         *result,
                                             gboolean             *delivered,
                                             GError              **error);

G_END_DECLS

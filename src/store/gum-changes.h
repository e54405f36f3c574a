/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Private to the store: what a job did to the table of products. */
typedef enum {
  GUM_CHANGE_ADDED,
  GUM_CHANGE_UPDATED,
  GUM_CHANGE_DELETED,
} GumChangeKind;

typedef struct {
  GumChangeKind  kind;
  gint64         row;
  char          *id;
} GumChange;

typedef struct {
  GArray   *changes;      /* of GumChange */
  guint     n_items;      /* records taken, changed or not */
  guint     n_bad;
} GumChanges;

GumChanges *gum_changes_new  (void);
void        gum_changes_free (gpointer       changes);
void        gum_changes_add  (GumChanges    *changes,
                              GumChangeKind  kind,
                              gint64         row,
                              const char    *id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GumChanges, gum_changes_free)

G_END_DECLS

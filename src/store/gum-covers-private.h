/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-covers.h"
#include "gum-store-private.h"

G_BEGIN_DECLS

/* Steps. An order is an update of the product to the journal. */
#define GUM_COVERS_ORDER            "cover-order"
#define GUM_COVERS_ADD              GUM_WRITE_KIND_COVER_ADD
#define GUM_COVERS_DELETE           GUM_WRITE_KIND_COVER_DELETE
#define GUM_COVERS_THUMBNAIL_SET    GUM_WRITE_KIND_THUMBNAIL_SET
#define GUM_COVERS_THUMBNAIL_DELETE GUM_WRITE_KIND_THUMBNAIL_DELETE

typedef struct _GumCoversStep GumCoversStep;

struct _GumCovers
{
  GObject     parent_instance;

  /* owned */
  GumStore   *store;
  GumProduct *product;
  GPtrArray  *order;         /* ids as somebody wants them; NULL: as they are */
  GPtrArray  *removed;       /* ids that are not shown any more */
  GPtrArray  *committed;     /* those of them that are or will be told to Gumroad */
  GQueue     *steps;         /* of GumCoversStep, that wait */
  GumWrite   *write;         /* on its way */

  /* plain */
  guint       settle_id;
  guint       n_adding;
  guint       n_orders;      /* steps that are orders, with the one on its way */
};

/* gum-covers.c */
GPtrArray *_gum_covers_dup_all       (GumCovers     *self);
char      *_gum_covers_dup_id        (GumCover      *cover);
gboolean   _gum_covers_contains      (GPtrArray     *ids,
                                      const char    *id,
                                      guint         *index);
void       _gum_covers_commit_all    (GumCovers     *self);
void       _gum_covers_emit_changed  (GumCovers     *self);
void       _gum_covers_emit_failed   (GumCovers     *self,
                                      GError        *error);

/* gum-covers-steps.c: takes @body and @task */
void       _gum_covers_queue_step    (GumCovers     *self,
                                      const char    *kind,
                                      const char    *cover,
                                      JsonObject    *body,
                                      GTask         *task);
void       _gum_covers_step_free     (GumCoversStep *step);

/* gum-covers-add.c: takes @error */
void       _gum_covers_end_addition  (GTask         *task,
                                      GError        *error);

G_END_DECLS

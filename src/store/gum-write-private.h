/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-write.h"

G_BEGIN_DECLS

/* A row of the journal, as its table has it. */
typedef struct {
  gint64         row;
  gint64         batch;
  char          *kind;
  char          *method;
  char          *path;
  char          *product_id;   /* NULL for what belongs to none */
  char          *label;
  char          *body;         /* JSON or NULL */
  char          *before;       /* JSON or NULL */
  GumWriteState  state;
  int            code;         /* of GUM_ERROR, or -1 */
  guint          status;
  char          *message;      /* the server's */
  char          *warning;
  gint64         sent;         /* seconds, UTC; 0: never */
  gint64         ended;
} GumWriteRow;

void         _gum_write_row_clear     (GumWriteRow  *row);
void         _gum_write_row_free      (GumWriteRow  *row);
const char  *_gum_write_get_path      (GumWrite     *self);
GumWriteRow *_gum_write_dup_row       (GumWrite     *self);
GumWrite    *_gum_write_new_from_row  (GumWriteRow  *row);

void         _gum_write_set_place     (GumWrite     *self,
                                       gint64        row,
                                       gint64        batch);
void         _gum_write_set_waiting   (GumWrite     *self);
void         _gum_write_set_sending   (GumWrite     *self);
void         _gum_write_set_ended     (GumWrite     *self,
                                       GumWriteState state,
                                       const GError *error);
gboolean     _gum_write_is_kind      (GumWrite     *self,
                                       const char   *kind);
void         _gum_write_set_answer    (GumWrite     *self,
                                       JsonObject   *answer);
void         _gum_write_set_product   (GumWrite     *self,
                                       const char   *product_id);
/* In what a new product replaces: the id of the newest one at that time; "": there was none. */
#define GUM_WRITE_NEWEST "newest"
void         _gum_write_set_newest    (GumWrite     *self,
                                       const char   *product_id);
gboolean     _gum_write_fill_before   (GumWrite     *self,
                                       JsonObject   *record);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GumWriteRow, _gum_write_row_free)

G_END_DECLS

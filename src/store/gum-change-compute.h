/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-bulk.h"
#include "gum-connection.h"

G_BEGIN_DECLS

/* Private to the store: what a change set asks the ledger. */
typedef struct {
  GumBulk *bulk;
  GArray  *rows;          /* of gint64; nobody changes it */
} GumChangeQuestion;

typedef struct {
  GPtrArray *rows;        /* of GumChangeRow, those that cannot be changed at the end */
  guint      n_refused;
  guint      n_unchanged;
} GumChangeAnswer;

GumChangeQuestion *gum_change_question_new  (GumBulk        *bulk,
                                             GArray         *rows);
void               gum_change_question_free (gpointer        question);
void               gum_change_answer_free   (gpointer        answer);

/* @data: GumChangeQuestion. Gives a GumChangeAnswer. */
gpointer           gum_change_compute       (GumConnection  *connection,
                                             gpointer        data,
                                             GError        **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GumChangeAnswer, gum_change_answer_free)

G_END_DECLS

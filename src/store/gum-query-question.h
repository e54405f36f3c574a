/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-connection.h"
#include "gum-query.h"

G_BEGIN_DECLS

/* Private to the store: what a list of products asks of the ledger, for a thread to answer. Whoever wants
 * to know what is different fills in the last two. */
typedef struct {
  char   *words;        /* for FTS5; NULL: everything */
  char   *name_words;   /* set: matches in the name come first */
  char   *sql;

  GArray *before;       /* of gint64, what the list shows */
  guint   max_edits;
} GumQueryQuestion;

typedef struct {
  GArray *rows;         /* of gint64 */
  GArray *edits;        /* of GumQueryEdit, see gum_query_diff() */
} GumQueryAnswer;

GumQueryQuestion *gum_query_question_new    (const char        *search,
                                             GumFilterState     state,
                                             GumFilterKind      kind,
                                             GumSort            sort,
                                             gboolean           descending,
                                             gboolean           names_first,
                                             guint              max_rows);
void              gum_query_question_free   (gpointer           question);
GArray           *gum_query_question_ask    (GumQueryQuestion  *self,
                                             GumConnection     *connection,
                                             GError           **error);
gpointer          gum_query_question_answer (GumConnection     *connection,
                                             gpointer           question,
                                             GError           **error);
void              gum_query_answer_free     (gpointer           answer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GumQueryQuestion, gum_query_question_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GumQueryAnswer, gum_query_answer_free)

G_END_DECLS

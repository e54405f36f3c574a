/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gum-record.h"

G_BEGIN_DECLS

/* What a row says. All of it is plain text; NULL: nothing. */
typedef struct {
  char     *title;
  char     *subtitle;
  char     *value;
  char     *state;
  char     *sentence;      /* all of it, for a screen reader */
  gboolean  is_dim;        /* over, paused: not in force */
} GumRecordLines;

void gum_record_lines_clear (GumRecordLines *lines);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GumRecordLines, gum_record_lines_clear)

#define GUM_TYPE_RECORD_ROW (gum_record_row_get_type ())
G_DECLARE_FINAL_TYPE (GumRecordRow, gum_record_row, GUM, RECORD_ROW, GtkWidget)

/* Signal "open" (GumRecord): the action row.open. */
GtkWidget  *gum_record_row_new        (void);
void        gum_record_row_show       (GumRecordRow         *self,
                                       GumRecord            *record,
                                       const GumRecordLines *lines);
const char *gum_record_row_get_label  (GumRecordRow         *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-content-text.h"
#include "gum-rich-editor.h"
#include "gum-rich-history.h"

G_BEGIN_DECLS

struct _GumRichEditor
{
  GtkBox          parent_instance;

  /* template children */
  GtkDropDown     *kinds;
  GtkToggleButton *bold;
  GtkToggleButton *italic;
  GtkMenuButton   *link;
  GtkPopover      *link_popover;
  GtkEditable     *link_entry;
  GtkWidget       *link_apply;
  GtkWidget       *link_remove;
  GtkToggleButton *bullets;
  GtkToggleButton *numbers;
  GtkToggleButton *quote;
  GtkToggleButton *source;
  GtkStack        *stack;
  GumRichView     *view;
  GtkTextView     *source_view;
  GtkWidget       *remark;

  /* owned */
  GumRichText     *now;         /* what is in the buffer, as of the last whole change */
  GumRichHistory  *history;
  JsonNode        *document;    /* a page of content as it was set; NULL: HTML is edited */
  GHashTable      *names;       /* of files in it, by id */
  char            *loaded;      /* as it was set */
  char            *html;        /* as it is; NULL: to be written */

  int              cursor;      /* before the change under way */
  int              quiet;       /* what changes is not the person's doing */
  gboolean         source_mode;
  gboolean         is_shut;     /* it is a page of content that is too large to be shown */
  gboolean         modified;
  gboolean         composing;   /* the input method has a word under way */
};

/* Begins anew with a text (transfer full), which was read from @html; NULL: as it is written. */
void gum_rich_editor_load         (GumRichEditor  *self,
                                   GumRichText    *text,
                                   const char     *html);
void gum_rich_editor_say_shut     (GumRichEditor  *self);
void gum_rich_editor_add_keys     (GumRichEditor  *self);
void gum_rich_editor_show_state   (GumRichEditor  *self);
void gum_rich_editor_bind_tools   (GtkWidgetClass *widget_class);

G_END_DECLS

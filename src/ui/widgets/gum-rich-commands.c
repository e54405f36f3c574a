/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a person does to a text, as the keys and the buttons of the editor ask for it.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-rich-commands.h"

#include <string.h>

#define DEEPEST 8

static void
get_cursor (GumRichBuffer *buffer,
            GtkTextIter   *at)
{
  gtk_text_buffer_get_iter_at_mark (GTK_TEXT_BUFFER (buffer), at,
                                    gtk_text_buffer_get_insert (GTK_TEXT_BUFFER (buffer)));
}

static guint
get_cursor_line (GumRichBuffer *buffer)
{
  GtkTextIter at;

  get_cursor (buffer, &at);
  return MIN ((guint) gtk_text_iter_get_line (&at), gum_rich_buffer_get_n_lines (buffer) - 1);
}

const GumRichBlock *
gum_rich_get_current (GumRichBuffer *buffer)
{
  return gum_rich_buffer_get_line (buffer, get_cursor_line (buffer));
}

/* The lines of the selection; one whose first character alone is its end is not meant. */
static void
get_lines (GumRichBuffer *buffer,
           guint         *first,
           guint         *last)
{
  GtkTextIter start;
  GtkTextIter end;

  if (!gtk_text_buffer_get_selection_bounds (GTK_TEXT_BUFFER (buffer), &start, &end))
    {
      *first = *last = get_cursor_line (buffer);
      return;
    }
  *first = gtk_text_iter_get_line (&start);
  *last = gtk_text_iter_get_line (&end);
  if (*last > *first && gtk_text_iter_starts_line (&end))
    (*last)--;
}

void
gum_rich_toggle_style (GumRichBuffer *buffer,
                       guint          style)
{
  GtkTextBuffer *text = GTK_TEXT_BUFFER (buffer);
  GtkTextIter start;
  GtkTextIter end;
  gboolean on;

  if (!gtk_text_buffer_get_selection_bounds (text, &start, &end))
    {
      gum_rich_buffer_set_typing (buffer, gum_rich_buffer_get_typing (buffer) ^ style);
      return;
    }

  on = !gum_rich_buffer_has_style (buffer, &start, &end, style);
  gtk_text_buffer_begin_user_action (text);
  gum_rich_buffer_set_style (buffer, &start, &end, style, on);
  gtk_text_buffer_end_user_action (text);
}

/* All that are something already become paragraphs again. */
void
gum_rich_turn (GumRichBuffer *buffer,
               GumRichKind    kind,
               guint          level,
               gboolean       numbered)
{
  gboolean all = TRUE;
  guint first;
  guint last;

  get_lines (buffer, &first, &last);
  for (guint i = first; i <= last; i++)
    {
      const GumRichBlock *block = gum_rich_buffer_get_line (buffer, i);

      all = all && block->kind == kind && !block->numbered == !numbered &&
            (kind != GUM_RICH_HEADING || block->level == level);
    }

  gtk_text_buffer_begin_user_action (GTK_TEXT_BUFFER (buffer));
  for (guint i = first; i <= last; i++)
    {
      const GumRichBlock *block = gum_rich_buffer_get_line (buffer, i);
      guint depth = kind == GUM_RICH_ITEM && block->kind == GUM_RICH_ITEM ? block->level : level;

      if (all && kind != GUM_RICH_PARAGRAPH)
        gum_rich_buffer_set_kind (buffer, i, GUM_RICH_PARAGRAPH, 0, FALSE);
      else if (block->kind != kind || block->level != depth || !block->numbered != !numbered)
        gum_rich_buffer_set_kind (buffer, i, kind, depth, numbered);
    }
  gtk_text_buffer_end_user_action (GTK_TEXT_BUFFER (buffer));
}

gboolean
gum_rich_indent (GumRichBuffer *buffer,
                 int            by)
{
  guint first;
  guint last;

  get_lines (buffer, &first, &last);
  if (gum_rich_buffer_get_line (buffer, first)->kind != GUM_RICH_ITEM)
    return FALSE;

  gtk_text_buffer_begin_user_action (GTK_TEXT_BUFFER (buffer));
  for (guint i = first; i <= last; i++)
    {
      const GumRichBlock *block = gum_rich_buffer_get_line (buffer, i);
      const GumRichBlock *before = i > 0 ? gum_rich_buffer_get_line (buffer, i - 1) : NULL;
      int deepest = before != NULL && before->kind == GUM_RICH_ITEM ? before->level + 1 : 1;
      int level = CLAMP ((int) block->level + by, 1, MIN (DEEPEST, MAX (deepest, 1)));

      if (block->kind == GUM_RICH_ITEM && level != (int) block->level)
        gum_rich_buffer_set_kind (buffer, i, GUM_RICH_ITEM, level, block->numbered);
    }
  gtk_text_buffer_end_user_action (GTK_TEXT_BUFFER (buffer));
  return TRUE;
}

/* An item goes up a level, or out of its list; a quote out of it. */
static void
lift (GumRichBuffer *buffer,
      guint          line)
{
  const GumRichBlock *block = gum_rich_buffer_get_line (buffer, line);

  gtk_text_buffer_begin_user_action (GTK_TEXT_BUFFER (buffer));
  if (block->kind == GUM_RICH_ITEM && block->level > 1)
    gum_rich_buffer_set_kind (buffer, line, GUM_RICH_ITEM, block->level - 1, block->numbered);
  else
    gum_rich_buffer_set_kind (buffer, line, GUM_RICH_PARAGRAPH, 0, FALSE);
  gtk_text_buffer_end_user_action (GTK_TEXT_BUFFER (buffer));
}

gboolean
gum_rich_break_line (GumRichBuffer *buffer,
                     gboolean       softly)
{
  GtkTextBuffer *text = GTK_TEXT_BUFFER (buffer);
  const GumRichBlock *block = gum_rich_get_current (buffer);
  GtkTextIter at;

  get_cursor (buffer, &at);
  if (!gtk_text_buffer_get_has_selection (text) && !softly &&
      gtk_text_iter_starts_line (&at) && gtk_text_iter_ends_line (&at) &&
      (block->kind == GUM_RICH_ITEM || block->kind == GUM_RICH_QUOTE))
    {
      lift (buffer, get_cursor_line (buffer));
      return TRUE;
    }

  /* Twice at the end of code leaves it. */
  if (block->kind == GUM_RICH_CODE && !softly && gtk_text_iter_ends_line (&at))
    {
      GtkTextIter before = at;

      if (gtk_text_iter_backward_char (&before) && gtk_text_iter_get_char (&before) == 0x2028)
        {
          g_autoptr (GumRichBlock) next = gum_rich_block_new (GUM_RICH_PARAGRAPH, 0, FALSE);
          guint line = get_cursor_line (buffer);

          gtk_text_buffer_begin_user_action (text);
          gtk_text_buffer_delete (text, &before, &at);
          gum_rich_buffer_insert_line (buffer, line + 1, next);
          gtk_text_buffer_get_iter_at_line (text, &at, line + 1);
          gtk_text_buffer_place_cursor (text, &at);
          gtk_text_buffer_end_user_action (text);
          return TRUE;
        }
    }

  gtk_text_buffer_begin_user_action (text);
  gtk_text_buffer_delete_selection (text, TRUE, TRUE);
  gtk_text_buffer_insert_at_cursor (text, softly ? GUM_RICH_BREAK : "\n", -1);
  gtk_text_buffer_end_user_action (text);
  return TRUE;
}

static void
remove_line (GumRichBuffer *buffer,
             guint          line)
{
  gtk_text_buffer_begin_user_action (GTK_TEXT_BUFFER (buffer));
  gum_rich_buffer_remove_line (buffer, line);
  gtk_text_buffer_end_user_action (GTK_TEXT_BUFFER (buffer));
}

gboolean
gum_rich_erase_back (GumRichBuffer *buffer)
{
  const GumRichBlock *block = gum_rich_get_current (buffer);
  guint line = get_cursor_line (buffer);
  const GumRichBlock *before = line > 0 ? gum_rich_buffer_get_line (buffer, line - 1) : NULL;
  GtkTextIter at;

  get_cursor (buffer, &at);
  if (gtk_text_buffer_get_has_selection (GTK_TEXT_BUFFER (buffer)))
    return FALSE;
  if (!gum_rich_block_has_text (block) && !gtk_text_iter_starts_line (&at))
    {
      remove_line (buffer, line);
    }
  else if (!gum_rich_block_has_text (block) && before != NULL && gum_rich_block_has_text (before))
    {
      /* Words and what is none do not join. */
      gtk_text_iter_backward_char (&at);
      if (gtk_text_iter_starts_line (&at))
        remove_line (buffer, line - 1);
      else
        gtk_text_buffer_place_cursor (GTK_TEXT_BUFFER (buffer), &at);
    }
  else if (!gtk_text_iter_starts_line (&at))
    return FALSE;
  else if (block->kind == GUM_RICH_ITEM || block->kind == GUM_RICH_QUOTE ||
           block->kind == GUM_RICH_HEADING)
    lift (buffer, line);
  else if (before != NULL && !gum_rich_block_has_text (before))
    remove_line (buffer, line - 1);
  else
    return FALSE;
  return TRUE;
}

gboolean
gum_rich_erase_forward (GumRichBuffer *buffer)
{
  const GumRichBlock *block = gum_rich_get_current (buffer);
  guint line = get_cursor_line (buffer);
  GtkTextIter at;

  get_cursor (buffer, &at);
  if (gtk_text_buffer_get_has_selection (GTK_TEXT_BUFFER (buffer)))
    return FALSE;
  if (!gum_rich_block_has_text (block) && gtk_text_iter_starts_line (&at))
    remove_line (buffer, line);
  else if (gtk_text_iter_ends_line (&at) && line + 1 < gum_rich_buffer_get_n_lines (buffer) &&
           !gum_rich_block_has_text (gum_rich_buffer_get_line (buffer, line + 1)))
    remove_line (buffer, line + 1);
  else
    return FALSE;
  return TRUE;
}

void
gum_rich_move_line (GumRichBuffer *buffer,
                    int            by)
{
  GtkTextBuffer *text = GTK_TEXT_BUFFER (buffer);
  guint line = get_cursor_line (buffer);
  g_autoptr (GPtrArray) blocks = gum_rich_buffer_dup_blocks (buffer);
  g_autoptr (GumRichBlock) moved = NULL;
  GtkTextIter at;
  int offset;

  if (line >= blocks->len || (int) line + by < 0 || line + by >= blocks->len)
    return;

  get_cursor (buffer, &at);
  offset = gtk_text_iter_get_line_offset (&at);
  moved = gum_rich_block_detach (g_ptr_array_index (blocks, line));
  gtk_text_buffer_begin_user_action (text);
  gum_rich_buffer_remove_line (buffer, line);
  gum_rich_buffer_insert_line (buffer, line + by, moved);
  gtk_text_buffer_get_iter_at_line_offset (text, &at, line + by, offset);
  gtk_text_buffer_place_cursor (text, &at);
  gtk_text_buffer_end_user_action (text);
}

/* Words go on in the line of the cursor; everything else gets lines of its own there. */
void
gum_rich_insert_blocks (GumRichBuffer *buffer,
                        GPtrArray     *blocks)
{
  GtkTextBuffer *text = GTK_TEXT_BUFFER (buffer);
  const GumRichBlock *only = blocks->len == 1 ? g_ptr_array_index (blocks, 0) : NULL;
  const GumRichBlock *current;
  GtkTextIter at;
  gboolean was_empty;
  guint line;

  if (blocks->len == 0)
    return;

  gtk_text_buffer_begin_user_action (text);
  gtk_text_buffer_delete_selection (text, TRUE, TRUE);
  current = gum_rich_get_current (buffer);
  get_cursor (buffer, &at);
  was_empty = gtk_text_iter_starts_line (&at) && gtk_text_iter_ends_line (&at);

  if (only != NULL && only->kind == GUM_RICH_PARAGRAPH && gum_rich_block_has_text (current))
    {
      gum_rich_buffer_insert_runs (buffer, &at, only->runs);
      gtk_text_buffer_place_cursor (text, &at);
      gtk_text_buffer_end_user_action (text);
      return;
    }

  if (!gtk_text_iter_starts_line (&at) && !gtk_text_iter_ends_line (&at))
    {
      gtk_text_buffer_insert (text, &at, "\n", 1);
      gtk_text_iter_backward_char (&at);
    }
  line = gtk_text_iter_get_line (&at);
  if (!gtk_text_iter_starts_line (&at))
    line++;
  for (guint i = 0; i < blocks->len; i++)
    {
      g_autoptr (GumRichBlock) block = gum_rich_block_detach (g_ptr_array_index (blocks, i));

      gum_rich_buffer_insert_line (buffer, line++, block);
    }
  if (was_empty && gum_rich_buffer_get_line (buffer, line)->kind <= GUM_RICH_CODE)
    gum_rich_buffer_remove_line (buffer, line);

  gtk_text_buffer_get_iter_at_line (text, &at, line - 1);
  if (!gtk_text_iter_ends_line (&at))
    gtk_text_iter_forward_to_line_end (&at);
  gtk_text_buffer_place_cursor (text, &at);
  gtk_text_buffer_end_user_action (text);
}

/* What is selected, as blocks of their own. */
GPtrArray *
gum_rich_dup_selected (GumRichBuffer *buffer)
{
  GPtrArray *selected = gum_rich_blocks_new ();
  g_autoptr (GPtrArray) blocks = gum_rich_buffer_dup_blocks (buffer);
  GtkTextIter start;
  GtkTextIter end;

  if (!gtk_text_buffer_get_selection_bounds (GTK_TEXT_BUFFER (buffer), &start, &end))
    return selected;

  while (gtk_text_iter_compare (&start, &end) < 0)
    {
      guint line = gtk_text_iter_get_line (&start);
      const GumRichBlock *block = line < blocks->len ? g_ptr_array_index (blocks, line) : NULL;
      GtkTextIter stop = start;

      if (block == NULL)
        break;
      if (!gtk_text_iter_ends_line (&stop))
        gtk_text_iter_forward_to_line_end (&stop);
      if (gtk_text_iter_compare (&stop, &end) > 0)
        stop = end;

      if (!gum_rich_block_has_text (block))
        {
          g_ptr_array_add (selected, gum_rich_block_detach (block));
        }
      else
        {
          GumRichBlock *part = gum_rich_block_new (block->kind, block->level, block->numbered);

          g_ptr_array_unref (part->runs);
          part->runs = gum_rich_buffer_dup_runs (buffer, &start, &stop);
          /* Words out of a line are words, not an item. */
          if (line == (guint) gtk_text_iter_get_line (&end) && selected->len == 0 &&
              !(gtk_text_iter_starts_line (&start) && gtk_text_iter_ends_line (&stop)))
            {
              part->kind = GUM_RICH_PARAGRAPH;
              part->level = 0;
              part->numbered = FALSE;
            }
          g_ptr_array_add (selected, part);
        }
      if (!gtk_text_iter_forward_line (&start))
        break;
    }
  return selected;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Blocks as a text buffer, and back. Beside the text stands one record for each line: what the line was read as, and
 * what it is. Only lines that were touched are read again, and one that says again what it said at first is again the
 * block that it was, bytes and all.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-rich-buffer-private.h"

#include <string.h>

G_DEFINE_FINAL_TYPE (GumRichBuffer, gum_rich_buffer, GTK_TYPE_TEXT_BUFFER)

GumRichLine *
gum_rich_line_new (GumRichBlock *origin,
                   GumRichBlock *block)
{
  GumRichLine *line = g_new0 (GumRichLine, 1);

  line->origin = origin != NULL ? gum_rich_block_ref (origin) : NULL;
  line->block = gum_rich_block_ref (block);
  return line;
}

void
gum_rich_line_free (gpointer data)
{
  GumRichLine *line = data;

  g_clear_pointer (&line->origin, gum_rich_block_unref);
  gum_rich_block_unref (line->block);
  g_free (line);
}

static GumRichLine *
make_line (GumRichKind kind,
           guint       level,
           gboolean    numbered)
{
  g_autoptr (GumRichBlock) block = gum_rich_block_new (kind, level, numbered);

  return gum_rich_line_new (NULL, block);
}

GumRichLine *
gum_rich_buffer_line (GumRichBuffer *self,
                      guint          line)
{
  return g_ptr_array_index (self->lines, MIN (line, self->lines->len - 1));
}

void
gum_rich_buffer_touch (GumRichBuffer *self,
                       guint          line)
{
  gum_rich_buffer_line (self, line)->dirty = TRUE;
}

static void
run_free (gpointer run)
{
  gum_rich_run_free (run);
}

static void
block_unref (gpointer block)
{
  gum_rich_block_unref (block);
}

const GumRichBlock *
gum_rich_anchor_get_block (GtkTextChildAnchor *anchor)
{
  return g_object_get_data (G_OBJECT (anchor), "gum-block");
}

const GumRichRun *
gum_rich_anchor_get_run (GtkTextChildAnchor *anchor)
{
  return g_object_get_data (G_OBJECT (anchor), "gum-run");
}

static void
insert_anchor (GumRichBuffer    *self,
               GtkTextIter      *position,
               GumRichBlock     *block,
               const GumRichRun *run)
{
  g_autoptr (GtkTextChildAnchor) anchor = gtk_text_child_anchor_new ();

  if (block != NULL)
    {
      g_object_set_data_full (G_OBJECT (anchor), "gum-block", gum_rich_block_ref (block),
                              block_unref);
    }
  else
    {
      GumRichRun *copy = gum_rich_run_new (run->text, 0, NULL);

      copy->opaque = g_strdup (run->opaque);
      copy->uri = g_strdup (run->uri);
      g_object_set_data_full (G_OBJECT (anchor), "gum-run", copy, run_free);
    }
  gtk_text_buffer_insert_child_anchor (GTK_TEXT_BUFFER (self), position, anchor);
}

void
gum_rich_buffer_insert_runs (GumRichBuffer *self,
                             GtkTextIter   *position,
                             GPtrArray     *runs)
{
  self->busy++;
  for (guint i = 0; i < runs->len; i++)
    {
      const GumRichRun *run = g_ptr_array_index (runs, i);
      int offset = gtk_text_iter_get_offset (position);
      GtkTextIter start;

      if (run->opaque != NULL)
        {
          insert_anchor (self, position, NULL, run);
        }
      else
        {
          g_auto (GStrv) parts = g_strsplit (run->text, "\n", -1);
          g_autofree char *text = g_strjoinv (GUM_RICH_BREAK, parts);

          gtk_text_buffer_insert (GTK_TEXT_BUFFER (self), position, text, -1);
        }
      gtk_text_buffer_get_iter_at_offset (GTK_TEXT_BUFFER (self), &start, offset);
      gtk_text_buffer_remove_all_tags (GTK_TEXT_BUFFER (self), &start, position);
      gum_rich_buffer_dress_run (self, &start, position, run);
    }
  self->busy--;

  if (self->busy == 0)
    {
      guint line = gtk_text_iter_get_line (position);

      self->change = GUM_RICH_CHANGE_OTHER;
      gum_rich_buffer_touch (self, line);
      gum_rich_buffer_dress_line (self, line);
    }
}

/* A block with the end of its line, but not yet with a record or the look of its kind. */
void
gum_rich_buffer_insert_block (GumRichBuffer *self,
                              GtkTextIter   *position,
                              GumRichBlock  *block)
{
  self->busy++;
  if (gum_rich_block_has_text (block))
    gum_rich_buffer_insert_runs (self, position, block->runs);
  else
    insert_anchor (self, position, block, NULL);
  gtk_text_buffer_insert (GTK_TEXT_BUFFER (self), position, "\n", 1);
  self->busy--;
}

/* The block in this line, if there is nothing else in it. */
static GumRichBlock *
find_atom (GtkTextIter *start,
           gboolean    *alone)
{
  GtkTextIter at = *start;
  GumRichBlock *found = NULL;
  guint n = 0;

  for (; !gtk_text_iter_ends_line (&at); n++)
    {
      GtkTextChildAnchor *anchor = gtk_text_iter_get_child_anchor (&at);

      if (found == NULL && anchor != NULL && gum_rich_anchor_get_block (anchor) != NULL)
        {
          found = (GumRichBlock *) gum_rich_anchor_get_block (anchor);
          *start = at;
        }
      gtk_text_iter_forward_char (&at);
    }
  *alone = n == 1;
  return found;
}

/* Words that came into the line of something that is no words get a line of their own. Returns: whether the line was
 * parted. */
static gboolean
part_line (GumRichBuffer *self,
           guint          line)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self);
  GumRichLine *record = gum_rich_buffer_line (self, line);
  GtkTextIter cursor;
  GtkTextIter start;
  GumRichBlock *atom;
  gboolean alone;
  gboolean stays;
  int offset;

  gtk_text_buffer_get_iter_at_line (buffer, &start, line);
  atom = find_atom (&start, &alone);

  if (atom == NULL)
    {
      if (!gum_rich_block_has_text (record->block))
        {
          g_ptr_array_index (self->lines, line) = make_line (GUM_RICH_PARAGRAPH, 0, FALSE);
          gum_rich_line_free (record);
          gum_rich_buffer_touch (self, line);
          gum_rich_buffer_dress_line (self, line);
        }
      return FALSE;
    }

  if (alone)
    {
      g_ptr_array_index (self->lines, line) = gum_rich_line_new (atom, atom);
      gum_rich_line_free (record);
      gum_rich_buffer_dress_line (self, line);
      return FALSE;
    }

  /* The cursor stays with the words. */
  offset = gtk_text_iter_get_offset (&start);
  gtk_text_buffer_get_iter_at_mark (buffer, &cursor, gtk_text_buffer_get_insert (buffer));
  stays = !gtk_text_iter_starts_line (&start) && gtk_text_iter_equal (&start, &cursor);

  self->busy++;
  if (gtk_text_iter_starts_line (&start))
    gtk_text_iter_forward_char (&start);
  gtk_text_buffer_insert (buffer, &start, "\n", 1);
  g_ptr_array_insert (self->lines, line + 1, make_line (GUM_RICH_PARAGRAPH, 0, FALSE));
  gum_rich_buffer_touch (self, line);
  gum_rich_buffer_touch (self, line + 1);
  if (stays)
    {
      gtk_text_buffer_get_iter_at_offset (buffer, &cursor, offset);
      gtk_text_buffer_place_cursor (buffer, &cursor);
    }
  self->busy--;
  return TRUE;
}

static void
refresh_line (GumRichBuffer *self,
              guint          line)
{
  GumRichLine *record = gum_rich_buffer_line (self, line);
  GumRichBlock *old = record->block;
  g_autoptr (GPtrArray) runs = NULL;
  GtkTextIter start;
  GtkTextIter end;

  gtk_text_buffer_get_iter_at_line (GTK_TEXT_BUFFER (self), &start, line);
  end = start;
  if (!gtk_text_iter_ends_line (&end))
    gtk_text_iter_forward_to_line_end (&end);
  runs = gum_rich_buffer_dup_runs (self, &start, &end);

  if (record->origin != NULL)
    {
      record->block = gum_rich_block_rewrite (record->origin, old->kind, old->level, old->numbered,
                                              runs);
    }
  else
    {
      record->block = gum_rich_block_new (old->kind, old->level, old->numbered);
      record->block->continued = old->continued;
      g_ptr_array_unref (record->block->runs);
      record->block->runs = g_ptr_array_ref (runs);
    }
  record->dirty = FALSE;
  gum_rich_block_unref (old);
}

static void
refresh (GumRichBuffer *self)
{
  for (guint i = 0; i < self->lines->len; i++)
    {
      while (gum_rich_buffer_line (self, i)->dirty && part_line (self, i))
        ;
      if (gum_rich_buffer_line (self, i)->dirty)
        refresh_line (self, i);
    }
}

static gboolean
is_blank (GumRichBuffer *self)
{
  GumRichLine *only = gum_rich_buffer_line (self, 0);

  return self->lines->len == 1 && only->origin == NULL && only->block->runs->len == 0 &&
         only->block->kind == GUM_RICH_PARAGRAPH;
}

GPtrArray *
gum_rich_buffer_dup_blocks (GumRichBuffer *self)
{
  GPtrArray *blocks = gum_rich_blocks_new ();

  refresh (self);
  for (guint i = 0; i < self->lines->len && !is_blank (self); i++)
    g_ptr_array_add (blocks, gum_rich_block_ref (gum_rich_buffer_line (self, i)->block));
  return blocks;
}

/* The block that a block was read as is part of what it is. */
static GumRichBlock *
find_origin (GumRichBuffer *self,
             GumRichBlock  *block)
{
  GumRichBlock *origin = g_hash_table_lookup (self->origins, &block->serial);

  return block->serial != 0 ? origin : NULL;
}

/* Only what is different is put anew, so that the view does not jump. */
void
gum_rich_buffer_set_blocks (GumRichBuffer *self,
                            GPtrArray     *blocks)
{
  g_autoptr (GPtrArray) all = gum_rich_blocks_new ();
  GtkTextIter start;
  GtkTextIter end;
  guint before = 0;
  guint behind = 0;

  for (guint i = 0; i < blocks->len; i++)
    {
      GumRichBlock *block = g_ptr_array_index (blocks, i);

      g_ptr_array_add (all, gum_rich_block_ref (block));
      if (block->serial != 0 && find_origin (self, block) == NULL)
        g_hash_table_insert (self->origins, g_memdup2 (&block->serial, sizeof block->serial),
                             gum_rich_block_ref (block));
    }
  if (all->len == 0)
    g_ptr_array_add (all, gum_rich_block_new (GUM_RICH_PARAGRAPH, 0, FALSE));

  refresh (self);
  while (before < MIN (all->len, self->lines->len) &&
         g_ptr_array_index (all, before) == gum_rich_buffer_line (self, before)->block)
    before++;
  while (behind < MIN (all->len, self->lines->len) - before &&
         g_ptr_array_index (all, all->len - 1 - behind) ==
         gum_rich_buffer_line (self, self->lines->len - 1 - behind)->block)
    behind++;

  self->busy++;
  gtk_text_buffer_get_iter_at_line (GTK_TEXT_BUFFER (self), &start, before);
  gtk_text_buffer_get_iter_at_line (GTK_TEXT_BUFFER (self), &end, self->lines->len - behind);
  gtk_text_buffer_delete (GTK_TEXT_BUFFER (self), &start, &end);
  if (self->lines->len > before + behind)
    g_ptr_array_remove_range (self->lines, before, self->lines->len - before - behind);

  for (guint i = before; i < all->len - behind; i++)
    {
      GumRichBlock *block = g_ptr_array_index (all, i);

      gum_rich_buffer_insert_block (self, &start, block);
      g_ptr_array_insert (self->lines, i, gum_rich_line_new (find_origin (self, block), block));
      gum_rich_buffer_dress_line (self, i);
    }
  self->busy--;
}

void
gum_rich_buffer_reset (GumRichBuffer *self)
{
  g_autoptr (GPtrArray) none = gum_rich_blocks_new ();

  gum_rich_buffer_set_blocks (self, none);
  g_hash_table_remove_all (self->origins);
}

guint
gum_rich_buffer_get_n_lines (GumRichBuffer *self)
{
  return self->lines->len;
}

const GumRichBlock *
gum_rich_buffer_get_line (GumRichBuffer *self,
                          guint          line)
{
  return gum_rich_buffer_line (self, line)->block;
}

void
gum_rich_buffer_set_kind (GumRichBuffer *self,
                          guint          line,
                          GumRichKind    kind,
                          guint          level,
                          gboolean       numbered)
{
  GumRichLine *record = gum_rich_buffer_line (self, line);
  GumRichBlock *old = record->block;

  if (!gum_rich_block_has_text (old))
    return;

  record->block = gum_rich_block_new (kind, level, numbered);
  record->dirty = TRUE;
  gum_rich_block_unref (old);
  gum_rich_buffer_dress_line (self, line);
  self->change = GUM_RICH_CHANGE_OTHER;
}

void
gum_rich_buffer_insert_line (GumRichBuffer *self,
                             guint          line,
                             GumRichBlock  *block)
{
  GtkTextIter start;

  gtk_text_buffer_get_iter_at_line (GTK_TEXT_BUFFER (self), &start, line);
  self->busy++;
  gum_rich_buffer_insert_block (self, &start, block);
  self->busy--;
  g_ptr_array_insert (self->lines, line, gum_rich_line_new (NULL, block));
  gum_rich_buffer_dress_line (self, line);
  self->change = GUM_RICH_CHANGE_OTHER;
}

void
gum_rich_buffer_remove_line (GumRichBuffer *self,
                             guint          line)
{
  GtkTextIter start;
  GtkTextIter end;

  gtk_text_buffer_get_iter_at_line (GTK_TEXT_BUFFER (self), &start, line);
  gtk_text_buffer_get_iter_at_line (GTK_TEXT_BUFFER (self), &end, line + 1);
  self->busy++;
  gtk_text_buffer_delete (GTK_TEXT_BUFFER (self), &start, &end);
  g_ptr_array_remove_index (self->lines, line);
  if (self->lines->len == 0)
    {
      gtk_text_buffer_insert (GTK_TEXT_BUFFER (self), &start, "\n", 1);
      g_ptr_array_add (self->lines, make_line (GUM_RICH_PARAGRAPH, 0, FALSE));
      gum_rich_buffer_dress_line (self, 0);
    }
  self->busy--;
  self->change = GUM_RICH_CHANGE_OTHER;
}

void
gum_rich_buffer_set_content (GumRichBuffer *self,
                             gboolean       is_content)
{
  self->is_content = is_content;
}

gboolean
gum_rich_buffer_is_content (GumRichBuffer *self)
{
  return self->is_content;
}

void
gum_rich_buffer_set_typing (GumRichBuffer *self,
                            guint          styles)
{
  self->typing = styles;
}

guint
gum_rich_buffer_get_typing (GumRichBuffer *self)
{
  return self->typing;
}

GumRichChange
gum_rich_buffer_take_change (GumRichBuffer *self)
{
  GumRichChange change = self->change;

  self->change = GUM_RICH_CHANGE_NONE;
  return change;
}

/* What is typed or dropped: one kind of line end, none in code, and nothing that stands for an object. */
static char *
dup_clean (const char *text,
           int         length,
           gboolean    one_line)
{
  g_autofree char *whole = g_strndup (text, length);
  GString *clean = g_string_new (NULL);

  for (const char *p = whole; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar character = g_utf8_get_char (p);

      if (character == '\r' && p[1] == '\n')
        continue;
      if (character == '\r' || character == 0x2029)
        character = '\n';
      if (character == '\n' && one_line)
        character = 0x2028;
      if (character == 0xFFFC || (character < 0x20 && character != '\n' && character != '\t'))
        continue;
      g_string_append_unichar (clean, character);
    }
  return g_string_free (clean, FALSE);
}

static GumRichLine *
make_next_line (const GumRichBlock *block,
                gboolean            at_end)
{
  if (!gum_rich_block_has_text (block) || (block->kind == GUM_RICH_HEADING && at_end))
    return make_line (GUM_RICH_PARAGRAPH, 0, FALSE);
  return make_line (block->kind, block->level, block->numbered);
}

static void
gum_rich_buffer_insert_text (GtkTextBuffer *buffer,
                             GtkTextIter   *position,
                             const char    *text,
                             int            length)
{
  GumRichBuffer *self = GUM_RICH_BUFFER (buffer);
  GtkTextBufferClass *parent_class = GTK_TEXT_BUFFER_CLASS (gum_rich_buffer_parent_class);
  g_autofree char *clean = NULL;
  g_autoptr (GumRichRun) typed = NULL;
  GumRichLine *record;
  GtkTextIter start;
  gboolean moves_down;
  gboolean at_end;
  guint line;
  guint n = 0;
  int offset;

  if (self->busy > 0)
    {
      parent_class->insert_text (buffer, position, text, length);
      return;
    }

  if ((guint) gtk_text_iter_get_line (position) >= self->lines->len)
    gtk_text_iter_backward_char (position);
  line = gtk_text_iter_get_line (position);
  record = gum_rich_buffer_line (self, line);
  clean = dup_clean (text, length, record->block->kind == GUM_RICH_CODE);
  for (const char *p = clean; *p != '\0'; p++)
    n += *p == '\n';

  offset = gtk_text_iter_get_offset (position);
  at_end = gtk_text_iter_ends_line (position);
  /* What is written before the first word of a line leaves the line what it is, one further down. */
  moves_down = gtk_text_iter_starts_line (position) && !at_end;

  parent_class->insert_text (buffer, position, clean, strlen (clean));
  for (guint i = 0; i < n; i++)
    g_ptr_array_insert (self->lines, moves_down ? line : line + 1 + i,
                        make_next_line (record->block, at_end));

  gtk_text_buffer_get_iter_at_offset (buffer, &start, offset);
  for (guint i = line; i <= line + n; i++)
    {
      gum_rich_buffer_touch (self, i);
      gum_rich_buffer_dress_line (self, i);
    }
  gum_rich_buffer_set_style (self, &start, position, ~0u, FALSE);
  typed = gum_rich_run_new ("", self->typing, NULL);
  gum_rich_buffer_dress_run (self, &start, position, typed);

  if (n > 0 || g_utf8_strlen (clean, -1) != 1)
    self->change = GUM_RICH_CHANGE_OTHER;
  else
    self->change = *clean == ' ' ? GUM_RICH_CHANGE_SPACE : GUM_RICH_CHANGE_LETTER;
}

static void
gum_rich_buffer_delete_range (GtkTextBuffer *buffer,
                              GtkTextIter   *start,
                              GtkTextIter   *end)
{
  GumRichBuffer *self = GUM_RICH_BUFFER (buffer);
  GtkTextBufferClass *parent_class = GTK_TEXT_BUFFER_CLASS (gum_rich_buffer_parent_class);
  gboolean is_letter;
  gboolean keeps_last;
  guint first;
  guint last;

  if (self->busy > 0)
    {
      parent_class->delete_range (buffer, start, end);
      return;
    }

  gtk_text_iter_order (start, end);
  if ((guint) gtk_text_iter_get_line (end) >= self->lines->len)
    gtk_text_iter_backward_char (end);
  if (gtk_text_iter_compare (start, end) >= 0)
    return;

  first = gtk_text_iter_get_line (start);
  last = gtk_text_iter_get_line (end);
  is_letter = first == last && gtk_text_iter_get_offset (end) - gtk_text_iter_get_offset (start) == 1;
  /* What is left of two lines is the one of which something is left. */
  keeps_last = gtk_text_iter_starts_line (start) && first < last && !gtk_text_iter_ends_line (end);

  parent_class->delete_range (buffer, start, end);
  if (first < last)
    g_ptr_array_remove_range (self->lines, keeps_last ? first : first + 1, last - first);
  gum_rich_buffer_touch (self, first);
  gum_rich_buffer_dress_line (self, first);
  self->change = is_letter ? GUM_RICH_CHANGE_ERASE : GUM_RICH_CHANGE_OTHER;
}

static void
gum_rich_buffer_finalize (GObject *object)
{
  GumRichBuffer *self = GUM_RICH_BUFFER (object);

  g_ptr_array_unref (self->lines);
  g_hash_table_unref (self->origins);
  g_hash_table_unref (self->tags);

  G_OBJECT_CLASS (gum_rich_buffer_parent_class)->finalize (object);
}

static void
gum_rich_buffer_class_init (GumRichBufferClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkTextBufferClass *buffer_class = GTK_TEXT_BUFFER_CLASS (klass);

  object_class->finalize = gum_rich_buffer_finalize;
  buffer_class->insert_text = gum_rich_buffer_insert_text;
  buffer_class->delete_range = gum_rich_buffer_delete_range;
}

static void
gum_rich_buffer_init (GumRichBuffer *self)
{
  self->lines = g_ptr_array_new_with_free_func (gum_rich_line_free);
  self->origins = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, block_unref);
  self->tags = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

GumRichBuffer *
gum_rich_buffer_new (void)
{
  GumRichBuffer *self = g_object_new (GUM_TYPE_RICH_BUFFER, "enable-undo", FALSE, NULL);
  GtkTextIter start;

  gum_rich_buffer_init_tags (self);
  self->busy++;
  gtk_text_buffer_get_start_iter (GTK_TEXT_BUFFER (self), &start);
  gtk_text_buffer_insert (GTK_TEXT_BUFFER (self), &start, "\n", 1);
  /* Not on the line behind, where it was pushed. */
  gtk_text_buffer_get_start_iter (GTK_TEXT_BUFFER (self), &start);
  gtk_text_buffer_place_cursor (GTK_TEXT_BUFFER (self), &start);
  self->busy--;
  g_ptr_array_add (self->lines, make_line (GUM_RICH_PARAGRAPH, 0, FALSE));
  gum_rich_buffer_dress_line (self, 0);
  return self;
}

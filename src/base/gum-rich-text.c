/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a text that can be edited is made of. Blocks are shared and never change, so a copy of a whole text,
 * for undoing, costs an array of pointers.
 *
 *     HTML ──▶ pieces ──▶ blocks, each with the bytes it came from ──▶ plan ──▶ HTML
 *                             ▲                   │
 *                             └──── an edit ◀─────┘   (replaces single blocks)
 */

#define G_LOG_DOMAIN "gum-html"

#include "config.h"

#include "gum-rich-text-private.h"

#include <string.h>

/**
 * gum_rich_run_new:
 * @text: what is read
 * @styles: how it looks
 * @link: (nullable): where it leads
 *
 * Returns: (transfer full): a run
 */
GumRichRun *
gum_rich_run_new (const char *text,
                  guint       styles,
                  const char *link)
{
  GumRichRun *self = g_new0 (GumRichRun, 1);

  self->text = g_strdup (text);
  self->styles = styles;
  self->link = g_strdup (link);

  return self;
}

/**
 * gum_rich_run_free:
 */
void
gum_rich_run_free (GumRichRun *self)
{
  g_free (self->text);
  g_free (self->link);
  g_free (self->link_open);
  g_free (self->wrap);
  g_free (self->opaque);
  g_free (self->uri);
  g_free (self);
}

static gboolean
look_alike (const GumRichRun *self,
            const GumRichRun *other)
{
  return self->styles == other->styles &&
         g_strcmp0 (self->link, other->link) == 0 &&
         g_strcmp0 (self->wrap, other->wrap) == 0 &&
         g_strcmp0 (self->opaque, other->opaque) == 0;
}

/**
 * gum_rich_run_is_alike:
 *
 * Returns: whether two runs differ in their text at most
 */
gboolean
gum_rich_run_is_alike (const GumRichRun *self,
                       const GumRichRun *other)
{
  return look_alike (self, other) && g_strcmp0 (self->link_open, other->link_open) == 0;
}

/**
 * gum_rich_runs_new:
 *
 * Returns: (transfer full) (element-type GumRichRun): room for runs
 */
GPtrArray *
gum_rich_runs_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) gum_rich_run_free);
}

/**
 * gum_rich_runs_add:
 * @runs: (element-type GumRichRun): the runs so far
 * @run: (transfer full): one more, which becomes part of the last one if they look the same
 */
void
gum_rich_runs_add (GPtrArray  *runs,
                   GumRichRun *run)
{
  GumRichRun *last = runs->len > 0 ? g_ptr_array_index (runs, runs->len - 1) : NULL;

  if (run->opaque == NULL && *run->text == '\0')
    {
      gum_rich_run_free (run);
    }
  else if (last != NULL && last->opaque == NULL && gum_rich_run_is_alike (last, run))
    {
      char *joined = g_strconcat (last->text, run->text, NULL);

      g_free (last->text);
      last->text = joined;
      gum_rich_run_free (run);
    }
  else
    {
      g_ptr_array_add (runs, run);
    }
}

static gboolean
runs_are_equal (GPtrArray *runs,
                GPtrArray *others,
                gboolean   as_written)
{
  if (runs->len != others->len)
    return FALSE;

  for (guint i = 0; i < runs->len; i++)
    {
      const GumRichRun *run = g_ptr_array_index (runs, i);
      const GumRichRun *other = g_ptr_array_index (others, i);

      if (!look_alike (run, other) || !g_str_equal (run->text, other->text))
        return FALSE;
      if (as_written && g_strcmp0 (run->link_open, other->link_open) != 0)
        return FALSE;
    }

  return TRUE;
}

/*
 * gum_rich_element_new:
 * @role: what it is for
 * @name: its tag's name
 * @open: (nullable): the tag as it is written; without, the plain one
 * @length: how many bytes of @open, or -1
 *
 * Returns: (transfer full): an element
 */
GumRichElement *
gum_rich_element_new (GumRichRole  role,
                      const char  *name,
                      const char  *open,
                      gssize       length)
{
  GumRichElement *self = g_rc_box_new0 (GumRichElement);

  self->role = role;
  self->name = g_strdup (name);
  if (open == NULL)
    self->open = g_strdup_printf ("<%s>", name);
  else
    self->open = length < 0 ? g_strdup (open) : g_strndup (open, length);
  self->first = 1;

  return self;
}

GumRichElement *
gum_rich_element_ref (GumRichElement *self)
{
  return g_rc_box_acquire (self);
}

static void
element_clear (gpointer data)
{
  GumRichElement *self = data;

  g_free (self->name);
  g_free (self->open);
  if (self->node != NULL)
    g_boxed_free (self->node_type, self->node);
}

void
gum_rich_element_unref (GumRichElement *self)
{
  g_rc_box_release_full (self, element_clear);
}

GPtrArray *
gum_rich_path_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) gum_rich_element_unref);
}

/* The first @length elements of a path; %NULL is a path of none. */
GPtrArray *
gum_rich_path_copy (GPtrArray *path,
                    guint      length)
{
  GPtrArray *copy = gum_rich_path_new ();

  for (guint i = 0; path != NULL && i < MIN (length, path->len); i++)
    g_ptr_array_add (copy, gum_rich_element_ref (g_ptr_array_index (path, i)));

  return copy;
}

/* Whether text at the end of this path stands beside whatever comes next, with no tag of its own. */
gboolean
gum_rich_path_is_bare (GPtrArray *path)
{
  const GumRichElement *last = path->len > 0 ? g_ptr_array_index (path, path->len - 1) : NULL;

  return last == NULL || last->role != GUM_RICH_ELEMENT_LEAF;
}

/* How many elements two blocks stand in together. */
guint
gum_rich_path_shared (GPtrArray *path,
                      GPtrArray *other)
{
  guint shared = 0;

  while (path != NULL && other != NULL && shared < MIN (path->len, other->len) &&
         g_ptr_array_index (path, shared) == g_ptr_array_index (other, shared))
    shared++;

  return shared;
}

/* Serials of one text are consecutive; those of two texts never meet. */
guint64
gum_rich_next_serial (void)
{
  static guint texts;

  return (guint64) (guint) (g_atomic_int_add (&texts, 1) + 1) << 32;
}

/**
 * gum_rich_block_new:
 * @kind: what it is
 * @level: of a heading or an item
 * @numbered: whether it is an item of a numbered list
 *
 * Returns: (transfer full): a block without text, from nowhere
 */
GumRichBlock *
gum_rich_block_new (GumRichKind kind,
                    guint       level,
                    gboolean    numbered)
{
  GumRichBlock *self = g_rc_box_new0 (GumRichBlock);

  self->kind = kind;
  self->level = level;
  self->numbered = numbered;
  self->runs = gum_rich_runs_new ();

  return self;
}

/**
 * gum_rich_block_ref:
 *
 * Returns: (transfer full): the same block
 */
GumRichBlock *
gum_rich_block_ref (GumRichBlock *self)
{
  return g_rc_box_acquire (self);
}

static void
block_clear (gpointer data)
{
  GumRichBlock *self = data;

  g_ptr_array_unref (self->runs);
  g_free (self->label);
  g_free (self->uri);
  g_free (self->alt);
  g_clear_pointer (&self->path, g_ptr_array_unref);
  g_clear_pointer (&self->home, g_ptr_array_unref);
  g_clear_pointer (&self->lead, g_bytes_unref);
  g_clear_pointer (&self->source, g_bytes_unref);
  if (self->node != NULL)
    g_boxed_free (self->node_type, self->node);
  g_free (self->closer);
}

/**
 * gum_rich_block_unref:
 */
void
gum_rich_block_unref (GumRichBlock *self)
{
  g_rc_box_release_full (self, block_clear);
}

/**
 * gum_rich_block_has_text:
 *
 * Returns: whether it is something to write in
 */
gboolean
gum_rich_block_has_text (const GumRichBlock *self)
{
  return self->kind <= GUM_RICH_CODE;
}

static gboolean
is_of_kind (const GumRichBlock *self,
            GumRichKind         kind,
            guint               level,
            gboolean            numbered)
{
  return self->kind == kind && self->level == level && !self->numbered == !numbered;
}

/**
 * gum_rich_block_is_equal:
 *
 * Returns: whether two blocks say and look the same, wherever they come from
 */
gboolean
gum_rich_block_is_equal (const GumRichBlock *self,
                         const GumRichBlock *other)
{
  if (!is_of_kind (self, other->kind, other->level, other->numbered) ||
      g_strcmp0 (self->label, other->label) != 0 ||
      g_strcmp0 (self->uri, other->uri) != 0 ||
      g_strcmp0 (self->alt, other->alt) != 0)
    return FALSE;

  return runs_are_equal (self->runs, other->runs, FALSE);
}

/**
 * gum_rich_block_rewrite:
 * @self: the block as it was read
 * @kind: what it is now
 * @level: of a heading or an item
 * @numbered: whether it is an item of a numbered list
 * @runs: (element-type GumRichRun): what it says now
 *
 * Returns: (transfer full): the block after the edit, which is @self if nothing is different
 */
GumRichBlock *
gum_rich_block_rewrite (GumRichBlock *self,
                        GumRichKind   kind,
                        guint         level,
                        gboolean      numbered,
                        GPtrArray    *runs)
{
  GumRichBlock *block;
  gboolean same_kind = is_of_kind (self, kind, level, numbered);

  if (same_kind && runs_are_equal (self->runs, runs, TRUE))
    return gum_rich_block_ref (self);

  block = gum_rich_block_new (kind, level, numbered);
  g_ptr_array_unref (block->runs);
  block->runs = g_ptr_array_ref (runs);
  block->serial = self->serial;
  if (self->lead != NULL)
    block->lead = g_bytes_ref (self->lead);
  if (same_kind)
    {
      block->continued = self->continued;
      if (self->path != NULL)
        block->path = g_ptr_array_ref (self->path);
    }
  else if (self->path != NULL)
    {
      block->home = g_ptr_array_ref (self->path);
    }

  return block;
}

/**
 * gum_rich_block_detach:
 *
 * Returns: (transfer full): the same block for another place: what is not understood is still what it was, words go
 *   where their kind belongs
 */
GumRichBlock *
gum_rich_block_detach (const GumRichBlock *self)
{
  GumRichBlock *block = gum_rich_block_new (self->kind, self->level, self->numbered);

  g_ptr_array_unref (block->runs);
  block->runs = g_ptr_array_ref (self->runs);
  block->label = g_strdup (self->label);
  block->uri = g_strdup (self->uri);
  block->alt = g_strdup (self->alt);
  if (gum_rich_block_has_text (self))
    return block;

  block->source = self->source != NULL ? g_bytes_ref (self->source) : NULL;
  block->closer = g_strdup (self->closer);
  block->unclosed = self->unclosed;
  if (self->node != NULL)
    {
      block->node_type = self->node_type;
      block->node = g_boxed_copy (self->node_type, self->node);
    }

  return block;
}

/**
 * gum_rich_block_dup_text:
 *
 * Returns: (transfer full): what is read in it
 */
char *
gum_rich_block_dup_text (const GumRichBlock *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->runs->len; i++)
    {
      const GumRichRun *run = g_ptr_array_index (self->runs, i);

      if (run->opaque == NULL)
        g_string_append (text, run->text);
    }

  return g_string_free (text, FALSE);
}

/**
 * gum_rich_block_get_list:
 * @first: (out): the list's first number
 *
 * Returns: (nullable): what tells the list that an item was read in from others
 */
gconstpointer
gum_rich_block_get_list (const GumRichBlock *self,
                         guint              *first)
{
  const GumRichElement *found = NULL;

  for (guint i = 0; self->path != NULL && i < self->path->len; i++)
    {
      const GumRichElement *element = g_ptr_array_index (self->path, i);

      if (element->role == GUM_RICH_ELEMENT_LIST)
        found = element;
    }

  *first = found != NULL ? found->first : 1;

  return found;
}

/**
 * gum_rich_blocks_new:
 *
 * Returns: (transfer full) (element-type GumRichBlock): room for blocks
 */
GPtrArray *
gum_rich_blocks_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) gum_rich_block_unref);
}

/**
 * gum_rich_text_new:
 *
 * Returns: (transfer full): a text without blocks
 */
GumRichText *
gum_rich_text_new (void)
{
  GumRichText *self = g_new0 (GumRichText, 1);

  self->blocks = gum_rich_blocks_new ();

  return self;
}

/**
 * gum_rich_text_free:
 */
void
gum_rich_text_free (GumRichText *self)
{
  g_ptr_array_unref (self->blocks);
  g_clear_pointer (&self->tail, g_bytes_unref);
  g_free (self);
}

/**
 * gum_rich_text_is_equal:
 *
 * Returns: whether two texts say and look the same, however they are written
 */
gboolean
gum_rich_text_is_equal (const GumRichText *self,
                        const GumRichText *other)
{
  if (self->blocks->len != other->blocks->len)
    return FALSE;

  for (guint i = 0; i < self->blocks->len; i++)
    {
      if (!gum_rich_block_is_equal (g_ptr_array_index (self->blocks, i),
                                    g_ptr_array_index (other->blocks, i)))
        return FALSE;
    }

  return TRUE;
}

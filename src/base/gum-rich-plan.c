/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where each block of an edited text is to stand. One that came from somewhere stays in the elements that it was
 * in; a new one joins what the block before it is in, so that an item that is added to a list is an item of
 * that list. Formats only write down what is planned here. */

#define G_LOG_DOMAIN "gum-html"

#include "config.h"

#include "gum-rich-text-private.h"

static GumRichElement *
get (GPtrArray *path,
     guint      i)
{
  return path != NULL && i < path->len ? g_ptr_array_index (path, i) : NULL;
}

static gboolean
is_role (GPtrArray   *path,
         guint        i,
         GumRichRole  role)
{
  GumRichElement *element = get (path, i);

  return element != NULL && element->role == role;
}

/* <div>s and the like that a path begins with. */
static guint
count_frames (GPtrArray *path)
{
  guint n = 0;

  while (is_role (path, n, GUM_RICH_ELEMENT_FRAME))
    n++;

  return n;
}

static void
add_new (GPtrArray   *path,
         GumRichRole  role,
         const char  *name)
{
  GumRichElement *element = gum_rich_element_new (role, name, NULL, -1);

  element->numbered = g_str_equal (name, "ol");
  g_ptr_array_add (path, element);
}

static void
add_known (GPtrArray      *path,
           GumRichElement *element)
{
  g_ptr_array_add (path, gum_rich_element_ref (element));
}

static gboolean
ends_in_leaf (GPtrArray *path)
{
  return path != NULL && path->len > 0 && !gum_rich_path_is_bare (path);
}

/* A further item: of the list before it, of the one behind it, or of a new one. */
static void
plan_item (GPtrArray          *path,
           const GumRichBlock *block,
           GPtrArray          *before,
           GPtrArray          *after)
{
  guint level = CLAMP (block->level, 1, 16);
  guint depth = 0;
  gboolean with_leaf = TRUE;

  for (guint i = path->len; i < (before != NULL ? before->len : 0) && depth < level; i++)
    {
      GumRichElement *element = get (before, i);

      if (element->role == GUM_RICH_ELEMENT_LIST)
        {
          if (depth + 1 == level && !element->numbered != !block->numbered)
            break;
          depth++;
        }
      else if (element->role != GUM_RICH_ELEMENT_ITEM)
        {
          break;
        }
      add_known (path, element);
      with_leaf = ends_in_leaf (before);
    }

  if (depth == 0 && level == 1 && is_role (after, path->len, GUM_RICH_ELEMENT_LIST) &&
      !get (after, path->len)->numbered == !block->numbered)
    {
      add_known (path, get (after, path->len));
      depth++;
      with_leaf = ends_in_leaf (after);
    }

  for (; depth < level; depth++)
    {
      add_new (path, GUM_RICH_ELEMENT_LIST, block->numbered ? "ol" : "ul");
      if (depth + 1 < level)
        add_new (path, GUM_RICH_ELEMENT_ITEM, "li");
    }

  add_new (path, GUM_RICH_ELEMENT_ITEM, "li");
  if (with_leaf)
    add_new (path, GUM_RICH_ELEMENT_LEAF, "p");
}

static gboolean
plan_continued (GPtrArray *path,
                GPtrArray *before)
{
  guint last = 0;

  for (guint i = 0; before != NULL && i < before->len; i++)
    {
      if (is_role (before, i, GUM_RICH_ELEMENT_ITEM))
        last = i + 1;
    }
  if (last == 0)
    return FALSE;

  for (guint i = path->len; i < last; i++)
    add_known (path, get (before, i));
  add_new (path, GUM_RICH_ELEMENT_LEAF, "p");

  return TRUE;
}

static GPtrArray *
plan_block (const GumRichBlock *block,
            GPtrArray          *before,
            GPtrArray          *after)
{
  GPtrArray *home = block->home != NULL ? block->home : before;
  GPtrArray *path = gum_rich_path_copy (home, count_frames (home));
  g_autofree char *heading = NULL;

  if (count_frames (before) != path->len || gum_rich_path_shared (path, before) != path->len)
    before = NULL;
  if (count_frames (after) != path->len || gum_rich_path_shared (path, after) != path->len)
    after = NULL;

  switch (block->kind)
    {
    case GUM_RICH_ITEM:
      if (!block->continued || !plan_continued (path, before))
        plan_item (path, block, before, after);
      break;
    case GUM_RICH_QUOTE:
      if (is_role (before, path->len, GUM_RICH_ELEMENT_QUOTE))
        add_known (path, get (before, path->len));
      else if (is_role (after, path->len, GUM_RICH_ELEMENT_QUOTE))
        add_known (path, get (after, path->len));
      else
        add_new (path, GUM_RICH_ELEMENT_QUOTE, "blockquote");
      add_new (path, GUM_RICH_ELEMENT_LEAF, "p");
      break;
    case GUM_RICH_HEADING:
      heading = g_strdup_printf ("h%u", CLAMP (block->level, 1, 6));
      add_new (path, GUM_RICH_ELEMENT_LEAF, heading);
      break;
    case GUM_RICH_CODE:
      add_new (path, GUM_RICH_ELEMENT_LEAF, "pre");
      add_new (path, GUM_RICH_ELEMENT_LEAF, "code");
      break;
    case GUM_RICH_PARAGRAPH:
      add_new (path, GUM_RICH_ELEMENT_LEAF, "p");
      break;
    case GUM_RICH_RULE:
    case GUM_RICH_PICTURE:
    case GUM_RICH_OPAQUE:
    default:
      break;
    }

  return path;
}

/*
 * gum_rich_block_follows:
 *
 * Returns: whether a block stands behind the very one that it stood behind when they were read (%NULL: behind
 *   none), so that what was between them fits still
 */
gboolean
gum_rich_block_follows (const GumRichBlock *self,
                        const GumRichBlock *previous)
{
  if (self->serial == 0 || self->path == NULL || self->lead == NULL)
    return FALSE;
  if (previous == NULL)
    return (self->serial & 0xFFFFFFFF) == 1;

  return previous->path != NULL && previous->serial != 0 && self->serial == previous->serial + 1;
}

/* Whether words without a tag of their own would not be read back as this one block. @followed: what comes behind
 * them is what did. */
static gboolean
needs_leaf (const GumRichBlock *block,
            GPtrArray          *path,
            const GumRichBlock *next,
            GPtrArray          *next_path,
            gboolean            followed)
{
  gboolean is_anew = block->source == NULL || (block->ragged && !followed);
  gboolean is_empty = block->runs->len == 0;

  if (!gum_rich_block_has_text (block) || !gum_rich_path_is_bare (path))
    return FALSE;

  if (is_anew && is_empty &&
      (block->continued || !is_role (path, path->len - 1, GUM_RICH_ELEMENT_ITEM)))
    return TRUE;
  if (is_anew && !is_empty &&
      ((GumRichRun *) g_ptr_array_index (block->runs, 0))->opaque != NULL)
    return TRUE;
  if (next == NULL || gum_rich_path_shared (path, next_path) < path->len)
    return FALSE;
  if (is_empty && (is_anew || !followed))
    return TRUE;

  return !followed && next_path->len == path->len && next->kind != GUM_RICH_RULE;
}

/*
 * gum_rich_text_plan:
 * @blocks: (element-type GumRichBlock): room for the blocks in the order in which they are to be written
 *
 * Returns: (transfer full) (element-type GPtrArray): the path of each block; one that is the block's own is where
 *   it was
 */
GPtrArray *
gum_rich_text_plan (const GumRichText *self,
                    GPtrArray         *blocks)
{
  GPtrArray *plan = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);

  /* Behind something that does not end nothing would be read back. */
  for (guint pass = 0; pass < 2; pass++)
    {
      for (guint i = 0; i < self->blocks->len; i++)
        {
          GumRichBlock *block = g_ptr_array_index (self->blocks, i);

          if (block->unclosed == (pass == 1))
            g_ptr_array_add (blocks, gum_rich_block_ref (block));
        }
    }

  for (guint i = 0; i < blocks->len; i++)
    {
      const GumRichBlock *block = g_ptr_array_index (blocks, i);
      const GumRichBlock *next = i + 1 < blocks->len ? g_ptr_array_index (blocks, i + 1) : NULL;
      GPtrArray *before = i > 0 ? g_ptr_array_index (plan, i - 1) : NULL;

      g_ptr_array_add (plan, block->path != NULL ? g_ptr_array_ref (block->path) :
                             plan_block (block, before, next != NULL ? next->path : NULL));
    }

  for (guint i = 0; i < blocks->len; i++)
    {
      const GumRichBlock *block = g_ptr_array_index (blocks, i);
      const GumRichBlock *next = i + 1 < blocks->len ? g_ptr_array_index (blocks, i + 1) : NULL;
      GPtrArray *path = g_ptr_array_index (plan, i);
      gboolean followed = next != NULL ? gum_rich_block_follows (next, block) :
                          self->tail != NULL && block->serial == self->last;

      if (needs_leaf (block, path, next, next != NULL ? g_ptr_array_index (plan, i + 1) : NULL,
                      followed))
        {
          GPtrArray *wrapped = gum_rich_path_copy (path, path->len);

          add_new (wrapped, GUM_RICH_ELEMENT_LEAF, "p");
          g_ptr_array_unref (path);
          g_ptr_array_index (plan, i) = wrapped;
        }
    }

  return plan;
}

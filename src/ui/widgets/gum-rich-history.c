/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Undoing. What is undone is a whole text, its looks included, which the undoing of a text buffer does not know; a
 * word that was typed, or a stretch that was erased, is one step.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-rich-history.h"

#define MOST_STATES 500

typedef struct
{
  GumRichText *text;
  int          cursor;
} State;

struct _GumRichHistory
{
  GPtrArray    *past;      /* of State, newest last */
  GPtrArray    *future;
  GumRichChange last;
  int           cursor;    /* where the last change left it */
};

static void
state_free (gpointer data)
{
  State *state = data;

  g_clear_pointer (&state->text, gum_rich_text_free);
  g_free (state);
}

static void
push (GPtrArray   *states,
      GumRichText *text,
      int          cursor)
{
  State *state = g_new0 (State, 1);

  state->text = text;
  state->cursor = cursor;
  g_ptr_array_add (states, state);
  if (states->len > MOST_STATES)
    g_ptr_array_remove_index (states, 0);
}

static GumRichText *
move (GumRichHistory *self,
      GPtrArray      *from,
      GPtrArray      *to,
      GumRichText    *now,
      int            *cursor)
{
  GumRichText *text;
  State *state;

  if (from->len == 0)
    return NULL;

  push (to, now, *cursor);
  state = g_ptr_array_index (from, from->len - 1);
  text = g_steal_pointer (&state->text);
  *cursor = state->cursor;
  g_ptr_array_remove_index (from, from->len - 1);
  self->last = GUM_RICH_CHANGE_NONE;
  return text;
}

GumRichHistory *
gum_rich_history_new (void)
{
  GumRichHistory *self = g_new0 (GumRichHistory, 1);

  self->past = g_ptr_array_new_with_free_func (state_free);
  self->future = g_ptr_array_new_with_free_func (state_free);
  return self;
}

void
gum_rich_history_free (GumRichHistory *self)
{
  g_ptr_array_unref (self->past);
  g_ptr_array_unref (self->future);
  g_free (self);
}

void
gum_rich_history_clear (GumRichHistory *self)
{
  g_ptr_array_set_size (self->past, 0);
  g_ptr_array_set_size (self->future, 0);
  self->last = GUM_RICH_CHANGE_NONE;
}

static gboolean
goes_on (GumRichHistory *self,
         int             cursor,
         GumRichChange   change)
{
  if (self->past->len == 0 || cursor != self->cursor)
    return FALSE;
  switch (change)
    {
    case GUM_RICH_CHANGE_LETTER:
      return self->last == GUM_RICH_CHANGE_LETTER;
    case GUM_RICH_CHANGE_SPACE:
      return self->last == GUM_RICH_CHANGE_LETTER || self->last == GUM_RICH_CHANGE_SPACE;
    case GUM_RICH_CHANGE_ERASE:
      return self->last == GUM_RICH_CHANGE_ERASE;
    case GUM_RICH_CHANGE_NONE:
    case GUM_RICH_CHANGE_OTHER:
    default:
      return FALSE;
    }
}

gboolean
gum_rich_history_record (GumRichHistory *self,
                         GumRichText    *before,
                         int             cursor,
                         int             cursor_after,
                         GumRichChange   change)
{
  gboolean is_new = !goes_on (self, cursor, change);

  g_ptr_array_set_size (self->future, 0);
  if (is_new)
    push (self->past, before, cursor);
  else
    gum_rich_text_free (before);
  self->last = change;
  self->cursor = cursor_after;
  return is_new;
}

GumRichText *
gum_rich_history_undo (GumRichHistory *self,
                       GumRichText    *now,
                       int            *cursor)
{
  return move (self, self->past, self->future, now, cursor);
}

GumRichText *
gum_rich_history_redo (GumRichHistory *self,
                       GumRichText    *now,
                       int            *cursor)
{
  return move (self, self->future, self->past, now, cursor);
}

gboolean
gum_rich_history_can_undo (GumRichHistory *self)
{
  return self->past->len > 0;
}

gboolean
gum_rich_history_can_redo (GumRichHistory *self)
{
  return self->future->len > 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The changes of a draft in the order in which they were made. Who types makes one of them, and not one a
 * letter. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-draft-steps.h"

#include "gum-json.h"

#include <string.h>

/* Changes of one key that follow each other this quickly are undone together. */
#define TYPING_MICROSECONDS (1 * G_USEC_PER_SEC)
#define MAX_STEPS 500

/* A change that can be undone. NULL: as Gumroad has it. */
typedef struct {
  char     *key;
  JsonNode *from;
  JsonNode *to;
  gint64    at;
  gboolean  ended;     /* nothing is joined to it any more */
} Step;

struct _GumDraftSteps
{
  GPtrArray *done;     /* of Step */
  GPtrArray *undone;   /* of Step */
};

static void
step_free (gpointer data)
{
  Step *step = data;

  g_free (step->key);
  g_clear_pointer (&step->from, json_node_unref);
  g_clear_pointer (&step->to, json_node_unref);
  g_free (step);
}

static Step *
get_last (GumDraftSteps *self)
{
  return self->done->len > 0 ? g_ptr_array_index (self->done, self->done->len - 1) : NULL;
}

GumDraftSteps *
gum_draft_steps_new (void)
{
  GumDraftSteps *self = g_new0 (GumDraftSteps, 1);

  self->done = g_ptr_array_new_with_free_func (step_free);
  self->undone = g_ptr_array_new_with_free_func (step_free);

  return self;
}

void
gum_draft_steps_free (GumDraftSteps *self)
{
  g_ptr_array_unref (self->done);
  g_ptr_array_unref (self->undone);
  g_free (self);
}

void
gum_draft_steps_clear (GumDraftSteps *self)
{
  g_ptr_array_set_size (self->done, 0);
  g_ptr_array_set_size (self->undone, 0);
}

void
gum_draft_steps_remember (GumDraftSteps *self,
                          const char    *key,
                          JsonNode      *from,
                          JsonNode      *to)
{
  gint64 now = g_get_monotonic_time ();
  Step *last = get_last (self);

  g_ptr_array_set_size (self->undone, 0);
  if (last != NULL && !last->ended && strcmp (last->key, key) == 0 &&
      now - last->at < TYPING_MICROSECONDS)
    {
      g_clear_pointer (&last->to, json_node_unref);
      last->to = gum_json_dup_node (to);
      last->at = now;
      return;
    }

  if (self->done->len >= MAX_STEPS)
    g_ptr_array_remove_index (self->done, 0);
  last = g_new0 (Step, 1);
  last->key = g_strdup (key);
  last->from = gum_json_dup_node (from);
  last->to = gum_json_dup_node (to);
  last->at = now;
  g_ptr_array_add (self->done, last);
}

void
gum_draft_steps_end (GumDraftSteps *self)
{
  if (get_last (self) != NULL)
    get_last (self)->ended = TRUE;
}

gboolean
gum_draft_steps_can_go (GumDraftSteps *self,
                        gboolean       forward)
{
  return (forward ? self->undone : self->done)->len > 0;
}

gboolean
gum_draft_steps_go (GumDraftSteps *self,
                    gboolean       forward,
                    const char   **key,
                    JsonNode     **value)
{
  GPtrArray *steps = forward ? self->undone : self->done;
  Step *step;

  if (steps->len == 0)
    return FALSE;

  step = g_ptr_array_steal_index (steps, steps->len - 1);
  step->ended = TRUE;
  *key = step->key;
  *value = forward ? step->to : step->from;
  g_ptr_array_add (forward ? self->done : self->undone, step);

  return TRUE;
}

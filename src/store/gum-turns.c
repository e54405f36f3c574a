/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who reads a product, thinks, and then writes a list of it as a whole does so alone: of two at the same
 * time, one would take away what the other has just added. Each waits until the one before has told
 * how it ended. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-turns.h"

struct _GumTurns
{
  GHashTable *queues;        /* product → GQueue of Turn, of which the first is at work */
};

typedef struct {
  GumTurns    *turns;
  char        *product_id;
  GTask       *task;
  GumTurnFunc  begin;
} Turn;

static void
turn_free (gpointer data)
{
  Turn *turn = data;

  g_signal_handlers_disconnect_by_data (turn->task, turn);
  g_object_unref (turn->task);
  g_free (turn->product_id);
  g_free (turn);
}

static void
queue_free (gpointer data)
{
  g_queue_free_full (data, turn_free);
}

/* Who has given up meanwhile ends here, and the next one follows. */
static void
begin (Turn *turn)
{
  g_autoptr(GTask) task = g_object_ref (turn->task);

  if (!g_task_return_error_if_cancelled (task))
    turn->begin (task);
}

static void
completed_cb (GTask      *task,
              GParamSpec *pspec,
              Turn       *turn)
{
  GumTurns *self = turn->turns;
  GQueue *queue = g_hash_table_lookup (self->queues, turn->product_id);
  Turn *next;

  g_queue_pop_head (queue);
  next = g_queue_peek_head (queue);
  if (next == NULL)
    g_hash_table_remove (self->queues, turn->product_id);
  turn_free (turn);
  if (next != NULL)
    begin (next);
}

GumTurns *
gum_turns_new (void)
{
  GumTurns *self = g_new0 (GumTurns, 1);

  self->queues = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, queue_free);

  return self;
}

/* By then nobody may wait any more: each task that does must hold whoever owns this. */
void
gum_turns_free (GumTurns *self)
{
  g_hash_table_unref (self->queues);
  g_free (self);
}

/* Calls @begin with @task when it is its turn, which lasts until @task has told its end. */
void
gum_turns_queue (GumTurns    *self,
                 const char  *product_id,
                 GTask       *task,
                 GumTurnFunc  begin_func)
{
  GQueue *queue = g_hash_table_lookup (self->queues, product_id);
  Turn *turn = g_new0 (Turn, 1);

  turn->turns = self;
  turn->product_id = g_strdup (product_id);
  turn->task = g_object_ref (task);
  turn->begin = begin_func;
  g_signal_connect (task, "notify::completed", G_CALLBACK (completed_cb), turn);

  if (queue == NULL)
    {
      queue = g_queue_new ();
      g_hash_table_insert (self->queues, g_strdup (product_id), queue);
    }
  g_queue_push_tail (queue, turn);
  if (queue->length == 1)
    begin (turn);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sends the changes of a product's covers, one after the other, through the journal. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-covers-private.h"

#include "gum-error.h"
#include "gum-journal.h"

#include <string.h>

/* One change. */
struct _GumCoversStep
{
  const char *kind;
  char       *cover;         /* the one to delete */
  JsonObject *body;
  GTask      *task;          /* waits for it; NULL: nobody does */
};

static void next (GumCovers *self);

void
_gum_covers_step_free (GumCoversStep *step)
{
  g_free (step->cover);
  g_clear_pointer (&step->body, json_object_unref);
  g_clear_object (&step->task);
  g_free (step);
}

static JsonArray *
dup_ids (GPtrArray *covers)
{
  JsonArray *ids = json_array_new ();

  for (guint i = 0; i < covers->len; i++)
    {
      g_autofree char *id = _gum_covers_dup_id (covers->pdata[i]);

      json_array_add_string_element (ids, id);
    }

  return ids;
}

/* NULL: there is nothing to change. */
static GumWrite *
create_order (GumCovers *self)
{
  g_autoptr(GPtrArray) wanted = _gum_covers_dup_all (self);
  g_autoptr(GPtrArray) order = g_steal_pointer (&self->order);
  g_autoptr(GPtrArray) there = _gum_covers_dup_all (self);
  g_autoptr(JsonObject) body = json_object_new ();
  g_autoptr(JsonObject) before = json_object_new ();
  gboolean differs = FALSE;

  for (guint i = 0; i < there->len; i++)
    differs = differs || there->pdata[i] != wanted->pdata[i];
  if (!differs)
    return NULL;

  self->order = g_steal_pointer (&order);
  json_object_set_array_member (body, "cover_ids", dup_ids (wanted));
  json_object_set_array_member (before, "cover_ids", dup_ids (there));

  return gum_write_new_update (gum_resource_get_id (GUM_RESOURCE (self->product)),
                               gum_product_get_name (self->product), body, before);
}

static GumWrite *
create_write (GumCovers     *self,
              GumCoversStep *step)
{
  const char *product_id = gum_resource_get_id (GUM_RESOURCE (self->product));
  gboolean is_cover = strcmp (step->kind, GUM_COVERS_ADD) == 0 ||
                      strcmp (step->kind, GUM_COVERS_DELETE) == 0;
  g_autofree char *path = NULL;

  if (strcmp (step->kind, GUM_COVERS_ORDER) == 0)
    return create_order (self);
  path = gum_request_path ("products", product_id, is_cover ? "covers" : "thumbnail", step->cover, NULL);

  return gum_write_new (step->kind, step->body != NULL ? "POST" : "DELETE", path, product_id,
                        gum_product_get_name (self->product), step->body, NULL);
}

/* Takes @error. */
static void
end_step (GumCovers     *self,
          GumCoversStep *step,
          GError        *error)
{
  guint index;

  g_clear_object (&self->write);
  if (strcmp (step->kind, GUM_COVERS_ORDER) == 0)
    self->n_orders--;
  if (strcmp (step->kind, GUM_COVERS_DELETE) == 0 && error != NULL)
    {
      /* It may be there still: what is shown then is what Gumroad says. */
      if (_gum_covers_contains (self->removed, step->cover, &index))
        g_ptr_array_remove_index (self->removed, index);
      if (_gum_covers_contains (self->committed, step->cover, &index))
        g_ptr_array_remove_index (self->committed, index);
    }
  else if (self->n_orders == 0 && self->settle_id == 0)
    {
      g_clear_pointer (&self->order, g_ptr_array_unref);
    }

  if (step->task != NULL)
    _gum_covers_end_addition (step->task, error);
  else if (error != NULL)
    {
      _gum_covers_emit_failed (self, error);
      g_error_free (error);
    }
  _gum_covers_step_free (step);
  _gum_covers_emit_changed (self);
  next (self);
}

typedef struct {
  GumCovers     *covers;
  GumCoversStep *step;
  GError        *error;
} Ending;

static void
read_again_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  g_autofree Ending *ending = data;
  g_autoptr(GumCovers) self = ending->covers;

  /* If not, the error says that the outcome is unknown, and so it is. */
  gum_store_refresh_product_finish (GUM_STORE (source), result, NULL);
  end_step (self, ending->step, ending->error);
}

/* After what left open what is there, or proved that something else is there than was thought. */
static void
read_again (GumCovers     *self,
            GumCoversStep *step,
            GError        *error)
{
  Ending *ending;

  if (gum_store_is_closed (self->store))
    {
      end_step (self, step, error);
      return;
    }
  ending = g_new0 (Ending, 1);
  ending->covers = g_object_ref (self);
  ending->step = step;
  ending->error = error;
  gum_store_refresh_product_async (self->store, gum_resource_get_id (GUM_RESOURCE (self->product)),
                                   NULL, read_again_cb, ending);
}

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autofree Ending *ending = data;
  g_autoptr(GumCovers) self = ending->covers;
  GError *error = NULL;
  gboolean is_delete = ending->step->body == NULL && strcmp (ending->step->kind, GUM_COVERS_ORDER) != 0;

  if (gum_journal_send_finish (GUM_JOURNAL (source), result, &error))
    {
      end_step (self, ending->step, NULL);
    }
  else if (is_delete && gum_error_is_gone (error))
    {
      /* What is wanted is so already. */
      g_error_free (error);
      read_again (self, ending->step, NULL);
    }
  else if (g_error_matches (error, GUM_ERROR, GUM_ERROR_UNCLEAR) ||
           g_error_matches (error, GUM_ERROR, GUM_ERROR_REJECTED))
    {
      read_again (self, ending->step, error);
    }
  else
    {
      end_step (self, ending->step, error);
    }
}

static void
next (GumCovers *self)
{
  GumCoversStep *step = self->write == NULL ? g_queue_pop_head (self->steps) : NULL;
  GError *error = NULL;
  Ending *ending;

  if (step == NULL)
    return;
  if (step->task != NULL &&
      g_cancellable_set_error_if_cancelled (g_task_get_cancellable (step->task), &error))
    {
      end_step (self, step, error);
      return;
    }
  self->write = create_write (self, step);
  if (self->write == NULL)
    {
      end_step (self, step, NULL);
      return;
    }
  if (gum_store_is_closed (self->store))
    {
      end_step (self, step, g_error_new_literal (GUM_ERROR, GUM_ERROR_NOT_SIGNED_IN,
                                                 "The ledger is closed"));
      return;
    }

  ending = g_new0 (Ending, 1);
  ending->covers = g_object_ref (self);
  ending->step = step;
  gum_journal_send_async (gum_store_get_journal (self->store), self->write,
                          step->task != NULL ? g_task_get_cancellable (step->task) : NULL, sent_cb,
                          ending);
}

/* Takes @body and @task. */
void
_gum_covers_queue_step (GumCovers  *self,
                        const char *kind,
                        const char *cover,
                        JsonObject *body,
                        GTask      *task)
{
  GumCoversStep *step = g_new0 (GumCoversStep, 1);

  step->kind = kind;
  step->cover = g_strdup (cover);
  step->body = body;
  step->task = task;
  g_queue_push_tail (self->steps, step);
  next (self);
}

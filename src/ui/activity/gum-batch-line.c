/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A batch, as a row. */

#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-batch-line.h"

#include "gum-batch-words.h"
#include "gum-line.h"
#include "gum-queue.h"
#include "gum-time.h"

#include <glib/gi18n-lib.h>

struct _GumBatchLine
{
  GtkListBoxRow  parent_instance;

  /* owned */
  GumStore      *store;
  GumQueue      *queue;
  GumBatch      *batch;

  /* children */
  GumLine        line;
};

G_DEFINE_FINAL_TYPE (GumBatchLine, gum_batch_line, GTK_TYPE_LIST_BOX_ROW)

static void
update_icon (GumBatchLine *self)
{
  GumBatch *batch = self->batch;

  if (gum_batch_get_count (batch, GUM_WRITE_UNCLEAR) > 0 ||
      gum_batch_get_state (batch) == GUM_BATCH_ASKING)
    gum_line_set_icon (&self->line, "dialog-question-symbolic", "warning");
  else if (gum_batch_get_count (batch, GUM_WRITE_FAILED) > 0 ||
           gum_batch_get_count (batch, GUM_WRITE_CONFLICT) > 0)
    gum_line_set_icon (&self->line, "dialog-warning-symbolic", "error");
  else if (gum_batch_is_open (batch) || gum_batch_get_count (batch, GUM_WRITE_SENDING) > 0)
    gum_line_set_icon (&self->line, "content-loading-symbolic", "dim-label");
  else if (gum_batch_get_count (batch, GUM_WRITE_DONE) > 0)
    gum_line_set_icon (&self->line, "object-select-symbolic", "success");
  else
    gum_line_set_icon (&self->line, "window-close-symbolic", "dim-label");
}

/* The product that a version or a question belongs to; NULL: the title has its name, or there is none. */
static char *
dup_product (GumBatchLine *self)
{
  static const char * const parts[] = { "category-", "variant-", "question-" };
  GumWrite *write = gum_batch_get_write (self->batch);

  for (guint i = 0; write != NULL && i < G_N_ELEMENTS (parts); i++)
    {
      if (g_str_has_prefix (gum_write_get_kind (write), parts[i]))
        return gum_line_dup_product_name (self->store, gum_write_get_product_id (write), NULL);
    }

  return NULL;
}

static void
append (GString    *text,
        const char *part)
{
  if (part != NULL && *part != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", part);
}

static void
update (GumBatchLine *self)
{
  guint n_writes = MAX (gum_batch_get_n_writes (self->batch), 1);
  guint n_left = gum_batch_get_count (self->batch, GUM_WRITE_WAITING) +
                 gum_batch_get_count (self->batch, GUM_WRITE_SENDING);
  g_autoptr(GDateTime) created = g_date_time_new_from_unix_utc (gum_batch_get_created (self->batch));
  g_autoptr(GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *title = gum_batch_words_dup_title (self->batch);
  g_autofree char *product = dup_product (self);
  g_autofree char *when = gum_time_format_relative (created, now);
  g_autofree char *result = gum_batch_words_dup_result (self->batch);
  g_autofree char *state = gum_batch_words_dup_state (self->batch, self->queue);
  g_autoptr(GString) text = g_string_new (NULL);

  append (text, product);
  append (text, when);
  /* Of one that asks, the question says how many wait. */
  if (gum_batch_get_state (self->batch) != GUM_BATCH_ASKING || n_left < n_writes)
    append (text, result);
  append (text, state);
  gum_line_show (&self->line, title, text->str);
  gum_line_set_progress (&self->line, gum_batch_is_open (self->batch)
                                      ? 1 - (double) n_left / n_writes : -1);
  update_icon (self);
}

/* How long it takes yet is another with each write of the queue. */
static void
queue_changed_cb (GumBatchLine *self)
{
  if (gum_batch_is_open (self->batch))
    update (self);
}

static void
gum_batch_line_dispose (GObject *object)
{
  GumBatchLine *self = GUM_BATCH_LINE (object);

  g_clear_object (&self->batch);
  g_clear_object (&self->queue);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (gum_batch_line_parent_class)->dispose (object);
}

static void
gum_batch_line_class_init (GumBatchLineClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gum_batch_line_dispose;
}

static void
gum_batch_line_init (GumBatchLine *self)
{
  gum_line_build (&self->line, GTK_LIST_BOX_ROW (self));
}

GtkWidget *
gum_batch_line_new (GumStore *store,
                    GumBatch *batch)
{
  GumBatchLine *self;

  g_return_val_if_fail (GUM_IS_STORE (store), NULL);
  g_return_val_if_fail (GUM_IS_BATCH (batch), NULL);

  self = g_object_new (GUM_TYPE_BATCH_LINE, NULL);
  self->store = g_object_ref (store);
  self->queue = g_object_ref (gum_store_get_queue (store));
  self->batch = g_object_ref (batch);
  g_signal_connect_object (batch, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->queue, "changed", G_CALLBACK (queue_changed_cb), self,
                           G_CONNECT_SWAPPED);
  update (self);

  return GTK_WIDGET (self);
}

GumBatch *
gum_batch_line_get_batch (GumBatchLine *self)
{
  g_return_val_if_fail (GUM_IS_BATCH_LINE (self), NULL);

  return self->batch;
}

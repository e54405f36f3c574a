/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a bulk edit would do, product by product, before anything of it is done.
 *
 *   rows ──▶ reader thread: old → new ──▶ the list, with ticks ──▶ writer thread: a batch of writes
 *
 * Where it is about discount codes, those of the products are read from Gumroad first.
 *
 * Rows that would not change are counted and dropped; those that cannot change stand at the end and
 * say why. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-change-set.h"

#include "gum-bulk-codes.h"
#include "gum-change-compute.h"
#include "gum-change-row-private.h"
#include "gum-journal-private.h"
#include "gum-journal-table.h"
#include "gum-queue.h"
#include "gum-store-private.h"

#include <string.h>

struct _GumChangeSet
{
  GObject       parent_instance;

  /* owned */
  GumStore     *store;
  GumBulk      *bulk;
  GPtrArray    *rows;          /* of GumChangeRow */
  GError       *error;
  GArray       *asked;         /* of gint64; NULL: they are computed */
  GCancellable *cancellable;

  guint         n_done;        /* of the products whose codes are read */
  guint         n_all;
  guint         n_refused;     /* they are the last rows */
  guint         n_unchanged;
  guint         n_ticked;
  gboolean      pending;
};

enum {
  PROP_0,
  PROP_PENDING,
  PROP_N_TICKED,
  PROP_N_DONE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void gum_change_set_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GumChangeSet, gum_change_set, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      gum_change_set_list_model_init))

/* --- computing -------------------------------------------------------------------------------- */

static void
computed_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GumChangeSet) self = user_data;
  g_autoptr(GumChangeAnswer) answer = gum_ledger_run_finish (GUM_LEDGER (source), result, &self->error);

  self->pending = FALSE;
  if (answer != NULL)
    {
      g_ptr_array_unref (self->rows);
      self->rows = g_steal_pointer (&answer->rows);
      self->n_refused = answer->n_refused;
      self->n_unchanged = answer->n_unchanged;
      self->n_ticked = gum_change_set_get_n_changes (self);
      g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, self->rows->len);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_TICKED]);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PENDING]);
}

static void
compute_async (GumChangeSet *self)
{
  gum_ledger_run_async (_gum_store_get_ledger (self->store), GUM_LEDGER_READER, gum_change_compute,
                        gum_change_question_new (self->bulk, self->asked), gum_change_question_free,
                        gum_change_answer_free, NULL, computed_cb, g_object_ref (self));
  g_clear_pointer (&self->asked, g_array_unref);
}

static void
progress_cb (guint    n_done,
             guint    n_all,
             gpointer user_data)
{
  GumChangeSet *self = user_data;

  self->n_done = n_done;
  self->n_all = n_all;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_DONE]);
}

static void
codes_read_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GumChangeSet) self = user_data;

  if (_gum_bulk_codes_read_finish (GUM_STORE (source), result, &self->error) &&
      !gum_store_is_closed (self->store))
    {
      compute_async (self);
      return;
    }
  self->pending = FALSE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PENDING]);
}

/* --- GListModel ------------------------------------------------------------------------------- */

static GType
gum_change_set_get_item_type (GListModel *model)
{
  return GUM_TYPE_CHANGE_ROW;
}

static guint
gum_change_set_get_n_items (GListModel *model)
{
  return GUM_CHANGE_SET (model)->rows->len;
}

static gpointer
gum_change_set_get_item (GListModel *model,
                         guint       position)
{
  GumChangeSet *self = GUM_CHANGE_SET (model);

  return position < self->rows->len ? g_object_ref (g_ptr_array_index (self->rows, position)) : NULL;
}

static void
gum_change_set_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = gum_change_set_get_item_type;
  iface->get_n_items = gum_change_set_get_n_items;
  iface->get_item = gum_change_set_get_item;
}

/* --- GObject ---------------------------------------------------------------------------------- */

static void
gum_change_set_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  GumChangeSet *self = GUM_CHANGE_SET (object);

  switch (prop_id)
    {
    case PROP_PENDING:
      g_value_set_boolean (value, gum_change_set_get_pending (self));
      break;
    case PROP_N_TICKED:
      g_value_set_uint (value, self->n_ticked);
      break;
    case PROP_N_DONE:
      g_value_set_uint (value, self->n_done);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
gum_change_set_finalize (GObject *object)
{
  GumChangeSet *self = GUM_CHANGE_SET (object);

  g_clear_object (&self->store);
  g_clear_pointer (&self->bulk, gum_bulk_unref);
  g_ptr_array_unref (self->rows);
  g_clear_error (&self->error);
  g_clear_pointer (&self->asked, g_array_unref);
  g_object_unref (self->cancellable);

  G_OBJECT_CLASS (gum_change_set_parent_class)->finalize (object);
}

static void
gum_change_set_class_init (GumChangeSetClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = gum_change_set_get_property;
  object_class->finalize = gum_change_set_finalize;

  /**
   * GumChangeSet:pending:
   *
   * Whether it is still computed.
   */
  properties[PROP_PENDING] = g_param_spec_boolean ("pending", NULL, NULL, TRUE, flags);
  /**
   * GumChangeSet:n-ticked:
   *
   * How many products would be changed.
   */
  properties[PROP_N_TICKED] = g_param_spec_uint ("n-ticked", NULL, NULL, 0, G_MAXUINT, 0, flags);
  /**
   * GumChangeSet:n-done:
   *
   * See gum_change_set_get_progress().
   */
  properties[PROP_N_DONE] = g_param_spec_uint ("n-done", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
gum_change_set_init (GumChangeSet *self)
{
  self->cancellable = g_cancellable_new ();
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * gum_change_set_new:
 * @store: a store
 * @bulk: what is to be done
 * @rows: (element-type gint64): to which products, see gum_query_get_row()
 *
 * Starts to compute; see [property@Gum.ChangeSet:pending].
 *
 * Returns: (transfer full): a change set
 */
GumChangeSet *
gum_change_set_new (GumStore *store,
                    GumBulk  *bulk,
                    GArray   *rows)
{
  GumChangeSet *self;

  g_return_val_if_fail (GUM_IS_STORE (store), NULL);
  g_return_val_if_fail (bulk != NULL && rows != NULL, NULL);

  self = g_object_new (GUM_TYPE_CHANGE_SET, NULL);
  self->store = g_object_ref (store);
  self->bulk = gum_bulk_ref (bulk);
  self->pending = TRUE;

  self->asked = g_array_copy (rows);
  if (gum_bulk_is_code (bulk))
    _gum_bulk_codes_read_async (store, self->asked, self->cancellable, progress_cb, self,
                                codes_read_cb, g_object_ref (self));
  else
    compute_async (self);

  return self;
}

GumBulk *
gum_change_set_get_bulk (GumChangeSet *self)
{
  g_return_val_if_fail (GUM_IS_CHANGE_SET (self), NULL);

  return self->bulk;
}

gboolean
gum_change_set_get_pending (GumChangeSet *self)
{
  g_return_val_if_fail (GUM_IS_CHANGE_SET (self), FALSE);

  return self->pending;
}

/**
 * gum_change_set_get_progress:
 * @self: a change set that is pending
 * @n_done: (out): of how many products the discount codes have been read
 * @n_all: (out): of how many they are read; 0: nothing is read
 *
 * [property@Gum.ChangeSet:n-done] tells when it is another.
 */
void
gum_change_set_get_progress (GumChangeSet *self,
                             guint        *n_done,
                             guint        *n_all)
{
  g_return_if_fail (GUM_IS_CHANGE_SET (self));

  *n_done = self->n_done;
  *n_all = self->n_all;
}

/**
 * gum_change_set_cancel:
 * @self: a change set
 *
 * Nobody waits for it any more: nothing more is read from Gumroad.
 */
void
gum_change_set_cancel (GumChangeSet *self)
{
  g_return_if_fail (GUM_IS_CHANGE_SET (self));

  g_cancellable_cancel (self->cancellable);
}

/**
 * gum_change_set_get_error:
 * @self: a change set
 *
 * Returns: (transfer none) (nullable): why it could not be computed
 */
const GError *
gum_change_set_get_error (GumChangeSet *self)
{
  g_return_val_if_fail (GUM_IS_CHANGE_SET (self), NULL);

  return self->error;
}

/**
 * gum_change_set_get_n_ticked:
 * @self: a change set
 *
 * Returns: how many products would be changed
 */
guint
gum_change_set_get_n_ticked (GumChangeSet *self)
{
  g_return_val_if_fail (GUM_IS_CHANGE_SET (self), 0);

  return self->n_ticked;
}

/**
 * gum_change_set_get_n_changes:
 * @self: a change set
 *
 * Returns: how many products could be changed
 */
guint
gum_change_set_get_n_changes (GumChangeSet *self)
{
  g_return_val_if_fail (GUM_IS_CHANGE_SET (self), 0);

  return self->rows->len - self->n_refused;
}

/**
 * gum_change_set_get_n_refused:
 * @self: a change set
 *
 * Returns: how many products cannot be changed
 */
guint
gum_change_set_get_n_refused (GumChangeSet *self)
{
  g_return_val_if_fail (GUM_IS_CHANGE_SET (self), 0);

  return self->n_refused;
}

/**
 * gum_change_set_get_n_unchanged:
 * @self: a change set
 *
 * Returns: how many products have already what is wanted
 */
guint
gum_change_set_get_n_unchanged (GumChangeSet *self)
{
  g_return_val_if_fail (GUM_IS_CHANGE_SET (self), 0);

  return self->n_unchanged;
}

/**
 * gum_change_set_set_ticked:
 * @self: a change set
 * @row: one of its rows
 * @ticked: whether it is to be changed
 *
 * A row that cannot be changed stays unticked.
 */
void
gum_change_set_set_ticked (GumChangeSet *self,
                           GumChangeRow *row,
                           gboolean      ticked)
{
  g_return_if_fail (GUM_IS_CHANGE_SET (self));
  g_return_if_fail (GUM_IS_CHANGE_ROW (row));

  if (!_gum_change_row_set_ticked (row, !!ticked))
    return;

  self->n_ticked += ticked ? 1 : -1;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_TICKED]);
}

/**
 * gum_change_set_tick_all:
 * @self: a change set
 * @ticked: whether they are to be changed
 */
void
gum_change_set_tick_all (GumChangeSet *self,
                         gboolean      ticked)
{
  g_return_if_fail (GUM_IS_CHANGE_SET (self));

  for (guint i = 0; i < gum_change_set_get_n_changes (self); i++)
    _gum_change_row_set_ticked (g_ptr_array_index (self->rows, i), !!ticked);
  self->n_ticked = ticked ? gum_change_set_get_n_changes (self) : 0;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_TICKED]);
}

/* --- applying --------------------------------------------------------------------------------- */

typedef struct {
  GumBulk   *bulk;
  char      *label;
  GPtrArray *rows;          /* of GumChangeRow */
} Application;

static void
application_free (gpointer data)
{
  Application *application = data;

  gum_bulk_unref (application->bulk);
  g_free (application->label);
  g_ptr_array_unref (application->rows);
  g_free (application);
}

/* In the writer's thread: thousands of writes are no work for the main one. */
static gpointer
note (GumConnection  *connection,
      gpointer        data,
      GError        **error)
{
  Application *application = data;
  GumBatchJob *job = gum_batch_job_new (GUM_BATCH_KIND_BULK, application->label, 0,
                                        GUM_BATCH_RUNNING);
  gpointer place;

  for (guint i = 0; i < application->rows->len; i++)
    g_ptr_array_add (job->rows,
                     _gum_change_row_to_write (g_ptr_array_index (application->rows, i),
                                               application->bulk));
  place = gum_journal_table_add (connection, job, error);
  gum_batch_job_free (job);

  return place;
}

static void
noted_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  gint64 batch = _gum_journal_add_job_finish (GUM_JOURNAL (source), result, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_memdup2 (&batch, sizeof batch), g_free);
}

/**
 * gum_change_set_apply_async:
 * @self: a change set with something that is ticked
 * @label: what a person calls it, for the journal
 * @callback: called when the journal has all of it, or nothing
 * @user_data: for @callback
 *
 * Makes a batch of the rows that are ticked. The queue sends it; nothing is sent before the journal
 * has all.
 */
void
gum_change_set_apply_async (GumChangeSet        *self,
                            const char          *label,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  Application *application;
  GTask *task;

  g_return_if_fail (GUM_IS_CHANGE_SET (self));
  g_return_if_fail (self->n_ticked > 0);

  application = g_new0 (Application, 1);
  application->bulk = gum_bulk_ref (self->bulk);
  application->label = g_strdup (label);
  application->rows = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < gum_change_set_get_n_changes (self); i++)
    {
      GumChangeRow *row = g_ptr_array_index (self->rows, i);

      if (gum_change_row_get_ticked (row))
        g_ptr_array_add (application->rows, g_object_ref (row));
    }

  /* It must be there to hear of the batch. */
  gum_store_get_queue (self->store);
  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, gum_change_set_apply_async);
  _gum_journal_add_job_async (gum_store_get_journal (self->store), note, application,
                              application_free, noted_cb, task);
}

/**
 * gum_change_set_apply_finish:
 * @self: a change set
 * @result: from the callback
 * @error: return location: what the ledger said
 *
 * Returns: the number of the batch; 0 on error
 */
gint64
gum_change_set_apply_finish (GumChangeSet  *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_autofree gint64 *batch = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), 0);
  g_return_val_if_fail (g_async_result_is_tagged (result, gum_change_set_apply_async), 0);

  batch = g_task_propagate_pointer (G_TASK (result), error);

  return batch != NULL ? *batch : 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a write goes to Gumroad.
 *
 *   write ─▶ journal: "sending" ─▶ Gumroad ─▶ ledger (the record in the answer) ─▶ journal: the end
 *                                     └─ no answer ─▶ journal: "unclear" ─▶ done after all?
 *                                                                           (gum-journal-check.c)
 *
 * Nothing is sent before the journal has it, and nothing is ever sent a second time by itself. What
 * was on its way when the program ended is unclear at the next start. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-journal.h"

#include "gum-draft-private.h"
#include "gum-error.h"
#include "gum-journal-private.h"
#include "gum-journal-table.h"
#include "gum-json.h"
#include "gum-store-private.h"
#include "gum-write-private.h"

struct _GumJournal
{
  GObject   parent_instance;

  /* weak: owns us */
  GumStore *store;

  guint     n_sending;
};

enum {
  PROP_0,
  PROP_N_SENDING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum {
  WRITE_CHANGED,
  BATCH_ADDED,
  BATCH_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GumJournal, gum_journal, G_TYPE_OBJECT)

static void
operation_free (GumJournalOperation *operation)
{
  g_object_unref (operation->store);
  g_object_unref (operation->write);
  g_clear_error (&operation->error);
  g_free (operation);
}

GTask *
_gum_journal_new_task (GumJournal          *self,
                       GumWrite            *write,
                       GCancellable        *cancellable,
                       gpointer             tag,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  GumJournalOperation *operation = g_new0 (GumJournalOperation, 1);

  operation->store = g_object_ref (self->store);
  operation->write = g_object_ref (write);
  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, operation, (GDestroyNotify) operation_free);
  /* How a write ended is told even to those who have cancelled it. */
  g_task_set_check_cancellable (task, FALSE);

  return task;
}

static void
tell (GTask *task)
{
  GumJournalOperation *operation = g_task_get_task_data (task);

  g_signal_emit (g_task_get_source_object (task), signals[WRITE_CHANGED], 0, operation->write);
}

/* --- the end ---------------------------------------------------------------------------------- */

void
_gum_journal_return (GTask *task)
{
  GumJournalOperation *operation = g_task_get_task_data (task);

  if (operation->error != NULL)
    g_task_return_error (task, g_steal_pointer (&operation->error));
  else
    g_task_return_boolean (task, TRUE);
}

static void
refreshed_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;

  /* The write has been carried out all the same; the next refresh of the product will see it. */
  if (!gum_store_refresh_product_finish (GUM_STORE (source), result, &error))
    g_debug ("A product was not read again after a write: %s", error->message);
  _gum_journal_return (task);
}

/* Answers about what belongs to a product do not bring the product. */
static gboolean
needs_refresh (GumWrite *write)
{
  JsonObject *answer = gum_write_get_answer (write);

  return gum_write_get_state (write) == GUM_WRITE_DONE && answer != NULL &&
         gum_write_get_product_id (write) != NULL &&
         !_gum_write_is_kind (write, GUM_WRITE_KIND_DELETE) &&
         gum_json_get_object (answer, "product") == NULL;
}

static void
noted_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GumJournalOperation *operation = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  gum_ledger_run_finish (GUM_LEDGER (source), result, &error);
  if (error != NULL)
    g_message ("The journal could not be told how a write ended");
  if (gum_write_get_state (operation->write) == GUM_WRITE_DONE &&
      _gum_write_is_kind (operation->write, GUM_WRITE_KIND_UPDATE) &&
      !gum_store_is_closed (operation->store))
    _gum_drafts_take_write (gum_store_get_drafts (operation->store), operation->write);
  tell (task);

  if (needs_refresh (operation->write))
    gum_store_refresh_product_async (operation->store,
                                     gum_write_get_product_id (operation->write), NULL,
                                     refreshed_cb, g_steal_pointer (&task));
  else
    _gum_journal_return (task);
}

/* Takes @error. */
void
_gum_journal_end (GTask         *task,
                  GumWriteState  state,
                  GError        *error)
{
  GumJournalOperation *operation = g_task_get_task_data (task);

  operation->error = error;
  _gum_write_set_ended (operation->write, state, error);
  gum_ledger_run_essential_async (_gum_store_get_ledger (operation->store), gum_journal_table_set,
                                  _gum_write_dup_row (operation->write),
                                  (GDestroyNotify) _gum_write_row_free, NULL,
                                  noted_cb, g_object_ref (task));
}

static void
taken_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GumJournalOperation *operation = g_task_get_task_data (task);
  g_autoptr(GumChanges) changes = gum_ledger_run_finish (GUM_LEDGER (source), result, NULL);

  /* A ledger that could not take it has said so itself. */
  if (changes != NULL)
    _gum_store_take_changes (operation->store, changes);
  _gum_journal_end (task, GUM_WRITE_DONE, NULL);
}

void
_gum_journal_remove_product (GTask *task)
{
  GumJournalOperation *operation = g_task_get_task_data (task);

  gum_ledger_run_essential_async (_gum_store_get_ledger (operation->store),
                                  gum_ledger_products_remove,
                                  g_strdup (gum_write_get_product_id (operation->write)), g_free,
                                  gum_changes_free, taken_cb, g_object_ref (task));
}

void
_gum_journal_take_record (GTask      *task,
                          JsonObject *record)
{
  GumJournalOperation *operation = g_task_get_task_data (task);

  if (gum_write_get_product_id (operation->write) == NULL)
    _gum_write_set_product (operation->write, gum_json_get_string (record, "id"));
  _gum_store_take_record (operation->store, record, taken_cb, g_object_ref (task));
}

/* --- sending ---------------------------------------------------------------------------------- */

static void
take_answer (GTask      *task,
             JsonObject *answer)
{
  GumJournalOperation *operation = g_task_get_task_data (task);
  JsonObject *record = gum_json_get_object (answer, "product");

  _gum_write_set_answer (operation->write, answer);
  if (_gum_write_is_kind (operation->write, GUM_WRITE_KIND_DELETE))
    _gum_journal_remove_product (task);
  else if (record != NULL && gum_json_get_string (record, "id") != NULL)
    _gum_journal_take_record (task, record);
  else
    _gum_journal_end (task, GUM_WRITE_DONE, NULL);
}

static void
unclear_noted_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;

  gum_ledger_run_finish (GUM_LEDGER (source), result, NULL);
  tell (task);
  _gum_journal_find_out (task);
}

/* Before anything else is offered, Gumroad is asked what became of it. Takes @error. */
static void
end_unclear (GTask  *task,
             GError *error)
{
  GumJournalOperation *operation = g_task_get_task_data (task);

  operation->error = error;
  _gum_write_set_ended (operation->write, GUM_WRITE_UNCLEAR, error);
  gum_ledger_run_essential_async (_gum_store_get_ledger (operation->store), gum_journal_table_set,
                                  _gum_write_dup_row (operation->write),
                                  (GDestroyNotify) _gum_write_row_free, NULL,
                                  unclear_noted_cb, g_object_ref (task));
}

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GumJournalOperation *operation = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr(JsonObject) answer = gum_client_send_finish (GUM_CLIENT (source), result, &error);

  if (answer != NULL)
    {
      take_answer (task, answer);
    }
  else if (g_error_matches (error, GUM_ERROR, GUM_ERROR_UNCLEAR))
    {
      end_unclear (task, error);
    }
  else if (_gum_write_is_kind (operation->write, GUM_WRITE_KIND_DELETE) &&
           gum_error_is_gone (error))
    {
      /* What is wanted is so already. */
      g_error_free (error);
      _gum_journal_remove_product (task);
    }
  else
    {
      _gum_journal_end (task, g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
                 ? GUM_WRITE_DROPPED : GUM_WRITE_FAILED, error);
    }
}

/* The journal has it. */
static void
transmit (GTask *task)
{
  GumJournalOperation *operation = g_task_get_task_data (task);
  GumClient *client = _gum_store_get_client (operation->store);
  g_autoptr(GumRequest) request = gum_write_dup_request (operation->write);

  tell (task);
  if (client != NULL)
    gum_client_send_async (client, request, g_task_get_cancellable (task), sent_cb,
                           g_object_ref (task));
  else
    _gum_journal_end (task, GUM_WRITE_FAILED,
         g_error_new_literal (GUM_ERROR, GUM_ERROR_NOT_SIGNED_IN, "There is no connection"));
}

/* The journal cannot be written: nothing was sent. Takes @error. */
static void
refuse (GTask  *task,
        GError *error)
{
  GumJournalOperation *operation = g_task_get_task_data (task);

  _gum_write_set_ended (operation->write, GUM_WRITE_FAILED, error);
  tell (task);
  g_task_return_error (task, error);
}

static void
set_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  gum_ledger_run_finish (GUM_LEDGER (source), result, &error);
  if (error != NULL)
    refuse (task, error);
  else
    transmit (task);
}

static void
added_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GumJournalOperation *operation = g_task_get_task_data (task);
  GError *error = NULL;
  GumBatchPlace *place = gum_ledger_run_finish (GUM_LEDGER (source), result, &error);

  if (place == NULL)
    {
      refuse (task, error);
      return;
    }

  _gum_write_set_place (operation->write, g_array_index (place->rows, gint64, 0), place->batch);
  g_signal_emit (g_task_get_source_object (task), signals[BATCH_ADDED], 0, place->batch);
  gum_batch_place_free (place);
  transmit (task);
}

/* What is created is known later by what was there before. */
static void
remember_newest (GumLedger *ledger,
                 GumWrite  *write)
{
  GumConnection *connection = gum_ledger_get_connection (ledger);
  sqlite3_stmt *statement = connection != NULL
    ? gum_connection_prepare (connection, "SELECT id FROM products ORDER BY rank LIMIT 1", NULL)
    : NULL;
  GumStep step = statement != NULL ? gum_connection_step (connection, statement, NULL)
                                   : GUM_STEP_ERROR;

  if (step != GUM_STEP_ERROR)
    _gum_write_set_newest (write, step == GUM_STEP_ROW
                                  ? (const char *) sqlite3_column_text (statement, 0) : "");
  if (statement != NULL)
    sqlite3_reset (statement);
}

static void
change_n_sending (GumJournal *self,
                  int         change)
{
  self->n_sending += change;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_SENDING]);
}

/* Whoever has sent it has heard of its end, and what follows from that is on its way already. */
static void
completed_cb (GTask      *task,
              GParamSpec *pspec,
              GumJournal *self)
{
  change_n_sending (self, -1);
}

/**
 * gum_journal_get_n_sending:
 * @self: a journal
 *
 * Returns: how many writes are on their way, or being read back
 */
guint
gum_journal_get_n_sending (GumJournal *self)
{
  g_return_val_if_fail (GUM_IS_JOURNAL (self), 0);

  return self->n_sending;
}

/**
 * gum_journal_send_async:
 * @self: a journal
 * @write: what is to be changed; it must not be on its way
 * @cancellable: (nullable): ends it as long as nothing is on the wire
 * @callback: called at the end
 * @user_data: for @callback
 *
 * Notes the write, sends it once, and takes what Gumroad answers into the ledger. One that is in no
 * batch yet gets one of its own. When no answer comes, Gumroad is asked for the product: if it shows
 * the change, the write is done.
 */
void
gum_journal_send_async (GumJournal          *self,
                        GumWrite            *write,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  GumLedger *ledger;

  g_return_if_fail (GUM_IS_JOURNAL (self));
  g_return_if_fail (GUM_IS_WRITE (write));
  g_return_if_fail (gum_write_get_state (write) != GUM_WRITE_SENDING);
  g_return_if_fail (self->store != NULL);

  task = _gum_journal_new_task (self, write, cancellable, gum_journal_send_async, callback,
                                user_data);
  if (_gum_store_get_client (self->store) == NULL)
    {
      g_task_return_new_error (task, GUM_ERROR, GUM_ERROR_NOT_SIGNED_IN, "There is no connection");
      return;
    }

  g_signal_connect_object (task, "notify::completed", G_CALLBACK (completed_cb), self, 0);
  change_n_sending (self, 1);
  ledger = _gum_store_get_ledger (self->store);
  if (_gum_write_is_kind (write, GUM_WRITE_KIND_CREATE))
    remember_newest (ledger, write);
  _gum_write_set_sending (write);
  if (gum_write_get_row (write) == 0)
    {
      GumBatchJob *job = gum_batch_job_new (gum_write_get_kind (write), gum_write_get_label (write),
                                            0, GUM_BATCH_PLAIN);

      g_ptr_array_add (job->rows, _gum_write_dup_row (write));
      gum_ledger_run_essential_async (ledger, gum_journal_table_add, job, gum_batch_job_free,
                                      gum_batch_place_free, added_cb, g_steal_pointer (&task));
    }
  else
    {
      gum_ledger_run_essential_async (ledger, gum_journal_table_set, _gum_write_dup_row (write),
                                      (GDestroyNotify) _gum_write_row_free, NULL,
                                      set_cb, g_steal_pointer (&task));
    }
}

/**
 * gum_journal_send_finish:
 * @self: a journal
 * @result: from the callback
 * @error: return location
 *
 * Errors: those of gum_client_send_finish(); of the ledger, when the journal could not be written and
 * nothing was sent.
 *
 * Returns: whether it was carried out
 */
gboolean
gum_journal_send_finish (GumJournal    *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, gum_journal_send_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- dropping and listing ---------------------------------------------------------------------- */

/**
 * gum_journal_drop_async:
 * @self: a journal
 * @write: one that is not on its way
 * @callback: called when the journal knows
 * @user_data: for @callback
 *
 * Notes that a write is not wanted any more, or that an unclear one needs no further thought.
 */
void
gum_journal_drop_async (GumJournal          *self,
                        GumWrite            *write,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (GUM_IS_JOURNAL (self));
  g_return_if_fail (GUM_IS_WRITE (write));
  g_return_if_fail (gum_write_get_state (write) != GUM_WRITE_SENDING);
  g_return_if_fail (self->store != NULL);

  task = _gum_journal_new_task (self, write, NULL, gum_journal_drop_async, callback, user_data);
  _gum_journal_end (task, GUM_WRITE_DROPPED, NULL);
}

/**
 * gum_journal_drop_finish:
 * @self: a journal
 * @result: from the callback
 * @error: return location
 *
 * Returns: %TRUE
 */
gboolean
gum_journal_drop_finish (GumJournal    *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  g_autoptr(GPtrArray) rows = gum_ledger_run_finish (GUM_LEDGER (source), result, &error);
  GPtrArray *writes;

  if (rows == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  writes = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (writes, _gum_write_new_from_row (g_ptr_array_index (rows, i)));
  g_task_return_pointer (task, writes, (GDestroyNotify) g_ptr_array_unref);
}

/**
 * gum_journal_list_async:
 * @self: a journal
 * @batch: the number of a batch; 0: all writes that are unclear, of whichever batch
 * @cancellable: (nullable): a cancellable
 * @callback: called at the end
 * @user_data: for @callback
 *
 * Reads writes out of the journal. They are new objects, beside those that are on their way.
 */
void
gum_journal_list_async (GumJournal          *self,
                        gint64               batch,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (GUM_IS_JOURNAL (self));
  g_return_if_fail (self->store != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, gum_journal_list_async);
  /* Not the reader's work: what was written before must be seen. */
  gum_ledger_run_async (_gum_store_get_ledger (self->store), GUM_LEDGER_WRITER,
                        gum_journal_table_list, g_memdup2 (&batch, sizeof batch), g_free,
                        (GDestroyNotify) g_ptr_array_unref, cancellable, listed_cb, task);
}

/**
 * gum_journal_list_finish:
 * @self: a journal
 * @result: from the callback
 * @error: return location: what the ledger said
 *
 * Returns: (transfer full) (element-type GumWrite): in the order in which they were noted
 */
GPtrArray *
gum_journal_list_finish (GumJournal    *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, gum_journal_list_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- GObject ---------------------------------------------------------------------------------- */

static void
gum_journal_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_N_SENDING:
      g_value_set_uint (value, GUM_JOURNAL (object)->n_sending);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
gum_journal_class_init (GumJournalClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = gum_journal_get_property;

  /**
   * GumJournal:n-sending:
   *
   * How many writes are on their way, or being read back.
   */
  properties[PROP_N_SENDING] =
    g_param_spec_uint ("n-sending", NULL, NULL, 0, G_MAXUINT, 0,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * GumJournal::write-changed:
   * @write: a write
   *
   * It is on its way, or has ended.
   */
  signals[WRITE_CHANGED] = g_signal_new ("write-changed", G_TYPE_FROM_CLASS (klass),
                                         G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, GUM_TYPE_WRITE);
  /**
   * GumJournal::batch-added:
   * @batch: its number
   *
   * The journal has another batch.
   */
  signals[BATCH_ADDED] = g_signal_new ("batch-added", G_TYPE_FROM_CLASS (klass),
                                       G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, G_TYPE_INT64);
  /**
   * GumJournal::batch-changed:
   * @batch: its number; 0: any of them
   *
   * What is to be done about a batch is another, or about several of its writes.
   */
  signals[BATCH_CHANGED] = g_signal_new ("batch-changed", G_TYPE_FROM_CLASS (klass),
                                         G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
gum_journal_init (GumJournal *self)
{
}

/* For the store, which owns it. */
GumJournal *
_gum_journal_new (GumStore *store)
{
  GumJournal *self = g_object_new (GUM_TYPE_JOURNAL, NULL);
  GumLedger *ledger = _gum_store_get_ledger (store);

  self->store = store;
  if (gum_ledger_get_obstacle (ledger) == NULL)
    gum_ledger_run_async (ledger, GUM_LEDGER_WRITER, gum_journal_table_end_lost, NULL, NULL, NULL,
                          NULL, NULL, NULL);

  return self;
}

/* The store goes; who still holds the journal can only read its type. */
void
_gum_journal_detach (GumJournal *self)
{
  self->store = NULL;
}

/* NULL when it is closed. */
GumStore *
_gum_journal_get_store (GumJournal *self)
{
  return self->store;
}

void
_gum_journal_tell_write (GumJournal *self,
                         GumWrite   *write)
{
  g_signal_emit (self, signals[WRITE_CHANGED], 0, write);
}

void
_gum_journal_tell_batch (GumJournal *self,
                         gint64      batch)
{
  g_signal_emit (self, signals[BATCH_CHANGED], 0, batch);
}

void
_gum_journal_tell_added (GumJournal *self,
                         gint64      batch)
{
  g_signal_emit (self, signals[BATCH_ADDED], 0, batch);
}

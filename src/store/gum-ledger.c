/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The file of one account: opened, brought up to date, checked, set aside when it is damaged; and
 * the threads that work on it.
 *
 *     main thread ──job──▶ queue ──▶ writer  (its connection) ──GTask──▶ main thread
 *                 ──job──▶ queue ──▶ reader  (its connection) ──GTask──▶
 *                 ──job──▶ queue ──▶ checker (its connection) ──GTask──▶
 *
 * The main thread has a connection too, for single rows and the first screenful. With WAL no
 * reader waits for the writer. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-ledger.h"

#include "gum-error.h"
#include "gum-ledger-file.h"
#include "gum-ledger-salvage.h"
#include "gum-schema.h"

typedef struct {
  GumLedger     *ledger;       /* unowned: the ledger joins the thread before it goes */
  GThread       *thread;
  GAsyncQueue   *queue;        /* of GTask, and of the ledger itself for "go home" */
  GumConnection *connection;
} Worker;

typedef struct {
  GumLedgerFunc  func;
  gpointer       data;
  GDestroyNotify data_free;
  GDestroyNotify result_free;
  gboolean       is_essential; /* what a person wrote: done even when the ledger closes */
} Job;

struct _GumLedger
{
  GObject            parent_instance;

  char              *directory;   /* NULL: in memory */
  char              *account_id;
  char              *uri;

  GumConnection     *main;
  GumConnectionMode  mode;
  GError            *obstacle;    /* why it is only read */
  Worker             workers[GUM_LEDGER_N_WORKERS];
  int                closing;     /* atomic */

  GQueue             leaving;     /* of GTask, for the writer */
  guint              leaving_id;
};

enum {
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GumLedger, gum_ledger, G_TYPE_OBJECT)

static void
job_free (gpointer data)
{
  Job *job = data;

  if (job->data_free != NULL)
    g_clear_pointer (&job->data, job->data_free);
  g_free (job);
}

/* A disk that fails or is locked costs a list nothing but time; what a person wrote is another matter. */
static gboolean
is_failure_of_file (const GError *error,
                    gboolean      is_essential)
{
  return g_error_matches (error, GUM_ERROR, GUM_ERROR_LEDGER_DAMAGED) ||
         g_error_matches (error, GUM_ERROR, GUM_ERROR_LEDGER_FULL) ||
         g_error_matches (error, GUM_ERROR, GUM_ERROR_LEDGER_READ_ONLY) ||
         (is_essential && g_error_matches (error, GUM_ERROR, GUM_ERROR_LEDGER));
}

/* Of what a person wrote, and of what is about to be sent, the disk has every byte before anybody relies
 * on it. Pages of a list may be lost when the power fails: they are read again. */
static void
set_durable (GumConnection *connection,
             gboolean       durable)
{
  gum_connection_exec (connection, durable ? "PRAGMA synchronous = FULL"
                                           : "PRAGMA synchronous = NORMAL", NULL);
}

static gpointer
worker_thread (gpointer data)
{
  Worker *worker = data;
  GumLedger *self = worker->ledger;
  gboolean is_writer = worker == &self->workers[GUM_LEDGER_WRITER];
  gboolean is_durable = FALSE;

  while (TRUE)
    {
      gpointer item = g_async_queue_pop (worker->queue);
      g_autoptr(GTask) task = NULL;
      g_autoptr(GError) error = NULL;
      gpointer result;
      Job *job;

      if (item == self)
        return NULL;

      task = item;
      job = g_task_get_task_data (task);
      if (g_task_return_error_if_cancelled (task))
        continue;

      if (is_durable != job->is_essential)
        {
          is_durable = job->is_essential;
          set_durable (worker->connection, is_durable);
        }
      gum_connection_set_cancellable (worker->connection, g_task_get_cancellable (task),
                                      is_writer ? NULL : &self->closing);
      result = job->func (worker->connection, job->data, &error);
      gum_connection_set_cancellable (worker->connection, NULL, NULL);

      if (error != NULL)
        g_task_return_error (task, g_steal_pointer (&error));
      else
        g_task_return_pointer (task, result, job->result_free);
    }
}

static gboolean
start_worker (GumLedger        *self,
              GumLedgerWorker   number,
              GError          **error)
{
  static const char * const names[] = { "gum-writer", "gum-reader", "gum-checker" };
  Worker *worker = &self->workers[number];
  GumConnectionMode mode = self->mode;

  if (mode == GUM_CONNECTION_READ_WRITE && number != GUM_LEDGER_WRITER)
    mode = GUM_CONNECTION_QUERY_ONLY;
  worker->connection = gum_connection_open (self->uri, mode, error);
  if (worker->connection == NULL)
    return FALSE;
  /* Several pages at once touch every index. */
  if (number == GUM_LEDGER_WRITER &&
      !gum_connection_exec (worker->connection, "PRAGMA cache_size = -2048", error))
    {
      g_clear_pointer (&worker->connection, gum_connection_close);
      return FALSE;
    }

  worker->ledger = self;
  worker->queue = g_async_queue_new_full (g_object_unref);
  worker->thread = g_thread_try_new (names[number], worker_thread, worker, error);
  if (worker->thread == NULL)
    {
      g_clear_pointer (&worker->queue, g_async_queue_unref);
      g_clear_pointer (&worker->connection, gum_connection_close);
    }

  return worker->thread != NULL;
}

static void
cancel_task (GTask *task)
{
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The ledger was closed");
  g_object_unref (task);
}

static gboolean
is_essential (GTask *task)
{
  return ((Job *) g_task_get_task_data (task))->is_essential;
}

static void
stop_worker (Worker *worker)
{
  GQueue last = G_QUEUE_INIT;
  gpointer item;

  if (worker->thread == NULL)
    return;

  while ((item = g_async_queue_try_pop (worker->queue)) != NULL)
    {
      if (is_essential (item))
        g_queue_push_tail (&last, item);
      else
        cancel_task (item);
    }
  while ((item = g_queue_pop_head (&last)) != NULL)
    g_async_queue_push (worker->queue, item);
  g_async_queue_push (worker->queue, worker->ledger);
  g_thread_join (g_steal_pointer (&worker->thread));
  g_clear_pointer (&worker->queue, g_async_queue_unref);
  g_clear_pointer (&worker->connection, gum_connection_close);
}

/* JSON is counted without atomics, and the caller, or a caller of it, may still hold a part of
 * what it gave us. So nothing leaves for the writer before this turn of the main loop is over. */
static gboolean
leave_cb (gpointer data)
{
  GumLedger *self = data;
  GTask *task;

  self->leaving_id = 0;
  while ((task = g_queue_pop_head (&self->leaving)) != NULL)
    g_async_queue_push (self->workers[GUM_LEDGER_WRITER].queue, task);

  return G_SOURCE_REMOVE;
}

/* --- the file --------------------------------------------------------------------------------- */

static gboolean
open_with_mode (GumLedger          *self,
                GumConnectionMode   mode,
                GError            **error)
{
  g_autoptr(GumConnection) connection = gum_connection_open (self->uri, mode, error);

  if (connection == NULL)
    return FALSE;
  if (mode == GUM_CONNECTION_READ_WRITE && gum_connection_is_read_only (connection))
    {
      g_set_error_literal (error, GUM_ERROR, GUM_ERROR_LEDGER_READ_ONLY,
                           "The ledger cannot be written");
      return FALSE;
    }
  if (mode == GUM_CONNECTION_READ_WRITE &&
      !gum_connection_exec (connection, "PRAGMA journal_mode = WAL", error))
    return FALSE;
  if (!gum_schema_prepare (connection, self->account_id, error))
    return FALSE;

  /* The main thread only reads, and never waits for long. */
  if (mode == GUM_CONNECTION_READ_WRITE &&
      !gum_connection_exec (connection, "PRAGMA query_only = ON", error))
    return FALSE;

  self->main = g_steal_pointer (&connection);
  self->mode = mode;

  return TRUE;
}

/* Read-only media and folders, and full disks, still show what they hold: all of it, or where SQLite cannot even
 * have its index of the WAL, what had been folded into the file. */
static gboolean
open_any_mode (GumLedger  *self,
               GError    **error)
{
  g_autoptr(GError) first = NULL;

  g_clear_error (&self->obstacle);
  if (open_with_mode (self, GUM_CONNECTION_READ_WRITE, &first))
    return TRUE;

  if (self->directory != NULL &&
      (g_error_matches (first, GUM_ERROR, GUM_ERROR_LEDGER_READ_ONLY) ||
       g_error_matches (first, GUM_ERROR, GUM_ERROR_LEDGER_FULL)) &&
      (open_with_mode (self, GUM_CONNECTION_READ_ONLY, NULL) ||
       open_with_mode (self, GUM_CONNECTION_IMMUTABLE, NULL)))
    {
      self->obstacle = g_steal_pointer (&first);
      return TRUE;
    }

  g_propagate_error (error, g_steal_pointer (&first));

  return FALSE;
}

static gboolean
start (GumLedger  *self,
       GError    **error)
{
  if (self->directory != NULL && !gum_ledger_file_check (self->directory, error))
    return FALSE;
  if (self->directory != NULL && !gum_ledger_file_restrict (self->directory, error))
    return FALSE;
  if (!open_any_mode (self, error))
    return FALSE;

  g_atomic_int_set (&self->closing, FALSE);
  if (!start_worker (self, GUM_LEDGER_WRITER, error) ||
      !start_worker (self, GUM_LEDGER_READER, error))
    {
      gum_ledger_close (self);
      return FALSE;
    }

  return TRUE;
}

static gboolean
start_afresh (GumLedger  *self,
              GError    **error)
{
  g_autofree char *aside = NULL;
  g_autoptr(GumConnection) connection = NULL;

  if (self->directory == NULL)
    return start (self, error);

  aside = gum_ledger_file_set_aside (self->directory, error);
  if (aside == NULL || !start (self, error))
    return FALSE;
  connection = gum_connection_open (self->uri, GUM_CONNECTION_READ_WRITE, NULL);
  if (connection != NULL)
    gum_ledger_salvage (connection, aside, self->account_id);

  return TRUE;
}

static void
gum_ledger_finalize (GObject *object)
{
  GumLedger *self = GUM_LEDGER (object);

  gum_ledger_close (self);
  g_clear_error (&self->obstacle);
  g_free (self->directory);
  g_free (self->account_id);
  g_free (self->uri);

  G_OBJECT_CLASS (gum_ledger_parent_class)->finalize (object);
}

static void
gum_ledger_class_init (GumLedgerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gum_ledger_finalize;

  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
gum_ledger_init (GumLedger *self)
{
}

GumLedger *
gum_ledger_new (const char *directory,
                const char *account_id)
{
  static int n_in_memory;
  GumLedger *self = g_object_new (GUM_TYPE_LEDGER, NULL);

  self->directory = g_strdup (directory);
  self->account_id = g_strdup (account_id);
  if (directory != NULL)
    {
      g_autofree char *path = gum_ledger_file_dup_path (directory, "");
      /* SQLite reads "file:" addresses as RFC 3986 has them, and nothing else may be in one. */
      g_autofree char *escaped = g_uri_escape_string (path, "/", FALSE);

      self->uri = g_strconcat ("file:", escaped, NULL);
    }
  else
    {
      /* One database that several connections of this process see. */
      self->uri = g_strdup_printf ("file:/gum-%d?vfs=memdb", g_atomic_int_add (&n_in_memory, 1));
    }

  return self;
}

/* Opens the file; one that is damaged, or is none of ours, is set aside for a fresh one. */
gboolean
gum_ledger_open (GumLedger  *self,
                 gboolean   *rebuilt,
                 GError    **error)
{
  g_autoptr(GError) first = NULL;

  *rebuilt = FALSE;
  if (self->directory != NULL && !gum_ledger_file_make_place (self->directory, error))
    return FALSE;

  if (start (self, &first))
    return TRUE;
  if (self->directory == NULL || !g_error_matches (first, GUM_ERROR, GUM_ERROR_LEDGER_DAMAGED))
    {
      g_propagate_error (error, g_steal_pointer (&first));
      return FALSE;
    }

  *rebuilt = start_afresh (self, error);

  return *rebuilt;
}

/* The running statement of the reader ends early; the writer's job is finished first; jobs that
 * wait are cancelled, but for the essential ones. */
void
gum_ledger_close (GumLedger *self)
{
  GTask *task;

  g_atomic_int_set (&self->closing, TRUE);
  /* The writer's connection goes last: it is the one that may fold the WAL into the file. */
  g_clear_pointer (&self->main, gum_connection_close);
  g_clear_handle_id (&self->leaving_id, g_source_remove);
  while ((task = g_queue_pop_head (&self->leaving)) != NULL)
    {
      if (is_essential (task) && self->workers[GUM_LEDGER_WRITER].thread != NULL)
        g_async_queue_push (self->workers[GUM_LEDGER_WRITER].queue, task);
      else
        cancel_task (task);
    }
  for (int i = GUM_LEDGER_N_WORKERS - 1; i >= 0; i--)
    stop_worker (&self->workers[i]);
}

/* For a file that turned out to be damaged while it was open. */
gboolean
gum_ledger_set_aside (GumLedger  *self,
                      GError    **error)
{
  gum_ledger_close (self);

  return start_afresh (self, error);
}

/* Why an open ledger is only read; NULL: it is written. */
const GError *
gum_ledger_get_obstacle (GumLedger *self)
{
  return self->obstacle;
}

/* Whether what was written last may be missing from what can be read: it was not folded into the file. */
gboolean
gum_ledger_is_partial (GumLedger *self)
{
  return self->mode == GUM_CONNECTION_IMMUTABLE;
}

/* NULL when it is closed. For the main thread. */
GumConnection *
gum_ledger_get_connection (GumLedger *self)
{
  return self->main;
}

/* Tells of a failure of the file, if @error is one. */
static void
report (GumLedger    *self,
        const GError *error,
        gboolean      is_essential)
{
  if (is_failure_of_file (error, is_essential))
    g_signal_emit (self, signals[FAILED], 0, error);
}

void
gum_ledger_report (GumLedger    *self,
                   const GError *error)
{
  report (self, error, FALSE);
}

static void
run (GumLedger       *self,
     GumLedgerWorker  worker,
     GTask           *new_task,
     Job             *job)
{
  g_autoptr(GTask) task = new_task;
  g_autoptr(GError) error = NULL;

  g_task_set_source_tag (task, gum_ledger_run_async);
  g_task_set_task_data (task, job, job_free);

  if (self->main == NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The ledger is closed");
      return;
    }
  /* The checker's thread is there only when it is needed. */
  if (self->workers[worker].thread == NULL && !start_worker (self, worker, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  if (worker != GUM_LEDGER_WRITER)
    {
      g_async_queue_push (self->workers[worker].queue, g_steal_pointer (&task));
      return;
    }

  g_queue_push_tail (&self->leaving, g_steal_pointer (&task));
  if (self->leaving_id == 0)
    self->leaving_id = g_idle_add_full (G_PRIORITY_HIGH, leave_cb, self, NULL);
}

static Job *
new_job (GumLedgerFunc  func,
         gpointer       data,
         GDestroyNotify data_free,
         GDestroyNotify result_free)
{
  Job *job = g_new0 (Job, 1);

  job->func = func;
  job->data = data;
  job->data_free = data_free;
  job->result_free = result_free;

  return job;
}

void
gum_ledger_run_async (GumLedger           *self,
                      GumLedgerWorker      worker,
                      GumLedgerFunc        func,
                      gpointer             data,
                      GDestroyNotify       data_free,
                      GDestroyNotify       result_free,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  run (self, worker, g_task_new (self, cancellable, callback, user_data),
       new_job (func, data, data_free, result_free));
}

/* For the writer: cannot be cancelled, and is done even if the ledger is closed right after. */
void
gum_ledger_run_essential_async (GumLedger           *self,
                                GumLedgerFunc        func,
                                gpointer             data,
                                GDestroyNotify       data_free,
                                GDestroyNotify       result_free,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  Job *job = new_job (func, data, data_free, result_free);

  job->is_essential = TRUE;
  run (self, GUM_LEDGER_WRITER, g_task_new (self, NULL, callback, user_data), job);
}

gpointer
gum_ledger_run_finish (GumLedger     *self,
                       GAsyncResult  *result,
                       GError       **error)
{
  g_autoptr(GError) failure = NULL;
  gpointer value;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  value = g_task_propagate_pointer (G_TASK (result), &failure);
  if (failure != NULL)
    {
      report (self, failure, is_essential (G_TASK (result)));
      g_propagate_error (error, g_steal_pointer (&failure));
    }

  return value;
}

static void
noted_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  /* The ledger tells of the failure itself. */
  gum_ledger_run_finish (GUM_LEDGER (source), result, NULL);
}

/* An essential job whose end nobody waits for, and which gives nothing. */
void
gum_ledger_note (GumLedger      *self,
                 GumLedgerFunc   func,
                 gpointer        data,
                 GDestroyNotify  data_free)
{
  gum_ledger_run_essential_async (self, func, data, data_free, NULL, noted_cb, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Many writes to one list, one after the other and no faster than one a second: nobody knows what Gumroad
 * thinks of more. The journal has all of them before the first is sent.
 *
 * What Gumroad refuses is refused for that one alone, and the next one goes. Anything else that goes wrong
 * would go wrong again: it ends the batch, and what was not sent is not wanted any more. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-record-batch.h"

#include "gum-error.h"
#include "gum-journal.h"
#include "gum-records-private.h"

#define INTERVAL_MILLISECONDS 1000

struct _GumRecordBatch
{
  GObject       parent_instance;

  /* owned */
  GumRecords   *records;
  char         *kind;
  char         *label;
  GPtrArray    *writes;
  GPtrArray    *failures;       /* of GError, NULL where there is none */
  GCancellable *cancellable;
  GError       *error;          /* why it ended early */

  guint         interval;
  guint         timer;
  guint         position;       /* of what is sent next */
  guint         n_dropping;
  gboolean      is_running;
  gboolean      is_ending;
};

enum {
  PROP_0,
  PROP_RUNNING,
  PROP_N_ENDED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (GumRecordBatch, gum_record_batch, G_TYPE_OBJECT)

static void send_next (GumRecordBatch *self);

static void
error_free0 (gpointer data)
{
  if (data != NULL)
    g_error_free (data);
}

/* --- the end ---------------------------------------------------------------------------------- */

static void
finish (GumRecordBatch *self)
{
  self->is_running = FALSE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);
}

static void
dropped_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GumRecordBatch) self = user_data;

  gum_journal_drop_finish (GUM_JOURNAL (source), result, NULL);
  if (--self->n_dropping == 0)
    finish (self);
}

/* What was not sent is not wanted any more. */
static void
end (GumRecordBatch *self)
{
  GumStore *store = _gum_records_get_store (self->records);

  if (self->is_ending)
    return;

  self->is_ending = TRUE;
  g_clear_handle_id (&self->timer, g_source_remove);
  for (guint i = self->position; store != NULL && i < self->writes->len; i++)
    {
      GumWrite *write = g_ptr_array_index (self->writes, i);

      if (gum_write_get_state (write) != GUM_WRITE_WAITING || gum_write_get_row (write) == 0)
        continue;
      self->n_dropping++;
      gum_journal_drop_async (gum_store_get_journal (store), write, dropped_cb,
                              g_object_ref (self));
    }
  if (self->n_dropping == 0)
    finish (self);
}

/* --- one after the other ---------------------------------------------------------------------- */

static gboolean
timer_cb (gpointer data)
{
  GumRecordBatch *self = data;

  self->timer = 0;
  send_next (self);

  return G_SOURCE_REMOVE;
}

/* Of this write, not of the connection or the account. */
static gboolean
is_refusal (const GError *error)
{
  return g_error_matches (error, GUM_ERROR, GUM_ERROR_REJECTED) ||
         g_error_matches (error, GUM_ERROR, GUM_ERROR_NOT_FOUND);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GumRecordBatch) self = user_data;
  GError *error = NULL;

  gum_records_write_finish (GUM_RECORDS (source), result, &error);
  self->failures->pdata[self->position] = error;
  self->position++;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ENDED]);

  if (error != NULL && !is_refusal (error) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    self->error = g_error_copy (error);
  if (self->error != NULL || self->position == self->writes->len ||
      g_cancellable_is_cancelled (self->cancellable))
    end (self);
  else
    self->timer = g_timeout_add (self->interval, timer_cb, self);
}

static void
send_next (GumRecordBatch *self)
{
  gum_records_write_async (self->records, g_ptr_array_index (self->writes, self->position),
                           self->cancellable, written_cb, g_object_ref (self));
}

static void
noted_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GumRecordBatch) self = user_data;

  if (gum_journal_add_batch_finish (GUM_JOURNAL (source), result, &self->error) == 0 ||
      g_cancellable_is_cancelled (self->cancellable))
    end (self);
  else
    send_next (self);
}

/* --- GObject ---------------------------------------------------------------------------------- */

static void
gum_record_batch_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  GumRecordBatch *self = GUM_RECORD_BATCH (object);

  switch (prop_id)
    {
    case PROP_RUNNING:
      g_value_set_boolean (value, self->is_running);
      break;
    case PROP_N_ENDED:
      g_value_set_uint (value, self->position);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
gum_record_batch_finalize (GObject *object)
{
  GumRecordBatch *self = GUM_RECORD_BATCH (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->records);
  g_clear_object (&self->cancellable);
  g_free (self->kind);
  g_free (self->label);
  g_ptr_array_unref (self->writes);
  g_ptr_array_unref (self->failures);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (gum_record_batch_parent_class)->finalize (object);
}

static void
gum_record_batch_class_init (GumRecordBatchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = gum_record_batch_get_property;
  object_class->finalize = gum_record_batch_finalize;

  /**
   * GumRecordBatch:running:
   *
   * Whether anything is or will be sent.
   */
  properties[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE, flags);
  /**
   * GumRecordBatch:n-ended:
   *
   * How many of the writes have been sent and have ended, in whichever way.
   */
  properties[PROP_N_ENDED] = g_param_spec_uint ("n-ended", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
gum_record_batch_init (GumRecordBatch *self)
{
  self->cancellable = g_cancellable_new ();
  self->interval = INTERVAL_MILLISECONDS;
}

/**
 * gum_record_batch_new:
 * @records: the list that all of it is for
 * @kind: what it is, for whoever reads the journal: %GUM_BATCH_KIND_CODES
 * @label: (nullable): what a person calls it
 * @writes: (element-type GumWrite): in this order; made by @records
 *
 * Returns: (transfer full): a batch that has not begun
 */
GumRecordBatch *
gum_record_batch_new (GumRecords *records,
                      const char *kind,
                      const char *label,
                      GPtrArray  *writes)
{
  GumRecordBatch *self;

  g_return_val_if_fail (GUM_IS_RECORDS (records), NULL);
  g_return_val_if_fail (kind != NULL && writes != NULL && writes->len > 0, NULL);

  self = g_object_new (GUM_TYPE_RECORD_BATCH, NULL);
  self->records = g_object_ref (records);
  self->kind = g_strdup (kind);
  self->label = g_strdup (label);
  self->writes = g_ptr_array_ref (writes);
  self->failures = g_ptr_array_new_full (writes->len, error_free0);
  g_ptr_array_set_size (self->failures, (int) writes->len);

  return self;
}

/**
 * gum_record_batch_set_interval:
 * @self: a batch
 * @milliseconds: from the end of one write to the beginning of the next
 */
void
gum_record_batch_set_interval (GumRecordBatch *self,
                               guint           milliseconds)
{
  g_return_if_fail (GUM_IS_RECORD_BATCH (self));

  self->interval = milliseconds;
}

/**
 * gum_record_batch_start:
 * @self: a batch that has not begun
 *
 * Notes all of it, then sends the first. It lives until it has ended.
 */
void
gum_record_batch_start (GumRecordBatch *self)
{
  GumStore *store;

  g_return_if_fail (GUM_IS_RECORD_BATCH (self));
  g_return_if_fail (!self->is_running && !self->is_ending);

  self->is_running = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);
  store = _gum_records_get_store (self->records);
  if (store == NULL)
    {
      self->error = g_error_new_literal (GUM_ERROR, GUM_ERROR_NOT_SIGNED_IN,
                                         "There is no connection");
      end (self);
      return;
    }
  gum_journal_add_batch_async (gum_store_get_journal (store), self->kind, self->label, 0,
                               GUM_BATCH_PLAIN, self->writes, noted_cb, g_object_ref (self));
}

/**
 * gum_record_batch_stop:
 * @self: a batch
 *
 * What is on the wire is waited for; nothing else is sent.
 */
void
gum_record_batch_stop (GumRecordBatch *self)
{
  g_return_if_fail (GUM_IS_RECORD_BATCH (self));

  if (!self->is_running || self->is_ending)
    return;

  g_cancellable_cancel (self->cancellable);
  if (self->timer != 0)
    end (self);
}

/**
 * gum_record_batch_is_running:
 * @self: a batch
 *
 * Returns: whether anything is or will be sent
 */
gboolean
gum_record_batch_is_running (GumRecordBatch *self)
{
  g_return_val_if_fail (GUM_IS_RECORD_BATCH (self), FALSE);

  return self->is_running;
}

/**
 * gum_record_batch_get_n_ended:
 * @self: a batch
 *
 * Returns: how many of the writes have been sent and have ended
 */
guint
gum_record_batch_get_n_ended (GumRecordBatch *self)
{
  g_return_val_if_fail (GUM_IS_RECORD_BATCH (self), 0);

  return self->position;
}

/**
 * gum_record_batch_count:
 * @self: a batch
 * @state: a state
 *
 * Returns: how many of the writes are in it
 */
guint
gum_record_batch_count (GumRecordBatch *self,
                        GumWriteState   state)
{
  guint n = 0;

  g_return_val_if_fail (GUM_IS_RECORD_BATCH (self), 0);

  for (guint i = 0; i < self->writes->len; i++)
    n += gum_write_get_state (g_ptr_array_index (self->writes, i)) == state;

  return n;
}

/**
 * gum_record_batch_get_writes:
 * @self: a batch
 *
 * Returns: (transfer none) (element-type GumWrite): all of it
 */
GPtrArray *
gum_record_batch_get_writes (GumRecordBatch *self)
{
  g_return_val_if_fail (GUM_IS_RECORD_BATCH (self), NULL);

  return self->writes;
}

/**
 * gum_record_batch_get_error:
 * @self: a batch
 *
 * Returns: (transfer none) (nullable): why it ended early
 */
const GError *
gum_record_batch_get_error (GumRecordBatch *self)
{
  g_return_val_if_fail (GUM_IS_RECORD_BATCH (self), NULL);

  return self->error;
}

/**
 * gum_record_batch_get_failure:
 * @self: a batch
 * @position: of a write
 *
 * Returns: (transfer none) (nullable): why that one failed
 */
const GError *
gum_record_batch_get_failure (GumRecordBatch *self,
                              guint           position)
{
  g_return_val_if_fail (GUM_IS_RECORD_BATCH (self), NULL);
  g_return_val_if_fail (position < self->failures->len, NULL);

  return g_ptr_array_index (self->failures, position);
}

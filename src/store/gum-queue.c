/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What sends the batches that run, one write after the other.
 *
 *   look ─▶ wait ─▶ read the product ─▶ changed there? ─ no ─▶ journal: sent once ─▶ look
 *    ▲       │ limits, a 429              └ yes: conflict ─────────────────────────▶ look
 *    └───────┴── paused, stopped, another batch
 *
 * What is to be done stands in the ledger and nowhere else, and is looked at anew before each write;
 * so a program that ends, however it ends, has nothing to save. After a restart the journal has made
 * every running batch one that asks. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-queue-private.h"

#include "gum-batch-table.h"
#include "gum-error.h"
#include "gum-journal-private.h"
#include "gum-journal-table.h"
#include "gum-json.h"
#include "gum-pace.h"
#include "gum-records-private.h"
#include "gum-store-private.h"
#include "gum-util.h"

#include <string.h>

/* Seconds until it is tried again when Gumroad cannot be reached. */
#define TROUBLE_SECONDS 30
/* What a write takes, to begin with. */
#define FIRST_DURATION (G_USEC_PER_SEC)

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GumQueue, gum_queue, G_TYPE_OBJECT)

static void
tell (GumQueue *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

/* --- trouble ---------------------------------------------------------------------------------- */

/* Nothing is sent for a while, @seconds, or until somebody says so. Takes @error. */
static void
set_trouble (GumQueue *self,
             GError   *error,
             guint     seconds)
{
  g_clear_error (&self->trouble);
  self->trouble = error;
  self->trouble_until = seconds > 0 ? g_get_monotonic_time () +
                                      (gint64) (seconds * self->scale * G_USEC_PER_SEC) : 0;
}

/* Of an error that says nothing about the product: whether only the person can do something. */
static gboolean
is_about_account (const GError *error)
{
  return g_error_matches (error, GUM_ERROR, GUM_ERROR_UNAUTHORIZED) ||
         g_error_matches (error, GUM_ERROR, GUM_ERROR_NOT_SIGNED_IN) ||
         g_error_matches (error, GUM_ERROR, GUM_ERROR_FORBIDDEN);
}

/* Nothing was sent that the journal could not note. */
static gboolean
is_about_ledger (const GError *error)
{
  return error->domain == GUM_ERROR &&
         error->code >= GUM_ERROR_LEDGER_NEWER && error->code <= GUM_ERROR_LEDGER;
}

static gboolean
is_about_product (const GError *error)
{
  return g_error_matches (error, GUM_ERROR, GUM_ERROR_REJECTED) || gum_error_is_gone (error);
}

/* --- the end of a write ----------------------------------------------------------------------- */

static void
release (GumQueue *self)
{
  g_clear_object (&self->write);
  g_clear_object (&self->reading);
  self->is_sending = FALSE;
  _gum_queue_look (self);
}

static void
noted_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GumQueue) self = user_data;
  g_autoptr(GError) error = NULL;

  gum_ledger_run_finish (GUM_LEDGER (source), result, &error);
  if (self->store == NULL)
    return;

  /* The ledger says of the write what it said before, and would give it again at once. */
  if (error != NULL && self->trouble == NULL)
    set_trouble (self, g_steal_pointer (&error), TROUBLE_SECONDS);
  _gum_journal_tell_write (gum_store_get_journal (self->store), self->write);
  release (self);
}

static void
note (GumQueue *self)
{
  gum_ledger_run_essential_async (_gum_store_get_ledger (self->store), gum_journal_table_set,
                                  _gum_write_dup_row (self->write),
                                  (GDestroyNotify) _gum_write_row_free, NULL,
                                  noted_cb, g_object_ref (self));
}

static void
end (GumQueue      *self,
     GumWriteState  state,
     const GError  *error)
{
  _gum_write_set_ended (self->write, state, error);
  note (self);
}

static void
put_back (GumQueue *self)
{
  _gum_write_set_waiting (self->write);
  note (self);
}

/* --- sending ---------------------------------------------------------------------------------- */

/* Takes @error. */
static void
take_end (GumQueue *self,
          GError   *error)
{
  GumWriteState state;

  if (self->store == NULL)
    {
      g_clear_error (&error);
      return;
    }

  state = gum_write_get_state (self->write);
  self->duration = (3 * self->duration + g_get_monotonic_time () - self->begun) / 4;
  if (state == GUM_WRITE_DONE || state == GUM_WRITE_UNCLEAR || error == NULL)
    {
      g_clear_error (&error);
      release (self);
    }
  else if (g_error_matches (error, GUM_ERROR, GUM_ERROR_RATE_LIMITED))
    {
      /* A verdict: it was not carried out. The client's pause decides when it goes. */
      g_clear_error (&error);
      put_back (self);
    }
  else if (is_about_account (error))
    {
      set_trouble (self, error, 0);
      put_back (self);
    }
  else if (error->domain != GUM_ERROR)
    {
      /* It has not left. */
      set_trouble (self, error, TROUBLE_SECONDS);
      put_back (self);
    }
  else if (is_about_ledger (error))
    {
      set_trouble (self, error, TROUBLE_SECONDS);
      release (self);
    }
  else
    {
      g_clear_error (&error);
      release (self);
    }
}

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GumQueue) self = user_data;
  GError *error = NULL;

  gum_journal_send_finish (GUM_JOURNAL (source), result, &error);
  take_end (self, error);
}

static void
record_sent_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GumQueue) self = user_data;
  GError *error = NULL;

  gum_records_write_finish (GUM_RECORDS (source), result, &error);
  take_end (self, error);
}

static void
send_write (GumQueue *self)
{
  GumRecords *records = _gum_records_get_for_write (self->store, self->write);

  self->is_sending = TRUE;
  tell (self);
  if (records != NULL)
    {
      /* The list takes the answer, or is read again where there is none. */
      gum_records_write_async (records, self->write, NULL, record_sent_cb, g_object_ref (self));
      return;
    }
  gum_journal_send_async (gum_store_get_journal (self->store), self->write, NULL, sent_cb,
                          g_object_ref (self));
}

/* --- reading before --------------------------------------------------------------------------- */

static void
taken_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GumStore) store = user_data;
  g_autoptr(GumChanges) changes = gum_ledger_run_finish (GUM_LEDGER (source), result, NULL);

  if (changes != NULL && _gum_store_get_client (store) != NULL)
    _gum_store_take_changes (store, changes);
}

/* What is there is not what the change set was made from: the person is to see it. */
static void
show_record (GumQueue   *self,
             JsonObject *record)
{
  _gum_store_take_record (self->store, record, taken_cb, g_object_ref (self->store));
}

static void
take_record (GumQueue   *self,
             JsonObject *record)
{
  g_auto(GStrv) conflicts = gum_write_dup_conflicts (self->write, record);

  if (conflicts != NULL)
    {
      show_record (self, record);
      end (self, GUM_WRITE_CONFLICT, NULL);
    }
  else if (gum_write_is_shown_by (self->write, record))
    {
      show_record (self, record);
      end (self, GUM_WRITE_DONE, NULL);
    }
  else
    {
      _gum_write_fill_before (self->write, record);
      send_write (self);
    }
}

/* Takes @error. */
static void
take_failure (GumQueue *self,
              GError   *error)
{
  if (is_about_product (error))
    {
      end (self, GUM_WRITE_FAILED, error);
      g_error_free (error);
      return;
    }

  set_trouble (self, error, is_about_account (error) ? 0 : TROUBLE_SECONDS);
  release (self);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GumQueue) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonObject) record = gum_client_get_finish (GUM_CLIENT (source), result, &error);
  gboolean deleted = FALSE;

  if (self->store == NULL)
    return;

  if (g_cancellable_is_cancelled (self->reading) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      release (self);
      return;
    }

  g_clear_object (&self->reading);
  if (record != NULL && gum_json_get_boolean (record, "deleted", &deleted) && deleted)
    error = gum_error_new_http (GUM_ERROR_NOT_FOUND, 0, "", "The product is deleted");
  if (error != NULL)
    take_failure (self, g_steal_pointer (&error));
  else
    take_record (self, record);
}

/* What belongs to a product is sent as it is: nothing of it is replaced. */
static gboolean
is_of_product (GumWrite *write)
{
  return gum_write_get_product_id (write) != NULL &&
         (_gum_write_is_kind (write, GUM_WRITE_KIND_UPDATE) ||
          _gum_write_is_kind (write, GUM_WRITE_KIND_PUBLISH) ||
          _gum_write_is_kind (write, GUM_WRITE_KIND_UNPUBLISH));
}

static void
begin (GumQueue  *self,
       GumClient *client)
{
  self->write = _gum_write_new_from_row (self->view->next);
  g_clear_pointer (&self->view->next, _gum_write_row_free);
  self->begun = g_get_monotonic_time ();
  if (!is_of_product (self->write))
    {
      send_write (self);
      return;
    }

  self->reading = g_cancellable_new ();
  gum_client_get_async (client, &gum_product_endpoint, gum_write_get_product_id (self->write),
                        self->reading, read_cb, g_object_ref (self));
}

/* --- waiting ---------------------------------------------------------------------------------- */

static gboolean
timer_cb (gpointer data)
{
  GumQueue *self = data;

  self->timer_id = 0;
  if (self->trouble_until != 0 && self->trouble_until <= g_get_monotonic_time ())
    _gum_queue_clear_trouble (self);
  _gum_queue_look (self);

  return G_SOURCE_REMOVE;
}

static gint64
choose_time (GumQueue  *self,
             GumClient *client,
             gint64     now)
{
  gint64 time = MAX (now, gum_client_get_paused_until (client));

  if (self->trouble_until != 0)
    time = MAX (time, self->trouble_until);
  if (strcmp (self->view->next->kind, GUM_WRITE_KIND_UPDATE) == 0)
    time = MAX (time, gum_pace_get_next (self->pace, now));
  else if (_gum_record_kind_is_of_write (self->view->next->kind))
    time = MAX (time, gum_pace_get_next_listed (self->pace, now));

  return time;
}

static void
advance (GumQueue *self)
{
  GumClient *client = _gum_store_get_client (self->store);
  gint64 now = g_get_monotonic_time ();

  g_clear_handle_id (&self->timer_id, g_source_remove);
  self->next_time = 0;
  if (self->view == NULL || self->view->next == NULL || self->write != NULL ||
      self->is_looking || self->is_halted || (self->trouble != NULL && self->trouble_until == 0))
    return;
  if (client == NULL)
    {
      set_trouble (self, g_error_new_literal (GUM_ERROR, GUM_ERROR_NOT_SIGNED_IN,
                                              "There is no connection"), 0);
      return;
    }

  self->next_time = choose_time (self, client, now);
  if (self->next_time > now)
    {
      self->timer_id = g_timeout_add ((self->next_time - now + 999) / 1000, timer_cb, self);
      return;
    }

  self->next_time = 0;
  begin (self, client);
}

/* --- looking ---------------------------------------------------------------------------------- */

/* Times of the ledger are those of the wall clock, in seconds. */
static void
take_sent (GumQueue *self,
           GArray   *sent)
{
  gint64 now = g_get_monotonic_time ();
  gint64 wall = g_get_real_time () / G_USEC_PER_SEC;

  for (guint i = 0; i < sent->len; i++)
    {
      gint64 ago = MAX (wall - g_array_index (sent, gint64, i), 0);

      gum_pace_add (self->pace, now - ago * G_USEC_PER_SEC);
    }
  self->knows_sent = TRUE;
}

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GumQueue) self = user_data;
  g_autoptr(GError) error = NULL;
  GumBatchView *view = gum_ledger_run_finish (GUM_LEDGER (source), result, &error);
  gboolean looks_again = self->looks_again;

  self->is_looking = FALSE;
  self->looks_again = FALSE;
  if (self->store == NULL)
    {
      g_clear_pointer (&view, gum_batch_view_free);
      return;
    }
  if (view == NULL)
    {
      set_trouble (self, g_steal_pointer (&error), TROUBLE_SECONDS);
      self->timer_id = g_timeout_add (TROUBLE_SECONDS * 1000 * self->scale, timer_cb, self);
      tell (self);
      return;
    }

  g_clear_pointer (&self->view, gum_batch_view_free);
  self->view = view;
  if (view->sent != NULL && !self->knows_sent)
    take_sent (self, view->sent);
  if (looks_again)
    _gum_queue_look (self);
  advance (self);
  tell (self);
  if (view->n_ended > 0)
    _gum_journal_tell_batch (gum_store_get_journal (self->store), 0);
}

void
_gum_queue_look (GumQueue *self)
{
  gint64 since = 0;

  g_clear_handle_id (&self->timer_id, g_source_remove);
  if (self->store == NULL)
    return;
  if (self->is_looking)
    {
      self->looks_again = TRUE;
      return;
    }

  self->is_looking = TRUE;
  if (!self->knows_sent)
    since = (g_get_real_time () - gum_pace_get_memory (self->pace)) / G_USEC_PER_SEC;
  gum_ledger_run_async (_gum_store_get_ledger (self->store), GUM_LEDGER_WRITER,
                        gum_batch_table_look, g_memdup2 (&since, sizeof since), g_free,
                        gum_batch_view_free, NULL, looked_cb, g_object_ref (self));
}

static void
batch_added_cb (GumJournal *journal,
                gint64      batch,
                GumQueue   *self)
{
  _gum_queue_look (self);
}

/* Whoever sends: Gumroad counts it. What was sent before the ledger was asked is in its answer. */
static void
write_cb (GumJournal *journal,
          GumWrite   *write,
          GumQueue   *self)
{
  if (gum_write_get_state (write) != GUM_WRITE_SENDING)
    return;

  if (_gum_record_kind_is_of_write (gum_write_get_kind (write)))
    gum_pace_add_listed (self->pace, g_get_monotonic_time ());
  else if (_gum_write_is_kind (write, GUM_WRITE_KIND_UPDATE) && self->knows_sent)
    gum_pace_add (self->pace, g_get_monotonic_time ());
}

static void
paused_cb (GumClient  *client,
           GParamSpec *pspec,
           GumQueue   *self)
{
  if (self->store == NULL)
    return;

  if (self->write == NULL)
    _gum_queue_look (self);
  tell (self);
}

/* --- GObject ---------------------------------------------------------------------------------- */

static void
gum_queue_finalize (GObject *object)
{
  GumQueue *self = GUM_QUEUE (object);

  g_clear_handle_id (&self->timer_id, g_source_remove);
  g_clear_pointer (&self->pace, gum_pace_free);
  g_clear_pointer (&self->view, gum_batch_view_free);
  g_clear_object (&self->write);
  g_clear_object (&self->reading);
  g_clear_error (&self->trouble);

  G_OBJECT_CLASS (gum_queue_parent_class)->finalize (object);
}

static void
gum_queue_class_init (GumQueueClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gum_queue_finalize;

  /**
   * GumQueue::changed:
   *
   * Something of what its getters tell is another.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
gum_queue_init (GumQueue *self)
{
  self->pace = gum_pace_new ();
  self->duration = FIRST_DURATION;
  self->scale = 1;
}

GumQueue *
_gum_queue_new (GumStore *store)
{
  GumQueue *self = g_object_new (GUM_TYPE_QUEUE, NULL);
  GumJournal *journal = gum_store_get_journal (store);
  GumClient *client = _gum_store_get_client (store);

  self->store = store;
  g_signal_connect_object (journal, "batch-added", G_CALLBACK (batch_added_cb), self, 0);
  g_signal_connect_object (journal, "write-changed", G_CALLBACK (write_cb), self, 0);
  if (client != NULL)
    g_signal_connect_object (client, "notify::paused-until", G_CALLBACK (paused_cb), self, 0);
  _gum_queue_look (self);

  return self;
}

void
_gum_queue_detach (GumQueue *self)
{
  g_clear_handle_id (&self->timer_id, g_source_remove);
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  self->store = NULL;
}

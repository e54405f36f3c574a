/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One pass over the list of products.
 *
 *     request 1 ─▶ page 1 ─▶ request 2 ─▶ page 2 ─▶ request 3 ─▶ …
 *                     └─▶ write 1         └─▶ write 2               └─▶ … ─▶ delete what was not seen
 *
 * A page is written while the next ones are on their way; those that come before the write is over
 * join it. Each write is one transaction that also notes the key of the page after it, so
 * that a pass that is cut short goes on there; the top of the list is read first even then, because
 * that is where new products are. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-sync.h"

#include "gum-error.h"
#include "gum-ledger-facts.h"

/* Pages that may wait for the writer before no further one is asked for. */
#define MAX_WAITING 64
/* Pages in a row without anything new, after which the list is taken for a circle. */
#define MAX_STALE 2

struct _GumSync
{
  GObject       parent_instance;

  GumLedger    *ledger;
  GumClient    *client;
  GCancellable *cancellable;

  GHashTable   *ids;            /* met in this pass */
  GHashTable   *keys;           /* asked for in this pass */
  char         *resume_key;
  char         *requested_key;
  char         *waiting_key;    /* to be asked for when the writer has caught up */
  GError       *error;          /* why it ends */

  GAsyncQueue  *pages;          /* of GumPageJob: what the writer takes */
  guint         n_stale;
  guint         is_writing : 1;
  guint         is_requesting : 1;
  guint         is_listed : 1;
  guint         is_ending : 1;
  guint         is_done : 1;
};

enum {
  PAGE,
  DONE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GumSync, gum_sync, G_TYPE_OBJECT)

static void request_page (GumSync      *self,
                          const char   *key);
static void write_cb     (GObject      *source,
                          GAsyncResult *result,
                          gpointer      user_data);

static void
fail (GumSync *self,
      GError  *error)
{
  if (self->error == NULL)
    self->error = error;
  else
    g_error_free (error);

  g_cancellable_cancel (self->cancellable);
}

static void
end_pass_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GumSync) self = user_data;
  g_autoptr(GumChanges) changes = gum_ledger_run_finish (GUM_LEDGER (source), result, &self->error);

  if (changes != NULL)
    g_signal_emit (self, signals[PAGE], 0, changes);
  self->is_done = TRUE;
  g_signal_emit (self, signals[DONE], 0, self->error);
}

/* Ends the pass when nothing is under way. */
static void
proceed (GumSync *self)
{
  if (self->is_requesting || self->is_writing || self->is_ending || self->is_done)
    return;

  if (self->error == NULL && self->waiting_key != NULL)
    return;

  if (self->error == NULL && self->is_listed)
    {
      self->is_ending = TRUE;
      gum_ledger_run_async (self->ledger, GUM_LEDGER_WRITER, gum_ledger_products_end_pass,
                            NULL, NULL, gum_changes_free, NULL, end_pass_cb, g_object_ref (self));
      return;
    }

  self->is_done = TRUE;
  g_signal_emit (self, signals[DONE], 0, self->error);
}

static void
write_pages (GumSync *self)
{
  self->is_writing = TRUE;
  gum_ledger_run_async (self->ledger, GUM_LEDGER_WRITER, gum_ledger_products_take_pages,
                        g_async_queue_ref (self->pages), (GDestroyNotify) g_async_queue_unref,
                        gum_changes_free, NULL, write_cb, g_object_ref (self));
}

static void
drop_pages (GumSync *self)
{
  GumPageJob *job;

  while ((job = g_async_queue_try_pop (self->pages)) != NULL)
    gum_page_job_free (job);
}

static void
write_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GumSync) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GumChanges) changes = gum_ledger_run_finish (GUM_LEDGER (source), result, &error);

  self->is_writing = FALSE;
  if (changes == NULL)
    {
      /* The pages behind one that was not written would take its place in the ledger's eyes. */
      drop_pages (self);
      fail (self, g_steal_pointer (&error));
    }
  else
    {
      if (changes->n_bad > 0)
        g_message ("%u records of the list could not be used", changes->n_bad);
      g_signal_emit (self, signals[PAGE], 0, changes);
    }

  if (g_async_queue_length (self->pages) > 0)
    write_pages (self);
  if (self->waiting_key != NULL && self->error == NULL)
    {
      g_autofree char *key = g_steal_pointer (&self->waiting_key);

      request_page (self, key);
    }
  proceed (self);
}

/* FALSE when the list goes in circles. */
static gboolean
is_going_on (GumSync *self,
             GumPage *page)
{
  gboolean anything_new = FALSE;

  for (guint i = 0; i < page->ids->len; i++)
    {
      if (g_hash_table_add (self->ids, g_strdup (g_ptr_array_index (page->ids, i))))
        anything_new = TRUE;
    }
  self->n_stale = anything_new ? 0 : self->n_stale + 1;

  return page->next_page_key == NULL ||
         (self->n_stale < MAX_STALE &&
          g_hash_table_add (self->keys, g_strdup (page->next_page_key)));
}

static void
take_page (GumSync *self,
           GumPage *page)
{
  g_autofree char *next_key = NULL;
  gboolean is_first = self->requested_key == NULL;
  gboolean is_full = g_async_queue_length (self->pages) + 1 >= MAX_WAITING;
  GumPageJob *job;

  if (!is_going_on (self, page))
    {
      gum_page_free (page);
      fail (self, g_error_new_literal (GUM_ERROR, GUM_ERROR_PROTOCOL,
                                       "The list of products goes in circles"));
      return;
    }

  job = gum_page_job_new (page);
  job->is_first = is_first;
  job->keeps_key = is_first && self->resume_key != NULL && page->next_page_key != NULL;
  next_key = g_strdup (job->keeps_key ? self->resume_key : page->next_page_key);
  if (job->keeps_key)
    g_hash_table_add (self->keys, g_strdup (next_key));
  /* Somebody waits for the top of the list. */
  job->ends_write = is_first || is_full || next_key == NULL;

  g_async_queue_push (self->pages, job);

  /* The network first: it is what takes long. */
  if (next_key == NULL)
    self->is_listed = TRUE;
  else if (is_full)
    self->waiting_key = g_steal_pointer (&next_key);
  else
    request_page (self, next_key);

  if (!self->is_writing)
    write_pages (self);
}

/* The list has changed so much since that its page is no longer there. */
static gboolean
is_stale_key (GumSync      *self,
              const GError *error)
{
  return self->resume_key != NULL && g_strcmp0 (self->requested_key, self->resume_key) == 0 &&
         error->domain == GUM_ERROR && gum_error_get_status (error) == 400;
}

static void
start_anew (GumSync *self)
{
  g_clear_pointer (&self->resume_key, g_free);
  g_hash_table_remove_all (self->ids);
  g_hash_table_remove_all (self->keys);
  self->n_stale = 0;
  request_page (self, NULL);
}

static void
list_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GumSync) self = user_data;
  g_autoptr(GError) error = NULL;
  GumPage *page = gum_client_list_finish (GUM_CLIENT (source), result, &error);

  self->is_requesting = FALSE;
  if (page == NULL && self->error == NULL && is_stale_key (self, error))
    start_anew (self);
  else if (page == NULL)
    fail (self, g_steal_pointer (&error));
  else if (self->error != NULL)
    gum_page_free (page);
  else
    take_page (self, page);
  proceed (self);
}

static void
request_page (GumSync    *self,
              const char *key)
{
  g_autofree char *old_key = g_steal_pointer (&self->requested_key);

  self->requested_key = g_strdup (key);
  self->is_requesting = TRUE;
  gum_client_list_members_async (self->client, &gum_product_endpoint, NULL, key, gum_ledger_members,
                                 self->cancellable, list_cb, g_object_ref (self));
}

static void
gum_sync_finalize (GObject *object)
{
  GumSync *self = GUM_SYNC (object);

  g_clear_object (&self->ledger);
  g_clear_object (&self->client);
  g_clear_object (&self->cancellable);
  g_hash_table_unref (self->ids);
  g_hash_table_unref (self->keys);
  g_async_queue_unref (self->pages);
  g_free (self->resume_key);
  g_free (self->requested_key);
  g_free (self->waiting_key);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (gum_sync_parent_class)->finalize (object);
}

static void
gum_sync_class_init (GumSyncClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gum_sync_finalize;

  signals[PAGE] = g_signal_new ("page", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[DONE] = g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
gum_sync_init (GumSync *self)
{
  self->cancellable = g_cancellable_new ();
  self->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->pages = g_async_queue_new_full (gum_page_job_free);
}

GumSync *
gum_sync_new (GumLedger *ledger,
              GumClient *client)
{
  GumSync *self = g_object_new (GUM_TYPE_SYNC, NULL);

  self->ledger = g_object_ref (ledger);
  self->client = g_object_ref (client);

  return self;
}

void
gum_sync_start (GumSync *self)
{
  self->resume_key = gum_ledger_products_dup_resume_key (gum_ledger_get_connection (self->ledger));
  request_page (self, NULL);
}

/* What was read already is still written. "done" follows. */
void
gum_sync_cancel (GumSync *self)
{
  if (!self->is_ending && !self->is_done && self->error == NULL)
    fail (self, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED,
                                     "The refresh was cancelled"));
  proceed (self);
}

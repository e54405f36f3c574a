/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How many things of the journal and of the uploads want to be seen to. What is unclear, and a batch that
 * asks whether it may go on, want it until something is done about them. What has failed only wants to be
 * known: it counts until the person has looked. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-attention-private.h"

#include "gum-deliveries.h"
#include "gum-journal.h"
#include "gum-store-private.h"

#define SEEN "activity-seen"
#define DONE GINT_TO_POINTER (1)

struct _GumAttention
{
  GObject   parent_instance;

  /* weak: owns us; NULL: closed */
  GumStore *store;

  guint     n;
  guint     count_id;
};

enum {
  PROP_0,
  PROP_N,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (GumAttention, gum_attention, G_TYPE_OBJECT)

/* --- counting --------------------------------------------------------------------------------- */

/* In the writer's thread, so that what was written before is seen. */
static gpointer
count (GumConnection  *connection,
       gpointer        data,
       GError        **error)
{
  sqlite3_stmt *statement =
    gum_connection_prepare (connection,
                            "SELECT (SELECT count (*) FROM writes WHERE state = ?1)"
                            " + (SELECT count (*) FROM writes WHERE state IN (?2, ?3) AND ended > ?4)"
                            " + (SELECT count (*) FROM batches WHERE state = ?5)"
                            " + (SELECT count (*) FROM uploads WHERE NOT hidden"
                            "    AND (state = ?6 OR state = ?7 AND ended > ?4))", error);
  gint64 *n = NULL;

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int (statement, 1, GUM_WRITE_UNCLEAR);
  sqlite3_bind_int (statement, 2, GUM_WRITE_FAILED);
  sqlite3_bind_int (statement, 3, GUM_WRITE_CONFLICT);
  sqlite3_bind_int64 (statement, 4, gum_connection_get_fact_int (connection, SEEN));
  sqlite3_bind_int (statement, 5, GUM_BATCH_ASKING);
  sqlite3_bind_int (statement, 6, GUM_DELIVERY_UNCLEAR);
  sqlite3_bind_int (statement, 7, GUM_DELIVERY_FAILED);
  if (gum_connection_step (connection, statement, error) == GUM_STEP_ROW)
    {
      n = g_new0 (gint64, 1);
      *n = sqlite3_column_int64 (statement, 0);
    }
  sqlite3_reset (statement);

  return n;
}

static void
counted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GumAttention) self = user_data;
  g_autofree gint64 *n = gum_ledger_run_finish (GUM_LEDGER (source), result, NULL);

  if (n == NULL || self->n == *n)
    return;
  self->n = *n;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N]);
}

static gboolean
count_cb (gpointer data)
{
  GumAttention *self = data;

  self->count_id = 0;
  if (self->store != NULL)
    gum_ledger_run_async (_gum_store_get_ledger (self->store), GUM_LEDGER_WRITER, count, NULL, NULL, g_free,
                          NULL, counted_cb, g_object_ref (self));

  return G_SOURCE_REMOVE;
}

/* Thousands of writes may end; one count is enough for those of the same moment. */
static void
changed_cb (GumAttention *self)
{
  if (self->count_id == 0 && self->store != NULL)
    self->count_id = g_idle_add (count_cb, self);
}

/* --- seeing ----------------------------------------------------------------------------------- */

static gpointer
note_seen (GumConnection  *connection,
           gpointer        data,
           GError        **error)
{
  return gum_connection_set_fact_int (connection, SEEN, g_get_real_time () / G_USEC_PER_SEC, error)
         ? DONE : NULL;
}

/* --- GObject ---------------------------------------------------------------------------------- */

static void
gum_attention_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_N:
      g_value_set_uint (value, GUM_ATTENTION (object)->n);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
gum_attention_dispose (GObject *object)
{
  GumAttention *self = GUM_ATTENTION (object);

  g_clear_handle_id (&self->count_id, g_source_remove);

  G_OBJECT_CLASS (gum_attention_parent_class)->dispose (object);
}

static void
gum_attention_class_init (GumAttentionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = gum_attention_get_property;
  object_class->dispose = gum_attention_dispose;

  /**
   * GumAttention:n:
   *
   * How many things want to be seen to.
   */
  properties[PROP_N] =
    g_param_spec_uint ("n", NULL, NULL, 0, G_MAXUINT, 0,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
gum_attention_init (GumAttention *self)
{
}

/* For the store, which owns it. */
GumAttention *
_gum_attention_new (GumStore *store)
{
  GumAttention *self = g_object_new (GUM_TYPE_ATTENTION, NULL);
  GumJournal *journal = gum_store_get_journal (store);

  self->store = store;
  g_signal_connect_object (journal, "batch-added", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (journal, "batch-changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (journal, "write-changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gum_store_get_deliveries (store), "notify::n-active", G_CALLBACK (changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gum_store_get_deliveries (store), "items-changed", G_CALLBACK (changed_cb),
                           self, G_CONNECT_SWAPPED);
  changed_cb (self);

  return self;
}

void
_gum_attention_detach (GumAttention *self)
{
  g_clear_handle_id (&self->count_id, g_source_remove);
  self->store = NULL;
}

/**
 * gum_attention_get_n:
 * @self: a count
 *
 * Returns: how many things want to be seen to; 0 until the ledger has been asked
 */
guint
gum_attention_get_n (GumAttention *self)
{
  g_return_val_if_fail (GUM_IS_ATTENTION (self), 0);

  return self->n;
}

/**
 * gum_attention_see:
 * @self: a count
 *
 * The person has looked at what is listed: what has failed until now does not count any more.
 */
void
gum_attention_see (GumAttention *self)
{
  g_return_if_fail (GUM_IS_ATTENTION (self));

  if (self->store == NULL)
    return;

  gum_ledger_note (_gum_store_get_ledger (self->store), note_seen, NULL, NULL);
  changed_cb (self);
}

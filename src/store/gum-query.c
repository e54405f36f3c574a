/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A list of products that follows the ledger.
 *
 *     question ──▶ (idle) ──▶ reader thread: SELECT row … and what is different ──▶ items-changed
 *
 * The model holds the numbers of rows, 8 bytes each. A product is loaded when it is looked at,
 * by the number of its row, and the last few are kept. The very first look runs on the
 * spot for a screenful, so that a first frame has rows. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-query.h"

#include "gum-query-diff.h"
#include "gum-query-question.h"
#include "gum-store-private.h"

#define FIRST_ROWS 40
/* Whoever shows a list holds what it shows; this is for going back and forth a little. */
#define MAX_KEPT 64
/* More edits than this are not worth telling apart. */
#define MAX_EDITS 64

struct _GumQuery
{
  GObject         parent_instance;

  GumStore       *store;
  char           *search;
  GumSort         sort;
  gboolean        descending;
  gboolean        has_sort;      /* somebody asked for it */
  GumFilterState  state;
  GumFilterKind   kind;

  GArray         *rows;          /* of gint64; never changed in place while a thread reads it */
  GHashTable     *kept;          /* row → GList in recent */
  GQueue          recent;        /* of Kept, newest first */

  GCancellable   *cancellable;   /* of the run under way */
  guint           run_id;
  guint           has_rows : 1;  /* an answer, or the first part of one */
  guint           is_new_question : 1;
  guint           pending : 1;
};

typedef struct {
  gint64      row;
  GumProduct *product;
} Kept;

enum {
  PROP_0,
  PROP_PENDING,
  PROP_SEARCH,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void gum_query_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GumQuery, gum_query, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, gum_query_list_model_init))

static void schedule_run (GumQuery *self);

/* --- the rows --------------------------------------------------------------------------------- */

static void
kept_free (gpointer data)
{
  Kept *kept = data;

  g_object_unref (kept->product);
  g_free (kept);
}

static void
forget_kept (GumQuery *self)
{
  g_hash_table_remove_all (self->kept);
  g_queue_clear_full (&self->recent, kept_free);
}

static void
keep (GumQuery   *self,
      gint64      row,
      GumProduct *product)
{
  Kept *kept = g_new (Kept, 1);

  kept->row = row;
  kept->product = g_object_ref (product);
  g_queue_push_head (&self->recent, kept);
  g_hash_table_insert (self->kept, &kept->row, self->recent.head);

  while (self->recent.length > MAX_KEPT)
    {
      Kept *oldest = g_queue_pop_tail (&self->recent);

      g_hash_table_remove (self->kept, &oldest->row);
      kept_free (oldest);
    }
}

static GumQueryQuestion *
new_question (GumQuery *self,
              guint     max_rows)
{
  return gum_query_question_new (self->search, self->state, self->kind, self->sort,
                                 self->descending, !self->has_sort, max_rows);
}

static void
set_pending (GumQuery *self,
             gboolean  pending)
{
  if (self->pending == pending)
    return;

  self->pending = pending;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PENDING]);
}

/* The model is right after each single edit, so that whoever looks in between finds what was
 * said. */
static void
apply (GumQuery       *self,
       GumQueryAnswer *answer)
{
  const gint64 *after = (const gint64 *) answer->rows->data;

  self->has_rows = TRUE;
  for (guint i = answer->edits->len; i > 0; i--)
    {
      GumQueryEdit *edit = &g_array_index (answer->edits, GumQueryEdit, i - 1);

      if (edit->removed > 0)
        g_array_remove_range (self->rows, edit->position, edit->removed);
      if (edit->added > 0)
        g_array_insert_vals (self->rows, edit->position, after + edit->first, edit->added);
      g_list_model_items_changed (G_LIST_MODEL (self), edit->position, edit->removed, edit->added);
    }
}

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GumQuery) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GumQueryAnswer) answer = gum_ledger_run_finish (GUM_LEDGER (source), result, &error);
  gboolean is_stale = g_cancellable_is_cancelled (self->cancellable);

  g_clear_object (&self->cancellable);
  if (answer != NULL && !is_stale)
    apply (self, answer);
  else if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_message ("The list cannot be read: %s", error->message);

  if (is_stale)
    schedule_run (self);
  else if (self->run_id == 0)
    set_pending (self, FALSE);
}

static gboolean
run_cb (gpointer data)
{
  GumQuery *self = data;
  GumQueryQuestion *question;

  self->run_id = 0;
  /* One run at a time: the next one starts when this one has seen that it is not wanted. */
  if (self->cancellable != NULL)
    {
      g_cancellable_cancel (self->cancellable);
      return G_SOURCE_REMOVE;
    }

  question = new_question (self, 0);
  question->before = g_array_copy (self->rows);
  question->max_edits = self->is_new_question ? 1 : MAX_EDITS;
  self->is_new_question = FALSE;
  self->cancellable = g_cancellable_new ();
  gum_ledger_run_async (_gum_store_get_ledger (self->store), GUM_LEDGER_READER,
                        gum_query_question_answer, question, gum_query_question_free,
                        gum_query_answer_free, self->cancellable, answered_cb,
                        g_object_ref (self));

  return G_SOURCE_REMOVE;
}

static void
schedule_run (GumQuery *self)
{
  set_pending (self, TRUE);
  if (self->run_id == 0)
    self->run_id = g_idle_add_full (G_PRIORITY_HIGH, run_cb, self, NULL);
}

/* A screenful, on the spot, for whoever looks first. */
static void
run_first (GumQuery *self)
{
  GumConnection *connection;
  g_autoptr(GumQueryQuestion) question = NULL;
  g_autoptr(GArray) rows = NULL;
  g_autoptr(GError) error = NULL;

  if (self->has_rows)
    return;

  self->has_rows = TRUE;
  connection = gum_ledger_get_connection (_gum_store_get_ledger (self->store));
  if (connection == NULL)
    return;

  question = new_question (self, FIRST_ROWS);
  rows = gum_query_question_ask (question, connection, &error);
  if (rows == NULL)
    {
      gum_ledger_report (_gum_store_get_ledger (self->store), error);
      return;
    }

  g_array_unref (self->rows);
  self->rows = g_steal_pointer (&rows);
  self->is_new_question = FALSE;
  /* The edits of a run that is under way are for a list without rows. */
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

static void
store_changed_cb (GumStore *store,
                  GumQuery *self)
{
  schedule_run (self);
}

/* Another file, in which the numbers of rows mean other products: nothing of before is true. */
static void
store_rebuilt_cb (GumStore   *store,
                  GParamSpec *pspec,
                  GumQuery   *self)
{
  guint n_rows = self->rows->len;

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  forget_kept (self);
  g_array_set_size (self->rows, 0);
  if (n_rows > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n_rows, 0);
  schedule_run (self);
}

/* --- GListModel ------------------------------------------------------------------------------- */

static GType
gum_query_get_item_type (GListModel *model)
{
  return GUM_TYPE_PRODUCT;
}

static guint
gum_query_get_n_items (GListModel *model)
{
  GumQuery *self = GUM_QUERY (model);

  run_first (self);

  return self->rows->len;
}

static gpointer
gum_query_get_item (GListModel *model,
                    guint       position)
{
  GumQuery *self = GUM_QUERY (model);
  GumProduct *product;
  GList *link;
  gint64 row;

  run_first (self);
  if (position >= self->rows->len)
    return NULL;

  row = g_array_index (self->rows, gint64, position);
  link = g_hash_table_lookup (self->kept, &row);
  if (link != NULL)
    {
      g_queue_unlink (&self->recent, link);
      g_queue_push_head_link (&self->recent, link);
      return g_object_ref (((Kept *) link->data)->product);
    }

  product = _gum_store_dup_product_by_row (self->store, row);
  if (product == NULL)
    {
      /* Deleted a moment ago; the run that takes it out of the list is under way. */
      g_autoptr(JsonObject) nothing = json_object_new ();

      return gum_resource_new_from_json (GUM_TYPE_PRODUCT, nothing, NULL);
    }
  keep (self, row, product);

  return product;
}

static void
gum_query_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = gum_query_get_item_type;
  iface->get_n_items = gum_query_get_n_items;
  iface->get_item = gum_query_get_item;
}

/* --- GObject ---------------------------------------------------------------------------------- */

static void
gum_query_get_property (GObject    *object,
                        guint       prop_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  GumQuery *self = GUM_QUERY (object);

  switch (prop_id)
    {
    case PROP_PENDING:
      g_value_set_boolean (value, self->pending);
      break;
    case PROP_SEARCH:
      g_value_set_string (value, self->search);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
gum_query_set_property (GObject      *object,
                        guint         prop_id,
                        const GValue *value,
                        GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_SEARCH:
      gum_query_set_search (GUM_QUERY (object), g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
gum_query_dispose (GObject *object)
{
  GumQuery *self = GUM_QUERY (object);

  g_clear_handle_id (&self->run_id, g_source_remove);
  forget_kept (self);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (gum_query_parent_class)->dispose (object);
}

static void
gum_query_finalize (GObject *object)
{
  GumQuery *self = GUM_QUERY (object);

  g_free (self->search);
  g_array_unref (self->rows);
  g_hash_table_unref (self->kept);

  G_OBJECT_CLASS (gum_query_parent_class)->finalize (object);
}

static void
gum_query_class_init (GumQueryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = gum_query_get_property;
  object_class->set_property = gum_query_set_property;
  object_class->dispose = gum_query_dispose;
  object_class->finalize = gum_query_finalize;

  /**
   * GumQuery:pending:
   *
   * Whether the list does not yet answer the question as it is now.
   */
  properties[PROP_PENDING] =
    g_param_spec_boolean ("pending", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  /**
   * GumQuery:search:
   *
   * What is looked for; %NULL for everything.
   */
  properties[PROP_SEARCH] =
    g_param_spec_string ("search", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
gum_query_init (GumQuery *self)
{
  self->rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->kept = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_queue_init (&self->recent);
}

/**
 * gum_query_new:
 * @store: a store
 *
 * A live [iface@Gio.ListModel] of [class@Gum.Product]: all of them, the newest first.
 *
 * Nothing is read before the model is looked at, or the main loop is next idle: setters that are
 * called right after cost nothing.
 *
 * Returns: (transfer full): the query
 */
GumQuery *
gum_query_new (GumStore *store)
{
  GumQuery *self;

  g_return_val_if_fail (GUM_IS_STORE (store), NULL);

  self = g_object_new (GUM_TYPE_QUERY, NULL);
  self->store = g_object_ref (store);
  g_signal_connect_object (store, "changed", G_CALLBACK (store_changed_cb), self, 0);
  g_signal_connect_object (store, "notify::rebuilt", G_CALLBACK (store_rebuilt_cb), self, 0);
  schedule_run (self);

  return self;
}

static void
question_changed (GumQuery *self)
{
  self->is_new_question = TRUE;
  schedule_run (self);
}

/**
 * gum_query_set_search:
 * @self: a query
 * @text: (nullable): what a person typed; empty for everything
 *
 * Every word must begin a word of the name, the address, the tags or the description, in whatever
 * case, with or without accents. As long as no sort was asked for, matches in the name come first.
 */
void
gum_query_set_search (GumQuery   *self,
                      const char *text)
{
  g_return_if_fail (GUM_IS_QUERY (self));

  if (text != NULL && *text == '\0')
    text = NULL;
  if (g_strcmp0 (self->search, text) == 0)
    return;

  g_free (self->search);
  self->search = g_strdup (text);
  question_changed (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SEARCH]);
}

/**
 * gum_query_set_sort:
 * @self: a query
 * @sort: by what
 * @descending: the largest first; for %GUM_SORT_NEWEST, the oldest first
 *
 * Equals follow each other as in Gumroad's own list. Prices are compared as numbers, whatever their
 * currency.
 */
void
gum_query_set_sort (GumQuery *self,
                    GumSort   sort,
                    gboolean  descending)
{
  g_return_if_fail (GUM_IS_QUERY (self));

  descending = !!descending;
  if (self->has_sort && self->sort == sort && self->descending == descending)
    return;

  self->has_sort = TRUE;
  self->sort = sort;
  self->descending = descending;
  question_changed (self);
}

/**
 * gum_query_set_filter:
 * @self: a query
 * @state: published, drafts, or both
 * @kind: of what kind
 *
 * Shows only products that are both.
 */
void
gum_query_set_filter (GumQuery       *self,
                      GumFilterState  state,
                      GumFilterKind   kind)
{
  g_return_if_fail (GUM_IS_QUERY (self));

  if (self->state == state && self->kind == kind)
    return;

  self->state = state;
  self->kind = kind;
  question_changed (self);
}

/**
 * gum_query_get_pending:
 * @self: a query
 *
 * Returns: whether a run is under way
 */
gboolean
gum_query_get_pending (GumQuery *self)
{
  g_return_val_if_fail (GUM_IS_QUERY (self), FALSE);

  return self->pending;
}

/**
 * gum_query_get_search:
 * @self: a query
 *
 * Returns: (transfer none) (nullable): what is looked for
 */
const char *
gum_query_get_search (GumQuery *self)
{
  g_return_val_if_fail (GUM_IS_QUERY (self), NULL);

  return self->search;
}

/**
 * gum_query_find:
 * @self: a query
 * @id: a product
 *
 * Returns: where it stands in the list, or %G_MAXUINT
 */
guint
gum_query_find (GumQuery   *self,
                const char *id)
{
  GumConnection *connection;
  sqlite3_stmt *statement;
  gint64 row = 0;

  g_return_val_if_fail (GUM_IS_QUERY (self), G_MAXUINT);
  g_return_val_if_fail (id != NULL, G_MAXUINT);

  connection = gum_ledger_get_connection (_gum_store_get_ledger (self->store));
  statement = connection != NULL
    ? gum_connection_prepare (connection, "SELECT row FROM products WHERE id = ?", NULL) : NULL;
  if (statement == NULL)
    return G_MAXUINT;

  gum_connection_bind_text (statement, 1, id);
  if (gum_connection_step (connection, statement, NULL) == GUM_STEP_ROW)
    row = sqlite3_column_int64 (statement, 0);
  sqlite3_reset (statement);

  run_first (self);
  for (guint i = 0; row != 0 && i < self->rows->len; i++)
    {
      if (g_array_index (self->rows, gint64, i) == row)
        return i;
    }

  return G_MAXUINT;
}

/**
 * gum_query_get_row:
 * @self: a query
 * @position: a place in the list
 *
 * Nothing is loaded for it.
 *
 * Returns: the number of the product's row in the ledger, which never becomes another product's; 0:
 *   there is none
 */
gint64
gum_query_get_row (GumQuery *self,
                   guint     position)
{
  g_return_val_if_fail (GUM_IS_QUERY (self), 0);

  return position < self->rows->len ? g_array_index (self->rows, gint64, position) : 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* All drafts of an account, as a list: the newest first. A draft without changes is not in it, and
 * lives as long as somebody holds it. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-drafts.h"

#include "gum-draft-private.h"
#include "gum-store-private.h"

#include <string.h>

/* Typing is written when it pauses, and after this time at the latest. */
#define NOTE_MILLISECONDS 400
/* After the ledger could not be written. */
#define RETRY_MILLISECONDS 5000

struct _GumDrafts
{
  GObject     parent_instance;

  /* owned */
  GPtrArray  *list;        /* of GumDraft: those with changes */
  GHashTable *dirty;       /* of GumDraft: not in the ledger, nor on the way to it */
  GHashTable *notes;       /* GumDraft → the Note on its way to the ledger that is the newest */

  /* weak */
  GumStore   *store;       /* owns us */
  GPtrArray  *empty;       /* of GumDraft, unowned: those without, as long as they live */

  guint       note_id;
  gboolean    is_partial;  /* not all that the ledger has could be read */
};

static void gum_drafts_list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GumDrafts, gum_drafts, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      gum_drafts_list_model_iface_init))

static GType
gum_drafts_get_item_type (GListModel *model)
{
  return GUM_TYPE_DRAFT;
}

static guint
gum_drafts_get_n_items (GListModel *model)
{
  return GUM_DRAFTS (model)->list->len;
}

static gpointer
gum_drafts_get_item (GListModel *model,
                     guint       position)
{
  GumDrafts *self = GUM_DRAFTS (model);

  return position < self->list->len ? g_object_ref (g_ptr_array_index (self->list, position)) : NULL;
}

static void
gum_drafts_list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = gum_drafts_get_item_type;
  iface->get_n_items = gum_drafts_get_n_items;
  iface->get_item = gum_drafts_get_item;
}

/* --- the table -------------------------------------------------------------------------------- */

/* In the writer's thread. @data: GumDraftRow. */
static gpointer
write_row (GumConnection  *connection,
           gpointer        data,
           GError        **error)
{
  GumDraftRow *row = data;
  sqlite3_stmt *statement;

  if (row->mine == NULL)
    {
      statement = gum_connection_prepare (connection, "DELETE FROM drafts WHERE product = ?", error);
      if (statement == NULL)
        return NULL;
      gum_connection_bind_text (statement, 1, row->product_id);
    }
  else
    {
      statement = gum_connection_prepare (connection, "INSERT OR REPLACE INTO drafts"
                                          " (product, label, base, mine, changed)"
                                          " VALUES (?, ?, ?, ?, ?)", error);
      if (statement == NULL)
        return NULL;
      gum_connection_bind_text (statement, 1, row->product_id);
      gum_connection_bind_text (statement, 2, row->label);
      gum_connection_bind_text (statement, 3, row->base);
      gum_connection_bind_text (statement, 4, row->mine);
      sqlite3_bind_int64 (statement, 5, row->changed);
    }
  gum_connection_run (connection, statement, error);

  return NULL;
}

/* A ledger holds a few drafts, and they are read at once: who opens a product must see its draft. */
static void
read_all (GumDrafts *self)
{
  GumLedger *ledger = _gum_store_get_ledger (self->store);
  GumConnection *connection = gum_ledger_get_connection (ledger);
  g_autoptr(GError) error = NULL;
  sqlite3_stmt *statement;

  statement = connection != NULL
    ? gum_connection_prepare (connection, "SELECT product, label, base, mine, changed FROM drafts"
                              " ORDER BY changed DESC", &error) : NULL;
  while (statement != NULL && gum_connection_step (connection, statement, &error) == GUM_STEP_ROW)
    {
      GumDraftRow row = {
        (char *) sqlite3_column_text (statement, 0), (char *) sqlite3_column_text (statement, 1),
        (char *) sqlite3_column_text (statement, 2), (char *) sqlite3_column_text (statement, 3),
        sqlite3_column_int64 (statement, 4),
      };
      g_autoptr(GumDraft) draft = _gum_draft_new_from_row (self, &row);

      if (gum_draft_get_n_changes (draft) > 0)
        g_ptr_array_add (self->list, g_steal_pointer (&draft));
    }
  if (statement != NULL)
    sqlite3_reset (statement);
  if (error != NULL)
    gum_ledger_report (ledger, error);
}

/* --- what changes ----------------------------------------------------------------------------- */

static void
empty_gone_cb (gpointer  data,
               GObject  *draft)
{
  g_ptr_array_remove_fast (GUM_DRAFTS (data)->empty, draft);
}

static void
add_empty (GumDrafts *self,
           GumDraft  *draft)
{
  g_ptr_array_add (self->empty, draft);
  g_object_weak_ref (G_OBJECT (draft), empty_gone_cb, self);
}

static void
remove_empty (GumDrafts *self,
              GumDraft  *draft)
{
  if (g_ptr_array_remove_fast (self->empty, draft))
    g_object_weak_unref (G_OBJECT (draft), empty_gone_cb, self);
}

/* A draft on its way to the ledger. */
typedef struct {
  GumDrafts *drafts;
  GumDraft  *draft;
} Note;

static gboolean
note_cb (gpointer data)
{
  GumDrafts *self = data;

  self->note_id = 0;
  _gum_drafts_flush (self);

  return G_SOURCE_REMOVE;
}

static void
schedule_note (GumDrafts *self,
               guint      milliseconds)
{
  if (self->note_id == 0)
    self->note_id = g_timeout_add (milliseconds, note_cb, self);
}

/* What could not be written, on a full disk for one, is tried again until it can. */
static void
noted_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autofree Note *note = user_data;
  g_autoptr(GumDrafts) self = note->drafts;
  g_autoptr(GumDraft) draft = note->draft;
  g_autoptr(GError) error = NULL;

  gum_ledger_run_finish (GUM_LEDGER (source), result, &error);
  if (error == NULL && self->store != NULL)
    _gum_store_heal (self->store);
  if (g_hash_table_lookup (self->notes, draft) != note)
    return;

  g_hash_table_remove (self->notes, draft);
  if (error == NULL)
    return;
  g_hash_table_add (self->dirty, g_object_ref (draft));
  if (self->store != NULL)
    schedule_note (self, RETRY_MILLISECONDS);
}

void
_gum_drafts_flush (GumDrafts *self)
{
  GHashTableIter iter;
  gpointer draft;

  g_clear_handle_id (&self->note_id, g_source_remove);
  if (self->store == NULL)
    return;

  g_hash_table_iter_init (&iter, self->dirty);
  while (g_hash_table_iter_next (&iter, &draft, NULL))
    {
      Note *note = g_new0 (Note, 1);

      note->drafts = g_object_ref (self);
      note->draft = g_object_ref (draft);
      g_hash_table_insert (self->notes, draft, note);
      gum_ledger_run_essential_async (_gum_store_get_ledger (self->store), write_row,
                                      _gum_draft_dup_row (draft),
                                      (GDestroyNotify) _gum_draft_row_free, NULL, noted_cb, note);
    }
  g_hash_table_remove_all (self->dirty);
}

static void
take_over_draft (GumDrafts *self,
                 GumDrafts *old,
                 GumDraft  *draft)
{
  g_autoptr(GumDraft) mine = gum_drafts_dup_draft (self, gum_draft_get_product_id (draft), NULL);

  if (old->is_partial)
    _gum_draft_add (mine, draft);
  else
    _gum_draft_take_over (mine, draft);
}

/**
 * gum_drafts_take_over:
 * @self: the drafts of a ledger that was opened again
 * @old: those from before it was closed
 *
 * What @old may not have got into the file, because it could not be written, goes into it now.
 */
void
gum_drafts_take_over (GumDrafts *self,
                      GumDrafts *old)
{
  GHashTableIter iter;
  gpointer draft;

  g_return_if_fail (GUM_IS_DRAFTS (self) && GUM_IS_DRAFTS (old));

  g_hash_table_iter_init (&iter, old->dirty);
  while (g_hash_table_iter_next (&iter, &draft, NULL))
    take_over_draft (self, old, draft);
  g_hash_table_iter_init (&iter, old->notes);
  while (g_hash_table_iter_next (&iter, &draft, NULL))
    take_over_draft (self, old, draft);
}

/* The ledger is a new file. */
void
_gum_drafts_rewrite (GumDrafts *self)
{
  for (guint i = 0; i < self->list->len; i++)
    g_hash_table_add (self->dirty, g_object_ref (g_ptr_array_index (self->list, i)));
  _gum_drafts_flush (self);
}

/* A draft has changed: it moves to the top, or off the list, and into the ledger. */
void
_gum_drafts_note (GumDrafts *self,
                  GumDraft  *draft,
                  gboolean   at_once)
{
  g_autoptr(GumDraft) alive = g_object_ref (draft);
  gboolean has_changes = gum_draft_get_n_changes (draft) > 0;
  guint position;

  g_hash_table_add (self->dirty, g_object_ref (draft));
  if (at_once)
    _gum_drafts_flush (self);
  else
    schedule_note (self, NOTE_MILLISECONDS);

  if (!g_ptr_array_find (self->list, draft, &position))
    {
      if (!has_changes)
        return;
      remove_empty (self, draft);
      g_ptr_array_insert (self->list, 0, g_object_ref (draft));
      g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, 1);
    }
  else if (!has_changes)
    {
      g_ptr_array_remove_index (self->list, position);
      add_empty (self, draft);
      g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
    }
  else if (position > 0)
    {
      g_ptr_array_insert (self->list, 0, g_ptr_array_steal_index (self->list, position));
      g_list_model_items_changed (G_LIST_MODEL (self), 0, position + 1, position + 1);
    }
}

/* --- GObject ---------------------------------------------------------------------------------- */

static void
gum_drafts_finalize (GObject *object)
{
  GumDrafts *self = GUM_DRAFTS (object);

  g_clear_handle_id (&self->note_id, g_source_remove);
  for (guint i = 0; i < self->empty->len; i++)
    g_object_weak_unref (g_ptr_array_index (self->empty, i), empty_gone_cb, self);
  g_ptr_array_unref (self->empty);
  g_ptr_array_unref (self->list);
  g_hash_table_unref (self->dirty);
  g_hash_table_unref (self->notes);

  G_OBJECT_CLASS (gum_drafts_parent_class)->finalize (object);
}

static void
gum_drafts_class_init (GumDraftsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gum_drafts_finalize;
}

static void
gum_drafts_init (GumDrafts *self)
{
  self->list = g_ptr_array_new_with_free_func (g_object_unref);
  self->empty = g_ptr_array_new ();
  self->dirty = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  self->notes = g_hash_table_new (NULL, NULL);
}

/* For the store, which owns it. */
GumDrafts *
_gum_drafts_new (GumStore *store)
{
  GumDrafts *self = g_object_new (GUM_TYPE_DRAFTS, NULL);

  self->store = store;
  self->is_partial = gum_ledger_is_partial (_gum_store_get_ledger (store));
  read_all (self);

  return self;
}

/* The store is being closed: whoever still holds a draft can read it. */
void
_gum_drafts_detach (GumDrafts *self)
{
  _gum_drafts_flush (self);
  self->store = NULL;
}

GumStore *
_gum_drafts_get_store (GumDrafts *self)
{
  return self->store;
}

/* A save that was unclear and turned out to be done, or that was sent again from Activity, leaves nothing
 * of it in the draft. */
void
_gum_drafts_take_write (GumDrafts *self,
                        GumWrite  *write)
{
  const char *product_id = gum_write_get_product_id (write);
  JsonObject *body = gum_write_get_body (write);
  GumDraft *draft = product_id != NULL ? gum_drafts_find (self, product_id) : NULL;

  if (draft != NULL && body != NULL)
    _gum_draft_forget_sent (draft, body);
}

/**
 * gum_drafts_find:
 * @self: the drafts
 * @product_id: a product
 *
 * Returns: (transfer none) (nullable): the draft of the product, if it has changes
 */
GumDraft *
gum_drafts_find (GumDrafts  *self,
                 const char *product_id)
{
  g_return_val_if_fail (GUM_IS_DRAFTS (self), NULL);
  g_return_val_if_fail (product_id != NULL, NULL);

  for (guint i = 0; i < self->list->len; i++)
    {
      GumDraft *draft = g_ptr_array_index (self->list, i);

      if (strcmp (gum_draft_get_product_id (draft), product_id) == 0)
        return draft;
    }

  return NULL;
}

/**
 * gum_drafts_dup_draft:
 * @self: the drafts
 * @product_id: a product
 * @label: (nullable): what it is called
 *
 * There is one draft for each product while somebody holds it or it has changes.
 *
 * Returns: (transfer full): the draft of the product, which may have no changes yet
 */
GumDraft *
gum_drafts_dup_draft (GumDrafts  *self,
                      const char *product_id,
                      const char *label)
{
  GumDraft *draft;

  g_return_val_if_fail (GUM_IS_DRAFTS (self), NULL);
  g_return_val_if_fail (product_id != NULL, NULL);

  draft = gum_drafts_find (self, product_id);
  if (draft != NULL)
    return g_object_ref (draft);

  for (guint i = 0; i < self->empty->len; i++)
    {
      draft = g_ptr_array_index (self->empty, i);
      if (strcmp (gum_draft_get_product_id (draft), product_id) == 0)
        return g_object_ref (draft);
    }

  draft = _gum_draft_new (self, product_id, label);
  add_empty (self, draft);

  return draft;
}

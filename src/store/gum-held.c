/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Products that are alive somewhere: one object an id, found by id and by row, brought up to
 * date in place when its row changes. Nothing is kept alive here. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-held.h"

#include "gum-json.h"

typedef struct {
  GumHeld    *owner;      /* unowned */
  GumProduct *product;    /* unowned; a weak reference tells when it goes */
  gint64      row;
  char       *id;
} Entry;

struct _GumHeld
{
  GumLedger  *ledger;
  GHashTable *by_id;      /* id → Entry, owned here */
  GHashTable *by_row;     /* row → Entry */
};

static void
product_gone_cb (gpointer  data,
                 GObject  *product)
{
  Entry *entry = data;
  GumHeld *self = entry->owner;

  entry->product = NULL;
  if (g_hash_table_lookup (self->by_row, &entry->row) == entry)
    g_hash_table_remove (self->by_row, &entry->row);
  g_hash_table_remove (self->by_id, entry->id);
}

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  if (entry->product != NULL)
    g_object_weak_unref (G_OBJECT (entry->product), product_gone_cb, entry);
  g_free (entry->id);
  g_free (entry);
}

static void
hold (GumHeld    *self,
      GumProduct *product,
      gint64      row,
      const char *id)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->owner = self;
  entry->product = product;
  entry->row = row;
  entry->id = g_strdup (id);
  g_object_weak_ref (G_OBJECT (product), product_gone_cb, entry);
  g_hash_table_insert (self->by_id, entry->id, entry);
  g_hash_table_insert (self->by_row, &entry->row, entry);
}

static void
move_entry (GumHeld *self,
            Entry   *entry,
            gint64   row)
{
  if (entry->row == row && g_hash_table_lookup (self->by_row, &entry->row) == entry)
    return;

  if (g_hash_table_lookup (self->by_row, &entry->row) == entry)
    g_hash_table_remove (self->by_row, &entry->row);
  entry->row = row;
  g_hash_table_insert (self->by_row, &entry->row, entry);
}

/* Members that are gone from the record are told as null: the object would keep them otherwise. */
static void
update_product (GumProduct *product,
                JsonObject *json)
{
  JsonObject *known = gum_resource_get_json (GUM_RESOURCE (product));
  g_autoptr(GList) members = known != NULL ? json_object_get_members (known) : NULL;

  for (GList *l = members; l != NULL; l = l->next)
    {
      if (!json_object_has_member (json, l->data))
        json_object_set_null_member (json, l->data);
    }

  gum_resource_update (GUM_RESOURCE (product), json, NULL);
}

static GumProduct *
take_row (GumHeld      *self,
          sqlite3_stmt *statement)
{
  gint64 row = sqlite3_column_int64 (statement, 0);
  const char *id = (const char *) sqlite3_column_text (statement, 1);
  Entry *entry = id != NULL ? g_hash_table_lookup (self->by_id, id) : NULL;
  g_autoptr(GBytes) text = NULL;
  GumResource *resource;
  GumProduct *product;

  if (entry != NULL)
    {
      move_entry (self, entry, row);
      return g_object_ref (entry->product);
    }

  text = g_bytes_new (sqlite3_column_text (statement, 2), sqlite3_column_bytes (statement, 2));
  resource = id != NULL ? gum_resource_new_from_text (GUM_TYPE_PRODUCT, text, NULL) : NULL;
  if (resource == NULL)
    return NULL;

  product = GUM_PRODUCT (resource);
  hold (self, product, row, id);

  return product;
}

static GumProduct *
load_product (GumHeld    *self,
              const char *sql,
              const char *id,
              gint64      row)
{
  GumConnection *connection = gum_ledger_get_connection (self->ledger);
  g_autoptr(GError) error = NULL;
  GumProduct *product = NULL;
  sqlite3_stmt *statement;

  if (connection == NULL)
    return NULL;

  statement = gum_connection_prepare (connection, sql, &error);
  if (statement != NULL)
    {
      if (id != NULL)
        gum_connection_bind_text (statement, 1, id);
      else
        sqlite3_bind_int64 (statement, 1, row);
      if (gum_connection_step (connection, statement, &error) == GUM_STEP_ROW)
        product = take_row (self, statement);
      sqlite3_reset (statement);
    }
  if (error != NULL)
    gum_ledger_report (self->ledger, error);

  return product;
}

static void
refresh_entry (GumHeld *self,
               Entry   *entry)
{
  GumConnection *connection = gum_ledger_get_connection (self->ledger);
  g_autoptr(GumProduct) product = g_object_ref (entry->product);
  g_autoptr(JsonObject) json = NULL;
  sqlite3_stmt *statement;

  statement = connection != NULL
    ? gum_connection_prepare (connection, "SELECT json FROM products WHERE row = ?", NULL) : NULL;
  if (statement == NULL)
    return;

  sqlite3_bind_int64 (statement, 1, entry->row);
  if (gum_connection_step (connection, statement, NULL) == GUM_STEP_ROW)
    json = gum_json_from_text ((const char *) sqlite3_column_text (statement, 0), -1);
  sqlite3_reset (statement);
  if (json != NULL)
    update_product (product, json);
}

GumHeld *
gum_held_new (GumLedger *ledger)
{
  GumHeld *self = g_new0 (GumHeld, 1);

  self->ledger = g_object_ref (ledger);
  self->by_id = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, entry_free);
  self->by_row = g_hash_table_new (g_int64_hash, g_int64_equal);

  return self;
}

void
gum_held_free (GumHeld *self)
{
  g_hash_table_unref (self->by_row);
  g_hash_table_unref (self->by_id);
  g_object_unref (self->ledger);
  g_free (self);
}

/* NULL when the ledger does not have it; one that is held and was deleted is not there any more. */
GumProduct *
gum_held_dup_by_id (GumHeld    *self,
                    const char *id)
{
  return load_product (self, "SELECT row, id, json FROM products WHERE id = ?", id, 0);
}

GumProduct *
gum_held_dup_by_row (GumHeld *self,
                     gint64   row)
{
  Entry *entry = g_hash_table_lookup (self->by_row, &row);

  if (entry != NULL)
    return g_object_ref (entry->product);

  return load_product (self, "SELECT row, id, json FROM products WHERE row = ?", NULL, row);
}

void
gum_held_take_change (GumHeld         *self,
                      const GumChange *change)
{
  Entry *entry = g_hash_table_lookup (self->by_id, change->id);

  if (entry == NULL || change->kind == GUM_CHANGE_DELETED)
    return;

  move_entry (self, entry, change->row);
  refresh_entry (self, entry);
}

/* The rows have new numbers: the file is another one. */
void
gum_held_forget_rows (GumHeld *self)
{
  g_hash_table_remove_all (self->by_row);
}

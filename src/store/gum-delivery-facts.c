/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What deliveries know of a product's files and Gumroad does not tell: where it keeps them, what stands below their
 * names, which came into the place of which. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-deliveries.h"

#include "gum-delivery-private.h"
#include "gum-store-private.h"
#include "gum-util.h"

static GumDeliveryRow *
get_row (GumDeliveries *self,
         guint          i)
{
  return _gum_delivery_get_row (_gum_deliveries_get_known (self, i));
}

static GumConnection *
get_connection (GumDeliveries *self)
{
  GumStore *store = _gum_deliveries_get_store (self);

  return store != NULL ? gum_ledger_get_connection (_gum_store_get_ledger (store)) : NULL;
}

/* Of what has come into the place of the file that @row replaces, and was asked for before @row: what came later is
 * newer, and is not to be replaced by it. (nullable) */
char *
_gum_deliveries_dup_heir (GumDeliveries        *self,
                          const GumDeliveryRow *row)
{
  GumConnection *connection = get_connection (self);
  sqlite3_stmt *statement;
  char *heir = NULL;

  for (guint i = 0; i < _gum_deliveries_get_n_known (self); i++)
    {
      const GumDeliveryRow *other = get_row (self, i);

      if (other->row < row->row && other->state == GUM_DELIVERY_DONE &&
          g_str_equal (other->product_id, row->product_id) &&
          g_strcmp0 (other->replaces, row->replaces) == 0)
        return g_strdup (other->file_id);
    }

  statement = connection != NULL
    ? gum_connection_prepare (connection, "SELECT file FROM uploads WHERE product = ? AND replaces = ?"
                              " AND row < ? AND state = 2 ORDER BY row DESC LIMIT 1", NULL) : NULL;
  if (statement == NULL)
    return NULL;
  gum_connection_bind_text (statement, 1, row->product_id);
  gum_connection_bind_text (statement, 2, row->replaces);
  sqlite3_bind_int64 (statement, 3, row->row);
  if (gum_connection_step (connection, statement, NULL) == GUM_STEP_ROW)
    heir = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  sqlite3_reset (statement);

  return heir;
}

/* In the writer's thread. @data: a product, a file, its description or NULL. */
static gpointer
describe_file (GumConnection  *connection,
               gpointer        data,
               GError        **error)
{
  char **facts = data;
  sqlite3_stmt *statement =
    gum_connection_prepare (connection, facts[2] != NULL
                            ? "UPDATE uploads SET description = ?3 WHERE product = ?1 AND file = ?2"
                            : "UPDATE uploads SET url = NULL WHERE product = ?1 AND file = ?2", error);

  if (statement == NULL)
    return NULL;
  for (int i = 0; facts[i] != NULL; i++)
    gum_connection_bind_text (statement, i + 1, facts[i]);
  gum_connection_run (connection, statement, error);

  return NULL;
}

static void
change_file (GumDeliveries *self,
             const char    *product_id,
             const char    *file_id,
             const char    *description)
{
  const char *facts[] = { product_id, file_id, description, NULL };

  for (guint i = 0; i < _gum_deliveries_get_n_known (self); i++)
    {
      GumDeliveryRow *row = get_row (self, i);

      if (g_strcmp0 (row->file_id, file_id) == 0 && g_str_equal (row->product_id, product_id))
        gum_set_str (description != NULL ? &row->description : &row->url, description);
    }
  if (_gum_deliveries_get_store (self) != NULL)
    gum_ledger_note (_gum_store_get_ledger (_gum_deliveries_get_store (self)), describe_file,
                     g_strdupv ((char **) facts), (GDestroyNotify) g_strfreev);
}

/* What is written below a file's name from now on: Gumroad does not tell it. */
void
_gum_deliveries_describe (GumDeliveries *self,
                          const char    *product_id,
                          const char    *file_id,
                          const char    *description)
{
  change_file (self, product_id, file_id, description);
}

/* Gumroad has renamed what it keeps: the address that is known is that of nothing any more. */
void
_gum_deliveries_forget_url (GumDeliveries *self,
                            const char    *product_id,
                            const char    *file_id)
{
  change_file (self, product_id, file_id, NULL);
}

/**
 * gum_deliveries_is_replacing:
 * @self: the deliveries
 * @product_id: a product
 * @file_id: one of its files
 *
 * Returns: whether another file is on its way to take its place
 */
gboolean
gum_deliveries_is_replacing (GumDeliveries *self,
                             const char    *product_id,
                             const char    *file_id)
{
  g_return_val_if_fail (GUM_IS_DELIVERIES (self), FALSE);
  g_return_val_if_fail (product_id != NULL && file_id != NULL, FALSE);

  for (guint i = 0; i < _gum_deliveries_get_n_known (self); i++)
    {
      const GumDeliveryRow *row = get_row (self, i);

      if (!gum_delivery_is_over (_gum_deliveries_get_known (self, i)) &&
          g_strcmp0 (row->replaces, file_id) == 0 && g_str_equal (row->product_id, product_id))
        return TRUE;
    }

  return FALSE;
}

/* What a delivery of this run knows, or else the ledger. @column: of the table. (nullable) */
static char *
dup_fact (GumDeliveries *self,
          const char    *product_id,
          const char    *file_id,
          const char    *column)
{
  GumConnection *connection = get_connection (self);
  g_autofree char *sql = g_strdup_printf ("SELECT %s FROM uploads WHERE product = ? AND file = ?"
                                          " ORDER BY row DESC LIMIT 1", column);
  sqlite3_stmt *statement;
  char *fact = NULL;

  for (guint i = 0; i < _gum_deliveries_get_n_known (self); i++)
    {
      const GumDeliveryRow *row = get_row (self, i);

      if (g_strcmp0 (row->file_id, file_id) == 0 && g_str_equal (row->product_id, product_id))
        return g_strdup (g_str_equal (column, "url") ? row->url : row->description);
    }

  statement = connection != NULL ? gum_connection_prepare (connection, g_intern_string (sql), NULL) : NULL;
  if (statement == NULL)
    return NULL;
  gum_connection_bind_text (statement, 1, product_id);
  gum_connection_bind_text (statement, 2, file_id);
  if (gum_connection_step (connection, statement, NULL) == GUM_STEP_ROW)
    fact = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  sqlite3_reset (statement);

  return fact;
}

/**
 * gum_deliveries_dup_file_url:
 * @self: the deliveries
 * @product_id: a product
 * @file_id: one of its files
 *
 * Gumroad never tells the canonical address of a file, and wants it where the file is to be changed. Reads
 * one row, where no delivery of this run has it.
 *
 * Returns: (transfer full) (nullable): the address, if the file was uploaded here
 */
char *
gum_deliveries_dup_file_url (GumDeliveries *self,
                             const char    *product_id,
                             const char    *file_id)
{
  g_return_val_if_fail (GUM_IS_DELIVERIES (self), NULL);
  g_return_val_if_fail (product_id != NULL && file_id != NULL, NULL);

  return dup_fact (self, product_id, file_id, "url");
}

/**
 * gum_deliveries_dup_description:
 * @self: the deliveries
 * @product_id: a product
 * @file_id: one of its files
 *
 * Gumroad does not tell descriptions of files either.
 *
 * Returns: (transfer full) (nullable): what was written below the name of the file from here
 */
char *
gum_deliveries_dup_description (GumDeliveries *self,
                                const char    *product_id,
                                const char    *file_id)
{
  g_return_val_if_fail (GUM_IS_DELIVERIES (self), NULL);
  g_return_val_if_fail (product_id != NULL && file_id != NULL, NULL);

  return dup_fact (self, product_id, file_id, "description");
}

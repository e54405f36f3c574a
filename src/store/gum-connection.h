/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/* Private to the store: one SQLite connection, used by one thread at a time. */
typedef struct _GumConnection GumConnection;

typedef enum {
  GUM_CONNECTION_READ_WRITE,
  GUM_CONNECTION_QUERY_ONLY,    /* may touch the WAL index, never the data */
  GUM_CONNECTION_READ_ONLY,
  GUM_CONNECTION_IMMUTABLE,     /* the last resort: the folder cannot be written at all */
} GumConnectionMode;

/* The end of a statement, and a row of it. */
typedef enum {
  GUM_STEP_ERROR = -1,
  GUM_STEP_DONE  = 0,
  GUM_STEP_ROW   = 1,
} GumStep;

GumConnection *gum_connection_open            (const char         *uri,
                                               GumConnectionMode   mode,
                                               GError            **error);
void           gum_connection_close           (GumConnection      *self);
gboolean       gum_connection_is_read_only    (GumConnection      *self);
void           gum_connection_set_cancellable (GumConnection      *self,
                                               GCancellable       *cancellable,
                                               int                *closing);
sqlite3       *gum_connection_get_handle      (GumConnection      *self);
gboolean       gum_connection_set_error       (GumConnection      *self,
                                               GError            **error);

/* @sql must be a literal: prepared statements are kept by address. The statement is reset and its
 * bindings are cleared; it belongs to the connection. */
sqlite3_stmt  *gum_connection_prepare         (GumConnection      *self,
                                               const char         *sql,
                                               GError            **error);
/* @text must stay until the statement is over; NULL: none. */
void           gum_connection_bind_text       (sqlite3_stmt       *statement,
                                               int                 column,
                                               const char         *text);
GumStep        gum_connection_step            (GumConnection      *self,
                                               sqlite3_stmt       *statement,
                                               GError            **error);
gboolean       gum_connection_run             (GumConnection      *self,
                                               sqlite3_stmt       *statement,
                                               GError            **error);
gboolean       gum_connection_exec            (GumConnection      *self,
                                               const char         *sql,
                                               GError            **error);
gboolean       gum_connection_get_int         (GumConnection      *self,
                                               const char         *sql,
                                               gint64             *value,
                                               GError            **error);

gboolean       gum_connection_begin           (GumConnection      *self,
                                               GError            **error);
gboolean       gum_connection_commit          (GumConnection      *self,
                                               GError            **error);
void           gum_connection_rollback        (GumConnection      *self);

gpointer       gum_connection_check           (GumConnection      *connection,
                                               gpointer            data,
                                               GError            **error);

/* The table of single facts. */
char          *gum_connection_dup_fact        (GumConnection      *self,
                                               const char         *key);
gboolean       gum_connection_set_fact        (GumConnection      *self,
                                               const char         *key,
                                               const char         *value,
                                               GError            **error);
gint64         gum_connection_get_fact_int    (GumConnection      *self,
                                               const char         *key);
gboolean       gum_connection_set_fact_int    (GumConnection      *self,
                                               const char         *key,
                                               gint64              value,
                                               GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GumConnection, gum_connection_close)

G_END_DECLS

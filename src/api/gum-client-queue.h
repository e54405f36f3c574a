/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-client.h"
#include "gum-http.h"
#include "gum-request-private.h"

G_BEGIN_DECLS

/* What gum-client.c and gum-client-queue.c share, and nobody else may know. */

/* So many 429 in a row, and reads are given up. */
#define MAX_THROTTLED 50

struct _GumClient
{
  GObject parent_instance;

  /* owned */
  GumHttp   *http;
  char      *url;
  char      *origin;
  GPtrArray *waiting;        /* GTask: for their time, the end of the pause, or a token */
  GSource   *pause_source;

  /* weak: usually owns us */
  GWeakRef authorizer;

  /* plain */
  gint64   paused_until;     /* monotonic */
  guint    n_throttled;      /* 429 in a row */
  guint    generation;       /* counts aborts */
  guint    deadline;
  double   time_scale;
  gboolean refreshing;
};

typedef enum {
  WAITING_FOR_NOTHING,
  WAITING_FOR_TIME,
  WAITING_FOR_PAUSE,
  WAITING_FOR_TOKEN,
} GumClientWaiting;

/* A request on its way: the data of its GTask. */
typedef struct {
  /* owned */
  GumRequest   *request;
  GCancellable *cancellable;     /* the caller's, or NULL */
  GSource      *timer;
  GSource      *cancelled;
  SoupMessage  *message;         /* of the last attempt */
  char         *token;           /* of the last attempt */
  GumPage      *page;            /* of the answer */

  /* static: the array that is left as it came, or NULL */
  const char *list;
  const char * const *members;

  /* plain */
  guint            attempts;
  guint            generation;
  GumClientWaiting waiting;
  gboolean         refreshed;
} GumClientOperation;

/* gum-client.c: sends a request, unless it has to wait. */
void    _gum_client_advance         (GTask            *task);

void    _gum_client_start_waiting   (GTask            *task,
                                     GumClientWaiting  reason,
                                     double            seconds);
void    _gum_client_wake            (GumClient        *self,
                                     GumClientWaiting  reason,
                                     const GError     *error);
void    _gum_client_count_throttled (GumClient        *self,
                                     gint64            retry_after);
void    _gum_client_ask_for_token   (GTask            *task,
                                     GError           *error);
void    _gum_client_clear_source    (GSource         **source);
GError *_gum_client_new_cancelled   (void);

G_END_DECLS

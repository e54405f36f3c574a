/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An authorizer without an account. */

#include "perf-token.h"

struct _PerfToken
{
  GObject  parent_instance;

  char    *token;
};

static char *
perf_token_dup_access_token (GumAuthorizer *authorizer)
{
  return g_strdup (PERF_TOKEN (authorizer)->token);
}

static void
perf_token_refresh_async (GumAuthorizer       *authorizer,
                          const char          *rejected_token,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_task_report_new_error (authorizer, callback, user_data, perf_token_refresh_async,
                           G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "The token was refused");
}

static gboolean
perf_token_refresh_finish (GumAuthorizer  *authorizer,
                           GAsyncResult   *result,
                           GError        **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
perf_token_authorizer_init (GumAuthorizerInterface *iface)
{
  iface->dup_access_token = perf_token_dup_access_token;
  iface->refresh_async = perf_token_refresh_async;
  iface->refresh_finish = perf_token_refresh_finish;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (PerfToken, perf_token, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GUM_TYPE_AUTHORIZER,
                                                      perf_token_authorizer_init))

static void
perf_token_finalize (GObject *object)
{
  g_free (PERF_TOKEN (object)->token);

  G_OBJECT_CLASS (perf_token_parent_class)->finalize (object);
}

static void
perf_token_class_init (PerfTokenClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = perf_token_finalize;
}

static void
perf_token_init (PerfToken *self)
{
}

PerfToken *
perf_token_new (const char *token)
{
  PerfToken *self = g_object_new (PERF_TYPE_TOKEN, NULL);

  self->token = g_strdup (token);

  return self;
}

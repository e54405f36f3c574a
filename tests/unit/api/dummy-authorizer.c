/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An authorizer that a test tells what to lend, and what a refresh brings. */

#include "config.h"

#include "dummy-authorizer.h"
#include "gum-error.h"
#include "gum-util.h"

struct _DummyAuthorizer
{
  GObject parent_instance;

  /* owned */
  char   *token;
  char   *next;
  GError *failure;

  /* plain */
  guint n_refreshs;
};

static void dummy_authorizer_iface_init (GumAuthorizerInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DummyAuthorizer, dummy_authorizer, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GUM_TYPE_AUTHORIZER,
                                                      dummy_authorizer_iface_init))

static char *
dup_access_token (GumAuthorizer *authorizer)
{
  return g_strdup (DUMMY_AUTHORIZER (authorizer)->token);
}

static gboolean
refresh_cb (gpointer data)
{
  GTask *task = data;
  DummyAuthorizer *self = g_task_get_source_object (task);

  if (self->failure != NULL)
    g_task_return_error (task, g_error_copy (self->failure));
  else if (self->next != NULL)
    {
      gum_set_str (&self->token, self->next);
      g_clear_pointer (&self->next, g_free);
      g_task_return_boolean (task, TRUE);
    }
  else
    g_task_return_new_error (task, GUM_ERROR, GUM_ERROR_UNAUTHORIZED, "It is over");

  return G_SOURCE_REMOVE;
}

static void
refresh_async (GumAuthorizer       *authorizer,
               const char          *rejected_token,
               GCancellable        *cancellable,
               GAsyncReadyCallback  callback,
               gpointer             user_data)
{
  DummyAuthorizer *self = DUMMY_AUTHORIZER (authorizer);
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  self->n_refreshs++;
  g_assert_cmpstr (rejected_token, ==, self->token);
  /* Long enough for others to be rejected meanwhile. */
  g_timeout_add_full (G_PRIORITY_DEFAULT, 100, refresh_cb, task, g_object_unref);
}

static gboolean
refresh_finish (GumAuthorizer  *authorizer,
                GAsyncResult   *result,
                GError        **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
dummy_authorizer_iface_init (GumAuthorizerInterface *iface)
{
  iface->dup_access_token = dup_access_token;
  iface->refresh_async = refresh_async;
  iface->refresh_finish = refresh_finish;
}

static void
dummy_authorizer_finalize (GObject *object)
{
  DummyAuthorizer *self = DUMMY_AUTHORIZER (object);

  g_free (self->token);
  g_free (self->next);
  g_clear_error (&self->failure);

  G_OBJECT_CLASS (dummy_authorizer_parent_class)->finalize (object);
}

static void
dummy_authorizer_class_init (DummyAuthorizerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dummy_authorizer_finalize;
}

static void
dummy_authorizer_init (DummyAuthorizer *self)
{
}

DummyAuthorizer *
dummy_authorizer_new (const char *token)
{
  DummyAuthorizer *self = g_object_new (DUMMY_TYPE_AUTHORIZER, NULL);

  self->token = g_strdup (token);

  return self;
}

void
dummy_authorizer_set_token (DummyAuthorizer *self,
                            const char      *token)
{
  gum_set_str (&self->token, token);
}

/* What the next refresh brings; NULL: it fails. */
void
dummy_authorizer_set_next (DummyAuthorizer *self,
                           const char      *token)
{
  gum_set_str (&self->next, token);
}

/* Takes @error: how every refresh fails. */
void
dummy_authorizer_set_failure (DummyAuthorizer *self,
                              GError          *error)
{
  g_clear_error (&self->failure);
  self->failure = error;
}

guint
dummy_authorizer_get_n_refreshs (DummyAuthorizer *self)
{
  return self->n_refreshs;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lends one token that does not belong to an account yet: for the question whose it is. */

#define G_LOG_DOMAIN "gum-account"

#include "config.h"

#include "gum-loan.h"

#include "gum-error.h"
#include "gum-util.h"

struct _GumLoan
{
  GObject  parent_instance;

  /* Owned */
  char    *token;
};

static void gum_loan_authorizer_init (GumAuthorizerInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GumLoan, gum_loan, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GUM_TYPE_AUTHORIZER,
                                                      gum_loan_authorizer_init))

static char *
gum_loan_dup_access_token (GumAuthorizer *authorizer)
{
  return g_strdup (GUM_LOAN (authorizer)->token);
}

static void
gum_loan_refresh_async (GumAuthorizer       *authorizer,
                        const char          *rejected_token,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (authorizer, cancellable, callback, user_data);

  g_task_set_source_tag (task, gum_loan_refresh_async);
  g_task_return_new_error (task, GUM_ERROR, GUM_ERROR_UNAUTHORIZED,
                           "A token that is being tried is not refreshed");
}

static gboolean
gum_loan_refresh_finish (GumAuthorizer  *authorizer,
                         GAsyncResult   *result,
                         GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, authorizer), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
gum_loan_finalize (GObject *object)
{
  GumLoan *self = GUM_LOAN (object);

  g_clear_pointer (&self->token, gum_secret_free);

  G_OBJECT_CLASS (gum_loan_parent_class)->finalize (object);
}

static void
gum_loan_authorizer_init (GumAuthorizerInterface *iface)
{
  iface->dup_access_token = gum_loan_dup_access_token;
  iface->refresh_async = gum_loan_refresh_async;
  iface->refresh_finish = gum_loan_refresh_finish;
}

static void
gum_loan_class_init (GumLoanClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gum_loan_finalize;
}

static void
gum_loan_init (GumLoan *self)
{
}

/**
 * gum_loan_new:
 * @token: an access token
 *
 * Returns: (transfer full): an authorizer that has this token and never another
 */
GumLoan *
gum_loan_new (const char *token)
{
  GumLoan *self;

  g_return_val_if_fail (token != NULL, NULL);

  self = g_object_new (GUM_TYPE_LOAN, NULL);
  gum_set_secret (&self->token, token);

  return self;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One attempt to sign in, from its beginning to its end.
 *
 *   start ──▶ WAITING ──▶ EXCHANGING ──┐
 *             (listener)  (code, once)  ├─▶ VERIFYING ──▶ STORING ──▶ DONE
 *   start with token ──────────────────┘   (GET /user)   (keyring)
 *
 * A keyring that is locked is asked to unlock while the browser has the word, so that STORING comes as
 * no surprise. Its prompt may outlast the browser's part: then STORING waits for it, as long as it takes.
 *
 * Every step may end in FAILED, or, cancelled, in IDLE. What belongs to an attempt carries its number; an
 * answer with an older number changes nothing, except that a token that came too late, or could not be
 * used, is revoked.
 */

#define G_LOG_DOMAIN "gum-account"

#include "config.h"

#include "gum-sign-in-attempt.h"

#include "gum-account-private.h"
#include "gum-accounts-private.h"
#include "gum-errand.h"
#include "gum-error.h"
#include "gum-keyring.h"
#include "gum-oauth-private.h"
#include "gum-renewal.h"
#include "gum-util.h"

/* NULL when the attempt that sent it is over. */
static GumSignIn *
errand_get (GumErrand *errand)
{
  GumSignIn *self = g_weak_ref_get (&errand->owner);

  if (self != NULL && self->attempt != errand->attempt)
    g_clear_object (&self);

  return self;
}

/* Ends the attempt, whatever it was doing. The listener may stay for the final page; a token that was not
 * taken over is given back. */
void
gum_sign_in_end_attempt (GumSignIn *self,
                         gboolean   keep_listener)
{
  self->attempt++;
  self->unlocking = FALSE;
  self->asking_scope = FALSE;
  g_clear_handle_id (&self->timeout_id, g_source_remove);
  g_clear_handle_id (&self->scope_id, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);

  if (self->loopback != NULL && !keep_listener)
    {
      gum_loopback_close (self->loopback);
      g_clear_object (&self->loopback);
    }

  gum_renewal_discard (self->oauth, self->credentials);
  g_clear_pointer (&self->credentials, gum_credentials_free);
  g_clear_pointer (&self->user, json_object_unref);
  g_clear_pointer (&self->pkce, gum_pkce_free);
  g_clear_pointer (&self->client_id, g_free);
  g_clear_pointer (&self->client_secret, gum_secret_free);
  g_clear_object (&self->client);
  g_clear_object (&self->loan);
  g_clear_object (&self->oauth);
  if (self->accounts != NULL && self->state > GUM_SIGN_IN_WAITING &&
      self->state < GUM_SIGN_IN_DONE)
    gum_accounts_set_unfinished (self->accounts, FALSE);
  gum_sign_in_set_authorize_url (self, NULL);
}

/* Takes @cause. */
static void
fail (GumSignIn      *self,
      GumSignInError  code,
      GError         *cause)
{
  gboolean answered = self->loopback != NULL && code != GUM_SIGN_IN_ERROR_TIMEOUT;

  gum_sign_in_end_attempt (self, answered);
  g_debug ("Sign-in failed: %s%s%s", gum_sign_in_error_describe (code),
           cause != NULL ? ": " : "", cause != NULL ? cause->message : "");
  gum_sign_in_set_error (self,
                         g_error_new_literal (GUM_SIGN_IN_ERROR, code,
                                              gum_sign_in_error_describe (code)),
                         cause);
  gum_sign_in_set_state (self, GUM_SIGN_IN_FAILED);
}

/* Begins anew: the newest attempt wins. */
static void
begin (GumSignIn *self)
{
  gum_sign_in_end_attempt (self, FALSE);
  gum_sign_in_set_error (self, NULL, NULL);
  g_clear_object (&self->account);
  self->cancellable = g_cancellable_new ();
  gum_sign_in_set_https_hint (self, FALSE);
}

static void
on_stored (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GumErrand) errand = user_data;
  g_autoptr(GumSignIn) self = errand_get (errand);
  g_autoptr(GumAccount) account = NULL;
  g_autoptr(GError) error = NULL;

  account = gum_accounts_add_finish (GUM_ACCOUNTS (source), result, &error);
  if (self == NULL)
    return;

  if (account == NULL)
    {
      fail (self, GUM_SIGN_IN_ERROR_PROTOCOL, g_steal_pointer (&error));
      return;
    }

  /* From here on the token is the account's. */
  g_clear_pointer (&self->credentials, gum_credentials_free);
  self->account = g_steal_pointer (&account);
  gum_sign_in_end_attempt (self, TRUE);
  gum_sign_in_set_state (self, GUM_SIGN_IN_DONE);
}

/* When all that is waited for has come. */
static void
store (GumSignIn *self)
{
  if (self->user == NULL || self->unlocking || self->asking_scope)
    return;

  gum_accounts_add_async (self->accounts, self->credentials, self->user, self->api_url,
                          self->oauth_url, self->cancellable, on_stored,
                          gum_errand_new (G_OBJECT (self), self->attempt, self->oauth));
  g_clear_pointer (&self->user, json_object_unref);
}

/* A keyring that stays locked is the store's to report: it does not fail the sign-in. */
static void
on_unlocked (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GumErrand) errand = user_data;
  g_autoptr(GumSignIn) self = errand_get (errand);
  g_autoptr(GError) error = NULL;

  if (!gum_keyring_unlock_finish (result, &error))
    g_debug ("The keyring was not unlocked beforehand: %s", error->message);
  if (self == NULL)
    return;

  self->unlocking = FALSE;
  store (self);
}

static void
on_user (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GumErrand) errand = user_data;
  g_autoptr(GumSignIn) self = errand_get (errand);
  g_autoptr(JsonObject) user = NULL;
  g_autoptr(GError) error = NULL;

  user = gum_client_get_finish (GUM_CLIENT (source), result, &error);
  if (self == NULL)
    return;

  if (user == NULL)
    {
      GumSignInError code = gum_sign_in_error_from_user (error);

      fail (self, code, g_steal_pointer (&error));
      return;
    }

  gum_sign_in_set_state (self, GUM_SIGN_IN_STORING);
  /* Whoever was told may have cancelled. */
  if (self->attempt != errand->attempt)
    return;

  self->user = g_steal_pointer (&user);
  store (self);
}

/* The scopes are not known, or late: that is no reason to keep the person out. */
static gboolean
on_scope_timeout (gpointer user_data)
{
  GumSignIn *self = user_data;

  self->scope_id = 0;
  self->asking_scope = FALSE;
  store (self);

  return G_SOURCE_REMOVE;
}

static void
on_scope (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GumErrand) errand = user_data;
  g_autoptr(GumSignIn) self = errand_get (errand);
  g_autoptr(GError) error = NULL;
  g_autofree char *scope = gum_oauth_token_info_finish (GUM_OAUTH (source), result, &error);

  if (scope == NULL)
    g_debug ("The scopes of the token are not known: %s", error->message);
  if (self == NULL || !self->asking_scope)
    return;

  g_clear_handle_id (&self->scope_id, g_source_remove);
  self->asking_scope = FALSE;
  if (scope != NULL && *scope != '\0')
    gum_set_str (&self->credentials->scope, scope);
  store (self);
}

/* A pasted token does not say what it may do. Asked beside `GET /user`, and waited for only briefly. */
static void
ask_scope (GumSignIn *self)
{
  g_autoptr(GumOAuth) oauth = NULL;

  if (!gum_sign_in_may_ask_scope (self->api_url, self->oauth_url))
    return;
  oauth = gum_oauth_new (self->oauth_url, NULL);
  if (oauth == NULL)
    return;

  self->asking_scope = TRUE;
  self->scope_id = g_timeout_add (self->scope_ms, on_scope_timeout, self);
  gum_oauth_token_info_async (oauth, self->credentials->access_token, self->cancellable, on_scope,
                              gum_errand_new (G_OBJECT (self), self->attempt, NULL));
}

static void
verify (GumSignIn *self)
{
  g_autoptr(GError) error = NULL;
  guint attempt = self->attempt;

  if (!gum_sign_in_is_token (self->credentials->access_token))
    {
      fail (self, GUM_SIGN_IN_ERROR_TOKEN_TYPE, NULL);
      return;
    }

  self->loan = gum_loan_new (self->credentials->access_token);
  self->client = gum_client_new (self->api_url, GUM_AUTHORIZER (self->loan), &error);
  if (self->client == NULL)
    {
      fail (self, GUM_SIGN_IN_ERROR_NETWORK, g_steal_pointer (&error));
      return;
    }

  gum_sign_in_set_state (self, GUM_SIGN_IN_VERIFYING);
  if (self->attempt == attempt)
    gum_client_get_async (self->client, &gum_user_endpoint, NULL, self->cancellable, on_user,
                          gum_errand_new (G_OBJECT (self), attempt, self->oauth));
}

static void
on_token (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GumErrand) errand = user_data;
  g_autoptr(GumSignIn) self = errand_get (errand);
  g_autoptr(GumTokenAnswer) answer = NULL;
  g_autoptr(GError) error = NULL;

  answer = gum_oauth_token_finish (GUM_OAUTH (source), result, &error);
  if (answer != NULL)
    {
      gum_set_secret (&errand->credentials->access_token, answer->access_token);
      gum_set_secret (&errand->credentials->refresh_token, answer->refresh_token);
      gum_set_str (&errand->credentials->scope, answer->scope);
      errand->credentials->obtained_at = answer->created_at > 0
                                           ? answer->created_at
                                           : g_get_real_time () / G_USEC_PER_SEC;
    }

  if (self == NULL)
    {
      /* Cancelled while the server answered: it made a token that nobody will use. */
      gum_renewal_discard (errand->oauth, errand->credentials);
    }
  else if (answer == NULL)
    {
      GumSignInError code = gum_sign_in_error_from_token (error);

      fail (self, code, g_steal_pointer (&error));
    }
  else
    {
      self->credentials = g_steal_pointer (&errand->credentials);
      verify (self);
    }
}

/* Spends the code (RFC 6749, 4.1.3). There is one request, and nothing of it is kept for another. */
static void
exchange (GumSignIn  *self,
          const char *code)
{
  guint attempt = self->attempt;
  const char *parameters[] = {
    "grant_type", "authorization_code",
    "code", code,
    "redirect_uri", gum_loopback_get_redirect_uri (self->loopback),
    "client_id", self->client_id,
    "client_secret", self->client_secret,
    "code_verifier", self->pkce->verifier,
    NULL
  };
  GumErrand *errand;

  gum_sign_in_set_state (self, GUM_SIGN_IN_EXCHANGING);
  if (self->attempt != attempt)
    return;

  gum_accounts_set_unfinished (self->accounts, TRUE);
  errand = gum_errand_new (G_OBJECT (self), self->attempt, self->oauth);
  errand->credentials = gum_credentials_new ();
  errand->credentials->client_id = g_strdup (self->client_id);
  gum_set_secret (&errand->credentials->client_secret, self->client_secret);

  /* Not cancellable: only who reads the answer can revoke what is in it. */
  gum_oauth_token_async (self->oauth, parameters, NULL, on_token, errand);
  g_clear_pointer (&self->pkce, gum_pkce_free);
}

static void
on_answered (GumLoopback        *loopback,
             int                 verdict,
             GumLoopbackRequest *request,
             GumSignIn          *self)
{
  if (loopback != self->loopback || self->state != GUM_SIGN_IN_WAITING)
    return;

  g_clear_handle_id (&self->timeout_id, g_source_remove);
  gum_sign_in_set_authorize_url (self, NULL);
  if (verdict == GUM_LOOPBACK_CODE)
    {
      exchange (self, request->code);
    }
  else if (verdict == GUM_LOOPBACK_ERROR)
    {
      GError *cause = gum_error_new_http (GUM_ERROR_REJECTED, 0, request->description,
                                          "The authorization server refused");

      gum_error_set_server_code (cause, request->error);
      fail (self, gum_sign_in_error_from_code (request->error), cause);
    }
  else
    {
      fail (self, GUM_SIGN_IN_ERROR_OTHER_ISSUER, NULL);
    }
}

static void
on_tls_hello (GumSignIn *self)
{
  if (self->state == GUM_SIGN_IN_WAITING)
    gum_sign_in_set_https_hint (self, TRUE);
}

static gboolean
on_timeout (gpointer user_data)
{
  GumSignIn *self = user_data;

  self->timeout_id = 0;
  fail (self, GUM_SIGN_IN_ERROR_TIMEOUT, NULL);

  return G_SOURCE_REMOVE;
}

/**
 * gum_sign_in_start:
 * @self: a sign-in
 * @client_id: the Application ID
 * @client_secret: (nullable): the Application Secret, if there is to be one
 *
 * Opens the listener, and asks by #GumSignIn::open-uri for a browser (RFC 8252). A locked keyring is
 * asked to unlock meanwhile. An attempt that was under way is cancelled first. Outcomes, failures among
 * them, are told by #GumSignIn:state and #GumSignIn:error.
 */
void
gum_sign_in_start (GumSignIn  *self,
                   const char *client_id,
                   const char *client_secret)
{
  g_autofree char *issuer = NULL;
  g_autoptr(GError) error = NULL;
  guint attempt;

  g_return_if_fail (GUM_IS_SIGN_IN (self));
  g_return_if_fail (client_id != NULL);

  begin (self);
  self->client_id = gum_sign_in_clean_token (client_id);
  self->client_secret = client_secret != NULL ? gum_sign_in_clean_token (client_secret) : NULL;
  if (*self->client_id == '\0')
    {
      fail (self, GUM_SIGN_IN_ERROR_EMPTY, NULL);
      return;
    }

  self->oauth = gum_oauth_new (self->oauth_url, &error);
  if (self->oauth == NULL)
    {
      fail (self, GUM_SIGN_IN_ERROR_NETWORK, g_steal_pointer (&error));
      return;
    }
  if (self->deadline > 0)
    _gum_oauth_set_deadline (self->oauth, self->deadline);

  self->pkce = gum_pkce_new (&error);
  if (self->pkce == NULL)
    {
      fail (self, GUM_SIGN_IN_ERROR_RANDOM, g_steal_pointer (&error));
      return;
    }

  issuer = gum_sign_in_dup_issuer (gum_oauth_get_url (self->oauth));
  self->loopback = gum_loopback_new (self->pkce->state, issuer, FALSE, &error);
  if (self->loopback == NULL)
    {
      fail (self, GUM_SIGN_IN_ERROR_LISTENER, g_steal_pointer (&error));
      return;
    }
  g_signal_connect_object (self->loopback, "answered", G_CALLBACK (on_answered), self,
                           G_CONNECT_DEFAULT);
  g_signal_connect_object (self->loopback, "tls-hello", G_CALLBACK (on_tls_hello), self,
                           G_CONNECT_SWAPPED);

  attempt = self->attempt;
  self->timeout_id = g_timeout_add (self->timeout_ms, on_timeout, self);
  gum_sign_in_set_authorize_url (
    self, gum_sign_in_make_authorize_url (gum_oauth_get_url (self->oauth), self->client_id,
                                          gum_loopback_get_redirect_uri (self->loopback),
                                          self->scope, self->pkce));
  gum_sign_in_set_state (self, GUM_SIGN_IN_WAITING);
  if (self->attempt != attempt)
    return;

  self->unlocking = TRUE;
  gum_keyring_unlock_async (self->cancellable, on_unlocked,
                            gum_errand_new (G_OBJECT (self), attempt, NULL));
  gum_sign_in_open_again (self);
}

/**
 * gum_sign_in_start_again:
 * @self: a sign-in from gum_sign_in_new_again()
 *
 * As gum_sign_in_start(), with the application that the account was signed in with last, and its secret if that
 * is still known. The account must have an Application ID.
 */
void
gum_sign_in_start_again (GumSignIn *self)
{
  const GumCredentials *credentials;
  g_autofree char *id = NULL;
  g_autoptr(GumSecret) secret = NULL;

  g_return_if_fail (GUM_IS_SIGN_IN (self));
  g_return_if_fail (self->again != NULL);
  g_return_if_fail (gum_account_get_application_id (self->again) != NULL);

  id = g_strdup (gum_account_get_application_id (self->again));
  credentials = gum_account_get_credentials (self->again);
  if (credentials != NULL && g_strcmp0 (credentials->client_id, id) == 0)
    secret = g_strdup (credentials->client_secret);
  gum_sign_in_start (self, id, secret);
}

/**
 * gum_sign_in_start_with_token:
 * @self: a sign-in
 * @token: an access token, with what was copied around it
 *
 * Signs in with a token that the seller made on Gumroad's page. Such a token is never revoked by us.
 * What it may do is asked of `GET …/oauth/token/info`; without an answer the scopes stay unknown.
 * Outcomes are told by #GumSignIn:state and #GumSignIn:error.
 */
void
gum_sign_in_start_with_token (GumSignIn  *self,
                              const char *token)
{
  g_autoptr(GumSecret) clean = NULL;
  guint attempt;

  g_return_if_fail (GUM_IS_SIGN_IN (self));
  g_return_if_fail (token != NULL);

  begin (self);
  clean = gum_sign_in_clean_token (token);
  if (*clean == '\0')
    {
      fail (self, GUM_SIGN_IN_ERROR_EMPTY, NULL);
      return;
    }

  self->credentials = gum_credentials_new ();
  self->credentials->pasted = TRUE;
  self->credentials->obtained_at = g_get_real_time () / G_USEC_PER_SEC;
  gum_set_secret (&self->credentials->access_token, clean);
  attempt = self->attempt;
  verify (self);
  if (self->attempt == attempt)
    ask_scope (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Signing in, without widgets.
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

#include "gum-sign-in-private.h"

#include <string.h>

#include "gum-accounts-private.h"
#include "gum-errand.h"
#include "gum-error.h"
#include "gum-keyring.h"
#include "gum-loan.h"
#include "gum-loopback.h"
#include "gum-oauth-private.h"
#include "gum-renewal.h"
#include "gum-util.h"

#define TIMEOUT_MS (15 * 60 * 1000)

struct _GumSignIn
{
  GObject         parent_instance;

  /* Owned */
  GumAccounts    *accounts;
  char           *api_url;
  char           *oauth_url;
  char           *scope;
  GError         *error;
  GError         *cause;
  GumAccount     *account;

  /* Owned, of the attempt */
  GumPkce        *pkce;
  GumLoopback    *loopback;
  GumOAuth       *oauth;
  GumClient      *client;
  GumLoan        *loan;
  GCancellable   *cancellable;
  GumCredentials *credentials;
  JsonObject     *user;
  char           *client_id;
  char           *client_secret;
  char           *authorize_url;
  guint           timeout_id;

  GumSignInState  state;
  guint           attempt;
  guint           timeout_ms;
  guint           deadline;
  gboolean        https_hint;
  gboolean        unlocking;      /* a prompt of the keyring may be up */
};

enum {
  PROP_0,
  PROP_STATE,
  PROP_ERROR,
  PROP_HTTPS_HINT,
  PROP_AUTHORIZE_URL,
  PROP_SCOPE,
  N_PROPS
};

enum {
  OPEN_URI,
  N_SIGNALS
};

G_DEFINE_ENUM_TYPE (GumSignInState, gum_sign_in_state,
                    G_DEFINE_ENUM_VALUE (GUM_SIGN_IN_IDLE, "idle"),
                    G_DEFINE_ENUM_VALUE (GUM_SIGN_IN_WAITING, "waiting"),
                    G_DEFINE_ENUM_VALUE (GUM_SIGN_IN_EXCHANGING, "exchanging"),
                    G_DEFINE_ENUM_VALUE (GUM_SIGN_IN_VERIFYING, "verifying"),
                    G_DEFINE_ENUM_VALUE (GUM_SIGN_IN_STORING, "storing"),
                    G_DEFINE_ENUM_VALUE (GUM_SIGN_IN_DONE, "done"),
                    G_DEFINE_ENUM_VALUE (GUM_SIGN_IN_FAILED, "failed"))

G_DEFINE_FINAL_TYPE (GumSignIn, gum_sign_in, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

/* NULL when the attempt that sent it is over. */
static GumSignIn *
errand_get (GumErrand *errand)
{
  GumSignIn *self = g_weak_ref_get (&errand->owner);

  if (self != NULL && self->attempt != errand->attempt)
    g_clear_object (&self);

  return self;
}

static void
set_state (GumSignIn      *self,
           GumSignInState  state)
{
  if (self->state == state)
    return;

  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void
set_authorize_url (GumSignIn *self,
                   char      *url)
{
  if (url == NULL && self->authorize_url == NULL)
    return;

  gum_secret_free (self->authorize_url);
  self->authorize_url = url;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_AUTHORIZE_URL]);
}

static void
clear_error (GumSignIn *self)
{
  g_clear_error (&self->cause);
  if (self->error == NULL)
    return;

  g_clear_error (&self->error);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

/* Ends the attempt, whatever it was doing. The listener may stay for the final page; a token that was not
 * taken over is given back. */
static void
end_attempt (GumSignIn *self,
             gboolean   keep_listener)
{
  self->attempt++;
  self->unlocking = FALSE;
  g_clear_handle_id (&self->timeout_id, g_source_remove);
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
  set_authorize_url (self, NULL);
}

/* Takes @cause. */
static void
fail (GumSignIn      *self,
      GumSignInError  code,
      GError         *cause)
{
  gboolean answered = self->loopback != NULL && code != GUM_SIGN_IN_ERROR_TIMEOUT;

  end_attempt (self, answered);
  clear_error (self);
  self->error = g_error_new_literal (GUM_SIGN_IN_ERROR, code, gum_sign_in_error_describe (code));
  self->cause = cause;
  g_debug ("Sign-in failed: %s%s%s", self->error->message, cause != NULL ? ": " : "",
           cause != NULL ? cause->message : "");
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
  set_state (self, GUM_SIGN_IN_FAILED);
}

/* Begins anew: the newest attempt wins. */
static void
begin (GumSignIn *self)
{
  end_attempt (self, FALSE);
  clear_error (self);
  g_clear_object (&self->account);
  self->cancellable = g_cancellable_new ();
  if (self->https_hint)
    {
      self->https_hint = FALSE;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HTTPS_HINT]);
    }
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
  end_attempt (self, TRUE);
  set_state (self, GUM_SIGN_IN_DONE);
}

/* When all that is waited for has come. */
static void
store (GumSignIn *self)
{
  if (self->user == NULL || self->unlocking)
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

  set_state (self, GUM_SIGN_IN_STORING);
  /* Whoever was told may have cancelled. */
  if (self->attempt != errand->attempt)
    return;

  self->user = g_steal_pointer (&user);
  store (self);
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

  set_state (self, GUM_SIGN_IN_VERIFYING);
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

  set_state (self, GUM_SIGN_IN_EXCHANGING);
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
  set_authorize_url (self, NULL);
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
  if (self->https_hint || self->state != GUM_SIGN_IN_WAITING)
    return;

  self->https_hint = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HTTPS_HINT]);
}

static gboolean
on_timeout (gpointer user_data)
{
  GumSignIn *self = user_data;

  self->timeout_id = 0;
  fail (self, GUM_SIGN_IN_ERROR_TIMEOUT, NULL);

  return G_SOURCE_REMOVE;
}

static void
gum_sign_in_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  GumSignIn *self = GUM_SIGN_IN (object);

  switch (prop_id)
    {
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;

    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;

    case PROP_HTTPS_HINT:
      g_value_set_boolean (value, self->https_hint);
      break;

    case PROP_AUTHORIZE_URL:
      g_value_set_string (value, self->authorize_url);
      break;

    case PROP_SCOPE:
      g_value_set_string (value, self->scope);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
gum_sign_in_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_SCOPE:
      gum_sign_in_set_scope (GUM_SIGN_IN (object), g_value_get_string (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
gum_sign_in_dispose (GObject *object)
{
  GumSignIn *self = GUM_SIGN_IN (object);

  end_attempt (self, FALSE);
  self->state = GUM_SIGN_IN_IDLE;
  g_clear_object (&self->account);
  g_clear_object (&self->accounts);

  G_OBJECT_CLASS (gum_sign_in_parent_class)->dispose (object);
}

static void
gum_sign_in_finalize (GObject *object)
{
  GumSignIn *self = GUM_SIGN_IN (object);

  g_clear_pointer (&self->api_url, g_free);
  g_clear_pointer (&self->oauth_url, g_free);
  g_clear_pointer (&self->scope, g_free);
  g_clear_error (&self->error);
  g_clear_error (&self->cause);

  G_OBJECT_CLASS (gum_sign_in_parent_class)->finalize (object);
}

static void
gum_sign_in_class_init (GumSignInClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = gum_sign_in_get_property;
  object_class->set_property = gum_sign_in_set_property;
  object_class->dispose = gum_sign_in_dispose;
  object_class->finalize = gum_sign_in_finalize;

  /**
   * GumSignIn:state:
   *
   * How far it has come.
   */
  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, GUM_TYPE_SIGN_IN_STATE,
                                              GUM_SIGN_IN_IDLE, flags);
  /**
   * GumSignIn:error:
   *
   * Why it failed, in the domain GUM_SIGN_IN_ERROR; see gum_sign_in_get_cause() for what lay below.
   */
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  /**
   * GumSignIn:https-hint:
   *
   * Whether a browser insisted on https at our listener, and was sent away.
   */
  properties[PROP_HTTPS_HINT] = g_param_spec_boolean ("https-hint", NULL, NULL, FALSE, flags);
  /**
   * GumSignIn:authorize-url:
   *
   * The address of the consent page while waiting. Not for logs.
   */
  properties[PROP_AUTHORIZE_URL] = g_param_spec_string ("authorize-url", NULL, NULL, NULL, flags);
  /**
   * GumSignIn:scope:
   *
   * What will be asked for.
   */
  properties[PROP_SCOPE] = g_param_spec_string ("scope", NULL, NULL, GUM_SIGN_IN_SCOPE,
                                                G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
                                                G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * GumSignIn::open-uri:
   * @self: the sign-in
   * @uri: an address
   *
   * The system's browser is to open @uri.
   */
  signals[OPEN_URI] = g_signal_new ("open-uri", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
gum_sign_in_init (GumSignIn *self)
{
  self->scope = g_strdup (GUM_SIGN_IN_SCOPE);
  self->timeout_ms = TIMEOUT_MS;
}

/**
 * gum_sign_in_new:
 * @accounts: where a finished sign-in goes
 * @api_url: (nullable): where the API is; %NULL for the default
 * @oauth_url: (nullable): where the authorization server is; %NULL for the default
 *
 * Returns: (transfer full): an idle sign-in
 */
GumSignIn *
gum_sign_in_new (GumAccounts *accounts,
                 const char  *api_url,
                 const char  *oauth_url)
{
  GumSignIn *self;

  g_return_val_if_fail (GUM_IS_ACCOUNTS (accounts), NULL);

  self = g_object_new (GUM_TYPE_SIGN_IN, NULL);
  self->accounts = g_object_ref (accounts);
  self->api_url = api_url != NULL ? g_strdup (api_url) : gum_client_dup_default_url ();
  self->oauth_url = oauth_url != NULL ? g_strdup (oauth_url) : gum_oauth_dup_default_url ();

  return self;
}

/**
 * gum_sign_in_get_state:
 * @self: a sign-in
 *
 * Returns: how far it has come
 */
GumSignInState
gum_sign_in_get_state (GumSignIn *self)
{
  g_return_val_if_fail (GUM_IS_SIGN_IN (self), GUM_SIGN_IN_IDLE);

  return self->state;
}

/**
 * gum_sign_in_get_error:
 * @self: a sign-in
 *
 * Returns: (transfer none) (nullable): why the last attempt failed, a #GumSignInError
 */
const GError *
gum_sign_in_get_error (GumSignIn *self)
{
  g_return_val_if_fail (GUM_IS_SIGN_IN (self), NULL);

  return self->error;
}

/**
 * gum_sign_in_get_cause:
 * @self: a sign-in
 *
 * Returns: (transfer none) (nullable): what lay below the last failure: of the transport, or a
 *   #GumError with the server's own words
 */
const GError *
gum_sign_in_get_cause (GumSignIn *self)
{
  g_return_val_if_fail (GUM_IS_SIGN_IN (self), NULL);

  return self->cause;
}

/**
 * gum_sign_in_get_authorize_url:
 * @self: a sign-in
 *
 * Returns: (transfer none) (nullable): the address of the consent page, while waiting; not for logs
 */
const char *
gum_sign_in_get_authorize_url (GumSignIn *self)
{
  g_return_val_if_fail (GUM_IS_SIGN_IN (self), NULL);

  return self->authorize_url;
}

/**
 * gum_sign_in_get_account:
 * @self: a sign-in
 *
 * Returns: (transfer none) (nullable): the account, when it is done
 */
GumAccount *
gum_sign_in_get_account (GumSignIn *self)
{
  g_return_val_if_fail (GUM_IS_SIGN_IN (self), NULL);

  return self->account;
}

/**
 * gum_sign_in_set_scope:
 * @self: a sign-in
 * @scope: (nullable): scopes, space separated; %NULL for %GUM_SIGN_IN_SCOPE
 *
 * Sets what the next attempt asks for. Applications that are older than some scopes are refused those:
 * %GUM_SIGN_IN_SCOPE_NARROW is for them.
 */
void
gum_sign_in_set_scope (GumSignIn  *self,
                       const char *scope)
{
  g_return_if_fail (GUM_IS_SIGN_IN (self));

  if (gum_set_str (&self->scope, scope != NULL ? scope : GUM_SIGN_IN_SCOPE))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SCOPE]);
}

/**
 * gum_sign_in_get_scope:
 * @self: a sign-in
 *
 * Returns: (transfer none): what the next attempt asks for
 */
const char *
gum_sign_in_get_scope (GumSignIn *self)
{
  g_return_val_if_fail (GUM_IS_SIGN_IN (self), NULL);

  return self->scope;
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
  set_authorize_url (self,
                     gum_sign_in_make_authorize_url (gum_oauth_get_url (self->oauth),
                                                     self->client_id,
                                                     gum_loopback_get_redirect_uri (self->loopback),
                                                     self->scope, self->pkce));
  set_state (self, GUM_SIGN_IN_WAITING);
  if (self->attempt != attempt)
    return;

  self->unlocking = TRUE;
  gum_keyring_unlock_async (self->cancellable, on_unlocked,
                            gum_errand_new (G_OBJECT (self), attempt, NULL));
  gum_sign_in_open_again (self);
}

/**
 * gum_sign_in_start_with_token:
 * @self: a sign-in
 * @token: an access token, with what was copied around it
 *
 * Signs in with a token that the seller made on Gumroad's page. Such a token is never revoked by us.
 */
void
gum_sign_in_start_with_token (GumSignIn  *self,
                              const char *token)
{
  g_autoptr(GumSecret) clean = NULL;

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
  verify (self);
}

/**
 * gum_sign_in_paste_address:
 * @self: a sign-in
 * @address: the whole address that the browser ended on
 * @error: return location for one of the PASTE_ errors, or %GUM_SIGN_IN_ERROR_EMPTY
 *
 * For a browser that cannot reach the listener. The address is held to the same rules as an answer
 * that comes by the socket, its state among them.
 *
 * Returns: %TRUE if it was the pending answer; %FALSE if the attempt waits on
 */
gboolean
gum_sign_in_paste_address (GumSignIn   *self,
                           const char  *address,
                           GError     **error)
{
  GumSignInError code = GUM_SIGN_IN_ERROR_PASTE_OLD;
  g_autoptr(GumSecret) head = NULL;
  guint16 port;

  g_return_val_if_fail (GUM_IS_SIGN_IN (self), FALSE);
  g_return_val_if_fail (address != NULL, FALSE);

  head = gum_sign_in_address_to_head (address, &port, &code);
  if (head != NULL)
    {
      code = GUM_SIGN_IN_ERROR_PASTE_OLD;
      if (self->state == GUM_SIGN_IN_WAITING &&
          port == gum_loopback_get_port (self->loopback) &&
          gum_loopback_offer (self->loopback, (const guint8 *) head, strlen (head)))
        return TRUE;
    }

  g_set_error_literal (error, GUM_SIGN_IN_ERROR, code, gum_sign_in_error_describe (code));

  return FALSE;
}

/**
 * gum_sign_in_open_again:
 * @self: a sign-in
 *
 * While waiting: asks for a browser once more, with the same address.
 */
void
gum_sign_in_open_again (GumSignIn *self)
{
  g_autoptr(GumSecret) url = NULL;

  g_return_if_fail (GUM_IS_SIGN_IN (self));

  if (self->state != GUM_SIGN_IN_WAITING)
    return;

  url = g_strdup (self->authorize_url);
  g_signal_emit (self, signals[OPEN_URI], 0, url);
}

/**
 * gum_sign_in_cancel:
 * @self: a sign-in
 *
 * Ends the attempt: the port is closed, nothing is stored, and no answer is waited for. A token that
 * is on its way is revoked when it comes.
 */
void
gum_sign_in_cancel (GumSignIn *self)
{
  g_return_if_fail (GUM_IS_SIGN_IN (self));

  end_attempt (self, FALSE);
  clear_error (self);
  set_state (self, GUM_SIGN_IN_IDLE);
}

void
gum_sign_in_set_timeout (GumSignIn *self,
                         guint      milliseconds)
{
  g_return_if_fail (GUM_IS_SIGN_IN (self));

  self->timeout_ms = milliseconds;
}

void
gum_sign_in_set_deadline (GumSignIn *self,
                          guint      seconds)
{
  g_return_if_fail (GUM_IS_SIGN_IN (self));

  self->deadline = seconds;
}

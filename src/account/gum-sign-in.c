/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Signing in, without widgets.
 *
 * Here is the object that a page sees: its state, its properties, its questions. What an attempt does
 * is in gum-sign-in-attempt.c; what people paste, what addresses are made and which failure an error is
 * have files of their own.
 */

#define G_LOG_DOMAIN "gum-account"

#include "config.h"

#include "gum-sign-in-attempt.h"

#include <string.h>

#include "gum-account-private.h"
#include "gum-util.h"

#define TIMEOUT_MS (15 * 60 * 1000)
#define SCOPE_MS (5 * 1000)

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

void
gum_sign_in_set_state (GumSignIn      *self,
                       GumSignInState  state)
{
  if (self->state == state)
    return;

  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

/* Takes @url. */
void
gum_sign_in_set_authorize_url (GumSignIn *self,
                               char      *url)
{
  if (url == NULL && self->authorize_url == NULL)
    return;

  gum_secret_free (self->authorize_url);
  self->authorize_url = url;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_AUTHORIZE_URL]);
}

/* Takes both. %NULL: none. */
void
gum_sign_in_set_error (GumSignIn *self,
                       GError    *error,
                       GError    *cause)
{
  g_clear_error (&self->cause);
  self->cause = cause;
  if (self->error == NULL && error == NULL)
    return;

  g_clear_error (&self->error);
  self->error = error;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

void
gum_sign_in_set_https_hint (GumSignIn *self,
                            gboolean   https_hint)
{
  if (self->https_hint == https_hint)
    return;

  self->https_hint = https_hint;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HTTPS_HINT]);
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

  gum_sign_in_end_attempt (self, FALSE);
  self->state = GUM_SIGN_IN_IDLE;
  g_clear_object (&self->account);
  g_clear_object (&self->accounts);
  g_clear_object (&self->again);

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
  self->scope_ms = SCOPE_MS;
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
 * gum_sign_in_new_again:
 * @accounts: where a finished sign-in goes
 * @account: an account that Gumroad does not accept any more, or whose token is gone
 *
 * Returns: (transfer full): an idle sign-in at the account's own servers, see gum_sign_in_start_again()
 */
GumSignIn *
gum_sign_in_new_again (GumAccounts *accounts,
                       GumAccount  *account)
{
  GumSignIn *self;

  g_return_val_if_fail (GUM_IS_ACCOUNT (account), NULL);

  self = gum_sign_in_new (accounts, gum_account_get_api_url (account),
                          gum_account_get_oauth_url (account));
  self->again = g_object_ref (account);

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

  gum_sign_in_end_attempt (self, FALSE);
  gum_sign_in_set_error (self, NULL, NULL);
  gum_sign_in_set_state (self, GUM_SIGN_IN_IDLE);
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

void
gum_sign_in_set_scope_timeout (GumSignIn *self,
                               guint      milliseconds)
{
  g_return_if_fail (GUM_IS_SIGN_IN (self));

  self->scope_ms = milliseconds;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-accounts.h"

G_BEGIN_DECLS

/**
 * GumSignInState:
 * @GUM_SIGN_IN_IDLE: nothing is under way
 * @GUM_SIGN_IN_WAITING: the listener is open, the browser has the word
 * @GUM_SIGN_IN_EXCHANGING: the code is being spent
 * @GUM_SIGN_IN_VERIFYING: `GET /user`: whose token is it?
 * @GUM_SIGN_IN_STORING: the keyring is asked to take it; it may prompt
 * @GUM_SIGN_IN_DONE: signed in
 * @GUM_SIGN_IN_FAILED: not, for a reason
 *
 * How far a sign-in has come. The page only shows it.
 */
typedef enum {
  GUM_SIGN_IN_IDLE,
  GUM_SIGN_IN_WAITING,
  GUM_SIGN_IN_EXCHANGING,
  GUM_SIGN_IN_VERIFYING,
  GUM_SIGN_IN_STORING,
  GUM_SIGN_IN_DONE,
  GUM_SIGN_IN_FAILED,
} GumSignInState;

#define GUM_TYPE_SIGN_IN_STATE (gum_sign_in_state_get_type ())
GType gum_sign_in_state_get_type (void);

/**
 * GumSignInError:
 * @GUM_SIGN_IN_ERROR_RANDOM: no randomness from the kernel
 * @GUM_SIGN_IN_ERROR_LISTENER: no loopback port could be bound: paste a token
 * @GUM_SIGN_IN_ERROR_DENIED: access_denied: calm, not an error
 * @GUM_SIGN_IN_ERROR_TIMEOUT: 15 minutes without an answer
 * @GUM_SIGN_IN_ERROR_INVALID_CLIENT: wrong Application ID or secret
 * @GUM_SIGN_IN_ERROR_INVALID_GRANT: code refused: used, expired, redirect or verifier differ
 * @GUM_SIGN_IN_ERROR_INVALID_SCOPE: the application may not ask for these scopes
 * @GUM_SIGN_IN_ERROR_UNAUTHORIZED_CLIENT: the application may not sign in this way
 * @GUM_SIGN_IN_ERROR_UNSUPPORTED: unsupported_response_type
 * @GUM_SIGN_IN_ERROR_SERVER: server_error, temporarily_unavailable, 5xx
 * @GUM_SIGN_IN_ERROR_REFUSED: any other OAuth error code
 * @GUM_SIGN_IN_ERROR_TOKEN_TYPE: not Bearer, or a token no header can carry
 * @GUM_SIGN_IN_ERROR_NETWORK: see the cause: transport, TLS, clock, captive portal
 * @GUM_SIGN_IN_ERROR_UNCLEAR: answer cut after the code was spent: sign in anew
 * @GUM_SIGN_IN_ERROR_TOKEN_REFUSED: GET /user says 401: pasted ID or secret instead of a token?
 * @GUM_SIGN_IN_ERROR_FORBIDDEN: GET /user says 403
 * @GUM_SIGN_IN_ERROR_PROTOCOL: an answer that is no answer
 * @GUM_SIGN_IN_ERROR_OTHER_ISSUER: iss differs (RFC 9207)
 * @GUM_SIGN_IN_ERROR_PASTE_OLD: pasted address of an older attempt; flow stays pending
 * @GUM_SIGN_IN_ERROR_PASTE_CODE_ONLY: a bare code was pasted; flow stays pending
 * @GUM_SIGN_IN_ERROR_PASTE_NONSENSE: not such an address; flow stays pending
 * @GUM_SIGN_IN_ERROR_EMPTY: empty field
 *
 * Why a sign-in failed. Each has a sentence and a next step of its own (ui/gum-errors).
 */
typedef enum {
  GUM_SIGN_IN_ERROR_RANDOM,
  GUM_SIGN_IN_ERROR_LISTENER,
  GUM_SIGN_IN_ERROR_DENIED,
  GUM_SIGN_IN_ERROR_TIMEOUT,
  GUM_SIGN_IN_ERROR_INVALID_CLIENT,
  GUM_SIGN_IN_ERROR_INVALID_GRANT,
  GUM_SIGN_IN_ERROR_INVALID_SCOPE,
  GUM_SIGN_IN_ERROR_UNAUTHORIZED_CLIENT,
  GUM_SIGN_IN_ERROR_UNSUPPORTED,
  GUM_SIGN_IN_ERROR_SERVER,
  GUM_SIGN_IN_ERROR_REFUSED,
  GUM_SIGN_IN_ERROR_TOKEN_TYPE,
  GUM_SIGN_IN_ERROR_NETWORK,
  GUM_SIGN_IN_ERROR_UNCLEAR,
  GUM_SIGN_IN_ERROR_TOKEN_REFUSED,
  GUM_SIGN_IN_ERROR_FORBIDDEN,
  GUM_SIGN_IN_ERROR_PROTOCOL,
  GUM_SIGN_IN_ERROR_OTHER_ISSUER,
  GUM_SIGN_IN_ERROR_PASTE_OLD,
  GUM_SIGN_IN_ERROR_PASTE_CODE_ONLY,
  GUM_SIGN_IN_ERROR_PASTE_NONSENSE,
  GUM_SIGN_IN_ERROR_EMPTY,
} GumSignInError;

#define GUM_SIGN_IN_ERROR (gum_sign_in_error_quark ())
GQuark gum_sign_in_error_quark (void);

#define GUM_TYPE_SIGN_IN (gum_sign_in_get_type ())
G_DECLARE_FINAL_TYPE (GumSignIn, gum_sign_in, GUM, SIGN_IN, GObject)

/* The redirect address that the seller registers: http://127.0.0.1/callback */
#define GUM_SIGN_IN_REDIRECT_URI "http://127.0.0.1/callback"

/* What is asked for, and what applications that are older than some of it may still be asked for. */
#define GUM_SIGN_IN_SCOPE "account view_profile edit_profile"
#define GUM_SIGN_IN_SCOPE_NARROW "view_profile edit_products view_sales"

/* Properties (all notify): "state", "error", "https-hint", "authorize-url", "scope". Signal "open-uri"
 * (const char *uri): the page opens the system's browser. */
GumSignIn      *gum_sign_in_new                (GumAccounts  *accounts,
                                                const char   *api_url,
                                                const char   *oauth_url);
GumSignIn      *gum_sign_in_new_again          (GumAccounts  *accounts,
                                                GumAccount   *account);
GumSignInState  gum_sign_in_get_state          (GumSignIn    *self);
const GError   *gum_sign_in_get_error          (GumSignIn    *self);
const GError   *gum_sign_in_get_cause          (GumSignIn    *self);
const char     *gum_sign_in_get_authorize_url  (GumSignIn    *self);
GumAccount     *gum_sign_in_get_account        (GumSignIn    *self);

void            gum_sign_in_set_scope          (GumSignIn    *self,
                                                const char   *scope);

void            gum_sign_in_start              (GumSignIn    *self,
                                                const char   *client_id,
                                                const char   *client_secret);
void            gum_sign_in_start_again        (GumSignIn    *self);
void            gum_sign_in_start_with_token   (GumSignIn    *self,
                                                const char   *token);
gboolean        gum_sign_in_paste_address      (GumSignIn    *self,
                                                const char   *address,
                                                GError      **error);
void            gum_sign_in_open_again         (GumSignIn    *self);
void            gum_sign_in_cancel             (GumSignIn    *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One seller at one server: who it is, whether it is signed in, and with what. How the token is lent to the
 * client, and what happens when it is refused: gum-account-authorizer.c. */

#define G_LOG_DOMAIN "gum-account"

#include "config.h"

#include "gum-account-private.h"

#include <string.h>

#include <glib/gi18n.h>

#include "gum-error.h"
#include "gum-json.h"
#include "gum-keyring.h"
#include "gum-renewal.h"
#include "gum-util.h"

#define ID_LENGTH 16

enum {
  PROP_0,
  PROP_ID,
  PROP_NAME,
  PROP_EMAIL,
  PROP_PICTURE_URL,
  PROP_STATE,
  PROP_SESSION_ONLY,
  PROP_SAMPLE,
  PROP_SCOPE,
  PROP_APPLICATION_ID,
  N_PROPS
};

G_DEFINE_ENUM_TYPE (GumAccountState, gum_account_state,
                    G_DEFINE_ENUM_VALUE (GUM_ACCOUNT_UNKNOWN, "unknown"),
                    G_DEFINE_ENUM_VALUE (GUM_ACCOUNT_LOCKED, "locked"),
                    G_DEFINE_ENUM_VALUE (GUM_ACCOUNT_SIGNED_OUT, "signed-out"),
                    G_DEFINE_ENUM_VALUE (GUM_ACCOUNT_SIGNED_IN, "signed-in"),
                    G_DEFINE_ENUM_VALUE (GUM_ACCOUNT_REJECTED, "rejected"))

G_DEFINE_FINAL_TYPE_WITH_CODE (GumAccount, gum_account, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GUM_TYPE_AUTHORIZER,
                                                      _gum_account_authorizer_init))

static GParamSpec *properties[N_PROPS];

void
_gum_account_set_state (GumAccount      *self,
                        GumAccountState  state)
{
  if (self->state == state)
    return;

  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

void
gum_account_set_application_id (GumAccount *self,
                                const char *application_id)
{
  if (gum_set_str (&self->application_id, application_id))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_APPLICATION_ID]);
}

/* Takes @credentials. */
void
_gum_account_take_credentials (GumAccount     *self,
                               GumCredentials *credentials,
                               gboolean        session_only)
{
  const char *old_scope = self->credentials != NULL ? self->credentials->scope : NULL;
  const char *new_scope = credentials != NULL ? credentials->scope : NULL;
  gboolean scope_changed = g_strcmp0 (old_scope, new_scope) != 0;

  gum_credentials_free (self->credentials);
  self->credentials = credentials;
  if (scope_changed)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SCOPE]);

  if (credentials != NULL && credentials->client_id != NULL)
    gum_account_set_application_id (self, credentials->client_id);

  if (self->session_only != session_only)
    {
      self->session_only = session_only;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION_ONLY]);
    }
}

static void
on_pruned (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  if (!gum_keyring_prune_finish (result, &error))
    g_debug ("Older tokens stay in the keyring: %s", error->message);
}

static void
on_user (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GumAccount *self = g_task_get_source_object (task);
  g_autoptr(JsonObject) user = NULL;
  g_autoptr(GError) error = NULL;

  user = gum_client_get_finish (GUM_CLIENT (source), result, &error);
  if (user == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  gum_account_set_user (self, user);

  /* The newest has worked, so the others can go. */
  if (self->duplicates && !self->session_only)
    {
      self->duplicates = FALSE;
      gum_keyring_prune_async (self->id, NULL, on_pruned, NULL);
    }

  g_task_return_boolean (task, TRUE);
}

static void
gum_account_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  GumAccount *self = GUM_ACCOUNT (object);

  switch (prop_id)
    {
    case PROP_ID:
      g_value_set_string (value, self->id);
      break;

    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;

    case PROP_EMAIL:
      g_value_set_string (value, self->email);
      break;

    case PROP_PICTURE_URL:
      g_value_set_string (value, self->picture_url);
      break;

    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;

    case PROP_SESSION_ONLY:
      g_value_set_boolean (value, self->session_only);
      break;

    case PROP_SAMPLE:
      g_value_set_boolean (value, self->sample);
      break;

    case PROP_SCOPE:
      g_value_set_string (value, self->credentials != NULL ? self->credentials->scope : NULL);
      break;

    case PROP_APPLICATION_ID:
      g_value_set_string (value, self->application_id);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
gum_account_dispose (GObject *object)
{
  GumAccount *self = GUM_ACCOUNT (object);

  if (self->client != NULL)
    gum_client_abort (self->client);
  g_clear_object (&self->client);
  g_clear_object (&self->oauth);

  G_OBJECT_CLASS (gum_account_parent_class)->dispose (object);
}

static void
gum_account_finalize (GObject *object)
{
  GumAccount *self = GUM_ACCOUNT (object);

  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->api_url, g_free);
  g_clear_pointer (&self->oauth_url, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->email, g_free);
  g_clear_pointer (&self->picture_url, g_free);
  g_clear_pointer (&self->user_id, g_free);
  g_clear_pointer (&self->application_id, g_free);
  g_clear_pointer (&self->credentials, gum_credentials_free);
  g_clear_object (&self->renewal);
  g_clear_pointer (&self->refused, gum_secret_free);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);

  G_OBJECT_CLASS (gum_account_parent_class)->finalize (object);
}

static void
gum_account_class_init (GumAccountClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = gum_account_get_property;
  object_class->dispose = gum_account_dispose;
  object_class->finalize = gum_account_finalize;

  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, flags);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_EMAIL] = g_param_spec_string ("email", NULL, NULL, NULL, flags);
  properties[PROP_PICTURE_URL] = g_param_spec_string ("picture-url", NULL, NULL, NULL, flags);
  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, GUM_TYPE_ACCOUNT_STATE,
                                              GUM_ACCOUNT_UNKNOWN, flags);
  properties[PROP_SESSION_ONLY] = g_param_spec_boolean ("session-only", NULL, NULL, FALSE, flags);
  properties[PROP_SAMPLE] = g_param_spec_boolean ("sample", NULL, NULL, FALSE, flags);
  properties[PROP_SCOPE] = g_param_spec_string ("scope", NULL, NULL, NULL, flags);
  properties[PROP_APPLICATION_ID] = g_param_spec_string ("application-id", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
gum_account_init (GumAccount *self)
{
}

/**
 * gum_account_new: (skip)
 * @id: a stable id, safe as a folder's name
 * @api_url: where the API is
 * @oauth_url: (nullable): where the authorization server is; %NULL for the sample store
 * @sample: whether it is the sample store
 * @error: return location for a %GUM_ERROR_INSECURE
 *
 * Returns: (transfer full) (nullable): an account of which nothing is known yet
 */
GumAccount *
gum_account_new (const char  *id,
                 const char  *api_url,
                 const char  *oauth_url,
                 gboolean     sample,
                 GError     **error)
{
  g_autoptr(GumAccount) self = NULL;

  g_return_val_if_fail (id != NULL && api_url != NULL, NULL);

  self = g_object_new (GUM_TYPE_ACCOUNT, NULL);
  self->id = g_strdup (id);
  self->api_url = g_strdup (api_url);
  self->oauth_url = g_strdup (oauth_url != NULL ? oauth_url : api_url);
  self->sample = sample;

  self->oauth = gum_oauth_new (self->oauth_url, error);
  if (self->oauth == NULL)
    return NULL;
  self->client = gum_client_new (api_url, GUM_AUTHORIZER (self), error);
  if (self->client == NULL)
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * gum_account_derive_id: (skip)
 * @api_url: where the API is
 * @user_id: Gumroad's id of the seller
 *
 * The same seller at the same server is the same account, whoever asks and whenever; what the id was
 * made from cannot be read from it.
 *
 * Returns: (transfer full) (nullable): 16 hexadecimal digits
 */
char *
gum_account_derive_id (const char *api_url,
                       const char *user_id)
{
  g_autofree char *origin = NULL;
  g_autofree char *source = NULL;
  char *id;

  g_return_val_if_fail (api_url != NULL && user_id != NULL, NULL);

  origin = gum_uri_dup_origin (api_url);
  if (origin == NULL)
    return NULL;

  source = g_strdup_printf ("%s\n%s", origin, user_id);
  id = g_compute_checksum_for_string (G_CHECKSUM_SHA256, source, -1);
  id[ID_LENGTH] = '\0';

  return id;
}

/**
 * gum_account_dup_user_id: (skip)
 * @user: what `GET /user` gave
 *
 * Returns: (transfer full) (nullable): the seller's id, or %NULL if there is none
 */
char *
gum_account_dup_user_id (JsonObject *user)
{
  static const char *const names[] = { "id", "user_id" };

  g_return_val_if_fail (user != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *text = gum_json_get_string (user, names[i]);
      gint64 number;

      if (text != NULL && *text != '\0')
        return g_strdup (text);
      if (gum_json_get_int (user, names[i], &number))
        return g_strdup_printf ("%" G_GINT64_FORMAT, number);
    }

  return NULL;
}

const char *
gum_account_get_api_url (GumAccount *self)
{
  return self->api_url;
}

const char *
gum_account_get_oauth_url (GumAccount *self)
{
  return self->oauth_url;
}

GumOAuth *
gum_account_get_oauth (GumAccount *self)
{
  return self->oauth;
}

const char *
gum_account_get_user_id (GumAccount *self)
{
  return self->user_id;
}

const GumCredentials *
gum_account_get_credentials (GumAccount *self)
{
  return self->credentials;
}

char *
gum_account_dup_label (GumAccount *self)
{
  const char *who = self->name != NULL ? self->name : self->email;

  /* Translators: how a keyring manager lists the token; %s is the seller's name */
  return who != NULL ? g_strdup_printf (_("Gumroad account %s"), who)
                     : g_strdup (_("Gumroad account"));
}

void
gum_account_set_profile (GumAccount *self,
                         const char *name,
                         const char *email,
                         const char *picture_url)
{
  g_object_freeze_notify (G_OBJECT (self));
  if (gum_set_str (&self->name, name))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
  if (gum_set_str (&self->email, email))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EMAIL]);
  if (gum_set_str (&self->picture_url, picture_url))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PICTURE_URL]);
  g_object_thaw_notify (G_OBJECT (self));
}

/* What a narrower token does not get to see is no news: it keeps its value. */
void
gum_account_set_user (GumAccount *self,
                      JsonObject *user)
{
  g_autoptr(GumResource) resource = gum_resource_new_from_json (GUM_TYPE_USER, user, NULL);
  const char *name = gum_user_get_display_name (GUM_USER (resource));
  const char *email = gum_user_get_email (GUM_USER (resource));
  const char *picture_url = gum_user_get_picture_url (GUM_USER (resource));

  if (name == NULL || *name == '\0')
    name = gum_user_get_name (GUM_USER (resource));
  if (name == NULL || *name == '\0')
    name = email;

  gum_account_set_profile (self,
                           name != NULL && *name != '\0' ? name : self->name,
                           email != NULL && *email != '\0' ? email : self->email,
                           picture_url != NULL && *picture_url != '\0' ? picture_url
                                                                       : self->picture_url);
}

void
gum_account_set_credentials (GumAccount           *self,
                             const GumCredentials *credentials,
                             const char           *user_id,
                             gboolean              session_only)
{
  g_object_freeze_notify (G_OBJECT (self));
  gum_set_str (&self->user_id, user_id);
  _gum_account_take_credentials (self, gum_credentials_copy (credentials), session_only);
  _gum_account_set_state (self, GUM_ACCOUNT_SIGNED_IN);
  g_object_thaw_notify (G_OBJECT (self));
}

void
gum_account_set_duplicates (GumAccount *self)
{
  self->duplicates = TRUE;
}

void
gum_account_forget (GumAccount      *self,
                    GumAccountState  state)
{
  g_object_freeze_notify (G_OBJECT (self));
  _gum_account_take_credentials (self, NULL, FALSE);
  _gum_account_set_state (self, state);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * gum_account_get_application_id:
 * @self: an account
 *
 * Returns: (nullable) (transfer none): the Application ID that it was signed in with last
 */
const char *
gum_account_get_application_id (GumAccount *self)
{
  g_return_val_if_fail (GUM_IS_ACCOUNT (self), NULL);

  return self->application_id;
}

/**
 * gum_account_is_by_token:
 * @self: an account
 *
 * Returns: whether what it has is a token that was made on Gumroad's page
 */
gboolean
gum_account_is_by_token (GumAccount *self)
{
  g_return_val_if_fail (GUM_IS_ACCOUNT (self), FALSE);

  return self->credentials != NULL && self->credentials->pasted;
}

/**
 * gum_account_get_id:
 * @self: an account
 *
 * Returns: (transfer none): a stable, opaque id; safe as the name of a folder
 */
const char *
gum_account_get_id (GumAccount *self)
{
  g_return_val_if_fail (GUM_IS_ACCOUNT (self), NULL);

  return self->id;
}

/**
 * gum_account_get_name:
 * @self: an account
 *
 * Returns: (transfer none) (nullable): what a person calls it: display name, else name, else e-mail
 *   address
 */
const char *
gum_account_get_name (GumAccount *self)
{
  g_return_val_if_fail (GUM_IS_ACCOUNT (self), NULL);

  return self->name;
}

/**
 * gum_account_get_email:
 * @self: an account
 *
 * Returns: (transfer none) (nullable): the seller's e-mail address, if the token may see it
 */
const char *
gum_account_get_email (GumAccount *self)
{
  g_return_val_if_fail (GUM_IS_ACCOUNT (self), NULL);

  return self->email;
}

/**
 * gum_account_get_picture_url:
 * @self: an account
 *
 * Returns: (transfer none) (nullable): where the seller's picture is
 */
const char *
gum_account_get_picture_url (GumAccount *self)
{
  g_return_val_if_fail (GUM_IS_ACCOUNT (self), NULL);

  return self->picture_url;
}

/**
 * gum_account_get_state:
 * @self: an account
 *
 * Returns: what is known about its token
 */
GumAccountState
gum_account_get_state (GumAccount *self)
{
  g_return_val_if_fail (GUM_IS_ACCOUNT (self), GUM_ACCOUNT_UNKNOWN);

  return self->state;
}

/**
 * gum_account_is_session_only:
 * @self: an account
 *
 * Returns: %TRUE if its token is in memory only, because no keyring would take it
 */
gboolean
gum_account_is_session_only (GumAccount *self)
{
  g_return_val_if_fail (GUM_IS_ACCOUNT (self), FALSE);

  return self->session_only;
}

/**
 * gum_account_is_sample:
 * @self: an account
 *
 * Returns: %TRUE if it is the sample store
 */
gboolean
gum_account_is_sample (GumAccount *self)
{
  g_return_val_if_fail (GUM_IS_ACCOUNT (self), FALSE);

  return self->sample;
}

/**
 * gum_account_get_client:
 * @self: an account
 *
 * Returns: (transfer none): the client that speaks for it
 */
GumClient *
gum_account_get_client (GumAccount *self)
{
  g_return_val_if_fail (GUM_IS_ACCOUNT (self), NULL);

  return self->client;
}

/**
 * gum_account_refresh_user_async:
 * @self: an account
 * @cancellable: (nullable): a cancellable
 * @callback: called with the outcome
 * @user_data: for @callback
 *
 * Reads `GET /user` again into name, e-mail address and picture.
 */
void
gum_account_refresh_user_async (GumAccount          *self,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (GUM_IS_ACCOUNT (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, gum_account_refresh_user_async);
  gum_client_get_async (self->client, &gum_user_endpoint, NULL, cancellable, on_user, task);
}

/**
 * gum_account_refresh_user_finish:
 * @self: an account
 * @result: the outcome
 * @error: return location for an error of gum_client_get_finish()
 *
 * Returns: %TRUE if the profile is as new as can be
 */
gboolean
gum_account_refresh_user_finish (GumAccount    *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  g_return_val_if_fail (GUM_IS_ACCOUNT (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, gum_account_refresh_user_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

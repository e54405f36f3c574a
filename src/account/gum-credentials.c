/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What opens an account, and the text in which a keyring keeps it. The attributes of a keyring item are
 * frozen, so the version of the format stands inside. */

#include "config.h"

#include "gum-credentials.h"

#include <json-glib/json-glib.h>

#include "gum-json.h"
#include "gum-util.h"

#define VERSION 1

G_DEFINE_BOXED_TYPE (GumCredentials, gum_credentials, gum_credentials_copy, gum_credentials_free)

/**
 * gum_credentials_new:
 *
 * Returns: (transfer full): empty credentials
 */
GumCredentials *
gum_credentials_new (void)
{
  return g_new0 (GumCredentials, 1);
}

/**
 * gum_credentials_copy:
 * @self: (nullable): credentials
 *
 * Returns: (transfer full) (nullable): a copy
 */
GumCredentials *
gum_credentials_copy (const GumCredentials *self)
{
  GumCredentials *copy;

  if (self == NULL)
    return NULL;

  copy = gum_credentials_new ();
  copy->access_token = g_strdup (self->access_token);
  copy->refresh_token = g_strdup (self->refresh_token);
  copy->scope = g_strdup (self->scope);
  copy->client_id = g_strdup (self->client_id);
  copy->client_secret = g_strdup (self->client_secret);
  copy->pasted = self->pasted;
  copy->obtained_at = self->obtained_at;

  return copy;
}

/**
 * gum_credentials_free:
 * @self: (nullable) (transfer full): credentials
 *
 * Wipes every secret before its memory is given back.
 */
void
gum_credentials_free (GumCredentials *self)
{
  if (self == NULL)
    return;

  gum_secret_free (self->access_token);
  gum_secret_free (self->refresh_token);
  g_free (self->scope);
  g_free (self->client_id);
  gum_secret_free (self->client_secret);
  g_free (self);
}

static void
set_member (JsonObject *object,
            const char *name,
            const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, name, value);
}

/**
 * gum_credentials_to_secret:
 * @self: credentials
 * @user_id: Gumroad's id of the seller
 *
 * Returns: (transfer full): one line of JSON, to be freed with gum_secret_free()
 */
char *
gum_credentials_to_secret (const GumCredentials *self,
                           const char           *user_id)
{
  g_autoptr(JsonObject) object = NULL;

  g_return_val_if_fail (self != NULL && self->access_token != NULL && user_id != NULL, NULL);

  object = json_object_new ();
  json_object_set_int_member (object, "v", VERSION);
  json_object_set_string_member (object, "user_id", user_id);
  json_object_set_string_member (object, "access_token", self->access_token);
  set_member (object, "refresh_token", self->refresh_token);
  set_member (object, "scope", self->scope);
  set_member (object, "client_id", self->client_id);
  set_member (object, "client_secret", self->client_secret);
  if (self->pasted)
    json_object_set_boolean_member (object, "pasted", TRUE);
  json_object_set_int_member (object, "obtained_at", self->obtained_at);

  return gum_json_to_text (object);
}

/**
 * gum_credentials_from_secret:
 * @secret: what a keyring gave
 * @user_id: (out) (optional) (transfer full) (nullable): Gumroad's id of the seller
 *
 * Reads what gum_credentials_to_secret() wrote. Anything else, however broken, and anything that a
 * newer version of this program wrote, is no credentials.
 *
 * Returns: (transfer full) (nullable): the credentials
 */
GumCredentials *
gum_credentials_from_secret (const char  *secret,
                             char       **user_id)
{
  g_autoptr(GumCredentials) self = NULL;
  g_autoptr(JsonObject) object = NULL;
  const char *token;
  gint64 version;

  g_return_val_if_fail (secret != NULL, NULL);

  if (user_id != NULL)
    *user_id = NULL;

  object = gum_json_from_text (secret, -1);
  if (object == NULL)
    return NULL;

  token = gum_json_get_string (object, "access_token");
  if (!gum_json_get_int (object, "v", &version) || version != VERSION ||
      token == NULL || *token == '\0')
    return NULL;

  self = gum_credentials_new ();
  self->access_token = g_strdup (token);
  self->refresh_token = g_strdup (gum_json_get_string (object, "refresh_token"));
  self->scope = g_strdup (gum_json_get_string (object, "scope"));
  self->client_id = g_strdup (gum_json_get_string (object, "client_id"));
  self->client_secret = g_strdup (gum_json_get_string (object, "client_secret"));
  gum_json_get_boolean (object, "pasted", &self->pasted);
  gum_json_get_int (object, "obtained_at", &self->obtained_at);
  if (user_id != NULL)
    *user_id = g_strdup (gum_json_get_string (object, "user_id"));

  return g_steal_pointer (&self);
}

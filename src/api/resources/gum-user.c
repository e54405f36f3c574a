/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The seller (GET /user). To a token that only has the scope `account`, most members are absent. */

#define G_LOG_DOMAIN "gum-api"

#include "config.h"

#include "gum-user.h"
#include "gum-endpoint.h"

struct _GumUser
{
  GumResource parent_instance;

  /* owned */
  char        *id;
  char        *user_id;
  char        *name;
  char        *display_name;
  char        *bio;
  char        *twitter_handle;
  char        *email;
  char        *currency_type;
  char        *url;
  char        *picture_url;
  char       **links;
};

static const GumField gum_user_fields[] = {
  { "id", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumUser, id) },
  { "user-id", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumUser, user_id) },
  { "name", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumUser, name) },
  { "display-name", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumUser, display_name) },
  { "bio", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumUser, bio) },
  { "twitter-handle", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumUser, twitter_handle) },
  { "email", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumUser, email) },
  { "currency-type", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumUser, currency_type) },
  { "url", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumUser, url) },
  { "picture-url", GUM_FIELD_STRING, G_STRUCT_OFFSET (GumUser, picture_url),
    "profile_url", "profile_picture_url" },
  { "links", GUM_FIELD_STRV, G_STRUCT_OFFSET (GumUser, links) },
};

G_DEFINE_FINAL_TYPE (GumUser, gum_user, GUM_TYPE_RESOURCE)

static void
gum_user_class_init (GumUserClass *klass)
{
  gum_resource_class_install_fields (GUM_RESOURCE_CLASS (klass), gum_user_fields,
                                     G_N_ELEMENTS (gum_user_fields));
}

static void
gum_user_init (GumUser *self)
{
}

const GumEndpoint gum_user_endpoint = {
  .path = "user",
  .singular = "user",
  .get_type = gum_user_get_type,
};

/**
 * gum_user_get_name:
 * @self: a user
 *
 * Returns: (transfer none) (nullable): the name that the seller set
 */
const char *
gum_user_get_name (GumUser *self)
{
  g_return_val_if_fail (GUM_IS_USER (self), NULL);

  return self->name;
}

/**
 * gum_user_get_display_name:
 * @self: a user
 *
 * Returns: (transfer none) (nullable): what Gumroad shows as the name; sent only to tokens with the
 *   scope `view_profile`
 */
const char *
gum_user_get_display_name (GumUser *self)
{
  g_return_val_if_fail (GUM_IS_USER (self), NULL);

  return self->display_name;
}

/**
 * gum_user_get_email:
 * @self: a user
 *
 * Returns: (transfer none) (nullable): the address for mail
 */
const char *
gum_user_get_email (GumUser *self)
{
  g_return_val_if_fail (GUM_IS_USER (self), NULL);

  return self->email;
}

/**
 * gum_user_get_picture_url:
 * @self: a user
 *
 * Returns: (transfer none) (nullable): the address of the picture
 */
const char *
gum_user_get_picture_url (GumUser *self)
{
  g_return_val_if_fail (GUM_IS_USER (self), NULL);

  return self->picture_url;
}

/**
 * gum_user_get_url:
 * @self: a user
 *
 * Returns: (transfer none) (nullable): the address of the profile page
 */
const char *
gum_user_get_url (GumUser *self)
{
  g_return_val_if_fail (GUM_IS_USER (self), NULL);

  return self->url;
}

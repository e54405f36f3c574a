/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What else happens to a keyring: somebody locks it, another program adds to it, or the service that
 * should be there says nothing. Spoken over the bus, without libsecret. */

#include "config.h"

#include "fake-keyring.h"

#include <string.h>

#include "account-test.h"

#define SERVICE "org.freedesktop.secrets"
#define ROOT "/org/freedesktop/secrets"
#define LOGIN ROOT "/collection/login"

static GVariant *
call (const char *path,
      const char *interface,
      const char *method,
      GVariant   *parameters)
{
  g_autoptr(GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  GVariant *answer;

  g_dbus_connection_call (bus, SERVICE, path, interface, method, parameters, NULL,
                          G_DBUS_CALL_FLAGS_NONE, -1, NULL, account_test_take_result, &result);
  wait_until (result != NULL);
  answer = g_dbus_connection_call_finish (bus, result, &error);
  g_assert_no_error (error);

  return answer;
}

void
fake_keyring_lock (void)
{
  const char *paths[] = { LOGIN, NULL };
  g_autoptr(GVariant) answer = NULL;

  answer = call (ROOT, "org.freedesktop.Secret.Service", "Lock",
                 g_variant_new ("(^ao)", paths));
}

/* An item that has one attribute more than ours: a second one for the same account. */
void
fake_keyring_add_item (const char *account,
                       const char *secret)
{
  g_autoptr(GVariant) opened = NULL;
  g_autoptr(GVariant) created = NULL;
  GVariantBuilder attributes, properties;
  const char *session;

  opened = call (ROOT, "org.freedesktop.Secret.Service", "OpenSession",
                 g_variant_new ("(sv)", "plain", g_variant_new_string ("")));
  g_variant_get (opened, "(v&o)", NULL, &session);

  g_variant_builder_init (&attributes, G_VARIANT_TYPE ("a{ss}"));
  g_variant_builder_add (&attributes, "{ss}", "account", account);
  g_variant_builder_add (&attributes, "{ss}", "profile", GUM_PROFILE);
  g_variant_builder_add (&attributes, "{ss}", "extra", secret + strlen (secret) / 2);
  g_variant_builder_add (&attributes, "{ss}", "xdg:schema", GUM_INSTALLED_ID ".Account");
  g_variant_builder_init (&properties, G_VARIANT_TYPE ("a{sv}"));
  g_variant_builder_add (&properties, "{sv}", "org.freedesktop.Secret.Item.Label",
                         g_variant_new_string ("Another"));
  g_variant_builder_add (&properties, "{sv}", "org.freedesktop.Secret.Item.Attributes",
                         g_variant_builder_end (&attributes));

  created = call (LOGIN, "org.freedesktop.Secret.Collection", "CreateItem",
                  g_variant_new ("(a{sv}(o@ay@ays)b)", &properties, session,
                                 g_variant_new_array (G_VARIANT_TYPE_BYTE, NULL, 0),
                                 g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, secret,
                                                            strlen (secret), 1),
                                 "text/plain", FALSE));
}

static GDBusMessage *
swallow (GDBusConnection *connection,
         GDBusMessage    *message,
         gboolean         incoming,
         gpointer         user_data)
{
  if (incoming && g_dbus_message_get_message_type (message) == G_DBUS_MESSAGE_TYPE_METHOD_CALL)
    {
      g_object_unref (message);
      return NULL;
    }

  return message;
}

/* Owns the service's name on a connection of its own, and never answers. */
gpointer
fake_keyring_play_mute (void)
{
  g_autofree char *address = NULL;
  g_autoptr(GVariant) owned = NULL;
  g_autoptr(GError) error = NULL;
  GDBusConnection *connection;

  address = g_dbus_address_get_for_bus_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_assert_no_error (error);
  connection = g_dbus_connection_new_for_address_sync (
    address,
    G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
    NULL, NULL, &error);
  g_assert_no_error (error);
  g_dbus_connection_add_filter (connection, swallow, NULL, NULL);
  owned = g_dbus_connection_call_sync (connection, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                       "org.freedesktop.DBus", "RequestName",
                                       g_variant_new ("(su)", SERVICE, 0), NULL,
                                       G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);

  return connection;
}

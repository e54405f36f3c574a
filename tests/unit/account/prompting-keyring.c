/* SPDX-License-Identifier: GPL-3.0-or-later */

/* As much of the Secret Service as storing one thing takes, with a lock, and with a prompt that the
 * test answers when it likes. It holds one item at most. */

#include "config.h"

#include "prompting-keyring.h"

#include "account-test.h"

#define SERVICE "org.freedesktop.secrets"
#define ROOT "/org/freedesktop/secrets"
#define COLLECTION ROOT "/collection/login"
#define ALIAS ROOT "/aliases/default"
#define ITEM COLLECTION "/1"
#define SESSION ROOT "/session/1"
#define PROMPT ROOT "/prompt/1"

struct _PromptingKeyring
{
  GDBusConnection *bus;
  GVariant        *attributes;    /* of the item; NULL: there is none */
  GVariant        *secret;
  char            *label;
  gboolean         locked;
  gboolean         asking;
  guint            n_prompts;
};

static const char interfaces[] =
  "<node>"
  "<interface name='org.freedesktop.Secret.Service'>"
  "<method name='OpenSession'><arg type='s' direction='in'/><arg type='v' direction='in'/>"
  "<arg type='v' direction='out'/><arg type='o' direction='out'/></method>"
  "<method name='SearchItems'><arg type='a{ss}' direction='in'/>"
  "<arg type='ao' direction='out'/><arg type='ao' direction='out'/></method>"
  "<method name='Unlock'><arg type='ao' direction='in'/>"
  "<arg type='ao' direction='out'/><arg type='o' direction='out'/></method>"
  "<method name='GetSecrets'><arg type='ao' direction='in'/><arg type='o' direction='in'/>"
  "<arg type='a{o(oayays)}' direction='out'/></method>"
  "<method name='ReadAlias'><arg type='s' direction='in'/><arg type='o' direction='out'/></method>"
  "<property name='Collections' type='ao' access='read'/>"
  "</interface>"
  "<interface name='org.freedesktop.Secret.Collection'>"
  "<method name='CreateItem'><arg type='a{sv}' direction='in'/>"
  "<arg type='(oayays)' direction='in'/><arg type='b' direction='in'/>"
  "<arg type='o' direction='out'/><arg type='o' direction='out'/></method>"
  "<property name='Items' type='ao' access='read'/>"
  "<property name='Label' type='s' access='read'/>"
  "<property name='Locked' type='b' access='read'/>"
  "<property name='Created' type='t' access='read'/>"
  "<property name='Modified' type='t' access='read'/>"
  "</interface>"
  "<interface name='org.freedesktop.Secret.Item'>"
  "<method name='Delete'><arg type='o' direction='out'/></method>"
  "<property name='Attributes' type='a{ss}' access='read'/>"
  "<property name='Label' type='s' access='read'/>"
  "<property name='Locked' type='b' access='read'/>"
  "<property name='Created' type='t' access='read'/>"
  "<property name='Modified' type='t' access='read'/>"
  "</interface>"
  "<interface name='org.freedesktop.Secret.Prompt'>"
  "<method name='Prompt'><arg type='s' direction='in'/></method>"
  "<method name='Dismiss'/>"
  "<signal name='Completed'><arg type='b'/><arg type='v'/></signal>"
  "</interface>"
  "</node>";

static gboolean
matches (PromptingKeyring *self,
         GVariant         *wanted)
{
  GVariantIter iter;
  const char *name, *value;

  if (self->attributes == NULL)
    return FALSE;

  g_variant_iter_init (&iter, wanted);
  while (g_variant_iter_next (&iter, "{&s&s}", &name, &value))
    {
      const char *ours = NULL;

      if (!g_variant_lookup (self->attributes, name, "&s", &ours) || !g_str_equal (ours, value))
        return FALSE;
    }

  return TRUE;
}

static void
forget_item (PromptingKeyring *self)
{
  g_clear_pointer (&self->attributes, g_variant_unref);
  g_clear_pointer (&self->secret, g_variant_unref);
  g_clear_pointer (&self->label, g_free);
}

static void
create_item (PromptingKeyring      *self,
             GVariant              *parameters,
             GDBusMethodInvocation *invocation)
{
  g_autoptr(GVariant) details = NULL;
  g_autoptr(GVariant) secret = NULL;

  if (self->locked)
    {
      g_dbus_method_invocation_return_dbus_error (invocation,
                                                  "org.freedesktop.Secret.Error.IsLocked",
                                                  "Locked");
      return;
    }

  forget_item (self);
  g_variant_get (parameters, "(@a{sv}@(oayays)b)", &details, &secret, NULL);
  self->attributes = g_variant_lookup_value (details, "org.freedesktop.Secret.Item.Attributes",
                                             G_VARIANT_TYPE ("a{ss}"));
  g_variant_lookup (details, "org.freedesktop.Secret.Item.Label", "s", &self->label);
  self->secret = g_steal_pointer (&secret);
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(oo)", ITEM, "/"));
}

static void
on_call (GDBusConnection       *bus,
         const char            *sender,
         const char            *path,
         const char            *interface,
         const char            *method,
         GVariant              *parameters,
         GDBusMethodInvocation *invocation,
         gpointer               user_data)
{
  PromptingKeyring *self = user_data;
  const char *here[] = { ITEM, NULL };
  const char *nowhere[] = { NULL };

  if (g_str_equal (method, "OpenSession"))
    {
      const char *algorithm;

      g_variant_get (parameters, "(&sv)", &algorithm, NULL);
      if (g_str_equal (algorithm, "plain"))
        g_dbus_method_invocation_return_value (
          invocation, g_variant_new ("(vo)", g_variant_new_string (""), SESSION));
      else
        g_dbus_method_invocation_return_error (invocation, G_DBUS_ERROR,
                                               G_DBUS_ERROR_NOT_SUPPORTED, "Only plain");
    }
  else if (g_str_equal (method, "SearchItems"))
    {
      g_autoptr(GVariant) wanted = g_variant_get_child_value (parameters, 0);
      gboolean found = matches (self, wanted);

      g_dbus_method_invocation_return_value (
        invocation, g_variant_new ("(^ao^ao)", found && !self->locked ? here : nowhere,
                                   found && self->locked ? here : nowhere));
    }
  else if (g_str_equal (method, "Unlock"))
    {
      g_autoptr(GVariant) objects = g_variant_get_child_value (parameters, 0);

      if (self->locked)
        g_dbus_method_invocation_return_value (invocation,
                                               g_variant_new ("(^aoo)", nowhere, PROMPT));
      else
        g_dbus_method_invocation_return_value (invocation,
                                               g_variant_new ("(@aoo)", objects, "/"));
    }
  else if (g_str_equal (method, "GetSecrets"))
    {
      GVariantBuilder secrets;

      g_variant_builder_init (&secrets, G_VARIANT_TYPE ("a{o(oayays)}"));
      if (self->secret != NULL && !self->locked)
        g_variant_builder_add (&secrets, "{o@(oayays)}", ITEM, self->secret);
      g_dbus_method_invocation_return_value (invocation,
                                             g_variant_new ("(a{o(oayays)})", &secrets));
    }
  else if (g_str_equal (method, "ReadAlias"))
    {
      g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", COLLECTION));
    }
  else if (g_str_equal (method, "CreateItem"))
    {
      create_item (self, parameters, invocation);
    }
  else if (g_str_equal (method, "Delete"))
    {
      forget_item (self);
      g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", "/"));
    }
  else if (g_str_equal (method, "Prompt"))
    {
      self->asking = TRUE;
      self->n_prompts++;
      g_dbus_method_invocation_return_value (invocation, NULL);
    }
  else
    {
      g_dbus_method_invocation_return_value (invocation, NULL);
      if (self->asking)
        prompting_keyring_answer (self, FALSE);
    }
}

static GVariant *
on_get (GDBusConnection  *bus,
        const char       *sender,
        const char       *path,
        const char       *interface,
        const char       *name,
        GError          **error,
        gpointer          user_data)
{
  PromptingKeyring *self = user_data;
  const char *collections[] = { COLLECTION, NULL };
  const char *items[] = { self->attributes != NULL ? ITEM : NULL, NULL };

  if (g_str_equal (name, "Collections"))
    return g_variant_new ("^ao", collections);
  if (g_str_equal (name, "Items"))
    return g_variant_new ("^ao", items);
  if (g_str_equal (name, "Label"))
    return g_variant_new_string (self->label != NULL ? self->label : "Login");
  if (g_str_equal (name, "Locked"))
    return g_variant_new_boolean (self->locked);
  if (g_str_equal (name, "Attributes"))
    return self->attributes != NULL ? g_variant_ref (self->attributes)
                                    : g_variant_new_array (G_VARIANT_TYPE ("{ss}"), NULL, 0);

  return g_variant_new_uint64 (1);
}

/* On a connection of its own, locked. */
PromptingKeyring *
prompting_keyring_new (void)
{
  static const GDBusInterfaceVTable vtable = { .method_call = on_call, .get_property = on_get };
  static const char *const objects[][2] = {
    { ROOT, "org.freedesktop.Secret.Service" },
    { COLLECTION, "org.freedesktop.Secret.Collection" },
    { ALIAS, "org.freedesktop.Secret.Collection" },
    { ITEM, "org.freedesktop.Secret.Item" },
    { PROMPT, "org.freedesktop.Secret.Prompt" },
  };
  PromptingKeyring *self = g_new0 (PromptingKeyring, 1);
  g_autoptr(GDBusNodeInfo) node = NULL;
  g_autofree char *address = NULL;
  g_autoptr(GVariant) owned = NULL;
  g_autoptr(GError) error = NULL;

  self->locked = TRUE;
  address = g_dbus_address_get_for_bus_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_assert_no_error (error);
  self->bus = g_dbus_connection_new_for_address_sync (
    address,
    G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
    NULL, NULL, &error);
  g_assert_no_error (error);

  node = g_dbus_node_info_new_for_xml (interfaces, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (objects); i++)
    {
      g_dbus_connection_register_object (self->bus, objects[i][0],
                                         g_dbus_node_info_lookup_interface (node, objects[i][1]),
                                         &vtable, self, NULL, &error);
      g_assert_no_error (error);
    }

  owned = g_dbus_connection_call_sync (self->bus, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                       "org.freedesktop.DBus", "RequestName",
                                       g_variant_new ("(su)", SERVICE, 0), NULL,
                                       G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);

  return self;
}

void
prompting_keyring_free (PromptingKeyring *self)
{
  g_dbus_connection_close_sync (self->bus, NULL, NULL);
  g_object_unref (self->bus);
  forget_item (self);
  g_free (self);
}

static void
tell_locked (PromptingKeyring *self,
             const char       *path,
             const char       *interface)
{
  GVariantBuilder changed;

  g_variant_builder_init (&changed, G_VARIANT_TYPE ("a{sv}"));
  g_variant_builder_add (&changed, "{sv}", "Locked", g_variant_new_boolean (self->locked));
  g_dbus_connection_emit_signal (self->bus, NULL, path, "org.freedesktop.DBus.Properties",
                                 "PropertiesChanged",
                                 g_variant_new ("(sa{sv}as)", interface, &changed, NULL), NULL);
}

static void
set_locked (PromptingKeyring *self,
            gboolean          locked)
{
  self->locked = locked;
  tell_locked (self, COLLECTION, "org.freedesktop.Secret.Collection");
  tell_locked (self, ITEM, "org.freedesktop.Secret.Item");
}

void
prompting_keyring_lock (PromptingKeyring *self)
{
  set_locked (self, TRUE);
}

gboolean
prompting_keyring_is_locked (PromptingKeyring *self)
{
  return self->locked;
}

gboolean
prompting_keyring_has_item (PromptingKeyring *self)
{
  return self->attributes != NULL;
}

guint
prompting_keyring_n_prompts (PromptingKeyring *self)
{
  return self->n_prompts;
}

gboolean
prompting_keyring_is_asking (PromptingKeyring *self)
{
  return self->asking;
}

void
prompting_keyring_answer (PromptingKeyring *self,
                          gboolean          unlock)
{
  const char *unlocked[] = { unlock ? COLLECTION : NULL, NULL };

  g_assert_true (self->asking);
  self->asking = FALSE;
  if (unlock)
    set_locked (self, FALSE);
  g_dbus_connection_emit_signal (self->bus, NULL, PROMPT, "org.freedesktop.Secret.Prompt",
                                 "Completed",
                                 g_variant_new ("(bv)", !unlock, g_variant_new ("^ao", unlocked)),
                                 NULL);
}

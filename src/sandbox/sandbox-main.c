/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The sandbox as a program: says on one line of standard output where it is, and serves until it
 * is told to end.
 */
#define G_LOG_DOMAIN "gum-sandbox"

#include "config.h"

#include "gum-sandbox.h"

#include <gio/gunixinputstream.h>
#include <glib-unix.h>
#include <json-glib/json-glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static int port = 0;
static int n_products = 27;
static int n_sales = 0;
static int seed = 1;
static char *certificate = NULL;
static gboolean until_eof = FALSE;

static const GOptionEntry entries[] = {
  { "port", 0, 0, G_OPTION_ARG_INT, &port, "Listen on this port of 127.0.0.1", "N" },
  { "products", 0, 0, G_OPTION_ARG_INT, &n_products, "Make so many products", "N" },
  { "sales", 0, 0, G_OPTION_ARG_INT, &n_sales, "Make so many sales", "N" },
  { "seed", 0, 0, G_OPTION_ARG_INT, &seed, "Make the shop from this seed", "N" },
  { "storage-certificate", 0, 0, G_OPTION_ARG_FILENAME, &certificate,
    "Let the storage speak TLS, with the certificate and key of this file", "FILE" },
  { "until-eof", 0, 0, G_OPTION_ARG_NONE, &until_eof, "End when standard input is closed", NULL },
  { NULL },
};

static gboolean
signal_cb (gpointer data)
{
  g_main_loop_quit (data);

  return G_SOURCE_CONTINUE;
}

static gboolean
input_cb (int          fd,
          GIOCondition condition,
          gpointer     data)
{
  char buffer[256];

  if (read (fd, buffer, sizeof buffer) > 0)
    return G_SOURCE_CONTINUE;

  g_main_loop_quit (data);

  return G_SOURCE_REMOVE;
}

static void
print_addresses (GumSandbox *sandbox)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *line = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "api");
  json_builder_add_string_value (builder, gum_sandbox_get_api_url (sandbox));
  json_builder_set_member_name (builder, "oauth");
  json_builder_add_string_value (builder, gum_sandbox_get_oauth_url (sandbox));
  json_builder_set_member_name (builder, "storage");
  json_builder_add_string_value (builder, gum_sandbox_get_storage_url (sandbox));
  json_builder_set_member_name (builder, "client_id");
  json_builder_add_string_value (builder, gum_sandbox_get_client_id (sandbox));
  json_builder_set_member_name (builder, "client_secret");
  json_builder_add_string_value (builder, gum_sandbox_get_client_secret (sandbox));
  json_builder_set_member_name (builder, "redirect_uri");
  json_builder_add_string_value (builder, gum_sandbox_get_redirect_uri (sandbox));
  json_builder_set_member_name (builder, "access_token");
  json_builder_add_string_value (builder, gum_sandbox_get_access_token (sandbox));
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  line = json_to_string (root, FALSE);
  g_print ("%s\n", line);
  fflush (stdout);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GOptionContext) context = g_option_context_new ("- a Gumroad on this computer");
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GumSandbox) sandbox = NULL;
  g_autoptr (GError) error = NULL;
  GumSandboxOptions options;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return EXIT_FAILURE;
    }
  if (port < 0 || port > 65535 || n_products < 0 || n_sales < 0 || seed < 0)
    {
      g_printerr ("A number is out of range\n");
      return EXIT_FAILURE;
    }

  options = (GumSandboxOptions) { (guint) port, (guint) n_products, (guint) n_sales,
                                  (guint) seed, certificate };
  sandbox = gum_sandbox_new (&options);
  if (!gum_sandbox_start (sandbox, &error))
    {
      g_printerr ("%s\n", error->message);
      return EXIT_FAILURE;
    }

  g_unix_signal_add (SIGINT, signal_cb, loop);
  g_unix_signal_add (SIGTERM, signal_cb, loop);
  if (until_eof)
    g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP | G_IO_ERR, input_cb, loop);

  print_addresses (sandbox);
  g_main_loop_run (loop);
  gum_sandbox_stop (sandbox);
  g_free (certificate);

  return EXIT_SUCCESS;
}

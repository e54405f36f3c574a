/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A Gumroad that lives on 127.0.0.1: the OAuth pages and endpoints, /v2, pictures, and faults on
 * demand.  It serves the sample store, the tests and the benchmarks.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * GumSandboxOptions:
 * @port: the TCP port, or 0 for any free one
 * @n_products: how many products the shop has
 * @n_sales: how many sales the shop has
 * @seed: what the data are made from; the same seed gives the same shop
 * @storage_certificate: (nullable): a PEM file with a certificate and its key, for a storage that
 *   speaks TLS; read by gum_sandbox_start()
 */
typedef struct
{
  guint port;
  guint n_products;
  guint n_sales;
  guint seed;
  const char *storage_certificate;
} GumSandboxOptions;

#define GUM_TYPE_SANDBOX (gum_sandbox_get_type ())
G_DECLARE_FINAL_TYPE (GumSandbox, gum_sandbox, GUM, SANDBOX, GObject)

GumSandbox *gum_sandbox_new               (const GumSandboxOptions  *options);
gboolean    gum_sandbox_start             (GumSandbox               *self,
                                           GError                  **error);
void        gum_sandbox_stop              (GumSandbox               *self);
guint       gum_sandbox_get_port          (GumSandbox               *self);
const char *gum_sandbox_get_api_url       (GumSandbox               *self);
const char *gum_sandbox_get_oauth_url     (GumSandbox               *self);
const char *gum_sandbox_get_storage_url   (GumSandbox               *self);
const char *gum_sandbox_get_client_id     (GumSandbox               *self);
const char *gum_sandbox_get_client_secret (GumSandbox               *self);
const char *gum_sandbox_get_redirect_uri  (GumSandbox               *self);
const char *gum_sandbox_get_access_token  (GumSandbox               *self);
void        gum_sandbox_control           (GumSandbox               *self,
                                           const char               *verb,
                                           const char               *json_args,
                                           char                    **json_result);

G_END_DECLS

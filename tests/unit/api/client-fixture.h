/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dummy-authorizer.h"
#include "gum-client.h"
#include "gum-raw-server.h"
#include "gum-test.h"

G_BEGIN_DECLS

/* A client whose waits are a thousand times shorter, and a scripted peer. */
typedef struct {
  GumRawServer    *server;
  DummyAuthorizer *authorizer;
  GumClient       *client;
  GCancellable    *cancellable;
  GAsyncResult    *result;
  GError          *error;
} Fixture;

void        fixture_set_up         (Fixture       *fixture,
                                    gconstpointer  data);
void        fixture_tear_down      (Fixture       *fixture,
                                    gconstpointer  data);
void        fixture_send           (Fixture       *fixture,
                                    const char    *method);
JsonObject *fixture_finish         (Fixture       *fixture);
void        fixture_assert_failure (Fixture       *fixture,
                                    GQuark         domain,
                                    int            code);

#define FIXTURE_ADD(path, function) \
  g_test_add (path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the client's tests have in common. */

#include "config.h"

#include "client-fixture.h"
#include "gum-client-private.h"

void
fixture_set_up (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *url = NULL;

  fixture->server = gum_raw_server_new ();
  fixture->authorizer = dummy_authorizer_new ("t0ken");
  fixture->cancellable = g_cancellable_new ();
  url = g_strconcat (gum_raw_server_get_url (fixture->server), "/v2/", NULL);
  fixture->client = gum_client_new (url, GUM_AUTHORIZER (fixture->authorizer), &fixture->error);
  g_assert_no_error (fixture->error);
  g_assert_false (g_str_has_suffix (gum_client_get_url (fixture->client), "/"));
  _gum_client_set_time_scale (fixture->client, 0.001);
}

static gboolean
client_is_gone (gpointer data)
{
  return ((Fixture *) data)->client == NULL;
}

void
fixture_tear_down (Fixture       *fixture,
                   gconstpointer  data)
{
  GumClient *client = fixture->client;

  g_clear_object (&fixture->result);
  g_clear_object (&fixture->cancellable);
  g_clear_error (&fixture->error);
  gum_test_settle ();
  g_assert_cmpuint (gum_raw_server_get_n_left (fixture->server), ==, 0);

  /* A refresh that nobody waits for any more still holds it. */
  g_object_add_weak_pointer (G_OBJECT (client), (gpointer *) &fixture->client);
  g_object_unref (client);
  gum_test_wait_until (client_is_gone, fixture);
  g_clear_object (&fixture->authorizer);
  gum_test_settle ();
  g_assert_finalize_object (g_steal_pointer (&fixture->server));
}

void
fixture_send (Fixture    *fixture,
              const char *method)
{
  g_autoptr(GumRequest) request = gum_request_new (method, "products");

  g_clear_object (&fixture->result);
  g_clear_error (&fixture->error);
  gum_client_send_async (fixture->client, request, fixture->cancellable, gum_test_result_cb,
                         &fixture->result);
}

JsonObject *
fixture_finish (Fixture *fixture)
{
  return gum_client_send_finish (fixture->client, gum_test_wait_result (&fixture->result),
                                 &fixture->error);
}

void
fixture_assert_failure (Fixture *fixture,
                        GQuark   domain,
                        int      code)
{
  g_assert_null (fixture_finish (fixture));
  g_assert_error (fixture->error, domain, code);
}

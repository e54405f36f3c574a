/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every kind of write meets everything that a server or a line can do to it. Each is on the wire once, whatever
 * comes of it; what came is said, and the journal says the same at the next start, which sends nothing. */

#include "config.h"

#include "shop-test.h"

#include "gum-client-private.h"
#include "gum-error.h"
#include "gum-part-write.h"

#include <string.h>

#define NAMED "{\"name\":\"x\"}"

/* %s: the newest product. A body of NULL: none. */
static const struct {
  const char *kind;
  const char *method;
  const char *path;
  const char *body;
} kinds[] = {
  { GUM_WRITE_KIND_UPDATE, "PUT", "products/%s", NAMED },
  { GUM_WRITE_KIND_PUBLISH, "PUT", "products/%s/enable", NULL },
  { GUM_WRITE_KIND_UNPUBLISH, "PUT", "products/%s/disable", NULL },
  { GUM_WRITE_KIND_BUNDLE_UPDATE, "PUT", "products/%s/bundle_contents", "{\"products\":[]}" },
  { GUM_WRITE_KIND_CATEGORY_CREATE, "POST", "products/%s/variant_categories", "{\"title\":\"x\"}" },
  { GUM_WRITE_KIND_CATEGORY_UPDATE, "PUT", "products/%s/variant_categories/c", "{\"title\":\"x\"}" },
  { GUM_WRITE_KIND_CATEGORY_DELETE, "DELETE", "products/%s/variant_categories/c", NULL },
  { GUM_WRITE_KIND_VARIANT_CREATE, "POST", "products/%s/variant_categories/c/variants", NAMED },
  { GUM_WRITE_KIND_VARIANT_UPDATE, "PUT", "products/%s/variant_categories/c/variants/v", NAMED },
  { GUM_WRITE_KIND_VARIANT_DELETE, "DELETE", "products/%s/variant_categories/c/variants/v", NULL },
  { GUM_WRITE_KIND_QUESTION_CREATE, "POST", "products/%s/custom_fields", NAMED },
  { GUM_WRITE_KIND_QUESTION_UPDATE, "PUT", "products/%s/custom_fields/x", NAMED },
  { GUM_WRITE_KIND_QUESTION_DELETE, "DELETE", "products/%s/custom_fields/x", NULL },
  { GUM_WRITE_KIND_COVER_ADD, "POST", "products/%s/covers", "{\"url\":\"https://example.org/x.png\"}" },
  { GUM_WRITE_KIND_COVER_DELETE, "DELETE", "products/%s/covers/x", NULL },
  { GUM_WRITE_KIND_THUMBNAIL_SET, "POST", "products/%s/thumbnail", "{\"url\":\"https://example.org/x.png\"}" },
  { GUM_WRITE_KIND_THUMBNAIL_DELETE, "DELETE", "products/%s/thumbnail", NULL },
  { GUM_WRITE_KIND_CODE_CREATE, "POST", "products/%s/offer_codes", NAMED },
  { GUM_WRITE_KIND_CODE_UPDATE, "PUT", "products/%s/offer_codes/x", "{\"max_purchase_count\":3}" },
  { GUM_WRITE_KIND_CODE_DELETE, "DELETE", "products/%s/offer_codes/x", NULL },
  { GUM_WRITE_KIND_UPSELL_CREATE, "POST", "upsells", NAMED },
  { GUM_WRITE_KIND_UPSELL_UPDATE, "PUT", "upsells/x", NAMED },
  { GUM_WRITE_KIND_UPSELL_DELETE, "DELETE", "upsells/x", NULL },
  { GUM_WRITE_KIND_POLICY_UPDATE, "PUT", "refund_policy", "{\"refund_period\":\"30\"}" },
  { GUM_WRITE_KIND_PROFILE_UPDATE, "PUT", "user", NAMED },
  { GUM_WRITE_KIND_CREATE, "POST", "products", "{\"name\":\"x\",\"draft\":true}" },
  { GUM_WRITE_KIND_DELETE, "DELETE", "products/%s", NULL },
};

/* What comes back. */
static const struct {
  const char *name;
  const char *fault;
  int         code;          /* of GUM_ERROR; GUM_ERROR_UNCLEAR: whether it was carried out is not known */
} faults[] = {
  { "401", "\"kind\":\"status\",\"status\":401", GUM_ERROR_UNAUTHORIZED },
  { "403", "\"kind\":\"status\",\"status\":403", GUM_ERROR_FORBIDDEN },
  { "429", "\"kind\":\"status\",\"status\":429", GUM_ERROR_RATE_LIMITED },
  { "refused", "\"kind\":\"success_false\",\"message\":\"Price is too low\"", GUM_ERROR_REJECTED },
  { "redirected", "\"kind\":\"redirect\",\"location\":\"/v2/categories\"", GUM_ERROR_REDIRECTED },
  { "408", "\"kind\":\"status\",\"status\":408", GUM_ERROR_UNCLEAR },
  { "500", "\"kind\":\"status\",\"status\":500", GUM_ERROR_UNCLEAR },
  { "502", "\"kind\":\"status\",\"status\":502", GUM_ERROR_UNCLEAR },
  { "503", "\"kind\":\"status\",\"status\":503", GUM_ERROR_UNCLEAR },
  { "504", "\"kind\":\"status\",\"status\":504", GUM_ERROR_UNCLEAR },
  { "html", "\"kind\":\"html\"", GUM_ERROR_UNCLEAR },
  { "broken-json", "\"kind\":\"bad_json\"", GUM_ERROR_UNCLEAR },
  { "empty", "\"kind\":\"empty\"", GUM_ERROR_UNCLEAR },
  { "deep", "\"kind\":\"deep\",\"levels\":2000", GUM_ERROR_UNCLEAR },
  { "dropped", "\"kind\":\"drop_before\"", GUM_ERROR_UNCLEAR },
  { "reset", "\"kind\":\"reset_before\"", GUM_ERROR_UNCLEAR },
};

static GumWrite *
new_write (Shop  *shop,
           gsize  kind)
{
  g_autofree char *path = NULL;
  g_autoptr(JsonNode) body = NULL;
  gboolean of_product = strstr (kinds[kind].path, "%s") != NULL;

  path = of_product ? g_strdup_printf ("products/%s%s", shop->id, strstr (kinds[kind].path, "%s") + 2)
                    : g_strdup (kinds[kind].path);
  if (kinds[kind].body != NULL)
    body = json_from_string (kinds[kind].body, NULL);

  return gum_write_new (kinds[kind].kind, kinds[kind].method, path, of_product ? shop->id : NULL,
                        "A thing", body != NULL ? json_node_get_object (body) : NULL, NULL);
}

static void
forget_requests (Shop *shop)
{
  store_test_tell (shop->test, "requests", "{\"clear\":true}");
}

/* The product is not yet as the write would make it. */
static void
make_room (Shop  *shop,
           gsize  kind)
{
  if (strcmp (kinds[kind].kind, GUM_WRITE_KIND_PUBLISH) == 0)
    shop_edit (shop, "{\"published\":false}");
  else if (strcmp (kinds[kind].kind, GUM_WRITE_KIND_UNPUBLISH) == 0)
    shop_edit (shop, "{\"published\":true}");
}

/* All that is no question. */
static guint
count_writes (Shop *shop)
{
  return shop_count_requests (shop, "POST", "/") + shop_count_requests (shop, "PUT", "/") +
         shop_count_requests (shop, "DELETE", "/");
}

static void
check_end (GumWrite     *write,
           const GError *error,
           int           code)
{
  g_autoptr(GError) kept = gum_write_dup_error (write);

  g_assert_error (error, GUM_ERROR, code);
  g_assert_cmpint (gum_write_get_state (write), ==,
                   code == GUM_ERROR_UNCLEAR ? GUM_WRITE_UNCLEAR : GUM_WRITE_FAILED);
  g_assert_error (kept, GUM_ERROR, code);
}

/* As check_end(), of what a ledger that was closed and opened again says. */
static void
check_kept (Shop      *shop,
            GPtrArray *writes)
{
  GumJournal *journal;

  shop_reopen (shop);
  journal = gum_store_get_journal (shop->store);
  for (guint i = 0; i < writes->len; i++)
    {
      GumWrite *write = g_ptr_array_index (writes, i);
      g_autoptr(GAsyncResult) result = NULL;
      g_autoptr(GPtrArray) kept = NULL;
      g_autoptr(GError) before = gum_write_dup_error (write);
      g_autoptr(GError) after = NULL;

      gum_journal_list_async (journal, gum_write_get_batch (write), NULL, gum_test_result_cb, &result);
      kept = gum_journal_list_finish (journal, gum_test_wait_result (&result), NULL);
      g_assert_cmpuint (kept->len, ==, 1);
      g_assert_cmpstr (gum_write_get_kind (kept->pdata[0]), ==, gum_write_get_kind (write));
      g_assert_cmpint (gum_write_get_state (kept->pdata[0]), ==, gum_write_get_state (write));
      after = gum_write_dup_error (kept->pdata[0]);
      g_assert_error (after, before->domain, before->code);
      g_assert_cmpstr (gum_error_get_server_message (after), ==, gum_error_get_server_message (before));
    }
}

static void
test_fault (gconstpointer data)
{
  gsize fault = GPOINTER_TO_SIZE (data);
  g_auto(Shop) shop = { 0 };
  g_autoptr(GPtrArray) writes = g_ptr_array_new_with_free_func (g_object_unref);

  shop_open (&shop, 3);
  _gum_client_set_time_scale (shop.test->client, 0.001);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      GumWrite *write = new_write (&shop, i);
      g_autofree char *match = g_strdup_printf ("%s *", kinds[i].method);
      g_autoptr(GError) error = NULL;

      g_test_message ("%s", kinds[i].kind);
      g_ptr_array_add (writes, write);
      make_room (&shop, i);
      forget_requests (&shop);
      shop_add_fault (&shop, match, faults[fault].fault);
      g_assert_false (shop_send (&shop, write, &error));
      check_end (write, error, faults[fault].code);
      g_assert_cmpuint (count_writes (&shop), ==, 1);
    }

  forget_requests (&shop);
  check_kept (&shop, writes);
  g_assert_cmpuint (count_writes (&shop), ==, 0);
}

/* No answer at all: one of each method will do, because each takes as long as may be waited. */
static void
test_silence (void)
{
  static const char * const some[] = { GUM_WRITE_KIND_UPDATE, GUM_WRITE_KIND_CODE_CREATE, GUM_WRITE_KIND_UPSELL_DELETE };
  g_auto(Shop) shop = { 0 };
  g_autoptr(GPtrArray) writes = g_ptr_array_new_with_free_func (g_object_unref);

  shop_open (&shop, 3);
  _gum_client_set_deadline (shop.test->client, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      for (gsize j = 0; j < G_N_ELEMENTS (some); j++)
        {
          g_autoptr(GError) error = NULL;
          g_autofree char *match = g_strdup_printf ("%s *", kinds[i].method);

          if (strcmp (kinds[i].kind, some[j]) != 0)
            continue;
          g_ptr_array_add (writes, new_write (&shop, i));
          shop_add_fault (&shop, match, "\"kind\":\"hang\"");
          g_assert_false (shop_send (&shop, writes->pdata[writes->len - 1], &error));
          check_end (writes->pdata[writes->len - 1], error, GUM_ERROR_UNCLEAR);
        }
    }
  g_assert_cmpuint (count_writes (&shop), ==, G_N_ELEMENTS (some));

  check_kept (&shop, writes);
  g_assert_cmpuint (count_writes (&shop), ==, G_N_ELEMENTS (some));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *path = g_strconcat ("/store/write-faults/", faults[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_fault);
    }
  g_test_add_func ("/store/write-faults/silence", test_silence);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Writing versions, questions and bundles, against the sandbox and its faults: what is on the wire is
 * counted. */

#include "config.h"

#include "part-test.h"

#include "gum-error.h"
#include "gum-json.h"
#include "gum-part-write.h"

#include <string.h>

static GumJournal *
get_journal (PartTest *shop)
{
  return gum_store_get_journal (shop->store);
}

static gboolean
send_write (PartTest     *shop,
            GumWrite     *write,
            GCancellable *cancellable,
            GError      **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  gum_journal_send_async (get_journal (shop), write, cancellable, gum_test_result_cb, &result);

  return gum_journal_send_finish (get_journal (shop), gum_test_wait_result (&result), error);
}

static JsonObject *
parse (const char *text)
{
  g_autoptr(JsonNode) node = json_from_string (text, NULL);

  return json_node_dup_object (node);
}

static gboolean
add_group (PartTest     *shop,
           const char   *title,
           const char   *first,
           GCancellable *cancellable,
           GError      **error)
{
  g_autoptr(JsonObject) body = parse (first);
  g_autoptr(GAsyncResult) result = NULL;

  gum_journal_add_group_async (get_journal (shop), shop->id, title, body, cancellable,
                               gum_test_result_cb, &result);

  return gum_journal_add_group_finish (get_journal (shop), gum_test_wait_result (&result), error);
}

/* --- versions --------------------------------------------------------------------------------- */

static void
test_variant (void)
{
  g_auto(PartTest) shop = { 0 };
  g_autoptr(GumCollection) categories = NULL;
  g_autoptr(GumCollection) variants = NULL;
  g_autoptr(JsonObject) fresh = parse ("{\"name\":\"Classroom\",\"price_difference_cents\":9900}");
  g_autoptr(JsonObject) body = parse ("{\"description\":\"Thirty seats\",\"max_purchase_count\":5}");
  g_autoptr(JsonObject) before = parse ("{\"description\":null,\"max_purchase_count\":null}");
  g_autoptr(GumWrite) create = NULL;
  g_autoptr(GumWrite) update = NULL;
  g_autoptr(GumWrite) undo = NULL;
  g_autoptr(GumWrite) remove = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *category = NULL;
  g_autofree char *variant = NULL;
  g_autofree char *shown = NULL;
  g_autofree char *sent = NULL;
  g_autofree char *text = NULL;

  part_test_open (&shop, BRUSHES);
  categories = part_test_read (&shop, &gum_variant_category_endpoint);
  category = part_test_dup_id (categories, 0);
  create = gum_write_new_variant_create (shop.id, category, fresh);
  g_assert_true (send_write (&shop, create, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (part_test_count (&shop, "POST", "/variants", &sent), ==, 1);
  g_assert_cmpstr (sent, ==, "{\"name\":\"Classroom\",\"price_difference_cents\":9900}");

  /* The product was read again, and so its page shows it. */
  shown = json_to_string (json_object_get_member (gum_resource_get_json (
                            GUM_RESOURCE (shop.product)), "variants"), FALSE);
  g_assert_nonnull (strstr (shown, "Classroom"));

  variants = part_test_read_variants (&shop, category);
  g_assert_cmpuint (part_test_length (variants), ==, 4);
  variant = part_test_dup_id (variants, 3);
  update = gum_write_new_variant_update (shop.id, category, variant, "Classroom", body, before);
  g_assert_true (send_write (&shop, update, NULL, &error));
  part_test_read_all (variants);
  text = part_test_dup_text (variants, 3, "description");
  g_assert_cmpstr (text, ==, "Thirty seats");

  undo = gum_write_new_opposite (update);
  g_assert_true (send_write (&shop, undo, NULL, &error));
  g_clear_pointer (&sent, g_free);
  part_test_count (&shop, "PUT", "==", &sent);
  g_assert_cmpstr (sent, ==, "{\"description\":null,\"max_purchase_count\":null}");

  remove = gum_write_new_variant_delete (shop.id, category, variant, "Classroom");
  g_assert_null (gum_write_new_opposite (remove));
  g_assert_true (send_write (&shop, remove, NULL, &error));
  part_test_read_all (variants);
  g_assert_cmpuint (part_test_length (variants), ==, 3);
}

static void
test_variant_refused (void)
{
  g_auto(PartTest) shop = { 0 };
  g_autoptr(GumCollection) categories = NULL;
  g_autoptr(JsonObject) body = parse ("{\"name\":\"Cheap\",\"price_difference_cents\":-100}");
  g_autoptr(GumWrite) write = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *category = NULL;

  part_test_open (&shop, BRUSHES);
  categories = part_test_read (&shop, &gum_variant_category_endpoint);
  category = part_test_dup_id (categories, 0);
  write = gum_write_new_variant_create (shop.id, category, body);
  g_assert_false (send_write (&shop, write, NULL, &error));
  g_assert_error (error, GUM_ERROR, GUM_ERROR_REJECTED);
  g_assert_nonnull (strstr (gum_error_get_server_message (error), "greater than or equal to 0"));
  g_assert_cmpint (gum_write_get_state (write), ==, GUM_WRITE_FAILED);
  g_assert_cmpuint (part_test_count (&shop, "POST", "/variants", NULL), ==, 1);
}

/* The handler ran, and its answer never came: it is there, and nothing is sent again. */
static void
test_variant_unclear (void)
{
  g_auto(PartTest) shop = { 0 };
  g_autoptr(GumCollection) categories = NULL;
  g_autoptr(GumCollection) variants = NULL;
  g_autoptr(JsonObject) body = parse ("{\"name\":\"Maybe\",\"price_difference_cents\":0}");
  g_autoptr(GumWrite) write = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *category = NULL;

  part_test_open (&shop, BRUSHES);
  categories = part_test_read (&shop, &gum_variant_category_endpoint);
  category = part_test_dup_id (categories, 0);
  store_test_tell (shop.test, "fault", "{\"match\":\"POST *\",\"kind\":\"drop\"}");
  write = gum_write_new_variant_create (shop.id, category, body);
  g_assert_false (send_write (&shop, write, NULL, &error));
  g_assert_error (error, GUM_ERROR, GUM_ERROR_UNCLEAR);
  g_assert_cmpint (gum_write_get_state (write), ==, GUM_WRITE_UNCLEAR);
  g_assert_cmpuint (part_test_count (&shop, "POST", "/variants", NULL), ==, 1);
  variants = part_test_read_variants (&shop, category);
  g_assert_cmpuint (part_test_length (variants), ==, 4);
}

static void
test_variant_cancelled (void)
{
  g_auto(PartTest) shop = { 0 };
  g_autoptr(GumCollection) categories = NULL;
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(JsonObject) body = parse ("{\"name\":\"Never\",\"price_difference_cents\":0}");
  g_autoptr(GumWrite) write = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *category = NULL;

  part_test_open (&shop, BRUSHES);
  categories = part_test_read (&shop, &gum_variant_category_endpoint);
  category = part_test_dup_id (categories, 0);
  g_cancellable_cancel (cancellable);
  write = gum_write_new_variant_create (shop.id, category, body);
  g_assert_false (send_write (&shop, write, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (gum_write_get_state (write), ==, GUM_WRITE_DROPPED);
  g_assert_cmpuint (part_test_count (&shop, "POST", "/variants", NULL), ==, 0);
}

static void
test_group (void)
{
  g_auto(PartTest) shop = { 0 };
  g_autoptr(GumCollection) categories = NULL;
  g_autoptr(GumCollection) variants = NULL;
  g_autoptr(GumWrite) rename = NULL;
  g_autoptr(GumWrite) remove = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *id = NULL;
  g_autofree char *title = NULL;

  part_test_open (&shop, SCHOOL);
  categories = part_test_read (&shop, &gum_variant_category_endpoint);
  g_assert_cmpuint (part_test_length (categories), ==, 0);
  g_assert_true (add_group (&shop, "License", "{\"name\":\"Personal\"}", NULL, &error));
  g_assert_no_error (error);
  part_test_read_all (categories);
  g_assert_cmpuint (part_test_length (categories), ==, 1);
  id = part_test_dup_id (categories, 0);
  variants = part_test_read_variants (&shop, id);
  g_assert_cmpuint (part_test_length (variants), ==, 1);

  rename = gum_write_new_category_rename (shop.id, id, "Licence", "License");
  g_assert_true (send_write (&shop, rename, NULL, &error));
  part_test_read_all (categories);
  title = part_test_dup_text (categories, 0, "title");
  g_assert_cmpstr (title, ==, "Licence");

  remove = gum_write_new_category_delete (shop.id, id, "Licence");
  g_assert_true (send_write (&shop, remove, NULL, &error));
  part_test_read_all (categories);
  g_assert_cmpuint (part_test_length (categories), ==, 0);
}

/* A group whose first version is refused would make every later save fail. */
static void
test_group_taken_back (void)
{
  g_auto(PartTest) shop = { 0 };
  g_autoptr(GumCollection) categories = NULL;
  g_autoptr(GError) error = NULL;

  part_test_open (&shop, SCHOOL);
  g_assert_false (add_group (&shop, "License", "{\"name\":\"Personal\",\"price_difference_cents\":-1}",
                             NULL, &error));
  g_assert_error (error, GUM_ERROR, GUM_ERROR_REJECTED);
  g_assert_nonnull (gum_error_get_server_message (error));
  categories = part_test_read (&shop, &gum_variant_category_endpoint);
  g_assert_cmpuint (part_test_length (categories), ==, 0);
  g_assert_cmpuint (part_test_count (&shop, "POST", "/variant_categories", NULL), ==, 1);
  g_assert_cmpuint (part_test_count (&shop, "POST", "/variants", NULL), ==, 1);
  g_assert_cmpuint (part_test_count (&shop, "DELETE", "==", NULL), ==, 1);
}

/* One whose first version may be there is left alone. */
static void
test_group_unclear (void)
{
  g_auto(PartTest) shop = { 0 };
  g_autoptr(GumCollection) categories = NULL;
  g_autoptr(GumCollection) variants = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *id = NULL;

  part_test_open (&shop, SCHOOL);
  store_test_tell (shop.test, "fault", "{\"match\":\"POST /v2/products/:id/variant_categories/:c/variants\","
                                       "\"kind\":\"cut\"}");
  g_assert_false (add_group (&shop, "License", "{\"name\":\"Personal\"}", NULL, &error));
  g_assert_error (error, GUM_ERROR, GUM_ERROR_UNCLEAR);
  g_assert_cmpuint (part_test_count (&shop, "DELETE", "==", NULL), ==, 0);
  g_assert_cmpuint (part_test_count (&shop, "POST", "/variants", NULL), ==, 1);
  categories = part_test_read (&shop, &gum_variant_category_endpoint);
  g_assert_cmpuint (part_test_length (categories), ==, 1);
  id = part_test_dup_id (categories, 0);
  variants = part_test_read_variants (&shop, id);
  g_assert_cmpuint (part_test_length (variants), ==, 1);
}

static void
test_group_fails_early (void)
{
  g_auto(PartTest) shop = { 0 };
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;

  part_test_open (&shop, SCHOOL);
  store_test_tell (shop.test, "fault", "{\"match\":\"POST *\",\"kind\":\"status\",\"status\":403}");
  g_assert_false (add_group (&shop, "License", "{\"name\":\"Personal\"}", NULL, &error));
  g_assert_error (error, GUM_ERROR, GUM_ERROR_FORBIDDEN);
  g_clear_error (&error);

  g_cancellable_cancel (cancellable);
  g_assert_false (add_group (&shop, "License", "{\"name\":\"Personal\"}", cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_cmpuint (part_test_count (&shop, "POST", "/variant_categories", NULL), ==, 1);
  g_assert_cmpuint (part_test_count (&shop, "POST", "/variants", NULL), ==, 0);

  /* An answer that does not say which group it was. */
  store_test_tell (shop.test, "fault",
                   "{\"match\":\"POST *\",\"kind\":\"status\",\"status\":200,"
                   "\"content_type\":\"application/json\",\"body\":\"{\\\"success\\\":true}\"}");
  g_assert_false (add_group (&shop, "License", "{\"name\":\"Personal\"}", NULL, &error));
  g_assert_error (error, GUM_ERROR, GUM_ERROR_PROTOCOL);
  g_assert_cmpuint (part_test_count (&shop, "POST", "/variants", NULL), ==, 0);
}

static gboolean
is_asked_for_the_version (gpointer shop)
{
  return part_test_count (shop, "POST", "/variants", NULL) == 1;
}

/* The account is switched while the first version is on its way, and then it is refused. */
static void
test_group_closed (void)
{
  g_auto(PartTest) shop = { 0 };
  g_autoptr(JsonNode) body = json_from_string ("{\"name\":\"Personal\"}", NULL);
  g_autoptr(GumJournal) journal = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  part_test_open (&shop, SCHOOL);
  store_test_tell (shop.test, "fault", "{\"match\":\"POST /v2/products/:id/variant_categories/:id/variants\","
                   "\"kind\":\"success_false\",\"message\":\"No\",\"ms\":200}");
  journal = g_object_ref (get_journal (&shop));
  gum_journal_add_group_async (journal, shop.id, "License", json_node_get_object (body), NULL,
                               gum_test_result_cb, &result);
  gum_test_wait_until (is_asked_for_the_version, &shop);
  gum_store_close (shop.store);
  g_assert_false (gum_journal_add_group_finish (journal, gum_test_wait_result (&result), &error));
  g_assert_error (error, GUM_ERROR, GUM_ERROR_REJECTED);
}

/* --- questions and bundles -------------------------------------------------------------------- */

static void
test_question (void)
{
  g_auto(PartTest) shop = { 0 };
  g_autoptr(GumCollection) fields = NULL;
  g_autoptr(GumWrite) create = NULL;
  g_autoptr(GumWrite) update = NULL;
  g_autoptr(GumWrite) undo = NULL;
  g_autoptr(GumWrite) remove = NULL;
  g_autoptr(GumResource) field = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *sent = NULL;
  gboolean required = FALSE;

  part_test_open (&shop, BRUSHES);
  create = gum_write_new_question_create (shop.id, "Größe & „Farbe“? 100%", "text", TRUE);
  g_assert_true (send_write (&shop, create, NULL, &error));
  g_assert_cmpuint (part_test_count (&shop, "POST", "/custom_fields", &sent), ==, 1);
  g_assert_nonnull (strstr (sent, "\"required\":\"true\""));

  fields = part_test_read (&shop, &gum_custom_field_endpoint);
  g_assert_cmpuint (part_test_length (fields), ==, 1);
  field = g_list_model_get_item (G_LIST_MODEL (fields), 0);
  g_object_get (field, "required", &required, NULL);
  g_assert_true (required);

  update = gum_write_new_question_update (shop.id, "Größe & „Farbe“? 100%", FALSE);
  g_assert_true (send_write (&shop, update, NULL, &error));
  g_assert_no_error (error);
  part_test_read_all (fields);
  g_object_get (field, "required", &required, NULL);
  g_assert_false (required);
  undo = gum_write_new_opposite (update);
  g_assert_true (send_write (&shop, undo, NULL, &error));
  part_test_read_all (fields);
  g_object_get (field, "required", &required, NULL);
  g_assert_true (required);

  remove = gum_write_new_question_delete (shop.id, "Größe & „Farbe“? 100%");
  g_assert_true (send_write (&shop, remove, NULL, &error));
  part_test_read_all (fields);
  g_assert_cmpuint (part_test_length (fields), ==, 0);
}

static void
test_question_refused (void)
{
  g_auto(PartTest) shop = { 0 };
  g_autoptr(GumWrite) create = NULL;
  g_autoptr(GError) error = NULL;

  part_test_open (&shop, BRUSHES);
  create = gum_write_new_question_create (shop.id, "no address", "terms", TRUE);
  g_assert_false (send_write (&shop, create, NULL, &error));
  g_assert_error (error, GUM_ERROR, GUM_ERROR_REJECTED);
  g_assert_cmpstr (gum_error_get_server_message (error), ==,
                   "The custom_field was unable to be created.");
}

static JsonArray *
get_contents (PartTest *shop)
{
  return gum_json_get_array (gum_resource_get_json (GUM_RESOURCE (shop->product)),
                             "bundle_products");
}

/* What the server makes of it is played, because nobody knows what its parameters are called. */
static void
test_bundle (void)
{
  g_auto(PartTest) shop = { 0 };
  g_autoptr(GumWrite) write = NULL;
  g_autoptr(GumWrite) refused = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonArray) fewer = json_array_new ();
  g_autoptr(JsonArray) contents = NULL;
  g_autofree char *sent = NULL;
  g_autofree char *edit = NULL;

  part_test_open (&shop, BUNDLE);
  contents = json_array_ref (get_contents (&shop));
  g_assert_cmpuint (json_array_get_length (contents), ==, 2);
  json_array_add_element (fewer, json_node_copy (json_array_get_element (contents, 1)));
  g_assert_false (gum_bundle_contents_equal (contents, fewer));

  store_test_tell (shop.test, "fault",
                   "{\"match\":\"PUT /v2/products/:id/bundle_contents\",\"kind\":\"status\",\"status\":200,"
                   "\"content_type\":\"application/json\",\"body\":\"{\\\"success\\\":true}\"}");
  edit = g_strdup_printf ("{\"id\":\"%s\",\"set\":{\"bundle_products\":[{\"product_id\":\"%s\","
                          "\"variant_id\":null,\"quantity\":1.0,\"position\":0}]}}", shop.id,
                          gum_json_get_string (json_array_get_object_element (contents, 1),
                                               "product_id"));
  store_test_tell (shop.test, "edit", edit);
  write = gum_write_new_bundle (shop.id, "Harbour", fewer, contents);
  g_assert_true (send_write (&shop, write, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (part_test_count (&shop, "PUT", "/bundle_contents", &sent), ==, 1);
  g_assert_true (g_str_has_prefix (sent, "{\"products\":[{\"product_id\":\""));
  g_assert_true (gum_bundle_contents_equal (get_contents (&shop), fewer));

  store_test_tell (shop.test, "fault",
                   "{\"match\":\"PUT /v2/products/:id/bundle_contents\",\"kind\":\"success_false\","
                   "\"message\":\"products is missing\"}");
  refused = gum_write_new_opposite (write);
  g_assert_false (send_write (&shop, refused, NULL, &error));
  g_assert_error (error, GUM_ERROR, GUM_ERROR_REJECTED);
  g_assert_true (gum_bundle_contents_equal (get_contents (&shop), fewer));
}

static void
test_bundle_equal (void)
{
  static const struct
  {
    const char *a;
    const char *b;
    gboolean    equal;
  } cases[] = {
    { "[]", "[]", TRUE },
    { "[{\"product_id\":\"a\",\"variant_id\":null,\"quantity\":1,\"position\":0}]",
      "[{\"product_id\":\"a\",\"position\":7}]", TRUE },
    { "[{\"product_id\":\"a\",\"quantity\":2}]", "[{\"product_id\":\"a\"}]", FALSE },
    { "[{\"product_id\":\"a\",\"variant_id\":\"v\"}]", "[{\"product_id\":\"a\"}]", FALSE },
    { "[{\"product_id\":\"a\"},{\"product_id\":\"b\"}]",
      "[{\"product_id\":\"b\"},{\"product_id\":\"a\"}]", FALSE },
    { "[{\"product_id\":\"a\"}]", "[]", FALSE },
    { "[7]", "[{\"product_id\":\"a\"}]", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(JsonNode) a = json_from_string (cases[i].a, NULL);
      g_autoptr(JsonNode) b = json_from_string (cases[i].b, NULL);

      g_assert_cmpint (gum_bundle_contents_equal (json_node_get_array (a), json_node_get_array (b)),
                       ==, cases[i].equal);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/store/parts/variant", test_variant);
  g_test_add_func ("/store/parts/variant-refused", test_variant_refused);
  g_test_add_func ("/store/parts/variant-unclear", test_variant_unclear);
  g_test_add_func ("/store/parts/variant-cancelled", test_variant_cancelled);
  g_test_add_func ("/store/parts/group", test_group);
  g_test_add_func ("/store/parts/group-taken-back", test_group_taken_back);
  g_test_add_func ("/store/parts/group-unclear", test_group_unclear);
  g_test_add_func ("/store/parts/group-fails-early", test_group_fails_early);
  g_test_add_func ("/store/parts/group-closed", test_group_closed);
  g_test_add_func ("/store/parts/question", test_question);
  g_test_add_func ("/store/parts/question-refused", test_question_refused);
  g_test_add_func ("/store/parts/bundle", test_bundle);
  g_test_add_func ("/store/parts/bundle-equal", test_bundle_equal);

  return g_test_run ();
}

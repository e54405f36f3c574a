/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The section of the upsells, and what belongs to the account: what is shown, and what is sent. */

#include "config.h"

#include "products-test.h"

#include "gum-account-form.h"
#include "gum-json.h"
#include "gum-records-page.h"
#include "gum-test.h"
#include "gum-ui.h"
#include "gum-upsell-facts.h"
#include "gum-upsell-form.h"
#include "gum-upsells-page.h"

#include <locale.h>
#include <string.h>

#define PRODUCT "RR5hjkZpcoaZbpXzDms6WQ=="

typedef struct {
  Products    shop;
  GtkWidget  *page;
  GtkWidget  *window;
  GumRecords *records;      /* unowned */
  char       *other;        /* the id of another product */
} Upsells;

static gboolean
is_over (gpointer data)
{
  return gum_records_get_loaded (data) && !gum_records_get_syncing (data);
}

static gboolean
is_mapped (gpointer data)
{
  return gtk_widget_get_mapped (data) && gtk_widget_get_width (data) > 0;
}

static gboolean
is_closed (gpointer data)
{
  return *(gpointer *) data == NULL;
}

static void
set_up (Upsells *fixture)
{
  products_set_up (&fixture->shop, 6, 800, 600);
  products_sync (&fixture->shop);
  products_wait_listed (&fixture->shop, 6);
  for (guint i = 0; fixture->other == NULL; i++)
    {
      g_autoptr (GumProduct) product = products_dup_at (&fixture->shop, i);

      if (strcmp (gum_resource_get_id (GUM_RESOURCE (product)), PRODUCT) != 0)
        fixture->other = g_strdup (gum_resource_get_id (GUM_RESOURCE (product)));
    }
  fixture->records = gum_store_get_records (fixture->shop.store, GUM_RECORD_UPSELL);
  fixture->page = gum_upsells_page_new (fixture->shop.shop);
  fixture->window = adw_window_new ();
  adw_window_set_content (ADW_WINDOW (fixture->window), fixture->page);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 600);
  gtk_window_present (GTK_WINDOW (fixture->window));
  gum_test_wait_until (is_mapped, fixture->page);
  gum_section_refresh (GUM_SECTION (fixture->page));
  gum_test_wait_until (is_over, fixture->records);
}

static void
tear_down (Upsells *fixture)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  products_tear_down (&fixture->shop);
  g_free (fixture->other);
}

/* The body of the last request of this kind, and how many there were. */
static JsonObject *
dup_last (Products   *shop,
          const char *method,
          const char *part,
          guint      *count)
{
  g_autofree char *answer = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonArray *requests;
  JsonObject *body = NULL;

  *count = 0;
  gum_sandbox_control (shop->sandbox, "requests", "{}", &answer);
  node = json_from_string (answer, NULL);
  requests = gum_json_get_array (json_node_get_object (node), "requests");
  for (guint i = 0; i < json_array_get_length (requests); i++)
    {
      JsonObject *request = json_array_get_object_element (requests, i);
      const char *text = gum_json_get_string (request, "body");
      g_autoptr (JsonNode) sent = NULL;

      if (strcmp (gum_json_get_string (request, "method"), method) != 0 ||
          strstr (gum_json_get_string (request, "path"), part) == NULL)
        continue;
      (*count)++;
      sent = text != NULL && *text != '\0' ? json_from_string (text, NULL) : NULL;
      g_clear_pointer (&body, json_object_unref);
      if (sent != NULL)
        body = json_node_dup_object (sent);
    }

  return body;
}

static GtkWidget *
find_row (GtkWidget  *root,
          const char *title)
{
  for (GtkWidget *child = gtk_widget_get_first_child (root);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found;

      if (ADW_IS_PREFERENCES_ROW (child) &&
          g_str_has_prefix (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (child)), title))
        return child;
      found = find_row (child, title);
      if (found != NULL)
        return found;
    }

  return NULL;
}

static GtkWidget *
show_form (GtkWidget *page,
           GtkWidget *form)
{
  gum_form_window_set_owner (GUM_FORM_WINDOW (form), page);
  gtk_window_present (GTK_WINDOW (form));
  gum_test_wait_until (is_mapped, form);

  return form;
}

static GumRecord *
find_upsell (Upsells    *fixture,
             const char *name)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (fixture->records)); i++)
    {
      g_autoptr (GumRecord) record = g_list_model_get_item (G_LIST_MODEL (fixture->records), i);

      if (g_strcmp0 (gum_upsell_get_name (gum_record_get_resource (record)), name) == 0)
        return record;
    }

  return NULL;
}

static gboolean
is_paused (gpointer data)
{
  GumRecord *record = find_upsell (data, "Boats");

  return record != NULL && gum_upsell_is_paused (gum_record_get_resource (record));
}

static gboolean
is_gone (gpointer data)
{
  return find_upsell (data, "Boats") == NULL;
}

static void
respond (const char *response)
{
  g_autoptr (GListModel) windows = g_object_ref (gtk_window_get_toplevels ());

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window))
        {
          adw_message_dialog_response (ADW_MESSAGE_DIALOG (window), response);
          return;
        }
    }
  g_assert_not_reached ();
}

/* "Any version" and the three that the product has. */
static gboolean
has_versions (gpointer data)
{
  GListModel *model = adw_combo_row_get_model (ADW_COMBO_ROW (find_row (data, "Version Offered")));

  return g_list_model_get_n_items (model) == 4;
}

static void
test_create (Upsells *fixture)
{
  GtkWidget *form = show_form (fixture->page, gum_upsell_form_new (fixture->shop.store, NULL));
  g_autoptr (GumProduct) product = gum_store_dup_product (fixture->shop.store, PRODUCT);
  g_autoptr (JsonObject) body = NULL;
  guint count;

  g_object_add_weak_pointer (G_OBJECT (form), (gpointer *) &form);
  gtk_editable_set_text (GTK_EDITABLE (find_row (form, "Name")), "Boats");
  gtk_editable_set_text (GTK_EDITABLE (find_row (form, "Headline")), "Take the boats too");
  gum_upsell_form_set_offered (GUM_UPSELL_FORM (form), product);
  gum_test_wait_until (has_versions, form);
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_row (form, "Version Offered")), 2);
  gum_upsell_form_add_product (GUM_UPSELL_FORM (form), PRODUCT, "Itself");
  g_assert_cmpstr (gum_form_window_get_message (GUM_FORM_WINDOW (form)), ==,
                   "A product cannot be offered with itself.");
  g_signal_emit_by_name (products_find (find_row (form, "Itself"), GTK_TYPE_BUTTON), "clicked");
  g_assert_null (gum_form_window_get_message (GUM_FORM_WINDOW (form)));
  gum_upsell_form_add_product (GUM_UPSELL_FORM (form), fixture->other, "Other");
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_row (form, "Takes Off")), 1);
  gtk_editable_set_text (GTK_EDITABLE (find_row (form, "Discount")), "200");
  g_assert_cmpstr (gum_form_window_get_message (GUM_FORM_WINDOW (form)), ==,
                   "Enter a whole number from 1 to 100.");
  gtk_editable_set_text (GTK_EDITABLE (find_row (form, "Discount")), "25");
  gtk_widget_activate_action (form, "form.apply", NULL);
  gum_test_wait_until (is_closed, &form);

  body = dup_last (&fixture->shop, "POST", "/upsells", &count);
  g_assert_cmpuint (count, ==, 1);
  g_assert_cmpstr (gum_json_get_string (body, "product_id"), ==, PRODUCT);
  g_assert_cmpuint (json_array_get_length (gum_json_get_array (body, "product_ids")), ==, 1);
  g_assert_nonnull (gum_json_get_string (body, "variant_id"));
  g_assert_nonnull (find_upsell (fixture, "Boats"));
}

/* Neither of the two that the upsell is about. */
static GumProduct *
dup_third (Upsells *fixture)
{
  for (guint i = 0;; i++)
    {
      g_autoptr (GumProduct) product = products_dup_at (&fixture->shop, i);
      const char *id = gum_resource_get_id (GUM_RESOURCE (product));

      if (strcmp (id, PRODUCT) != 0 && strcmp (id, fixture->other) != 0)
        return g_steal_pointer (&product);
    }
}

/* All of it is sent but the lists and the discount, which were not changed: Gumroad keeps those as long as the product
 * stays. */
static void
test_edit (Upsells *fixture)
{
  static const char * const keys[] = {
    "name", "text", "description", "cross_sell", "product_id", "variant_id", "universal",
    "replace_selected_products", "paused",
  };
  g_autoptr (GumRecord) record = g_object_ref (find_upsell (fixture, "Boats"));
  GtkWidget *form = show_form (fixture->page, gum_upsell_form_new (fixture->shop.store, record));
  g_autoptr (JsonObject) body = NULL;
  g_autoptr (GumProduct) product = gum_store_dup_product (fixture->shop.store, PRODUCT);
  g_autoptr (GumProduct) third = dup_third (fixture);
  g_auto (GumRecordLines) lines = { 0 };
  guint count;

  g_object_add_weak_pointer (G_OBJECT (form), (gpointer *) &form);
  gtk_editable_set_text (GTK_EDITABLE (find_row (form, "Headline")), "And the boats");
  gtk_widget_activate_action (form, "form.apply", NULL);
  gum_test_wait_until (is_closed, &form);
  body = dup_last (&fixture->shop, "PUT", "/upsells", &count);
  g_assert_cmpuint (count, ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    g_assert_true (json_object_has_member (body, keys[i]));
  g_assert_cmpuint (json_object_get_size (body), ==, G_N_ELEMENTS (keys));
  /* Kept, though the versions may not have been read yet. */
  g_assert_nonnull (gum_json_get_string (body, "variant_id"));

  /* Another product has other lists: Gumroad forgets those that are not sent. */
  form = show_form (fixture->page, gum_upsell_form_new (fixture->shop.store, find_upsell (fixture, "Boats")));
  g_object_add_weak_pointer (G_OBJECT (form), (gpointer *) &form);
  gum_upsell_form_set_offered (GUM_UPSELL_FORM (form), third);
  gtk_widget_activate_action (form, "form.apply", NULL);
  gum_test_wait_until (is_closed, &form);
  g_clear_pointer (&body, json_object_unref);
  body = dup_last (&fixture->shop, "PUT", "/upsells", &count);
  g_assert_cmpuint (count, ==, 2);
  g_assert_cmpuint (json_array_get_length (gum_json_get_array (body, "product_ids")), ==, 1);
  g_assert_nonnull (gum_json_get_object (body, "offer_code"));
  form = show_form (fixture->page, gum_upsell_form_new (fixture->shop.store, find_upsell (fixture, "Boats")));
  g_object_add_weak_pointer (G_OBJECT (form), (gpointer *) &form);
  gum_upsell_form_set_offered (GUM_UPSELL_FORM (form), product);
  gum_test_wait_until (has_versions, form);
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_row (form, "Version Offered")), 2);
  gtk_widget_activate_action (form, "form.apply", NULL);
  gum_test_wait_until (is_closed, &form);

  gum_upsell_look.describe (find_upsell (fixture, "Boats"), &lines);
  g_assert_cmpstr (lines.sentence, ==,
                   "Boats, Cross-sell: Tidewater Brushes for Procreate (Commercial), 25 % off, "
                   "With 1 product");
}

static void
test_upsells (void)
{
  Upsells fixture = { 0 };
  g_autoptr (JsonObject) body = NULL;
  int minimum = 0;
  guint count;

  set_up (&fixture);
  gtk_widget_measure (fixture.page, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
  test_create (&fixture);
  test_edit (&fixture);

  /* Pausing sends only that. */
  gum_section_set_place (GUM_SECTION (fixture.page),
                         gum_record_get_id (find_upsell (&fixture, "Boats")));
  gtk_widget_measure (fixture.page, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
  gtk_widget_activate_action (fixture.page, "section.pause", NULL);
  /* Once, however often the button is pressed; it is counted at the end again. */
  gtk_widget_activate_action (fixture.page, "section.pause", NULL);
  gum_test_wait_until (is_paused, &fixture);
  body = dup_last (&fixture.shop, "PUT", "/upsells", &count);
  g_assert_cmpuint (count, ==, 4);
  g_assert_cmpuint (json_object_get_size (body), ==, 1);

  gtk_widget_activate_action (fixture.page, "section.delete", NULL);
  respond ("cancel");
  gum_test_settle ();
  g_assert_false (is_gone (&fixture));
  gtk_widget_activate_action (fixture.page, "section.delete", NULL);
  respond ("delete");
  gum_test_wait_until (is_gone, &fixture);
  g_clear_pointer (&body, json_object_unref);
  body = dup_last (&fixture.shop, "DELETE", "/upsells", &count);
  g_assert_cmpuint (count, ==, 1);
  g_clear_pointer (&body, json_object_unref);
  body = dup_last (&fixture.shop, "PUT", "/upsells", &count);
  g_assert_cmpuint (count, ==, 4);
  tear_down (&fixture);
}

/* --- upgrades --------------------------------------------------------------------------------- */

#define VERSIONS "[{\"id\":\"c\",\"title\":\"Size\",\"_variants\":[{\"id\":\"s\",\"name\":\"S_mall\"}," \
                 "{\"id\":\"m\",\"name\":\"Medium\"},{\"id\":\"l\",\"name\":\"Large\"}]}]"

static void
set_versions (Upsells    *fixture,
              const char *versions)
{
  g_autofree char *arguments = g_strdup_printf ("{\"id\":\"" PRODUCT "\",\"set\":{\"_variant_categories\":%s}}",
                                                versions);

  products_control (&fixture->shop, "edit", arguments);
}

static GtkWidget *
show_upgrade (Upsells *fixture)
{
  GumRecord *record = find_upsell (fixture, "Larger");

  return show_form (fixture->page, gum_upsell_form_new (fixture->shop.store, record));
}

static void
apply (GtkWidget **form)
{
  g_object_add_weak_pointer (G_OBJECT (*form), (gpointer *) form);
  gtk_widget_activate_action (*form, "form.apply", NULL);
  gum_test_wait_until (is_closed, form);
}

static gboolean
can_add (gpointer data)
{
  return gtk_widget_is_sensitive (products_find (find_row (data, "Add a Version"), GTK_TYPE_MENU_BUTTON));
}

static void
add_version (GtkWidget  *form,
             const char *id)
{
  gtk_widget_activate_action (find_row (form, "Add a Version"), "pairs.add", "s", id);
}

/* The row's first entry is that nothing was chosen; the version itself is none of the others. */
static void
choose (GtkWidget  *form,
        const char *title,
        guint       position)
{
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_row (form, title)), position);
}

static GtkWidget *
find_trash (GtkWidget *root)
{
  for (GtkWidget *child = gtk_widget_get_first_child (root);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = NULL;

      if (!GTK_IS_BUTTON (child))
        found = find_trash (child);
      else if (g_strcmp0 (gtk_button_get_icon_name (GTK_BUTTON (child)), "user-trash-symbolic") == 0)
        return child;
      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
remove_pair (GtkWidget  *form,
             const char *title)
{
  g_signal_emit_by_name (find_trash (find_row (form, title)), "clicked");
}

static gboolean
is_ready (GtkWidget *form)
{
  return gtk_widget_is_sensitive (gtk_window_get_default_widget (GTK_WINDOW (form)));
}

static void
assert_pair (JsonObject *body,
             guint       at,
             const char *selected,
             const char *offered)
{
  JsonObject *pair = json_array_get_object_element (gum_json_get_array (body, "upsell_variants"), at);

  g_assert_cmpstr (gum_json_get_string (pair, "selected_variant_id"), ==, selected);
  g_assert_cmpstr (gum_json_get_string (pair, "offered_variant_id"), ==, offered);
}

static void
test_new_upgrade (Upsells *fixture)
{
  GtkWidget *form = show_form (fixture->page, gum_upsell_form_new (fixture->shop.store, NULL));
  g_autoptr (GumProduct) product = gum_store_dup_product (fixture->shop.store, PRODUCT);
  g_autoptr (JsonObject) body = NULL;
  guint count;

  gtk_editable_set_text (GTK_EDITABLE (find_row (form, "Headline")), "Take the larger one");
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_row (form, "Offers")), 1);
  gum_upsell_form_set_offered (GUM_UPSELL_FORM (form), product);
  gum_test_wait_until (can_add, form);
  /* Gumroad wants a name. */
  g_assert_false (is_ready (form));
  gtk_editable_set_text (GTK_EDITABLE (find_row (form, "Name")), "Larger");
  g_assert_true (is_ready (form));

  add_version (form, "s");
  g_assert_false (is_ready (form));
  g_assert_nonnull (products_find_text (form, "Choose the version that is offered instead."));
  choose (form, "Instead of “S_mall”", 2);
  products_wait_no_text (form, "Choose the version that is offered instead.");
  g_assert_true (is_ready (form));
  apply (&form);

  body = dup_last (&fixture->shop, "POST", "/upsells", &count);
  g_assert_cmpuint (count, ==, 1);
  g_assert_false (json_object_get_boolean_member (body, "cross_sell"));
  g_assert_cmpuint (json_array_get_length (gum_json_get_array (body, "upsell_variants")), ==, 1);
  assert_pair (body, 0, "s", "l");

  /* A second one for the same product is not even sent. */
  form = show_form (fixture->page, gum_upsell_form_new (fixture->shop.store, NULL));
  gtk_editable_set_text (GTK_EDITABLE (find_row (form, "Name")), "Once more");
  gtk_editable_set_text (GTK_EDITABLE (find_row (form, "Headline")), "x");
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_row (form, "Offers")), 1);
  gum_upsell_form_set_offered (GUM_UPSELL_FORM (form), product);
  g_assert_true (g_str_has_prefix (gum_form_window_get_message (GUM_FORM_WINDOW (form)),
                                   "This product has an upgrade already."));
  g_assert_false (is_ready (form));
  gtk_window_destroy (GTK_WINDOW (form));
}

static void
test_edit_pairs (Upsells *fixture)
{
  GtkWidget *form = show_upgrade (fixture);
  g_autoptr (JsonObject) body = NULL;
  guint count;

  /* Nothing of the lists is changed by whoever changes the headline. */
  gtk_editable_set_text (GTK_EDITABLE (find_row (form, "Headline")), "Go larger");
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_row (form, "Takes Off")), 1);
  gtk_editable_set_text (GTK_EDITABLE (find_row (form, "Discount")), "10");
  apply (&form);
  body = dup_last (&fixture->shop, "PUT", "/upsells", &count);
  g_assert_cmpint (json_object_get_int_member (gum_json_get_object (body, "offer_code"), "amount_percentage"), ==, 10);
  g_assert_false (json_object_has_member (body, "upsell_variants"));
  g_assert_false (json_object_has_member (body, "product_ids"));

  /* The whole list goes with one pair more. */
  form = show_upgrade (fixture);
  gum_test_wait_until (can_add, form);
  add_version (form, "m");
  choose (form, "Instead of “Medium”", 2);
  add_version (form, "l");
  /* Each version has its pair now. */
  g_assert_false (can_add (form));
  g_assert_false (is_ready (form));
  remove_pair (form, "Instead of “Large”");
  g_assert_null (find_row (form, "Instead of “Large”"));
  g_assert_true (can_add (form));
  apply (&form);
  g_clear_pointer (&body, json_object_unref);
  body = dup_last (&fixture->shop, "PUT", "/upsells", &count);
  g_assert_cmpuint (json_array_get_length (gum_json_get_array (body, "upsell_variants")), ==, 2);
  assert_pair (body, 0, "s", "l");
  assert_pair (body, 1, "m", "l");
  g_assert_false (json_object_has_member (body, "offer_code"));

  /* A pair that was taken out and put in again is no change. */
  form = show_upgrade (fixture);
  gum_test_wait_until (can_add, form);
  remove_pair (form, "Instead of “S_mall”");
  add_version (form, "s");
  choose (form, "Instead of “S_mall”", 2);
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_row (form, "Takes Off")), 0);
  apply (&form);
  g_clear_pointer (&body, json_object_unref);
  body = dup_last (&fixture->shop, "PUT", "/upsells", &count);
  g_assert_false (json_object_has_member (body, "upsell_variants"));
  g_assert_true (json_object_get_null_member (body, "offer_code"));
}

/* A version that is gone leaves a pair that cannot be understood: it is shown, and never sent. */
static void
test_pairs_in_part (Upsells *fixture)
{
  GtkWidget *form;
  g_autoptr (JsonObject) body = NULL;
  guint count;

  set_versions (fixture, "[{\"id\":\"c\",\"title\":\"Size\",\"_variants\":[{\"id\":\"s\",\"name\":\"S_mall\"},"
                "{\"id\":\"l\",\"name\":\"Large\"}]}]");
  gum_section_refresh (GUM_SECTION (fixture->page));
  gum_test_wait_until (is_over, fixture->records);
  form = show_upgrade (fixture);
  products_wait_text (form, "Not all that Gumroad has can be read here, so these stay as they are.");
  g_assert_false (gtk_widget_get_mapped (find_row (form, "Add a Version")));
  gtk_editable_set_text (GTK_EDITABLE (find_row (form, "Headline")), "Larger still");
  apply (&form);
  body = dup_last (&fixture->shop, "PUT", "/upsells", &count);
  g_assert_cmpstr (gum_json_get_string (body, "text"), ==, "Larger still");
  g_assert_false (json_object_has_member (body, "upsell_variants"));
}

/* Where the versions cannot be read, the pairs that are there can be seen and removed. */
static void
test_pairs_unread (Upsells *fixture)
{
  GtkWidget *form;
  g_autoptr (JsonObject) body = NULL;
  guint count;

  set_versions (fixture, VERSIONS);
  gum_section_refresh (GUM_SECTION (fixture->page));
  gum_test_wait_until (is_over, fixture->records);
  products_control (&fixture->shop, "fault",
                    "{\"match\":\"GET /v2/products/*/variants\",\"kind\":\"status\",\"status\":403}");
  form = show_upgrade (fixture);
  products_wait_text (find_row (form, "Add a Version"), "The versions could not be read");
  remove_pair (form, "Instead of “S_mall”");
  remove_pair (form, "Instead of “Medium”");
  g_signal_emit_by_name (products_find_button (form, "_Try Again"), "clicked");
  gum_test_wait_until (can_add, form);
  apply (&form);
  body = dup_last (&fixture->shop, "PUT", "/upsells", &count);
  g_assert_cmpuint (json_array_get_length (gum_json_get_array (body, "upsell_variants")), ==, 0);
}

static void
test_upgrades (void)
{
  Upsells fixture = { 0 };

  set_up (&fixture);
  set_versions (&fixture, VERSIONS);
  test_new_upgrade (&fixture);
  test_edit_pairs (&fixture);
  test_pairs_in_part (&fixture);
  test_pairs_unread (&fixture);
  tear_down (&fixture);
}

/* --- the account ------------------------------------------------------------------------------ */

static gboolean
has_message (gpointer data)
{
  return gum_form_window_get_message (data) != NULL && !gum_form_window_is_busy (data);
}

static gboolean
is_filled (gpointer data)
{
  return *gtk_editable_get_text (GTK_EDITABLE (find_row (data, "Name"))) != '\0';
}

static void
test_profile (void)
{
  Upsells fixture = { 0 };
  GtkWidget *form;
  g_autoptr (JsonObject) body = NULL;
  guint count;

  set_up (&fixture);
  form = show_form (fixture.page, gum_account_form_new (fixture.shop.shop, GUM_RECORD_PROFILE));
  g_object_add_weak_pointer (G_OBJECT (form), (gpointer *) &form);
  gum_test_wait_until (is_filled, form);
  gum_test_wait_until (is_over, gum_store_get_records (fixture.shop.store, GUM_RECORD_PROFILE));
  gtk_editable_set_text (GTK_EDITABLE (find_row (form, "Name")), "Mara L.");

  /* A right that is missing is said in place; what was typed stays. */
  products_control (&fixture.shop, "fault",
                    "{\"match\":\"PUT /v2/user\",\"kind\":\"status\",\"status\":403}");
  gtk_widget_activate_action (form, "form.apply", NULL);
  gum_test_wait_until (has_message, form);
  g_assert_true (g_str_has_prefix (gum_form_window_get_message (GUM_FORM_WINDOW (form)),
                                   "Gumroad does not let this connection do that."));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find_row (form, "Name"))), ==, "Mara L.");

  gtk_widget_activate_action (form, "form.apply", NULL);
  gum_test_wait_until (is_closed, &form);
  body = dup_last (&fixture.shop, "PUT", "/user", &count);
  g_assert_cmpuint (count, ==, 2);
  g_assert_cmpuint (json_object_get_size (body), ==, 1);
  g_assert_cmpstr (gum_json_get_string (body, "name"), ==, "Mara L.");
  tear_down (&fixture);
}

static void
test_policy (void)
{
  Upsells fixture = { 0 };
  GumRecords *policy;
  GtkWidget *form;
  GListModel *offered;
  g_autoptr (JsonObject) body = NULL;
  guint count;

  set_up (&fixture);
  policy = gum_store_get_records (fixture.shop.store, GUM_RECORD_POLICY);
  products_control (&fixture.shop, "set_refund_policy", "{\"refund_period\":\"none\"}");
  form = show_form (fixture.page, gum_account_form_new (fixture.shop.shop, GUM_RECORD_POLICY));
  g_object_add_weak_pointer (G_OBJECT (form), (gpointer *) &form);
  gum_test_wait_until (is_over, policy);

  /* "none" is shown and never offered. */
  offered = adw_combo_row_get_model (ADW_COMBO_ROW (find_row (form, "Money Back")));
  g_assert_cmpuint (g_list_model_get_n_items (offered), ==, 4);
  g_assert_nonnull (products_find_text (form, "Now: no refunds."));
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_row (form, "Money Back")), 3);
  gtk_widget_activate_action (form, "form.apply", NULL);
  gum_test_wait_until (is_closed, &form);
  body = dup_last (&fixture.shop, "PUT", "/refund_policy", &count);
  g_assert_cmpuint (count, ==, 1);
  g_assert_cmpstr (gum_json_get_string (body, "refund_period"), ==, "183");

  products_control (&fixture.shop, "set_refund_policy", "{\"in_effect\":false}");
  form = show_form (fixture.page, gum_account_form_new (fixture.shop.shop, GUM_RECORD_POLICY));
  gum_test_wait_until (is_over, policy);
  g_assert_true (g_str_has_prefix (gum_form_window_get_message (GUM_FORM_WINDOW (form)),
                                   "Gumroad says that this policy is not in effect"));
  g_assert_false (gtk_widget_is_sensitive (find_row (form, "Money Back")));
  gtk_window_destroy (GTK_WINDOW (form));
  tear_down (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP no display\n");
      return 0;
    }
  adw_init ();
  gum_ui_init ();

  g_test_add_func ("/upsells/all", test_upsells);
  g_test_add_func ("/upsells/upgrades", test_upgrades);
  g_test_add_func ("/account/profile", test_profile);
  g_test_add_func ("/account/policy", test_policy);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The page about versions and tiers. What is on the wire is counted. */

#include "config.h"

#include "parts-test.h"

#include "gum-ui.h"

#include <locale.h>
#include <string.h>

static void
test_versions (void)
{
  Page page;
  GtkWidget *form;
  GtkWidget *row;

  page_open (&page, BRUSHES_NAME, "product.edit-versions");
  products_wait_text (page.subpage, "Commercial");
  products_wait_text (page.subpage, "+$22.00");
  products_wait_text (page.subpage, "sold at most 25 times");

  /* A new one. */
  press_button (GTK_WIDGET (page.subpage), "Add to “License”");
  form = products_wait_window (GUM_TYPE_PART_FORM);
  submit_form (form);
  g_assert_false (gum_part_form_is_busy (GUM_PART_FORM (form)));
  type_into (form, "Name", "Classroom");
  type_into (form, "Surcharge", "99.00");
  products_wait_text (form, "Buyers pay");
  submit_form (form);
  products_wait_no_window (GUM_TYPE_PART_FORM);
  products_wait_text (page.subpage, "Classroom");
  products_wait_text (page.subpage, "+$99.00");
  g_assert_cmpuint (products_count_requests (&page.products, "POST", "/variants"), ==, 1);

  /* Changed, and taken back. */
  row = find_titled (GTK_WIDGET (page.subpage), ADW_TYPE_ACTION_ROW, "Classroom");
  gtk_widget_activate (row);
  form = products_wait_window (GUM_TYPE_PART_FORM);
  type_into (form, "Description", "Thirty seats");
  type_into (form, "Sold at Most", "7");
  submit_form (form);
  products_wait_no_window (GUM_TYPE_PART_FORM);
  products_wait_text (page.subpage, "Thirty seats");
  page_press_undo (&page);
  products_wait_no_text (page.subpage, "Thirty seats");
  g_assert_cmpuint (products_count_requests (&page.products, "PUT", "/variants"), ==, 2);

  /* Deleting asks. */
  press_button (GTK_WIDGET (page.subpage), "Delete “Classroom”");
  answer_dialog ("cancel");
  g_assert_cmpuint (products_count_requests (&page.products, "DELETE", "/variants"), ==, 0);
  press_button (GTK_WIDGET (page.subpage), "Delete “Classroom”");
  answer_dialog ("do");
  products_wait_no_text (page.subpage, "Classroom");
  g_assert_cmpuint (products_count_requests (&page.products, "DELETE", "/variants"), ==, 1);
  page_close (&page);
}

static void
test_version_problems (void)
{
  Page page;
  GtkWidget *form;
  g_autofree char *longer = g_strnfill (256, 'x');

  page_open (&page, BRUSHES_NAME, "product.edit-versions");
  products_wait_text (page.subpage, "Commercial");
  press_button (GTK_WIDGET (page.subpage), "Add to “License”");
  form = products_wait_window (GUM_TYPE_PART_FORM);
  type_into (form, "Name", "x");
  type_into (form, "Name", "");
  products_wait_text (form, "cannot be empty");
  type_into (form, "Name", longer);
  products_wait_text (form, "at most 255 characters");
  type_into (form, "Name", "Fine");
  type_into (form, "Surcharge", "-1");
  products_wait_text (form, "cannot be below zero");
  type_into (form, "Surcharge", "1e3");
  products_wait_text (form, "not an amount");
  type_into (form, "Surcharge", "1");
  type_into (form, "Description", longer);
  products_wait_text (form, "at most 255 characters");
  type_into (form, "Description", "");
  type_into (form, "Sold at Most", "0");
  products_wait_text (form, "above zero");
  submit_form (form);
  g_assert_false (gum_part_form_is_busy (GUM_PART_FORM (form)));
  g_assert_cmpuint (products_count_requests (&page.products, "POST", "/variants"), ==, 0);

  /* What Gumroad refuses is said in place, and what was typed stays. */
  type_into (form, "Sold at Most", "");
  products_control (&page.products, "fault",
                    "{\"match\":\"POST *\",\"kind\":\"success_false\",\"message\":\"No more today.\"}");
  submit_form (form);
  gum_test_wait_until (has_message, form);
  g_assert_nonnull (strstr (gum_part_form_get_message (GUM_PART_FORM (form)), "No more today."));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find_titled (form, ADW_TYPE_ENTRY_ROW, "Name"))),
                   ==, "Fine");

  /* An outcome that is not known is said; the list behind shows that it is there. */
  products_control (&page.products, "fault", "{\"match\":\"POST *\",\"kind\":\"drop\"}");
  submit_form (form);
  gum_test_wait_until (has_message, form);
  g_assert_nonnull (strstr (gum_part_form_get_message (GUM_PART_FORM (form)), "may or may not"));
  products_wait_text (page.subpage, "Fine");
  g_assert_cmpuint (products_count_requests (&page.products, "POST", "/variants"), ==, 2);
  gtk_window_close (GTK_WINDOW (form));
  page_close (&page);
}

static void
test_version_cancelled (void)
{
  Page page;
  GtkWidget *form;

  page_open (&page, BRUSHES_NAME, "product.edit-versions");
  products_wait_text (page.subpage, "Commercial");
  press_button (GTK_WIDGET (page.subpage), "Add to “License”");
  form = products_wait_window (GUM_TYPE_PART_FORM);
  type_into (form, "Name", "Slow");
  products_control (&page.products, "fault", "{\"match\":\"POST *\",\"kind\":\"hang\"}");
  submit_form (form);
  g_assert_true (gum_part_form_is_busy (GUM_PART_FORM (form)));
  while (products_count_requests (&page.products, "POST", "/variants") == 0)
    g_main_context_iteration (NULL, FALSE);

  /* It stays open until it is known how it ended. */
  gtk_window_close (GTK_WINDOW (form));
  g_assert_true (gtk_widget_get_visible (form));
  gum_test_wait_until (has_message, form);
  g_assert_nonnull (strstr (gum_part_form_get_message (GUM_PART_FORM (form)), "may or may not"));
  g_assert_cmpuint (products_count_requests (&page.products, "POST", "/variants"), ==, 1);
  gtk_window_close (GTK_WINDOW (form));
  products_wait_no_window (GUM_TYPE_PART_FORM);
  page_close (&page);
}

static void
test_groups (void)
{
  Page page;
  GtkWidget *form;

  page_open (&page, SCHOOL_NAME, "product.edit-versions");
  products_wait_text (page.subpage, "No Versions");
  gtk_widget_activate_action (GTK_WIDGET (page.subpage), "versions.add-group", NULL);
  form = products_wait_window (GUM_TYPE_PART_FORM);
  type_into (form, "Name of the Group", "Licence");
  type_into (form, "First Version", "Personal");
  submit_form (form);
  products_wait_no_window (GUM_TYPE_PART_FORM);
  products_wait_text (page.subpage, "Personal");
  g_assert_cmpuint (products_count_requests (&page.products, "POST", "/variant_categories"), ==, 2);

  press_button (GTK_WIDGET (page.subpage), "Rename “Licence”");
  form = products_wait_window (GUM_TYPE_PART_FORM);
  type_into (form, "Name of the Group", "Edition");
  submit_form (form);
  products_wait_no_window (GUM_TYPE_PART_FORM);
  products_wait_text (page.subpage, "Edition");
  page_press_undo (&page);
  products_wait_no_text (page.subpage, "Edition");

  /* The last version goes with its group. */
  press_button (GTK_WIDGET (page.subpage), "Delete “Personal”");
  products_wait_text (products_wait_window (ADW_TYPE_MESSAGE_DIALOG), "“Personal” goes with it");
  answer_dialog ("do");
  products_wait_text (page.subpage, "No Versions");
  g_assert_cmpuint (products_count_requests (&page.products, "DELETE", "/variant_categories"), ==, 1);
  page_close (&page);
}

static void
test_tiers (void)
{
  Page page;
  GtkWidget *form;

  page_open (&page, CLUB_NAME, "product.edit-versions");
  products_wait_text (page.subpage, "Every month: $8.00");
  g_assert_null (find_button (GTK_WIDGET (page.subpage), "Add a Group of Versions"));
  g_assert_false (gtk_widget_get_visible (find_button (GTK_WIDGET (page.subpage), "Delete “Tier”")));
  press_button (GTK_WIDGET (page.subpage), "Add to “Tier”");
  form = products_wait_window (GUM_TYPE_PART_FORM);
  products_wait_text (form, "can only be set on");
  g_assert_null (find_titled (form, ADW_TYPE_ENTRY_ROW, "Surcharge"));
  gtk_window_close (GTK_WINDOW (form));
  products_wait_no_window (GUM_TYPE_PART_FORM);

  for (guint i = 0; i < 2; i++)
    {
      const char *name = i == 0 ? "Patron" : "Studio";
      g_autofree char *verb = g_strdup_printf ("Delete “%s”", name);

      press_button (GTK_WIDGET (page.subpage), verb);
      answer_dialog ("do");
      products_wait_no_text (page.subpage, i == 0 ? "All of that" : "A call a month");
    }
  /* Of one tier nothing is asked: it cannot be deleted. */
  press_button (GTK_WIDGET (page.subpage), "Delete “Friend”");
  products_wait_text (products_wait_window (ADW_TYPE_MESSAGE_DIALOG), "A Membership Needs a Tier");
  answer_dialog ("close");
  g_assert_cmpuint (products_count_requests (&page.products, "DELETE", "/variant"), ==, 2);
  page_close (&page);
}

static void
test_amounts (void)
{
  Page page;
  GtkWidget *form;

  page_open (&page, COFFEE_NAME, "product.edit-versions");
  products_wait_text (page.subpage, "$3.00");
  press_button (GTK_WIDGET (page.subpage), "Add to “Suggested Amounts”");
  form = products_wait_window (GUM_TYPE_PART_FORM);
  type_into (form, "Amount", "0");
  products_wait_text (form, "more than zero");
  type_into (form, "Amount", "20.00");
  submit_form (form);
  products_wait_no_window (GUM_TYPE_PART_FORM);
  products_wait_text (page.subpage, "$20.00");
  page_close (&page);
}

static void
test_content (void)
{
  Page page;
  GtkSwitch *shared;

  page_open (&page, BRUSHES_NAME, "product.edit-versions");
  products_wait_text (page.subpage, "Commercial");
  shared = page_get_switch (&page, "Same Content for All");
  g_assert_true (is_on (shared));
  /* Buyers would be without content: it is asked first, and the switch shows how it is until then. */
  gtk_switch_set_active (shared, FALSE);
  products_wait_text (products_wait_window (ADW_TYPE_MESSAGE_DIALOG), "has no content until");
  g_assert_true (is_on (shared));
  answer_dialog ("cancel");
  g_assert_true (is_on (shared));
  g_assert_cmpuint (products_count_requests (&page.products, "PUT", "/v2/products"), ==, 0);
  gtk_switch_set_active (shared, FALSE);
  answer_dialog ("do");
  products_wait_text (page.products.window, "Content of their own now");
  g_assert_true (is_off (shared));
  page_press_undo (&page);
  gum_test_wait_until (is_on, shared);

  /* A refusal is told, and the switch shows how it is. */
  products_control (&page.products, "fault",
                    "{\"match\":\"PUT *\",\"kind\":\"success_false\","
                    "\"message\":\"Cannot switch to per-variant content: no.\"}");
  gtk_switch_set_active (shared, FALSE);
  answer_dialog ("do");
  products_wait_text (products_wait_window (ADW_TYPE_MESSAGE_DIALOG), "Cannot switch to per-variant content: no.");
  g_assert_true (is_on (shared));
  answer_dialog ("close");
  g_assert_cmpuint (products_count_requests (&page.products, "PUT", "/v2/products"), ==, 3);
  page_close (&page);
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

  g_test_add_func ("/versions/change", test_versions);
  g_test_add_func ("/versions/problems", test_version_problems);
  g_test_add_func ("/versions/cancelled", test_version_cancelled);
  g_test_add_func ("/versions/groups", test_groups);
  g_test_add_func ("/versions/tiers", test_tiers);
  g_test_add_func ("/versions/amounts", test_amounts);
  g_test_add_func ("/versions/content", test_content);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Folding, questions and order of names, in many scripts. */

#include "config.h"

#include "store-test.h"

#include "gum-ledger.h"
#include "gum-ledger-products.h"
#include "gum-search.h"

#include <string.h>

static void
test_fold (void)
{
  static const struct {
    const char *text;
    const char *folded;
  } cases[] = {
    { "Brush PACK", "brush pack" },
    { "Crème Brûlée", "creme brulee" },
    { "Straße", "strasse" },
    { "ŁÓDŹ", "lodz" },
    { "Øre Ærø", "ore aero" },
    { "İstanbul ISPARTA ılık", "istanbul isparta ilik" },
    { "ﬁle ① ２", "file 1 2" },
    { "ΟΔΟΣ Άλφα", "οδοσ αλφα" },
    { "Ёлка Йод", "елка иод" },
    { "שָׁלוֹם", "שלום" },
    { "مُحَمَّد", "محمد" },
    { "کـتاب", "کتاب" },
    { "soft\302\255hyphen", "softhyphen" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *folded = gum_search_fold (cases[i].text, -1);

      g_assert_cmpstr (folded, ==, cases[i].folded);
    }
}

/* What is part of a word in one script is a mark that nobody types in another. */
static void
test_contains (void)
{
  static const struct {
    const char *text;
    const char *asked;
    gboolean    found;
  } cases[] = {
    { "CRÈME20", "creme", TRUE },
    { "Ærø", "aero", TRUE },
    { "हिन्दी", "हिन्दी", TRUE },
    { "हिन्दी", "हन्द", FALSE },
    { "パス", "ハス", FALSE },
    { "夏の割引", "割引", TRUE },
    { "SUMMER", "", TRUE },
    { NULL, "a", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *folded = gum_search_fold_letters (cases[i].asked, -1);

      g_assert_cmpint (gum_search_contains (cases[i].text, folded), ==, cases[i].found);
    }
}

static gboolean
finds (GumConnection *connection,
       const char    *asked,
       const char    *name)
{
  g_autofree char *question = gum_search_question (asked);
  g_autoptr(GError) error = NULL;
  sqlite3_stmt *statement;
  gboolean found;

  g_assert_nonnull (question);
  statement = gum_connection_prepare (connection,
                                      "SELECT count (*) FROM products_fts JOIN products"
                                      " ON products.row = products_fts.rowid"
                                      " WHERE products_fts MATCH ?"
                                      " AND json_extract (json, '$.name') = ?", &error);
  g_assert_no_error (error);
  sqlite3_bind_text (statement, 1, question, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 2, name, -1, SQLITE_STATIC);
  g_assert_cmpint (gum_connection_step (connection, statement, &error), ==, GUM_STEP_ROW);
  g_assert_no_error (error);
  found = sqlite3_column_int (statement, 0) > 0;
  sqlite3_reset (statement);

  return found;
}

static void
add_product (GumLedger  *ledger,
             const char *id,
             const char *name)
{
  JsonObject *object = json_object_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GumChanges) changes = NULL;
  g_autoptr(GError) error = NULL;

  json_object_set_string_member (object, "id", id);
  json_object_set_string_member (object, "name", name);
  gum_ledger_run_async (ledger, GUM_LEDGER_WRITER, gum_ledger_products_take_full,
                        object, (GDestroyNotify) json_object_unref, gum_changes_free, NULL,
                        gum_test_result_cb, &result);
  changes = gum_ledger_run_finish (ledger, gum_test_wait_result (&result), &error);
  g_assert_no_error (error);
}

static void
test_scripts (void)
{
  static const struct {
    const char *name;
    const char *asked;
    gboolean    found;
  } cases[] = {
    { "Watercolour Brushes", "WATER", TRUE },
    { "Watercolour Brushes", "brush water", TRUE },
    { "Watercolour Brushes", "ater", FALSE },
    { "Watercolour Brushes", "water oil", FALSE },
    { "Crème Brûlée", "creme brul", TRUE },
    { "Don't panic", "don't", TRUE },
    { "Don't panic", "don't p", TRUE },
    { "Łódź guide", "lodz", TRUE },
    { "Straße", "STRASSE", TRUE },
    { "東京の夜景 写真集", "夜景", TRUE },
    { "東京の夜景 写真集", "京の", TRUE },
    { "東京の夜景 写真集", "写真　東京", TRUE },
    { "東京の夜景 写真集", "景夜", FALSE },
    { "カタカナ ガイド", "ガイ", TRUE },
    { "カタカナ ガイド", "ｶﾞｲﾄﾞ", TRUE },
    { "한국어 강좌", "한국", TRUE },
    { "한국어 강좌", "하", TRUE },
    { "한국어 강좌", "강", TRUE },
    { "ภาษาไทยวันนี้", "ไทย", TRUE },
    { "हिन्दी किताब", "किताब", TRUE },
    { "हिन्दी किताब", "कताब", FALSE },
    { "Курс по Ёлкам", "елк", TRUE },
    { "مُحَمَّد كتاب", "محمد", TRUE },
    { "שָׁלוֹם", "שלום", TRUE },
    { "Ωδή", "ωδη", TRUE },
    { "C++ in a NEAR \"quote\" AND* (x)", "quote", TRUE },
    { "C++ in a NEAR \"quote\" AND* (x)", "\"quote\"", TRUE },
    { "C++ in a NEAR \"quote\" AND* (x)", "near and", TRUE },
    { "C++ in a NEAR \"quote\" AND* (x)", "c++", TRUE },
  };
  g_autoptr(GumLedger) ledger = gum_ledger_new (NULL, "ada");
  g_autoptr(GError) error = NULL;
  gboolean rebuilt;

  gum_ledger_open (ledger, &rebuilt, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i);

      add_product (ledger, id, cases[i].name);
    }
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      if (finds (gum_ledger_get_connection (ledger), cases[i].asked, cases[i].name) != cases[i].found)
        g_error ("“%s” in “%s”: not %d", cases[i].asked, cases[i].name, cases[i].found);
    }
  gum_ledger_close (ledger);
}

/* Nothing that is typed is an error, or FTS5's syntax. */
static void
test_any_question (void)
{
  static const char * const typed[] = {
    "\"", "\"\"", "a\"b", "*", "a*", "(", ")", "a OR b", "NOT a", "NEAR(a b)", "name:a", "{name}:a",
    "^a", "a + b", "-a", "a-b", "'", "a'b", ";", "%", "_", "\\", "\xff\xfe", "a\xc3", "\xed\xa0\x80",
    "\xf0\x9f\x8e\xa8", "\xcc\x81", "e\xcc\x81", "\xe2\x80\x8b", "\xe0\xa5\x8d",
    "a b c d e f g h i j k l m n o p q r s t u v w x y z",
  };
  g_autoptr(GumLedger) ledger = gum_ledger_new (NULL, "ada");
  g_autofree char *long_text = g_strnfill (100000, 'a');
  g_autofree char *long_question = gum_search_question (long_text);
  g_autoptr(GError) error = NULL;
  gboolean rebuilt;

  gum_ledger_open (ledger, &rebuilt, &error);
  g_assert_no_error (error);
  add_product (ledger, "1", "a b");
  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      g_autofree char *question = gum_search_question (typed[i]);

      if (question != NULL)
        finds (gum_ledger_get_connection (ledger), typed[i], "a b");
    }
  g_assert_cmpuint (strlen (long_question), <, 2000);
  g_assert_null (gum_search_question (NULL));
  g_assert_null (gum_search_question ("  \t "));
  g_assert_null (gum_search_question ("\"*()-"));
  g_assert_true (finds (gum_ledger_get_connection (ledger), "a OR b", "a b") == FALSE);
  gum_ledger_close (ledger);
}

static void
test_order (void)
{
  static const char * const names[] = {
    "", "2 apples", "10 apples", "Alpha", "álpha 2", "Alpha 10", "alpha 010b", "beta", "Émile",
    "Zebra", "Ωmega", "Яблоко", "東京",
  };

  for (guint i = 1; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *before = gum_search_sort_key (names[i - 1]);
      g_autofree char *after = gum_search_sort_key (names[i]);

      g_assert_cmpint (strcmp (before, after), <, 0);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/store/search/fold", test_fold);
  g_test_add_func ("/store/search/contains", test_contains);
  g_test_add_func ("/store/search/scripts", test_scripts);
  g_test_add_func ("/store/search/any-question", test_any_question);
  g_test_add_func ("/store/search/order", test_order);

  return g_test_run ();
}

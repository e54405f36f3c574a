/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The page with a product's covers and thumbnail. */

#include "config.h"

#include "products-test.h"

#include "gum-cover-row.h"
#include "gum-cover-upload.h"
#include "gum-covers-page.h"
#include "gum-crop-dialog.h"
#include "gum-test.h"
#include "gum-ui.h"

#include <locale.h>
#include <string.h>

#define DRIFTWOOD "7kuyn_TVKoUFcCYIXuEyOQ=="

typedef struct
{
  Products          products;
  GumProductDetail *detail;
  GumCoversPage    *page;
  char             *directory;
} Page;

static gboolean
is_whole (gpointer detail)
{
  GumProduct *product = gum_product_detail_get_product (detail);

  return gum_resource_has (GUM_RESOURCE (product), "files");
}

static gboolean
has_page (gpointer data)
{
  Page *page = data;

  return GUM_IS_COVERS_PAGE (gum_product_detail_get_subpage (page->detail));
}

static guint
count_rows (Page  *page,
            GType  type)
{
  GtkListBoxRow *row;
  guint count = 0;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (gum_covers_page_get_list (page->page), i)) != NULL; i++)
    count += g_type_is_a (G_OBJECT_TYPE (row), type);

  return count;
}

typedef struct
{
  Page  *page;
  GType  type;
  guint  n;
} Wanted;

static gboolean
has_rows (gpointer data)
{
  Wanted *wanted = data;

  return count_rows (wanted->page, wanted->type) == wanted->n;
}

static void
wait_rows (Page  *page,
           GType  type,
           guint  n)
{
  gum_test_wait_until (has_rows, &(Wanted) { page, type, n });
}

/* @n_covers: how many it has at the beginning. */
static void
page_open (Page  *page,
           guint  n_covers)
{
  g_autoptr (GString) covers = g_string_new (NULL);
  GtkWidget *overlay;

  memset (page, 0, sizeof *page);
  products_set_up (&page->products, 20, 1200, 1000);
  g_string_printf (covers, "{\"id\":\"%s\",\"set\":{\"covers\":[", DRIFTWOOD);
  for (guint i = 0; i < n_covers; i++)
    g_string_append_printf (covers, "%s{\"id\":\"c%u\",\"type\":\"image\",\"native_width\":1280,"
                            "\"native_height\":720}", i > 0 ? "," : "", i);
  g_string_append (covers, "]}}");
  products_control (&page->products, "edit", covers->str);
  products_sync (&page->products);
  products_wait_listed (&page->products, 20);

  /* The window shows toasts, and here there is none. */
  overlay = adw_toast_overlay_new ();
  g_object_ref (page->products.page);
  adw_window_set_content (ADW_WINDOW (page->products.window), overlay);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), page->products.page);
  g_object_unref (page->products.page);

  gum_section_set_place (GUM_SECTION (page->products.page), DRIFTWOOD);
  gum_test_settle ();
  page->detail = GUM_PRODUCT_DETAIL (products_find (page->products.page, GUM_TYPE_PRODUCT_DETAIL));
  g_assert_nonnull (page->detail);
  gum_test_wait_until (is_whole, page->detail);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (page->detail), "product.edit-covers", NULL));
  gum_test_wait_until (has_page, page);
  page->page = GUM_COVERS_PAGE (gum_product_detail_get_subpage (page->detail));
  wait_rows (page, GUM_TYPE_COVER_ROW, n_covers);
  products_control (&page->products, "requests", "{\"clear\":true}");
  page->directory = gum_test_make_dir ();
}

static void
page_close (Page *page)
{
  products_tear_down (&page->products);
  gum_test_remove_dir (page->directory);
}

static GumCoverRow *
get_row (Page  *page,
         guint  position)
{
  return GUM_COVER_ROW (gtk_list_box_get_row_at_index (gum_covers_page_get_list (page->page), (int) position));
}

static void
act (Page       *page,
     guint       position,
     const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (get_row (page, position)), action, NULL));
}

static void
assert_order (Page       *page,
              const char *ids)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < count_rows (page, GUM_TYPE_COVER_ROW); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", gum_cover_row_get_id (get_row (page, i)));
  g_assert_cmpstr (text->str, ==, ids);
}

static guint
count_requests (Page       *page,
                const char *method)
{
  g_autofree char *answer = NULL;
  g_autofree char *wanted = g_strdup_printf ("\"method\":\"%s\"", method);
  guint count = 0;

  gum_sandbox_control (page->products.sandbox, "requests", "{}", &answer);
  for (const char *p = answer; (p = strstr (p, wanted)) != NULL; p++)
    count++;

  return count;
}

typedef struct
{
  Page       *page;
  const char *method;
  guint       n;
} Sent;

static gboolean
was_sent (gpointer data)
{
  Sent *sent = data;

  return count_requests (sent->page, sent->method) == sent->n;
}

static void
wait_sent (Page       *page,
           const char *method,
           guint       n)
{
  gum_test_wait_until (was_sent, &(Sent) { page, method, n });
}

static GFile *
make_picture (Page       *page,
              const char *name,
              int         width,
              int         height)
{
  g_autofree char *path = g_build_filename (page->directory, name, NULL);
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);

  gdk_pixbuf_fill (pixbuf, 0x336699ff);
  g_assert_true (gdk_pixbuf_save (pixbuf, path, "png", NULL, NULL));

  return g_file_new_for_path (path);
}

static gboolean
take_file (Page  *page,
           GFile *file)
{
  g_auto (GValue) value = G_VALUE_INIT;

  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, gdk_file_list_new_from_array (&file, 1));

  return gum_covers_page_take (page->page, &value);
}

static GumCoverUpload *
find_upload (Page *page)
{
  return GUM_COVER_UPLOAD (products_find (GTK_WIDGET (page->page), GUM_TYPE_COVER_UPLOAD));
}

static gboolean
has_no_upload (gpointer page)
{
  return find_upload (page) == NULL;
}

static gboolean
has_failed (gpointer data)
{
  GumCoverUpload *upload = find_upload (data);

  return upload != NULL && gum_cover_upload_get_failure (upload) != NULL;
}

static void
test_order (void)
{
  Page page;
  GtkWidget *row;

  page_open (&page, 3);
  row = GTK_WIDGET (get_row (&page, 0));
  g_assert_true (gtk_widget_grab_focus (row));
  act (&page, 0, "cover.down");
  act (&page, 1, "cover.down");
  assert_order (&page, "c1 c2 c0");
  /* It moves with the cover. */
  g_assert_true (gtk_root_get_focus (GTK_ROOT (page.products.window)) == row);
  act (&page, 1, "cover.first");
  assert_order (&page, "c2 c1 c0");
  gtk_test_accessible_assert_property (get_row (&page, 0), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Main cover of 3: Picture, 1280 × 720");
  gtk_test_accessible_assert_property (row, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Cover 3 of 3: Picture, 1280 × 720");
  wait_sent (&page, "PUT", 1);
  g_assert_null (gum_covers_page_get_notice (page.page));
  assert_order (&page, "c2 c1 c0");
  page_close (&page);
}

static gboolean
has_moved (gpointer page)
{
  return g_strcmp0 (gum_cover_row_get_id (get_row (page, 0)), "c2") == 0;
}

static void
test_drag (void)
{
  Page page;

  page_open (&page, 3);
  g_assert_false (products_drop (GTK_WIDGET (get_row (&page, 0)), GTK_WIDGET (get_row (&page, 0))));
  g_assert_true (products_drop (GTK_WIDGET (get_row (&page, 2)), GTK_WIDGET (get_row (&page, 0))));
  gum_test_wait_until (has_moved, &page);
  assert_order (&page, "c2 c0 c1");
  wait_sent (&page, "PUT", 1);
  assert_order (&page, "c2 c0 c1");
  page_close (&page);
}

static gboolean
has_notice (gpointer page)
{
  return gum_covers_page_get_notice (page) != NULL;
}

static void
test_order_refused (void)
{
  Page page;

  page_open (&page, 2);
  products_control (&page.products, "fault", "{\"match\":\"PUT /v2/products/:id\",\"kind\":\"success_false\","
                                             "\"message\":\"Not now.\"}");
  act (&page, 1, "cover.up");
  gum_test_wait_until (has_notice, page.page);
  g_assert_nonnull (strstr (gum_covers_page_get_notice (page.page), "Not now."));
  assert_order (&page, "c0 c1");
  g_assert_cmpuint (count_requests (&page, "PUT"), ==, 1);
  page_close (&page);
}

static GtkWidget *
find_undo (Page *page)
{
  GtkWidget *label = products_find_text (page->products.window, "Undo");

  return label != NULL ? gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON) : NULL;
}

static gboolean
has_undo (gpointer page)
{
  return find_undo (page) != NULL;
}

static gboolean
is_closed (gpointer data)
{
  Page *page = data;

  return gum_product_detail_get_subpage (page->detail) == NULL;
}

static void
test_remove (void)
{
  Page page;

  page_open (&page, 3);
  act (&page, 1, "cover.remove");
  assert_order (&page, "c0 c2");
  gum_test_wait_until (has_undo, &page);
  g_signal_emit_by_name (find_undo (&page), "clicked");
  assert_order (&page, "c0 c1 c2");
  /* Steps are taken in turn: a removal would have been sent before this. */
  act (&page, 0, "cover.down");
  wait_sent (&page, "PUT", 1);
  g_assert_cmpuint (count_requests (&page, "DELETE"), ==, 0);
  act (&page, 0, "cover.down");
  wait_sent (&page, "PUT", 2);
  assert_order (&page, "c0 c1 c2");

  /* A second one ends what could be taken back of the first; the page's end that of the second. */
  act (&page, 0, "cover.remove");
  act (&page, 0, "cover.remove");
  assert_order (&page, "c2");
  wait_sent (&page, "DELETE", 1);
  gum_subpage_close (GUM_SUBPAGE (page.page));
  gum_test_wait_until (is_closed, &page);
  wait_sent (&page, "DELETE", 2);
  page_close (&page);
}

static void
test_add (void)
{
  Page page;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 40, 30);
  g_autoptr (GdkTexture) texture = NULL;
  g_auto (GValue) dropped = G_VALUE_INIT;
  g_auto (GValue) text = G_VALUE_INIT;

  page_open (&page, 1);
  file = make_picture (&page, "a.png", 320, 200);
  g_assert_true (take_file (&page, file));
  g_assert_cmpuint (count_rows (&page, GUM_TYPE_COVER_UPLOAD), ==, 1);
  wait_rows (&page, GUM_TYPE_COVER_ROW, 2);
  wait_rows (&page, GUM_TYPE_COVER_UPLOAD, 0);

  gdk_pixbuf_fill (pixbuf, 0xff8800ff);
  texture = gdk_texture_new_for_pixbuf (pixbuf);
  g_value_init (&dropped, GDK_TYPE_TEXTURE);
  g_value_set_object (&dropped, texture);
  g_assert_true (gum_covers_page_take (page.page, &dropped));
  wait_rows (&page, GUM_TYPE_COVER_ROW, 3);

  g_value_init (&text, G_TYPE_STRING);
  g_value_set_string (&text, " https://vimeo.com/1\r\n");
  g_assert_true (gum_covers_page_take (page.page, &text));
  wait_rows (&page, GUM_TYPE_COVER_ROW, 4);
  wait_rows (&page, GUM_TYPE_COVER_UPLOAD, 0);
  page_close (&page);
}

static void
test_paste (void)
{
  Page page;

  page_open (&page, 0);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (page.page)), "https://youtu.be/abc");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (page.page), "covers.paste", NULL));
  wait_rows (&page, GUM_TYPE_COVER_ROW, 1);
  page_close (&page);
}

/* Refused here: nothing is sent, and the row says why. */
static void
test_refused (void)
{
  Page page;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GFile) none = NULL;
  g_autofree char *path = NULL;
  GtkWidget *dismiss;

  page_open (&page, 8);
  file = make_picture (&page, "a.png", 320, 200);
  take_file (&page, file);
  gum_test_wait_until (has_failed, &page);
  g_assert_nonnull (strstr (gum_cover_upload_get_failure (find_upload (&page)), "at most 8 covers"));
  dismiss = gtk_widget_get_ancestor (products_find_text (GTK_WIDGET (page.page), "Dismiss"), GTK_TYPE_BUTTON);
  g_signal_emit_by_name (dismiss, "clicked");
  g_assert_cmpuint (count_rows (&page, GUM_TYPE_COVER_UPLOAD), ==, 0);

  path = g_build_filename (page.directory, "b.png", NULL);
  g_assert_true (g_file_set_contents (path, "<html>", 6, NULL));
  none = g_file_new_for_path (path);
  take_file (&page, none);
  gum_test_wait_until (has_failed, &page);
  g_assert_nonnull (strstr (gum_cover_upload_get_failure (find_upload (&page)), "neither a picture"));
  g_assert_cmpuint (count_requests (&page, "POST"), ==, 0);
  page_close (&page);
}

static gboolean
is_on_the_wire (gpointer page)
{
  return count_requests (page, "PUT") > 0;
}

typedef struct
{
  Page       *page;
  const char *text;
} Told;

static gboolean
is_told (gpointer data)
{
  Told *told = data;

  return products_find_text (told->page->products.window, told->text) != NULL;
}

static void
answer (const char *response)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    {
      if (!ADW_IS_MESSAGE_DIALOG (l->data))
        continue;
      adw_message_dialog_response (ADW_MESSAGE_DIALOG (l->data), response);
      gtk_window_destroy (GTK_WINDOW (l->data));
      return;
    }
  g_assert_not_reached ();
}

/* How it went is heard by who has left the page before. */
static void
test_left (void)
{
  Page page;
  g_autoptr (GFile) file = NULL;

  /* A page that glides away is still there. */
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  page_open (&page, 2);
  products_control (&page.products, "fault", "{\"match\":\"POST /v2/products/:id/covers\","
                                             "\"kind\":\"success_false\",\"message\":\"No.\"}");
  file = make_picture (&page, "a.png", 320, 200);
  take_file (&page, file);
  gum_subpage_close (GUM_SUBPAGE (page.page));
  gum_test_wait_until (is_told, &(Told) { &page, "“a.png” could not be added" });
  page_close (&page);

  page_open (&page, 2);
  products_control (&page.products, "fault", "{\"match\":\"PUT /v2/products/:id\",\"kind\":\"success_false\","
                                             "\"message\":\"No.\"}");
  act (&page, 1, "cover.up");
  gum_subpage_close (GUM_SUBPAGE (page.page));
  gum_test_wait_until (is_told, &(Told) { &page, "The covers could not be changed" });
  page_close (&page);

  page_open (&page, 2);
  products_control (&page.products, "fault", "{\"match\":\"DELETE /v2/products/:id/thumbnail\","
                                             "\"kind\":\"success_false\",\"message\":\"No.\"}");
  gtk_widget_activate_action (GTK_WIDGET (gum_covers_page_get_thumbnail (page.page)), "thumbnail.remove", NULL);
  answer ("remove");
  gum_subpage_close (GUM_SUBPAGE (page.page));
  gum_test_wait_until (is_told, &(Told) { &page, "The thumbnail could not be removed" });
  page_close (&page);
  gtk_settings_reset_property (gtk_settings_get_default (), "gtk-enable-animations");
}

static void
test_cancelled (void)
{
  Page page;
  g_autoptr (GFile) file = NULL;

  page_open (&page, 1);
  products_control (&page.products, "fault", "{\"match\":\"PUT /storage/:key\",\"kind\":\"hang\"}");
  file = make_picture (&page, "a.png", 320, 200);
  take_file (&page, file);
  gum_test_wait_until (is_on_the_wire, &page);
  gum_cover_upload_cancel (find_upload (&page));
  wait_rows (&page, GUM_TYPE_COVER_UPLOAD, 0);
  g_assert_cmpuint (count_rows (&page, GUM_TYPE_COVER_ROW), ==, 1);
  /* The place was asked for, the cover was not. */
  g_assert_cmpuint (count_requests (&page, "POST"), ==, 1);
  page_close (&page);
}

static GumCropDialog *
find_dialog (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    {
      if (GUM_IS_CROP_DIALOG (l->data) && gtk_widget_get_mapped (l->data))
        return l->data;
    }

  return NULL;
}

static gboolean
has_dialog (gpointer data)
{
  return find_dialog () != NULL;
}

static gboolean
has_thumbnail (gpointer detail)
{
  const char *url = gum_product_get_thumbnail_url (gum_product_detail_get_product (detail));

  return url != NULL && strstr (url, "/pictures/") == NULL;
}

static void
set_thumbnail (Page  *page,
               GFile *file)
{
  g_auto(GValue) value = G_VALUE_INIT;
  GSList list = { file, NULL };

  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, gdk_file_list_new_from_list (&list));
  g_assert_true (gum_thumbnail_group_take (gum_covers_page_get_thumbnail (page->page), &value));
}

static void
test_thumbnail (void)
{
  Page page;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GFile) small = NULL;
  GtkWidget *use, *dismiss;
  int x, y, side;

  page_open (&page, 1);
  small = make_picture (&page, "small.png", 599, 800);
  set_thumbnail (&page, small);
  gum_test_wait_until (has_failed, &page);
  g_assert_nonnull (strstr (gum_cover_upload_get_failure (find_upload (&page)), "600 × 600"));
  g_assert_cmpuint (count_requests (&page, "POST"), ==, 0);

  file = make_picture (&page, "wide.png", 1500, 900);
  set_thumbnail (&page, file);
  gum_test_wait_until (has_dialog, NULL);
  gum_crop_dialog_get (find_dialog (), &x, &y, &side);
  g_assert_cmpint (x, ==, 300);
  g_assert_cmpint (y, ==, 0);
  g_assert_cmpint (side, ==, 900);
  gtk_range_set_value (GTK_RANGE (products_find (GTK_WIDGET (find_dialog ()), GTK_TYPE_SCALE)), 700);
  gum_crop_dialog_get (find_dialog (), &x, &y, &side);
  g_assert_cmpint (x, ==, 400);
  g_assert_cmpint (y, ==, 100);
  use = gtk_widget_get_ancestor (products_find_text (GTK_WIDGET (find_dialog ()), "Use"), GTK_TYPE_BUTTON);
  g_signal_emit_by_name (use, "clicked");
  gum_test_wait_until (has_thumbnail, page.detail);
  g_assert_cmpuint (count_requests (&page, "POST"), ==, 2);

  /* Closed without a choice: nothing more. */
  dismiss = gtk_widget_get_ancestor (products_find_text (GTK_WIDGET (page.page), "Dismiss"), GTK_TYPE_BUTTON);
  g_signal_emit_by_name (dismiss, "clicked");
  set_thumbnail (&page, file);
  gum_test_wait_until (has_dialog, NULL);
  gtk_window_close (GTK_WINDOW (find_dialog ()));
  gum_test_wait_until (has_no_upload, &page);
  g_assert_cmpuint (count_requests (&page, "POST"), ==, 2);
  page_close (&page);
}

static gboolean
is_thumbnail (gpointer data)
{
  gpointer *pair = data;
  const char *url = gum_product_get_thumbnail_url (gum_product_detail_get_product (pair[0]));

  return url != NULL && strstr (url, pair[1]) != NULL;
}

static void
wait_thumbnail (Page       *page,
                const char *part)
{
  gpointer pair[2] = { page->detail, (gpointer) part };

  gum_test_wait_until (is_thumbnail, pair);
}

/* By its address, and as a picture and as an address that were copied; covers are left alone. */
static void
test_thumbnail_sources (void)
{
  Page page;
  GtkWidget *group;
  GdkClipboard *clipboard;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_auto (GValue) value = G_VALUE_INIT;

  page_open (&page, 1);
  group = GTK_WIDGET (gum_covers_page_get_thumbnail (page.page));
  clipboard = gtk_widget_get_clipboard (group);

  g_value_init (&value, G_TYPE_STRING);
  g_value_set_string (&value, " https://art.example.com/square.png\n");
  g_assert_true (gum_thumbnail_group_take (GUM_THUMBNAIL_GROUP (group), &value));
  wait_thumbnail (&page, "art.example.com/square.png");

  gdk_clipboard_set_text (clipboard, "https://art.example.com/other.png");
  g_assert_true (gtk_widget_activate_action (group, "thumbnail.paste", NULL));
  wait_thumbnail (&page, "art.example.com/other.png");

  file = make_picture (&page, "square.png", 600, 600);
  texture = gdk_texture_new_from_file (file, NULL);
  gdk_clipboard_set_texture (clipboard, texture);
  g_assert_true (gtk_widget_activate_action (group, "thumbnail.paste", NULL));
  wait_thumbnail (&page, "/storage/");

  /* What is no picture is refused by Gumroad, and its sentence is shown. */
  gdk_clipboard_set_text (clipboard, "https://youtu.be/abc");
  g_assert_true (gtk_widget_activate_action (group, "thumbnail.paste", NULL));
  gum_test_wait_until (has_failed, &page);
  g_assert_nonnull (strstr (gum_cover_upload_get_failure (find_upload (&page)),
                            "Could not process your thumbnail"));
  wait_thumbnail (&page, "/storage/");
  g_assert_cmpuint (count_rows (&page, GUM_TYPE_COVER_ROW), ==, 1);
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

  g_test_add_func ("/covers/order", test_order);
  g_test_add_func ("/covers/drag", test_drag);
  g_test_add_func ("/covers/order-refused", test_order_refused);
  g_test_add_func ("/covers/remove", test_remove);
  g_test_add_func ("/covers/add", test_add);
  g_test_add_func ("/covers/paste", test_paste);
  g_test_add_func ("/covers/refused", test_refused);
  g_test_add_func ("/covers/left", test_left);
  g_test_add_func ("/covers/cancelled", test_cancelled);
  g_test_add_func ("/covers/thumbnail", test_thumbnail);
  g_test_add_func ("/covers/thumbnail-sources", test_thumbnail_sources);

  return g_test_run ();
}

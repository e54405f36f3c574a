/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the tests of the products' page share: a shop at a sandbox, and its page in a window. */

#include "config.h"

#include "products-test.h"

#include "describe-test.h"
#include "gum-json.h"
#include "gum-test.h"

static gboolean
is_idle (gpointer data)
{
  return !gum_store_get_syncing (data);
}

static gboolean
is_synced (gpointer data)
{
  Products *fixture = data;

  return !gum_store_get_syncing (fixture->store) &&
         (gum_store_get_last_synced (fixture->store) != NULL ||
          gum_store_get_sync_error (fixture->store) != NULL);
}

static gboolean
is_mapped (gpointer data)
{
  return gtk_widget_get_mapped (data) && gtk_widget_get_width (data) > 0;
}

void
products_set_up (Products *fixture,
                 guint     n_products,
                 int       width,
                 int       height)
{
  GumSandboxOptions options = { .n_products = n_products, .n_sales = 10, .seed = 1 };
  g_autoptr (GError) error = NULL;

  gum_test_describe_with (describe_windows);
  fixture->sandbox = gum_sandbox_new (&options);
  gum_sandbox_start (fixture->sandbox, &error);
  g_assert_no_error (error);
  fixture->directory = gum_test_make_dir ();
  fixture->accounts = gum_accounts_new (fixture->directory);
  fixture->account = gum_accounts_add_sample (fixture->accounts, "Sample",
                                              gum_sandbox_get_api_url (fixture->sandbox),
                                              gum_sandbox_get_access_token (fixture->sandbox));
  fixture->shop = gum_shop_new (fixture->account);
  fixture->store = gum_shop_get_store (fixture->shop);
  g_assert_nonnull (fixture->store);

  fixture->page = gum_products_page_new (fixture->shop);
  fixture->window = adw_window_new ();
  adw_window_set_content (ADW_WINDOW (fixture->window), fixture->page);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), width, height);
  gtk_window_present (GTK_WINDOW (fixture->window));
  gum_test_wait_until (is_mapped, fixture->page);
  fixture->pane = GUM_PRODUCTS_PANE (products_find (fixture->page, GUM_TYPE_PRODUCTS_PANE));
  g_assert_nonnull (fixture->pane);
}

void
products_tear_down (Products *fixture)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  gum_shop_close (fixture->shop);
  gum_test_settle ();
  g_clear_object (&fixture->shop);
  g_clear_object (&fixture->account);
  g_clear_object (&fixture->accounts);
  gum_test_settle ();
  gum_sandbox_stop (fixture->sandbox);
  g_clear_object (&fixture->sandbox);
  gum_test_remove_dir (fixture->directory);
}

void
products_sync (Products *fixture)
{
  /* A pass that is still under way began before what the test wants to see. */
  gum_test_wait_until (is_idle, fixture->store);
  gum_shop_refresh (fixture->shop);
  gum_test_wait_until (is_synced, fixture);
}

void
products_control (Products   *fixture,
                  const char *verb,
                  const char *arguments)
{
  g_autofree char *answer = NULL;

  gum_sandbox_control (fixture->sandbox, verb, arguments, &answer);
  g_assert_nonnull (answer);
  g_assert_nonnull (strstr (answer, "\"ok\":true"));
}

guint
products_count_requests (Products   *fixture,
                         const char *method,
                         const char *part)
{
  g_autofree char *answer = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonArray *requests;
  guint count = 0;

  gum_sandbox_control (fixture->sandbox, "requests", "{}", &answer);
  node = json_from_string (answer, NULL);
  requests = gum_json_get_array (json_node_get_object (node), "requests");
  for (guint i = 0; i < json_array_get_length (requests); i++)
    {
      JsonObject *request = json_array_get_object_element (requests, i);

      if (g_str_equal (gum_json_get_string (request, "method"), method) &&
          strstr (gum_json_get_string (request, "path"), part) != NULL)
        count++;
    }

  return count;
}

static GListModel *
get_model (Products *fixture)
{
  GtkWidget *view = gum_product_list_get_view (gum_products_pane_get_list (fixture->pane));

  return G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (view)));
}

guint
products_count_listed (Products *fixture)
{
  return g_list_model_get_n_items (get_model (fixture));
}

typedef struct
{
  Products *fixture;
  guint     n;
} Wanted;

static gboolean
is_listed (gpointer data)
{
  Wanted *wanted = data;

  return products_count_listed (wanted->fixture) == wanted->n;
}

void
products_wait_listed_at (Products   *fixture,
                         guint       n,
                         const char *place)
{
  g_autofree char *words = g_strdup_printf ("%u products in the list", n);

  gum_test_wait_until_at (is_listed, &(Wanted) { fixture, n }, words, place);
}

GumProduct *
products_dup_at (Products *fixture,
                 guint     position)
{
  return g_list_model_get_item (get_model (fixture), position);
}

static gboolean
has_entry (gpointer data)
{
  return products_find (data, GTK_TYPE_SEARCH_ENTRY) != NULL;
}

void
products_search (Products   *fixture,
                 const char *text)
{
  GtkWidget *entry;

  gum_section_start_search (GUM_SECTION (fixture->page));
  gum_test_wait_until (has_entry, fixture->pane);
  entry = products_find (GTK_WIDGET (fixture->pane), GTK_TYPE_SEARCH_ENTRY);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

GtkWidget *
products_find (GtkWidget *root,
               GType      type)
{
  for (GtkWidget *child = gtk_widget_get_first_child (root);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found;

      if (g_type_is_a (G_OBJECT_TYPE (child), type) && gtk_widget_get_mapped (child))
        return child;
      found = products_find (child, type);
      if (found != NULL)
        return found;
    }
  return NULL;
}

GtkWidget *
products_find_text (GtkWidget  *root,
                    const char *text)
{
  for (GtkWidget *child = gtk_widget_get_first_child (root);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found;

      if (GTK_IS_LABEL (child) && gtk_widget_get_mapped (child) &&
          strstr (gtk_label_get_text (GTK_LABEL (child)), text) != NULL)
        return child;
      found = products_find_text (child, text);
      if (found != NULL)
        return found;
    }
  return NULL;
}

typedef struct
{
  GtkWidget *root;
  GType      type;
} Typed;

static gboolean
is_found (gpointer data)
{
  Typed *typed = data;

  return products_find (typed->root, typed->type) != NULL;
}

GtkWidget *
products_wait_widget_at (gpointer    root,
                         GType       type,
                         const char *place)
{
  gum_test_wait_until_at (is_found, &(Typed) { root, type }, g_type_name (type), place);

  return products_find (root, type);
}

static gboolean
is_built (gpointer detail)
{
  return !gum_product_detail_is_building (detail);
}

void
products_wait_built (gpointer detail)
{
  gum_test_wait_until (is_built, detail);
}

GtkWidget *
products_find_button (GtkWidget  *root,
                      const char *label)
{
  for (GtkWidget *child = gtk_widget_get_first_child (root);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found;

      if (GTK_IS_BUTTON (child) &&
          g_strcmp0 (gtk_button_get_label (GTK_BUTTON (child)), label) == 0)
        return child;
      found = products_find_button (child, label);
      if (found != NULL)
        return found;
    }
  return NULL;
}

typedef struct
{
  GtkWidget  *root;
  const char *text;
} Text;

static gboolean
is_said (gpointer data)
{
  Text *text = data;

  return products_find_text (text->root, text->text) != NULL;
}

static gboolean
is_not_said (gpointer data)
{
  return !is_said (data);
}

void
products_wait_text_at (gpointer    root,
                       const char *text,
                       const char *place)
{
  g_autofree char *words = g_strdup_printf ("The text “%s”", text);

  gum_test_wait_until_at (is_said, &(Text) { root, text }, words, place);
}

void
products_wait_no_text_at (gpointer    root,
                          const char *text,
                          const char *place)
{
  g_autofree char *words = g_strdup_printf ("The end of the text “%s”", text);

  gum_test_wait_until_at (is_not_said, &(Text) { root, text }, words, place);
}

static void
painted_cb (GdkFrameClock *clock,
            gboolean      *painted)
{
  *painted = TRUE;
}

void
products_wait_painted (GtkWidget *widget)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);
  gboolean painted = FALSE;
  gulong handler = g_signal_connect (clock, "after-paint", G_CALLBACK (painted_cb), &painted);

  gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_LAYOUT | GDK_FRAME_CLOCK_PHASE_PAINT);
  gum_test_wait_for_flag (&painted);
  g_signal_handler_disconnect (clock, handler);
}

static gboolean
is_sensitive (gpointer widget)
{
  return gtk_widget_is_sensitive (widget);
}

void
products_press (gpointer    widget,
                const char *action)
{
  GtkWidget *button = gtk_button_new ();

  gtk_widget_set_visible (button, FALSE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_parent (button, widget);
  gum_test_wait_until (is_sensitive, button);
  gtk_widget_unparent (button);
  gtk_widget_activate_action (widget, action, NULL);
}

static gpointer
find_controller (GtkWidget *widget,
                 GType      type)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (g_type_is_a (G_OBJECT_TYPE (controller), type))
        return controller;
    }
  g_assert_not_reached ();
}

/* What goes from one to the other is made and taken as it is when a pointer does it. */
gboolean
products_drop (GtkWidget *dragged,
               GtkWidget *row)
{
  g_autoptr (GdkContentProvider) content = NULL;
  g_auto (GValue) value = G_VALUE_INIT;
  g_autoptr (GError) error = NULL;
  GtkDropTarget *target = find_controller (row, GTK_TYPE_DROP_TARGET);
  gboolean taken = FALSE;

  g_signal_emit_by_name (find_controller (dragged, GTK_TYPE_DRAG_SOURCE), "prepare", 1.0, 1.0, &content);
  g_value_init (&value, gtk_drop_target_get_gtypes (target, NULL)[0]);
  gdk_content_provider_get_value (content, &value, &error);
  g_assert_no_error (error);
  g_signal_emit_by_name (target, "drop", &value, 1.0, 1.0, &taken);

  return taken;
}

GtkWidget *
products_find_window (GType type)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (g_type_is_a (G_OBJECT_TYPE (window), type))
        return window;
    }
  return NULL;
}

static gboolean
is_shown (gpointer data)
{
  GtkWidget *window = products_find_window (*(GType *) data);

  return window != NULL && gtk_widget_get_mapped (window);
}

static gboolean
has_no_window (gpointer data)
{
  return products_find_window (*(GType *) data) == NULL;
}

GtkWidget *
products_wait_window (GType type)
{
  gum_test_wait_until (is_shown, &type);
  return products_find_window (type);
}

void
products_wait_no_window (GType type)
{
  gum_test_wait_until (has_no_window, &type);
}

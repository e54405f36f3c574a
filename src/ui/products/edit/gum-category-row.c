/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The field for a category: a row that says which, and a window to find another one in.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-category-row.h"

#include "gum-categories.h"
#include "gum-category-chooser.h"
#include "gum-category-words.h"
#include "gum-json.h"

#include <glib/gi18n.h>

#define PATH "gum-category-path"
#define CHANGED "gum-category-changed"

static void
show_path (GtkWidget  *row,
           const char *path)
{
  g_autofree char *words = NULL;

  g_object_set_data_full (G_OBJECT (row), PATH, g_strdup (path), g_free);
  if (path == NULL || *path == '\0')
    {
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("None"));
      return;
    }

  words = gum_category_words_dup (path);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
}

static void
learned_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  GWeakRef *weak = user_data;
  g_autoptr(GtkWidget) row = g_weak_ref_get (weak);
  g_autoptr(GPtrArray) categories = gum_store_read_categories_finish (GUM_STORE (source), result,
                                                                      NULL);

  /* Without names, the path is read as words. */
  if (categories != NULL)
    gum_category_words_learn (categories);
  if (row != NULL)
    {
      g_autofree char *path = g_strdup (g_object_get_data (G_OBJECT (row), PATH));

      show_path (row, path);
    }
  g_weak_ref_clear (weak);
  g_free (weak);
}

static void
learn (GumFormField *field,
       GtkWidget    *row)
{
  GumShop *shop = gum_form_field_get_shop (field);
  GumStore *store = shop != NULL ? gum_shop_get_store (shop) : NULL;
  GWeakRef *weak;

  if (store == NULL)
    return;
  weak = g_new0 (GWeakRef, 1);
  g_weak_ref_init (weak, row);
  gum_store_read_categories_async (store, NULL, learned_cb, weak);
}

static void
chosen_cb (GumCategoryChooser *chooser,
           const char         *path,
           GtkWidget          *row)
{
  GClosure *changed = g_object_get_data (G_OBJECT (row), CHANGED);
  g_auto(GValue) value = G_VALUE_INIT;

  show_path (row, path);
  /* As when a widget says it by a signal. */
  g_value_init (&value, G_TYPE_OBJECT);
  g_value_set_object (&value, row);
  g_closure_invoke (changed, NULL, 1, &value, NULL);
}

static void
activated_cb (GtkWidget    *row,
              GumFormField *field)
{
  GtkWidget *chooser = gum_category_chooser_new (gum_form_field_get_shop (field),
                                                 g_object_get_data (G_OBJECT (row), PATH));
  GtkRoot *root = gtk_widget_get_root (row);

  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (chooser), GTK_WINDOW (root));
  g_signal_connect_object (chooser, "chosen", G_CALLBACK (chosen_cb), row, 0);
  gtk_window_present (GTK_WINDOW (chooser));
}

GtkWidget *
gum_category_row_create (GumFormField *field,
                         const char   *title,
                         GCallback     changed)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *arrow = gtk_image_new_from_icon_name ("go-next-symbolic");
  GClosure *closure = g_cclosure_new_object_swap (changed, G_OBJECT (field));

  g_closure_set_marshal (closure, g_cclosure_marshal_VOID__VOID);
  g_closure_ref (closure);
  g_closure_sink (closure);
  g_object_set_data_full (G_OBJECT (row), CHANGED, closure, (GDestroyNotify) g_closure_unref);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_accessible_update_state (GTK_ACCESSIBLE (arrow), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), arrow);
  g_signal_connect_object (row, "activated", G_CALLBACK (activated_cb), field, 0);
  learn (field, row);

  return row;
}

void
gum_category_row_show (GtkWidget  *row,
                       JsonNode   *value,
                       const char *currency)
{
  g_autofree char *path = value != NULL ? gum_json_node_dup_string (value) : NULL;

  show_path (row, path);
}

JsonNode *
gum_category_row_read (GtkWidget  *row,
                       const char *currency)
{
  const char *path = g_object_get_data (G_OBJECT (row), PATH);

  return path != NULL ? json_node_init_string (json_node_alloc (), path) : NULL;
}

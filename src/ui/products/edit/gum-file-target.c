/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where dropped files go: a new one beside the others, or in the place of one that is there. A build is named
 * like the one before but for its number, so that one is chosen to begin with.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-file-target.h"

#include "gum-detail-rows.h"
#include "gum-deliveries.h"
#include "gum-file-facts.h"
#include "gum-file-version.h"

#include <glib/gi18n.h>
#include <string.h>

/* Where a row keeps how large its file is. */
#define SIZE "gum-file-target-size"

struct _GumFileTarget
{
  AdwWindow       parent_instance;

  /* owned */
  GListModel     *files;
  GumVersionList *versions;  /* NULL: all have the same content */
  GPtrArray      *ids;       /* of the product's files, in the order of the choices after the first */
  GPtrArray      *names;     /* what buyers see of them, or NULL */
  GPtrArray      *places;    /* in whose place a file comes, in words */
  GPtrArray      *rows;      /* of AdwComboRow, unowned: one a file */
  GPtrArray      *choices;   /* of GumVersionChoice, unowned: one a file, where it is asked about */
  GHashTable     *taken;     /* ids: another file is to replace them */

  /* widgets */
  GtkWidget      *page;
  GtkWidget      *start;
};

enum {
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GumFileTarget, gum_file_target, ADW_TYPE_WINDOW)

/* The letters of a name, without its numbers and its ending. */
static char *
reduce (const char *name,
        char      **ending)
{
  g_autoptr (GString) letters = g_string_new (NULL);
  const char *dot = strrchr (name, '.');
  const char *end = dot != NULL ? dot : name + strlen (name);

  *ending = g_utf8_casefold (dot != NULL ? dot + 1 : "", -1);
  for (const char *p = name; p < end; p = g_utf8_next_char (p))
    {
      gunichar c = g_unichar_tolower (g_utf8_get_char (p));

      if (g_unichar_isalpha (c))
        g_string_append_unichar (letters, c);
    }

  return g_string_free (g_steal_pointer (&letters), FALSE);
}

static gboolean
has_letters (const char *name,
             const char *letters)
{
  g_autofree char *ending = NULL;
  g_autofree char *own = name != NULL ? reduce (name, &ending) : NULL;

  return g_strcmp0 (own, letters) == 0;
}

char *
gum_file_target_guess (GumProduct *product,
                       const char *name,
                       GHashTable *taken)
{
  g_autoptr (GListModel) files = gum_detail_dup_list (product, "files");
  g_autofree char *ending = NULL;
  g_autofree char *letters = reduce (name, &ending);

  for (guint i = 0; files != NULL && i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GumProductFile) file = g_list_model_get_item (files, i);
      g_autofree char *type = gum_detail_dup_string (file, "filetype");
      g_autofree char *stored = gum_file_facts_dup_stored_name (file);
      g_autofree char *shown = gum_file_facts_dup_name (file);
      const char *id = gum_resource_get_id (GUM_RESOURCE (file));

      if (id == NULL || (taken != NULL && g_hash_table_contains (taken, id)))
        continue;
      if (g_strcmp0 (type, ending) == 0 && *letters != '\0' &&
          (has_letters (stored, letters) || has_letters (shown, letters)))
        return g_strdup (id);
    }

  return NULL;
}

static gboolean
is_new (GumFileTarget *self,
        guint          file)
{
  guint selected = adw_combo_row_get_selected (g_ptr_array_index (self->rows, file));

  return selected == 0 || selected > self->ids->len;
}

static void
start_cb (GumFileTarget *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (self->files, i);
      guint selected = adw_combo_row_get_selected (g_ptr_array_index (self->rows, i));
      g_autofree char *version = NULL;

      if (is_new (self, i))
        {
          if (self->versions != NULL)
            version = gum_file_version_dup_key (self->versions, g_ptr_array_index (self->choices, i));
          g_signal_emit (self, signals[CHOSEN], 0, file, NULL, NULL, version);
        }
      else
        {
          g_signal_emit (self, signals[CHOSEN], 0, file, g_ptr_array_index (self->ids, selected - 1),
                         g_ptr_array_index (self->names, selected - 1), NULL);
        }
    }
  gtk_window_close (GTK_WINDOW (self));
}

/* All of it: there is never room for that in the button of the choices. */
static void
show_place (GumFileTarget *self,
            GParamSpec    *pspec,
            GtkWidget     *row)
{
  const char *size = g_object_get_data (G_OBJECT (row), SIZE);
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (row));
  const char *place = selected > 0 && selected <= self->places->len
                      ? g_ptr_array_index (self->places, selected - 1) : NULL;
  const char *lines[] = { size != NULL ? size : place, size != NULL ? place : NULL, NULL };
  g_autofree char *text = g_strjoinv ("\n", (GStrv) lines);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
}

/* What replaces another goes where that one is. */
static void
show_choices (GumFileTarget *self)
{
  for (guint i = 0; i < self->choices->len; i++)
    gtk_widget_set_visible (g_ptr_array_index (self->choices, i), is_new (self, i));
}

static void
versions_cb (GumFileTarget *self)
{
  gtk_widget_set_sensitive (self->start, gum_file_version_is_ready (self->versions));
}

static void
size_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GtkWidget) row = user_data;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, NULL);
  GtkRoot *root = gtk_widget_get_root (row);

  if (info == NULL || !GUM_IS_FILE_TARGET (root))
    return;
  g_object_set_data_full (G_OBJECT (row), SIZE, g_format_size (g_file_info_get_size (info)), g_free);
  show_place (GUM_FILE_TARGET (root), NULL, row);
}

static void
add_file (GumFileTarget *self,
          GtkWidget     *group,
          GumProduct    *product,
          GFile         *file,
          GListModel    *choices,
          const char    *replaces)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *shown = g_filename_display_name (name);
  g_autofree char *guess = replaces != NULL ? g_strdup (replaces)
                                            : gum_file_target_guess (product, shown, self->taken);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), shown);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), choices);
  for (guint i = 0; guess != NULL && i < self->ids->len; i++)
    {
      if (g_strcmp0 (g_ptr_array_index (self->ids, i), guess) == 0)
        adw_combo_row_set_selected (ADW_COMBO_ROW (row), i + 1);
    }
  if (guess != NULL)
    g_hash_table_add (self->taken, g_steal_pointer (&guess));
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (show_place), self, G_CONNECT_SWAPPED);
  show_place (self, NULL, row);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  g_ptr_array_add (self->rows, row);
  if (self->versions != NULL)
    {
      GtkWidget *choice = gum_file_version_row_new (self->versions, product);

      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), choice);
      g_ptr_array_add (self->choices, choice);
      g_signal_connect_object (row, "notify::selected", G_CALLBACK (show_choices), self, G_CONNECT_SWAPPED);
      show_choices (self);
    }
  g_file_query_info_async (file, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE,
                           G_PRIORITY_DEFAULT, NULL, size_cb, g_object_ref (row));
}

static void
gum_file_target_finalize (GObject *object)
{
  GumFileTarget *self = GUM_FILE_TARGET (object);

  g_clear_object (&self->files);
  g_ptr_array_unref (self->ids);
  g_ptr_array_unref (self->names);
  g_ptr_array_unref (self->places);
  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->choices);
  g_clear_object (&self->versions);
  g_hash_table_unref (self->taken);

  G_OBJECT_CLASS (gum_file_target_parent_class)->finalize (object);
}

static void
gum_file_target_class_init (GumFileTargetClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gum_file_target_finalize;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 4, G_TYPE_FILE, G_TYPE_STRING,
                                  G_TYPE_STRING, G_TYPE_STRING);
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
gum_file_target_init (GumFileTarget *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_("_Cancel"));

  self->start = gtk_button_new_with_mnemonic (_("_Upload"));
  self->ids = g_ptr_array_new_with_free_func (g_free);
  self->names = g_ptr_array_new_with_free_func (g_free);
  self->places = g_ptr_array_new_with_free_func (g_free);
  self->rows = g_ptr_array_new ();
  self->choices = g_ptr_array_new ();
  self->taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_title (GTK_WINDOW (self), _("Upload"));
  gtk_window_set_default_size (GTK_WINDOW (self), 460, 380);

  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel), "window.close");
  gtk_widget_add_css_class (self->start, "suggested-action");
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->start);
  g_signal_connect_object (self->start, "clicked", G_CALLBACK (start_cb), self, G_CONNECT_SWAPPED);
  gtk_window_set_default_widget (GTK_WINDOW (self), self->start);

  self->page = adw_preferences_page_new ();
  gtk_widget_set_vexpand (self->page, TRUE);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), self->page);
  adw_window_set_content (ADW_WINDOW (self), box);
}

GtkWidget *
gum_file_target_new (GumProduct    *product,
                     GumStore      *store,
                     GListModel    *files,
                     const char    *replaces)
{
  GumFileTarget *self = g_object_new (GUM_TYPE_FILE_TARGET, NULL);
  g_autoptr (GListModel) known = gum_detail_dup_list (product, "files");
  g_autoptr (GtkStringList) choices = gtk_string_list_new (NULL);
  GumDeliveries *deliveries = gum_store_get_deliveries (store);
  GtkWidget *group = adw_preferences_group_new ();

  self->files = g_object_ref (files);
  self->versions = gum_file_version_list_new (store, product);
  gtk_string_list_append (choices, _("Add as New"));
  for (guint i = 0; known != NULL && i < g_list_model_get_n_items (known); i++)
    {
      g_autoptr (GumProductFile) file = g_list_model_get_item (known, i);
      g_autofree char *name = gum_file_facts_dup_name (file);
      g_autofree char *text = g_strdup_printf (_("Replace “%s”"), name);
      g_autofree char *kind = gum_file_facts_dup_kind (file);
      const char *id = gum_resource_get_id (GUM_RESOURCE (file));

      if (gum_file_facts_is_link (file) || id == NULL)
        continue;
      if (gum_deliveries_is_replacing (deliveries, gum_resource_get_id (GUM_RESOURCE (product)), id))
        g_hash_table_add (self->taken, g_strdup (id));
      gtk_string_list_append (choices, text);
      g_ptr_array_add (self->ids, g_strdup (id));
      g_ptr_array_add (self->names, gum_detail_dup_string (file, "name"));
      /* Translators: the name of a file, and what it is: "ZIP · 3.1 MB" */
      g_ptr_array_add (self->places, kind != NULL ? g_strdup_printf (_("In place of “%s”, %s"), name, kind)
                                                  : g_strdup_printf (_("In place of “%s”"), name));
    }
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group),
                                         _("A file that replaces another takes its place in the content too, so "
                                           "that buyers get it. Until it is there they get the old one."));
  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);

      add_file (self, group, product, file, G_LIST_MODEL (choices), replaces);
    }
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self->page), ADW_PREFERENCES_GROUP (group));
  if (self->versions != NULL)
    {
      g_signal_connect_object (self->versions, "changed", G_CALLBACK (versions_cb), self, G_CONNECT_SWAPPED);
      versions_cb (self);
    }

  return GTK_WIDGET (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a buyer gets: files and pages of content. Gumroad keeps the two apart: a file that is attached but on
 * no page never reaches a buyer, so it is marked. The addresses of files are signed and short-lived;
 * they are not shown and not used.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-detail-rows.h"
#include "gum-file-facts.h"
#include "gum-file-reach.h"
#include "gum-json.h"
#include "gum-product-actions.h"
#include "gum-product-facts.h"

#include <glib/gi18n.h>

/* Pages are nested a few levels deep; what goes deeper was not made by an editor. */
#define MAX_DEPTH 24

typedef struct
{
  GPtrArray *files;        /* ids, in order of appearance */
  gboolean   licence;
} Outline;

static void
walk (JsonNode *node,
      Outline  *outline,
      guint     depth)
{
  if (depth > MAX_DEPTH || node == NULL)
    return;

  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        walk (json_array_get_element (array, i), outline, depth + 1);
    }
  else if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject *object = json_node_get_object (node);
      const char *type = gum_json_get_string (object, "type");
      JsonObject *attributes = gum_json_get_object (object, "attrs");
      const char *id = attributes != NULL ? gum_json_get_string (attributes, "id") : NULL;

      if (g_strcmp0 (type, "fileEmbed") == 0 && id != NULL)
        g_ptr_array_add (outline->files, g_strdup (id));
      if (g_strcmp0 (type, "licenseKey") == 0)
        outline->licence = TRUE;
      if (json_object_has_member (object, "content"))
        walk (json_object_get_member (object, "content"), outline, depth + 1);
    }
}

static GtkWidget *
make_file (GumProductFile     *file,
           const GumFileReach *reach)
{
  g_autofree char *name = gum_file_facts_dup_name (file);
  g_autofree char *subtitle = gum_file_facts_dup_kind (file);
  gboolean link = gum_file_facts_is_link (file);
  GtkWidget *row = gum_detail_new_row (name, NULL);
  const char *id = gum_resource_get_id (GUM_RESOURCE (file));
  GtkWidget *icon = gtk_image_new_from_icon_name (link ? "insert-link-symbolic" : gum_file_facts_get_icon (file));

  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_add_css_class (icon, "dim-label");
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);

  if (!gum_file_reach_has_all (reach, id))
    {
      GtkWidget *mark = gtk_label_new (gum_file_reach_has_any (reach, id) ? _("Not for all")
                                                                          : _("Not in content"));
      g_autofree char *words = gum_file_reach_dup_words (reach, id);

      gtk_widget_set_valign (mark, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (mark, "gum-mark");
      gtk_widget_set_tooltip_text (mark, words);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), mark);
    }
  if (link)
    {
      g_autofree char *url = gum_detail_dup_string (file, "url");
      g_autofree char *uri = gum_facts_dup_http_uri (url);

      if (uri != NULL)
        {
          GtkWidget *button = gtk_button_new_from_icon_name ("web-browser-symbolic");

          gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
          gtk_widget_add_css_class (button, "flat");
          gtk_widget_set_tooltip_text (button, _("Open in Browser"));
          gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                          GTK_ACCESSIBLE_PROPERTY_LABEL,
                                          _("Open the link in the browser"), -1);
          gum_product_actions_link_button (button, uri);
          adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
        }
    }
  return row;
}

GtkWidget *
gum_detail_build_files (GumProduct *product,
                        GumShop    *shop)
{
  g_autoptr (GListModel) files = gum_detail_dup_list (product, "files");
  guint count = files != NULL ? g_list_model_get_n_items (files) : 0;
  g_autoptr (GumFileReach) reach = NULL;
  GtkWidget *group;

  /* A slim record does not tell of files. */
  if (!gum_resource_has (GUM_RESOURCE (product), "files"))
    return NULL;

  reach = gum_file_reach_new (product);
  group = gum_detail_new_group (_("Files"), count == 0 ? _("Nothing to download yet.") : NULL);
  gum_detail_add_edit_button (group, "product.edit-files", _("Change the files"));
  for (guint i = 0; i < count; i++)
    {
      g_autoptr (GumProductFile) file = g_list_model_get_item (files, i);

      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), make_file (file, reach));
    }
  return group;
}

static char *
dup_name_of_file (GListModel *files,
                  const char *id)
{
  for (guint i = 0; files != NULL && i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GumProductFile) file = g_list_model_get_item (files, i);

      if (g_strcmp0 (gum_resource_get_id (GUM_RESOURCE (file)), id) == 0)
        return gum_file_facts_dup_name (file);
    }
  return g_strdup (_("A file that is no longer attached"));
}

static GtkWidget *
make_page (JsonObject *page,
           guint       number,
           GListModel *files)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) subtitle = g_string_new (NULL);
  g_autofree char *fallback = g_strdup_printf (_("Page %u"), number);
  const char *title = gum_json_get_string (page, "title");
  Outline outline = { ids, FALSE };
  GtkWidget *row;

  if (title == NULL || *title == '\0')
    title = fallback;
  walk (json_object_get_member (page, "description"), &outline, 0);
  if (ids->len > 0)
    g_string_append_printf (subtitle, ngettext ("%u file", "%u files", ids->len), ids->len);
  else
    g_string_append (subtitle, _("No files"));
  if (outline.licence)
    g_string_append_printf (subtitle, " · %s", _("Licence key"));

  if (ids->len == 0)
    {
      row = gum_detail_new_row (title, NULL);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle->str);
      return row;
    }
  row = adw_expander_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), subtitle->str);
  for (guint i = 0; i < ids->len; i++)
    {
      g_autofree char *name = dup_name_of_file (files, g_ptr_array_index (ids, i));

      adw_expander_row_add_row (ADW_EXPANDER_ROW (row), gum_detail_new_row (name, NULL));
    }
  return row;
}

/* Rows for pages, in a group that is made for them unless there is one. Returns: it, or NULL */
static GtkWidget *
make_pages (JsonObject *owner,
            const char *title,
            GListModel *files,
            GtkWidget  *group)
{
  JsonArray *pages = gum_json_get_array (owner, "rich_content");
  guint count = pages != NULL ? json_array_get_length (pages) : 0;

  for (guint i = 0; i < count; i++)
    {
      JsonNode *page = json_array_get_element (pages, i);

      if (!JSON_NODE_HOLDS_OBJECT (page))
        continue;
      if (group == NULL)
        group = gum_detail_new_group (title, NULL);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                                 make_page (json_node_get_object (page), i + 1, files));
    }
  return group;
}

GtkWidget *
gum_detail_build_content (GumProduct *product,
                          GumShop    *shop)
{
  g_autoptr (GListModel) files = gum_detail_dup_list (product, "files");
  g_autoptr (GListModel) groups = gum_detail_dup_list (product, "variants");
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  GtkWidget *pages = NULL;
  gboolean anything = FALSE;

  /* A slim record does not tell of content. */
  if (gum_resource_has (GUM_RESOURCE (product), "rich-content"))
    {
      pages = gum_detail_new_group (_("Content"), NULL);
      gum_detail_add_edit_button (pages, "product.edit-content", _("Change what buyers get"));
      gtk_box_append (GTK_BOX (box), make_pages (gum_resource_get_json (GUM_RESOURCE (product)), NULL, files,
                                                 pages));
      anything = TRUE;
    }
  for (guint i = 0; groups != NULL && i < g_list_model_get_n_items (groups); i++)
    {
      g_autoptr (GumVariantGroup) group = g_list_model_get_item (groups, i);
      g_autoptr (GListModel) options = gum_detail_dup_list (group, "options");

      for (guint j = 0; options != NULL && j < g_list_model_get_n_items (options); j++)
        {
          g_autoptr (GumResource) option = g_list_model_get_item (options, j);
          g_autofree char *name = gum_detail_dup_string (option, "name");
          g_autofree char *title = NULL;

          /* Translators: pages that buyers of one version get; %s is the version */
          title = g_strdup_printf (_("Content of %s"), name != NULL ? name : _("Untitled"));
          pages = make_pages (gum_resource_get_json (option), title, files, NULL);
          if (pages != NULL)
            gtk_box_append (GTK_BOX (box), pages);
          anything = anything || pages != NULL;
        }
    }
  return gum_detail_finish_group (box, anything);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What buyers of a product get: its pages as a list, one of them in an editor, and the files that stand
 * on none. All pages are one value of the draft, so that undoing and merging know one thing; where each
 * version has content of its own, each has a value, and one of them is shown.
 *
 *    list, title, editor ──▶ pages ──▶ GumDraft
 *             ▲                           │ changed: by undo, by a merge, by Gumroad
 *             └───────── shown ◀──────────┘
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-content-form.h"

#include "gum-build.h"
#include "gum-content-list.h"
#include "gum-content-pages.h"
#include "gum-content-versions.h"
#include "gum-content.h"
#include "gum-detail-rows.h"
#include "gum-file-facts.h"
#include "gum-product-keys.h"
#include "gum-section.h"

#include <glib/gi18n.h>

struct _GumContentForm
{
  GumDraftPage    parent_instance;

  /* owned */
  char           *key;         /* of the draft; NULL: no version is chosen yet */
  JsonNode       *pages;       /* what is shown; NULL: not known yet */
  GListStore     *loose;       /* of GumProductFile: those on no page */

  /* weak */
  AdwToast       *removal;     /* brings back the page that was taken out last */

  /* widgets */
  GtkWidget      *status;
  GumContentVersions *versions;
  GtkWidget      *list_group;
  GumContentList *list;
  GtkWidget      *page_group;
  GtkEditable    *title;
  GumRichEditor  *editor;
  GtkWidget      *files_group;

  guint           at;          /* the page in the editor */
  int             quiet;       /* what changes is not the person's doing */
};

G_DEFINE_FINAL_TYPE (GumContentForm, gum_content_form, GUM_TYPE_DRAFT_PAGE)

static GumProduct *
get_product (GumContentForm *self)
{
  return gum_subpage_get_product (GUM_SUBPAGE (self));
}

static JsonObject *
get_record (GumContentForm *self)
{
  return gum_resource_get_json (GUM_RESOURCE (get_product (self)));
}

static GumDraft *
get_draft (GumContentForm *self)
{
  return gum_draft_page_get_draft (GUM_DRAFT_PAGE (self));
}

static gboolean
has_page (GumContentForm *self)
{
  return self->at < gum_content_pages_get_length (self->pages);
}

/* --- files ------------------------------------------------------------------------------------ */

static GHashTable *
dup_names (GumContentForm *self)
{
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GListModel) files = gum_detail_dup_list (get_product (self), "files");

  for (guint i = 0; files != NULL && i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GumProductFile) file = g_list_model_get_item (files, i);
      const char *id = gum_resource_get_id (GUM_RESOURCE (file));

      if (id != NULL)
        g_hash_table_insert (names, g_strdup (id), gum_file_facts_dup_name (file));
    }

  return names;
}

static GtkWidget *
create_file (gpointer item,
             gpointer user_data)
{
  GumProductFile *file = item;
  g_autofree char *name = gum_file_facts_dup_name (file);
  g_autofree char *kind = gum_file_facts_dup_kind (file);
  g_autofree char *label = g_strdup_printf (_("Put “%s” on this page"), name);
  GtkWidget *row = gum_detail_new_row (name, NULL);
  GtkWidget *icon = gtk_image_new_from_icon_name (gum_file_facts_get_icon (file));
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Put In"));

  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), kind != NULL ? kind : "");
  gtk_widget_add_css_class (icon, "dim-label");
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "content.put-in");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s",
                                    gum_resource_get_id (GUM_RESOURCE (file)));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);

  return row;
}

/* Those that are attached and on no page, so that buyers do not get them. */
static void
show_files (GumContentForm *self)
{
  g_autoptr (GListModel) files = gum_detail_dup_list (get_product (self), "files");
  g_autoptr (GPtrArray) there = gum_content_list_files (self->pages);
  g_autoptr (GPtrArray) loose = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean is_same;

  for (guint i = 0; files != NULL && i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GumProductFile) file = g_list_model_get_item (files, i);
      const char *id = gum_resource_get_id (GUM_RESOURCE (file));

      if (id != NULL && !g_ptr_array_find_with_equal_func (there, id, g_str_equal, NULL))
        g_ptr_array_add (loose, g_steal_pointer (&file));
    }

  /* Rows stay while somebody types. */
  is_same = loose->len == g_list_model_get_n_items (G_LIST_MODEL (self->loose));
  for (guint i = 0; i < loose->len && is_same; i++)
    {
      g_autoptr (GumProductFile) file = g_list_model_get_item (G_LIST_MODEL (self->loose), i);

      is_same = file == g_ptr_array_index (loose, i);
    }
  if (!is_same)
    g_list_store_splice (self->loose, 0, g_list_model_get_n_items (G_LIST_MODEL (self->loose)),
                         loose->pdata, loose->len);
  gtk_widget_set_visible (self->files_group, loose->len > 0);
}

/* --- showing ---------------------------------------------------------------------------------- */

static void
show_page (GumContentForm *self)
{
  JsonNode *page = gum_content_pages_get (self->pages, self->at);
  JsonNode *document = page != NULL
                       ? json_object_get_member (json_node_get_object (page), "description") : NULL;
  const char *title = gum_content_pages_get_title (self->pages, self->at);
  g_autoptr (GHashTable) names = dup_names (self);
  g_autoptr (JsonNode) empty = gum_content_pages_new_page (NULL);

  if (document == NULL || JSON_NODE_HOLDS_NULL (document))
    document = json_object_get_member (json_node_get_object (empty), "description");
  gtk_widget_set_visible (self->page_group, page != NULL);
  self->quiet++;
  gtk_editable_set_text (self->title, title != NULL ? title : "");
  gum_rich_editor_set_content (self->editor, document, names);
  self->quiet--;
}

static void
show (GumContentForm *self)
{
  gboolean is_known = self->pages != NULL;

  /* Where no version is known, the row that chooses one says why. */
  gtk_widget_set_visible (self->status, !is_known && self->key != NULL);
  gtk_widget_set_visible (self->list_group, is_known);
  gtk_widget_set_visible (self->page_group, is_known);
  gtk_widget_set_visible (self->files_group, is_known);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "content.add", is_known);
  if (!is_known)
    return;

  gum_content_list_show (self->list, self->pages, self->at);
  show_page (self);
  show_files (self);
}

/* The page that differs first is what somebody wants to see. */
static guint
find_difference (JsonNode *pages,
                 JsonNode *other)
{
  guint n = MIN (gum_content_pages_get_length (pages), gum_content_pages_get_length (other));

  for (guint i = 0; i < n; i++)
    {
      if (!json_node_equal (gum_content_pages_get (pages, i), gum_content_pages_get (other, i)))
        return i;
    }

  return n;
}

static gboolean
is_page_equal (JsonNode *pages,
               JsonNode *other,
               guint     at)
{
  JsonNode *page = gum_content_pages_get (pages, at);
  JsonNode *other_page = gum_content_pages_get (other, at);

  return page != NULL && other_page != NULL ? json_node_equal (page, other_page)
                                            : page == other_page;
}

/* A page can be brought back only to where it was taken from, and as long as nothing else has. */
static void
forget_removal (GumContentForm *self)
{
  if (self->removal != NULL)
    adw_toast_dismiss (self->removal);
  g_clear_weak_pointer (&self->removal);
}

/* Shows what the draft or else Gumroad has, if it is not what is shown: while somebody types, it is. */
static void
take (GumContentForm *self)
{
  g_autoptr (JsonNode) before = g_steal_pointer (&self->pages);
  guint length;

  if (self->key != NULL)
    self->pages = gum_draft_dup_value (get_draft (self), self->key, get_record (self));
  if (before != NULL && self->pages != NULL && json_node_equal (before, self->pages))
    {
      show_files (self);
      return;
    }

  forget_removal (self);
  length = gum_content_pages_get_length (self->pages);
  if (before != NULL && (length != gum_content_pages_get_length (before) ||
                         is_page_equal (before, self->pages, self->at)))
    self->at = find_difference (before, self->pages);
  self->at = MIN (self->at, MAX (length, 1) - 1);
  show (self);
}

/* --- changing --------------------------------------------------------------------------------- */

/* Takes @pages. */
static void
change (GumContentForm *self,
        JsonNode       *pages)
{
  g_clear_pointer (&self->pages, json_node_unref);
  self->pages = pages;
  gum_draft_set_value (get_draft (self), self->key, pages, get_record (self));
}

/* What is one thing to undo, however quickly something follows. Takes @pages. */
static void
change_list (GumContentForm *self,
             JsonNode       *pages,
             guint           at)
{
  gum_draft_end_step (get_draft (self));
  self->at = MIN (at, MAX (gum_content_pages_get_length (pages), 1) - 1);
  change (self, pages);
  gum_draft_end_step (get_draft (self));
  show (self);
}

static void
step_cb (GumContentForm *self)
{
  gum_draft_end_step (get_draft (self));
}

static void
edited_cb (GumContentForm *self)
{
  if (self->quiet == 0 && has_page (self))
    change (self, gum_content_pages_set (self->pages, self->at, "description",
                                         gum_rich_editor_dup_content (self->editor)));
}

static void
titled_cb (GumContentForm *self)
{
  const char *text = gtk_editable_get_text (self->title);
  JsonNode *value = json_node_alloc ();
  g_autofree char *title = NULL;

  if (self->quiet > 0 || !has_page (self))
    {
      json_node_unref (value);
      return;
    }

  if (*text != '\0')
    json_node_init_string (value, text);
  else
    json_node_init_null (value);
  change (self, gum_content_pages_set (self->pages, self->at, "title", value));
  title = gum_content_list_dup_title (self->pages, self->at);
  gum_content_list_set_title (self->list, self->at, title);
}

/* Whoever undoes sees what is undone, whichever version it was. */
static void
draft_changed_cb (GumContentForm *self,
                  const char     *key)
{
  if (key != NULL && gum_product_keys_split_version (key, NULL, NULL))
    gum_content_versions_choose (self->versions, key);
  take (self);
}

/* Another content: that of all, or of a version. */
static void
key_cb (GumContentForm *self)
{
  const char *key = gum_content_versions_get_key (self->versions);

  if (g_strcmp0 (key, self->key) == 0)
    return;
  gum_draft_end_step (get_draft (self));
  g_free (self->key);
  self->key = g_strdup (key);
  g_clear_pointer (&self->pages, json_node_unref);
  self->at = 0;
  take (self);
}

/* What is typed elsewhere than before is another thing to undo. */
static void
chosen_cb (GumContentForm *self,
           guint           at)
{
  gum_draft_end_step (get_draft (self));
  self->at = at;
  show_page (self);
}

static void
move_cb (GumContentForm *self,
         guint           from,
         guint           to)
{
  change_list (self, gum_content_pages_move (self->pages, from, to), to);
}

static void
bring_back_cb (AdwToast       *toast,
               GumContentForm *self)
{
  guint at = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (toast), "at"));

  change_list (self, gum_content_pages_insert (self->pages, at, g_object_get_data (G_OBJECT (toast), "page")),
               at);
}

static void
remove_cb (GumContentForm *self,
           guint           at)
{
  JsonNode *page = gum_content_pages_get (self->pages, at);
  g_autofree char *title = gum_content_list_dup_title (self->pages, at);
  g_autofree char *said = g_strdup_printf (_("“%s” is deleted when you save"), title);
  g_autoptr (JsonNode) removed = NULL;
  AdwToast *toast;

  if (page == NULL)
    return;

  forget_removal (self);
  removed = json_node_copy (page);
  change_list (self, gum_content_pages_remove (self->pages, at),
               self->at > at ? self->at - 1 : self->at);
  toast = gum_section_add_toast_with_button (GTK_WIDGET (self), said, _("_Undo"));
  if (toast == NULL)
    return;
  g_set_weak_pointer (&self->removal, toast);
  g_object_set_data (G_OBJECT (toast), "at", GUINT_TO_POINTER (at));
  g_object_set_data_full (G_OBJECT (toast), "page", g_steal_pointer (&removed),
                          (GDestroyNotify) json_node_unref);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (bring_back_cb), self, 0);
}

static void
add_page (GumContentForm *self)
{
  guint length = gum_content_pages_get_length (self->pages);
  g_autofree char *title = g_strdup_printf (_("Page %u"), length + 1);
  g_autoptr (JsonNode) page = gum_content_pages_new_page (title);

  change_list (self, gum_content_pages_insert (self->pages, length, page), length);
}

static void
add_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  GumContentForm *self = GUM_CONTENT_FORM (widget);

  add_page (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->title));
}

static void
put_in_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  GumContentForm *self = GUM_CONTENT_FORM (widget);
  g_autoptr (JsonNode) node = gum_content_new_file (g_variant_get_string (parameter, NULL));
  g_autoptr (GHashTable) names = dup_names (self);
  g_autofree char *title = NULL;
  g_autofree char *said = NULL;

  if (!has_page (self))
    add_page (self);
  if (!gum_rich_editor_insert_content (self->editor, node, names))
    {
      gum_section_add_toast (widget, _("This page cannot be edited here"));
      return;
    }
  title = gum_content_list_dup_title (self->pages, self->at);
  said = g_strdup_printf (_("Put on “%s”"), title);
  gum_section_add_toast (widget, said);
}

/* --- building --------------------------------------------------------------------------------- */

static GtkWidget *
create_list_group (GumContentForm *self)
{
  GtkWidget *group = gum_detail_new_group (_("Pages"), _("Buyers get these once they have paid. Drag them into "
                                                         "another order, or move the one that has the focus "
                                                         "by Alt+Up and Alt+Down."));
  GtkWidget *button = gum_build_icon_button ("list-add-symbolic", _("Add a Page"), "content.add");

  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (group), button);

  self->list = GUM_CONTENT_LIST (gum_content_list_new ());
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->list));
  g_signal_connect_object (self->list, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "move", G_CALLBACK (move_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "remove", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);

  return group;
}

static GtkWidget *
create_page_group (GumContentForm *self)
{
  GtkWidget *group = gum_detail_new_group (_("Page"), NULL);
  GtkWidget *title = adw_entry_row_new ();
  GtkWidget *editor = gum_rich_editor_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (title), _("Title of the Page"));
  self->title = GTK_EDITABLE (title);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), title);

  gtk_widget_set_margin_top (editor, 12);
  self->editor = GUM_RICH_EDITOR (editor);
  gum_rich_editor_set_label (self->editor, _("Content of the page"));
  gum_rich_editor_set_pictures (self->editor,
                                gum_shop_get_pictures (gum_subpage_get_shop (GUM_SUBPAGE (self))));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), editor);

  g_signal_connect_object (title, "changed", G_CALLBACK (titled_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (editor, "step", G_CALLBACK (step_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (editor, "changed", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);

  return group;
}

static GtkWidget *
create_files_group (GumContentForm *self)
{
  GtkWidget *group = gum_detail_new_group (_("On No Page"),
                                           _("These files are attached, but buyers get only what stands "
                                             "on a page."));
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_list_box_bind_model (GTK_LIST_BOX (list), G_LIST_MODEL (self->loose), create_file, NULL, NULL);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Files on no page"), -1);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), list);

  return group;
}

/* The product itself is read by its page. */
static void
gum_content_form_refresh (GumSubpage *subpage)
{
  gum_content_versions_read (GUM_CONTENT_FORM (subpage)->versions);
}

static void
gum_content_form_constructed (GObject *object)
{
  GumContentForm *self = GUM_CONTENT_FORM (object);
  GtkWidget *column;

  G_OBJECT_CLASS (gum_content_form_parent_class)->constructed (object);

  gum_subpage_set_title (GUM_SUBPAGE (self), _("Content"));
  self->status = adw_status_page_new ();
  adw_status_page_set_title (ADW_STATUS_PAGE (self->status), _("Reading the Content…"));
  self->versions = GUM_CONTENT_VERSIONS (gum_content_versions_new (gum_subpage_get_shop (GUM_SUBPAGE (self)),
                                                                   get_product (self)));
  self->list_group = create_list_group (self);
  self->page_group = create_page_group (self);
  self->files_group = create_files_group (self);
  column = gum_draft_page_add_column (GUM_DRAFT_PAGE (self));
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->versions));
  gtk_box_append (GTK_BOX (column), self->status);
  gtk_box_append (GTK_BOX (column), self->list_group);
  gtk_box_append (GTK_BOX (column), self->page_group);
  gtk_box_append (GTK_BOX (column), self->files_group);

  g_signal_connect_object (get_draft (self), "changed", G_CALLBACK (draft_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (get_product (self), "changed", G_CALLBACK (take), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->versions, "changed", G_CALLBACK (key_cb), self, G_CONNECT_SWAPPED);
  self->key = g_strdup (gum_content_versions_get_key (self->versions));
  take (self);
}

static void
gum_content_form_dispose (GObject *object)
{
  forget_removal (GUM_CONTENT_FORM (object));

  G_OBJECT_CLASS (gum_content_form_parent_class)->dispose (object);
}

static void
gum_content_form_finalize (GObject *object)
{
  GumContentForm *self = GUM_CONTENT_FORM (object);

  g_free (self->key);
  g_clear_pointer (&self->pages, json_node_unref);
  g_object_unref (self->loose);

  G_OBJECT_CLASS (gum_content_form_parent_class)->finalize (object);
}

static void
gum_content_form_class_init (GumContentFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = gum_content_form_constructed;
  object_class->dispose = gum_content_form_dispose;
  object_class->finalize = gum_content_form_finalize;
  GUM_SUBPAGE_CLASS (klass)->refresh = gum_content_form_refresh;

  gtk_widget_class_install_action (widget_class, "content.add", NULL, add_action);
  gtk_widget_class_install_action (widget_class, "content.put-in", "s", put_in_action);
}

static void
gum_content_form_init (GumContentForm *self)
{
  self->loose = g_list_store_new (GUM_TYPE_PRODUCT_FILE);
}

GumRichEditor *
gum_content_form_get_editor (GumContentForm *self)
{
  g_return_val_if_fail (GUM_IS_CONTENT_FORM (self), NULL);

  return self->editor;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is attached to a product, beside what buyers get of it. Gumroad keeps the two apart: a file that is
 * attached but on no page reaches nobody.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-files-page.h"

#include "gum-deliveries.h"
#include "gum-delivery-line.h"
#include "gum-delivery-watch.h"
#include "gum-detail-rows.h"
#include "gum-error.h"
#include "gum-file-dialogs.h"
#include "gum-file-facts.h"
#include "gum-file-reach.h"
#include "gum-file-row.h"
#include "gum-file-target.h"
#include "gum-notice.h"
#include "gum-section.h"

#include <glib/gi18n.h>

struct _GumFilesPage
{
  GumSubpage           parent_instance;

  /* owned */
  GumDeliveries       *deliveries;
  GtkFilterListModel  *mine;        /* those of this product */
  GtkFileChooserNative *chooser;
  char                *replaces;    /* what the chosen file is for */

  /* widgets */
  GumNotice           *notice;
  GtkWidget           *coming;      /* a group */
  GtkListBox          *coming_list;
  AdwBin              *slot;        /* the group of files */

  guint                n_busy;
};

G_DEFINE_FINAL_TYPE (GumFilesPage, gum_files_page, GUM_TYPE_SUBPAGE)

static GumProduct *
get_product (GumFilesPage *self)
{
  return gum_subpage_get_product (GUM_SUBPAGE (self));
}

static const char *
get_id (GumFilesPage *self)
{
  return gum_resource_get_id (GUM_RESOURCE (get_product (self)));
}

/* --- adding ----------------------------------------------------------------------------------- */

static void
chosen_cb (GumFilesPage *self,
           GFile        *file,
           const char   *replaces,
           const char   *name,
           const char   *version)
{
  if (self->deliveries != NULL)
    gum_deliveries_add (self->deliveries, get_id (self), gum_product_get_name (get_product (self)), file,
                        replaces, name, version);
}

/* FALSE: it was said why not. */
static gboolean
may_write (GumFilesPage *self)
{
  const char *title, *reason;

  if (gum_shop_may_write (gum_subpage_get_shop (GUM_SUBPAGE (self)), &title, &reason))
    return TRUE;

  gum_notice_show (self->notice, title, reason, NULL);

  return FALSE;
}

void
gum_files_page_take (GumFilesPage *self,
                     GListModel   *files,
                     const char   *replaces)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *target;

  if (g_list_model_get_n_items (files) == 0)
    return;
  if (self->deliveries == NULL || !may_write (self))
    return;

  gum_notice_hide (self->notice);
  target = gum_file_target_new (get_product (self), gum_subpage_get_store (GUM_SUBPAGE (self)), files, replaces);
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (target), GTK_WINDOW (root));
  g_signal_connect_object (target, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (target));
}

static gboolean
drop_cb (GtkDropTarget *target,
         const GValue  *value,
         double         x,
         double         y,
         GumFilesPage  *self)
{
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  const char *replaces = g_object_get_data (G_OBJECT (target), "replaces");
  GSList *list = g_value_get_boxed (value);

  for (GSList *l = list; l != NULL; l = l->next)
    g_list_store_append (files, l->data);
  gum_files_page_take (self, G_LIST_MODEL (files), replaces);

  return TRUE;
}

static void
accept_drops (GumFilesPage *self,
              GtkWidget    *widget,
              const char   *replaces)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_object_set_data_full (G_OBJECT (target), "replaces", g_strdup (replaces), g_free);
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, 0);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (target));
}

static void
response_cb (GumFilesPage *self,
             int           response)
{
  g_autoptr (GListModel) files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (self->chooser));
  g_autofree char *replaces = g_steal_pointer (&self->replaces);

  if (response == GTK_RESPONSE_ACCEPT)
    gum_files_page_take (self, files, replaces);
  g_clear_object (&self->chooser);
}

static void
choose (GumFilesPage *self,
        const char   *replaces)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  g_clear_object (&self->chooser);
  g_free (self->replaces);
  self->replaces = g_strdup (replaces);
  self->chooser = gtk_file_chooser_native_new (_("Choose Files"), GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                               GTK_FILE_CHOOSER_ACTION_OPEN, _("_Choose"), _("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (self->chooser), replaces == NULL);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (response_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
add_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  choose (GUM_FILES_PAGE (widget), NULL);
}

static void
replace_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  choose (GUM_FILES_PAGE (widget), g_variant_get_string (parameter, NULL));
}

/* --- changing --------------------------------------------------------------------------------- */

static void
set_busy (GumFilesPage *self,
          int           by)
{
  self->n_busy += by;
  gtk_widget_set_sensitive (GTK_WIDGET (self->slot), self->n_busy == 0);
}

static void
show_unknown_address (GumFilesPage *self)
{
  g_autoptr (GError) error = g_error_new_literal (GUM_ERROR, GUM_ERROR_FILE_ADDRESS, "The address is not known");

  gum_notice_show_error (self->notice, error, NULL);
}

/* @delivers: the file was to be put on a page. */
static void
end_change (GumFilesPage *self,
            GObject      *source,
            GAsyncResult *result,
            gboolean      delivers)
{
  g_autoptr (GError) error = NULL;
  gboolean delivered;
  g_autofree char *id = gum_store_change_file_finish (GUM_STORE (source), result, &delivered, &error);

  set_busy (self, -1);
  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  gum_notice_show_error (self->notice, error, NULL);
  if (id != NULL && delivers && !delivered)
    gum_notice_show (self->notice, _("Not Delivered"),
                     _("All versions have the same content by now, so that the file cannot be put on the pages of "
                       "one of them alone. Nothing was changed."), NULL);
  else if (id != NULL)
    gum_section_add_toast (GTK_WIDGET (self), _("Changed at Gumroad"));
}

static void
changed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GumFilesPage) self = user_data;

  end_change (self, source, result, FALSE);
}

static void
delivered_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GumFilesPage) self = user_data;

  end_change (self, source, result, TRUE);
}

/* Takes @change. */
static void
change (GumFilesPage  *self,
        GumFileChange *wanted)
{
  g_autoptr (GumFileChange) held = wanted;
  GumStore *store = gum_subpage_get_store (GUM_SUBPAGE (self));

  if (!may_write (self))
    return;

  gum_notice_hide (self->notice);
  set_busy (self, 1);
  gum_store_change_file_async (store, get_id (self), held, NULL,
                               held->kind == GUM_FILE_DELIVER ? delivered_cb : changed_cb, g_object_ref (self));
}

static GumProductFile *
dup_file (GumFilesPage *self,
          const char   *id)
{
  g_autoptr (GListModel) files = gum_detail_dup_list (get_product (self), "files");

  for (guint i = 0; files != NULL && i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GumProductFile) file = g_list_model_get_item (files, i);

      if (g_strcmp0 (gum_resource_get_id (GUM_RESOURCE (file)), id) == 0)
        return g_steal_pointer (&file);
    }

  return NULL;
}

static void
wanted_cb (GtkWidget     *page,
           GumFileChange *wanted)
{
  change (GUM_FILES_PAGE (page), wanted);
}

static void
deliver_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  GumFilesPage *self = GUM_FILES_PAGE (widget);
  const char *id = g_variant_get_string (parameter, NULL);
  g_autoptr (GumFileReach) reach = gum_file_reach_new (get_product (self));
  g_autoptr (GumProductFile) file = dup_file (self, id);

  if (!gum_file_reach_is_by_version (reach))
    change (self, gum_file_change_new (GUM_FILE_DELIVER, id, NULL, NULL, NULL));
  else if (file != NULL && may_write (self))
    gum_file_dialogs_ask_deliver (widget, file, get_product (self),
                                  gum_subpage_get_store (GUM_SUBPAGE (self)), wanted_cb);
}

static void
remove_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  g_autoptr (GumProductFile) file = dup_file (GUM_FILES_PAGE (widget), g_variant_get_string (parameter, NULL));

  if (file != NULL)
    gum_file_dialogs_ask_remove (widget, file, wanted_cb);
}

static void
rename_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  GumFilesPage *self = GUM_FILES_PAGE (widget);
  const char *id = g_variant_get_string (parameter, NULL);
  g_autoptr (GumProductFile) file = dup_file (self, id);
  g_autofree char *url = NULL;
  g_autofree char *description = NULL;

  if (file == NULL || self->deliveries == NULL)
    return;

  url = gum_deliveries_dup_file_url (self->deliveries, get_id (self), id);
  if (url == NULL)
    {
      show_unknown_address (self);
      return;
    }
  description = gum_deliveries_dup_description (self->deliveries, get_id (self), id);
  gum_file_dialogs_ask_rename (widget, file, url, description, wanted_cb);
}

/* --- showing ---------------------------------------------------------------------------------- */

static GtkWidget *
create_row (GumFilesPage   *self,
            GumProductFile *file,
            GumFileReach   *reach)
{
  const char *id = gum_resource_get_id (GUM_RESOURCE (file));
  GtkWidget *row = gum_file_row_new (file, reach, self->deliveries, get_id (self));

  if (id != NULL && !gum_file_facts_is_link (file))
    accept_drops (self, row, id);

  return row;
}

/* @n_none: how many nobody gets; @n_some: how many only the buyers of some versions get. */
static char *
dup_summary (guint n_files,
             guint n_none,
             guint n_some)
{
  g_autofree char *none = NULL;
  g_autofree char *some = NULL;

  if (n_files == 0)
    return g_strdup (_("No files yet. Drop some here, or add them."));
  if (n_none + n_some == 0)
    return g_strdup (_("Every attached file is in the content: buyers get all of them."));

  if (n_none > 0)
    none = g_strdup_printf (ngettext ("%u file is attached, but buyers do not get it.",
                                      "%u files are attached, but buyers do not get them.", n_none), n_none);
  if (n_some > 0)
    some = g_strdup_printf (ngettext ("%u file is only for the buyers of some versions.",
                                      "%u files are only for the buyers of some versions.", n_some), n_some);

  return g_strjoin (" ", none != NULL ? none : some, none != NULL ? some : NULL, NULL);
}

static void
show_files (GumFilesPage *self)
{
  g_autoptr (GListModel) files = gum_detail_dup_list (get_product (self), "files");
  g_autoptr (GumFileReach) reach = gum_file_reach_new (get_product (self));
  guint n_files = files != NULL ? g_list_model_get_n_items (files) : 0;
  guint n_none = 0;
  guint n_some = 0;
  GtkWidget *group = gum_detail_new_group (_("Files"), NULL);
  GtkWidget *add = gtk_button_new_with_mnemonic (_("_Add Files…"));
  g_autofree char *summary = NULL;

  for (guint i = 0; i < n_files; i++)
    {
      g_autoptr (GumProductFile) file = g_list_model_get_item (files, i);
      const char *id = gum_resource_get_id (GUM_RESOURCE (file));

      if (!gum_file_reach_has_any (reach, id))
        n_none++;
      else if (!gum_file_reach_has_all (reach, id))
        n_some++;
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), create_row (self, file, reach));
    }
  summary = dup_summary (n_files, n_none, n_some);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), summary);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (add), "files.add");
  gtk_widget_set_valign (add, GTK_ALIGN_CENTER);
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (group), add);
  adw_bin_set_child (self->slot, group);
}

static GtkWidget *
create_line (gpointer item,
             gpointer user_data)
{
  return gum_delivery_line_new (item, FALSE);
}

static gboolean
is_mine (gpointer item,
         gpointer user_data)
{
  return g_strcmp0 (gum_delivery_get_product_id (item), user_data) == 0;
}

static void
coming_cb (GumFilesPage *self)
{
  gtk_widget_set_visible (self->coming, g_list_model_get_n_items (G_LIST_MODEL (self->mine)) > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "files.clear",
                                 gum_deliveries_may_clear (self->deliveries, get_id (self)));
}

static void
clear_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  GumFilesPage *self = GUM_FILES_PAGE (widget);

  if (self->deliveries != NULL)
    gum_deliveries_clear_done (self->deliveries, get_id (self));
}

static GtkWidget *
create_coming (GumFilesPage *self)
{
  GtkWidget *group = gum_detail_new_group (_("On Their Way"), NULL);
  GtkWidget *clear = gtk_button_new_with_mnemonic (_("_Clear Done"));

  self->coming_list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->coming_list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->coming_list), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->coming_list),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Files on their way"),
                                  -1);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->coming_list));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (clear), "files.clear");
  gtk_widget_set_valign (clear, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (clear, "flat");
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (group), clear);
  gtk_widget_set_visible (group, FALSE);

  return group;
}

static void
gum_files_page_constructed (GObject *object)
{
  GumFilesPage *self = GUM_FILES_PAGE (object);
  GumSubpage *subpage = GUM_SUBPAGE (object);
  GumStore *store = gum_subpage_get_store (subpage);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  G_OBJECT_CLASS (gum_files_page_parent_class)->constructed (object);

  gum_subpage_set_title (subpage, _("Files"));
  gtk_widget_add_css_class (box, "gum-form");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->notice));
  gtk_box_append (GTK_BOX (box), self->coming);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->slot));
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 640);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  gum_subpage_set_content (subpage, scroller);
  accept_drops (self, scroller, NULL);

  if (store != NULL)
    {
      GtkCustomFilter *filter = gtk_custom_filter_new (is_mine, g_strdup (get_id (self)), g_free);

      self->deliveries = g_object_ref (gum_store_get_deliveries (store));
      gum_delivery_watch_start (self->deliveries);
      self->mine = gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (self->deliveries)),
                                              GTK_FILTER (filter));
      gtk_list_box_bind_model (self->coming_list, G_LIST_MODEL (self->mine), create_line, NULL, NULL);
      g_signal_connect_object (self->mine, "items-changed", G_CALLBACK (coming_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->deliveries, "notify::n-active", G_CALLBACK (coming_cb), self,
                               G_CONNECT_SWAPPED);
      coming_cb (self);
    }
  g_signal_connect_object (get_product (self), "changed", G_CALLBACK (show_files), self,
                           G_CONNECT_SWAPPED);
  show_files (self);
}

static void
gum_files_page_dispose (GObject *object)
{
  GumFilesPage *self = GUM_FILES_PAGE (object);

  if (self->chooser != NULL)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);
  g_clear_object (&self->mine);
  g_clear_object (&self->deliveries);

  G_OBJECT_CLASS (gum_files_page_parent_class)->dispose (object);
}

static void
gum_files_page_finalize (GObject *object)
{
  g_free (GUM_FILES_PAGE (object)->replaces);

  G_OBJECT_CLASS (gum_files_page_parent_class)->finalize (object);
}

static void
gum_files_page_class_init (GumFilesPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = gum_files_page_constructed;
  object_class->dispose = gum_files_page_dispose;
  object_class->finalize = gum_files_page_finalize;

  gtk_widget_class_install_action (widget_class, "files.add", NULL, add_action);
  gtk_widget_class_install_action (widget_class, "files.clear", NULL, clear_action);
  gtk_widget_class_install_action (widget_class, "files.replace", "s", replace_action);
  gtk_widget_class_install_action (widget_class, "files.rename", "s", rename_action);
  gtk_widget_class_install_action (widget_class, "files.remove", "s", remove_action);
  gtk_widget_class_install_action (widget_class, "files.deliver", "s", deliver_action);
}

static void
gum_files_page_init (GumFilesPage *self)
{
  self->notice = GUM_NOTICE (gum_notice_new ());
  self->coming = create_coming (self);
  self->slot = ADW_BIN (adw_bin_new ());
}

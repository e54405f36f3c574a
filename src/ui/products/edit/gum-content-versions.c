/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whose content is edited. Only lists of versions tell their ids, so they are read when the page is opened. Whether
 * content is shared is set where the versions are: that moves pages about, and is sent at once.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-content-versions.h"

#include "gum-content.h"
#include "gum-detail-rows.h"
#include "gum-notice.h"
#include "gum-product-keys.h"
#include "gum-version-list.h"
#include "gum-version-words.h"

#include <glib/gi18n.h>

struct _GumContentVersions
{
  AdwBin          parent_instance;

  /* owned */
  GumShop        *shop;
  GumProduct     *product;
  GumVersionList *versions;
  GPtrArray      *keys;        /* of char: of the versions in the row */
  char           *key;

  /* widgets */
  GumNotice      *notice;
  GtkWidget      *group;
  GtkWidget      *row;         /* a combo row */
  GtkWidget      *link;

  gboolean        is_showing;   /* what is chosen is not the person's doing */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GumContentVersions, gum_content_versions, ADW_TYPE_BIN)

static gboolean
has_versions (GumContentVersions *self)
{
  g_autoptr (GListModel) groups = gum_detail_dup_list (self->product, "variants");

  return groups != NULL && g_list_model_get_n_items (groups) > 0;
}

static void
set_key (GumContentVersions *self,
         const char         *key)
{
  if (g_strcmp0 (self->key, key) == 0)
    return;
  g_free (self->key);
  self->key = g_strdup (key);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
add_name (GumContentVersions *self,
          GtkStringList      *names,
          guint               at)
{
  GumVariantCategory *category = gum_version_list_get_group (self->versions, at);
  g_autofree char *title = gum_version_words_dup_title (category, self->product);
  g_autofree char *name = gum_version_words_dup_name (gum_version_list_get_version (self->versions, at),
                                                      self->product);
  /* Translators: a version and the group it is in: "Licence: Team" */
  g_autofree char *both = g_strdup_printf (_("%s: %s"), title, name);

  gtk_string_list_append (names, gum_version_list_get_n_groups (self->versions) > 1 ? both : name);
  g_ptr_array_add (self->keys,
                   gum_product_keys_dup_version (gum_resource_get_id (GUM_RESOURCE (category)),
                                                 gum_version_list_get_id (self->versions, at)));
}

static const char *
get_state (GumContentVersions *self)
{
  if (self->keys->len > 0)
    return "";
  if (!gum_shop_is_online (self->shop))
    return _("The versions can only be read with a connection to Gumroad.");
  if (gum_version_list_get_error (self->versions) != NULL &&
      !gum_version_list_is_loading (self->versions))
    return _("The versions could not be read");

  return _("Reading the versions…");
}

static void
show_versions (GumContentVersions *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint chosen = 0;

  g_ptr_array_set_size (self->keys, 0);
  for (guint i = 0; i < gum_version_list_get_length (self->versions); i++)
    add_name (self, names, i);
  for (guint i = 0; i < self->keys->len; i++)
    {
      if (g_strcmp0 (g_ptr_array_index (self->keys, i), self->key) == 0)
        chosen = i;
    }

  self->is_showing = TRUE;
  adw_combo_row_set_model (ADW_COMBO_ROW (self->row), G_LIST_MODEL (names));
  if (self->keys->len > 0)
    adw_combo_row_set_selected (ADW_COMBO_ROW (self->row), chosen);
  self->is_showing = FALSE;
  gtk_widget_set_sensitive (self->row, self->keys->len > 0);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->row), get_state (self));
  /* An error is over once the next reading has begun. */
  gum_notice_show_error (self->notice,
                         gum_version_list_is_loading (self->versions)
                         ? NULL : gum_version_list_get_error (self->versions), _("_Try Again"));
  set_key (self, self->keys->len > 0 ? g_ptr_array_index (self->keys, chosen) : NULL);
}

static void
show (GumContentVersions *self)
{
  gboolean is_tiered = gum_version_words_is_tiered (self->product);
  gboolean shared = gum_content_is_shared (gum_resource_get_json (GUM_RESOURCE (self->product)));
  const char *words;

  if (shared)
    words = is_tiered ? _("All tiers have the same pages") : _("All versions have the same pages");
  else
    words = is_tiered ? _("Each tier has pages of its own") : _("Each version has pages of its own");
  gtk_widget_set_visible (GTK_WIDGET (self), has_versions (self));
  gtk_widget_set_visible (self->row, !shared);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->link), words);
  if (!shared && has_versions (self))
    {
      show_versions (self);
      return;
    }
  /* None can be chosen. */
  g_ptr_array_set_size (self->keys, 0);
  gum_notice_hide (self->notice);
  set_key (self, "rich_content");
}

static void
chosen_cb (GumContentVersions *self)
{
  guint at = adw_combo_row_get_selected (ADW_COMBO_ROW (self->row));

  if (!self->is_showing && at < self->keys->len)
    set_key (self, g_ptr_array_index (self->keys, at));
}

static void
gum_content_versions_finalize (GObject *object)
{
  GumContentVersions *self = GUM_CONTENT_VERSIONS (object);

  g_clear_object (&self->shop);
  g_clear_object (&self->product);
  g_clear_object (&self->versions);
  g_ptr_array_unref (self->keys);
  g_free (self->key);

  G_OBJECT_CLASS (gum_content_versions_parent_class)->finalize (object);
}

static void
gum_content_versions_class_init (GumContentVersionsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gum_content_versions_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
gum_content_versions_init (GumContentVersions *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->keys = g_ptr_array_new_with_free_func (g_free);
  self->notice = GUM_NOTICE (gum_notice_new ());
  g_signal_connect_object (self->notice, "activated", G_CALLBACK (gum_content_versions_read), self,
                           G_CONNECT_SWAPPED);
  self->group = adw_preferences_group_new ();
  self->row = adw_combo_row_new ();
  g_signal_connect_object (self->row, "notify::selected", G_CALLBACK (chosen_cb), self,
                           G_CONNECT_SWAPPED);
  self->link = gum_detail_new_link (_("Shared Content"), NULL, "product.edit-versions");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), self->row);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), self->link);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->notice));
  gtk_box_append (GTK_BOX (box), self->group);
  adw_bin_set_child (ADW_BIN (self), box);
}

GtkWidget *
gum_content_versions_new (GumShop    *shop,
                          GumProduct *product)
{
  GumContentVersions *self = g_object_new (GUM_TYPE_CONTENT_VERSIONS, NULL);

  self->shop = g_object_ref (shop);
  self->product = g_object_ref (product);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->row),
                                 gum_version_words_is_tiered (product) ? _("Tier") : _("Version"));
  self->versions = gum_version_list_new (gum_shop_get_store (shop));
  g_signal_connect_object (self->versions, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  gum_version_list_set_product (self->versions, gum_resource_get_id (GUM_RESOURCE (product)));
  gum_content_versions_read (self);
  g_signal_connect_object (shop, "notify::online", G_CALLBACK (gum_content_versions_read), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (product, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);

  return GTK_WIDGET (self);
}

void
gum_content_versions_read (GumContentVersions *self)
{
  g_return_if_fail (GUM_IS_CONTENT_VERSIONS (self));

  if (has_versions (self) && gum_shop_is_online (self->shop))
    gum_version_list_read (self->versions);
}

/* Does nothing where the version is not in the list. */
void
gum_content_versions_choose (GumContentVersions *self,
                             const char         *key)
{
  guint at;

  g_return_if_fail (GUM_IS_CONTENT_VERSIONS (self));

  if (g_ptr_array_find_with_equal_func (self->keys, key, g_str_equal, &at))
    adw_combo_row_set_selected (ADW_COMBO_ROW (self->row), at);
}

const char *
gum_content_versions_get_key (GumContentVersions *self)
{
  g_return_val_if_fail (GUM_IS_CONTENT_VERSIONS (self), NULL);

  return self->key;
}

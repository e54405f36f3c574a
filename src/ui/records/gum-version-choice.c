/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A row that asks for a version of a product. The versions are read when the product is known: only their own
 * list tells their ids.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-version-choice.h"

#include "gum-collection.h"
#include "gum-detail-rows.h"
#include "gum-variant.h"

#include <glib/gi18n.h>

struct _GumVersionChoice
{
  AdwComboRow    parent_instance;

  /* owned */
  GumStore      *store;
  char          *product_id;
  char          *variant_id;      /* the one that is chosen */
  GumCollection *categories;      /* NULL: no product */
  GPtrArray     *variants;        /* GumCollection, one a category */
  GPtrArray     *ids;             /* of the versions in the row; the first is NULL: none */

  /* what is being shown is not being chosen */
  gboolean       is_showing;
};

G_DEFINE_FINAL_TYPE (GumVersionChoice, gum_version_choice, ADW_TYPE_COMBO_ROW)

static gboolean
is_loading (GumVersionChoice *self)
{
  if (self->categories != NULL && gum_collection_is_loading (self->categories))
    return TRUE;
  for (guint i = 0; i < self->variants->len; i++)
    {
      if (gum_collection_is_loading (self->variants->pdata[i]))
        return TRUE;
    }

  return FALSE;
}

static gboolean
has_failed (GumVersionChoice *self)
{
  if (self->categories != NULL && gum_collection_get_error (self->categories) != NULL)
    return TRUE;
  for (guint i = 0; i < self->variants->len; i++)
    {
      if (gum_collection_get_error (self->variants->pdata[i]) != NULL)
        return TRUE;
    }

  return FALSE;
}

static void
add_version (GumVersionChoice *self,
             GtkStringList    *names,
             const char       *id,
             const char       *name)
{
  gtk_string_list_append (names, name);
  g_ptr_array_add (self->ids, g_strdup (id));
}

static void
show_versions (GumVersionChoice *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = 0;

  g_ptr_array_set_size (self->ids, 0);
  add_version (self, names, NULL, _("Any version"));
  for (guint i = 0; i < self->variants->len; i++)
    for (guint j = 0; j < g_list_model_get_n_items (self->variants->pdata[i]); j++)
      {
        g_autoptr (GumVariant) variant = g_list_model_get_item (self->variants->pdata[i], j);
        g_autofree char *name = gum_detail_dup_string (variant, "name");

        add_version (self, names, gum_resource_get_id (GUM_RESOURCE (variant)),
                     name != NULL ? name : _("Untitled"));
      }

  for (guint i = 0; self->variant_id != NULL && i < self->ids->len; i++)
    {
      if (g_strcmp0 (self->ids->pdata[i], self->variant_id) == 0)
        selected = i;
    }
  /* One that is not in the list, or not yet, is kept unless another is chosen. */
  if (self->variant_id != NULL && selected == 0)
    {
      selected = self->ids->len;
      add_version (self, names, self->variant_id, _("The one that is set now"));
    }

  self->is_showing = TRUE;
  adw_combo_row_set_model (ADW_COMBO_ROW (self), G_LIST_MODEL (names));
  adw_combo_row_set_selected (ADW_COMBO_ROW (self), selected);
  self->is_showing = FALSE;
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self),
                               is_loading (self) ? _("Reading…")
                               : has_failed (self) ? _("The versions could not be read") : "");
}

static void
forget_variants (GumVersionChoice *self)
{
  for (guint i = 0; i < self->variants->len; i++)
    g_signal_handlers_disconnect_by_data (self->variants->pdata[i], self);
  g_ptr_array_set_size (self->variants, 0);
}

static void
categories_changed_cb (GumVersionChoice *self)
{
  forget_variants (self);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->categories)); i++)
    {
      g_autoptr (GumVariantCategory) category = NULL;
      g_autofree char *parent = NULL;
      GumCollection *variants;

      category = g_list_model_get_item (G_LIST_MODEL (self->categories), i);
      parent = gum_request_path ("products", self->product_id, "variant_categories",
                                 gum_resource_get_id (GUM_RESOURCE (category)), NULL);
      variants = gum_store_dup_collection (self->store, &gum_variant_endpoint, parent);
      g_ptr_array_add (self->variants, variants);
      g_signal_connect_object (variants, "items-changed", G_CALLBACK (show_versions), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (variants, "notify::loading", G_CALLBACK (show_versions), self,
                               G_CONNECT_SWAPPED);
      gum_collection_read (variants);
    }
  show_versions (self);
}

static void
selected_cb (GumVersionChoice *self)
{
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self));

  if (self->is_showing || selected >= self->ids->len)
    return;

  g_free (self->variant_id);
  self->variant_id = g_strdup (self->ids->pdata[selected]);
}

static void
forget_product (GumVersionChoice *self)
{
  forget_variants (self);
  if (self->categories != NULL)
    g_signal_handlers_disconnect_by_data (self->categories, self);
  g_clear_object (&self->categories);
}

static void
gum_version_choice_dispose (GObject *object)
{
  GumVersionChoice *self = GUM_VERSION_CHOICE (object);

  forget_product (self);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (gum_version_choice_parent_class)->dispose (object);
}

static void
gum_version_choice_finalize (GObject *object)
{
  GumVersionChoice *self = GUM_VERSION_CHOICE (object);

  g_ptr_array_unref (self->variants);
  g_ptr_array_unref (self->ids);
  g_free (self->product_id);
  g_free (self->variant_id);

  G_OBJECT_CLASS (gum_version_choice_parent_class)->finalize (object);
}

static void
gum_version_choice_class_init (GumVersionChoiceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gum_version_choice_dispose;
  G_OBJECT_CLASS (klass)->finalize = gum_version_choice_finalize;
}

static void
gum_version_choice_init (GumVersionChoice *self)
{
  self->variants = g_ptr_array_new_with_free_func (g_object_unref);
  self->ids = g_ptr_array_new_with_free_func (g_free);
  g_signal_connect (self, "notify::selected", G_CALLBACK (selected_cb), NULL);
}

GtkWidget *
gum_version_choice_new (GumStore   *store,
                        const char *title)
{
  GumVersionChoice *self = g_object_new (GUM_TYPE_VERSION_CHOICE, "title", title, NULL);

  g_set_object (&self->store, store);
  show_versions (self);

  return GTK_WIDGET (self);
}

void
gum_version_choice_set_product (GumVersionChoice *self,
                                const char       *product_id,
                                const char       *variant_id)
{
  g_autofree char *path = NULL;

  g_return_if_fail (GUM_IS_VERSION_CHOICE (self));

  forget_product (self);
  g_free (self->product_id);
  self->product_id = g_strdup (product_id);
  g_free (self->variant_id);
  self->variant_id = g_strdup (variant_id);
  if (self->store == NULL || product_id == NULL)
    {
      show_versions (self);
      return;
    }

  path = gum_request_path ("products", product_id, NULL);
  self->categories = gum_store_dup_collection (self->store, &gum_variant_category_endpoint, path);
  g_signal_connect_object (self->categories, "items-changed", G_CALLBACK (categories_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->categories, "notify::loading", G_CALLBACK (show_versions), self,
                           G_CONNECT_SWAPPED);
  gum_collection_read (self->categories);
  categories_changed_cb (self);
}

const char *
gum_version_choice_get_id (GumVersionChoice *self)
{
  g_return_val_if_fail (GUM_IS_VERSION_CHOICE (self), NULL);

  return self->variant_id;
}

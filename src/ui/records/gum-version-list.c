/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The versions of a product. Only their own lists tell their ids: first that of the groups is read, then one a
 * group.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-version-list.h"

#include "gum-collection.h"
#include "gum-detail-rows.h"

#include <glib/gi18n.h>

typedef struct {
  GumVariantCategory *group;
  GumVariant         *version;
} Entry;

struct _GumVersionList
{
  GObject        parent_instance;

  /* owned */
  GumStore      *store;           /* NULL: the ledger is closed */
  char          *product_id;
  GumCollection *groups;          /* NULL: no product */
  GPtrArray     *versions;        /* GumCollection, one a group */
  GPtrArray     *entries;         /* Entry: what is known */
};

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GumVersionList, gum_version_list, G_TYPE_OBJECT)

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_object_unref (entry->group);
  g_object_unref (entry->version);
  g_free (entry);
}

static Entry *
get_entry (GumVersionList *self,
           guint           at)
{
  return g_ptr_array_index (self->entries, at);
}

/* --- reading ---------------------------------------------------------------------------------- */

static void
take (GumVersionList *self)
{
  g_ptr_array_set_size (self->entries, 0);
  for (guint i = 0; i < self->versions->len; i++)
    for (guint j = 0; j < g_list_model_get_n_items (self->versions->pdata[i]); j++)
      {
        Entry *entry = g_new0 (Entry, 1);

        entry->group = g_list_model_get_item (G_LIST_MODEL (self->groups), i);
        entry->version = g_list_model_get_item (self->versions->pdata[i], j);
        g_ptr_array_add (self->entries, entry);
      }
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
forget_versions (GumVersionList *self)
{
  for (guint i = 0; i < self->versions->len; i++)
    g_signal_handlers_disconnect_by_data (self->versions->pdata[i], self);
  g_ptr_array_set_size (self->versions, 0);
}

static void
read_versions (GumVersionList *self)
{
  for (guint i = 0; i < self->versions->len; i++)
    gum_collection_read (self->versions->pdata[i]);
}

static void
follow_groups (GumVersionList *self)
{
  forget_versions (self);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->groups)); i++)
    {
      g_autoptr (GumVariantCategory) group = g_list_model_get_item (G_LIST_MODEL (self->groups), i);
      g_autofree char *parent = gum_request_path ("products", self->product_id, "variant_categories",
                                                  gum_resource_get_id (GUM_RESOURCE (group)), NULL);
      GumCollection *versions = gum_store_dup_collection (self->store, &gum_variant_endpoint, parent);

      g_ptr_array_add (self->versions, versions);
      g_signal_connect_object (versions, "items-changed", G_CALLBACK (take), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (versions, "notify", G_CALLBACK (take), self, G_CONNECT_SWAPPED);
    }
}

static void
groups_changed_cb (GumVersionList *self)
{
  follow_groups (self);
  read_versions (self);
  take (self);
}

static void
forget_product (GumVersionList *self)
{
  forget_versions (self);
  if (self->groups != NULL)
    g_signal_handlers_disconnect_by_data (self->groups, self);
  g_clear_object (&self->groups);
}

/* --- GObject ---------------------------------------------------------------------------------- */

static void
gum_version_list_dispose (GObject *object)
{
  GumVersionList *self = GUM_VERSION_LIST (object);

  forget_product (self);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (gum_version_list_parent_class)->dispose (object);
}

static void
gum_version_list_finalize (GObject *object)
{
  GumVersionList *self = GUM_VERSION_LIST (object);

  g_ptr_array_unref (self->versions);
  g_ptr_array_unref (self->entries);
  g_free (self->product_id);

  G_OBJECT_CLASS (gum_version_list_parent_class)->finalize (object);
}

static void
gum_version_list_class_init (GumVersionListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gum_version_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = gum_version_list_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
gum_version_list_init (GumVersionList *self)
{
  self->versions = g_ptr_array_new_with_free_func (g_object_unref);
  self->entries = g_ptr_array_new_with_free_func (entry_free);
}

GumVersionList *
gum_version_list_new (GumStore *store)
{
  GumVersionList *self = g_object_new (GUM_TYPE_VERSION_LIST, NULL);

  g_set_object (&self->store, store);

  return self;
}

void
gum_version_list_set_product (GumVersionList *self,
                              const char     *product_id)
{
  g_autofree char *path = NULL;

  g_return_if_fail (GUM_IS_VERSION_LIST (self));

  forget_product (self);
  g_free (self->product_id);
  self->product_id = g_strdup (product_id);
  if (self->store == NULL || product_id == NULL)
    {
      take (self);
      return;
    }

  path = gum_request_path ("products", product_id, NULL);
  self->groups = gum_store_dup_collection (self->store, &gum_variant_category_endpoint, path);
  g_signal_connect_object (self->groups, "items-changed", G_CALLBACK (groups_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->groups, "notify", G_CALLBACK (take), self, G_CONNECT_SWAPPED);
  follow_groups (self);
  take (self);
}

void
gum_version_list_read (GumVersionList *self)
{
  g_return_if_fail (GUM_IS_VERSION_LIST (self));

  if (self->groups == NULL)
    return;
  gum_collection_read (self->groups);
  read_versions (self);
}

gboolean
gum_version_list_is_loading (GumVersionList *self)
{
  gboolean loading;

  g_return_val_if_fail (GUM_IS_VERSION_LIST (self), FALSE);

  loading = self->groups != NULL && gum_collection_is_loading (self->groups);
  for (guint i = 0; i < self->versions->len && !loading; i++)
    loading = gum_collection_is_loading (self->versions->pdata[i]);

  return loading;
}

const GError *
gum_version_list_get_error (GumVersionList *self)
{
  const GError *error;

  g_return_val_if_fail (GUM_IS_VERSION_LIST (self), NULL);

  error = self->groups != NULL ? gum_collection_get_error (self->groups) : NULL;
  for (guint i = 0; i < self->versions->len && error == NULL; i++)
    error = gum_collection_get_error (self->versions->pdata[i]);

  return error;
}

guint
gum_version_list_get_n_groups (GumVersionList *self)
{
  g_return_val_if_fail (GUM_IS_VERSION_LIST (self), 0);

  return self->versions->len;
}

guint
gum_version_list_get_length (GumVersionList *self)
{
  g_return_val_if_fail (GUM_IS_VERSION_LIST (self), 0);

  return self->entries->len;
}

GumVariantCategory *
gum_version_list_get_group (GumVersionList *self,
                            guint           at)
{
  g_return_val_if_fail (GUM_IS_VERSION_LIST (self), NULL);
  g_return_val_if_fail (at < self->entries->len, NULL);

  return get_entry (self, at)->group;
}

GumVariant *
gum_version_list_get_version (GumVersionList *self,
                              guint           at)
{
  g_return_val_if_fail (GUM_IS_VERSION_LIST (self), NULL);
  g_return_val_if_fail (at < self->entries->len, NULL);

  return get_entry (self, at)->version;
}

const char *
gum_version_list_get_id (GumVersionList *self,
                         guint           at)
{
  return gum_resource_get_id (GUM_RESOURCE (gum_version_list_get_version (self, at)));
}

char *
gum_version_list_dup_name (GumVersionList *self,
                           guint           at)
{
  g_autofree char *name = NULL;
  g_autofree char *title = NULL;

  g_return_val_if_fail (GUM_IS_VERSION_LIST (self), NULL);
  g_return_val_if_fail (at < self->entries->len, NULL);

  name = gum_detail_dup_string (get_entry (self, at)->version, "name");
  if (name == NULL)
    name = g_strdup (_("Untitled"));
  title = gum_detail_dup_string (get_entry (self, at)->group, "title");
  if (self->versions->len < 2 || title == NULL)
    return g_steal_pointer (&name);

  /* Translators: a version and the group it is in: "Licence: Team" */
  return g_strdup_printf (_("%s: %s"), title, name);
}

gboolean
gum_version_list_find (GumVersionList *self,
                       const char     *id,
                       guint          *at)
{
  g_return_val_if_fail (GUM_IS_VERSION_LIST (self), FALSE);

  for (guint i = 0; i < self->entries->len; i++)
    {
      if (g_strcmp0 (gum_version_list_get_id (self, i), id) == 0)
        {
          if (at != NULL)
            *at = i;
          return TRUE;
        }
    }

  return FALSE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which buyers get which files. A file that is attached but on no page reaches nobody; where each version has content of
 * its own, it reaches the buyers of those versions on whose pages it is.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-file-reach.h"

#include "gum-content.h"
#include "gum-detail-rows.h"
#include "gum-version-words.h"

#include <glib/gi18n.h>

/* Buyers who get the same. */
typedef struct {
  char       *name;      /* of their version; NULL: all buyers */
  GHashTable *ids;       /* of the files that they get */
} Buyers;

struct _GumFileReach
{
  GPtrArray *buyers;
  gboolean   is_by_version;
  gboolean   is_tiered;
};

static void
buyers_free (gpointer data)
{
  Buyers *buyers = data;

  g_free (buyers->name);
  g_hash_table_unref (buyers->ids);
  g_free (buyers);
}

/* Takes @name. */
static void
add_buyers (GumFileReach *self,
            GumResource  *owner,
            char         *name)
{
  g_autoptr (GPtrArray) files =
    gum_content_list_files (json_object_get_member (gum_resource_get_json (owner), "rich_content"));
  Buyers *buyers = g_new0 (Buyers, 1);

  buyers->name = name;
  buyers->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < files->len; i++)
    g_hash_table_add (buyers->ids, g_strdup (g_ptr_array_index (files, i)));
  g_ptr_array_add (self->buyers, buyers);
}

static char *
dup_name (GumVariantGroup *group,
          GumResource     *option,
          gboolean         with_title)
{
  g_autofree char *title = with_title ? gum_detail_dup_string (group, "title") : NULL;
  g_autofree char *name = gum_detail_dup_string (option, "name");
  const char *words = name != NULL ? name : _("Untitled");

  /* Translators: a version and the group it is in: "Licence: Team" */
  return title != NULL ? g_strdup_printf (_("%s: %s"), title, words) : g_strdup (words);
}

GumFileReach *
gum_file_reach_new (GumProduct *product)
{
  g_autoptr (GListModel) groups = gum_detail_dup_list (product, "variants");
  guint n_groups = groups != NULL ? g_list_model_get_n_items (groups) : 0;
  GumFileReach *self = g_new0 (GumFileReach, 1);

  self->buyers = g_ptr_array_new_with_free_func (buyers_free);
  self->is_tiered = gum_version_words_is_tiered (product);
  self->is_by_version = n_groups > 0 &&
                        !gum_content_is_shared (gum_resource_get_json (GUM_RESOURCE (product)));
  if (!self->is_by_version)
    add_buyers (self, GUM_RESOURCE (product), NULL);
  for (guint i = 0; self->is_by_version && i < n_groups; i++)
    {
      g_autoptr (GumVariantGroup) group = g_list_model_get_item (groups, i);
      g_autoptr (GListModel) options = gum_detail_dup_list (group, "options");

      for (guint j = 0; options != NULL && j < g_list_model_get_n_items (options); j++)
        {
          g_autoptr (GumResource) option = g_list_model_get_item (options, j);

          add_buyers (self, option, dup_name (group, option, n_groups > 1));
        }
    }

  return self;
}

void
gum_file_reach_free (GumFileReach *self)
{
  g_ptr_array_unref (self->buyers);
  g_free (self);
}

gboolean
gum_file_reach_is_by_version (const GumFileReach *self)
{
  return self->is_by_version;
}

/* The names of those who get it, or of those who do not. */
static GPtrArray *
list (const GumFileReach *self,
      const char         *id,
      gboolean            get_it)
{
  GPtrArray *names = g_ptr_array_new ();

  for (guint i = 0; i < self->buyers->len; i++)
    {
      const Buyers *buyers = g_ptr_array_index (self->buyers, i);

      if ((id != NULL && g_hash_table_contains (buyers->ids, id)) == get_it)
        g_ptr_array_add (names, buyers->name);
    }

  return names;
}

gboolean
gum_file_reach_has_any (const GumFileReach *self,
                        const char         *id)
{
  g_autoptr (GPtrArray) names = list (self, id, TRUE);

  return names->len > 0;
}

gboolean
gum_file_reach_has_all (const GumFileReach *self,
                        const char         *id)
{
  g_autoptr (GPtrArray) others = list (self, id, FALSE);

  return others->len == 0 && self->buyers->len > 0;
}

static char *
join (GPtrArray *names)
{
  g_ptr_array_add (names, NULL);

  return g_strjoinv (", ", (char **) names->pdata);
}

char *
gum_file_reach_dup_words (const GumFileReach *self,
                          const char         *id)
{
  g_autoptr (GPtrArray) names = list (self, id, TRUE);
  g_autoptr (GPtrArray) others = list (self, id, FALSE);
  guint n_names = names->len;
  g_autofree char *some = NULL;
  g_autofree char *rest = NULL;

  if (n_names == 0)
    return g_strdup (_("On no page of the content: buyers do not get it"));
  if (!self->is_by_version)
    return g_strdup (_("In the content: buyers get it"));
  if (others->len == 0)
    return g_strdup (self->is_tiered ? _("In the content of every tier: buyers get it")
                                     : _("In the content of every version: buyers get it"));

  some = join (names);
  rest = join (others);
  /* Translators: %s is a version of a product */
  if (n_names == 1)
    return g_strdup_printf (_("Only in the content of %s: other buyers do not get it"), some);

  /* Translators: both are lists of versions of a product */
  return g_strdup_printf (_("In the content of %1$s; not of %2$s"), some, rest);
}

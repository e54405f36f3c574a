/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who is to get a file. What is for one version must not reach the buyers of a cheaper one, so that it is asked about
 * wherever each version has content of its own.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-file-version.h"

#include "gum-file-change.h"
#include "gum-file-reach.h"
#include "gum-product-keys.h"
#include "gum-version-words.h"

#include <glib/gi18n.h>

GumVersionList *
gum_file_version_list_new (GumStore   *store,
                           GumProduct *product)
{
  g_autoptr (GumFileReach) reach = gum_file_reach_new (product);
  GumVersionList *list;

  if (!gum_file_reach_is_by_version (reach))
    return NULL;

  list = gum_version_list_new (store);
  gum_version_list_set_product (list, gum_resource_get_id (GUM_RESOURCE (product)));
  gum_version_list_read (list);

  return list;
}

gboolean
gum_file_version_is_ready (GumVersionList *list)
{
  return !gum_version_list_is_loading (list);
}

static void
show_state (GumVersionChoice *row,
            GumVersionList   *list)
{
  const char *words = NULL;

  if (gum_version_list_is_loading (list))
    words = _("Reading the versions…");
  else if (gum_version_list_get_error (list) != NULL)
    words = _("The versions could not be read");
  gum_version_choice_set_note (row, words, FALSE);
  gtk_widget_set_sensitive (GTK_WIDGET (row), gum_version_list_get_length (list) > 0);
}

static void
changed_cb (GumVersionList   *list,
            GumVersionChoice *row)
{
  show_state (row, list);
}

GtkWidget *
gum_file_version_row_new (GumVersionList *list,
                          GumProduct     *product)
{
  const char *all = gum_version_words_is_tiered (product) ? _("All tiers") : _("All versions");
  /* Translators: which version's buyers are to get a file */
  GtkWidget *row = gum_version_choice_new_with_list (list, _("For"), all, NULL);

  g_signal_connect_object (list, "changed", G_CALLBACK (changed_cb), row, 0);
  show_state (GUM_VERSION_CHOICE (row), list);

  return row;
}

char *
gum_file_version_dup_key (GumVersionList   *list,
                          GumVersionChoice *row)
{
  const char *id = gum_version_choice_get_id (row);
  guint at;

  if (id == NULL)
    return NULL;
  /* It has gone meanwhile: nobody else gets the file instead. */
  if (!gum_version_list_find (list, id, &at))
    return g_strdup (GUM_FILE_NO_VERSION);

  return gum_product_keys_dup_version (gum_resource_get_id (GUM_RESOURCE (gum_version_list_get_group (list, at))),
                                       id);
}

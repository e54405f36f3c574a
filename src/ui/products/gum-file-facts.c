/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What there is to say of a product's files, wherever they are listed. Their addresses are signed and
 * short-lived; they are not shown and not used.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-file-facts.h"

#include "gum-detail-rows.h"

#include <glib/gi18n.h>

char *
gum_file_facts_dup_stored_name (GumProductFile *file)
{
  g_autofree char *url = gum_detail_dup_string (file, "url");
  g_autoptr (GUri) uri = url != NULL ? g_uri_parse (url, G_URI_FLAGS_PARSE_RELAXED, NULL) : NULL;
  g_autofree char *base = uri != NULL ? g_path_get_basename (g_uri_get_path (uri)) : NULL;

  if (base == NULL || g_str_equal (base, "/") || g_str_equal (base, "."))
    return NULL;

  return g_steal_pointer (&base);
}

char *
gum_file_facts_dup_name (GumProductFile *file)
{
  char *name = gum_detail_dup_string (file, "name");

  if (name == NULL)
    name = gum_file_facts_dup_stored_name (file);

  return name != NULL ? name : g_strdup (_("File without a name"));
}

gboolean
gum_file_facts_is_link (GumProductFile *file)
{
  g_autofree char *type = gum_detail_dup_string (file, "filetype");

  return g_strcmp0 (type, "link") == 0;
}

char *
gum_file_facts_dup_kind (GumProductFile *file)
{
  g_autofree char *type = gum_detail_dup_string (file, "filetype");
  g_autofree char *upper = type != NULL ? g_ascii_strup (type, -1) : NULL;
  g_autofree char *size = NULL;

  if (gum_file_facts_is_link (file))
    return g_strdup (_("Link"));
  if (gum_resource_has (GUM_RESOURCE (file), "size"))
    size = g_format_size (MAX (gum_detail_get_int (file, "size"), 0));
  if (upper != NULL && size != NULL)
    return g_strdup_printf ("%s · %s", upper, size);

  return g_strdup (upper != NULL ? upper : size);
}

const char *
gum_file_facts_get_icon (GumProductFile *file)
{
  static const char *icons[][2] = {
    { "audio", "audio-x-generic-symbolic" },
    { "video", "video-x-generic-symbolic" },
    { "image", "image-x-generic-symbolic" },
    { "document", "x-office-document-symbolic" },
    { "archive", "package-x-generic-symbolic" },
    { "executable", "application-x-executable-symbolic" },
  };
  g_autofree char *group = gum_detail_dup_string (file, "filegroup");

  for (guint i = 0; i < G_N_ELEMENTS (icons); i++)
    {
      if (g_strcmp0 (group, icons[i][0]) == 0)
        return icons[i][1];
    }

  return "text-x-generic-symbolic";
}

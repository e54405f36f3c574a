/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A row of the product list knows less than the full record. This is how the one goes into the
 * other without taking anything away. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-json.h"
#include "gum-merge.h"

#include <string.h>

/* Members that the list has whenever they apply: absent means gone, not unknown. Everything else
 * that the list lacks is something that only the full record tells. */
static const char * const in_list_when_true[] = {
  "is_in_preorder_state",
  "is_preorder",
  "purchasing_power_parity_prices",
  "release_at",
  "sales_count",
  "sales_usd_cents",
  NULL,
};

static gboolean
same_text (JsonObject *a,
           JsonObject *b,
           const char *member)
{
  return g_strcmp0 (gum_json_get_string (a, member), gum_json_get_string (b, member)) == 0;
}

/* Copies what @known has, with the values that @fresh has for it, and then the rest of @fresh:
 * the order of the members stays, so that nothing new gives the same text. */
static JsonObject *
overlay (JsonObject         *known,
         JsonObject         *fresh,
         const char * const *gone_if_absent)
{
  JsonObject *merged = json_object_new ();
  g_autoptr(GList) known_members = json_object_get_members (known);
  g_autoptr(GList) fresh_members = json_object_get_members (fresh);

  for (GList *l = known_members; l != NULL; l = l->next)
    {
      JsonNode *node = json_object_get_member (fresh, l->data);

      if (node == NULL && (gone_if_absent == NULL || !g_strv_contains (gone_if_absent, l->data)))
        node = json_object_get_member (known, l->data);
      if (node != NULL)
        json_object_set_member (merged, l->data, json_node_copy (node));
    }
  for (GList *l = fresh_members; l != NULL; l = l->next)
    {
      JsonNode *node = json_object_get_member (fresh, l->data);

      if (!json_object_has_member (known, l->data))
        json_object_set_member (merged, l->data, json_node_copy (node));
    }

  return merged;
}

/* Options carry no id: the name within its group is what tells them apart, and the n-th of a
 * name belongs to the n-th of that name. */
static JsonObject *
find_named (JsonArray  *array,
            JsonObject *like,
            const char *member,
            guint       nth)
{
  guint length = array != NULL ? json_array_get_length (array) : 0;

  for (guint i = 0; i < length; i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_OBJECT (node) && same_text (json_node_get_object (node), like, member) &&
          nth-- == 0)
        return json_node_get_object (node);
    }

  return NULL;
}

static guint
count_named_before (JsonArray  *array,
                    guint       index,
                    JsonObject *like,
                    const char *member)
{
  guint count = 0;

  for (guint i = 0; i < index; i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_OBJECT (node) && same_text (json_node_get_object (node), like, member))
        count++;
    }

  return count;
}

static JsonArray *merge_named (JsonArray  *known,
                               JsonArray  *fresh,
                               const char *name,
                               const char *children,
                               const char *child_name);

static JsonObject *
merge_one (JsonObject *known,
           JsonObject *fresh,
           const char *children,
           const char *child_name)
{
  JsonObject *merged = overlay (known, fresh, NULL);
  JsonArray *known_children, *fresh_children;

  if (children == NULL)
    return merged;

  known_children = gum_json_get_array (known, children);
  fresh_children = gum_json_get_array (fresh, children);
  if (known_children != NULL && fresh_children != NULL)
    json_object_set_array_member (merged, children,
                                  merge_named (known_children, fresh_children, child_name,
                                               NULL, NULL));

  return merged;
}

static JsonArray *
merge_named (JsonArray  *known,
             JsonArray  *fresh,
             const char *name,
             const char *children,
             const char *child_name)
{
  guint length = json_array_get_length (fresh);
  JsonArray *merged = json_array_sized_new (length);

  for (guint i = 0; i < length; i++)
    {
      JsonNode *node = json_array_get_element (fresh, i);
      JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      JsonObject *match = NULL;

      if (object != NULL)
        match = find_named (known, object, name, count_named_before (fresh, i, object, name));
      if (match != NULL)
        json_array_add_object_element (merged, merge_one (match, object, children, child_name));
      else
        json_array_add_element (merged, json_node_copy (node));
    }

  return merged;
}

/* @known is what a full record once said, @slim the newest row of the list. (transfer full) */
JsonObject *
gum_merge_product (JsonObject *known,
                   JsonObject *slim)
{
  JsonObject *merged = overlay (known, slim, in_list_when_true);
  JsonArray *known_variants = gum_json_get_array (known, "variants");
  JsonArray *slim_variants = gum_json_get_array (slim, "variants");

  if (known_variants != NULL && slim_variants != NULL)
    json_object_set_array_member (merged, "variants",
                                  merge_named (known_variants, slim_variants, "title",
                                               "options", "name"));

  return merged;
}

/* The addresses of files are signed: for a while, whoever has one has the file. The signature is
 * in the query, so what is kept is the address without it, which still tells the name. Links to
 * elsewhere are what the seller wrote. */
void
gum_merge_drop_signatures (JsonObject *full)
{
  JsonArray *files = gum_json_get_array (full, "files");
  guint length = files != NULL ? json_array_get_length (files) : 0;

  for (guint i = 0; i < length; i++)
    {
      JsonNode *node = json_array_get_element (files, i);
      JsonObject *file = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      const char *url = file != NULL ? gum_json_get_string (file, "url") : NULL;

      if (url != NULL && g_strcmp0 (gum_json_get_string (file, "filetype"), "link") != 0)
        {
          g_autofree char *plain = g_strndup (url, strcspn (url, "?#"));

          json_object_set_string_member (file, "url", plain);
        }
    }
}

/* Tells whether a row of the list is the one that was read before. Nobody gains from making two that
 * look alike, so this only has to be quick. */
gint64
gum_merge_checksum (const char *text,
                    gsize       length)
{
  guint64 sum = G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) ^ length;

  while (length > 0)
    {
      gsize part = MIN (length, sizeof (guint64));
      guint64 word = 0;

      memcpy (&word, text, part);
      sum = (sum ^ GUINT64_FROM_LE (word)) * G_GUINT64_CONSTANT (0xff51afd7ed558ccd);
      sum ^= sum >> 32;
      text += part;
      length -= part;
    }

  return (gint64) sum;
}

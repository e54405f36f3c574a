/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What Gumroad had when a draft was begun, as far as that is needed to find out later what somebody else has changed:
 * the values of the keys that the draft changes. A price means nothing without its currency, so whoever changes either
 * has seen both. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-draft-base.h"

#include "gum-product-keys.h"

static gboolean
is_of_price (const char *key)
{
  return g_strv_contains (gum_product_keys_list_price (), key);
}

JsonObject *
gum_draft_base_dup (JsonObject *base,
                    JsonObject *mine)
{
  JsonObject *copy = json_object_new ();
  gboolean has_price = gum_product_keys_has_price (mine);
  g_autoptr(GList) members = json_object_get_members (base);

  for (GList *l = members; l != NULL; l = l->next)
    {
      if (json_object_has_member (mine, l->data) || (has_price && is_of_price (l->data)))
        json_object_set_member (copy, l->data, json_node_copy (json_object_get_member (base, l->data)));
    }

  return copy;
}

void
gum_draft_base_take (JsonObject *base,
                     JsonObject *mine,
                     const char *key,
                     JsonObject *from)
{
  gboolean begins_price = is_of_price (key) && !gum_product_keys_has_price (mine);
  g_autoptr(GList) members = json_object_get_members (from);

  for (GList *l = members; l != NULL; l = l->next)
    {
      if (g_str_equal (l->data, key) || (begins_price && is_of_price (l->data)))
        json_object_set_member (base, l->data, json_node_copy (json_object_get_member (from, l->data)));
    }
}

void
gum_draft_base_read (JsonObject *base,
                     JsonObject *mine,
                     const char *key,
                     JsonObject *record)
{
  const char * const *price = gum_product_keys_list_price ();
  g_autoptr(JsonObject) from = json_object_new ();
  JsonNode *value = gum_product_keys_read (key, record);

  if (value != NULL)
    json_object_set_member (from, key, value);
  for (guint i = 0; price[i] != NULL && is_of_price (key); i++)
    {
      value = gum_product_keys_read (price[i], record);
      if (value != NULL)
        json_object_set_member (from, price[i], value);
    }
  gum_draft_base_take (base, mine, key, from);
}

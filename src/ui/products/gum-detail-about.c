/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where a product stands and how it is called; and whatever else Gumroad said about it, so that
 * nothing that was sent is hidden.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-detail-rows.h"
#include "gum-json.h"
#include "gum-product-facts.h"

#include <glib/gi18n.h>

/* What a record may at most be stretched to: rows, and characters of one value. */
#define MAX_ROWS  200
#define MAX_VALUE 600
#define MAX_DEPTH 6

static void
add_file_info (GtkWidget  *group,
               JsonObject *json)
{
  static const struct
  {
    const char *key;
    const char *title;
  } infos[] = {
    { "Size", N_("File Size") },
    { "Duration", N_("Duration") },
    { "Length", N_("Length") },
    { "Resolution", N_("Resolution") },
  };
  JsonObject *info = gum_json_get_object (json, "file_info");

  for (guint i = 0; info != NULL && i < G_N_ELEMENTS (infos); i++)
    gum_detail_add_row (group, _(infos[i].title), gum_json_get_string (info, infos[i].key));
}

GtkWidget *
gum_detail_build_about (GumProduct *product,
                        GumShop    *shop)
{
  GtkWidget *group = gum_detail_new_group (_("About"), NULL);
  g_autofree char *label = gum_detail_dup_string (product, "category-label");
  g_autofree char *category = gum_detail_dup_string (product, "category");
  g_autofree char *tags = gum_product_facts_dup_tags (product);
  g_autofree char *permalink = gum_detail_dup_string (product, "custom-permalink");
  g_autofree char *link = gum_product_facts_dup_link (product);
  g_autofree char *reviews = NULL;

  gum_detail_add_edit_button (group, "product.edit", _("Edit Category, Tags and Permalink"));
  gum_detail_add_row (group, _("Kind"), gum_product_facts_get_kind (product));
  gum_detail_add_row (group, _("Category"), label != NULL ? label : category);
  gum_detail_add_row (group, _("Tags"), tags);
  gum_detail_add_row (group, _("Permalink"), permalink);
  gum_detail_add_row (group, _("Link"), link);
  if (gum_resource_has (GUM_RESOURCE (product), "reviews-count"))
    reviews = gum_facts_dup_number (gum_detail_get_int (product, "reviews-count"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                             gum_detail_new_link (_("Reviews"), reviews, "product.reviews"));
  if (gum_resource_has (GUM_RESOURCE (product), "files"))
    {
      g_autofree char *html = gum_detail_dup_string (product, "custom-html");

      gum_detail_add_row (group, _("Landing Page of Its Own"),
                          html != NULL ? _("Yes") : _("No"));
    }
  add_file_info (group, gum_resource_get_json (GUM_RESOURCE (product)));
  return group;
}

/* What the rest of the page says already, or must not say. */
static const char *said[] = {
  "bundle_products", "category", "category_label", "covers", "currency", "custom_fields",
  "custom_html", "custom_permalink", "custom_receipt", "custom_summary", "customizable_price",
  "description", "file_info", "files", "formatted_price", "max_purchase_count", "name", "price",
  "published", "purchasing_power_parity_prices", "recurrences", "refund_policy", "release_at",
  "require_shipping", "reviews_count", "rich_content", "sales_count", "sales_usd_cents",
  "short_url", "subscription_duration", "tags", "thumbnail_url", "variants",
};

typedef struct
{
  AdwExpanderRow *expander;
  guint           n_rows;
} Rest;

/* An address is shown without what follows its path: that part may be a signature. */
static char *
dup_shown (const char *text)
{
  g_autofree char *uri = gum_facts_dup_http_uri (text);
  const char *cut = uri != NULL ? strpbrk (uri, "?#") : NULL;

  if (cut != NULL)
    return g_strdup_printf ("%.*s…", (int) (cut - uri), uri);
  if (g_utf8_strlen (text, -1) > MAX_VALUE)
    {
      g_autofree char *start = g_utf8_substring (text, 0, MAX_VALUE);

      return g_strconcat (start, "…", NULL);
    }
  return g_strdup (text);
}

static char *
dup_scalar (JsonNode *node)
{
  GType type = json_node_get_value_type (node);

  if (JSON_NODE_HOLDS_NULL (node))
    return g_strdup (_("Not set"));
  if (type == G_TYPE_BOOLEAN)
    return g_strdup (json_node_get_boolean (node) ? _("Yes") : _("No"));
  if (type == G_TYPE_STRING)
    return *json_node_get_string (node) != '\0' ? dup_shown (json_node_get_string (node)) :
           g_strdup (_("Empty"));
  if (type == G_TYPE_INT64)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
  return g_strdup_printf ("%g", json_node_get_double (node));
}

static void add_node (Rest       *rest,
                      const char *name,
                      JsonNode   *node,
                      guint       depth);

static void
add_members (Rest       *rest,
             const char *prefix,
             JsonObject *object,
             guint       depth)
{
  JsonObjectIter iter;
  const char *member;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &member, &node))
    {
      g_autofree char *name = g_strdup_printf ("%s › %s", prefix, member);

      add_node (rest, name, node, depth);
    }
}

static void
add_node (Rest       *rest,
          const char *name,
          JsonNode   *node,
          guint       depth)
{
  g_autofree char *value = NULL;

  if (rest->n_rows >= MAX_ROWS)
    return;

  if (JSON_NODE_HOLDS_OBJECT (node) && depth < MAX_DEPTH &&
      json_object_get_size (json_node_get_object (node)) > 0)
    {
      add_members (rest, name, json_node_get_object (node), depth + 1);
      return;
    }
  if (JSON_NODE_HOLDS_ARRAY (node) && depth < MAX_DEPTH &&
      json_array_get_length (json_node_get_array (node)) > 0)
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        {
          g_autofree char *item = g_strdup_printf ("%s › %u", name, i + 1);

          add_node (rest, item, json_array_get_element (array, i), depth + 1);
        }
      return;
    }

  if (JSON_NODE_HOLDS_OBJECT (node) || JSON_NODE_HOLDS_ARRAY (node))
    value = g_strdup (depth < MAX_DEPTH ? _("Empty") : "…");
  else
    value = dup_scalar (node);
  rest->n_rows++;
  adw_expander_row_add_row (rest->expander, gum_detail_new_row (name, value));
}

static gboolean
is_said (const char *member)
{
  for (guint i = 0; i < G_N_ELEMENTS (said); i++)
    if (g_str_equal (said[i], member))
      return TRUE;
  return FALSE;
}

static guint
count_unsaid (JsonObject *json)
{
  g_autoptr (GList) members = json_object_get_members (json);
  guint count = 0;

  for (GList *at = members; at != NULL; at = at->next)
    count += is_said (at->data) ? 0 : 1;
  return count;
}

static void
expanded_cb (AdwExpanderRow *expander,
             GParamSpec     *pspec,
             GumProduct     *product)
{
  Rest rest = { expander, 0 };
  JsonObjectIter iter;
  const char *member;
  JsonNode *node;

  if (!adw_expander_row_get_expanded (expander))
    return;
  g_signal_handlers_disconnect_by_func (expander, expanded_cb, product);

  json_object_iter_init_ordered (&iter, gum_resource_get_json (GUM_RESOURCE (product)));
  while (json_object_iter_next_ordered (&iter, &member, &node))
    if (!is_said (member))
      add_node (&rest, member, node, 0);
}

GtkWidget *
gum_detail_build_rest (GumProduct *product,
                       GumShop    *shop)
{
  JsonObject *json = gum_resource_get_json (GUM_RESOURCE (product));
  GtkWidget *group;
  GtkWidget *expander;

  if (json == NULL || count_unsaid (json) == 0)
    return NULL;

  group = adw_preferences_group_new ();
  expander = adw_expander_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (expander), _("Everything Else Gumroad Sent"));
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (expander),
                                 _("As it came, without a translation"));
  g_signal_connect_object (expander, "notify::expanded", G_CALLBACK (expanded_cb), product, 0);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), expander);
  return group;
}

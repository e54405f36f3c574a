/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a product costs: price, recurrences, prices by purchasing power, and its versions or tiers.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-detail-rows.h"
#include "gum-json.h"
#include "gum-money.h"
#include "gum-product-facts.h"

#include <glib/gi18n.h>

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

/* Some 250 rows: made only when somebody asks to see them. */
static void
expanded_cb (AdwExpanderRow *expander,
             GParamSpec     *pspec,
             GumProduct     *product)
{
  JsonObject *json = gum_resource_get_json (GUM_RESOURCE (product));
  JsonObject *prices = gum_json_get_object (json, "purchasing_power_parity_prices");
  const char *currency = gum_product_get_currency (product);
  g_autoptr (GPtrArray) countries = g_ptr_array_new ();
  JsonObjectIter iter;
  const char *country;

  if (!adw_expander_row_get_expanded (expander) || prices == NULL)
    return;
  g_signal_handlers_disconnect_by_func (expander, expanded_cb, product);

  json_object_iter_init (&iter, prices);
  while (json_object_iter_next (&iter, &country, NULL))
    g_ptr_array_add (countries, (gpointer) country);
  g_ptr_array_sort (countries, compare_names);
  for (guint i = 0; i < countries->len; i++)
    {
      g_autofree char *price = NULL;
      gint64 amount;

      country = g_ptr_array_index (countries, i);
      if (!gum_json_get_int (prices, country, &amount))
        continue;
      price = gum_money_format (amount, currency);
      adw_expander_row_add_row (expander, gum_detail_new_row (country, price));
    }
}

static GtkWidget *
make_parity (GumProduct *product)
{
  JsonObject *json = gum_resource_get_json (GUM_RESOURCE (product));
  JsonObject *prices = gum_json_get_object (json, "purchasing_power_parity_prices");
  guint count = prices != NULL ? json_object_get_size (prices) : 0;
  g_autofree char *subtitle = NULL;
  GtkWidget *expander;

  if (count == 0)
    return NULL;
  expander = adw_expander_row_new ();
  subtitle = g_strdup_printf (ngettext ("In %u country", "In %u countries", count), count);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (expander), _("Prices by Purchasing Power"));
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (expander), subtitle);
  g_signal_connect_object (expander, "notify::expanded", G_CALLBACK (expanded_cb), product, 0);
  return expander;
}

static char *
dup_recurrences (GumProduct *product)
{
  g_auto (GStrv) recurrences = NULL;
  g_autoptr (GPtrArray) words = g_ptr_array_new ();

  g_object_get (product, "recurrences", &recurrences, NULL);
  for (guint i = 0; recurrences != NULL && recurrences[i] != NULL; i++)
    g_ptr_array_add (words, (gpointer) gum_facts_get_recurrence (recurrences[i]));
  g_ptr_array_add (words, NULL);
  return g_strjoinv (", ", (char **) words->pdata);
}

GtkWidget *
gum_detail_build_price (GumProduct *product,
                        GumShop    *shop)
{
  GtkWidget *group = gum_detail_new_group (_("Price"), NULL);
  g_autofree char *price = gum_product_facts_dup_price (product);
  g_autofree char *duration = gum_detail_dup_string (product, "subscription-duration");
  g_autofree char *recurrences = dup_recurrences (product);
  const char *currency = gum_product_get_currency (product);
  g_autofree char *code = currency != NULL ? g_ascii_strup (currency, -1) : NULL;
  GtkWidget *parity = make_parity (product);

  gum_detail_add_row (group, _("Price"), price);
  gum_detail_add_row (group, _("Currency"), code);
  if (gum_resource_has (GUM_RESOURCE (product), "customizable-price"))
    gum_detail_add_row (group, _("Buyers May Pay More"),
                        gum_detail_get_boolean (product, "customizable-price") ? _("Yes") :
                        _("No"));
  if (duration != NULL)
    gum_detail_add_row (group, _("Charged"), gum_facts_get_recurrence (duration));
  if (g_strcmp0 (recurrences, gum_facts_get_recurrence (duration)) != 0)
    gum_detail_add_row (group, _("Can Be Charged"), recurrences);
  if (parity != NULL)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), parity);
  gum_detail_add_edit_button (group, "product.edit", _("Edit Price"));
  return group;
}

static char *
dup_recurrence_prices (GumVariantOption *option,
                       const char       *currency)
{
  static const char *order[] = {
    "monthly", "quarterly", "biannually", "yearly", "every_two_years",
  };
  JsonObject *json = gum_resource_get_json (GUM_RESOURCE (option));
  JsonObject *prices = gum_json_get_object (json, "recurrence_prices");
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; prices != NULL && i < G_N_ELEMENTS (order); i++)
    {
      JsonObject *price = gum_json_get_object (prices, order[i]);
      g_autofree char *formatted = NULL;
      gint64 cents;

      if (price == NULL || !gum_json_get_int (price, "price_cents", &cents))
        continue;
      formatted = gum_money_format (cents, currency);
      g_string_append_printf (text, "%s%s: %s", text->len > 0 ? "\n" : "",
                              gum_facts_get_recurrence (order[i]), formatted);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static GtkWidget *
make_option (GumVariantOption *option,
             const char       *currency)
{
  g_autofree char *name = gum_detail_dup_string (option, "name");
  g_autofree char *prices = dup_recurrence_prices (option, currency);
  g_autofree char *difference = NULL;
  gint64 amount = gum_detail_get_int (option, "price-difference");
  gboolean open_price = gum_detail_get_boolean (option, "is-pay-what-you-want");
  const char *title = name != NULL ? name : _("Untitled");
  GtkWidget *row;

  if (*prices != '\0')
    row = gum_detail_new_row (title, NULL);
  else
    {
      difference = amount != 0 ? gum_facts_dup_difference (amount, currency) : NULL;
      row = gum_detail_new_row (title, difference != NULL ? difference : _("Same price"));
    }
  if (*prices != '\0' && open_price)
    {
      g_autofree char *both = g_strjoin ("\n", prices, _("Buyers may pay more"), NULL);

      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), both);
    }
  else if (*prices != '\0')
    {
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), prices);
    }
  else if (open_price)
    {
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("Buyers may pay more"));
    }
  return row;
}

static GtkWidget *
make_options (GListModel *options,
              const char *title,
              const char *currency)
{
  guint count = options != NULL ? g_list_model_get_n_items (options) : 0;
  GtkWidget *group;

  if (count == 0)
    return NULL;
  group = gum_detail_new_group (title, NULL);
  for (guint i = 0; i < count; i++)
    {
      g_autoptr (GumVariantOption) option = g_list_model_get_item (options, i);

      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), make_option (option, currency));
    }
  return group;
}

GtkWidget *
gum_detail_build_versions (GumProduct *product,
                           GumShop    *shop)
{
  g_autoptr (GListModel) groups = gum_detail_dup_list (product, "variants");
  const char *currency = gum_product_get_currency (product);
  GumProductKind kind = gum_product_get_kind (product);
  gboolean is_membership = kind == GUM_PRODUCT_KIND_MEMBERSHIP;
  const char *fallback = is_membership ? _("Tiers") : _("Versions");
  guint count = groups != NULL ? g_list_model_get_n_items (groups) : 0;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  GtkWidget *first = NULL;

  for (guint i = 0; i < count; i++)
    {
      g_autoptr (GumVariantGroup) variant = g_list_model_get_item (groups, i);
      g_autoptr (GListModel) options = gum_detail_dup_list (variant, "options");
      g_autofree char *title = gum_detail_dup_string (variant, "title");
      GtkWidget *group = make_options (options, title != NULL ? title : fallback, currency);

      if (group == NULL)
        continue;
      if (first == NULL)
        first = group;
      gtk_box_append (GTK_BOX (box), group);
    }

  /* A bundle has those of the products in it. */
  if (first == NULL && kind != GUM_PRODUCT_KIND_BUNDLE)
    {
      first = gum_detail_new_group (fallback, NULL);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (first),
                                 gum_detail_new_nothing (_("The same for everybody")));
      gtk_box_append (GTK_BOX (box), first);
    }
  if (first != NULL)
    gum_detail_add_edit_button (first, "product.edit-versions",
                                is_membership ? _("Edit Tiers") : _("Edit Versions"));
  if (first != NULL && (count > 1 || kind == GUM_PRODUCT_KIND_PHYSICAL))
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (first),
                               gum_detail_new_link (_("SKUs"), NULL, "product.skus"));
  return gum_detail_finish_group (box, first != NULL);
}

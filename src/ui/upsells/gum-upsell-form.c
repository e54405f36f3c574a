/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A new cross-sell, or what can be changed of an upsell.
 *
 * Everything is sent each time: Gumroad clears versions, pairs and selected products that are not sent when
 * the product or the kind is another one. Versions that were chosen at Gumroad go along as they are, as
 * long as the product stays.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-upsell-form.h"

#include "gum-code-fields.h"
#include "gum-money.h"
#include "gum-offer-code.h"
#include "gum-product-choice.h"
#include "gum-version-choice.h"
#include "gum-upsell-facts.h"

#include <glib/gi18n.h>
#include <string.h>

typedef enum {
  TAKES_NOTHING,
  TAKES_PERCENT,
  TAKES_AMOUNT,
} Takes;

struct _GumUpsellForm
{
  GumFormWindow     parent_instance;

  /* owned */
  GumRecords       *records;
  GumRecord        *record;        /* NULL: a new one */
  GPtrArray        *product_ids;   /* of char*: with which it is offered */

  /* children */
  GtkWidget        *name;
  GtkWidget        *text;
  GtkWidget        *description;
  GumProductChoice *offered;
  GumVersionChoice *version;      /* NULL: an upgrade, which has pairs */
  AdwComboRow      *takes;
  GtkWidget        *amount;
  GtkSwitch        *universal;
  GtkSwitch        *replace;
  GtkSwitch        *paused;
  GtkWidget        *products;      /* a group */
  GumProductChoice *more;

  gint64            amount_value;
};

G_DEFINE_FINAL_TYPE (GumUpsellForm, gum_upsell_form, GUM_TYPE_FORM_WINDOW)

static GumUpsell *
get_upsell (GumUpsellForm *self)
{
  return self->record != NULL ? gum_record_get_resource (self->record) : NULL;
}

static gboolean
is_cross_sell (GumUpsellForm *self)
{
  return self->record == NULL || gum_upsell_is_cross_sell (get_upsell (self));
}

static const char *
get_text (GtkWidget *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static const char *
get_offered_id (GumUpsellForm *self)
{
  GumProduct *product = gum_product_choice_get_product (self->offered);

  if (product != NULL)
    return gum_resource_get_id (GUM_RESOURCE (product));
  if (self->record != NULL && gum_upsell_get_product (get_upsell (self)) != NULL)
    return gum_resource_get_id (GUM_RESOURCE (gum_upsell_get_product (get_upsell (self))));

  return NULL;
}

/* The version that is offered now. */
static const char *
get_variant_id (GumUpsellForm *self)
{
  GumUpsellProduct *product = self->record != NULL ? gum_upsell_get_product (get_upsell (self)) : NULL;
  GumReference *variant = product != NULL ? gum_upsell_product_get_variant (product) : NULL;

  return variant != NULL ? gum_resource_get_id (GUM_RESOURCE (variant)) : NULL;
}

/* --- checking --------------------------------------------------------------------------------- */

static const char *
check_amount (GumUpsellForm *self)
{
  GumProduct *product = gum_product_choice_get_product (self->offered);
  const char *currency = product != NULL ? gum_product_get_currency (product) : NULL;
  Takes takes = adw_combo_row_get_selected (self->takes);

  if (takes == TAKES_NOTHING)
    return NULL;
  if (takes == TAKES_PERCENT)
    {
      if (!gum_code_fields_parse_count (get_text (self->amount), FALSE, &self->amount_value) ||
          self->amount_value > 100)
        return _("Enter a whole number from 1 to 100.");
    }
  else
    {
      const char *problem = gum_form_get_money_problem (get_text (self->amount), currency, FALSE,
                                                        &self->amount_value);

      if (problem != NULL)
        return problem;
    }
  if (product != NULL && gum_product_get_price (product) > 0 &&
      !gum_offer_code_price_is_valid (gum_product_get_price (product), currency,
                                      takes == TAKES_PERCENT, self->amount_value))
    return _("What is left to pay must be nothing, or at least the least price that Gumroad takes in "
             "this currency.");

  return NULL;
}

static gboolean
offers_itself (GumUpsellForm *self)
{
  const char *id = get_offered_id (self);

  return id != NULL && is_cross_sell (self) &&
         g_ptr_array_find_with_equal_func (self->product_ids, id, g_str_equal, NULL);
}

static void
check (GumUpsellForm *self)
{
  gboolean universal = gtk_switch_get_active (self->universal);
  const char *amount = check_amount (self);
  const char *problem = amount;
  gboolean complete = get_offered_id (self) != NULL && *get_text (self->text) != '\0';

  if (problem == NULL && offers_itself (self) && !universal)
    problem = _("A product cannot be offered with itself.");
  if (is_cross_sell (self) && !universal && self->product_ids->len == 0)
    complete = FALSE;
  gum_form_set_problem (self->amount, amount);
  gtk_widget_set_visible (self->amount, adw_combo_row_get_selected (self->takes) != TAKES_NOTHING);
  gtk_widget_set_visible (self->products, is_cross_sell (self) && !universal);
  gum_form_window_set_message (GUM_FORM_WINDOW (self), problem, TRUE);
  gum_form_window_set_ready (GUM_FORM_WINDOW (self), complete && problem == NULL);
}

/* --- sending ---------------------------------------------------------------------------------- */

static JsonArray *
list_pairs (GumUpsell *upsell)
{
  JsonArray *array = json_array_new ();
  GListModel *pairs = upsell != NULL ? gum_upsell_get_pairs (upsell) : NULL;

  for (guint i = 0; pairs != NULL && i < g_list_model_get_n_items (pairs); i++)
    {
      g_autoptr (GumUpsellPair) pair = g_list_model_get_item (pairs, i);
      GumReference *selected = gum_upsell_pair_get_selected (pair);
      GumReference *offered = gum_upsell_pair_get_offered (pair);
      JsonObject *object;

      if (selected == NULL || offered == NULL)
        continue;
      object = json_object_new ();
      json_object_set_string_member (object, "selected_variant_id",
                                     gum_resource_get_id (GUM_RESOURCE (selected)));
      json_object_set_string_member (object, "offered_variant_id",
                                     gum_resource_get_id (GUM_RESOURCE (offered)));
      json_array_add_object_element (array, object);
    }

  return array;
}

/* The pairs are those of the product. */
/* Whether what is offered is what was offered before. */
static gboolean
is_same_product (GumUpsellForm *self)
{
  GumUpsell *upsell = get_upsell (self);
  GumUpsellProduct *product = upsell != NULL ? gum_upsell_get_product (upsell) : NULL;

  return product != NULL &&
         g_strcmp0 (gum_resource_get_id (GUM_RESOURCE (product)), get_offered_id (self)) == 0;
}

static void
add_versions (GumUpsellForm *self,
              JsonObject    *body)
{
  gboolean same = is_same_product (self);
  const char *variant_id = self->version != NULL ? gum_version_choice_get_id (self->version)
                                                 : same ? get_variant_id (self) : NULL;

  if (variant_id != NULL)
    json_object_set_string_member (body, "variant_id", variant_id);
  else
    json_object_set_null_member (body, "variant_id");
  json_object_set_array_member (body, "upsell_variants", list_pairs (same ? get_upsell (self) : NULL));
}

static void
add_discount (GumUpsellForm *self,
              JsonObject    *body)
{
  Takes takes = adw_combo_row_get_selected (self->takes);
  JsonObject *code;

  if (takes == TAKES_NOTHING)
    {
      json_object_set_null_member (body, "offer_code");
      return;
    }
  code = json_object_new ();
  json_object_set_int_member (code, takes == TAKES_PERCENT ? "amount_percentage" : "amount_cents",
                              self->amount_value);
  json_object_set_object_member (body, "offer_code", code);
}

static JsonObject *
create_body (GumUpsellForm *self)
{
  JsonObject *body = json_object_new ();
  JsonArray *products = json_array_new ();
  gboolean universal = gtk_switch_get_active (self->universal);

  for (guint i = 0; i < self->product_ids->len && !universal; i++)
    json_array_add_string_element (products, g_ptr_array_index (self->product_ids, i));
  json_object_set_string_member (body, "name", get_text (self->name));
  json_object_set_string_member (body, "text", get_text (self->text));
  json_object_set_string_member (body, "description", get_text (self->description));
  json_object_set_boolean_member (body, "cross_sell", is_cross_sell (self));
  json_object_set_string_member (body, "product_id", get_offered_id (self));
  json_object_set_boolean_member (body, "universal", universal);
  json_object_set_boolean_member (body, "replace_selected_products",
                                  gtk_switch_get_active (self->replace));
  json_object_set_boolean_member (body, "paused", gtk_switch_get_active (self->paused));
  json_object_set_array_member (body, "product_ids", products);
  add_versions (self, body);
  add_discount (self, body);

  return body;
}

static void
gum_upsell_form_apply (GumFormWindow *form)
{
  GumUpsellForm *self = GUM_UPSELL_FORM (form);
  g_autoptr (JsonObject) body = create_body (self);
  const char *name = get_text (self->name);
  const char *label = *name != '\0' ? name : get_text (self->text);
  g_autoptr (GumWrite) write = NULL;

  if (self->record != NULL)
    write = gum_records_new_update (self->records, self->record, label, body);
  else
    write = gum_records_new_create (self->records, NULL, label, body);
  gum_form_window_send (form, self->records, write,
                        self->record != NULL ? _("The upsell was changed")
                                             : _("The cross-sell was created"));
}

/* --- the products with which it is offered ---------------------------------------------------- */

static void
remove_cb (GumUpsellForm *self,
           GtkWidget     *button)
{
  GtkWidget *row = gtk_widget_get_ancestor (button, ADW_TYPE_ACTION_ROW);
  guint position;

  if (g_ptr_array_find_with_equal_func (self->product_ids,
                                        g_object_get_data (G_OBJECT (row), "id"), g_str_equal,
                                        &position))
    g_ptr_array_remove_index (self->product_ids, position);
  adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self->products), row);
  check (self);
}

void
gum_upsell_form_add_product (GumUpsellForm *self,
                             const char    *id,
                             const char    *name)
{
  GtkWidget *row, *button;
  g_autofree char *label = NULL;

  g_return_if_fail (GUM_IS_UPSELL_FORM (self));
  g_return_if_fail (id != NULL);

  if (g_ptr_array_find_with_equal_func (self->product_ids, id, g_str_equal, NULL))
    return;
  g_ptr_array_add (self->product_ids, g_strdup (id));

  row = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name != NULL ? name : "");
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  g_object_set_data_full (G_OBJECT (row), "id", g_strdup (id), g_free);
  button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _("Remove"));
  /* Translators: %s is a product */
  label = g_strdup_printf (_("Remove %s"), name != NULL ? name : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->products), row);
  check (self);
}

static void
more_cb (GumUpsellForm *self,
         GumProduct    *product)
{
  gum_upsell_form_add_product (self, gum_resource_get_id (GUM_RESOURCE (product)),
                               gum_product_get_name (product));
  gum_product_choice_set_product (self->more, NULL);
}

/* Another product has other versions. */
static void
offered_cb (GumUpsellForm *self)
{
  if (self->version != NULL)
    gum_version_choice_set_product (self->version, get_offered_id (self),
                                    is_same_product (self) ? get_variant_id (self) : NULL);
  check (self);
}

void
gum_upsell_form_set_offered (GumUpsellForm *self,
                             GumProduct    *product)
{
  g_return_if_fail (GUM_IS_UPSELL_FORM (self));

  gum_product_choice_set_product (self->offered, product);
  offered_cb (self);
}

/* --- GObject ---------------------------------------------------------------------------------- */

static void
gum_upsell_form_dispose (GObject *object)
{
  GumUpsellForm *self = GUM_UPSELL_FORM (object);

  g_clear_object (&self->records);
  g_clear_object (&self->record);

  G_OBJECT_CLASS (gum_upsell_form_parent_class)->dispose (object);
}

static void
gum_upsell_form_finalize (GObject *object)
{
  g_ptr_array_unref (GUM_UPSELL_FORM (object)->product_ids);

  G_OBJECT_CLASS (gum_upsell_form_parent_class)->finalize (object);
}

static void
gum_upsell_form_class_init (GumUpsellFormClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gum_upsell_form_dispose;
  G_OBJECT_CLASS (klass)->finalize = gum_upsell_form_finalize;
  GUM_FORM_WINDOW_CLASS (klass)->apply = gum_upsell_form_apply;
}

static void
gum_upsell_form_init (GumUpsellForm *self)
{
  self->product_ids = g_ptr_array_new_with_free_func (g_free);
}

static GtkWidget *
add_group (GumUpsellForm *self,
           const char    *title)
{
  GtkWidget *group = adw_preferences_group_new ();
  /* A title is markup. */
  g_autofree char *escaped = title != NULL ? g_markup_escape_text (title, -1) : NULL;

  if (escaped != NULL)
    adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), escaped);
  gum_form_window_add (GUM_FORM_WINDOW (self), group);

  return group;
}

static GtkWidget *
add_entry (GumUpsellForm *self,
           GtkWidget     *group,
           const char    *title,
           const char    *text)
{
  GtkWidget *row = gum_form_new_entry (title, text);

  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  g_signal_connect_object (row, "changed", G_CALLBACK (check), self, G_CONNECT_SWAPPED);

  return row;
}

static GtkSwitch *
add_switch (GumUpsellForm *self,
            GtkWidget     *group,
            const char    *title,
            gboolean       active)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_switch_new ();

  gtk_switch_set_active (GTK_SWITCH (button), active);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  g_signal_connect_object (button, "notify::active", G_CALLBACK (check), self, G_CONNECT_SWAPPED);

  return GTK_SWITCH (button);
}

static void
add_offer (GumUpsellForm *self,
           GumStore      *store)
{
  const char * const kinds[] = { _("Nothing"), _("A share of the price"), _("A fixed amount"), NULL };
  g_autoptr (GtkStringList) model = gtk_string_list_new (kinds);
  GumUpsell *upsell = get_upsell (self);
  GumUpsellDiscount *discount = upsell != NULL ? gum_upsell_get_discount (upsell) : NULL;
  g_autoptr (GumProduct) product = get_offered_id (self) != NULL
                                   ? gum_store_dup_product (store, get_offered_id (self)) : NULL;
  GtkWidget *group = add_group (self, _("The Offer"));
  g_autofree char *amount = NULL;
  Takes takes = TAKES_NOTHING;

  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->offered));
  gum_product_choice_set_product (self->offered, product);
  gtk_widget_set_sensitive (GTK_WIDGET (self->offered), is_cross_sell (self));
  if (is_cross_sell (self))
    {
      self->version = GUM_VERSION_CHOICE (gum_version_choice_new (store, _("Version Offered")));
      gum_version_choice_set_product (self->version, get_offered_id (self), get_variant_id (self));
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->version));
    }
  if (discount != NULL)
    {
      takes = gum_upsell_discount_is_percent (discount) ? TAKES_PERCENT : TAKES_AMOUNT;
      amount = takes == TAKES_PERCENT
               ? g_strdup_printf ("%" G_GINT64_FORMAT, gum_upsell_discount_get_amount (discount))
               : gum_money_format_plain (gum_upsell_discount_get_amount (discount),
                                         gum_upsell_product_get_currency (
                                           gum_upsell_get_product (upsell)));
    }
  self->takes = ADW_COMBO_ROW (adw_combo_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->takes), _("Takes Off"));
  adw_combo_row_set_model (self->takes, G_LIST_MODEL (model));
  adw_combo_row_set_selected (self->takes, takes);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->takes));
  g_signal_connect_object (self->takes, "notify::selected", G_CALLBACK (check), self,
                           G_CONNECT_SWAPPED);
  self->amount = add_entry (self, group, _("Discount"), amount);
}

static void
add_selected (GumUpsellForm *self,
              GumStore      *store)
{
  GumUpsell *upsell = get_upsell (self);
  GListModel *products = upsell != NULL ? gum_upsell_get_selected_products (upsell) : NULL;

  gum_form_window_add (GUM_FORM_WINDOW (self), self->products);
  self->more = GUM_PRODUCT_CHOICE (gum_product_choice_new (store, _("Add a Product")));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->products), GTK_WIDGET (self->more));
  g_signal_connect_object (self->more, "picked", G_CALLBACK (more_cb), self, G_CONNECT_SWAPPED);
  for (guint i = 0; products != NULL && i < g_list_model_get_n_items (products); i++)
    {
      g_autoptr (GumReference) product = g_list_model_get_item (products, i);

      if (gum_resource_get_id (GUM_RESOURCE (product)) != NULL)
        gum_upsell_form_add_product (self, gum_resource_get_id (GUM_RESOURCE (product)),
                                     gum_reference_get_name (product));
    }
}

GtkWidget *
gum_upsell_form_new (GumStore  *store,
                     GumRecord *record)
{
  GumUpsellForm *self = g_object_new (GUM_TYPE_UPSELL_FORM, NULL);
  GumUpsell *upsell;
  GtkWidget *group, *switches;

  self->records = g_object_ref (gum_store_get_records (store, GUM_RECORD_UPSELL));
  g_set_object (&self->record, record);
  upsell = get_upsell (self);
  gum_form_window_set_texts (GUM_FORM_WINDOW (self),
                             record == NULL ? _("New Cross-Sell") :
                             is_cross_sell (self) ? _("Edit Cross-Sell") : _("Edit Upgrade"),
                             record == NULL ? _("C_reate") : _("_Save"));

  self->offered = GUM_PRODUCT_CHOICE (gum_product_choice_new (store, _("Product Offered")));
  self->products = adw_preferences_group_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->products), _("Offered With"));
  switches = adw_preferences_group_new ();
  self->universal = add_switch (self, switches, _("Offer With Every Product"),
                                upsell != NULL && gum_upsell_is_universal (upsell));
  self->replace = add_switch (self, switches, _("Takes the Place of What Was Selected"),
                              upsell != NULL && gum_upsell_is_replacing (upsell));
  self->paused = add_switch (self, switches, _("Paused"),
                             upsell != NULL && gum_upsell_is_paused (upsell));

  group = add_group (self, NULL);
  self->name = gum_form_new_entry (_("Name, for you alone"),
                                          upsell != NULL ? gum_upsell_get_name (upsell) : NULL);
  self->text = gum_form_new_entry (_("Headline"),
                                          upsell != NULL ? gum_upsell_get_text (upsell) : NULL);
  self->description = gum_form_new_entry (_("Description"), upsell != NULL ?
                                                 gum_upsell_get_description (upsell) : NULL);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->name);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->text);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->description);
  add_offer (self, store);
  gum_form_window_add (GUM_FORM_WINDOW (self), switches);
  add_selected (self, store);

  g_signal_connect_object (self->text, "changed", G_CALLBACK (check), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->offered, "picked", G_CALLBACK (offered_cb), self, G_CONNECT_SWAPPED);
  check (self);

  return GTK_WIDGET (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A new upsell, or what can be changed of one: another product that is offered with those that were selected
 * (a cross-sell), or another version of the selected one (an upgrade).
 *
 * Lists and the discount are sent when they were changed, and when the product is another one: Gumroad clears
 * lists then that are not sent. One that could not be read whole stays as it is, and so does the product that it belongs to.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-upsell-form.h"

#include "gum-code-fields.h"
#include "gum-money.h"
#include "gum-offer-code.h"
#include "gum-product-choice.h"
#include "gum-upsell-pairs.h"
#include "gum-upsell-products.h"
#include "gum-version-choice.h"

#include <glib/gi18n.h>
#include <string.h>

typedef enum {
  TAKES_NOTHING,
  TAKES_PERCENT,
  TAKES_AMOUNT,
} Takes;

typedef enum {
  KIND_CROSS_SELL,
  KIND_UPGRADE,
} Kind;

struct _GumUpsellForm
{
  GumFormWindow      parent_instance;

  /* owned */
  GumRecords        *records;
  GumRecord         *record;        /* NULL: a new one */

  /* children */
  AdwComboRow       *kind;          /* NULL: it stays what it is */
  GtkWidget         *name;
  GtkWidget         *text;
  GtkWidget         *description;
  GumProductChoice  *offered;
  GumVersionChoice  *version;       /* of a cross-sell */
  GumUpsellProducts *products;      /* of a cross-sell */
  GumUpsellPairs    *pairs;         /* of an upgrade */
  AdwComboRow       *takes;
  GtkWidget         *amount;
  GtkSwitch         *universal;
  GtkSwitch         *replace;
  GtkSwitch         *paused;

  gint64             amount_value;
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
  if (self->record != NULL)
    return gum_upsell_is_cross_sell (get_upsell (self));

  return adw_combo_row_get_selected (self->kind) == KIND_CROSS_SELL;
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

/* What is asked of cross-sells alone may have been answered before the kind was chosen. */
static gboolean
is_on (GumUpsellForm *self,
       GtkSwitch     *button)
{
  return gtk_switch_get_active (button) && (self->record != NULL || is_cross_sell (self));
}

static void
show_row (gpointer child,
          gboolean visible)
{
  gtk_widget_set_visible (gtk_widget_get_ancestor (child, ADW_TYPE_PREFERENCES_ROW), visible);
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
         gum_upsell_products_include (self->products, id);
}

/* Gumroad takes one upgrade a product. */
static gboolean
has_upgrade_already (GumUpsellForm *self)
{
  const char *id = get_offered_id (self);
  const char *own = self->record != NULL ? gum_record_get_id (self->record) : NULL;

  for (guint i = 0; id != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (self->records)); i++)
    {
      g_autoptr (GumRecord) record = g_list_model_get_item (G_LIST_MODEL (self->records), i);
      GumUpsell *upsell = gum_record_get_resource (record);
      GumUpsellProduct *product = gum_upsell_get_product (upsell);

      if (g_strcmp0 (gum_record_get_id (record), own) != 0 && !gum_upsell_is_cross_sell (upsell) && product != NULL &&
          g_strcmp0 (gum_resource_get_id (GUM_RESOURCE (product)), id) == 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_complete (GumUpsellForm *self)
{
  const char *former_name = self->record != NULL ? gum_upsell_get_name (get_upsell (self)) : NULL;
  gboolean was_named = self->record == NULL || (former_name != NULL && *former_name != '\0');

  if (get_offered_id (self) == NULL || *get_text (self->text) == '\0' ||
      (was_named && *get_text (self->name) == '\0'))
    return FALSE;
  if (!is_cross_sell (self))
    return gum_upsell_pairs_are_valid (self->pairs);

  return gtk_switch_get_active (self->universal) || gum_upsell_products_are_any (self->products) ||
         gum_upsell_products_are_fixed (self->products);
}

static void
check (GumUpsellForm *self)
{
  gboolean universal = gtk_switch_get_active (self->universal);
  gboolean cross_sell = is_cross_sell (self);
  const char *amount = check_amount (self);
  const char *problem = amount;

  if (problem == NULL && offers_itself (self) && !universal)
    problem = _("A product cannot be offered with itself.");
  if (problem == NULL && !cross_sell && has_upgrade_already (self))
    problem = _("This product has an upgrade already. Gumroad takes one a product.");
  gum_form_set_problem (self->amount, amount);
  gtk_widget_set_visible (self->amount, adw_combo_row_get_selected (self->takes) != TAKES_NOTHING);
  gtk_widget_set_visible (GTK_WIDGET (self->version), cross_sell);
  gtk_widget_set_visible (GTK_WIDGET (self->pairs), !cross_sell && get_offered_id (self) != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->products), cross_sell && !universal);
  show_row (self->universal, cross_sell);
  show_row (self->replace, cross_sell);
  gum_form_window_set_message (GUM_FORM_WINDOW (self), problem, TRUE);
  gum_form_window_set_ready (GUM_FORM_WINDOW (self), is_complete (self) && problem == NULL);
}

/* --- sending ---------------------------------------------------------------------------------- */

/* Whether what is offered is what was offered before. */
static gboolean
is_same_product (GumUpsellForm *self)
{
  GumUpsell *upsell = get_upsell (self);
  GumUpsellProduct *product = upsell != NULL ? gum_upsell_get_product (upsell) : NULL;

  return product != NULL &&
         g_strcmp0 (gum_resource_get_id (GUM_RESOURCE (product)), get_offered_id (self)) == 0;
}

/* What is offered with every product names none. */
static void
add_products (GumUpsellForm *self,
              JsonObject    *body)
{
  gboolean universal = is_on (self, self->universal);
  gboolean was_universal = self->record != NULL && gum_upsell_is_universal (get_upsell (self));
  JsonArray *products;

  if (is_same_product (self) && universal == was_universal &&
      (universal || !gum_upsell_products_are_changed (self->products)))
    return;
  if (gum_upsell_products_are_fixed (self->products))
    return;
  products = is_cross_sell (self) && !universal ? gum_upsell_products_dup_list (self->products)
                                                : json_array_new ();
  json_object_set_array_member (body, "product_ids", products);
}

static void
add_versions (GumUpsellForm *self,
              JsonObject    *body)
{
  const char *variant_id = is_cross_sell (self) ? gum_version_choice_get_id (self->version)
                                                : get_variant_id (self);

  if (variant_id != NULL)
    json_object_set_string_member (body, "variant_id", variant_id);
  else
    json_object_set_null_member (body, "variant_id");
  if (!is_cross_sell (self) && gum_upsell_pairs_are_changed (self->pairs))
    json_object_set_array_member (body, "upsell_variants", gum_upsell_pairs_dup_list (self->pairs));
}

static Takes
get_former_takes (GumUpsellForm *self)
{
  GumUpsellDiscount *discount = self->record != NULL ? gum_upsell_get_discount (get_upsell (self)) : NULL;

  if (discount == NULL)
    return TAKES_NOTHING;

  return gum_upsell_discount_is_percent (discount) ? TAKES_PERCENT : TAKES_AMOUNT;
}

static gboolean
is_same_discount (GumUpsellForm *self)
{
  Takes takes = adw_combo_row_get_selected (self->takes);

  return takes == get_former_takes (self) &&
         (takes == TAKES_NOTHING ||
          self->amount_value == gum_upsell_discount_get_amount (gum_upsell_get_discount (get_upsell (self))));
}

/* One that was made at Gumroad may say more than how much: it is left alone unless it is changed. */
static void
add_discount (GumUpsellForm *self,
              JsonObject    *body)
{
  Takes takes = adw_combo_row_get_selected (self->takes);
  JsonObject *code;

  if (is_same_product (self) && is_same_discount (self))
    return;
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

  json_object_set_string_member (body, "name", get_text (self->name));
  json_object_set_string_member (body, "text", get_text (self->text));
  json_object_set_string_member (body, "description", get_text (self->description));
  json_object_set_boolean_member (body, "cross_sell", is_cross_sell (self));
  json_object_set_string_member (body, "product_id", get_offered_id (self));
  json_object_set_boolean_member (body, "universal", is_on (self, self->universal));
  json_object_set_boolean_member (body, "replace_selected_products",
                                  is_on (self, self->replace));
  json_object_set_boolean_member (body, "paused", gtk_switch_get_active (self->paused));
  add_products (self, body);
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
                                             : _("The upsell was created"));
}

void
gum_upsell_form_add_product (GumUpsellForm *self,
                             const char    *id,
                             const char    *name)
{
  g_return_if_fail (GUM_IS_UPSELL_FORM (self));

  gum_upsell_products_add (self->products, id, name);
}

/* Another product has other versions. */
static void
offered_cb (GumUpsellForm *self)
{
  if (is_cross_sell (self))
    gum_version_choice_set_product (self->version, get_offered_id (self),
                                    is_same_product (self) ? get_variant_id (self) : NULL);
  else
    gum_upsell_pairs_show (self->pairs, get_offered_id (self),
                           is_same_product (self) ? get_upsell (self) : NULL);
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
gum_upsell_form_class_init (GumUpsellFormClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gum_upsell_form_dispose;
  GUM_FORM_WINDOW_CLASS (klass)->apply = gum_upsell_form_apply;
}

static void
gum_upsell_form_init (GumUpsellForm *self)
{
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

static AdwComboRow *
add_combo (GumUpsellForm       *self,
           GtkWidget           *group,
           const char          *title,
           const char * const  *words,
           guint                selected)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) model = gtk_string_list_new (words);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (model));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), selected);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (check), self, G_CONNECT_SWAPPED);

  return ADW_COMBO_ROW (row);
}

static void
add_offer (GumUpsellForm *self,
           GumStore      *store)
{
  const char * const kinds[] = { _("Another product"), _("Another version"), NULL };
  const char * const discounts[] = { _("Nothing"), _("A share of the price"), _("A fixed amount"), NULL };
  GumUpsell *upsell = get_upsell (self);
  Takes takes = get_former_takes (self);
  g_autoptr (GumProduct) product = get_offered_id (self) != NULL
                                   ? gum_store_dup_product (store, get_offered_id (self)) : NULL;
  GtkWidget *group = add_group (self, _("The Offer"));
  g_autofree char *amount = NULL;

  if (self->record == NULL)
    self->kind = add_combo (self, group, _("Offers"), kinds, KIND_CROSS_SELL);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->offered));
  gum_product_choice_set_product (self->offered, product);
  gtk_widget_set_sensitive (GTK_WIDGET (self->offered),
                            self->record == NULL ||
                            (is_cross_sell (self) && gum_upsell_has_all_products (upsell)));
  self->version = GUM_VERSION_CHOICE (gum_version_choice_new (store, _("Version Offered")));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->version));
  if (takes == TAKES_PERCENT)
    amount = g_strdup_printf ("%" G_GINT64_FORMAT,
                              gum_upsell_discount_get_amount (gum_upsell_get_discount (upsell)));
  else if (takes == TAKES_AMOUNT)
    amount = gum_money_format_plain (gum_upsell_discount_get_amount (gum_upsell_get_discount (upsell)),
                                     gum_upsell_product_get_currency (gum_upsell_get_product (upsell)));
  self->takes = add_combo (self, group, _("Takes Off"), discounts, takes);
  self->amount = add_entry (self, group, _("Discount"), amount);

  self->pairs = GUM_UPSELL_PAIRS (gum_upsell_pairs_new (store));
  gum_form_window_add (GUM_FORM_WINDOW (self), GTK_WIDGET (self->pairs));
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
                             record == NULL ? _("New Upsell") :
                             is_cross_sell (self) ? _("Edit Cross-Sell") : _("Edit Upgrade"),
                             record == NULL ? _("C_reate") : _("_Save"));

  self->offered = GUM_PRODUCT_CHOICE (gum_product_choice_new (store, _("Product Offered")));
  self->products = GUM_UPSELL_PRODUCTS (gum_upsell_products_new (store, upsell));
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
  gum_form_window_add (GUM_FORM_WINDOW (self), GTK_WIDGET (self->products));

  g_signal_connect_object (self->name, "changed", G_CALLBACK (check), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->text, "changed", G_CALLBACK (check), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->offered, "picked", G_CALLBACK (offered_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->products, "changed", G_CALLBACK (check), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->pairs, "changed", G_CALLBACK (check), self, G_CONNECT_SWAPPED);
  if (self->kind != NULL)
    g_signal_connect_object (self->kind, "notify::selected", G_CALLBACK (offered_cb), self,
                             G_CONNECT_SWAPPED);
  offered_cb (self);

  return GTK_WIDGET (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What one new code and many new codes have in common: the product, what is taken off, how often, from
 * which amount on. Gumroad's rules are checked here first.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-code-fields.h"

#include "gum-form-window.h"
#include "gum-money.h"
#include "gum-offer-code.h"
#include "gum-product-choice.h"

#include <glib/gi18n.h>

struct _GumCodeFields
{
  GtkBox            parent_instance;

  /* children */
  GumProductChoice *product;
  GtkSwitch        *universal;
  AdwComboRow      *kind;
  GtkWidget        *amount;
  GtkWidget        *uses;
  GtkWidget        *minimum;

  /* as they were checked last */
  gint64            amount_value;
  gint64            uses_value;
  gint64            minimum_value;
};

enum {
  CHANGED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (GumCodeFields, gum_code_fields, GTK_TYPE_BOX)

static guint signals[N_SIGNALS];

/* --- reading ---------------------------------------------------------------------------------- */

gboolean
gum_code_fields_parse_count (const char *text,
                             gboolean    may_be_empty,
                             gint64     *count)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  gint64 value = 0;

  if (*stripped == '\0')
    {
      *count = -1;
      return may_be_empty;
    }
  for (const char *at = stripped; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (!g_unichar_isdigit (c))
        return FALSE;
      value = value * 10 + g_unichar_digit_value (c);
      if (value > G_MAXINT32)
        return FALSE;
    }
  *count = value;

  return value > 0;
}

const char *
gum_code_fields_get_percent_problem (const char *text,
                                     gint64     *percent)
{
  g_autofree char *plain = g_strdelimit (g_strdup (text), "%", ' ');

  *percent = 0;
  if (strcmp (g_strstrip (plain), "0") != 0 &&
      (!gum_code_fields_parse_count (plain, FALSE, percent) || *percent > 100))
    return _("Enter a whole number from 0 to 100.");

  return NULL;
}

static gboolean
is_percent (GumCodeFields *self)
{
  return adw_combo_row_get_selected (self->kind) == 0;
}

static const char *
get_currency (GumCodeFields *self)
{
  GumProduct *product = gum_product_choice_get_product (self->product);

  return product != NULL ? gum_product_get_currency (product) : NULL;
}

static const char *
get_text (GtkWidget *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static const char *
check_price (GumCodeFields *self)
{
  GumProduct *product = gum_product_choice_get_product (self->product);

  /* A pay-what-you-want product may cost nothing to begin with. */
  if (product == NULL || gum_product_get_price (product) == 0 ||
      gum_offer_code_price_is_valid (gum_product_get_price (product), get_currency (self),
                                     is_percent (self), self->amount_value))
    return NULL;

  return _("What is left to pay must be nothing, or at least the least price that Gumroad takes in "
           "this currency.");
}

static const char *
check_amount (GumCodeFields *self)
{
  const char *text = get_text (self->amount);
  const char *problem;

  if (is_percent (self))
    problem = gum_code_fields_get_percent_problem (text, &self->amount_value);
  else
    problem = gum_form_get_money_problem (text, get_currency (self), FALSE, &self->amount_value);

  return problem != NULL ? problem : check_price (self);
}

static gboolean
is_empty (GtkWidget *row)
{
  return *get_text (row) == '\0';
}

const char *
gum_code_fields_check (GumCodeFields *self)
{
  const char *amount, *uses, *minimum;
  const char *first;

  g_return_val_if_fail (GUM_IS_CODE_FIELDS (self), NULL);

  self->uses_value = -1;
  self->minimum_value = -1;
  amount = is_empty (self->amount) ? NULL : check_amount (self);
  uses = gum_code_fields_parse_count (get_text (self->uses), TRUE, &self->uses_value)
         ? NULL : _("Enter a whole number of uses, or nothing for no limit.");
  minimum = gum_form_get_money_problem (get_text (self->minimum), get_currency (self), TRUE,
                                        &self->minimum_value);
  gum_form_set_problem (self->amount, amount);
  gum_form_set_problem (self->uses, uses);
  gum_form_set_problem (self->minimum, minimum);
  first = amount != NULL ? amount : uses != NULL ? uses : minimum;
  if (first != NULL)
    return first;

  return gum_product_choice_get_product (self->product) == NULL || is_empty (self->amount)
         ? "" : NULL;
}

char *
gum_code_fields_dup_preview (GumCodeFields *self)
{
  GumProduct *product;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gint64 price;

  g_return_val_if_fail (GUM_IS_CODE_FIELDS (self), NULL);

  product = gum_product_choice_get_product (self->product);
  if (product == NULL || is_empty (self->amount) || check_amount (self) != NULL)
    return NULL;

  price = gum_product_get_price (product);
  before = gum_money_format (price, get_currency (self));
  after = gum_money_format (gum_offer_code_apply (price, is_percent (self), self->amount_value),
                            get_currency (self));

  /* Translators: a price before and after the discount */
  return g_strdup_printf (_("%s becomes %s."), before, after);
}

JsonObject *
gum_code_fields_create_body (GumCodeFields *self,
                             const char    *name)
{
  JsonObject *body;

  g_return_val_if_fail (GUM_IS_CODE_FIELDS (self), NULL);

  body = json_object_new ();
  json_object_set_string_member (body, "name", name);
  if (is_percent (self))
    {
      json_object_set_int_member (body, "amount_off", self->amount_value);
      json_object_set_string_member (body, "offer_type", "percent");
    }
  else
    {
      json_object_set_int_member (body, "amount_cents", self->amount_value);
    }
  /* The string: Gumroad reads true itself as false. */
  if (gtk_switch_get_active (self->universal))
    json_object_set_string_member (body, "universal", "true");
  if (self->uses_value > 0)
    json_object_set_int_member (body, "max_purchase_count", self->uses_value);
  if (self->minimum_value > 0)
    json_object_set_int_member (body, "minimum_amount_cents", self->minimum_value);

  return body;
}

/* --- the widgets ------------------------------------------------------------------------------ */

static void
changed_cb (GumCodeFields *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

/* The amounts are in the product's currency. */
static void
name_currency (GumCodeFields *self)
{
  const char *currency = get_currency (self);
  const char *symbol = currency != NULL ? gum_currency_get_symbol (currency) : NULL;
  g_autofree char *title = NULL;

  if (is_percent (self))
    title = g_strdup (_("Discount in per cent"));
  else if (symbol != NULL)
    /* Translators: the field of an amount; %s is a currency’s symbol */
    title = g_strdup_printf (_("Discount in %s"), symbol);
  else
    title = g_strdup (_("Discount"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->amount), title);
}

static void
currency_cb (GumCodeFields *self)
{
  name_currency (self);
  changed_cb (self);
}

static GtkWidget *
add_group (GumCodeFields *self)
{
  GtkWidget *group = adw_preferences_group_new ();

  gtk_box_append (GTK_BOX (self), group);

  return group;
}

static void
add (GumCodeFields *self,
     GtkWidget     *group,
     GtkWidget     *row)
{
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  if (ADW_IS_ENTRY_ROW (row))
    g_signal_connect_object (row, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
}

static void
gum_code_fields_class_init (GumCodeFieldsClass *klass)
{
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
gum_code_fields_init (GumCodeFields *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 18);
}

static void
add_product (GumCodeFields *self,
             GumStore      *store,
             const char    *product_id)
{
  g_autoptr (GumProduct) product = product_id != NULL ? gum_store_dup_product (store, product_id)
                                                      : NULL;
  GtkWidget *group = add_group (self);
  GtkWidget *row = adw_action_row_new ();

  self->product = GUM_PRODUCT_CHOICE (gum_product_choice_new (store, _("Product")));
  gum_product_choice_set_product (self->product, product);
  g_signal_connect_object (self->product, "picked", G_CALLBACK (currency_cb), self,
                           G_CONNECT_SWAPPED);
  add (self, group, GTK_WIDGET (self->product));

  self->universal = GTK_SWITCH (gtk_switch_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->universal), GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->universal), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Good for all products"), -1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Good for All Products"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("All that have this product’s currency"));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), GTK_WIDGET (self->universal));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), GTK_WIDGET (self->universal));
  g_signal_connect_object (self->universal, "notify::active", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  add (self, group, row);
}

GtkWidget *
gum_code_fields_new (GumStore   *store,
                     const char *product_id)
{
  GumCodeFields *self = g_object_new (GUM_TYPE_CODE_FIELDS, NULL);
  const char * const kinds[] = { _("A share of the price"), _("A fixed amount"), NULL };
  GtkStringList *model = gtk_string_list_new (kinds);
  GtkWidget *group;

  add_product (self, store, product_id);

  group = add_group (self);
  self->kind = ADW_COMBO_ROW (adw_combo_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->kind), _("Takes Off"));
  adw_combo_row_set_model (self->kind, G_LIST_MODEL (model));
  g_object_unref (model);
  self->amount = gum_form_new_entry ("", NULL);
  g_signal_connect_object (self->kind, "notify::selected", G_CALLBACK (currency_cb), self,
                           G_CONNECT_SWAPPED);
  add (self, group, GTK_WIDGET (self->kind));
  add (self, group, self->amount);

  group = add_group (self);
  self->uses = gum_form_new_entry (_("Uses (empty: no limit)"), NULL);
  self->minimum = gum_form_new_entry (_("Least purchase (empty: any)"), NULL);
  add (self, group, self->uses);
  add (self, group, self->minimum);
  name_currency (self);

  return GTK_WIDGET (self);
}

void
gum_code_fields_set_uses (GumCodeFields *self,
                          const char    *uses)
{
  g_return_if_fail (GUM_IS_CODE_FIELDS (self));

  gtk_editable_set_text (GTK_EDITABLE (self->uses), uses);
}

GumProduct *
gum_code_fields_get_product (GumCodeFields *self)
{
  g_return_val_if_fail (GUM_IS_CODE_FIELDS (self), NULL);

  return gum_product_choice_get_product (self->product);
}

gboolean
gum_code_fields_is_universal (GumCodeFields *self)
{
  g_return_val_if_fail (GUM_IS_CODE_FIELDS (self), FALSE);

  return gtk_switch_get_active (self->universal);
}

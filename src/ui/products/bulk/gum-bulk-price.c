/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How the prices of many products are to change. What it would make of a few of them is computed by the
 * same change set that later changes them all, so the examples cannot say anything else.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-bulk-price.h"

#include "gum-bulk-rows.h"
#include "gum-bulk-words.h"
#include "gum-change-set.h"
#include "gum-money.h"

#include <glib/gi18n-lib.h>

#include <string.h>

/* The order of the choices; GumBulkKind begins with these. */
G_STATIC_ASSERT (GUM_BULK_PRICE_SET == 0 && GUM_BULK_PRICE_PERCENT == 2);

struct _GumBulkPrice
{
  GumFormWindow  parent_instance;

  /* owned */
  GumStore      *store;
  GArray        *examples;      /* of gint64: rows of the ledger */
  GumBulk       *bulk;          /* NULL: what is written is nothing */
  GumChangeSet  *preview;

  /* children */
  AdwComboRow   *kind;
  AdwComboRow   *currency;
  GtkWidget     *amount;
  AdwComboRow   *rounding;
  GtkLabel      *words;
};

enum {
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GumBulkPrice, gum_bulk_price, GUM_TYPE_FORM_WINDOW)

/* --- what is written -------------------------------------------------------------------------- */

/* Behind the sign; @sign is 1 without one. */
static const char *
skip_sign (const char *text,
           int        *sign)
{
  while (g_ascii_isspace (*text))
    text++;
  *sign = 1;
  if (*text == '+')
    return text + 1;
  if (*text == '-')
    {
      *sign = -1;
      return text + 1;
    }
  if (g_str_has_prefix (text, "−"))
    {
      *sign = -1;
      return text + strlen ("−");
    }

  return text;
}

const char *
gum_bulk_price_parse_percent (const char *text,
                              gint64     *hundredths)
{
  gint64 value = 0;
  int n_digits = 0, n_decimals = -1;
  int sign;

  g_return_val_if_fail (text != NULL && hundredths != NULL, NULL);

  text = skip_sign (text, &sign);
  while (g_ascii_isspace (*text))
    text++;
  for (; g_ascii_isdigit (*text) || ((*text == '.' || *text == ',') && n_decimals < 0); text++)
    {
      if (!g_ascii_isdigit (*text))
        {
          n_decimals = 0;
          continue;
        }
      n_digits++;
      if (n_decimals >= 0 && ++n_decimals > 2)
        return _("No more than two digits behind the decimal point.");
      value = MIN (value * 10 + (*text - '0'), G_MAXINT32);
    }
  while (g_ascii_isspace (*text))
    text++;
  if (*text == '%')
    text++;
  while (g_ascii_isspace (*text))
    text++;
  if (n_digits == 0 || *text != '\0')
    return _("Enter a number, for example 10 or -7.5.");

  for (int i = MAX (n_decimals, 0); i < 2; i++)
    value *= 10;
  value *= sign;
  if (value < GUM_PERCENT_MIN || value > GUM_PERCENT_MAX)
    return _("Prices can fall by 99 % at most, and rise by 1000 %.");
  if (value == 0)
    return _("That would change nothing.");
  *hundredths = value;

  return NULL;
}

const char *
gum_bulk_price_parse_change (const char *text,
                             const char *currency,
                             gint64     *amount)
{
  const char *problem;
  int sign;

  g_return_val_if_fail (text != NULL && currency != NULL && amount != NULL, NULL);

  problem = gum_form_get_money_problem (skip_sign (text, &sign), currency, FALSE, amount);
  if (problem == NULL && *amount == 0)
    return _("That would change nothing.");
  *amount *= sign;

  return problem;
}

/* NULL: it is fine. */
static const char *
read_bulk (GumBulkPrice  *self,
           GumBulk      **bulk)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->amount));
  const char *currency = gum_bulk_rows_get_currency (self->currency);
  GumBulkKind kind = adw_combo_row_get_selected (self->kind);
  const char *problem;
  gint64 amount = 0;

  if (kind == GUM_BULK_PRICE_PERCENT)
    problem = gum_bulk_price_parse_percent (text, &amount);
  else if (kind == GUM_BULK_PRICE_ADD)
    problem = gum_bulk_price_parse_change (text, currency, &amount);
  else
    {
      problem = gum_form_get_money_problem (text, currency, FALSE, &amount);
      if (problem == NULL && amount != 0 && amount < gum_currency_get_minimum (currency))
        problem = _("The price would be below what Gumroad allows.");
    }
  if (problem == NULL)
    *bulk = gum_bulk_new_price (kind, amount, kind == GUM_BULK_PRICE_PERCENT ? NULL : currency,
                                kind == GUM_BULK_PRICE_SET
                                ? GUM_ROUND_NONE
                                : (GumRounding) adw_combo_row_get_selected (self->rounding));

  return problem;
}

/* --- the examples ----------------------------------------------------------------------------- */

static void
show_preview (GumBulkPrice *self)
{
  g_autoptr(GString) text = g_string_new (NULL);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->preview));

  if (gum_change_set_get_pending (self->preview))
    return;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(GumChangeRow) row = g_list_model_get_item (G_LIST_MODEL (self->preview), i);
      g_autofree char *name = gum_bulk_words_dup_name (row);
      g_autofree char *change = gum_bulk_words_dup_change (self->bulk, row);

      /* Translators: the name of a product, and what changes: "$10 → $12" */
      g_string_append_printf (text, _("%s: %s"), name, change);
      g_string_append_c (text, '\n');
    }
  if (gum_change_set_get_n_unchanged (self->preview) > 0)
    g_string_append (text, n == 0 ? _("The prices would stay as they are.")
                                  : _("Others would stay as they are."));
  gtk_label_set_text (self->words, g_strchomp (text->str));
}

static void
drop_preview (GumBulkPrice *self)
{
  if (self->preview != NULL)
    g_signal_handlers_disconnect_by_data (self->preview, self);
  g_clear_object (&self->preview);
  g_clear_pointer (&self->bulk, gum_bulk_unref);
}

static void
changed_cb (GumBulkPrice *self)
{
  gboolean is_empty = *gtk_editable_get_text (GTK_EDITABLE (self->amount)) == '\0';
  GumBulkKind kind = adw_combo_row_get_selected (self->kind);
  const char *problem;

  drop_preview (self);
  gtk_widget_set_visible (GTK_WIDGET (self->currency), kind != GUM_BULK_PRICE_PERCENT);
  gtk_widget_set_visible (GTK_WIDGET (self->rounding), kind != GUM_BULK_PRICE_SET);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->amount),
                                 kind == GUM_BULK_PRICE_SET ? _("Price")
                                 : kind == GUM_BULK_PRICE_ADD ? _("Amount, with − to lower")
                                 : _("Percent, with − to lower"));

  problem = read_bulk (self, &self->bulk);
  /* Nobody is told that a field is empty that was not filled in yet. */
  gum_form_set_problem (self->amount, is_empty ? NULL : problem);
  gum_form_window_set_message (GUM_FORM_WINDOW (self), is_empty ? NULL : problem, TRUE);
  gum_form_window_set_ready (GUM_FORM_WINDOW (self), self->bulk != NULL);
  if (self->bulk == NULL)
    {
      gtk_label_set_text (self->words, _("What becomes of a few of them is shown here."));
      return;
    }

  self->preview = gum_change_set_new (self->store, self->bulk, self->examples);
  g_signal_connect_object (self->preview, "notify::pending", G_CALLBACK (show_preview), self,
                           G_CONNECT_SWAPPED);
}

static void
gum_bulk_price_apply (GumFormWindow *form)
{
  GumBulkPrice *self = GUM_BULK_PRICE (form);

  if (self->bulk == NULL)
    return;
  g_signal_emit (self, signals[CHOSEN], 0, self->bulk);
  gtk_window_close (GTK_WINDOW (self));
}

static void
gum_bulk_price_dispose (GObject *object)
{
  GumBulkPrice *self = GUM_BULK_PRICE (object);

  drop_preview (self);
  g_clear_object (&self->store);
  g_clear_pointer (&self->examples, g_array_unref);

  G_OBJECT_CLASS (gum_bulk_price_parent_class)->dispose (object);
}

static void
gum_bulk_price_class_init (GumBulkPriceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gum_bulk_price_dispose;
  GUM_FORM_WINDOW_CLASS (klass)->apply = gum_bulk_price_apply;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 1, GUM_TYPE_BULK);
}

static void
gum_bulk_price_init (GumBulkPrice *self)
{
  const char * const kinds[] = { _("Set the price"), _("Add an amount"), _("Add percent"), NULL };
  const char * const roundings[] = { _("Do not round"), _("To the nearest .99"),
                                     _("To whole amounts"), _("To whole amounts that end in 9"),
                                     NULL };
  GtkWidget *group = adw_preferences_group_new ();

  self->kind = gum_bulk_rows_add_combo (group, _("What to Do"), kinds);
  adw_combo_row_set_selected (self->kind, GUM_BULK_PRICE_PERCENT);
  self->currency = gum_bulk_rows_add_currencies (group, NULL);
  self->amount = gum_form_new_entry ("", NULL);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->amount);
  self->rounding = gum_bulk_rows_add_combo (group, _("Rounding"), roundings);
  gum_form_window_add (GUM_FORM_WINDOW (self), group);

  self->words = g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR,
                              "xalign", 0.0f, "selectable", TRUE, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->words), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->words), "numeric");
  gum_form_window_add (GUM_FORM_WINDOW (self), GTK_WIDGET (self->words));
  gum_form_window_set_texts (GUM_FORM_WINDOW (self), _("Change Prices"), _("_Preview"));
  /* Room for the examples, of which there are none yet. */
  gtk_window_set_default_size (GTK_WINDOW (self), 480, 480);

  g_signal_connect_object (self->amount, "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->kind, "notify::selected", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->currency, "notify::selected", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->rounding, "notify::selected", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
gum_bulk_price_new (GtkWidget  *owner,
                    GumStore   *store,
                    GArray     *examples,
                    const char *currency)
{
  GumBulkPrice *self;

  g_return_val_if_fail (GUM_IS_STORE (store), NULL);

  self = g_object_new (GUM_TYPE_BULK_PRICE, NULL);
  self->store = g_object_ref (store);
  self->examples = g_array_ref (examples);
  gum_bulk_rows_set_currency (self->currency, currency);
  gum_form_window_set_owner (GUM_FORM_WINDOW (self), owner);
  changed_cb (self);
  gtk_window_set_focus (GTK_WINDOW (self), self->amount);

  return GTK_WIDGET (self);
}

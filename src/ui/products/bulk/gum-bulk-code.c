/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which discount code many products get, or lose. Each gets one of its own: one that is good for all products
 * is made under Discounts.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-bulk-code.h"

#include "gum-bulk-rows.h"
#include "gum-code-fields.h"
#include "gum-offer-code.h"

#include <glib/gi18n-lib.h>

struct _GumBulkCode
{
  GumFormWindow  parent_instance;

  /* owned */
  GumBulk       *bulk;          /* NULL: what is written is nothing */

  /* children */
  AdwComboRow   *kind;          /* add, remove */
  GtkWidget     *name;
  GtkWidget     *terms;
  AdwComboRow   *off;           /* a share, an amount */
  AdwComboRow   *currency;      /* of an amount */
  GtkWidget     *amount;
  GtkWidget     *uses;
};

enum {
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GumBulkCode, gum_bulk_code, GUM_TYPE_FORM_WINDOW)

static const char *
get_text (GtkWidget *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static gboolean
is_removal (GumBulkCode *self)
{
  return adw_combo_row_get_selected (self->kind) == 1;
}

static gboolean
is_percent (GumBulkCode *self)
{
  return adw_combo_row_get_selected (self->off) == 0;
}

/* Why it cannot be sent: NULL, nothing is wrong with what is written. */
static const char *
check_name (GumBulkCode *self)
{
  return *get_text (self->name) == '\0' || gum_offer_code_name_is_valid (get_text (self->name))
         ? NULL : _("A code consists of letters, digits, dashes and underscores.");
}

static const char *
check_amount (GumBulkCode *self,
              gint64      *amount)
{
  if (*get_text (self->amount) == '\0')
    return NULL;

  return is_percent (self) ? gum_code_fields_get_percent_problem (get_text (self->amount), amount)
                           : gum_form_get_money_problem (get_text (self->amount), gum_bulk_rows_get_currency (self->currency), FALSE,
                                                         amount);
}

static void
changed_cb (GumBulkCode *self)
{
  GumFormWindow *form = GUM_FORM_WINDOW (self);
  const char *code = get_text (self->name);
  const char *name = check_name (self);
  const char *amount = NULL, *uses = NULL;
  gint64 off = 0, limit = -1;
  gboolean complete = *code != '\0' && name == NULL;

  g_clear_pointer (&self->bulk, gum_bulk_unref);
  gtk_widget_set_visible (self->terms, !is_removal (self));
  gtk_widget_set_visible (GTK_WIDGET (self->currency), !is_percent (self));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->amount),
                                 is_percent (self) ? _("Discount in per cent") : _("Discount"));
  if (!is_removal (self))
    {
      amount = check_amount (self, &off);
      uses = gum_code_fields_parse_count (get_text (self->uses), TRUE, &limit)
             ? NULL : _("Enter a whole number of uses, or nothing for no limit.");
      complete = complete && amount == NULL && uses == NULL && *get_text (self->amount) != '\0';
    }
  gum_form_set_problem (self->name, name);
  gum_form_set_problem (self->amount, amount);
  gum_form_set_problem (self->uses, uses);
  gum_form_window_set_message (form, name != NULL ? name : amount != NULL ? amount : uses, TRUE);

  if (complete)
    self->bulk = is_removal (self)
                 ? gum_bulk_new_code_removal (code)
                 : gum_bulk_new_code (code, is_percent (self), off,
                                      is_percent (self) ? NULL : gum_bulk_rows_get_currency (self->currency), limit);
  gum_form_window_set_ready (form, complete);
}

static void
gum_bulk_code_apply (GumFormWindow *form)
{
  GumBulkCode *self = GUM_BULK_CODE (form);

  if (self->bulk == NULL)
    return;
  g_signal_emit (self, signals[CHOSEN], 0, self->bulk);
  gtk_window_close (GTK_WINDOW (self));
}

static void
gum_bulk_code_finalize (GObject *object)
{
  GumBulkCode *self = GUM_BULK_CODE (object);

  g_clear_pointer (&self->bulk, gum_bulk_unref);

  G_OBJECT_CLASS (gum_bulk_code_parent_class)->finalize (object);
}

static void
gum_bulk_code_class_init (GumBulkCodeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gum_bulk_code_finalize;
  GUM_FORM_WINDOW_CLASS (klass)->apply = gum_bulk_code_apply;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 1, GUM_TYPE_BULK);
}

static AdwComboRow *
watch (GumBulkCode *self,
       AdwComboRow *row)
{
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);

  return row;
}

static GtkWidget *
add_entry (GumBulkCode *self,
           GtkWidget   *group,
           const char  *title)
{
  GtkWidget *row = gum_form_new_entry (title, NULL);

  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  g_signal_connect_object (row, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);

  return row;
}

static void
gum_bulk_code_init (GumBulkCode *self)
{
  const char * const kinds[] = { _("Add a code"), _("Remove a code"), NULL };
  const char * const offs[] = { _("A share of the price"), _("A fixed amount"), NULL };
  GtkWidget *group = adw_preferences_group_new ();

  self->kind = watch (self, gum_bulk_rows_add_combo (group, _("What to Do"), kinds));
  self->name = add_entry (self, group, _("Code"));
  gum_form_window_add (GUM_FORM_WINDOW (self), group);

  self->terms = adw_preferences_group_new ();
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self->terms),
                                         _("Every product gets a code of its own, with its own uses."));
  self->off = watch (self, gum_bulk_rows_add_combo (self->terms, _("Takes Off"), offs));
  self->currency = watch (self, gum_bulk_rows_add_currencies (self->terms, NULL));
  self->amount = add_entry (self, self->terms, "");
  self->uses = add_entry (self, self->terms, _("Uses (empty: no limit)"));
  gum_form_window_add (GUM_FORM_WINDOW (self), self->terms);
  gum_form_window_set_texts (GUM_FORM_WINDOW (self), _("Discount Code"), _("_Preview"));
}

GtkWidget *
gum_bulk_code_new (GtkWidget  *owner,
                   const char *currency)
{
  GumBulkCode *self = g_object_new (GUM_TYPE_BULK_CODE, NULL);

  gum_bulk_rows_set_currency (self->currency, currency);
  gum_form_window_set_owner (GUM_FORM_WINDOW (self), owner);
  changed_cb (self);
  gtk_window_set_focus (GTK_WINDOW (self), self->name);

  return GTK_WIDGET (self);
}

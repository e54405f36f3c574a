/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rows of the forms of bulk edits: one of several things, and the currency of an amount.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-bulk-rows.h"

#include "gum-money.h"

#include <glib/gi18n-lib.h>

AdwComboRow *
gum_bulk_rows_add_combo (GtkWidget          *group,
                         const char         *title,
                         const char * const *choices)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr(GtkStringList) model = gtk_string_list_new (choices);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (model));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);

  return ADW_COMBO_ROW (row);
}

AdwComboRow *
gum_bulk_rows_add_currencies (GtkWidget  *group,
                              const char *currency)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) names = NULL;
  const char **codes = gum_currency_list ();
  AdwComboRow *row;

  for (guint i = 0; codes[i] != NULL; i++)
    {
      g_autofree char *name = g_ascii_strup (codes[i], -1);

      g_strv_builder_add (builder, name);
    }
  names = g_strv_builder_end (builder);
  row = gum_bulk_rows_add_combo (group, _("Currency"), (const char * const *) names);
  gum_bulk_rows_set_currency (row, currency);

  return row;
}

const char *
gum_bulk_rows_get_currency (AdwComboRow *row)
{
  return gum_currency_list ()[adw_combo_row_get_selected (row)];
}

void
gum_bulk_rows_set_currency (AdwComboRow *row,
                            const char  *currency)
{
  const char **codes = gum_currency_list ();

  for (guint i = 0; codes[i] != NULL; i++)
    {
      if (currency != NULL && g_ascii_strcasecmp (currency, codes[i]) == 0)
        adw_combo_row_set_selected (row, i);
    }
}

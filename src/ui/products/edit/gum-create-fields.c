/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What has to be said of a new product before it can be there: its kind, its name, its price, and how often
 * members pay.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-create-fields.h"

#include "gum-detail-rows.h"
#include "gum-money.h"
#include "gum-product-facts.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_NAME 255

static const struct {
  const char *type;
  const char *title;
  const char *meaning;
} kinds[] = {
  { "digital", N_("Digital Product"), N_("Files that buyers download: software, music, pictures, anything.") },
  { "ebook", N_("E-Book"), N_("A book to download, with a preview of its pages.") },
  { "course", N_("Course"), N_("Lessons with videos, texts and files, page by page.") },
  { "membership", N_("Membership"), N_("Members pay again and again for what you give them. How often cannot be changed "
                                       "later.") },
  { "bundle", N_("Bundle"), N_("Several of your products for one price. Choose them before you publish it.") },
  { "coffee", N_("Coffee"), N_("A tip from those who like what you do. One for each shop; the account must be "
                               "30 days old.") },
  { "call", N_("Call"), N_("Time with you. Its durations can only be set at Gumroad; the account must be 30 days "
                           "old.") },
  { "commission", N_("Commission"), N_("Work to order: buyers pay half of it first. The account must be 30 days "
                                       "old.") },
};

/* How often members pay. It is chosen here or never. */
static const char * const durations[] = { "monthly", "quarterly", "biannually", "yearly", "every_two_years" };

struct _GumCreateFields
{
  AdwBin       parent_instance;

  /* widgets */
  AdwComboRow *kind;
  AdwEntryRow *name;
  AdwEntryRow *price;
  AdwComboRow *currency;
  AdwComboRow *duration;
  GtkLabel    *problem;
  GtkLabel    *meaning;
};

enum {
  CHANGED,
  ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GumCreateFields, gum_create_fields, ADW_TYPE_BIN)

static const char *
get_currency (GumCreateFields *self)
{
  return gum_currency_list ()[adw_combo_row_get_selected (self->currency)];
}

static const char *
get_duration (GumCreateFields *self)
{
  return durations[adw_combo_row_get_selected (self->duration)];
}

static gboolean
is_membership (GumCreateFields *self)
{
  return strcmp (kinds[adw_combo_row_get_selected (self->kind)].type, "membership") == 0;
}

/* --- rules ------------------------------------------------------------------------------------ */

const char *
gum_create_fields_get_problem (GumCreateFields *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name))));
  const char *type = kinds[adw_combo_row_get_selected (self->kind)].type;
  gint64 minimum = gum_currency_get_minimum (get_currency (self));
  gint64 amount;

  if (*name == '\0')
    return _("Give it a name.");
  if (g_utf8_strlen (name, -1) > MAX_NAME)
    return _("The name is longer than 255 characters.");
  switch (gum_money_parse (gtk_editable_get_text (GTK_EDITABLE (self->price)), get_currency (self), &amount))
    {
    case GUM_MONEY_FINE:
      break;
    case GUM_MONEY_EMPTY:
      return _("Give it a price. 0 makes it free.");
    case GUM_MONEY_NEGATIVE:
      return _("A price cannot be below zero.");
    case GUM_MONEY_AMBIGUOUS:
      return _("This price can mean two amounts. Write all digits behind the decimal point, or none.");
    case GUM_MONEY_TOO_LARGE:
      return _("Gumroad does not take a price as large as this.");
    case GUM_MONEY_NO_NUMBER:
    case GUM_MONEY_TOO_FINE:
    default:
      return _("This price is not an amount. Write it like 12.50.");
    }
  if (strcmp (type, "commission") == 0)
    minimum *= 2;
  if (amount > 0 && amount < minimum)
    return _("This price is below the smallest that Gumroad takes in this currency.");

  return NULL;
}

static void
show (GumCreateFields *self)
{
  const char *problem = gum_create_fields_get_problem (self);
  gboolean is_said = problem != NULL && *gtk_editable_get_text (GTK_EDITABLE (self->name)) != '\0' &&
                     *gtk_editable_get_text (GTK_EDITABLE (self->price)) != '\0';

  gtk_widget_set_visible (GTK_WIDGET (self->duration), is_membership (self));
  gtk_label_set_text (self->meaning, _(kinds[adw_combo_row_get_selected (self->kind)].meaning));
  /* Nobody is told off before they have begun. */
  gtk_label_set_text (self->problem, is_said ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), is_said);
}

static void
changed_cb (GumCreateFields *self)
{
  show (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
activated_cb (GumCreateFields *self)
{
  g_signal_emit (self, signals[ACTIVATED], 0);
}

/* --- building --------------------------------------------------------------------------------- */

static GtkLabel *
create_label (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, css_class);

  return GTK_LABEL (label);
}

static AdwEntryRow *
create_entry (GumCreateFields *self,
              const char       *title)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  g_signal_connect_object (row, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "entry-activated", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);

  return ADW_ENTRY_ROW (row);
}

static AdwComboRow *
create_combo (const char *title)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) model = gtk_string_list_new (NULL);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (model));

  return ADW_COMBO_ROW (row);
}

static GtkWidget *
create_rows (GumCreateFields *self)
{
  GtkWidget *group = adw_preferences_group_new ();

  self->name = create_entry (self, _("Name"));
  self->price = create_entry (self, _("Price"));
  adw_entry_row_set_input_purpose (self->price, GTK_INPUT_PURPOSE_NUMBER);
  self->kind = create_combo (_("Kind"));
  self->currency = create_combo (_("Currency"));
  /* Translators: how often: "Every month" */
  self->duration = create_combo (_("Paid"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->kind));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->name));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->price));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->currency));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->duration));

  return group;
}

static void
fill_lists (GumCreateFields *self)
{
  GtkStringList *kind_words = GTK_STRING_LIST (adw_combo_row_get_model (self->kind));
  GtkStringList *times = GTK_STRING_LIST (adw_combo_row_get_model (self->duration));
  GtkStringList *codes = GTK_STRING_LIST (adw_combo_row_get_model (self->currency));

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    gtk_string_list_append (kind_words, _(kinds[i].title));
  for (guint i = 0; i < G_N_ELEMENTS (durations); i++)
    gtk_string_list_append (times, gum_facts_get_recurrence (durations[i]));
  for (const char **code = gum_currency_list (); *code != NULL; code++)
    {
      g_autofree char *upper = g_ascii_strup (*code, -1);

      gtk_string_list_append (codes, upper);
    }
}

static void
gum_create_fields_class_init (GumCreateFieldsClass *klass)
{
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ACTIVATED] = g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
gum_create_fields_init (GumCreateFields *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  gtk_box_append (GTK_BOX (box), create_rows (self));
  self->problem = create_label ("error");
  self->meaning = create_label ("dim-label");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->problem));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->meaning));
  adw_bin_set_child (ADW_BIN (self), box);
  fill_lists (self);
  for (guint i = 0; i < 3; i++)
    g_signal_connect_object ((AdwComboRow *[]) { self->kind, self->currency, self->duration }[i], "notify::selected",
                             G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  show (self);
}

GtkWidget *
gum_create_fields_new (void)
{
  return g_object_new (GUM_TYPE_CREATE_FIELDS, NULL);
}

/* --- for the window --------------------------------------------------------------------------- */

static void
select_currency (GumCreateFields *self,
                 const char       *currency)
{
  for (guint i = 0; currency != NULL && gum_currency_list ()[i] != NULL; i++)
    {
      if (g_ascii_strcasecmp (gum_currency_list ()[i], currency) == 0)
        adw_combo_row_set_selected (self->currency, i);
    }
}

static void
select_kind (GumCreateFields *self,
             const char       *type)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (strcmp (kinds[i].type, type) == 0)
        adw_combo_row_set_selected (self->kind, i);
    }
}

static void
select_duration (GumCreateFields *self,
                 const char       *duration)
{
  for (guint i = 0; i < G_N_ELEMENTS (durations); i++)
    {
      if (g_strcmp0 (durations[i], duration) == 0)
        adw_combo_row_set_selected (self->duration, i);
    }
}

void
gum_create_fields_take_over (GumCreateFields *self,
                             GumProduct      *like)
{
  g_autofree char *old = gum_product_facts_dup_name (like);
  g_autofree char *name = g_strdup_printf (_("%s (Copy)"), old);
  g_autofree char *price = gum_money_format_plain (gum_product_get_price (like),
                                                   gum_product_get_currency (like));
  g_autofree char *duration = gum_detail_dup_string (like, "subscription-duration");
  GumProductKind kind = gum_product_get_kind (like);

  g_return_if_fail (GUM_IS_CREATE_FIELDS (self));

  gtk_editable_set_text (GTK_EDITABLE (self->name), name);
  gtk_editable_set_text (GTK_EDITABLE (self->price), price);
  select_currency (self, gum_product_get_currency (like));
  select_duration (self, duration);
  select_kind (self, kind == GUM_PRODUCT_KIND_MEMBERSHIP ? "membership" :
                     kind == GUM_PRODUCT_KIND_BUNDLE ? "bundle" : "digital");
}

gboolean
gum_create_fields_has_words (GumCreateFields *self)
{
  g_return_val_if_fail (GUM_IS_CREATE_FIELDS (self), FALSE);

  return *gtk_editable_get_text (GTK_EDITABLE (self->name)) != '\0' ||
         *gtk_editable_get_text (GTK_EDITABLE (self->price)) != '\0';
}

char *
gum_create_fields_dup_state (GumCreateFields *self)
{
  g_return_val_if_fail (GUM_IS_CREATE_FIELDS (self), NULL);

  return g_strdup_printf ("%s\n%s\n%s\n%s\n%s", kinds[adw_combo_row_get_selected (self->kind)].type,
                          is_membership (self) ? get_duration (self) : "", get_currency (self),
                          gtk_editable_get_text (GTK_EDITABLE (self->price)),
                          gtk_editable_get_text (GTK_EDITABLE (self->name)));
}

JsonObject *
gum_create_fields_new_body (GumCreateFields *self)
{
  JsonObject *body = json_object_new ();
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name))));
  gint64 amount = 0;

  gum_money_parse (gtk_editable_get_text (GTK_EDITABLE (self->price)), get_currency (self), &amount);
  json_object_set_string_member (body, "native_type", kinds[adw_combo_row_get_selected (self->kind)].type);
  json_object_set_string_member (body, "name", name);
  json_object_set_int_member (body, "price", amount);
  json_object_set_string_member (body, "price_currency_type", get_currency (self));
  if (is_membership (self))
    json_object_set_string_member (body, "subscription_duration", get_duration (self));

  return body;
}

void
gum_create_fields_focus (GumCreateFields *self)
{
  g_return_if_fail (GUM_IS_CREATE_FIELDS (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->name));
}

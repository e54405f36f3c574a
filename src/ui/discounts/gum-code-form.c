/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A new discount code, or what can be changed of one that is there: Gumroad changes only how often it can
 * be used and from which amount on.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-code-form.h"

#include "gum-code-fields.h"
#include "gum-code-names.h"
#include "gum-money.h"
#include "gum-offer-code.h"

#include <glib/gi18n.h>

struct _GumCodeForm
{
  GumFormWindow  parent_instance;

  /* owned */
  GumRecords    *records;
  GumRecord     *record;        /* NULL: a new one */

  /* children */
  GtkWidget     *name;
  GumCodeFields *fields;        /* of a new one */
  GtkWidget     *uses;          /* of one that is there */
  GtkWidget     *minimum;

  gint64         uses_value;
  gint64         minimum_value;
};

G_DEFINE_FINAL_TYPE (GumCodeForm, gum_code_form, GUM_TYPE_FORM_WINDOW)

static const char *
get_text (GtkWidget *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

/* --- a new one -------------------------------------------------------------------------------- */

static const char *
check_name (GumCodeForm *self)
{
  GumProduct *product = gum_code_fields_get_product (self->fields);
  g_autoptr (GHashTable) taken = NULL;

  if (*get_text (self->name) == '\0')
    return NULL;
  if (!gum_offer_code_name_is_valid (get_text (self->name)))
    return _("A code consists of letters, digits, dashes and underscores.");
  if (product == NULL)
    return NULL;

  taken = gum_code_names_list_taken (self->records, gum_resource_get_id (GUM_RESOURCE (product)),
                                     gum_code_fields_is_universal (self->fields));

  return gum_code_names_is_taken (taken, get_text (self->name))
         ? _("There is a code of this name already.") : NULL;
}

static void
check_new (GumCodeForm *self)
{
  GumFormWindow *form = GUM_FORM_WINDOW (self);
  const char *problem = gum_code_fields_check (self->fields);
  const char *name_problem = check_name (self);
  gboolean complete = problem == NULL && name_problem == NULL && *get_text (self->name) != '\0';
  g_autofree char *preview = gum_code_fields_dup_preview (self->fields);

  gum_form_set_problem (self->name, name_problem);
  if (name_problem != NULL)
    gum_form_window_set_message (form, name_problem, TRUE);
  else if (problem != NULL && *problem != '\0')
    gum_form_window_set_message (form, problem, TRUE);
  else
    gum_form_window_set_message (form, preview, FALSE);
  gum_form_window_set_ready (form, complete);
}

static void
apply_new (GumCodeForm *self)
{
  GumProduct *product = gum_code_fields_get_product (self->fields);
  g_autoptr (JsonObject) body = gum_code_fields_create_body (self->fields, get_text (self->name));
  g_autoptr (GumWrite) write =
    gum_records_new_create (self->records, gum_resource_get_id (GUM_RESOURCE (product)),
                            get_text (self->name), body);

  gum_form_window_send (GUM_FORM_WINDOW (self), self->records, write, _("The code was created"));
}

/* --- one that is there ------------------------------------------------------------------------ */

static void
check_edit (GumCodeForm *self)
{
  GumOfferCode *code = gum_record_get_resource (self->record);
  const char *uses, *minimum;
  gboolean changed;

  self->minimum_value = -1;
  uses = gum_code_fields_parse_count (get_text (self->uses), TRUE, &self->uses_value)
         ? NULL : _("Enter a whole number of uses, or nothing for no limit.");
  minimum = gum_form_get_money_problem (get_text (self->minimum),
                                        gum_record_get_currency (self->record), TRUE,
                                        &self->minimum_value);
  gum_form_set_problem (self->uses, uses);
  gum_form_set_problem (self->minimum, minimum);
  gum_form_window_set_message (GUM_FORM_WINDOW (self), uses != NULL ? uses : minimum, TRUE);
  changed = self->uses_value != gum_offer_code_get_limit (code) ||
            self->minimum_value != gum_offer_code_get_minimum (code);
  gum_form_window_set_ready (GUM_FORM_WINDOW (self), uses == NULL && minimum == NULL && changed);
}

static void
set_number (JsonObject *body,
            const char *member,
            gint64      value,
            gint64      before)
{
  if (value == before)
    return;
  if (value >= 0)
    json_object_set_int_member (body, member, value);
  else
    json_object_set_null_member (body, member);
}

static void
apply_edit (GumCodeForm *self)
{
  GumOfferCode *code = gum_record_get_resource (self->record);
  g_autoptr (JsonObject) body = json_object_new ();
  g_autoptr (GumWrite) write = NULL;

  set_number (body, "max_purchase_count", self->uses_value, gum_offer_code_get_limit (code));
  set_number (body, "minimum_amount_cents", self->minimum_value, gum_offer_code_get_minimum (code));
  write = gum_records_new_update (self->records, self->record, gum_offer_code_get_name (code), body);
  gum_form_window_send (GUM_FORM_WINDOW (self), self->records, write, _("The code was changed"));
}

/* --- GObject ---------------------------------------------------------------------------------- */

static void
check (GumCodeForm *self)
{
  if (self->record != NULL)
    check_edit (self);
  else
    check_new (self);
}

static void
gum_code_form_apply (GumFormWindow *form)
{
  GumCodeForm *self = GUM_CODE_FORM (form);

  if (self->record != NULL)
    apply_edit (self);
  else
    apply_new (self);
}

static void
gum_code_form_dispose (GObject *object)
{
  GumCodeForm *self = GUM_CODE_FORM (object);

  g_clear_object (&self->records);
  g_clear_object (&self->record);

  G_OBJECT_CLASS (gum_code_form_parent_class)->dispose (object);
}

static void
gum_code_form_class_init (GumCodeFormClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gum_code_form_dispose;
  GUM_FORM_WINDOW_CLASS (klass)->apply = gum_code_form_apply;
}

static void
gum_code_form_init (GumCodeForm *self)
{
}

static void
watch (GumCodeForm *self,
       gpointer     widget)
{
  g_signal_connect_object (widget, "changed", G_CALLBACK (check), self, G_CONNECT_SWAPPED);
}

GtkWidget *
gum_code_form_new (GumStore   *store,
                   const char *product_id)
{
  GumCodeForm *self = g_object_new (GUM_TYPE_CODE_FORM, NULL);
  GtkWidget *group = adw_preferences_group_new ();

  self->records = g_object_ref (gum_store_get_records (store, GUM_RECORD_CODE));
  gum_form_window_set_texts (GUM_FORM_WINDOW (self), _("New Code"), _("C_reate"));
  self->name = gum_form_new_entry (_("Code"), NULL);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->name);
  gum_form_window_add (GUM_FORM_WINDOW (self), group);
  self->fields = GUM_CODE_FIELDS (gum_code_fields_new (store, product_id));
  gum_form_window_add (GUM_FORM_WINDOW (self), GTK_WIDGET (self->fields));
  watch (self, self->name);
  watch (self, self->fields);
  check (self);

  return GTK_WIDGET (self);
}

GtkWidget *
gum_code_form_new_edit (GumStore  *store,
                        GumRecord *record)
{
  GumCodeForm *self = g_object_new (GUM_TYPE_CODE_FORM, NULL);
  GumOfferCode *code = gum_record_get_resource (record);
  GtkWidget *group = adw_preferences_group_new ();
  gint64 limit = gum_offer_code_get_limit (code);
  gint64 minimum = gum_offer_code_get_minimum (code);
  g_autofree char *uses_text = NULL;
  g_autofree char *minimum_text = NULL;

  self->records = g_object_ref (gum_store_get_records (store, GUM_RECORD_CODE));
  self->record = g_object_ref (record);
  if (limit >= 0)
    uses_text = g_strdup_printf ("%" G_GINT64_FORMAT, limit);
  if (minimum >= 0)
    minimum_text = gum_money_format_plain (minimum, gum_record_get_currency (record));

  gum_form_window_set_texts (GUM_FORM_WINDOW (self), gum_offer_code_get_name (code), _("_Save"));
  adw_preferences_group_set_description (
    ADW_PREFERENCES_GROUP (group),
    _("Gumroad changes only these two of a code. For another discount or another name, create "
      "another code."));
  self->uses = gum_form_new_entry (_("Uses (empty: no limit)"), uses_text);
  self->minimum = gum_form_new_entry (_("Least purchase (empty: any)"), minimum_text);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->uses);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->minimum);
  gum_form_window_add (GUM_FORM_WINDOW (self), group);
  watch (self, self->uses);
  watch (self, self->minimum);
  check (self);

  return GTK_WIDGET (self);
}

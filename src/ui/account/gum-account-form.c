/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What belongs to the account and not to a product: the seller's name and words, or the refund policy. What
 * is known is shown at once, and read again; what the person has begun to change is not overwritten.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-account-form.h"

#include "gum-form-text.h"
#include "gum-json.h"

#include <glib/gi18n.h>

#define MAX_FINE_PRINT 3000

struct _GumAccountForm
{
  GumFormWindow  parent_instance;

  /* owned */
  GumRecords    *records;
  GumRecord     *shown;          /* what the fields were filled from */

  /* children */
  GtkWidget     *name;
  AdwComboRow   *period;
  GtkWidget     *group;
  GumFormText   *text;           /* the bio, or the fine print */

  GumRecordKind  kind;
  gboolean       filling;
};

G_DEFINE_FINAL_TYPE (GumAccountForm, gum_account_form, GUM_TYPE_FORM_WINDOW)

/* "none" is shown where it is so; Gumroad does not take it any more. */
static const char * const periods[] = { "7", "14", "30", "183" };

static JsonObject *
get_json (GumAccountForm *self)
{
  return gum_resource_get_json (gum_record_get_resource (self->shown));
}

static const char *
get_member (GumAccountForm *self,
            const char     *member)
{
  const char *text = self->shown != NULL ? gum_json_get_string (get_json (self), member) : NULL;

  return text != NULL ? text : "";
}

static gboolean
is_policy (GumAccountForm *self)
{
  return self->kind == GUM_RECORD_POLICY;
}

static const char *
get_text_member (GumAccountForm *self)
{
  return is_policy (self) ? "fine_print" : "bio";
}

/* --- what changed ----------------------------------------------------------------------------- */

static const char *
get_period (GumAccountForm *self)
{
  guint selected = adw_combo_row_get_selected (self->period);

  return selected < G_N_ELEMENTS (periods) ? periods[selected] : NULL;
}

/* NULL: nothing. Gumroad wants the period each time. */
static JsonObject *
create_body (GumAccountForm *self)
{
  g_autoptr (JsonObject) body = json_object_new ();
  g_autofree char *text = gum_form_text_dup_text (self->text);
  gboolean changed = FALSE;

  if (is_policy (self) && get_period (self) == NULL)
    return NULL;
  if (is_policy (self))
    {
      json_object_set_string_member (body, "refund_period", get_period (self));
      changed = g_strcmp0 (get_period (self), get_member (self, "refund_period")) != 0;
    }
  else if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->name)),
                      get_member (self, "name")) != 0)
    {
      json_object_set_string_member (body, "name",
                                     gtk_editable_get_text (GTK_EDITABLE (self->name)));
      changed = TRUE;
    }
  if (g_strcmp0 (text, get_member (self, get_text_member (self))) != 0)
    {
      json_object_set_string_member (body, get_text_member (self), text);
      changed = TRUE;
    }

  return changed ? g_steal_pointer (&body) : NULL;
}

static gboolean
is_in_effect (GumAccountForm *self)
{
  gboolean in_effect = TRUE;

  if (is_policy (self) && self->shown != NULL)
    gum_json_get_boolean (get_json (self), "in_effect", &in_effect);

  return in_effect;
}

static void
check (GumAccountForm *self)
{
  g_autoptr (JsonObject) body = NULL;

  if (self->filling || self->shown == NULL)
    return;

  body = create_body (self);
  gum_form_window_set_ready (GUM_FORM_WINDOW (self),
                             body != NULL && is_in_effect (self) &&
                             !gum_form_text_is_too_long (self->text));
}

/* --- what is shown ---------------------------------------------------------------------------- */

static void
fill_period (GumAccountForm *self)
{
  const char *period = get_member (self, "refund_period");
  guint position = GTK_INVALID_LIST_POSITION;

  for (guint i = 0; i < G_N_ELEMENTS (periods); i++)
    {
      if (g_str_equal (periods[i], period))
        position = i;
    }
  adw_combo_row_set_selected (self->period, position);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->period),
                               g_str_equal (period, "none")
                               ? _("Now: no refunds. Gumroad does not let that be chosen any more.")
                               : "");
}

static void
fill (GumAccountForm *self,
      GumRecord      *record)
{
  g_autofree char *text = NULL;

  self->filling = TRUE;
  g_set_object (&self->shown, record);
  if (is_policy (self))
    fill_period (self);
  else
    gtk_editable_set_text (GTK_EDITABLE (self->name), get_member (self, "name"));
  gum_form_text_set_text (self->text, get_member (self, get_text_member (self)));
  self->filling = FALSE;
  gtk_widget_set_sensitive (self->group, is_in_effect (self));
  gtk_widget_set_sensitive (GTK_WIDGET (self->text), is_in_effect (self));
  check (self);
}

static void
say_state (GumAccountForm *self)
{
  const GError *error = gum_records_get_error (self->records);
  GumFormWindow *form = GUM_FORM_WINDOW (self);

  if (gum_form_window_is_busy (form))
    return;
  if (gum_records_get_syncing (self->records))
    gum_form_window_set_message (form, self->shown == NULL ? _("Reading it from Gumroad…") : NULL,
                                 FALSE);
  else if (error != NULL)
    gum_form_window_show_error (form, error);
  else if (self->shown != NULL && !is_in_effect (self))
    gum_form_window_set_message (form,
                                 _("Gumroad says that this policy is not in effect for your account: "
                                   "each product has one of its own."), FALSE);
  else
    gum_form_window_set_message (form, NULL, FALSE);
}

static void
update (GumAccountForm *self)
{
  GumRecord *record = gum_records_get_only (self->records);
  g_autoptr (JsonObject) body = self->shown != NULL ? create_body (self) : NULL;

  if (record != NULL && record != self->shown && body == NULL)
    fill (self, record);
  say_state (self);
}

/* --- GObject ---------------------------------------------------------------------------------- */

static void
gum_account_form_apply (GumFormWindow *form)
{
  GumAccountForm *self = GUM_ACCOUNT_FORM (form);
  g_autoptr (JsonObject) body = create_body (self);
  g_autoptr (GumWrite) write = NULL;

  if (body == NULL)
    return;
  write = gum_records_new_update (self->records, self->shown,
                                  is_policy (self) ? _("Refund policy") : _("Profile"), body);
  gum_form_window_send (form, self->records, write,
                        is_policy (self) ? _("The refund policy was changed")
                                         : _("The profile was changed"));
}

static void
gum_account_form_dispose (GObject *object)
{
  GumAccountForm *self = GUM_ACCOUNT_FORM (object);

  if (self->records != NULL)
    g_signal_handlers_disconnect_by_data (self->records, self);
  g_clear_object (&self->records);
  g_clear_object (&self->shown);

  G_OBJECT_CLASS (gum_account_form_parent_class)->dispose (object);
}

static void
gum_account_form_class_init (GumAccountFormClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gum_account_form_dispose;
  GUM_FORM_WINDOW_CLASS (klass)->apply = gum_account_form_apply;
}

static void
gum_account_form_init (GumAccountForm *self)
{
}

static void
add_fields (GumAccountForm *self)
{
  const char * const names[] = { _("7 days"), _("14 days"), _("30 days"), _("6 months"), NULL };
  g_autoptr (GtkStringList) model = gtk_string_list_new (names);

  self->group = adw_preferences_group_new ();
  if (is_policy (self))
    {
      self->period = ADW_COMBO_ROW (adw_combo_row_new ());
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->period), _("Money Back Within"));
      adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self->period), 3);
      adw_combo_row_set_model (self->period, G_LIST_MODEL (model));
      g_signal_connect_object (self->period, "notify::selected", G_CALLBACK (check), self,
                               G_CONNECT_SWAPPED);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), GTK_WIDGET (self->period));
    }
  else
    {
      self->name = gum_form_new_entry (_("Name"), NULL);
      g_signal_connect_object (self->name, "changed", G_CALLBACK (check), self, G_CONNECT_SWAPPED);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), self->name);
    }
  self->text = GUM_FORM_TEXT (gum_form_text_new (is_policy (self) ? _("Fine Print") : _("About You"),
                                                 is_policy (self) ? MAX_FINE_PRINT : 0));
  g_signal_connect_object (self->text, "changed", G_CALLBACK (check), self, G_CONNECT_SWAPPED);
  gtk_widget_set_sensitive (self->group, FALSE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->text), FALSE);
  gum_form_window_add (GUM_FORM_WINDOW (self), self->group);
  gum_form_window_add (GUM_FORM_WINDOW (self), GTK_WIDGET (self->text));
}

/* NULL when there is no ledger. */
GtkWidget *
gum_account_form_new (GumShop       *shop,
                      GumRecordKind  kind)
{
  GumStore *store;
  GumAccountForm *self;
  const char * const properties[] = { "notify::syncing", "notify::loaded", "notify::error" };

  g_return_val_if_fail (GUM_IS_SHOP (shop), NULL);
  g_return_val_if_fail (kind == GUM_RECORD_PROFILE || kind == GUM_RECORD_POLICY, NULL);

  store = gum_shop_get_store (shop);
  if (store == NULL)
    return NULL;

  self = g_object_new (GUM_TYPE_ACCOUNT_FORM, NULL);
  self->kind = kind;
  self->records = g_object_ref (gum_store_get_records (store, kind));
  gum_form_window_set_texts (GUM_FORM_WINDOW (self),
                             is_policy (self) ? _("Refund Policy") : _("Profile"), _("_Save"));
  gum_form_window_set_ready (GUM_FORM_WINDOW (self), FALSE);
  add_fields (self);
  for (guint i = 0; i < G_N_ELEMENTS (properties); i++)
    g_signal_connect_object (self->records, properties[i], G_CALLBACK (update), self,
                             G_CONNECT_SWAPPED);
  g_signal_connect_object (self->records, "items-changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  gum_records_start_sync (self->records);
  update (self);

  return GTK_WIDGET (self);
}

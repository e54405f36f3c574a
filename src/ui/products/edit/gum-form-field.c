/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A key of a draft as a row of a form, with a line below it for what is wrong or worth knowing.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-form-field.h"

#include "gum-field-note.h"
#include "gum-form-kinds.h"
#include "gum-form-rules.h"
#include "gum-product-values.h"
#include "gum-util.h"

#include <glib/gi18n.h>

struct _GumFormField
{
  GObject               parent_instance;

  /* owned */
  GumDraft             *draft;
  GumProduct           *product;
  GumShop              *shop;
  GtkWidget            *row;
  GtkWidget            *note;        /* a row */
  char                 *refusal;     /* Gumroad's, of the value as it is */
  char                 *problem;     /* what is shown */

  /* borrowed */
  const GumFormLine    *line;
  const GumFormKindOps *ops;

  /* what is being shown is not being typed */
  gboolean              is_showing;
};

G_DEFINE_FINAL_TYPE (GumFormField, gum_form_field, G_TYPE_OBJECT)

static JsonObject *
get_record (GumFormField *self)
{
  return gum_resource_get_json (GUM_RESOURCE (self->product));
}

static void
show_note (GumFormField *self)
{
  const char *text;
  gboolean wrong;

  g_free (self->problem);
  self->problem = gum_form_rules_dup_problem (self->line->key, self->draft, get_record (self));
  if (self->problem == NULL)
    self->problem = g_strdup (self->refusal);
  wrong = self->problem != NULL;
  text = wrong ? self->problem : self->line->hint != NULL ? _(self->line->hint) : NULL;

  if (text != NULL)
    gtk_widget_add_css_class (self->row, "gum-form-noted");
  else
    gtk_widget_remove_css_class (self->row, "gum-form-noted");
  gum_field_note_show (self->note, self->row, text, wrong);
}

static void
typed_cb (GumFormField *self)
{
  g_autofree char *currency = NULL;
  g_autoptr (JsonNode) value = NULL;

  if (self->is_showing)
    return;

  currency = gum_form_rules_dup_currency (self->draft, get_record (self));
  value = self->ops->read (self->row, currency);
  g_clear_pointer (&self->refusal, g_free);
  gum_draft_set_value (self->draft, self->line->key, value, get_record (self));
  show_note (self);
}

void
gum_form_field_show (GumFormField *self)
{
  g_autoptr (JsonNode) value = NULL;
  g_autofree char *currency = NULL;

  g_return_if_fail (GUM_IS_FORM_FIELD (self));

  value = gum_draft_dup_value (self->draft, self->line->key, get_record (self));
  currency = gum_form_rules_dup_currency (self->draft, get_record (self));
  self->is_showing = TRUE;
  self->ops->show (self->row, value, currency);
  self->is_showing = FALSE;
  show_note (self);
}

/* What was no amount in one currency may be one in another. */
static void
read_amount_again (GumFormField *self)
{
  JsonNode *mine = gum_draft_get_mine (self->draft, self->line->key);

  if ((self->line->kind == GUM_FORM_MONEY || self->line->kind == GUM_FORM_OPEN_MONEY) && mine != NULL && JSON_NODE_HOLDS_VALUE (mine) &&
      json_node_get_value_type (mine) == G_TYPE_STRING)
    typed_cb (self);
}

static void
draft_cb (GumFormField *self,
          const char   *key)
{
  if (g_strcmp0 (key, "price_currency_type") == 0)
    read_amount_again (self);

  /* What Gumroad refused is not there any more. */
  if (key == NULL || g_str_equal (key, self->line->key))
    g_clear_pointer (&self->refusal, g_free);
  /* A price is another one in another currency. */
  if (key == NULL || g_str_equal (key, self->line->key) || g_str_equal (key, "price_currency_type") ||
      g_str_equal (key, "price") || g_str_equal (key, "customizable_price"))
    gum_form_field_show (self);
}

static void
gum_form_field_dispose (GObject *object)
{
  GumFormField *self = GUM_FORM_FIELD (object);

  g_clear_object (&self->row);
  g_clear_object (&self->note);
  g_clear_object (&self->draft);
  g_clear_object (&self->product);
  g_clear_object (&self->shop);

  G_OBJECT_CLASS (gum_form_field_parent_class)->dispose (object);
}

static void
gum_form_field_finalize (GObject *object)
{
  GumFormField *self = GUM_FORM_FIELD (object);

  g_free (self->refusal);
  g_free (self->problem);

  G_OBJECT_CLASS (gum_form_field_parent_class)->finalize (object);
}

static void
gum_form_field_class_init (GumFormFieldClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = gum_form_field_dispose;
  object_class->finalize = gum_form_field_finalize;
}

static void
gum_form_field_init (GumFormField *self)
{
}

GumFormField *
gum_form_field_new (const GumFormLine *line,
                    GumDraft          *draft,
                    GumProduct        *product,
                    GumShop           *shop)
{
  GumFormField *self = g_object_new (GUM_TYPE_FORM_FIELD, NULL);

  self->line = line;
  self->draft = g_object_ref (draft);
  self->product = g_object_ref (product);
  self->shop = g_object_ref (shop);
  self->ops = gum_form_kinds_get (line->kind);
  /* A list that is filled selects something. */
  self->is_showing = TRUE;
  self->row = g_object_ref_sink (self->ops->create (self, gum_product_values_get_title (line->key),
                                                    G_CALLBACK (typed_cb)));
  self->note = g_object_ref_sink (gum_field_note_new ());
  g_signal_connect_object (draft, "changed", G_CALLBACK (draft_cb), self, G_CONNECT_SWAPPED);
  gum_form_field_show (self);

  return self;
}

const char *
gum_form_field_get_key (GumFormField *self)
{
  g_return_val_if_fail (GUM_IS_FORM_FIELD (self), NULL);

  return self->line->key;
}

GtkWidget *
gum_form_field_get_row (GumFormField *self)
{
  g_return_val_if_fail (GUM_IS_FORM_FIELD (self), NULL);

  return self->row;
}

GumShop *
gum_form_field_get_shop (GumFormField *self)
{
  g_return_val_if_fail (GUM_IS_FORM_FIELD (self), NULL);

  return self->shop;
}

void
gum_form_field_add_to (GumFormField        *self,
                       AdwPreferencesGroup *group)
{
  g_return_if_fail (GUM_IS_FORM_FIELD (self));

  adw_preferences_group_add (group, self->row);
  adw_preferences_group_add (group, self->note);
}

const char *
gum_form_field_get_problem (GumFormField *self)
{
  g_return_val_if_fail (GUM_IS_FORM_FIELD (self), NULL);

  return self->problem;
}

void
gum_form_field_set_refusal (GumFormField *self,
                            const char   *text)
{
  g_return_if_fail (GUM_IS_FORM_FIELD (self));

  gum_set_str (&self->refusal, text);
  show_note (self);
}

void
gum_form_field_focus (GumFormField *self)
{
  g_return_if_fail (GUM_IS_FORM_FIELD (self));

  gtk_widget_child_focus (self->row, GTK_DIR_TAB_FORWARD);
}

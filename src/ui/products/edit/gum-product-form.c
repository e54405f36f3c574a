/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The form of a product: which fields there are, in groups, and which of them a product has.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-product-form.h"

#include "gum-error.h"
#include "gum-form-rules.h"

#include <glib/gi18n.h>

struct _GumProductForm
{
  GumDraftPage  parent_instance;

  /* owned */
  GPtrArray    *fields;      /* of GumFormField */
};

G_DEFINE_FINAL_TYPE (GumProductForm, gum_product_form, GUM_TYPE_DRAFT_PAGE)

static const GumFormLine basics[] = {
  { "name", GUM_FORM_ENTRY },
  { "custom_summary", GUM_FORM_ENTRY, N_("One line under the name, for those who decide.") },
  { "custom_permalink", GUM_FORM_ENTRY, N_("The end of the product’s address. Empty: Gumroad’s own.") },
  { NULL },
};

static const GumFormLine price[] = {
  { "price", GUM_FORM_MONEY },
  { "price_currency_type", GUM_FORM_CURRENCY },
  { "customizable_price", GUM_FORM_SWITCH },
  { "suggested_price_cents", GUM_FORM_OPEN_MONEY,
    N_("For buyers who may pay more. Gumroad does not tell what it is now; left empty, it stays.") },
  { NULL },
};

static const GumFormLine text[] = {
  { "description", GUM_FORM_HTML },
  { NULL },
};

static const GumFormLine finding[] = {
  { "category", GUM_FORM_CATEGORY },
  { "tags", GUM_FORM_TAGS, N_("Separate them with commas.") },
  { NULL },
};

static const GumFormLine selling[] = {
  { "max_purchase_count", GUM_FORM_COUNT, N_("How many can be sold. Empty: no limit.") },
  { "custom_receipt", GUM_FORM_TEXT },
  { NULL },
};

static const GumFormLine refunds[] = {
  { "refund_period", GUM_FORM_REFUND },
  { "refund_fine_print", GUM_FORM_TEXT },
  { NULL },
};

static const GumFormLine untold[] = {
  { "quantity_enabled", GUM_FORM_UNTOLD },
  { "display_product_reviews", GUM_FORM_UNTOLD },
  { "should_show_sales_count", GUM_FORM_UNTOLD },
  { "is_adult", GUM_FORM_UNTOLD },
  { NULL },
};

static const struct {
  const char        *title;
  const char        *description;
  const GumFormLine *lines;
} groups[] = {
  { N_("Product"), NULL, basics },
  { N_("Price"), NULL, price },
  { N_("Description"), NULL, text },
  { N_("Finding It"), NULL, finding },
  { N_("Selling"), NULL, selling },
  { N_("Refunds"), NULL, refunds },
  { N_("More Settings"), N_("Gumroad takes these, but does not tell what they are now."), untold },
};

static JsonObject *
get_record (GumProductForm *self)
{
  return gum_resource_get_json (GUM_RESOURCE (gum_subpage_get_product (GUM_SUBPAGE (self))));
}

/* --- what is shown ---------------------------------------------------------------------------- */

static void
product_changed_cb (GumProductForm *self)
{
  for (guint i = 0; i < self->fields->len; i++)
    gum_form_field_show (g_ptr_array_index (self->fields, i));
}

/* --- saving ----------------------------------------------------------------------------------- */

static gboolean
find_problem (GumDraftPage *page)
{
  GumProductForm *self = GUM_PRODUCT_FORM (page);

  for (guint i = 0; i < self->fields->len; i++)
    {
      GumFormField *field = g_ptr_array_index (self->fields, i);

      /* What Gumroad refused may pass the next time. */
      gum_form_field_set_refusal (field, NULL);
      if (gum_form_field_get_problem (field) != NULL)
        {
          gum_form_field_focus (field);
          return TRUE;
        }
    }

  return FALSE;
}

/* Beside the field that it is about, if it says which. */
static gboolean
show_refusal (GumDraftPage *page,
              const GError *error,
              gboolean      asked)
{
  GumProductForm *self = GUM_PRODUCT_FORM (page);
  const char *said = gum_error_get_server_message (error);
  const char *key = gum_form_rules_find_key (said);
  GumDraft *draft = gum_draft_page_get_draft (page);
  GumFormField *field = key != NULL && gum_draft_get_mine (draft, key) != NULL
                        ? gum_product_form_find_field (self, key) : NULL;
  g_autofree char *sentence = NULL;

  if (field == NULL)
    return FALSE;

  sentence = g_strdup_printf (_("Gumroad says: “%s”"), said);
  gum_form_field_set_refusal (field, sentence);
  if (asked)
    gum_form_field_focus (field);

  return TRUE;
}

/* --- building --------------------------------------------------------------------------------- */

/* What the product or the connection does not have. */
static gboolean
is_wanted (GumProductForm *self,
           const char     *key)
{
  JsonObject *record = get_record (self);

  if (g_str_has_prefix (key, "refund_"))
    return json_object_has_member (record, "refund_policy") ||
           gum_draft_get_mine (gum_draft_page_get_draft (GUM_DRAFT_PAGE (self)), key) != NULL;
  if (g_str_equal (key, "quantity_enabled"))
    return gum_product_get_kind (gum_subpage_get_product (GUM_SUBPAGE (self))) !=
           GUM_PRODUCT_KIND_MEMBERSHIP;

  return TRUE;
}

static gboolean
is_fixed (GumProductForm *self,
          const char     *key)
{
  return gum_product_get_kind (gum_subpage_get_product (GUM_SUBPAGE (self))) ==
           GUM_PRODUCT_KIND_MEMBERSHIP &&
         (g_str_equal (key, "price") || g_str_equal (key, "price_currency_type"));
}

static GtkWidget *
create_group (GumProductForm    *self,
              const char        *title,
              const char        *description,
              const GumFormLine *lines)
{
  GtkWidget *group = adw_preferences_group_new ();
  /* A title is markup. */
  g_autofree char *escaped = g_markup_escape_text (title, -1);
  gboolean anything = FALSE;

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), escaped);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), description);
  for (const GumFormLine *line = lines; line->key != NULL; line++)
    {
      GumFormField *field;

      if (!is_wanted (self, line->key))
        continue;
      field = gum_form_field_new (line, gum_draft_page_get_draft (GUM_DRAFT_PAGE (self)),
                                  gum_subpage_get_product (GUM_SUBPAGE (self)),
                                  gum_subpage_get_shop (GUM_SUBPAGE (self)));
      g_ptr_array_add (self->fields, field);
      gum_form_field_add_to (field, ADW_PREFERENCES_GROUP (group));
      anything = TRUE;
      if (is_fixed (self, line->key))
        {
          gtk_widget_set_sensitive (gum_form_field_get_row (field), FALSE);
          adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group),
                                                 _("A membership’s prices are those of its tiers, which "
                                                   "can only be changed at Gumroad."));
        }
    }
  gtk_widget_set_visible (group, anything);

  return group;
}

static void
gum_product_form_constructed (GObject *object)
{
  GumProductForm *self = GUM_PRODUCT_FORM (object);
  GumSubpage *subpage = GUM_SUBPAGE (object);
  GtkWidget *box;

  G_OBJECT_CLASS (gum_product_form_parent_class)->constructed (object);

  gum_subpage_set_title (subpage, _("Edit"));
  box = gum_draft_page_add_column (GUM_DRAFT_PAGE (self));
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    gtk_box_append (GTK_BOX (box), create_group (self, _(groups[i].title),
                                                 groups[i].description != NULL
                                                 ? _(groups[i].description) : NULL,
                                                 groups[i].lines));

  g_signal_connect_object (gum_subpage_get_product (subpage), "changed",
                           G_CALLBACK (product_changed_cb), self, G_CONNECT_SWAPPED);
}

static void
gum_product_form_dispose (GObject *object)
{
  g_ptr_array_set_size (GUM_PRODUCT_FORM (object)->fields, 0);

  G_OBJECT_CLASS (gum_product_form_parent_class)->dispose (object);
}

static void
gum_product_form_finalize (GObject *object)
{
  g_ptr_array_unref (GUM_PRODUCT_FORM (object)->fields);

  G_OBJECT_CLASS (gum_product_form_parent_class)->finalize (object);
}

static void
gum_product_form_class_init (GumProductFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GumDraftPageClass *page_class = GUM_DRAFT_PAGE_CLASS (klass);

  object_class->constructed = gum_product_form_constructed;
  object_class->dispose = gum_product_form_dispose;
  object_class->finalize = gum_product_form_finalize;
  page_class->find_problem = find_problem;
  page_class->show_refusal = show_refusal;
}

static void
gum_product_form_init (GumProductForm *self)
{
  self->fields = g_ptr_array_new_with_free_func (g_object_unref);
}

GumFormField *
gum_product_form_find_field (GumProductForm *self,
                             const char     *key)
{
  g_return_val_if_fail (GUM_IS_PRODUCT_FORM (self), NULL);

  for (guint i = 0; i < self->fields->len; i++)
    {
      GumFormField *field = g_ptr_array_index (self->fields, i);

      if (g_str_equal (gum_form_field_get_key (field), key))
        return field;
    }

  return NULL;
}

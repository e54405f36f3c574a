/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A version to fill in: only what has changed is sent. A group of versions is created together with its
 * first one.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-version-form.h"

#include "gum-detail-rows.h"
#include "gum-part-words.h"
#include "gum-part-write.h"
#include "gum-version-words.h"

#include <glib/gi18n.h>

struct _GumVersionForm
{
  GumPartForm         parent_instance;

  /* owned */
  GumVariantCategory *category;      /* NULL: a new one */
  GumVariant         *variant;       /* NULL: a new one */

  /* borrowed; NULL: it has no such field */
  GumPartField       *group;
  GumPartField       *name;
  GumPartField       *price;
  GumPartField       *description;
  GumPartField       *limit;
};

G_DEFINE_FINAL_TYPE (GumVersionForm, gum_version_form, GUM_TYPE_PART_FORM)

static const char *
get_currency (GumVersionForm *self)
{
  return gum_product_get_currency (gum_part_form_get_product (GUM_PART_FORM (self)));
}

static char *
dup_stripped (GumPartField *field)
{
  return g_strstrip (g_strdup (gum_part_field_get_text (field)));
}

/* --- what is wrong ---------------------------------------------------------------------------- */

static gboolean
check_name (GumVersionForm *self,
            GumPartField   *field,
            gboolean        may_be_empty)
{
  g_autofree char *text = dup_stripped (field);
  g_autofree char *problem = NULL;

  if (*text != '\0' || !may_be_empty)
    problem = gum_part_words_dup_problem (gum_variant_check_name (text), get_currency (self));

  return gum_part_field_set_problem (field, problem);
}

static gboolean
check_price (GumVersionForm *self)
{
  GumProduct *product = gum_part_form_get_product (GUM_PART_FORM (self));
  const char *currency = get_currency (self);
  gboolean is_amount = gum_version_words_is_amounts (self->category);
  g_autofree char *problem = NULL;
  g_autofree char *hint = NULL;
  gint64 amount = 0;

  problem = gum_part_words_dup_amount (gum_money_parse (gum_part_field_get_text (self->price),
                                                        currency, &amount), currency);
  if (problem == NULL && is_amount)
    problem = gum_part_words_dup_problem (gum_variant_check_amount (amount, currency), currency);
  else if (problem == NULL)
    problem = gum_part_words_dup_problem (gum_variant_check_difference (
                                            amount, gum_product_get_price (product), currency),
                                          currency);

  if (problem == NULL && !is_amount)
    {
      g_autofree char *whole = gum_money_format (gum_product_get_price (product) + amount, currency);

      /* Translators: what a version costs, its surcharge included; %s is the amount */
      hint = g_strdup_printf (_("Added to the product’s price. Buyers pay %s."), whole);
    }
  gum_part_field_set_hint (self->price, hint);

  return gum_part_field_set_problem (self->price, problem);
}

static gboolean
check_description (GumVersionForm *self)
{
  g_autofree char *text = dup_stripped (self->description);
  g_autofree char *problem = NULL;

  problem = gum_part_words_dup_problem (gum_variant_check_description (text), get_currency (self));

  return gum_part_field_set_problem (self->description, problem);
}

static gboolean
check_limit (GumVersionForm *self)
{
  g_autofree char *problem = NULL;
  gint64 limit;

  problem = gum_part_words_dup_problem (gum_variant_parse_limit (
                                          gum_part_field_get_text (self->limit), &limit),
                                        get_currency (self));

  return gum_part_field_set_problem (self->limit, problem);
}

static gboolean
gum_version_form_check (GumPartForm *form)
{
  GumVersionForm *self = GUM_VERSION_FORM (form);
  gboolean fine = TRUE;

  /* Each says what is wrong with it, whatever is wrong with the others. */
  if (self->group != NULL)
    fine &= check_name (self, self->group, FALSE);
  fine &= check_name (self, self->name, gum_version_words_is_amounts (self->category));
  if (self->price != NULL)
    fine &= check_price (self);
  fine &= check_description (self);
  fine &= check_limit (self);

  return fine;
}

/* --- what is sent ----------------------------------------------------------------------------- */

static JsonNode *
new_text_node (const char *text)
{
  JsonNode *node = json_node_alloc ();

  return text != NULL && *text != '\0' ? json_node_init_string (node, text)
                                       : json_node_init_null (node);
}

static JsonNode *
new_int_node (gboolean has,
              gint64   value)
{
  JsonNode *node = json_node_alloc ();

  return has ? json_node_init_int (node, value) : json_node_init_null (node);
}

/* Takes both nodes. What did not change is not sent. */
static void
add_change (JsonObject *body,
            JsonObject *before,
            const char *key,
            JsonNode   *now,
            JsonNode   *then)
{
  if (then != NULL && json_node_equal (now, then))
    {
      json_node_unref (now);
      json_node_unref (then);
      return;
    }

  json_object_set_member (body, key, now);
  json_object_set_member (before, key, then != NULL ? then : json_node_init_null (json_node_alloc ()));
}

static JsonNode *
dup_former_text (GumVersionForm *self,
                 const char     *property)
{
  g_autofree char *text = NULL;

  if (self->variant == NULL)
    return NULL;
  text = gum_detail_dup_string (self->variant, property);

  return new_text_node (text);
}

static JsonNode *
dup_former_int (GumVersionForm *self,
                const char     *property)
{
  if (self->variant == NULL)
    return NULL;

  return new_int_node (gum_resource_has (GUM_RESOURCE (self->variant), property),
                       gum_detail_get_int (self->variant, property));
}

static void
collect (GumVersionForm *self,
         JsonObject     *body,
         JsonObject     *before)
{
  g_autofree char *name = dup_stripped (self->name);
  g_autofree char *description = dup_stripped (self->description);
  JsonNode *name_node = json_node_init_string (json_node_alloc (), name);
  JsonNode *former = dup_former_text (self, "name");
  gint64 limit = 0;
  gint64 amount = 0;

  /* The name of an amount is empty, and not null. */
  if (former != NULL && JSON_NODE_HOLDS_NULL (former))
    json_node_init_string (former, "");
  add_change (body, before, "name", name_node, former);

  if (self->price != NULL &&
      gum_money_parse (gum_part_field_get_text (self->price), get_currency (self), &amount) ==
      GUM_MONEY_FINE)
    add_change (body, before, "price_difference_cents", new_int_node (TRUE, amount),
                dup_former_int (self, "price-difference-cents"));

  if (self->variant != NULL || *description != '\0')
    add_change (body, before, "description", new_text_node (description),
                dup_former_text (self, "description"));

  gum_variant_parse_limit (gum_part_field_get_text (self->limit), &limit);
  if (self->variant != NULL || limit > 0)
    add_change (body, before, "max_purchase_count", new_int_node (limit > 0, limit),
                dup_former_int (self, "max-purchase-count"));
}

static void
group_added_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GumPartForm) form = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *title = NULL;
  g_autofree char *done = NULL;

  gum_journal_add_group_finish (GUM_JOURNAL (source), result, &error);
  if (error == NULL)
    {
      title = dup_stripped (GUM_VERSION_FORM (form)->group);
      done = g_strdup_printf (_("“%s” created"), title);
    }
  gum_part_form_end (form, error, NULL, done);
}

static void
add_group (GumVersionForm *self,
           JsonObject     *body)
{
  GumPartForm *form = GUM_PART_FORM (self);
  GumStore *store = gum_shop_get_store (gum_part_form_get_shop (form));
  GumProduct *product = gum_part_form_get_product (form);
  g_autofree char *title = dup_stripped (self->group);

  gum_journal_add_group_async (gum_store_get_journal (store),
                               gum_resource_get_id (GUM_RESOURCE (product)), title, body,
                               gum_part_form_begin (form), group_added_cb, g_object_ref (self));
}

static void
gum_version_form_submit (GumPartForm *form)
{
  GumVersionForm *self = GUM_VERSION_FORM (form);
  GumProduct *product = gum_part_form_get_product (form);
  const char *product_id = gum_resource_get_id (GUM_RESOURCE (product));
  g_autoptr (JsonObject) body = json_object_new ();
  g_autoptr (JsonObject) before = json_object_new ();
  g_autofree char *name = dup_stripped (self->name);
  g_autofree char *done = NULL;
  g_autoptr (GumWrite) write = NULL;

  collect (self, body, before);
  if (self->category == NULL)
    {
      add_group (self, body);
      return;
    }

  if (self->variant == NULL)
    {
      done = g_strdup_printf (_("“%s” created"), name);
      write = gum_write_new_variant_create (product_id,
                                            gum_resource_get_id (GUM_RESOURCE (self->category)),
                                            body);
    }
  else if (json_object_get_size (body) > 0)
    {
      done = g_strdup_printf (_("“%s” changed"), name);
      write = gum_write_new_variant_update (product_id,
                                            gum_resource_get_id (GUM_RESOURCE (self->category)),
                                            gum_resource_get_id (GUM_RESOURCE (self->variant)),
                                            name, body, before);
    }

  if (write != NULL)
    gum_part_form_send (form, write, done);
  else
    gtk_window_close (GTK_WINDOW (self));
}

/* --- the window ------------------------------------------------------------------------------- */

static void
gum_version_form_dispose (GObject *object)
{
  GumVersionForm *self = GUM_VERSION_FORM (object);

  g_clear_object (&self->category);
  g_clear_object (&self->variant);

  G_OBJECT_CLASS (gum_version_form_parent_class)->dispose (object);
}

static void
gum_version_form_class_init (GumVersionFormClass *klass)
{
  GumPartFormClass *form_class = GUM_PART_FORM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gum_version_form_dispose;
  form_class->check = gum_version_form_check;
  form_class->submit = gum_version_form_submit;
}

static void
gum_version_form_init (GumVersionForm *self)
{
}

static char *
dup_limit (GumVersionForm *self)
{
  if (self->variant == NULL || !gum_resource_has (GUM_RESOURCE (self->variant), "max-purchase-count"))
    return NULL;

  return g_strdup_printf ("%" G_GINT64_FORMAT,
                          gum_detail_get_int (self->variant, "max-purchase-count"));
}

static void
add_fields (GumVersionForm *self,
            gboolean        is_tiered)
{
  GumPartForm *form = GUM_PART_FORM (self);
  gboolean is_amount = gum_version_words_is_amounts (self->category);
  AdwPreferencesGroup *group;
  g_autofree char *name = NULL;
  g_autofree char *description = NULL;
  g_autofree char *limit = dup_limit (self);
  g_autofree char *price = NULL;

  if (self->variant != NULL)
    {
      name = gum_detail_dup_string (self->variant, "name");
      description = gum_detail_dup_string (self->variant, "description");
    }
  if (self->category == NULL)
    {
      group = gum_part_form_add_group (form, _("Versions stand in a group, from which buyers choose "
                                               "one: “Licence”, “Size”, “Edition”."));
      self->group = gum_part_form_add_entry (form, group, _("Name of the Group"), NULL, NULL);
    }

  group = gum_part_form_add_group (form, is_tiered ?
                                   _("What a tier costs for each period can only be set on "
                                     "Gumroad’s website.") : NULL);
  self->name = gum_part_form_add_entry (form, group,
                                        self->category == NULL ? _("First Version") : _("Name"),
                                        name, NULL);
  if (!is_tiered)
    {
      gint64 amount = self->variant != NULL ?
                      gum_detail_get_int (self->variant, "price-difference-cents") : 0;

      if (self->variant != NULL || !is_amount)
        price = gum_money_format_plain (amount, get_currency (self));
      self->price = gum_part_form_add_entry (form, group,
                                             is_amount ? _("Amount") : _("Surcharge"), price, NULL);
    }
  self->description = gum_part_form_add_entry (form, group, _("Description"), description, NULL);
  self->limit = gum_part_form_add_entry (form, group, _("Sold at Most"), limit,
                                         _("Empty: as many as wanted."));
}

GtkWidget *
gum_version_form_new (GtkWidget          *parent,
                      GumShop            *shop,
                      GumProduct         *product,
                      GumVariantCategory *category,
                      GumVariant         *variant)
{
  GumVersionForm *self = g_object_new (GUM_TYPE_VERSION_FORM, NULL);
  gboolean is_tiered = gum_version_words_is_tiered (product);
  const char *title;

  g_set_object (&self->category, category);
  g_set_object (&self->variant, variant);
  if (category == NULL)
    title = _("New Versions");
  else if (variant == NULL)
    title = is_tiered ? _("New Tier") : _("New Version");
  else
    title = is_tiered ? _("Tier") : _("Version");

  gum_part_form_set_up (GUM_PART_FORM (self), parent, shop, product, title,
                        variant == NULL ? _("C_reate") : _("_Save"));
  add_fields (self, is_tiered);
  gum_part_form_check (GUM_PART_FORM (self));

  return GTK_WIDGET (self);
}

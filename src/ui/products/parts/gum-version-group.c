/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A group of versions: rows that open a form, buttons to add, rename and delete. Gumroad saves no product
 * with an empty group, so the last version goes with its group.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-version-group.h"

#include "gum-build.h"
#include "gum-collection.h"
#include "gum-detail-rows.h"
#include "gum-errors.h"
#include "gum-part-form.h"
#include "gum-part-page.h"
#include "gum-part-send.h"
#include "gum-title-form.h"
#include "gum-version-form.h"
#include "gum-version-words.h"

#include <glib/gi18n.h>

/* Versions that a question names one by one. */
#define MAX_NAMED 5

struct _GumVersionGroup
{
  AdwBin               parent_instance;

  /* owned */
  GumShop             *shop;
  GumProduct          *product;
  GumVariantCategory  *category;
  GumCollection       *variants;     /* NULL: there is no ledger */

  /* widgets */
  AdwPreferencesGroup *group;
  GtkWidget           *list;
  GtkWidget           *retry;
  GtkWidget           *add;
  GtkWidget           *rename;
  GtkWidget           *remove;
};

G_DEFINE_FINAL_TYPE (GumVersionGroup, gum_version_group, ADW_TYPE_BIN)

static guint
count (GumVersionGroup *self)
{
  return self->variants != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->variants)) : 0;
}

static const char *
get_category_id (GumVersionGroup *self)
{
  return gum_resource_get_id (GUM_RESOURCE (self->category));
}

static const char *
get_product_id (GumVersionGroup *self)
{
  return gum_resource_get_id (GUM_RESOURCE (self->product));
}

/* --- deleting --------------------------------------------------------------------------------- */

static char *
dup_names (GumVersionGroup *self)
{
  guint n_items = count (self);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < n_items && i < MAX_NAMED; i++)
    {
      g_autoptr (GumVariant) variant = g_list_model_get_item (G_LIST_MODEL (self->variants), i);
      g_autofree char *name = gum_version_words_dup_name (variant, self->product);

      g_string_append_printf (names, "%s“%s”", i > 0 ? ", " : "", name);
    }
  if (n_items > MAX_NAMED)
    g_string_append (names, "…");

  return g_string_free (g_steal_pointer (&names), FALSE);
}

static void
ask_delete_group (GumVersionGroup *self)
{
  g_autofree char *title = gum_version_words_dup_title (self->category, self->product);
  g_autofree char *heading = g_strdup_printf (_("Delete “%s”?"), title);
  g_autofree char *done = g_strdup_printf (_("“%s” deleted"), title);
  g_autofree char *names = dup_names (self);
  g_autofree char *body = NULL;
  g_autoptr (GumWrite) write = NULL;

  if (gum_version_words_is_tiered (self->product))
    {
      gum_part_say (GTK_WIDGET (self), _("A Membership Needs a Tier"),
                    _("The last tier of a membership cannot be deleted. Create another one "
                      "first."));
      return;
    }

  if (count (self) == 0)
    body = g_strdup (_("It has no versions."));
  else
    body = g_strdup_printf (ngettext ("%s goes with it: nobody can buy it any more, and what only "
                                      "its buyers would get is lost. This cannot be undone.",
                                      "%s go with it: nobody can buy them any more, and what only "
                                      "their buyers would get is lost. This cannot be undone.",
                                      count (self)), names);
  write = gum_write_new_category_delete (get_product_id (self), get_category_id (self), title);
  gum_part_ask (GTK_WIDGET (self), self->shop, write, heading, body, _("_Delete"), done);
}

static void
ask_delete (GumVersionGroup *self,
            GumVariant      *variant)
{
  g_autofree char *name = gum_version_words_dup_name (variant, self->product);
  g_autofree char *heading = g_strdup_printf (_("Delete “%s”?"), name);
  g_autofree char *done = g_strdup_printf (_("“%s” deleted"), name);
  g_autoptr (GumWrite) write = NULL;

  if (count (self) < 2)
    {
      ask_delete_group (self);
      return;
    }

  write = gum_write_new_variant_delete (get_product_id (self), get_category_id (self),
                                        gum_resource_get_id (GUM_RESOURCE (variant)), name);
  gum_part_ask (GTK_WIDGET (self), self->shop, write, heading,
                gum_version_words_is_tiered (self->product) ?
                _("Nobody can join it any more. Its description, its limit and what only its "
                  "members would get are lost. This cannot be undone.") :
                _("Nobody can buy it any more. Its surcharge, its description, its limit and what "
                  "only its buyers would get are lost. This cannot be undone."),
                _("_Delete"), done);
}

/* --- rows ------------------------------------------------------------------------------------- */

static GumVersionGroup *
get_group (GtkWidget *row)
{
  return GUM_VERSION_GROUP (gtk_widget_get_ancestor (row, GUM_TYPE_VERSION_GROUP));
}

static GumVariant *
get_variant (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "variant");
}

static void
show_row (GtkWidget *row)
{
  GumProduct *product = g_object_get_data (G_OBJECT (row), "product");
  GtkLabel *label = g_object_get_data (G_OBJECT (row), "price");
  GtkWidget *remove = g_object_get_data (G_OBJECT (row), "remove");
  GumVariant *variant = get_variant (row);
  gboolean is_tiered = gum_version_words_is_tiered (product);
  g_autofree char *name = gum_version_words_dup_name (variant, product);
  g_autofree char *price = gum_version_words_dup_price (variant, product);
  g_autofree char *more = gum_version_words_dup_more (variant);
  g_autofree char *sentence = gum_version_words_dup_sentence (variant, product);
  g_autofree char *verb = g_strdup_printf (_("Delete “%s”"), name);
  g_autofree char *both = NULL;

  /* The prices of a tier are too long to stand beside its name. */
  if (is_tiered)
    both = g_strjoin (*price != '\0' && *more != '\0' ? "\n" : "", price, more, NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), is_tiered ? both : more);
  gtk_label_set_text (label, is_tiered ? "" : price);
  gtk_widget_set_tooltip_text (remove, verb);
  gtk_accessible_update_property (GTK_ACCESSIBLE (remove), GTK_ACCESSIBLE_PROPERTY_LABEL, verb, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence, -1);
}

static void
remove_row (GtkWidget *row)
{
  ask_delete (get_group (row), get_variant (row));
}

static GtkWidget *
create_row_cb (gpointer item,
               gpointer user_data)
{
  GumVersionGroup *self = user_data;
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *label = gtk_label_new (NULL);
  GtkWidget *remove = gum_build_icon_button ("user-trash-symbolic", "", NULL);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), remove);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);

  g_object_set_data_full (G_OBJECT (row), "variant", g_object_ref (item), g_object_unref);
  g_object_set_data_full (G_OBJECT (row), "product", g_object_ref (self->product), g_object_unref);
  g_object_set_data (G_OBJECT (row), "price", label);
  g_object_set_data (G_OBJECT (row), "remove", remove);
  g_signal_connect_object (remove, "clicked", G_CALLBACK (remove_row), row, G_CONNECT_SWAPPED);
  g_signal_connect_object (item, "notify", G_CALLBACK (show_row), row, G_CONNECT_SWAPPED);
  show_row (row);

  return row;
}

static void
row_activated_cb (GumVersionGroup *self,
                  GtkWidget       *row)
{
  gtk_window_present (GTK_WINDOW (gum_version_form_new (GTK_WIDGET (self), self->shop,
                                                        self->product, self->category,
                                                        get_variant (row))));
}

/* --- the group -------------------------------------------------------------------------------- */

/* Takes @label. */
static void
label_button (GtkWidget *button,
              char      *label)
{
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  g_free (label);
}

static void
show_title (GumVersionGroup *self)
{
  g_autofree char *title = gum_version_words_dup_title (self->category, self->product);
  g_autofree char *escaped = g_markup_escape_text (title, -1);

  adw_preferences_group_set_title (self->group, escaped);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
  label_button (self->add, g_strdup_printf (_("Add to “%s”"), title));
  label_button (self->rename, g_strdup_printf (_("Rename “%s”"), title));
  label_button (self->remove, g_strdup_printf (_("Delete “%s”"), title));
}

static void
show_state (GumVersionGroup *self)
{
  const GError *error = self->variants != NULL ? gum_collection_get_error (self->variants) : NULL;
  gboolean known = self->variants != NULL && gum_collection_is_known (self->variants);
  g_autofree char *sentence = NULL;
  g_autofree char *escaped = NULL;

  if (error != NULL)
    sentence = gum_errors_dup_sentence (error, NULL);
  else if (!known)
    sentence = g_strdup (_("Reading…"));
  else if (count (self) == 0)
    sentence = g_strdup (_("Nothing is in this group, and Gumroad saves no product with such a "
                           "group. Add a version, or delete the group. What a call can last can "
                           "only be set on Gumroad’s website."));

  escaped = sentence != NULL ? g_markup_escape_text (sentence, -1) : NULL;
  adw_preferences_group_set_description (self->group, escaped);
  gtk_widget_set_visible (self->list, count (self) > 0);
  gtk_widget_set_visible (self->retry, error != NULL);
}

static void
add_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  GumVersionGroup *self = GUM_VERSION_GROUP (widget);

  gtk_window_present (GTK_WINDOW (gum_version_form_new (widget, self->shop, self->product,
                                                        self->category, NULL)));
}

static void
rename_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  GumVersionGroup *self = GUM_VERSION_GROUP (widget);

  gtk_window_present (GTK_WINDOW (gum_title_form_new (widget, self->shop, self->product,
                                                      self->category)));
}

static void
delete_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  ask_delete_group (GUM_VERSION_GROUP (widget));
}

static void
gum_version_group_dispose (GObject *object)
{
  GumVersionGroup *self = GUM_VERSION_GROUP (object);

  if (self->list != NULL)
    gtk_list_box_bind_model (GTK_LIST_BOX (self->list), NULL, NULL, NULL, NULL);
  self->list = NULL;
  if (self->variants != NULL)
    g_signal_handlers_disconnect_by_data (self->variants, self);
  g_clear_object (&self->variants);
  g_clear_object (&self->category);
  g_clear_object (&self->product);
  g_clear_object (&self->shop);

  G_OBJECT_CLASS (gum_version_group_parent_class)->dispose (object);
}

static void
gum_version_group_class_init (GumVersionGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gum_version_group_dispose;

  gtk_widget_class_install_action (widget_class, "versions.add", NULL, add_action);
  gtk_widget_class_install_action (widget_class, "versions.rename", NULL, rename_action);
  gtk_widget_class_install_action (widget_class, "versions.delete", NULL, delete_action);
}

static GtkWidget *
add_button (GtkWidget  *box,
            const char *icon,
            const char *action)
{
  GtkWidget *button = gum_build_icon_button (icon, "", action);

  gtk_box_append (GTK_BOX (box), button);

  return button;
}

static void
gum_version_group_init (GumVersionGroup *self)
{
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  self->list = gum_part_page_new_list ("");
  gum_part_page_on_delete (self->list, remove_row);
  self->retry = add_button (buttons, "view-refresh-symbolic", "parts.retry");
  label_button (self->retry, g_strdup (_("Try Again")));
  self->add = add_button (buttons, "list-add-symbolic", "versions.add");
  self->rename = add_button (buttons, "document-edit-symbolic", "versions.rename");
  self->remove = add_button (buttons, "user-trash-symbolic", "versions.delete");
  adw_preferences_group_set_header_suffix (self->group, buttons);
  adw_preferences_group_add (self->group, self->list);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->group));
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (row_activated_cb), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
gum_version_group_new (GumShop            *shop,
                       GumProduct         *product,
                       GumVariantCategory *category)
{
  GumVersionGroup *self = g_object_new (GUM_TYPE_VERSION_GROUP, NULL);
  GumStore *store = gum_shop_get_store (shop);
  g_autofree char *parent = NULL;

  self->shop = g_object_ref (shop);
  self->product = g_object_ref (product);
  self->category = g_object_ref (category);
  /* Of a membership there is one group, which can neither be deleted nor needs a name. */
  gtk_widget_set_visible (self->remove, !gum_version_words_is_tiered (product));

  if (store != NULL)
    {
      parent = gum_request_path ("products", get_product_id (self), "variant_categories",
                                 get_category_id (self), NULL);
      self->variants = gum_store_dup_collection (store, &gum_variant_endpoint, parent);
      gtk_list_box_bind_model (GTK_LIST_BOX (self->list), G_LIST_MODEL (self->variants),
                               create_row_cb, self, NULL);
      g_signal_connect_object (self->variants, "items-changed", G_CALLBACK (show_state), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (self->variants, "notify", G_CALLBACK (show_state), self,
                               G_CONNECT_SWAPPED);
    }
  g_signal_connect_object (category, "notify", G_CALLBACK (show_title), self, G_CONNECT_SWAPPED);
  show_title (self);
  show_state (self);
  gum_version_group_read (self);

  return GTK_WIDGET (self);
}

void
gum_version_group_read (GumVersionGroup *self)
{
  g_return_if_fail (GUM_IS_VERSION_GROUP (self));

  if (self->variants != NULL && gum_shop_is_online (self->shop))
    gum_collection_read (self->variants);
}

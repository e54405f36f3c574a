/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The section of the discount codes, of all products or of one.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-discounts-page.h"

#include "gum-code-facts.h"
#include "gum-code-form.h"
#include "gum-code-generate.h"
#include "gum-code-sweep.h"
#include "gum-detail-rows.h"
#include "gum-errors.h"
#include "gum-launch.h"
#include "gum-money.h"
#include "gum-offer-code.h"
#include "gum-records-ask.h"

#include <glib/gi18n.h>

struct _GumDiscountsPage
{
  GumRecordsPage parent_instance;
};

G_DEFINE_FINAL_TYPE (GumDiscountsPage, gum_discounts_page, GUM_TYPE_RECORDS_PAGE)

static GumStore *
get_store (gpointer self)
{
  return gum_shop_get_store (gum_section_get_shop (GUM_SECTION (self)));
}

static GumRecord *
get_open (gpointer self)
{
  return gum_records_page_get_open (GUM_RECORDS_PAGE (self));
}

static void
present (GtkWidget *page,
         GtkWidget *form)
{
  gum_form_window_set_owner (GUM_FORM_WINDOW (form), page);
  gtk_window_present (GTK_WINDOW (form));
}

/* --- actions ---------------------------------------------------------------------------------- */

/* A new code is most likely for the product that is being looked at. */
static const char *
get_product_id (GtkWidget *widget)
{
  GumRecord *record = get_open (widget);

  return record != NULL ? gum_record_get_product_id (record) : NULL;
}

static void
new_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  if (get_store (widget) != NULL)
    present (widget, gum_code_form_new (get_store (widget), get_product_id (widget)));
}

static void
generate_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  if (get_store (widget) != NULL)
    present (widget, gum_code_generate_new (get_store (widget), get_product_id (widget)));
}

static void
sweep_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  if (get_store (widget) != NULL)
    present (widget, gum_code_sweep_new (get_store (widget)));
}

static void
edit_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  if (get_store (widget) != NULL && get_open (widget) != NULL)
    present (widget, gum_code_form_new_edit (get_store (widget), get_open (widget)));
}

static void
copy_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  GumRecord *record = get_open (widget);

  if (record != NULL)
    gum_launch_copy (widget, gum_offer_code_get_name (gum_record_get_resource (record)),
                     _("The code was copied"));
}

static void
copy_link_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  GumRecord *record = get_open (widget);
  g_autofree char *link = record != NULL ? gum_code_facts_dup_link (record, get_store (widget)) : NULL;

  if (link != NULL)
    gum_launch_copy (widget, link, _("The link with the code was copied"));
}

static void
only_product_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  GumRecord *record = get_open (widget);

  if (record != NULL && gum_record_get_product_name (record) != NULL)
    gum_records_pane_set_product (gum_records_page_get_pane (GUM_RECORDS_PAGE (widget)),
                                  gum_record_get_product_id (record),
                                  gum_record_get_product_name (record));
}

static void
delete_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  GumRecord *record = get_open (widget);
  GumRecordsQuestionTexts texts = {
    .toast = _("The code was deleted"),
    .not_found = gum_errors_get_default_code_sentence (),
  };
  GumOfferCode *code;
  g_autofree char *heading = NULL;

  if (record == NULL)
    return;

  code = gum_record_get_resource (record);
  texts.label = gum_offer_code_get_name (code);
  texts.body = gum_offer_code_is_universal (code) || gum_offer_code_is_spent (code)
               ? _("Nobody can use the code any more. What was sold with it stays as it is. It cannot be "
                   "brought back.")
               : _("Nobody can use the code any more. What was sold with it stays as it is. Activity can "
                   "bring it back as a new code, with the uses that are left.");
  /* Translators: %s is a discount code */
  heading = g_strdup_printf (_("Delete %s?"), texts.label);
  texts.heading = heading;
  gum_records_ask_to_delete (GUM_RECORDS_PAGE (widget), &texts);
}

/* --- what is open ----------------------------------------------------------------------------- */

static GtkWidget *
new_button (const char *label,
            const char *action,
            const char *style)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  if (style != NULL)
    gtk_widget_add_css_class (button, style);

  return button;
}

static GtkWidget *
build_facts (GumRecord *record,
             GumStore  *store)
{
  GumOfferCode *code = gum_record_get_resource (record);
  GtkWidget *group = gum_detail_new_group (gum_offer_code_get_name (code), NULL);
  g_autofree char *amount = gum_code_facts_dup_amount (record);
  g_autofree char *uses = gum_code_facts_dup_uses (record);
  g_autofree char *product = gum_code_facts_dup_product (record);
  g_autofree char *link = gum_code_facts_dup_link (record, store);
  gint64 minimum = gum_offer_code_get_minimum (code);

  gum_detail_add_row (group, _("Takes Off"), amount);
  gum_detail_add_row (group, _("Good For"), product);
  gum_detail_add_row (group, _("Used"), uses);
  if (minimum > 0)
    {
      g_autofree char *text = gum_money_format (minimum, gum_record_get_currency (record));

      gum_detail_add_row (group, _("Least Purchase"), text);
    }
  gum_detail_add_row (group, _("Link"), link);

  return group;
}

static GtkWidget *
gum_discounts_page_build (GumRecordsPage *page,
                          GumRecord      *record)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *buttons = gtk_flow_box_new ();
  g_autofree char *link = gum_code_facts_dup_link (record, get_store (page));

  gtk_box_append (GTK_BOX (box), build_facts (record, get_store (page)));
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (buttons), GTK_SELECTION_NONE);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (buttons), 6);
  gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (buttons), 6);
  gtk_flow_box_append (GTK_FLOW_BOX (buttons),
                       new_button (_("_Edit Limits…"), "section.edit", NULL));
  gtk_flow_box_append (GTK_FLOW_BOX (buttons), new_button (_("C_opy Code"), "section.copy", NULL));
  if (link != NULL)
    gtk_flow_box_append (GTK_FLOW_BOX (buttons),
                         new_button (_("Copy _Link"), "section.copy-link", NULL));
  if (gum_record_get_product_name (record) != NULL)
    gtk_flow_box_append (GTK_FLOW_BOX (buttons),
                         new_button (_("Codes of This _Product"), "section.only-product", NULL));
  gtk_flow_box_append (GTK_FLOW_BOX (buttons),
                       new_button (_("_Delete…"), "section.delete", "destructive-action"));
  gtk_box_append (GTK_BOX (box), buttons);

  return box;
}

static char *
gum_discounts_page_dup_title (GumRecord *record)
{
  return g_strdup (gum_offer_code_get_name (gum_record_get_resource (record)));
}

static void
gum_discounts_page_constructed (GObject *object)
{
  g_autoptr (GMenu) menu = g_menu_new ();

  G_OBJECT_CLASS (gum_discounts_page_parent_class)->constructed (object);

  g_menu_append (menu, _("_New Code…"), "section.new");
  g_menu_append (menu, _("_Generate Many…"), "section.generate");
  g_menu_append (menu, _("_Sweep Spent Codes…"), "section.sweep");
  gum_records_pane_set_menu (gum_records_page_get_pane (GUM_RECORDS_PAGE (object)),
                             G_MENU_MODEL (menu));
}

static void
gum_discounts_page_class_init (GumDiscountsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GumRecordsPageClass *page_class = GUM_RECORDS_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = gum_discounts_page_constructed;
  page_class->look = &gum_code_look;
  page_class->build = gum_discounts_page_build;
  page_class->dup_title = gum_discounts_page_dup_title;

  gtk_widget_class_install_action (widget_class, "section.new", NULL, new_action);
  gtk_widget_class_install_action (widget_class, "section.generate", NULL, generate_action);
  gtk_widget_class_install_action (widget_class, "section.sweep", NULL, sweep_action);
  gtk_widget_class_install_action (widget_class, "section.edit", NULL, edit_action);
  gtk_widget_class_install_action (widget_class, "section.copy", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "section.copy-link", NULL, copy_link_action);
  gtk_widget_class_install_action (widget_class, "section.only-product", NULL, only_product_action);
  gtk_widget_class_install_action (widget_class, "section.delete", NULL, delete_action);
}

static void
gum_discounts_page_init (GumDiscountsPage *self)
{
}

GtkWidget *
gum_discounts_page_new (GumShop *shop)
{
  g_return_val_if_fail (GUM_IS_SHOP (shop), NULL);

  return g_object_new (GUM_TYPE_DISCOUNTS_PAGE,
                       "shop", shop,
                       "title", _("Discounts"),
                       NULL);
}

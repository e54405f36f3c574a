/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The section of the upsells and cross-sells.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-upsells-page.h"

#include "gum-detail-rows.h"
#include "gum-records-ask.h"
#include "gum-upsell-facts.h"
#include "gum-upsell-form.h"

#include <glib/gi18n.h>

struct _GumUpsellsPage
{
  GumRecordsPage parent_instance;
};

G_DEFINE_FINAL_TYPE (GumUpsellsPage, gum_upsells_page, GUM_TYPE_RECORDS_PAGE)

static void
present (GtkWidget *page,
         GumRecord *record)
{
  GumStore *store = gum_shop_get_store (gum_section_get_shop (GUM_SECTION (page)));
  GtkWidget *form;

  if (store == NULL)
    return;
  form = gum_upsell_form_new (store, record);
  gum_form_window_set_owner (GUM_FORM_WINDOW (form), page);
  gtk_window_present (GTK_WINDOW (form));
}

static void
new_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  present (widget, NULL);
}

static void
edit_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  GumRecord *record = gum_records_page_get_open (GUM_RECORDS_PAGE (widget));

  if (record != NULL)
    present (widget, record);
}

/* Product and kind stay, so that Gumroad keeps all that is not sent. */
static void
pause_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  GumRecord *record = gum_records_page_get_open (GUM_RECORDS_PAGE (widget));
  GumRecords *records = gum_records_page_get_records (GUM_RECORDS_PAGE (widget));
  g_autoptr (JsonObject) body = json_object_new ();
  g_autoptr (GumWrite) write = NULL;
  g_autofree char *title = NULL;
  gboolean pause;

  if (record == NULL || records == NULL)
    return;

  pause = !gum_upsell_is_paused (gum_record_get_resource (record));
  title = gum_upsell_facts_dup_title (gum_record_get_resource (record));
  json_object_set_boolean_member (body, "paused", pause);
  write = gum_records_new_update (records, record, title, body);
  gum_records_send (GUM_RECORDS_PAGE (widget), write, "section.pause",
                    pause ? _("It is not offered any more") : _("It is offered again"), NULL);
}

static void
delete_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  GumRecord *record = gum_records_page_get_open (GUM_RECORDS_PAGE (widget));
  g_autofree char *title = NULL;
  g_autofree char *heading = NULL;
  GumRecordsQuestionTexts texts = {
    .body = _("It is not offered any more. Pausing it does the same, and can be taken back."),
    .toast = _("The upsell was deleted"),
  };

  if (record == NULL)
    return;

  title = gum_upsell_facts_dup_title (gum_record_get_resource (record));
  /* Translators: %s is the name of an upsell */
  heading = g_strdup_printf (_("Delete “%s”?"), title);
  texts.label = title;
  texts.heading = heading;
  gum_records_ask_to_delete (GUM_RECORDS_PAGE (widget), &texts);
}

/* --- what is open ----------------------------------------------------------------------------- */

static void
add_products (GtkWidget *box,
              GumUpsell *upsell)
{
  GListModel *products = gum_upsell_get_selected_products (upsell);
  guint n = products != NULL ? g_list_model_get_n_items (products) : 0;
  GtkWidget *group;

  if (n == 0 || gum_upsell_is_universal (upsell))
    return;

  group = gum_detail_new_group (_("Offered With"), NULL);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GumReference) product = g_list_model_get_item (products, i);
      const char *name = gum_reference_get_name (product);

      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                                 gum_detail_new_row (name != NULL ? name : "", NULL));
    }
  gtk_box_append (GTK_BOX (box), group);
}

static void
add_pairs (GtkWidget *box,
           GumUpsell *upsell)
{
  GListModel *pairs = gum_upsell_get_pairs (upsell);
  guint n = pairs != NULL ? g_list_model_get_n_items (pairs) : 0;
  GtkWidget *group;

  if (n == 0)
    return;

  group = gum_detail_new_group (_("Versions"), NULL);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GumUpsellPair) pair = g_list_model_get_item (pairs, i);
      GumReference *selected = gum_upsell_pair_get_selected (pair);
      GumReference *offered = gum_upsell_pair_get_offered (pair);

      gum_detail_add_row (group, selected != NULL ? gum_reference_get_name (selected) : "",
                          offered != NULL ? gum_reference_get_name (offered) : NULL);
    }
  gtk_box_append (GTK_BOX (box), group);
}

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
gum_upsells_page_build (GumRecordsPage *page,
                        GumRecord      *record)
{
  GumUpsell *upsell = gum_record_get_resource (record);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *buttons = gtk_flow_box_new ();
  g_autofree char *title = gum_upsell_facts_dup_title (upsell);
  g_autofree char *offer = gum_upsell_facts_dup_offer (upsell);
  g_autofree char *discount = gum_upsell_facts_dup_discount (upsell);
  g_autofree char *place = gum_upsell_facts_dup_place (upsell);
  GtkWidget *group = gum_detail_new_group (title, NULL);
  gboolean paused = gum_upsell_is_paused (upsell);

  gum_detail_add_row (group, _("State"), paused ? _("Paused") : _("Offered"));
  gum_detail_add_row (group, _("Kind"), gum_upsell_is_cross_sell (upsell)
                                        ? _("Cross-sell") : _("Upgrade"));
  gum_detail_add_row (group, _("Offers"), offer);
  gum_detail_add_row (group, _("Where"), place);
  gum_detail_add_row (group, _("Takes Off"), discount);
  gum_detail_add_row (group, _("Headline"), gum_upsell_get_text (upsell));
  gum_detail_add_row (group, _("Description"), gum_upsell_get_description (upsell));
  if (gum_upsell_is_replacing (upsell))
    gum_detail_add_row (group, _("In the Cart"), _("Takes the place of what was selected"));
  gtk_box_append (GTK_BOX (box), group);
  add_products (box, upsell);
  add_pairs (box, upsell);

  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (buttons), GTK_SELECTION_NONE);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (buttons), 6);
  gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (buttons), 6);
  gtk_flow_box_append (GTK_FLOW_BOX (buttons), new_button (_("_Edit…"), "section.edit", NULL));
  gtk_flow_box_append (GTK_FLOW_BOX (buttons),
                       new_button (paused ? _("_Resume") : _("_Pause"), "section.pause", NULL));
  gtk_flow_box_append (GTK_FLOW_BOX (buttons),
                       new_button (_("_Delete…"), "section.delete", "destructive-action"));
  gtk_box_append (GTK_BOX (box), buttons);

  return box;
}

static char *
gum_upsells_page_dup_title (GumRecord *record)
{
  return gum_upsell_facts_dup_title (gum_record_get_resource (record));
}

static void
gum_upsells_page_class_init (GumUpsellsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GumRecordsPageClass *page_class = GUM_RECORDS_PAGE_CLASS (klass);

  page_class->look = &gum_upsell_look;
  page_class->build = gum_upsells_page_build;
  page_class->dup_title = gum_upsells_page_dup_title;

  gtk_widget_class_install_action (widget_class, "section.new", NULL, new_action);
  gtk_widget_class_install_action (widget_class, "section.edit", NULL, edit_action);
  gtk_widget_class_install_action (widget_class, "section.pause", NULL, pause_action);
  gtk_widget_class_install_action (widget_class, "section.delete", NULL, delete_action);
}

static void
gum_upsells_page_init (GumUpsellsPage *self)
{
}

GtkWidget *
gum_upsells_page_new (GumShop *shop)
{
  g_return_val_if_fail (GUM_IS_SHOP (shop), NULL);

  return g_object_new (GUM_TYPE_UPSELLS_PAGE,
                       "shop", shop,
                       "title", _("Upsells"),
                       NULL);
}

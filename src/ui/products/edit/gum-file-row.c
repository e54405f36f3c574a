/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A file among those of a product: what it is, whether buyers get it, and what can be done with it.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-file-row.h"

#include "gum-detail-rows.h"
#include "gum-file-facts.h"

#include <glib/gi18n.h>

/* What a menu is about. */
typedef struct
{
  GumDeliveries *deliveries;
  char          *product_id;
  char          *id;
  gboolean       may_deliver;   /* to versions whose buyers do not get it */
} Menu;

static void
menu_free (gpointer data)
{
  Menu *about = data;

  g_clear_object (&about->deliveries);
  g_free (about->product_id);
  g_free (about->id);
  g_free (about);
}

/* When it is opened: Gumroad wants a file's address to rename it, and we have it after an upload only. */
static void
fill_menu (GtkMenuButton *button,
           gpointer       user_data)
{
  const Menu *about = user_data;
  g_autofree char *url = about->deliveries != NULL
                         ? gum_deliveries_dup_file_url (about->deliveries, about->product_id, about->id)
                         : NULL;
  g_autoptr (GMenu) menu = g_menu_new ();
  static const struct {
    const char *label;
    const char *action;
  } items[] = {
    { N_("_Deliver To…"), "files.deliver" },
    { N_("_Replace…"), "files.replace" },
    { N_("Re_name…"), "files.rename" },
    { N_("Re_move…"), "files.remove" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (_(items[i].label), NULL);

      if (!about->may_deliver && g_str_equal (items[i].action, "files.deliver"))
        continue;
      g_menu_item_set_action_and_target (item, items[i].action, "s", about->id);
      if (url == NULL && g_str_equal (items[i].action, "files.rename"))
        {
          /* Translators: a menu item that cannot be chosen, and why */
          g_menu_item_set_label (item, _("Rename: Not Uploaded Here"));
          g_menu_item_set_action_and_target (item, "files.none", NULL);
        }
      g_menu_append_item (menu, item);
    }
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
}

static GtkWidget *
create_menu (GumDeliveries *deliveries,
             const char    *product_id,
             const char    *id,
             gboolean       may_deliver)
{
  GtkWidget *button = gtk_menu_button_new ();
  Menu *about = g_new0 (Menu, 1);

  g_set_object (&about->deliveries, deliveries);
  about->product_id = g_strdup (product_id);
  about->id = g_strdup (id);
  about->may_deliver = may_deliver;
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (button), fill_menu, about, menu_free);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _("File Menu"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("File menu"), -1);

  return button;
}

GtkWidget *
gum_file_row_new (GumProductFile *file,
                  GumFileReach   *reach,
                  GumDeliveries  *deliveries,
                  const char     *product_id)
{
  const char *id = gum_resource_get_id (GUM_RESOURCE (file));
  g_autofree char *name = gum_file_facts_dup_name (file);
  g_autofree char *kind = gum_file_facts_dup_kind (file);
  gboolean delivered = gum_file_reach_has_any (reach, id);
  g_autofree char *state = gum_file_reach_dup_words (reach, id);
  g_autofree char *subtitle = kind != NULL ? g_strdup_printf ("%s\n%s", kind, state) : g_strdup (state);
  g_autofree char *sentence = g_strdup_printf ("%s, %s", name, subtitle);
  GtkWidget *row = gum_detail_new_row (name, NULL);
  GtkWidget *icon = gtk_image_new_from_icon_name (delivered ? gum_file_facts_get_icon (file)
                                                            : "dialog-warning-symbolic");

  gtk_widget_add_css_class (icon, delivered ? "dim-label" : "warning");
  gtk_accessible_update_state (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence, -1);
  if (id == NULL)
    return row;

  if (!delivered)
    {
      GtkWidget *button = gtk_button_new_with_mnemonic (_("_Deliver"));

      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "files.deliver");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", id);
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_widget_set_tooltip_text (button, _("Put It on a Page of the Content"));
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
    }
  if (!gum_file_facts_is_link (file))
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), create_menu (deliveries, product_id, id,
                                                               delivered && !gum_file_reach_has_all (reach, id)));

  return row;
}

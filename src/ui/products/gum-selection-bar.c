/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Under the list of products while more than one is selected: how many, and what can be done with them. One
 * that is selected is one that was opened.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-selection-bar.h"

#include "gum-product-list.h"

#include <glib/gi18n-lib.h>

struct _GumSelectionBar
{
  AdwBin          parent_instance;

  GumProductList *list;       /* weak */

  /* children */
  GtkActionBar   *bar;
  GtkLabel       *label;
};

enum {
  PROP_LIST = 1,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (GumSelectionBar, gum_selection_bar, ADW_TYPE_BIN)

static GParamSpec *properties[N_PROPS];

static void
selection_changed_cb (GumSelectionBar *self)
{
  guint n = gum_product_list_get_n_selected (self->list);
  g_autofree char *text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u selected",
                                                        "%u selected", n), n);

  /* While the bar slides away it says what it said. */
  if (n > 1)
    gtk_label_set_text (self->label, text);
  gtk_action_bar_set_revealed (self->bar, n > 1);
}

static void
clear_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  GumSelectionBar *self = GUM_SELECTION_BAR (widget);

  if (self->list == NULL)
    return;
  gum_product_list_unselect (self->list);
  gtk_widget_grab_focus (gum_product_list_get_view (self->list));
}

static void
gum_selection_bar_set_property (GObject      *object,
                                guint         id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  GumSelectionBar *self = GUM_SELECTION_BAR (object);

  if (id != PROP_LIST)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      return;
    }
  if (!g_set_weak_pointer (&self->list, g_value_get_object (value)) || self->list == NULL)
    return;
  g_signal_connect_object (self->list, "selection-changed", G_CALLBACK (selection_changed_cb),
                           self, G_CONNECT_SWAPPED);
  selection_changed_cb (self);
}

static void
gum_selection_bar_dispose (GObject *object)
{
  g_clear_weak_pointer (&GUM_SELECTION_BAR (object)->list);

  G_OBJECT_CLASS (gum_selection_bar_parent_class)->dispose (object);
}

static void
gum_selection_bar_class_init (GumSelectionBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = gum_selection_bar_set_property;
  object_class->dispose = gum_selection_bar_dispose;

  properties[PROP_LIST] = g_param_spec_object ("list", NULL, NULL, GUM_TYPE_PRODUCT_LIST,
                                               G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "selection.clear", NULL,
                                   clear_action);
}

static void
gum_selection_bar_init (GumSelectionBar *self)
{
  GtkWidget *clear = gtk_button_new_from_icon_name ("window-close-symbolic");
  GtkWidget *change = gtk_button_new_with_mnemonic (_("C_hange…"));

  self->bar = GTK_ACTION_BAR (gtk_action_bar_new ());
  gtk_action_bar_set_revealed (self->bar, FALSE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (clear), "selection.clear");
  gtk_widget_set_tooltip_text (clear, _("Clear Selection"));
  gtk_widget_add_css_class (clear, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (clear), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Clear selection"), -1);
  gtk_action_bar_pack_start (self->bar, clear);

  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->label, PANGO_ELLIPSIZE_END);
  gtk_action_bar_pack_start (self->bar, GTK_WIDGET (self->label));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (change), "products.select");
  gtk_action_bar_pack_end (self->bar, change);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->bar));
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The left pane: whose shop this is, and its sections. Selecting a row shows its section, so that
 * assistive technologies can drive it, which can select but not activate; pressing a row also
 * uncovers the section where the window is too narrow for both. */

#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-sidebar.h"

#include "gum-main-menu.h"

#include <glib/gi18n-lib.h>

struct _GumSidebar
{
  AdwBin parent_instance;

  /* State */
  gboolean            folded;

  /* Template */
  GumAccountSwitcher *switcher;
  GtkListBox         *list;
};

enum {
  PROP_0,
  PROP_FOLDED,
  N_PROPS
};

enum {
  SELECTED,
  ACTIVATED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (GumSidebar, gum_sidebar, ADW_TYPE_BIN)

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static GtkWidget *
create_row (const GumSectionEntry *entry)
{
  const char *title = gum_section_entry_get_title (entry);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *icon = gtk_image_new_from_icon_name (entry->icon_name);
  GtkWidget *label = gtk_label_new (title);
  GtkWidget *badge = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (badge, "gum-count");
  gtk_widget_set_valign (badge, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (badge, FALSE);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), badge);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);

  return row;
}

static void
row_selected_cb (GumSidebar    *self,
                 GtkListBoxRow *row)
{
  if (row != NULL)
    g_signal_emit (self, signals[SELECTED], 0, gum_sidebar_get_selected (self));
}

static void
row_activated_cb (GumSidebar *self)
{
  g_signal_emit (self, signals[ACTIVATED], 0);
}

static void
gum_sidebar_dispose (GObject *object)
{
  /* AdwBin lets go of its child before the template does. */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), GUM_TYPE_SIDEBAR);

  G_OBJECT_CLASS (gum_sidebar_parent_class)->dispose (object);
}

static void
gum_sidebar_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  GumSidebar *self = GUM_SIDEBAR (object);

  switch (prop_id)
    {
    case PROP_FOLDED:
      g_value_set_boolean (value, self->folded);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
gum_sidebar_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  GumSidebar *self = GUM_SIDEBAR (object);

  switch (prop_id)
    {
    case PROP_FOLDED:
      if (self->folded != g_value_get_boolean (value))
        {
          self->folded = g_value_get_boolean (value);
          g_object_notify_by_pspec (object, pspec);
        }
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

/* The list is one stop, and it is at the section that is shown: a row that has the keyboard is chosen. */
static gboolean
gum_sidebar_focus (GtkWidget        *widget,
                   GtkDirectionType  direction)
{
  GumSidebar *self = GUM_SIDEBAR (widget);
  gboolean by_tab = direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD;
  gboolean is_inside = gtk_widget_get_focus_child (GTK_WIDGET (self->list)) != NULL;
  gboolean moved;

  if (by_tab && is_inside)
    gtk_widget_set_can_focus (GTK_WIDGET (self->list), FALSE);
  moved = GTK_WIDGET_CLASS (gum_sidebar_parent_class)->focus (widget, direction);
  if (by_tab && is_inside)
    gtk_widget_set_can_focus (GTK_WIDGET (self->list), TRUE);

  return moved;
}

static void
gum_sidebar_class_init (GumSidebarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = gum_sidebar_dispose;
  object_class->get_property = gum_sidebar_get_property;
  object_class->set_property = gum_sidebar_set_property;
  widget_class->focus = gum_sidebar_focus;

  properties[PROP_FOLDED] =
    g_param_spec_boolean ("folded", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SELECTED] = g_signal_new ("selected", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[ACTIVATED] = g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (GUM_TYPE_ACCOUNT_SWITCHER);
  g_type_ensure (GUM_TYPE_MAIN_MENU);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Gumroad/ui/gum-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, GumSidebar, switcher);
  gtk_widget_class_bind_template_child (widget_class, GumSidebar, list);
  gtk_widget_class_bind_template_callback (widget_class, row_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
gum_sidebar_init (GumSidebar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  for (guint i = 0; i < gum_sections_get_n (); i++)
    gtk_list_box_append (self->list, create_row (gum_sections_get (i)));
}

GumAccountSwitcher *
gum_sidebar_get_switcher (GumSidebar *self)
{
  g_return_val_if_fail (GUM_IS_SIDEBAR (self), NULL);

  return self->switcher;
}

const char *
gum_sidebar_get_selected (GumSidebar *self)
{
  GtkListBoxRow *row;

  g_return_val_if_fail (GUM_IS_SIDEBAR (self), NULL);

  row = gtk_list_box_get_selected_row (self->list);

  return row != NULL ? gum_sections_get (gtk_list_box_row_get_index (row))->id : NULL;
}

void
gum_sidebar_select (GumSidebar *self,
                    const char *section_id)
{
  g_return_if_fail (GUM_IS_SIDEBAR (self));

  for (guint i = 0; i < gum_sections_get_n (); i++)
    {
      if (g_strcmp0 (gum_sections_get (i)->id, section_id) == 0)
        gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, i));
    }
}

void
gum_sidebar_set_n_attention (GumSidebar *self,
                             const char *section_id,
                             guint       n)
{
  g_return_if_fail (GUM_IS_SIDEBAR (self));

  for (guint i = 0; i < gum_sections_get_n (); i++)
    {
      const GumSectionEntry *entry = gum_sections_get (i);
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, i);
      GtkWidget *badge = gtk_widget_get_last_child (gtk_list_box_row_get_child (row));
      g_autofree char *number = g_strdup_printf ("%u", n);
      g_autofree char *sentence = NULL;

      if (g_strcmp0 (entry->id, section_id) != 0)
        continue;
      /* Translators: the name of a section, and how many things in it want to be seen to */
      sentence = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s, %u needs attention",
                                               "%s, %u need attention", n),
                                  gum_section_entry_get_title (entry), n);
      gtk_label_set_text (GTK_LABEL (badge), number);
      gtk_widget_set_visible (badge, n > 0);
      gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      n > 0 ? sentence : gum_section_entry_get_title (entry), -1);
    }
}

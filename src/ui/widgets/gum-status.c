/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a page shows in place of a list: loading, empty, nothing found, an error; and the one thing
 * that can be done about it.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-status.h"

#include "gum-focus.h"
#include "gum-wrap.h"

struct _GumStatus
{
  AdwBin         parent_instance;

  /* owned */
  char          *title;

  /* template */
  AdwStatusPage *page;
  GtkSpinner    *spinner;
  GtkButton     *button;
};

G_DEFINE_FINAL_TYPE (GumStatus, gum_status, ADW_TYPE_BIN)

static gboolean
gum_status_grab_focus (GtkWidget *widget)
{
  GtkWidget *button = GTK_WIDGET (GUM_STATUS (widget)->button);

  return gtk_widget_get_visible (button) && gtk_widget_grab_focus (button);
}

static void
gum_status_dispose (GObject *object)
{
  /* The bin would look for a child that the template has taken away. */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), GUM_TYPE_STATUS);

  G_OBJECT_CLASS (gum_status_parent_class)->dispose (object);
}

static void
gum_status_finalize (GObject *object)
{
  g_free (GUM_STATUS (object)->title);

  G_OBJECT_CLASS (gum_status_parent_class)->finalize (object);
}

static void
gum_status_class_init (GumStatusClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = gum_status_dispose;
  object_class->finalize = gum_status_finalize;

  widget_class->focus = gum_focus_child;
  widget_class->grab_focus = gum_status_grab_focus;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Gumroad/ui/gum-status.ui");
  gtk_widget_class_bind_template_child (widget_class, GumStatus, page);
  gtk_widget_class_bind_template_child (widget_class, GumStatus, spinner);
  gtk_widget_class_bind_template_child (widget_class, GumStatus, button);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_STATUS);
}

static void
gum_status_init (GumStatus *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gum_wrap_words (GTK_WIDGET (self));
}

GtkWidget *
gum_status_new (void)
{
  return g_object_new (GUM_TYPE_STATUS, NULL);
}

void
gum_status_show (GumStatus  *self,
                 const char *icon_name,
                 const char *title,
                 const char *description)
{
  g_autofree char *escaped = NULL;
  gboolean busy = icon_name == NULL;

  g_return_if_fail (GUM_IS_STATUS (self));
  g_return_if_fail (title != NULL);

  g_free (self->title);
  self->title = g_strdup (title);
  /* A status page's description is markup, its title is not. */
  escaped = description != NULL ? g_markup_escape_text (description, -1) : NULL;

  adw_status_page_set_icon_name (self->page, icon_name);
  adw_status_page_set_title (self->page, title);
  adw_status_page_set_description (self->page, escaped);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy);
  gtk_spinner_set_spinning (self->spinner, busy);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  description != NULL ? description : "",
                                  -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self),
                               GTK_ACCESSIBLE_STATE_BUSY, busy,
                               -1);
}

void
gum_status_set_action (GumStatus  *self,
                       const char *label,
                       const char *action_name)
{
  g_return_if_fail (GUM_IS_STATUS (self));

  gtk_widget_set_visible (GTK_WIDGET (self->button), label != NULL);
  if (label != NULL)
    gtk_button_set_label (self->button, label);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), action_name);
}

const char *
gum_status_get_title (GumStatus *self)
{
  g_return_val_if_fail (GUM_IS_STATUS (self), NULL);

  return self->title;
}

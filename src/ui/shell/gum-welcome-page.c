/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The first page that anybody sees: what this is, and the two ways in. */

#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-welcome-page.h"

#include "gum-focus.h"
#include "gum-main-menu.h"
#include "gum-wrap.h"

struct _GumWelcomePage
{
  AdwBin parent_instance;

  /* Template */
  AdwStatusPage *status;
  GtkWidget     *note;
  GtkWidget     *sign_in_button;
};

G_DEFINE_FINAL_TYPE (GumWelcomePage, gum_welcome_page, ADW_TYPE_BIN)

static gboolean
gum_welcome_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GUM_WELCOME_PAGE (widget)->sign_in_button);
}

static void
gum_welcome_page_dispose (GObject *object)
{
  /* AdwBin lets go of its child before the template does. */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), GUM_TYPE_WELCOME_PAGE);

  G_OBJECT_CLASS (gum_welcome_page_parent_class)->dispose (object);
}

static void
gum_welcome_page_class_init (GumWelcomePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = gum_welcome_page_dispose;
  widget_class->focus = gum_focus_child;
  widget_class->grab_focus = gum_welcome_page_grab_focus;

  g_type_ensure (GUM_TYPE_MAIN_MENU);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Gumroad/ui/gum-welcome-page.ui");
  gtk_widget_class_bind_template_child (widget_class, GumWelcomePage, status);
  gtk_widget_class_bind_template_child (widget_class, GumWelcomePage, note);
  gtk_widget_class_bind_template_child (widget_class, GumWelcomePage, sign_in_button);
}

static void
gum_welcome_page_init (GumWelcomePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gum_wrap_words (GTK_WIDGET (self));
  adw_status_page_set_icon_name (self->status, GUM_INSTALLED_ID);
}

GtkWidget *
gum_welcome_page_new (gboolean unfinished)
{
  GumWelcomePage *self = g_object_new (GUM_TYPE_WELCOME_PAGE, NULL);

  gtk_widget_set_visible (self->note, unfinished);

  return GTK_WIDGET (self);
}

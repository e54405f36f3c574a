/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One section of the window: what the sidebar's rows lead to. The window only knows this class; a
 * section of its own is a subclass and an entry in the table of gum-sections.c.
 *
 * A section brings its own header bars, so that a section with a list and a detail can have one over
 * each. While the sidebar is folded away, "folded" tells it to show the way back to it. */

#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-section.h"

#include "gum-util.h"

#include <string.h>
#include <glib/gi18n-lib.h>

/* How many toasts of an overlay stay. */
#define LASTING "gum-lasting-toast"
/* Its children, once a toast of it is watched for. */
#define CHILDREN "gum-toast-children"

/* Whoever offers something to be done lets it be read, found and reached. */
#define BUTTON_SECONDS 10

typedef struct
{
  /* Owned */
  GumShop *shop;
  char    *title;

  gboolean folded;
} GumSectionPrivate;

enum {
  PROP_0,
  PROP_SHOP,
  PROP_TITLE,
  PROP_FOLDED,
  N_PROPS
};

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (GumSection, gum_section, ADW_TYPE_BIN)

static GParamSpec *properties[N_PROPS];

static gboolean
gum_section_real_go_back (GumSection *self)
{
  return FALSE;
}

static char *
gum_section_real_dup_place (GumSection *self)
{
  return NULL;
}

static void
gum_section_real_set_place (GumSection *self,
                            const char *place)
{
}

static void
gum_section_real_refresh (GumSection *self)
{
  GumSectionPrivate *priv = gum_section_get_instance_private (self);

  if (priv->shop != NULL)
    gum_shop_refresh (priv->shop);
}

static void
gum_section_real_start_search (GumSection *self)
{
}

static AdwBin *
gum_section_real_get_banner_slot (GumSection *self)
{
  return NULL;
}

static void
gum_section_dispose (GObject *object)
{
  GumSection *self = GUM_SECTION (object);
  GumSectionPrivate *priv = gum_section_get_instance_private (self);

  g_clear_object (&priv->shop);

  G_OBJECT_CLASS (gum_section_parent_class)->dispose (object);
}

static void
gum_section_finalize (GObject *object)
{
  GumSection *self = GUM_SECTION (object);
  GumSectionPrivate *priv = gum_section_get_instance_private (self);

  g_free (priv->title);

  G_OBJECT_CLASS (gum_section_parent_class)->finalize (object);
}

static void
gum_section_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  GumSection *self = GUM_SECTION (object);
  GumSectionPrivate *priv = gum_section_get_instance_private (self);

  switch (prop_id)
    {
    case PROP_SHOP:
      g_value_set_object (value, priv->shop);
      break;
    case PROP_TITLE:
      g_value_set_string (value, priv->title);
      break;
    case PROP_FOLDED:
      g_value_set_boolean (value, priv->folded);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
gum_section_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  GumSection *self = GUM_SECTION (object);
  GumSectionPrivate *priv = gum_section_get_instance_private (self);

  switch (prop_id)
    {
    case PROP_SHOP:
      priv->shop = g_value_dup_object (value);
      break;
    case PROP_TITLE:
      if (gum_set_str (&priv->title, g_value_get_string (value)))
        g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_FOLDED:
      gum_section_set_folded (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
gum_section_class_init (GumSectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = gum_section_dispose;
  object_class->finalize = gum_section_finalize;
  object_class->get_property = gum_section_get_property;
  object_class->set_property = gum_section_set_property;

  klass->refresh = gum_section_real_refresh;
  klass->start_search = gum_section_real_start_search;
  klass->go_back = gum_section_real_go_back;
  klass->dup_place = gum_section_real_dup_place;
  klass->set_place = gum_section_real_set_place;
  klass->get_banner_slot = gum_section_real_get_banner_slot;

  properties[PROP_SHOP] =
    g_param_spec_object ("shop", NULL, NULL,
                         GUM_TYPE_SHOP,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_TITLE] =
    g_param_spec_string ("title", NULL, NULL,
                         NULL,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_FOLDED] =
    g_param_spec_boolean ("folded", NULL, NULL,
                          FALSE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
gum_section_init (GumSection *self)
{
}

GumShop *
gum_section_get_shop (GumSection *self)
{
  GumSectionPrivate *priv = gum_section_get_instance_private (self);

  g_return_val_if_fail (GUM_IS_SECTION (self), NULL);

  return priv->shop;
}

const char *
gum_section_get_title (GumSection *self)
{
  GumSectionPrivate *priv = gum_section_get_instance_private (self);

  g_return_val_if_fail (GUM_IS_SECTION (self), NULL);

  return priv->title;
}

gboolean
gum_section_get_folded (GumSection *self)
{
  GumSectionPrivate *priv = gum_section_get_instance_private (self);

  g_return_val_if_fail (GUM_IS_SECTION (self), FALSE);

  return priv->folded;
}

void
gum_section_set_folded (GumSection *self,
                        gboolean    folded)
{
  GumSectionPrivate *priv = gum_section_get_instance_private (self);

  g_return_if_fail (GUM_IS_SECTION (self));

  if (priv->folded == folded)
    return;

  priv->folded = folded;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOLDED]);
}

void
gum_section_refresh (GumSection *self)
{
  g_return_if_fail (GUM_IS_SECTION (self));

  GUM_SECTION_GET_CLASS (self)->refresh (self);
}

void
gum_section_start_search (GumSection *self)
{
  g_return_if_fail (GUM_IS_SECTION (self));

  GUM_SECTION_GET_CLASS (self)->start_search (self);
}

void
gum_section_create (GumSection *self)
{
  g_return_if_fail (GUM_IS_SECTION (self));

  if (GUM_SECTION_GET_CLASS (self)->create != NULL)
    GUM_SECTION_GET_CLASS (self)->create (self);
}

gboolean
gum_section_go_back (GumSection *self)
{
  g_return_val_if_fail (GUM_IS_SECTION (self), FALSE);

  return GUM_SECTION_GET_CLASS (self)->go_back (self);
}

char *
gum_section_dup_place (GumSection *self)
{
  g_return_val_if_fail (GUM_IS_SECTION (self), NULL);

  return GUM_SECTION_GET_CLASS (self)->dup_place (self);
}

void
gum_section_set_place (GumSection *self,
                       const char *place)
{
  g_return_if_fail (GUM_IS_SECTION (self));

  GUM_SECTION_GET_CLASS (self)->set_place (self, place);
}

AdwBin *
gum_section_get_banner_slot (GumSection *self)
{
  g_return_val_if_fail (GUM_IS_SECTION (self), NULL);

  return GUM_SECTION_GET_CLASS (self)->get_banner_slot (self);
}

static void
dismissed_cb (GtkWidget *overlay)
{
  guint n = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (overlay), LASTING));

  g_object_set_data (G_OBJECT (overlay), LASTING, GUINT_TO_POINTER (n - 1));
}

/* What is over the window now; NULL: nothing. libadwaita has no other way to it. */
static GtkWidget *
find_toast (GtkWidget *overlay)
{
  GtkWidget *child = gtk_widget_get_last_child (overlay);

  while (child != NULL && strcmp (G_OBJECT_TYPE_NAME (child), "AdwToastWidget") != 0)
    child = gtk_widget_get_prev_sibling (child);

  return child;
}

/* libadwaita 1.2 gives the button that closes a toast neither a name nor a tooltip. */
static void
name_close_button (GtkWidget *overlay)
{
  GtkWidget *toast = find_toast (overlay);
  GtkWidget *button = toast != NULL ? gtk_widget_get_last_child (toast) : NULL;

  if (button == NULL || !GTK_IS_BUTTON (button))
    return;
  gtk_widget_set_tooltip_text (button, _("Dismiss"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Dismiss"), -1);
}

static void
watch_toasts (GtkWidget *overlay)
{
  GListModel *children;

  if (g_object_get_data (G_OBJECT (overlay), CHILDREN) != NULL)
    return;
  children = gtk_widget_observe_children (overlay);
  g_object_set_data_full (G_OBJECT (overlay), CHILDREN, children, g_object_unref);
  g_signal_connect_object (children, "items-changed", G_CALLBACK (name_close_button), overlay,
                           G_CONNECT_SWAPPED);
}

static AdwToast *
add_toast (GtkWidget  *widget,
           const char *text,
           const char *button,
           gboolean    stays)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);
  AdwToast *toast;
  g_autofree char *escaped = NULL;

  if (overlay == NULL)
    return NULL;

  /* A toast's title is markup. */
  escaped = g_markup_escape_text (text, -1);
  toast = adw_toast_new (escaped);
  if (button != NULL)
    {
      adw_toast_set_button_label (toast, button);
      adw_toast_set_timeout (toast, BUTTON_SECONDS);
    }
  /* The overlay only looks at these when it takes the toast. */
  if (stays)
    {
      guint n = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (overlay), LASTING));

      adw_toast_set_timeout (toast, 0);
      g_object_set_data (G_OBJECT (overlay), LASTING, GUINT_TO_POINTER (n + 1));
      g_signal_connect_object (toast, "dismissed", G_CALLBACK (dismissed_cb), overlay, G_CONNECT_SWAPPED);
    }
  else if (g_object_get_data (G_OBJECT (overlay), LASTING) != NULL)
    {
      adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
    }
  watch_toasts (overlay);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);

  return toast;
}

gboolean
gum_section_focus_toast (GtkWidget *widget)
{
  GtkWidget *overlay;
  GtkWidget *toast;

  g_return_val_if_fail (GTK_IS_WIDGET (widget), FALSE);

  overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);
  toast = overlay != NULL ? find_toast (overlay) : NULL;

  return toast != NULL && gtk_widget_child_focus (toast, GTK_DIR_TAB_FORWARD);
}

void
gum_section_add_toast (GtkWidget  *widget,
                       const char *text)
{
  gum_section_add_toast_with_button (widget, text, NULL);
}

AdwToast *
gum_section_add_toast_with_button (GtkWidget  *widget,
                                   const char *text,
                                   const char *button)
{
  g_return_val_if_fail (GTK_IS_WIDGET (widget), NULL);
  g_return_val_if_fail (text != NULL, NULL);

  return add_toast (widget, text, button, FALSE);
}

AdwToast *
gum_section_add_lasting_toast (GtkWidget  *widget,
                               const char *text,
                               const char *button)
{
  g_return_val_if_fail (GTK_IS_WIDGET (widget), NULL);
  g_return_val_if_fail (text != NULL, NULL);

  return add_toast (widget, text, button, TRUE);
}

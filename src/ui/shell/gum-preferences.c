/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Preferences: what is kept on this computer and how to get rid of it, and what a metered connection may
 * be used for. The appearance follows the system, so there is nothing to choose. */

#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-preferences.h"

#include "gum-build.h"
#include "gum-launch.h"
#include "gum-losses.h"
#include "gum-paths.h"
#include "gum-queue.h"

#include <glib/gi18n-lib.h>

struct _GumPreferences
{
  AdwPreferencesWindow parent_instance;

  /* Owned */
  GumShop      *shop;
  GCancellable *cancellable;
  char         *folder;

  /* Template */
  GtkWidget    *data_group;
  AdwActionRow *size_row;
  AdwActionRow *folder_row;
  GtkWidget    *erase_button;
  GtkSwitch    *metered_switch;
};

G_DEFINE_FINAL_TYPE (GumPreferences, gum_preferences, ADW_TYPE_PREFERENCES_WINDOW)

static void
measured_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr(GumPreferences) self = data;
  g_autoptr(GError) error = NULL;
  g_autofree char *size = NULL;
  guint64 bytes = gum_paths_measure_finish (result, &error);

  if (error != NULL || self->size_row == NULL)
    return;

  size = g_format_size (bytes);
  adw_action_row_set_subtitle (self->size_row, size);
}

static void
measure (GumPreferences *self)
{
  gum_paths_measure_async (gum_account_get_id (gum_shop_get_account (self->shop)),
                           self->cancellable, measured_cb, g_object_ref (self));
}

static void
erased_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr(GumPreferences) self = data;
  g_autoptr(GError) error = NULL;
  const char *text = _("Erased. Everything is read from Gumroad anew.");

  if (!gum_paths_erase_finish (result, &error))
    {
      g_warning ("Local data could not be erased: %s", error->message);
      text = _("Not everything could be erased");
    }

  if (self->shop == NULL)
    return;

  gum_shop_reopen (self->shop);
  gtk_widget_set_sensitive (self->erase_button, TRUE);
  adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (self), adw_toast_new (text));
  measure (self);
}

static void
erase_response_cb (GumPreferences *self,
                   const char     *response)
{
  const char *id;

  if (g_strcmp0 (response, "erase") != 0 || self->shop == NULL)
    return;

  id = gum_account_get_id (gum_shop_get_account (self->shop));
  gtk_widget_set_sensitive (self->erase_button, FALSE);
  gum_shop_close (self->shop);
  gum_paths_erase_async (id, NULL, erased_cb, g_object_ref (self));
}

static void
erase_cb (GumPreferences *self)
{
  g_autofree char *heading = NULL;
  g_autofree char *losses = NULL;
  g_autofree char *body = NULL;
  GtkWidget *dialog;

  /* Translators: the placeholder is the seller's name */
  heading = g_strdup_printf (_("Erase the Data of %s?"),
                             gum_account_get_name (gum_shop_get_account (self->shop)));
  losses = gum_losses_dup_of_erasing (gum_shop_get_store (self->shop));
  /* Translators: the placeholder is sentences about what will be lost */
  body = g_strdup_printf (_("The copy of the shop on this computer is read from Gumroad anew while you are "
                            "signed in and online.\n\n%s"), losses);
  dialog = adw_message_dialog_new (GTK_WINDOW (self), heading, body);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel", _("_Cancel"),
                                    "erase", _("_Erase Data"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "erase",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (erase_response_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
copy_folder_cb (GumPreferences *self)
{
  gum_launch_copy (GTK_WIDGET (self), self->folder, NULL);
  adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (self),
                                    adw_toast_new (_("Copied the folder’s path")));
}

static void
gum_preferences_dispose (GObject *object)
{
  GumPreferences *self = GUM_PREFERENCES (object);

  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), GUM_TYPE_PREFERENCES);
  g_clear_object (&self->shop);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->folder, g_free);

  G_OBJECT_CLASS (gum_preferences_parent_class)->dispose (object);
}

static void
gum_preferences_class_init (GumPreferencesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = gum_preferences_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Gumroad/ui/gum-preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, GumPreferences, data_group);
  gtk_widget_class_bind_template_child (widget_class, GumPreferences, size_row);
  gtk_widget_class_bind_template_child (widget_class, GumPreferences, folder_row);
  gtk_widget_class_bind_template_child (widget_class, GumPreferences, erase_button);
  gtk_widget_class_bind_template_child (widget_class, GumPreferences, metered_switch);
  gtk_widget_class_bind_template_callback (widget_class, copy_folder_cb);
  gtk_widget_class_bind_template_callback (widget_class, erase_cb);
}

static void
gum_preferences_init (GumPreferences *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
gum_preferences_new (GumWindow *window)
{
  GumPreferences *self;
  GumShop *shop;

  g_return_val_if_fail (GUM_IS_WINDOW (window), NULL);

  self = g_object_new (GUM_TYPE_PREFERENCES, "transient-for", window, NULL);
  gum_build_belong (GTK_WINDOW (self));
  g_settings_bind (gum_window_get_settings (window), "sync-on-metered",
                   self->metered_switch, "active", G_SETTINGS_BIND_DEFAULT);

  shop = gum_window_get_shop (window);
  if (shop == NULL || gum_account_is_sample (gum_shop_get_account (shop)))
    {
      /* The sample store keeps nothing. */
      gtk_widget_set_visible (self->data_group, FALSE);
      return GTK_WIDGET (self);
    }

  g_set_object (&self->shop, shop);
  /* How much waits is counted off the main thread: it is known when somebody asks. */
  if (gum_shop_get_store (shop) != NULL)
    gum_store_get_queue (gum_shop_get_store (shop));
  self->folder = gum_paths_dup_data (gum_account_get_id (gum_shop_get_account (shop)));
  adw_action_row_set_subtitle (self->folder_row, self->folder);
  measure (self);

  return GTK_WIDGET (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window: a stack of three.
 *
 *     stack ─┬─ shop      AdwLeaflet: GumSidebar │ one GumSection of several
 *            ├─ welcome   GumWelcomePage, only if there is no account
 *            └─ sign-in   GumSignInPage
 *
 * All but the shop is made when it is first needed, and every section likewise. Nothing before the first
 * frame waits for the keyring, the network or the session bus: the registry of accounts and the
 * ledger are files on this machine. What has to ask others begins after the frame. */

#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-window-private.h"

#include "gum-banner.h"
#include "gum-pane.h"
#include "gum-queue.h"
#include "gum-sections.h"
#include "gum-sidebar.h"
#include "gum-sign-in-page.h"
#include "gum-window-actions.h"
#include "gum-window-ask.h"

#include <glib/gi18n-lib.h>

/* How old the ledger may be before it is read again when one comes back to the window. */
#define STALE_SECONDS 300
/* After the first frame, until it is looked whether changes wait from last time. */
#define QUEUE_SECONDS 3

enum {
  PROP_0,
  PROP_ACCOUNTS,
  PROP_SETTINGS,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (GumWindow, gum_window, ADW_TYPE_APPLICATION_WINDOW)

static GParamSpec *properties[N_PROPS];

/* Pages that are left tell Gumroad what they have kept back: a cover whose toast was there still. */
static void
drop_sections (GumWindow *self)
{
  GtkWidget *child;

  gum_banner_set_shop (self->banner, NULL);
  if (gtk_widget_get_parent (GTK_WIDGET (self->banner)) != NULL)
    adw_bin_set_child (ADW_BIN (gtk_widget_get_parent (GTK_WIDGET (self->banner))), NULL);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->sections))) != NULL)
    gtk_stack_remove (self->sections, child);
}

/* Takes the shop's widgets out before the shop goes, so that nobody looks at a closed ledger. */
void
gum_window_drop_shop (GumWindow *self)
{
  drop_sections (self);
  gum_account_switcher_set_shop (gum_sidebar_get_switcher (self->sidebar), NULL);

  g_clear_object (&self->queue_watch);
  gum_sidebar_set_n_attention (self->sidebar, "activity", 0);
  /* Of another account it is offered still: that one is to be shown now. */
  if (self->whose != NULL && self->shop != NULL &&
      g_object_get_data (G_OBJECT (self->whose), "account") == gum_shop_get_account (self->shop))
    adw_toast_dismiss (self->whose);
  if (self->shop != NULL)
    gum_shop_close (self->shop);
  g_clear_object (&self->shop);
  self->may_stop_uploads = FALSE;
}

static void
attention_cb (GumQueueWatch *watch,
              GParamSpec    *pspec,
              GumWindow     *self)
{
  guint n;

  g_object_get (watch, "n-attention", &n, NULL);
  gum_sidebar_set_n_attention (self->sidebar, "activity", n);
}

static void
tell_queue_watch (GumWindow *self)
{
  if (self->queue_watch != NULL)
    gum_queue_watch_set_looking (self->queue_watch,
                                 g_strcmp0 (gtk_stack_get_visible_child_name (self->sections), "activity") == 0);
}

void
gum_window_watch_queue (GumWindow *self)
{
  if (self->queue_watch != NULL)
    return;

  self->queue_watch = gum_queue_watch_new (GTK_WIDGET (self->stack), self->shop,
                                           self->queue_seconds);
  g_signal_connect_object (self->queue_watch, "notify::n-attention", G_CALLBACK (attention_cb), self, 0);
  tell_queue_watch (self);
}

void
gum_window_set_queue_seconds (GumWindow *self,
                              guint      seconds)
{
  self->queue_seconds = seconds;
}

static void
place_banner (GumWindow  *self,
              GumSection *section)
{
  AdwBin *slot = gum_section_get_banner_slot (section);
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self->banner));

  if (slot == NULL)
    slot = self->banner_slot;
  if (parent == GTK_WIDGET (slot))
    return;

  if (parent != NULL)
    adw_bin_set_child (ADW_BIN (parent), NULL);
  adw_bin_set_child (slot, GTK_WIDGET (self->banner));
}

static void
accounts_changed_cb (GumWindow *self)
{
  if (self->shop == NULL)
    return;

  if (gum_accounts_find (self->accounts,
                         gum_account_get_id (gum_shop_get_account (self->shop))) == NULL)
    gum_window_show_first (self);
}

static void
section_selected_cb (GumWindow  *self,
                     const char *id)
{
  if (self->shop != NULL)
    gum_window_show_section (self, id);
}

static void
section_activated_cb (GumWindow *self)
{
  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->content));
}

static void
folded_cb (GumWindow *self)
{
  GumSection *section = gum_window_get_section (self);

  if (section != NULL)
    gum_section_set_folded (section, adw_leaflet_get_folded (self->leaflet));
}

static void
active_cb (GumWindow *self)
{
  if (self->started && self->shop != NULL && gtk_window_is_active (GTK_WINDOW (self)))
    gum_shop_refresh_if_older (self->shop, STALE_SECONDS);
}

void
gum_window_apply_metered (GumWindow *self)
{
  if (self->shop != NULL)
    gum_shop_set_use_metered (self->shop,
                              g_settings_get_boolean (self->settings, "sync-on-metered"));
}

static void
painted_cb (GumWindow *self)
{
  g_clear_signal_handler (&self->painted_handler,
                          gtk_widget_get_frame_clock (GTK_WIDGET (self)));
  if (self->started)
    return;

  self->started = TRUE;
  gum_window_load_accounts (self, FALSE);
  if (self->shop != NULL)
    {
      gum_shop_watch_network (self->shop);
      gum_shop_refresh_if_older (self->shop, 60);
      gum_window_watch_queue (self);
      if (gum_accounts_take_unfinished_sign_in (self->accounts))
        gum_window_add_toast (self, _("The last sign-in was cut short; nothing of it was kept."));
    }
}

static void
gum_window_map (GtkWidget *widget)
{
  GumWindow *self = GUM_WINDOW (widget);

  GTK_WIDGET_CLASS (gum_window_parent_class)->map (widget);

  if (!self->started && self->painted_handler == 0)
    self->painted_handler = g_signal_connect_object (gtk_widget_get_frame_clock (widget),
                                                     "after-paint", G_CALLBACK (painted_cb), self,
                                                     G_CONNECT_SWAPPED);
}

static void
gum_window_unmap (GtkWidget *widget)
{
  GumWindow *self = GUM_WINDOW (widget);

  if (self->painted_handler != 0)
    g_clear_signal_handler (&self->painted_handler, gtk_widget_get_frame_clock (widget));

  GTK_WIDGET_CLASS (gum_window_parent_class)->unmap (widget);
}

static void
then_close (GumWindow *self,
            gpointer   object)
{
  gtk_window_close (GTK_WINDOW (self));
}

static gboolean
gum_window_close_request (GtkWindow *window)
{
  GumWindow *self = GUM_WINDOW (window);

  if (gum_window_ask_to_stop_sign_in (self, _("_Stop and Close"), then_close, NULL) ||
      gum_window_ask_to_stop_uploads (self, _("_Stop and Close"), then_close, NULL))
    return TRUE;

  gum_window_save_state (self);
  if (gum_window_finish (self))
    return TRUE;
  gum_window_shut_down (self);

  return GTK_WINDOW_CLASS (gum_window_parent_class)->close_request (window);
}

/* A window larger than every monitor cannot be reached at its edges. */
static void
restore_size (GumWindow *self)
{
  GListModel *monitors = gdk_display_get_monitors (gtk_widget_get_display (GTK_WIDGET (self)));
  int width = g_settings_get_int (self->settings, "window-width");
  int height = g_settings_get_int (self->settings, "window-height");
  int widest = 0;
  int highest = 0;

  for (guint i = 0; i < g_list_model_get_n_items (monitors); i++)
    {
      g_autoptr(GdkMonitor) monitor = g_list_model_get_item (monitors, i);
      GdkRectangle area;

      gdk_monitor_get_geometry (monitor, &area);
      widest = MAX (widest, area.width);
      highest = MAX (highest, area.height);
    }

  if (widest > 0)
    width = MIN (width, widest);
  if (highest > 0)
    height = MIN (height, highest);
  gtk_window_set_default_size (GTK_WINDOW (self), width, height);
  if (g_settings_get_boolean (self->settings, "maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
}

static void
gum_window_constructed (GObject *object)
{
  GumWindow *self = GUM_WINDOW (object);

  G_OBJECT_CLASS (gum_window_parent_class)->constructed (object);

  restore_size (self);
  gum_account_switcher_set_accounts (gum_sidebar_get_switcher (self->sidebar), self->accounts);
  gum_window_add_actions (self);
  g_signal_connect_object (self->accounts, "items-changed", G_CALLBACK (accounts_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "changed::sync-on-metered",
                           G_CALLBACK (gum_window_apply_metered), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::is-active", G_CALLBACK (active_cb), NULL);
}

static void
gum_window_dispose (GObject *object)
{
  GumWindow *self = GUM_WINDOW (object);

  /* An entry row looks at its text when the focus leaves it, even when that text is gone already. */
  gtk_window_set_focus (GTK_WINDOW (self), NULL);

  g_cancellable_cancel (self->cancellable);
  g_clear_weak_pointer (&self->question);
  if (self->sections != NULL)
    gum_window_drop_shop (self);
  g_clear_object (&self->banner);
  gtk_widget_dispose_template (GTK_WIDGET (self), GUM_TYPE_WINDOW);
  g_clear_object (&self->accounts);
  g_clear_object (&self->settings);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->left_section, g_free);
  g_clear_pointer (&self->left_place, g_free);

  G_OBJECT_CLASS (gum_window_parent_class)->dispose (object);
}

static void
gum_window_get_property (GObject    *object,
                         guint       prop_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  GumWindow *self = GUM_WINDOW (object);

  switch (prop_id)
    {
    case PROP_ACCOUNTS:
      g_value_set_object (value, self->accounts);
      break;
    case PROP_SETTINGS:
      g_value_set_object (value, self->settings);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
gum_window_set_property (GObject      *object,
                         guint         prop_id,
                         const GValue *value,
                         GParamSpec   *pspec)
{
  GumWindow *self = GUM_WINDOW (object);

  switch (prop_id)
    {
    case PROP_ACCOUNTS:
      self->accounts = g_value_dup_object (value);
      break;
    case PROP_SETTINGS:
      self->settings = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
gum_window_class_init (GumWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GtkWindowClass *window_class = GTK_WINDOW_CLASS (klass);

  object_class->constructed = gum_window_constructed;
  object_class->dispose = gum_window_dispose;
  object_class->get_property = gum_window_get_property;
  object_class->set_property = gum_window_set_property;
  widget_class->map = gum_window_map;
  widget_class->unmap = gum_window_unmap;
  window_class->close_request = gum_window_close_request;

  properties[PROP_ACCOUNTS] =
    g_param_spec_object ("accounts", NULL, NULL, GUM_TYPE_ACCOUNTS,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SETTINGS] =
    g_param_spec_object ("settings", NULL, NULL, G_TYPE_SETTINGS,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (GUM_TYPE_PANE);
  g_type_ensure (GUM_TYPE_SIDEBAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Gumroad/ui/gum-window.ui");
  gtk_widget_class_bind_template_child (widget_class, GumWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, GumWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, GumWindow, leaflet);
  gtk_widget_class_bind_template_child (widget_class, GumWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, GumWindow, content);
  gtk_widget_class_bind_template_child (widget_class, GumWindow, sections);
  gtk_widget_class_bind_template_child (widget_class, GumWindow, banner_slot);
  gtk_widget_class_bind_template_callback (widget_class, folded_cb);
  gtk_widget_class_bind_template_callback (widget_class, section_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, section_activated_cb);

  /* Not an accelerator: those come before the focus, and Escape belongs to entries and popovers first. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "win.back", NULL);
}

static void
gum_window_init (GumWindow *self)
{
  self->cancellable = g_cancellable_new ();
  self->queue_seconds = QUEUE_SECONDS;
  self->banner = GUM_BANNER (g_object_ref_sink (gum_banner_new ()));
  gtk_widget_init_template (GTK_WIDGET (self));
  if (GUM_DEVEL)
    gtk_widget_add_css_class (GTK_WIDGET (self), "devel");
}

GumWindow *
gum_window_new (GtkApplication *application,
                GumAccounts    *accounts,
                GSettings      *settings)
{
  g_return_val_if_fail (application == NULL || GTK_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (GUM_IS_ACCOUNTS (accounts), NULL);
  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  return g_object_new (GUM_TYPE_WINDOW,
                       "application", application,
                       "accounts", accounts,
                       "settings", settings,
                       NULL);
}

GumAccounts *
gum_window_get_accounts (GumWindow *self)
{
  g_return_val_if_fail (GUM_IS_WINDOW (self), NULL);

  return self->accounts;
}

GSettings *
gum_window_get_settings (GumWindow *self)
{
  g_return_val_if_fail (GUM_IS_WINDOW (self), NULL);

  return self->settings;
}

GumShop *
gum_window_get_shop (GumWindow *self)
{
  g_return_val_if_fail (GUM_IS_WINDOW (self), NULL);

  return self->shop;
}

GumSection *
gum_window_get_section (GumWindow *self)
{
  GtkWidget *section;

  g_return_val_if_fail (GUM_IS_WINDOW (self), NULL);

  section = gtk_stack_get_visible_child (self->sections);

  return section != NULL ? GUM_SECTION (section) : NULL;
}

void
gum_window_show_section (GumWindow  *self,
                         const char *id)
{
  const GumSectionEntry *entry;
  GtkWidget *section;

  g_return_if_fail (GUM_IS_WINDOW (self));

  if (self->shop == NULL)
    return;

  entry = gum_sections_find (id);
  if (entry == NULL)
    entry = gum_sections_get (0);

  section = gtk_stack_get_child_by_name (self->sections, entry->id);
  if (section == NULL)
    {
      section = GTK_WIDGET (gum_section_entry_create (entry, self->shop));
      gtk_stack_add_named (self->sections, section, entry->id);
    }

  gum_section_set_folded (GUM_SECTION (section), adw_leaflet_get_folded (self->leaflet));
  gtk_stack_set_visible_child (self->sections, section);
  tell_queue_watch (self);
  place_banner (self, GUM_SECTION (section));
  if (g_strcmp0 (gum_sidebar_get_selected (self->sidebar), entry->id) != 0)
    gum_sidebar_select (self->sidebar, entry->id);

  /* The list of windows and screen readers say which section it is. */
  gtk_window_set_title (GTK_WINDOW (self), gum_section_entry_get_title (entry));
}

void
gum_window_show_product (GumWindow *self,
                         GVariant  *product)
{
  g_return_if_fail (GUM_IS_WINDOW (self));

  if (self->shop == NULL)
    return;

  gum_window_show_section (self, "products");
  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->content));
  gtk_widget_activate_action_variant (GTK_WIDGET (gum_window_get_section (self)), "products.show",
                                      product);
}

void
gum_window_show_sections (GumWindow *self)
{
  g_return_if_fail (GUM_IS_WINDOW (self));

  if (self->shop == NULL)
    return;

  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->sidebar));
  gtk_widget_child_focus (GTK_WIDGET (self->sidebar), GTK_DIR_TAB_FORWARD);
}

void
gum_window_go_back (GumWindow *self)
{
  GtkWidget *page;

  g_return_if_fail (GUM_IS_WINDOW (self));

  page = gtk_stack_get_visible_child (self->stack);
  if (GUM_IS_SIGN_IN_PAGE (page))
    {
      gum_sign_in_page_go_back (GUM_SIGN_IN_PAGE (page));
      return;
    }

  if (self->shop == NULL || gum_section_go_back (gum_window_get_section (self)))
    return;
  if (adw_leaflet_get_folded (self->leaflet))
    gum_window_show_sections (self);
}

void
gum_window_add_toast (GumWindow  *self,
                      const char *text)
{
  g_return_if_fail (GUM_IS_WINDOW (self));

  gum_section_add_toast (GTK_WIDGET (self->stack), text);
}

void
gum_window_save_state (GumWindow *self)
{
  GumSection *section;
  int width;
  int height;

  g_return_if_fail (GUM_IS_WINDOW (self));

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_settings_set_int (self->settings, "window-width", MAX (width, 360));
  g_settings_set_int (self->settings, "window-height", MAX (height, 294));
  g_settings_set_boolean (self->settings, "maximized", gtk_window_is_maximized (GTK_WINDOW (self)));

  section = gum_window_get_section (self);
  if (self->shop == NULL || section == NULL ||
      gum_account_is_sample (gum_shop_get_account (self->shop)))
    return;

  {
    g_autofree char *place = gum_section_dup_place (section);

    g_settings_set_string (self->settings, "section",
                           gtk_stack_get_visible_child_name (self->sections));
    g_settings_set_string (self->settings, "place", place != NULL ? place : "");
    g_settings_set_string (self->settings, "last-account",
                           gum_account_get_id (gum_shop_get_account (self->shop)));
  }
}

static void
finished_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr(GumWindow) self = data;
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  if (!gum_store_finish_finish (GUM_STORE (source), result))
    g_message ("Something was still on the wire when the program ended");
  if (self->shop == NULL)
    return;

  self->finishing = FALSE;
  if (self->comes_back)
    {
      self->comes_back = FALSE;
      gum_queue_resume (gum_store_get_queue (GUM_STORE (source)));
      gum_banner_set_shop (self->banner, self->shop);
      gum_window_show_section (self, self->left_section);
      gum_section_set_place (gum_window_get_section (self), self->left_place);
      gum_window_show_account (self, gum_shop_get_account (self->shop));
      gtk_window_present (GTK_WINDOW (self));
      return;
    }

  gum_window_shut_down (self);
  gtk_window_destroy (GTK_WINDOW (self));
  if (application != NULL)
    g_application_quit (G_APPLICATION (application));
}

gboolean
gum_window_finish (GumWindow *self)
{
  GumStore *store;

  g_return_val_if_fail (GUM_IS_WINDOW (self), FALSE);

  store = self->shop != NULL ? gum_shop_get_store (self->shop) : NULL;
  if (self->finishing || store == NULL)
    return self->finishing;

  if (gum_window_get_section (self) != NULL)
    {
      g_free (self->left_section);
      g_free (self->left_place);
      self->left_section = g_strdup (gtk_stack_get_visible_child_name (self->sections));
      self->left_place = gum_section_dup_place (gum_window_get_section (self));
    }
  drop_sections (self);
  if (!gum_store_is_busy (store))
    return FALSE;

  self->finishing = TRUE;
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gum_store_finish_async (store, finished_cb, g_object_ref (self));

  return TRUE;
}

gboolean
gum_window_come_back (GumWindow *self)
{
  g_return_val_if_fail (GUM_IS_WINDOW (self), FALSE);

  self->comes_back = self->finishing;

  return self->finishing;
}

void
gum_window_shut_down (GumWindow *self)
{
  g_return_if_fail (GUM_IS_WINDOW (self));

  g_cancellable_cancel (self->cancellable);
  gum_window_forget_page (self, "sign-in");
  gum_window_drop_shop (self);
}

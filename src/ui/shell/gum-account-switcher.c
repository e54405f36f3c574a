/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whose shop is shown: a button with picture, name and e-mail address. Its popover is made when it is
 * first opened. */

#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-account-switcher.h"

#include "gum-avatar.h"
#include "gum-paths.h"
#include "gum-util.h"

#include <glib/gi18n-lib.h>

struct _GumAccountSwitcher
{
  AdwBin parent_instance;

  /* Owned */
  GumAccounts   *accounts;
  GumShop       *shop;
  GumAccount    *account;

  /* Template */
  GtkMenuButton *button;
  GtkWidget     *content;
  GumAvatar     *avatar;
  GtkLabel      *name;
  GtkLabel      *email;

  /* Borrowed: in the popover, once there is one */
  GtkListBox    *list;
};

G_DEFINE_FINAL_TYPE (GumAccountSwitcher, gum_account_switcher, ADW_TYPE_BIN)

static GumPictures *
dup_pictures_for (GumAccountSwitcher *self,
                  GumAccount         *account)
{
  GumClient *client;
  g_autofree char *cache = NULL;

  if (account == self->account && self->shop != NULL)
    return g_object_ref (gum_shop_get_pictures (self->shop));

  client = gum_account_get_client (account);
  if (!gum_account_is_sample (account))
    cache = gum_paths_dup_cache (gum_account_get_id (account));

  return gum_pictures_new (cache,
                           client != NULL && gum_uri_is_loopback (gum_client_get_url (client)));
}

static const char *
describe_state (GumAccount *account)
{
  if (gum_account_is_sample (account))
    return _("Nothing in it is real");

  switch (gum_account_get_state (account))
    {
    case GUM_ACCOUNT_LOCKED:
      return _("Keyring is locked");
    case GUM_ACCOUNT_SIGNED_OUT:
      return _("Signed out");
    case GUM_ACCOUNT_REJECTED:
      return _("Needs to be reconnected");
    case GUM_ACCOUNT_UNKNOWN:
    case GUM_ACCOUNT_SIGNED_IN:
    default:
      return gum_account_get_email (account);
    }
}

static GtkWidget *
create_row (gpointer item,
            gpointer data)
{
  GumAccountSwitcher *self = data;
  GumAccount *account = item;
  g_autoptr(GumPictures) pictures = dup_pictures_for (self, account);
  g_autofree char *label = NULL;
  const char *name = gum_account_get_name (account);
  const char *detail = describe_state (account);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *avatar = gum_avatar_new (32);
  GtkWidget *title = gtk_label_new (name);
  GtkWidget *subtitle = gtk_label_new (detail);

  gum_avatar_set_account (GUM_AVATAR (avatar), account, pictures);
  gtk_widget_set_valign (avatar, GTK_ALIGN_CENTER);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (title), 28);
  gtk_label_set_xalign (GTK_LABEL (subtitle), 0);
  gtk_label_set_ellipsize (GTK_LABEL (subtitle), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (subtitle), 28);
  gtk_widget_add_css_class (subtitle, "caption");
  gtk_widget_add_css_class (subtitle, "dim-label");
  gtk_widget_set_visible (subtitle, detail != NULL);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts), title);
  gtk_box_append (GTK_BOX (texts), subtitle);
  gtk_box_append (GTK_BOX (box), avatar);
  gtk_box_append (GTK_BOX (box), texts);
  if (account == self->account)
    {
      GtkWidget *check = gtk_image_new_from_icon_name ("object-select-symbolic");

      gtk_box_append (GTK_BOX (box), check);
      /* Translators: a screen reader's words for the account that is shown now: its name */
      label = g_strdup_printf (_("%s, shown now"), name);
    }
  else
    {
      label = g_strdup (name);
    }

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);

  return row;
}

static void
row_activated_cb (GumAccountSwitcher *self,
                  GtkListBoxRow      *row)
{
  g_autoptr(GumAccount) account = NULL;

  account = g_list_model_get_item (G_LIST_MODEL (self->accounts),
                                   gtk_list_box_row_get_index (row));
  gtk_menu_button_popdown (self->button);
  if (account != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.account", "s",
                                gum_account_get_id (account));
}

static GtkWidget *
create_button (GumAccountSwitcher *self,
               const char         *label,
               const char         *action)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);
  GtkWidget *child = gtk_button_get_child (GTK_BUTTON (button));

  gtk_label_set_xalign (GTK_LABEL (child), 0);
  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  g_signal_connect_object (button, "clicked", G_CALLBACK (gtk_menu_button_popdown), self->button,
                           G_CONNECT_SWAPPED);

  return button;
}

/* The rows are made anew each time, so that they show the states of now. */
static void
create_popover_cb (GtkMenuButton *button,
                   gpointer       data)
{
  GumAccountSwitcher *self = data;
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (self->accounts), create_row, self, NULL);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (row_activated_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Accounts"), -1);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "gum-account-list");

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 320);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->list));

  gtk_box_append (GTK_BOX (box), scroller);
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (box), create_button (self, _("_Add Account…"), "win.add-account"));
  gtk_box_append (GTK_BOX (box), create_button (self, _("_Sign Out…"), "win.sign-out"));
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_widget_set_size_request (popover, 260, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (popover),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Accounts"), -1);
  gtk_menu_button_set_popover (button, popover);
}

static void
account_changed_cb (GumAccountSwitcher *self)
{
  g_autofree char *label = NULL;
  const char *name = gum_account_get_name (self->account);
  const char *email = gum_account_get_email (self->account);

  gtk_label_set_label (self->name, name);
  gtk_label_set_label (self->email, email);
  gtk_widget_set_visible (GTK_WIDGET (self->email),
                          email != NULL && *email != '\0' && g_strcmp0 (name, email) != 0);

  /* Translators: a screen reader's words for the button that shows whose shop this is */
  label = g_strdup_printf (_("Account: %s"), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), name);
}

static void
gum_account_switcher_dispose (GObject *object)
{
  GumAccountSwitcher *self = GUM_ACCOUNT_SWITCHER (object);

  if (self->button != NULL)
    gtk_menu_button_set_create_popup_func (self->button, NULL, NULL, NULL);
  /* AdwBin lets go of its child before the template does. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), GUM_TYPE_ACCOUNT_SWITCHER);
  g_clear_object (&self->accounts);
  g_clear_object (&self->shop);
  g_clear_object (&self->account);

  G_OBJECT_CLASS (gum_account_switcher_parent_class)->dispose (object);
}

static void
gum_account_switcher_class_init (GumAccountSwitcherClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = gum_account_switcher_dispose;

  g_type_ensure (GUM_TYPE_AVATAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Gumroad/ui/gum-account-switcher.ui");
  gtk_widget_class_bind_template_child (widget_class, GumAccountSwitcher, button);
  gtk_widget_class_bind_template_child (widget_class, GumAccountSwitcher, avatar);
  gtk_widget_class_bind_template_child (widget_class, GumAccountSwitcher, content);
  gtk_widget_class_bind_template_child (widget_class, GumAccountSwitcher, name);
  gtk_widget_class_bind_template_child (widget_class, GumAccountSwitcher, email);
}

static void
gum_account_switcher_init (GumAccountSwitcher *self)
{
  GtkWidget *inner;

  gtk_widget_init_template (GTK_WIDGET (self));

  /* A menu button centres what is in it; names start at the edge. */
  inner = gtk_widget_get_parent (self->content);
  if (!GTK_IS_BUTTON (inner))
    gtk_widget_set_halign (inner, GTK_ALIGN_FILL);
}

void
gum_account_switcher_set_accounts (GumAccountSwitcher *self,
                                   GumAccounts        *accounts)
{
  g_return_if_fail (GUM_IS_ACCOUNT_SWITCHER (self));
  g_return_if_fail (GUM_IS_ACCOUNTS (accounts));

  g_set_object (&self->accounts, accounts);
  gtk_menu_button_set_create_popup_func (self->button, create_popover_cb, self, NULL);
}

void
gum_account_switcher_set_shop (GumAccountSwitcher *self,
                               GumShop            *shop)
{
  GumAccount *account = shop != NULL ? gum_shop_get_account (shop) : NULL;

  g_return_if_fail (GUM_IS_ACCOUNT_SWITCHER (self));

  if (self->account != NULL)
    g_signal_handlers_disconnect_by_func (self->account, account_changed_cb, self);

  g_set_object (&self->shop, shop);
  g_set_object (&self->account, account);
  gum_avatar_set_account (self->avatar, self->account,
                          shop != NULL ? gum_shop_get_pictures (shop) : NULL);
  if (self->account == NULL)
    return;

  g_signal_connect_object (self->account, "notify::name", G_CALLBACK (account_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->account, "notify::email", G_CALLBACK (account_changed_cb), self,
                           G_CONNECT_SWAPPED);
  account_changed_cb (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Signing in. GumSignIn is the machine, this only shows its state:
 *
 *     idle, failed     form (browser) or token, whichever was used, with the error beside its field
 *     waiting …        waiting
 *     done             "Signed in as …", then the shop */

#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-sign-in-page.h"

#include "gum-avatar.h"
#include "gum-focus.h"
#include "gum-main-menu.h"
#include "gum-paths.h"
#include "gum-sign-in-form.h"
#include "gum-sign-in-token.h"
#include "gum-sign-in-wait.h"
#include "gum-util.h"
#include "gum-wrap.h"

#include <glib/gi18n-lib.h>

/* The confirmation stays as long as a glance takes; whoever needs longer finds "Not Mine" in the window after it. */
#define CONFIRMATION_SECONDS 3
#define FORWARD_MILLISECONDS 500

struct _GumSignInPage
{
  AdwBin parent_instance;

  /* Owned */
  GumAccounts      *accounts;
  GumSignIn        *sign_in;
  GumAccount       *account;        /* when done */

  /* Template */
  GtkStack         *stack;
  GumSignInForm    *form;
  GumSignInToken   *token;
  GumSignInWait *waiting;
  GumAvatar        *avatar;
  GtkLabel         *done_title;
  GtkLabel         *done_email;
  GtkWidget        *open_button;
  GtkWidget        *back_button;

  /* State */
  gboolean          by_token;
  guint             confirmation_source;
  guint             forward_source;
};

enum {
  DONE,
  CANCELLED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (GumSignInPage, gum_sign_in_page, ADW_TYPE_BIN)

static guint signals[N_SIGNALS];

static void
show_start (GumSignInPage *self)
{
  gtk_stack_set_visible_child_name (self->stack, self->by_token ? "token" : "form");
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
finish (GumSignInPage *self,
        gboolean       by_itself)
{
  g_autoptr(GumAccount) account = g_steal_pointer (&self->account);

  g_clear_handle_id (&self->confirmation_source, g_source_remove);
  if (account != NULL)
    g_signal_emit (self, signals[DONE], 0, account, by_itself);
}

static gboolean
confirmed_cb (gpointer data)
{
  GumSignInPage *self = data;

  self->confirmation_source = 0;
  finish (self, TRUE);

  return G_SOURCE_REMOVE;
}

/* Where the compositor does not let a window come forward by itself, a notification can bring it. */
static gboolean
not_forward_cb (gpointer data)
{
  GumSignInPage *self = data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkApplication *application;
  g_autoptr(GNotification) notification = NULL;
  g_autofree char *title = NULL;

  self->forward_source = 0;
  if (!GTK_IS_WINDOW (root) || gtk_window_is_active (GTK_WINDOW (root)) || self->account == NULL)
    return G_SOURCE_REMOVE;

  application = gtk_window_get_application (GTK_WINDOW (root));
  if (application == NULL)
    return G_SOURCE_REMOVE;

  /* Translators: the placeholder is the seller's name */
  title = g_strdup_printf (_("Signed in as %s"), gum_account_get_name (self->account));
  notification = g_notification_new (title);
  g_notification_set_body (notification, _("The shop is ready."));
  g_notification_set_default_action (notification, "app.show");
  g_application_send_notification (G_APPLICATION (application), "signed-in", notification);

  return G_SOURCE_REMOVE;
}

static void
show_done (GumSignInPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GumClient *client;
  g_autoptr(GumPictures) pictures = NULL;
  g_autofree char *cache = NULL;
  g_autofree char *title = NULL;

  g_set_object (&self->account, gum_sign_in_get_account (self->sign_in));
  if (self->account == NULL)
    return;

  client = gum_account_get_client (self->account);
  cache = gum_paths_dup_cache (gum_account_get_id (self->account));
  pictures = gum_pictures_new (cache, client != NULL &&
                                      gum_uri_is_loopback (gum_client_get_url (client)));
  gum_avatar_set_account (self->avatar, self->account, pictures);

  /* Translators: the placeholder is the seller's name */
  title = g_strdup_printf (_("Signed in as %s"), gum_account_get_name (self->account));
  gtk_label_set_label (self->done_title, title);
  gtk_label_set_label (self->done_email, gum_account_get_email (self->account));
  gtk_stack_set_visible_child_name (self->stack, "done");
  gtk_widget_grab_focus (self->open_button);

  if (GTK_IS_WINDOW (root))
    gtk_window_present (GTK_WINDOW (root));
  g_clear_handle_id (&self->forward_source, g_source_remove);
  self->forward_source = g_timeout_add (FORWARD_MILLISECONDS, not_forward_cb, self);
  g_clear_handle_id (&self->confirmation_source, g_source_remove);
  self->confirmation_source = g_timeout_add_seconds (CONFIRMATION_SECONDS, confirmed_cb, self);
}

static void
show_failure (GumSignInPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  const GError *error = gum_sign_in_get_error (self->sign_in);
  const GError *cause = gum_sign_in_get_cause (self->sign_in);

  show_start (self);
  if (self->by_token)
    gum_sign_in_token_show_error (self->token, error, cause);
  else
    gum_sign_in_form_show_error (self->form, error, cause);

  /* The person is in the browser: what failed is told here. */
  if (GTK_IS_WINDOW (root))
    gtk_window_present (GTK_WINDOW (root));
}

static void
state_cb (GumSignInPage *self)
{
  GumSignInState state = gum_sign_in_get_state (self->sign_in);

  gtk_widget_set_visible (self->back_button, state != GUM_SIGN_IN_DONE);

  switch (state)
    {
    case GUM_SIGN_IN_IDLE:
      show_start (self);
      break;
    case GUM_SIGN_IN_FAILED:
      show_failure (self);
      break;
    case GUM_SIGN_IN_DONE:
      show_done (self);
      break;
    case GUM_SIGN_IN_WAITING:
    case GUM_SIGN_IN_EXCHANGING:
    case GUM_SIGN_IN_VERIFYING:
    case GUM_SIGN_IN_STORING:
    default:
      if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "waiting") != 0)
        {
          gtk_stack_set_visible_child_name (self->stack, "waiting");
          gtk_widget_grab_focus (GTK_WIDGET (self));
        }
      break;
    }
}

static void
use_token_cb (GumSignInPage *self)
{
  self->by_token = TRUE;
  show_start (self);
}

static void
use_browser_cb (GumSignInPage *self)
{
  self->by_token = FALSE;
  show_start (self);
}

static void
back_cb (GumSignInPage *self)
{
  gum_sign_in_page_go_back (self);
}

static void
open_cb (GumSignInPage *self)
{
  finish (self, FALSE);
}

static void
undone_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr(GumSignInPage) self = data;
  g_autoptr(GError) error = NULL;

  gum_accounts_sign_out_finish (GUM_ACCOUNTS (source), result, &error);
  if (error != NULL)
    g_message ("Signing out of the wrong account: %s", error->message);
}

static void
not_mine_cb (GumSignInPage *self)
{
  g_autoptr(GumAccount) account = g_steal_pointer (&self->account);

  g_clear_handle_id (&self->confirmation_source, g_source_remove);
  if (account == NULL)
    return;

  gum_accounts_sign_out_async (self->accounts, account, NULL, undone_cb, g_object_ref (self));
  gum_sign_in_cancel (self->sign_in);
  gtk_widget_set_visible (self->back_button, TRUE);
  show_start (self);
}

static gboolean
gum_sign_in_page_grab_focus (GtkWidget *widget)
{
  GtkWidget *page = gtk_stack_get_visible_child (GUM_SIGN_IN_PAGE (widget)->stack);

  return gtk_widget_grab_focus (page) || gtk_widget_child_focus (page, GTK_DIR_TAB_FORWARD);
}

static void
gum_sign_in_page_dispose (GObject *object)
{
  GumSignInPage *self = GUM_SIGN_IN_PAGE (object);

  g_clear_handle_id (&self->confirmation_source, g_source_remove);
  g_clear_handle_id (&self->forward_source, g_source_remove);
  if (self->sign_in != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->sign_in, self);
      if (gum_sign_in_get_state (self->sign_in) != GUM_SIGN_IN_DONE)
        gum_sign_in_cancel (self->sign_in);
    }
  /* AdwBin lets go of its child before the template does. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), GUM_TYPE_SIGN_IN_PAGE);
  g_clear_object (&self->sign_in);
  g_clear_object (&self->accounts);
  g_clear_object (&self->account);

  G_OBJECT_CLASS (gum_sign_in_page_parent_class)->dispose (object);
}

static void
gum_sign_in_page_class_init (GumSignInPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = gum_sign_in_page_dispose;
  widget_class->focus = gum_focus_child;
  widget_class->grab_focus = gum_sign_in_page_grab_focus;

  signals[DONE] = g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                NULL, NULL, NULL, G_TYPE_NONE, 2, GUM_TYPE_ACCOUNT, G_TYPE_BOOLEAN);
  signals[CANCELLED] = g_signal_new ("cancelled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (GUM_TYPE_AVATAR);
  g_type_ensure (GUM_TYPE_MAIN_MENU);
  g_type_ensure (GUM_TYPE_SIGN_IN_FORM);
  g_type_ensure (GUM_TYPE_SIGN_IN_TOKEN);
  g_type_ensure (GUM_TYPE_SIGN_IN_WAIT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Gumroad/ui/gum-sign-in-page.ui");
  gtk_widget_class_bind_template_child (widget_class, GumSignInPage, stack);
  gtk_widget_class_bind_template_child (widget_class, GumSignInPage, form);
  gtk_widget_class_bind_template_child (widget_class, GumSignInPage, token);
  gtk_widget_class_bind_template_child (widget_class, GumSignInPage, waiting);
  gtk_widget_class_bind_template_child (widget_class, GumSignInPage, avatar);
  gtk_widget_class_bind_template_child (widget_class, GumSignInPage, done_title);
  gtk_widget_class_bind_template_child (widget_class, GumSignInPage, done_email);
  gtk_widget_class_bind_template_child (widget_class, GumSignInPage, open_button);
  gtk_widget_class_bind_template_child (widget_class, GumSignInPage, back_button);
  gtk_widget_class_bind_template_callback (widget_class, use_token_cb);
  gtk_widget_class_bind_template_callback (widget_class, use_browser_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
  gtk_widget_class_bind_template_callback (widget_class, not_mine_cb);
}

static void
gum_sign_in_page_init (GumSignInPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gum_wrap_words (GTK_WIDGET (self));
}

GtkWidget *
gum_sign_in_page_new (GumAccounts *accounts,
                      GSettings   *settings,
                      GumAccount  *again)
{
  GumSignInPage *self;
  g_autofree char *vendor_id = NULL;

  g_return_val_if_fail (GUM_IS_ACCOUNTS (accounts), NULL);
  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);
  g_return_val_if_fail (again == NULL || GUM_IS_ACCOUNT (again), NULL);

  self = g_object_new (GUM_TYPE_SIGN_IN_PAGE, NULL);
  self->accounts = g_object_ref (accounts);
  self->sign_in = again != NULL ? gum_sign_in_new_again (accounts, again)
                                : gum_sign_in_new (accounts, NULL, NULL);
  vendor_id = g_settings_get_string (settings, "application-id");
  gum_sign_in_form_set_up (self->form, self->sign_in, vendor_id,
                           again != NULL ? gum_account_get_application_id (again) : NULL);
  self->by_token = again != NULL && gum_account_is_by_token (again);
  gum_sign_in_token_set_up (self->token, self->sign_in);
  gum_sign_in_wait_set_up (self->waiting, self->sign_in);
  g_signal_connect_object (self->sign_in, "notify::state", G_CALLBACK (state_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_stack_set_visible_child_name (self->stack, self->by_token ? "token" : "form");

  return GTK_WIDGET (self);
}

GumSignIn *
gum_sign_in_page_get_sign_in (GumSignInPage *self)
{
  g_return_val_if_fail (GUM_IS_SIGN_IN_PAGE (self), NULL);

  return self->sign_in;
}

gboolean
gum_sign_in_page_is_waiting (GumSignInPage *self)
{
  g_return_val_if_fail (GUM_IS_SIGN_IN_PAGE (self), FALSE);

  switch (gum_sign_in_get_state (self->sign_in))
    {
    case GUM_SIGN_IN_WAITING:
    case GUM_SIGN_IN_EXCHANGING:
    case GUM_SIGN_IN_VERIFYING:
    case GUM_SIGN_IN_STORING:
      return TRUE;
    case GUM_SIGN_IN_IDLE:
    case GUM_SIGN_IN_FAILED:
    case GUM_SIGN_IN_DONE:
    default:
      return FALSE;
    }
}

void
gum_sign_in_page_go_back (GumSignInPage *self)
{
  const char *name;

  g_return_if_fail (GUM_IS_SIGN_IN_PAGE (self));

  name = gtk_stack_get_visible_child_name (self->stack);
  if (g_strcmp0 (name, "done") == 0)
    finish (self, FALSE);
  else if (g_strcmp0 (name, "waiting") == 0)
    gum_sign_in_cancel (self->sign_in);
  else if (g_strcmp0 (name, "token") == 0)
    use_browser_cb (self);
  else
    g_signal_emit (self, signals[CANCELLED], 0);
}

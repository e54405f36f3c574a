/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the pages about versions, questions, reviews and SKUs have in common: a list that is known, or being
 * read, or could not be read, and that is read again when a write of the journal has changed it.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-part-page.h"

#include "gum-errors.h"
#include "gum-journal.h"
#include "gum-notice.h"
#include "gum-status.h"

#include <glib/gi18n.h>

typedef struct {
  /* owned */
  GumCollection      *list;

  /* static */
  const GumPartWords *words;

  /* widgets */
  GumNotice          *notice;
  GtkStack           *stack;
  GumStatus          *status;
  GtkWidget          *content;
} GumPartPagePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (GumPartPage, gum_part_page, GUM_TYPE_SUBPAGE)

static gboolean
is_offline (GumPartPage *self)
{
  return !gum_shop_is_online (gum_subpage_get_shop (GUM_SUBPAGE (self)));
}

static gboolean
is_filled (GumPartPagePrivate *priv)
{
  return g_list_model_get_n_items (G_LIST_MODEL (priv->list)) > 0;
}

/* Above a list that is known. */
static void
show_notice (GumPartPage *self)
{
  GumPartPagePrivate *priv = gum_part_page_get_instance_private (self);
  const GError *error = gum_collection_get_error (priv->list);

  if (gum_collection_is_known (priv->list) && is_offline (self))
    gum_notice_show (priv->notice, _("You Are Offline"),
                     _("This is what was known last. It can be changed once you are "
                       "online."), NULL);
  else if (gum_collection_is_known (priv->list) && error != NULL)
    gum_notice_show_error (priv->notice, error, _("_Try Again"));
  else
    gum_notice_hide (priv->notice);
}

/* In place of a list. */
static void
show_status (GumPartPage *self)
{
  GumPartPagePrivate *priv = gum_part_page_get_instance_private (self);
  const GError *error = gum_collection_get_error (priv->list);
  g_autofree char *title = error != NULL ? gum_errors_dup_title (error) : NULL;
  g_autofree char *sentence = error != NULL ? gum_errors_dup_sentence (error, NULL) : NULL;

  gum_status_set_action (priv->status, NULL, NULL);
  if (gum_collection_is_known (priv->list))
    {
      gum_status_show (priv->status, priv->words->icon, _(priv->words->title),
                       _(priv->words->text));
      if (priv->words->button != NULL)
        gum_status_set_action (priv->status, _(priv->words->button), priv->words->action);
    }
  else if (is_offline (self))
    {
      gum_status_show (priv->status, "network-offline-symbolic", _("You Are Offline"),
                       _("This was not read before. It is read once you are online."));
    }
  else if (title != NULL && !gum_collection_is_loading (priv->list))
    {
      gum_status_show (priv->status, "network-error-symbolic", title, sentence);
      gum_status_set_action (priv->status, _("_Try Again"), "parts.retry");
    }
  else
    {
      gum_status_show (priv->status, NULL, _("Reading…"), NULL);
    }
}

static void
show (GumPartPage *self)
{
  GumPartPagePrivate *priv = gum_part_page_get_instance_private (self);

  if (priv->list == NULL)
    {
      gum_status_show (priv->status, "network-error-symbolic", _("Not Available"),
                       _("This account’s data on this computer are not open."));
      return;
    }

  show_notice (self);
  if (!is_filled (priv))
    show_status (self);
  gtk_stack_set_visible_child (priv->stack, is_filled (priv) ? priv->content
                                                             : GTK_WIDGET (priv->status));
}

static gboolean
is_of_kind (GumPartPage *self,
            GumWrite    *write)
{
  const char * const *kinds = GUM_PART_PAGE_GET_CLASS (self)->kinds;

  for (guint i = 0; kinds != NULL && kinds[i] != NULL; i++)
    {
      if (g_str_has_prefix (gum_write_get_kind (write), kinds[i]))
        return TRUE;
    }

  return FALSE;
}

/* Whoever has sent it: this page, Undo, Activity. Even a refusal may mean that the list is another one. */
static void
write_changed_cb (GumPartPage *self,
                  GumWrite    *write)
{
  GumWriteState state = gum_write_get_state (write);

  if ((state == GUM_WRITE_DONE || state == GUM_WRITE_UNCLEAR || state == GUM_WRITE_FAILED) &&
      g_strcmp0 (gum_write_get_product_id (write), gum_part_page_get_id (self)) == 0 &&
      is_of_kind (self, write))
    gum_part_page_read (self);
}

static void
online_cb (GumPartPage *self)
{
  gum_part_page_read (self);
}

static void
retry_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  gum_part_page_read (GUM_PART_PAGE (widget));
}

static void
gum_part_page_refresh (GumSubpage *subpage)
{
  gum_part_page_read (GUM_PART_PAGE (subpage));
}

static void
gum_part_page_constructed (GObject *object)
{
  GumPartPage *self = GUM_PART_PAGE (object);
  GumShop *shop = gum_subpage_get_shop (GUM_SUBPAGE (self));
  GumStore *store;

  G_OBJECT_CLASS (gum_part_page_parent_class)->constructed (object);

  store = gum_subpage_get_store (GUM_SUBPAGE (self));
  if (store != NULL)
    g_signal_connect_object (gum_store_get_journal (store), "write-changed",
                             G_CALLBACK (write_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (shop, "notify::online", G_CALLBACK (online_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
gum_part_page_dispose (GObject *object)
{
  GumPartPagePrivate *priv = gum_part_page_get_instance_private (GUM_PART_PAGE (object));

  if (priv->list != NULL)
    g_signal_handlers_disconnect_by_data (priv->list, object);
  g_clear_object (&priv->list);

  G_OBJECT_CLASS (gum_part_page_parent_class)->dispose (object);
}

static void
gum_part_page_class_init (GumPartPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = gum_part_page_constructed;
  object_class->dispose = gum_part_page_dispose;
  GUM_SUBPAGE_CLASS (klass)->refresh = gum_part_page_refresh;

  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "parts.retry", NULL, retry_action);
}

static void
gum_part_page_init (GumPartPage *self)
{
  GumPartPagePrivate *priv = gum_part_page_get_instance_private (self);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  priv->notice = GUM_NOTICE (gum_notice_new ());
  gtk_widget_set_margin_top (GTK_WIDGET (priv->notice), 12);
  gtk_widget_set_margin_start (GTK_WIDGET (priv->notice), 14);
  gtk_widget_set_margin_end (GTK_WIDGET (priv->notice), 14);
  g_signal_connect_object (priv->notice, "activated", G_CALLBACK (gum_part_page_read), self,
                           G_CONNECT_SWAPPED);

  priv->status = GUM_STATUS (gum_status_new ());
  priv->stack = GTK_STACK (gtk_stack_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (priv->stack), TRUE);
  gtk_stack_add_child (priv->stack, GTK_WIDGET (priv->status));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (priv->notice));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (priv->stack));
  gum_subpage_set_content (GUM_SUBPAGE (self), box);
}

void
gum_part_page_set_list_content (GumPartPage *self,
                                GtkWidget   *content)
{
  GumPartPagePrivate *priv = gum_part_page_get_instance_private (self);

  priv->content = content;
  gtk_stack_add_child (priv->stack, content);
}

GtkBox *
gum_part_page_add_column (GumPartPage *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);

  gtk_widget_set_margin_top (box, 18);
  gtk_widget_set_margin_bottom (box, 36);
  gtk_widget_set_margin_start (box, 14);
  gtk_widget_set_margin_end (box, 14);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 720);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), 560);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  gum_part_page_set_list_content (self, scroller);

  return GTK_BOX (box);
}

void
gum_part_page_set_list (GumPartPage        *self,
                        GumCollection      *list,
                        const GumPartWords *words)
{
  GumPartPagePrivate *priv = gum_part_page_get_instance_private (self);

  g_return_if_fail (GUM_IS_PART_PAGE (self));
  g_return_if_fail (priv->list == NULL && priv->content != NULL);

  priv->words = words;
  g_set_object (&priv->list, list);
  if (list != NULL)
    {
      g_signal_connect_object (list, "items-changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (list, "notify", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
    }
  gum_part_page_read (self);
}

void
gum_part_page_read (GumPartPage *self)
{
  GumPartPagePrivate *priv = gum_part_page_get_instance_private (self);

  if (priv->list != NULL && !is_offline (self))
    GUM_PART_PAGE_GET_CLASS (self)->read (self);
  show (self);
}

const char *
gum_part_page_get_notice (GumPartPage *self)
{
  GumPartPagePrivate *priv = gum_part_page_get_instance_private (self);

  if (gtk_stack_get_visible_child (priv->stack) == GTK_WIDGET (priv->status))
    return gum_status_get_title (priv->status);

  return gum_notice_get_text (priv->notice);
}

const char *
gum_part_page_get_id (GumPartPage *self)
{
  return gum_resource_get_id (GUM_RESOURCE (gum_subpage_get_product (GUM_SUBPAGE (self))));
}

char *
gum_part_page_dup_parent (GumPartPage *self)
{
  return gum_request_path ("products", gum_part_page_get_id (self), NULL);
}

/* --- what their lists are made of ------------------------------------------------------------- */

GtkWidget *
gum_part_page_new_list (const char *label)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);

  return list;
}

static gboolean
delete_cb (GtkWidget *list,
           GVariant  *args,
           gpointer   user_data)
{
  void (* remove) (GtkWidget *row) = (void (*) (GtkWidget *)) user_data;
  GtkWidget *row = gtk_widget_get_focus_child (list);

  if (row == NULL)
    return FALSE;
  remove (row);

  return TRUE;
}

void
gum_part_page_on_delete (GtkWidget *list,
                         void     (*remove) (GtkWidget *row))
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Delete, 0),
                                                          gtk_callback_action_new (delete_cb, remove,
                                                                                   NULL)));
  gtk_widget_add_controller (list, controller);
}

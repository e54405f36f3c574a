/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What every page has that changes a product by way of its draft: saving, with all that can come of
 * it, undoing, and discarding.
 *
 *    field ──typed──▶ GumDraft ──▶ ledger, within a second
 *      ▲                 │
 *      └──undo, redo─────┤ Save: read again, merge, send what differs
 *                        └──▶ Gumroad ──▶ ledger ──▶ product ──▶ field
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-draft-page.h"

#include "gum-build.h"
#include "gum-conflict-window.h"
#include "gum-drafts.h"
#include "gum-error.h"
#include "gum-form-rules.h"
#include "gum-notice.h"
#include "gum-product-values.h"
#include "gum-rich-editor.h"
#include "gum-section.h"

#include <glib/gi18n.h>

typedef struct
{
  /* owned */
  GumDraft   *draft;

  /* widgets */
  GumNotice  *notice;
  GtkWidget  *save_stack;
  GtkWidget  *bar;
  GtkLabel   *status;
  GtkWidget  *overlay;     /* weak: what is over the page, and is told when the page was left */

  gboolean    has_asked;   /* what the draft is busy with was asked for here */
  gboolean    asks_back;   /* the notice offers to find out what became of a write */
} GumDraftPagePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (GumDraftPage, gum_draft_page, GUM_TYPE_SUBPAGE)

static void
update (GumDraftPage *self)
{
  GumDraftPagePrivate *priv = gum_draft_page_get_instance_private (self);
  guint n_changes = gum_draft_get_n_changes (priv->draft);
  gboolean busy = gum_draft_is_busy (priv->draft);
  gboolean can_save = n_changes > 0 && !busy;
  g_autofree char *words = NULL;

  gtk_stack_set_visible_child_name (GTK_STACK (priv->save_stack), busy ? "busy" : "label");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "form.save", can_save);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "form.discard", can_save);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "form.undo", gum_draft_can_undo (priv->draft));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "form.redo", gum_draft_can_redo (priv->draft));
  gtk_widget_set_visible (priv->bar, n_changes > 0 || gum_draft_can_redo (priv->draft) ||
                                     gum_draft_can_undo (priv->draft));
  if (n_changes == 0)
    words = g_strdup (_("No changes"));
  else
    words = g_strdup_printf (ngettext ("%u change, kept as a draft", "%u changes, kept as a draft",
                                       n_changes), n_changes);
  gtk_label_set_text (priv->status, words);
}

/* --- saving ----------------------------------------------------------------------------------- */

static void save (GumDraftPage *self);

static void
decided_cb (GumDraftPage *self)
{
  GumDraftPagePrivate *priv = gum_draft_page_get_instance_private (self);

  gum_notice_hide (priv->notice);
  save (self);
}

static void
present_conflicts (GumDraftPage *self)
{
  GumDraftPagePrivate *priv = gum_draft_page_get_instance_private (self);
  GtkWidget *window = gum_conflict_window_new (priv->draft);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (window == NULL)
    return;
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (root));
  g_signal_connect_object (window, "decided", G_CALLBACK (decided_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (window));
}

/* @asked: for on this page, and not before it was opened: nothing else is put before the person then. */
static void
show_failure (GumDraftPage *self,
              const GError *error,
              gboolean      asked)
{
  GumDraftPagePrivate *priv = gum_draft_page_get_instance_private (self);
  GumDraftPageClass *klass = GUM_DRAFT_PAGE_GET_CLASS (self);

  priv->asks_back = g_error_matches (error, GUM_ERROR, GUM_ERROR_UNCLEAR);
  if (g_error_matches (error, GUM_ERROR, GUM_ERROR_REJECTED) && klass->show_refusal != NULL &&
      klass->show_refusal (self, error, asked))
    {
      gum_notice_hide (priv->notice);
      return;
    }

  if (g_error_matches (error, GUM_ERROR, GUM_ERROR_CONFLICT))
    {
      gum_notice_show_error (priv->notice, error, _("_Decide…"));
      if (asked)
        present_conflicts (self);
    }
  else
    {
      gum_notice_show_error (priv->notice, error, priv->asks_back ? _("_Check Again") : NULL);
    }
}

static void
show_success (GumDraftPage *self)
{
  GumDraftPagePrivate *priv = gum_draft_page_get_instance_private (self);
  const char *warning = gum_draft_get_warning (priv->draft);

  gum_notice_hide (priv->notice);
  gum_section_add_toast (GTK_WIDGET (self), _("Saved to Gumroad"));
  if (warning != NULL)
    gum_notice_show (priv->notice, _("Saved, and Gumroad Says"), warning, NULL);
  else if (gum_draft_get_n_changes (priv->draft) == 0)
    gum_subpage_close (GUM_SUBPAGE (self));
}

static void
show_activity_cb (GtkWidget *overlay)
{
  gtk_widget_activate_action (overlay, "win.section", "s", "activity");
}

/* Nobody looks at the page any more, and whoever left it believes that it was saved. */
static void
tell_who_left (GumDraftPage *self,
               GumDraft     *draft,
               gboolean      done)
{
  GumDraftPagePrivate *priv = gum_draft_page_get_instance_private (self);
  g_autofree char *text = NULL;
  AdwToast *toast;

  if (priv->overlay == NULL)
    return;
  if (done)
    {
      /* Translators: %s is the name of a product */
      text = g_strdup_printf (_("“%s” was saved"), gum_draft_get_label (draft));
      gum_section_add_toast (priv->overlay, text);
      return;
    }

  /* Translators: %s is the name of a product */
  text = g_strdup_printf (_("“%s” was not saved"), gum_draft_get_label (draft));
  toast = gum_section_add_toast_with_button (priv->overlay, text, _("_Show"));
  if (toast != NULL)
    g_signal_connect_object (toast, "button-clicked", G_CALLBACK (show_activity_cb), priv->overlay,
                             G_CONNECT_SWAPPED);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GumDraftPage) self = user_data;
  GumDraftPagePrivate *priv = gum_draft_page_get_instance_private (self);
  g_autoptr (GError) error = NULL;
  gboolean done = gum_draft_save_finish (GUM_DRAFT (source), result, &error);

  if (!gum_subpage_is_shown (GUM_SUBPAGE (self)) || priv->draft == NULL)
    tell_who_left (self, GUM_DRAFT (source), done);
  else if (done)
    show_success (self);
  else
    show_failure (self, error, TRUE);
}

/* Also of what was begun on a page that was left meanwhile. */
static void
busy_cb (GumDraftPage *self)
{
  GumDraftPagePrivate *priv = gum_draft_page_get_instance_private (self);
  const GError *error = gum_draft_get_error (priv->draft);

  update (self);
  if (gum_draft_is_busy (priv->draft))
    return;
  if (!priv->has_asked && error != NULL)
    show_failure (self, error, FALSE);
  priv->has_asked = FALSE;
}

/* The draft is one, wherever it was written: what is wrong on another page would be sent from here. */
static gboolean
show_problem (GumDraftPage *self)
{
  GumDraftPagePrivate *priv = gum_draft_page_get_instance_private (self);
  GumResource *product = GUM_RESOURCE (gum_subpage_get_product (GUM_SUBPAGE (self)));
  g_auto (GStrv) keys = gum_draft_dup_keys (priv->draft);

  for (guint i = 0; keys[i] != NULL; i++)
    {
      g_autofree char *problem = gum_form_rules_dup_problem (keys[i], priv->draft,
                                                             gum_resource_get_json (product));

      if (problem == NULL)
        continue;
      priv->asks_back = FALSE;
      gum_notice_show (priv->notice, gum_product_values_get_title (keys[i]), problem, NULL);
      return TRUE;
    }

  return FALSE;
}

static void
save (GumDraftPage *self)
{
  GumDraftPagePrivate *priv = gum_draft_page_get_instance_private (self);
  GumDraftPageClass *klass = GUM_DRAFT_PAGE_GET_CLASS (self);
  const char *title;
  const char *reason;

  if (gum_draft_is_busy (priv->draft) || gum_draft_get_n_changes (priv->draft) == 0)
    return;
  if ((klass->find_problem != NULL && klass->find_problem (self)) || show_problem (self))
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }
  if (!gum_shop_may_write (gum_subpage_get_shop (GUM_SUBPAGE (self)), &title, &reason))
    {
      /* Translators: %s is a sentence that says why nothing can be saved */
      g_autofree char *text = g_strdup_printf (_("%s Your changes are kept as a draft."), reason);

      priv->asks_back = FALSE;
      gum_notice_show (priv->notice, title, text, NULL);
      return;
    }

  gum_notice_hide (priv->notice);
  priv->has_asked = TRUE;
  g_set_weak_pointer (&priv->overlay, gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY));
  gum_draft_save_async (priv->draft, NULL, saved_cb, g_object_ref (self));
}

static void
checked_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GumDraftPage) self = user_data;
  GumDraftPagePrivate *priv = gum_draft_page_get_instance_private (self);
  g_autoptr (GError) error = NULL;
  gboolean done = gum_draft_check_finish (GUM_DRAFT (source), result, &error);

  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL || priv->draft == NULL)
    return;
  if (done)
    show_success (self);
  else if (error != NULL)
    gum_notice_show_error (priv->notice, error, _("_Check Again"));
  else
    gum_notice_show (priv->notice, _("Not at Gumroad"),
                     _("Gumroad does not show the change. If it still does not after a minute, save "
                       "it again."), _("_Check Again"));
}

static void
notice_cb (GumDraftPage *self)
{
  GumDraftPagePrivate *priv = gum_draft_page_get_instance_private (self);

  if (!priv->asks_back)
    {
      present_conflicts (self);
      return;
    }
  if (gum_draft_is_busy (priv->draft))
    return;
  priv->has_asked = TRUE;
  gum_draft_check_async (priv->draft, NULL, checked_cb, g_object_ref (self));
}

/* --- actions ---------------------------------------------------------------------------------- */

static void
save_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  save (GUM_DRAFT_PAGE (widget));
}

static void
undo_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  gum_draft_undo (gum_draft_page_get_draft (GUM_DRAFT_PAGE (widget)));
}

static void
redo_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  gum_draft_redo (gum_draft_page_get_draft (GUM_DRAFT_PAGE (widget)));
}

static void
discard_response_cb (GumDraftPage *self,
                     const char     *response)
{
  GumDraftPagePrivate *priv = gum_draft_page_get_instance_private (self);

  if (g_strcmp0 (response, "discard") != 0)
    return;
  gum_draft_discard (priv->draft);
  gum_notice_hide (priv->notice);
}

static void
discard_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  GumDraftPage *self = GUM_DRAFT_PAGE (widget);
  GumDraftPagePrivate *priv = gum_draft_page_get_instance_private (self);
  guint n_changes = gum_draft_get_n_changes (priv->draft);
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                              _("Discard the Draft?"), NULL);

  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog),
                                  ngettext ("%u change that is not at Gumroad yet will be lost.",
                                            "%u changes that are not at Gumroad yet will be lost.",
                                            n_changes), n_changes);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel", _("_Cancel"),
                                    "discard", _("_Discard"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "discard",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (discard_response_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* --- building --------------------------------------------------------------------------------- */

static GtkWidget *
create_bar (GumDraftPage *self)
{
  GumDraftPagePrivate *priv = gum_draft_page_get_instance_private (self);
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *discard = gtk_button_new_with_mnemonic (_("_Discard…"));
  GtkWidget *status = gtk_label_new (NULL);

  gtk_widget_add_css_class (bar, "toolbar");
  gtk_widget_add_css_class (bar, "gum-form-bar");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (discard), "form.discard");
  gtk_label_set_wrap (GTK_LABEL (status), TRUE);
  gtk_label_set_justify (GTK_LABEL (status), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (status, "dim-label");
  gtk_widget_add_css_class (status, "caption");
  gtk_widget_set_hexpand (status, TRUE);
  priv->status = GTK_LABEL (status);

  gtk_box_append (GTK_BOX (bar), discard);
  gtk_box_append (GTK_BOX (bar), status);
  gtk_box_append (GTK_BOX (bar), gum_build_icon_button ("edit-undo-symbolic", _("Undo"), "form.undo"));
  gtk_box_append (GTK_BOX (bar), gum_build_icon_button ("edit-redo-symbolic", _("Redo"), "form.redo"));

  return bar;
}

static GtkWidget *
create_save (GumDraftPage *self)
{
  GumDraftPagePrivate *priv = gum_draft_page_get_instance_private (self);
  GtkWidget *button = gtk_button_new ();
  GtkWidget *spinner = gtk_spinner_new ();

  priv->save_stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (priv->save_stack), gtk_label_new_with_mnemonic (_("_Save")),
                       "label");
  gtk_spinner_start (GTK_SPINNER (spinner));
  gtk_stack_add_named (GTK_STACK (priv->save_stack), spinner, "busy");
  gtk_button_set_child (GTK_BUTTON (button), priv->save_stack);
  gtk_widget_add_css_class (button, "suggested-action");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "form.save");
  gtk_widget_set_tooltip_text (button, _("Save to Gumroad"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Save to Gumroad"),
                                  -1);

  return button;
}

/* The editor of formatted text undoes more finely while somebody is in it. */
static gboolean
is_in_editor (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_get_ancestor (focus, GUM_TYPE_RICH_EDITOR) != NULL;
}

static gboolean
shortcut_cb (GtkWidget *widget,
             GVariant  *arguments,
             gpointer   action)
{
  if (!g_str_equal (action, "form.save") && is_in_editor (widget))
    return GDK_EVENT_PROPAGATE;
  gtk_widget_activate_action (widget, action, NULL);

  return GDK_EVENT_STOP;
}

static void
add_shortcut (GumDraftPage     *self,
              const char       *trigger,
              const char       *action,
              GtkShortcutScope  scope)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();
  GtkShortcut *shortcut = gtk_shortcut_new (gtk_shortcut_trigger_parse_string (trigger),
                                            gtk_callback_action_new (shortcut_cb, (gpointer) action,
                                                                     NULL));

  /* Before an entry undoes its own text. */
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller), scope);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static void
gum_draft_page_constructed (GObject *object)
{
  GumDraftPage *self = GUM_DRAFT_PAGE (object);
  GumDraftPagePrivate *priv = gum_draft_page_get_instance_private (self);
  GumSubpage *subpage = GUM_SUBPAGE (object);
  GumProduct *product = gum_subpage_get_product (subpage);

  G_OBJECT_CLASS (gum_draft_page_parent_class)->constructed (object);

  priv->draft = gum_drafts_dup_draft (gum_store_get_drafts (gum_subpage_get_store (subpage)),
                                      gum_resource_get_id (GUM_RESOURCE (product)),
                                      gum_product_get_name (product));
  gum_subpage_set_bottom (subpage, priv->bar);
  adw_header_bar_pack_end (gum_subpage_get_header (subpage), create_save (self));
  g_signal_connect_object (priv->draft, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->draft, "notify::busy", G_CALLBACK (busy_cb), self, G_CONNECT_SWAPPED);
  update (self);
}

/* What went wrong while no page was there to say so. */
static void
gum_draft_page_root (GtkWidget *widget)
{
  GumDraft *draft = gum_draft_page_get_draft (GUM_DRAFT_PAGE (widget));

  GTK_WIDGET_CLASS (gum_draft_page_parent_class)->root (widget);

  if (!gum_draft_is_busy (draft) && gum_draft_get_error (draft) != NULL)
    show_failure (GUM_DRAFT_PAGE (widget), gum_draft_get_error (draft), FALSE);
}

static void
gum_draft_page_dispose (GObject *object)
{
  GumDraftPage *self = GUM_DRAFT_PAGE (object);
  GumDraftPagePrivate *priv = gum_draft_page_get_instance_private (self);

  g_clear_object (&priv->draft);

  G_OBJECT_CLASS (gum_draft_page_parent_class)->dispose (object);
}

static void
gum_draft_page_finalize (GObject *object)
{
  GumDraftPagePrivate *priv = gum_draft_page_get_instance_private (GUM_DRAFT_PAGE (object));

  g_clear_weak_pointer (&priv->overlay);

  G_OBJECT_CLASS (gum_draft_page_parent_class)->finalize (object);
}

static void
gum_draft_page_class_init (GumDraftPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = gum_draft_page_constructed;
  object_class->dispose = gum_draft_page_dispose;
  object_class->finalize = gum_draft_page_finalize;
  widget_class->root = gum_draft_page_root;

  gtk_widget_class_install_action (widget_class, "form.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "form.undo", NULL, undo_action);
  gtk_widget_class_install_action (widget_class, "form.redo", NULL, redo_action);
  gtk_widget_class_install_action (widget_class, "form.discard", NULL, discard_action);
}

static void
gum_draft_page_init (GumDraftPage *self)
{
  GumDraftPagePrivate *priv = gum_draft_page_get_instance_private (self);

  priv->notice = GUM_NOTICE (gum_notice_new ());
  priv->bar = create_bar (self);
  g_signal_connect_object (priv->notice, "activated", G_CALLBACK (notice_cb), self,
                           G_CONNECT_SWAPPED);
  add_shortcut (self, "<Control>z", "form.undo", GTK_SHORTCUT_SCOPE_LOCAL);
  add_shortcut (self, "<Control><Shift>z", "form.redo", GTK_SHORTCUT_SCOPE_LOCAL);
  add_shortcut (self, "<Control>y", "form.redo", GTK_SHORTCUT_SCOPE_LOCAL);
  add_shortcut (self, "<Control>s", "form.save", GTK_SHORTCUT_SCOPE_GLOBAL);
}

GtkWidget *
gum_draft_page_add_column (GumDraftPage *self)
{
  GumDraftPagePrivate *priv = gum_draft_page_get_instance_private (self);
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  /* What went wrong is seen wherever in the form one is. */
  GtkWidget *message = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *top = g_object_new (ADW_TYPE_CLAMP, "maximum-size", 640, "child", message, NULL);

  gtk_widget_add_css_class (message, "gum-form-top");
  gtk_box_append (GTK_BOX (message), GTK_WIDGET (priv->notice));
  g_object_bind_property (priv->notice, "visible", top, "visible", G_BINDING_SYNC_CREATE);
  gtk_widget_add_css_class (box, "gum-form");
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 640);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (page), top);
  gtk_box_append (GTK_BOX (page), scroller);
  gum_subpage_set_content (GUM_SUBPAGE (self), page);

  return box;
}

GumDraft *
gum_draft_page_get_draft (GumDraftPage *self)
{
  GumDraftPagePrivate *priv = gum_draft_page_get_instance_private (self);

  g_return_val_if_fail (GUM_IS_DRAFT_PAGE (self), NULL);

  return priv->draft;
}

gboolean
gum_draft_page_is_saving (GumDraftPage *self)
{
  GumDraftPagePrivate *priv = gum_draft_page_get_instance_private (self);

  g_return_val_if_fail (GUM_IS_DRAFT_PAGE (self), FALSE);

  return gum_draft_is_busy (priv->draft);
}

const char *
gum_draft_page_get_notice (GumDraftPage *self)
{
  GumDraftPagePrivate *priv = gum_draft_page_get_instance_private (self);

  g_return_val_if_fail (GUM_IS_DRAFT_PAGE (self), NULL);

  return gum_notice_get_text (priv->notice);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The form of a product.
 *
 *    field ──typed──▶ GumDraft ──▶ ledger, within a second
 *      ▲                 │
 *      └──undo, redo─────┤ Save: read again, merge, send what differs
 *                        └──▶ Gumroad ──▶ ledger ──▶ product ──▶ field
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-product-form.h"

#include "gum-conflict-window.h"
#include "gum-drafts.h"
#include "gum-error.h"
#include "gum-form-rules.h"
#include "gum-notice.h"
#include "gum-rich-editor.h"
#include "gum-section.h"

#include <glib/gi18n.h>

struct _GumProductForm
{
  GumSubpage  parent_instance;

  /* owned */
  GumDraft   *draft;
  GPtrArray  *fields;      /* of GumFormField */

  /* widgets */
  GumNotice  *notice;
  GtkWidget  *save;
  GtkWidget  *save_stack;
  GtkWidget  *bar;
  GtkLabel   *status;

  gboolean    is_saving;
  gboolean    asks_back;   /* the notice offers to find out what became of a write */
};

G_DEFINE_FINAL_TYPE (GumProductForm, gum_product_form, GUM_TYPE_SUBPAGE)

static const GumFormLine basics[] = {
  { "name", GUM_FORM_ENTRY },
  { "custom_summary", GUM_FORM_ENTRY, N_("One line under the name, for those who decide.") },
  { "custom_permalink", GUM_FORM_ENTRY, N_("The end of the product’s address. Empty: Gumroad’s own.") },
  { NULL },
};

static const GumFormLine price[] = {
  { "price", GUM_FORM_MONEY },
  { "price_currency_type", GUM_FORM_CURRENCY },
  { "customizable_price", GUM_FORM_SWITCH },
  { "suggested_price_cents", GUM_FORM_OPEN_MONEY,
    N_("For buyers who may pay more. Gumroad does not tell what it is now; left empty, it stays.") },
  { NULL },
};

static const GumFormLine text[] = {
  { "description", GUM_FORM_HTML },
  { NULL },
};

static const GumFormLine finding[] = {
  { "category", GUM_FORM_CATEGORY },
  { "tags", GUM_FORM_TAGS, N_("Separate them with commas.") },
  { NULL },
};

static const GumFormLine selling[] = {
  { "max_purchase_count", GUM_FORM_COUNT, N_("How many can be sold. Empty: no limit.") },
  { "custom_receipt", GUM_FORM_TEXT },
  { NULL },
};

static const GumFormLine refunds[] = {
  { "refund_period", GUM_FORM_REFUND },
  { "refund_fine_print", GUM_FORM_TEXT },
  { NULL },
};

static const GumFormLine untold[] = {
  { "quantity_enabled", GUM_FORM_UNTOLD },
  { "display_product_reviews", GUM_FORM_UNTOLD },
  { "should_show_sales_count", GUM_FORM_UNTOLD },
  { "is_adult", GUM_FORM_UNTOLD },
  { NULL },
};

static const struct {
  const char        *title;
  const char        *description;
  const GumFormLine *lines;
} groups[] = {
  { N_("Product"), NULL, basics },
  { N_("Price"), NULL, price },
  { N_("Description"), NULL, text },
  { N_("Finding It"), NULL, finding },
  { N_("Selling"), NULL, selling },
  { N_("Refunds"), NULL, refunds },
  { N_("More Settings"), N_("Gumroad takes these, but does not tell what they are now."), untold },
};

static JsonObject *
get_record (GumProductForm *self)
{
  return gum_resource_get_json (GUM_RESOURCE (gum_subpage_get_product (GUM_SUBPAGE (self))));
}

/* --- what is shown ---------------------------------------------------------------------------- */

static void
update (GumProductForm *self)
{
  guint n_changes = gum_draft_get_n_changes (self->draft);
  g_autofree char *words = NULL;

  gtk_stack_set_visible_child_name (GTK_STACK (self->save_stack), self->is_saving ? "busy" : "label");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "form.save", n_changes > 0 && !self->is_saving);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "form.discard", n_changes > 0 && !self->is_saving);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "form.undo", gum_draft_can_undo (self->draft));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "form.redo", gum_draft_can_redo (self->draft));
  gtk_widget_set_visible (self->bar, n_changes > 0 || gum_draft_can_redo (self->draft) ||
                                     gum_draft_can_undo (self->draft));
  if (n_changes == 0)
    words = g_strdup (_("No changes"));
  else
    words = g_strdup_printf (ngettext ("%u change, kept as a draft", "%u changes, kept as a draft",
                                       n_changes), n_changes);
  gtk_label_set_text (self->status, words);
}

static void
product_changed_cb (GumProductForm *self)
{
  for (guint i = 0; i < self->fields->len; i++)
    gum_form_field_show (g_ptr_array_index (self->fields, i));
}

/* --- saving ----------------------------------------------------------------------------------- */

static void save (GumProductForm *self);

static void
decided_cb (GumProductForm *self)
{
  gum_notice_hide (self->notice);
  save (self);
}

static void
present_conflicts (GumProductForm *self)
{
  GtkWidget *window = gum_conflict_window_new (self->draft);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (window == NULL)
    return;
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (root));
  g_signal_connect_object (window, "decided", G_CALLBACK (decided_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (window));
}

/* Beside the field that it is about, if it says which. */
static gboolean
show_refusal (GumProductForm *self,
              const GError   *error)
{
  const char *said = gum_error_get_server_message (error);
  const char *key = gum_form_rules_find_key (said);
  GumFormField *field = key != NULL && gum_draft_get_mine (self->draft, key) != NULL
                        ? gum_product_form_find_field (self, key) : NULL;
  g_autofree char *sentence = NULL;

  if (field == NULL)
    return FALSE;

  sentence = g_strdup_printf (_("Gumroad says: “%s”"), said);
  gum_form_field_set_refusal (field, sentence);
  gum_form_field_focus (field);
  gum_notice_hide (self->notice);

  return TRUE;
}

static void
show_failure (GumProductForm *self,
              const GError   *error)
{
  self->asks_back = g_error_matches (error, GUM_ERROR, GUM_ERROR_UNCLEAR);
  if (g_error_matches (error, GUM_ERROR, GUM_ERROR_REJECTED) && show_refusal (self, error))
    return;

  if (g_error_matches (error, GUM_ERROR, GUM_ERROR_CONFLICT))
    {
      gum_notice_show_error (self->notice, error, _("_Decide…"));
      present_conflicts (self);
    }
  else
    {
      gum_notice_show_error (self->notice, error, self->asks_back ? _("_Check Again") : NULL);
    }
}

static void
show_success (GumProductForm *self)
{
  const char *warning = gum_draft_get_warning (self->draft);

  gum_section_add_toast (GTK_WIDGET (self), _("Saved to Gumroad"));
  if (warning != NULL)
    gum_notice_show (self->notice, _("Saved, and Gumroad Says"), warning, NULL);
  else if (gum_draft_get_n_changes (self->draft) == 0)
    gum_subpage_close (GUM_SUBPAGE (self));
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GumProductForm) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = gum_draft_save_finish (GUM_DRAFT (source), result, &error);

  self->is_saving = FALSE;
  /* The page is gone; what became of it is in Activity, and the draft is where it was. */
  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  update (self);
  if (done)
    show_success (self);
  else
    show_failure (self, error);
}

static GumFormField *
find_problem (GumProductForm *self)
{
  for (guint i = 0; i < self->fields->len; i++)
    {
      GumFormField *field = g_ptr_array_index (self->fields, i);

      /* What Gumroad refused may pass the next time. */
      gum_form_field_set_refusal (field, NULL);
      if (gum_form_field_get_problem (field) != NULL)
        return field;
    }

  return NULL;
}

static void
save (GumProductForm *self)
{
  GumFormField *wrong = find_problem (self);

  if (self->is_saving || gum_draft_get_n_changes (self->draft) == 0)
    return;
  if (wrong != NULL)
    {
      gum_form_field_focus (wrong);
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }
  if (!gum_shop_is_online (gum_subpage_get_shop (GUM_SUBPAGE (self))))
    {
      self->asks_back = FALSE;
      gum_notice_show (self->notice, _("You Are Offline"),
                       _("Your changes are kept as a draft. Save them when the connection is back."), NULL);
      return;
    }

  gum_notice_hide (self->notice);
  self->is_saving = TRUE;
  update (self);
  gum_draft_save_async (self->draft, NULL, saved_cb, g_object_ref (self));
}

static void
checked_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GumProductForm) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = gum_draft_check_finish (GUM_DRAFT (source), result, &error);

  self->is_saving = FALSE;
  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  update (self);
  if (done)
    show_success (self);
  else if (error != NULL)
    gum_notice_show_error (self->notice, error, _("_Check Again"));
  else
    gum_notice_show (self->notice, _("Not at Gumroad"),
                     _("Gumroad does not show the change. If it still does not after a minute, save it "
                       "again."), _("_Check Again"));
}

static void
notice_cb (GumProductForm *self)
{
  if (!self->asks_back)
    {
      present_conflicts (self);
      return;
    }
  if (self->is_saving)
    return;
  self->is_saving = TRUE;
  update (self);
  gum_draft_check_async (self->draft, NULL, checked_cb, g_object_ref (self));
}

/* --- actions ---------------------------------------------------------------------------------- */

static void
save_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  save (GUM_PRODUCT_FORM (widget));
}

static void
undo_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  gum_draft_undo (GUM_PRODUCT_FORM (widget)->draft);
}

static void
redo_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  gum_draft_redo (GUM_PRODUCT_FORM (widget)->draft);
}

static void
discard_response_cb (GumProductForm *self,
                     const char     *response)
{
  if (g_strcmp0 (response, "discard") != 0)
    return;
  gum_draft_discard (self->draft);
  gum_notice_hide (self->notice);
}

static void
discard_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  GumProductForm *self = GUM_PRODUCT_FORM (widget);
  guint n_changes = gum_draft_get_n_changes (self->draft);
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

/* What the product or the connection does not have. */
static gboolean
is_wanted (GumProductForm *self,
           const char     *key)
{
  JsonObject *record = get_record (self);

  if (g_str_has_prefix (key, "refund_"))
    return json_object_has_member (record, "refund_policy") ||
           gum_draft_get_mine (self->draft, key) != NULL;
  if (g_str_equal (key, "quantity_enabled"))
    return gum_product_get_kind (gum_subpage_get_product (GUM_SUBPAGE (self))) !=
           GUM_PRODUCT_KIND_MEMBERSHIP;

  return TRUE;
}

static gboolean
is_fixed (GumProductForm *self,
          const char     *key)
{
  return gum_product_get_kind (gum_subpage_get_product (GUM_SUBPAGE (self))) ==
           GUM_PRODUCT_KIND_MEMBERSHIP &&
         (g_str_equal (key, "price") || g_str_equal (key, "price_currency_type"));
}

static GtkWidget *
create_group (GumProductForm    *self,
              const char        *title,
              const char        *description,
              const GumFormLine *lines)
{
  GtkWidget *group = adw_preferences_group_new ();
  /* A title is markup. */
  g_autofree char *escaped = g_markup_escape_text (title, -1);
  gboolean anything = FALSE;

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), escaped);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), description);
  for (const GumFormLine *line = lines; line->key != NULL; line++)
    {
      GumFormField *field;

      if (!is_wanted (self, line->key))
        continue;
      field = gum_form_field_new (line, self->draft, gum_subpage_get_product (GUM_SUBPAGE (self)),
                                  gum_subpage_get_shop (GUM_SUBPAGE (self)));
      g_ptr_array_add (self->fields, field);
      gum_form_field_add_to (field, ADW_PREFERENCES_GROUP (group));
      anything = TRUE;
      if (is_fixed (self, line->key))
        {
          gtk_widget_set_sensitive (gum_form_field_get_row (field), FALSE);
          adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group),
                                                 _("A membership’s prices are those of its tiers, which "
                                                   "can only be changed at Gumroad."));
        }
    }
  gtk_widget_set_visible (group, anything);

  return group;
}

static GtkWidget *
create_icon_button (const char *icon,
                    const char *label,
                    const char *action)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);

  return button;
}

static GtkWidget *
create_bar (GumProductForm *self)
{
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
  self->status = GTK_LABEL (status);

  gtk_box_append (GTK_BOX (bar), discard);
  gtk_box_append (GTK_BOX (bar), status);
  gtk_box_append (GTK_BOX (bar), create_icon_button ("edit-undo-symbolic", _("Undo"), "form.undo"));
  gtk_box_append (GTK_BOX (bar), create_icon_button ("edit-redo-symbolic", _("Redo"), "form.redo"));

  return bar;
}

static GtkWidget *
create_save (GumProductForm *self)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *spinner = gtk_spinner_new ();

  self->save_stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->save_stack), gtk_label_new_with_mnemonic (_("_Save")), "label");
  gtk_spinner_start (GTK_SPINNER (spinner));
  gtk_stack_add_named (GTK_STACK (self->save_stack), spinner, "busy");
  gtk_button_set_child (GTK_BUTTON (button), self->save_stack);
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
add_shortcut (GumProductForm      *self,
              const char          *trigger,
              const char          *action,
              GtkShortcutScope     scope)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  /* Before an entry undoes its own text. */
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller), scope);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (gtk_shortcut_trigger_parse_string (trigger),
                                                          gtk_callback_action_new (shortcut_cb,
                                                                                   (gpointer) action,
                                                                                   NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static void
gum_product_form_constructed (GObject *object)
{
  GumProductForm *self = GUM_PRODUCT_FORM (object);
  GumSubpage *subpage = GUM_SUBPAGE (object);
  GumProduct *product = gum_subpage_get_product (subpage);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  G_OBJECT_CLASS (gum_product_form_parent_class)->constructed (object);

  gum_subpage_set_title (subpage, _("Edit"));
  self->draft = gum_drafts_dup_draft (gum_store_get_drafts (gum_subpage_get_store (subpage)),
                                      gum_resource_get_id (GUM_RESOURCE (product)),
                                      gum_product_get_name (product));

  gtk_widget_add_css_class (box, "gum-form");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->notice));
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    gtk_box_append (GTK_BOX (box), create_group (self, _(groups[i].title),
                                                 groups[i].description != NULL
                                                 ? _(groups[i].description) : NULL,
                                                 groups[i].lines));
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 640);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  gum_subpage_set_content (subpage, scroller);
  gum_subpage_set_bottom (subpage, self->bar);
  adw_header_bar_pack_end (gum_subpage_get_header (subpage), create_save (self));

  g_signal_connect_object (self->draft, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (product, "changed", G_CALLBACK (product_changed_cb), self,
                           G_CONNECT_SWAPPED);
  update (self);
}

static void
gum_product_form_dispose (GObject *object)
{
  GumProductForm *self = GUM_PRODUCT_FORM (object);

  g_ptr_array_set_size (self->fields, 0);
  g_clear_object (&self->draft);

  G_OBJECT_CLASS (gum_product_form_parent_class)->dispose (object);
}

static void
gum_product_form_finalize (GObject *object)
{
  g_ptr_array_unref (GUM_PRODUCT_FORM (object)->fields);

  G_OBJECT_CLASS (gum_product_form_parent_class)->finalize (object);
}

static void
gum_product_form_class_init (GumProductFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = gum_product_form_constructed;
  object_class->dispose = gum_product_form_dispose;
  object_class->finalize = gum_product_form_finalize;

  gtk_widget_class_install_action (widget_class, "form.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "form.undo", NULL, undo_action);
  gtk_widget_class_install_action (widget_class, "form.redo", NULL, redo_action);
  gtk_widget_class_install_action (widget_class, "form.discard", NULL, discard_action);
}

static void
gum_product_form_init (GumProductForm *self)
{
  self->fields = g_ptr_array_new_with_free_func (g_object_unref);
  self->notice = GUM_NOTICE (gum_notice_new ());
  self->bar = create_bar (self);
  g_signal_connect_object (self->notice, "activated", G_CALLBACK (notice_cb), self, G_CONNECT_SWAPPED);
  add_shortcut (self, "<Control>z", "form.undo", GTK_SHORTCUT_SCOPE_LOCAL);
  add_shortcut (self, "<Control><Shift>z", "form.redo", GTK_SHORTCUT_SCOPE_LOCAL);
  add_shortcut (self, "<Control>y", "form.redo", GTK_SHORTCUT_SCOPE_LOCAL);
  add_shortcut (self, "<Control>s", "form.save", GTK_SHORTCUT_SCOPE_GLOBAL);
}

GumDraft *
gum_product_form_get_draft (GumProductForm *self)
{
  g_return_val_if_fail (GUM_IS_PRODUCT_FORM (self), NULL);

  return self->draft;
}

GumFormField *
gum_product_form_find_field (GumProductForm *self,
                             const char     *key)
{
  g_return_val_if_fail (GUM_IS_PRODUCT_FORM (self), NULL);

  for (guint i = 0; i < self->fields->len; i++)
    {
      GumFormField *field = g_ptr_array_index (self->fields, i);

      if (g_str_equal (gum_form_field_get_key (field), key))
        return field;
    }

  return NULL;
}

gboolean
gum_product_form_is_saving (GumProductForm *self)
{
  g_return_val_if_fail (GUM_IS_PRODUCT_FORM (self), FALSE);

  return self->is_saving;
}

const char *
gum_product_form_get_notice (GumProductForm *self)
{
  g_return_val_if_fail (GUM_IS_PRODUCT_FORM (self), NULL);

  return gum_notice_get_text (self->notice);
}

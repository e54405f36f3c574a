/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A new product: what kind it is, which cannot be changed later, what it is called and what it costs.
 * Everything else is the form's. What was typed stays until Gumroad has taken it.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-product-create.h"

#include "gum-error.h"
#include "gum-journal.h"
#include "gum-json.h"
#include "gum-money.h"
#include "gum-notice.h"
#include "gum-product-facts.h"
#include "gum-product-keys.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_NAME 255

static const struct {
  const char *type;
  const char *title;
  const char *meaning;
} kinds[] = {
  { "digital", N_("Digital Product"), N_("Files that buyers download: software, music, pictures, anything.") },
  { "ebook", N_("E-Book"), N_("A book to download, with a preview of its pages.") },
  { "course", N_("Course"), N_("Lessons with videos, texts and files, page by page.") },
  { "membership", N_("Membership"), N_("Members pay every month or year for what you give them.") },
  { "bundle", N_("Bundle"), N_("Several of your products for one price. Choose them before you publish it.") },
  { "coffee", N_("Coffee"), N_("A tip from those who like what you do. One for each shop; the account must be "
                               "30 days old.") },
  { "call", N_("Call"), N_("Time with you. Its durations can only be set at Gumroad; the account must be 30 days "
                           "old.") },
  { "commission", N_("Commission"), N_("Work to order: buyers pay half of it first. The account must be 30 days "
                                       "old.") },
};

/* What a copy takes over, besides its name. */
static const char * const copied[] = {
  "description", "custom_summary", "customizable_price", "max_purchase_count", "category", "tags",
};

struct _GumProductCreate
{
  AdwWindow      parent_instance;

  /* owned */
  GumShop       *shop;
  GumProduct    *like;
  GumWrite      *write;       /* on its way */
  GumWrite      *unclear;     /* sent, and nobody knows what became of it */
  char          *sent;        /* what it was made of */

  gboolean       asked;       /* Gumroad does not show it */

  /* widgets */
  GumNotice     *notice;
  AdwComboRow   *kind;
  GtkLabel      *meaning;
  AdwEntryRow   *name;
  AdwEntryRow   *price;
  AdwComboRow   *currency;
  GtkLabel      *problem;
  GtkWidget     *cancel;
  GtkWidget     *create;
  GtkWidget     *spinner;
  GtkWidget     *fields;
};

enum {
  CREATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GumProductCreate, gum_product_create, ADW_TYPE_WINDOW)

static const char *
get_currency (GumProductCreate *self)
{
  return gum_currency_list ()[adw_combo_row_get_selected (self->currency)];
}

/* --- rules ------------------------------------------------------------------------------------ */

static const char *
find_problem (GumProductCreate *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name))));
  const char *type = kinds[adw_combo_row_get_selected (self->kind)].type;
  gint64 minimum = gum_currency_get_minimum (get_currency (self));
  gint64 amount;

  if (*name == '\0')
    return _("Give it a name.");
  if (g_utf8_strlen (name, -1) > MAX_NAME)
    return _("The name is longer than 255 characters.");
  switch (gum_money_parse (gtk_editable_get_text (GTK_EDITABLE (self->price)), get_currency (self), &amount))
    {
    case GUM_MONEY_FINE:
      break;
    case GUM_MONEY_EMPTY:
      return _("Give it a price. 0 makes it free.");
    case GUM_MONEY_NEGATIVE:
      return _("A price cannot be below zero.");
    case GUM_MONEY_AMBIGUOUS:
      return _("This price can mean two amounts. Write all digits behind the decimal point, or none.");
    case GUM_MONEY_TOO_LARGE:
      return _("Gumroad does not take a price as large as this.");
    case GUM_MONEY_NO_NUMBER:
    case GUM_MONEY_TOO_FINE:
    default:
      return _("This price is not an amount. Write it like 12.50.");
    }
  if (strcmp (type, "commission") == 0)
    minimum *= 2;
  if (amount > 0 && amount < minimum)
    return _("This price is below the smallest that Gumroad takes in this currency.");

  return NULL;
}

/* All that was chosen and typed. */
static char *
dup_state (GumProductCreate *self)
{
  return g_strdup_printf ("%s\n%s\n%s\n%s", kinds[adw_combo_row_get_selected (self->kind)].type, get_currency (self),
                          gtk_editable_get_text (GTK_EDITABLE (self->price)),
                          gtk_editable_get_text (GTK_EDITABLE (self->name)));
}

/* It may be at Gumroad already. */
static gboolean
is_unclear (GumProductCreate *self)
{
  g_autofree char *state = dup_state (self);

  return self->unclear != NULL && g_strcmp0 (state, self->sent) == 0;
}

static void
changed_cb (GumProductCreate *self)
{
  const char *problem = find_problem (self);
  gboolean is_empty = *gtk_editable_get_text (GTK_EDITABLE (self->name)) == '\0' ||
                      *gtk_editable_get_text (GTK_EDITABLE (self->price)) == '\0';

  gtk_label_set_text (self->meaning, _(kinds[adw_combo_row_get_selected (self->kind)].meaning));
  gtk_widget_set_sensitive (self->create, problem == NULL && self->write == NULL &&
                                          (!is_unclear (self) || self->asked));
  /* Nobody is told off before they have begun. */
  gtk_label_set_text (self->problem, problem != NULL && !is_empty ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), problem != NULL && !is_empty);
}

static void
set_busy (GumProductCreate *self,
          gboolean          busy)
{
  /* An entry does not lose the focus well when it cannot be used any more. */
  if (busy)
    gtk_window_set_focus (GTK_WINDOW (self), NULL);
  gtk_widget_set_sensitive (self->fields, !busy);
  gtk_widget_set_sensitive (self->cancel, !busy);
  gtk_widget_set_visible (self->spinner, busy);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), busy);
  changed_cb (self);
}

/* --- creating --------------------------------------------------------------------------------- */

static JsonObject *
new_body (GumProductCreate *self)
{
  JsonObject *body = json_object_new ();
  JsonObject *record = self->like != NULL ? gum_resource_get_json (GUM_RESOURCE (self->like)) : NULL;
  const char *type = kinds[adw_combo_row_get_selected (self->kind)].type;
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name))));
  gint64 amount = 0;

  gum_money_parse (gtk_editable_get_text (GTK_EDITABLE (self->price)), get_currency (self), &amount);
  json_object_set_string_member (body, "native_type", type);
  json_object_set_string_member (body, "name", name);
  json_object_set_int_member (body, "price", amount);
  json_object_set_string_member (body, "price_currency_type", get_currency (self));
  for (guint i = 0; record != NULL && i < G_N_ELEMENTS (copied); i++)
    {
      JsonNode *value = gum_product_keys_read (copied[i], record);

      if (value != NULL && !JSON_NODE_HOLDS_NULL (value))
        json_object_set_member (body, copied[i], value);
      else
        g_clear_pointer (&value, json_node_unref);
    }
  if (record != NULL && g_str_equal (type, "membership") &&
      gum_json_get_string (record, "subscription_duration") != NULL)
    json_object_set_string_member (body, "subscription_duration",
                                   gum_json_get_string (record, "subscription_duration"));

  return body;
}

/* Nothing is created twice by who presses the same button again. Takes @write. */
static void
show_unclear (GumProductCreate *self,
              GumWrite         *write,
              const GError     *error)
{
  g_clear_object (&self->unclear);
  self->unclear = write;
  self->asked = FALSE;
  g_free (self->sent);
  self->sent = dup_state (self);
  gum_notice_show_error (self->notice, error, _("_Check Again"));
  changed_cb (self);
  gtk_widget_child_focus (GTK_WIDGET (self->notice), GTK_DIR_TAB_FORWARD);
}

static void
show_failure (GumProductCreate *self,
              const GError     *error)
{
  const char *said = gum_error_get_server_message (error);

  gtk_widget_grab_focus (self->create);
  if (said != NULL && g_str_has_prefix (said, "Sorry, you can only create"))
    {
      g_autofree char *sentence =
        g_strdup_printf (_("Gumroad lets a shop create so many products within 24 hours and no more: 10, or 100 "
                           "once it was reviewed. Gumroad says: “%s” What you typed stays here."), said);

      gum_notice_show (self->notice, _("Enough for Today"), sentence, NULL);
      return;
    }
  gum_notice_show_error (self->notice, error, NULL);
}

static void
end (GumProductCreate *self,
     GumWrite         *write)
{
  g_signal_emit (self, signals[CREATED], 0, gum_write_get_product_id (write));
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GumProductCreate) self = user_data;
  g_autoptr (GumWrite) write = g_steal_pointer (&self->write);
  g_autoptr (GError) error = NULL;
  gboolean done = gum_journal_send_finish (GUM_JOURNAL (source), result, &error);

  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return;
  set_busy (self, FALSE);
  if (done)
    end (self, write);
  else if (g_error_matches (error, GUM_ERROR, GUM_ERROR_UNCLEAR))
    show_unclear (self, g_steal_pointer (&write), error);
  else
    show_failure (self, error);
}

static void
create_cb (GumProductCreate *self)
{
  const char *title, *reason;
  g_autoptr (JsonObject) body = NULL;

  if (self->write != NULL || find_problem (self) != NULL || (is_unclear (self) && !self->asked))
    return;
  if (!gum_shop_may_write (self->shop, &title, &reason))
    {
      gum_notice_show (self->notice, title, reason, NULL);
      return;
    }

  gum_notice_hide (self->notice);
  g_clear_object (&self->unclear);
  body = new_body (self);
  self->write = gum_write_new_create (body);
  set_busy (self, TRUE);
  gum_journal_send_async (gum_store_get_journal (gum_shop_get_store (self->shop)), self->write, NULL, sent_cb,
                          g_object_ref (self));
}

/* --- when nobody knows ------------------------------------------------------------------------ */

static void
checked_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GumProductCreate) self = user_data;
  g_autoptr (GumWrite) write = g_steal_pointer (&self->write);
  g_autoptr (GError) error = NULL;
  gboolean done = gum_journal_check_finish (GUM_JOURNAL (source), result, &error);

  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return;
  if (done && is_unclear (self))
    {
      end (self, write);
      return;
    }

  if (done)
    {
      g_autofree char *sentence =
        g_strdup_printf (_("“%s” is at Gumroad, as a draft. What you have typed since then makes another product."),
                         gum_write_get_label (write));

      g_clear_object (&self->unclear);
      gum_notice_show (self->notice, _("Created After All"), sentence, NULL);
    }
  else if (error != NULL)
    {
      gum_notice_show_error (self->notice, error, _("_Check Again"));
    }
  else
    {
      self->asked = TRUE;
      gum_notice_show (self->notice, _("Not at Gumroad"),
                       _("Gumroad shows no such product. If it still does not after a minute, create it again."),
                       _("_Check Again"));
    }
  set_busy (self, FALSE);
  gtk_widget_child_focus (GTK_WIDGET (self->notice), GTK_DIR_TAB_FORWARD);
}

static void
check_cb (GumProductCreate *self)
{
  const char *title, *reason;

  if (self->write != NULL || self->unclear == NULL)
    return;
  if (!gum_shop_may_write (self->shop, &title, &reason))
    {
      gum_notice_show (self->notice, title, reason, _("_Check Again"));
      return;
    }

  self->write = g_object_ref (self->unclear);
  set_busy (self, TRUE);
  gum_journal_check_async (gum_store_get_journal (gum_shop_get_store (self->shop)), self->write, NULL, checked_cb,
                           g_object_ref (self));
}

/* --- building --------------------------------------------------------------------------------- */

/* Closing would not take back what is on its way, and nobody would hear how it went. */
static gboolean
gum_product_create_close_request (GtkWindow *window)
{
  return GUM_PRODUCT_CREATE (window)->write != NULL ||
         GTK_WINDOW_CLASS (gum_product_create_parent_class)->close_request (window);
}

static void
gum_product_create_dispose (GObject *object)
{
  GumProductCreate *self = GUM_PRODUCT_CREATE (object);

  /* An entry looks at its text when the focus leaves it, even when that is gone already. */
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  g_clear_object (&self->shop);
  g_clear_object (&self->like);
  g_clear_object (&self->write);
  g_clear_object (&self->unclear);

  G_OBJECT_CLASS (gum_product_create_parent_class)->dispose (object);
}

static void
gum_product_create_finalize (GObject *object)
{
  g_free (GUM_PRODUCT_CREATE (object)->sent);

  G_OBJECT_CLASS (gum_product_create_parent_class)->finalize (object);
}

static void
gum_product_create_class_init (GumProductCreateClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gum_product_create_dispose;
  G_OBJECT_CLASS (klass)->finalize = gum_product_create_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = gum_product_create_close_request;

  signals[CREATED] = g_signal_new ("created", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static GtkLabel *
create_label (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, css_class);

  return GTK_LABEL (label);
}

static AdwEntryRow *
create_entry (GumProductCreate *self,
              const char       *title)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  g_signal_connect_object (row, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "entry-activated", G_CALLBACK (create_cb), self, G_CONNECT_SWAPPED);

  return ADW_ENTRY_ROW (row);
}

static AdwComboRow *
create_combo (const char *title)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) model = gtk_string_list_new (NULL);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (model));

  return ADW_COMBO_ROW (row);
}

static GtkWidget *
create_fields (GumProductCreate *self)
{
  GtkWidget *group = adw_preferences_group_new ();

  self->name = create_entry (self, _("Name"));
  self->price = create_entry (self, _("Price"));
  adw_entry_row_set_input_purpose (self->price, GTK_INPUT_PURPOSE_NUMBER);
  self->kind = create_combo (_("Kind"));
  self->currency = create_combo (_("Currency"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->kind));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->name));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->price));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->currency));

  return group;
}

static void
fill_lists (GumProductCreate *self)
{
  GtkStringList *kind_words = GTK_STRING_LIST (adw_combo_row_get_model (self->kind));
  GtkStringList *codes = GTK_STRING_LIST (adw_combo_row_get_model (self->currency));

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    gtk_string_list_append (kind_words, _(kinds[i].title));
  for (const char **code = gum_currency_list (); *code != NULL; code++)
    {
      g_autofree char *upper = g_ascii_strup (*code, -1);

      gtk_string_list_append (codes, upper);
    }
}

static void
gum_product_create_init (GumProductCreate *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_title (GTK_WINDOW (self), _("New Product"));
  gtk_window_set_default_size (GTK_WINDOW (self), 440, 520);

  self->cancel = gtk_button_new_with_mnemonic (_("_Cancel"));
  self->create = gtk_button_new_with_mnemonic (_("Create _Draft"));
  self->spinner = gtk_spinner_new ();
  gtk_widget_add_css_class (self->create, "suggested-action");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->cancel), "window.close");
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), self->cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->create);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->spinner);
  g_signal_connect_object (self->create, "clicked", G_CALLBACK (create_cb), self, G_CONNECT_SWAPPED);

  self->notice = GUM_NOTICE (gum_notice_new ());
  g_signal_connect_object (self->notice, "activated", G_CALLBACK (check_cb), self, G_CONNECT_SWAPPED);
  self->meaning = create_label ("dim-label");
  self->problem = create_label ("error");
  self->fields = create_fields (self);
  gtk_widget_add_css_class (content, "gum-form");
  gtk_box_append (GTK_BOX (content), GTK_WIDGET (self->notice));
  gtk_box_append (GTK_BOX (content), self->fields);
  gtk_box_append (GTK_BOX (content), GTK_WIDGET (self->problem));
  gtk_box_append (GTK_BOX (content), GTK_WIDGET (self->meaning));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), content);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), scroller);
  adw_window_set_content (ADW_WINDOW (self), box);
  fill_lists (self);
  g_signal_connect_object (self->kind, "notify::selected", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->currency, "notify::selected", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  set_busy (self, FALSE);
}

static void
select_currency (GumProductCreate *self,
                 const char       *currency)
{
  for (guint i = 0; currency != NULL && gum_currency_list ()[i] != NULL; i++)
    {
      if (g_ascii_strcasecmp (gum_currency_list ()[i], currency) == 0)
        adw_combo_row_set_selected (self->currency, i);
    }
}

static void
select_kind (GumProductCreate *self,
             const char       *type)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (strcmp (kinds[i].type, type) == 0)
        adw_combo_row_set_selected (self->kind, i);
    }
}

static void
take_over (GumProductCreate *self,
           GumProduct       *like)
{
  g_autofree char *old = gum_product_facts_dup_name (like);
  g_autofree char *name = g_strdup_printf (_("%s (Copy)"), old);
  g_autofree char *price = gum_money_format_plain (gum_product_get_price (like),
                                                   gum_product_get_currency (like));
  GumProductKind kind = gum_product_get_kind (like);

  self->like = g_object_ref (like);
  gtk_window_set_title (GTK_WINDOW (self), _("Duplicate as Draft"));
  gtk_editable_set_text (GTK_EDITABLE (self->name), name);
  gtk_editable_set_text (GTK_EDITABLE (self->price), price);
  select_currency (self, gum_product_get_currency (like));
  select_kind (self, kind == GUM_PRODUCT_KIND_MEMBERSHIP ? "membership" :
                     kind == GUM_PRODUCT_KIND_BUNDLE ? "bundle" : "digital");
  gum_notice_show (self->notice, _("What a Copy Has"),
                   _("Description, summary, category, tags, price and limits are copied. Files, covers, versions "
                     "and content must be added again: Gumroad does not let them be copied."), NULL);
}

GtkWidget *
gum_product_create_new (GumShop    *shop,
                        GumProduct *like)
{
  GumProductCreate *self;

  g_return_val_if_fail (GUM_IS_SHOP (shop), NULL);

  self = g_object_new (GUM_TYPE_PRODUCT_CREATE, NULL);
  self->shop = g_object_ref (shop);
  if (like != NULL)
    take_over (self, like);
  changed_cb (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->name));

  return GTK_WIDGET (self);
}

static void
created_cb (GtkWidget  *window,
            const char *id,
            GtkWidget  *widget)
{
  gtk_widget_activate_action (widget, "products.open", "s", id);
}

void
gum_product_create_present (GtkWidget  *widget,
                            GumShop    *shop,
                            GumProduct *like)
{
  GtkWidget *window = gum_product_create_new (shop, like);
  GtkRoot *root = gtk_widget_get_root (widget);

  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (root));
  g_signal_connect_object (window, "created", G_CALLBACK (created_cb), widget, 0);
  gtk_window_present (GTK_WINDOW (window));
}

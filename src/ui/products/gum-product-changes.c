/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What can be done with a product as a whole: put it on sale, take it off, delete it. What can be taken
 * back is done at once and can be undone from the toast; the rest asks first.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-product-changes.h"

#include "gum-detail-rows.h"
#include "gum-error.h"
#include "gum-errors.h"
#include "gum-journal.h"
#include "gum-name-match.h"
#include "gum-product-actions.h"
#include "gum-product-create.h"
#include "gum-product-facts.h"
#include "gum-product-subpages.h"
#include "gum-section.h"

#include <glib/gi18n.h>

#define SETTINGS_URL "https://app.gumroad.com/settings"
#define PAYMENTS_URL "https://app.gumroad.com/settings/payments"
#define PRODUCTS_URL "https://app.gumroad.com/products"

/* A write on its way, and where to tell how it went. The page may be gone by then, the window rarely. */
typedef struct {
  GtkWidget *widget;
  GumStore  *store;
  GumWrite  *write;
} Job;

static void
job_free (Job *job)
{
  g_object_unref (job->widget);
  g_object_unref (job->store);
  g_object_unref (job->write);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Job, job_free)

static void start (GtkWidget *widget,
                   GumStore  *store,
                   GumWrite  *write);

/* The products of a store about which something is on its way. Whatever happens to a page meanwhile, none of
 * them can be changed twice at once. */
static GHashTable *
get_busy (GumStore *store)
{
  GHashTable *busy = g_object_get_data (G_OBJECT (store), "gum-product-changes");

  if (busy == NULL)
    {
      busy = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      g_object_set_data_full (G_OBJECT (store), "gum-product-changes", busy,
                              (GDestroyNotify) g_hash_table_unref);
    }

  return busy;
}

static void
update_page (GtkWidget *widget)
{
  if (GUM_IS_PRODUCT_DETAIL (widget))
    gum_product_changes_update (GUM_PRODUCT_DETAIL (widget));
}

static GtkWindow *
get_window (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static gboolean
is_kind (GumWrite   *write,
         const char *kind)
{
  return g_str_equal (gum_write_get_kind (write), kind);
}

/* --- how it went ------------------------------------------------------------------------------ */

static void
open_response_cb (GtkWidget  *dialog,
                  const char *response,
                  GtkWidget  *widget)
{
  if (g_str_has_prefix (response, "https://"))
    gum_product_actions_open_uri (widget, response);
  else if (g_str_has_prefix (response, "product."))
    gtk_widget_activate_action (widget, response, NULL);
}

/* Where the person can do something about a refusal: a page of Gumroad's, or an action of the product's page. */
static const struct {
  const char *said;      /* how it begins */
  const char *way_out;
  const char *label;
} ways_out[] = {
  { "You have to confirm your email", SETTINGS_URL, N_("_Open Gumroad") },
  { "You must connect", PAYMENTS_URL, N_("_Open Gumroad") },
  { "Bundles must have", "product.edit-bundle", N_("_Bundle Contents") },
  { "Sorry, the product versions must", "product.edit-versions", N_("_Versions") },
  { "", PRODUCTS_URL, N_("_Open Gumroad") },
};

/* Less than the number of them. */
static guint
find_way_out (GtkWidget  *widget,
              const char *said)
{
  guint i = 0;

  /* Only its own page has those actions. */
  while (!g_str_has_prefix (said, ways_out[i].said) ||
         (g_str_has_prefix (ways_out[i].way_out, "product.") && !GUM_IS_PRODUCT_DETAIL (widget)))
    i++;

  return i;
}

static void
show_failure (Job          *job,
              const GError *error)
{
  g_autofree char *title = gum_errors_dup_title (error);
  g_autofree char *sentence = gum_errors_dup_sentence (error, NULL);
  gboolean is_publish = is_kind (job->write, GUM_WRITE_KIND_PUBLISH);
  const char *said = g_error_matches (error, GUM_ERROR, GUM_ERROR_REJECTED)
                     ? gum_error_get_server_message (error) : NULL;
  GtkWidget *dialog;

  if (sentence == NULL || gtk_widget_get_root (job->widget) == NULL)
    return;

  dialog = adw_message_dialog_new (get_window (job->widget),
                                   is_publish && said != NULL ? _("Not Published") : title, sentence);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  if (said != NULL)
    {
      guint i = find_way_out (job->widget, said);
      const char *way_out = ways_out[i].way_out;

      adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), way_out, _(ways_out[i].label));
      adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), way_out,
                                                  ADW_RESPONSE_SUGGESTED);
    }
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "close");
  g_signal_connect_object (dialog, "response", G_CALLBACK (open_response_cb), job->widget, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
undo_cb (AdwToast *toast,
         GumWrite *write)
{
  GtkWidget *widget = g_object_get_data (G_OBJECT (toast), "widget");
  GumStore *store = g_object_get_data (G_OBJECT (toast), "store");
  g_autoptr (GumWrite) revert = gum_write_new_revert (write);

  start (widget, store, revert);
}

static void
show_success (Job *job)
{
  gboolean can_undo = gum_write_can_be_reverted (job->write);
  g_autofree char *text = NULL;
  AdwToast *toast;

  if (is_kind (job->write, GUM_WRITE_KIND_PUBLISH))
    text = g_strdup_printf (_("“%s” is on sale"), gum_write_get_label (job->write));
  else if (is_kind (job->write, GUM_WRITE_KIND_UNPUBLISH))
    text = g_strdup_printf (_("“%s” is not on sale any more"), gum_write_get_label (job->write));
  else
    text = g_strdup_printf (_("“%s” was deleted"), gum_write_get_label (job->write));

  toast = gum_section_add_toast_with_button (job->widget, text, can_undo ? _("_Undo") : NULL);
  if (toast == NULL || !can_undo)
    return;
  g_object_set_data_full (G_OBJECT (toast), "widget", g_object_ref (job->widget), g_object_unref);
  g_object_set_data_full (G_OBJECT (toast), "store", g_object_ref (job->store), g_object_unref);
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undo_cb), g_object_ref (job->write),
                         (GClosureNotify) (void (*) (void)) g_object_unref, 0);
}

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (Job) job = user_data;
  g_autoptr (GError) error = NULL;

  g_hash_table_remove (get_busy (job->store), gum_write_get_product_id (job->write));
  if (gum_journal_send_finish (GUM_JOURNAL (source), result, &error))
    show_success (job);
  else
    show_failure (job, error);
  update_page (job->widget);
}

static void
start (GtkWidget *widget,
       GumStore  *store,
       GumWrite  *write)
{
  Job *job;

  if (gtk_widget_get_root (widget) == NULL || gum_store_is_closed (store) ||
      !g_hash_table_add (get_busy (store), g_strdup (gum_write_get_product_id (write))))
    return;

  job = g_new0 (Job, 1);
  job->widget = g_object_ref (widget);
  job->store = g_object_ref (store);
  job->write = g_object_ref (write);
  update_page (widget);
  gum_journal_send_async (gum_store_get_journal (store), write, NULL, sent_cb, job);
}

/* --- publishing ------------------------------------------------------------------------------- */

/* FALSE: it was said why not. */
static gboolean
may_write (GumProductDetail *detail)
{
  const char *reason;

  if (gum_product_detail_get_product (detail) == NULL)
    return FALSE;
  if (gum_shop_may_write (gum_product_detail_get_shop (detail), NULL, &reason))
    return TRUE;

  gum_section_add_toast (GTK_WIDGET (detail), reason);

  return FALSE;
}

static void
publish (GumProductDetail *detail,
         GumProduct       *product,
         gboolean          on_sale)
{
  g_autofree char *name = NULL;
  g_autoptr (GumWrite) write = NULL;

  if (!may_write (detail))
    return;

  name = gum_product_facts_dup_name (product);
  write = gum_write_new_publish (gum_resource_get_id (GUM_RESOURCE (product)), name, on_sale);
  start (GTK_WIDGET (detail), gum_shop_get_store (gum_product_detail_get_shop (detail)), write);
}

static void
publish_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  GumProductDetail *detail = GUM_PRODUCT_DETAIL (widget);

  publish (detail, gum_product_detail_get_product (detail), TRUE);
}

static void
unpublish_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  GumProductDetail *detail = GUM_PRODUCT_DETAIL (widget);

  publish (detail, gum_product_detail_get_product (detail), FALSE);
}

/* --- deleting --------------------------------------------------------------------------------- */

static void
add_line (GString    *text,
          const char *line)
{
  g_string_append_printf (text, "\n• %s", line);
}

/* What goes with it. */
static char *
dup_losses (GumProduct *product)
{
  g_autoptr (GString) text = g_string_new (_("It disappears for buyers at once, and cannot be brought back "
                                             "from here."));
  g_autoptr (GListModel) files = gum_detail_dup_list (product, "files");
  guint n_files = files != NULL ? g_list_model_get_n_items (files) : 0;
  gint64 sales = gum_product_get_sales_count (product);
  g_autofree char *line = NULL;

  if (gum_product_get_kind (product) == GUM_PRODUCT_KIND_MEMBERSHIP)
    add_line (text, _("All running memberships end."));
  if (n_files > 0)
    {
      line = g_strdup_printf (ngettext ("%u file is deleted at Gumroad.", "%u files are deleted at Gumroad.",
                                        n_files), n_files);
      add_line (text, line);
    }
  if (sales > 0)
    {
      g_autofree char *number = gum_facts_dup_number (sales);

      g_free (line);
      line = g_strdup_printf (ngettext ("It was sold %s time. The sale stays in your records.",
                                        "It was sold %s times. The sales stay in your records.", sales),
                              number);
      add_line (text, line);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* The product that was named, whatever the page shows by now. */
static void
delete_response_cb (GumProductDetail *detail,
                    const char       *response,
                    AdwMessageDialog *dialog)
{
  GumProduct *product = g_object_get_data (G_OBJECT (dialog), "product");
  g_autofree char *name = NULL;
  g_autoptr (GumWrite) write = NULL;

  if (g_str_equal (response, "unpublish"))
    {
      publish (detail, product, FALSE);
      return;
    }
  if (!g_str_equal (response, "delete") || !may_write (detail))
    return;

  name = gum_product_facts_dup_name (product);
  write = gum_write_new_delete (gum_resource_get_id (GUM_RESOURCE (product)), name);
  start (GTK_WIDGET (detail), gum_shop_get_store (gum_product_detail_get_shop (detail)), write);
}

static void
name_typed_cb (GtkEditable      *entry,
               AdwMessageDialog *dialog)
{
  const char *wanted = g_object_get_data (G_OBJECT (dialog), "wanted");

  adw_message_dialog_set_response_enabled (dialog, "delete",
                                           gum_name_match_equal (wanted, gtk_editable_get_text (entry)));
}

/* Somebody's living hangs on what was sold: the name has to be typed, or a word where none of it is on a
 * keyboard. It can be copied, too. */
static void
ask_for_name (GtkWidget  *dialog,
              const char *name)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *label = gtk_label_new (NULL);
  GtkWidget *entry = gtk_entry_new ();
  /* Translators: the word that has to be typed to delete a product whose name cannot be typed */
  const char *wanted = gum_name_match_can_type (name) ? name : _("delete");
  g_autofree char *text = g_strdup_printf (_("Type “%s” to delete it."), wanted);

  gtk_label_set_text (GTK_LABEL (label), text);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), entry);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), box);
  /* Not on the label, all of which would be selected. */
  gtk_window_set_focus (GTK_WINDOW (dialog), entry);
  g_object_set_data_full (G_OBJECT (dialog), "wanted", g_strdup (wanted), g_free);
  g_signal_connect_object (entry, "changed", G_CALLBACK (name_typed_cb), dialog, 0);
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (dialog), "delete", FALSE);
}

static void
delete_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  GumProductDetail *detail = GUM_PRODUCT_DETAIL (widget);
  GumProduct *product = gum_product_detail_get_product (detail);
  g_autofree char *name = NULL;
  g_autofree char *losses = NULL;
  GtkWidget *dialog;

  if (!may_write (detail))
    return;

  name = gum_product_facts_dup_name (product);
  losses = dup_losses (product);
  dialog = adw_message_dialog_new (get_window (widget), NULL, losses);
  g_object_set_data_full (G_OBJECT (dialog), "product", g_object_ref (product), g_object_unref);
  adw_message_dialog_format_heading (ADW_MESSAGE_DIALOG (dialog), _("Delete “%s”?"), name);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"));
  if (gum_product_is_published (product))
    adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "unpublish", _("_Unpublish Instead"));
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "delete", _("_Delete Product"));
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "delete",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  if (gum_product_get_sales_count (product) > 0)
    ask_for_name (dialog, name);
  g_signal_connect_object (dialog, "response", G_CALLBACK (delete_response_cb), detail, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* --- copying ---------------------------------------------------------------------------------- */

static void
duplicate_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  GumProductDetail *detail = GUM_PRODUCT_DETAIL (widget);

  if (may_write (detail))
    gum_product_create_present (widget, gum_product_detail_get_shop (detail),
                                gum_product_detail_get_product (detail));
}

/* --- for the page ----------------------------------------------------------------------------- */

void
gum_product_changes_install (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "product.publish", NULL, publish_action);
  gtk_widget_class_install_action (klass, "product.unpublish", NULL, unpublish_action);
  gtk_widget_class_install_action (klass, "product.delete", NULL, delete_action);
  gtk_widget_class_install_action (klass, "product.duplicate", NULL, duplicate_action);
}

void
gum_product_changes_update (GumProductDetail *detail)
{
  GumProduct *product = gum_product_detail_get_product (detail);
  gboolean exists = product != NULL && !gum_product_detail_is_deleted (detail);
  gboolean on_sale = exists && gum_product_is_published (product);
  GumStore *store = gum_shop_get_store (gum_product_detail_get_shop (detail));
  gboolean is_free = exists && store != NULL &&
                     !g_hash_table_contains (get_busy (store), gum_resource_get_id (GUM_RESOURCE (product)));
  GtkWidget *widget = GTK_WIDGET (detail);

  gtk_widget_action_set_enabled (widget, "product.publish", is_free && !on_sale);
  gtk_widget_action_set_enabled (widget, "product.unpublish", is_free && on_sale);
  gtk_widget_action_set_enabled (widget, "product.delete", is_free);
  gtk_widget_action_set_enabled (widget, "product.duplicate", exists);
  gum_product_subpages_set_enabled (detail, exists);
}

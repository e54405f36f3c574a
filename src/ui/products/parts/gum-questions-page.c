/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is asked at the checkout: rows with a switch for whether an answer is required. Words and kind of a
 * question cannot be changed over the API; and one whose name cannot be addressed, such as terms, not at
 * all, which its row says.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-questions-page.h"

#include "gum-build.h"
#include "gum-detail-rows.h"
#include "gum-part-rules.h"
#include "gum-part-send.h"
#include "gum-question-form.h"

#include <glib/gi18n.h>

struct _GumQuestionsPage
{
  GumPartPage    parent_instance;

  /* owned */
  GumCollection *fields;

  /* widgets */
  GtkWidget     *list;
};

G_DEFINE_FINAL_TYPE (GumQuestionsPage, gum_questions_page, GUM_TYPE_PART_PAGE)

static const char * const kinds[] = { "question-", NULL };

static const GumPartWords words = {
  "dialog-question-symbolic", N_("No Questions"),
  N_("Nothing is asked at the checkout but what Gumroad itself needs."),
  N_("_Add Question"), "questions.add",
};

/* --- rows ------------------------------------------------------------------------------------- */

/* What a row is made of. */
typedef struct {
  /* owned */
  GumCustomField *field;
  GumWrite       *write;       /* by which it was made required or optional last; NULL: by none */

  /* widgets */
  GtkWidget      *required;
  GtkWidget      *remove;

  /* what is being shown is not being pressed */
  gboolean        is_showing;
} Row;

static void
row_free (gpointer data)
{
  Row *row = data;

  g_object_unref (row->field);
  g_clear_object (&row->write);
  g_free (row);
}

static Row *
get_row (GtkWidget *widget)
{
  return g_object_get_data (G_OBJECT (widget), "row");
}

static GumSubpage *
get_page (GtkWidget *widget)
{
  return GUM_SUBPAGE (gtk_widget_get_ancestor (widget, GUM_TYPE_QUESTIONS_PAGE));
}

static guint
count_products (GumCustomField *field)
{
  g_auto (GStrv) products = NULL;

  g_object_get (field, "products", &products, NULL);

  return products != NULL ? g_strv_length (products) : 0;
}

static char *
dup_subtitle (GumCustomField *field,
              const char     *name)
{
  g_autofree char *type = gum_detail_dup_string (field, "type");
  g_autoptr (GString) text = g_string_new (gum_question_get_type_name (type));
  guint n_products = count_products (field);

  if (gum_detail_get_boolean (field, "collect-per-product"))
    g_string_append_printf (text, " · %s", _("asked for each product"));
  if (gum_detail_get_boolean (field, "global"))
    g_string_append_printf (text, " · %s", _("asked for all products"));
  else if (n_products > 1)
    {
      g_string_append (text, " · ");
      g_string_append_printf (text, ngettext ("asked for %u product", "asked for %u products",
                                              n_products), n_products);
    }
  if (!gum_custom_field_is_reachable (name))
    g_string_append_printf (text, "\n%s", _("Can only be changed on Gumroad’s website: its name has "
                                            "“/” or “.” in it."));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
show_row (GtkWidget *widget)
{
  Row *row = get_row (widget);
  g_autofree char *name = gum_detail_dup_string (row->field, "name");
  g_autofree char *subtitle = dup_subtitle (row->field, name);
  gboolean required = gum_detail_get_boolean (row->field, "required");
  gboolean reachable = gum_custom_field_is_reachable (name);
  const char *title = name != NULL ? name : _("Untitled");
  g_autofree char *sentence = g_strdup_printf ("%s, %s, %s", title, subtitle,
                                               required ? _("required") : _("optional"));
  g_autofree char *verb = g_strdup_printf (_("Remove “%s”"), title);
  g_autofree char *asked = g_strdup_printf (_("An answer to “%s” is required"), title);

  row->is_showing = TRUE;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (widget), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (widget), subtitle);
  gtk_switch_set_active (GTK_SWITCH (row->required), required);
  gtk_widget_set_sensitive (row->required, reachable);
  gtk_widget_set_sensitive (row->remove, reachable);
  gtk_widget_set_tooltip_text (row->required, _("Required"));
  gtk_widget_set_tooltip_text (row->remove, verb);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row->required), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  asked, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row->remove), GTK_ACCESSIBLE_PROPERTY_LABEL, verb,
                                  -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence,
                                  -1);
  row->is_showing = FALSE;
}

/* What was refused, or may not have been done, is shown as it was; the list is read again. */
static void
write_state_cb (GtkWidget  *widget,
                GParamSpec *pspec,
                GumWrite   *write)
{
  GumWriteState state = gum_write_get_state (write);

  if (state != GUM_WRITE_SENDING && state != GUM_WRITE_DONE)
    show_row (widget);
}

static void
required_cb (GtkWidget *widget)
{
  Row *row = get_row (widget);
  GumSubpage *page = get_page (widget);
  gboolean required = gtk_switch_get_active (GTK_SWITCH (row->required));
  g_autofree char *name = gum_detail_dup_string (row->field, "name");
  g_autofree char *done = NULL;
  g_autoptr (GumWrite) write = NULL;

  if (row->is_showing || page == NULL ||
      required == gum_detail_get_boolean (row->field, "required"))
    return;

  done = g_strdup_printf (required ? _("An answer to “%s” is required now")
                                   : _("An answer to “%s” is optional now"), name);
  write = gum_write_new_question_update (gum_resource_get_id (GUM_RESOURCE (
                                                                gum_subpage_get_product (page))),
                                         name, required);
  g_set_object (&row->write, write);
  g_signal_connect_object (write, "notify::state", G_CALLBACK (write_state_cb), widget,
                           G_CONNECT_SWAPPED);
  gum_part_send (GTK_WIDGET (page), gum_subpage_get_shop (page), write, done);
}

static void
remove_row (GtkWidget *widget)
{
  Row *row = get_row (widget);
  GumSubpage *page = get_page (widget);
  g_autofree char *name = gum_detail_dup_string (row->field, "name");
  g_autofree char *heading = NULL;
  g_autofree char *body = NULL;
  g_autoptr (GumWrite) write = NULL;
  guint n_others = MAX (count_products (row->field), 1) - 1;

  if (!gum_custom_field_is_reachable (name))
    {
      gum_part_say (GTK_WIDGET (page), _("Cannot Be Removed From Here"),
                    _("Gumroad finds a question by its name, and not one that has “/” or “.” in it. "
                      "Remove it on Gumroad’s website."));
      return;
    }

  heading = g_strdup_printf (_("Remove “%s”?"), name);
  if (n_others > 0)
    body = g_strdup_printf (ngettext ("It is not asked for this product any more. %u other product "
                                      "goes on asking it.",
                                      "It is not asked for this product any more. %u other products "
                                      "go on asking it.", n_others), n_others);
  else
    body = g_strdup (_("It is not asked any more. This cannot be undone."));
  write = gum_write_new_question_delete (gum_resource_get_id (GUM_RESOURCE (
                                                                gum_subpage_get_product (page))),
                                         name);
  gum_part_ask (GTK_WIDGET (page), gum_subpage_get_shop (page), write, heading, body, _("_Remove"),
                _("Question removed"));
}

static GtkWidget *
create_row_cb (gpointer item,
               gpointer user_data)
{
  GtkWidget *widget = adw_action_row_new ();
  Row *row = g_new0 (Row, 1);

  row->field = g_object_ref (item);
  row->required = gtk_switch_new ();
  row->remove = gum_build_icon_button ("user-trash-symbolic", "", NULL);
  gtk_widget_set_valign (row->required, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (widget), "row", row, row_free);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (widget), FALSE);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (widget), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (widget), 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (widget), row->required);
  adw_action_row_add_suffix (ADW_ACTION_ROW (widget), row->remove);
  show_row (widget);

  g_signal_connect_object (row->required, "notify::active", G_CALLBACK (required_cb), widget,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (row->remove, "clicked", G_CALLBACK (remove_row), widget,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (item, "notify", G_CALLBACK (show_row), widget, G_CONNECT_SWAPPED);

  return widget;
}

/* --- the page --------------------------------------------------------------------------------- */

static void
gum_questions_page_read (GumPartPage *page)
{
  gum_collection_read (GUM_QUESTIONS_PAGE (page)->fields);
}

/* A list that is as it was notifies of nothing, and yet a switch may show what was taken back meanwhile. */
static void
loading_cb (GumQuestionsPage *self)
{
  if (gum_collection_is_loading (self->fields) || gum_collection_get_error (self->fields) != NULL)
    return;

  for (GtkWidget *widget = gtk_widget_get_first_child (self->list);
       widget != NULL;
       widget = gtk_widget_get_next_sibling (widget))
    {
      Row *row = get_row (widget);

      if (row != NULL && (row->write == NULL || gum_write_get_state (row->write) != GUM_WRITE_SENDING))
        show_row (widget);
    }
}

static void
add_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  GumQuestionsPage *self = GUM_QUESTIONS_PAGE (widget);
  GumSubpage *page = GUM_SUBPAGE (self);

  if (self->fields != NULL)
    gtk_window_present (GTK_WINDOW (gum_question_form_new (widget, gum_subpage_get_shop (page),
                                                           gum_subpage_get_product (page),
                                                           G_LIST_MODEL (self->fields))));
}

static void
gum_questions_page_constructed (GObject *object)
{
  GumQuestionsPage *self = GUM_QUESTIONS_PAGE (object);
  GumSubpage *page = GUM_SUBPAGE (self);
  GtkWidget *add = gum_build_icon_button ("list-add-symbolic", _("Add a Question"), "questions.add");
  GumStore *store;

  G_OBJECT_CLASS (gum_questions_page_parent_class)->constructed (object);

  gum_subpage_set_title (page, _("Questions at Checkout"));
  adw_header_bar_pack_end (gum_subpage_get_header (page), add);

  self->list = gum_part_page_new_list (_("Questions at Checkout"));
  gum_part_page_on_delete (self->list, remove_row);
  gtk_box_append (gum_part_page_add_column (GUM_PART_PAGE (self)), self->list);
  store = gum_subpage_get_store (page);
  if (store != NULL)
    {
      g_autofree char *parent = gum_part_page_dup_parent (GUM_PART_PAGE (self));

      self->fields = gum_store_dup_collection (store, &gum_custom_field_endpoint, parent);
      gtk_list_box_bind_model (GTK_LIST_BOX (self->list), G_LIST_MODEL (self->fields), create_row_cb,
                               NULL, NULL);
      g_signal_connect_object (self->fields, "notify::loading", G_CALLBACK (loading_cb), self,
                               G_CONNECT_SWAPPED);
    }
  gum_part_page_set_list (GUM_PART_PAGE (self), self->fields, &words);
}

static void
gum_questions_page_dispose (GObject *object)
{
  GumQuestionsPage *self = GUM_QUESTIONS_PAGE (object);

  if (self->fields != NULL && self->list != NULL)
    gtk_list_box_bind_model (GTK_LIST_BOX (self->list), NULL, NULL, NULL, NULL);
  self->list = NULL;
  g_clear_object (&self->fields);

  G_OBJECT_CLASS (gum_questions_page_parent_class)->dispose (object);
}

static void
gum_questions_page_class_init (GumQuestionsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GumPartPageClass *page_class = GUM_PART_PAGE_CLASS (klass);

  object_class->constructed = gum_questions_page_constructed;
  object_class->dispose = gum_questions_page_dispose;
  page_class->read = gum_questions_page_read;
  page_class->kinds = kinds;

  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "questions.add", NULL, add_action);
}

static void
gum_questions_page_init (GumQuestionsPage *self)
{
}

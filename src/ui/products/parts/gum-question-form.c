/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A new question for the checkout. Gumroad does not say why it refuses one, so everything that it could
 * refuse is said before.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-question-form.h"

#include "gum-detail-rows.h"
#include "gum-part-words.h"
#include "gum-part-write.h"

#include <glib/gi18n.h>

struct _GumQuestionForm
{
  GumPartForm   parent_instance;

  /* owned */
  GListModel   *known;

  /* borrowed */
  GumPartField *name;
  GtkWidget    *type;
  GtkWidget    *required;
};

G_DEFINE_FINAL_TYPE (GumQuestionForm, gum_question_form, GUM_TYPE_PART_FORM)

static const struct {
  const char *key;
  const char *name;
  const char *title;   /* of the entry */
  const char *hint;
} types[] = {
  { "text", N_("Text"), N_("Question"), N_("Answered in a line.") },
  { "long_text", N_("Long Text"), N_("Question"), N_("Answered in several lines.") },
  { "checkbox", N_("Checkbox"), N_("Text Beside the Checkbox"), NULL },
  { "terms", N_("Terms to Agree to"), N_("Address of the Terms"),
    N_("Once created, terms can only be changed or removed on Gumroad’s website.") },
  { "file", N_("File"), N_("Request"), N_("Buyers hand in a file.") },
};

const char *
gum_question_get_type_name (const char *type)
{
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      if (g_strcmp0 (type, types[i].key) == 0)
        return _(types[i].name);
    }

  return type != NULL ? type : _("Text");
}

static guint
get_selected (GumQuestionForm *self)
{
  return MIN (adw_combo_row_get_selected (ADW_COMBO_ROW (self->type)), G_N_ELEMENTS (types) - 1);
}

static char *
dup_name (GumQuestionForm *self)
{
  return g_strstrip (g_strdup (gum_part_field_get_text (self->name)));
}

/* Two of one name could not be told apart: a question is addressed by its name. */
static gboolean
is_asked (GumQuestionForm *self,
          const char      *name)
{
  for (guint i = 0; i < g_list_model_get_n_items (self->known); i++)
    {
      g_autoptr (GumCustomField) field = g_list_model_get_item (self->known, i);
      g_autofree char *other = gum_detail_dup_string (field, "name");

      if (g_strcmp0 (name, other) == 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
gum_question_form_check (GumPartForm *form)
{
  GumQuestionForm *self = GUM_QUESTION_FORM (form);
  const char *hint = types[get_selected (self)].hint;
  g_autofree char *name = dup_name (self);
  g_autofree char *problem = NULL;

  problem = gum_part_words_dup_problem (gum_custom_field_check_name (name,
                                                                     types[get_selected (self)].key),
                                        NULL);
  if (problem == NULL && is_asked (self, name))
    problem = g_strdup (_("This is asked already."));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (gum_part_field_get_entry (self->name)),
                                 _(types[get_selected (self)].title));
  gum_part_field_set_hint (self->name, hint != NULL ? _(hint) : NULL);

  return gum_part_field_set_problem (self->name, problem);
}

static void
gum_question_form_submit (GumPartForm *form)
{
  GumQuestionForm *self = GUM_QUESTION_FORM (form);
  GumProduct *product = gum_part_form_get_product (form);
  g_autofree char *name = dup_name (self);
  g_autoptr (GumWrite) write = NULL;

  write = gum_write_new_question_create (gum_resource_get_id (GUM_RESOURCE (product)), name,
                                         types[get_selected (self)].key,
                                         gtk_switch_get_active (GTK_SWITCH (self->required)));
  gum_part_form_send (form, write, _("Question created"));
}

static void
gum_question_form_refused (GumPartForm  *form,
                           const GError *error)
{
  gum_part_field_set_problem (GUM_QUESTION_FORM (form)->name,
                              _("Gumroad gives no reason. Perhaps this is asked already, or the "
                                "address cannot be opened; try other words."));
}

static void
gum_question_form_dispose (GObject *object)
{
  g_clear_object (&GUM_QUESTION_FORM (object)->known);

  G_OBJECT_CLASS (gum_question_form_parent_class)->dispose (object);
}

static void
gum_question_form_class_init (GumQuestionFormClass *klass)
{
  GumPartFormClass *form_class = GUM_PART_FORM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gum_question_form_dispose;
  form_class->check = gum_question_form_check;
  form_class->submit = gum_question_form_submit;
  form_class->refused = gum_question_form_refused;
}

static void
gum_question_form_init (GumQuestionForm *self)
{
}

static GtkWidget *
create_types (void)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  GtkWidget *row = adw_combo_row_new ();

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    gtk_string_list_append (names, _(types[i].name));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Kind"));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (names));

  return row;
}

GtkWidget *
gum_question_form_new (GtkWidget  *parent,
                       GumShop    *shop,
                       GumProduct *product,
                       GListModel *known)
{
  GumQuestionForm *self = g_object_new (GUM_TYPE_QUESTION_FORM, NULL);
  GumPartForm *form = GUM_PART_FORM (self);
  GtkWidget *row = gum_detail_new_row (_("Required"), NULL);
  AdwPreferencesGroup *group;

  self->known = g_object_ref (known);
  gum_part_form_set_up (form, parent, shop, product, _("New Question"), _("C_reate"));
  group = gum_part_form_add_group (form, _("Asked at the checkout. Its words cannot be changed "
                                           "later."));
  self->type = create_types ();
  adw_preferences_group_add (group, self->type);
  self->name = gum_part_form_add_entry (form, group, _(types[0].title), NULL, NULL);

  self->required = gtk_switch_new ();
  gtk_widget_set_valign (self->required, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->required), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Required"), -1);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("Nobody can buy without an answer"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), self->required);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), self->required);
  adw_preferences_group_add (group, row);

  g_signal_connect_object (self->type, "notify::selected", G_CALLBACK (gum_part_form_check), self,
                           G_CONNECT_SWAPPED);
  gum_part_form_check (form);

  return GTK_WIDGET (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A row that asks for a version of a product, and says while the versions are read, and when they cannot be.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-version-choice.h"

#include <glib/gi18n.h>

struct _GumVersionChoice
{
  AdwComboRow     parent_instance;

  /* owned */
  GumVersionList *versions;
  char           *none;
  char           *except;
  char           *chosen;        /* its id */
  char           *chosen_name;
  char           *note;
  GPtrArray      *ids;           /* of the versions in the row; the first is NULL: none */

  /* the list is its own, and what is said of it */
  gboolean        has_list;
  /* what is being shown is not being chosen */
  gboolean        is_showing;
};

enum {
  PICKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GumVersionChoice, gum_version_choice, ADW_TYPE_COMBO_ROW)

static void
show_note (GumVersionChoice *self)
{
  const char *words = self->note;

  if (words == NULL && self->has_list && gum_version_list_is_loading (self->versions))
    words = _("Reading…");
  else if (words == NULL && self->has_list && gum_version_list_get_error (self->versions) != NULL)
    words = _("The versions could not be read");
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), words != NULL ? words : "");
}

static void
add_version (GumVersionChoice *self,
             GtkStringList    *names,
             const char       *id,
             const char       *name)
{
  gtk_string_list_append (names, name);
  g_ptr_array_add (self->ids, g_strdup (id));
}

static void
show_versions (GumVersionChoice *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = 0;

  g_ptr_array_set_size (self->ids, 0);
  add_version (self, names, NULL, self->none);
  for (guint i = 0; i < gum_version_list_get_length (self->versions); i++)
    {
      const char *id = gum_version_list_get_id (self->versions, i);
      g_autofree char *name = gum_version_list_dup_name (self->versions, i);

      if (self->except == NULL || g_strcmp0 (id, self->except) != 0)
        add_version (self, names, id, name);
    }

  for (guint i = 0; self->chosen != NULL && i < self->ids->len; i++)
    {
      if (g_strcmp0 (self->ids->pdata[i], self->chosen) == 0)
        selected = i;
    }
  /* One that is not in the list, or not yet, is kept unless another is chosen. */
  if (self->chosen != NULL && selected == 0)
    {
      selected = self->ids->len;
      add_version (self, names, self->chosen,
                   self->chosen_name != NULL ? self->chosen_name : _("The one that is set now"));
    }

  self->is_showing = TRUE;
  adw_combo_row_set_model (ADW_COMBO_ROW (self), G_LIST_MODEL (names));
  adw_combo_row_set_selected (ADW_COMBO_ROW (self), selected);
  self->is_showing = FALSE;
  show_note (self);
}

static void
selected_cb (GumVersionChoice *self)
{
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self));

  if (self->is_showing || selected >= self->ids->len)
    return;

  g_free (self->chosen);
  self->chosen = g_strdup (self->ids->pdata[selected]);
  g_signal_emit (self, signals[PICKED], 0);
}

static void
gum_version_choice_finalize (GObject *object)
{
  GumVersionChoice *self = GUM_VERSION_CHOICE (object);

  g_clear_object (&self->versions);
  g_ptr_array_unref (self->ids);
  g_free (self->none);
  g_free (self->except);
  g_free (self->chosen);
  g_free (self->chosen_name);
  g_free (self->note);

  G_OBJECT_CLASS (gum_version_choice_parent_class)->finalize (object);
}

static void
gum_version_choice_class_init (GumVersionChoiceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gum_version_choice_finalize;

  signals[PICKED] = g_signal_new ("picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
gum_version_choice_init (GumVersionChoice *self)
{
  self->ids = g_ptr_array_new_with_free_func (g_free);
  g_signal_connect (self, "notify::selected", G_CALLBACK (selected_cb), NULL);
}

GtkWidget *
gum_version_choice_new (GumStore   *store,
                        const char *title)
{
  g_autoptr (GumVersionList) list = gum_version_list_new (store);
  GtkWidget *self = gum_version_choice_new_with_list (list, title, _("Any version"), NULL);

  GUM_VERSION_CHOICE (self)->has_list = TRUE;

  return self;
}

GtkWidget *
gum_version_choice_new_with_list (GumVersionList *list,
                                  const char     *title,
                                  const char     *none,
                                  const char     *except)
{
  GumVersionChoice *self = g_object_new (GUM_TYPE_VERSION_CHOICE,
                                         "use-markup", FALSE,
                                         "title", title,
                                         NULL);

  self->versions = g_object_ref (list);
  self->none = g_strdup (none);
  self->except = g_strdup (except);
  g_signal_connect_object (list, "changed", G_CALLBACK (show_versions), self, G_CONNECT_SWAPPED);
  show_versions (self);

  return GTK_WIDGET (self);
}

void
gum_version_choice_set_product (GumVersionChoice *self,
                                const char       *product_id,
                                const char       *variant_id)
{
  g_return_if_fail (GUM_IS_VERSION_CHOICE (self));

  gum_version_choice_set_chosen (self, variant_id, NULL);
  gum_version_list_set_product (self->versions, product_id);
  gum_version_list_read (self->versions);
}

void
gum_version_choice_set_chosen (GumVersionChoice *self,
                               const char       *id,
                               const char       *name)
{
  g_return_if_fail (GUM_IS_VERSION_CHOICE (self));

  g_free (self->chosen);
  self->chosen = g_strdup (id);
  g_free (self->chosen_name);
  self->chosen_name = g_strdup (name);
  show_versions (self);
}

void
gum_version_choice_set_note (GumVersionChoice *self,
                             const char       *text,
                             gboolean          wrong)
{
  g_return_if_fail (GUM_IS_VERSION_CHOICE (self));

  g_free (self->note);
  self->note = g_strdup (text);
  show_note (self);
  if (wrong)
    gtk_widget_add_css_class (GTK_WIDGET (self), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_INVALID,
                               wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  text != NULL ? text : "", -1);
}

const char *
gum_version_choice_get_id (GumVersionChoice *self)
{
  g_return_val_if_fail (GUM_IS_VERSION_CHOICE (self), NULL);

  return self->chosen;
}

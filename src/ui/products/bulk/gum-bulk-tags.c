/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How the tags of many products are to change.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-bulk-tags.h"

#include "gum-bulk-rows.h"

#include <glib/gi18n-lib.h>

struct _GumBulkTags
{
  GumFormWindow  parent_instance;

  /* children */
  AdwComboRow   *kind;
  GtkWidget     *tags;
};

enum {
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GumBulkTags, gum_bulk_tags, GUM_TYPE_FORM_WINDOW)

static GumBulkKind
get_kind (GumBulkTags *self)
{
  return GUM_BULK_TAGS_ADD + adw_combo_row_get_selected (self->kind);
}

static void
changed_cb (GumBulkTags *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->tags));
  g_autofree char *bad = NULL;
  g_auto(GStrv) tags = gum_tags_parse (text, &bad);
  g_autofree char *problem = NULL;

  /* A tag that is to go may be of any length: it may be there from long ago. */
  if (bad != NULL && get_kind (self) != GUM_BULK_TAGS_REMOVE)
    problem = g_strdup_printf (_("“%s” is no tag: tags have %d to %d characters."), bad,
                               GUM_TAG_MIN_LENGTH, GUM_TAG_MAX_LENGTH);
  gum_form_set_problem (self->tags, problem);
  gum_form_window_set_message (GUM_FORM_WINDOW (self),
                               problem == NULL && get_kind (self) == GUM_BULK_TAGS_REPLACE &&
                               tags[0] == NULL ? _("All tags will be removed.") : problem,
                               problem != NULL);
  gum_form_window_set_ready (GUM_FORM_WINDOW (self),
                             problem == NULL && (tags[0] != NULL ||
                                                 get_kind (self) == GUM_BULK_TAGS_REPLACE));
}

static void
gum_bulk_tags_apply (GumFormWindow *form)
{
  GumBulkTags *self = GUM_BULK_TAGS (form);
  g_auto(GStrv) tags = gum_tags_parse (gtk_editable_get_text (GTK_EDITABLE (self->tags)), NULL);
  g_autoptr(GumBulk) bulk = gum_bulk_new_tags (get_kind (self), (const char * const *) tags);

  g_signal_emit (self, signals[CHOSEN], 0, bulk);
  gtk_window_close (GTK_WINDOW (self));
}

static void
gum_bulk_tags_class_init (GumBulkTagsClass *klass)
{
  GUM_FORM_WINDOW_CLASS (klass)->apply = gum_bulk_tags_apply;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 1, GUM_TYPE_BULK);
}

static void
gum_bulk_tags_init (GumBulkTags *self)
{
  const char * const kinds[] = { _("Add"), _("Remove"), _("Replace all"), NULL };
  GtkWidget *group = adw_preferences_group_new ();

  self->kind = gum_bulk_rows_add_combo (group, _("What to Do"), kinds);
  self->tags = gum_form_new_entry (_("Tags, with commas between"), NULL);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->tags);
  gum_form_window_add (GUM_FORM_WINDOW (self), group);
  gum_form_window_set_texts (GUM_FORM_WINDOW (self), _("Change Tags"), _("_Preview"));

  g_signal_connect_object (self->tags, "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->kind, "notify::selected", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  changed_cb (self);
}

GtkWidget *
gum_bulk_tags_new (GtkWidget *owner)
{
  GumBulkTags *self = g_object_new (GUM_TYPE_BULK_TAGS, NULL);

  gum_form_window_set_owner (GUM_FORM_WINDOW (self), owner);
  gtk_window_set_focus (GTK_WINDOW (self), self->tags);

  return GTK_WIDGET (self);
}

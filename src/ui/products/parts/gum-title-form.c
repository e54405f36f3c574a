/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A new name for a group of versions.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-title-form.h"

#include "gum-detail-rows.h"
#include "gum-part-words.h"
#include "gum-part-write.h"

#include <glib/gi18n.h>

struct _GumTitleForm
{
  GumPartForm         parent_instance;

  /* owned */
  GumVariantCategory *category;

  /* borrowed */
  GumPartField       *title;
};

G_DEFINE_FINAL_TYPE (GumTitleForm, gum_title_form, GUM_TYPE_PART_FORM)

static char *
dup_title (GumTitleForm *self)
{
  return g_strstrip (g_strdup (gum_part_field_get_text (self->title)));
}

static gboolean
gum_title_form_check (GumPartForm *form)
{
  GumTitleForm *self = GUM_TITLE_FORM (form);
  g_autofree char *title = dup_title (self);
  g_autofree char *problem = NULL;

  problem = gum_part_words_dup_problem (gum_variant_check_name (title), NULL);

  return gum_part_field_set_problem (self->title, problem);
}

static void
gum_title_form_submit (GumPartForm *form)
{
  GumTitleForm *self = GUM_TITLE_FORM (form);
  GumProduct *product = gum_part_form_get_product (form);
  g_autofree char *title = dup_title (self);
  g_autofree char *former = gum_detail_dup_string (self->category, "title");
  g_autofree char *done = g_strdup_printf (_("Renamed to “%s”"), title);
  g_autoptr (GumWrite) write = NULL;

  if (g_strcmp0 (title, former) == 0)
    {
      gtk_window_close (GTK_WINDOW (self));
      return;
    }

  write = gum_write_new_category_rename (gum_resource_get_id (GUM_RESOURCE (product)),
                                         gum_resource_get_id (GUM_RESOURCE (self->category)),
                                         title, former);
  gum_part_form_send (form, write, done);
}

static void
gum_title_form_dispose (GObject *object)
{
  g_clear_object (&GUM_TITLE_FORM (object)->category);

  G_OBJECT_CLASS (gum_title_form_parent_class)->dispose (object);
}

static void
gum_title_form_class_init (GumTitleFormClass *klass)
{
  GumPartFormClass *form_class = GUM_PART_FORM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gum_title_form_dispose;
  form_class->check = gum_title_form_check;
  form_class->submit = gum_title_form_submit;
}

static void
gum_title_form_init (GumTitleForm *self)
{
}

GtkWidget *
gum_title_form_new (GtkWidget          *parent,
                    GumShop            *shop,
                    GumProduct         *product,
                    GumVariantCategory *category)
{
  GumTitleForm *self = g_object_new (GUM_TYPE_TITLE_FORM, NULL);
  GumPartForm *form = GUM_PART_FORM (self);
  g_autofree char *title = gum_detail_dup_string (category, "title");

  self->category = g_object_ref (category);
  gum_part_form_set_up (form, parent, shop, product, _("Rename"), _("_Rename"));
  self->title = gum_part_form_add_entry (form, gum_part_form_add_group (form, NULL),
                                         _("Name of the Group"), title, NULL);
  gum_part_form_check (form);

  return GTK_WIDGET (self);
}

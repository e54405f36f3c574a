/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A draft, as a row. Discarding asks nothing, since it can be undone as long as its toast is there. */

#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-draft-line.h"

#include "gum-line.h"
#include "gum-product-values.h"
#include "gum-section.h"
#include "gum-time.h"

#include <glib/gi18n-lib.h>

struct _GumDraftLine
{
  GtkListBoxRow  parent_instance;

  /* owned */
  GumStore      *store;
  GumDraft      *draft;

  /* children */
  GumLine        line;
};

G_DEFINE_FINAL_TYPE (GumDraftLine, gum_draft_line, GTK_TYPE_LIST_BOX_ROW)

static void
update (GumDraftLine *self)
{
  g_auto(GStrv) keys = gum_draft_dup_keys (self->draft);
  g_autofree char *fields = gum_product_values_dup_list (keys);
  g_autofree char *name = gum_line_dup_product_name (self->store,
                                                     gum_draft_get_product_id (self->draft),
                                                     gum_draft_get_label (self->draft));
  g_autoptr(GDateTime) changed = gum_draft_dup_changed (self->draft);
  g_autoptr(GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *when = gum_time_format_relative (changed, now);
  g_autofree char *text = g_strjoin (" · ", fields, when, NULL);

  gum_line_show (&self->line, name, text);
}

/* What was discarded, as long as its toast is there. */
typedef struct {
  GumDraft   *draft;
  JsonObject *changes;
} Discarded;

static void
discarded_free (gpointer  data,
                GClosure *closure)
{
  Discarded *discarded = data;

  g_object_unref (discarded->draft);
  json_object_unref (discarded->changes);
  g_free (discarded);
}

static void
undo_cb (AdwToast *toast,
         gpointer  data)
{
  Discarded *discarded = data;

  gum_draft_restore (discarded->draft, discarded->changes);
}

static void
discard_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  GumDraftLine *self = GUM_DRAFT_LINE (widget);
  GtkWidget *list = gtk_widget_get_ancestor (widget, GTK_TYPE_LIST_BOX);
  Discarded *discarded = g_new0 (Discarded, 1);
  AdwToast *toast = gum_section_add_toast_with_button (widget, _("Draft discarded"), _("_Undo"));

  /* The row goes with the draft's changes. */
  discarded->draft = g_object_ref (self->draft);
  discarded->changes = gum_draft_take_changes (discarded->draft);
  /* Nobody could bring it back into a ledger that is closed: the offer goes with the list. */
  if (toast != NULL && list != NULL)
    g_signal_connect_object (list, "destroy", G_CALLBACK (adw_toast_dismiss), toast, G_CONNECT_SWAPPED);
  if (toast != NULL)
    g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undo_cb), discarded, discarded_free,
                           0);
  else
    discarded_free (discarded, NULL);
}

static void
gum_draft_line_dispose (GObject *object)
{
  GumDraftLine *self = GUM_DRAFT_LINE (object);

  g_clear_object (&self->draft);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (gum_draft_line_parent_class)->dispose (object);
}

static void
gum_draft_line_class_init (GumDraftLineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gum_draft_line_dispose;

  gtk_widget_class_install_action (widget_class, "draft.discard", NULL, discard_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "draft.discard", NULL);
}

static void
gum_draft_line_init (GumDraftLine *self)
{
  gum_line_build (&self->line, GTK_LIST_BOX_ROW (self));
  gum_line_add_button (&self->line, "user-trash-symbolic", _("Discard"), "draft.discard");
}

GtkWidget *
gum_draft_line_new (GumStore *store,
                    GumDraft *draft)
{
  GumDraftLine *self;

  g_return_val_if_fail (GUM_IS_STORE (store), NULL);
  g_return_val_if_fail (GUM_IS_DRAFT (draft), NULL);

  self = g_object_new (GUM_TYPE_DRAFT_LINE, NULL);
  self->store = g_object_ref (store);
  self->draft = g_object_ref (draft);
  g_signal_connect_object (draft, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);

  return GTK_WIDGET (self);
}

GumDraft *
gum_draft_line_get_draft (GumDraftLine *self)
{
  g_return_val_if_fail (GUM_IS_DRAFT_LINE (self), NULL);

  return self->draft;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the person has not finished, what is on its way, and what became of the rest:
 *
 *    Drafts       not at Gumroad yet; each opens its form
 *    Uploads      running and past; each opens its product's files
 *    Changes      everything that was sent, the newest first; each opens what can be done about it
 */

#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-activity-list.h"

#include "gum-batch-line.h"
#include "gum-batches.h"
#include "gum-deliveries.h"
#include "gum-delivery-line.h"
#include "gum-delivery-watch.h"
#include "gum-draft-line.h"

#include <glib/gi18n-lib.h>

/* Rows are widgets: so many of what was sent are seen at first, and so many more each time. */
#define PAGE 50

enum {
  DRAFTS,
  UPLOADS,
  CHANGES,
  N_GROUPS
};

typedef struct {
  GListModel *model;      /* owned */
  GtkWidget  *widget;
  GtkWidget  *list;
} Group;

struct _GumActivityList
{
  AdwBin             parent_instance;

  /* owned */
  GumStore          *store;
  GtkSliceListModel *slice;      /* of what was sent */

  Group              groups[N_GROUPS];
  GtkWidget         *more;
  gboolean           empty;
};

enum {
  PROP_0,
  PROP_EMPTY,
  N_PROPS
};

enum {
  OPEN_BATCH,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GumActivityList, gum_activity_list, ADW_TYPE_BIN)

/* --- what is seen ----------------------------------------------------------------------------- */

static void
update (GumActivityList *self)
{
  GListModel *uploads = self->groups[UPLOADS].model;
  gboolean empty = TRUE;

  for (guint i = 0; i < N_GROUPS; i++)
    {
      gboolean has_items = g_list_model_get_n_items (self->groups[i].model) > 0;

      gtk_widget_set_visible (self->groups[i].widget, has_items);
      empty = empty && !has_items;
    }
  gtk_widget_set_visible (self->more, g_list_model_get_n_items (self->groups[CHANGES].model) >
                                      gtk_slice_list_model_get_size (self->slice));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "activity.clear",
                                 gum_deliveries_may_clear (GUM_DELIVERIES (uploads), NULL));

  if (self->empty == empty)
    return;
  self->empty = empty;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EMPTY]);
}

static GtkWidget *
create_draft_cb (gpointer item,
                 gpointer data)
{
  return gum_draft_line_new (GUM_ACTIVITY_LIST (data)->store, item);
}

static GtkWidget *
create_upload_cb (gpointer item,
                  gpointer data)
{
  GtkWidget *line = gum_delivery_line_new (item, TRUE);

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (line), TRUE);

  return line;
}

static GtkWidget *
create_batch_cb (gpointer item,
                 gpointer data)
{
  return gum_batch_line_new (GUM_ACTIVITY_LIST (data)->store, item);
}

/* --- what is done ----------------------------------------------------------------------------- */

static void
open_product (GumActivityList *self,
              const char      *product_id,
              const char      *page)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.product", "(ss)", product_id, page);
}

static void
activated_cb (GumActivityList *self,
              GtkListBoxRow   *row)
{
  if (GUM_IS_DRAFT_LINE (row))
    {
      GumDraft *draft = gum_draft_line_get_draft (GUM_DRAFT_LINE (row));

      open_product (self, gum_draft_get_product_id (draft), "product.edit");
    }
  else if (GUM_IS_DELIVERY_LINE (row))
    {
      GumDelivery *delivery = gum_delivery_line_get_delivery (GUM_DELIVERY_LINE (row));

      open_product (self, gum_delivery_get_product_id (delivery), "product.edit-files");
    }
  else
    {
      g_signal_emit (self, signals[OPEN_BATCH], 0, gum_batch_line_get_batch (GUM_BATCH_LINE (row)));
    }
}

static void
clear_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  gum_deliveries_clear_done (gum_store_get_deliveries (GUM_ACTIVITY_LIST (widget)->store), NULL);
}

/* The keyboard goes on where the new rows are. */
static void
more_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  GumActivityList *self = GUM_ACTIVITY_LIST (widget);
  guint size = gtk_slice_list_model_get_size (self->slice);
  GtkListBoxRow *row;

  gtk_slice_list_model_set_size (self->slice, size + PAGE);
  row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->groups[CHANGES].list), size);
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
  update (self);
}

/* --- GObject ---------------------------------------------------------------------------------- */

static void
gum_activity_list_dispose (GObject *object)
{
  GumActivityList *self = GUM_ACTIVITY_LIST (object);

  for (guint i = 0; i < N_GROUPS; i++)
    {
      if (self->groups[i].model == NULL)
        continue;
      g_signal_handlers_disconnect_by_data (self->groups[i].model, self);
      g_clear_object (&self->groups[i].model);
    }
  g_clear_object (&self->slice);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (gum_activity_list_parent_class)->dispose (object);
}

static void
gum_activity_list_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_EMPTY:
      g_value_set_boolean (value, GUM_ACTIVITY_LIST (object)->empty);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
gum_activity_list_class_init (GumActivityListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = gum_activity_list_dispose;
  object_class->get_property = gum_activity_list_get_property;

  properties[PROP_EMPTY] =
    g_param_spec_boolean ("empty", NULL, NULL, TRUE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[OPEN_BATCH] = g_signal_new ("open-batch", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                      NULL, NULL, NULL, G_TYPE_NONE, 1, GUM_TYPE_BATCH);

  gtk_widget_class_install_action (widget_class, "activity.clear", NULL, clear_action);
  gtk_widget_class_install_action (widget_class, "activity.more", NULL, more_action);
}

static void
add_group (GumActivityList *self,
           GtkBox          *box,
           guint            position,
           const char      *title)
{
  Group *group = &self->groups[position];

  group->widget = adw_preferences_group_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group->widget), title);
  group->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (group->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (group->list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (group->list), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
  g_signal_connect_object (group->list, "row-activated", G_CALLBACK (activated_cb), self,
                           G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group->widget), group->list);
  gtk_box_append (box, group->widget);
}

static void
gum_activity_list_init (GumActivityList *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  GtkWidget *clear = gtk_button_new_with_mnemonic (_("_Clear Done"));
  GtkWidget *clamp;

  self->empty = TRUE;
  add_group (self, GTK_BOX (box), DRAFTS, _("Drafts"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self->groups[DRAFTS].widget),
                                         _("Kept on this computer, and not at Gumroad yet"));
  add_group (self, GTK_BOX (box), UPLOADS, _("Uploads"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (clear), "activity.clear");
  gtk_widget_set_valign (clear, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (clear, "flat");
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (self->groups[UPLOADS].widget), clear);
  add_group (self, GTK_BOX (box), CHANGES, _("Changes"));

  self->more = gtk_button_new_with_mnemonic (_("Show _More"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->more), "activity.more");
  gtk_widget_set_halign (self->more, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->more, "pill");
  gtk_box_append (GTK_BOX (box), self->more);

  gtk_widget_add_css_class (box, "gum-form");
  clamp = g_object_new (ADW_TYPE_CLAMP, "maximum-size", 640, "child", box, NULL);
  adw_bin_set_child (ADW_BIN (self),
                     g_object_new (GTK_TYPE_SCROLLED_WINDOW, "hscrollbar-policy", GTK_POLICY_NEVER,
                                   "child", clamp, NULL));
}

static void
set_model (GumActivityList            *self,
           guint                       position,
           GListModel                 *model,
           GListModel                 *shown,
           GtkListBoxCreateWidgetFunc  create)
{
  Group *group = &self->groups[position];

  group->model = g_object_ref (model);
  gtk_list_box_bind_model (GTK_LIST_BOX (group->list), shown, create, self, NULL);
  g_signal_connect_object (model, "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
}

GtkWidget *
gum_activity_list_new (GumStore *store)
{
  GumActivityList *self;
  GListModel *drafts;
  GListModel *uploads;
  g_autoptr(GumBatches) batches = NULL;

  g_return_val_if_fail (GUM_IS_STORE (store), NULL);

  self = g_object_new (GUM_TYPE_ACTIVITY_LIST, NULL);
  self->store = g_object_ref (store);
  drafts = G_LIST_MODEL (gum_store_get_drafts (store));
  uploads = G_LIST_MODEL (gum_store_get_deliveries (store));
  batches = gum_batches_new (store);
  self->slice = gtk_slice_list_model_new (G_LIST_MODEL (g_object_ref (batches)), 0, PAGE);

  gum_delivery_watch_start (GUM_DELIVERIES (uploads));
  set_model (self, DRAFTS, drafts, drafts, create_draft_cb);
  set_model (self, UPLOADS, uploads, uploads, create_upload_cb);
  set_model (self, CHANGES, G_LIST_MODEL (batches), G_LIST_MODEL (self->slice), create_batch_cb);
  g_signal_connect_object (uploads, "notify::n-active", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);

  return GTK_WIDGET (self);
}

gboolean
gum_activity_list_get_empty (GumActivityList *self)
{
  g_return_val_if_fail (GUM_IS_ACTIVITY_LIST (self), TRUE);

  return self->empty;
}

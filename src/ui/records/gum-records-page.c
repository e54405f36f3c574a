/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A section with a short list: the list, and beside it or over it what is open.
 *
 * The sections of discounts and of upsells are subclasses: they say what a row shows, and build what is
 * shown of a record. Their actions are in the group "section".
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-records-page.h"

#include "gum-main-menu.h"
#include "gum-util.h"

#include <glib/gi18n.h>

/* What the list keeps while something is open beside it. */
#define LIST_WIDTH 340

typedef struct
{
  /* owned */
  GumRecord      *record;          /* what is open */
  char           *place;           /* an id to open once the list has it */

  /* children */
  AdwLeaflet     *leaflet;
  GumRecordsPane *pane;
  GtkWidget      *separator;
  GtkWidget      *detail;
  AdwHeaderBar   *header;
  AdwWindowTitle *title;
  GtkWidget      *main_menu;
  AdwClamp       *clamp;

  GumRecords     *watched;         /* owned */
} GumRecordsPagePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (GumRecordsPage, gum_records_page, GUM_TYPE_SECTION)

static GumRecordsPagePrivate *
get_private (gpointer self)
{
  return gum_records_page_get_instance_private (self);
}

/* --- what is open ----------------------------------------------------------------------------- */

static void
update_edges (GumRecordsPage *self)
{
  GumRecordsPagePrivate *priv = get_private (self);
  gboolean folded = gum_section_get_folded (GUM_SECTION (self));
  gboolean over = adw_leaflet_get_folded (priv->leaflet);

  gum_records_pane_set_edges (priv->pane, folded, priv->record == NULL || over);
  gtk_widget_set_visible (priv->main_menu, folded && over);
  adw_header_bar_set_show_start_title_buttons (priv->header, folded && over);
}

static void
hide_detail (GumRecordsPage *self)
{
  GumRecordsPagePrivate *priv = get_private (self);

  g_clear_object (&priv->record);
  adw_clamp_set_child (priv->clamp, NULL);
  gtk_widget_set_visible (priv->detail, FALSE);
  gtk_widget_set_visible (priv->separator, FALSE);
  gtk_widget_set_size_request (GTK_WIDGET (priv->pane), -1, -1);
  gtk_widget_set_hexpand (GTK_WIDGET (priv->pane), TRUE);
  update_edges (self);
}

/* What was closed stays until it has slid out of sight. */
static void
finish_closing (GumRecordsPage *self)
{
  GumRecordsPagePrivate *priv = get_private (self);

  if (priv->record != NULL && adw_leaflet_get_folded (priv->leaflet) &&
      !adw_leaflet_get_child_transition_running (priv->leaflet) &&
      adw_leaflet_get_visible_child (priv->leaflet) == GTK_WIDGET (priv->pane))
    hide_detail (self);
}

static void
close_record (GumRecordsPage *self)
{
  GumRecordsPagePrivate *priv = get_private (self);

  if (priv->record == NULL)
    return;

  adw_leaflet_set_visible_child (priv->leaflet, GTK_WIDGET (priv->pane));
  gtk_widget_grab_focus (GTK_WIDGET (priv->pane));
  if (adw_leaflet_get_folded (priv->leaflet))
    finish_closing (self);
  else
    hide_detail (self);
}

static void
build (GumRecordsPage *self,
       GumRecord      *record)
{
  GumRecordsPagePrivate *priv = get_private (self);
  GumRecordsPageClass *klass = GUM_RECORDS_PAGE_GET_CLASS (self);
  g_autofree char *title = klass->dup_title (record);

  g_set_object (&priv->record, record);
  adw_window_title_set_title (priv->title, title);
  adw_clamp_set_child (priv->clamp, klass->build (self, record));
}

/* Beside the list it opens without taking the keyboard away from it; over the list it takes it. */
static void
open_record (GumRecordsPage *self,
             GumRecord      *record)
{
  GumRecordsPagePrivate *priv = get_private (self);

  build (self, record);
  gtk_widget_set_visible (priv->detail, TRUE);
  gtk_widget_set_visible (priv->separator, TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (priv->pane), FALSE);
  gtk_widget_set_size_request (GTK_WIDGET (priv->pane), LIST_WIDTH, -1);
  adw_leaflet_set_visible_child (priv->leaflet, priv->detail);
  gum_records_pane_select (priv->pane, gum_record_get_id (record));
  update_edges (self);
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  if (adw_leaflet_get_folded (priv->leaflet))
    gtk_widget_child_focus (priv->detail, GTK_DIR_TAB_FORWARD);
  else
    gtk_widget_grab_focus (GTK_WIDGET (priv->pane));
}

/* Beside something open, the arrow keys turn the pages. */
static void
selected_cb (GumRecordsPage *self,
             GumRecord      *record)
{
  GumRecordsPagePrivate *priv = get_private (self);

  if (priv->record != NULL && !adw_leaflet_get_folded (priv->leaflet))
    build (self, record);
}

static void
try_place (GumRecordsPage *self)
{
  GumRecordsPagePrivate *priv = get_private (self);
  GumRecord *record = priv->place != NULL && priv->watched != NULL
                      ? gum_records_find (priv->watched, priv->place) : NULL;

  if (record == NULL)
    return;
  g_clear_pointer (&priv->place, g_free);
  open_record (self, record);
}

/* What is open may have changed, or have gone. */
static void
records_changed_cb (GumRecordsPage *self)
{
  GumRecordsPagePrivate *priv = get_private (self);
  GumRecord *record;

  if (priv->record == NULL)
    {
      try_place (self);
      return;
    }

  record = gum_records_find (priv->watched, gum_record_get_id (priv->record));
  if (record == NULL)
    close_record (self);
  else if (record != priv->record)
    build (self, record);
}

static void
watch (GumRecordsPage *self)
{
  GumRecordsPagePrivate *priv = get_private (self);
  GumRecords *records = gum_records_pane_get_records (priv->pane);

  if (records == priv->watched)
    return;
  if (priv->watched != NULL)
    g_signal_handlers_disconnect_by_func (priv->watched, records_changed_cb, self);
  g_set_object (&priv->watched, records);
  /* What is open belongs to the ledger that is gone. */
  close_record (self);
  if (records == NULL)
    return;
  g_signal_connect_object (records, "items-changed", G_CALLBACK (records_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  try_place (self);
}

static void
title_cb (GumRecordsPage *self)
{
  gum_records_pane_set_title (get_private (self)->pane, gum_section_get_title (GUM_SECTION (self)));
}

/* --- the section ------------------------------------------------------------------------------ */

static void
gum_records_page_refresh (GumSection *section)
{
  gum_records_pane_refresh (get_private (section)->pane);
}

static void
gum_records_page_start_search (GumSection *section)
{
  GumRecordsPagePrivate *priv = get_private (section);

  if (adw_leaflet_get_folded (priv->leaflet))
    close_record (GUM_RECORDS_PAGE (section));
  gum_records_pane_start_search (priv->pane);
}

static void
gum_records_page_create (GumSection *section)
{
  gtk_widget_activate_action (GTK_WIDGET (section), "section.new", NULL);
}

static gboolean
gum_records_page_go_back (GumSection *section)
{
  GumRecordsPagePrivate *priv = get_private (section);

  if (priv->record == NULL)
    return gum_records_pane_stop_search (priv->pane);

  close_record (GUM_RECORDS_PAGE (section));
  return TRUE;
}

static char *
gum_records_page_dup_place (GumSection *section)
{
  GumRecordsPagePrivate *priv = get_private (section);

  return g_strdup (priv->record != NULL ? gum_record_get_id (priv->record) : priv->place);
}

static void
gum_records_page_set_place (GumSection *section,
                            const char *place)
{
  GumRecordsPagePrivate *priv = get_private (section);

  gum_set_str (&priv->place, place);
  if (place == NULL)
    close_record (GUM_RECORDS_PAGE (section));
  else
    try_place (GUM_RECORDS_PAGE (section));
}

static AdwBin *
gum_records_page_get_banner_slot (GumSection *section)
{
  return gum_records_pane_get_banner_slot (get_private (section)->pane);
}

static gboolean
gum_records_page_grab_focus (GtkWidget *widget)
{
  GumRecordsPagePrivate *priv = get_private (widget);

  if (priv->record != NULL && adw_leaflet_get_folded (priv->leaflet))
    return gtk_widget_child_focus (priv->detail, GTK_DIR_TAB_FORWARD);

  return gtk_widget_grab_focus (GTK_WIDGET (priv->pane));
}

/* --- GObject ---------------------------------------------------------------------------------- */

static GtkWidget *
new_detail (GumRecordsPage *self)
{
  GumRecordsPagePrivate *priv = get_private (self);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *back = gtk_button_new_from_icon_name ("go-previous-symbolic");
  GtkWidget *scroller;

  priv->header = ADW_HEADER_BAR (adw_header_bar_new ());
  priv->title = ADW_WINDOW_TITLE (adw_window_title_new ("", ""));
  priv->main_menu = g_object_new (GUM_TYPE_MAIN_MENU, "visible", FALSE, NULL);
  priv->clamp = g_object_new (ADW_TYPE_CLAMP,
                              "maximum-size", 640,
                              "margin-start", 14,
                              "margin-end", 14,
                              "margin-top", 18,
                              "margin-bottom", 36,
                              NULL);
  scroller = g_object_new (GTK_TYPE_SCROLLED_WINDOW,
                           "hscrollbar-policy", GTK_POLICY_NEVER,
                           "vexpand", TRUE,
                           "child", priv->clamp,
                           NULL);

  gtk_widget_set_tooltip_text (back, _("Back to the List"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (back), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Back to the list"), -1);
  g_signal_connect_object (back, "clicked", G_CALLBACK (close_record), self, G_CONNECT_SWAPPED);
  adw_header_bar_set_title_widget (priv->header, GTK_WIDGET (priv->title));
  adw_header_bar_pack_start (priv->header, back);
  adw_header_bar_pack_end (priv->header, priv->main_menu);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (priv->header));
  gtk_box_append (GTK_BOX (box), scroller);
  gtk_widget_set_hexpand (box, TRUE);
  gtk_widget_set_visible (box, FALSE);

  return box;
}

static void
gum_records_page_constructed (GObject *object)
{
  GumRecordsPage *self = GUM_RECORDS_PAGE (object);
  GumRecordsPagePrivate *priv = get_private (self);
  GumShop *shop = gum_section_get_shop (GUM_SECTION (self));
  AdwLeafletPage *page;

  G_OBJECT_CLASS (gum_records_page_parent_class)->constructed (object);

  priv->leaflet = ADW_LEAFLET (adw_leaflet_new ());
  adw_leaflet_set_fold_threshold_policy (priv->leaflet, ADW_FOLD_THRESHOLD_POLICY_MINIMUM);
  adw_leaflet_set_can_navigate_back (priv->leaflet, TRUE);
  priv->pane = GUM_RECORDS_PANE (gum_records_pane_new (GUM_RECORDS_PAGE_GET_CLASS (self)->look, shop));
  priv->separator = gtk_separator_new (GTK_ORIENTATION_VERTICAL);
  gtk_widget_set_visible (priv->separator, FALSE);
  priv->detail = new_detail (self);
  gtk_widget_set_hexpand (GTK_WIDGET (priv->pane), TRUE);
  adw_leaflet_append (priv->leaflet, GTK_WIDGET (priv->pane));
  page = adw_leaflet_append (priv->leaflet, priv->separator);
  adw_leaflet_page_set_navigatable (page, FALSE);
  adw_leaflet_append (priv->leaflet, priv->detail);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (priv->leaflet));

  g_signal_connect_object (priv->pane, "open", G_CALLBACK (open_record), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->pane, "selected", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->leaflet, "notify::child-transition-running",
                           G_CALLBACK (finish_closing), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->leaflet, "notify::folded", G_CALLBACK (update_edges), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self, "notify::folded", G_CALLBACK (update_edges), self,
                           G_CONNECT_SWAPPED);
  /* After the pane, which was there first. */
  g_signal_connect_object (shop, "notify::store", G_CALLBACK (watch), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self, "notify::title", G_CALLBACK (title_cb), self, G_CONNECT_SWAPPED);
  watch (self);
  update_edges (self);
}

static void
gum_records_page_dispose (GObject *object)
{
  GumRecordsPagePrivate *priv = get_private (object);

  if (priv->watched != NULL)
    g_signal_handlers_disconnect_by_data (priv->watched, object);
  if (priv->leaflet != NULL)
    g_signal_handlers_disconnect_by_data (priv->leaflet, object);
  priv->leaflet = NULL;
  adw_bin_set_child (ADW_BIN (object), NULL);
  g_clear_object (&priv->watched);
  g_clear_object (&priv->record);

  G_OBJECT_CLASS (gum_records_page_parent_class)->dispose (object);
}

static void
gum_records_page_finalize (GObject *object)
{
  g_free (get_private (object)->place);

  G_OBJECT_CLASS (gum_records_page_parent_class)->finalize (object);
}

static void
gum_records_page_class_init (GumRecordsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GumSectionClass *section_class = GUM_SECTION_CLASS (klass);

  object_class->constructed = gum_records_page_constructed;
  object_class->dispose = gum_records_page_dispose;
  object_class->finalize = gum_records_page_finalize;
  GTK_WIDGET_CLASS (klass)->grab_focus = gum_records_page_grab_focus;
  section_class->refresh = gum_records_page_refresh;
  section_class->start_search = gum_records_page_start_search;
  section_class->create = gum_records_page_create;
  section_class->go_back = gum_records_page_go_back;
  section_class->dup_place = gum_records_page_dup_place;
  section_class->set_place = gum_records_page_set_place;
  section_class->get_banner_slot = gum_records_page_get_banner_slot;
}

static void
gum_records_page_init (GumRecordsPage *self)
{
}

GumRecordsPane *
gum_records_page_get_pane (GumRecordsPage *self)
{
  g_return_val_if_fail (GUM_IS_RECORDS_PAGE (self), NULL);

  return get_private (self)->pane;
}

GumRecords *
gum_records_page_get_records (GumRecordsPage *self)
{
  g_return_val_if_fail (GUM_IS_RECORDS_PAGE (self), NULL);

  return gum_records_pane_get_records (get_private (self)->pane);
}

GumRecord *
gum_records_page_get_open (GumRecordsPage *self)
{
  g_return_val_if_fail (GUM_IS_RECORDS_PAGE (self), NULL);

  return get_private (self)->record;
}

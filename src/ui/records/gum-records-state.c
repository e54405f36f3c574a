/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a short list says about itself: how many, how old, how far a reading is; and what stands in its
 * place when there is nothing to list, with the reason and what to do.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-records-pane-private.h"

#include "gum-errors.h"
#include "gum-time.h"

#include <glib/gi18n.h>

static gboolean
is_filtered (GumRecordsPane *self)
{
  return self->chip > 0 || self->product != NULL;
}

static char *
dup_subtitle (GumRecordsPane *self)
{
  GDateTime *synced = self->records != NULL ? gum_records_get_last_synced (self->records) : NULL;
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->shown));
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *count = NULL;
  g_autofree char *age = NULL;

  if (self->records == NULL || (synced == NULL && n == 0))
    return NULL;

  count = self->look->dup_count (n);
  if (synced == NULL)
    return g_steal_pointer (&count);
  age = gum_time_format_relative (synced, now);

  /* Translators: first how many there are, then how old what is known is */
  return g_strdup_printf (_("%s · Updated %s"), count, age);
}

void
_gum_records_pane_update_title (GumRecordsPane *self)
{
  g_autofree char *subtitle = dup_subtitle (self);

  adw_window_title_set_subtitle (self->title, subtitle != NULL ? subtitle : "");
}

static void
update_progress (GumRecordsPane *self)
{
  guint n_done = 0, n_all = 0;
  gboolean syncing = self->records != NULL && gum_records_get_syncing (self->records);
  g_autofree char *text = NULL;

  if (syncing)
    gum_records_get_progress (self->records, &n_done, &n_all);
  gtk_widget_set_visible (self->progress_box, n_all > 1);
  gtk_widget_set_sensitive (self->refresh_button, !syncing);
  if (n_all <= 1)
    return;

  /* Translators: how far the reading is, one request a product */
  text = g_strdup_printf (_("Reading %u of %u products"), MIN (n_done + 1, n_all), n_all);
  gtk_progress_bar_set_fraction (self->progress, (double) n_done / n_all);
  gtk_progress_bar_set_text (self->progress, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
say (GumRecordsPane *self,
     const char     *icon_name,
     const char     *title,
     const char     *description,
     const char     *label,
     const char     *action)
{
  gum_status_show (self->status, icon_name, title, description);
  gum_status_set_action (self->status, label, action);
  gtk_stack_set_visible_child_name (self->stack, "status");
}

static void
say_error (GumRecordsPane *self,
           const GError   *error,
           const char     *action)
{
  g_autofree char *title = gum_errors_dup_title (error);
  g_autofree char *sentence = gum_errors_dup_sentence (error, NULL);

  say (self, "dialog-warning-symbolic", title != NULL ? title : _("It Could Not Be Read"), sentence,
       _("_Try Again"), action);
}

static void
say_nothing_known (GumRecordsPane *self)
{
  const GumRecordsLook *look = self->look;
  const GError *error = gum_records_get_error (self->records);
  gboolean was_read = gum_records_get_last_synced (self->records) != NULL;

  if (gum_records_get_syncing (self->records) || !gum_records_get_loaded (self->records))
    say (self, NULL, _(look->reading), NULL, NULL, NULL);
  else if (error != NULL)
    say_error (self, error, "records.refresh");
  else if (!was_read && !gum_shop_is_online (self->shop))
    say (self, "network-offline-symbolic", _("You Are Offline"), _(look->offline), NULL, NULL);
  else if (was_read)
    say (self, look->icon_name, _(look->empty), _(look->empty_more), _(look->new_label),
         "section.new");
  else
    say (self, look->icon_name, _("Nothing Read Yet"), _(look->unread), _("_Refresh"),
         "records.refresh");
}

static void
say_no_result (GumRecordsPane *self)
{
  g_autofree char *title = NULL;

  if (self->search == NULL)
    {
      say (self, "edit-find-symbolic",
           _(self->look->chips[self->product == NULL ? self->chip : 0].nothing),
           _("Everything else is hidden by the filters."), _("_Clear Filters"), "records.clear");
      return;
    }
  title = g_strdup_printf (_("Nothing Matches “%s”"),
                           gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));
  say (self, "edit-find-symbolic", title, NULL,
       is_filtered (self) ? _("_Clear Search and Filters") : _("_Clear Search"), "records.clear");
}

/* A refresh that failed is said beside what was known before. */
static void
update_notice (GumRecordsPane *self,
               gboolean        lists)
{
  const GError *error = lists ? gum_records_get_error (self->records) : NULL;
  g_autofree char *sentence = error != NULL ? gum_errors_dup_sentence (error, NULL) : NULL;

  gtk_widget_set_visible (self->notice, sentence != NULL);
  gtk_label_set_text (self->notice_label, sentence != NULL ? sentence : "");
}

void
_gum_records_pane_update (GumRecordsPane *self)
{
  const GError *error = gum_shop_get_error (self->shop);
  guint n_all = self->records != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->records)) : 0;
  gboolean lists = FALSE;

  _gum_records_pane_update_title (self);
  update_progress (self);
  gtk_widget_set_visible (self->chips_scroller, n_all > 0);
  if (self->records == NULL && error != NULL)
    say_error (self, error, "records.reopen");
  else if (self->records == NULL)
    say (self, NULL, _("Opening the Shop"), NULL, NULL, NULL);
  else if (n_all == 0)
    say_nothing_known (self);
  else if (g_list_model_get_n_items (G_LIST_MODEL (self->shown)) == 0)
    say_no_result (self);
  else
    lists = TRUE;
  if (lists)
    gtk_stack_set_visible_child_name (self->stack, "list");
  update_notice (self, n_all > 0);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gum-record-row.h"
#include "gum-records.h"
#include "gum-shop.h"

G_BEGIN_DECLS

/* A filter of which one is on. The first one lets everything through. */
typedef struct {
  const char *name;                        /* never changes */
  const char *label;
  const char *nothing;                     /* the title when it lets nothing through */
  gboolean (* matches) (GumRecord *record);
} GumRecordsChip;

/* What is different about each list. The texts are to be translated. */
typedef struct {
  GumRecordKind kind;
  const char   *icon_name;
  const char   *list_label;
  const char   *search_label;
  const char   *search_hint;
  const char   *refresh_label;
  const char   *new_label;
  const char   *reading;
  const char   *offline;
  const char   *unread;
  const char   *empty;
  const char   *empty_more;
  char       *(*dup_count) (guint n);
  const GumRecordsChip *chips;
  guint         n_chips;
  void        (*describe)  (GumRecord      *record,
                            GumRecordLines *lines);
  /* Whether what it is searched by contains @text, folded by gum_search_fold_letters(). */
  gboolean    (*finds)     (GumRecord      *record,
                            const char     *text);
} GumRecordsLook;

#define GUM_TYPE_RECORDS_PANE (gum_records_pane_get_type ())
G_DECLARE_FINAL_TYPE (GumRecordsPane, gum_records_pane, GUM, RECORDS_PANE, AdwBin)

/* Signals "open" and "selected" (GumRecord). The button for a new one has the action section.new. */
GtkWidget  *gum_records_pane_new             (const GumRecordsLook *look,
                                              GumShop              *shop);
void        gum_records_pane_set_title       (GumRecordsPane       *self,
                                              const char           *title);
GumRecords *gum_records_pane_get_records     (GumRecordsPane       *self);   /* nullable */
GListModel *gum_records_pane_get_shown       (GumRecordsPane       *self);
void        gum_records_pane_set_menu        (GumRecordsPane       *self,
                                              GMenuModel           *menu);
void        gum_records_pane_set_edges       (GumRecordsPane       *self,
                                              gboolean              folded,
                                              gboolean              alone);
void        gum_records_pane_set_product     (GumRecordsPane       *self,
                                              const char           *id,
                                              const char           *name);
void        gum_records_pane_select          (GumRecordsPane       *self,
                                              const char           *id);
void        gum_records_pane_refresh         (GumRecordsPane       *self);
void        gum_records_pane_start_search    (GumRecordsPane       *self);
gboolean    gum_records_pane_stop_search     (GumRecordsPane       *self);
const char *gum_records_pane_get_status      (GumRecordsPane       *self);   /* NULL: the list is shown */
AdwBin     *gum_records_pane_get_banner_slot (GumRecordsPane       *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define GUM_TYPE_TICK_LIST (gum_tick_list_get_type ())
G_DECLARE_FINAL_TYPE (GumTickList, gum_tick_list, GUM, TICK_LIST, AdwBin)

/* What a row says; all are transfer full. */
typedef struct {
  char    *title;
  char    *subtitle;
  char    *sentence;       /* to be read aloud */
  gboolean can_tick;
} GumTickListWords;

typedef void     (* GumTickListDescribe) (gpointer          item,
                                          gpointer          user_data,
                                          GumTickListWords *words);
typedef gboolean (* GumTickListTest)     (gpointer          item,
                                          guint             position,
                                          gpointer          user_data);
/* For the rows from @first on. */
typedef void     (* GumTickListSet)      (guint             first,
                                          guint             n_rows,
                                          gboolean          ticked,
                                          gpointer          user_data);

/* A long list of rows with a tick each: a click, Return or Space turns it over; with Shift, a click makes those up to the
 * last one like that one, and an arrow ticks what it goes over. The ticks are kept by whoever asks for it, who outlives it
 * and calls gum_tick_list_refresh() when they change. */
GtkWidget *gum_tick_list_new       (const char          *label,
                                    GumTickListDescribe  describe,
                                    GumTickListTest      is_ticked,
                                    GumTickListSet       set,
                                    gpointer             user_data);
void       gum_tick_list_set_model (GumTickList         *self,
                                    GListModel          *model);
void       gum_tick_list_refresh   (GumTickList         *self);

G_END_DECLS

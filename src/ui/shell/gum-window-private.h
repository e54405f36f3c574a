/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files of the window share, and nobody else sees. */

#include "gum-window.h"

#include "gum-banner.h"
#include "gum-pane.h"
#include "gum-queue-watch.h"
#include "gum-sidebar.h"

G_BEGIN_DECLS

struct _GumWindow
{
  AdwApplicationWindow parent_instance;

  /* Owned */
  GumAccounts     *accounts;
  GSettings       *settings;
  GumShop         *shop;          /* NULL: nobody is signed in */
  GCancellable    *cancellable;
  GumQueueWatch   *queue_watch;   /* NULL: not yet */
  AdwToast        *whose;         /* weak: says whose account was signed in to */
  GtkWidget       *question;      /* weak: what is asked before something is lost */

  /* Template */
  AdwToastOverlay *toasts;
  GtkStack        *stack;
  AdwLeaflet      *leaflet;
  GumSidebar      *sidebar;
  GumPane         *content;
  GtkStack        *sections;
  AdwBin          *banner_slot;

  /* Owned: moves from section to section */
  GumBanner       *banner;

  /* State */
  gulong           painted_handler;
  gboolean         started;       /* the first frame has been painted */
  guint            queue_seconds; /* after the first frame, until it is looked whether changes wait */
  gboolean         finishing;     /* out of sight, and waits for what is on the wire */
  gboolean         comes_back;    /* when that is over: somebody has asked for the window meanwhile */
  char            *left_section;  /* what was shown before */
  char            *left_place;
  gboolean         may_stop_uploads; /* of this shop: the person has been asked */
};

/* gum-window.c */
void     gum_window_drop_shop           (GumWindow  *self);
void     gum_window_apply_metered       (GumWindow  *self);
void     gum_window_watch_queue         (GumWindow  *self);
/* For tests: before it is shown. */
void     gum_window_set_queue_seconds   (GumWindow  *self,
                                         guint       seconds);

/* gum-window-accounts.c */
void     gum_window_forget_page         (GumWindow  *self,
                                         const char *name);
G_END_DECLS

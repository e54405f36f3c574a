/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-upload-meter.h"
#include "gum-upload-parts.h"

G_BEGIN_DECLS

/* What gum-upload.c and gum-upload-steps.c share, and nobody else may know. */

struct _GumUpload
{
  GObject parent_instance;

  /* fixed */
  GumClient *client;
  GFile     *file;
  char      *name;

  /* owned */
  GTask            *task;          /* while it runs */
  GCancellable     *cancellable;
  GumUploadSource  *source;
  GumUploadSession *session;
  GumUploadParts   *parts;         /* while they are sent */
  GSource          *tick;
  GError           *error;
  char             *file_url;

  /* plain */
  GumUploadTuning tuning;
  GumUploadState  state;
  GumUploadMeter  meter;
  guint64         sent;
  guint64         total;
  double          rate;
  gint64          time_left;
  guint           attempt;
  guint           n_pending;       /* steps on their way, aborts included */
  gboolean        too_slow;
  gboolean        broken;
};

/* gum-upload.c */
void _gum_upload_enter        (GumUpload      *self,
                               GumUploadState  state);
void _gum_upload_fail         (GumUpload      *self,
                               GumUploadState  state,
                               GError         *error);
void _gum_upload_set_total    (GumUpload      *self,
                               guint64         total);
void _gum_upload_set_attempt  (GumUpload      *self,
                               guint           attempt);
void _gum_upload_set_progress (GumUpload      *self,
                               guint64         sent,
                               double          rate,
                               gint64          time_left,
                               gboolean        too_slow);
void _gum_upload_set_broken   (GumUpload      *self,
                               gboolean        broken);
void _gum_upload_settle       (GumUpload      *self);

/* gum-upload-steps.c */
void _gum_upload_begin        (GumUpload      *self);
void _gum_upload_stop_ticking (GumUpload      *self);

G_END_DECLS

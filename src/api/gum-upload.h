/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-client.h"

G_BEGIN_DECLS

/**
 * GumUploadState:
 * @GUM_UPLOAD_WAITING: not begun
 * @GUM_UPLOAD_READING: the file is opened, and addresses are asked for
 * @GUM_UPLOAD_SENDING: parts are on their way
 * @GUM_UPLOAD_COMPLETING: the storage puts the parts together
 * @GUM_UPLOAD_DONE: Gumroad has the file, and #GumUpload:file-url names it
 * @GUM_UPLOAD_CANCELLED: given up on request
 * @GUM_UPLOAD_FAILED: given up because of #GumUpload:error
 * @GUM_UPLOAD_UNCLEAR: everything was sent, and whether Gumroad has the file is unknown
 *
 * What an upload does. The last four are final.
 */
typedef enum {
  GUM_UPLOAD_WAITING,
  GUM_UPLOAD_READING,
  GUM_UPLOAD_SENDING,
  GUM_UPLOAD_COMPLETING,
  GUM_UPLOAD_DONE,
  GUM_UPLOAD_CANCELLED,
  GUM_UPLOAD_FAILED,
  GUM_UPLOAD_UNCLEAR,
} GumUploadState;

#define GUM_TYPE_UPLOAD_STATE (gum_upload_state_get_type ())
GType gum_upload_state_get_type (void);

#define GUM_TYPE_UPLOAD (gum_upload_get_type ())
G_DECLARE_FINAL_TYPE (GumUpload, gum_upload, GUM, UPLOAD, GObject)

GumUpload      *gum_upload_new           (GumClient            *client,
                                          GFile                *file);
void            gum_upload_run_async     (GumUpload            *self,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
gboolean        gum_upload_run_finish    (GumUpload            *self,
                                          GAsyncResult         *result,
                                          GError              **error);
void            gum_upload_cancel        (GumUpload            *self);

/* Properties (all notify): "file", "name", "state", "sent", "total", "rate", "time-left", "too-slow",
 * "broken", "attempt", "error", "file-url". */
GFile          *gum_upload_get_file      (GumUpload            *self);
const char     *gum_upload_get_name      (GumUpload            *self);
GumUploadState  gum_upload_get_state     (GumUpload            *self);
gboolean        gum_upload_is_final      (GumUpload            *self);
guint64         gum_upload_get_sent      (GumUpload            *self);
guint64         gum_upload_get_total     (GumUpload            *self);
double          gum_upload_get_rate      (GumUpload            *self);
gint64          gum_upload_get_time_left (GumUpload            *self);
gboolean        gum_upload_is_too_slow   (GumUpload            *self);
gboolean        gum_upload_is_broken     (GumUpload            *self);
guint           gum_upload_get_attempt   (GumUpload            *self);
const GError   *gum_upload_get_error     (GumUpload            *self);
const char     *gum_upload_get_file_url  (GumUpload            *self);

G_END_DECLS

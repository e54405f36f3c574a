/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-upload.h"

G_BEGIN_DECLS

/* What the pieces of an upload share, and nobody else may know. */

#define GUM_UPLOAD_PARALLEL 4
#define GUM_UPLOAD_PART_SIZE (G_GINT64_CONSTANT (100) << 20)
#define GUM_UPLOAD_MAX_SIZE (G_GINT64_CONSTANT (20) << 30)

/* What a test may turn: @part_size is what Gumroad cuts files into; @lifetime is that of the addresses, in
 * seconds; @stall is how long a part may stand still; a wait of a second takes @time_scale seconds. */
typedef struct {
  guint64 part_size;
  double  lifetime;
  guint   stall;
  double  time_scale;
} GumUploadTuning;

void _gum_upload_set_tuning (GumUpload             *self,
                             const GumUploadTuning *tuning);

/* gum-upload-source.c: the file, open from the first moment to the last, and what it looked like
 * then. */
typedef struct _GumUploadSource GumUploadSource;

GumUploadSource *_gum_upload_source_ref          (GumUploadSource      *self);
void             _gum_upload_source_unref        (GumUploadSource      *self);
guint64          _gum_upload_source_get_size     (GumUploadSource      *self);
gboolean         _gum_upload_source_read         (GumUploadSource      *self,
                                                  guint8               *buffer,
                                                  gsize                 count,
                                                  guint64               offset,
                                                  GError              **error);
void             _gum_upload_source_open_async   (const char           *path,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
GumUploadSource *_gum_upload_source_open_finish  (GAsyncResult         *result,
                                                  GError              **error);
void             _gum_upload_source_check_async  (GumUploadSource      *self,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
gboolean         _gum_upload_source_check_finish (GAsyncResult         *result,
                                                  GError              **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GumUploadSource, _gum_upload_source_unref)

/* gum-upload-answer.c: what Gumroad says of an upload. Addresses and keys are as good as secrets. */
typedef struct {
  char      *upload_id;
  char      *key;
  char      *file_url;      /* NULL: not said */
  GPtrArray *addresses;     /* char *, of the parts in their order */
  guint64    size;
  guint64    part_size;     /* all but the last */
  gint64     since;         /* monotonic: when the addresses came */
} GumUploadSession;

GumUploadSession *_gum_upload_session_parse       (JsonObject        *answer,
                                                   guint64            size,
                                                   guint64            part_size,
                                                   GError           **error);
void              _gum_upload_session_free        (GumUploadSession  *self);
JsonNode         *_gum_upload_session_to_json     (GumUploadSession  *self,
                                                   JsonArray         *parts);
char             *_gum_upload_answer_dup_file_url (JsonObject        *answer);
gboolean          _gum_upload_answer_is_gone      (JsonObject        *answer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GumUploadSession, _gum_upload_session_free)

/* gum-upload-call.c: what is asked of Gumroad. */
typedef enum {
  GUM_UPLOAD_PRESIGN,
  GUM_UPLOAD_COMPLETE,
  GUM_UPLOAD_ABORT,
  GUM_UPLOAD_RESERVE,
} GumUploadCall;

void        _gum_upload_call_async  (GumClient              *client,
                                     GumUploadCall           call,
                                     JsonNode               *body,
                                     const GumUploadTuning  *tuning,
                                     gboolean                patient,
                                     GCancellable           *cancellable,
                                     GAsyncReadyCallback     callback,
                                     gpointer                user_data);
JsonObject *_gum_upload_call_finish (GAsyncResult           *result,
                                     GError                **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The storage that uploads go to.  It has a port of its own, so that a client that brings its
 * token along is found out, and it never keeps a body in memory.
 *
 *   PUT ─▶ connection taken from libsoup ─▶ GumSandboxIntake ─▶ handler ─▶ answer, closed
 */
#pragma once

#include "gum-sandbox-private.h"

G_BEGIN_DECLS

typedef enum
{
  GUM_SANDBOX_UPLOAD_OPEN,
  GUM_SANDBOX_UPLOAD_COMPLETED,
  GUM_SANDBOX_UPLOAD_ABORTED,
} GumSandboxUploadStatus;

typedef struct
{
  gint64 expected;              /* bytes */
  gint64 received;              /* of the newest attempt */
  gint64 size;                  /* of what is stored */
  char *etag;                   /* without quotes; NULL until it is stored */
  char *signature;
} GumSandboxPart;

typedef struct
{
  char *id;
  char *key;
  char *filename;
  gint64 size;
  gint64 part_size;
  gint64 expires_at;            /* monotonic */
  GumSandboxUploadStatus status;
  GPtrArray *parts;             /* GumSandboxPart */
} GumSandboxUpload;

typedef struct
{
  gint64 id;
  char *key;
  char *signed_id;
  char *signature;
  char *filename;
  char *content_type;
  char *checksum;               /* the MD5 in base64 */
  gint64 byte_size;
  gint64 expires_at;            /* monotonic */
  gboolean for_media;
  gboolean used;
  int fd;                       /* -1 until the bytes are there */
} GumSandboxBlob;

struct _GumSandboxStorage
{
  char *front;                  /* the origin in the addresses of parts; NULL: its own */
  gint64 part_size;
  gboolean hashes;              /* FALSE: an ETag is made otherwise, and faster */
  guint rate;                   /* bytes a second; 0: as fast as it goes */
  gboolean analyses;            /* FALSE: the size of a new file stays unknown */
  GPtrArray *uploads;           /* GumSandboxUpload, oldest first */
  GPtrArray *blobs;             /* GumSandboxBlob, oldest first */
  JsonArray *media;             /* the seller's library, oldest first */
};

/* A body on its way in: counted, hashed, and kept in a nameless file if it is needed again. */
struct _GumSandboxIntake
{
  GumSandboxState *state;       /* borrowed: it waits for all reads */
  GumSandboxCall *call;         /* NULL when the call has ended meanwhile */
  GIOStream *stream;
  GCancellable *cancellable;
  GChecksum *md5;               /* NULL: not hashed */
  int fd;                       /* -1: not kept */
  gint64 left;                  /* to be read before the call goes on */
  gint64 size;                  /* read so far */
  gint64 started_at;            /* monotonic */
  gboolean has_length;
  gboolean failed;              /* what should have been kept was not */
  gboolean reading;
  guint8 *buffer;
};

/* gum-sandbox-intake.c */
void             gum_sandbox_intake_start    (GumSandboxCall          *call);
void             gum_sandbox_intake_free     (GumSandboxIntake        *intake);
gboolean         gum_sandbox_intake_unread   (GumSandboxIntake        *intake);
char            *gum_sandbox_intake_md5      (GumSandboxIntake        *intake);

/* gum-sandbox-storage.c */
#define GUM_SANDBOX_WRONG_SIGNATURE \
  "The request signature we calculated does not match the signature you provided. Check your key " \
  "and signing method."
#define GUM_SANDBOX_NO_SUCH_UPLOAD \
  "The specified upload does not exist. The upload ID may be invalid, or the upload may have " \
  "been aborted or completed."
extern const GumSandboxRoute gum_sandbox_storage_routes[];
void             gum_sandbox_call_xml        (GumSandboxCall          *call,
                                              guint                    status,
                                              const char              *code,
                                              const char              *message);
gboolean         gum_sandbox_call_refuse_put (GumSandboxCall          *call);
GumSandboxPart  *gum_sandbox_storage_part    (GumSandboxCall          *call,
                                              GumSandboxUpload       **upload);

/* gum-sandbox-uploads.c */
extern const GumSandboxRoute gum_sandbox_upload_routes[];
GumSandboxUpload *
                 gum_sandbox_find_upload     (GumSandboxState         *state,
                                              const char              *id);
GumSandboxUpload *
                 gum_sandbox_find_stored     (GumSandboxState         *state,
                                              const char              *file_url);
char            *gum_sandbox_upload_url      (GumSandboxState         *state,
                                              GumSandboxUpload        *upload);

/* gum-sandbox-blobs.c */
extern const GumSandboxRoute gum_sandbox_blob_routes[];
void             gum_sandbox_blob_free       (gpointer                 blob);
GumSandboxBlob  *gum_sandbox_find_blob       (GumSandboxState         *state,
                                              const char              *signed_id);
char            *gum_sandbox_blob_url        (GumSandboxState         *state,
                                              GumSandboxBlob          *blob);
GBytes          *gum_sandbox_blob_read       (GumSandboxBlob          *blob,
                                              gsize                    length);

/* gum-sandbox-images.c and gum-sandbox-picture-head.c */
extern const GumSandboxRoute gum_sandbox_image_routes[];
const char      *gum_sandbox_picture_head    (const guint8            *data,
                                              gsize                    length,
                                              guint                   *width,
                                              guint                   *height);

G_END_DECLS

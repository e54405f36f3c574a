/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client-fixture.h"
#include "gum-upload-private.h"

G_BEGIN_DECLS

/* How the requests begin. */
#define UPLOAD_ABORT "POST /v2/files/abort "

/* A client, a scripted peer that is both Gumroad and its storage, a file, and an upload whose waits
 * are a thousand times shorter. */
typedef struct {
  Fixture          base;
  char            *directory;
  char            *path;
  GumUpload       *upload;
  GumUploadTuning  tuning;
  GString         *states;
  GAsyncResult    *result;
} UploadFixture;

void   upload_fixture_set_up           (UploadFixture *fixture,
                                        gconstpointer  data);
void   upload_fixture_tear_down        (UploadFixture *fixture,
                                        gconstpointer  data);

char  *upload_fixture_write_file       (UploadFixture *fixture,
                                        gsize          size);
void   upload_fixture_push_presign     (UploadFixture *fixture,
                                        guint          n_parts);
void   upload_fixture_push_part        (UploadFixture *fixture);
void   upload_fixture_push_complete    (UploadFixture *fixture);
void   upload_fixture_push_abort       (UploadFixture *fixture,
                                        const char    *status);

void   upload_fixture_start            (UploadFixture *fixture);
void   upload_fixture_wait_state       (UploadFixture  *fixture,
                                        GumUploadState  state);
void   upload_fixture_assert_done      (UploadFixture *fixture);
void   upload_fixture_assert_end       (UploadFixture  *fixture,
                                        GumUploadState  state,
                                        GQuark          domain,
                                        int             code);
guint  upload_fixture_count            (UploadFixture *fixture,
                                        const char    *start);
char  *upload_fixture_dup_request      (UploadFixture *fixture,
                                        const char    *start,
                                        guint          position);
void   upload_fixture_assert_requests  (UploadFixture *fixture,
                                        guint          presigns,
                                        guint          parts,
                                        guint          completes,
                                        guint          aborts);

#define UPLOAD_ADD(path, function) \
  g_test_add (path, UploadFixture, NULL, upload_fixture_set_up, function, upload_fixture_tear_down)

G_END_DECLS

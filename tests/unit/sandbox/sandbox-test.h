/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A running sandbox and a plain HTTP client, for the tests of the sandbox.
 */
#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

#include "gum-sandbox.h"

G_BEGIN_DECLS

typedef struct
{
  GumSandbox *sandbox;
  SoupSession *session;

  /* The last answer */
  SoupMessage *message;
  guint status;
  char *body;
  gsize length;
  JsonObject *json;             /* NULL if it is none */
  GError *error;
} Fixture;

typedef struct
{
  const char *method;
  const char *path;
  const char *body;
  const char *refusal;
} Refusal;

void        fixture_set_up    (Fixture       *fixture,
                               gconstpointer  data);
void        fixture_tear_down (Fixture       *fixture,
                               gconstpointer  data);
void        fixture_send      (Fixture       *fixture,
                               const char    *method,
                               const char    *url,
                               const char    *content_type,
                               const char    *body,
                               const char    *token);
void        fixture_get       (Fixture       *fixture,
                               const char    *path);
void        fixture_json      (Fixture       *fixture,
                               const char    *method,
                               const char    *path,
                               const char    *body);
void        fixture_form      (Fixture       *fixture,
                               const char    *path,
                               const char    *body);
JsonObject *fixture_control   (Fixture       *fixture,
                               const char    *verb,
                               const char    *format,
                               ...) G_GNUC_PRINTF (3, 4);
void        fixture_fault     (Fixture       *fixture,
                               const char    *format,
                               ...) G_GNUC_PRINTF (2, 3);
void        fixture_basic     (Fixture       *fixture,
                               const char    *path,
                               const char    *body,
                               const char    *credentials);
const char *fixture_header    (Fixture       *fixture,
                               const char    *name);
JsonObject *fixture_product   (Fixture       *fixture);
char       *fixture_first_id  (Fixture       *fixture);
void        assert_failure    (Fixture       *fixture,
                               const char    *prefix);
char       *fixture_create    (Fixture       *fixture,
                               const char    *more);
void        fixture_send_for  (Fixture       *fixture,
                               const char    *method,
                               const char    *id,
                               const char    *rest,
                               const char    *body);
void        fixture_set       (Fixture       *fixture,
                               const char    *verb,
                               const char    *args);
void        fixture_edit      (Fixture       *fixture,
                               const char    *id,
                               const char    *set);
void        assert_refused    (Fixture       *fixture,
                               const char    *id,
                               const Refusal *cases,
                               guint          n_cases);
void        assert_bad_request (Fixture      *fixture,
                               const char    *error);
void        assert_storage_says (Fixture     *fixture,
                               guint          status,
                               const char    *text);

/* An upload in three parts, the last one shorter. */

#define PART 1000
#define SIZE 2500

typedef struct
{
  char *id;
  char *key;
  char *file_url;
  char *parts[3];
} Upload;

void        upload_clear      (Upload        *upload);
void        presign           (Fixture       *fixture,
                               Upload        *upload);
char       *bytes_of          (guint          part);
char       *send_part         (Fixture       *fixture,
                               Upload        *upload,
                               guint          part);
JsonObject *newest_upload     (Fixture       *fixture);
gint64      received_of_first (Fixture       *fixture);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Upload, upload_clear)

G_END_DECLS

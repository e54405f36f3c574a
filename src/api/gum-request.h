/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef struct _GumRequest GumRequest;

#define GUM_TYPE_REQUEST (gum_request_get_type ())
GType       gum_request_get_type    (void);

GumRequest *gum_request_new         (const char  *method,
                                     const char  *path);
GumRequest *gum_request_ref         (GumRequest  *self);
void        gum_request_unref       (GumRequest  *self);
void        gum_request_add_query   (GumRequest  *self,
                                     const char  *name,
                                     const char  *value);
void        gum_request_set_json    (GumRequest  *self,
                                     JsonNode    *body);
void        gum_request_set_awaited (GumRequest  *self);
char       *gum_request_path        (const char  *segment,
                                     ...) G_GNUC_NULL_TERMINATED;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GumRequest, gum_request_unref)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* contract: where a resource lives. */
typedef struct {
  const char *path;         /* "products"; "user" */
  const char *singular;     /* envelope of one: "product" */
  const char *plural;       /* envelope of many: "products"; NULL for singletons */
  GType     (*get_type) (void);
} GumEndpoint;

extern const GumEndpoint gum_product_endpoint;
extern const GumEndpoint gum_user_endpoint;

G_END_DECLS

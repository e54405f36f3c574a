/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* What a member of a JSON object becomes, and the C type of the struct member that holds it:
 *   STRING   char *                 (also from numbers and booleans)
 *   INT      gint64                 (also from 1.0 and "12"; range-checked)
 *   BOOLEAN  gboolean               (also from "true", "1", 0 and 1)
 *   TIME     GDateTime * in UTC
 *   STRV     char **
 *   OBJECT   a GumResource * of item_type
 *   LIST     GListStore * of item_type, never NULL
 *   JSON     JsonNode *, as it came */
typedef enum {
  GUM_FIELD_STRING,
  GUM_FIELD_INT,
  GUM_FIELD_BOOLEAN,
  GUM_FIELD_TIME,
  GUM_FIELD_STRV,
  GUM_FIELD_OBJECT,
  GUM_FIELD_LIST,
  GUM_FIELD_JSON,
} GumFieldKind;

typedef enum {
  GUM_FIELD_NONE   = 0,
  GUM_FIELD_SECRET = 1 << 0,   /* never logged, never exported (signed addresses, licence keys) */
} GumFieldFlags;

typedef struct {
  const char    *name;         /* the GObject property */
  GumFieldKind   kind;
  gsize          offset;       /* G_STRUCT_OFFSET of the member */
  const char    *key;          /* the JSON member; NULL: name with '-' turned into '_' */
  const char    *alias;        /* a second JSON member that older or newer servers use; may be NULL */
  GumFieldFlags  flags;
  GType        (*item_type) (void);   /* OBJECT and LIST */
} GumField;

G_END_DECLS

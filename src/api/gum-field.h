/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * GumFieldKind:
 * @GUM_FIELD_STRING: `char *`; also from numbers and booleans
 * @GUM_FIELD_INT: `gint64`; also from `1.0` and `"12"`, range-checked
 * @GUM_FIELD_BOOLEAN: `gboolean`; also from `"true"`, `"1"`, 0 and 1
 * @GUM_FIELD_TIME: `GDateTime *` in UTC
 * @GUM_FIELD_STRV: `char **`
 * @GUM_FIELD_OBJECT: `GumResource *` of the item type
 * @GUM_FIELD_LIST: `GListStore *` of the item type; the property is never %NULL, the member is as
 *   long as the list was neither filled nor asked for
 * @GUM_FIELD_JSON: `JsonNode *`, as it came
 *
 * What a member of a JSON object becomes, and the C type of the struct member that holds it.
 */
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

/**
 * GumFieldFlags:
 * @GUM_FIELD_NONE: nothing special
 * @GUM_FIELD_SECRET: never logged, never exported (signed addresses, licence keys)
 */
typedef enum {
  GUM_FIELD_NONE   = 0,
  GUM_FIELD_SECRET = 1 << 0,
} GumFieldFlags;

/**
 * GumField:
 * @name: the GObject property
 * @kind: what the JSON member becomes
 * @offset: `G_STRUCT_OFFSET` of the struct member
 * @key: (nullable): the JSON member; %NULL: @name with '-' turned into '_'
 * @alias: (nullable): a second JSON member that older or newer servers use
 * @flags: see #GumFieldFlags
 * @item_type: (nullable): for %GUM_FIELD_OBJECT and %GUM_FIELD_LIST
 *
 * A line of a resource's table.
 */
typedef struct {
  const char    *name;
  GumFieldKind   kind;
  gsize          offset;
  const char    *key;
  const char    *alias;
  GumFieldFlags  flags;
  GType        (*item_type) (void);
} GumField;

G_END_DECLS

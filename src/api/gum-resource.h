/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "gum-field.h"

G_BEGIN_DECLS

#define GUM_TYPE_RESOURCE (gum_resource_get_type ())
G_DECLARE_DERIVABLE_TYPE (GumResource, gum_resource, GUM, RESOURCE, GObject)

struct _GumResourceClass
{
  GObjectClass    parent_class;

  const GumField *fields;
  guint           n_fields;
};

/* contract */

/* Called from a subclass's class_init: installs one read-only property a field. */
void         gum_resource_class_install_fields (GumResourceClass *klass,
                                                const GumField   *fields,
                                                guint             n_fields);

/* Decodes; a bad field costs that field. @n_bad_fields (optional) is increased by the number of
 * fields, here and in nested resources, that were of a kind they cannot be. Never fails. */
GumResource *gum_resource_new_from_json        (GType             type,
                                                JsonObject       *json,
                                                guint            *n_bad_fields);

/* Takes what a newer record says and notifies exactly the properties that changed.
 * Members that @json does not have keep their value. Returns TRUE if anything changed. */
gboolean     gum_resource_update               (GumResource      *self,
                                                JsonObject       *json,
                                                guint            *n_bad_fields);

/* The opaque id ("id" member), or NULL. */
const char  *gum_resource_get_id               (GumResource      *self);

/* Whether the record had a usable, non-null value for the property (absent, null: FALSE). */
gboolean     gum_resource_has                  (GumResource      *self,
                                                const char       *property);

/* The whole record, members unknown to the table included. (transfer none) */
JsonObject  *gum_resource_get_json             (GumResource      *self);

G_END_DECLS

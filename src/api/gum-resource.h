/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
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

  /*< private >*/
  GParamSpec    **properties;
};

void         gum_resource_class_install_fields (GumResourceClass *klass,
                                                const GumField   *fields,
                                                guint             n_fields);

GumResource *gum_resource_new_from_json        (GType             type,
                                                JsonObject       *json,
                                                guint            *n_bad_fields);
GumResource *gum_resource_new_from_text        (GType             type,
                                                GBytes           *text,
                                                guint            *n_bad_fields);
gboolean     gum_resource_update               (GumResource      *self,
                                                JsonObject       *json,
                                                guint            *n_bad_fields);

const char  *gum_resource_get_id               (GumResource      *self);
gboolean     gum_resource_has                  (GumResource      *self,
                                                const char       *property);
JsonObject  *gum_resource_get_json             (GumResource      *self);

G_END_DECLS

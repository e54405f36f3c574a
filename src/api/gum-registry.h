/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-endpoint.h"

G_BEGIN_DECLS

const GType               *gum_registry_get_resource_types (guint *n_types);
const GumEndpoint * const *gum_registry_get_endpoints      (guint *n_endpoints);

G_END_DECLS

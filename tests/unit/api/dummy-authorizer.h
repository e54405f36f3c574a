/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-authorizer.h"

G_BEGIN_DECLS

#define DUMMY_TYPE_AUTHORIZER (dummy_authorizer_get_type ())
G_DECLARE_FINAL_TYPE (DummyAuthorizer, dummy_authorizer, DUMMY, AUTHORIZER, GObject)

DummyAuthorizer *dummy_authorizer_new            (const char      *token);
void             dummy_authorizer_set_token      (DummyAuthorizer *self,
                                                  const char      *token);
void             dummy_authorizer_set_next       (DummyAuthorizer *self,
                                                  const char      *token);
void             dummy_authorizer_set_failure    (DummyAuthorizer *self,
                                                  GError          *error);
guint            dummy_authorizer_get_n_refreshs (DummyAuthorizer *self);

G_END_DECLS

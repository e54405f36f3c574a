/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-oauth.h"

G_BEGIN_DECLS

/* Takes the body of a 200 and completes the task. */
typedef void (* GumOAuthTakeBody) (GTask  *task,
                                   GBytes *body);

void     _gum_oauth_start_call     (GTask              *task,
                                    const char         *method,
                                    const char         *path,
                                    char               *form,
                                    char               *authorization,
                                    GCancellable       *cancellable,
                                    GumOAuthTakeBody    take_body);
gboolean _gum_token_is_presentable (const char         *token);
char    *_gum_oauth_encode_form    (const char * const *parameters);
void     _gum_oauth_set_time_scale (GumOAuth           *self,
                                    double              scale);
void     _gum_oauth_set_deadline   (GumOAuth           *self,
                                    guint               seconds);

G_END_DECLS

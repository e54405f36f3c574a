/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-client.h"

G_BEGIN_DECLS

void _gum_client_set_time_scale (GumClient *self,
                                 double     scale);
void _gum_client_set_deadline   (GumClient *self,
                                 guint      seconds);

/* Of an answer, what is in the array @list stays as it came: _gum_client_steal_page() has it, and
 * gum_client_send_finish() the rest. */
void     _gum_client_send_page_async (GumClient           *self,
                                      GumRequest          *request,
                                      const char          *list,
                                      const char * const  *members,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data);
GumPage *_gum_client_steal_page      (GAsyncResult        *result);

G_END_DECLS

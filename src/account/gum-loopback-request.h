/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define GUM_LOOPBACK_PATH "/callback"
#define GUM_LOOPBACK_DONE_PATH "/done"
#define GUM_LOOPBACK_MAX_HEAD 8192

/**
 * GumLoopbackKind:
 * @GUM_LOOPBACK_MALFORMED: not a request, or a callback of the wrong shape
 * @GUM_LOOPBACK_METHOD: anything but GET
 * @GUM_LOOPBACK_ELSEWHERE: another path, host or port
 * @GUM_LOOPBACK_PREFETCH: the browser is only guessing
 * @GUM_LOOPBACK_DONE: the final page
 * @GUM_LOOPBACK_CALLBACK: an answer of the right shape; whether it is ours is for
 *   gum_loopback_judge() to say
 *
 * What a request to the loopback listener is.
 */
typedef enum {
  GUM_LOOPBACK_MALFORMED,
  GUM_LOOPBACK_METHOD,
  GUM_LOOPBACK_ELSEWHERE,
  GUM_LOOPBACK_PREFETCH,
  GUM_LOOPBACK_DONE,
  GUM_LOOPBACK_CALLBACK,
} GumLoopbackKind;

/**
 * GumLoopbackRequest:
 * @kind: what it is; the members below are set for callbacks only
 * @state: never %NULL in a callback
 * @code: (nullable): never %NULL unless @error is set
 * @error: (nullable): an OAuth error code
 * @description: (nullable): the server's sentence for @error; plain text, to be escaped before it
 *   is shown
 * @issuer: (nullable): RFC 9207
 */
typedef struct {
  GumLoopbackKind  kind;
  char            *state;
  char            *code;
  char            *error;
  char            *description;
  char            *issuer;
} GumLoopbackRequest;

/**
 * GumLoopbackVerdict:
 * @GUM_LOOPBACK_NOT_OURS: another state: somebody else's answer, or an older one
 * @GUM_LOOPBACK_OTHER_ISSUER: the right state from the wrong authorization server
 * @GUM_LOOPBACK_ERROR: Gumroad says no
 * @GUM_LOOPBACK_CODE: Gumroad says yes
 */
typedef enum {
  GUM_LOOPBACK_NOT_OURS,
  GUM_LOOPBACK_OTHER_ISSUER,
  GUM_LOOPBACK_ERROR,
  GUM_LOOPBACK_CODE,
} GumLoopbackVerdict;

GumLoopbackRequest *gum_loopback_parse        (const guint8             *head,
                                               gsize                     length,
                                               guint16                   port);
void                gum_loopback_request_free (GumLoopbackRequest       *request);
GumLoopbackVerdict  gum_loopback_judge        (const GumLoopbackRequest *request,
                                               const char               *state,
                                               const char               *issuer,
                                               gboolean                  issuer_required);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GumLoopbackRequest, gum_loopback_request_free)

G_END_DECLS

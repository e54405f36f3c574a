/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-client.h"

G_BEGIN_DECLS

/* Lends a client one fixed token. */
#define PERF_TYPE_TOKEN (perf_token_get_type ())
G_DECLARE_FINAL_TYPE (PerfToken, perf_token, PERF, TOKEN, GObject)

PerfToken *perf_token_new (const char *token);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the listener can say to a browser; never anything that came from the browser. */
typedef enum {
  GUM_LOOPBACK_PAGE_SEE_DONE,      /* 303 to /done, a clean address */
  GUM_LOOPBACK_PAGE_DONE,          /* 200 */
  GUM_LOOPBACK_PAGE_DONE_DENIED,   /* 200 */
  GUM_LOOPBACK_PAGE_NO_CONTENT,    /* 204 */
  GUM_LOOPBACK_PAGE_OLD,           /* 400: an older attempt */
  GUM_LOOPBACK_PAGE_BAD,           /* 400 */
  GUM_LOOPBACK_PAGE_NOT_FOUND,     /* 404 */
  GUM_LOOPBACK_PAGE_METHOD,        /* 405 */
  GUM_LOOPBACK_PAGE_TOO_LARGE,     /* 431 */
} GumLoopbackPage;

char *gum_loopback_page_new (GumLoopbackPage page);

G_END_DECLS

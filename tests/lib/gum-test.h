/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* How long any wait may take, in seconds of the wall clock. */
#define GUM_TEST_PATIENCE 60

typedef gboolean (* GumTestCondition) (gpointer data);

/* The place and the words of the condition are said where it is waited for in vain. */
#define gum_test_wait_until(condition, ...) \
  gum_test_wait_until_at ((condition), (__VA_ARGS__), #condition, G_STRLOC)
void          gum_test_wait_until_at (GumTestCondition  condition,
                                      gpointer          data,
                                      const char       *words,
                                      const char       *place);
/* What else is said then: how things stand. */
void          gum_test_describe_with (char *         (* describe) (void));
void          gum_test_wait_for_flag (const gboolean   *flag);
void          gum_test_settle        (void);

/* An async result: pass gum_test_result_cb and the address of a GAsyncResult * that is NULL. */
void          gum_test_result_cb     (GObject          *source,
                                      GAsyncResult     *result,
                                      gpointer          data);
GAsyncResult *gum_test_wait_result   (GAsyncResult    **result);

/* Everything that is logged at any level, in any domain, as one text. */
void          gum_test_capture_log   (void);
const char   *gum_test_captured_log  (void);

char         *gum_test_make_dir      (void);
void          gum_test_remove_dir    (char             *directory);

G_END_DECLS

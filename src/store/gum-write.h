/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-request.h"
#include "gum-write-kinds.h"

G_BEGIN_DECLS

/**
 * GumWriteState:
 * @GUM_WRITE_WAITING: not sent yet
 * @GUM_WRITE_SENDING: on its way
 * @GUM_WRITE_DONE: carried out
 * @GUM_WRITE_FAILED: not carried out, for the reason in [method@Gum.Write.dup_error]
 * @GUM_WRITE_UNCLEAR: sent, and nobody knows whether it was carried out
 * @GUM_WRITE_CONFLICT: not sent: what it would change was changed at Gumroad meanwhile
 * @GUM_WRITE_DROPPED: not sent, and not wanted any more
 *
 * How far a write is. The numbers are in ledgers: never change one.
 */
typedef enum {
  GUM_WRITE_WAITING  = 0,
  GUM_WRITE_SENDING  = 1,
  GUM_WRITE_DONE     = 2,
  GUM_WRITE_FAILED   = 3,
  GUM_WRITE_UNCLEAR  = 4,
  GUM_WRITE_CONFLICT = 5,
  GUM_WRITE_DROPPED  = 6,
} GumWriteState;

#define GUM_TYPE_WRITE (gum_write_get_type ())
G_DECLARE_FINAL_TYPE (GumWrite, gum_write, GUM, WRITE, GObject)

GumWrite     *gum_write_new             (const char *kind,
                                         const char *method,
                                         const char *path,
                                         const char *product_id,
                                         const char *label,
                                         JsonObject *body,
                                         JsonObject *before);
GumWrite     *gum_write_new_update      (const char *product_id,
                                         const char *label,
                                         JsonObject *body,
                                         JsonObject *before);
GumWrite     *gum_write_new_publish     (const char *product_id,
                                         const char *label,
                                         gboolean    publish);
GumWrite     *gum_write_new_delete      (const char *product_id,
                                         const char *label);
GumWrite     *gum_write_new_create      (JsonObject *body);
GumWrite     *gum_write_new_revert      (GumWrite   *write);

const char   *gum_write_get_kind        (GumWrite   *self);
const char   *gum_write_get_product_id  (GumWrite   *self);
const char   *gum_write_get_label       (GumWrite   *self);
GumWriteState gum_write_get_state       (GumWrite   *self);
gint64        gum_write_get_row         (GumWrite   *self);
gint64        gum_write_get_batch       (GumWrite   *self);
JsonObject   *gum_write_get_body        (GumWrite   *self);
JsonObject   *gum_write_get_before      (GumWrite   *self);
JsonObject   *gum_write_get_answer      (GumWrite   *self);
const char   *gum_write_get_warning     (GumWrite   *self);
GError       *gum_write_dup_error       (GumWrite   *self);
GumRequest   *gum_write_dup_request     (GumWrite   *self);

char         *gum_write_dup_version_key (GumWrite   *self);
gboolean      gum_write_is_shown_by     (GumWrite   *self,
                                         JsonObject *record);
char        **gum_write_dup_conflicts   (GumWrite   *self,
                                         JsonObject *record);
gboolean      gum_write_can_be_reverted (GumWrite   *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-keyring-private.h"

G_BEGIN_DECLS

/* What gum-keyring-operation.c and gum-keyring.c share, and nobody else may know. */

typedef enum {
  STEP_LOOK,      /* search without unlock */
  STEP_UNLOCK,    /* search with unlock: a prompt may be up */
  STEP_PROBE,     /* is the default keyring locked? */
  STEP_OPEN,      /* it is asked to unlock: a prompt may be up */
  STEP_STORE,     /* a prompt may be up */
  STEP_CLEAR,
  STEP_DELETE,
  STEP_VERIFY,    /* search again */
  STEP_UNDO,      /* nobody waits any more: what was written is taken back */
} GumKeyringStep;

typedef struct {
  guint         id;
  GumKeyringKind kind;
  GumKeyringStep step;

  /* Owned */
  GTask        *task;           /* NULL: given up */
  GCancellable *inner;
  GSource      *cancel_source;
  guint         watchdog_id;
  char         *account;
  char         *label;
  char         *secret;
  char         *previous;       /* what the keyring held before a store */
  GList        *found;          /* GObject: items still to be read, or the keyring to unlock */
  GPtrArray    *items;

  gboolean      may_unlock;
} GumKeyringOperation;

/* The steps: gum-keyring-operation.c. */
GumKeyringOperation *gum_keyring_find_operation (gpointer             id);
void                 gum_keyring_start_step     (GumKeyringOperation *op,
                                                 GumKeyringStep       step);
void                 gum_keyring_searched       (GumKeyringOperation *op);
void                 gum_keyring_succeed        (GumKeyringOperation *op);
void                 gum_keyring_fail           (GumKeyringOperation *op,
                                                 GError              *error);
gboolean             gum_keyring_is_file        (void);

/* libsecret: gum-keyring.c. */
void                 gum_keyring_talk           (GumKeyringOperation *op);

G_END_DECLS

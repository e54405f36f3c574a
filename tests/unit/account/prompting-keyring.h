/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A secret service with one keyring, which prompts: a prompt stays until the test answers it. */
typedef struct _PromptingKeyring PromptingKeyring;

PromptingKeyring *prompting_keyring_new       (void);
void              prompting_keyring_free      (PromptingKeyring *self);
void              prompting_keyring_lock      (PromptingKeyring *self);
gboolean          prompting_keyring_is_locked (PromptingKeyring *self);
gboolean          prompting_keyring_has_item  (PromptingKeyring *self);

/* How many prompts were ever shown, and whether one is on the screen now. */
guint             prompting_keyring_n_prompts (PromptingKeyring *self);
gboolean          prompting_keyring_is_asking (PromptingKeyring *self);

/* The person types the password, or closes the prompt. */
void              prompting_keyring_answer    (PromptingKeyring *self,
                                               gboolean          unlock);

G_END_DECLS

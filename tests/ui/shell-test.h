/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-accounts.h"
#include "gum-sandbox.h"
#include "gum-window.h"

G_BEGIN_DECLS

/* The whole window, at a sandbox. */
typedef struct {
  GumSandbox  *sandbox;
  char        *directory;
  GSettings   *settings;
  GumAccounts *accounts;
  GumAccount  *account;   /* the sandbox's shop, once it is added */
  GumWindow   *window;
} Shell;

/* Up to the window, which shows nothing yet. */
void shell_set_up     (Shell *shell,
                       guint  n_products,
                       int    width,
                       int    height);
/* The window may be NULL by then. */
void shell_tear_down  (Shell *shell);

/* Presents the window, until it is on the screen. */
void shell_present    (Shell *shell);
/* Adds the sandbox's shop, and shows it in the window. */
void shell_add_sample (Shell *shell);

G_END_DECLS

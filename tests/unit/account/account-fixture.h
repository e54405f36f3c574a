/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "account-test.h"
#include "gum-sandbox.h"
#include "gum-sign-in.h"

G_BEGIN_DECLS

/* A sandbox, a folder for the accounts, and a sign-in that is watched. */
typedef struct {
  GumSandbox  *sandbox;
  char        *directory;
  GumAccounts *accounts;
  GumSignIn   *sign_in;
  GPtrArray   *opened;      /* addresses for the browser */
  GPtrArray   *states;      /* as text, in their order */
  GPtrArray   *canaries;    /* what must never be seen anywhere */
  GString     *log;
} AccountFixture;

void        account_fixture_set_up       (AccountFixture *self,
                                          gconstpointer   data);
void        account_fixture_tear_down    (AccountFixture *self,
                                          gconstpointer   data);

JsonObject *account_fixture_control      (AccountFixture *self,
                                          const char     *verb,
                                          const char     *arguments);
guint       account_fixture_count        (AccountFixture *self,
                                          const char     *method,
                                          const char     *path);
char       *account_fixture_body         (AccountFixture *self,
                                          const char     *path,
                                          guint           position);
void        account_fixture_guard        (AccountFixture *self,
                                          const char     *canary);

void        account_fixture_start        (AccountFixture *self);
char       *account_fixture_consent      (AccountFixture *self,
                                          gboolean        allow);
guint16     account_fixture_port         (AccountFixture *self);
void        account_fixture_browse       (AccountFixture *self,
                                          const char     *address);
void        account_fixture_sign_in      (AccountFixture *self);
GumAccount *account_fixture_account      (AccountFixture *self);
void        account_fixture_wait_for     (AccountFixture *self,
                                          GumSignInState  state);
void        account_fixture_assert_error (AccountFixture *self,
                                          GumSignInError  code);
void        account_fixture_assert_empty (AccountFixture *self);
GPtrArray  *account_fixture_keyring      (AccountFixture *self);

gboolean    account_fixture_mode_is      (const char     *mode);
void        account_fixture_restart      (AccountFixture *self);

gboolean          account_fixture_load         (GumAccounts  *accounts,
                                                gboolean      unlock,
                                                GError      **error);
GumSignOutResult  account_fixture_sign_out     (GumAccounts  *accounts,
                                                GumAccount   *account,
                                                GError      **error);
gboolean          account_fixture_refresh_user (GumAccount   *account,
                                                GError      **error);
char             *account_fixture_dup_token    (GumAccount   *account);
GumAccount       *account_fixture_only         (GumAccounts  *accounts);

char       *form_value                   (const char     *form,
                                          const char     *name);

G_END_DECLS

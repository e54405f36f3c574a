/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * GumError:
 * @GUM_ERROR_NOT_SIGNED_IN: there is no token to send
 * @GUM_ERROR_UNAUTHORIZED: 401, the token is no longer accepted
 * @GUM_ERROR_FORBIDDEN: 403, the token lacks a scope, or the feature is closed to the account
 * @GUM_ERROR_NOT_FOUND: 404, or Gumroad's "was not found"
 * @GUM_ERROR_REJECTED: Gumroad understood and refused; the server's sentence is kept
 * @GUM_ERROR_RATE_LIMITED: 429
 * @GUM_ERROR_SERVER: 5xx
 * @GUM_ERROR_PROTOCOL: the answer is not what the contract says (HTML, cut or broken JSON)
 * @GUM_ERROR_TOO_LARGE: the answer is larger, or nested deeper, than we accept
 * @GUM_ERROR_DEADLINE: no complete answer in time
 * @GUM_ERROR_REDIRECTED: a redirect where none may be followed
 * @GUM_ERROR_INSECURE: plain http to something that is not a loopback address
 * @GUM_ERROR_UNCLEAR: a write was sent and its outcome is unknown
 * @GUM_ERROR_CONFLICT: what a write would replace was changed at Gumroad meanwhile; nothing was sent
 * @GUM_ERROR_LEDGER_NEWER: the ledger was written by a newer version of the program
 * @GUM_ERROR_LEDGER_READ_ONLY: the ledger cannot be written
 * @GUM_ERROR_LEDGER_FULL: the disk is full
 * @GUM_ERROR_LEDGER_DAMAGED: the ledger was damaged
 * @GUM_ERROR_LEDGER_FOREIGN: the ledger belongs to another account
 * @GUM_ERROR_LEDGER: any other failure of the ledger
 * @GUM_ERROR_PICTURE: not a picture that we show
 * @GUM_ERROR_FILE_VANISHED: a file to send is not there, or not any more
 * @GUM_ERROR_FILE_UNREADABLE: a file to send cannot be read
 * @GUM_ERROR_FILE_CHANGED: a file was changed while it was sent
 * @GUM_ERROR_FILE_EMPTY: a file to send has nothing in it
 * @GUM_ERROR_FILE_TOO_LARGE: a file to send is larger than Gumroad takes
 * @GUM_ERROR_UPLOAD_EXPIRED: the addresses of an upload expired before all of it was on its way
 * @GUM_ERROR_UPLOAD_UNCLEAR: an upload was sent as a whole, and whether the storage has it is unknown
 * @GUM_ERROR_UPLOAD_CUT_SHORT: the program ended in the middle of an upload
 * @GUM_ERROR_CONTENT_SHARED: content of one version is to be saved, and all have the same by now
 * @GUM_ERROR_NOT_DONE: the outcome was unknown, and the person has said that it was not carried out
 * @GUM_ERROR_FILE_DETACHED: a product does not have the file any more that a change is about; nothing was sent
 * @GUM_ERROR_FILE_ADDRESS: what is known of a file's address is not what Gumroad wants, so it cannot be renamed
 * @GUM_ERROR_FILE_IS_FOLDER: what is to be sent is a folder
 * @GUM_ERROR_UPLOAD_DISPLACED: an upload is complete, and the file that it was to replace is not there any more
 *
 * What went wrong, wherever it was noticed. Errors of the transport (GIO, TLS, resolver) keep
 * their own domain.
 */
typedef enum {
  GUM_ERROR_NOT_SIGNED_IN,
  GUM_ERROR_UNAUTHORIZED,
  GUM_ERROR_FORBIDDEN,
  GUM_ERROR_NOT_FOUND,
  GUM_ERROR_REJECTED,
  GUM_ERROR_RATE_LIMITED,
  GUM_ERROR_SERVER,
  GUM_ERROR_PROTOCOL,
  GUM_ERROR_TOO_LARGE,
  GUM_ERROR_DEADLINE,
  GUM_ERROR_REDIRECTED,
  GUM_ERROR_INSECURE,
  GUM_ERROR_UNCLEAR,
  GUM_ERROR_CONFLICT,
  GUM_ERROR_LEDGER_NEWER,
  GUM_ERROR_LEDGER_READ_ONLY,
  GUM_ERROR_LEDGER_FULL,
  GUM_ERROR_LEDGER_DAMAGED,
  GUM_ERROR_LEDGER_FOREIGN,
  GUM_ERROR_LEDGER,
  GUM_ERROR_PICTURE,
  GUM_ERROR_FILE_VANISHED,
  GUM_ERROR_FILE_UNREADABLE,
  GUM_ERROR_FILE_CHANGED,
  GUM_ERROR_FILE_EMPTY,
  GUM_ERROR_FILE_TOO_LARGE,
  GUM_ERROR_UPLOAD_EXPIRED,
  GUM_ERROR_UPLOAD_UNCLEAR,
  GUM_ERROR_UPLOAD_CUT_SHORT,
  GUM_ERROR_CONTENT_SHARED,
  GUM_ERROR_NOT_DONE,
  GUM_ERROR_FILE_DETACHED,
  GUM_ERROR_FILE_ADDRESS,
  GUM_ERROR_FILE_IS_FOLDER,
  GUM_ERROR_UPLOAD_DISPLACED,
} GumError;

#define GUM_ERROR (gum_error_quark ())
GQuark      gum_error_quark              (void);

GError     *gum_error_new_http           (GumError      code,
                                          guint         status,
                                          const char   *server_message,
                                          const char   *format,
                                          ...) G_GNUC_PRINTF (4, 5);
guint       gum_error_get_status         (const GError *error);
const char *gum_error_get_server_message (const GError *error);
gboolean    gum_error_is_gone            (const GError *error);
const char *gum_error_get_server_code    (const GError *error);
void        gum_error_set_server_code    (GError       *error,
                                          const char   *server_code);
gint64      gum_error_get_retry_after    (const GError *error);
void        gum_error_set_retry_after    (GError       *error,
                                          gint64        seconds);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The one place that chooses words for errors. A sentence says what happened, what was kept, and what
 * to do next. It is chosen by domain and code; an error's own message is for the log and never shown,
 * because it may be about hosts and files that mean nothing to a person. What Gumroad itself says is
 * quoted as it is. */

#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-errors.h"

#include "gum-artwork.h"
#include "gum-error.h"
#include "gum-http.h"
#include "gum-keyring.h"
#include "gum-sign-in.h"

#include <glib/gi18n-lib.h>

/* Long enough for every sentence that Gumroad is known to say. */
#define MAX_QUOTE 300

typedef struct {
  int         code;
  const char *title;
  const char *sentence;
} Words;

static const Words gumroad_words[] = {
  { GUM_ERROR_NOT_SIGNED_IN, N_("Not Signed In"),
    N_("This account has no connection to Gumroad. What was loaded before can still be read. "
       "Sign in again to go on.") },
  { GUM_ERROR_UNAUTHORIZED, N_("Connection Ended"),
    N_("Gumroad no longer accepts this connection. Nothing on this computer was lost. "
       "Reconnect to go on.") },
  { GUM_ERROR_FORBIDDEN, N_("Not Allowed"),
    N_("Gumroad does not let this connection do that. Reconnect, and allow everything that the "
       "consent page lists.") },
  { GUM_ERROR_NOT_FOUND, N_("Not at Gumroad"),
    N_("Gumroad does not know this item any more. It may have been deleted there.") },
  { GUM_ERROR_REJECTED, N_("Gumroad Refused"),
    N_("Gumroad understood the request and refused it. Nothing was changed.") },
  { GUM_ERROR_RATE_LIMITED, N_("Too Many Requests"),
    N_("Gumroad asks for a pause because there were many requests in a short time. "
       "Wait a minute, then try again.") },
  { GUM_ERROR_SERVER, N_("Gumroad Has Trouble"),
    N_("Gumroad’s server has a problem of its own. What is on this computer is safe. "
       "Try again in a few minutes.") },
  { GUM_ERROR_PROTOCOL, N_("Unexpected Answer"),
    N_("The answer did not come from Gumroad as it should. A network that wants to be signed in "
       "to, as in a hotel or a train, does that. Open any web page in the browser, then try again.") },
  { GUM_ERROR_TOO_LARGE, N_("Answer Too Large"),
    N_("Gumroad’s answer was larger than this program accepts, and was not used.") },
  { GUM_ERROR_DEADLINE, N_("No Answer in Time"),
    N_("Gumroad did not answer in time. Check the connection to the internet, then try again.") },
  { GUM_ERROR_REDIRECTED, N_("Sent Elsewhere"),
    N_("The answer pointed to another address, which was not followed. A network that wants to be "
       "signed in to does that. Open any web page in the browser, then try again.") },
  { GUM_ERROR_INSECURE, N_("Address Is Not Secure"),
    N_("The server’s address does not begin with https, so nothing was sent to it. "
       "Check the address that was set for Gumroad.") },
  { GUM_ERROR_UNCLEAR, N_("Outcome Unknown"),
    N_("The connection broke before Gumroad’s answer came, so the change may or may not have been "
       "made. Check at Gumroad before doing it again.") },
  { GUM_ERROR_CONFLICT, N_("Changed on Both Sides"),
    N_("Somebody changed the same things at Gumroad meanwhile. Nothing was sent, and your changes "
       "are kept. Decide which of the two to keep, then save again.") },
  { GUM_ERROR_CONTENT_SHARED, N_("All Versions Have the Same Pages Now"),
    N_("Somebody has made the content of this product the same for all versions. Nothing was sent, and the "
       "pages that you wrote for single versions are kept as a draft. Give each version pages of its own "
       "again, then save; or discard your changes.") },
  { GUM_ERROR_NOT_DONE, N_("Not Done"),
    N_("It was not done, as you have found at Gumroad.") },
  { GUM_ERROR_LEDGER_NEWER, N_("Data of a Newer Version"),
    N_("The data on this computer were written by a newer version of this program, and were left "
       "as they are. Install that version again to open them.") },
  { GUM_ERROR_LEDGER_READ_ONLY, N_("Data Cannot Be Written"),
    N_("The folder with this account’s data cannot be written to. What is there can be read. "
       "Check the permissions of the folder, then try again.") },
  { GUM_ERROR_LEDGER_FULL, N_("Disk Is Full"),
    N_("There is no room left on the disk, so new data cannot be kept. Nothing that was kept "
       "before is lost. Make room, then try again.") },
  { GUM_ERROR_LEDGER_DAMAGED, N_("Data Were Damaged"),
    N_("The data on this computer were damaged. The damaged file was set aside, and everything is "
       "read from Gumroad anew.") },
  { GUM_ERROR_LEDGER_FOREIGN, N_("Data of Another Account"),
    N_("The data found on this computer belong to another account, and are not shown. "
       "Erase the local data of this account in the preferences to begin anew.") },
  { GUM_ERROR_LEDGER, N_("Data Cannot Be Opened"),
    N_("This account’s data on this computer cannot be used just now. They were left as they are. "
       "Try again, or restart the program.") },
  { GUM_ERROR_PICTURE, N_("No Picture"),
    N_("This is not a picture that can be shown here.") },
  { GUM_ERROR_FILE_VANISHED, N_("File Is Gone"),
    N_("The file is not where it was, so it was not uploaded, and nothing at Gumroad was changed. "
       "Look for it, and add it again.") },
  { GUM_ERROR_FILE_UNREADABLE, N_("File Cannot Be Read"),
    N_("The file could not be read, so it was not uploaded, and nothing at Gumroad was changed. "
       "Check its permissions and the disk that it is on, then try again.") },
  { GUM_ERROR_FILE_CHANGED, N_("File Was Changed"),
    N_("The file was changed while it was being uploaded. What had been sent was thrown away, and "
       "nothing at Gumroad was changed. Upload it again when it is finished.") },
  { GUM_ERROR_FILE_EMPTY, N_("File Is Empty"),
    N_("There is nothing in this file, and Gumroad takes no empty files.") },
  { GUM_ERROR_FILE_TOO_LARGE, N_("File Is Too Large"),
    N_("Gumroad takes files of up to 20 GB. Make the file smaller, or cut it into several.") },
  { GUM_ERROR_UPLOAD_EXPIRED, N_("Connection Is Too Slow"),
    N_("Gumroad gives an upload 15 minutes, and the connection was too slow for a file of this "
       "size. Nothing at Gumroad was changed. Try again with a faster connection, or with smaller "
       "files.") },
  { GUM_ERROR_UPLOAD_UNCLEAR, N_("Upload May Not Be Complete"),
    N_("The whole file was sent, but whether Gumroad keeps it is not known, because its last answer "
       "did not come. Nothing on the product was changed. Upload the file again.") },
  { GUM_ERROR_UPLOAD_CUT_SHORT, N_("Upload Was Cut Short"),
    N_("The program was closed before all of it was sent, and nothing on the product was changed. "
       "Try again to upload it.") },
  { GUM_ERROR_FILE_DETACHED, N_("File Is Not in the Product"),
    N_("The product does not have this file any more: it was removed, or another has taken its place. "
       "Nothing was changed.") },
  { GUM_ERROR_FILE_ADDRESS, N_("Cannot Be Renamed"),
    N_("Gumroad only lets files be renamed that were uploaded from this computer, and each only until "
       "Gumroad has renamed what it keeps of it. Replace it with the same file, and it can be.") },
  { GUM_ERROR_FILE_IS_FOLDER, N_("Not a File"),
    N_("This is a folder, and Gumroad takes only files, so nothing was uploaded. Pack it into one file, "
       "such as a ZIP archive, and add that.") },
  { GUM_ERROR_UPLOAD_DISPLACED, N_("Nothing to Replace"),
    N_("Gumroad has the file, but the one that it was to replace is not in the product any more: it was "
       "removed, or a newer upload has taken its place. Nothing was changed. Try again to add this one "
       "beside the others; it is not sent anew.") },
};

static const Words sign_in_words[] = {
  { GUM_SIGN_IN_ERROR_RANDOM, N_("Sign-In Is Not Safe Now"),
    N_("This computer could not provide the random numbers that keep the sign-in safe. "
       "Restart it, then try again.") },
  { GUM_SIGN_IN_ERROR_LISTENER, N_("The Way Back Is Blocked"),
    N_("The browser’s answer cannot be received: no port on this computer could be opened. "
       "Use an access token instead.") },
  { GUM_SIGN_IN_ERROR_DENIED, N_("Declined at Gumroad"),
    N_("You declined at Gumroad, so nothing was connected. You can try again at any time.") },
  { GUM_SIGN_IN_ERROR_TIMEOUT, N_("No Answer From the Browser"),
    N_("No answer came from the browser for 15 minutes. Press Sign In to try again.") },
  { GUM_SIGN_IN_ERROR_INVALID_CLIENT, N_("Application ID Not Accepted"),
    N_("Gumroad does not accept this Application ID or secret. Copy the line called Application ID, "
       "not the secret and not an access token, and make sure that the redirect address at Gumroad "
       "is exactly http://127.0.0.1/callback.") },
  { GUM_SIGN_IN_ERROR_INVALID_GRANT, N_("Consent Was Not Accepted"),
    N_("Gumroad did not accept the consent: it had expired or was used before, or the redirect "
       "address there is not exactly http://127.0.0.1/callback. Press Sign In to try again.") },
  { GUM_SIGN_IN_ERROR_INVALID_SCOPE, N_("Application Is Too Old"),
    N_("The application at Gumroad is older than some of the rights that are asked for. Create a "
       "new one there, and paste its Application ID.") },
  { GUM_SIGN_IN_ERROR_UNAUTHORIZED_CLIENT, N_("Application Not Permitted"),
    N_("Gumroad does not let this application sign people in. Create a new one there, and paste "
       "its Application ID.") },
  { GUM_SIGN_IN_ERROR_UNSUPPORTED, N_("Way of Signing In Not Supported"),
    N_("Gumroad does not support this way of signing in any more. Use an access token instead, and "
       "look for an update of this program.") },
  { GUM_SIGN_IN_ERROR_SERVER, N_("Gumroad Has Trouble"),
    N_("Gumroad’s sign-in has a problem of its own. Nothing was stored. Try again in a few minutes.") },
  { GUM_SIGN_IN_ERROR_REFUSED, N_("Sign-In Refused"),
    N_("Gumroad refused the sign-in. Check the application at Gumroad, then try again, or use an "
       "access token instead.") },
  { GUM_SIGN_IN_ERROR_TOKEN_TYPE, N_("Token Cannot Be Used"),
    N_("This is not a token that can be sent to Gumroad. Copy the whole line that appears below "
       "Generate Access Token, and nothing else.") },
  { GUM_SIGN_IN_ERROR_NETWORK, N_("Gumroad Cannot Be Reached"),
    N_("Gumroad could not be reached, and nothing was stored. Check the connection to the internet, "
       "then try again.") },
  { GUM_SIGN_IN_ERROR_UNCLEAR, N_("Connection Broke"),
    N_("The connection broke while Gumroad answered. Nothing was lost: press Sign In once more.") },
  { GUM_SIGN_IN_ERROR_TOKEN_REFUSED, N_("Token Not Accepted"),
    N_("Gumroad does not accept this as an access token. It may be the Application ID or the "
       "secret: they look alike. Press Generate Access Token on the same page, and paste the line "
       "that appears below it.") },
  { GUM_SIGN_IN_ERROR_FORBIDDEN, N_("Account Not Open"),
    N_("Gumroad accepted the connection, but does not let it read the account. Allow everything on "
       "the consent page, or ask Gumroad whether the account is suspended.") },
  { GUM_SIGN_IN_ERROR_PROTOCOL, N_("Unexpected Answer"),
    N_("The answer to the sign-in did not come from Gumroad as it should. A network that wants to "
       "be signed in to does that. Open any web page in the browser, then try again.") },
  { GUM_SIGN_IN_ERROR_OTHER_ISSUER, N_("Answer From Elsewhere"),
    N_("The answer came from another server than Gumroad’s, and was not used. Press Sign In to try "
       "again, and use only the page that opens then.") },
  { GUM_SIGN_IN_ERROR_PASTE_OLD, N_("Address of an Older Attempt"),
    N_("This address belongs to an older attempt. Paste the address of the page that the newest "
       "attempt has ended on.") },
  { GUM_SIGN_IN_ERROR_PASTE_CODE_ONLY, N_("Only a Part of the Address"),
    N_("This is only the code. Paste the whole address from the browser, from http to the end.") },
  { GUM_SIGN_IN_ERROR_PASTE_NONSENSE, N_("Not the Right Address"),
    N_("This is not the address that the sign-in ends on. It begins with http://127.0.0.1 and is in "
       "the browser’s address bar after you authorized.") },
  { GUM_SIGN_IN_ERROR_EMPTY, N_("Nothing Entered"),
    N_("This field is still empty.") },
};

/* Instead of those above, where the application is the program's own. */
static const Words hidden_id_words[] = {
  { GUM_SIGN_IN_ERROR_INVALID_CLIENT, NULL,
    N_("Gumroad does not accept the application that this program comes with. Nothing that you "
       "entered is wrong. Look for an update of the program, or use an application of your own.") },
  { GUM_SIGN_IN_ERROR_INVALID_GRANT, NULL,
    N_("Gumroad did not accept the consent: it had expired or was used before. Press Sign In to try "
       "again.") },
  { GUM_SIGN_IN_ERROR_INVALID_SCOPE, NULL,
    N_("The application that this program comes with is older than some of the rights that are "
       "asked for. Look for an update of the program, or use an application of your own.") },
  { GUM_SIGN_IN_ERROR_UNAUTHORIZED_CLIENT, NULL,
    N_("Gumroad does not let the application that this program comes with sign people in. Use an "
       "application of your own, or an access token.") },
  { GUM_SIGN_IN_ERROR_REFUSED, NULL,
    N_("Gumroad refused the sign-in. Try again, or use an application of your own or an access "
       "token.") },
};

static const Words keyring_words[] = {
  { GUM_KEYRING_ERROR_LOCKED, N_("Keyring Is Locked"),
    N_("The keyring stayed locked, so the sign-in that it keeps cannot be used. Unlock it, then try "
       "again.") },
  { GUM_KEYRING_ERROR_UNAVAILABLE, N_("No Keyring"),
    N_("This computer’s keyring is missing or does not answer, so a sign-in lasts only until the "
       "program is closed. Install or start a keyring such as GNOME Keyring to keep it.") },
  { GUM_KEYRING_ERROR_DIFFERS, N_("Keyring Did Not Keep the Sign-In"),
    N_("The keyring gave back something other than what it was given, so it is not relied on. "
       "Restart the keyring or this computer, then try again.") },
  { GUM_KEYRING_ERROR_REMAINS, N_("Keyring Did Not Forget the Sign-In"),
    N_("Something of the sign-in is still in the keyring. Unlock the keyring, then sign out "
       "again.") },
};

static const Words artwork_words[] = {
  { GUM_ARTWORK_ERROR_NEITHER, N_("Not a Picture"),
    N_("This is neither a picture nor a video, whatever its name says. Nothing was sent.") },
  { GUM_ARTWORK_ERROR_BROKEN, N_("Picture Is Damaged"),
    N_("This picture is incomplete or damaged, or has more pixels than can be worked with. Nothing "
       "was sent. Save it anew in the program that it was made with.") },
  { GUM_ARTWORK_ERROR_FORMAT, N_("Format Not Taken"),
    N_("Gumroad takes JPEG, PNG and GIF, and nothing on this computer reads this format to convert "
       "it. Save the picture as PNG or JPEG, then add it again.") },
  { GUM_ARTWORK_ERROR_PICTURE_TOO_LARGE, N_("Picture Is Too Large"),
    N_("Gumroad takes pictures of up to 50 MB. Save it as a JPEG, or with fewer pixels.") },
  { GUM_ARTWORK_ERROR_FILM_TOO_LARGE, N_("Video Is Too Large"),
    N_("Videos of up to 500 MB can be covers. Make it shorter, or put it on YouTube or Vimeo and add "
       "its address.") },
  { GUM_ARTWORK_ERROR_FILM, N_("A Video Cannot Be the Thumbnail"),
    N_("The thumbnail is a picture. Add the video as a cover instead.") },
  { GUM_ARTWORK_ERROR_NOT_SQUARE, N_("Not Square"),
    N_("Gumroad takes only square thumbnails.") },
  { GUM_ARTWORK_ERROR_TOO_SMALL, N_("Picture Is Too Small"),
    N_("A thumbnail has at least 600 × 600 pixels. Choose a larger picture.") },
  { GUM_ARTWORK_ERROR_THUMBNAIL_TOO_LARGE, N_("Picture Is Too Large"),
    N_("Gumroad takes thumbnails of up to 5 MB.") },
  { GUM_ARTWORK_ERROR_TOO_MANY, N_("No Room for More"),
    N_("A product has at most 8 covers. Remove one first.") },
  { GUM_ARTWORK_ERROR_ADDRESS, N_("Not an Address"),
    N_("Enter the address of a picture, a video, or a page of YouTube or Vimeo, from https to the "
       "end.") },
};

static const Words io_words[] = {
  { G_IO_ERROR_NETWORK_UNREACHABLE, N_("You Are Offline"),
    N_("There is no connection to the internet. What was loaded before can still be read.") },
  { G_IO_ERROR_HOST_UNREACHABLE, N_("Gumroad Is Out of Reach"),
    N_("No way to Gumroad was found from this network. Check the connection to the internet, then "
       "try again.") },
  { G_IO_ERROR_HOST_NOT_FOUND, N_("Gumroad Was Not Found"),
    N_("Gumroad’s address could not be looked up. Check the connection to the internet and its DNS "
       "settings, then try again.") },
  { G_IO_ERROR_CONNECTION_REFUSED, N_("Connection Refused"),
    N_("The server refused the connection. A firewall may be in the way, or Gumroad is down. "
       "Try again later.") },
  { G_IO_ERROR_TIMED_OUT, N_("No Answer in Time"),
    N_("Gumroad did not answer within the time that is given to it. Check the connection to the "
       "internet, then try again.") },
  { G_IO_ERROR_CONNECTION_CLOSED, N_("Connection Broke"),
    N_("The connection to Gumroad broke. Try again.") },
  { G_IO_ERROR_PROXY_FAILED, N_("Proxy Does Not Answer"),
    N_("The proxy of this network could not be used. Check the proxy in the system’s network "
       "settings, then try again.") },
  { G_IO_ERROR_PROXY_AUTH_FAILED, N_("Proxy Refused the Password"),
    N_("The proxy of this network did not accept the user name or password. Check them in the "
       "system’s network settings.") },
  { G_IO_ERROR_PROXY_NEED_AUTH, N_("Proxy Asks for a Password"),
    N_("The proxy of this network asks for a user name and a password. Enter them in the system’s "
       "network settings.") },
  { G_IO_ERROR_PROXY_NOT_ALLOWED, N_("Proxy Does Not Allow It"),
    N_("The proxy of this network does not allow a connection to Gumroad. Ask whoever runs the "
       "network.") },
  { G_IO_ERROR_NO_SPACE, N_("Disk Is Full"),
    N_("There is no room left on the disk. Make room, then try again.") },
  { G_IO_ERROR_PERMISSION_DENIED, N_("Not Permitted"),
    N_("The system does not permit this. Check the permissions of the program’s folders, and "
       "whether it may use the network.") },
  { G_IO_ERROR_NOT_SUPPORTED, N_("Nothing to Open It With"),
    N_("No program on this computer opens such an address. Copy it, and open it in a browser.") },
};

static const Words resolver_words[] = {
  { G_RESOLVER_ERROR_NOT_FOUND, N_("Gumroad Was Not Found"),
    N_("The name of Gumroad’s server is not known in this network. Check the connection to the "
       "internet and its DNS settings, then try again.") },
  { G_RESOLVER_ERROR_TEMPORARY_FAILURE, N_("You Are Offline"),
    N_("The name of Gumroad’s server could not be looked up just now: there seems to be no "
       "connection to the internet. What was loaded before can still be read.") },
  { G_RESOLVER_ERROR_INTERNAL, N_("Look-Up Failed"),
    N_("Looking up Gumroad’s server failed on this computer. Check its DNS settings, then try "
       "again.") },
};

static const Words tls_words[] = {
  { G_TLS_ERROR_UNAVAILABLE, N_("No Secure Connections"),
    N_("This computer lacks what secure connections need. Install the package glib-networking, "
       "then start the program again.") },
  { G_TLS_ERROR_BAD_CERTIFICATE, N_("Connection Is Not Secure"),
    N_("The server could not prove that it is Gumroad, so nothing was sent to it. Check the date "
       "and time of this computer, and whether something on this network looks into secure "
       "connections.") },
  { G_TLS_ERROR_NOT_TLS, N_("No Secure Connection"),
    N_("The server did not answer with a secure connection. A network that wants to be signed in to "
       "does that. Open any web page in the browser, then try again.") },
  { G_TLS_ERROR_EOF, N_("Connection Broke"),
    N_("The secure connection was cut in the middle, and the incomplete answer was not used. "
       "Try again.") },
  { G_TLS_ERROR_HANDSHAKE, N_("Connection Is Not Secure"),
    N_("No secure connection to Gumroad could be agreed on. Something on this network may be in "
       "the way. Try again from another network.") },
};

static const struct {
  GTlsCertificateFlags  flag;
  const char           *sentence;
} tls_flag_words[] = {
  { G_TLS_CERTIFICATE_EXPIRED,
    N_("The server’s certificate seems to have expired, so nothing was sent to it. Most often the "
       "clock is wrong: check the date and time of this computer.") },
  { G_TLS_CERTIFICATE_NOT_ACTIVATED,
    N_("The server’s certificate seems not to be valid yet, so nothing was sent to it. Most often "
       "the clock is wrong: check the date and time of this computer.") },
  { G_TLS_CERTIFICATE_BAD_IDENTITY,
    N_("The server that answered is not Gumroad’s, so nothing was sent to it. A network that wants "
       "to be signed in to does that. Open any web page in the browser, then try again.") },
  { G_TLS_CERTIFICATE_UNKNOWN_CA,
    N_("The server’s certificate is signed by somebody unknown to this computer, so nothing was "
       "sent to it. Something on this network looks into secure connections: ask whoever runs it.") },
};

static const Words *
find_in (const Words *words,
         gsize        n_words,
         int          code)
{
  for (gsize i = 0; i < n_words; i++)
    {
      if (words[i].code == code)
        return &words[i];
    }

  return NULL;
}

static const Words *
find_words (const GError *error)
{
  if (error->domain == GUM_ERROR)
    return find_in (gumroad_words, G_N_ELEMENTS (gumroad_words), error->code);
  if (error->domain == GUM_SIGN_IN_ERROR)
    return find_in (sign_in_words, G_N_ELEMENTS (sign_in_words), error->code);
  if (error->domain == GUM_KEYRING_ERROR)
    return find_in (keyring_words, G_N_ELEMENTS (keyring_words), error->code);
  if (error->domain == GUM_ARTWORK_ERROR)
    return find_in (artwork_words, G_N_ELEMENTS (artwork_words), error->code);
  if (error->domain == G_IO_ERROR)
    return find_in (io_words, G_N_ELEMENTS (io_words), error->code);
  if (error->domain == G_RESOLVER_ERROR)
    return find_in (resolver_words, G_N_ELEMENTS (resolver_words), error->code);
  if (error->domain == G_TLS_ERROR)
    return find_in (tls_words, G_N_ELEMENTS (tls_words), error->code);

  return NULL;
}

static const char *
find_tls_sentence (const GError *error)
{
  GTlsCertificateFlags flags = gum_http_error_get_tls_flags (error);

  for (gsize i = 0; i < G_N_ELEMENTS (tls_flag_words); i++)
    {
      if (flags & tls_flag_words[i].flag)
        return _(tls_flag_words[i].sentence);
    }

  return NULL;
}

/* One line of what the server said, short enough for a window; NULL if there is nothing to quote. */
static char *
dup_quote (const GError *error)
{
  const char *message;
  g_autofree char *quote = NULL;

  if (error == NULL || error->domain != GUM_ERROR)
    return NULL;
  /* What these servers say is a machine's word for what our own sentence says better. */
  if (error->code == GUM_ERROR_UNAUTHORIZED || error->code == GUM_ERROR_RATE_LIMITED)
    return NULL;

  message = gum_error_get_server_message (error);
  if (message == NULL || !g_utf8_validate (message, -1, NULL))
    return NULL;

  quote = g_utf8_substring (message, 0, MIN (g_utf8_strlen (message, -1), MAX_QUOTE));
  g_strdelimit (quote, "\n\r\t", ' ');
  g_strstrip (quote);

  return *quote != '\0' ? g_steal_pointer (&quote) : NULL;
}

static gboolean
is_cancellation (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* What the server said goes behind our own sentence. */
static char *
add_quote (const char   *sentence,
           const GError *error,
           const GError *cause)
{
  g_autofree char *quote = dup_quote (error);

  if (quote == NULL && error->domain == GUM_SIGN_IN_ERROR)
    quote = dup_quote (cause);
  if (quote == NULL)
    return g_strdup (sentence);

  /* Translators: the first is a whole sentence of this program, the second what Gumroad's server said */
  return g_strdup_printf (_("%1$s Gumroad says: “%2$s”"), sentence, quote);
}

/* A sign-in that failed for the network's sake is explained by what lay below. */
static gboolean
explains_better (const GError *cause)
{
  return cause != NULL && cause->domain != GUM_ERROR && cause->domain != GUM_SIGN_IN_ERROR &&
         !is_cancellation (cause) && find_words (cause) != NULL;
}

char *
gum_errors_dup_title (const GError *error)
{
  const Words *words;

  g_return_val_if_fail (error != NULL, NULL);

  if (is_cancellation (error))
    return NULL;

  words = find_words (error);

  return g_strdup (words != NULL ? _(words->title) : _("Something Went Wrong"));
}

char *
gum_errors_dup_sentence (const GError *error,
                         const GError *cause)
{
  const Words *words;
  const char *sentence = NULL;

  g_return_val_if_fail (error != NULL, NULL);

  if (is_cancellation (error))
    return NULL;

  if (g_error_matches (error, GUM_SIGN_IN_ERROR, GUM_SIGN_IN_ERROR_NETWORK) &&
      explains_better (cause))
    return gum_errors_dup_sentence (cause, NULL);

  words = find_words (error);
  if (words == NULL)
    {
      /* Translators: the words in brackets are for a bug report, such as "g-io-error-quark 12" */
      return g_strdup_printf (_("Something went wrong that this program has no words for (%s %d). "
                                "Nothing was lost. Try again."),
                              g_quark_to_string (error->domain), error->code);
    }

  sentence = find_tls_sentence (error);
  if (sentence == NULL)
    sentence = _(words->sentence);

  return add_quote (sentence, error, cause);
}

char *
gum_errors_dup_hidden_id_sentence (const GError *error,
                                   const GError *cause)
{
  const Words *words = NULL;

  g_return_val_if_fail (error != NULL, NULL);

  if (error->domain == GUM_SIGN_IN_ERROR)
    words = find_in (hidden_id_words, G_N_ELEMENTS (hidden_id_words), error->code);

  return words != NULL ? add_quote (_(words->sentence), error, cause)
                       : gum_errors_dup_sentence (error, cause);
}

const char *
gum_errors_get_default_code_sentence (void)
{
  return _("Gumroad says that it does not know the code, and lists it all the same. That is so when it is a "
           "product’s default discount. Choose another default on the product’s page at Gumroad, then "
           "delete the code.");
}

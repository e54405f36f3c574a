/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an answer means, in the order in which it can be trusted: the status first, for a 401 has no
 * body and a 500 may have any; then the JSON; then `success`, for a 200 may be a refusal. */

#define G_LOG_DOMAIN "gum-api"

#include "config.h"

#include "gum-answer-private.h"
#include "gum-error.h"
#include "gum-json.h"

#include <string.h>

#define MAX_RETRY_AFTER (10 * 60)
#define MAX_ERROR_BODY (64 * 1024)
#define MAX_SENTENCE 1000

/* Seconds to wait (RFC 9110, 10.2.3), at most ten minutes; -1 when the server does not say, or
 * names a time that is over. */
gint64
_gum_answer_get_retry_after (SoupMessageHeaders *headers)
{
  const char *text = soup_message_headers_get_one (headers, "Retry-After");
  g_autoptr(GDateTime) date = NULL;
  guint64 seconds;
  gint64 left;

  if (text == NULL)
    return -1;

  if (g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT64, &seconds, NULL))
    return seconds == 0 ? -1 : (gint64) MIN (seconds, MAX_RETRY_AFTER);

  date = soup_date_time_new_from_http_string (text);
  if (date == NULL)
    return -1;

  left = g_date_time_to_unix (date) - g_get_real_time () / G_USEC_PER_SEC;

  return left <= 0 ? -1 : MIN (left, MAX_RETRY_AFTER);
}

static JsonObject *
parse_error_body (GBytes *body)
{
  g_autoptr(JsonNode) node = NULL;

  if (g_bytes_get_size (body) == 0 || g_bytes_get_size (body) > MAX_ERROR_BODY)
    return NULL;

  node = gum_json_parse_object (body, NULL);

  return node != NULL ? json_node_dup_object (node) : NULL;
}

/* The server's own words, for `message` and `error` are used by different endpoints. */
static char *
dup_sentence (JsonObject *object)
{
  const char *text = gum_json_get_string (object, "message");

  if (text == NULL)
    text = gum_json_get_string (object, "error_description");
  if (text == NULL)
    text = gum_json_get_string (object, "error");
  if (text == NULL || *text == '\0')
    return NULL;

  return g_utf8_strlen (text, -1) > MAX_SENTENCE ? g_utf8_substring (text, 0, MAX_SENTENCE)
                                                 : g_strdup (text);
}

static GumError
code_for_status (guint status)
{
  if (status >= 300 && status < 400)
    return GUM_ERROR_REDIRECTED;
  if (status >= 500)
    return GUM_ERROR_SERVER;

  switch (status)
    {
    case SOUP_STATUS_UNAUTHORIZED:
      return GUM_ERROR_UNAUTHORIZED;
    case SOUP_STATUS_FORBIDDEN:
      return GUM_ERROR_FORBIDDEN;
    case SOUP_STATUS_NOT_FOUND:
      return GUM_ERROR_NOT_FOUND;
    case SOUP_STATUS_REQUEST_TIMEOUT:
      return GUM_ERROR_SERVER;
    case 429:
      return GUM_ERROR_RATE_LIMITED;
    default:
      return status >= 400 ? GUM_ERROR_REJECTED : GUM_ERROR_PROTOCOL;
    }
}

/* What an answer with another status than 2xx means. */
GError *
_gum_answer_new_error (guint               status,
                       SoupMessageHeaders *headers,
                       GBytes             *body)
{
  g_autoptr(JsonObject) object = parse_error_body (body);
  g_autofree char *sentence = object != NULL ? dup_sentence (object) : NULL;
  GError *error = gum_error_new_http (code_for_status (status), status, sentence,
                                      "The server answered with status %u", status);

  gum_error_set_retry_after (error, _gum_answer_get_retry_after (headers));
  if (object != NULL && sentence != NULL)
    gum_error_set_server_code (error, gum_json_get_string (object, "error"));

  return error;
}

/* Whether a failure's body says that the request was understood and not carried out. */
gboolean
_gum_answer_is_verdict (GBytes *body)
{
  g_autoptr(JsonObject) object = parse_error_body (body);
  gboolean success;

  return object != NULL && gum_json_get_boolean (object, "success", &success) && !success;
}

static gboolean
is_not_found (const char *sentence)
{
  return sentence != NULL && g_str_has_prefix (sentence, "The ") &&
         strstr (sentence, " was not found") != NULL;
}

/* A 200 may be a refusal. One endpoint's success has no `success`. */
gboolean
_gum_answer_check_success (JsonObject  *object,
                           guint        status,
                           GError     **error)
{
  g_autofree char *sentence = NULL;
  gboolean success;

  if (!gum_json_get_boolean (object, "success", &success) || success)
    return TRUE;

  sentence = dup_sentence (object);
  g_propagate_error (error, gum_error_new_http (is_not_found (sentence) ? GUM_ERROR_NOT_FOUND
                                                                        : GUM_ERROR_REJECTED,
                                                status, sentence, "The server refused"));

  return FALSE;
}

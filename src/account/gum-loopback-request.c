/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From the bytes that a browser, or anybody else on this machine, sends to the loopback listener to
 * what they mean. Pure: no socket, no clock, no state, so that a fuzzer can drive it.
 *
 *   bytes ─ request line ─ headers (Host, prefetch) ─ path ─ query ─▶ GumLoopbackRequest
 *                                                                         │ judge
 *                                      state (constant time) ─ iss ─ error ─ code
 */

#include "config.h"

#include "gum-loopback-request.h"

#include <string.h>

#include "gum-util.h"

#define MAX_VALUE 2048

typedef struct {
  const char *text;
  gsize       length;
} Slice;

static gboolean
slice_equal (Slice       slice,
             const char *text)
{
  return slice.length == strlen (text) && memcmp (slice.text, text, slice.length) == 0;
}

static gboolean
slice_equal_nocase (Slice       slice,
                    const char *text)
{
  return slice.length == strlen (text) &&
         g_ascii_strncasecmp (slice.text, text, slice.length) == 0;
}

static Slice
slice_trim (Slice slice)
{
  while (slice.length > 0 && (*slice.text == ' ' || *slice.text == '\t'))
    slice.text++, slice.length--;
  while (slice.length > 0 &&
         (slice.text[slice.length - 1] == ' ' || slice.text[slice.length - 1] == '\t'))
    slice.length--;

  return slice;
}

/* Cuts @rest at the first @separator; what stands before it is returned, what follows stays. */
static Slice
slice_cut (Slice *rest,
           char   separator)
{
  const char *found = rest->length > 0 ? memchr (rest->text, separator, rest->length) : NULL;
  Slice before = *rest;

  if (found != NULL)
    {
      before.length = found - rest->text;
      rest->length -= before.length + 1;
      rest->text = found + 1;
    }
  else
    {
      rest->text += rest->length;
      rest->length = 0;
    }

  return before;
}

static gboolean
next_line (Slice *rest,
           Slice *line)
{
  const char *end = rest->length > 0 ? memmem (rest->text, rest->length, "\r\n", 2) : NULL;

  if (end == NULL)
    return FALSE;

  line->text = rest->text;
  line->length = end - rest->text;
  rest->length -= line->length + 2;
  rest->text = end + 2;

  return TRUE;
}

static gboolean
is_token (Slice slice)
{
  if (slice.length == 0)
    return FALSE;

  for (gsize i = 0; i < slice.length; i++)
    {
      if (!g_ascii_isalnum (slice.text[i]) &&
          (slice.text[i] == '\0' || strchr ("!#$%&'*+-.^_`|~", slice.text[i]) == NULL))
        return FALSE;
    }

  return TRUE;
}

/* What RFC 6749, appendix A allows in codes, states and error codes. */
static gboolean
is_visible (const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p < 0x20 || *p > 0x7e)
        return FALSE;
    }

  return TRUE;
}

/* One character of form encoding, or -1. Moves @position behind it. */
static int
decode_char (Slice  slice,
             gsize *position)
{
  char c = slice.text[(*position)++];
  int high;
  int low;

  if (c == '+')
    return ' ';
  if (c != '%')
    return (guint8) c;
  if (slice.length - *position < 2)
    return -1;

  high = g_ascii_xdigit_value (slice.text[(*position)++]);
  low = g_ascii_xdigit_value (slice.text[(*position)++]);

  return high < 0 || low < 0 ? -1 : high << 4 | low;
}

/* NULL unless the slice is sound form encoding of short UTF-8 text without NUL. */
static char *
decode (Slice slice)
{
  g_autoptr(GumSecret) text = NULL;
  gsize position = 0;
  gsize length = 0;

  if (slice.length > MAX_VALUE * 3)
    return NULL;

  text = g_malloc0 (slice.length + 1);
  while (position < slice.length)
    {
      int c = decode_char (slice, &position);

      if (c <= 0)
        return NULL;
      text[length++] = (char) c;
    }

  if (length > MAX_VALUE || !g_utf8_validate (text, length, NULL))
    return NULL;

  return g_steal_pointer (&text);
}

/* Each known parameter at most once, everything else is not ours to judge (RFC 6749, 3.1). */
static gboolean
parse_query (Slice               query,
             GumLoopbackRequest *request)
{
  struct {
    const char  *name;
    char       **value;
  } known[] = {
    { "state", &request->state },
    { "code", &request->code },
    { "error", &request->error },
    { "iss", &request->issuer },
  };

  while (query.length > 0)
    {
      Slice value = slice_cut (&query, '&');
      Slice encoded_name = slice_cut (&value, '=');
      g_autofree char *name = decode (encoded_name);

      if (name == NULL)
        return FALSE;

      for (guint i = 0; i < G_N_ELEMENTS (known); i++)
        {
          if (!g_str_equal (name, known[i].name))
            continue;
          if (*known[i].value != NULL)
            return FALSE;
          *known[i].value = decode (value);
          if (*known[i].value == NULL || !is_visible (*known[i].value))
            return FALSE;
        }

      if (g_str_equal (name, "error_description") && request->description == NULL)
        request->description = decode (value);
    }

  return request->state != NULL && *request->state != '\0' &&
         ((request->code != NULL && *request->code != '\0') ||
          (request->error != NULL && *request->error != '\0'));
}

/* Browsers that guess say so in one of three headers, depending on their age and make. */
static gboolean
is_prefetch (Slice name,
             Slice value)
{
  g_autofree char *words = NULL;

  if (!slice_equal_nocase (name, "Sec-Purpose") && !slice_equal_nocase (name, "Purpose") &&
      !slice_equal_nocase (name, "X-Moz"))
    return FALSE;

  words = g_ascii_strdown (value.text, value.length);

  return strstr (words, "prefetch") != NULL || strstr (words, "prerender") != NULL ||
         strstr (words, "preview") != NULL;
}

/* FALSE when the headers are none. @n_hosts and @host: what stood in Host. */
static gboolean
parse_headers (Slice    *rest,
               guint    *n_hosts,
               Slice    *host,
               gboolean *prefetch)
{
  Slice line;

  while (next_line (rest, &line))
    {
      Slice name;
      Slice value = line;

      if (line.length == 0)
        return TRUE;
      if (memchr (line.text, ':', line.length) == NULL)
        return FALSE;

      name = slice_cut (&value, ':');
      value = slice_trim (value);
      if (!is_token (name))
        return FALSE;

      if (slice_equal_nocase (name, "Host"))
        {
          *host = value;
          *n_hosts += 1;
        }
      *prefetch = *prefetch || is_prefetch (name, value);
    }

  return FALSE;
}

static gboolean
is_http_1 (Slice version)
{
  return version.length == 8 && memcmp (version.text, "HTTP/1.", 7) == 0 &&
         g_ascii_isdigit (version.text[7]);
}

static gboolean
is_target (Slice target)
{
  if (target.length == 0 || target.text[0] != '/')
    return FALSE;

  for (gsize i = 0; i < target.length; i++)
    {
      if (target.text[i] <= 0x20 || target.text[i] == 0x7f || target.text[i] == '#')
        return FALSE;
    }

  return TRUE;
}

static GumLoopbackKind
parse_kind (Slice               rest,
            guint16             port,
            GumLoopbackRequest *request)
{
  g_autofree char *expected_host = g_strdup_printf ("127.0.0.1:%u", port);
  Slice line, method, target, path, host = { "", 0 };
  gboolean prefetch = FALSE;
  guint n_hosts = 0;

  if (rest.length == 0 || rest.length > GUM_LOOPBACK_MAX_HEAD ||
      memchr (rest.text, '\0', rest.length) != NULL || !next_line (&rest, &line))
    return GUM_LOOPBACK_MALFORMED;

  method = slice_cut (&line, ' ');
  target = slice_cut (&line, ' ');
  if (!is_token (method) || !is_target (target) || !is_http_1 (line) ||
      !parse_headers (&rest, &n_hosts, &host, &prefetch) || n_hosts != 1)
    return GUM_LOOPBACK_MALFORMED;

  if (!slice_equal (host, expected_host))
    return GUM_LOOPBACK_ELSEWHERE;
  if (!slice_equal (method, "GET"))
    return GUM_LOOPBACK_METHOD;

  path = slice_cut (&target, '?');
  if (!slice_equal (path, GUM_LOOPBACK_PATH) && !slice_equal (path, GUM_LOOPBACK_DONE_PATH))
    return GUM_LOOPBACK_ELSEWHERE;
  if (prefetch)
    return GUM_LOOPBACK_PREFETCH;
  if (slice_equal (path, GUM_LOOPBACK_DONE_PATH))
    return GUM_LOOPBACK_DONE;

  return parse_query (target, request) ? GUM_LOOPBACK_CALLBACK : GUM_LOOPBACK_MALFORMED;
}

static void
clear_members (GumLoopbackRequest *request)
{
  g_clear_pointer (&request->state, gum_secret_free);
  g_clear_pointer (&request->code, gum_secret_free);
  g_clear_pointer (&request->error, g_free);
  g_clear_pointer (&request->description, g_free);
  g_clear_pointer (&request->issuer, g_free);
}

/**
 * gum_loopback_parse:
 * @head: (array length=length): a request's head, any bytes
 * @length: how many
 * @port: the port that the listener is bound to
 *
 * Reads one request. Only `GET` on the exact path, in HTTP/1.x, with exactly one `Host` that is the
 * address we are bound to, is a callback (RFC 8252, 7.3 and 8.10; the Host rule keeps out pages
 * whose name was made to resolve to this machine). Known parameters that come twice, are longer
 * than 2 KiB, or are not what RFC 6749 appendix A allows, make it malformed; unknown ones are
 * passed over (RFC 6749, 4.1.2).
 *
 * Returns: (transfer full): what was asked
 */
GumLoopbackRequest *
gum_loopback_parse (const guint8 *head,
                    gsize         length,
                    guint16       port)
{
  GumLoopbackRequest *request = g_new0 (GumLoopbackRequest, 1);

  g_return_val_if_fail (head != NULL || length == 0, request);

  request->kind = parse_kind ((Slice) { (const char *) head, length }, port, request);
  if (request->kind != GUM_LOOPBACK_CALLBACK)
    clear_members (request);

  return request;
}

/**
 * gum_loopback_request_free:
 * @request: (nullable) (transfer full): a request
 *
 * Wipes what it held.
 */
void
gum_loopback_request_free (GumLoopbackRequest *request)
{
  if (request == NULL)
    return;

  clear_members (request);
  g_free (request);
}

/**
 * gum_loopback_judge:
 * @request: a request of the kind %GUM_LOOPBACK_CALLBACK
 * @state: the pending attempt's state
 * @issuer: the authorization server that was asked
 * @issuer_required: whether it promised to name itself (RFC 9207, 3)
 *
 * Decides what a callback of the right shape is worth. The order matters: nothing is believed
 * before the state fits (RFC 6749, 10.12), and no error before the issuer does (RFC 9207, 2.4).
 *
 * Returns: the verdict
 */
GumLoopbackVerdict
gum_loopback_judge (const GumLoopbackRequest *request,
                    const char               *state,
                    const char               *issuer,
                    gboolean                  issuer_required)
{
  g_return_val_if_fail (request != NULL && request->kind == GUM_LOOPBACK_CALLBACK,
                        GUM_LOOPBACK_NOT_OURS);
  g_return_val_if_fail (state != NULL && issuer != NULL, GUM_LOOPBACK_NOT_OURS);

  if (!gum_equal_constant_time (request->state, state))
    return GUM_LOOPBACK_NOT_OURS;
  if (request->issuer == NULL ? issuer_required : !g_str_equal (request->issuer, issuer))
    return GUM_LOOPBACK_OTHER_ISSUER;

  return request->error != NULL && *request->error != '\0' ? GUM_LOOPBACK_ERROR
                                                           : GUM_LOOPBACK_CODE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the browser sees at the end of a sign-in: complete answers, made of our own words only. */

#include "config.h"

#include "gum-loopback-page.h"

#include <string.h>

#include <glib/gi18n.h>

#include "gum-loopback-request.h"

#define CONTENT_SECURITY_POLICY \
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; " \
  "base-uri 'none'; form-action 'none'"

static const char *const status_lines[] = {
  [GUM_LOOPBACK_PAGE_SEE_DONE] = "303 See Other",
  [GUM_LOOPBACK_PAGE_DONE] = "200 OK",
  [GUM_LOOPBACK_PAGE_DONE_DENIED] = "200 OK",
  [GUM_LOOPBACK_PAGE_NO_CONTENT] = "204 No Content",
  [GUM_LOOPBACK_PAGE_OLD] = "400 Bad Request",
  [GUM_LOOPBACK_PAGE_BAD] = "400 Bad Request",
  [GUM_LOOPBACK_PAGE_NOT_FOUND] = "404 Not Found",
  [GUM_LOOPBACK_PAGE_METHOD] = "405 Method Not Allowed",
  [GUM_LOOPBACK_PAGE_TOO_LARGE] = "431 Request Header Fields Too Large",
};

static const char *
get_sentence (GumLoopbackPage page)
{
  switch (page)
    {
    case GUM_LOOPBACK_PAGE_DONE:
      return _("Gumroad has answered. Go back to the Gumroad application to see the result. "
               "You can close this tab.");
    case GUM_LOOPBACK_PAGE_DONE_DENIED:
      return _("You did not allow access. Nothing was changed. You can close this tab.");
    case GUM_LOOPBACK_PAGE_OLD:
      return _("This link belongs to an older attempt to sign in. Go back to the Gumroad "
               "application. You can close this tab.");
    case GUM_LOOPBACK_PAGE_BAD:
    case GUM_LOOPBACK_PAGE_NOT_FOUND:
    case GUM_LOOPBACK_PAGE_METHOD:
    case GUM_LOOPBACK_PAGE_TOO_LARGE:
      return _("There is nothing to see here. You can close this tab.");
    case GUM_LOOPBACK_PAGE_SEE_DONE:
    case GUM_LOOPBACK_PAGE_NO_CONTENT:
    default:
      return NULL;
    }
}

static char *
make_body (const char *sentence)
{
  g_autofree char *escaped = NULL;

  if (sentence == NULL)
    return g_strdup ("");

  escaped = g_markup_escape_text (sentence, -1);

  /* The empty icon keeps the browser from asking for one. */
  return g_strdup_printf (
    "<!DOCTYPE html>\n"
    "<html lang=\"%s\" dir=\"%s\">\n"
    "<head>\n"
    "<meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width\">\n"
    "<meta name=\"color-scheme\" content=\"light dark\">\n"
    "<link rel=\"icon\" href=\"data:,\">\n"
    "<title>Gumroad</title>\n"
    "<style>body { font: 150%% sans-serif; line-height: 1.5; max-width: 32em;"
    " margin: 20vh auto; padding: 0 1em }</style>\n"
    "</head>\n"
    "<body><p>%s</p></body>\n"
    "</html>\n",
    /* Translators: the language tag of this translation as HTML writes it, such as "de" or
     * "pt-BR" */
    C_("language tag", "en"),
    /* Translators: "rtl" if this language is written from right to left, otherwise "ltr" */
    C_("text direction", "ltr"),
    escaped);
}

/**
 * gum_loopback_page_new:
 * @page: what to say
 *
 * Makes a whole HTTP answer. It loads nothing, runs nothing, frames nothing and refers to nothing
 * (RFC 6749, 3.1.2.5; RFC 9700, 4.2.4), and is not kept by any cache.
 *
 * Returns: (transfer full): head and body
 */
char *
gum_loopback_page_new (GumLoopbackPage page)
{
  g_autofree char *body = NULL;
  GString *answer;

  g_return_val_if_fail (page < G_N_ELEMENTS (status_lines), NULL);

  body = make_body (get_sentence (page));
  answer = g_string_new (NULL);
  g_string_append_printf (answer, "HTTP/1.1 %s\r\n", status_lines[page]);
  if (page == GUM_LOOPBACK_PAGE_SEE_DONE)
    g_string_append (answer, "Location: " GUM_LOOPBACK_DONE_PATH "\r\n");
  if (page == GUM_LOOPBACK_PAGE_METHOD)
    g_string_append (answer, "Allow: GET\r\n");
  if (*body != '\0')
    g_string_append (answer, "Content-Type: text/html; charset=utf-8\r\n");
  if (page != GUM_LOOPBACK_PAGE_NO_CONTENT)
    g_string_append_printf (answer, "Content-Length: %" G_GSIZE_FORMAT "\r\n", strlen (body));
  g_string_append (answer,
                   "Cache-Control: no-store\r\n"
                   "Referrer-Policy: no-referrer\r\n"
                   "Content-Security-Policy: " CONTENT_SECURITY_POLICY "\r\n"
                   "X-Content-Type-Options: nosniff\r\n"
                   "Connection: close\r\n"
                   "\r\n");
  g_string_append (answer, body);

  return g_string_free (answer, FALSE);
}

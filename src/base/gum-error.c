/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The error domain. An error carries, beside its code, what the one place that chooses words needs:
 * the HTTP status, the server's own sentence, the server's error code (OAuth) and how long to wait. */

#include "config.h"

#include "gum-error.h"
#include "gum-util.h"

typedef struct {
  guint   status;
  char   *server_message;
  char   *server_code;
  gint64  retry_after;
} GumErrorPrivate;

static void
gum_error_private_init (GumErrorPrivate *priv)
{
  priv->retry_after = -1;
}

static void
gum_error_private_copy (const GumErrorPrivate *src,
                        GumErrorPrivate       *dest)
{
  dest->status = src->status;
  dest->server_message = g_strdup (src->server_message);
  dest->server_code = g_strdup (src->server_code);
  dest->retry_after = src->retry_after;
}

static void
gum_error_private_clear (GumErrorPrivate *priv)
{
  g_free (priv->server_message);
  g_free (priv->server_code);
}

G_DEFINE_EXTENDED_ERROR (GumError, gum_error)

static GumErrorPrivate *
get_private (const GError *error)
{
  return error != NULL && error->domain == GUM_ERROR ? gum_error_get_private (error) : NULL;
}

/**
 * gum_error_new_http:
 * @code: what went wrong
 * @status: the HTTP status, or 0
 * @server_message: (nullable): the server's own sentence
 * @format: a message for the log, never shown to a person as it is
 *
 * Returns: (transfer full): an error that remembers the answer it was made from
 */
GError *
gum_error_new_http (GumError    code,
                    guint       status,
                    const char *server_message,
                    const char *format,
                    ...)
{
  GumErrorPrivate *priv;
  GError *error;
  va_list args;

  va_start (args, format);
  error = g_error_new_valist (GUM_ERROR, code, format, args);
  va_end (args);

  priv = get_private (error);
  priv->status = status;
  priv->server_message = g_strdup (server_message);

  return error;
}

/**
 * gum_error_get_status:
 * @error: (nullable): any error
 *
 * Returns: the HTTP status of the answer, or 0 when there was none
 */
guint
gum_error_get_status (const GError *error)
{
  GumErrorPrivate *priv = get_private (error);

  return priv != NULL ? priv->status : 0;
}

/**
 * gum_error_get_server_message:
 * @error: (nullable): any error
 *
 * Returns: (nullable) (transfer none): what the server said, in its own words
 */
const char *
gum_error_get_server_message (const GError *error)
{
  GumErrorPrivate *priv = get_private (error);

  return priv != NULL ? priv->server_message : NULL;
}

/**
 * gum_error_is_gone:
 * @error: (nullable): any error
 *
 * A 404 of something between us and Gumroad says nothing about what was asked for: Gumroad's own has its sentence.
 *
 * Returns: whether Gumroad itself says that it does not have it
 */
gboolean
gum_error_is_gone (const GError *error)
{
  return g_error_matches (error, GUM_ERROR, GUM_ERROR_NOT_FOUND) &&
         gum_error_get_server_message (error) != NULL;
}

/**
 * gum_error_get_server_code:
 * @error: (nullable): any error
 *
 * Returns: (nullable) (transfer none): the `error` member of an OAuth answer (RFC 6749, 5.2)
 */
const char *
gum_error_get_server_code (const GError *error)
{
  GumErrorPrivate *priv = get_private (error);

  return priv != NULL ? priv->server_code : NULL;
}

/**
 * gum_error_set_server_code:
 * @error: an error of the domain GUM_ERROR
 * @server_code: (nullable): the `error` member of an OAuth answer
 *
 * Keeps the machine-readable code beside the sentence.
 */
void
gum_error_set_server_code (GError     *error,
                           const char *server_code)
{
  GumErrorPrivate *priv = get_private (error);

  g_return_if_fail (priv != NULL);

  gum_set_str (&priv->server_code, server_code);
}

/**
 * gum_error_get_retry_after:
 * @error: (nullable): any error
 *
 * Returns: how many seconds the server asks to wait, or -1 when it did not say
 */
gint64
gum_error_get_retry_after (const GError *error)
{
  GumErrorPrivate *priv = get_private (error);

  return priv != NULL ? priv->retry_after : -1;
}

/**
 * gum_error_set_retry_after:
 * @error: an error of the domain GUM_ERROR
 * @seconds: the wait, or -1 for unknown
 *
 * Keeps how long the server asks to wait.
 */
void
gum_error_set_retry_after (GError *error,
                           gint64  seconds)
{
  GumErrorPrivate *priv = get_private (error);

  g_return_if_fail (priv != NULL);

  priv->retry_after = seconds;
}

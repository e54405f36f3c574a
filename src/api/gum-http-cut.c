/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Answers that libsoup takes for whole, and that are not. */

#define G_LOG_DOMAIN "gum-api"

#include "config.h"

#include "gum-http-private.h"

#include <sys/socket.h>

/* Remembers the socket of each connection, see _gum_http_is_cut_between_chunks(). */
void
_gum_http_note_socket (SoupMessage        *message,
                       GSocketClientEvent  event,
                       GIOStream          *connection,
                       GHashTable         *sockets)
{
  GHashTableIter iter;
  gpointer socket;
  guint64 *id;

  if (event != G_SOCKET_CLIENT_CONNECTED || !G_IS_SOCKET_CONNECTION (connection))
    return;

  g_hash_table_iter_init (&iter, sockets);
  while (g_hash_table_iter_next (&iter, NULL, &socket))
    if (g_socket_is_closed (socket))
      g_hash_table_iter_remove (&iter);

  id = g_new (guint64, 1);
  *id = soup_message_get_connection_id (message);
  socket = g_socket_connection_get_socket (G_SOCKET_CONNECTION (connection));
  g_hash_table_replace (sockets, id, g_object_ref (socket));
}

/* libsoup before 3.6.5 takes a chunked body that is cut exactly between two chunks for a
 * complete one. Such a cut is the end of the connection as well, whereas after a complete answer
 * the server keeps the connection open, unless it said `Connection: close`. So: a peer that has
 * already hung up at this moment, without having announced it, has cut the body. Where it did
 * announce it, only the content can tell: JSON must parse to its end, which no proper prefix of
 * an object does. */
gboolean
_gum_http_is_cut_between_chunks (SoupMessage *message,
                                 GHashTable  *sockets)
{
  guint64 id = soup_message_get_connection_id (message);
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  GSocket *socket;
  char byte;

  if (soup_message_headers_get_encoding (headers) != SOUP_ENCODING_CHUNKED ||
      !soup_message_is_keepalive (message))
    return FALSE;

  socket = g_hash_table_lookup (sockets, &id);

  return socket != NULL && !g_socket_is_closed (socket) &&
         recv (g_socket_get_fd (socket), &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
}

/* A head that is cut between two lines is taken for a whole one, of an answer that ends with the
 * connection. If nothing followed, this is what has happened: who has nothing to say, says so. */
gboolean
_gum_http_is_cut_in_head (SoupMessage *message,
                          gsize        body_length)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);

  return body_length == 0 &&
         soup_message_get_method (message) != SOUP_METHOD_HEAD &&
         soup_message_get_status (message) != SOUP_STATUS_NO_CONTENT &&
         soup_message_get_status (message) != SOUP_STATUS_NOT_MODIFIED &&
         soup_message_headers_get_encoding (headers) == SOUP_ENCODING_EOF;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pictures of a product, covers and thumbnail, by blob or by address; and the seller's library of
 * pictures for custom pages.
 */
#define G_LOG_DOMAIN "gum-sandbox"

#include "config.h"

#include "gum-sandbox-storage.h"

#include <stdio.h>

#define MAX_COVERS 8
#define MAX_COVER_SIZE (50 * 1024 * 1024)
#define MAX_THUMBNAIL_SIZE (5 * 1024 * 1024)
#define MAX_MEDIA_SIZE (10 * 1024 * 1024)
#define MAX_MEDIA 500
#define MIN_THUMBNAIL_SIDE 600
#define HEAD_SIZE (256 * 1024)
#define NOTHING_GIVEN "Please provide a signed_blob_id or url."
#define UNKNOWN_BLOB "The signed_blob_id is invalid or expired."

/* A picture or film that was named in a request. */
typedef struct
{
  GumSandboxBlob *blob;         /* NULL: by its address */
  char *url;
  const char *extension;
  gboolean film;
  gboolean page;                /* of YouTube or Vimeo */
  gboolean ours;                /* can be looked at */
  gint64 size;
  guint width;
  guint height;
} Source;

static void
source_clear (Source *source)
{
  g_free (source->url);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Source, source_clear)

static const char *
extension_of (const char *path)
{
  static const char *const known[] = { "png", "jpg", "jpeg", "gif", "webp", "svg", "mp4", "mov" };
  const char *dot = strrchr (path, '.');

  for (guint i = 0; dot != NULL && i < G_N_ELEMENTS (known); i++)
    if (g_ascii_strcasecmp (dot + 1, known[i]) == 0)
      return g_str_equal (known[i], "jpeg") ? "jpg" : known[i];

  return NULL;
}

static void
look_at_blob (Source         *source,
              GumSandboxBlob *blob)
{
  source->blob = blob;
  source->size = blob->byte_size;
  source->film = g_str_has_prefix (blob->content_type, "video/");
  if (source->film)
    {
      source->extension = extension_of (blob->filename);
    }
  else if (blob->fd >= 0)
    {
      g_autoptr (GBytes) head = gum_sandbox_blob_read (blob, HEAD_SIZE);
      gsize length;
      const guint8 *data = g_bytes_get_data (head, &length);

      source->extension = gum_sandbox_picture_head (data, length, &source->width, &source->height);
    }
}

/* The pictures of this server say their size in their address; of others nothing is known. */
static void
look_at_url (Source          *source,
             GumSandboxState *state,
             const char      *url,
             GUri            *uri)
{
  static const char *const pages[] = { "youtube.com", "www.youtube.com", "youtu.be", "vimeo.com",
                                       NULL };
  const char *path = g_uri_get_path (uri);

  source->url = g_strdup (url);
  source->extension = extension_of (path);
  source->page = g_strv_contains (pages, g_uri_get_host (uri));
  source->film = g_strcmp0 (source->extension, "mp4") == 0 ||
                 g_strcmp0 (source->extension, "mov") == 0;
  source->ours = g_str_has_prefix (url, state->origin);
  if (source->ours &&
      sscanf (path, "/pictures/art-%ux%u-", &source->width, &source->height) != 2)
    source->extension = NULL;
}

static gboolean
is_private (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return g_str_equal (host, "localhost") ||
         (address != NULL && (g_inet_address_get_is_loopback (address) ||
                              g_inet_address_get_is_site_local (address) ||
                              g_inet_address_get_is_link_local (address)));
}

/*
 * Fills in @source.  Returns FALSE if the call was answered: @what, a cover or a thumbnail, can be
 * told from the sentence.
 */
static gboolean
call_source (GumSandboxCall *call,
             const char     *what,
             Source         *source)
{
  g_autofree char *signed_id = gum_sandbox_dup_string (call->params, "signed_blob_id");
  g_autofree char *url = gum_sandbox_dup_string (call->params, "url");
  g_autoptr (GUri) uri = NULL;
  const char *scheme;

  if (signed_id != NULL && signed_id[0] != '\0')
    {
      GumSandboxBlob *blob = gum_sandbox_find_blob (call->state, signed_id);

      if (blob == NULL)
        {
          gum_sandbox_call_failure (call, UNKNOWN_BLOB);
          return FALSE;
        }
      look_at_blob (source, blob);
      source->url = gum_sandbox_blob_url (call->state, blob);
      return TRUE;
    }

  if (url == NULL || url[0] == '\0')
    {
      gum_sandbox_call_failure (call, NOTHING_GIVEN);
      return FALSE;
    }

  /* Nobody there catches what a malformed address throws. */
  uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  scheme = uri != NULL ? g_uri_get_scheme (uri) : "";
  if (uri == NULL || g_uri_get_host (uri) == NULL || g_uri_get_host (uri)[0] == '\0' ||
      (!g_str_equal (scheme, "http") && !g_str_equal (scheme, "https")))
    {
      gum_sandbox_call_crash (call);
      return FALSE;
    }

  look_at_url (source, call->state, url, uri);
  if (!source->ours && is_private (g_uri_get_host (uri)))
    {
      gum_sandbox_call_failure (call, "Could not process your %s, please try again.", what);
      call->status = g_str_equal (what, "thumbnail") ? 400 : 200;
      return FALSE;
    }

  return TRUE;
}

/* Covers */

/* The display size is at most 670 wide; a size of zero is not known. */
JsonObject *
gum_sandbox_cover_new (GumSandboxState *state,
                       const char      *url,
                       const char      *filetype,
                       guint            width,
                       guint            height)
{
  JsonObject *cover = json_object_new ();
  g_autofree char *id = gum_sandbox_guid (g_str_hash (url), state->serial++);
  const gint64 sizes[] = {
    MIN (width, 670), width > 670 ? (gint64) height * 670 / width : height, width, height,
  };
  static const char *const names[] = { "width", "height", "native_width", "native_height" };

  json_object_set_string_member (cover, "id", id);
  json_object_set_string_member (cover, "url", url);
  json_object_set_string_member (cover, "original_url", url);
  json_object_set_null_member (cover, "thumbnail");
  json_object_set_string_member (cover, "type", "image");
  gum_sandbox_set_null_string (cover, "filetype", filetype);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (width > 0)
      json_object_set_int_member (cover, names[i], sizes[i]);
    else
      json_object_set_null_member (cover, names[i]);

  return cover;
}

static JsonObject *
make_cover (GumSandboxState *state,
            Source          *source)
{
  JsonObject *cover = gum_sandbox_cover_new (state, source->url, source->extension, source->width,
                                             source->height);

  if (source->page)
    {
      json_object_set_string_member (cover, "type", "oembed");
      json_object_set_null_member (cover, "filetype");
    }
  else if (source->film)
    {
      json_object_set_string_member (cover, "type", "video");
    }

  return cover;
}

static void
set_main_cover (JsonObject *record)
{
  JsonArray *covers = gum_sandbox_get_array (record, "covers");
  JsonObject *first = gum_sandbox_length (covers) > 0 ? gum_sandbox_object_at (covers, 0) : NULL;

  gum_sandbox_set_null_string (record, "main_cover_id",
                               first != NULL ? gum_sandbox_peek_string (first, "id") : NULL);
}

static void
answer_covers (GumSandboxCall *call,
               JsonObject     *record)
{
  JsonObject *object = json_object_new ();
  static const char *const names[] = { "covers", "main_cover_id" };

  set_main_cover (record);
  json_object_set_boolean_member (object, "success", TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    json_object_set_member (object, names[i],
                            gum_sandbox_copy_node (json_object_get_member (record, names[i])));
  gum_sandbox_call_take_json (call, 200, object);
}

static const char *
check_cover (Source *source)
{
  static const char *const pictures[] = { "png", "jpg", "gif", NULL };

  if (source->page || source->film)
    return NULL;
  if (source->blob != NULL && source->blob->fd < 0)
    return "Could not analyze cover. Please try again.";
  if (source->extension == NULL)
    return source->blob != NULL ? "Cover must be an image (JPEG, PNG, GIF) or a video."
                                : "Could not process your cover, please try again.";
  if (!g_strv_contains (pictures, source->extension))
    return "Cover must be an image (JPEG, PNG, GIF) or a video.";
  if (source->size > MAX_COVER_SIZE)
    return "Could not process your cover, please upload an image with size smaller than 50 MB.";

  return NULL;
}

static void
add_cover_cb (GumSandboxCall *call)
{
  JsonObject *record = gum_sandbox_call_edit (call);
  JsonArray *covers = record != NULL ? gum_sandbox_get_array (record, "covers") : NULL;
  g_auto (Source) source = { 0 };
  const char *refusal;

  if (record == NULL || !call_source (call, "cover", &source))
    return;

  refusal = check_cover (&source);
  if (refusal == NULL && gum_sandbox_length (covers) >= MAX_COVERS)
    refusal = "Sorry, we have a limit of 8 previews. Please delete an existing one before adding "
              "another.";
  if (refusal != NULL)
    {
      gum_sandbox_call_failure (call, "%s", refusal);
      return;
    }

  if (source.blob != NULL)
    source.blob->used = TRUE;
  json_array_add_object_element (covers, make_cover (call->state, &source));
  answer_covers (call, record);
}

static void
delete_cover_cb (GumSandboxCall *call)
{
  JsonObject *record = gum_sandbox_call_edit (call);
  JsonArray *covers = record != NULL ? gum_sandbox_get_array (record, "covers") : NULL;
  JsonObject *cover;

  if (record == NULL)
    return;

  cover = gum_sandbox_find_in (covers, "id", call->args[1], FALSE);
  if (cover == NULL)
    {
      gum_sandbox_call_failure (call, "The cover was not found.");
      return;
    }

  gum_sandbox_remove_from (covers, cover);
  answer_covers (call, record);
}

/* Thumbnail */

static const char *
check_thumbnail (Source *source)
{
  static const char *const pictures[] = { "png", "jpg", "gif", NULL };
  static const char again[] = "Could not process your thumbnail, please try again.";

  if (source->film || source->page || source->extension == NULL ||
      !g_strv_contains (pictures, source->extension))
    return again;
  if (source->size > MAX_THUMBNAIL_SIZE)
    return "Could not process your thumbnail, please upload an image with size smaller than 5 MB.";
  if (source->width != source->height)
    return "Please upload a square thumbnail.";
  if (source->width > 0 && source->width < MIN_THUMBNAIL_SIDE)
    return again;

  return NULL;
}

static void
set_thumbnail_cb (GumSandboxCall *call)
{
  JsonObject *record = gum_sandbox_call_edit (call);
  g_auto (Source) source = { 0 };
  g_autofree char *guid = NULL;
  const char *refusal;
  JsonObject *thumbnail;

  if (record == NULL || !call_source (call, "thumbnail", &source))
    return;

  refusal = check_thumbnail (&source);
  if (refusal != NULL)
    {
      gum_sandbox_call_failure (call, "%s", refusal);
      return;
    }

  if (source.blob != NULL)
    source.blob->used = TRUE;
  json_object_set_string_member (record, "thumbnail_url", source.url);
  guid = gum_sandbox_guid (g_str_hash (source.url), call->state->serial++);
  thumbnail = json_object_new ();
  json_object_set_string_member (thumbnail, "url", source.url);
  json_object_set_string_member (thumbnail, "guid", guid);
  gum_sandbox_call_object (call, "thumbnail", thumbnail);
}

static void
delete_thumbnail_cb (GumSandboxCall *call)
{
  JsonObject *record = gum_sandbox_call_edit (call);

  if (record == NULL)
    return;
  if (gum_sandbox_is_blank (record, "thumbnail_url"))
    {
      gum_sandbox_call_failure (call, "The thumbnail was not found.");
      return;
    }

  json_object_set_null_member (record, "thumbnail_url");
  gum_sandbox_call_success (call, "thumbnail", json_node_init_null (json_node_alloc ()));
}

/* The library */

static void
list_media_cb (GumSandboxCall *call)
{
  JsonArray *media = call->state->storage->media;
  JsonArray *newest_first = json_array_new ();

  if (!gum_sandbox_call_require (call, GUM_SANDBOX_SCOPE_VIEW_PROFILE))
    {
      json_array_unref (newest_first);
      return;
    }

  for (guint i = gum_sandbox_length (media); i-- > 0;)
    json_array_add_object_element (newest_first,
                                   json_object_ref (gum_sandbox_object_at (media, i)));
  gum_sandbox_call_array (call, "media", newest_first);
}

static const char *
check_media (GumSandboxState *state,
             Source          *source)
{
  if (source->blob != NULL && (source->blob->used || !source->blob->for_media))
    return UNKNOWN_BLOB;
  if (source->film || source->page || source->extension == NULL ||
      g_str_equal (source->extension, "svg"))
    return "The file must be an image other than SVG.";
  if (source->size > MAX_MEDIA_SIZE)
    return "The file must be smaller than 10 MB.";
  if (gum_sandbox_length (state->storage->media) >= MAX_MEDIA)
    return "You can have at most 500 files.";

  return NULL;
}

static void
add_media_cb (GumSandboxCall *call)
{
  GumSandboxState *state = call->state;
  g_auto (Source) source = { 0 };
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *time = g_date_time_format (now, "%Y-%m-%dT%H:%M:%SZ");
  g_autofree char *name = gum_sandbox_dup_string (call->params, "name");
  g_autofree char *extension = NULL;
  g_autofree char *guid = NULL;
  const char *refusal;
  JsonObject *status;
  JsonObject *media;

  if (!gum_sandbox_call_require (call, GUM_SANDBOX_SCOPE_EDIT_PROFILE) ||
      !call_source (call, "file", &source))
    return;

  refusal = check_media (state, &source);
  if (refusal != NULL)
    {
      gum_sandbox_call_failure (call, "%s", refusal);
      return;
    }

  if (source.blob != NULL)
    source.blob->used = TRUE;
  if (name == NULL || name[0] == '\0')
    {
      g_free (name);
      name = source.blob != NULL ? g_strdup (source.blob->filename)
                                 : g_path_get_basename (source.url);
    }
  guid = gum_sandbox_guid (state->serial++, 0x3ed1a);
  extension = g_ascii_strup (source.extension, -1);
  guid[16] = '\0';
  status = json_object_new ();
  media = json_object_new ();
  json_object_set_string_member (status, "type", "saved");
  json_object_set_string_member (media, "id", guid);
  json_object_set_string_member (media, "name", name);
  json_object_set_string_member (media, "extension", extension);
  if (source.size > 0)
    json_object_set_int_member (media, "file_size", source.size);
  else
    json_object_set_null_member (media, "file_size");
  json_object_set_string_member (media, "url", source.url);
  json_object_set_object_member (media, "status", status);
  json_object_set_string_member (media, "file_group", "image");
  json_object_set_string_member (media, "created_at", time);
  json_array_add_object_element (state->storage->media, json_object_ref (media));
  gum_sandbox_call_object (call, "media", media);
}

static void
delete_media_cb (GumSandboxCall *call)
{
  JsonArray *list = call->state->storage->media;
  JsonObject *media;

  if (!gum_sandbox_call_require (call, GUM_SANDBOX_SCOPE_EDIT_PROFILE))
    return;

  media = gum_sandbox_find_in (list, "id", call->args[0], FALSE);
  if (media == NULL)
    {
      gum_sandbox_call_failure (call, "The media was not found.");
      return;
    }

  gum_sandbox_remove_from (list, media);
  gum_sandbox_call_message (call, "The file was deleted.");
}

#define WRITE GUM_SANDBOX_SCOPES_WRITE
#define ANY GUM_SANDBOX_SCOPES_ANY

const GumSandboxRoute gum_sandbox_image_routes[] = {
  { "POST", "/v2/products/:id/covers", WRITE, add_cover_cb },
  { "DELETE", "/v2/products/:id/covers/:cover", WRITE, delete_cover_cb },
  { "POST", "/v2/products/:id/thumbnail", WRITE, set_thumbnail_cb },
  { "DELETE", "/v2/products/:id/thumbnail", WRITE, delete_thumbnail_cb },
  { "GET", "/v2/media", ANY, list_media_cb },
  { "POST", "/v2/media", ANY, add_media_cb },
  { "DELETE", "/v2/media/:id", ANY, delete_media_cb },
  { NULL },
};

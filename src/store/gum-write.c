/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Something that is to be changed at Gumroad: what is sent, what was there before, and how it ended.
 * It is in the journal before anything of it is on the wire, so that whatever happens then, the next
 * start knows that it may have been carried out. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-write.h"

#include "gum-error.h"
#include "gum-json.h"
#include "gum-product-keys.h"
#include "gum-util.h"
#include "gum-write-private.h"

#include <string.h>

struct _GumWrite
{
  GObject      parent_instance;

  /* owned */
  GumWriteRow  row;          /* without body and before, which stand below */
  JsonObject  *body;         /* NULL: there is none */
  JsonObject  *before;       /* NULL: not known */
  JsonObject  *answer;       /* until the program ends */
};

enum {
  PROP_0,
  PROP_STATE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (GumWrite, gum_write, G_TYPE_OBJECT)

static void
gum_write_get_property (GObject    *object,
                        guint       prop_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  GumWrite *self = GUM_WRITE (object);

  switch (prop_id)
    {
    case PROP_STATE:
      g_value_set_uint (value, self->row.state);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
gum_write_finalize (GObject *object)
{
  GumWrite *self = GUM_WRITE (object);

  _gum_write_row_clear (&self->row);
  g_clear_pointer (&self->body, json_object_unref);
  g_clear_pointer (&self->before, json_object_unref);
  g_clear_pointer (&self->answer, json_object_unref);

  G_OBJECT_CLASS (gum_write_parent_class)->finalize (object);
}

static void
gum_write_class_init (GumWriteClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = gum_write_get_property;
  object_class->finalize = gum_write_finalize;

  /**
   * GumWrite:state:
   *
   * A #GumWriteState.
   */
  properties[PROP_STATE] =
    g_param_spec_uint ("state", NULL, NULL, 0, G_MAXUINT, GUM_WRITE_WAITING,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
gum_write_init (GumWrite *self)
{
  self->row.code = -1;
}

/* --- rows ------------------------------------------------------------------------------------- */

void
_gum_write_row_clear (GumWriteRow *row)
{
  g_free (row->kind);
  g_free (row->method);
  g_free (row->path);
  g_free (row->product_id);
  g_free (row->label);
  g_free (row->body);
  g_free (row->before);
  g_free (row->message);
  g_free (row->warning);
}

void
_gum_write_row_free (GumWriteRow *row)
{
  _gum_write_row_clear (row);
  g_free (row);
}

/* What lets its bearer use an upload is not written down: it is of no use after a restart. */
static char *
to_plain_text (JsonObject *body)
{
  static const char secret[] = "signed_blob_id";
  g_autoptr(JsonObject) plain = NULL;
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (body == NULL || !json_object_has_member (body, secret))
    return gum_json_to_text (body);

  plain = json_object_new ();
  json_object_iter_init_ordered (&iter, body);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      if (strcmp (name, secret) != 0)
        json_object_set_member (plain, name, json_node_copy (node));
    }

  return gum_json_to_text (plain);
}

GumWriteRow *
_gum_write_dup_row (GumWrite *self)
{
  GumWriteRow *row = g_memdup2 (&self->row, sizeof self->row);

  row->kind = g_strdup (row->kind);
  row->method = g_strdup (row->method);
  row->path = g_strdup (row->path);
  row->product_id = g_strdup (row->product_id);
  row->label = g_strdup (row->label);
  row->body = to_plain_text (self->body);
  row->before = gum_json_to_text (self->before);
  row->message = g_strdup (row->message);
  row->warning = g_strdup (row->warning);

  return row;
}

/* Takes what is in @row. */
GumWrite *
_gum_write_new_from_row (GumWriteRow *row)
{
  GumWrite *self = g_object_new (GUM_TYPE_WRITE, NULL);

  self->row = *row;
  memset (row, 0, sizeof *row);
  self->body = gum_json_from_text (self->row.body, -1);
  self->before = gum_json_from_text (self->row.before, -1);
  g_clear_pointer (&self->row.body, g_free);
  g_clear_pointer (&self->row.before, g_free);

  return self;
}

const char *
_gum_write_get_path (GumWrite *self)
{
  return self->row.path;
}

gboolean
_gum_write_is_kind (GumWrite   *self,
                    const char *kind)
{
  return strcmp (self->row.kind, kind) == 0;
}

/* --- for the journal -------------------------------------------------------------------------- */

static void
set_state (GumWrite      *self,
           GumWriteState  state)
{
  if (self->row.state == state)
    return;

  self->row.state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static gint64
get_now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

void
_gum_write_set_place (GumWrite *self,
                      gint64    row,
                      gint64    batch)
{
  self->row.row = row;
  self->row.batch = batch;
}

/* Again: it was not carried out, for a reason that has nothing to do with it. */
void
_gum_write_set_waiting (GumWrite *self)
{
  self->row.ended = 0;
  self->row.code = -1;
  self->row.status = 0;
  g_clear_pointer (&self->row.message, g_free);
  set_state (self, GUM_WRITE_WAITING);
}

void
_gum_write_set_sending (GumWrite *self)
{
  self->row.sent = get_now ();
  self->row.ended = 0;
  self->row.code = -1;
  self->row.status = 0;
  g_clear_pointer (&self->row.message, g_free);
  set_state (self, GUM_WRITE_SENDING);
}

void
_gum_write_set_ended (GumWrite      *self,
                      GumWriteState  state,
                      const GError  *error)
{
  self->row.ended = get_now ();
  self->row.code = error != NULL && error->domain == GUM_ERROR ? error->code : -1;
  self->row.status = gum_error_get_status (error);
  gum_set_str (&self->row.message, gum_error_get_server_message (error));
  set_state (self, state);
}

void
_gum_write_set_answer (GumWrite   *self,
                       JsonObject *answer)
{
  g_clear_pointer (&self->answer, json_object_unref);
  self->answer = json_object_ref (answer);
  gum_set_str (&self->row.warning, gum_json_get_string (answer, "warning"));
}

/* Of what was just created. */
void
_gum_write_set_product (GumWrite   *self,
                        const char *product_id)
{
  gum_set_str (&self->row.product_id, product_id);
}

/* The product after which the new one comes. */
void
_gum_write_set_newest (GumWrite   *self,
                       const char *product_id)
{
  if (self->before == NULL)
    self->before = json_object_new ();
  json_object_set_string_member (self->before, GUM_WRITE_NEWEST, product_id);
}

/* Takes from @record what the body replaces and nobody knew when it was made. Returns whether there was
 * something. */
gboolean
_gum_write_fill_before (GumWrite   *self,
                        JsonObject *record)
{
  g_autoptr(GList) members = self->body != NULL ? json_object_get_members (self->body) : NULL;
  gboolean filled = FALSE;

  for (GList *l = members; l != NULL; l = l->next)
    {
      JsonNode *value;

      if (self->before != NULL && json_object_has_member (self->before, l->data))
        continue;
      value = gum_product_keys_read (l->data, record);
      if (value == NULL)
        continue;
      if (self->before == NULL)
        self->before = json_object_new ();
      json_object_set_member (self->before, l->data, value);
      filled = TRUE;
    }

  return filled;
}

/* --- public ----------------------------------------------------------------------------------- */

/**
 * gum_write_new:
 * @kind: what it is, for whoever reads the journal: one of the table in gum-write-kinds.c
 * @method: `POST`, `PUT` or `DELETE`
 * @path: relative to the API's base, as gum_request_path() makes it; no secret may be in it
 * @product_id: (nullable): the product that is changed by it
 * @label: (nullable): what a person calls the thing that is changed
 * @body: (nullable): what is sent; nobody may change it any more
 * @before: (nullable): what @body replaces, key for key
 *
 * Returns: (transfer full): a write that waits
 */
GumWrite *
gum_write_new (const char *kind,
               const char *method,
               const char *path,
               const char *product_id,
               const char *label,
               JsonObject *body,
               JsonObject *before)
{
  GumWrite *self;

  g_return_val_if_fail (kind != NULL && method != NULL && path != NULL, NULL);
  g_return_val_if_fail (strcmp (method, "GET") != 0, NULL);
  /* It would be sent all the same, but nobody could say what it was. */
  g_warn_if_fail (gum_write_kinds_has (kind));

  self = g_object_new (GUM_TYPE_WRITE, NULL);
  self->row.kind = g_strdup (kind);
  self->row.method = g_strdup (method);
  self->row.path = g_strdup (path);
  self->row.product_id = g_strdup (product_id);
  self->row.label = g_strdup (label);
  self->body = body != NULL ? json_object_ref (body) : NULL;
  self->before = before != NULL ? json_object_ref (before) : NULL;

  return self;
}

/**
 * gum_write_get_kind:
 * @self: a write
 *
 * Returns: (transfer none): what it is, `GUM_WRITE_KIND_UPDATE` …
 */
const char *
gum_write_get_kind (GumWrite *self)
{
  g_return_val_if_fail (GUM_IS_WRITE (self), NULL);

  return self->row.kind;
}

/**
 * gum_write_get_product_id:
 * @self: a write
 *
 * Returns: (transfer none) (nullable): the product it changes; that of a new one once it is there
 */
const char *
gum_write_get_product_id (GumWrite *self)
{
  g_return_val_if_fail (GUM_IS_WRITE (self), NULL);

  return self->row.product_id;
}

/**
 * gum_write_get_label:
 * @self: a write
 *
 * Returns: (transfer none) (nullable): what a person calls the thing that is changed
 */
const char *
gum_write_get_label (GumWrite *self)
{
  g_return_val_if_fail (GUM_IS_WRITE (self), NULL);

  return self->row.label;
}

/**
 * gum_write_get_state:
 * @self: a write
 *
 * Returns: how far it is
 */
GumWriteState
gum_write_get_state (GumWrite *self)
{
  g_return_val_if_fail (GUM_IS_WRITE (self), GUM_WRITE_FAILED);

  return self->row.state;
}

/**
 * gum_write_get_row:
 * @self: a write
 *
 * Returns: its number in the journal; 0: it is not there yet
 */
gint64
gum_write_get_row (GumWrite *self)
{
  g_return_val_if_fail (GUM_IS_WRITE (self), 0);

  return self->row.row;
}

/**
 * gum_write_get_batch:
 * @self: a write
 *
 * Returns: the number of the batch it belongs to; 0: it is not in the journal yet
 */
gint64
gum_write_get_batch (GumWrite *self)
{
  g_return_val_if_fail (GUM_IS_WRITE (self), 0);

  return self->row.batch;
}

/**
 * gum_write_get_body:
 * @self: a write
 *
 * Returns: (transfer none) (nullable): what is sent; not to be changed
 */
JsonObject *
gum_write_get_body (GumWrite *self)
{
  g_return_val_if_fail (GUM_IS_WRITE (self), NULL);

  return self->body;
}

/**
 * gum_write_get_before:
 * @self: a write
 *
 * Returns: (transfer none) (nullable): what the body replaces, as far as it is known
 */
JsonObject *
gum_write_get_before (GumWrite *self)
{
  g_return_val_if_fail (GUM_IS_WRITE (self), NULL);

  return self->before;
}

/**
 * gum_write_get_answer:
 * @self: a write
 *
 * Returns: (transfer none) (nullable): the root of Gumroad's answer, as long as the program runs
 */
JsonObject *
gum_write_get_answer (GumWrite *self)
{
  g_return_val_if_fail (GUM_IS_WRITE (self), NULL);

  return self->answer;
}

/**
 * gum_write_get_warning:
 * @self: a write
 *
 * Returns: (transfer none) (nullable): a sentence of Gumroad's that came with its success
 */
const char *
gum_write_get_warning (GumWrite *self)
{
  g_return_val_if_fail (GUM_IS_WRITE (self), NULL);

  return self->row.warning;
}

/**
 * gum_write_dup_error:
 * @self: a write
 *
 * Returns: (transfer full) (nullable): why it failed or is unclear, as far as the journal keeps it
 */
GError *
gum_write_dup_error (GumWrite *self)
{
  g_return_val_if_fail (GUM_IS_WRITE (self), NULL);

  switch (self->row.state)
    {
    case GUM_WRITE_UNCLEAR:
      return gum_error_new_http (GUM_ERROR_UNCLEAR, self->row.status, self->row.message,
                                 "The outcome is unknown");
    case GUM_WRITE_FAILED:
      if (self->row.code >= 0)
        return gum_error_new_http (self->row.code, self->row.status, self->row.message,
                                   "The write failed");
      return g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED, "It was not sent");
    case GUM_WRITE_WAITING:
    case GUM_WRITE_SENDING:
    case GUM_WRITE_DONE:
    case GUM_WRITE_CONFLICT:
    case GUM_WRITE_DROPPED:
    default:
      return NULL;
    }
}

/**
 * gum_write_dup_request:
 * @self: a write
 *
 * Returns: (transfer full): what is sent
 */
GumRequest *
gum_write_dup_request (GumWrite *self)
{
  GumRequest *request;

  g_return_val_if_fail (GUM_IS_WRITE (self), NULL);

  request = gum_request_new (self->row.method, self->row.path);
  if (self->body != NULL)
    {
      g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), self->body);

      gum_request_set_json (request, node);
    }

  return request;
}

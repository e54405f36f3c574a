/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A file on its way to the buyers of a product.
 *
 *   file ─▶ GumUpload ─▶ address ─▶ gum_store_change_file_async() ─▶ the product has it
 *
 * The address is in the ledger as soon as it is known, and stays there: Gumroad never tells it again, and
 * without it a file cannot be renamed. What fails before it is uploaded anew; what fails after it is only
 * attached anew. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-delivery.h"

#include "gum-delivery-private.h"
#include "gum-error.h"
#include "gum-store-private.h"
#include "gum-util.h"

struct _GumDelivery
{
  GObject         parent_instance;

  /* owned */
  GumDeliveryRow *row;
  GFile          *file;
  GumUpload      *upload;        /* NULL: none is under way */
  GCancellable   *cancellable;
  GError         *error;
  gboolean        may_add;       /* beside the others, where there is nothing to replace any more */

  /* weak */
  GumDeliveries  *deliveries;
};

enum {
  PROP_0,
  PROP_STATE,
  PROP_UPLOAD,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (GumDelivery, gum_delivery, G_TYPE_OBJECT)

GumDeliveryRow *
_gum_delivery_row_copy (const GumDeliveryRow *row)
{
  GumDeliveryRow *copy = g_memdup2 (row, sizeof *row);

  copy->product_id = g_strdup (row->product_id);
  copy->label = g_strdup (row->label);
  copy->path = g_strdup (row->path);
  copy->replaces = g_strdup (row->replaces);
  copy->name = g_strdup (row->name);
  copy->url = g_strdup (row->url);
  copy->file_id = g_strdup (row->file_id);
  copy->version = g_strdup (row->version);
  copy->description = g_strdup (row->description);

  return copy;
}

void
_gum_delivery_row_free (GumDeliveryRow *row)
{
  g_free (row->product_id);
  g_free (row->label);
  g_free (row->path);
  g_free (row->replaces);
  g_free (row->name);
  g_free (row->url);
  g_free (row->file_id);
  g_free (row->version);
  g_free (row->description);
  g_free (row);
}

/* --- GObject ---------------------------------------------------------------------------------- */

static void
gum_delivery_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  GumDelivery *self = GUM_DELIVERY (object);

  switch (prop_id)
    {
    case PROP_STATE:
      g_value_set_uint (value, self->row->state);
      break;
    case PROP_UPLOAD:
      g_value_set_object (value, self->upload);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
gum_delivery_finalize (GObject *object)
{
  GumDelivery *self = GUM_DELIVERY (object);

  g_clear_weak_pointer (&self->deliveries);
  g_clear_object (&self->upload);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->file);
  g_clear_error (&self->error);
  _gum_delivery_row_free (self->row);

  G_OBJECT_CLASS (gum_delivery_parent_class)->finalize (object);
}

static void
gum_delivery_class_init (GumDeliveryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = gum_delivery_get_property;
  object_class->finalize = gum_delivery_finalize;

  /**
   * GumDelivery:state:
   *
   * A #GumDeliveryState.
   */
  properties[PROP_STATE] = g_param_spec_uint ("state", NULL, NULL, 0, G_MAXUINT, 0, flags);
  /**
   * GumDelivery:upload:
   *
   * The upload under way, for its progress.
   */
  properties[PROP_UPLOAD] = g_param_spec_object ("upload", NULL, NULL, GUM_TYPE_UPLOAD, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
gum_delivery_init (GumDelivery *self)
{
}

/* Takes @row. */
GumDelivery *
_gum_delivery_new (GumDeliveries  *deliveries,
                   GumDeliveryRow *row)
{
  GumDelivery *self = g_object_new (GUM_TYPE_DELIVERY, NULL);

  g_set_weak_pointer (&self->deliveries, deliveries);
  self->row = row;
  self->file = g_file_new_for_path (row->path);
  /* The program ended before it did. An attachment may have been made. */
  if (row->row != 0 && row->state == GUM_DELIVERY_UPLOADING)
    {
      row->state = GUM_DELIVERY_FAILED;
      self->error = g_error_new_literal (GUM_ERROR, GUM_ERROR_UPLOAD_CUT_SHORT,
                                         "The program ended while the file was sent");
    }
  else if (row->row != 0 && row->state == GUM_DELIVERY_ATTACHING)
    {
      row->state = GUM_DELIVERY_UNCLEAR;
      self->error = g_error_new_literal (GUM_ERROR, GUM_ERROR_UNCLEAR,
                                         "The program ended while the file was attached");
    }

  return self;
}

GumDeliveryRow *
_gum_delivery_get_row (GumDelivery *self)
{
  return self->row;
}

/* --- on its way ------------------------------------------------------------------------------- */

/* Takes @error. */
static void
set_state (GumDelivery      *self,
           GumDeliveryState  state,
           GError           *error)
{
  g_autoptr(GumDelivery) alive = g_object_ref (self);

  g_clear_error (&self->error);
  self->error = error;
  self->row->state = state;
  self->row->ended = gum_delivery_is_over (self) ? g_get_real_time () / G_USEC_PER_SEC : 0;
  if (self->deliveries != NULL)
    _gum_deliveries_note (self->deliveries, self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void
set_upload (GumDelivery *self,
            GumUpload   *upload)
{
  if (!g_set_object (&self->upload, upload))
    return;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_UPLOAD]);
}

static GumStore *
get_store (GumDelivery *self)
{
  return self->deliveries != NULL ? _gum_deliveries_get_store (self->deliveries) : NULL;
}

static void attach (GumDelivery *self);

/* What the file was to replace is not there any more. FALSE: and nothing else can be done. */
static gboolean
find_place (GumDelivery *self)
{
  char *heir = self->deliveries != NULL ? _gum_deliveries_dup_heir (self->deliveries, self->row) : NULL;

  if (self->row->replaces == NULL || (heir == NULL && !self->may_add))
    return FALSE;
  g_free (self->row->replaces);
  self->row->replaces = heir;
  /* Nobody has said which versions' buyers are to get one that is new. */
  if (heir == NULL)
    gum_set_str (&self->row->version, GUM_FILE_NO_VERSION);

  return TRUE;
}

static void
attached_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GumDelivery) self = user_data;
  GError *error = NULL;
  gboolean delivered;
  char *id = gum_store_change_file_finish (GUM_STORE (source), result, &delivered, &error);

  if (id != NULL)
    {
      g_free (self->row->file_id);
      self->row->file_id = id;
      self->row->delivered = delivered;
      set_state (self, GUM_DELIVERY_DONE, NULL);
    }
  else if (g_error_matches (error, GUM_ERROR, GUM_ERROR_FILE_DETACHED))
    {
      g_error_free (error);
      if (find_place (self))
        attach (self);
      else
        set_state (self, GUM_DELIVERY_FAILED,
                   g_error_new_literal (GUM_ERROR, GUM_ERROR_UPLOAD_DISPLACED,
                                        "The file that was to be replaced is not there any more"));
    }
  else if (g_error_matches (error, GUM_ERROR, GUM_ERROR_UNCLEAR))
    set_state (self, GUM_DELIVERY_UNCLEAR, error);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    set_state (self, GUM_DELIVERY_CANCELLED, error);
  else
    set_state (self, GUM_DELIVERY_FAILED, error);
}

static void
attach (GumDelivery *self)
{
  GumStore *store = get_store (self);
  g_autoptr(GumFileChange) change = NULL;

  if (store == NULL)
    return;

  /* Nobody else knows what stood below the name of the one before. */
  if (self->row->replaces != NULL && self->row->description == NULL)
    self->row->description = gum_deliveries_dup_description (self->deliveries, self->row->product_id,
                                                             self->row->replaces);
  change = gum_file_change_new (self->row->replaces != NULL ? GUM_FILE_REPLACE : GUM_FILE_ADD,
                                self->row->replaces, self->row->url, self->row->name,
                                self->row->description);
  gum_file_change_set_version (change, self->row->version);
  set_state (self, GUM_DELIVERY_ATTACHING, NULL);
  gum_store_change_file_async (store, self->row->product_id, change, self->cancellable, attached_cb,
                               g_object_ref (self));
}

static void
upload_state_cb (GumUpload   *upload,
                 GParamSpec  *pspec,
                 GumDelivery *self)
{
  g_autoptr(GumDelivery) alive = g_object_ref (self);
  GumUploadState state = gum_upload_get_state (upload);
  const GError *error = gum_upload_get_error (upload);

  if (!gum_upload_is_final (upload) || upload != self->upload)
    return;

  g_signal_handlers_disconnect_by_data (upload, self);
  if (state == GUM_UPLOAD_DONE)
    {
      gum_set_str (&self->row->url, gum_upload_get_file_url (upload));
      attach (self);
    }
  else if (state == GUM_UPLOAD_CANCELLED)
    set_state (self, GUM_DELIVERY_CANCELLED, NULL);
  else
    set_state (self, state == GUM_UPLOAD_UNCLEAR ? GUM_DELIVERY_UNCLEAR : GUM_DELIVERY_FAILED,
               error != NULL ? g_error_copy (error) : NULL);
  set_upload (self, NULL);
}

static void
upload (GumDelivery *self)
{
  GumStore *store = get_store (self);
  GumClient *client = store != NULL ? _gum_store_get_client (store) : NULL;
  g_autoptr(GumUpload) started = NULL;

  if (client == NULL)
    {
      set_state (self, GUM_DELIVERY_FAILED,
                 g_error_new_literal (GUM_ERROR, GUM_ERROR_NOT_SIGNED_IN, "There is no connection"));
      return;
    }

  started = gum_upload_new (client, self->file);
  set_upload (self, started);
  set_state (self, GUM_DELIVERY_UPLOADING, NULL);
  g_signal_connect_object (started, "notify::state", G_CALLBACK (upload_state_cb), self, 0);
  gum_upload_queue_add (_gum_deliveries_get_queue (self->deliveries), started);
}

void
_gum_delivery_start (GumDelivery *self)
{
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  if (self->row->url != NULL)
    attach (self);
  else
    upload (self);
}

/* --- public ----------------------------------------------------------------------------------- */

/**
 * gum_delivery_get_product_id:
 * @self: a delivery
 *
 * Returns: (transfer none): the product that gets the file
 */
const char *
gum_delivery_get_product_id (GumDelivery *self)
{
  g_return_val_if_fail (GUM_IS_DELIVERY (self), NULL);

  return self->row->product_id;
}

/**
 * gum_delivery_get_label:
 * @self: a delivery
 *
 * Returns: (transfer none) (nullable): the product's name
 */
const char *
gum_delivery_get_label (GumDelivery *self)
{
  g_return_val_if_fail (GUM_IS_DELIVERY (self), NULL);

  return self->row->label;
}

/**
 * gum_delivery_get_file:
 * @self: a delivery
 *
 * Returns: (transfer none): the file on this computer
 */
GFile *
gum_delivery_get_file (GumDelivery *self)
{
  g_return_val_if_fail (GUM_IS_DELIVERY (self), NULL);

  return self->file;
}

/**
 * gum_delivery_get_state:
 * @self: a delivery
 *
 * Returns: how far it is
 */
GumDeliveryState
gum_delivery_get_state (GumDelivery *self)
{
  g_return_val_if_fail (GUM_IS_DELIVERY (self), GUM_DELIVERY_FAILED);

  return self->row->state;
}

/**
 * gum_delivery_is_over:
 * @self: a delivery
 *
 * Returns: whether nothing of it is under way
 */
gboolean
gum_delivery_is_over (GumDelivery *self)
{
  g_return_val_if_fail (GUM_IS_DELIVERY (self), TRUE);

  return self->row->state != GUM_DELIVERY_UPLOADING && self->row->state != GUM_DELIVERY_ATTACHING;
}

/**
 * gum_delivery_is_uploaded:
 * @self: a delivery
 *
 * Returns: whether Gumroad has all of the file, so that it would not be sent anew
 */
gboolean
gum_delivery_is_uploaded (GumDelivery *self)
{
  g_return_val_if_fail (GUM_IS_DELIVERY (self), FALSE);

  return self->row->url != NULL;
}

/**
 * gum_delivery_get_upload:
 * @self: a delivery
 *
 * Returns: (transfer none) (nullable): the upload under way
 */
GumUpload *
gum_delivery_get_upload (GumDelivery *self)
{
  g_return_val_if_fail (GUM_IS_DELIVERY (self), NULL);

  return self->upload;
}

/**
 * gum_delivery_is_delivered:
 * @self: a delivery that is done
 *
 * Returns: whether the file stands on a page, so that buyers get it
 */
gboolean
gum_delivery_is_delivered (GumDelivery *self)
{
  g_return_val_if_fail (GUM_IS_DELIVERY (self), FALSE);

  return self->row->delivered;
}

/**
 * gum_delivery_get_error:
 * @self: a delivery
 *
 * Returns: (transfer none) (nullable): why it failed or is unclear; not known any more after a restart
 */
const GError *
gum_delivery_get_error (GumDelivery *self)
{
  g_return_val_if_fail (GUM_IS_DELIVERY (self), NULL);

  return self->error;
}

/**
 * gum_delivery_get_created:
 * @self: a delivery
 *
 * Returns: when it was asked for, in seconds, UTC
 */
gint64
gum_delivery_get_created (GumDelivery *self)
{
  g_return_val_if_fail (GUM_IS_DELIVERY (self), 0);

  return self->row->created;
}

/**
 * gum_delivery_get_ended:
 * @self: a delivery
 *
 * Returns: when it was over, in seconds, UTC; 0: it is not
 */
gint64
gum_delivery_get_ended (GumDelivery *self)
{
  g_return_val_if_fail (GUM_IS_DELIVERY (self), 0);

  return self->row->ended;
}

/**
 * gum_delivery_cancel:
 * @self: a delivery
 *
 * Ends it, and has Gumroad throw away what was sent. A change of the product that is on the wire is waited
 * for.
 */
void
gum_delivery_cancel (GumDelivery *self)
{
  g_return_if_fail (GUM_IS_DELIVERY (self));

  if (self->upload != NULL)
    gum_upload_cancel (self->upload);
  else if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

/**
 * gum_delivery_retry:
 * @self: a delivery that is over and not done
 *
 * Begins again: with the upload, or, when Gumroad has the file already, with attaching it. Both can be done
 * twice without harm. Where the file that it replaces is not there any more, it is added beside the others.
 */
void
gum_delivery_retry (GumDelivery *self)
{
  g_return_if_fail (GUM_IS_DELIVERY (self));
  g_return_if_fail (gum_delivery_is_over (self) && self->row->state != GUM_DELIVERY_DONE);

  self->may_add = TRUE;
  _gum_delivery_start (self);
}

/**
 * gum_delivery_discard:
 * @self: a delivery that is over
 *
 * Takes it off the list for good: what is not in a product then has to be uploaded anew. Not while the ledger
 * cannot be written.
 */
void
gum_delivery_discard (GumDelivery *self)
{
  g_return_if_fail (GUM_IS_DELIVERY (self));
  g_return_if_fail (gum_delivery_is_over (self));

  if (self->deliveries != NULL)
    _gum_deliveries_forget (self->deliveries, self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A row of a short list as it is in the ledger: what Gumroad sent, and the product that it belongs to. It
 * never changes; a row that does is another object. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-record.h"

#include "gum-record-private.h"

struct _GumRecord
{
  GObject      parent_instance;

  /* owned */
  char        *id;
  char        *parent;          /* NULL: it belongs to the shop */
  char        *product_name;
  char        *currency;
  GBytes      *text;
  GumResource *resource;
};

G_DEFINE_FINAL_TYPE (GumRecord, gum_record, G_TYPE_OBJECT)

static void
gum_record_finalize (GObject *object)
{
  GumRecord *self = GUM_RECORD (object);

  g_free (self->id);
  g_free (self->parent);
  g_free (self->product_name);
  g_free (self->currency);
  g_bytes_unref (self->text);
  g_clear_object (&self->resource);

  G_OBJECT_CLASS (gum_record_parent_class)->finalize (object);
}

static void
gum_record_class_init (GumRecordClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gum_record_finalize;
}

static void
gum_record_init (GumRecord *self)
{
}

GumRecord *
_gum_record_new (GType       type,
                 const char *id,
                 const char *parent,
                 const char *product_name,
                 const char *currency,
                 GBytes     *text)
{
  GumResource *resource = gum_resource_new_from_text (type, text, NULL);
  GumRecord *self;

  if (resource == NULL)
    return NULL;

  self = g_object_new (GUM_TYPE_RECORD, NULL);
  self->resource = resource;
  self->id = g_strdup (id);
  self->parent = parent != NULL && *parent != '\0' ? g_strdup (parent) : NULL;
  self->product_name = g_strdup (product_name);
  self->currency = g_strdup (currency);
  self->text = g_bytes_ref (text);

  return self;
}

gboolean
_gum_record_equal (GumRecord *a,
                   GumRecord *b)
{
  return g_str_equal (a->id, b->id) && g_strcmp0 (a->parent, b->parent) == 0 &&
         g_strcmp0 (a->product_name, b->product_name) == 0 &&
         g_strcmp0 (a->currency, b->currency) == 0 && g_bytes_equal (a->text, b->text);
}

/**
 * gum_record_get_id:
 * @self: a record
 *
 * Returns: (transfer none): Gumroad's id
 */
const char *
gum_record_get_id (GumRecord *self)
{
  g_return_val_if_fail (GUM_IS_RECORD (self), NULL);

  return self->id;
}

/**
 * gum_record_get_product_id:
 * @self: a record
 *
 * Returns: (transfer none) (nullable): the product under which Gumroad lists it; a universal code has
 *   one as well, by which it is addressed
 */
const char *
gum_record_get_product_id (GumRecord *self)
{
  g_return_val_if_fail (GUM_IS_RECORD (self), NULL);

  return self->parent;
}

/**
 * gum_record_get_product_name:
 * @self: a record
 *
 * Returns: (transfer none) (nullable): that product's name, if the ledger knows it
 */
const char *
gum_record_get_product_name (GumRecord *self)
{
  g_return_val_if_fail (GUM_IS_RECORD (self), NULL);

  return self->product_name;
}

/**
 * gum_record_get_currency:
 * @self: a record
 *
 * Returns: (transfer none) (nullable): that product's currency, which is that of the record's amounts
 */
const char *
gum_record_get_currency (GumRecord *self)
{
  g_return_val_if_fail (GUM_IS_RECORD (self), NULL);

  return self->currency;
}

/**
 * gum_record_get_resource:
 * @self: a record
 *
 * Returns: (transfer none) (type GumResource): what Gumroad sent
 */
gpointer
gum_record_get_resource (GumRecord *self)
{
  g_return_val_if_fail (GUM_IS_RECORD (self), NULL);

  return self->resource;
}

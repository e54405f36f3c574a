/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A record of Gumroad's as an object. A subclass is a struct and a table of its fields; the table
 * drives the properties, decoding, and the notification of changes.
 *
 * The reader is tolerant: a field that is not what it should be has no value, is counted, and costs
 * nothing else. The record is kept as it came, so that nothing is lost of what is not known here.
 * JSON objects that were handed in are shared and never changed. */

#define G_LOG_DOMAIN "gum-api"

#include "config.h"

#include "gum-resource.h"
#include "gum-json.h"
#include "gum-resource-private.h"

#include <string.h>

typedef struct {
  /* owned; either is enough */
  JsonObject *json;
  GBytes     *text;

  /* plain: a bit a field */
  guint64 has;
} GumResourcePrivate;

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (GumResource, gum_resource, G_TYPE_OBJECT)

static GQuark
keys_quark (void)
{
  static GQuark quark;

  if (G_UNLIKELY (quark == 0))
    quark = g_quark_from_static_string ("gum-resource-key");

  return quark;
}

static inline gpointer
get_member (GumResource    *self,
            const GumField *field)
{
  return G_STRUCT_MEMBER_P (self, field->offset);
}

static inline const char *
get_key (GumResourceClass *klass,
         guint             i)
{
  return klass->fields[i].key != NULL
         ? klass->fields[i].key
         : g_param_spec_get_qdata (klass->properties[i + 1], keys_quark ());
}

/* What is in both, @newer first. Nodes are shared. */
static JsonObject *
merge_json (JsonObject *older,
            JsonObject *newer)
{
  g_autoptr(JsonObject) merged = NULL;
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, older);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      if (json_object_has_member (newer, name))
        continue;
      if (merged == NULL)
        merged = json_object_new ();
      json_object_set_member (merged, name, json_node_copy (node));
    }

  if (merged == NULL)
    return json_object_ref (newer);

  json_object_iter_init_ordered (&iter, newer);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    json_object_set_member (merged, name, json_node_copy (node));

  return g_steal_pointer (&merged);
}

static gboolean
equal_json (JsonObject *a,
            JsonObject *b)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (json_object_get_size (a) != json_object_get_size (b))
    return FALSE;

  json_object_iter_init (&iter, a);
  while (json_object_iter_next (&iter, &name, &node))
    {
      JsonNode *other = json_object_get_member (b, name);

      if (other == NULL || (node != other && !json_node_equal (node, other)))
        return FALSE;
    }

  return TRUE;
}

/* A tree takes several times the memory of its text, and few records are ever looked at as one. */
static void
unpack (GumResource *self)
{
  GumResourcePrivate *priv = gum_resource_get_instance_private (self);
  g_autoptr(JsonNode) node = NULL;

  if (priv->json != NULL || priv->text == NULL)
    return;

  /* It was read before. */
  node = gum_json_parse_object (priv->text, NULL);
  g_assert (node != NULL);
  priv->json = json_node_dup_object (node);
}

/* @whole: @json is all there is, and what it lacks has no value. Otherwise that keeps its value. */
static void
take_json (GumResource *self,
           JsonObject  *json,
           gboolean     whole,
           GumDecoding *decoding)
{
  GumResourcePrivate *priv = gum_resource_get_instance_private (self);
  GumResourceClass *klass = GUM_RESOURCE_GET_CLASS (self);
  g_autoptr(JsonObject) former = NULL;
  gboolean fresh;

  unpack (self);
  fresh = priv->json == NULL;
  if (priv->json == json)
    return;

  g_clear_pointer (&priv->text, g_bytes_unref);
  former = g_steal_pointer (&priv->json);
  priv->json = former == NULL || whole ? json_object_ref (json) : merge_json (former, json);

  g_object_freeze_notify (G_OBJECT (self));

  for (guint i = 0; i < klass->n_fields; i++)
    {
      const GumField *field = &klass->fields[i];
      JsonNode *node = _gum_field_find_node (field, get_key (klass, i), json);
      guint64 bit = G_GUINT64_CONSTANT (1) << i;
      gboolean changed, has;

      if (node == NULL && (fresh || !whole))
        continue;

      changed = _gum_field_decode (field, get_member (self, field), node, &has, decoding);
      if (has != ((priv->has & bit) != 0))
        {
          priv->has ^= bit;
          decoding->changed = changed = TRUE;
        }
      if (changed && !fresh)
        g_object_notify_by_pspec (G_OBJECT (self), klass->properties[i + 1]);
    }

  g_object_thaw_notify (G_OBJECT (self));

  if (!decoding->changed && former != NULL)
    decoding->changed = !equal_json (former, priv->json);
}

static void
gum_resource_get_property (GObject    *object,
                           guint       property_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  GumResource *self = GUM_RESOURCE (object);
  GumResourceClass *klass = GUM_RESOURCE_GET_CLASS (self);

  if (property_id == 0 || property_id > klass->n_fields)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      return;
    }

  _gum_field_get_value (&klass->fields[property_id - 1],
                        get_member (self, &klass->fields[property_id - 1]), value);
}

static void
gum_resource_finalize (GObject *object)
{
  GumResource *self = GUM_RESOURCE (object);
  GumResourcePrivate *priv = gum_resource_get_instance_private (self);
  GumResourceClass *klass = GUM_RESOURCE_GET_CLASS (self);

  for (guint i = 0; i < klass->n_fields; i++)
    _gum_field_clear (&klass->fields[i], get_member (self, &klass->fields[i]));
  g_clear_pointer (&priv->json, json_object_unref);
  g_clear_pointer (&priv->text, g_bytes_unref);

  G_OBJECT_CLASS (gum_resource_parent_class)->finalize (object);
}

static void
gum_resource_class_init (GumResourceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = gum_resource_finalize;

  /**
   * GumResource::changed:
   *
   * A newer record said something else, at any depth and in members that no property shows. After the
   * properties have been notified; nested resources notify for themselves, and only the outermost one
   * has this.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
gum_resource_init (GumResource *self)
{
}

/**
 * gum_resource_class_install_fields:
 * @klass: the class of a subclass, within its class_init
 * @fields: (array length=n_fields): its table, which must stay where it is
 * @n_fields: at most 64
 *
 * Installs a read-only property a field.
 */
void
gum_resource_class_install_fields (GumResourceClass *klass,
                                   const GumField   *fields,
                                   guint             n_fields)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  g_return_if_fail (n_fields > 0 && n_fields <= 64);

  /* GObject empties this slot in every subclass: set in our own class_init it would not be seen. */
  object_class->get_property = gum_resource_get_property;

  klass->fields = fields;
  klass->n_fields = n_fields;
  klass->properties = g_new0 (GParamSpec *, n_fields + 1);
  for (guint i = 0; i < n_fields; i++)
    {
      GParamSpec *pspec = _gum_field_create_pspec (&fields[i]);

      klass->properties[i + 1] = pspec;
      if (fields[i].key == NULL)
        g_param_spec_set_qdata_full (pspec, keys_quark (),
                                     g_strdelimit (g_strdup (fields[i].name), "-", '_'), g_free);
    }
  g_object_class_install_properties (object_class, n_fields + 1, klass->properties);
}

/* One whole record as a new object. */
GumResource *
_gum_resource_decode (GType        type,
                      JsonObject  *json,
                      GumDecoding *decoding)
{
  GumResource *self = g_object_new (type, NULL);

  take_json (self, json, TRUE, decoding);

  return self;
}

/* One whole record into the object that stands for it. */
void
_gum_resource_replace (GumResource *self,
                       JsonObject  *json,
                       GumDecoding *decoding)
{
  take_json (self, json, TRUE, decoding);
}

/**
 * gum_resource_new_from_json:
 * @type: a subclass of #GumResource
 * @json: a record; the object keeps a reference, and nobody may change it any more
 * @n_bad_fields: (inout) (optional): increased by the number of fields, here and in nested
 *   resources, that were of a kind that they cannot be
 *
 * Decodes a record. This never fails: a bad field costs that field.
 *
 * Returns: (transfer full): the object
 */
GumResource *
gum_resource_new_from_json (GType       type,
                            JsonObject *json,
                            guint      *n_bad_fields)
{
  GumDecoding decoding = { 0 };
  GumResource *self;

  g_return_val_if_fail (g_type_is_a (type, GUM_TYPE_RESOURCE) && !G_TYPE_IS_ABSTRACT (type), NULL);
  g_return_val_if_fail (json != NULL, NULL);

  self = _gum_resource_decode (type, json, &decoding);
  if (n_bad_fields != NULL)
    *n_bad_fields += decoding.n_bad;

  return self;
}

/**
 * gum_resource_new_from_text:
 * @type: a subclass of #GumResource
 * @text: a record as a JSON object; the object keeps a reference
 * @n_bad_fields: (inout) (optional): see gum_resource_new_from_json()
 *
 * Like gum_resource_new_from_json(), for many records that are mostly shown by their fields: the
 * JSON is kept as text, and becomes a tree only when gum_resource_get_json() or
 * gum_resource_update() is called.
 *
 * Returns: (transfer full) (nullable): the object; %NULL if @text is no JSON object
 */
GumResource *
gum_resource_new_from_text (GType   type,
                            GBytes *text,
                            guint  *n_bad_fields)
{
  g_autoptr(JsonNode) node = NULL;
  GumResourcePrivate *priv;
  GumResource *self;

  g_return_val_if_fail (text != NULL, NULL);

  node = gum_json_parse_object (text, NULL);
  if (node == NULL)
    return NULL;

  self = gum_resource_new_from_json (type, json_node_get_object (node), n_bad_fields);
  priv = gum_resource_get_instance_private (self);
  g_clear_pointer (&priv->json, json_object_unref);
  priv->text = g_bytes_ref (text);

  return self;
}

/**
 * gum_resource_update:
 * @self: a resource
 * @json: a newer record of the same thing; whole or slim
 * @n_bad_fields: (inout) (optional): see gum_resource_new_from_json()
 *
 * Takes what a newer record says and notifies exactly the properties that have another value then,
 * after all of them have been set. Members that @json does not have keep their value; null takes it
 * away.
 *
 * Nested resources and lists stay the same objects. What stands in them is replaced by what @json
 * has there: items are found again by their id, or else by their place, and notify for themselves;
 * a list reports the smallest range that was added or removed, and its property is notified only
 * then.
 *
 * Returns: %TRUE if anything changed, at any depth and in members that no property shows
 */
gboolean
gum_resource_update (GumResource *self,
                     JsonObject  *json,
                     guint       *n_bad_fields)
{
  GumDecoding decoding = { 0 };

  g_return_val_if_fail (GUM_IS_RESOURCE (self), FALSE);
  g_return_val_if_fail (json != NULL, FALSE);

  take_json (self, json, FALSE, &decoding);
  if (n_bad_fields != NULL)
    *n_bad_fields += decoding.n_bad;
  if (decoding.changed)
    g_signal_emit (self, signals[CHANGED], 0);

  return decoding.changed;
}

/**
 * gum_resource_get_id:
 * @self: a resource
 *
 * Returns: (transfer none) (nullable): its opaque id (the member `id`)
 */
const char *
gum_resource_get_id (GumResource *self)
{
  GumResourceClass *klass;

  g_return_val_if_fail (GUM_IS_RESOURCE (self), NULL);

  klass = GUM_RESOURCE_GET_CLASS (self);
  for (guint i = 0; i < klass->n_fields; i++)
    if (klass->fields[i].kind == GUM_FIELD_STRING && strcmp (klass->fields[i].name, "id") == 0)
      return *(const char **) get_member (self, &klass->fields[i]);

  return NULL;
}

/**
 * gum_resource_has:
 * @self: a resource
 * @property: the name of one of its properties
 *
 * Tells "nothing" from "zero": a property of numbers or booleans has a value even where the record
 * has none.
 *
 * Returns: %TRUE if the record had a usable value for it; %FALSE if that was absent, null or bad
 */
gboolean
gum_resource_has (GumResource *self,
                  const char  *property)
{
  GumResourcePrivate *priv = gum_resource_get_instance_private (self);
  GumResourceClass *klass;

  g_return_val_if_fail (GUM_IS_RESOURCE (self), FALSE);
  g_return_val_if_fail (property != NULL, FALSE);

  klass = GUM_RESOURCE_GET_CLASS (self);
  for (guint i = 0; i < klass->n_fields; i++)
    if (strcmp (klass->fields[i].name, property) == 0)
      return (priv->has & G_GUINT64_CONSTANT (1) << i) != 0;

  return FALSE;
}

/**
 * gum_resource_get_json:
 * @self: a resource
 *
 * Returns: (transfer none): the whole record, with the members that no property shows; not to be
 *   changed
 */
JsonObject *
gum_resource_get_json (GumResource *self)
{
  GumResourcePrivate *priv = gum_resource_get_instance_private (self);

  g_return_val_if_fail (GUM_IS_RESOURCE (self), NULL);

  unpack (self);

  return priv->json;
}

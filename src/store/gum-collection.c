/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A list that belongs to a product and is read when a page shows it: versions, questions, reviews, SKUs.
 * It is kept in memory as long as the program runs, so that a page that is opened again shows at once
 * what was known, while it is read anew. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-collection.h"

#include "gum-error.h"
#include "gum-json.h"
#include "gum-store-private.h"

/* Lists that are remembered; a page holds on to those that it shows. */
#define MAX_REMEMBERED 64

struct _GumCollection
{
  GObject            parent_instance;

  /* owned */
  GListStore        *items;
  char              *parent_path;
  char              *next_key;     /* NULL: there is no further page */
  GHashTable        *seen_keys;    /* a server that goes in circles is left */
  GCancellable      *cancellable;  /* while a page is read */
  GError            *error;        /* why the last reading failed */

  /* weak */
  GumStore          *store;

  /* plain */
  const GumEndpoint *endpoint;
  gboolean           known;
};

enum {
  PROP_0,
  PROP_LOADING,
  PROP_KNOWN,
  PROP_HAS_MORE,
  PROP_ERROR,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* --- list model ------------------------------------------------------------------------------- */

static GType
get_item_type (GListModel *model)
{
  return GUM_TYPE_RESOURCE;
}

static guint
get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (GUM_COLLECTION (model)->items));
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  return g_list_model_get_item (G_LIST_MODEL (GUM_COLLECTION (model)->items), position);
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (GumCollection, gum_collection, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

/* --- taking a page ---------------------------------------------------------------------------- */

/* The page that is being read. */
typedef struct {
  GumCollection *collection;
  GCancellable  *cancellable;
  gboolean       first;
} Reading;

static void
reading_free (Reading *reading)
{
  g_object_unref (reading->collection);
  g_object_unref (reading->cancellable);
  g_free (reading);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reading, reading_free)

static GPtrArray *
dup_items (GumCollection *self)
{
  guint n_items = get_n_items (G_LIST_MODEL (self));
  GPtrArray *items = g_ptr_array_new_full (n_items, g_object_unref);

  for (guint i = 0; i < n_items; i++)
    g_ptr_array_add (items, get_item (G_LIST_MODEL (self), i));

  return items;
}

/* The object that was there for this record, brought up to date, or a new one. */
static GumResource *
take_record (GumCollection *self,
             GHashTable    *former,
             const char    *id,
             GBytes        *record)
{
  GumResource *item = g_hash_table_lookup (former, id);
  g_autoptr(JsonNode) node = NULL;

  if (item == NULL)
    return gum_resource_new_from_text (self->endpoint->get_type (), record, NULL);

  node = gum_json_parse_object (record, NULL);
  if (node != NULL)
    gum_resource_update (item, json_node_get_object (node), NULL);

  return g_object_ref (item);
}

/* Reports the smallest range that came or went. */
static void
splice (GumCollection *self,
        GPtrArray     *former,
        GPtrArray     *items)
{
  guint head = 0;
  guint tail = 0;

  while (head < former->len && head < items->len && former->pdata[head] == items->pdata[head])
    head++;
  while (tail < former->len - head && tail < items->len - head &&
         former->pdata[former->len - 1 - tail] == items->pdata[items->len - 1 - tail])
    tail++;

  if (former->len - head - tail > 0 || items->len - head - tail > 0)
    g_list_store_splice (self->items, head, former->len - head - tail, items->pdata + head,
                         items->len - head - tail);
}

static void
take_page (GumCollection *self,
           GumPage       *page,
           gboolean       first)
{
  g_autoptr(GPtrArray) former = dup_items (self);
  g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GHashTable) taken = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < former->len; i++)
    g_hash_table_insert (by_id, (gpointer) gum_resource_get_id (former->pdata[i]),
                         former->pdata[i]);
  for (guint i = 0; !first && i < former->len; i++)
    {
      g_hash_table_add (taken, (gpointer) gum_resource_get_id (former->pdata[i]));
      g_ptr_array_add (items, g_object_ref (former->pdata[i]));
    }

  for (guint i = 0; i < page->ids->len; i++)
    {
      GumResource *item;

      /* A list that grew at its head between two pages tells some records twice. */
      if (!g_hash_table_add (taken, page->ids->pdata[i]))
        continue;
      item = take_record (self, by_id, page->ids->pdata[i], page->items->pdata[i]);
      if (item != NULL)
        g_ptr_array_add (items, item);
    }

  splice (self, former, items);
}

/* --- reading ---------------------------------------------------------------------------------- */

/* Takes @error. */
static void
set_error (GumCollection *self,
           GError        *error)
{
  if (self->error == NULL && error == NULL)
    return;

  g_clear_error (&self->error);
  self->error = error;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

/* Takes @key. */
static void
set_next_key (GumCollection *self,
              char          *key)
{
  gboolean had_more = self->next_key != NULL;

  g_free (self->next_key);
  self->next_key = key;
  if (had_more != (key != NULL))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HAS_MORE]);
}

static void
take_next_key (GumCollection *self,
               GumPage       *page,
               gboolean       first)
{
  char *key = g_steal_pointer (&page->next_page_key);

  if (first)
    g_hash_table_remove_all (self->seen_keys);
  if (key != NULL && !g_hash_table_add (self->seen_keys, g_strdup (key)))
    g_clear_pointer (&key, g_free);
  set_next_key (self, key);
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(Reading) reading = user_data;
  GumCollection *self = reading->collection;
  GError *error = NULL;
  g_autoptr(GumPage) page = gum_client_list_finish (GUM_CLIENT (source), result, &error);

  /* Somebody stopped it, or has begun anew. */
  if (self->cancellable != reading->cancellable)
    {
      g_clear_error (&error);
      return;
    }

  g_clear_object (&self->cancellable);
  g_object_freeze_notify (G_OBJECT (self));
  set_error (self, error);
  if (page != NULL)
    {
      take_next_key (self, page, reading->first);
      take_page (self, page, reading->first);
      if (!self->known)
        {
          self->known = TRUE;
          g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_KNOWN]);
        }
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
start (GumCollection *self,
       const char    *page_key)
{
  GumClient *client = self->store != NULL ? _gum_store_get_client (self->store) : NULL;
  gboolean was_loading = self->cancellable != NULL;
  Reading *reading;

  if (was_loading)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (client == NULL)
    {
      set_error (self, g_error_new_literal (GUM_ERROR, GUM_ERROR_NOT_SIGNED_IN,
                                            "There is no connection"));
      if (was_loading)
        g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
      return;
    }

  reading = g_new0 (Reading, 1);
  reading->collection = g_object_ref (self);
  reading->cancellable = g_cancellable_new ();
  reading->first = page_key == NULL;
  self->cancellable = g_object_ref (reading->cancellable);
  gum_client_list_async (client, self->endpoint, self->parent_path, page_key,
                         reading->cancellable, listed_cb, reading);
  if (!was_loading)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

/* --- GObject ---------------------------------------------------------------------------------- */

static void
items_changed_cb (GumCollection *self,
                  guint          position,
                  guint          removed,
                  guint          added)
{
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

static void
gum_collection_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  GumCollection *self = GUM_COLLECTION (object);

  switch (prop_id)
    {
    case PROP_LOADING:
      g_value_set_boolean (value, self->cancellable != NULL);
      break;
    case PROP_KNOWN:
      g_value_set_boolean (value, self->known);
      break;
    case PROP_HAS_MORE:
      g_value_set_boolean (value, self->next_key != NULL);
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
gum_collection_finalize (GObject *object)
{
  GumCollection *self = GUM_COLLECTION (object);

  g_clear_weak_pointer (&self->store);
  g_clear_object (&self->items);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->seen_keys, g_hash_table_unref);
  g_clear_pointer (&self->parent_path, g_free);
  g_clear_pointer (&self->next_key, g_free);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (gum_collection_parent_class)->finalize (object);
}

static void
gum_collection_class_init (GumCollectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = gum_collection_get_property;
  object_class->finalize = gum_collection_finalize;

  /**
   * GumCollection:loading:
   *
   * Whether a page of it is being read.
   */
  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);
  /**
   * GumCollection:known:
   *
   * Whether it was read before, so that "no items" means that there are none.
   */
  properties[PROP_KNOWN] = g_param_spec_boolean ("known", NULL, NULL, FALSE, flags);
  /**
   * GumCollection:has-more:
   *
   * Whether Gumroad has a further page.
   */
  properties[PROP_HAS_MORE] = g_param_spec_boolean ("has-more", NULL, NULL, FALSE, flags);
  /**
   * GumCollection:error:
   *
   * Why the last reading failed. What was known before is still there.
   */
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
gum_collection_init (GumCollection *self)
{
  self->items = g_list_store_new (GUM_TYPE_RESOURCE);
  self->seen_keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_signal_connect_object (self->items, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

/* --- the store's memory of them --------------------------------------------------------------- */

typedef struct {
  GHashTable *by_path;   /* path → GumCollection */
  GQueue      paths;     /* borrowed from the table; used last: at the head */
} Memory;

static void
memory_free (gpointer data)
{
  Memory *memory = data;

  g_queue_clear (&memory->paths);
  g_hash_table_unref (memory->by_path);
  g_free (memory);
}

static Memory *
get_memory (GumStore *store)
{
  static GQuark quark;
  Memory *memory;

  if (quark == 0)
    quark = g_quark_from_static_string ("gum-store-collections");
  memory = g_object_get_qdata (G_OBJECT (store), quark);
  if (memory != NULL)
    return memory;

  memory = g_new0 (Memory, 1);
  memory->by_path = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  g_queue_init (&memory->paths);
  g_object_set_qdata_full (G_OBJECT (store), quark, memory, memory_free);

  return memory;
}

static void
forget_oldest (Memory *memory)
{
  if (g_queue_get_length (&memory->paths) > MAX_REMEMBERED)
    g_hash_table_remove (memory->by_path, g_queue_pop_tail (&memory->paths));
}

/* --- public ----------------------------------------------------------------------------------- */

/**
 * gum_store_dup_collection:
 * @self: a store
 * @endpoint: what is listed; must have a plural
 * @parent_path: what the list belongs to, as gum_request_path() makes it
 *
 * Nothing is read by this: see gum_collection_read().
 *
 * Returns: (transfer full): the one object for this list, with what is known of it
 */
GumCollection *
gum_store_dup_collection (GumStore          *self,
                          const GumEndpoint *endpoint,
                          const char        *parent_path)
{
  g_autofree char *path = NULL;
  GumCollection *collection;
  gpointer known;
  Memory *memory;

  g_return_val_if_fail (GUM_IS_STORE (self), NULL);
  g_return_val_if_fail (endpoint != NULL && endpoint->plural != NULL, NULL);
  g_return_val_if_fail (parent_path != NULL, NULL);

  memory = get_memory (self);
  path = g_strconcat (parent_path, "/", endpoint->path, NULL);
  if (g_hash_table_lookup_extended (memory->by_path, path, &known, (gpointer *) &collection))
    {
      g_queue_remove (&memory->paths, known);
      g_queue_push_head (&memory->paths, known);
      return g_object_ref (collection);
    }

  collection = g_object_new (GUM_TYPE_COLLECTION, NULL);
  g_set_weak_pointer (&collection->store, self);
  collection->endpoint = endpoint;
  collection->parent_path = g_strdup (parent_path);
  g_queue_push_head (&memory->paths, path);
  g_hash_table_insert (memory->by_path, g_steal_pointer (&path), g_object_ref (collection));
  forget_oldest (memory);

  return collection;
}

/**
 * gum_collection_read:
 * @self: a collection
 *
 * Reads the list anew from its beginning, whatever is under way. What is known stays until the answer
 * is there; records that are told again keep their object.
 */
void
gum_collection_read (GumCollection *self)
{
  g_return_if_fail (GUM_IS_COLLECTION (self));

  start (self, NULL);
}

/**
 * gum_collection_read_more:
 * @self: a collection
 *
 * Reads the next page, if there is one and nothing is under way.
 */
void
gum_collection_read_more (GumCollection *self)
{
  g_return_if_fail (GUM_IS_COLLECTION (self));

  if (self->next_key != NULL && self->cancellable == NULL)
    start (self, self->next_key);
}

/**
 * gum_collection_stop:
 * @self: a collection
 *
 * Ends what is under way. What is known stays.
 */
void
gum_collection_stop (GumCollection *self)
{
  g_return_if_fail (GUM_IS_COLLECTION (self));

  if (self->cancellable == NULL)
    return;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

/**
 * gum_collection_is_loading:
 * @self: a collection
 *
 * Returns: whether a page of it is being read
 */
gboolean
gum_collection_is_loading (GumCollection *self)
{
  g_return_val_if_fail (GUM_IS_COLLECTION (self), FALSE);

  return self->cancellable != NULL;
}

/**
 * gum_collection_is_known:
 * @self: a collection
 *
 * Returns: whether it was read before
 */
gboolean
gum_collection_is_known (GumCollection *self)
{
  g_return_val_if_fail (GUM_IS_COLLECTION (self), FALSE);

  return self->known;
}

/**
 * gum_collection_has_more:
 * @self: a collection
 *
 * Returns: whether Gumroad has a further page
 */
gboolean
gum_collection_has_more (GumCollection *self)
{
  g_return_val_if_fail (GUM_IS_COLLECTION (self), FALSE);

  return self->next_key != NULL;
}

/**
 * gum_collection_get_error:
 * @self: a collection
 *
 * Returns: (transfer none) (nullable): why the last reading failed
 */
const GError *
gum_collection_get_error (GumCollection *self)
{
  g_return_val_if_fail (GUM_IS_COLLECTION (self), NULL);

  return self->error;
}

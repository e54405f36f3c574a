/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the person has changed of a product and Gumroad does not have yet: key for key, beside what
 * Gumroad had when the key was first touched.
 *
 *    base ── mine        equal: the key is no change any more
 *      └──── theirs      read when it is saved: equal to base: mine is sent; equal to mine: nothing is
 *                        to be sent; neither: a conflict, which the person decides
 *
 * Every change is in the ledger within a second (gum-drafts.c) and can be undone as long as the object
 * lives. How a draft is saved: gum-draft-save.c. */

#define G_LOG_DOMAIN "gum-store"

#include "config.h"

#include "gum-draft.h"

#include "gum-draft-base.h"
#include "gum-draft-private.h"
#include "gum-draft-steps.h"
#include "gum-error.h"
#include "gum-json.h"
#include "gum-product-keys.h"
#include "gum-util.h"

struct _GumDraft
{
  GObject        parent_instance;

  /* owned */
  char          *product_id;
  char          *label;
  JsonObject    *base;
  JsonObject    *mine;
  JsonObject    *theirs;      /* of the last conflict */
  char          *warning;     /* of the last success */
  GError        *error;       /* why it was not saved the last time */
  GumDraftSteps *steps;       /* to undo */

  /* weak */
  GumDrafts     *drafts;

  /* plain */
  gint64         changed;
  guint          n_tasks;     /* that save it, or ask what became of that */
};

enum {
  PROP_0,
  PROP_N_CHANGES,
  PROP_CAN_UNDO,
  PROP_CAN_REDO,
  PROP_BUSY,
  N_PROPS
};

enum {
  CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GumDraft, gum_draft, G_TYPE_OBJECT)

/* --- GObject ---------------------------------------------------------------------------------- */

static void
gum_draft_get_property (GObject    *object,
                        guint       prop_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  GumDraft *self = GUM_DRAFT (object);

  switch (prop_id)
    {
    case PROP_N_CHANGES:
      g_value_set_uint (value, gum_draft_get_n_changes (self));
      break;
    case PROP_CAN_UNDO:
      g_value_set_boolean (value, gum_draft_can_undo (self));
      break;
    case PROP_CAN_REDO:
      g_value_set_boolean (value, gum_draft_can_redo (self));
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, gum_draft_is_busy (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
gum_draft_finalize (GObject *object)
{
  GumDraft *self = GUM_DRAFT (object);

  g_clear_weak_pointer (&self->drafts);
  g_free (self->product_id);
  g_free (self->label);
  g_free (self->warning);
  g_clear_error (&self->error);
  json_object_unref (self->base);
  json_object_unref (self->mine);
  g_clear_pointer (&self->theirs, json_object_unref);
  gum_draft_steps_free (self->steps);

  G_OBJECT_CLASS (gum_draft_parent_class)->finalize (object);
}

static void
gum_draft_class_init (GumDraftClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = gum_draft_get_property;
  object_class->finalize = gum_draft_finalize;

  /**
   * GumDraft:n-changes:
   *
   * How many keys differ from what Gumroad had.
   */
  properties[PROP_N_CHANGES] = g_param_spec_uint ("n-changes", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, flags);
  properties[PROP_CAN_REDO] = g_param_spec_boolean ("can-redo", NULL, NULL, FALSE, flags);
  /**
   * GumDraft:busy:
   *
   * Whether it is being saved, or what became of that is being asked. Whoever has begun that may be gone.
   */
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * GumDraft::changed:
   * @key: which key; %NULL: any of them
   *
   * A value is another one now, whoever changed it.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
gum_draft_init (GumDraft *self)
{
  self->base = json_object_new ();
  self->mine = json_object_new ();
  self->steps = gum_draft_steps_new ();
}

/* --- rows ------------------------------------------------------------------------------------- */

void
_gum_draft_row_free (GumDraftRow *row)
{
  g_free (row->product_id);
  g_free (row->label);
  g_free (row->base);
  g_free (row->mine);
  g_free (row);
}

GumDraftRow *
_gum_draft_dup_row (GumDraft *self)
{
  GumDraftRow *row = g_new0 (GumDraftRow, 1);
  g_autoptr(JsonObject) base = NULL;

  row->product_id = g_strdup (self->product_id);
  if (json_object_get_size (self->mine) == 0)
    return row;

  base = gum_draft_base_dup (self->base, self->mine);
  row->label = g_strdup (self->label);
  row->base = gum_json_to_text (base);
  row->mine = gum_json_to_text (self->mine);
  row->changed = self->changed;

  return row;
}

GumDraft *
_gum_draft_new (GumDrafts  *drafts,
                const char *product_id,
                const char *label)
{
  GumDraft *self = g_object_new (GUM_TYPE_DRAFT, NULL);

  g_set_weak_pointer (&self->drafts, drafts);
  self->product_id = g_strdup (product_id);
  self->label = g_strdup (label);

  return self;
}

/* Text that says nothing leaves what is there. */
static void
take_text (JsonObject **object,
           const char  *text)
{
  JsonObject *taken = gum_json_from_text (text, -1);

  if (taken == NULL)
    return;
  json_object_unref (*object);
  *object = taken;
}

GumDraft *
_gum_draft_new_from_row (GumDrafts   *drafts,
                         GumDraftRow *row)
{
  GumDraft *self = _gum_draft_new (drafts, row->product_id, row->label);

  take_text (&self->base, row->base);
  take_text (&self->mine, row->mine);
  self->changed = row->changed;

  return self;
}

static void
forget_all (GumDraft *self)
{
  json_object_unref (self->mine);
  json_object_unref (self->base);
  self->mine = json_object_new ();
  self->base = json_object_new ();
  gum_draft_steps_clear (self->steps);
  g_clear_pointer (&self->theirs, json_object_unref);
  g_clear_error (&self->error);
}

static void note (GumDraft   *self,
                  const char *key,
                  gboolean    at_once);

/* @other has the last word. */
void
_gum_draft_take_over (GumDraft *self,
                      GumDraft *other)
{
  g_autoptr(GumDraftRow) row = _gum_draft_dup_row (other);

  forget_all (self);
  gum_set_str (&self->label, other->label);
  if (row->mine != NULL)
    {
      take_text (&self->base, row->base);
      take_text (&self->mine, row->mine);
    }
  note (self, NULL, TRUE);
}

/* The same, where @other did not know all that is in @self. */
void
_gum_draft_add (GumDraft *self,
                GumDraft *other)
{
  g_auto(GStrv) keys = gum_draft_dup_keys (other);

  gum_set_str (&self->label, other->label);
  for (guint i = 0; keys[i] != NULL; i++)
    {
      if (!json_object_has_member (self->base, keys[i]))
        gum_draft_base_take (self->base, self->mine, keys[i], other->base);
      json_object_set_member (self->mine, keys[i], json_node_copy (json_object_get_member (other->mine, keys[i])));
    }
  note (self, NULL, TRUE);
}

GumStore *
_gum_draft_get_store (GumDraft *self)
{
  return self->drafts != NULL ? _gum_drafts_get_store (self->drafts) : NULL;
}

/* --- changing --------------------------------------------------------------------------------- */

static void
note (GumDraft   *self,
      const char *key,
      gboolean    at_once)
{
  self->changed = g_get_real_time () / G_USEC_PER_SEC;
  /* What was refused may be another value now; what is unclear stays so. */
  if (!g_error_matches (self->error, GUM_ERROR, GUM_ERROR_UNCLEAR))
    g_clear_error (&self->error);
  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = PROP_N_CHANGES; i <= PROP_CAN_REDO; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
  g_object_thaw_notify (G_OBJECT (self));
  g_signal_emit (self, signals[CHANGED], 0, key);
  if (self->drafts != NULL)
    _gum_drafts_note (self->drafts, self, at_once);
}

/* @value: NULL: as Gumroad has it. */
static void
put (GumDraft   *self,
     const char *key,
     JsonNode   *value)
{
  JsonNode *base = json_object_get_member (self->base, key);

  if (value == NULL || (base != NULL && gum_product_keys_equal (key, value, base)))
    json_object_remove_member (self->mine, key);
  else
    json_object_set_member (self->mine, key, json_node_copy (value));
}

static gboolean
same_value (const char *key,
            JsonNode   *a,
            JsonNode   *b)
{
  if (a == NULL || b == NULL)
    return a == b;

  return gum_product_keys_equal (key, a, b) && json_node_equal (a, b);
}

/**
 * gum_draft_set_value:
 * @self: a draft
 * @key: a key of `PUT /products/:id`
 * @value: (nullable): (transfer none): what the person wants; %NULL: what Gumroad has
 * @record: (nullable): the record that the person looks at, for what Gumroad has
 *
 * Changes a value. Nothing is sent.
 */
void
gum_draft_set_value (GumDraft   *self,
                     const char *key,
                     JsonNode   *value,
                     JsonObject *record)
{
  g_autoptr(JsonNode) from = NULL;

  g_return_if_fail (GUM_IS_DRAFT (self));
  g_return_if_fail (key != NULL);

  from = gum_json_dup_node (json_object_get_member (self->mine, key));
  if (from == NULL && record != NULL)
    gum_draft_base_read (self->base, self->mine, key, record);
  put (self, key, value);
  if (same_value (key, from, json_object_get_member (self->mine, key)))
    return;

  gum_draft_steps_remember (self->steps, key, from, json_object_get_member (self->mine, key));
  note (self, key, FALSE);
}

static void
go_back (GumDraft *self,
         gboolean  forward)
{
  const char *key;
  JsonNode *value;

  if (!gum_draft_steps_go (self->steps, forward, &key, &value))
    return;
  put (self, key, value);
  note (self, key, FALSE);
}

/**
 * gum_draft_end_step:
 * @self: a draft
 *
 * What is changed next is undone by itself, however soon it follows.
 */
void
gum_draft_end_step (GumDraft *self)
{
  g_return_if_fail (GUM_IS_DRAFT (self));

  gum_draft_steps_end (self->steps);
}

/**
 * gum_draft_undo:
 * @self: a draft
 *
 * Takes the last change back. Changes of one key within a second are one, unless gum_draft_end_step()
 * was between them.
 */
void
gum_draft_undo (GumDraft *self)
{
  g_return_if_fail (GUM_IS_DRAFT (self));

  go_back (self, FALSE);
}

/**
 * gum_draft_redo:
 * @self: a draft
 *
 * Makes the change again that was undone last.
 */
void
gum_draft_redo (GumDraft *self)
{
  g_return_if_fail (GUM_IS_DRAFT (self));

  go_back (self, TRUE);
}

/**
 * gum_draft_can_undo:
 * @self: a draft
 *
 * Returns: whether gum_draft_undo() would do anything
 */
gboolean
gum_draft_can_undo (GumDraft *self)
{
  g_return_val_if_fail (GUM_IS_DRAFT (self), FALSE);

  return gum_draft_steps_can_go (self->steps, FALSE);
}

/**
 * gum_draft_can_redo:
 * @self: a draft
 *
 * Returns: whether gum_draft_redo() would do anything
 */
gboolean
gum_draft_can_redo (GumDraft *self)
{
  g_return_val_if_fail (GUM_IS_DRAFT (self), FALSE);

  return gum_draft_steps_can_go (self->steps, TRUE);
}

/**
 * gum_draft_discard:
 * @self: a draft
 *
 * Forgets all changes, here and in the ledger.
 */
void
gum_draft_discard (GumDraft *self)
{
  g_return_if_fail (GUM_IS_DRAFT (self));

  forget_all (self);
  note (self, NULL, TRUE);
}

/**
 * gum_draft_take_changes:
 * @self: a draft
 *
 * Forgets all changes, as gum_draft_discard() does, but gives them to the caller.
 *
 * Returns: (transfer full): what gum_draft_restore() wants
 */
JsonObject *
gum_draft_take_changes (GumDraft *self)
{
  JsonObject *changes;

  g_return_val_if_fail (GUM_IS_DRAFT (self), NULL);

  changes = json_object_new ();
  json_object_set_object_member (changes, "base", json_object_ref (self->base));
  json_object_set_object_member (changes, "mine", json_object_ref (self->mine));
  gum_draft_discard (self);

  return changes;
}

/**
 * gum_draft_restore:
 * @self: a draft
 * @changes: what was taken out of it
 *
 * Takes up changes again. A key that was changed since stays as it is.
 */
void
gum_draft_restore (GumDraft   *self,
                   JsonObject *changes)
{
  JsonObject *base;
  JsonObject *mine;
  JsonObjectIter iter;
  const char *key;
  JsonNode *value;

  g_return_if_fail (GUM_IS_DRAFT (self));
  g_return_if_fail (changes != NULL);

  base = json_object_get_object_member (changes, "base");
  mine = json_object_get_object_member (changes, "mine");
  json_object_iter_init_ordered (&iter, mine);
  while (json_object_iter_next_ordered (&iter, &key, &value))
    {
      if (json_object_has_member (self->mine, key))
        continue;
      gum_draft_base_take (self->base, self->mine, key, base);
      json_object_set_member (self->mine, key, json_node_copy (value));
    }
  note (self, NULL, TRUE);
}

/* --- reading ---------------------------------------------------------------------------------- */

/**
 * gum_draft_get_product_id:
 * @self: a draft
 *
 * Returns: (transfer none): the product it is of
 */
const char *
gum_draft_get_product_id (GumDraft *self)
{
  g_return_val_if_fail (GUM_IS_DRAFT (self), NULL);

  return self->product_id;
}

/**
 * gum_draft_get_label:
 * @self: a draft
 *
 * Returns: (transfer none) (nullable): what the product was called when the draft was begun
 */
const char *
gum_draft_get_label (GumDraft *self)
{
  g_return_val_if_fail (GUM_IS_DRAFT (self), NULL);

  return self->label;
}

/**
 * gum_draft_dup_changed:
 * @self: a draft
 *
 * Returns: (transfer full): when it was changed last, in UTC
 */
GDateTime *
gum_draft_dup_changed (GumDraft *self)
{
  g_return_val_if_fail (GUM_IS_DRAFT (self), NULL);

  return g_date_time_new_from_unix_utc (self->changed);
}

/**
 * gum_draft_get_n_changes:
 * @self: a draft
 *
 * Returns: how many keys differ from what Gumroad had
 */
guint
gum_draft_get_n_changes (GumDraft *self)
{
  g_return_val_if_fail (GUM_IS_DRAFT (self), 0);

  return json_object_get_size (self->mine);
}

/**
 * gum_draft_dup_keys:
 * @self: a draft
 *
 * Returns: (transfer full): the keys that differ, in the order in which they were first changed
 */
char **
gum_draft_dup_keys (GumDraft *self)
{
  g_autoptr(GPtrArray) keys = g_ptr_array_new ();
  g_autoptr(GList) members = NULL;

  g_return_val_if_fail (GUM_IS_DRAFT (self), NULL);

  members = json_object_get_members (self->mine);
  for (GList *l = members; l != NULL; l = l->next)
    g_ptr_array_add (keys, g_strdup (l->data));
  g_ptr_array_add (keys, NULL);

  return (char **) g_ptr_array_free (g_steal_pointer (&keys), FALSE);
}

/**
 * gum_draft_get_mine:
 * @self: a draft
 * @key: a key
 *
 * Returns: (transfer none) (nullable): what the person wants; %NULL: the key was not changed
 */
JsonNode *
gum_draft_get_mine (GumDraft   *self,
                    const char *key)
{
  g_return_val_if_fail (GUM_IS_DRAFT (self), NULL);

  return json_object_get_member (self->mine, key);
}

/**
 * gum_draft_get_base:
 * @self: a draft
 * @key: a key
 *
 * Returns: (transfer none) (nullable): what Gumroad had when the key was first changed, if it told
 */
JsonNode *
gum_draft_get_base (GumDraft   *self,
                    const char *key)
{
  g_return_val_if_fail (GUM_IS_DRAFT (self), NULL);

  return json_object_get_member (self->base, key);
}

/**
 * gum_draft_dup_value:
 * @self: a draft
 * @key: a key
 * @record: (nullable): the product's record
 *
 * Returns: (transfer full) (nullable): what a form shows: mine, or else what @record has; the currency of a price of
 *   mine is the one that it was written in
 */
JsonNode *
gum_draft_dup_value (GumDraft   *self,
                     const char *key,
                     JsonObject *record)
{
  JsonNode *mine;

  g_return_val_if_fail (GUM_IS_DRAFT (self), NULL);

  mine = json_object_get_member (self->mine, key);
  if (mine == NULL && g_str_equal (key, "price_currency_type") && gum_product_keys_has_price (self->mine))
    mine = json_object_get_member (self->base, key);
  if (mine != NULL)
    return json_node_copy (mine);

  return record != NULL ? gum_product_keys_read (key, record) : NULL;
}

/* --- conflicts -------------------------------------------------------------------------------- */

/**
 * gum_draft_dup_conflicts:
 * @self: a draft
 * @record: what Gumroad has now
 *
 * Returns: (transfer full) (nullable): the keys that were changed here and there, and not to the
 *   same; %NULL: there are none
 */
char **
gum_draft_dup_conflicts (GumDraft   *self,
                         JsonObject *record)
{
  g_return_val_if_fail (GUM_IS_DRAFT (self), NULL);

  return gum_product_keys_dup_conflicts (self->mine, self->base, record);
}

static void
decide (GumDraft   *self,
        const char *key,
        gboolean    keep_mine,
        JsonObject *record)
{
  g_autoptr(JsonNode) from = gum_json_dup_node (json_object_get_member (self->mine, key));
  g_autoptr(JsonNode) before = gum_json_dup_node (json_object_get_member (self->base, key));
  g_autoptr(JsonNode) theirs = gum_product_keys_read (key, record);

  if (theirs != NULL)
    json_object_set_member (self->base, key, json_node_copy (theirs));
  if (keep_mine)
    put (self, key, from != NULL ? from : before);
  else
    put (self, key, NULL);
  if (!same_value (key, from, json_object_get_member (self->mine, key)))
    gum_draft_steps_remember (self->steps, key, from, json_object_get_member (self->mine, key));
}

/**
 * gum_draft_resolve:
 * @self: a draft
 * @key: a key that is in conflict; "price" may stand for all that is asked
 * @keep_mine: what the person decided
 * @record: what Gumroad has, as the person has seen it
 *
 * Ends a conflict. What is kept will replace what @record has, and nothing newer.
 */
void
gum_draft_resolve (GumDraft   *self,
                   const char *key,
                   gboolean    keep_mine,
                   JsonObject *record)
{
  const char * const *together = gum_product_keys_list_price ();

  g_return_if_fail (GUM_IS_DRAFT (self));
  g_return_if_fail (key != NULL && record != NULL);

  if (!g_str_equal (key, "price") || !gum_product_keys_joins_price (self->mine, self->base, record))
    {
      decide (self, key, keep_mine, record);
      note (self, key, TRUE);
      return;
    }

  for (guint i = 0; together[i] != NULL; i++)
    decide (self, together[i], keep_mine, record);
  note (self, NULL, TRUE);
}

/**
 * gum_draft_get_theirs:
 * @self: a draft
 *
 * Returns: (transfer none) (nullable): what Gumroad had when the last attempt to save met conflicts
 */
JsonObject *
gum_draft_get_theirs (GumDraft *self)
{
  g_return_val_if_fail (GUM_IS_DRAFT (self), NULL);

  return self->theirs;
}

/**
 * gum_draft_get_warning:
 * @self: a draft
 *
 * Returns: (transfer none) (nullable): Gumroad's sentence that came with the last success
 */
const char *
gum_draft_get_warning (GumDraft *self)
{
  g_return_val_if_fail (GUM_IS_DRAFT (self), NULL);

  return self->warning;
}

void
_gum_draft_set_theirs (GumDraft   *self,
                       JsonObject *record)
{
  g_clear_pointer (&self->theirs, json_object_unref);
  self->theirs = record != NULL ? json_object_ref (record) : NULL;
}

void
_gum_draft_set_warning (GumDraft   *self,
                        const char *warning)
{
  gum_set_str (&self->warning, warning);
}

/**
 * gum_draft_is_busy:
 * @self: a draft
 *
 * Returns: whether it is being saved, or what became of that is being asked
 */
gboolean
gum_draft_is_busy (GumDraft *self)
{
  g_return_val_if_fail (GUM_IS_DRAFT (self), FALSE);

  return self->n_tasks > 0;
}

/**
 * gum_draft_get_error:
 * @self: a draft
 *
 * Returns: (transfer none) (nullable): why it could not be saved the last time, for whoever did not wait for that;
 *   %NULL: it was saved, or nothing is left of it
 */
const GError *
gum_draft_get_error (GumDraft *self)
{
  g_return_val_if_fail (GUM_IS_DRAFT (self), NULL);

  return self->error;
}

/* Who has ended it knows why. */
void
_gum_draft_set_error (GumDraft     *self,
                      const GError *error)
{
  g_clear_error (&self->error);
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    self->error = g_error_copy (error);
}

static void
completed_cb (GumDraft *self)
{
  self->n_tasks--;
  if (self->n_tasks == 0)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

/* It is busy until @task has told how it ended. */
void
_gum_draft_add_task (GumDraft *self,
                     GTask    *task)
{
  self->n_tasks++;
  g_signal_connect_object (task, "notify::completed", G_CALLBACK (completed_cb), self, G_CONNECT_SWAPPED);
  if (self->n_tasks == 1)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

/* Gumroad has @sent, whoever sent it: what is wanted is so already. */
void
_gum_draft_forget_sent (GumDraft   *self,
                        JsonObject *sent)
{
  g_auto(GStrv) keys = gum_draft_dup_keys (self);
  guint n_before = g_strv_length (keys);

  for (guint i = 0; keys[i] != NULL; i++)
    {
      JsonNode *was_sent = json_object_get_member (sent, keys[i]);

      if (was_sent != NULL && same_value (keys[i], json_object_get_member (self->mine, keys[i]), was_sent))
        json_object_remove_member (self->mine, keys[i]);
    }
  if (json_object_get_size (self->mine) == n_before)
    return;
  g_clear_error (&self->error);
  if (json_object_get_size (self->mine) == 0)
    forget_all (self);
  note (self, NULL, TRUE);
}

/* Gumroad has @sent; @record is what it says then, or NULL. What was changed while that was on its way stays a
 * change. If it was sent, it replaces what was sent; otherwise what it replaced before, so that what somebody
 * else made of it meanwhile is still found out. */
void
_gum_draft_take_saved (GumDraft   *self,
                       JsonObject *sent,
                       JsonObject *record)
{
  g_auto(GStrv) keys = gum_draft_dup_keys (self);
  g_autoptr(GList) members = json_object_get_members (sent);

  for (guint i = 0; keys[i] != NULL; i++)
    {
      JsonNode *mine = json_object_get_member (self->mine, keys[i]);
      JsonNode *was_sent = json_object_get_member (sent, keys[i]);
      g_autoptr(JsonNode) theirs = record != NULL ? gum_product_keys_read (keys[i], record) : NULL;

      if ((was_sent != NULL && same_value (keys[i], mine, was_sent)) ||
          (theirs != NULL && gum_product_keys_equal (keys[i], mine, theirs)))
        json_object_remove_member (self->mine, keys[i]);
    }
  /* Also where nothing is changed any more: a currency that was sent is that of a price typed meanwhile. */
  for (GList *l = members; l != NULL; l = l->next)
    {
      JsonNode *theirs = record != NULL ? gum_product_keys_read (l->data, record) : NULL;

      json_object_set_member (self->base, l->data, theirs != NULL ? theirs
                                                   : json_node_copy (json_object_get_member (sent, l->data)));
    }
  if (json_object_get_size (self->mine) == 0)
    forget_all (self);
  note (self, NULL, TRUE);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The pairs of an upgrade: a version of the product, and the one that is offered to whoever has selected it.
 * Each version can have one pair; the menu offers those that have none yet.
 *
 *    menu ──▶ a row: “Instead of S”  [ L ▾ ] [remove]
 *                    what is wrong with it
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-upsell-pairs.h"

#include "gum-build.h"
#include "gum-detail-rows.h"
#include "gum-version-choice.h"

#include <glib/gi18n.h>

typedef struct {
  char             *selected;     /* its id */
  GumVersionChoice *offered;
} Pair;

struct _GumUpsellPairs
{
  AdwPreferencesGroup  parent_instance;

  /* owned */
  GumVersionList      *versions;
  GumUpsell           *upsell;        /* NULL: a new one, or for another product */
  GPtrArray           *pairs;         /* Pair */
  GPtrArray           *fixed;         /* GtkWidget, borrowed: rows of pairs that cannot be changed */

  /* children */
  GtkWidget           *more;
  GtkWidget           *menu;
  GtkWidget           *retry;
};

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GumUpsellPairs, gum_upsell_pairs, ADW_TYPE_PREFERENCES_GROUP)

static void
pair_free (gpointer data)
{
  Pair *pair = data;

  g_free (pair->selected);
  g_free (pair);
}

static Pair *
get_pair (GumUpsellPairs *self,
          guint           at)
{
  return g_ptr_array_index (self->pairs, at);
}

static guint
count (GumUpsellPairs *self,
       const char     *selected)
{
  guint n = 0;

  for (guint i = 0; i < self->pairs->len; i++)
    {
      if (g_str_equal (get_pair (self, i)->selected, selected))
        n++;
    }

  return n;
}

static gboolean
is_fixed (GumUpsellPairs *self)
{
  return self->upsell != NULL && !gum_upsell_has_all_pairs (self->upsell);
}

/* --- what is wrong ---------------------------------------------------------------------------- */

static gboolean
is_gone (GumUpsellPairs *self,
         const char     *id)
{
  return !gum_version_list_is_loading (self->versions) &&
         gum_version_list_get_error (self->versions) == NULL &&
         !gum_version_list_find (self->versions, id, NULL);
}

static const char *
get_problem (GumUpsellPairs *self,
             Pair           *pair)
{
  const char *offered = gum_version_choice_get_id (pair->offered);

  if (offered == NULL)
    return _("Choose the version that is offered instead.");
  if (g_str_equal (offered, pair->selected))
    return _("A version cannot be offered in place of itself.");
  if (count (self, pair->selected) > 1)
    return _("This version has another pair already.");

  return NULL;
}

static void
check (GumUpsellPairs *self)
{
  for (guint i = 0; i < self->pairs->len; i++)
    {
      Pair *pair = get_pair (self, i);
      const char *problem = get_problem (self, pair);
      gboolean is_wrong = problem != NULL;

      /* Only Gumroad knows for certain: the combinations of versions that physical products have are not listed here. */
      if (!is_wrong && (is_gone (self, pair->selected) ||
                        is_gone (self, gum_version_choice_get_id (pair->offered))))
        problem = _("This is not among the versions of the product any more.");
      gum_version_choice_set_note (pair->offered, problem, is_wrong);
    }
  g_signal_emit (self, signals[CHANGED], 0);
}

/* --- rows ------------------------------------------------------------------------------------- */

static void
show_menu (GumUpsellPairs *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  gboolean failed = gum_version_list_get_error (self->versions) != NULL;
  gboolean any = FALSE;
  const char *words = NULL;

  for (guint i = 0; i < gum_version_list_get_length (self->versions); i++)
    {
      const char *id = gum_version_list_get_id (self->versions, i);
      g_autofree char *name = gum_version_list_dup_name (self->versions, i);
      g_autoptr (GMenuItem) item = NULL;
      g_auto (GStrv) parts = NULL;
      g_autofree char *label = NULL;

      if (count (self, id) > 0)
        continue;
      /* An underscore would be taken for a mnemonic. */
      parts = g_strsplit (name, "_", -1);
      label = g_strjoinv ("__", parts);
      item = g_menu_item_new (label, NULL);
      g_menu_item_set_action_and_target (item, "pairs.add", "s", id);
      g_menu_append_item (menu, item);
      any = TRUE;
    }
  if (gum_version_list_is_loading (self->versions))
    words = _("Reading…");
  else if (failed)
    words = _("The versions could not be read");
  else if (gum_version_list_get_length (self->versions) < 2)
    words = _("The product has no other version to offer");
  else if (!any)
    words = _("Each version has its pair");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->menu), G_MENU_MODEL (menu));
  gtk_widget_set_sensitive (self->menu, any && gum_version_list_get_length (self->versions) > 1);
  gtk_widget_set_visible (self->retry, failed && !gum_version_list_is_loading (self->versions));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->more), words != NULL ? words : "");
  gtk_widget_set_visible (self->more, !is_fixed (self));
}

static void
versions_changed_cb (GumUpsellPairs *self)
{
  show_menu (self);
  check (self);
}

static void
remove_pair (GumUpsellPairs *self,
             guint           at)
{
  adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self),
                                GTK_WIDGET (get_pair (self, at)->offered));
  g_ptr_array_remove_index (self->pairs, at);
}

static void
remove_cb (GumUpsellPairs *self,
           GtkWidget      *button)
{
  GtkWidget *row = gtk_widget_get_ancestor (button, GUM_TYPE_VERSION_CHOICE);

  for (guint i = 0; i < self->pairs->len; i++)
    {
      if (GTK_WIDGET (get_pair (self, i)->offered) == row)
        {
          /* The focus would go with the row. */
          gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_BACKWARD);
          remove_pair (self, i);
          break;
        }
    }
  versions_changed_cb (self);
}

static void
add_pair (GumUpsellPairs *self,
          const char     *selected,
          const char     *name,
          const char     *offered,
          const char     *offered_name)
{
  Pair *pair = g_new0 (Pair, 1);
  GtkWidget *button;
  /* Translators: what is offered to a buyer who has selected this version; %s is its name */
  g_autofree char *title = g_strdup_printf (_("Instead of “%s”"), name != NULL ? name : _("Untitled"));
  g_autofree char *label = g_strdup_printf (_("Remove: %s"), title);

  pair->selected = g_strdup (selected);
  pair->offered = GUM_VERSION_CHOICE (gum_version_choice_new_with_list (self->versions, title,
                                                                        _("Choose…"), selected));
  gum_version_choice_set_chosen (pair->offered, offered, offered_name);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (pair->offered), 2);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (pair->offered), 0);
  button = gum_build_icon_button ("user-trash-symbolic", label, NULL);
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (pair->offered), button);
  g_signal_connect_object (pair->offered, "picked", G_CALLBACK (check), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (pair->offered));
  g_ptr_array_add (self->pairs, pair);
}

static void
add_fixed (GumUpsellPairs *self,
           GumUpsellPair  *pair)
{
  GumReference *selected = gum_upsell_pair_get_selected (pair);
  GumReference *offered = gum_upsell_pair_get_offered (pair);
  GtkWidget *row = gum_detail_new_row (selected != NULL && gum_reference_get_name (selected) != NULL
                                       ? gum_reference_get_name (selected) : _("Untitled"),
                                       offered != NULL ? gum_reference_get_name (offered) : NULL);

  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->fixed, row);
}

static void
add_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  GumUpsellPairs *self = GUM_UPSELL_PAIRS (widget);
  const char *id = g_variant_get_string (parameter, NULL);
  g_autofree char *label = NULL;
  guint at;

  if (gum_version_list_find (self->versions, id, &at))
    label = gum_version_list_dup_name (self->versions, at);
  gum_upsell_pairs_add (self, id, label);
  gtk_widget_grab_focus (GTK_WIDGET (get_pair (self, self->pairs->len - 1)->offered));
}

static void
retry_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  gum_version_list_read (GUM_UPSELL_PAIRS (widget)->versions);
}

/* --- GObject ---------------------------------------------------------------------------------- */

static void
gum_upsell_pairs_finalize (GObject *object)
{
  GumUpsellPairs *self = GUM_UPSELL_PAIRS (object);

  g_clear_object (&self->versions);
  g_clear_object (&self->upsell);
  g_ptr_array_unref (self->pairs);
  g_ptr_array_unref (self->fixed);

  G_OBJECT_CLASS (gum_upsell_pairs_parent_class)->finalize (object);
}

static void
gum_upsell_pairs_class_init (GumUpsellPairsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = gum_upsell_pairs_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "pairs.add", "s", add_action);
  gtk_widget_class_install_action (widget_class, "pairs.retry", NULL, retry_action);
}

static void
gum_upsell_pairs_init (GumUpsellPairs *self)
{
  self->pairs = g_ptr_array_new_with_free_func (pair_free);
  self->fixed = g_ptr_array_new ();
  self->more = gum_detail_new_row (_("Add a Version"), NULL);
  self->retry = gtk_button_new_with_mnemonic (_("_Try Again"));
  gtk_widget_set_valign (self->retry, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->retry), "pairs.retry");
  self->menu = gtk_menu_button_new ();
  gtk_widget_set_valign (self->menu, GTK_ALIGN_CENTER);
  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->menu), _("Choose…"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Choose: Add a Version"), -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->more), self->retry);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->more), self->menu);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self->more), self->menu);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->more);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("Versions"));
}

GtkWidget *
gum_upsell_pairs_new (GumStore *store)
{
  GumUpsellPairs *self = g_object_new (GUM_TYPE_UPSELL_PAIRS, NULL);

  self->versions = gum_version_list_new (store);
  g_signal_connect_object (self->versions, "changed", G_CALLBACK (versions_changed_cb), self,
                           G_CONNECT_SWAPPED);
  show_menu (self);

  return GTK_WIDGET (self);
}

void
gum_upsell_pairs_show (GumUpsellPairs *self,
                       const char     *product_id,
                       GumUpsell      *upsell)
{
  GListModel *pairs = upsell != NULL ? gum_upsell_get_pairs (upsell) : NULL;

  g_return_if_fail (GUM_IS_UPSELL_PAIRS (self));

  while (self->pairs->len > 0)
    remove_pair (self, self->pairs->len - 1);
  for (guint i = 0; i < self->fixed->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), self->fixed->pdata[i]);
  g_ptr_array_set_size (self->fixed, 0);

  g_set_object (&self->upsell, upsell);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self),
                                         is_fixed (self)
                                         ? _("Not all that Gumroad has can be read here, so these stay as "
                                             "they are.")
                                         : _("Whoever has selected a version is offered another in its "
                                             "place."));
  for (guint i = 0; pairs != NULL && i < g_list_model_get_n_items (pairs); i++)
    {
      g_autoptr (GumUpsellPair) pair = g_list_model_get_item (pairs, i);
      GumReference *selected = gum_upsell_pair_get_selected (pair);
      GumReference *offered = gum_upsell_pair_get_offered (pair);

      if (is_fixed (self))
        add_fixed (self, pair);
      else
        add_pair (self, gum_resource_get_id (GUM_RESOURCE (selected)), gum_reference_get_name (selected),
                  gum_resource_get_id (GUM_RESOURCE (offered)), gum_reference_get_name (offered));
    }
  gum_version_list_set_product (self->versions, product_id);
  gum_version_list_read (self->versions);
}

void
gum_upsell_pairs_add (GumUpsellPairs *self,
                      const char     *selected_id,
                      const char     *name)
{
  g_return_if_fail (GUM_IS_UPSELL_PAIRS (self));
  g_return_if_fail (selected_id != NULL);

  add_pair (self, selected_id, name, NULL, NULL);
  versions_changed_cb (self);
}

gboolean
gum_upsell_pairs_are_valid (GumUpsellPairs *self)
{
  g_return_val_if_fail (GUM_IS_UPSELL_PAIRS (self), FALSE);

  for (guint i = 0; i < self->pairs->len; i++)
    {
      if (get_problem (self, get_pair (self, i)) != NULL)
        return FALSE;
    }

  return TRUE;
}

/* Whether @upsell has this pair. */
static gboolean
had_pair (GListModel *pairs,
          Pair       *pair)
{
  for (guint i = 0; i < g_list_model_get_n_items (pairs); i++)
    {
      g_autoptr (GumUpsellPair) former = g_list_model_get_item (pairs, i);

      if (g_str_equal (gum_resource_get_id (GUM_RESOURCE (gum_upsell_pair_get_selected (former))),
                       pair->selected))
        return g_strcmp0 (gum_resource_get_id (GUM_RESOURCE (gum_upsell_pair_get_offered (former))),
                          gum_version_choice_get_id (pair->offered)) == 0;
    }

  return FALSE;
}

gboolean
gum_upsell_pairs_are_changed (GumUpsellPairs *self)
{
  GListModel *pairs;

  g_return_val_if_fail (GUM_IS_UPSELL_PAIRS (self), FALSE);

  if (is_fixed (self))
    return FALSE;
  pairs = self->upsell != NULL ? gum_upsell_get_pairs (self->upsell) : NULL;
  if ((pairs != NULL ? g_list_model_get_n_items (pairs) : 0) != self->pairs->len)
    return TRUE;
  for (guint i = 0; i < self->pairs->len; i++)
    {
      if (!had_pair (pairs, get_pair (self, i)))
        return TRUE;
    }

  return FALSE;
}

JsonArray *
gum_upsell_pairs_dup_list (GumUpsellPairs *self)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < self->pairs->len; i++)
    {
      Pair *pair = get_pair (self, i);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "selected_variant_id", pair->selected);
      json_object_set_string_member (object, "offered_variant_id",
                                     gum_version_choice_get_id (pair->offered));
      json_array_add_object_element (array, object);
    }

  return array;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The versions of a product, or the tiers of a membership, group by group; and whether each has content of
 * its own. Their order is Gumroad's: it cannot be changed over the API.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-versions-page.h"

#include "gum-build.h"
#include "gum-detail-rows.h"
#include "gum-drafts.h"
#include "gum-part-send.h"
#include "gum-product-facts.h"
#include "gum-version-form.h"
#include "gum-version-group.h"
#include "gum-version-words.h"

#include <glib/gi18n.h>

struct _GumVersionsPage
{
  GumPartPage    parent_instance;

  /* owned */
  GumCollection *categories;

  /* widgets */
  GtkBox        *groups;
  GtkWidget     *content;        /* a preferences group */
  GtkWidget     *shared;         /* a switch */

  /* what is being shown is not being pressed */
  gboolean       is_showing;
};

G_DEFINE_FINAL_TYPE (GumVersionsPage, gum_versions_page, GUM_TYPE_PART_PAGE)

static const char * const kinds[] = { "category-", "variant-", NULL };

static const GumPartWords words = {
  "view-list-symbolic", N_("No Versions"),
  N_("Everybody who buys this gets the same for the same price. Versions let buyers choose: a licence, "
     "a size, an edition, each with a surcharge of its own."),
  N_("_Add Versions"), "versions.add-group",
};

static GumProduct *
get_product (GumVersionsPage *self)
{
  return gum_subpage_get_product (GUM_SUBPAGE (self));
}

/* --- content of their own --------------------------------------------------------------------- */

static void
show_shared (GumVersionsPage *self)
{
  GumProduct *product = get_product (self);

  /* Only the full record tells it. */
  gtk_widget_set_visible (self->content,
                          gum_resource_has (GUM_RESOURCE (product),
                                            "has-same-rich-content-for-all-variants"));
  self->is_showing = TRUE;
  gtk_switch_set_active (GTK_SWITCH (self->shared),
                         gum_detail_get_boolean (product, "has-same-rich-content-for-all-variants"));
  self->is_showing = FALSE;
}

/* Until Gumroad has said yes, it is as it was. */
static void
write_state_cb (GumVersionsPage *self,
                GParamSpec      *pspec,
                GumWrite        *write)
{
  if (gum_write_get_state (write) != GUM_WRITE_SENDING)
    show_shared (self);
}

/* Changes of content that are not at Gumroad would be changes of what has gone elsewhere then. */
static gboolean
has_content_draft (GumVersionsPage *self)
{
  GumStore *store = gum_subpage_get_store (GUM_SUBPAGE (self));
  GumDraft *draft = store != NULL
                    ? gum_drafts_find (gum_store_get_drafts (store),
                                       gum_resource_get_id (GUM_RESOURCE (get_product (self)))) : NULL;
  g_auto (GStrv) keys = draft != NULL ? gum_draft_dup_keys (draft) : NULL;

  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    {
      if (g_str_has_prefix (keys[i], "rich_content"))
        return TRUE;
    }

  return FALSE;
}

static void
shared_cb (GumVersionsPage *self)
{
  GumProduct *product = get_product (self);
  GumShop *shop = gum_subpage_get_shop (GUM_SUBPAGE (self));
  gboolean shared = gtk_switch_get_active (GTK_SWITCH (self->shared));
  g_autoptr (JsonObject) body = NULL;
  g_autoptr (JsonObject) before = NULL;
  g_autoptr (GumWrite) write = NULL;
  g_autofree char *name = NULL;

  /* A switch that is put back tells of it once more when it has come to rest. */
  if (self->is_showing || shared == gum_detail_get_boolean (product, "has-same-rich-content-for-all-variants"))
    return;
  if (has_content_draft (self))
    {
      show_shared (self);
      gum_part_say (GTK_WIDGET (self), _("Save the Content First"),
                    _("There are changes of the content that are not at Gumroad yet. Save or discard "
                      "them before pages are moved."));
      return;
    }

  body = json_object_new ();
  json_object_set_boolean_member (body, "has_same_rich_content_for_all_variants", shared);
  /* The way back from shared content to that of each version would not bring back who had what. */
  if (!shared)
    {
      before = json_object_new ();
      json_object_set_boolean_member (before, "has_same_rich_content_for_all_variants", TRUE);
    }
  name = gum_product_facts_dup_name (product);
  write = gum_write_new_update (gum_resource_get_id (GUM_RESOURCE (product)), name, body, before);
  g_signal_connect_object (write, "notify::state", G_CALLBACK (write_state_cb), self,
                           G_CONNECT_SWAPPED);
  if (shared)
    {
      gum_part_send (GTK_WIDGET (self), shop, write, _("The same content for all now"));
      return;
    }

  /* Buyers feel it at once, and it cannot be taken back where it matters: the switch waits for the answer. */
  show_shared (self);
  gum_part_ask (GTK_WIDGET (self), shop, write, _("Give Each Its Own Content?"),
                _("All pages move to the first one. Whoever bought another one has no content until you write some "
                  "for it."), _("_Move to the First"), _("Content of their own now; all of it is with the first"));
}

static GtkWidget *
create_content (GumVersionsPage *self)
{
  gboolean is_tiered = gum_version_words_is_tiered (get_product (self));
  GtkWidget *group = gum_detail_new_group (_("Content"), is_tiered ?
                                           _("When each tier gets content of its own, all pages "
                                             "move to the first one. They can be shared again only "
                                             "while no more than one has any, or all have the "
                                             "same.") :
                                           _("When each version gets content of its own, all pages "
                                             "move to the first one. They can be shared again only "
                                             "while no more than one has any, or all have the "
                                             "same."));
  GtkWidget *row = gum_detail_new_row (_("Same Content for All"), NULL);

  self->shared = gtk_switch_new ();
  gtk_widget_set_valign (self->shared, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->shared), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Same content for all"), -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), self->shared);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), self->shared);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  g_signal_connect_object (self->shared, "notify::active", G_CALLBACK (shared_cb), self,
                           G_CONNECT_SWAPPED);

  return group;
}

/* --- groups ----------------------------------------------------------------------------------- */

static GtkWidget *
get_nth (GtkBox *box,
         guint   n)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (box));

  for (; child != NULL && n > 0; n--)
    child = gtk_widget_get_next_sibling (child);

  return child;
}

static void
categories_changed_cb (GumVersionsPage *self,
                       guint            position,
                       guint            removed,
                       guint            added)
{
  GumShop *shop = gum_subpage_get_shop (GUM_SUBPAGE (self));
  GtkWidget *before = position > 0 ? get_nth (self->groups, position - 1) : NULL;

  for (guint i = 0; i < removed; i++)
    gtk_box_remove (self->groups, get_nth (self->groups, position));
  for (guint i = 0; i < added; i++)
    {
      g_autoptr (GumVariantCategory) category = NULL;
      GtkWidget *group;

      category = g_list_model_get_item (G_LIST_MODEL (self->categories), position + i);
      group = gum_version_group_new (shop, get_product (self), category);
      gtk_box_insert_child_after (self->groups, group, before);
      before = group;
    }
}

static void
gum_versions_page_read (GumPartPage *page)
{
  GumVersionsPage *self = GUM_VERSIONS_PAGE (page);

  gum_collection_read (self->categories);
  for (GtkWidget *group = gtk_widget_get_first_child (GTK_WIDGET (self->groups));
       group != NULL;
       group = gtk_widget_get_next_sibling (group))
    gum_version_group_read (GUM_VERSION_GROUP (group));
}

static void
add_group_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  gtk_window_present (GTK_WINDOW (gum_version_form_new (widget,
                                                        gum_subpage_get_shop (GUM_SUBPAGE (widget)),
                                                        get_product (GUM_VERSIONS_PAGE (widget)),
                                                        NULL, NULL)));
}

/* --- the page --------------------------------------------------------------------------------- */

static void
gum_versions_page_constructed (GObject *object)
{
  GumVersionsPage *self = GUM_VERSIONS_PAGE (object);
  GumStore *store;
  gboolean is_tiered;
  GtkBox *column;

  G_OBJECT_CLASS (gum_versions_page_parent_class)->constructed (object);

  store = gum_subpage_get_store (GUM_SUBPAGE (self));
  is_tiered = gum_version_words_is_tiered (get_product (self));
  gum_subpage_set_title (GUM_SUBPAGE (self), is_tiered ? _("Tiers") : _("Versions"));
  if (!is_tiered)
    {
      GtkWidget *add = gum_build_icon_button ("list-add-symbolic", _("Add a Group of Versions"),
                                                   "versions.add-group");

      adw_header_bar_pack_end (gum_subpage_get_header (GUM_SUBPAGE (self)), add);
    }

  column = gum_part_page_add_column (GUM_PART_PAGE (self));
  self->groups = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 24));
  self->content = create_content (self);
  gtk_box_append (column, GTK_WIDGET (self->groups));
  gtk_box_append (column, self->content);
  g_signal_connect_object (get_product (self), "notify::has-same-rich-content-for-all-variants",
                           G_CALLBACK (show_shared), self, G_CONNECT_SWAPPED);
  show_shared (self);

  if (store != NULL)
    {
      g_autofree char *parent = gum_part_page_dup_parent (GUM_PART_PAGE (self));

      self->categories = gum_store_dup_collection (store, &gum_variant_category_endpoint, parent);
      g_signal_connect_object (self->categories, "items-changed",
                               G_CALLBACK (categories_changed_cb), self, G_CONNECT_SWAPPED);
      categories_changed_cb (self, 0, 0,
                             g_list_model_get_n_items (G_LIST_MODEL (self->categories)));
    }
  gum_part_page_set_list (GUM_PART_PAGE (self), self->categories, &words);
}

static void
gum_versions_page_dispose (GObject *object)
{
  GumVersionsPage *self = GUM_VERSIONS_PAGE (object);

  if (self->categories != NULL)
    g_signal_handlers_disconnect_by_data (self->categories, self);
  g_clear_object (&self->categories);

  G_OBJECT_CLASS (gum_versions_page_parent_class)->dispose (object);
}

static void
gum_versions_page_class_init (GumVersionsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GumPartPageClass *page_class = GUM_PART_PAGE_CLASS (klass);

  object_class->constructed = gum_versions_page_constructed;
  object_class->dispose = gum_versions_page_dispose;
  page_class->read = gum_versions_page_read;
  page_class->kinds = kinds;

  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "versions.add-group", NULL,
                                   add_group_action);
}

static void
gum_versions_page_init (GumVersionsPage *self)
{
}

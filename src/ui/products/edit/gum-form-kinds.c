/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The kinds of fields a form has: a row of libadwaita's each, and how a value becomes what it shows and
 * back. What cannot be read as a value is kept as the text that was typed.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-form-kinds.h"

#include "gum-category-row.h"
#include "gum-json.h"
#include "gum-money.h"
#include "gum-product-values.h"
#include "gum-rich-editor.h"

#include <glib/gi18n.h>

static JsonNode *
new_string (const char *text)
{
  return json_node_init_string (json_node_alloc (), text);
}

static JsonNode *
new_int (gint64 number)
{
  return json_node_init_int (json_node_alloc (), number);
}

static JsonNode *
new_boolean (gboolean flag)
{
  return json_node_init_boolean (json_node_alloc (), flag);
}

static char *
dup_text (JsonNode *value)
{
  char *text = value != NULL ? gum_json_node_dup_string (value) : NULL;

  return text != NULL ? text : g_strdup ("");
}

/* A text that is there already keeps its cursor. */
static void
set_text (GtkWidget  *row,
          const char *text)
{
  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (row)), text) != 0)
    gtk_editable_set_text (GTK_EDITABLE (row), text);
}

/* --- lines ------------------------------------------------------------------------------------ */

static GtkWidget *
create_entry (GumFormField *field,
              const char   *title,
              GCallback     changed)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  /* The form undoes, over all its fields. */
  gtk_editable_set_enable_undo (GTK_EDITABLE (row), FALSE);
  g_signal_connect_object (row, "changed", changed, field, G_CONNECT_SWAPPED);

  return row;
}

static void
show_entry (GtkWidget  *row,
            JsonNode   *value,
            const char *currency)
{
  g_autofree char *text = dup_text (value);

  set_text (row, text);
}

static JsonNode *
read_entry (GtkWidget  *row,
            const char *currency)
{
  return new_string (gtk_editable_get_text (GTK_EDITABLE (row)));
}

static GtkWidget *
create_money (GumFormField *field,
              const char   *title,
              GCallback     changed)
{
  GtkWidget *row = create_entry (field, title, changed);
  GtkWidget *symbol = gtk_label_new (NULL);

  gtk_widget_add_css_class (symbol, "dim-label");
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), symbol);
  g_object_set_data (G_OBJECT (row), "symbol", symbol);
  adw_entry_row_set_input_purpose (ADW_ENTRY_ROW (row), GTK_INPUT_PURPOSE_NUMBER);

  return row;
}

static JsonNode *
read_money (GtkWidget  *row,
            const char *currency)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (row));
  gint64 amount;

  if (gum_money_parse (text, currency, &amount) == GUM_MONEY_FINE)
    return new_int (amount);

  return new_string (text);
}

static void
show_money (GtkWidget  *row,
            JsonNode   *value,
            const char *currency)
{
  g_autoptr (JsonNode) shown = read_money (row, currency);
  g_autofree char *text = NULL;
  g_autofree char *code = g_ascii_strup (currency != NULL ? currency : "usd", -1);
  gint64 amount;

  gtk_label_set_text (GTK_LABEL (g_object_get_data (G_OBJECT (row), "symbol")), code);
  if (value != NULL && json_node_equal (shown, value))
    return;
  if (value != NULL && JSON_NODE_HOLDS_VALUE (value) &&
      json_node_get_value_type (value) != G_TYPE_STRING && gum_json_node_to_int (value, &amount))
    text = gum_money_format_plain (amount, currency);
  else
    text = dup_text (value);
  set_text (row, text);
}

/* Nothing written is nothing wanted: it is never told, and cannot be taken away. */
static JsonNode *
read_open_money (GtkWidget  *row,
                 const char *currency)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (row));
  gint64 amount;

  return gum_money_parse (text, currency, &amount) == GUM_MONEY_EMPTY ? NULL
                                                                       : read_money (row, currency);
}

static JsonNode *
read_count (GtkWidget  *row,
            const char *currency)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (row));
  gint64 number;

  /* A whole number is an amount of a currency without a smaller unit. */
  switch (gum_money_parse (text, "jpy", &number))
    {
    case GUM_MONEY_FINE:
      return new_int (number);
    case GUM_MONEY_EMPTY:
      return json_node_init_null (json_node_alloc ());
    case GUM_MONEY_NO_NUMBER:
    case GUM_MONEY_NEGATIVE:
    case GUM_MONEY_TOO_FINE:
    case GUM_MONEY_AMBIGUOUS:
    case GUM_MONEY_TOO_LARGE:
    default:
      return new_string (text);
    }
}

static void
show_count (GtkWidget  *row,
            JsonNode   *value,
            const char *currency)
{
  g_autoptr (JsonNode) shown = read_count (row, NULL);
  g_autofree char *text = dup_text (value);

  if (value == NULL || !json_node_equal (shown, value))
    set_text (row, text);
}

static JsonNode *
read_tags (GtkWidget  *row,
           const char *currency)
{
  g_autofree char *lower = g_utf8_strdown (gtk_editable_get_text (GTK_EDITABLE (row)), -1);
  g_auto (GStrv) words = g_strsplit_set (lower, ",;\n", -1);
  g_autoptr (JsonArray) tags = json_array_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; words[i] != NULL; i++)
    {
      const char *word = g_strstrip (words[i]);

      if (*word != '\0' && g_hash_table_add (seen, (gpointer) word))
        json_array_add_string_element (tags, word);
    }

  return json_node_init_array (json_node_alloc (), tags);
}

static void
show_tags (GtkWidget  *row,
           JsonNode   *value,
           const char *currency)
{
  g_autoptr (JsonNode) shown = read_tags (row, NULL);
  JsonArray *tags = value != NULL && JSON_NODE_HOLDS_ARRAY (value) ? json_node_get_array (value) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  if (value != NULL && json_node_equal (shown, value))
    return;
  for (guint i = 0; tags != NULL && i < json_array_get_length (tags); i++)
    {
      g_autofree char *tag = gum_json_node_dup_string (json_array_get_element (tags, i));

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", tag != NULL ? tag : "");
    }
  set_text (row, text->str);
}

/* --- several lines ---------------------------------------------------------------------------- */

static GtkTextBuffer *
get_buffer (GtkWidget *row)
{
  return gtk_text_view_get_buffer (g_object_get_data (G_OBJECT (row), "view"));
}

static GtkWidget *
create_text (GumFormField *field,
             const char   *title,
             GCallback     changed)
{
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *label = gtk_label_new (title);
  GtkWidget *view = gtk_text_view_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gtk_widget_add_css_class (box, "gum-form-text");
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");

  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_buffer_set_enable_undo (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), 72);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 320);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);

  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), scroller);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data (G_OBJECT (row), "view", view);
  g_signal_connect_object (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), "changed", changed, field,
                           G_CONNECT_SWAPPED);

  return row;
}

static char *
dup_shown_text (GtkWidget *row)
{
  GtkTextBuffer *buffer = get_buffer (row);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);

  return gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
}

static void
show_text (GtkWidget  *row,
           JsonNode   *value,
           const char *currency)
{
  g_autofree char *text = dup_text (value);
  g_autofree char *shown = dup_shown_text (row);

  if (g_strcmp0 (text, shown) != 0)
    gtk_text_buffer_set_text (get_buffer (row), text, -1);
}

static JsonNode *
read_text (GtkWidget  *row,
           const char *currency)
{
  g_autofree char *text = dup_shown_text (row);

  return new_string (text);
}

static GtkWidget *
create_html (GumFormField *field,
             const char   *title,
             GCallback     changed)
{
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *editor = gum_rich_editor_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gum_rich_editor_set_label (GUM_RICH_EDITOR (editor), title);
  gum_rich_editor_set_pictures (GUM_RICH_EDITOR (editor),
                                gum_shop_get_pictures (gum_form_field_get_shop (field)));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), editor);
  g_object_set_data (G_OBJECT (row), "editor", editor);
  g_signal_connect_object (editor, "changed", changed, field, G_CONNECT_SWAPPED);

  return row;
}

static void
show_html (GtkWidget  *row,
           JsonNode   *value,
           const char *currency)
{
  GumRichEditor *editor = g_object_get_data (G_OBJECT (row), "editor");
  g_autofree char *text = dup_text (value);

  gum_rich_editor_set_html (editor, text);
}

static JsonNode *
read_html (GtkWidget  *row,
           const char *currency)
{
  return new_string (gum_rich_editor_get_html (g_object_get_data (G_OBJECT (row), "editor")));
}

/* --- choices ---------------------------------------------------------------------------------- */

static GtkWidget *
create_switch (GumFormField *field,
               const char   *title,
               GCallback     changed)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *toggle = gtk_switch_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (toggle),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), toggle);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), toggle);
  g_object_set_data (G_OBJECT (row), "switch", toggle);
  g_signal_connect_object (toggle, "notify::active", changed, field, G_CONNECT_SWAPPED);

  return row;
}

static void
show_switch (GtkWidget  *row,
             JsonNode   *value,
             const char *currency)
{
  gboolean flag = FALSE;

  if (value != NULL)
    gum_json_node_to_boolean (value, &flag);
  gtk_switch_set_active (g_object_get_data (G_OBJECT (row), "switch"), flag);
}

static JsonNode *
read_switch (GtkWidget  *row,
             const char *currency)
{
  return new_boolean (gtk_switch_get_active (g_object_get_data (G_OBJECT (row), "switch")));
}

static GtkWidget *
create_combo (GumFormField       *field,
              const char         *title,
              const char * const *words,
              GCallback           changed)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) model = gtk_string_list_new (words);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (model));
  g_signal_connect_object (row, "notify::selected", changed, field, G_CONNECT_SWAPPED);

  return row;
}

static GtkWidget *
create_untold (GumFormField *field,
               const char   *title,
               GCallback     changed)
{
  const char *words[] = { _("As It Is"), _("Yes"), _("No"), NULL };

  return create_combo (field, title, words, changed);
}

static void
show_untold (GtkWidget  *row,
             JsonNode   *value,
             const char *currency)
{
  gboolean flag;

  if (value == NULL || !gum_json_node_to_boolean (value, &flag))
    adw_combo_row_set_selected (ADW_COMBO_ROW (row), 0);
  else
    adw_combo_row_set_selected (ADW_COMBO_ROW (row), flag ? 1 : 2);
}

static JsonNode *
read_untold (GtkWidget  *row,
             const char *currency)
{
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (row));

  return selected == 1 || selected == 2 ? new_boolean (selected == 1) : NULL;
}

static GtkWidget *
create_currency (GumFormField *field,
                 const char   *title,
                 GCallback     changed)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

  for (const char **code = gum_currency_list (); *code != NULL; code++)
    g_ptr_array_add (words, g_ascii_strup (*code, -1));
  g_ptr_array_add (words, NULL);

  return create_combo (field, title, (const char * const *) words->pdata, changed);
}

static void
show_currency (GtkWidget  *row,
               JsonNode   *value,
               const char *currency)
{
  g_autofree char *code = dup_text (value);
  guint position = 0;

  for (const char **known = gum_currency_list (); *known != NULL; known++, position++)
    {
      if (g_ascii_strcasecmp (*known, code) == 0)
        {
          adw_combo_row_set_selected (ADW_COMBO_ROW (row), position);
          return;
        }
    }
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), GTK_INVALID_LIST_POSITION);
}

static JsonNode *
read_currency (GtkWidget  *row,
               const char *currency)
{
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (row));
  const char **known = gum_currency_list ();

  return selected < g_strv_length ((char **) known) ? new_string (known[selected]) : NULL;
}

/* "none" is shown where it is, and no longer offered: the newest servers refuse it. */
static const char * const refund_periods[] = { "inherit", "7", "14", "30", "183", "none" };
#define N_OFFERED 5

static void
fill_refunds (GtkWidget *row,
              guint      n)
{
  g_autoptr (GtkStringList) model = gtk_string_list_new (NULL);

  for (guint i = 0; i < n; i++)
    gtk_string_list_append (model, gum_product_values_get_refund (refund_periods[i]));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (model));
}

static GtkWidget *
create_refund (GumFormField *field,
               const char   *title,
               GCallback     changed)
{
  GtkWidget *row = create_combo (field, title, NULL, changed);

  fill_refunds (row, N_OFFERED);

  return row;
}

static void
show_refund (GtkWidget  *row,
             JsonNode   *value,
             const char *currency)
{
  g_autofree char *period = dup_text (value);
  guint n_shown = g_list_model_get_n_items (adw_combo_row_get_model (ADW_COMBO_ROW (row)));

  for (guint i = 0; i < G_N_ELEMENTS (refund_periods); i++)
    {
      if (g_strcmp0 (refund_periods[i], period) != 0)
        continue;
      if (i >= n_shown)
        fill_refunds (row, G_N_ELEMENTS (refund_periods));
      adw_combo_row_set_selected (ADW_COMBO_ROW (row), i);
      return;
    }
}

static JsonNode *
read_refund (GtkWidget  *row,
             const char *currency)
{
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (row));

  return selected < G_N_ELEMENTS (refund_periods) ? new_string (refund_periods[selected]) : NULL;
}

static const GumFormKindOps kinds[] = {
  [GUM_FORM_ENTRY] = { create_entry, show_entry, read_entry },
  [GUM_FORM_TEXT] = { create_text, show_text, read_text },
  [GUM_FORM_HTML] = { create_html, show_html, read_html },
  [GUM_FORM_MONEY] = { create_money, show_money, read_money },
  [GUM_FORM_OPEN_MONEY] = { create_money, show_money, read_open_money },
  [GUM_FORM_COUNT] = { create_entry, show_count, read_count },
  [GUM_FORM_TAGS] = { create_entry, show_tags, read_tags },
  [GUM_FORM_SWITCH] = { create_switch, show_switch, read_switch },
  [GUM_FORM_UNTOLD] = { create_untold, show_untold, read_untold },
  [GUM_FORM_CURRENCY] = { create_currency, show_currency, read_currency },
  [GUM_FORM_REFUND] = { create_refund, show_refund, read_refund },
  [GUM_FORM_CATEGORY] = { gum_category_row_create, gum_category_row_show, gum_category_row_read },
};

const GumFormKindOps *
gum_form_kinds_get (GumFormKind kind)
{
  g_return_val_if_fail (kind < G_N_ELEMENTS (kinds), NULL);

  return &kinds[kind];
}

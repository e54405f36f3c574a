/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The editor of a description. It holds a text three ways: the blocks as they are now, the buffer that shows them, and,
 * while the source is edited, the source. The blocks are taken from the buffer at the end of each of the person's
 * changes, which is then one step to undo.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-rich-editor-private.h"

#include "gum-flow-layout.h"
#include "gum-util.h"

#include <glib/gi18n.h>

/* More than this is not shown as it looks: a text view is slow with so many lines, and slower with widgets. */
#define MOST_BLOCKS 3000
#define MOST_WIDGETS 300

enum
{
  PROP_0,
  PROP_HTML,
  PROP_MODIFIED,
  PROP_SOURCE_MODE,
  N_PROPS
};

enum
{
  CHANGED,
  STEP,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (GumRichEditor, gum_rich_editor, GTK_TYPE_BOX)

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static GtkTextBuffer *
get_buffer (GumRichEditor *self)
{
  return GTK_TEXT_BUFFER (gum_rich_view_get_buffer (self->view));
}

static int
get_cursor (GumRichEditor *self)
{
  GtkTextIter at;

  gtk_text_buffer_get_iter_at_mark (get_buffer (self), &at,
                                    gtk_text_buffer_get_insert (get_buffer (self)));
  return gtk_text_iter_get_offset (&at);
}

static gboolean
is_too_large (GumRichText *text)
{
  guint n = 0;

  for (guint i = 0; i < text->blocks->len; i++)
    {
      const GumRichBlock *block = g_ptr_array_index (text->blocks, i);

      n += !gum_rich_block_has_text (block);
      for (guint j = 0; j < block->runs->len; j++)
        n += ((GumRichRun *) g_ptr_array_index (block->runs, j))->opaque != NULL;
    }
  return text->blocks->len > MOST_BLOCKS || n > MOST_WIDGETS;
}

/* The same text with the blocks of the buffer. */
static GumRichText *
read_buffer (GumRichEditor *self)
{
  GumRichText *text = gum_rich_text_new ();

  g_ptr_array_unref (text->blocks);
  text->blocks = gum_rich_buffer_dup_blocks (gum_rich_view_get_buffer (self->view));
  text->tail = self->now->tail != NULL ? g_bytes_ref (self->now->tail) : NULL;
  text->last = self->now->last;
  return text;
}

static gboolean
has_same_blocks (const GumRichText *text,
                 const GumRichText *other)
{
  if (text->blocks->len != other->blocks->len)
    return FALSE;
  for (guint i = 0; i < text->blocks->len; i++)
    {
      if (g_ptr_array_index (text->blocks, i) != g_ptr_array_index (other->blocks, i))
        return FALSE;
    }
  return TRUE;
}

static void
update_actions (GumRichEditor *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "rich.undo",
                                 !self->source_mode && gum_rich_history_can_undo (self->history));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "rich.redo",
                                 !self->source_mode && gum_rich_history_can_redo (self->history));
}

static void
set_modified (GumRichEditor *self,
              gboolean       modified)
{
  if (self->modified == modified)
    return;
  self->modified = modified;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MODIFIED]);
}

static void
say_changed (GumRichEditor *self)
{
  g_clear_pointer (&self->html, g_free);
  update_actions (self);
  set_modified (self, g_strcmp0 (gum_rich_editor_get_html (self), self->loaded) != 0);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HTML]);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Puts a text (transfer full) into the buffer; nothing else hears of it. */
static void
show_text (GumRichEditor *self,
           GumRichText   *text,
           int            cursor)
{
  GtkTextIter at;

  self->quiet++;
  if (self->now != text)
    g_clear_pointer (&self->now, gum_rich_text_free);
  self->now = text;
  gum_rich_buffer_set_blocks (gum_rich_view_get_buffer (self->view), text->blocks);
  gum_rich_buffer_take_change (gum_rich_view_get_buffer (self->view));
  gtk_text_buffer_get_iter_at_offset (get_buffer (self), &at, cursor);
  gtk_text_buffer_place_cursor (get_buffer (self), &at);
  self->quiet--;
  gum_rich_editor_show_state (self);
}

static void
begin_action_cb (GumRichEditor *self)
{
  self->cursor = get_cursor (self);
}

static void
end_action_cb (GumRichEditor *self)
{
  GumRichBuffer *buffer = gum_rich_view_get_buffer (self->view);
  g_autoptr (GumRichText) text = NULL;
  GumRichChange change;

  if (self->quiet > 0)
    return;

  self->quiet++;
  text = read_buffer (self);
  self->quiet--;
  change = gum_rich_buffer_take_change (buffer);
  if (has_same_blocks (text, self->now))
    return;

  if (gum_rich_history_record (self->history, g_steal_pointer (&self->now), self->cursor,
                               get_cursor (self), change))
    g_signal_emit (self, signals[STEP], 0);
  self->now = g_steal_pointer (&text);
  say_changed (self);
  gum_rich_editor_show_state (self);
}

static void
mark_set_cb (GumRichEditor *self,
             GtkTextIter   *at,
             GtkTextMark   *mark)
{
  GtkTextBuffer *buffer = get_buffer (self);
  GumRichBuffer *rich = GUM_RICH_BUFFER (buffer);
  GtkTextIter last = *at;

  if (mark != gtk_text_buffer_get_insert (buffer) &&
      mark != gtk_text_buffer_get_selection_bound (buffer))
    return;

  /* The line behind the last one is nobody's. The buffer says whether it has a selection only after this. */
  if ((guint) gtk_text_iter_get_line (at) >= gum_rich_buffer_get_n_lines (rich) &&
      !gtk_text_buffer_get_selection_bounds (buffer, NULL, NULL) &&
      gtk_text_iter_backward_char (&last))
    {
      gtk_text_buffer_place_cursor (buffer, &last);
      return;
    }
  if (self->quiet == 0 && mark == gtk_text_buffer_get_insert (buffer))
    {
      guint styles = 0;

      /* What is typed looks like what it follows. */
      if (!gtk_text_iter_starts_line (&last))
        gtk_text_iter_backward_char (&last);
      if (!gtk_text_iter_ends_line (&last))
        styles = gum_rich_buffer_get_styles (rich, &last);
      gum_rich_buffer_set_typing (rich, styles);
    }
  gum_rich_editor_show_state (self);
}

static void
source_changed_cb (GumRichEditor *self)
{
  if (self->quiet == 0)
    say_changed (self);
}

static void
undo_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  if (g_str_equal (name, "rich.undo"))
    gum_rich_editor_undo (GUM_RICH_EDITOR (widget));
  else
    gum_rich_editor_redo (GUM_RICH_EDITOR (widget));
}

static void
gum_rich_editor_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  GumRichEditor *self = GUM_RICH_EDITOR (object);

  switch (prop_id)
    {
    case PROP_HTML:
      g_value_set_string (value, gum_rich_editor_get_html (self));
      break;
    case PROP_MODIFIED:
      g_value_set_boolean (value, self->modified);
      break;
    case PROP_SOURCE_MODE:
      g_value_set_boolean (value, self->source_mode);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
gum_rich_editor_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  GumRichEditor *self = GUM_RICH_EDITOR (object);

  switch (prop_id)
    {
    case PROP_HTML:
      gum_rich_editor_set_html (self, g_value_get_string (value));
      break;
    case PROP_SOURCE_MODE:
      gum_rich_editor_set_source_mode (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
gum_rich_editor_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), GUM_TYPE_RICH_EDITOR);

  G_OBJECT_CLASS (gum_rich_editor_parent_class)->dispose (object);
}

static void
gum_rich_editor_finalize (GObject *object)
{
  GumRichEditor *self = GUM_RICH_EDITOR (object);

  gum_rich_text_free (self->now);
  gum_rich_history_free (self->history);
  g_clear_pointer (&self->document, json_node_unref);
  g_clear_pointer (&self->names, g_hash_table_unref);
  g_free (self->loaded);
  g_free (self->html);

  G_OBJECT_CLASS (gum_rich_editor_parent_class)->finalize (object);
}

static void
gum_rich_editor_class_init (GumRichEditorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = gum_rich_editor_get_property;
  object_class->set_property = gum_rich_editor_set_property;
  object_class->dispose = gum_rich_editor_dispose;
  object_class->finalize = gum_rich_editor_finalize;

  properties[PROP_HTML] =
    g_param_spec_string ("html", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_MODIFIED] =
    g_param_spec_boolean ("modified", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_SOURCE_MODE] =
    g_param_spec_boolean ("source-mode", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[STEP] = g_signal_new ("step", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);

  g_type_ensure (GUM_TYPE_FLOW_LAYOUT);
  g_type_ensure (GUM_TYPE_RICH_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Gumroad/ui/gum-rich-editor.ui");
  gum_rich_editor_bind_tools (widget_class);

  gtk_widget_class_install_action (widget_class, "rich.undo", NULL, undo_action);
  gtk_widget_class_install_action (widget_class, "rich.redo", NULL, undo_action);
  /* While the focus is on a button. The text has keys of its own, and the source undoes by itself. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "rich.undo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "rich.redo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_y, GDK_CONTROL_MASK, "rich.redo", NULL);
}

static void
gum_rich_editor_init (GumRichEditor *self)
{
  self->now = gum_rich_text_read_html ("", 0);
  self->history = gum_rich_history_new ();
  self->loaded = g_strdup ("");

  self->quiet++;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->quiet--;

  g_signal_connect_object (get_buffer (self), "begin-user-action", G_CALLBACK (begin_action_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (get_buffer (self), "end-user-action", G_CALLBACK (end_action_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (get_buffer (self), "mark-set", G_CALLBACK (mark_set_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_text_view_get_buffer (self->source_view), "changed",
                           G_CALLBACK (source_changed_cb), self, G_CONNECT_SWAPPED);
  gum_rich_editor_add_keys (self);
  gum_rich_editor_set_label (self, _("Text"));
  gum_rich_editor_show_state (self);
  update_actions (self);
}

GtkWidget *
gum_rich_editor_new (void)
{
  return g_object_new (GUM_TYPE_RICH_EDITOR, NULL);
}

static void
set_source (GumRichEditor *self,
            const char    *html)
{
  self->quiet++;
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->source_view), html, -1);
  self->quiet--;
}

static void
set_mode (GumRichEditor *self,
          gboolean       source_mode)
{
  if (self->source_mode == source_mode)
    return;
  self->source_mode = source_mode;
  gtk_stack_set_visible_child_name (self->stack, source_mode ? "source" : "text");
  update_actions (self);
  gum_rich_editor_show_state (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SOURCE_MODE]);
}

/* Shows a text (transfer full) as it looks, or its source if it cannot be. */
static void
open_text (GumRichEditor *self,
           GumRichText   *text,
           const char    *html,
           int            cursor)
{
  gboolean too_large = is_too_large (text);

  self->is_shut = too_large && self->document != NULL;
  gtk_widget_set_sensitive (GTK_WIDGET (self->stack), !self->is_shut);
  gtk_widget_set_visible (self->remark, too_large);
  if (self->is_shut)
    {
      gum_rich_text_free (text);
      gum_rich_editor_say_shut (self);
      show_text (self, gum_rich_text_new (), 0);
      return;
    }
  if (too_large)
    {
      gum_rich_text_free (text);
      set_source (self, html);
      set_mode (self, TRUE);
      return;
    }
  show_text (self, text, cursor);
  set_mode (self, FALSE);
}

void
gum_rich_editor_load (GumRichEditor *self,
                      GumRichText   *text,
                      const char    *html)
{
  self->quiet++;
  gum_rich_buffer_reset (gum_rich_view_get_buffer (self->view));
  self->quiet--;
  gum_rich_history_clear (self->history);
  open_text (self, text, html, 0);

  g_free (self->html);
  self->html = g_strdup (html);
  gum_set_str (&self->loaded, gum_rich_editor_get_html (self));
  update_actions (self);
  set_modified (self, FALSE);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HTML]);
}

void
gum_rich_editor_set_html (GumRichEditor *self,
                          const char    *html)
{
  g_return_if_fail (GUM_IS_RICH_EDITOR (self));

  if (html == NULL)
    html = "";
  if (g_str_equal (html, gum_rich_editor_get_html (self)))
    {
      gum_set_str (&self->loaded, html);
      set_modified (self, FALSE);
      return;
    }

  gum_rich_editor_load (self, gum_rich_text_read_html (html, -1), html);
}

const char *
gum_rich_editor_get_html (GumRichEditor *self)
{
  g_return_val_if_fail (GUM_IS_RICH_EDITOR (self), NULL);

  if (self->html == NULL && self->source_mode)
    {
      GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->source_view);
      GtkTextIter start;
      GtkTextIter end;

      gtk_text_buffer_get_bounds (buffer, &start, &end);
      self->html = gtk_text_buffer_get_slice (buffer, &start, &end, TRUE);
    }
  else if (self->html == NULL && self->document != NULL)
    {
      g_autoptr (JsonNode) document = gum_rich_editor_dup_content (self);

      self->html = json_to_string (document, FALSE);
    }
  else if (self->html == NULL)
    {
      self->html = gum_rich_text_write_html (self->now, NULL);
    }
  return self->html;
}

gboolean
gum_rich_editor_get_modified (GumRichEditor *self)
{
  g_return_val_if_fail (GUM_IS_RICH_EDITOR (self), FALSE);

  return self->modified;
}

void
gum_rich_editor_set_pictures (GumRichEditor *self,
                              GumPictures   *pictures)
{
  g_return_if_fail (GUM_IS_RICH_EDITOR (self));

  gum_rich_view_set_pictures (self->view, pictures);
}

void
gum_rich_editor_set_label (GumRichEditor *self,
                           const char    *label)
{
  g_return_if_fail (GUM_IS_RICH_EDITOR (self));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
}

static void
travel (GumRichEditor *self,
        gboolean       back)
{
  int cursor = get_cursor (self);
  GumRichText *text;

  if (self->source_mode)
    return;
  text = back ? gum_rich_history_undo (self->history, self->now, &cursor) :
                gum_rich_history_redo (self->history, self->now, &cursor);
  if (text == NULL)
    return;

  /* What was now is in the history. */
  self->now = text;
  show_text (self, text, cursor);
  g_signal_emit (self, signals[STEP], 0);
  say_changed (self);
}

void
gum_rich_editor_undo (GumRichEditor *self)
{
  g_return_if_fail (GUM_IS_RICH_EDITOR (self));

  travel (self, TRUE);
}

void
gum_rich_editor_redo (GumRichEditor *self)
{
  g_return_if_fail (GUM_IS_RICH_EDITOR (self));

  travel (self, FALSE);
}

void
gum_rich_editor_set_source_mode (GumRichEditor *self,
                                 gboolean       source_mode)
{
  g_autofree char *html = NULL;
  g_autofree char *before = NULL;
  GumRichText *text;

  g_return_if_fail (GUM_IS_RICH_EDITOR (self));

  if (self->source_mode == source_mode)
    return;

  html = g_strdup (gum_rich_editor_get_html (self));
  if (source_mode)
    {
      set_source (self, html);
      set_mode (self, TRUE);
      return;
    }

  before = gum_rich_text_write_html (self->now, NULL);
  if (g_str_equal (before, html))
    {
      gtk_widget_set_visible (self->remark, FALSE);
      set_mode (self, FALSE);
      return;
    }

  text = gum_rich_text_read_html (html, -1);
  if (!is_too_large (text))
    gum_rich_history_record (self->history, g_steal_pointer (&self->now), get_cursor (self), 0,
                             GUM_RICH_CHANGE_OTHER);
  open_text (self, text, html, 0);
  /* A switch that stays where it was has to look so. */
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SOURCE_MODE]);
  update_actions (self);
}

gboolean
gum_rich_editor_get_source_mode (GumRichEditor *self)
{
  g_return_val_if_fail (GUM_IS_RICH_EDITOR (self), FALSE);

  return self->source_mode;
}

GumRichView *
gum_rich_editor_get_view (GumRichEditor *self)
{
  g_return_val_if_fail (GUM_IS_RICH_EDITOR (self), NULL);

  return self->view;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The keys and the buttons of the editor, and what the buttons show of the place where the cursor is.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-rich-commands.h"
#include "gum-rich-editor-private.h"

/* The entry of the list of kinds behind the headings. */
#define CODE 5

static GumRichBuffer *
get_buffer (GumRichEditor *self)
{
  return gum_rich_view_get_buffer (self->view);
}

static void
focus_text (GumRichEditor *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static gboolean
get_selection (GumRichEditor *self,
               GtkTextIter   *start,
               GtkTextIter   *end)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (get_buffer (self));

  if (gtk_text_buffer_get_selection_bounds (buffer, start, end))
    return TRUE;
  gtk_text_buffer_get_iter_at_mark (buffer, start, gtk_text_buffer_get_insert (buffer));
  *end = *start;
  return FALSE;
}

static gboolean
has_style (GumRichEditor *self,
           guint          style)
{
  GtkTextIter start;
  GtkTextIter end;

  if (!get_selection (self, &start, &end))
    return (gum_rich_buffer_get_typing (get_buffer (self)) & style) != 0;
  return gum_rich_buffer_has_style (get_buffer (self), &start, &end, style);
}

void
gum_rich_editor_show_state (GumRichEditor *self)
{
  const GumRichBlock *block = gum_rich_get_current (get_buffer (self));
  gboolean writes = !self->source_mode && gum_rich_block_has_text (block);
  guint selected = 0;

  if (self->quiet > 0)
    return;

  if (block->kind == GUM_RICH_HEADING)
    selected = CLAMP (block->level, 1, 4);
  else if (block->kind == GUM_RICH_CODE)
    selected = CODE;

  self->quiet++;
  gtk_drop_down_set_selected (self->kinds, selected);
  gtk_toggle_button_set_active (self->bold, has_style (self, GUM_RICH_BOLD));
  gtk_toggle_button_set_active (self->italic, has_style (self, GUM_RICH_ITALIC));
  gtk_toggle_button_set_active (self->bullets, block->kind == GUM_RICH_ITEM && !block->numbered);
  gtk_toggle_button_set_active (self->numbers, block->kind == GUM_RICH_ITEM && block->numbered);
  gtk_toggle_button_set_active (self->quote, block->kind == GUM_RICH_QUOTE);
  self->quiet--;

  gtk_widget_set_sensitive (GTK_WIDGET (self->kinds), writes);
  gtk_widget_set_sensitive (GTK_WIDGET (self->bold), !self->source_mode);
  gtk_widget_set_sensitive (GTK_WIDGET (self->italic), !self->source_mode);
  gtk_widget_set_sensitive (GTK_WIDGET (self->link), writes);
  gtk_widget_set_sensitive (GTK_WIDGET (self->bullets), writes);
  gtk_widget_set_sensitive (GTK_WIDGET (self->numbers), writes);
  gtk_widget_set_sensitive (GTK_WIDGET (self->quote), writes);
}

static void
turn (GumRichEditor *self,
      guint          selected)
{
  if (selected == 0)
    gum_rich_turn (get_buffer (self), GUM_RICH_PARAGRAPH, 0, FALSE);
  else if (selected == CODE)
    gum_rich_turn (get_buffer (self), GUM_RICH_CODE, 0, FALSE);
  else
    gum_rich_turn (get_buffer (self), GUM_RICH_HEADING, selected, FALSE);
}

static void
kind_selected_cb (GumRichEditor *self)
{
  guint selected = gtk_drop_down_get_selected (self->kinds);

  if (self->quiet > 0)
    return;
  turn (self, selected);
  gum_rich_editor_show_state (self);
  focus_text (self);
}

static void
style_clicked_cb (GumRichEditor *self,
                  GtkWidget     *button)
{
  gum_rich_toggle_style (get_buffer (self), button == GTK_WIDGET (self->bold) ? GUM_RICH_BOLD :
                                                                              GUM_RICH_ITALIC);
  gum_rich_editor_show_state (self);
  focus_text (self);
}

static void
block_clicked_cb (GumRichEditor *self,
                  GtkWidget     *button)
{
  if (button == GTK_WIDGET (self->quote))
    gum_rich_turn (get_buffer (self), GUM_RICH_QUOTE, 0, FALSE);
  else
    gum_rich_turn (get_buffer (self), GUM_RICH_ITEM, 1, button == GTK_WIDGET (self->numbers));
  gum_rich_editor_show_state (self);
  focus_text (self);
}

static void
link_changed_cb (GumRichEditor *self)
{
  const char *typed = gtk_editable_get_text (self->link_entry);
  g_autofree char *link = gum_rich_dup_link (typed);
  gboolean wrong = *typed != '\0' && link == NULL;

  gtk_widget_set_sensitive (self->link_apply, link != NULL);
  if (wrong)
    gtk_widget_add_css_class (GTK_WIDGET (self->link_entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->link_entry), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->link_entry), GTK_ACCESSIBLE_STATE_INVALID,
                               wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
}

/* What a link is set on or taken from: the selection, or the link that the cursor is in. */
static gboolean
get_link_range (GumRichEditor *self,
                GtkTextIter   *start,
                GtkTextIter   *end)
{
  return get_selection (self, start, end) ||
         gum_rich_buffer_find_link (get_buffer (self), start, end);
}

static void
link_shown_cb (GumRichEditor *self)
{
  GtkTextIter start;
  GtkTextIter end;
  const char *link = NULL;

  if (get_link_range (self, &start, &end))
    link = gum_rich_buffer_get_link (get_buffer (self), &start);
  gtk_editable_set_text (self->link_entry, link != NULL ? link : "");
  gtk_widget_set_sensitive (self->link_remove, link != NULL);
  link_changed_cb (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->link_entry));
}

static void
link_apply_cb (GumRichEditor *self)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (get_buffer (self));
  g_autofree char *link = gum_rich_dup_link (gtk_editable_get_text (self->link_entry));
  GtkTextIter start;
  GtkTextIter end;

  if (link == NULL)
    return;

  gtk_text_buffer_begin_user_action (buffer);
  if (get_link_range (self, &start, &end))
    {
      gum_rich_buffer_set_link (get_buffer (self), &start, &end, link);
    }
  else
    {
      g_autoptr (GPtrArray) runs = gum_rich_runs_new ();

      gum_rich_runs_add (runs, gum_rich_run_new (gtk_editable_get_text (self->link_entry),
                                                 gum_rich_buffer_get_typing (get_buffer (self)),
                                                 link));
      gum_rich_buffer_insert_runs (get_buffer (self), &start, runs);
    }
  gtk_text_buffer_end_user_action (buffer);
  gtk_popover_popdown (self->link_popover);
  focus_text (self);
}

static void
link_remove_cb (GumRichEditor *self)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (get_buffer (self));
  GtkTextIter start;
  GtkTextIter end;

  if (get_link_range (self, &start, &end))
    {
      gtk_text_buffer_begin_user_action (buffer);
      gum_rich_buffer_set_link (get_buffer (self), &start, &end, NULL);
      gtk_text_buffer_end_user_action (buffer);
    }
  gtk_popover_popdown (self->link_popover);
  focus_text (self);
}

void
gum_rich_editor_bind_tools (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, kind_selected_cb);
  gtk_widget_class_bind_template_child (widget_class, GumRichEditor, kinds);
  gtk_widget_class_bind_template_child (widget_class, GumRichEditor, bold);
  gtk_widget_class_bind_template_child (widget_class, GumRichEditor, italic);
  gtk_widget_class_bind_template_child (widget_class, GumRichEditor, link);
  gtk_widget_class_bind_template_child (widget_class, GumRichEditor, link_popover);
  gtk_widget_class_bind_template_child (widget_class, GumRichEditor, link_entry);
  gtk_widget_class_bind_template_child (widget_class, GumRichEditor, link_apply);
  gtk_widget_class_bind_template_child (widget_class, GumRichEditor, link_remove);
  gtk_widget_class_bind_template_child (widget_class, GumRichEditor, bullets);
  gtk_widget_class_bind_template_child (widget_class, GumRichEditor, numbers);
  gtk_widget_class_bind_template_child (widget_class, GumRichEditor, quote);
  gtk_widget_class_bind_template_child (widget_class, GumRichEditor, source);
  gtk_widget_class_bind_template_child (widget_class, GumRichEditor, stack);
  gtk_widget_class_bind_template_child (widget_class, GumRichEditor, view);
  gtk_widget_class_bind_template_child (widget_class, GumRichEditor, source_view);
  gtk_widget_class_bind_template_child (widget_class, GumRichEditor, remark);

  gtk_widget_class_bind_template_callback (widget_class, style_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, block_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, link_shown_cb);
  gtk_widget_class_bind_template_callback (widget_class, link_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, link_apply_cb);
  gtk_widget_class_bind_template_callback (widget_class, link_remove_cb);
}

/* Returns: whether the key was one of the editor's with Ctrl. */
static gboolean
press_control (GumRichEditor *self,
               guint          key)
{
  switch (key)
    {
    case GDK_KEY_b:
      gum_rich_toggle_style (get_buffer (self), GUM_RICH_BOLD);
      break;
    case GDK_KEY_i:
      gum_rich_toggle_style (get_buffer (self), GUM_RICH_ITALIC);
      break;
    case GDK_KEY_u:
      gum_rich_toggle_style (get_buffer (self), GUM_RICH_UNDERLINE);
      break;
    case GDK_KEY_k:
      if (gtk_widget_get_sensitive (GTK_WIDGET (self->link)))
        gtk_menu_button_popup (self->link);
      break;
    case GDK_KEY_z:
      gum_rich_editor_undo (self);
      break;
    case GDK_KEY_y:
      gum_rich_editor_redo (self);
      break;
    default:
      return FALSE;
    }
  return TRUE;
}

static gboolean
press_plain (GumRichEditor *self,
             guint          key,
             gboolean       shift)
{
  switch (key)
    {
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      return gum_rich_break_line (get_buffer (self), shift);
    case GDK_KEY_Tab:
      return !shift && gum_rich_indent (get_buffer (self), 1);
    case GDK_KEY_ISO_Left_Tab:
      return gum_rich_indent (get_buffer (self), -1);
    case GDK_KEY_BackSpace:
      return gum_rich_erase_back (get_buffer (self));
    case GDK_KEY_Delete:
    case GDK_KEY_KP_Delete:
      return gum_rich_erase_forward (get_buffer (self));
    default:
      return FALSE;
    }
}

static gboolean
key_pressed_cb (GumRichEditor   *self,
                guint            key,
                guint            code,
                GdkModifierType  state)
{
  gboolean done = FALSE;

  if (self->composing)
    return FALSE;

  state &= GDK_CONTROL_MASK | GDK_SHIFT_MASK | GDK_ALT_MASK | GDK_SUPER_MASK;
  if (state == 0 || state == GDK_SHIFT_MASK)
    done = press_plain (self, key, state != 0);
  else if (state == GDK_CONTROL_MASK)
    done = press_control (self, gdk_keyval_to_lower (key));
  else if (state == (GDK_CONTROL_MASK | GDK_SHIFT_MASK) && gdk_keyval_to_lower (key) == GDK_KEY_z)
    {
      gum_rich_editor_redo (self);
      done = TRUE;
    }
  else if (state == (GDK_CONTROL_MASK | GDK_ALT_MASK) && key >= GDK_KEY_0 &&
           key <= GDK_KEY_0 + CODE)
    {
      turn (self, key - GDK_KEY_0);
      done = TRUE;
    }
  else if (state == GDK_ALT_MASK && (key == GDK_KEY_Up || key == GDK_KEY_Down))
    {
      gum_rich_move_line (get_buffer (self), key == GDK_KEY_Up ? -1 : 1);
      done = TRUE;
    }

  if (done)
    {
      gum_rich_editor_show_state (self);
      gtk_text_view_scroll_mark_onscreen (GTK_TEXT_VIEW (self->view),
                                          gtk_text_buffer_get_insert (GTK_TEXT_BUFFER (get_buffer (self))));
    }
  return done;
}

static void
preedit_changed_cb (GumRichEditor *self,
                    const char    *word)
{
  self->composing = *word != '\0';
}

void
gum_rich_editor_add_keys (GumRichEditor *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  /* Before the text view, whose own answers to these keys know nothing of blocks. */
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->view), keys);
  g_signal_connect_object (self->view, "preedit-changed", G_CALLBACK (preedit_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

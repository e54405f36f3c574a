/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How blocks and runs look in a buffer, and how a buffer's text is read as runs again. Styles and kinds have one
 * tag each; every link and everything that lies around words without being understood has one of its own, which
 * carries it.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-rich-buffer-private.h"

#include <string.h>

static const struct
{
  guint       style;
  const char *name;
} styles[] = {
  { GUM_RICH_BOLD, "bold" },
  { GUM_RICH_ITALIC, "italic" },
  { GUM_RICH_UNDERLINE, "underline" },
  { GUM_RICH_STRIKE, "strike" },
  { GUM_RICH_MONOSPACE, "monospace" },
};

static const double heading_scales[] = { 1.6, 1.4, 1.2, 1.1, 1.0, 1.0 };

static GtkTextTag *
find (GumRichBuffer *self,
      const char    *name)
{
  return gtk_text_tag_table_lookup (gtk_text_buffer_get_tag_table (GTK_TEXT_BUFFER (self)), name);
}

/* What a tag of a link or a wrap carries; "link", "link-open" or "wrap". */
static const char *
get_string (GtkTextTag *tag,
            const char *key)
{
  return g_object_get_data (G_OBJECT (tag), key);
}

static const char *
get_kind_tag (const GumRichBlock *block,
              char                name[16])
{
  switch (block->kind)
    {
    case GUM_RICH_HEADING:
      g_snprintf (name, 16, "heading-%u", CLAMP (block->level, 1, 6));
      return name;
    case GUM_RICH_ITEM:
      g_snprintf (name, 16, "item-%u", CLAMP (block->level, 1, GUM_RICH_DEEPEST_ITEM));
      return name;
    case GUM_RICH_QUOTE:
      return "quote";
    case GUM_RICH_CODE:
      return "code";
    case GUM_RICH_PARAGRAPH:
      return "paragraph";
    case GUM_RICH_RULE:
    case GUM_RICH_PICTURE:
    case GUM_RICH_OPAQUE:
    default:
      return "atom";
    }
}

void
gum_rich_buffer_init_tags (GumRichBuffer *self)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self);

  for (guint i = 0; i < G_N_ELEMENTS (heading_scales); i++)
    {
      g_autofree char *name = g_strdup_printf ("heading-%u", i + 1);

      gtk_text_buffer_create_tag (buffer, name,
                                  "weight", PANGO_WEIGHT_BOLD,
                                  "scale", heading_scales[i],
                                  "pixels-above-lines", 12,
                                  "pixels-below-lines", 6,
                                  NULL);
    }
  for (guint i = 1; i <= GUM_RICH_DEEPEST_ITEM; i++)
    {
      g_autofree char *name = g_strdup_printf ("item-%u", i);

      gtk_text_buffer_create_tag (buffer, name, "pixels-below-lines", 3, NULL);
    }
  gtk_text_buffer_create_tag (buffer, "quote", "pixels-above-lines", 3, "pixels-below-lines", 6,
                              NULL);
  gtk_text_buffer_create_tag (buffer, "code",
                              "family", "monospace",
                              "pixels-above-lines", 12,
                              "pixels-below-lines", 18,
                              NULL);
  gtk_text_buffer_create_tag (buffer, "paragraph", "pixels-below-lines", 9, NULL);
  gtk_text_buffer_create_tag (buffer, "atom", "pixels-above-lines", 3, "pixels-below-lines", 9,
                              NULL);

  gtk_text_buffer_create_tag (buffer, "bold", "weight", PANGO_WEIGHT_BOLD, NULL);
  gtk_text_buffer_create_tag (buffer, "italic", "style", PANGO_STYLE_ITALIC, NULL);
  gtk_text_buffer_create_tag (buffer, "underline", "underline", PANGO_UNDERLINE_SINGLE, NULL);
  gtk_text_buffer_create_tag (buffer, "strike", "strikethrough", TRUE, NULL);
  gtk_text_buffer_create_tag (buffer, "monospace", "family", "monospace", NULL);
}

/* Text that is set in stands away from the side where lines begin; code from both, as it lies on a sheet. An item
 * stands @step further in than what it is in. */
void
gum_rich_buffer_set_look (GumRichBuffer *self,
                          gboolean       rtl,
                          int            step,
                          const GdkRGBA *link,
                          const GdkRGBA *shade)
{
  GHashTableIter iter;
  gpointer tag;

  self->rtl = rtl;
  self->link = *link;
  for (guint i = 0; i <= GUM_RICH_DEEPEST_ITEM + 1; i++)
    {
      g_autofree char *item = g_strdup_printf ("item-%u", i);
      const char *name = i == 0 ? "quote" : i > GUM_RICH_DEEPEST_ITEM ? "code" : item;
      int margin = i == 0 ? 18 : i > GUM_RICH_DEEPEST_ITEM ? 12 : step * (int) MIN (i, GUM_RICH_STEPS);

      gboolean both = i > GUM_RICH_DEEPEST_ITEM;

      g_object_set (find (self, name),
                    "left-margin", GUM_RICH_SIDE + (rtl && !both ? 0 : margin),
                    "right-margin", GUM_RICH_SIDE + (rtl || both ? margin : 0),
                    NULL);
    }
  g_object_set (find (self, "monospace"), "background-rgba", shade, NULL);

  g_hash_table_iter_init (&iter, self->tags);
  while (g_hash_table_iter_next (&iter, NULL, &tag))
    {
      if (get_string (tag, "link") != NULL)
        g_object_set (tag, "foreground-rgba", link, NULL);
    }
}

void
gum_rich_buffer_dress_line (GumRichBuffer *self,
                            guint          line)
{
  static const char * const plain[] = { "quote", "code", "paragraph", "atom" };
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self);
  GtkTextIter start;
  GtkTextIter end;
  char name[16];

  gtk_text_buffer_get_iter_at_line (buffer, &start, line);
  end = start;
  gtk_text_iter_forward_line (&end);

  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    gtk_text_buffer_remove_tag_by_name (buffer, plain[i], &start, &end);
  for (guint i = 1; i <= GUM_RICH_DEEPEST_ITEM; i++)
    {
      g_snprintf (name, sizeof name, "item-%u", i);
      gtk_text_buffer_remove_tag_by_name (buffer, name, &start, &end);
    }
  for (guint i = 1; i <= G_N_ELEMENTS (heading_scales); i++)
    {
      g_snprintf (name, sizeof name, "heading-%u", i);
      gtk_text_buffer_remove_tag_by_name (buffer, name, &start, &end);
    }

  gtk_text_buffer_apply_tag_by_name (buffer,
                                     get_kind_tag (gum_rich_buffer_line (self, line)->block, name),
                                     &start, &end);
}

static GtkTextTag *
take_tag (GumRichBuffer *self,
          char          *key,
          const char    *link,
          const char    *link_open,
          const char    *wrap)
{
  GtkTextTag *tag = g_hash_table_lookup (self->tags, key);

  if (tag != NULL)
    {
      g_free (key);
      return tag;
    }

  if (link != NULL)
    tag = gtk_text_buffer_create_tag (GTK_TEXT_BUFFER (self), NULL,
                                      "foreground-rgba", &self->link,
                                      "underline", PANGO_UNDERLINE_SINGLE,
                                      NULL);
  else
    tag = gtk_text_buffer_create_tag (GTK_TEXT_BUFFER (self), NULL, NULL);
  g_object_set_data_full (G_OBJECT (tag), "link", g_strdup (link), g_free);
  g_object_set_data_full (G_OBJECT (tag), "link-open", g_strdup (link_open), g_free);
  g_object_set_data_full (G_OBJECT (tag), "wrap", g_strdup (wrap), g_free);
  g_hash_table_insert (self->tags, key, tag);

  return tag;
}

void
gum_rich_buffer_dress_run (GumRichBuffer     *self,
                           const GtkTextIter *start,
                           const GtkTextIter *end,
                           const GumRichRun  *run)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self);

  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    {
      if (run->styles & styles[i].style)
        gtk_text_buffer_apply_tag_by_name (buffer, styles[i].name, start, end);
    }
  if (run->link != NULL)
    gtk_text_buffer_apply_tag (buffer,
                               take_tag (self, g_strconcat ("link ", run->link, "\n",
                                                            run->link_open, NULL),
                                         run->link, run->link_open, NULL),
                               start, end);
  if (run->wrap != NULL)
    gtk_text_buffer_apply_tag (buffer,
                               take_tag (self, g_strconcat ("wrap ", run->wrap, NULL), NULL, NULL,
                                         run->wrap),
                               start, end);
}

guint
gum_rich_buffer_get_styles (GumRichBuffer     *self,
                            const GtkTextIter *at)
{
  guint found = 0;

  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    {
      if (gtk_text_iter_has_tag (at, find (self, styles[i].name)))
        found |= styles[i].style;
    }
  return found;
}

/* How the text at @at looks, as a run without text. */
static GumRichRun *
read_look (GumRichBuffer     *self,
           const GtkTextIter *at)
{
  GumRichRun *run = gum_rich_run_new ("", gum_rich_buffer_get_styles (self, at), NULL);
  g_autoptr (GSList) tags = gtk_text_iter_get_tags (at);

  for (GSList *l = tags; l != NULL; l = l->next)
    {
      if (get_string (l->data, "link") != NULL)
        {
          g_free (run->link);
          g_free (run->link_open);
          run->link = g_strdup (get_string (l->data, "link"));
          run->link_open = g_strdup (get_string (l->data, "link-open"));
        }
      else if (get_string (l->data, "wrap") != NULL)
        {
          g_free (run->wrap);
          run->wrap = g_strdup (get_string (l->data, "wrap"));
        }
    }
  return run;
}

const char *
gum_rich_buffer_get_link (GumRichBuffer     *self,
                          const GtkTextIter *at)
{
  g_autoptr (GSList) tags = gtk_text_iter_get_tags (at);
  const char *link = NULL;

  for (GSList *l = tags; l != NULL; l = l->next)
    {
      if (get_string (l->data, "link") != NULL)
        link = get_string (l->data, "link");
    }
  return link;
}

/* One piece of text that looks the same, up to the next anchor at most. */
static GumRichRun *
read_run (GumRichBuffer     *self,
          GtkTextIter       *cursor,
          const GtkTextIter *end)
{
  GumRichRun *run = read_look (self, cursor);
  GtkTextChildAnchor *anchor = gtk_text_iter_get_child_anchor (cursor);
  const GumRichRun *known = anchor != NULL ? gum_rich_anchor_get_run (anchor) : NULL;
  GtkTextIter next = *cursor;
  g_autofree char *slice = NULL;
  g_auto (GStrv) parts = NULL;

  if (anchor != NULL)
    {
      gtk_text_iter_forward_char (cursor);
      if (known != NULL)
        {
          g_free (run->text);
          run->text = g_strdup (known->text);
          run->opaque = g_strdup (known->opaque);
          run->uri = g_strdup (known->uri);
        }
      return run;
    }

  gtk_text_iter_forward_to_tag_toggle (&next, NULL);
  if (gtk_text_iter_compare (&next, end) > 0)
    next = *end;
  slice = gtk_text_iter_get_slice (cursor, &next);
  if (strstr (slice, "\357\277\274") != NULL)
    {
      char *object = strstr (slice, "\357\277\274");

      next = *cursor;
      gtk_text_iter_forward_chars (&next, g_utf8_pointer_to_offset (slice, object));
      *object = '\0';
    }
  parts = g_strsplit (slice, GUM_RICH_BREAK, -1);
  g_free (run->text);
  run->text = g_strjoinv ("\n", parts);
  *cursor = next;
  return run;
}

GPtrArray *
gum_rich_buffer_dup_runs (GumRichBuffer     *self,
                          const GtkTextIter *start,
                          const GtkTextIter *end)
{
  GPtrArray *runs = gum_rich_runs_new ();
  GtkTextIter cursor = *start;

  while (gtk_text_iter_compare (&cursor, end) < 0)
    gum_rich_runs_add (runs, read_run (self, &cursor, end));
  return runs;
}

static void
touch_range (GumRichBuffer     *self,
             const GtkTextIter *start,
             const GtkTextIter *end)
{
  for (int i = gtk_text_iter_get_line (start); i <= gtk_text_iter_get_line (end); i++)
    gum_rich_buffer_touch (self, i);
  if (self->busy == 0)
    self->change = GUM_RICH_CHANGE_OTHER;
}

void
gum_rich_buffer_set_style (GumRichBuffer     *self,
                           const GtkTextIter *start,
                           const GtkTextIter *end,
                           guint              style,
                           gboolean           on)
{
  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    {
      if (!(styles[i].style & style))
        continue;
      if (on)
        gtk_text_buffer_apply_tag_by_name (GTK_TEXT_BUFFER (self), styles[i].name, start, end);
      else
        gtk_text_buffer_remove_tag_by_name (GTK_TEXT_BUFFER (self), styles[i].name, start, end);
    }
  touch_range (self, start, end);
}

/* Whether all words of a range have a style; the ends of lines have none. */
gboolean
gum_rich_buffer_has_style (GumRichBuffer     *self,
                           const GtkTextIter *start,
                           const GtkTextIter *end,
                           guint              style)
{
  GtkTextIter at = *start;
  gboolean any = FALSE;

  while (gtk_text_iter_compare (&at, end) < 0)
    {
      if (!gtk_text_iter_ends_line (&at))
        {
          if (!(gum_rich_buffer_get_styles (self, &at) & style))
            return FALSE;
          any = TRUE;
        }
      gtk_text_iter_forward_char (&at);
    }
  return any;
}

/* From a place in a link: the whole link. */
gboolean
gum_rich_buffer_find_link (GumRichBuffer *self,
                           GtkTextIter   *start,
                           GtkTextIter   *end)
{
  g_autoptr (GSList) tags = NULL;
  GtkTextTag *tag = NULL;
  GtkTextIter at = *start;

  /* At the end of a link is in it. */
  if (gum_rich_buffer_get_link (self, &at) == NULL && !gtk_text_iter_starts_line (&at))
    gtk_text_iter_backward_char (&at);
  tags = gtk_text_iter_get_tags (&at);
  for (GSList *l = tags; l != NULL; l = l->next)
    {
      if (get_string (l->data, "link") != NULL)
        tag = l->data;
    }
  if (tag == NULL)
    return FALSE;

  *start = *end = at;
  if (!gtk_text_iter_starts_tag (start, tag))
    gtk_text_iter_backward_to_tag_toggle (start, tag);
  gtk_text_iter_forward_to_tag_toggle (end, tag);
  return TRUE;
}

void
gum_rich_buffer_set_link (GumRichBuffer     *self,
                          const GtkTextIter *start,
                          const GtkTextIter *end,
                          const char        *link)
{
  GHashTableIter iter;
  gpointer tag;

  g_hash_table_iter_init (&iter, self->tags);
  while (g_hash_table_iter_next (&iter, NULL, &tag))
    {
      if (get_string (tag, "link") != NULL)
        gtk_text_buffer_remove_tag (GTK_TEXT_BUFFER (self), tag, start, end);
    }
  if (link != NULL)
    {
      g_autoptr (GumRichRun) run = gum_rich_run_new ("", 0, link);

      gum_rich_buffer_dress_run (self, start, end, run);
    }
  touch_range (self, start, end);
}

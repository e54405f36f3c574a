/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What stands in a text that is edited for something that is not words. A picture is shown if it lies with Gumroad;
 * any other address would learn from being asked who reads it and when, so it is only named.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-rich-chip.h"

#include "gum-picture.h"
#include "gum-util.h"

#include <glib/gi18n.h>
#include <string.h>

#define PICTURE_WIDTH 240
#define PICTURE_HEIGHT 160

/* So that it fits into a telephone with large text. */
#define MOST_LETTERS 16

struct _GumRichChip
{
  GtkBox parent_instance;
};

enum
{
  MOVE,
  REMOVE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GumRichChip, gum_rich_chip, GTK_TYPE_BOX)

static const struct
{
  const char *name;
  const char *words;
} names[] = {
  { "comment", N_("Comment") },
  { "html", N_("HTML") },
  { "table", N_("Table") },
  { "iframe", N_("Embedded page") },
  { "script", N_("Script") },
  { "style", N_("Style sheet") },
  { "svg", N_("Drawing") },
  { "img", N_("Picture") },
  { "figure", N_("Figure") },
  { "video", N_("Video") },
  { "audio", N_("Audio") },
  { "form", N_("Form") },
  { "upsell-card", N_("Upsell") },
  { "upsellCard", N_("Upsell") },
  { "review-card", N_("Review") },
  { "reviewCard", N_("Review") },
  { "public-file-embed", N_("File") },
  { "fileEmbed", N_("File") },
  { "fileEmbedGroup", N_("Folder of files") },
  { "licenseKey", N_("Licence key") },
  { "mediaEmbed", N_("Embedded media") },
  { "button", N_("Button") },
  { "posts", N_("Posts") },
  { "shortAnswer", N_("Question with a short answer") },
  { "longAnswer", N_("Question with a long answer") },
  { "fileUpload", N_("Upload by the buyer") },
  { "moreLikeThis", N_("More like this") },
};

static char *
dup_name (const char *label)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (label, names[i].name) == 0)
      return g_strdup (_(names[i].words));
  return g_strdup (label);
}

static const char *
get_icon (const char *label)
{
  if (g_strcmp0 (label, "fileEmbed") == 0)
    return "text-x-generic-symbolic";
  if (g_strcmp0 (label, "fileEmbedGroup") == 0)
    return "folder-symbolic";
  return "application-x-addon-symbolic";
}

/* Gumroad's own hosts; and this machine, where the sample store is: GumPictures asks it only if it is open. */
gboolean
gum_rich_chip_is_own_host (const char *uri)
{
  g_autoptr (GUri) parsed = uri != NULL ? g_uri_parse (uri, G_URI_FLAGS_NONE, NULL) : NULL;
  const char *host = parsed != NULL ? g_uri_get_host (parsed) : NULL;

  if (host == NULL)
    return FALSE;
  if (gum_uri_is_loopback (uri))
    return TRUE;
  return g_strcmp0 (g_uri_get_scheme (parsed), "https") == 0 && g_uri_get_port (parsed) == -1 &&
         (g_ascii_strcasecmp (host, "gumroad.com") == 0 ||
          (strlen (host) > strlen (".gumroad.com") &&
           g_ascii_strcasecmp (host + strlen (host) - strlen (".gumroad.com"), ".gumroad.com") == 0));
}

static GtkWidget *
make_label (const char *text,
            gboolean    dim)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  /* A text view gives no more than the least. */
  gtk_label_set_width_chars (GTK_LABEL (label), CLAMP (g_utf8_strlen (text, -1), 1, MOST_LETTERS));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (dim)
    {
      gtk_widget_add_css_class (label, "dim-label");
      gtk_widget_add_css_class (label, "caption");
    }
  return label;
}

/* What the keyboard does to the line that the cursor is in. */
static GtkWidget *
make_menu (const char *title)
{
  GtkWidget *button = gtk_menu_button_new ();
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autofree char *label = g_strdup_printf (_("Move or remove “%s”"), title);

  g_menu_append (menu, _("Move _Up"), "chip.up");
  g_menu_append (menu, _("Move _Down"), "chip.down");
  g_menu_append (menu, _("_Remove"), "chip.remove");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  /* Tab leaves the text; within it the cursor goes to the line, and the keys of the text do the same. */
  gtk_widget_set_can_focus (button, FALSE);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return button;
}

/* Among words there is room for one line; the remark is then only told. */
static GtkWidget *
make_chip (const char *icon_name,
           const char *title,
           const char *remark,
           gboolean    in_line)
{
  GtkWidget *chip = g_object_new (GUM_TYPE_RICH_CHIP,
                                  "accessible-role", GTK_ACCESSIBLE_ROLE_IMG,
                                  "spacing", 8,
                                  NULL);
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE,
                                  "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                  "icon-name", icon_name,
                                  NULL);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *label = NULL;

  gtk_widget_add_css_class (chip, "gum-rich-chip");
  gtk_widget_set_cursor_from_name (chip, "default");
  gtk_box_append (GTK_BOX (words), make_label (title, FALSE));
  if (!in_line)
    gtk_box_append (GTK_BOX (words), make_label (remark, TRUE));
  gtk_box_append (GTK_BOX (chip), icon);
  gtk_box_append (GTK_BOX (chip), words);
  if (!in_line)
    gtk_box_append (GTK_BOX (chip), make_menu (title));

  /* Translators: something in a text, and a remark on it: "Table: kept as it is" */
  label = g_strdup_printf (_("%s: %s"), title, remark);
  gtk_accessible_update_property (GTK_ACCESSIBLE (chip), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_set_tooltip_text (chip, label);
  return chip;
}

static GtkWidget *
make_picture (const char  *uri,
              const char  *alt,
              gboolean     in_line,
              GumPictures *pictures)
{
  g_autoptr (GUri) parsed = uri != NULL ? g_uri_parse (uri, G_URI_FLAGS_NONE, NULL) : NULL;
  const char *host = parsed != NULL ? g_uri_get_host (parsed) : NULL;
  GtkWidget *picture;

  if (!gum_rich_chip_is_own_host (uri) || pictures == NULL)
    return make_chip ("image-x-generic-symbolic",
                      alt != NULL && *alt != '\0' ? alt : _("Picture"),
                      host != NULL && *host != '\0' ? host : _("kept as it is"), in_line);

  picture = gum_picture_new ();
  gum_picture_set_size (GUM_PICTURE (picture), PICTURE_WIDTH, PICTURE_HEIGHT);
  gum_picture_set_cover (GUM_PICTURE (picture), FALSE);
  gum_picture_set_meaning (GUM_PICTURE (picture),
                           alt != NULL && *alt != '\0' ? alt : _("Picture without a description"));
  gum_picture_set_source (GUM_PICTURE (picture), uri, NULL);
  gum_picture_set_pictures (GUM_PICTURE (picture), pictures);
  return picture;
}

static void
move_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  g_signal_emit (widget, signals[MOVE], 0, g_str_equal (name, "chip.up") ? -1 : 1);
}

static void
remove_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  g_signal_emit (widget, signals[REMOVE], 0);
}

static void
gum_rich_chip_class_init (GumRichChipClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  signals[MOVE] = g_signal_new ("move", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[REMOVE] = g_signal_new ("remove", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "chip.up", NULL, move_action);
  gtk_widget_class_install_action (widget_class, "chip.down", NULL, move_action);
  gtk_widget_class_install_action (widget_class, "chip.remove", NULL, remove_action);
}

static void
gum_rich_chip_init (GumRichChip *self)
{
}

GtkWidget *
gum_rich_chip_new_for_block (const GumRichBlock *block,
                             GumPictures        *pictures)
{
  g_autofree char *name = NULL;
  GtkWidget *rule;

  if (block->kind == GUM_RICH_PICTURE)
    return make_picture (block->uri, block->alt, FALSE, pictures);
  if (block->kind == GUM_RICH_RULE)
    {
      rule = gtk_separator_new (GTK_ORIENTATION_HORIZONTAL);
      gtk_widget_add_css_class (rule, "gum-rich-rule");
      return rule;
    }
  name = dup_name (block->label);
  if (block->alt != NULL && *block->alt != '\0')
    return make_chip (get_icon (block->label), block->alt, name, FALSE);
  return make_chip (get_icon (block->label), name, _("kept as it is"), FALSE);
}

GtkWidget *
gum_rich_chip_new_for_run (const GumRichRun *run,
                           GumPictures      *pictures)
{
  g_autofree char *name = dup_name (run->text);

  if (run->uri != NULL)
    return make_picture (run->uri, NULL, TRUE, pictures);
  return make_chip ("application-x-addon-symbolic", name, _("kept as it is"), TRUE);
}

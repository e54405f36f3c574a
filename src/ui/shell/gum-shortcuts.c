/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The shortcuts window, made when it is asked for. GTK 4.8 can fill one from a description only, so one
 * is written from the table of accelerators. */

#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-shortcuts.h"

#include "gum-window-actions.h"

#include <glib/gi18n-lib.h>

/* Keys that are no accelerators of the application: GTK or a widget handles them. */
static const struct {
  const char *accel;
  const char *title;
} other_keys[] = {
  { "F10", N_("Main menu") },
  { "Escape", N_("Leave the search, the product, the sign-in") },
  { "<Shift>F10", N_("Menu of the product in the list") },
  { "<Control>a", N_("Select all products that are listed, to change them at once") },
  { "<Control>space", N_("Select or unselect the product in the list") },
  { "<Shift>Up <Shift>Down", N_("Select products one after the other") },
  { "<Control><Shift>c", N_("Copy the product’s link") },
  { "<Control>s", N_("Save a form to Gumroad") },
  { "<Control>z", N_("Undo in a form") },
  { "<Control><Shift>z", N_("Redo in a form") },
};

static void
append_shortcut (GString    *xml,
                 const char *accels,
                 const char *title)
{
  g_autofree char *escaped_accels = g_markup_escape_text (accels, -1);
  g_autofree char *escaped_title = g_markup_escape_text (title, -1);

  g_string_append_printf (xml,
                          "<child><object class='GtkShortcutsShortcut'>"
                          "<property name='accelerator'>%s</property>"
                          "<property name='title'>%s</property>"
                          "</object></child>",
                          escaped_accels, escaped_title);
}

static void
begin_group (GString    *xml,
             const char *title)
{
  g_autofree char *escaped = g_markup_escape_text (title, -1);

  g_string_append_printf (xml,
                          "<child><object class='GtkShortcutsGroup'>"
                          "<property name='title'>%s</property>",
                          escaped);
}

GtkWidget *
gum_shortcuts_new (void)
{
  g_autoptr(GString) xml = g_string_new ("<interface>"
                                         "<object class='GtkShortcutsWindow' id='window'>"
                                         "<property name='modal'>True</property>"
                                         "<child><object class='GtkShortcutsSection'>"
                                         "<property name='section-name'>all</property>"
                                         "<property name='max-height'>12</property>");
  g_autoptr(GtkBuilder) builder = gtk_builder_new ();
  g_autoptr(GError) error = NULL;
  const GumAccel *accels;
  guint n_accels;

  accels = gum_window_list_accels (&n_accels);
  begin_group (xml, _("General"));
  for (guint i = 0; i < n_accels; i++)
    {
      g_autofree char *joined = g_strjoinv (" ", (char **) accels[i].accels);

      append_shortcut (xml, joined, _(accels[i].title));
    }
  g_string_append (xml, "</object></child>");

  begin_group (xml, _("Lists and Pages"));
  for (gsize i = 0; i < G_N_ELEMENTS (other_keys); i++)
    append_shortcut (xml, other_keys[i].accel, _(other_keys[i].title));
  g_string_append (xml, "</object></child></object></child></object></interface>");

  if (!gtk_builder_add_from_string (builder, xml->str, xml->len, &error))
    {
      g_critical ("The shortcuts window cannot be made: %s", error->message);
      return NULL;
    }

  return GTK_WIDGET (gtk_builder_get_object (builder, "window"));
}

void
gum_shortcuts_present (GtkWindow *parent)
{
  GtkWidget *window = gum_shortcuts_new ();

  if (window == NULL)
    return;

  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_present (GTK_WINDOW (window));
}

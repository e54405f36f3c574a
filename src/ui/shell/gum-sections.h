/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gum-section.h"

G_BEGIN_DECLS

/* A section is one entry in the table of gum-sections.c. */
typedef struct {
  const char *id;               /* for settings and actions; never changes */
  const char *title;            /* to be translated with gum_section_entry_get_title() */
  const char *icon_name;
  GType    (* get_type) (void); /* a GumSection */
} GumSectionEntry;

guint                  gum_sections_get_n       (void);
const GumSectionEntry *gum_sections_get         (guint                  position);
const GumSectionEntry *gum_sections_find        (const char            *id);      /* nullable */
const char            *gum_section_entry_get_title (const GumSectionEntry *entry);
GumSection            *gum_section_entry_create (const GumSectionEntry *entry,
                                                 GumShop               *shop);    /* floating */

G_END_DECLS

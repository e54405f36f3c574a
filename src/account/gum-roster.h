/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * GumRosterEntry:
 * @id: the account's id
 * @name: (nullable): what a person calls it
 * @email: (nullable): its e-mail address
 * @picture_url: (nullable): its picture
 * @api_url: where its API is
 * @oauth_url: where its authorization server is
 * @application_id: (nullable): the Application ID that it was signed in with last
 *
 * What is known of an account before any keyring has answered. Nothing here is a secret.
 */
typedef struct {
  char *id;
  char *name;
  char *email;
  char *picture_url;
  char *api_url;
  char *oauth_url;
  char *application_id;
} GumRosterEntry;

void       gum_roster_entry_free (GumRosterEntry *entry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GumRosterEntry, gum_roster_entry_free)

typedef struct _GumRoster GumRoster;

GumRoster *gum_roster_new             (const char          *directory);
void       gum_roster_free            (GumRoster           *self);
GPtrArray *gum_roster_read            (GumRoster           *self,
                                       char              ***forgotten);
void       gum_roster_write           (GumRoster           *self,
                                       GPtrArray           *entries,
                                       const char * const  *forgotten);
void       gum_roster_set_unfinished  (GumRoster           *self,
                                       gboolean             unfinished);
gboolean   gum_roster_take_unfinished (GumRoster           *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GumRoster, gum_roster_free)

G_END_DECLS

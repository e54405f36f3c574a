/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The words for batches and writes: what was done, how it ended, and when the rest will be. */

#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-batch-words.h"

#include "gum-error.h"
#include "gum-errors.h"
#include "gum-product-values.h"

#include <glib/gi18n-lib.h>

/* Characters of a value that stands in a row with others. */
#define MAX_VALUE 60

/* What was asked for, and not that it was done: how it ended stands beside it. */
static const struct {
  const char *kind;
  const char *title;
} titles[] = {
  /* Translators: %s is what was changed in bulk, as the person was asked about it */
  { GUM_BATCH_KIND_BULK, N_("%s") },
  { GUM_BATCH_KIND_REVERT, N_("Undo what was changed: %s") },
  { GUM_BATCH_KIND_CODES, N_("Generate the discount codes “%s”") },
  { GUM_BATCH_KIND_SWEEP, N_("Delete discount codes that are used up") },
  /* Translators: here and below, %s is the name of a product */
  { GUM_WRITE_KIND_UPDATE, N_("Save “%s”") },
  { GUM_WRITE_KIND_PUBLISH, N_("Publish “%s”") },
  { GUM_WRITE_KIND_UNPUBLISH, N_("Unpublish “%s”") },
  { GUM_WRITE_KIND_DELETE, N_("Delete “%s”") },
  { GUM_WRITE_KIND_CREATE, N_("Create “%s”") },
  { GUM_WRITE_KIND_BUNDLE_UPDATE, N_("Change what is in the bundle “%s”") },
  { GUM_WRITE_KIND_COVER_ADD, N_("Add a cover to “%s”") },
  { GUM_WRITE_KIND_COVER_DELETE, N_("Remove a cover of “%s”") },
  { GUM_WRITE_KIND_THUMBNAIL_SET, N_("Set the thumbnail of “%s”") },
  { GUM_WRITE_KIND_THUMBNAIL_DELETE, N_("Remove the thumbnail of “%s”") },
  { GUM_WRITE_KIND_FILE_ADD, N_("Add a file to “%s”") },
  { GUM_WRITE_KIND_FILE_REPLACE, N_("Replace a file of “%s”") },
  { GUM_WRITE_KIND_FILE_REMOVE, N_("Remove a file of “%s”") },
  { GUM_WRITE_KIND_FILE_RENAME, N_("Rename a file of “%s”") },
  { GUM_WRITE_KIND_FILE_DELIVER, N_("Put a file into the content of “%s”") },
  /* Translators: here and below, %s is the name of the group, version or question */
  { GUM_WRITE_KIND_CATEGORY_CREATE, N_("Add the group of versions “%s”") },
  { GUM_WRITE_KIND_CATEGORY_UPDATE, N_("Rename the group of versions “%s”") },
  { GUM_WRITE_KIND_CATEGORY_DELETE, N_("Remove the group of versions “%s”") },
  { GUM_WRITE_KIND_VARIANT_CREATE, N_("Add the version “%s”") },
  { GUM_WRITE_KIND_VARIANT_UPDATE, N_("Change the version “%s”") },
  { GUM_WRITE_KIND_VARIANT_DELETE, N_("Remove the version “%s”") },
  { GUM_WRITE_KIND_QUESTION_CREATE, N_("Add the question “%s”") },
  { GUM_WRITE_KIND_QUESTION_UPDATE, N_("Change the question “%s”") },
  { GUM_WRITE_KIND_QUESTION_DELETE, N_("Remove the question “%s”") },
  /* Translators: %s is a code that buyers enter */
  { GUM_WRITE_KIND_CODE_CREATE, N_("Create the discount code “%s”") },
  { GUM_WRITE_KIND_CODE_UPDATE, N_("Change the discount code “%s”") },
  { GUM_WRITE_KIND_CODE_DELETE, N_("Delete the discount code “%s”") },
  /* Translators: %s is what buyers are offered */
  { GUM_WRITE_KIND_UPSELL_CREATE, N_("Create the upsell “%s”") },
  { GUM_WRITE_KIND_UPSELL_UPDATE, N_("Change the upsell “%s”") },
  { GUM_WRITE_KIND_UPSELL_DELETE, N_("Delete the upsell “%s”") },
  { GUM_WRITE_KIND_POLICY_UPDATE, N_("Change the refund policy") },
  { GUM_WRITE_KIND_PROFILE_UPDATE, N_("Change the profile") },
};

char *
gum_batch_words_dup_kind (const char *kind,
                          const char *label)
{
  /* A newer program has written to this ledger. */
  const char *title = N_("Change “%s”");

  if (label == NULL || *label == '\0')
    label = _("Untitled");
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      if (g_str_equal (titles[i].kind, kind))
        title = titles[i].title;
    }

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return g_strdup_printf (_(title), label);
#pragma GCC diagnostic pop
}

char *
gum_batch_words_dup_title (GumBatch *batch)
{
  return gum_batch_words_dup_kind (gum_batch_get_kind (batch), gum_batch_get_label (batch));
}

static char *
dup_count (GumWriteState state,
           guint         n)
{
  switch (state)
    {
    case GUM_WRITE_DONE:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u done", "%u done", n), n);
    case GUM_WRITE_FAILED:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u failed", "%u failed", n), n);
    case GUM_WRITE_UNCLEAR:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u unclear", "%u unclear", n), n);
    case GUM_WRITE_CONFLICT:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u changed at Gumroad meanwhile",
                                           "%u changed at Gumroad meanwhile", n), n);
    case GUM_WRITE_SENDING:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u being sent", "%u being sent", n), n);
    case GUM_WRITE_WAITING:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u waiting", "%u waiting", n), n);
    case GUM_WRITE_DROPPED:
    default:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u not sent", "%u not sent", n), n);
    }
}

char *
gum_batch_words_dup_result (GumBatch *batch)
{
  static const GumWriteState order[] = {
    GUM_WRITE_DONE, GUM_WRITE_FAILED, GUM_WRITE_UNCLEAR, GUM_WRITE_CONFLICT, GUM_WRITE_SENDING,
    GUM_WRITE_WAITING, GUM_WRITE_DROPPED,
  };
  g_autoptr(GString) text = g_string_new (NULL);

  if (gum_batch_get_write (batch) != NULL)
    return gum_batch_words_dup_write (gum_batch_get_write (batch));

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      guint n = gum_batch_get_count (batch, order[i]);
      g_autofree char *words = n > 0 ? dup_count (order[i], n) : NULL;

      if (words != NULL)
        /* Translators: between "12 done" and "3 failed" */
        g_string_append_printf (text, "%s%s", text->len > 0 ? _(", ") : "", words);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
gum_batch_words_dup_time (gint64 microseconds)
{
  gint64 minutes = (microseconds + 59 * (gint64) G_USEC_PER_SEC) / (60 * (gint64) G_USEC_PER_SEC);

  if (microseconds < 50 * (gint64) G_USEC_PER_SEC)
    return g_strdup (_("less than a minute"));
  if (minutes < 90)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "about %d minute", "about %d minutes",
                                         minutes), (int) minutes);
  if (minutes < 48 * 60)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "about %d hour", "about %d hours",
                                         (minutes + 30) / 60), (int) ((minutes + 30) / 60));

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "about %d day", "about %d days",
                                       minutes / 1440 + 1), (int) (minutes / 1440 + 1));
}

char *
gum_batch_words_dup_state (GumBatch *batch,
                           GumQueue *queue)
{
  guint n = gum_batch_get_count (batch, GUM_WRITE_WAITING);
  g_autofree char *time = NULL;

  switch (gum_batch_get_state (batch))
    {
    case GUM_BATCH_ASKING:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u change is waiting. Go on?",
                                           "%u changes are waiting. Go on?", n), n);
    case GUM_BATCH_PAUSED:
      return g_strdup (_("Paused"));
    case GUM_BATCH_RUNNING:
      if (gum_queue_get_trouble (queue) != NULL)
        return gum_errors_dup_sentence (gum_queue_get_trouble (queue), NULL);
      if (n == 0)
        return g_strdup (_("Being sent"));
      time = gum_batch_words_dup_time (gum_queue_estimate_batch (queue, gum_batch_get_row (batch),
                                                                 n));
      /* Translators: %s is "about 3 minutes" */
      return g_strdup_printf (_("Being sent: %s left"), time);
    case GUM_BATCH_PLAIN:
    case GUM_BATCH_OVER:
    default:
      return NULL;
    }
}

char *
gum_batch_words_dup_write (GumWrite *write)
{
  g_autoptr(GError) error = gum_write_dup_error (write);

  switch (gum_write_get_state (write))
    {
    case GUM_WRITE_WAITING:
      return g_strdup (_("Waiting"));
    case GUM_WRITE_SENDING:
      return g_strdup (_("Being sent"));
    case GUM_WRITE_DONE:
      return g_strdup (gum_write_get_warning (write) != NULL ? gum_write_get_warning (write)
                                                             : _("Done"));
    case GUM_WRITE_CONFLICT:
      return g_strdup (_("Not sent: it was changed at Gumroad meanwhile"));
    case GUM_WRITE_DROPPED:
      return g_strdup (_("Not sent"));
    case GUM_WRITE_FAILED:
    case GUM_WRITE_UNCLEAR:
    default:
      if (g_str_equal (gum_write_get_kind (write), GUM_WRITE_KIND_CODE_DELETE) &&
          g_error_matches (error, GUM_ERROR, GUM_ERROR_NOT_FOUND))
        return g_strdup (gum_errors_get_default_code_sentence ());
      return error != NULL ? gum_errors_dup_sentence (error, NULL) : g_strdup (_("Failed"));
    }
}

static char *
dup_value (JsonObject *object,
           const char *key,
           const char *currency)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, key) : NULL;

  return node != NULL ? gum_product_values_dup_text (key, node, currency) : NULL;
}

static void
append_change (GString    *text,
               GumWrite   *write,
               const char *key,
               const char *currency)
{
  g_autofree char *old = dup_value (gum_write_get_before (write), key, currency);
  g_autofree char *new = dup_value (gum_write_get_body (write), key, currency);
  const char *title = gum_product_values_get_title (key);

  if (text->len > 0)
    g_string_append (text, ", ");
  /* Of what is long, that it changes is enough. */
  if (new == NULL || g_utf8_strlen (new, -1) > MAX_VALUE ||
      (old != NULL && g_utf8_strlen (old, -1) > MAX_VALUE))
    g_string_append (text, title);
  else if (old != NULL)
    /* Translators: what is changed, what it was, and what it becomes: "Price: $10 → $12" */
    g_string_append_printf (text, _("%s: %s → %s"), title, old, new);
  else
    g_string_append_printf (text, _("%s: %s"), title, new);
}

char *
gum_batch_words_dup_change (GumWrite   *write,
                            const char *currency)
{
  JsonObject *body = gum_write_get_body (write);
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(GList) keys = NULL;

  if (!g_str_equal (gum_write_get_kind (write), GUM_WRITE_KIND_UPDATE) || body == NULL)
    return NULL;

  keys = json_object_get_members (body);
  for (GList *l = keys; l != NULL; l = l->next)
    append_change (text, write, l->data, currency);

  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

char *
gum_batch_words_dup_date (GumBatch *batch)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (gum_batch_get_created (batch));
  g_autoptr(GDateTime) local = g_date_time_to_local (utc);

  return g_date_time_format (local, "%x, %X");
}

/* Names and how each ended: neither what was sent nor where to. */
char *
gum_batch_words_dup_details (GumBatch  *batch,
                             GumWrites *writes)
{
  g_autofree char *title = gum_batch_words_dup_title (batch);
  g_autofree char *date = gum_batch_words_dup_date (batch);
  g_autofree char *result = gum_batch_words_dup_result (batch);
  g_autoptr(GString) text = g_string_new (title);

  g_string_append_printf (text, "\n%s\n%s\n", date, result);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (writes)); i++)
    {
      g_autoptr(GumWrite) write = g_list_model_get_item (G_LIST_MODEL (writes), i);
      g_autofree char *words = gum_batch_words_dup_write (write);
      g_autoptr(GError) error = gum_write_dup_error (write);
      const char *label = gum_write_get_label (write);

      g_string_append_printf (text, "%s: %s", label != NULL ? label : _("Untitled"), words);
      if (error != NULL && gum_error_get_status (error) > 0)
        g_string_append_printf (text, " (HTTP %u)", gum_error_get_status (error));
      g_string_append_c (text, '\n');
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Landing pages that sellers write in HTML: kept after they were cleaned, changed by exact
 * replacement, and tried without keeping.
 */
#define G_LOG_DOMAIN "gum-sandbox"

#include "config.h"

#include "gum-sandbox-private.h"

#define MAX_HTML 500000

static JsonObject *
removed (const char *kind,
         const char *name)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, kind, name);
  json_object_set_string_member (object, "reason", "not allowed");

  return object;
}

/* Every match of @pattern goes, and is told of by what its first group caught. */
static char *
clean (const char *html,
       const char *pattern,
       const char *kind,
       JsonArray  *report)
{
  g_autoptr (GRegex) regex = g_regex_new (pattern, G_REGEX_CASELESS | G_REGEX_DOTALL,
                                          G_REGEX_MATCH_DEFAULT, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  g_regex_match (regex, html, G_REGEX_MATCH_DEFAULT, &match);
  for (; g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      g_autofree char *name = g_match_info_fetch (match, 1);
      g_autofree char *lower = g_ascii_strdown (name, -1);

      json_array_add_object_element (report, removed (kind, lower));
    }

  return g_regex_replace_literal (regex, html, -1, 0, "", G_REGEX_MATCH_DEFAULT, NULL);
}

/* Not the real service's list, but the two kinds of things that it takes away. */
static char *
sanitise (const char *html,
          JsonObject *report)
{
  JsonArray *tags = json_array_new ();
  JsonArray *attributes = json_array_new ();
  g_autofree char *without_tags = NULL;
  char *result = NULL;

  if (html != NULL && html[0] != '\0')
    {
      without_tags = clean (html, "<(iframe|object|embed|base|meta)\\b[^>]*>(?:.*?</\\1\\s*>)?",
                            "tag", tags);
      result = clean (without_tags, "\\s(on[a-z]+)\\s*=\\s*(?:\"[^\"]*\"|'[^']*'|[^\\s>]+)",
                      "attribute", attributes);
    }
  json_object_set_int_member (report, "total_removed", gum_sandbox_length (tags) +
                              gum_sandbox_length (attributes));
  json_object_set_array_member (report, "removed_tags", tags);
  json_object_set_array_member (report, "removed_attributes", attributes);
  json_object_set_boolean_member (report, "truncated", FALSE);

  return result;
}

static const char *
check_html (GumSandboxState *state,
            const char      *html)
{
  if (!gum_sandbox_get_bool (state->user, "_custom_html", TRUE))
    return "You do not have access to custom HTML pages.";
  if (html != NULL && g_utf8_strlen (html, -1) > MAX_HTML)
    return "Custom HTML is too long (maximum is 500000 characters)";

  return NULL;
}

static void
add_warning (JsonObject *object,
             const char *html)
{
  if (html != NULL && strstr (html, "gumroad-button") == NULL &&
      strstr (html, "data-gumroad") == NULL)
    json_object_set_string_member (object, "warning",
                                   "Your page has no buy element, so visitors cannot buy the "
                                   "product from it.");
}

/* Sets @record's page; @extra gets what is told about it.  Returns NULL, or the refusal. */
static char *
set_page (GumSandboxState *state,
          JsonObject      *record,
          const char      *html,
          JsonObject      *extra)
{
  JsonObject *report = json_object_new ();
  g_autofree char *cleaned = NULL;
  const char *error = check_html (state, html);

  if (error != NULL)
    {
      json_object_unref (report);
      return g_strdup (error);
    }

  cleaned = sanitise (html, report);
  json_object_set_member (extra, "previous_custom_html",
                          gum_sandbox_copy_node (json_object_get_member (record, "custom_html")));
  json_object_set_object_member (extra, "sanitization_report", report);
  add_warning (extra, cleaned);
  gum_sandbox_set_null_string (record, "custom_html", cleaned);

  return NULL;
}

char *
gum_sandbox_apply_custom_html (GumSandboxState *state,
                               JsonObject      *record,
                               JsonObject      *params,
                               JsonObject      *extra)
{
  g_autofree char *html = gum_sandbox_dup_string (params, "custom_html");

  return json_object_has_member (params, "custom_html") ? set_page (state, record, html, extra)
                                                        : NULL;
}

static void
add_address (GumSandboxCall *call,
             JsonObject     *object)
{
  GumSandboxProduct *product = gum_sandbox_find_product (call->state, call->args[0]);
  g_autoptr (JsonObject) record = gum_sandbox_product_ref (call->state, product);
  g_autoptr (JsonObject) shown = gum_sandbox_product_render (call->state, product, record, TRUE,
                                                             FALSE);

  json_object_set_string_member (object, "landing_url",
                                 gum_sandbox_peek_string (shown, "landing_url"));
}

static void
show_page_cb (GumSandboxCall *call)
{
  JsonObject *record = gum_sandbox_call_read (call);
  JsonObject *object;

  if (record == NULL)
    return;

  object = json_object_new ();
  json_object_set_boolean_member (object, "success", TRUE);
  json_object_set_member (object, "custom_html",
                          json_node_copy (json_object_get_member (record, "custom_html")));
  json_object_set_boolean_member (object, "has_landing_page",
                                  !gum_sandbox_is_blank (record, "custom_html"));
  add_address (call, object);
  gum_sandbox_call_take_json (call, 200, object);
}

static guint
count_of (const char *text,
          const char *part)
{
  guint n = 0;

  for (const char *at = strstr (text, part); at != NULL; at = strstr (at + strlen (part), part))
    n++;

  return n;
}

static void
edit_page_cb (GumSandboxCall *call)
{
  JsonObject *record = gum_sandbox_call_edit (call);
  g_autofree char *find = gum_sandbox_dup_string (call->params, "find");
  g_autofree char *replace = gum_sandbox_dup_string (call->params, "replace");
  g_autofree char *html = NULL;
  g_autofree char *error = NULL;
  g_autoptr (GString) changed = NULL;
  JsonObject *object;
  guint n_places;

  if (record == NULL)
    return;
  if (find == NULL || find[0] == '\0' || replace == NULL)
    {
      gum_sandbox_call_failure (call, "find must be a non-empty string and replace a string.");
      return;
    }

  html = gum_sandbox_dup_string (record, "custom_html");
  n_places = html != NULL ? count_of (html, find) : 0;
  if (n_places == 0)
    {
      gum_sandbox_call_failure (call, "The text to find does not appear in the page.");
      return;
    }
  if (n_places > 1)
    {
      gum_sandbox_call_failure (call, "The text to find matches %u places; it must match one.",
                                n_places);
      return;
    }

  changed = g_string_new (html);
  g_string_replace (changed, find, replace, 1);
  object = json_object_new ();
  json_object_set_boolean_member (object, "success", TRUE);
  error = set_page (call->state, record, changed->str, object);
  if (error != NULL)
    {
      json_object_unref (object);
      gum_sandbox_call_failure (call, "%s", error);
      return;
    }
  json_object_set_member (object, "custom_html",
                          json_node_copy (json_object_get_member (record, "custom_html")));
  add_address (call, object);
  gum_sandbox_call_take_json (call, 200, object);
}

static void
preview_page_cb (GumSandboxCall *call)
{
  JsonObject *record = gum_sandbox_call_read (call);
  g_autofree char *html = gum_sandbox_dup_string (call->params, "custom_html");
  g_autofree char *cleaned = NULL;
  JsonObject *object;
  JsonObject *report;
  const char *error;

  if (record == NULL)
    return;
  if (!json_object_has_member (call->params, "custom_html"))
    {
      gum_sandbox_call_failure (call, "custom_html is required.");
      return;
    }

  object = json_object_new ();
  report = json_object_new ();
  error = check_html (call->state, html);
  cleaned = sanitise (html, report);
  json_object_set_boolean_member (object, "success", error == NULL);
  if (error != NULL)
    json_object_set_string_member (object, "message", error);
  else
    gum_sandbox_set_null_string (object, "custom_html", cleaned);
  json_object_set_object_member (object, "sanitization_report", report);
  if (error == NULL)
    add_warning (object, cleaned);
  gum_sandbox_call_take_json (call, 200, object);
}

#define WRITE GUM_SANDBOX_SCOPES_WRITE

const GumSandboxRoute gum_sandbox_landing_routes[] = {
  { "GET", "/v2/products/:id/custom_html", GUM_SANDBOX_SCOPES_READ, show_page_cb },
  { "POST", "/v2/products/:id/custom_html/edit", WRITE, edit_page_cb },
  { "POST", "/v2/products/:id/preview_custom_html", WRITE, preview_page_cb },
  { NULL },
};

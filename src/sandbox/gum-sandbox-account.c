/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What belongs to the seller and not to a product: the user, the refund policy, the categories.
 */
#define G_LOG_DOMAIN "gum-sandbox"

#include "config.h"

#include "gum-sandbox-private.h"

#define MAX_FINE_PRINT 3000
#define KNOWING_SCOPES \
  (GUM_SANDBOX_SCOPE_EDIT_PRODUCTS | GUM_SANDBOX_SCOPE_VIEW_SALES | \
   GUM_SANDBOX_SCOPE_REVENUE_SHARE | GUM_SANDBOX_SCOPE_IFTTT | GUM_SANDBOX_SCOPE_VIEW_PROFILE)

static void
copy_member (JsonObject *from,
             JsonObject *to,
             const char *name,
             gboolean    keep_null)
{
  JsonNode *node = json_object_get_member (from, name);

  if (node != NULL && (keep_null || !JSON_NODE_HOLDS_NULL (node)))
    json_object_set_member (to, name, gum_sandbox_copy_node (node));
}

static JsonArray *
links_of (GumSandboxState *state)
{
  JsonArray *links = json_array_new ();

  for (guint i = 0; i < state->order->len; i++)
    {
      GumSandboxProduct *product = state->order->pdata[i];

      json_array_add_string_element (links, product->permalink);
    }

  return links;
}

/* The account scope alone does not bring the e-mail address, the currency or the picture. */
static void
answer_user (GumSandboxCall *call)
{
  JsonObject *source = call->state->user;
  JsonObject *user = json_object_new ();
  JsonNode *node;
  gboolean knowing = (call->token->scopes & KNOWING_SCOPES) != 0;
  gboolean profile = (call->token->scopes & GUM_SANDBOX_SCOPE_VIEW_PROFILE) != 0;
  g_autofree char *url = g_strconcat (call->state->origin, "/settings/advanced", NULL);

  copy_member (source, user, "name", knowing);
  copy_member (source, user, "bio", knowing);
  copy_member (source, user, "twitter_handle", knowing);
  if (knowing)
    copy_member (source, user, "currency_type", TRUE);
  copy_member (source, user, "id", TRUE);
  copy_member (source, user, "user_id", TRUE);
  json_object_set_string_member (user, "url", url);
  json_object_set_array_member (user, "links", links_of (call->state));
  if (knowing)
    {
      copy_member (source, user, "profile_url", TRUE);
      copy_member (source, user, "email", TRUE);
    }
  if (profile)
    copy_member (source, user, "display_name", TRUE);

  node = json_node_init_object (json_node_alloc (), user);
  json_object_unref (user);
  gum_sandbox_call_success (call, "user", node);
}

static void
update_user_cb (GumSandboxCall *call)
{
  static const char *const names[] = { "name", "bio" };

  if (!gum_sandbox_get_bool (call->state->user, "_email_confirmed", TRUE))
    {
      gum_sandbox_call_failure (call, GUM_SANDBOX_UNCONFIRMED);
      return;
    }

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (json_object_has_member (call->params, names[i]))
      {
        g_autofree char *value = gum_sandbox_dup_string (call->params, names[i]);

        gum_sandbox_set_null_string (call->state->user, names[i], value);
      }
  answer_user (call);
}

static void
categories_cb (GumSandboxCall *call)
{
  gum_sandbox_call_success (call, "categories",
                            json_node_init_array (json_node_alloc (), call->state->categories));
}

static void
refund_policy_cb (GumSandboxCall *call)
{
  gum_sandbox_call_success (call, "refund_policy",
                            json_node_init_object (json_node_alloc (),
                                                   call->state->refund_policy));
}

/* Returns: (nullable): the text, without its HTML */
static char *
without_tags (JsonObject *params,
              const char *name)
{
  g_autofree char *text = gum_sandbox_dup_string (params, name);
  g_autoptr (GRegex) tags = g_regex_new ("<[^>]*>", G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT, NULL);

  return text != NULL ? g_regex_replace_literal (tags, text, -1, 0, "", G_REGEX_MATCH_DEFAULT, NULL)
                      : NULL;
}

static gboolean
excludes_refunds (const char *text)
{
  g_autofree char *lower = g_utf8_strdown (text, -1);

  return strstr (lower, "no refunds") != NULL || strstr (lower, "non-refundable") != NULL;
}

static void
update_refund_policy_cb (GumSandboxCall *call)
{
  JsonObject *policy = call->state->refund_policy;
  static const char *const periods[] = { "7", "14", "30", "183", NULL };
  g_autofree char *period = gum_sandbox_dup_string (call->params, "refund_period");
  g_autofree char *fine_print = without_tags (call->params, "fine_print");
  g_autofree char *title = NULL;

  if (!gum_sandbox_get_bool (policy, "in_effect", FALSE))
    {
      gum_sandbox_call_failure (call, "The account-level refund policy is not in effect for "
                                "this seller.");
      return;
    }
  if (period == NULL || period[0] == '\0')
    {
      gum_sandbox_call_failure (call, "Refund period is required.");
      return;
    }
  if (!g_strv_contains (periods, period))
    {
      gum_sandbox_call_failure (call, "Refund period must be one of: 7, 14, 30, 183.");
      return;
    }

  if (fine_print != NULL && excludes_refunds (fine_print))
    {
      gum_sandbox_call_failure (call, "Fine print cannot say that there are no refunds while the "
                                "refund period is positive.");
      return;
    }
  if (fine_print != NULL && g_utf8_strlen (fine_print, -1) > MAX_FINE_PRINT)
    {
      gum_sandbox_call_failure (call, "Fine print is too long (maximum is 3000 characters)");
      return;
    }

  title = g_str_equal (period, "183") ? g_strdup ("6-month money back guarantee")
                                      : g_strdup_printf ("%s-day money back guarantee", period);
  json_object_set_string_member (policy, "refund_period", period);
  json_object_set_string_member (policy, "title", title);
  if (json_object_has_member (call->params, "fine_print"))
    gum_sandbox_set_null_string (policy, "fine_print",
                                 fine_print == NULL || fine_print[0] == '\0' ? NULL : fine_print);
  refund_policy_cb (call);
}

const GumSandboxRoute gum_sandbox_account_routes[] = {
  { "GET", "/v2/user", GUM_SANDBOX_SCOPES_READ, answer_user },
  { "PUT", "/v2/user", GUM_SANDBOX_SCOPES_PROFILE, update_user_cb },
  { "GET", "/v2/categories", GUM_SANDBOX_SCOPES_ANY, categories_cb },
  { "GET", "/v2/refund_policy", GUM_SANDBOX_SCOPES_ANY, refund_policy_cb },
  { "PUT", "/v2/refund_policy", GUM_SANDBOX_SCOPES_WRITE, update_refund_policy_cb },
  { NULL },
};

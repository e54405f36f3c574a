/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Faults on demand.  A rule names the requests it is for, how many of them it lets pass first and
 * how many it then spoils, and how.  Some kinds come instead of the handler ("before": nothing is
 * applied), some spoil the handler's answer ("after": what was asked for did happen).
 */
#define G_LOG_DOMAIN "gum-sandbox"

#include "config.h"

#include "gum-sandbox-private.h"

#define MEBIBYTE (1024 * 1024)
#define DEEP_LEVELS 100000

typedef void (*Spoil) (GumSandboxCall *call);

typedef struct
{
  const char *name;
  Spoil before;                 /* fills in an answer that is then sent */
  Spoil before_taken;           /* takes the call over */
  gboolean (*after) (GumSandboxCall *call);
} Kind;

struct _GumSandboxRule
{
  int ref_count;
  const Kind *kind;
  char *method;
  char *path;
  char *query;
  guint after;
  guint times;                  /* 0: for ever */
  JsonObject *args;
};

static guint
number_arg (GumSandboxCall *call,
            const char     *name,
            guint           fallback)
{
  gint64 value = fallback;

  gum_sandbox_get_int (call->rule->args, name, &value);

  return (guint) CLAMP (value, 0, G_MAXINT);
}

/* Instead of the handler */

static void
spoil_status (GumSandboxCall *call)
{
  g_autofree char *body = gum_sandbox_dup_string (call->rule->args, "body");
  g_autofree char *type = gum_sandbox_dup_string (call->rule->args, "content_type");
  JsonObject *headers = gum_sandbox_get_object (call->rule->args, "headers");
  guint status = number_arg (call, "status", 500);

  if (body == NULL && status == 429)
    body = g_strdup ("Retry later\n");
  if (type == NULL)
    type = g_strdup (status == 429 ? "text/plain" : "text/html; charset=utf-8");
  if (body == NULL)
    body = g_strdup_printf ("<!DOCTYPE html><html><head><title>%u</title></head><body>"
                            "<h1>Something went wrong</h1></body></html>", status);

  gum_sandbox_call_text (call, status, type, body);
  if (headers != NULL)
    {
      g_autoptr (GList) names = json_object_get_members (headers);

      for (GList *l = names; l != NULL; l = l->next)
        {
          g_autofree char *value = gum_sandbox_dup_string (headers, l->data);

          if (value != NULL)
            gum_sandbox_call_header (call, l->data, value);
        }
    }
}

static void
spoil_html (GumSandboxCall *call)
{
  gum_sandbox_call_text (call, number_arg (call, "status", 200), "text/html; charset=utf-8",
                         "<!DOCTYPE html>\n<html><head><title>Welcome</title></head>"
                         "<body><h1>Please sign in to this network</h1></body></html>\n");
}

static void
spoil_bad_json (GumSandboxCall *call)
{
  gum_sandbox_call_text (call, 200, "application/json; charset=utf-8",
                         "{\"success\":true,\"products\":[{\"id\":\"abc\",\"name\":}");
}

static void
spoil_empty (GumSandboxCall *call)
{
  gum_sandbox_call_text (call, 200, "application/json; charset=utf-8", "");
}

static void
spoil_success_false (GumSandboxCall *call)
{
  g_autofree char *message = gum_sandbox_dup_string (call->rule->args, "message");

  gum_sandbox_call_failure (call, "%s", message != NULL ? message : "Something broke.");
}

static void
spoil_deep (GumSandboxCall *call)
{
  gum_sandbox_call_take_text (call, 200, "application/json; charset=utf-8",
                              g_strnfill (number_arg (call, "levels", DEEP_LEVELS), '['));
}

static void
spoil_huge (GumSandboxCall *call)
{
  gsize size = (gsize) number_arg (call, "mib", 20) * MEBIBYTE;
  GString *text = g_string_sized_new (size + 128);

  g_string_append (text, "{\"success\":true,\"products\":[],\"padding\":\"");
  memset (text->str + text->len, 'x', size);
  g_string_set_size (text, text->len + size);
  g_string_append (text, "\"}");
  gum_sandbox_call_take_text (call, 200, "application/json; charset=utf-8",
                              g_string_free (text, FALSE));
}

static void
spoil_redirect (GumSandboxCall *call)
{
  g_autofree char *location = gum_sandbox_dup_string (call->rule->args, "location");

  gum_sandbox_call_redirect (call, location != NULL ? location : "/settings/advanced");
  call->status = number_arg (call, "status", 302);
}

static void
spoil_gzip_bomb (GumSandboxCall *call)
{
  g_autoptr (GZlibCompressor) gzip = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 1);
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream = g_converter_output_stream_new (memory, G_CONVERTER (gzip));
  g_autoptr (GBytes) body = NULL;
  g_autofree char *block = g_strnfill (MEBIBYTE, 'x');
  static const char head[] = "{\"success\":true,\"products\":[],\"padding\":\"";

  g_output_stream_write_all (stream, head, strlen (head), NULL, NULL, NULL);
  for (guint i = 0; i < number_arg (call, "mib", 100); i++)
    g_output_stream_write_all (stream, block, MEBIBYTE, NULL, NULL, NULL);
  g_output_stream_write_all (stream, "\"}", 2, NULL, NULL, NULL);
  g_output_stream_close (stream, NULL, NULL);

  body = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
  gum_sandbox_call_header (call, "Content-Encoding", "gzip");
  gum_sandbox_call_answer (call, 200, "application/json; charset=utf-8", body);
}

static void
take_hang (GumSandboxCall *call)
{
  gum_sandbox_call_hold (call);
}

static void
take_drop (GumSandboxCall *call)
{
  gum_sandbox_wire_start (call, GUM_SANDBOX_WIRE_DROP, 0, 0);
}

static void
take_reset (GumSandboxCall *call)
{
  gum_sandbox_wire_start (call, GUM_SANDBOX_WIRE_RESET, 0, 0);
}

/* On the handler's answer */

static gboolean
after_cut (GumSandboxCall *call)
{
  gsize size = call->body != NULL ? g_bytes_get_size (call->body) : 0;

  gum_sandbox_wire_start (call, GUM_SANDBOX_WIRE_CUT, number_arg (call, "bytes", (guint) size / 2),
                          0);
  return TRUE;
}

static gboolean
after_chunk_cut (GumSandboxCall *call)
{
  gsize size = call->body != NULL ? g_bytes_get_size (call->body) : 0;

  gum_sandbox_wire_start (call, GUM_SANDBOX_WIRE_CHUNK_CUT,
                          number_arg (call, "bytes", (guint) size / 2), 0);
  return TRUE;
}

static gboolean
after_drip (GumSandboxCall *call)
{
  gum_sandbox_wire_start (call, GUM_SANDBOX_WIRE_DRIP, 0,
                          number_arg (call, "bytes_per_second", 1));
  return TRUE;
}

static gboolean
after_hang_body (GumSandboxCall *call)
{
  gum_sandbox_wire_start (call, GUM_SANDBOX_WIRE_HANG, number_arg (call, "bytes", 16), 0);
  return TRUE;
}

static gboolean
after_drop (GumSandboxCall *call)
{
  take_drop (call);
  return TRUE;
}

static gboolean
after_reset (GumSandboxCall *call)
{
  take_reset (call);
  return TRUE;
}

static gboolean
after_repeat_page (GumSandboxCall *call)
{
  g_autoptr (JsonObject) object = NULL;
  static const char key[] = "20991231235959000000-4294967295";
  g_autofree char *url = g_strdup_printf ("%s?page_key=%s", call->path, key);

  if (call->body != NULL)
    object = gum_sandbox_parse_object (g_bytes_get_data (call->body, NULL),
                                       (gssize) g_bytes_get_size (call->body));
  if (object == NULL)
    return FALSE;

  json_object_set_string_member (object, "next_page_key", key);
  json_object_set_string_member (object, "next_page_url", url);
  gum_sandbox_call_take_json (call, call->status, g_steal_pointer (&object));

  return FALSE;
}

static const Kind kinds[] = {
  { "status", spoil_status, NULL, NULL },
  { "latency", NULL, NULL, NULL },
  { "html", spoil_html, NULL, NULL },
  { "bad_json", spoil_bad_json, NULL, NULL },
  { "empty", spoil_empty, NULL, NULL },
  { "success_false", spoil_success_false, NULL, NULL },
  { "deep", spoil_deep, NULL, NULL },
  { "huge", spoil_huge, NULL, NULL },
  { "redirect", spoil_redirect, NULL, NULL },
  { "gzip_bomb", spoil_gzip_bomb, NULL, NULL },
  { "hang", NULL, take_hang, NULL },
  { "drop_before", NULL, take_drop, NULL },
  { "reset_before", NULL, take_reset, NULL },
  { "drop", NULL, NULL, after_drop },
  { "reset", NULL, NULL, after_reset },
  { "cut", NULL, NULL, after_cut },
  { "chunk_cut", NULL, NULL, after_chunk_cut },
  { "drip", NULL, NULL, after_drip },
  { "hang_body", NULL, NULL, after_hang_body },
  { "repeat_page", NULL, NULL, after_repeat_page },
};

void
gum_sandbox_rule_unref (GumSandboxRule *rule)
{
  if (--rule->ref_count > 0)
    return;

  g_free (rule->method);
  g_free (rule->path);
  g_free (rule->query);
  json_object_unref (rule->args);
  g_free (rule);
}

/* Returns NULL, or what is wrong with @args. */
const char *
gum_sandbox_rule_add (GumSandboxState *state,
                      JsonObject      *args)
{
  g_autofree char *match = gum_sandbox_dup_string (args, "match");
  g_autofree char *name = gum_sandbox_dup_string (args, "kind");
  g_auto (GStrv) halves = g_strsplit (match != NULL ? match : "* *", " ", 2);
  const Kind *kind = NULL;
  GumSandboxRule *rule;
  gint64 after = 0;
  gint64 times = 1;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i].name, name) == 0)
      kind = &kinds[i];
  if (kind == NULL)
    return "no such kind of fault";
  if (halves[0] == NULL || halves[1] == NULL)
    return "match must be \"METHOD /path\"";

  gum_sandbox_get_int (args, "after", &after);
  gum_sandbox_get_int (args, "times", &times);

  rule = g_new0 (GumSandboxRule, 1);
  rule->ref_count = 1;
  rule->kind = kind;
  rule->method = g_strdup (halves[0]);
  rule->path = g_strdup (halves[1]);
  rule->query = gum_sandbox_dup_string (args, "query");
  rule->after = (guint) CLAMP (after, 0, G_MAXINT);
  rule->times = (guint) CLAMP (times, 0, G_MAXINT);
  rule->args = json_object_ref (args);
  g_ptr_array_add (state->rules, rule);

  return NULL;
}

static gboolean
rule_is_for (GumSandboxRule *rule,
             GumSandboxCall *call)
{
  const char *query = g_uri_get_query (soup_server_message_get_uri (call->message));

  if (!g_str_equal (rule->method, "*") && !g_str_equal (rule->method, call->method))
    return FALSE;
  if (rule->query != NULL && (query == NULL || strstr (query, rule->query) == NULL))
    return FALSE;
  if (strchr (rule->path, ':') != NULL)
    return gum_sandbox_path_matches (rule->path, call->path, NULL);

  return g_pattern_match_simple (rule->path, call->path);
}

/* Counts the request and returns the rule that spoils it, if any. */
GumSandboxRule *
gum_sandbox_rule_take (GumSandboxCall *call)
{
  GPtrArray *rules = call->state->rules;

  if (g_str_has_prefix (call->path, "/_control/"))
    return NULL;

  for (guint i = 0; i < rules->len; i++)
    {
      GumSandboxRule *rule = rules->pdata[i];

      if (!rule_is_for (rule, call))
        continue;

      if (rule->after > 0)
        {
          rule->after--;
          continue;
        }

      rule->ref_count++;
      if (rule->times == 1)
        g_ptr_array_remove_index (rules, i);
      else if (rule->times > 1)
        rule->times--;

      return rule;
    }

  return NULL;
}

guint
gum_sandbox_rule_get_delay (GumSandboxRule *rule)
{
  gint64 delay = 0;

  gum_sandbox_get_int (rule->args, "ms", &delay);

  return (guint) CLAMP (delay, 0, G_MAXINT);
}

/* How much of the request's body comes in before the fault does; FALSE: all of it. */
gboolean
gum_sandbox_rule_get_received (GumSandboxRule *rule,
                               gint64         *size)
{
  return gum_sandbox_get_int (rule->args, "received", size);
}

/* TRUE if the handler must not run any more; the call may be gone then. */
gboolean
gum_sandbox_rule_before (GumSandboxCall *call)
{
  const Kind *kind = call->rule != NULL ? call->rule->kind : NULL;

  if (kind == NULL || (kind->before == NULL && kind->before_taken == NULL))
    return FALSE;

  if (kind->before_taken != NULL)
    {
      kind->before_taken (call);
    }
  else
    {
      kind->before (call);
      gum_sandbox_call_send (call);
    }

  return TRUE;
}

/* TRUE if the call was taken over. */
gboolean
gum_sandbox_rule_after (GumSandboxCall *call)
{
  return call->rule->kind->after != NULL && call->rule->kind->after (call);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the parts of the sandbox share.  Everything here belongs to the server's thread.
 *
 *   request ─▶ GumSandboxCall ─▶ fault before? ─▶ route ─▶ handler ─▶ fault after? ─▶ answer
 */
#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

#include "gum-sandbox.h"

G_BEGIN_DECLS

/* Scopes */

typedef enum
{
  GUM_SANDBOX_SCOPE_EDIT_PRODUCTS = 1 << 0,
  GUM_SANDBOX_SCOPE_EDIT_EMAILS = 1 << 1,
  GUM_SANDBOX_SCOPE_VIEW_SALES = 1 << 2,
  GUM_SANDBOX_SCOPE_MARK_SALES_AS_SHIPPED = 1 << 3,
  GUM_SANDBOX_SCOPE_EDIT_SALES = 1 << 4,
  GUM_SANDBOX_SCOPE_REVENUE_SHARE = 1 << 5,
  GUM_SANDBOX_SCOPE_IFTTT = 1 << 6,
  GUM_SANDBOX_SCOPE_VIEW_PROFILE = 1 << 7,
  GUM_SANDBOX_SCOPE_EDIT_PROFILE = 1 << 8,
  GUM_SANDBOX_SCOPE_VIEW_PAYOUTS = 1 << 9,
  GUM_SANDBOX_SCOPE_VIEW_TAX_DATA = 1 << 10,
  GUM_SANDBOX_SCOPE_ACCOUNT = 1 << 11,
  GUM_SANDBOX_SCOPE_VIEW_PUBLIC = 1 << 12,
} GumSandboxScope;

#define GUM_SANDBOX_SCOPES_PUBLIC 0xfff
#define GUM_SANDBOX_SCOPES_ANY (GUM_SANDBOX_SCOPES_PUBLIC | GUM_SANDBOX_SCOPE_VIEW_PUBLIC)
#define GUM_SANDBOX_SCOPES_READ \
  (GUM_SANDBOX_SCOPES_ANY & \
   ~(guint) (GUM_SANDBOX_SCOPE_EDIT_EMAILS | GUM_SANDBOX_SCOPE_EDIT_PROFILE))
#define GUM_SANDBOX_SCOPES_WRITE (GUM_SANDBOX_SCOPE_EDIT_PRODUCTS | GUM_SANDBOX_SCOPE_ACCOUNT)
#define GUM_SANDBOX_SCOPES_SALES (GUM_SANDBOX_SCOPE_VIEW_SALES | GUM_SANDBOX_SCOPE_ACCOUNT)
#define GUM_SANDBOX_SCOPES_PROFILE (GUM_SANDBOX_SCOPE_EDIT_PROFILE | GUM_SANDBOX_SCOPE_ACCOUNT)

/* OAuth */

typedef struct
{
  char *client_id;
  char *client_secret;
  char *name;
  char *redirect_uris;          /* one or several, separated by blanks */
  guint scopes;
  gboolean confidential;
} GumSandboxApplication;

typedef struct
{
  char *access;
  char *refresh;                /* NULL for a token made on the settings page */
  char *client_id;
  char *scope;                  /* in the order asked for */
  guint scopes;
  gboolean revoked;
  gint64 created_at;
} GumSandboxToken;

typedef enum
{
  GUM_SANDBOX_CONSENT_ASK,
  GUM_SANDBOX_CONSENT_ALLOW,
  GUM_SANDBOX_CONSENT_DENY,
} GumSandboxConsent;

/* Products */

typedef struct
{
  guint number;                 /* 1 is the oldest */
  guint seed;                   /* not 0: the record can be made again from it */
  gint64 created_at;            /* µs */
  gint64 made_at;               /* by the clock of the limits; 0: not over the API */
  char *id;
  char *permalink;
  gboolean deleted;

  JsonObject *record;           /* NULL while it can be made again */
  char *slim;                   /* cached JSON, without its closing brace */
  char *slim_sales;             /* the members that need view_sales, with the closing brace */
} GumSandboxProduct;

/* State */

typedef struct _GumSandboxStorage GumSandboxStorage;
typedef struct _GumSandboxIntake GumSandboxIntake;
typedef struct _GumSandboxRequest GumSandboxRequest;
typedef struct _GumSandboxLimits GumSandboxLimits;

typedef struct
{
  GumSandboxOptions options;
  char *origin;                 /* http://127.0.0.1:PORT */
  char *storage_origin;         /* the same, of the storage */
  guint64 serial;

  GPtrArray *applications;
  GHashTable *codes;
  GHashTable *tokens;           /* access token → GumSandboxToken (owned) */
  GHashTable *refresh_tokens;   /* refresh token → the same */
  GumSandboxConsent consent;
  gboolean strict_redirects;    /* the rule of Doorkeeper's main branch */
  char *access_token;

  JsonObject *user;
  JsonObject *refund_policy;
  JsonArray *categories;
  GHashTable *category_paths;   /* path → JsonObject, borrowed from the array */
  JsonArray *offer_codes;       /* the universal ones */
  JsonArray *upsells;
  GPtrArray *order;             /* GumSandboxProduct, newest first, without deleted ones */
  GHashTable *products;         /* id → GumSandboxProduct (owned) */
  GHashTable *permalinks;       /* permalink → the same */
  guint next_number;
  guint page_size;

  GPtrArray *rules;
  GHashTable *held;             /* calls and connections that wait → how to free them */
  guint n_busy;                 /* pictures being painted */

  GHashTable *pictures;         /* path → GBytes */
  GumSandboxStorage *storage;
  GumSandboxLimits *limits;
  GQueue *requests;
  guint64 n_requests;
} GumSandboxState;

/* One request and its answer */

typedef struct _GumSandboxCall GumSandboxCall;
typedef struct _GumSandboxRule GumSandboxRule;
typedef void (*GumSandboxHandler) (GumSandboxCall *call);

typedef struct
{
  const char *method;
  const char *path;             /* segments that start with a colon are taken as arguments */
  guint scopes;                 /* any of these will do; 0: open to all */
  GumSandboxHandler handler;
} GumSandboxRoute;

typedef enum
{
  GUM_SANDBOX_WIRE_WHOLE,       /* the honest answer, on a connection that was taken */
  GUM_SANDBOX_WIRE_DROP,        /* close without a word */
  GUM_SANDBOX_WIRE_RESET,       /* the same, with RST */
  GUM_SANDBOX_WIRE_CUT,         /* full length announced, fewer bytes sent, closed */
  GUM_SANDBOX_WIRE_CHUNK_CUT,   /* closed between two chunks */
  GUM_SANDBOX_WIRE_DRIP,        /* so many bytes a second */
  GUM_SANDBOX_WIRE_HANG,        /* fewer bytes sent, kept open */
} GumSandboxWireMode;

struct _GumSandboxCall
{
  GumSandboxState *state;
  GumSandbox *sandbox;
  SoupServerMessage *message;

  char *method;
  char *path;                   /* encoded, without the /api prefix */
  gboolean old_prefix;
  char *args[4];                /* decoded */
  JsonObject *params;           /* query, form and JSON body together */
  GumSandboxToken *token;       /* borrowed */
  JsonObject *record;           /* of the product that is read */
  GumSandboxRequest *request;   /* NULL for control */

  gboolean for_storage;         /* came to the storage's port */
  GumSandboxIntake *intake;     /* of a body that is not left to libsoup */
  GIOStream *stream;            /* the connection, once it was taken */
  GSocket *socket;              /* the same */

  GumSandboxRule *rule;
  GSource *timer;               /* borrowed from its context */
  GumSandboxCall **watcher;     /* set to NULL when this call ends */
  gboolean held;                /* paused, and known to the state */
  gboolean pending;             /* the handler will call gum_sandbox_call_finish() itself */
  gulong gone_id;
  gboolean gone;                /* the client has left */

  GumSandboxWireMode wire_mode;
  gsize wire_keep;
  guint wire_rate;

  guint status;
  char *content_type;
  SoupMessageHeaders *headers;
  GBytes *body;
};

/* gum-sandbox-state.c */
GumSandboxState *gum_sandbox_state_new       (const GumSandboxOptions *options,
                                              const char              *origin,
                                              const char              *storage_origin);
void             gum_sandbox_state_free      (GumSandboxState         *state);
void             gum_sandbox_state_reset     (GumSandboxState         *state);

/* gum-sandbox-call.c */
GumSandboxCall  *gum_sandbox_call_new        (GumSandbox              *sandbox,
                                              GumSandboxState         *state,
                                              SoupServerMessage       *message);
void             gum_sandbox_call_free       (GumSandboxCall          *call);
void             gum_sandbox_call_run        (GumSandboxCall          *call);
void             gum_sandbox_call_proceed    (GumSandboxCall          *call);
void             gum_sandbox_call_finish     (GumSandboxCall          *call);
GIOStream       *gum_sandbox_call_steal      (GumSandboxCall          *call);
void             gum_sandbox_call_abort      (GumSandboxCall          *call);
void             gum_sandbox_call_hold       (GumSandboxCall          *call);
void             gum_sandbox_call_send       (GumSandboxCall          *call);
void             gum_sandbox_call_answer     (GumSandboxCall          *call,
                                              guint                    status,
                                              const char              *content_type,
                                              GBytes                  *body);
void             gum_sandbox_call_text       (GumSandboxCall          *call,
                                              guint                    status,
                                              const char              *content_type,
                                              const char              *text);
void             gum_sandbox_call_take_text  (GumSandboxCall          *call,
                                              guint                    status,
                                              const char              *content_type,
                                              char                    *text);
void             gum_sandbox_call_take_json  (GumSandboxCall          *call,
                                              guint                    status,
                                              JsonObject              *object);
void             gum_sandbox_call_success    (GumSandboxCall          *call,
                                              const char              *member,
                                              JsonNode                *value);
void             gum_sandbox_call_failure    (GumSandboxCall          *call,
                                              const char              *format,
                                              ...) G_GNUC_PRINTF (2, 3);
void             gum_sandbox_call_message    (GumSandboxCall          *call,
                                              const char              *message);
void             gum_sandbox_call_bad_request (GumSandboxCall         *call,
                                              const char              *error);
void             gum_sandbox_call_crash      (GumSandboxCall          *call);
void             gum_sandbox_call_header     (GumSandboxCall          *call,
                                              const char              *name,
                                              const char              *value);
void             gum_sandbox_call_redirect   (GumSandboxCall          *call,
                                              const char              *location);
gboolean         gum_sandbox_path_matches    (const char              *pattern,
                                              const char              *path,
                                              char                   **args);
void             gum_sandbox_call_route      (GumSandboxCall          *call);

/* gum-sandbox-params.c */
JsonObject      *gum_sandbox_params_parse    (const char              *query,
                                              const char              *content_type,
                                              GBytes                  *body);
void             gum_sandbox_params_add_form (JsonObject              *params,
                                              const char              *form);
char            *gum_sandbox_dup_string      (JsonObject              *object,
                                              const char              *key);
const char      *gum_sandbox_node_string     (JsonNode                *node);
const char      *gum_sandbox_peek_string     (JsonObject              *object,
                                              const char              *key);
gboolean         gum_sandbox_get_int         (JsonObject              *object,
                                              const char              *key,
                                              gint64                  *value);
gboolean         gum_sandbox_get_bool        (JsonObject              *object,
                                              const char              *key,
                                              gboolean                 fallback);
guint            gum_sandbox_length          (JsonArray               *array);
JsonObject      *gum_sandbox_object_at       (JsonArray               *array,
                                              guint                    position);
JsonArray       *gum_sandbox_get_array       (JsonObject              *object,
                                              const char              *key);
JsonObject      *gum_sandbox_get_object      (JsonObject              *object,
                                              const char              *key);
gboolean         gum_sandbox_is_blank        (JsonObject              *object,
                                              const char              *key);
JsonObject      *gum_sandbox_parse_object    (const char              *text,
                                              gssize                   length);
JsonNode        *gum_sandbox_copy_node       (JsonNode                *node);
JsonObject      *gum_sandbox_copy_object     (JsonObject              *object);
void             gum_sandbox_replace_members (JsonObject              *object,
                                              JsonObject              *by);
char            *gum_sandbox_to_json         (JsonObject              *object);
void             gum_sandbox_set_null_string (JsonObject              *object,
                                              const char              *key,
                                              const char              *value);

/* gum-sandbox-oauth.c, -token.c and -consent.c */
extern const GumSandboxRoute gum_sandbox_token_routes[];
extern const GumSandboxRoute gum_sandbox_consent_routes[];
void             gum_sandbox_oauth_init      (GumSandboxState         *state);
void             gum_sandbox_oauth_clear     (GumSandboxState         *state);
char            *gum_sandbox_random          (GumSandboxState         *state);
gboolean         gum_sandbox_scopes_parse    (const char              *text,
                                              guint                   *scopes);
char            *gum_sandbox_scopes_print    (guint                    scopes);
GumSandboxApplication *
                 gum_sandbox_find_application (GumSandboxState        *state,
                                              const char              *client_id);
GumSandboxApplication *
                 gum_sandbox_add_application (GumSandboxState         *state,
                                              JsonObject              *args);
gboolean         gum_sandbox_redirect_matches (const char             *registered,
                                              const char              *requested,
                                              gboolean                 strict);
char            *gum_sandbox_add_code        (GumSandboxState         *state,
                                              JsonObject              *params);
void             gum_sandbox_expire_codes    (GumSandboxState         *state);
typedef struct
{
  char *client_id;
  char *redirect_uri;
  char *scope;
  char *challenge;
  char *challenge_method;
  gint64 expires_at;            /* monotonic */
  gboolean used;
} GumSandboxCode;

GumSandboxToken *gum_sandbox_add_token       (GumSandboxState         *state,
                                              const char              *client_id,
                                              const char              *scope,
                                              gboolean                 with_refresh);
char            *gum_sandbox_digest          (const char              *text);
char            *gum_sandbox_presented_token (GumSandboxCall          *call);
void             gum_sandbox_call_unauthorized (GumSandboxCall        *call,
                                              gboolean                 revoked);
void             gum_sandbox_token_revoke    (GumSandboxState         *state,
                                              GumSandboxToken         *token);
gboolean         gum_sandbox_call_authorize  (GumSandboxCall          *call,
                                              guint                    scopes);
gboolean         gum_sandbox_call_require    (GumSandboxCall          *call,
                                              GumSandboxScope          scope);
const char      *gum_sandbox_consent_check   (GumSandboxState         *state,
                                              JsonObject              *params,
                                              guint                   *status);
char            *gum_sandbox_consent_press   (GumSandboxState         *state,
                                              JsonObject              *params,
                                              gboolean                 allow,
                                              guint                   *status,
                                              const char             **error);

/* gum-sandbox-products.c, -shape.c, -apply.c, -edit.c, -variants.c and -parts.c */
extern const GumSandboxRoute gum_sandbox_comps_routes[];
extern const GumSandboxRoute gum_sandbox_product_routes[];
extern const GumSandboxRoute gum_sandbox_edit_routes[];
extern const GumSandboxRoute gum_sandbox_variant_routes[];
extern const GumSandboxRoute gum_sandbox_part_routes[];
extern const GumSandboxRoute gum_sandbox_account_routes[];
extern const GumSandboxRoute gum_sandbox_upsell_routes[];
GumSandboxProduct *
                 gum_sandbox_find_product    (GumSandboxState         *state,
                                              const char              *id);
JsonObject      *gum_sandbox_product_ref     (GumSandboxState         *state,
                                              GumSandboxProduct       *product);
JsonObject      *gum_sandbox_product_edit    (GumSandboxState         *state,
                                              GumSandboxProduct       *product);
JsonObject      *gum_sandbox_product_copy    (GumSandboxState         *state,
                                              GumSandboxProduct       *product);
void             gum_sandbox_product_take    (GumSandboxProduct       *product,
                                              JsonObject              *record);
void             gum_sandbox_product_touch   (GumSandboxProduct       *product);
JsonObject      *gum_sandbox_product_render  (GumSandboxState         *state,
                                              GumSandboxProduct       *product,
                                              JsonObject              *record,
                                              gboolean                 full,
                                              gboolean                 sales);
void             gum_sandbox_add_sales       (JsonObject              *object,
                                              JsonObject              *record);
GumSandboxProduct *
                 gum_sandbox_product_add     (GumSandboxState         *state,
                                              JsonObject              *record,
                                              gint64                   created_at);
void             gum_sandbox_warm_products   (GumSandboxState         *state);
void             gum_sandbox_product_unlist  (GumSandboxState         *state,
                                              GumSandboxProduct       *product);
void             gum_sandbox_product_list    (GumSandboxState         *state,
                                              GumSandboxProduct       *product);
void             gum_sandbox_product_free    (GumSandboxProduct       *product);
void             gum_sandbox_call_product    (GumSandboxCall          *call,
                                              GumSandboxProduct       *product,
                                              JsonObject              *extra);
GumSandboxProduct *
                 gum_sandbox_call_find       (GumSandboxCall          *call);
JsonObject      *gum_sandbox_call_read       (GumSandboxCall          *call);
JsonObject      *gum_sandbox_call_edit       (GumSandboxCall          *call);
JsonObject      *gum_sandbox_find_in         (JsonArray               *array,
                                              const char              *member,
                                              const char              *value,
                                              gboolean                 with_deleted);
void             gum_sandbox_remove_from     (JsonArray               *array,
                                              JsonObject              *object);
void             gum_sandbox_add_new_id      (GumSandboxState         *state,
                                              JsonObject              *object,
                                              guint                    salt);
void             gum_sandbox_copy_param      (JsonObject              *params,
                                              JsonObject              *object,
                                              const char              *name);
void             gum_sandbox_call_array      (GumSandboxCall          *call,
                                              const char              *member,
                                              JsonArray               *array);
void             gum_sandbox_call_object     (GumSandboxCall          *call,
                                              const char              *member,
                                              JsonObject              *object);
char            *gum_sandbox_format_price    (JsonObject              *record);
char            *gum_sandbox_format_amount   (const char              *currency,
                                              gint64                   amount);
gint64           gum_sandbox_minimum_price   (const char              *currency);
gboolean         gum_sandbox_set_category    (GumSandboxState         *state,
                                              JsonObject              *record,
                                              const char              *path,
                                              gint64                   taxonomy_id);

char            *gum_sandbox_apply           (GumSandboxState         *state,
                                              JsonObject              *record,
                                              JsonObject              *params,
                                              gboolean                 creating,
                                              JsonObject              *extra);

/* gum-sandbox-publish.c and gum-sandbox-landing.c */
#define GUM_SANDBOX_UNCONFIRMED \
  "You have to confirm your email address before you can do that."

extern const GumSandboxRoute gum_sandbox_landing_routes[];
char            *gum_sandbox_check_code      (JsonObject              *record,
                                              JsonObject              *code);
void             gum_sandbox_warn_about_codes (JsonObject             *record,
                                              JsonObject              *extra);
const char      *gum_sandbox_check_saveable  (JsonObject              *record);
char            *gum_sandbox_check_publishable (GumSandboxState       *state,
                                              JsonObject              *record);
char            *gum_sandbox_apply_custom_html (GumSandboxState       *state,
                                              JsonObject              *record,
                                              JsonObject              *params,
                                              JsonObject              *extra);

/* gum-sandbox-files.c and gum-sandbox-content.c */
char            *gum_sandbox_storage_prefix  (GumSandboxState         *state);
char            *gum_sandbox_apply_files     (GumSandboxState         *state,
                                              JsonObject              *record,
                                              JsonArray               *entries,
                                              gboolean                 creating,
                                              JsonObject              *mappings);
gboolean         gum_sandbox_has_unknown_file_member (JsonArray       *entries);
void             gum_sandbox_files_rename    (GumSandboxState         *state);
JsonObject      *gum_sandbox_file_info       (GumSandboxState         *state,
                                              JsonObject              *record);
char            *gum_sandbox_apply_content   (GumSandboxState         *state,
                                              JsonObject              *record,
                                              JsonObject              *params,
                                              gboolean                 creating,
                                              JsonObject              *extra);
char            *gum_sandbox_apply_pages     (GumSandboxState         *state,
                                              JsonObject              *record,
                                              JsonObject              *owner,
                                              JsonNode                *sent,
                                              JsonObject              *mappings);

/* gum-sandbox-images.c */
JsonObject      *gum_sandbox_cover_new       (GumSandboxState         *state,
                                              const char              *url,
                                              const char              *filetype,
                                              guint                    width,
                                              guint                    height);

/* gum-sandbox-limits.c */
void             gum_sandbox_limits_init     (GumSandboxState         *state);
void             gum_sandbox_limits_clear    (GumSandboxState         *state);
void             gum_sandbox_limits_set      (GumSandboxState         *state,
                                              JsonObject              *args);
gint64           gum_sandbox_limits_now      (GumSandboxState         *state);
char            *gum_sandbox_limits_check_product (GumSandboxState    *state);
gboolean         gum_sandbox_limits_admit    (GumSandboxCall          *call);

/* gum-sandbox-data.c and gum-sandbox-generate.c */
void             gum_sandbox_data_init       (GumSandboxState         *state);
void             gum_sandbox_data_clear      (GumSandboxState         *state);
void             gum_sandbox_record_complete (GumSandboxState         *state,
                                              JsonObject              *record);
JsonObject      *gum_sandbox_generate        (GumSandboxState         *state,
                                              guint                    seed,
                                              guint                    number);
const char      *gum_sandbox_file_group      (const char              *filetype);
char            *gum_sandbox_external_id     (guint64                  a,
                                              guint64                  b);
char            *gum_sandbox_guid            (guint64                  a,
                                              guint64                  b);
guint64          gum_sandbox_mix             (guint64                  value);

/* gum-sandbox-pictures.c, -paint.c, -encode.c and -jpeg.c */
extern const GumSandboxRoute gum_sandbox_picture_routes[];
guint8          *gum_sandbox_picture_paint   (guint                    width,
                                              guint                    height,
                                              guint                    seed);
GBytes          *gum_sandbox_encode_png      (const guint8            *pixels,
                                              guint                    width,
                                              guint                    height,
                                              guint                    scale);
GBytes          *gum_sandbox_encode_jpeg     (const guint8            *pixels,
                                              guint                    width,
                                              guint                    height);
GBytes          *gum_sandbox_encode_gif      (const guint8            *pixels,
                                              guint                    width,
                                              guint                    height);

/* gum-sandbox-faults.c and gum-sandbox-wire.c */
const char      *gum_sandbox_rule_add        (GumSandboxState         *state,
                                              JsonObject              *args);
void             gum_sandbox_rule_unref      (GumSandboxRule          *rule);
GumSandboxRule  *gum_sandbox_rule_take       (GumSandboxCall          *call);
guint            gum_sandbox_rule_get_delay  (GumSandboxRule          *rule);
gboolean         gum_sandbox_rule_get_received (GumSandboxRule        *rule,
                                              gint64                  *size);
gboolean         gum_sandbox_rule_before     (GumSandboxCall          *call);
gboolean         gum_sandbox_rule_after      (GumSandboxCall          *call);
void             gum_sandbox_wire_start      (GumSandboxCall          *call,
                                              GumSandboxWireMode       mode,
                                              gsize                    keep,
                                              guint                    rate);
void             gum_sandbox_hold_clear      (GumSandboxState         *state);

/* gum-sandbox-control.c */
extern const GumSandboxRoute gum_sandbox_control_routes[];
JsonObject      *gum_sandbox_control_run     (GumSandboxState         *state,
                                              const char              *verb,
                                              JsonObject              *args);
void             gum_sandbox_record_request  (GumSandboxCall          *call,
                                              GBytes                  *body);
void             gum_sandbox_request_unref   (gpointer                 request);
void             gum_sandbox_request_received (GumSandboxCall         *call,
                                              gint64                   size);

/* gum-sandbox-uploads.c; see gum-sandbox-storage.h */
void             gum_sandbox_storage_init    (GumSandboxState         *state);
void             gum_sandbox_storage_clear   (GumSandboxState         *state);
void             gum_sandbox_storage_set     (GumSandboxState         *state,
                                              JsonObject              *args);
void             gum_sandbox_storage_expire  (GumSandboxState         *state);
JsonArray       *gum_sandbox_storage_list    (GumSandboxState         *state);
JsonObject      *gum_sandbox_storage_add     (GumSandboxState         *state,
                                              JsonObject              *args);
JsonArray       *gum_sandbox_blobs_list      (GumSandboxState         *state);

G_END_DECLS

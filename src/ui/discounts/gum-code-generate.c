/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Many codes at once: a pattern and a number, a look at the first five. The queue sends them, one after the
 * other; Activity says what became of each.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-code-generate.h"

#include "gum-batch-words.h"
#include "gum-code-fields.h"
#include "gum-code-names.h"

#include <glib/gi18n.h>
#include <string.h>

#define N_SHOWN 5

struct _GumCodeGenerate
{
  GumFormWindow   parent_instance;

  /* owned */
  GumStore       *store;
  GumRecords     *records;
  char          **names;         /* what will be sent; made anew when anything changes */
  char           *names_for;     /* the question that they answer */

  /* children */
  GtkWidget      *pattern;
  GtkWidget      *count;
  GumCodeFields  *fields;
  GtkLabel       *preview;
  GtkLabel       *warning;
};

G_DEFINE_FINAL_TYPE (GumCodeGenerate, gum_code_generate, GUM_TYPE_FORM_WINDOW)

static const char *
get_text (GtkWidget *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static const char *
get_product_id (GumCodeGenerate *self)
{
  GumProduct *product = gum_code_fields_get_product (self->fields);

  return product != NULL ? gum_resource_get_id (GUM_RESOURCE (product)) : NULL;
}

static const char *
check_count (GumCodeGenerate *self,
             gint64          *n)
{
  if (*get_text (self->count) == '\0')
    return "";
  if (!gum_code_fields_parse_count (get_text (self->count), FALSE, n) || *n > GUM_CODE_NAMES_MAX)
    return _("Enter a whole number from 1 to 1000.");

  return NULL;
}

/* The same names as long as the same is asked for: what was looked at is what will be sent. */
static gboolean
make_names (GumCodeGenerate *self,
            guint            n)
{
  gboolean universal = gum_code_fields_is_universal (self->fields);
  g_autofree char *question = g_strdup_printf ("%u %d %s %s", n, universal, get_product_id (self),
                                               get_text (self->pattern));
  g_autoptr (GHashTable) taken = NULL;

  if (self->names != NULL && g_strcmp0 (question, self->names_for) == 0)
    return TRUE;

  g_clear_pointer (&self->names, g_strfreev);
  g_free (self->names_for);
  self->names_for = g_steal_pointer (&question);
  taken = gum_code_names_list_taken (self->records, get_product_id (self), universal);
  self->names = gum_code_names_make (get_text (self->pattern), n, taken, NULL);

  return self->names != NULL;
}

static void
show_preview (GumCodeGenerate *self,
              guint            n)
{
  GumQueue *queue = gum_store_get_queue (self->store);
  guint n_known = gum_code_names_count (self->records, get_product_id (self));
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *price = gum_code_fields_dup_preview (self->fields);
  g_autofree char *time =
    gum_batch_words_dup_time (gum_queue_estimate (queue, &(GumQueueLoad) { .n_listed = n }));

  for (guint i = 0; i < MIN (n, N_SHOWN); i++)
    g_string_append_printf (text, "%s\n", self->names[i]);
  if (n > N_SHOWN)
    g_string_append_printf (text, ngettext ("and %u more\n", "and %u more\n", n - N_SHOWN),
                            n - N_SHOWN);
  g_string_append_c (text, '\n');
  if (price != NULL)
    g_string_append_printf (text, "%s ", price);
  /* Translators: %s is "about 3 minutes" */
  g_string_append_printf (text, _("It takes %s; you can go on working meanwhile."), time);
  gtk_label_set_text (self->preview, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->warning), n_known + n > GUM_CODE_NAMES_MANY);
}

static void
check (GumCodeGenerate *self)
{
  GumFormWindow *form = GUM_FORM_WINDOW (self);
  gint64 n = 0;
  const char *count = check_count (self, &n);
  const char *fields = gum_code_fields_check (self->fields);
  const char *pattern = n > 0 && count == NULL
                        ? gum_code_names_check (get_text (self->pattern), (guint) n) : NULL;
  const char *problem = pattern;
  gboolean complete;

  if (problem == NULL && count != NULL && *count != '\0')
    problem = count;
  if (problem == NULL && fields != NULL && *fields != '\0')
    problem = fields;
  gum_form_set_problem (self->pattern, pattern);
  gum_form_set_problem (self->count, count != NULL && *count != '\0' ? count : NULL);

  complete = problem == NULL && count == NULL && fields == NULL;
  if (complete && !make_names (self, (guint) n))
    {
      problem = _("Nearly all codes of this pattern exist already. Use another one.");
      complete = FALSE;
    }
  gum_form_window_set_message (form, problem, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->preview), complete);
  gtk_widget_set_visible (GTK_WIDGET (self->warning), FALSE);
  if (complete)
    show_preview (self, (guint) n);
  gum_form_window_set_ready (form, complete);
}

/* --- sending ---------------------------------------------------------------------------------- */

static void
gum_code_generate_apply (GumFormWindow *form)
{
  GumCodeGenerate *self = GUM_CODE_GENERATE (form);
  g_autoptr (GPtrArray) writes = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *toast = NULL;

  for (guint i = 0; self->names[i] != NULL; i++)
    {
      g_autoptr (JsonObject) body = gum_code_fields_create_body (self->fields, self->names[i]);

      g_ptr_array_add (writes, gum_records_new_create (self->records, get_product_id (self),
                                                       self->names[i], body));
    }
  toast = g_strdup_printf (ngettext ("%u code is being created", "%u codes are being created", writes->len),
                           writes->len);
  gum_form_window_send_batch (form, self->store, GUM_BATCH_KIND_CODES, get_text (self->pattern), writes,
                              toast);
}

/* --- GObject ---------------------------------------------------------------------------------- */

static void
gum_code_generate_dispose (GObject *object)
{
  GumCodeGenerate *self = GUM_CODE_GENERATE (object);

  g_clear_object (&self->records);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (gum_code_generate_parent_class)->dispose (object);
}

static void
gum_code_generate_finalize (GObject *object)
{
  GumCodeGenerate *self = GUM_CODE_GENERATE (object);

  g_strfreev (self->names);
  g_free (self->names_for);

  G_OBJECT_CLASS (gum_code_generate_parent_class)->finalize (object);
}

static void
gum_code_generate_class_init (GumCodeGenerateClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gum_code_generate_dispose;
  G_OBJECT_CLASS (klass)->finalize = gum_code_generate_finalize;
  GUM_FORM_WINDOW_CLASS (klass)->apply = gum_code_generate_apply;
}

static GtkLabel *
new_label (const char *text,
           const char *style)
{
  GtkLabel *label = g_object_new (GTK_TYPE_LABEL,
                                  "label", text,
                                  "wrap", TRUE,
                                  "wrap-mode", PANGO_WRAP_WORD_CHAR,
                                  "xalign", 0.0f,
                                  "visible", FALSE,
                                  NULL);

  gtk_widget_add_css_class (GTK_WIDGET (label), style);

  return label;
}

static void
gum_code_generate_init (GumCodeGenerate *self)
{
  GtkWidget *group = adw_preferences_group_new ();

  gum_form_window_set_texts (GUM_FORM_WINDOW (self), _("Generate Codes"), _("_Generate"));
  adw_preferences_group_set_description (
    ADW_PREFERENCES_GROUP (group),
    _("Each # becomes a letter or a digit; without any, eight follow behind a dash. Those that look "
      "alike are left out."));
  self->pattern = gum_form_new_entry (_("Beginning or pattern"), "");
  self->count = gum_form_new_entry (_("How many"), "50");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->pattern);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->count);
  gum_form_window_add (GUM_FORM_WINDOW (self), group);
  self->preview = new_label (NULL, "gum-note");
  self->warning = new_label (_("Gumroad’s own search finds only 300 codes of a product. More of them "
                               "work, but may not all be found there."), "gum-note");
}

GtkWidget *
gum_code_generate_new (GumStore   *store,
                       const char *product_id)
{
  GumCodeGenerate *self = g_object_new (GUM_TYPE_CODE_GENERATE, NULL);
  gpointer watched[3];

  self->store = g_object_ref (store);
  self->records = g_object_ref (gum_store_get_records (store, GUM_RECORD_CODE));
  self->fields = GUM_CODE_FIELDS (gum_code_fields_new (store, product_id));
  gum_code_fields_set_uses (self->fields, "1");
  gum_form_window_add (GUM_FORM_WINDOW (self), GTK_WIDGET (self->fields));
  gum_form_window_add (GUM_FORM_WINDOW (self), GTK_WIDGET (self->preview));
  gum_form_window_add (GUM_FORM_WINDOW (self), GTK_WIDGET (self->warning));
  watched[0] = self->pattern;
  watched[1] = self->count;
  watched[2] = self->fields;
  for (guint i = 0; i < G_N_ELEMENTS (watched); i++)
    g_signal_connect_object (watched[i], "changed", G_CALLBACK (check), self, G_CONNECT_SWAPPED);
  check (self);

  return GTK_WIDGET (self);
}

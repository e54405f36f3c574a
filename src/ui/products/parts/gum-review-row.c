/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A review: stars, who and when, what was said, and the seller's answer.
 */
#define G_LOG_DOMAIN "gum-ui"

#include "config.h"

#include "gum-review-row.h"

#include "gum-detail-rows.h"

#include <glib/gi18n.h>

#define MAX_STARS 5

struct _GumReviewRow
{
  GtkWidget  parent_instance;

  /* owned */
  char      *sentence;

  /* widgets */
  GtkWidget *box;
  GtkLabel  *stars;
  GtkLabel  *who;
  GtkLabel  *message;
  GtkWidget *answer;
  GtkLabel  *answer_message;
};

G_DEFINE_FINAL_TYPE (GumReviewRow, gum_review_row, GTK_TYPE_WIDGET)

static GtkLabel *
create_label (GtkWidget  *box,
              const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);

  return GTK_LABEL (label);
}

static void
gum_review_row_dispose (GObject *object)
{
  g_clear_pointer (&GUM_REVIEW_ROW (object)->box, gtk_widget_unparent);

  G_OBJECT_CLASS (gum_review_row_parent_class)->dispose (object);
}

static void
gum_review_row_finalize (GObject *object)
{
  g_free (GUM_REVIEW_ROW (object)->sentence);

  G_OBJECT_CLASS (gum_review_row_parent_class)->finalize (object);
}

static void
gum_review_row_class_init (GumReviewRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = gum_review_row_dispose;
  object_class->finalize = gum_review_row_finalize;

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
gum_review_row_init (GumReviewRow *self)
{
  GtkWidget *heading;

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_margin_top (self->box, 12);
  gtk_widget_set_margin_bottom (self->box, 12);
  gtk_widget_set_margin_start (self->box, 6);
  gtk_widget_set_margin_end (self->box, 6);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));

  self->stars = create_label (self->box, "gum-stars");
  self->who = create_label (self->box, "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->who), "caption");
  self->message = create_label (self->box, NULL);
  self->answer = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  gtk_widget_add_css_class (self->answer, "gum-quote");
  gtk_box_append (GTK_BOX (self->box), self->answer);
  heading = GTK_WIDGET (create_label (self->answer, "caption-heading"));
  gtk_label_set_text (GTK_LABEL (heading), _("Your Answer"));
  self->answer_message = create_label (self->answer, NULL);
}

GtkWidget *
gum_review_row_new (void)
{
  return g_object_new (GUM_TYPE_REVIEW_ROW, NULL);
}

static char *
dup_stars (int rating)
{
  g_autoptr (GString) stars = g_string_new (NULL);

  for (int i = 0; i < MAX_STARS; i++)
    g_string_append (stars, i < rating ? "★" : "☆");

  return g_string_free (g_steal_pointer (&stars), FALSE);
}

static char *
dup_date (GumReview *review)
{
  g_autoptr (GDateTime) created = NULL;
  g_autoptr (GDateTime) local = NULL;

  g_object_get (review, "created-at", &created, NULL);
  local = created != NULL ? g_date_time_to_local (created) : NULL;

  return local != NULL ? g_date_time_format (local, "%x") : NULL;
}

void
gum_review_row_set_review (GumReviewRow *self,
                           GumReview    *review)
{
  g_autofree char *name = NULL;
  g_autofree char *message = NULL;
  g_autofree char *answer = NULL;
  g_autofree char *date = NULL;
  g_autofree char *stars = NULL;
  g_autofree char *spoken = NULL;
  g_autofree char *who = NULL;
  g_autoptr (GumReviewResponse) response = NULL;
  int rating;

  g_return_if_fail (GUM_IS_REVIEW_ROW (self));

  g_clear_pointer (&self->sentence, g_free);
  if (review == NULL)
    return;

  g_object_get (review, "response", &response, NULL);
  rating = (int) CLAMP (gum_detail_get_int (review, "rating"), 0, MAX_STARS);
  name = gum_detail_dup_string (review, "rater-name");
  message = gum_detail_dup_string (review, "message");
  answer = response != NULL ? gum_detail_dup_string (response, "message") : NULL;
  date = dup_date (review);
  stars = dup_stars (rating);
  who = g_strjoin (" · ", name != NULL ? name : _("Anonymous"), date, NULL);
  /* Translators: a rating; the first number is how many stars were given, the second how many there are */
  spoken = g_strdup_printf (_("%1$d of %2$d stars"), rating, MAX_STARS);

  gtk_label_set_text (self->stars, stars);
  gtk_label_set_text (self->who, who);
  gtk_label_set_text (self->message, message != NULL ? message : _("A video without words"));
  gtk_widget_set_visible (self->answer, answer != NULL);
  gtk_label_set_text (self->answer_message, answer != NULL ? answer : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->stars), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  spoken, -1);

  self->sentence = g_strdup_printf ("%s, %s, %s%s%s", spoken, who,
                                    gtk_label_get_text (self->message),
                                    answer != NULL ? ". " : "", answer != NULL ? answer : "");
}

const char *
gum_review_row_get_label (GumReviewRow *self)
{
  g_return_val_if_fail (GUM_IS_REVIEW_ROW (self), NULL);

  return self->sentence;
}

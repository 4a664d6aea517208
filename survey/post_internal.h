/* What the parts of post.c share. */
#ifndef SURVEY_POST_INTERNAL_H
#define SURVEY_POST_INTERNAL_H

#include "model/base/calendar.h"
#include "survey/mail.h"
#include "survey/post.h"
#include "survey/post_text.h"

struct post {
    const struct arguments *arguments;
    const struct campaign *campaign;
    enum post_kind kind;
    const char *public_url; /* ends with a slash */
    const struct post_texts *texts;
    const struct secret *key;
    const struct invitation *people; /* those with a link that is not revoked */
    size_t count;
    char today[CALENDAR_DAY_SIZE];
};

/* Reads where mails go and who sends them, with the user and password of --credentials, or of the
 * environment. False with the failure. */
bool post_server(const struct arguments *arguments, struct arena *arena, struct mail_server *server,
                 struct failure *failure);

/* What one person gets: link, code, and where to type it. Memory from `arena`. */
struct post_personal post_personal(struct arena *arena, const struct post *post,
                                   const struct invitation *person);

/* Mails everybody who is still to be mailed, and prints how it went. False with the failure, or with those
 * printed whom it did not reach. */
bool post_mail(const struct post *post, struct failure *failure);

#endif

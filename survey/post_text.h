/* The texts of mails and letters: those given by --text, each for its languages, and the built-in ones. */
#ifndef SURVEY_POST_TEXT_H
#define SURVEY_POST_TEXT_H

#include "model/campaign.h"
#include "model/link.h"
#include "model/store_invitation.h"
#include "survey/post.h"
#include "survey/template.h"

enum post_medium { POST_MAIL, POST_LETTER };

struct post_texts;

/* Reads the texts for all languages of the questionnaire. `NAME.fr.md` serves French, `NAME.md` all languages
 * that have none; where nothing serves a language, the built-in text does. NULL with the failure, or with the
 * mistakes of a text printed. Lives as long as the campaign. */
const struct post_texts *post_text_read(const struct arguments *arguments, const struct campaign *campaign,
                                        enum post_kind kind, struct failure *failure);

/* What the person's own texts say. */
struct post_personal {
    const char *link, *code, *address; /* as in struct template_values */
};

/* The text for a person, in their language. Memory from `arena`. */
struct template_text post_text_fill(struct arena *arena, const struct post_texts *texts,
                                    enum post_medium medium, const struct invitation *person,
                                    const struct post_personal *personal);

/* The language a person is written to in: an index in the questionnaire's languages. */
size_t post_text_language(const struct questionnaire *questionnaire, const struct invitation *person);

#endif

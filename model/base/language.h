/* The interface's own words, in English and French. The wording of questions is in the questionnaire. */
#ifndef BASE_LANGUAGE_H
#define BASE_LANGUAGE_H

#include "model/base/buffer.h"

#include <stddef.h>

/* The languages the interface speaks. */
enum language { LANGUAGE_ENGLISH, LANGUAGE_FRENCH };

/* One for each line of messages.def: MESSAGE_FORM_SEND and so on. */
enum message {
#define MESSAGE(name, english, french) MESSAGE_##name,
#include "model/base/messages.def"
#undef MESSAGE
    MESSAGE_COUNT
};

/* The interface language for a questionnaire's language tag: French for fr and its regions (fr-CA), English
 * for all others. */
enum language language_of_tag(const char *tag);

/* A message as it stands in the table, with its holes. */
const char *language_message(enum language language, enum message message);

/* A value for the hole {name} of a message. */
struct hole {
    const char *name;
    const char *value;
};

/* Appends the message with its holes filled; the values are taken as they are (escape them first for HTML,
 * or escape the whole). `holes` ends with an entry whose name is NULL. A hole without value aborts. */
void language_fill(struct buffer *buffer, enum language language, enum message message,
                   const struct hole *holes);

/* Appends a number with `decimals` digits behind the decimal comma or point, half away from zero, thousands
 * set apart by a narrow no-break space in French and a comma in English from 10 000 on; the minus sign is
 * U+2212. NaN gives an en dash. */
void language_number(struct buffer *buffer, enum language language, double number, int decimals);

/* Appends a share (0…1) in percent: "63 %" with a narrow no-break space in French, "63%" in English. */
void language_percent(struct buffer *buffer, enum language language, double share, int decimals);

/* Appends a day given as 2024-01-31 the way it is read: "31 janvier 2024" (1er for the first), "31 January
 * 2024". */
void language_date(struct buffer *buffer, enum language language, const char *date);

#endif

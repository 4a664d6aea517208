/* A mail as it travels: headers and one part of text. */
#ifndef SURVEY_MAIL_MESSAGE_H
#define SURVEY_MAIL_MESSAGE_H

#include "model/base/buffer.h"
#include "survey/mail.h"
#include "survey/mail_address.h"

/* What makes each one its own. */
struct mail_stamp {
    const char *date; /* as RFC 5322 writes it */
    const char *id;   /* without the angle brackets */
};

/* Appends the message with CRLF line ends: pure ASCII, no line longer than 78 characters (RFC 5322); names
 * and subject as encoded words where they need it (RFC 2047), the text as quoted-printable (RFC 2045), which
 * keeps a long link whole. Control characters in a name or subject become blanks, so that neither can begin
 * a header. The addresses are good (mail_address_mistake). */
void mail_message(struct buffer *message, const struct mail_address *from, const struct mail *mail,
                  const struct mail_stamp *stamp);

#endif

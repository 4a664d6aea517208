/* Mail through an SMTP server, one text/plain part each (libcurl). */
#ifndef SURVEY_MAIL_H
#define SURVEY_MAIL_H

#include "model/base/arena.h"
#include "model/base/failure.h"

#include <stdbool.h>

struct mailer;

struct mail_server {
    const char *url;             /* smtp://host:port or smtps://host:port */
    const char *from;            /* `Name <address>` or an address */
    const char *user, *password; /* NULL: none */
    bool is_plain;               /* without TLS, which must otherwise be had, but on this machine itself */
};

struct mail {
    const char *name, *email; /* of the recipient; `name` may be NULL */
    const char *subject;
    const char *text; /* UTF-8, lines end with LF */
    const char *language;
};

/* Checks what is given; NULL with the failure. No connection is made yet. The authorities that certificates
 * are checked against are the system's, or those of the file that SSL_CERT_FILE names in the environment. */
struct mailer *mail_open(const struct mail_server *server, struct failure *failure);

enum mail_outcome {
    MAIL_ACCEPTED,
    MAIL_REFUSED,  /* this one, for good (5xx, or an address that cannot be): others may go through */
    MAIL_DEFERRED, /* this one, for now (4xx): others may go through, and this one later */
    MAIL_UNKNOWN,  /* the connection broke after the whole text was sent: it may have been accepted */
    MAIL_BROKEN    /* no connection, no rights: no other will go through either; this one was not sent */
};

/* Why a mail was not accepted. */
struct mail_answer {
    const char *words; /* what went wrong; never has an address of a recipient in it */
    const char *reply; /* the server's last line, which may have one; NULL: it said nothing about it */
    unsigned code;     /* the three digits the line begins with; 0: none */
};

/* Sends one, over the connection that is open, or over a new one where the server has closed that. The answer
 * is valid until the next call. */
enum mail_outcome mail_send(struct mailer *mailer, const struct mail *mail, struct mail_answer *answer);

/* Ends the connection. NULL is allowed. */
void mail_close(struct mailer *mailer);

#endif

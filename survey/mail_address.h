/* Addresses of mail, as SMTP takes them from anybody. */
#ifndef SURVEY_MAIL_ADDRESS_H
#define SURVEY_MAIL_ADDRESS_H

#include "model/base/arena.h"

struct mail_address {
    const char *name; /* NULL: none */
    const char *email;
};

/* What is wrong with `local@domain`; NULL: nothing. Refused is what could be read as more than one address or
 * as a header, and letters beyond ASCII, which few servers take. */
const char *mail_address_mistake(const char *email);

/* Reads `Name <address>`, `"Name" <address>` or an address alone; gives what is wrong with it, or NULL. */
const char *mail_address_read(struct arena *arena, const char *text, struct mail_address *address);

/* Where the domain of a good address begins. */
const char *mail_address_domain(const char *email);

#endif

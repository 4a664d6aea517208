/* The office: a process beside the server that answers for the evaluator's pages. It is started before the
 * server confines itself, and does what the server no longer can: hash passwords, start programs, take its
 * time. It opens the store itself, for each request anew. This is the server's end, which never waits. */
#ifndef SURVEY_OFFICE_H
#define SURVEY_OFFICE_H

#include "survey/office_wire.h"
#include "survey/site.h"

#include <stdbool.h>

struct office_options {
    const struct site *site;
    const char *store;      /* its path */
    const char *public_url; /* NULL: none */
    const char *const
        *reminder; /* further words of `survey remind`, ended by NULL; NULL: no mail can be sent */
    int listener;  /* is closed in the office */
};

struct office;

/* Starts the process, before any store is opened in this one: SQLite forbids to take one along. NULL after a
 * failure. */
struct office *office_open(const struct office_options *options, struct failure *failure);

/* What becomes readable when the office has written, or is gone. */
int office_descriptor(const struct office *office);

/* Hands a request over; answers come in the order of requests. False: the office is gone. */
bool office_ask(struct office *office, const struct office_question *question);

/* Sends and receives what can be without waiting. Gives the bytes of the next answer, valid until the next
 * call, and their number; NULL: none is there yet, or the office is gone. */
const char *office_hear(struct office *office, size_t *length);

/* Whether something is still to be sent, so that office_hear must be called soon. */
bool office_is_pressed(const struct office *office);

/* Whether it has ended, or what it says is not to be understood: it stays so. */
bool office_is_gone(const struct office *office);

/* Lets the process end by itself. NULL is allowed. */
void office_close(struct office *office);

#endif

/* What the server and the office write to each other over their socket: frames of a length (4 bytes, the
 * lowest first) and so many bytes. Either end takes what it reads for what a stranger may have written. */
#ifndef SURVEY_OFFICE_WIRE_H
#define SURVEY_OFFICE_WIRE_H

#include "survey/reply.h"
#include "survey/request.h"

#include <stdint.h>

enum { OFFICE_WIRE_HEAD = 4, OFFICE_WIRE_MOST = 128 * 1024 * 1024 };

/* A request, and what comes back for it: under the same ticket. */
struct office_question {
    uint64_t ticket;
    struct request request;
};

struct office_answer {
    uint64_t ticket;
    struct reply reply;
    unsigned cost; /* requests that its address shall be charged besides */
    unsigned hold; /* milliseconds before it goes out */
};

/* Appends a whole frame. */
void office_wire_write_question(struct buffer *frames, const struct office_question *question);
void office_wire_write_answer(struct buffer *frames, const struct office_answer *answer);

/* The length of the frame behind a head; 0: no frame is empty or so long. */
size_t office_wire_length(const char head[static OFFICE_WIRE_HEAD]);

/* Reads what is behind a head. Texts are copied to `arena`, the body of a reply is a buffer of its own.
 * False: it is no such frame. */
bool office_wire_read_question(struct arena *arena, const char *bytes, size_t length,
                               struct office_question *question);
bool office_wire_read_answer(struct arena *arena, const char *bytes, size_t length,
                             struct office_answer *answer);

#endif

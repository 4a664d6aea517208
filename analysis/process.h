/* Programs that a report is made with, started, fed and heard to their end: the one owner of processes. */
#ifndef ANALYSIS_PROCESS_H
#define ANALYSIS_PROCESS_H

#include "model/base/arena.h"
#include "model/base/buffer.h"
#include "model/base/failure.h"

#include <stdbool.h>
#include <stddef.h>

struct process_request {
    const char *const *words; /* the program, looked for in PATH, and its arguments; ends with NULL */
    const char *package;      /* Debian's, for who lacks it */
    const char *what;         /* what it could not do, if it fails: "draw the charts" */
    const char *folder;       /* where it is run; NULL: here */
    const char *input;        /* what it reads; NULL: nothing */
    size_t input_length;
};

/* Runs the program to its end, with an environment that does not depend on who runs it, nor on the clock
 * (SOURCE_DATE_EPOCH). What it writes goes to `output`, which may be NULL. False after a failure, which has
 * what the program said: it is missing, it fails. */
bool process_run(const struct process_request *request, struct buffer *output, struct failure *failure);

/* The path of the program that would be started; NULL: there is none. Lives as long as `arena`. */
const char *process_find(struct arena *arena, const char *program);

#endif

/* A failure of the environment (disk, port, file): one line, written where it happens, printed once in main.
 */
#ifndef BASE_FAILURE_H
#define BASE_FAILURE_H

#include <stdbool.h>

/* `text` says what was tried, on what, why it failed and what to do; empty: no failure. */
struct failure {
    char text[1024];
};

/* Notes the failure, cut to fit; the first one stays if there are several. Gives false, so that a function
 * can end with `return failure_set(…)`. */
bool failure_set(struct failure *failure, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Whether one was noted. */
bool failure_is_set(const struct failure *failure);

#endif

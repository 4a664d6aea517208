/* How much memory and time a process may have that reads a stranger's file, and hearing it out. */
#ifndef SURVEY_SCAN_LIMITS_H
#define SURVEY_SCAN_LIMITS_H

#include "model/base/buffer.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* Limits this process for good: a gibibyte of memory beside `bytes`, seconds of computing, no file is
 * written. `is_program`: it is about to become another program. */
void scan_limits_set(bool is_program, size_t bytes);

/* All that is said through `from` until it is closed, appended. False if it is more than `most` bytes, or
 * takes too long. */
bool scan_limits_listen(int from, struct buffer *said, size_t most);

/* Ends a process that takes too long. */
void scan_limits_end(pid_t child);

/* Why a process failed, from its exit status. */
const char *scan_limits_words(int status, bool has_ended);

#endif

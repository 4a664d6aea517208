/* For fuzzers of what is read by its path. */
#ifndef TESTS_FUZZ_FILE_H
#define TESTS_FUZZ_FILE_H

#include <stddef.h>

/* The path of a file in memory that holds these bytes, until the next call. */
const char *fuzz_file(const void *bytes, size_t length);

#endif

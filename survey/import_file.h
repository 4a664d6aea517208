/* A file of answers, read record by record and checked against the questionnaire and the store. */
#ifndef SURVEY_IMPORT_FILE_H
#define SURVEY_IMPORT_FILE_H

#include "model/answer.h"
#include "model/base/failure.h"
#include "model/questionnaire.h"
#include "model/store.h"

#include <stdbool.h>
#include <stddef.h>

/* The bytes of a file, and what to check them against. */
struct import_source {
    const char *path;
    const char *bytes;
    size_t length;
    const struct questionnaire *questionnaire;
    enum channel channel; /* of records without one */
    struct store *store;  /* what is there already; NULL: nothing */
};

/* Checks every record; `*count` of them. Every mistake goes to standard error, and warnings if there is none.
 * False if there is a mistake. */
bool import_file_check(const struct import_source *source, size_t *count);

/* What takes the records of a file one by one, each valid during the call only, with the line it begins on.
 * False ends the walk. */
struct import_taker {
    bool (*take)(struct import_taker *taker, const struct response *response, unsigned line);
};

/* Hands every record of a file that passed the check to `taker`. False if it refused one. */
bool import_file_walk(const struct import_source *source, struct import_taker *taker);

#endif

/* What takes long and is done by a program of its own, one at a time: the report, exports, a reminder. What
 * it makes is kept in memory until the next one begins. */
#ifndef SURVEY_ADMIN_ERRAND_H
#define SURVEY_ADMIN_ERRAND_H

#include "model/base/buffer.h"
#include "model/base/failure.h"
#include "survey/office.h"

#include <sys/types.h>

struct pollfd;

enum admin_errand {
    ADMIN_ERRAND_NONE,
    ADMIN_ERRAND_REPORT,
    ADMIN_ERRAND_SPREADSHEET,
    ADMIN_ERRAND_CSV,
    ADMIN_ERRAND_REMINDER
};

struct admin_errands {
    const struct office_options *options;
    const char *survey, *analysis; /* the programs */
    const char *folder;            /* for the files of a report, beside the store */
    enum admin_errand errand;      /* the one that runs, or was the last */
    pid_t child;                   /* 0: none runs */
    int outputs[2];                /* its standard output and standard error; -1: closed */
    struct buffer made, said;      /* what it wrote there; a report is in `made` at the end */
    int64_t begun;                 /* seconds */
    bool failed;
};

/* Finds the programs beside this one; takes away what an earlier report left. */
void admin_errand_open(struct admin_errands *errands, struct arena *arena,
                       const struct office_options *options);

/* Ends what runs. */
void admin_errand_close(struct admin_errands *errands);

/* Starts an errand in the language of that tag. False with the failure; one is that another runs. */
bool admin_errand_start(struct admin_errands *errands, enum admin_errand errand, const char *language,
                        struct failure *failure);

bool admin_errand_is_running(const struct admin_errands *errands);

/* How many files of a report there are already; how many seconds the errand has lasted. */
size_t admin_errand_files(const struct admin_errands *errands);
int64_t admin_errand_seconds(const struct admin_errands *errands);

/* Forgets what was made. */
void admin_errand_forget(struct admin_errands *errands);

/* As admin_watch and admin_tend. */
size_t admin_errand_watch(const struct admin_errands *errands, struct pollfd *watched);
void admin_errand_tend(struct admin_errands *errands);

#endif

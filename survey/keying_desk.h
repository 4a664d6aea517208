/* Paper sheets that people type: what is there of a sheet, taking it into the answers, typing it again and
 * comparing. What a sheet's response is at any time is what was typed first, or scanned, until it is settled
 * or corrected. */
#ifndef SURVEY_KEYING_DESK_H
#define SURVEY_KEYING_DESK_H

#include "model/store_paper.h"
#include "survey/guest.h"
#include "survey/sheet_record.h"

/* What is there of a sheet. */
struct keying_sheet {
    int64_t number;
    bool is_stored;                                                    /* its response is in the store */
    struct sheet_record stored;                                        /* then: the response */
    bool is_scanned;                                                   /* pages of it are there */
    const struct store_paper_entry *entries[STORE_PAPER_SOURCE_COUNT]; /* NULL: none of that source */
};

/* Where sheets are typed: `day` (YYYY-MM-DD) is counted for each response. */
struct keying_desk {
    struct store *store;
    const struct questionnaire *questionnaire;
    struct arena *arena;
    const char *day;
};

/* Looks at a sheet. False with the failure. */
bool keying_desk_look(const struct keying_desk *desk, int64_t number, struct keying_sheet *sheet,
                      struct failure *failure);

/* What is done with a record that was typed; `guest` (NULL: none) is whose letter's code came with it. */
struct keying_typed {
    const struct sheet_record *record;
    const struct response *response; /* the record, checked, without a key */
    const char *initials;
    const struct guest *guest;
};

/* Takes in a sheet typed for the first time. STORE_ALREADY: the sheet is there; STORE_USED: the link was
 * used; BUSY, FULL: nothing was changed. Like the following in a transaction of its own. */
enum store_outcome keying_desk_add(const struct keying_desk *desk, const struct keying_typed *typed);

/* Keeps what was typed again, beside what the response is, which stays. */
enum store_outcome keying_desk_compare(const struct keying_desk *desk, const struct keying_sheet *sheet,
                                       const struct keying_typed *typed);

/* Puts a record in the place of the sheet's response. */
enum store_outcome keying_desk_settle(const struct keying_desk *desk, const struct keying_typed *typed);

/* Takes out all of a sheet. */
enum store_outcome keying_desk_remove(const struct keying_desk *desk, int64_t number);

/* The two readings of a sheet that are compared. False: there are not two. */
bool keying_desk_pair(const struct keying_desk *desk, const struct keying_sheet *sheet,
                      struct sheet_record *one, struct sheet_record *other);

/* A column in which two records differ. */
struct keying_difference {
    const char *name;
    const char *one, *other;
};

/* The differences of two records in the order of their columns; `*compared` is how many fields were filled in
 * either. Memory from `arena`. */
const struct keying_difference *keying_desk_differences(struct arena *arena, const struct sheet_record *one,
                                                        const struct sheet_record *other, size_t *count,
                                                        size_t *compared);

/* What typing again has shown. */
struct keying_measure {
    size_t typed;                           /* sheets typed once or more */
    size_t twice;                           /* of them, or of those scanned, typed again */
    size_t compared, different;             /* fields of those typed twice */
    size_t scans_compared, scans_different; /* fields of scans typed once */
    const int64_t *open;                    /* sheets with differences to be settled, ascending */
    size_t open_count;
    const int64_t *once; /* sheets typed once, ascending */
    size_t once_count;
};

bool keying_desk_measure(const struct keying_desk *desk, struct keying_measure *measure,
                         struct failure *failure);

/* Whether a sheet is in the sample of so many per cent to be typed again: it depends on its number alone, and
 * whoever types cannot choose. */
bool keying_desk_is_sampled(int64_t number, unsigned percent);

#endif

/* Paper sheets on their way into the answers: what was scanned and typed of them, and what of it a person has
 * still to look at. A sheet whose response is in the store keeps what was typed, so that two entries can be
 * compared; its questions in doubt and their pictures go.
 *
 * What changes the store is done inside a transaction (store_begin). Lists are in the order of sheets. */
#ifndef MODEL_STORE_PAPER_H
#define MODEL_STORE_PAPER_H

#include "model/store.h"

/* A page that was scanned. `digest`: 64 hexadecimal digits, of its picture. */
struct store_paper_page {
    int64_t sheet;
    unsigned page, pages; /* from 1; of how many */
    const char *version;  /* of the form */
    const char *digest;
};

enum store_paper_source {
    STORE_PAPER_SCAN,    /* read from its pages, as far as they are there and certain */
    STORE_PAPER_FIRST,   /* typed */
    STORE_PAPER_SECOND,  /* typed again by another, blindly */
    STORE_PAPER_SETTLED, /* what both came to */
    STORE_PAPER_SOURCE_COUNT
};

/* `answers`: a header line and one record, as answer_csv_header and answer_csv_record write them. */
struct store_paper_entry {
    int64_t sheet;
    enum store_paper_source source;
    const char *initials; /* initials; "" of a scan */
    const char *answers;
};

/* A column of a sheet's record that a person has to look at. */
struct store_paper_review {
    int64_t sheet;
    const char *name;    /* of the column: an item's id, or `<id>_specify` */
    unsigned page;       /* where it was seen; a question longer than a page may be there once for each of its
                            pages, and is settled once. 0: on no page in particular, there is no picture */
    const char *reason;  /* one word, of scan_doubt_name (survey/scan_judge.h) */
    const char *reading; /* what was seen: codes, perhaps of a wrong kind or number; "" for handwriting */
    const char *settled; /* the cell as it shall be; NULL: not settled */
    const char *initials;         /* who settled it; "": nobody, it is a correction that the scanner took */
    const unsigned char *picture; /* PNG, of the question; NULL in lists */
    size_t picture_length;
};

/* All of one sheet, or of all sheets (0); `*count` of them. NULL after a failure. Memory from `arena`. */
const struct store_paper_page *store_paper_pages(struct store *store, struct arena *arena, int64_t sheet,
                                                 size_t *count, struct failure *failure);
const struct store_paper_entry *store_paper_entries(struct store *store, struct arena *arena, int64_t sheet,
                                                    size_t *count, struct failure *failure);
const struct store_paper_review *store_paper_reviews(struct store *store, struct arena *arena, int64_t sheet,
                                                     size_t *count, struct failure *failure);

/* The picture of the review with this sheet, name and page; NULL: there is none, or it cannot be read now.
 * Memory from `arena`. */
const unsigned char *store_paper_picture(struct store *store, struct arena *arena,
                                         const struct store_paper_review *review, size_t *length);

/* Adds a page. STORE_ALREADY: this page of the sheet is there, or its picture under any number. */
enum store_outcome store_paper_add_page(struct store *store, const struct store_paper_page *page);

/* Writes an entry, in the place of an earlier one of the same sheet and source. */
enum store_outcome store_paper_keep_entry(struct store *store, const struct store_paper_entry *entry);

/* Adds a question to be looked at, or replaces it. */
enum store_outcome store_paper_add_review(struct store *store, const struct store_paper_review *review);

/* Notes what a person has decided of a column (`settled` NULL: nothing after all), on all its pages.
 * STORE_NONE: it is not to be looked at. */
enum store_outcome store_paper_settle(struct store *store, int64_t sheet, const char *name,
                                      const char *settled, const char *initials);

/* The sheet's response is in the store: what was in doubt goes, but for corrections nobody has seen yet. */
enum store_outcome store_paper_finish(struct store *store, int64_t sheet);

/* Takes out everything here of a sheet. STORE_NONE: there was nothing. The response stays
 * (store_remove_sheet). */
enum store_outcome store_paper_forget(struct store *store, int64_t sheet);

/* The source as the store has it: "scan", "first", "second", "settled". */
const char *store_paper_source_name(enum store_paper_source source);

#endif

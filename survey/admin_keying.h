/* What the pages for paper sheets share. */
#ifndef SURVEY_ADMIN_KEYING_H
#define SURVEY_ADMIN_KEYING_H

#include "survey/admin_page.h"
#include "survey/keying_desk.h"

enum admin_keying_mode {
    ADMIN_KEYING_FIRST,
    ADMIN_KEYING_AGAIN,  /* blindly, to be compared */
    ADMIN_KEYING_CORRECT /* with what is there in the fields */
};

/* A sheet on somebody's desk: what the form says of it. */
struct admin_keying {
    struct admin_visit *visit;
    struct keying_desk desk;
    enum admin_keying_mode mode;
    const char *number_typed, *initials, *code; /* "" where there are none */
    bool has_initials;                          /* and they can be some */
    int64_t number;                             /* 0: none that could be one */
    size_t language;                            /* of the sheet */
    struct keying_sheet sheet;                  /* looked at */
};

/* Reads those fields, opens the store. False with the failure in the visit. */
bool admin_keying_read(struct admin_keying *keying, struct admin_visit *visit, enum store_access access);

/* Looks at what is there of the sheet. False with the failure in the visit. */
bool admin_keying_look(struct admin_keying *keying);

/* The number that a path names; 0: none. */
int64_t admin_keying_number(const char *text);

/* Appends the fields again, hidden. */
void admin_keying_hide(struct buffer *html, const struct admin_keying *keying);

/* Who the letter's code is of, into `guest`; MESSAGE_COUNT, or what is wrong with the code. */
enum message admin_keying_find_guest(const struct admin_keying *keying, struct guest *guest);

/* What hinders that the sheet is typed again; MESSAGE_COUNT: nothing. */
enum message admin_keying_refuse_again(const struct admin_keying *keying);

/* Answers with the page where a sheet is typed. */
void admin_keying_show_typing(struct admin_keying *keying);

/* Answers with what can be done with a sheet that is there. */
void admin_keying_show_choice(struct admin_keying *keying);

#endif

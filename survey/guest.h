/* Who stands at the door: what a personal link, its code or a cookie opens.
 *
 * Nothing of a guest is kept between two requests. A token, of a link or of a cookie, is all that opens a
 * draft: the store has neither the token nor what it is sealed with. */
#ifndef SURVEY_GUEST_H
#define SURVEY_GUEST_H

#include "survey/form.h"
#include "survey/intake.h"

/* What the door is watched with, as long as the server runs. */
struct guest_door {
    struct store *store;
    const struct secret *key;    /* of the campaign; NULL: open access */
    const struct intake *intake; /* whose worker may be using the store; NULL: nobody else does */
};

enum guest_standing {
    GUEST_EXPECTED,
    GUEST_USED,    /* has answered by this link */
    GUEST_UNKNOWN, /* there is no such link, or it was revoked: nothing tells which */
    GUEST_LATER    /* the store cannot be read now */
};

/* Zeroed: somebody with nothing, welcome with open access. */
struct guest {
    enum guest_standing standing;
    const char *token;           /* of the link or the cookie; NULL: neither */
    int64_t invitation;          /* 0: none */
    int64_t generation;          /* of its link */
    const char *language;        /* a tag; NULL: none is known */
    const char *known;           /* as in struct invitation; NULL: nothing */
    const unsigned char *sealed; /* the draft; NULL: none */
    size_t sealed_length;
};

/* The guest of a personal link, or of the cookie of a draft (NULL: none), which open access knows. Memory
 * from `arena`. */
struct guest guest_by_link(const struct guest_door *door, struct arena *arena, const char *token);
struct guest guest_by_cookie(const struct guest_door *door, struct arena *arena, const char *cookie);

/* The link that a typed code stands for, into `token`. EXPECTED and USED: it is that one's; UNKNOWN, LATER.
 */
enum guest_standing guest_by_code(const struct guest_door *door, struct arena *arena, const char *code,
                                  char token[static LINK_TOKEN_LENGTH + 1]);

/* Opens the guest's draft into a form just started. False: there is none, and the form is as it was. */
bool guest_open_draft(const struct guest *guest, struct arena *arena,
                      const struct questionnaire *questionnaire, struct form *form);

/* Adds to a form that was read what the guest's draft has of other screens and the form has not: a page of
 * earlier, sent again by way of the browser's Back, does not undo what was entered behind it. */
void guest_recall(const struct guest *guest, struct arena *arena, const struct questionnaire *questionnaire,
                  struct form *form);

/* Puts what is known of the guest in the place of what the form says of it. Codes that the questionnaire does
 * not have, or has under a condition only, are not known: the question is asked. */
void guest_introduce(const struct guest *guest, struct arena *arena,
                     const struct questionnaire *questionnaire, struct form *form);

/* Makes the deed that keeps the form as the guest's draft, to come back to at `screen`. A guest without a
 * token gets one. */
void guest_keep_draft(struct guest *guest, struct arena *arena, const struct questionnaire *questionnaire,
                      const struct form *form, size_t screen, struct deed *deed);

/* Names the guest's draft in a deed. False: the guest has no token, and thus none. */
bool guest_name_draft(const struct guest *guest, struct deed *deed);

/* The key under which the store keeps the response of a form of that key: by link one that nobody can match
 * with the form's once the campaign's key is erased. */
int64_t guest_response_key(const struct guest_door *door, int64_t form_key);

#endif

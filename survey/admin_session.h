/* Who is signed in: kept in memory only. A session is known by a random token in a cookie; forms carry
 * another text made from it, which no other site knows. */
#ifndef SURVEY_ADMIN_SESSION_H
#define SURVEY_ADMIN_SESSION_H

#include "model/base/secret.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    ADMIN_TOKEN_LENGTH = 64, /* of a session, and of its forms: hexadecimal digits */
    ADMIN_INITIALS_MOST = 8,
    ADMIN_SESSIONS_MOST = 32
};

struct admin_session {
    unsigned char hash[32]; /* of the token */
    char form[ADMIN_TOKEN_LENGTH + 1];
    char initials[4 * ADMIN_INITIALS_MOST + 1]; /* of who types paper sheets; "": not known yet */
    int64_t begun, used;                        /* seconds; 0: the place is free */
};

struct admin_sessions {
    struct secret secret;
    unsigned char password[32]; /* hash of what is kept of the password under which all of them signed in */
    struct admin_session all[ADMIN_SESSIONS_MOST];
};

/* Nobody is signed in. */
void admin_session_start(struct admin_sessions *sessions);

/* Ends all sessions unless `kept`, what is kept of the password, is the one it was. */
void admin_session_note_password(struct admin_sessions *sessions, const char *kept);

/* Signs somebody in, in the place of who was longest away if there is no room; `token` becomes the cookie's.
 * `now` in seconds. */
struct admin_session *admin_session_begin(struct admin_sessions *sessions, int64_t now,
                                          char token[static ADMIN_TOKEN_LENGTH + 1]);

/* The session of a token (NULL: none), which is used now; NULL: there is none, or it was not used for two
 * hours, or began twelve hours ago. */
struct admin_session *admin_session_find(struct admin_sessions *sessions, const char *token, int64_t now);

/* Whether a form came from this session. NULL is allowed. */
bool admin_session_sent(const struct admin_session *session, const char *form);

/* Signs out. */
void admin_session_end(struct admin_session *session);

#endif

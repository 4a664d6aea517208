#include "survey/admin_session.h"

#include <stdio.h>
#include <string.h>

enum { IDLE_MOST = 2 * 3600, LENGTH_MOST = 12 * 3600, HASH_SIZE = 32 };

void admin_session_start(struct admin_sessions *sessions) {
    memset(sessions, 0, sizeof *sessions);
    secret_random(&sessions->secret, sizeof sessions->secret);
}

void admin_session_end(struct admin_session *session) {
    secret_erase(session, sizeof *session);
}

void admin_session_note_password(struct admin_sessions *sessions, const char *kept) {
    unsigned char hash[HASH_SIZE];
    secret_derive(&sessions->secret, "password", kept, strlen(kept), hash, sizeof hash);
    if (memcmp(hash, sessions->password, sizeof hash) == 0)
        return;
    memcpy(sessions->password, hash, sizeof hash);
    for (size_t i = 0; i < ADMIN_SESSIONS_MOST; i++)
        admin_session_end(&sessions->all[i]);
}

static void write_digits(const unsigned char bytes[static HASH_SIZE],
                         char digits[static ADMIN_TOKEN_LENGTH + 1]) {
    for (size_t i = 0; i < HASH_SIZE; i++)
        snprintf(digits + 2 * i, 3, "%02x", bytes[i]);
}

static struct admin_session *find_place(struct admin_sessions *sessions) {
    struct admin_session *place = &sessions->all[0];
    for (size_t i = 1; i < ADMIN_SESSIONS_MOST; i++)
        if (sessions->all[i].used < place->used)
            place = &sessions->all[i];
    return place;
}

/* The token is looked up by a keyed hash: how long the search takes tells nothing of it. */
struct admin_session *admin_session_begin(struct admin_sessions *sessions, int64_t now,
                                          char token[static ADMIN_TOKEN_LENGTH + 1]) {
    unsigned char bytes[HASH_SIZE];
    struct admin_session *session = find_place(sessions);
    admin_session_end(session);
    secret_random(bytes, sizeof bytes);
    write_digits(bytes, token);
    secret_derive(&sessions->secret, "session", token, ADMIN_TOKEN_LENGTH, session->hash, HASH_SIZE);
    secret_derive(&sessions->secret, "form", token, ADMIN_TOKEN_LENGTH, bytes, HASH_SIZE);
    write_digits(bytes, session->form);
    session->begun = session->used = now;
    return session;
}

struct admin_session *admin_session_find(struct admin_sessions *sessions, const char *token, int64_t now) {
    unsigned char hash[HASH_SIZE];
    if (!token || strlen(token) != ADMIN_TOKEN_LENGTH)
        return NULL;
    secret_derive(&sessions->secret, "session", token, ADMIN_TOKEN_LENGTH, hash, sizeof hash);
    for (size_t i = 0; i < ADMIN_SESSIONS_MOST; i++) {
        struct admin_session *session = &sessions->all[i];
        if (session->used == 0 || memcmp(session->hash, hash, sizeof hash) != 0)
            continue;
        if (now - session->used >= IDLE_MOST || now - session->begun >= LENGTH_MOST) {
            admin_session_end(session);
            return NULL;
        }
        session->used = now;
        return session;
    }
    return NULL;
}

bool admin_session_sent(const struct admin_session *session, const char *form) {
    if (!session || !form || strlen(form) != ADMIN_TOKEN_LENGTH)
        return false;
    unsigned char difference = 0;
    for (size_t i = 0; i < ADMIN_TOKEN_LENGTH; i++)
        difference |= (unsigned char)(session->form[i] ^ form[i]);
    return difference == 0;
}

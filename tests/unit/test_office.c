/* Goal: who is signed in stays so as long as said and no longer, whatever token is tried; what the server and
 * the office write to each other is read back whole, and nothing else that comes is. */
#include "survey/admin_session.h"
#include "survey/office_wire.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { NOW = 1000000, IDLE = 2 * 3600, DAY = 12 * 3600 };

/* --- sessions --- */

static void a_token_is_known_until_it_rests_too_long(void **state) {
    (void)state;
    struct admin_sessions sessions;
    char token[ADMIN_TOKEN_LENGTH + 1];
    admin_session_start(&sessions);
    struct admin_session *session = admin_session_begin(&sessions, NOW, token);
    assert_int_equal(strspn(token, "0123456789abcdef"), ADMIN_TOKEN_LENGTH);
    assert_ptr_equal(admin_session_find(&sessions, token, NOW + IDLE - 1), session);
    assert_ptr_equal(admin_session_find(&sessions, token, NOW + 2 * IDLE - 2), session);
    assert_null(admin_session_find(&sessions, token, NOW + 3 * IDLE - 2));
    assert_null(admin_session_find(&sessions, token, NOW + 2 * IDLE)); /* once it has ended it is gone */
}

static void nobody_stays_longer_than_half_a_day(void **state) {
    (void)state;
    struct admin_sessions sessions;
    char token[ADMIN_TOKEN_LENGTH + 1];
    admin_session_start(&sessions);
    admin_session_begin(&sessions, NOW, token);
    for (int64_t now = NOW; now < NOW + DAY; now += 60)
        assert_non_null(admin_session_find(&sessions, token, now));
    assert_null(admin_session_find(&sessions, token, NOW + DAY));
}

static void other_tokens_are_not(void **state) {
    (void)state;
    struct admin_sessions sessions;
    char token[ADMIN_TOKEN_LENGTH + 1], other[ADMIN_TOKEN_LENGTH + 2];
    admin_session_start(&sessions);
    const struct admin_session *session = admin_session_begin(&sessions, NOW, token);
    for (size_t i = 0; i < ADMIN_TOKEN_LENGTH; i++) {
        memcpy(other, token, sizeof token);
        other[i] = other[i] == '0' ? '1' : '0';
        assert_null(admin_session_find(&sessions, other, NOW));
    }
    snprintf(other, sizeof other, "%s0", token);
    assert_null(admin_session_find(&sessions, other, NOW));
    assert_null(admin_session_find(&sessions, "", NOW));
    assert_null(admin_session_find(&sessions, NULL, NOW));
    memset(other, '0', ADMIN_TOKEN_LENGTH);
    other[ADMIN_TOKEN_LENGTH] = '\0';
    assert_null(admin_session_find(&sessions, other, NOW));
    assert_true(admin_session_sent(session, session->form));
    assert_false(admin_session_sent(session, token)); /* the cookie is no form's token */
    assert_false(admin_session_sent(session, other));
    assert_false(admin_session_sent(session, NULL));
    assert_false(admin_session_sent(NULL, session->form));
    for (size_t i = 0; i < ADMIN_TOKEN_LENGTH; i++) {
        memcpy(other, session->form, ADMIN_TOKEN_LENGTH + 1);
        other[i] = other[i] == '0' ? '1' : '0';
        assert_false(admin_session_sent(session, other));
    }
}

static void a_new_password_and_signing_out_end_it(void **state) {
    (void)state;
    struct admin_sessions sessions;
    char one[ADMIN_TOKEN_LENGTH + 1], other[ADMIN_TOKEN_LENGTH + 1];
    admin_session_start(&sessions);
    admin_session_note_password(&sessions, "first");
    struct admin_session *session = admin_session_begin(&sessions, NOW, one);
    admin_session_begin(&sessions, NOW, other);
    admin_session_note_password(&sessions, "first");
    assert_ptr_equal(admin_session_find(&sessions, one, NOW), session);
    admin_session_end(session);
    assert_null(admin_session_find(&sessions, one, NOW));
    assert_non_null(admin_session_find(&sessions, other, NOW));
    admin_session_note_password(&sessions, "second");
    assert_null(admin_session_find(&sessions, other, NOW));
}

/* Who signs in when the places are taken takes that of who was away longest. */
static void the_longest_away_makes_room(void **state) {
    (void)state;
    struct admin_sessions sessions;
    char tokens[ADMIN_SESSIONS_MOST + 1][ADMIN_TOKEN_LENGTH + 1];
    admin_session_start(&sessions);
    for (int i = 0; i < ADMIN_SESSIONS_MOST; i++)
        admin_session_begin(&sessions, NOW + i, tokens[i]);
    assert_non_null(admin_session_find(&sessions, tokens[0], NOW + ADMIN_SESSIONS_MOST));
    admin_session_begin(&sessions, NOW + ADMIN_SESSIONS_MOST, tokens[ADMIN_SESSIONS_MOST]);
    for (int i = 0; i <= ADMIN_SESSIONS_MOST; i++)
        assert_int_equal(admin_session_find(&sessions, tokens[i], NOW + ADMIN_SESSIONS_MOST) != NULL, i != 1);
}

/* --- the wire --- */

static const struct request_field fields[] = {{"a", "1"}, {"b", ""}, {"é", "two\nlines"}};

static void write_question(struct buffer *frames) {
    const struct office_question question = {.ticket = UINT64_MAX - 1,
                                             .request = {.method = REQUEST_POST,
                                                         .path = "/admin",
                                                         .session = "",
                                                         .is_secure = true,
                                                         .fields = fields,
                                                         .field_count = 3}};
    office_wire_write_question(frames, &question);
}

static void write_answer(struct buffer *frames) {
    struct office_answer answer = {.ticket = 3, .cost = 300, .hold = 5000, .reply = {.status = 403}};
    reply_add_header(&answer.reply, "Content-Type", "image/png");
    buffer_append_bytes(&answer.reply.body, "\0\1\n\xFF", 4);
    office_wire_write_answer(frames, &answer);
    reply_clear(&answer.reply);
}

static void a_question_comes_as_it_was_sent(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    struct buffer frames = {0};
    struct office_question read;
    write_question(&frames);
    assert_int_equal(office_wire_length(frames.bytes), frames.length - OFFICE_WIRE_HEAD);
    assert_true(office_wire_read_question(arena, frames.bytes + OFFICE_WIRE_HEAD,
                                          frames.length - OFFICE_WIRE_HEAD, &read));
    assert_true(read.ticket == UINT64_MAX - 1);
    assert_int_equal(read.request.method, REQUEST_POST);
    assert_true(read.request.is_secure);
    assert_string_equal(read.request.path, "/admin");
    assert_string_equal(read.request.session, "");
    assert_null(read.request.language);
    assert_int_equal(read.request.field_count, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_string_equal(read.request.fields[i].name, fields[i].name);
        assert_string_equal(read.request.fields[i].value, fields[i].value);
    }
    buffer_destroy(&frames);
    arena_destroy(arena);
}

static void an_answer_too(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    struct buffer frames = {0};
    struct office_answer read;
    write_answer(&frames);
    assert_true(office_wire_read_answer(arena, frames.bytes + OFFICE_WIRE_HEAD,
                                        frames.length - OFFICE_WIRE_HEAD, &read));
    assert_true(read.ticket == 3 && read.cost == 300 && read.hold == 5000);
    assert_int_equal(read.reply.status, 403);
    assert_string_equal(reply_header(&read.reply, "Content-Type"), "image/png");
    assert_int_equal(read.reply.body.length, 4);
    assert_memory_equal(read.reply.body.bytes, "\0\1\n\xFF", 4);
    reply_clear(&read.reply);
    buffer_destroy(&frames);
    arena_destroy(arena);
}

/* Reads a copy of exactly that length, so that a sanitizer sees each byte too far. */
static bool reads(const struct buffer *frames, size_t length, bool is_answer) {
    struct arena *arena = arena_create();
    char *copy = malloc(length ? length : 1);
    struct office_question question;
    struct office_answer answer = {0};
    assert_non_null(copy);
    memcpy(copy, frames->bytes + OFFICE_WIRE_HEAD, length);
    bool sound = is_answer ? office_wire_read_answer(arena, copy, length, &answer)
                           : office_wire_read_question(arena, copy, length, &question);
    if (sound && is_answer)
        reply_clear(&answer.reply);
    free(copy);
    arena_destroy(arena);
    return sound;
}

static void anything_else_is_refused(void **state) {
    (void)state;
    for (int is_answer = 0; is_answer < 2; is_answer++) {
        struct buffer frames = {0};
        (is_answer ? write_answer : write_question)(&frames);
        size_t length = frames.length - OFFICE_WIRE_HEAD;
        assert_true(reads(&frames, length, is_answer));
        for (size_t i = 0; i < length; i++)
            assert_false(reads(&frames, i, is_answer));
        buffer_append(&frames, "x");
        assert_false(reads(&frames, length + 1, is_answer));
        /* Every byte at its highest: lengths and numbers beyond all bounds. Most are refused, none is read
         * over. */
        size_t refused = 0;
        for (size_t i = 0; i < length; i++) {
            char kept = frames.bytes[OFFICE_WIRE_HEAD + i];
            frames.bytes[OFFICE_WIRE_HEAD + i] = '\xFF';
            refused += !reads(&frames, length, is_answer);
            frames.bytes[OFFICE_WIRE_HEAD + i] = kept;
        }
        assert_true(refused > length / 2);
        buffer_destroy(&frames);
    }
}

static void a_frame_has_bounds(void **state) {
    (void)state;
    assert_int_equal(office_wire_length("\1\0\0\0"), 1);
    assert_int_equal(office_wire_length("\0\0\0\x08"), OFFICE_WIRE_MOST);
    assert_int_equal(office_wire_length("\1\0\0\x08"), 0);
    assert_int_equal(office_wire_length("\xFF\xFF\xFF\xFF"), 0);
    assert_int_equal(office_wire_length("\0\0\0\0"), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_token_is_known_until_it_rests_too_long),
        cmocka_unit_test(nobody_stays_longer_than_half_a_day),
        cmocka_unit_test(other_tokens_are_not),
        cmocka_unit_test(a_new_password_and_signing_out_end_it),
        cmocka_unit_test(the_longest_away_makes_room),
        cmocka_unit_test(a_question_comes_as_it_was_sent),
        cmocka_unit_test(an_answer_too),
        cmocka_unit_test(anything_else_is_refused),
        cmocka_unit_test(a_frame_has_bounds),
    };
    return cmocka_run_group_tests_name("office", tests, NULL, NULL);
}

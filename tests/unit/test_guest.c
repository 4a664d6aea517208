/* Goal: who comes by a link, a code or a cookie is known for what they are, and no more; what they entered
 * comes back whole and only to them; one link gives one response; what is known beforehand cannot be forged.
 */
#include "model/store_read.h"
#include "survey/draft.h"
#include "survey/routes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define HEAD                                                                                                 \
    "questionnaire: desk\n"                                                                                  \
    "languages: [en, fr]\n"                                                                                  \
    "title: Desk\n"                                                                                          \
    "privacy: Made up.\n"                                                                                    \
    "closes: 2013-03-20\n"                                                                                   \
    "pages:\n"                                                                                               \
    "  - questions:\n"                                                                                       \
    "      - id: role\n"                                                                                     \
    "        type: single\n"                                                                                 \
    "        required: true\n"                                                                               \
    "        text: Role?\n"                                                                                  \
    "        options:\n"                                                                                     \
    "          - {code: member, text: Member}\n"                                                             \
    "          - {code: head, text: Head}\n"                                                                 \
    "          - {code: other, text: Other, specify: true}\n"
#define OLD_QUESTIONS                                                                                        \
    "      - {id: hats, type: multiple, text: Hats?, options: [{code: a, text: A}, {code: b, text: B}]}\n"   \
    "  - questions:\n"                                                                                       \
    "      - {id: order, type: ranking, text: Order?, options: [{code: p, text: P}, {code: q, text: Q}]}\n"  \
    "      - {id: gone, type: number, text: Gone?}\n"                                                        \
    "      - {id: words, type: text, lines: 3, text: Words?}\n"
#define NEW_QUESTIONS                                                                                        \
    "      - {id: hats, type: multiple, text: Hats?, options: [{code: b, text: B}, {code: c, text: C}]}\n"   \
    "  - questions:\n"                                                                                       \
    "      - {id: order, type: ranking, text: Order?, options: [{code: p, text: P}, {code: q, text: Q}]}\n"  \
    "      - {id: words, type: text, lines: 3, text: Words?}\n"                                              \
    "      - id: duty\n"                                                                                     \
    "        type: single\n"                                                                                 \
    "        text: Duty?\n"                                                                                  \
    "        options: [{code: x, text: X, when: role = head}, {code: y, text: Y}]\n"                         \
    "      - {id: lines, type: scale, text: Lines?, options: [{code: u, text: U}, {code: v, text: V}],\n"    \
    "         items: [{id: one, text: 1}, {id: two, text: 2}]}\n"

static const char TYPED[] = "\"a&b=c\" 100 % – é\n+ 2nd line";

static struct arena *arena;
static struct questionnaire const *old, *new;
static char folder[] = "/tmp/test_guest.XXXXXX";
static char path[64];
static struct secret key;
static struct site open_site, link_site;
static struct store *store;
static struct guest_door door;
static struct intake intake;
static struct exchange exchange;
static struct link links[4]; /* of invitations 1 to 4, of which the last is revoked */

static const struct questionnaire *parse(const char *source) {
    struct diagnostics *diagnostics = diagnostics_create(arena, "desk.yaml");
    const struct questionnaire *questionnaire =
        questionnaire_parse(arena, "desk.yaml", source, strlen(source), diagnostics);
    diagnostics_print(diagnostics, stderr);
    assert_non_null(questionnaire);
    return questionnaire;
}

static void open_store(void) {
    struct failure failure = {0};
    store_close(store);
    unlink(path);
    unlink(arena_format(arena, "%s-wal", path));
    unlink(arena_format(arena, "%s-shm", path));
    store = store_open(path, STORE_WRITE, old, &failure);
    assert_string_equal(failure.text, "");
    intake = (struct intake){.store = store};
    door = (struct guest_door){.store = store};
}

static void invite(int64_t id, const char *known, bool revoked) {
    struct invitation invitation = {
        .id = id, .generation = 1, .name = "Made up", .language = "fr", .known = known};
    struct link_hash token, code;
    links[id - 1] = link_make(&key, id, 1);
    assert_true(link_token_hash(&key, links[id - 1].token, &token));
    assert_true(link_code_hash(&key, links[id - 1].code, &code));
    assert_int_equal(store_add_invitation(store, &invitation, &token, &code), STORE_DONE);
    invitation.is_revoked = revoked;
    if (revoked)
        assert_int_equal(store_change_invitation(store, &invitation, NULL, NULL), STORE_DONE);
}

/* A new store, open to everyone. */
static int set_up_open(void **state) {
    (void)state;
    open_store();
    return 0;
}

/* A new store with four people invited. */
static int set_up_links(void **state) {
    (void)state;
    struct failure failure = {0};
    open_store();
    assert_true(store_keep_links(store, &failure));
    door.key = &key;
    assert_int_equal(store_begin(store), STORE_DONE);
    invite(1, "role=head", false);
    invite(2, "", false);
    invite(3, "role=chief place=north hats=a", false);
    invite(4, "role=head", true);
    assert_int_equal(store_commit(store), STORE_DONE);
    return 0;
}

static int set_up(void **state) {
    (void)state;
    struct failure failure = {0};
    arena = arena_create();
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/answers.db", folder);
    secret_random(&key, sizeof key);
    old = parse(HEAD OLD_QUESTIONS);
    new = parse(HEAD NEW_QUESTIONS);
    assert_true(site_open(&open_site, arena, old, "https://town.example/survey/", false, &failure));
    assert_true(site_open(&link_site, arena, old, NULL, false, &failure));
    link_site.by_link = true;
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    reply_clear(&exchange.reply);
    store_close(store);
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    arena_destroy(arena);
    return system(command);
}

/* --- a turn of the server --- */

static void assert_has(const char *page, const char *part) {
    if (!strstr(page, part))
        fail_msg("no %s in\n%s", part, page);
}

static void assert_lacks(const char *page, const char *part) {
    if (strstr(page, part))
        fail_msg("%s in\n%s", part, page);
}

/* Sends a request (a POST with a body) and does its deed, as the server would; gives the page. */
static const char *turn(const struct site *site, const char *at, const char *body, const char *cookie) {
    reply_clear(&exchange.reply);
    exchange = (struct exchange){.arena = arena,
                                 .door = &door,
                                 .request = {.method = body ? REQUEST_POST : REQUEST_GET, .path = at},
                                 .today = "2013-03-15"};
    exchange.request.cookie = cookie;
    if (body)
        exchange.fault = request_read_form(&exchange.request, arena, body, strlen(body), 100);
    routes_answer(site, &exchange);
    if (exchange.deed.kind != DEED_NONE) {
        const struct deed *deeds[] = {&exchange.deed};
        enum store_outcome outcome = STORE_DONE, outcomes[1];
        outcome = intake_do(&intake, deeds, 1, exchange.today, outcomes);
        routes_settle(site, &exchange, outcome == STORE_DONE ? outcomes[0] : outcome);
    }
    assert_int_not_equal(exchange.reply.status, 0);
    return buffer_text(&exchange.reply.body);
}

static const char *path_of(int64_t id) {
    return arena_format(arena, "/r/%s", links[id - 1].token);
}

static const char *by_link(int64_t id, const char *body) {
    return turn(&link_site, path_of(id), body, NULL);
}

static size_t count_responses(void) {
    struct failure failure = {0};
    size_t days = 0, count = 0;
    const struct store_day *all = store_days(store, arena, &days, &failure);
    assert_non_null(all);
    for (size_t i = 0; i < days; i++)
        count += all[i].count[CHANNEL_WEB];
    return count;
}

static bool has_draft(const char *token) {
    struct link_hash name;
    struct secret secret;
    size_t length = 0;
    assert_true(link_draft(token, &name, &secret));
    return store_read_draft(store, arena, &name, &length) != NULL;
}

/* The token in the cookie that the last reply sets; NULL if it sets none. */
static const char *cookie_set(void) {
    const char *header = reply_header(&exchange.reply, "Set-Cookie");
    if (!header || strncmp(header, "draft=", 6))
        return NULL;
    return arena_copy_bytes(arena, header + 6, strcspn(header + 6, ";"));
}

/* --- links and codes --- */

static void a_link_opens_the_form_of_one_person(void **state) {
    (void)state;
    struct guest guest = guest_by_link(&door, arena, links[0].token);
    assert_int_equal(guest.standing, GUEST_EXPECTED);
    assert_int_equal(guest.invitation, 1);
    assert_string_equal(guest.known, "role=head");
    assert_has(by_link(1, NULL), "<html lang=\"fr\">");
    assert_has(by_link(1, NULL), arena_format(arena, "action=\"%s\"", path_of(1)));
    assert_int_equal(exchange.reply.status, 200);
    assert_null(reply_header(&exchange.reply, "Set-Cookie"));
}

/* The last page, which must be that of a link that opens nothing, without its own address. */
static const char *refusal(const char *at) {
    struct buffer page = {0};
    assert_int_equal(exchange.reply.status, 404);
    const char *rest = buffer_text(&exchange.reply.body);
    for (const char *found; (found = strstr(rest, at)); rest = found + strlen(at))
        buffer_append_bytes(&page, rest, (size_t)(found - rest));
    buffer_append(&page, rest);
    char *copy = arena_copy(arena, buffer_text(&page));
    buffer_destroy(&page);
    assert_has(copy, "does not open a form");
    return copy;
}

static void unknown_and_revoked_links_are_the_same(void **state) {
    (void)state;
    struct link other = link_make(&key, 99, 1);
    const char *at = arena_format(arena, "/r/%s", other.token);
    turn(&link_site, at, NULL, NULL);
    const char *page = refusal(at);
    by_link(4, NULL);
    assert_string_equal(refusal(path_of(4)), page);
    const char *const bad[] = {"/r/", "/r/x", "/r/../privacy", "/r/%00", "/r/0000000000000000000000000"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        turn(&link_site, bad[i], NULL, NULL);
        assert_string_equal(refusal(bad[i]), page);
        turn(&link_site, bad[i], "page-shown=0&go-next=1", NULL);
        assert_int_equal(exchange.reply.status, 404);
    }
    turn(&link_site, at, "response-key=1&role=head&page-shown=2&go-send=1", NULL);
    page = refusal(at);
    by_link(4, "response-key=1&role=head&page-shown=2&go-send=1");
    assert_string_equal(refusal(path_of(4)), page);
    assert_int_equal(count_responses(), 0);
    turn(&open_site, path_of(1), NULL, NULL);
    assert_int_equal(exchange.reply.status, 404);
}

static void a_code_leads_to_its_link(void **state) {
    (void)state;
    char *lower = arena_copy(arena, links[1].code);
    for (char *at = lower; *at; at++)
        *at = *at >= 'A' && *at <= 'Z' ? (char)(*at | 0x20) : *at == '-' ? '+' : *at;
    const char *const typed[] = {links[1].code, lower};
    for (size_t i = 0; i < 2; i++) {
        turn(&link_site, "/", arena_format(arena, "code=%s&form-language=fr&go-code=1", typed[i]), NULL);
        assert_int_equal(exchange.reply.status, 303);
        assert_string_equal(reply_header(&exchange.reply, "Location"), path_of(2));
    }
}

static void a_wrong_code_is_told_and_kept(void **state) {
    (void)state;
    const struct {
        const char *code, *words;
    } cases[] = {{"", "Please type your code."},
                 {"++--+", "Please type your code."},
                 {"ABCD-EFGH", "not a whole code"},
                 {"UUUU-UUUU-UUUU-UUUU", "No form opens with this code"},
                 {"0000-0000-0000-0000", "No form opens with this code"},
                 {links[3].code, "No form opens with this code"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *page = turn(&link_site, "/", arena_format(arena, "code=%s", cases[i].code), NULL);
        assert_int_equal(exchange.reply.status, 422);
        assert_has(page, cases[i].words);
        assert_has(page, "<title>Error:");
        assert_has(page, "role=\"alert\"");
        assert_has(page, "<a href=\"#code\">");
        assert_has(page, "aria-invalid=\"true\"");
        assert_has(page, *cases[i].code && *cases[i].code != '+'
                             ? arena_format(arena, "value=\"%s\"", cases[i].code)
                             : "id=\"code\"");
    }
    const char *page = turn(&link_site, "/", "code=%3Cb%3E&form-language=en&go-language=fr", NULL);
    assert_int_equal(exchange.reply.status, 200);
    assert_has(page, "<html lang=\"fr\">");
    assert_has(page, "value=\"&lt;b&gt;\"");
    turn(&link_site, "/", "code=1&role=head", NULL);
    assert_int_equal(exchange.reply.status, 400);
}

static void one_link_gives_one_response(void **state) {
    (void)state;
    static const char first[] = "response-key=41&page-shown=2&go-send=1";
    assert_has(by_link(1, first), "id=\"thanks\"");
    assert_int_equal(count_responses(), 1);
    assert_has(by_link(1, first), "id=\"thanks\"");
    assert_has(by_link(1, NULL), "avez déjà répondu");
    assert_int_equal(exchange.reply.status, 200);
    assert_lacks(by_link(1, NULL), "<form");
    assert_has(by_link(1, "response-key=42&page-shown=2&go-send=1"), "pas été enregistré");
    assert_int_equal(exchange.reply.status, 409);
    assert_has(by_link(1, "response-key=42&page-shown=0&words=x&go-next=1"), "pas été enregistré");
    assert_int_equal(exchange.reply.status, 409);
    assert_false(has_draft(links[0].token));
    assert_int_equal(count_responses(), 1);
    /* The code still leads there, so that its owner reads the same. */
    turn(&link_site, "/", arena_format(arena, "code=%s", links[0].code), NULL);
    assert_int_equal(exchange.reply.status, 303);
}

static void the_key_of_a_response_is_not_the_form_s(void **state) {
    (void)state;
    int64_t derived = guest_response_key(&door, 41);
    assert_true(derived > 0 && derived != 41);
    assert_true(guest_response_key(&door, 41) == derived);
    assert_true(guest_response_key(&door, 42) != derived);
    struct secret other_key;
    secret_random(&other_key, sizeof other_key);
    const struct guest_door other = {.store = store, .key = &other_key}, none = {.store = store};
    assert_true(guest_response_key(&other, 41) != derived);
    assert_true(guest_response_key(&none, 41) == 41);
    by_link(2, "response-key=41&role=member&page-shown=2&go-send=1");
    assert_int_equal(count_responses(), 1);
    assert_int_equal(store_begin(store), STORE_DONE);
    const struct response same = {.key = derived};
    const struct submission submission = {.response = &same};
    assert_int_equal(store_submit(store, &submission, "2013-03-15"), STORE_ALREADY);
    store_rollback(store);
}

/* --- what is known beforehand --- */

static void what_is_known_is_said_and_cannot_be_forged(void **state) {
    (void)state;
    const char *page = by_link(1, NULL);
    assert_has(page, "liste des personnes invitées");
    assert_has(page, "<dt>Role?</dt> <dd>Head</dd>");
    assert_has(page, "role=\"group\" id=\"role-question\"");
    assert_lacks(page, "name=\"role\"");
    assert_lacks(by_link(2, NULL), "liste des personnes invitées");
    assert_has(by_link(2, NULL), "name=\"role\"");
    page = by_link(1, "response-key=1&page-shown=0&role=member&role_specify=Boss&go-next=1");
    assert_int_equal(exchange.reply.status, 200);
    assert_lacks(page, "name=\"role\"");
    assert_lacks(page, "Boss");
    by_link(1, "response-key=1&page-shown=2&role=member&role_specify=Boss&go-send=1");
    assert_has(buffer_text(&exchange.reply.body), "id=\"thanks\"");
    assert_true(exchange.deed.response.answers[0].choices[0] == 1);
    assert_null(exchange.deed.response.answers[0].specify);
}

static void what_the_questionnaire_does_not_have_is_asked(void **state) {
    (void)state;
    assert_has(by_link(3, NULL), "name=\"role\"");
    assert_lacks(by_link(3, NULL), "liste des personnes invitées");
    by_link(3, "response-key=1&page-shown=2&go-send=1");
    assert_int_equal(exchange.reply.status, 422);
    const struct guest guest = {.known = "duty=x one=u role=other hats=b broken role="};
    struct form form;
    form_start(&form, arena, new, 0);
    guest_introduce(&guest, arena, new, &form);
    for (size_t i = 0; i < new->item_count; i++)
        assert_int_equal(form.known[i], !strcmp(new->items[i].id, "role"));
    assert_string_equal(form.entries[0].values[0], "other");
}

/* --- drafts --- */

static const struct entry *entry_of(const struct questionnaire *questionnaire, const struct form *form,
                                    const char *id) {
    return &form->entries[questionnaire_item(questionnaire, id)->index];
}

static struct form filled(void) {
    struct form form;
    struct request request = {.fields = (struct request_field[]){{"role", "other"},
                                                                 {"role_specify", "x & y"},
                                                                 {"hats", "a"},
                                                                 {"hats", "b"},
                                                                 {"order", ""},
                                                                 {"order", "q"},
                                                                 {"gone", "a dozen"},
                                                                 {"words", TYPED},
                                                                 {"form-language", "fr"},
                                                                 {"response-key", "77"},
                                                                 {"go-next", "1"}},
                              .field_count = 11};
    const char *field = NULL;
    form_start(&form, arena, old, 0);
    assert_int_equal(form_read(&form, arena, old, &request, &field), FORM_SOUND);
    return form;
}

static void a_draft_comes_back_whole(void **state) {
    (void)state;
    struct form form = filled(), back;
    struct secret secret, other;
    size_t length = 0;
    secret_random(&secret, sizeof secret);
    secret_random(&other, sizeof other);
    const unsigned char *sealed = draft_seal(arena, old, &secret, &form, 1, &length);
    assert_int_equal((length - SECRET_SEAL_SIZE) % DRAFT_STEP, 0);
    assert_null(memmem(sealed, length, "dozen", 5));
    form_start(&back, arena, old, 0);
    assert_false(draft_open(&back, arena, old, &other, sealed, length));
    assert_false(draft_open(&back, arena, old, &secret, sealed, length - 1));
    assert_false(draft_open(&back, arena, old, &secret, sealed, 3));
    assert_true(form_is_empty(&back, old));
    assert_true(draft_open(&back, arena, old, &secret, sealed, length));
    assert_int_equal(back.screen, 1);
    assert_int_equal(back.language, 1);
    assert_int_equal(back.step, FORM_STAY);
    assert_true(back.key == 0);
    assert_string_equal(entry_of(old, &back, "words")->values[0], TYPED);
    assert_string_equal(entry_of(old, &back, "gone")->values[0], "a dozen");
    assert_string_equal(entry_of(old, &back, "role")->specify, "x & y");
    assert_int_equal(entry_of(old, &back, "hats")->value_count, 2);
    assert_string_equal(entry_of(old, &back, "order")->values[0], "");
    assert_string_equal(entry_of(old, &back, "order")->values[1], "q");
}

static void a_draft_of_another_questionnaire_loses_what_does_not_fit(void **state) {
    (void)state;
    struct form form = filled(), back;
    struct secret secret;
    size_t length = 0;
    secret_random(&secret, sizeof secret);
    const unsigned char *sealed = draft_seal(arena, old, &secret, &form, 7, &length);
    form_start(&back, arena, new, 0);
    assert_true(draft_open(&back, arena, new, &secret, sealed, length));
    assert_int_equal(back.screen, 2);
    assert_string_equal(entry_of(new, &back, "words")->values[0], TYPED);
    assert_int_equal(entry_of(new, &back, "hats")->value_count, 1);
    assert_string_equal(entry_of(new, &back, "hats")->values[0], "b");
    assert_string_equal(entry_of(new, &back, "role")->values[0], "other");
}

static void an_empty_draft_is_as_long_as_a_short_one(void **state) {
    (void)state;
    struct form empty, form = filled();
    struct secret secret;
    size_t length = 0, empty_length = 0;
    secret_random(&secret, sizeof secret);
    form_start(&empty, arena, old, 0);
    draft_seal(arena, old, &secret, &form, 1, &length);
    draft_seal(arena, old, &secret, &empty, 0, &empty_length);
    assert_int_equal(length, empty_length);
}

static void a_draft_is_for_the_other_device(void **state) {
    (void)state;
    const char *page = by_link(2, "response-key=5&page-shown=0&role=head&form-language=en&go-next=1");
    assert_has(page, "name=\"go-erase\"");
    assert_true(has_draft(links[1].token));
    page = by_link(2, NULL);
    assert_has(page, "Your earlier answers are kept here");
    assert_has(page, "<html lang=\"en\">");
    assert_has(page, "name=\"page-shown\" value=\"1\"");
    assert_has(page, "<input type=\"hidden\" name=\"role\" value=\"head\">");
    assert_lacks(page, "name=\"response-key\" value=\"5\"");
    by_link(2, "response-key=6&page-shown=2&role=head&go-send=1");
    assert_false(has_draft(links[1].token));
}

static void nothing_is_kept_of_nothing(void **state) {
    (void)state;
    by_link(1, "response-key=5&page-shown=0&go-next=1");
    assert_false(has_draft(links[0].token));
    assert_has(by_link(1, "response-key=5&page-shown=0&go-save=1"), "encore rien à conserver");
    assert_lacks(buffer_text(&exchange.reply.body), "go-erase");
    assert_false(has_draft(links[0].token));
}

static void saving_says_how_to_come_back(void **state) {
    (void)state;
    const char *page =
        by_link(2, "response-key=5&page-shown=0&role=head&words=w&gone=two&form-language=en&go-save=1");
    assert_int_equal(exchange.reply.status, 200);
    assert_has(page, "for 3 questions");
    assert_has(page, "personal link");
    assert_has(page, "20 March 2013");
    assert_has(page, arena_format(arena, "href=\"%s?language=en\"", path_of(2)));
    assert_null(reply_header(&exchange.reply, "Set-Cookie"));
}

static void erasing_asks_first(void **state) {
    (void)state;
    static const char fields[] = "response-key=5&page-shown=0&role=head&words=w&form-language=en";
    by_link(2, arena_format(arena, "%s&go-next=1", fields));
    const char *page = by_link(2, arena_format(arena, "%s&go-erase=1", fields));
    assert_has(page, "Erase everything you have entered?");
    assert_has(page, "name=\"words\" value=\"w\"");
    assert_has(page, "name=\"response-key\" value=\"5\"");
    assert_true(has_draft(links[1].token));
    page = by_link(2, arena_format(arena, "%s&go-stay=1", fields));
    assert_has(page, "value=\"head\" id=\"role-2\" checked>");
    assert_true(has_draft(links[1].token));
    page = by_link(2, arena_format(arena, "%s&go-erase-all=1", fields));
    assert_has(page, "Everything you entered is erased");
    assert_lacks(page, " checked>");
    assert_lacks(page, "name=\"words\" value=\"w\"");
    assert_lacks(page, "go-erase");
    assert_false(has_draft(links[1].token));
}

static void what_cannot_be_done_is_said(void **state) {
    (void)state;
    static const char fields[] = "response-key=5&page-shown=0&role=head&form-language=en";
    const struct {
        const char *button, *words;
        unsigned status;
    } cases[] = {{"go-next", "could not be kept on the server just now", 200},
                 {"go-save", "could not be saved for later", 503},
                 {"go-erase-all", "could not be erased just now", 503}};
    for (size_t i = 0; i < 3; i++) {
        reply_clear(&exchange.reply);
        exchange = (struct exchange){.arena = arena,
                                     .door = &door,
                                     .request = {.method = REQUEST_POST, .path = path_of(2)},
                                     .today = "2013-03-15"};
        const char *body = arena_format(arena, "%s&%s=1", fields, cases[i].button);
        request_read_form(&exchange.request, arena, body, strlen(body), 100);
        routes_answer(&link_site, &exchange);
        routes_settle(&link_site, &exchange, STORE_BUSY);
        assert_has(buffer_text(&exchange.reply.body), cases[i].words);
        assert_has(buffer_text(&exchange.reply.body), "name=\"response-key\" value=\"5\"");
        assert_int_equal(exchange.reply.status, cases[i].status);
    }
}

static void a_draft_and_its_response_in_one_turn_leave_the_response(void **state) {
    (void)state;
    struct guest guest = guest_by_link(&door, arena, links[1].token);
    struct form form;
    form_start(&form, arena, old, 0);
    struct deed deeds[3] = {{.kind = DEED_SUBMIT, .invitation = 2, .generation = 1}};
    struct answer answers[6] = {{0}};
    deeds[0].response = (struct response){.key = 8, .answers = answers};
    assert_true(guest_name_draft(&guest, &deeds[0]));
    guest_keep_draft(&guest, arena, old, &form, 1, &deeds[1]);
    deeds[2] = deeds[0];
    deeds[2].response.key = 9;
    const struct deed *all[] = {&deeds[0], &deeds[1], &deeds[2]};
    enum store_outcome outcomes[3];
    assert_int_equal(intake_do(&intake, all, 3, "2013-03-15", outcomes), STORE_DONE);
    assert_int_equal(outcomes[0], STORE_DONE);
    assert_int_equal(outcomes[2], STORE_USED);
    assert_false(has_draft(links[1].token));
    assert_int_equal(count_responses(), 1);
}

static void after_the_end_nothing_is_kept(void **state) {
    (void)state;
    struct failure failure = {0};
    static const char answer[] = "response-key=41&page-shown=2&go-send=1";
    by_link(1, answer);
    by_link(2, "response-key=5&page-shown=0&words=w&go-next=1");
    assert_true(store_end_collection(store, &failure));
    by_link(2, "response-key=5&page-shown=0&words=w&go-next=1");
    assert_false(has_draft(links[1].token));
    intake.state = STORE_ENDED;
    reply_clear(&exchange.reply);
    exchange = (struct exchange){.arena = arena,
                                 .door = &door,
                                 .request = {.path = path_of(1)},
                                 .today = "2013-03-15",
                                 .health = STORE_ENDED};
    routes_answer(&link_site, &exchange);
    assert_has(buffer_text(&exchange.reply.body), "This survey is closed");
}

/* --- open access --- */

static void the_cookie_comes_with_the_first_answer(void **state) {
    (void)state;
    turn(&open_site, "/", NULL, NULL);
    assert_null(reply_header(&exchange.reply, "Set-Cookie"));
    turn(&open_site, "/", "response-key=5&page-shown=0&form-language=en&go-language=fr", NULL);
    assert_null(reply_header(&exchange.reply, "Set-Cookie"));
    turn(&open_site, "/", "response-key=5&page-shown=0&role=head&go-next=1", NULL);
    const char *token = cookie_set();
    assert_non_null(token);
    assert_int_equal(strlen(token), LINK_TOKEN_LENGTH);
    assert_string_equal(
        reply_header(&exchange.reply, "Set-Cookie"),
        arena_format(arena, "draft=%s; Path=/survey/; HttpOnly; SameSite=Lax; Secure", token));
    assert_true(has_draft(token));
    turn(&open_site, "/", "response-key=5&page-shown=1&role=head&words=x&go-next=1", token);
    assert_null(reply_header(&exchange.reply, "Set-Cookie"));
    const char *page = turn(&open_site, "/", NULL, token);
    assert_has(page, "Your earlier answers are kept here");
    assert_has(page, "name=\"page-shown\" value=\"2\"");
    turn(&open_site, "/", "response-key=5&page-shown=2&role=head&words=x&go-save=1", token);
    assert_string_equal(
        reply_header(&exchange.reply, "Set-Cookie"),
        arena_format(arena, "draft=%s; Path=/survey/; Max-Age=2592000; HttpOnly; SameSite=Lax; Secure",
                     token));
    turn(&open_site, "/", "response-key=5&page-shown=2&role=head&words=x&go-send=1", token);
    assert_string_equal(reply_header(&exchange.reply, "Set-Cookie"),
                        "draft=; Path=/survey/; Max-Age=0; HttpOnly; SameSite=Lax; Secure");
    assert_false(has_draft(token));
    assert_lacks(turn(&open_site, "/", NULL, token), "Your earlier answers");
    assert_int_equal(count_responses(), 1);
}

static void erasing_takes_the_cookie_away(void **state) {
    (void)state;
    turn(&open_site, "/", "response-key=5&page-shown=0&role=head&go-next=1", NULL);
    const char *token = cookie_set();
    turn(&open_site, "/", "response-key=5&page-shown=1&role=head&go-erase-all=1", token);
    assert_string_equal(cookie_set(), "");
    assert_false(has_draft(token));
    assert_has(turn(&open_site, "/", "response-key=5&page-shown=0&role=head&go-erase-all=1", NULL),
               "Everything you entered is erased");
}

static void a_cookie_is_read_strictly(void **state) {
    (void)state;
    const struct {
        const char *header, *value;
    } cases[] = {{"draft=abc1", "abc1"},
                 {"a=b; draft=abc1; c=d", "abc1"},
                 {"a=b;draft=abc1 ", "abc1"},
                 {NULL, NULL},
                 {"", NULL},
                 {"draft=", NULL},
                 {"draft", NULL},
                 {"xdraft=abc1", NULL},
                 {"drafty=abc1", NULL},
                 {"draft=ab-c", NULL},
                 {"draft=\"abc1\"", NULL},
                 {"draft=abc1; draft=abc2", NULL}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *value = request_cookie(arena, cases[i].header, "draft");
        if (cases[i].value)
            assert_string_equal(value, cases[i].value);
        else
            assert_null(value);
    }
    const char *const none[] = {"abc1", "uuuuuuuuuuuuuuuuuuuuuuuuuu", "zzzzzzzzzzzzzzzzzzzzzzzzzz"};
    for (size_t i = 0; i < 3; i++) {
        turn(&open_site, "/", "response-key=5&page-shown=0&role=head&go-next=1", none[i]);
        assert_non_null(cookie_set());
        assert_string_not_equal(cookie_set(), none[i]);
    }
}

static void a_crowd_of_drafts_hinders_nobody(void **state) {
    (void)state;
    struct link_hash name = {{0}};
    assert_int_equal(store_begin(store), STORE_DONE);
    for (int i = 0; i < STORE_DRAFTS_MOST; i++) {
        memcpy(name.bytes, &i, sizeof i);
        assert_int_equal(store_keep_draft(store, &name, (const unsigned char *)"x", 1), STORE_DONE);
    }
    assert_int_equal(store_commit(store), STORE_DONE);
    const char *page = turn(&open_site, "/", "response-key=5&page-shown=0&role=head&go-next=1", NULL);
    assert_int_equal(exchange.reply.status, 200);
    assert_has(page, "could not be kept on the server just now");
    assert_has(page, "name=\"page-shown\" value=\"1\"");
    assert_null(reply_header(&exchange.reply, "Set-Cookie"));
    struct form form;
    struct deed deeds[6];
    const struct deed *all[6];
    struct answer answers[6] = {{0}};
    enum store_outcome outcomes[6];
    form_start(&form, arena, old, 0);
    for (size_t i = 0; i < 6; i++) {
        struct guest guest = {0};
        guest_keep_draft(&guest, arena, old, &form, 1, &deeds[i]);
        all[i] = &deeds[i];
    }
    deeds[2] = (struct deed){.kind = DEED_SUBMIT, .response = {.key = 3, .answers = answers}};
    assert_int_equal(intake_do(&intake, all, 6, "2013-03-15", outcomes), STORE_DONE);
    for (size_t i = 0; i < 6; i++)
        assert_int_equal(outcomes[i], i == 2 ? STORE_DONE : STORE_FULL);
    assert_int_equal(count_responses(), 1);
    assert_int_equal(intake.state, STORE_DONE);
}

static void privacy_says_what_is_so(void **state) {
    (void)state;
    const char *page = turn(&open_site, "/privacy", NULL, NULL);
    assert_has(page, "cookie that holds nothing but a random key");
    assert_has(page, "can no longer be read again, changed or withdrawn");
    assert_lacks(page, "personal link");
    page = turn(&link_site, "/privacy", NULL, NULL);
    assert_has(page, "without a time");
    assert_has(page, "can no longer be read again, changed or withdrawn");
    assert_lacks(page, "cookie");
}

int main(void) {
#define LINKED(test) cmocka_unit_test_setup(test, set_up_links)
#define OPEN(test)   cmocka_unit_test_setup(test, set_up_open)
    const struct CMUnitTest tests[] = {
        LINKED(a_link_opens_the_form_of_one_person),
        LINKED(unknown_and_revoked_links_are_the_same),
        LINKED(a_code_leads_to_its_link),
        LINKED(a_wrong_code_is_told_and_kept),
        LINKED(one_link_gives_one_response),
        LINKED(the_key_of_a_response_is_not_the_form_s),
        LINKED(what_is_known_is_said_and_cannot_be_forged),
        LINKED(what_the_questionnaire_does_not_have_is_asked),
        cmocka_unit_test(a_draft_comes_back_whole),
        cmocka_unit_test(a_draft_of_another_questionnaire_loses_what_does_not_fit),
        cmocka_unit_test(an_empty_draft_is_as_long_as_a_short_one),
        LINKED(a_draft_is_for_the_other_device),
        LINKED(nothing_is_kept_of_nothing),
        LINKED(saving_says_how_to_come_back),
        LINKED(erasing_asks_first),
        LINKED(what_cannot_be_done_is_said),
        LINKED(a_draft_and_its_response_in_one_turn_leave_the_response),
        LINKED(after_the_end_nothing_is_kept),
        OPEN(the_cookie_comes_with_the_first_answer),
        OPEN(erasing_takes_the_cookie_away),
        OPEN(a_cookie_is_read_strictly),
        OPEN(a_crowd_of_drafts_hinders_nobody),
        OPEN(privacy_says_what_is_so),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}

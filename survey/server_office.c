/* Those who wait for the office. Respondents never do. */
#include "survey/server_internal.h"

enum {
    WAITING_MOST = 64,              /* who comes then is sent away */
    PATIENCE_MILLISECONDS = 120000, /* with an office that is at work */
    PRESSED_MILLISECONDS = 20       /* until something more of a request may go through the socket */
};

static void give_up(struct server *server, struct visit *visit) {
    routes_settle_office(server->site, &visit->exchange);
    visit->ticket = 0;
    visit->queued = 0;
}

void server_office_ask(struct server *server, struct visit *visit) {
    struct visit **end = &server->waiting;
    while (*end)
        end = &(*end)->next;
    *end = visit;
    visit->next = NULL;
    visit->exchange.is_for_office = false;
    visit->ticket = ++server->tickets;
    visit->queued = server_milliseconds() + PATIENCE_MILLISECONDS;
    const struct office_question question = {visit->ticket, visit->exchange.request};
    if (server->waiting_count++ >= WAITING_MOST || !office_ask(server->office, &question))
        give_up(server, visit);
    server_suspend(server, visit);
}

/* An answer that comes too late for its visit finds none. */
static bool take_answer(struct server *server, const char *bytes, size_t length) {
    struct arena *arena = arena_create();
    struct office_answer answer;
    if (!office_wire_read_answer(arena, bytes, length, &answer)) {
        arena_destroy(arena);
        return false;
    }
    struct visit *visit = server->waiting;
    while (visit && (visit->ticket != answer.ticket || !answer.ticket))
        visit = visit->next;
    if (!visit) {
        reply_clear(&answer.reply);
        arena_destroy(arena);
        return true;
    }
    arena_adopt(visit->exchange.arena, arena);
    visit->exchange.reply = answer.reply;
    visit->exchange.cost = answer.cost;
    visit->ticket = 0;
    visit->queued = server_milliseconds() + answer.hold;
    return true;
}

void server_office_settle(struct server *server, bool all) {
    const char *bytes;
    size_t length;
    bool sound = true;
    while (sound && server->office && (bytes = office_hear(server->office, &length)))
        sound = take_answer(server, bytes, length);
    if (!server->waiting)
        return;
    int64_t now = server_milliseconds();
    for (struct visit **place = &server->waiting; *place;) {
        struct visit *visit = *place;
        if (visit->ticket && (all || !sound || visit->queued <= now || office_is_gone(server->office)))
            give_up(server, visit);
        if (visit->ticket || (visit->queued > now && !all)) {
            place = &visit->next;
            continue;
        }
        *place = visit->next;
        visit->next = NULL;
        server->waiting_count--;
        server_resume(server, visit);
    }
}

int64_t server_office_wait(const struct server *server) {
    int64_t now = server_milliseconds(), wait = INT32_MAX;
    for (const struct visit *visit = server->waiting; visit; visit = visit->next)
        if (visit->queued - now < wait)
            wait = visit->queued - now;
    if (office_is_pressed(server->office) && wait > PRESSED_MILLISECONDS)
        wait = PRESSED_MILLISECONDS;
    return wait < 0 ? 0 : wait;
}

/* Those who wait for the store: what they do goes to disk together, while the next are gathered. */
#include "survey/server_internal.h"

#include <stdlib.h>

enum {
    BUSY_RETRY_MILLISECONDS = 20,       /* while another process writes to the store */
    BUSY_PATIENCE_MILLISECONDS = 10000, /* of who sends answers, */
    DRAFT_PATIENCE_MILLISECONDS = 1000  /* and of who goes to the next page */
};

void server_store_ask(struct server *server, struct visit *visit) {
    visit->queued = server_milliseconds();
    *server->queue_end = visit;
    server->queue_end = &visit->next;
    server->queue_length++;
    server_suspend(server, visit);
}

/* Answers the visit at `place` in a list, whose deed came to `outcome`, and lets its connection go on. */
static void settle(struct server *server, struct visit **place, enum store_outcome outcome) {
    struct visit *visit = *place;
    *place = visit->next;
    visit->next = NULL;
    routes_settle(server->site, &visit->exchange, outcome);
    server_resume(server, visit);
}

static struct visit **find_end(struct visit **list) {
    while (*list)
        list = &(*list)->next;
    return list;
}

/* Gives back those that have waited too long for a store that another process holds; at the end all. A draft
 * is not worth waiting for as long as a response: the page after it carries all that it holds. */
static void give_back(struct server *server, bool all) {
    int64_t now = server_milliseconds();
    for (struct visit **place = &server->queue; *place;) {
        bool draft = (*place)->exchange.deed.kind == DEED_KEEP;
        int64_t patience = draft ? DRAFT_PATIENCE_MILLISECONDS : BUSY_PATIENCE_MILLISECONDS;
        if (all || now - (*place)->queued >= patience) {
            settle(server, place, STORE_BUSY);
            server->queue_length--;
        } else {
            place = &(*place)->next;
        }
    }
    server->queue_end = find_end(&server->queue);
}

/* Lets the store do all that is queued. */
static void begin_batch(struct server *server) {
    size_t at = 0;
    const struct deed **deeds = calloc(server->queue_length, sizeof *deeds);
    if (!deeds)
        abort();
    for (const struct visit *visit = server->queue; visit; visit = visit->next)
        deeds[at++] = &visit->exchange.deed;
    intake_begin(&server->intake, deeds, at, server->today);
    free(deeds);
    server->batch_length = at;
    server->batch = server->queue;
    server->queue = NULL;
    server->queue_end = &server->queue;
    server->queue_length = 0;
}

/* Those who could not be served for another process that holds the store are the first in the queue again. */
static void requeue_batch(struct server *server) {
    *find_end(&server->batch) = server->queue;
    server->queue = server->batch;
    server->batch = NULL;
    server->queue_end = find_end(&server->queue);
    server->queue_length += server->batch_length;
    server->retry_at = server_milliseconds() + BUSY_RETRY_MILLISECONDS;
}

/* Answers those whose deeds the store has done. */
static void end_batch(struct server *server) {
    enum store_outcome *outcomes = calloc(server->batch_length, sizeof *outcomes);
    if (!outcomes)
        abort();
    enum store_outcome outcome = intake_end(&server->intake, outcomes);
    if (outcome == STORE_BUSY)
        requeue_batch(server);
    for (size_t i = 0; server->batch; i++)
        settle(server, &server->batch, outcome == STORE_DONE ? outcomes[i] : outcome);
    free(outcomes);
}

void server_store_settle(struct server *server) {
    if (intake_is_done(&server->intake))
        end_batch(server);
    if (intake_has_begun(&server->intake))
        return;
    give_back(server, false);
    if (server->queue && server_milliseconds() >= server->retry_at)
        begin_batch(server);
    if (intake_is_done(&server->intake))
        end_batch(server);
}

void server_store_end(struct server *server) {
    if (intake_has_begun(&server->intake))
        end_batch(server);
    give_back(server, true);
}

int64_t server_store_wait(const struct server *server) {
    return server->queue && !intake_has_begun(&server->intake) ? server->retry_at - server_milliseconds()
                                                               : INT32_MAX;
}

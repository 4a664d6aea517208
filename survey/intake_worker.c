/* A thread that does what is begun, one turn's deeds at a time, so that writing to the disk keeps nobody from
 * being answered. Each of the two threads uses the store only while the other does not. */
#include "survey/intake.h"

#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum stage { RESTING, AT_WORK, DONE, LEAVING };

struct intake_worker {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed; /* the stage */
    enum stage stage;
    int done;        /* an event for the other thread's loop */
    bool has_thread; /* else all is done at once */
    struct intake intake;
    const struct deed **deeds;
    size_t count;
    char day[11];
    enum store_outcome outcome, *outcomes;
};

static void *allocate(size_t count, size_t size) {
    void *memory = calloc(count + 1, size);
    if (!memory)
        abort();
    return memory;
}

/* --- the thread --- */

static enum stage await(struct intake_worker *worker, enum stage other, enum stage stage) {
    pthread_mutex_lock(&worker->lock);
    while (worker->stage != stage && worker->stage != other)
        pthread_cond_wait(&worker->changed, &worker->lock);
    enum stage now = worker->stage;
    pthread_mutex_unlock(&worker->lock);
    return now;
}

/* The event is there exactly as long as the stage is DONE, as far as anyone can see who holds the lock. */
static void enter(struct intake_worker *worker, enum stage stage) {
    uint64_t event = 1;
    pthread_mutex_lock(&worker->lock);
    ssize_t moved = stage == DONE           ? write(worker->done, &event, sizeof event)
                    : worker->stage == DONE ? read(worker->done, &event, sizeof event)
                                            : 0;
    (void)moved; /* neither can fail: the count is 0 or 1, and it does not wait */
    worker->stage = stage;
    pthread_cond_broadcast(&worker->changed);
    pthread_mutex_unlock(&worker->lock);
}

static void do_deeds(struct intake_worker *worker) {
    worker->outcome = intake_do(&worker->intake, worker->deeds, worker->count, worker->day, worker->outcomes);
    enter(worker, DONE);
}

static void *work(void *closure) {
    struct intake_worker *worker = closure;
    while (await(worker, LEAVING, AT_WORK) == AT_WORK)
        do_deeds(worker);
    return NULL;
}

/* --- the server's side --- */

bool intake_open_worker(struct intake *intake) {
    struct intake_worker *worker = allocate(1, sizeof *worker);
    pthread_mutex_init(&worker->lock, NULL);
    pthread_cond_init(&worker->changed, NULL);
    intake->worker = worker;
    worker->done = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    worker->has_thread = worker->done >= 0 && pthread_create(&worker->thread, NULL, work, worker) == 0;
    return worker->has_thread;
}

static void forget_deeds(struct intake_worker *worker) {
    free(worker->deeds);
    free(worker->outcomes);
    worker->deeds = NULL;
    worker->outcomes = NULL;
}

void intake_close_worker(struct intake *intake) {
    struct intake_worker *worker = intake->worker;
    if (!worker)
        return;
    intake_wait(intake);
    if (worker->has_thread) {
        enter(worker, LEAVING);
        pthread_join(worker->thread, NULL);
    }
    forget_deeds(worker);
    if (worker->done >= 0)
        close(worker->done);
    pthread_cond_destroy(&worker->changed);
    pthread_mutex_destroy(&worker->lock);
    free(worker);
    intake->worker = NULL;
}

int intake_descriptor(const struct intake *intake) {
    return intake->worker && intake->worker->has_thread ? intake->worker->done : -1;
}

void intake_begin(struct intake *intake, const struct deed *const *deeds, size_t count, const char *day) {
    struct intake_worker *worker = intake->worker;
    worker->intake = (struct intake){.store = intake->store, .state = intake->state};
    worker->deeds = allocate(count, sizeof *worker->deeds);
    worker->outcomes = allocate(count, sizeof *worker->outcomes);
    memcpy(worker->deeds, deeds, count * sizeof *deeds);
    worker->count = count;
    snprintf(worker->day, sizeof worker->day, "%s", day);
    if (worker->has_thread)
        enter(worker, AT_WORK);
    else
        do_deeds(worker);
}

static enum stage stage_of(const struct intake *intake) {
    struct intake_worker *worker = intake->worker;
    if (!worker)
        return RESTING;
    pthread_mutex_lock(&worker->lock);
    enum stage stage = worker->stage;
    pthread_mutex_unlock(&worker->lock);
    return stage;
}

bool intake_has_begun(const struct intake *intake) {
    return stage_of(intake) != RESTING;
}

bool intake_is_done(const struct intake *intake) {
    return stage_of(intake) == DONE;
}

void intake_wait(const struct intake *intake) {
    if (intake_has_begun(intake))
        await(intake->worker, DONE, DONE);
}

enum store_outcome intake_end(struct intake *intake, enum store_outcome *outcomes) {
    struct intake_worker *worker = intake->worker;
    intake_wait(intake);
    memcpy(outcomes, worker->outcomes, worker->count * sizeof *outcomes);
    intake->state = worker->intake.state;
    forget_deeds(worker);
    enter(worker, RESTING);
    return worker->outcome;
}

#include "analysis/readers.h"

#include <pthread.h>
#include <sched.h>

enum { READERS_MOST = 4 };

/* One thread's own: others look at it once it has ended. */
struct reader {
    struct store_pass *pass;
    struct arena *arena;
    struct counting *counting;
    struct failure failure;
    pthread_t thread;
    bool has_thread;
};

static void *read_share(void *given) {
    struct reader *reader = given;
    struct response response;
    while (store_pass_next(reader->pass, &response, &reader->failure))
        counting_add(reader->counting, &response);
    store_pass_end(reader->pass);
    return NULL;
}

/* A thread that cannot be had is done without: the caller's reads its share too. */
static void read_all(struct reader *readers, size_t count) {
    for (size_t i = 1; i < count; i++)
        readers[i].has_thread = pthread_create(&readers[i].thread, NULL, read_share, &readers[i]) == 0;
    for (size_t i = 0; i < count; i++)
        if (!readers[i].has_thread)
            read_share(&readers[i]);
    for (size_t i = 0; i < count; i++)
        if (readers[i].has_thread)
            pthread_join(readers[i].thread, NULL);
}

/* The processors that this process may run on, which can be fewer than there are. */
static size_t choose_most(size_t most) {
    cpu_set_t processors;
    if (most > 0)
        return most < STORE_PASSES ? most : STORE_PASSES;
    if (sched_getaffinity(0, sizeof processors, &processors) != 0)
        return 1;
    size_t count = (size_t)CPU_COUNT(&processors);
    return count < READERS_MOST ? count : READERS_MOST;
}

/* The counts of the first, which are in the caller's arena, become those of all. */
static const struct counting *sum_up(struct reader *readers, size_t count, struct failure *failure) {
    for (size_t i = 0; i < count; i++)
        if (failure_is_set(&readers[i].failure))
            failure_set(failure, "%s", readers[i].failure.text);
    for (size_t i = 1; i < count; i++) {
        counting_merge(readers[0].counting, readers[i].counting);
        arena_adopt(readers[0].arena, readers[i].arena);
    }
    counting_end(readers[0].counting);
    return failure_is_set(failure) ? NULL : readers[0].counting;
}

const struct counting *readers_count(struct arena *arena, const struct counting_plan *plan,
                                     struct store *store, size_t most, struct failure *failure) {
    struct store_pass *passes[STORE_PASSES];
    struct reader readers[STORE_PASSES] = {0};
    size_t count = store_pass_share(store, passes, choose_most(most), failure);
    for (size_t i = 0; i < count; i++) {
        readers[i].pass = passes[i];
        readers[i].arena = i == 0 ? arena : arena_create();
        readers[i].counting = counting_create(readers[i].arena, plan);
    }
    read_all(readers, count);
    return count > 0 ? sum_up(readers, count, failure) : NULL;
}

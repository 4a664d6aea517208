#include "analysis/theme_answers.h"

#include "model/store_pass.h"

#include <stdlib.h>
#include <string.h>

struct list {
    const char **all;
    size_t count, capacity;
};

static void add(struct arena *arena, struct list *list, const char *text) {
    if (list->count == list->capacity) {
        list->capacity = list->capacity ? 2 * list->capacity : 64;
        const char **all = ARENA_NEW(arena, const char *, list->capacity);
        if (list->count)
            memcpy(all, list->all, list->count * sizeof *all);
        list->all = all;
    }
    list->all[list->count++] = text;
}

static int compare(const void *left, const void *right) {
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static void sort(struct list *list) {
    if (list->count)
        qsort(list->all, list->count, sizeof *list->all, compare);
}

bool theme_answers_read(struct arena *arena, struct store *store, const struct item *item,
                        const struct expression *where, struct theme_answers *answers,
                        struct failure *failure) {
    struct list all = {0}, selected = {0};
    struct response response;
    struct store_pass *pass = store_pass_begin(store, failure);
    while (pass && store_pass_next(pass, &response, failure)) {
        const struct answer *answer = &response.answers[item->index];
        if (answer->state != ANSWER_GIVEN)
            continue;
        const char *text = arena_copy(arena, answer->text);
        add(arena, &all, text);
        if (!where || expression_holds(where, response.answers))
            add(arena, &selected, text);
    }
    store_pass_end(pass);
    sort(&all);
    sort(&selected);
    *answers = (struct theme_answers){all.all, all.count, selected.all, selected.count};
    return !failure_is_set(failure);
}

#include "survey/form.h"

#include "survey/form_screen.h"

#include <stdlib.h>
#include <string.h>

enum control {
    CONTROL_KEY,
    CONTROL_SCREEN,
    CONTROL_LANGUAGE,
    CONTROL_NOT_SHOWN,
    CONTROL_NEXT,
    CONTROL_BACK,
    CONTROL_SEND,
    CONTROL_GO_LANGUAGE,
    CONTROL_SAVE,
    CONTROL_STAY,
    CONTROL_ERASE,
    CONTROL_ERASE_ALL,
    CONTROL_COUNT
};

static const char *const control_names[CONTROL_COUNT] = {
    "response-key", "page-shown",  "form-language", "not-shown", "go-next",  "go-back",
    "go-send",      "go-language", "go-save",       "go-stay",   "go-erase", "go-erase-all"};

static size_t screen_of(const struct questionnaire *questionnaire, const struct item *item) {
    return questionnaire->single_layout ? 0 : item->question->page;
}

size_t form_field_limit(const struct questionnaire *questionnaire) {
    size_t fields = 2 * CONTROL_COUNT;
    for (size_t i = 0; i < questionnaire->item_count; i++)
        fields += 2 * (questionnaire->items[i].question->option_count + 4);
    return fields;
}

size_t form_body_limit(const struct questionnaire *questionnaire) {
    enum { ROOM = 256 * 1024, ENCODED_CHARACTER = 9 };
    size_t bytes = ROOM;
    for (size_t i = 0; i < questionnaire->item_count; i++) {
        const struct question *question = questionnaire->items[i].question;
        for (size_t j = 0; j < question->option_count; j++)
            bytes += strlen(questionnaire->items[i].id) + strlen(question->options[j].code) + 2;
        if (question->type == QUESTION_TEXT)
            bytes += ENCODED_CHARACTER * question->maximum_length;
        if (questionnaire_has_specify(question))
            bytes += ENCODED_CHARACTER * ANSWER_SPECIFY_MOST;
    }
    return bytes;
}

void form_start(struct form *form, struct arena *arena, const struct questionnaire *questionnaire,
                size_t language) {
    *form = (struct form){.language = language,
                          .entries = ARENA_NEW(arena, struct entry, questionnaire->item_count),
                          .withheld = ARENA_NEW(arena, bool, questionnaire->item_count),
                          .known = ARENA_NEW(arena, bool, questionnaire->item_count)};
}

bool form_is_empty(const struct form *form, const struct questionnaire *questionnaire) {
    for (size_t i = 0; i < questionnaire->item_count; i++) {
        const struct entry *entry = &form->entries[i];
        bool entered = entry->specify && *entry->specify;
        for (size_t j = 0; j < entry->value_count; j++)
            entered = entered || *entry->values[j];
        if (entered && !form->known[i])
            return false;
    }
    return true;
}

/* --- reading --- */

/* Where a field belongs: an item's values, its words beside an option, or a control of the form. */
struct target {
    const struct item *item;
    bool is_specify;
    enum control control;
};

/* The item whose id is the first `length` bytes of `name`, searched from `*hint` on and around: forms send
 * their fields in the order of the items, so that the search is short however many there are. */
static const struct item *find_item(const struct questionnaire *questionnaire, const char *name,
                                    size_t length, size_t *hint) {
    for (size_t i = 0; i < questionnaire->item_count; i++) {
        const struct item *item = &questionnaire->items[(*hint + i) % questionnaire->item_count];
        if (!strncmp(item->id, name, length) && !item->id[length]) {
            *hint = item->index;
            return item;
        }
    }
    return NULL;
}

static bool find_target(const struct questionnaire *questionnaire, const char *name, size_t *hint,
                        struct target *target) {
    static const char suffix[] = "_specify";
    size_t length = strlen(name), suffix_length = sizeof suffix - 1;
    *target = (struct target){.control = CONTROL_COUNT};
    if (strchr(name, '-')) {
        for (size_t i = 0; i < CONTROL_COUNT; i++)
            if (!strcmp(name, control_names[i]))
                target->control = (enum control)i;
        return target->control != CONTROL_COUNT;
    }
    target->item = find_item(questionnaire, name, length, hint);
    if (target->item || length <= suffix_length || strcmp(name + length - suffix_length, suffix))
        return target->item != NULL;
    target->item = find_item(questionnaire, name, length - suffix_length, hint);
    target->is_specify = true;
    return target->item && questionnaire_has_specify(target->item->question);
}

static bool takes_code(const struct question *question, const char *code) {
    if (!strcmp(code, "no_opinion"))
        return question->no_opinion.in != NULL;
    if (!strcmp(code, "not_concerned"))
        return question->not_concerned.in != NULL;
    return questionnaire_option(question, code) < question->option_count;
}

bool form_takes(const struct questionnaire *questionnaire, const char *name, const char *value) {
    struct target target;
    size_t hint = 0;
    if (!find_target(questionnaire, name, &hint, &target))
        return false;
    if (!target.item || target.is_specify || !*value || target.item->question->option_count == 0)
        return true;
    return takes_code(target.item->question, value);
}

/* A whole number without sign; -1 if it is none, or too large. */
static int64_t read_number(const char *text) {
    int64_t number = 0;
    if (!*text)
        return -1;
    for (; *text; text++) {
        if (*text < '0' || *text > '9' || number > (INT64_MAX - 9) / 10)
            return -1;
        number = number * 10 + (*text - '0');
    }
    return number;
}

static void read_withheld(struct form *form, struct arena *arena, const struct questionnaire *questionnaire,
                          const char *ids) {
    bool *withheld = ARENA_NEW(arena, bool, questionnaire->item_count);
    size_t hint = 0;
    while (*ids) {
        size_t length = strcspn(ids, " ");
        const struct item *item = length ? find_item(questionnaire, ids, length, &hint) : NULL;
        if (item && screen_of(questionnaire, item) == form->screen)
            withheld[item->index] = true;
        ids += length + (ids[length] == ' ');
    }
    form->withheld = withheld;
}

static void read_controls(struct form *form, struct arena *arena, const struct questionnaire *questionnaire,
                          const char *const *values) {
    size_t screens = form_screen_count(questionnaire);
    int64_t key = values[CONTROL_KEY] ? read_number(values[CONTROL_KEY]) : -1;
    int64_t screen = values[CONTROL_SCREEN] ? read_number(values[CONTROL_SCREEN]) : -1;
    form->key = key > 0 ? key : 0;
    form->screen = screen < 0 ? screens - 1 : (size_t)screen > screens ? screens : (size_t)screen;
    form->step = values[CONTROL_SEND]          ? FORM_SEND
                 : values[CONTROL_BACK]        ? FORM_BACK
                 : values[CONTROL_GO_LANGUAGE] ? FORM_LANGUAGE
                 : values[CONTROL_SAVE]        ? FORM_SAVE
                 : values[CONTROL_STAY]        ? FORM_STAY
                 : values[CONTROL_ERASE]       ? FORM_ERASE
                 : values[CONTROL_ERASE_ALL]   ? FORM_ERASE_ALL
                                               : FORM_NEXT;
    for (size_t i = CONTROL_LANGUAGE; i <= CONTROL_GO_LANGUAGE; i += CONTROL_GO_LANGUAGE - CONTROL_LANGUAGE) {
        size_t language =
            values[i] ? questionnaire_language(questionnaire, values[i]) : questionnaire->language_count;
        if (language < questionnaire->language_count)
            form->language = language;
    }
    if (values[CONTROL_NOT_SHOWN])
        read_withheld(form, arena, questionnaire, values[CONTROL_NOT_SHOWN]);
}

/* Notes a control's value; false if the form has it already. Of the buttons only one is pressed. */
static bool take_control(const char **values, enum control control, const char *value) {
    bool button = control >= CONTROL_NEXT;
    for (size_t i = button ? CONTROL_NEXT : control; i <= (button ? CONTROL_COUNT - 1 : control); i++)
        if (values[i])
            return false;
    values[control] = value;
    return true;
}

/* Sorts the values of all fields by their items. */
static void gather(struct form *form, struct arena *arena, const struct questionnaire *questionnaire,
                   const struct request *request, const struct target *targets) {
    struct entry *entries = ARENA_NEW(arena, struct entry, questionnaire->item_count);
    const char **values = ARENA_NEW(arena, const char *, request->field_count);
    for (size_t i = 0; i < request->field_count; i++)
        if (targets[i].item && !targets[i].is_specify)
            entries[targets[i].item->index].value_count++;
    for (size_t i = 0; i < questionnaire->item_count; i++) {
        entries[i].values = values;
        values += entries[i].value_count;
        entries[i].value_count = 0;
    }
    for (size_t i = 0; i < request->field_count; i++) {
        if (!targets[i].item)
            continue;
        struct entry *entry = &entries[targets[i].item->index];
        if (targets[i].is_specify)
            entry->specify = request->fields[i].value;
        else
            ((const char **)entry->values)[entry->value_count++] = request->fields[i].value;
    }
    form->entries = entries;
}

/* Notes that the field was there; false if it stands once in a form and was there already. */
static bool take_field(const struct target *target, const char **controls, bool *specified,
                       const char *value) {
    if (!target->item)
        return take_control(controls, target->control, value);
    if (!target->is_specify)
        return true;
    bool first = !specified[target->item->index];
    specified[target->item->index] = true;
    return first;
}

enum form_fault form_read(struct form *form, struct arena *arena, const struct questionnaire *questionnaire,
                          const struct request *request, const char **field) {
    struct target *targets = ARENA_NEW(arena, struct target, request->field_count);
    bool *specified = ARENA_NEW(arena, bool, questionnaire->item_count);
    const char *controls[CONTROL_COUNT] = {0};
    size_t hint = 0;
    for (size_t i = 0; i < request->field_count; i++) {
        *field = request->fields[i].name;
        if (!find_target(questionnaire, *field, &hint, &targets[i]))
            return FORM_UNKNOWN_FIELD;
        if (!take_field(&targets[i], controls, specified, request->fields[i].value))
            return FORM_REPEATED_FIELD;
    }
    gather(form, arena, questionnaire, request, targets);
    read_controls(form, arena, questionnaire, controls);
    return FORM_SOUND;
}

/* --- taking a step --- */

/* Makes the result one to be mended if any item of the screen, but for those that were withheld, has an
 * error. */
static bool find_problems(struct form_result *result, struct arena *arena,
                          const struct questionnaire *questionnaire, const struct problems *problems,
                          size_t screen, const bool *withheld) {
    struct problem *found = ARENA_NEW(arena, struct problem, problems->count);
    size_t count = 0;
    for (size_t i = 0; i < problems->count; i++) {
        const struct problem *problem = &problems->all[i];
        if (!problem->warning && screen_of(questionnaire, problem->item) == screen &&
            !(withheld && withheld[problem->item->index]))
            found[count++] = *problem;
    }
    if (count) {
        result->turn = FORM_MEND;
        result->screen = screen;
        result->problems = found;
        result->problem_count = count;
    }
    return count > 0;
}

static bool calls_for_more(const struct form *form, const struct questionnaire *questionnaire,
                           const struct answer *answers) {
    for (size_t i = 0; i < questionnaire->item_count; i++)
        if (form->withheld[i] && answers[i].state != ANSWER_NOT_ASKED)
            return true;
    return false;
}

/* Sends if no screen has an error. */
static void take_send(struct form_result *result, struct arena *arena,
                      const struct questionnaire *questionnaire, const struct problems *problems) {
    for (size_t screen = 0; screen < form_screen_count(questionnaire); screen++)
        if (find_problems(result, arena, questionnaire, problems, screen, NULL))
            return;
    result->turn = FORM_STORE;
}

struct form_result form_take_step(const struct form *form, struct arena *arena,
                                  const struct questionnaire *questionnaire) {
    struct answer *answers = ARENA_NEW(arena, struct answer, questionnaire->item_count);
    struct problems problems = answer_check(arena, questionnaire, form->entries, CHANNEL_WEB, answers);
    struct form_result result = {.turn = FORM_SHOW, .screen = form->screen, .answers = answers};
    if (form->step >= FORM_LANGUAGE)
        result.screen = form_screen_nearest(questionnaire, answers, form->screen);
    else if (form->step == FORM_BACK)
        form_screen_before(questionnaire, answers, &result.screen);
    else if (find_problems(&result, arena, questionnaire, &problems, form->screen, form->withheld))
        return result;
    else if (calls_for_more(form, questionnaire, answers))
        result.turn = FORM_REVEAL;
    else if (form->step == FORM_SEND)
        take_send(&result, arena, questionnaire, &problems);
    else if (!form_screen_after(questionnaire, answers, &result.screen))
        result.screen = form_screen_count(questionnaire);
    return result;
}

/* Reading responses: a pass decodes a row into answers without allocating, since reports are made of a
 * million. */
#include "model/store_read.h"

#include "model/store_internal.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

enum { FIXED_COLUMNS = 5, SPAN_MOST = 1024 };

/* The option of a code: by a direct table where codes are small whole numbers, else by hash. Both hold the
 * index of the option and one, and 0 for none. */
struct code_table {
    int64_t lowest;
    size_t span; /* of the direct table; 0: by hash */
    size_t mask; /* of the hash table, whose size is a power of two */
    unsigned *options;
    const size_t *lengths; /* of the codes */
};

/* How one item is decoded. */
struct decoder {
    const struct item *item;
    int column;              /* its first one in the query */
    int specify;             /* 0: none */
    bool whole;              /* codes are kept as numbers */
    enum answer_state unset; /* what an empty column stands for */
    struct code_table codes;
    size_t *choices; /* room for as many as it has options */
};

struct store_pass {
    struct store *store;
    struct arena *arena;
    struct sqlite3_stmt *statement;
    struct decoder *decoders;
    struct answer *answers;
    size_t count;
    size_t *options; /* 0, 1, 2, …: a single choice points into it */
    size_t language; /* of the last row: most often the next one's too */
};

/* --- codes --- */

static size_t hash(const char *text, size_t length) {
    size_t value = 2166136261u;
    for (size_t i = 0; i < length; i++)
        value = (value ^ (unsigned char)text[i]) * 16777619u;
    return value;
}

static void fill_direct(struct code_table *table, const struct question *question) {
    for (size_t i = 0; i < question->option_count; i++) {
        int64_t code = strtoll(question->options[i].code, NULL, 10);
        table->options[code - table->lowest] = (unsigned)i + 1;
    }
}

static void fill_hash(struct arena *arena, struct code_table *table, const struct question *question) {
    size_t *lengths = ARENA_NEW(arena, size_t, question->option_count);
    for (size_t i = 0; i < question->option_count; i++) {
        lengths[i] = strlen(question->options[i].code);
        size_t at = hash(question->options[i].code, lengths[i]) & table->mask;
        while (table->options[at])
            at = (at + 1) & table->mask;
        table->options[at] = (unsigned)i + 1;
    }
    table->lengths = lengths;
}

static struct code_table code_table_create(struct arena *arena, const struct question *question, bool whole) {
    struct code_table table = {0};
    int64_t highest = 0;
    for (size_t i = 0; i < question->option_count && whole; i++) {
        int64_t code = strtoll(question->options[i].code, NULL, 10);
        table.lowest = i == 0 || code < table.lowest ? code : table.lowest;
        highest = i == 0 || code > highest ? code : highest;
    }
    if (whole && question->option_count && highest - table.lowest < SPAN_MOST) {
        table.span = (size_t)(highest - table.lowest) + 1;
        table.options = ARENA_NEW(arena, unsigned, table.span);
        fill_direct(&table, question);
        return table;
    }
    size_t size = 4;
    while (size < question->option_count * 2)
        size *= 2;
    table.mask = size - 1;
    table.options = ARENA_NEW(arena, unsigned, size);
    fill_hash(arena, &table, question);
    return table;
}

static unsigned find_hashed(const struct decoder *decoder, const char *code, size_t length) {
    const struct code_table *table = &decoder->codes;
    const struct option *options = decoder->item->question->options;
    for (size_t at = hash(code, length) & table->mask; table->options[at]; at = (at + 1) & table->mask) {
        unsigned option = table->options[at] - 1;
        if (table->lengths[option] == length && !memcmp(options[option].code, code, length))
            return option + 1;
    }
    return 0;
}

/* --- one row --- */

static bool refuse_value(const struct store_pass *pass, const struct item *item, struct failure *failure) {
    return failure_set(failure, "the store %s holds an answer to \"%s\" that its questionnaire does not have",
                       pass->store->path, item->id);
}

/* The option and one that the column names, 0 for none. `*known` becomes false for a code there is not. */
static unsigned read_code(const struct decoder *decoder, struct sqlite3_stmt *row, bool *known) {
    unsigned option = 0;
    if (decoder->codes.span) {
        int64_t code = sqlite3_column_int64(row, decoder->column);
        /* NULL reads as 0: only then is its type worth a call. */
        if (code == 0 && sqlite3_column_type(row, decoder->column) == SQLITE_NULL)
            return 0;
        uint64_t at = (uint64_t)code - (uint64_t)decoder->codes.lowest;
        option = at < decoder->codes.span ? decoder->codes.options[at] : 0;
    } else {
        const char *code = (const char *)sqlite3_column_text(row, decoder->column);
        if (!code)
            return 0;
        option = find_hashed(decoder, code, strlen(code));
    }
    *known = option != 0;
    return option;
}

static void give_choices(struct answer *answer, const size_t *choices, size_t count) {
    answer->state = ANSWER_GIVEN;
    answer->choices = choices;
    answer->choice_count = count;
}

static void decode_ticks(const struct decoder *decoder, struct sqlite3_stmt *row, struct answer *answer) {
    size_t count = 0, options = decoder->item->question->option_count;
    for (size_t i = 0; i < options; i++)
        if (sqlite3_column_int(row, decoder->column + (int)i))
            decoder->choices[count++] = i;
    if (count)
        give_choices(answer, decoder->choices, count);
}

static bool decode_ranking(const struct decoder *decoder, struct sqlite3_stmt *row, struct answer *answer) {
    const char *text = (const char *)sqlite3_column_text(row, decoder->column);
    size_t count = 0, options = decoder->item->question->option_count;
    while (text && *text) {
        size_t length = strcspn(text, " ");
        unsigned option = find_hashed(decoder, text, length);
        if (option == 0 || count == options)
            return false;
        decoder->choices[count++] = option - 1;
        text += length + (text[length] == ' ');
    }
    if (count)
        give_choices(answer, decoder->choices, count);
    return true;
}

static void decode_number(const struct decoder *decoder, struct sqlite3_stmt *row, struct answer *answer) {
    double number = sqlite3_column_double(row, decoder->column);
    if (number == 0 && sqlite3_column_type(row, decoder->column) == SQLITE_NULL)
        return;
    answer->state = ANSWER_GIVEN;
    answer->number = number;
}

static void decode_text(const struct decoder *decoder, struct sqlite3_stmt *row, struct answer *answer) {
    const char *text = (const char *)sqlite3_column_text(row, decoder->column);
    if (!text)
        return;
    answer->state = ANSWER_GIVEN;
    answer->text = text;
}

static bool decode(const struct store_pass *pass, const struct decoder *decoder, struct answer *answer) {
    struct sqlite3_stmt *row = pass->statement;
    bool known = true;
    answer->state = decoder->unset;
    switch (decoder->item->question->type) {
    case QUESTION_SINGLE:
    case QUESTION_SCALE: {
        unsigned option = read_code(decoder, row, &known);
        if (option)
            give_choices(answer, &pass->options[option - 1], 1);
        break;
    }
    case QUESTION_MULTIPLE:
        decode_ticks(decoder, row, answer);
        break;
    case QUESTION_RANKING:
        known = decode_ranking(decoder, row, answer);
        break;
    case QUESTION_NUMBER:
        decode_number(decoder, row, answer);
        break;
    case QUESTION_TEXT:
    case QUESTION_DATE:
        decode_text(decoder, row, answer);
        break;
    }
    if (decoder->specify)
        answer->specify = (const char *)sqlite3_column_text(row, decoder->specify);
    return known;
}

static enum answer_state reason_state(const char *reason, size_t length) {
    static const struct {
        const char *name;
        enum answer_state state;
    } reasons[] = {{"no_opinion", ANSWER_NO_OPINION},
                   {"not_concerned", ANSWER_NOT_CONCERNED},
                   {"not_asked", ANSWER_NOT_ASKED}};
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (strlen(reasons[i].name) == length && !memcmp(reasons[i].name, reason, length))
            return reasons[i].state;
    return ANSWER_NOT_ANSWERED;
}

/* Sets the states that `missing` names. It is in the order of items, so that one walk finds them all; what a
 * change of the questionnaire put in another order is found by starting over. */
static void decode_missing(struct store_pass *pass, const char *missing) {
    size_t at = 0;
    while (*missing) {
        size_t length = strcspn(missing, "="), whole = strcspn(missing, " ");
        for (size_t tried = 0; tried < pass->count && length < whole; tried++, at = (at + 1) % pass->count) {
            const char *id = pass->decoders[at].item->id;
            if (strncmp(id, missing, length) || id[length])
                continue;
            struct answer *answer = &pass->answers[at];
            if (answer->state == ANSWER_NOT_ANSWERED)
                answer->state = reason_state(missing + length + 1, whole - length - 1);
            break;
        }
        missing += whole + (missing[whole] == ' ');
    }
}

static bool decode_language(struct store_pass *pass, struct failure *failure) {
    const struct questionnaire *questionnaire = pass->store->questionnaire;
    const char *tag = (const char *)sqlite3_column_text(pass->statement, 2);
    if (!strcmp(tag, questionnaire->languages[pass->language]))
        return true;
    size_t language = questionnaire_language(questionnaire, tag);
    if (language == questionnaire->language_count)
        return failure_set(failure,
                           "the store %s holds an answer in the language \"%s\", which its questionnaire"
                           " does not have",
                           pass->store->path, tag);
    pass->language = language;
    return true;
}

static bool decode_row(struct store_pass *pass, struct response *response, struct failure *failure) {
    struct sqlite3_stmt *row = pass->statement;
    if (!decode_language(pass, failure))
        return false;
    response->key = sqlite3_column_int64(row, 0);
    response->channel = *sqlite3_column_text(row, 1) == 'w' ? CHANNEL_WEB : CHANNEL_PAPER;
    response->language = pass->language;
    response->sheet = sqlite3_column_int64(row, 3);
    response->answers = pass->answers;
    for (size_t i = 0; i < pass->count; i++)
        if (!decode(pass, &pass->decoders[i], &pass->answers[i]))
            return refuse_value(pass, pass->decoders[i].item, failure);
    if (sqlite3_column_bytes(row, 4))
        decode_missing(pass, (const char *)sqlite3_column_text(row, 4));
    return true;
}

/* --- the pass --- */

static struct decoder decoder_create(struct arena *arena, const struct store *store,
                                     const struct item *item) {
    const struct question *question = item->question;
    size_t first = store->columns.first[item->index], last = store->columns.first[item->index + 1] - 1;
    struct decoder decoder = {.item = item, .column = (int)first + FIXED_COLUMNS};
    decoder.unset = store->collected && !store_migrate_counterpart(store->collected, item)
                        ? ANSWER_NOT_ASKED
                        : ANSWER_NOT_ANSWERED;
    if (store->columns.all[last].kind == COLUMN_SPECIFY)
        decoder.specify = (int)last + FIXED_COLUMNS;
    decoder.choices = ARENA_NEW(arena, size_t, question->option_count);
    bool whole =
        store->columns.all[first].kind == COLUMN_CODE && store->columns.all[first].type == COLUMN_INTEGER;
    decoder.codes = code_table_create(arena, question, whole);
    return decoder;
}

struct store_pass *store_pass_begin(struct store *store, struct failure *failure) {
    struct arena *arena = arena_create();
    struct store_pass *pass = ARENA_NEW(arena, struct store_pass, 1);
    *pass = (struct store_pass){.store = store, .arena = arena, .count = store->questionnaire->item_count};
    pass->decoders = ARENA_NEW(arena, struct decoder, pass->count);
    pass->answers = ARENA_NEW(arena, struct answer, pass->count);
    size_t most = 1;
    for (size_t i = 0; i < pass->count; i++) {
        pass->decoders[i] = decoder_create(arena, store, &store->questionnaire->items[i]);
        size_t options = pass->decoders[i].item->question->option_count;
        most = options > most ? options : most;
    }
    pass->options = ARENA_NEW(arena, size_t, most);
    for (size_t i = 0; i < most; i++)
        pass->options[i] = i;
    if (store_sql_prepare(store, store_schema_select(store), &pass->statement, failure))
        return pass;
    arena_destroy(arena);
    return NULL;
}

bool store_pass_next(struct store_pass *pass, struct response *response, struct failure *failure) {
    int code = sqlite3_step(pass->statement);
    if (code == SQLITE_ROW)
        return decode_row(pass, response, failure);
    if (code != SQLITE_DONE)
        store_sql_refuse(pass->store, "read the store", failure);
    return false;
}

void store_pass_end(struct store_pass *pass) {
    if (!pass)
        return;
    sqlite3_finalize(pass->statement);
    arena_destroy(pass->arena);
}

/* --- what is counted beside the responses --- */

/* One row is one day: its counts by channel stand side by side. */
static void read_day(struct sqlite3_stmt *row, struct store_day *day) {
    strncpy(day->day, (const char *)sqlite3_column_text(row, 0), sizeof day->day - 1);
    for (int channel = 0; channel < CHANNEL_COUNT; channel++)
        day->count[channel] = (size_t)sqlite3_column_int64(row, channel + 1);
}

const struct store_day *store_days(struct store *store, struct arena *arena, size_t *count,
                                   struct failure *failure) {
    struct sqlite3_stmt *statement = store->statements[STATEMENT_DAYS];
    size_t capacity = 64;
    struct store_day *days = ARENA_NEW(arena, struct store_day, capacity);
    int code;
    *count = 0;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        if (*count == capacity) {
            struct store_day *larger = ARENA_NEW(arena, struct store_day, capacity * 2);
            memcpy(larger, days, capacity * sizeof *days);
            days = larger;
            capacity *= 2;
        }
        read_day(statement, &days[(*count)++]);
    }
    bool done = code == SQLITE_DONE || store_sql_refuse(store, "read the store", failure);
    sqlite3_reset(statement);
    return done ? days : NULL;
}

bool store_is_ended(const struct store *store) {
    return store->ended;
}

static bool finds(struct sqlite3_stmt *statement) {
    bool found = sqlite3_step(statement) == SQLITE_ROW;
    sqlite3_reset(statement);
    return found;
}

bool store_was_imported(struct store *store, const char *digest) {
    struct sqlite3_stmt *statement = store->statements[STATEMENT_WAS_IMPORTED];
    sqlite3_bind_text(statement, 1, digest, -1, SQLITE_STATIC);
    return finds(statement);
}

bool store_has_sheet(struct store *store, int64_t sheet) {
    struct sqlite3_stmt *statement = store->statements[STATEMENT_HAS_SHEET];
    sqlite3_bind_int64(statement, 1, sheet);
    return finds(statement);
}

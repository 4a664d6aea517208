/* A pass decodes a row into answers without allocating, since reports are made of a million. */
#include "model/store_pass.h"

#include "model/store_internal.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

enum {
    FIXED_COLUMNS = 5,
    SPAN_MOST = 1024,
    SHARE_LEAST = 10000 /* responses that are worth a connection of their own */
};

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
    enum question_type type; /* of its question */
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
    size_t *options;   /* 0, 1, 2, …: a single choice points into it */
    size_t language;   /* of the last row: most often the next one's too */
    bool is_share;     /* its rows have no key, language or sheet */
    bool has_snapshot; /* a transaction on the store's connection, which ends with it */
    struct store *own; /* a connection that it has for itself; NULL: it uses the store's */
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
    switch (decoder->type) {
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
    if (!pass->is_share && !decode_language(pass, failure))
        return false;
    *response =
        (struct response){.channel = *sqlite3_column_text(row, 1) == 'w' ? CHANNEL_WEB : CHANNEL_PAPER,
                          .language = pass->language,
                          .answers = pass->answers};
    if (!pass->is_share) {
        response->key = sqlite3_column_int64(row, 0);
        response->sheet = sqlite3_column_int64(row, 3);
    }
    for (size_t i = 0; i < pass->count; i++) {
        const struct decoder *decoder = &pass->decoders[i];
        if (!decode(pass, decoder, &pass->answers[decoder->item->index]))
            return refuse_value(pass, decoder->item, failure);
    }
    if (sqlite3_column_bytes(row, 4))
        decode_missing(pass, (const char *)sqlite3_column_text(row, 4));
    return true;
}

/* --- the pass --- */

static struct decoder decoder_create(struct arena *arena, const struct store *store,
                                     const struct item *item) {
    const struct question *question = item->question;
    size_t first = store->columns.first[item->index], last = store->columns.first[item->index + 1] - 1;
    struct decoder decoder = {.item = item, .type = question->type, .column = (int)first + FIXED_COLUMNS};
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

/* A pass over the rows of a query, but for its bounds, that decodes the wanted items; NULL: all. */
static struct store_pass *prepare_pass(struct store *store, const char *sql, const bool *wanted,
                                       struct failure *failure) {
    struct arena *arena = arena_create();
    struct store_pass *pass = ARENA_NEW(arena, struct store_pass, 1);
    size_t items = store->questionnaire->item_count, most = 1;
    *pass = (struct store_pass){.store = store, .arena = arena};
    pass->decoders = ARENA_NEW(arena, struct decoder, items);
    pass->answers = ARENA_NEW(arena, struct answer, items);
    for (size_t i = 0; i < items; i++) {
        if (wanted && !wanted[i])
            continue;
        const struct item *item = &store->questionnaire->items[i];
        pass->decoders[pass->count++] = decoder_create(arena, store, item);
        most = item->question->option_count > most ? item->question->option_count : most;
    }
    pass->options = ARENA_NEW(arena, size_t, most);
    for (size_t i = 0; i < most; i++)
        pass->options[i] = i;
    if (store_sql_prepare(store, sql, &pass->statement, failure))
        return pass;
    arena_destroy(arena);
    return NULL;
}

struct store_pass *store_pass_begin(struct store *store, struct failure *failure) {
    return prepare_pass(store, store_schema_select(store), NULL, failure);
}

struct store_pass *store_pass_begin_items(struct store *store, const bool *wanted, struct failure *failure) {
    return prepare_pass(store, store_schema_select_items(store, wanted), wanted, failure);
}

bool store_pass_next(struct store_pass *pass, struct response *response, struct failure *failure) {
    int code = sqlite3_step(pass->statement);
    if (code == SQLITE_ROW)
        return decode_row(pass, response, failure);
    if (code != SQLITE_DONE)
        store_sql_refuse(pass->store, "read the store", failure);
    return false;
}

static void end_snapshot(struct store *store) {
    if (!sqlite3_get_autocommit(store->database))
        sqlite3_exec(store->database, "ROLLBACK", NULL, NULL, NULL);
}

void store_pass_end(struct store_pass *pass) {
    if (!pass)
        return;
    sqlite3_finalize(pass->statement);
    if (pass->has_snapshot)
        end_snapshot(pass->store);
    store_close(pass->own);
    arena_destroy(pass->arena);
}

/* --- a pass that several share --- */

/* The connections of several passes; the first is the store's own. */
struct crew {
    struct store *members[STORE_PASSES];
    size_t count;
};

static size_t worthwhile(struct store *store, size_t most) {
    struct failure failure = {0};
    int64_t responses = 0;
    if (store->access != STORE_READ ||
        !store_sql_number(store, "SELECT sum(count) FROM day_count", NULL, NULL, &responses, &failure))
        return 1;
    size_t count = (size_t)(responses / SHARE_LEAST);
    return count < 1 ? 1 : count < most ? count : most;
}

/* Leaves the store as it was, in a transaction of its own or in none. */
static void dismiss(struct crew *crew) {
    if (crew->count > 1)
        end_snapshot(crew->members[0]);
    while (crew->count > 1)
        store_close(crew->members[--crew->count]);
}

/* A number that is another one, on the same connection, once somebody else has changed the file. */
static bool read_version(struct store *store, int64_t *version) {
    struct failure failure = {0};
    return store_sql_number(store, "PRAGMA data_version", NULL, NULL, version, &failure);
}

/* From its first reading on, a transaction sees nothing that others write. */
static bool begin_snapshot(struct store *store) {
    struct failure failure = {0};
    return store_sql_run(store, "BEGIN; SELECT count(*) FROM state", "read the store", &failure);
}

/* All see the same responses if nobody wrote from before the first began to after the last did. The store's
 * own connection waits for another's lock, and so comes before the others keep anybody from giving it up. */
static bool see_the_same(const struct crew *crew) {
    struct store *last = crew->members[crew->count - 1];
    int64_t before = 0, after = 0;
    if (!read_version(last, &before))
        return false;
    for (size_t i = 0; i < crew->count; i++)
        if (!begin_snapshot(crew->members[i]))
            return false;
    return read_version(last, &after) && before == after;
}

/* Makes of the store's connection alone one of up to `count`; what cannot be had is not missed. */
static void gather(struct crew *crew, size_t count) {
    struct failure failure = {0};
    while (crew->count < count) {
        struct store *again = store_open_again(crew->members[0], &failure);
        if (!again)
            break;
        crew->members[crew->count++] = again;
    }
    if (crew->count > 1 && !see_the_same(crew))
        dismiss(crew);
}

/* Equal ranges from the least key to the greatest: as keys are random, equal shares. */
static bool bind_ranges(const struct crew *crew, struct store_pass *const *passes, struct failure *failure) {
    int64_t low = 1, high = INT64_MAX;
    struct store *store = crew->members[0];
    if (crew->count > 1 &&
        (!store_sql_number(store, "SELECT min(key) FROM response", NULL, NULL, &low, failure) ||
         !store_sql_number(store, "SELECT max(key) FROM response", NULL, NULL, &high, failure)))
        return false;
    for (size_t i = 0; i < crew->count; i++) {
        bool is_last = i + 1 == crew->count;
        int64_t step = (high - low) / (int64_t)crew->count, first = low + (int64_t)i * step;
        sqlite3_bind_int64(passes[i]->statement, 1, first);
        sqlite3_bind_int64(passes[i]->statement, 2, is_last ? high : first + step - 1);
    }
    return true;
}

size_t store_pass_share(struct store *store, struct store_pass **passes, size_t most,
                        struct failure *failure) {
    struct crew crew = {{store}, 1};
    gather(&crew, worthwhile(store, most));
    const char *sql = store_schema_select_share(store);
    size_t begun = 0;
    while (begun < crew.count && (passes[begun] = prepare_pass(crew.members[begun], sql, NULL, failure)))
        passes[begun++]->is_share = true;
    if (begun == crew.count && bind_ranges(&crew, passes, failure)) {
        passes[0]->has_snapshot = crew.count > 1;
        for (size_t i = 1; i < begun; i++)
            passes[i]->own = crew.members[i];
        return begun;
    }
    while (begun > 0)
        store_pass_end(passes[--begun]);
    dismiss(&crew);
    return 0;
}

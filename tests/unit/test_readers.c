/* Reading by several threads: whatever their number the counts are the same, down to the order of cells and
 * texts; they see one state of the store, while others write; where sharing is not to be had, one reads all.
 */
#include "tests/unit/store_fixture.h"

#include "analysis/readers.h"
#include "analysis/results_json.h"
#include "model/store_invitation.h"

#include <signal.h>
#include <sqlite3.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>

enum { RESPONSES = 40000, SHARING = 20000 };

static uint64_t seed = 88172645463325252u;

static size_t random_below(size_t limit) {
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (size_t)(seed % limit);
}

/* --- made-up answers --- */

static struct answer make_up(struct arena *memory, const struct question *question) {
    struct answer answer = {.state = ANSWER_GIVEN,
                            .number = (double)random_below(400) / 4,
                            .text = arena_format(memory, "2024-%02zu-11", 1 + random_below(12))};
    if (random_below(5) == 0)
        return (struct answer){.state = question->no_opinion.in ? ANSWER_NO_OPINION : ANSWER_NOT_ANSWERED};
    if (question->type == QUESTION_TEXT)
        answer.text = arena_format(memory, "words %zu", random_below(100000));
    if (question->option_count > 0) {
        bool several = question->type == QUESTION_MULTIPLE || question->type == QUESTION_RANKING;
        size_t *choices = ARENA_NEW(memory, size_t, 2);
        choices[0] = random_below(question->option_count - 1);
        choices[1] = choices[0] + 1;
        answer.choices = choices;
        answer.choice_count = several ? 1 + random_below(2) : 1;
    }
    return answer;
}

/* In one transaction; `count` of the keys ascend from 1, the others descend from the greatest. */
static void fill(struct store *store, size_t count) {
    struct arena *memory = arena_create();
    assert_int_equal(store_begin(store), STORE_DONE);
    for (size_t i = 0; i < count; i++) {
        struct answer answers[ITEMS];
        arena_reset(memory);
        for (size_t item = 0; item < ITEMS; item++)
            answers[item] = make_up(memory, base->items[item].question);
        const int64_t place = 1 + (int64_t)i / 2;
        const struct response response = {.key = i % 2 ? INT64_MAX - place : place,
                                          .channel = i % 2 ? CHANNEL_PAPER : CHANNEL_WEB,
                                          .answers = answers};
        assert_int_equal(store_add(store, &response, "2024-03-01"), STORE_DONE);
    }
    assert_int_equal(store_commit(store), STORE_DONE);
    arena_destroy(memory);
}

static struct store *open_filled(size_t count) {
    struct store *store = open_store(STORE_WRITE, base);
    fill(store, count);
    store_close(store);
    return open_store(STORE_READ, base);
}

/* --- counts --- */

static void assert_same_tally(const struct item *item, struct item_tally one, struct item_tally other) {
    size_t options = item->question->option_count;
    assert_memory_equal(one.states, other.states, (ANSWER_NOT_ASKED + 1) * sizeof *one.states);
    if (options > 0)
        assert_memory_equal(one.options, other.options, options * sizeof *one.options);
    if (!one.ranked)
        return;
    assert_memory_equal(one.ranked, other.ranked, options * sizeof *one.ranked);
    assert_memory_equal(one.rank_sums, other.rank_sums, options * sizeof *one.rank_sums);
}

static void assert_same_values(const struct item *item, const struct tabulation *one,
                               const struct tabulation *other) {
    const struct selection whole = {0};
    size_t count, other_count, *cells = ARENA_NEW(arena, size_t, tabulation_cell_count(one));
    for (size_t i = 0; i < tabulation_cell_count(one); i++)
        cells[i] = i;
    const struct placed_value *values = tabulation_placed_values(arena, one, item, whole, cells, &count);
    const struct placed_value *others =
        tabulation_placed_values(arena, other, item, whole, cells, &other_count);
    assert_int_equal(count, other_count);
    for (size_t i = 0; i < count; i++) {
        assert_true(values[i].value == others[i].value);
        assert_int_equal(values[i].place, others[i].place);
        assert_int_equal(values[i].count, others[i].count);
    }
    const char *const *texts = tabulation_texts(one, item, &count);
    const char *const *other_texts = tabulation_texts(other, item, &other_count);
    assert_int_equal(count, other_count);
    for (size_t i = 0; i < count; i++)
        assert_string_equal(texts[i], other_texts[i]);
}

static void assert_same(const struct tabulation *one, const struct tabulation *other) {
    assert_int_equal(tabulation_cell_count(one), tabulation_cell_count(other));
    for (size_t cell = 0; cell < tabulation_cell_count(one); cell++) {
        assert_int_equal(tabulation_cell_responses(one, cell), tabulation_cell_responses(other, cell));
        for (size_t dimension = 0; dimension < 3; dimension++)
            assert_int_equal(tabulation_cell_code(one, cell, dimension),
                             tabulation_cell_code(other, cell, dimension));
        for (size_t item = 0; item < ITEMS; item++)
            assert_same_tally(&base->items[item], tabulation_cell_tally(one, cell, &base->items[item]),
                              tabulation_cell_tally(other, cell, &base->items[item]));
    }
    for (size_t item = 0; item < ITEMS; item++)
        assert_same_values(&base->items[item], one, other);
}

static const struct counting *count(const struct counting_plan *plan, struct store *store, size_t most) {
    struct failure failure = {0};
    const struct counting *counting = readers_count(arena, plan, store, most, &failure);
    assert_string_equal(failure.text, "");
    assert_non_null(counting);
    return counting;
}

static struct counting_plan plan_all(void) {
    const struct item **dimensions = ARENA_NEW(arena, const struct item *, 2);
    dimensions[0] = &base->items[ROLE];
    dimensions[1] = &base->items[ROOM];
    return (struct counting_plan){.questionnaire = base, .dimensions = dimensions, .dimension_count = 2};
}

static const struct expression *parse_condition(const char *text) {
    struct diagnostics *diagnostics = diagnostics_create(arena, "condition");
    const struct expression_scope scope = {base->items, base->item_count, base->item_count};
    const struct expression *condition =
        expression_parse(arena, text, (struct place){1, 1, 1}, &scope, diagnostics);
    assert_non_null(condition);
    return condition;
}

/* Compared with a plain pass, whose counts come in the order of the keys. */
static void test_any_number_of_readers(void **state) {
    (void)state;
    struct store *store = open_filled(RESPONSES);
    struct counting_plan plan = plan_all();
    struct counting *plain = counting_create(arena, &plan);
    struct failure failure = {0};
    struct store_pass *pass = store_pass_begin(store, &failure);
    struct response response;
    while (store_pass_next(pass, &response, &failure))
        counting_add(plain, &response);
    store_pass_end(pass);
    counting_end(plain);
    assert_int_equal(plain->responses, RESPONSES);
    for (size_t most = 0; most <= 5; most++) {
        const struct counting *counting = count(&plan, store, most);
        assert_int_equal(counting->responses, RESPONSES);
        assert_null(counting->everybody);
        assert_same(counting->tabulation, plain->tabulation);
    }
    store_close(store);
}

static void test_condition(void **state) {
    (void)state;
    struct store *store = open_filled(RESPONSES);
    struct counting_plan all = plan_all(), some = all;
    const struct counting *everybody = count(&all, store, 1);
    some.where = parse_condition("role = member and hours > 20");
    some.everybody = true;
    const struct counting *one = count(&some, store, 1), *four = count(&some, store, 4);
    assert_int_equal(one->responses, RESPONSES);
    assert_same(four->everybody, everybody->tabulation);
    assert_same(four->tabulation, one->tabulation);
    const struct selection whole = {0};
    assert_in_range(tabulation_responses(one->tabulation, whole), 1, RESPONSES / 2);
    store_close(store);
}

/* Weighted figures are sums over cells, which would differ in their last digits in another order. */
static void test_same_report(void **state) {
    (void)state;
    static const char *const BY[] = {"role", "room*channel"}, *const WEIGHTS[] = {"role", "channel"};
    base = changed("scales:\n", "population:\n  size: 80000\n  role: {member: 30000, head: 49999, other: 1}\n"
                                "  channel: {web: 50000, paper: 30000}\nscales:\n");
    store_close(open_filled(RESPONSES));
    struct store *store = open_store(STORE_WRITE, base);
    const char *const other[ITEMS] = {"other", "1"};
    struct response response = respond(base, other, NULL);
    add(store, &response);
    store_close(store);
    store = open_store(STORE_READ, base);
    struct buffer texts[5] = {0};
    for (size_t readers = 1; readers <= 4; readers++) {
        struct failure failure = {0};
        const struct results_options options = {.confidence = 0.95,
                                                .minimum_cell = 5,
                                                .by = BY,
                                                .by_count = 2,
                                                .weights = WEIGHTS,
                                                .weight_count = 2,
                                                .readers = readers};
        const struct results *results = results_compute(arena, store, base, &options, &failure);
        assert_string_equal(failure.text, "");
        results_json_write(&texts[readers], results, 0);
        assert_string_equal(buffer_text(&texts[readers]), buffer_text(&texts[1]));
    }
    assert_non_null(strstr(buffer_text(&texts[1]), "\"raked\""));
    for (size_t i = 1; i <= 4; i++)
        buffer_destroy(&texts[i]);
    store_close(store);
}

/* --- how many share --- */

static size_t count_passes(struct store *store, size_t most) {
    struct store_pass *passes[STORE_PASSES];
    struct failure failure = {0};
    size_t begun = store_pass_share(store, passes, most, &failure);
    assert_string_equal(failure.text, "");
    for (size_t i = 0; i < begun; i++)
        store_pass_end(passes[i]);
    return begun;
}

static void test_how_many_share(void **state) {
    (void)state;
    struct store *store = open_filled(RESPONSES);
    assert_int_equal(count_passes(store, 1), 1);
    assert_int_equal(count_passes(store, 3), 3);
    assert_int_equal(count_passes(store, STORE_PASSES), 4); /* more would have too little to do */
    assert_int_equal(count_responses(store), RESPONSES);    /* and it can be used as before */
    store_close(store);
    store = open_store(STORE_WRITE, base);
    struct response response = respond(base, FULL, NULL);
    assert_int_equal(store_begin(store), STORE_DONE);
    assert_int_equal(store_add(store, &response, "2024-03-01"), STORE_DONE);
    assert_int_equal(count_passes(store, 4), 1); /* what is written here is seen here only */
    assert_int_equal(store_commit(store), STORE_DONE);
    assert_int_equal(count_responses(store), RESPONSES + 1);
    store_close(store);
    remove_store();
    store = open_filled(100);
    assert_int_equal(count_passes(store, 4), 1);
    struct counting_plan plan = plan_all();
    assert_int_equal(count(&plan, store, 4)->responses, 100);
    store_close(store);
    remove_store();
    store = open_filled(0);
    assert_int_equal(count(&plan, store, 4)->responses, 0);
    store_close(store);
}

/* What one pass reads, by channel, is added to `counts`. */
static void read_pass(struct store_pass *pass, size_t *counts) {
    struct failure failure = {0};
    struct response response;
    while (store_pass_next(pass, &response, &failure))
        counts[response.channel]++;
    store_pass_end(pass);
    assert_string_equal(failure.text, "");
}

/* In all passes together every key is read once, and in each about as many as in any other. */
static void assert_shared(bool dense) {
    struct store *store = open_store(STORE_WRITE, base);
    assert_int_equal(store_begin(store), STORE_DONE);
    for (int64_t i = 0; i < RESPONSES; i++) {
        const struct answer answers[ITEMS] = {{.state = ANSWER_NOT_ANSWERED}};
        const struct response response = {.key = dense ? 7 + i : store_new_key(), .answers = answers};
        assert_int_equal(store_add(store, &response, "2024-03-01"), STORE_DONE);
    }
    assert_int_equal(store_commit(store), STORE_DONE);
    store_close(store);
    store = open_store(STORE_READ, base);
    struct store_pass *passes[STORE_PASSES];
    struct failure failure = {0};
    size_t begun = store_pass_share(store, passes, 3, &failure), sum = 0;
    assert_int_equal(begun, 3);
    for (size_t i = 0; i < begun; i++) {
        size_t counts[CHANNEL_COUNT] = {0};
        read_pass(passes[i], counts);
        assert_in_range(counts[CHANNEL_WEB], RESPONSES / 3 - 660, RESPONSES / 3 + 660); /* seven deviations */
        sum += counts[CHANNEL_WEB];
    }
    assert_int_equal(sum, RESPONSES);
    store_close(store);
    remove_store();
}

/* Keys as they are given to forms, and keys without a gap, where the ends of the shares meet. */
static void test_shares(void **state) {
    (void)state;
    assert_shared(false);
    assert_shared(true);
}

/* --- while others write --- */

/* Adds a response at either end of the keys, both in one transaction, again and again, faster than any
 * server would. */
_Noreturn static void write_pairs(void) {
    static const char SQL[] =
        "BEGIN IMMEDIATE;"
        "INSERT INTO response (key, channel, language, missing) VALUES (%d, 'web', 'fr', '');"
        "INSERT INTO response (key, channel, language, missing)"
        " VALUES (9223372036854775807 - %d, 'paper', 'fr', ''); COMMIT";
    sqlite3 *database;
    prctl(PR_SET_PDEATHSIG, SIGKILL); /* should the test fail */
    if (sqlite3_open(path, &database) != SQLITE_OK)
        _exit(1);
    sqlite3_busy_timeout(database, 5000);
    sqlite3_exec(database, "PRAGMA synchronous = OFF", NULL, NULL, NULL);
    for (int key = SHARING;; key++) {
        char sql[sizeof SQL + 40];
        snprintf(sql, sizeof sql, SQL, key, key);
        if (sqlite3_exec(database, sql, NULL, NULL, NULL) != SQLITE_OK)
            _exit(1);
        usleep((unsigned)(key % 7) * 100);
    }
}

/* Half of a pair would be missing if one reader saw what another did not. */
static void test_one_state(void **state) {
    (void)state;
    struct store *store = open_filled(SHARING);
    pid_t writer = fork();
    if (writer == 0)
        write_pairs();
    size_t last = 0;
    bool shared = false, grown = false, halved = false;
    for (int i = 0; i < 40; i++) {
        struct store_pass *passes[STORE_PASSES];
        struct failure failure = {0};
        size_t begun = store_pass_share(store, passes, 2, &failure), counts[CHANNEL_COUNT] = {0};
        assert_string_equal(failure.text, "");
        for (size_t j = 0; j < begun; j++)
            read_pass(passes[j], counts);
        halved = halved || counts[CHANNEL_WEB] != counts[CHANNEL_PAPER];
        shared = shared || begun == 2;
        grown = grown || (i > 0 && counts[CHANNEL_WEB] > last);
        last = counts[CHANNEL_WEB];
    }
    kill(writer, SIGKILL);
    waitpid(writer, NULL, 0);
    assert_false(halved);
    assert_true(shared && grown);
    store_close(store);
}

/* With personal links readers and a writer exclude each other: who writes meanwhile is told to come again. */
static void test_links(void **state) {
    (void)state;
    struct failure failure = {0};
    struct store *writer = open_store(STORE_WRITE, base);
    assert_true(store_keep_links(writer, &failure));
    fill(writer, SHARING);
    struct store *store = open_store(STORE_READ, base);
    struct store_pass *passes[STORE_PASSES];
    size_t counts[CHANNEL_COUNT] = {0};
    assert_int_equal(store_pass_share(store, passes, 2, &failure), 2);
    read_pass(passes[0], counts);
    struct response response = respond(base, FULL, NULL);
    assert_int_equal(store_begin(writer), STORE_DONE);
    assert_int_equal(store_add(writer, &response, "2024-03-01"), STORE_DONE);
    assert_int_equal(store_commit(writer), STORE_BUSY);
    store_rollback(writer);
    read_pass(passes[1], counts);
    assert_int_equal(counts[CHANNEL_WEB] + counts[CHANNEL_PAPER], SHARING);
    add(writer, &response);
    store_close(writer);
    struct counting_plan plan = plan_all();
    assert_int_equal(count(&plan, store, 4)->responses, SHARING + 1);
    store_close(store);
}

/* --- where not everything is to be had --- */

/* Nothing may be written beside the store: it is read as it stands, and nothing is left there. */
static void test_without_rights(void **state) {
    (void)state;
    store_close(open_filled(SHARING));
    assert_int_equal(chmod(path, 0444), 0);
    assert_int_equal(chmod(folder, 0555), 0);
    pid_t child = fork();
    if (child == 0) {
        if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
            _exit(2);
        struct failure failure = {0};
        struct store *store = store_open(path, STORE_READ, base, &failure);
        struct counting_plan plan = plan_all();
        bool shared = store && count_passes(store, 2) == 2;
        const struct counting *counting = store ? readers_count(arena, &plan, store, 2, &failure) : NULL;
        bool right = shared && counting && counting->responses == SHARING;
        store_close(store);
        _exit(!right);
    }
    int status;
    waitpid(child, &status, 0);
    assert_int_equal(chmod(folder, 0755), 0);
    assert_int_equal(status, 0);
    assert_int_not_equal(access(arena_format(arena, "%s-wal", path), F_OK), 0);
}

/* What one reader finds wrong fails the whole. */
static void test_wrong_answer(void **state) {
    (void)state;
    store_close(open_filled(SHARING));
    sqlite3 *database;
    assert_int_equal(sqlite3_open(path, &database), SQLITE_OK);
    assert_int_equal(sqlite3_exec(database,
                                  "UPDATE response SET role = 'nobody' WHERE key ="
                                  " (SELECT max(key) FROM response)",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    sqlite3_close(database);
    struct store *store = open_store(STORE_READ, base);
    struct counting_plan plan = plan_all();
    for (size_t most = 1; most <= 2; most++) {
        struct failure failure = {0};
        assert_null(readers_count(arena, &plan, store, most, &failure));
        assert_non_null(strstr(failure.text, "holds an answer to \"role\""));
    }
    store_close(store);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_any_number_of_readers, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_condition, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_same_report, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_how_many_share, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_shares, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_one_state, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_links, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_without_rights, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_wrong_answer, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("readers", tests, set_up_all, tear_down_all);
}

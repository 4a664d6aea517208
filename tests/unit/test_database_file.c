/* The bytes of a database read without SQLite: that they give what SQLite gives, that order and remains are
 * seen, and that no bytes at all, damaged on purpose, crash it or keep it in a circle. */
#include "survey/database_file.h"

#include "model/store_invitation.h"
#include "tests/unit/store_fixture.h"

#include <sqlite3.h>

enum { PAGE = 4096 };

/* --- files --- */

static struct database_files read_files(void) {
    struct database_files files;
    struct failure failure = {0};
    assert_true(database_file_read(arena, path, &files, &failure));
    return files;
}

static struct database_file *read_database(void) {
    struct database_files files = read_files();
    struct database_file *file = database_file_parse(arena, &files);
    assert_non_null(file);
    return file;
}

static void run_sql(const char *sql) {
    sqlite3 *database;
    assert_int_equal(sqlite3_open(path, &database), SQLITE_OK);
    assert_int_equal(sqlite3_exec(database, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(database);
}

/* Tables of each kind: short and long rows, in one page and in many, with and without rowids, an index. */
static void make_database(void) {
    run_sql(
        "PRAGMA page_size = 4096; PRAGMA secure_delete = OFF;"
        "CREATE TABLE few (key INTEGER PRIMARY KEY, a, b REAL, c TEXT, d BLOB);"
        "INSERT INTO few VALUES (1, NULL, 1.5, 'one', x'00FF'), (2, 0, 0, '', x''), (-3, 1, 2, 'é', NULL),"
        " (300, 127, 1, 'x', 1), (70000, -32768, 1, 'x', 8388607), (5, 2147483647, 1, 'x', -2147483648),"
        " (6, 140737488355327, 1, 'x', 9223372036854775807), (7, -9223372036854775808, 1, 'x', 1);"
        "CREATE TABLE many (key INTEGER PRIMARY KEY, word TEXT);"
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)"
        " INSERT INTO many SELECT i * 7919, printf('word %d', i) FROM n;"
        "CREATE INDEX by_word ON many (word);"
        "CREATE TABLE long (key INTEGER PRIMARY KEY, word TEXT);"
        "INSERT INTO long VALUES (1, printf('%.4000c', 'a')), (2, printf('%.20000c', 'b')), (3, 'c');"
        "CREATE TABLE named (name BLOB PRIMARY KEY, word TEXT) WITHOUT ROWID;"
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300)"
        " INSERT INTO named SELECT printf('%04d', i), printf('%.*c', i * 10, 'd') FROM n;"
        "CREATE TABLE gone (word TEXT); INSERT INTO gone VALUES (printf('%.30000c', 'e'));"
        "CREATE VIEW seen AS SELECT 1");
}

static const struct database_row *rows_of(const struct database_file *file, const char *table,
                                          size_t *count) {
    const struct database_entry *entry = database_file_table(file, table);
    assert_non_null(entry);
    return database_file_rows(file, entry, count);
}

/* --- what SQLite gives --- */

static void assert_same_value(const struct database_value *value, sqlite3_stmt *row, int column) {
    static const int kinds[] = {[SQLITE_INTEGER] = DATABASE_INTEGER,
                                [SQLITE_FLOAT] = DATABASE_REAL,
                                [SQLITE_TEXT] = DATABASE_TEXT,
                                [SQLITE_BLOB] = DATABASE_BLOB,
                                [SQLITE_NULL] = DATABASE_NULL};
    int type = sqlite3_column_type(row, column);
    /* A real number without decimals is kept as a whole one. */
    if (type == SQLITE_FLOAT && value->kind == DATABASE_INTEGER) {
        assert_true((double)value->integer == sqlite3_column_double(row, column));
        return;
    }
    assert_int_equal(value->kind, kinds[type]);
    if (type == SQLITE_INTEGER)
        assert_true(value->integer == sqlite3_column_int64(row, column));
    if (type != SQLITE_TEXT && type != SQLITE_BLOB)
        return;
    assert_int_equal(value->length, sqlite3_column_bytes(row, column));
    if (value->length)
        assert_memory_equal(value->bytes, sqlite3_column_blob(row, column), value->length);
}

/* Every row and value of the table, `first` being the first column that is in the records. */
static void assert_same_rows(const struct database_file *file, const char *table, int first) {
    sqlite3 *database;
    sqlite3_stmt *row;
    size_t count, at = 0;
    const struct database_row *rows = rows_of(file, table, &count);
    assert_int_equal(sqlite3_open_v2(path, &database, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    sqlite3_prepare_v2(database, arena_format(arena, "SELECT * FROM %s ORDER BY 1", table), -1, &row, NULL);
    for (; sqlite3_step(row) == SQLITE_ROW; at++) {
        struct database_value values[8];
        assert_true(at < count);
        assert_int_equal(database_file_values(&rows[at], values, 8), sqlite3_column_count(row));
        assert_int_equal(rows[at].has_key, first);
        if (first)
            assert_true(rows[at].key == sqlite3_column_int64(row, 0));
        for (int i = first; i < sqlite3_column_count(row); i++)
            assert_same_value(&values[i], row, i);
    }
    assert_int_equal(at, count);
    sqlite3_finalize(row);
    sqlite3_close(database);
}

static void test_same_as_sqlite(void **state) {
    (void)state;
    size_t count;
    make_database();
    struct database_file *file = read_database();
    assert_same_rows(file, "few", 1);
    assert_same_rows(file, "many", 1);
    assert_same_rows(file, "long", 1);
    assert_same_rows(file, "named", 0);
    const struct database_entry *entries = database_file_entries(file, &count);
    assert_int_equal(count, 8);
    assert_string_equal(entries[0].name, "sqlite_schema");
    assert_string_equal(entries[7].type, "view");
    assert_null(database_file_table(file, "by_word"));
    database_file_rows(file, &entries[3], &count);
    assert_string_equal(entries[3].name, "by_word");
    assert_int_equal(count, 2000);
    database_file_damage(file, &count);
    assert_int_equal(count, 0);
}

/* A reader sees what was committed to the log, and nothing that was not. */
static void test_log(void **state) {
    (void)state;
    size_t count;
    sqlite3 *database;
    assert_int_equal(sqlite3_open(path, &database), SQLITE_OK);
    sqlite3_exec(database, "PRAGMA journal_mode = WAL; CREATE TABLE few (key INTEGER PRIMARY KEY, word TEXT)",
                 NULL, NULL, NULL);
    for (int i = 0; i < 40; i++)
        sqlite3_exec(database, "INSERT INTO few (word) VALUES (printf('%.900c', 'w'))", NULL, NULL, NULL);
    struct database_files files = read_files();
    assert_true(files.log.length > 0 && files.shared.length > 0);
    struct database_file *file = database_file_parse(arena, &files);
    rows_of(file, "few", &count);
    assert_int_equal(count, 40);
    database_file_damage(file, &count);
    assert_int_equal(count, 0);
    files.log.length -= 1;
    rows_of(database_file_parse(arena, &files), "few", &count);
    assert_int_equal(count, 39);
    ((unsigned char *)files.log.bytes)[40] ^= 1;
    file = database_file_parse(arena, &files);
    assert_null(database_file_table(file, "few"));
    sqlite3_close(database);
}

static void test_what_is_read(void **state) {
    (void)state;
    struct database_files files;
    struct failure failure = {0};
    assert_false(database_file_read(arena, path, &files, &failure));
    assert_non_null(strstr(failure.text, "there is no store at"));
    failure = (struct failure){0};
    assert_false(database_file_read(arena, folder, &files, &failure));
    assert_non_null(strstr(failure.text, "not a regular file"));
    write_file("", 0);
    files = read_files();
    assert_int_equal(files.file.length, 0);
    assert_null(files.log.bytes);
    assert_null(database_file_parse(arena, &files));
    write_file("SQLite format 3", 16);
    files = read_files();
    assert_null(database_file_parse(arena, &files));
    remove_store();
    run_sql("CREATE TABLE t (a); PRAGMA application_id = 77; PRAGMA user_version = 8");
    struct database_file *file = read_database();
    assert_int_equal(database_file_application(file), 77);
    assert_int_equal(database_file_version(file), 8);
}

/* --- order and remains --- */

static size_t turns_of(const struct database_file *file, const char *table) {
    return database_file_order(file, database_file_table(file, table)).turns;
}

static void test_order(void **state) {
    (void)state;
    run_sql("CREATE TABLE sorted (key INTEGER PRIMARY KEY, word); CREATE TABLE came (key INTEGER PRIMARY "
            "KEY, word);"
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)"
            " INSERT INTO sorted SELECT i * 7919, printf('%.50c', 'w') FROM n;"
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20)"
            " INSERT INTO came SELECT i * 7919 % 10007, printf('%.50c', 'w') FROM n");
    struct database_file *file = read_database();
    struct database_order order = database_file_order(file, database_file_table(file, "sorted"));
    assert_int_equal(order.rows, 500);
    assert_true(order.pages > 5);
    assert_int_equal(order.turns, 0);
    assert_int_equal(order.leaps, 0);
    assert_true(turns_of(file, "came") > 3);
    run_sql("CREATE TABLE long (key INTEGER PRIMARY KEY, word);"
            "INSERT INTO long VALUES (7, zeroblob(9000)), (1, zeroblob(9000)), (3, zeroblob(9000))");
    assert_true(database_file_order(read_database(), database_file_table(read_database(), "long")).leaps > 0);
    run_sql("VACUUM");
    assert_int_equal(database_file_order(read_database(), database_file_table(read_database(), "long")).leaps,
                     0);
}

static size_t remains_of(const struct database_file *file, const char *name) {
    size_t count, bytes = 0;
    const struct database_remains *remains = database_file_remains(file, &count);
    for (size_t i = 0; i < count; i++)
        if (name ? remains[i].entry && !strcmp(remains[i].entry->name, name) : !remains[i].entry)
            bytes += remains[i].bytes;
    return bytes;
}

static void test_remains(void **state) {
    (void)state;
    make_database();
    run_sql("PRAGMA secure_delete = OFF; DELETE FROM few WHERE key = 1; DELETE FROM many WHERE key < 79190;"
            "DROP TABLE gone");
    struct database_file *file = read_database();
    assert_true(remains_of(file, "many") > 50);
    assert_true(remains_of(file, NULL) > 29000);
    assert_true(remains_of(file, "few") > 0);
    run_sql("PRAGMA secure_delete = ON; VACUUM");
    file = read_database();
    assert_int_equal(remains_of(file, "many") + remains_of(file, NULL) + remains_of(file, "few"), 0);
    run_sql("PRAGMA secure_delete = ON; DELETE FROM many WHERE key < 79190; DROP TABLE long;"
            "DELETE FROM named WHERE length(word) % 3 = 0; DELETE FROM few WHERE key = 300");
    file = read_database();
    assert_int_equal(remains_of(file, "many") + remains_of(file, NULL) + remains_of(file, "few"), 0);
}

/* --- damage --- */

/* Everything that can be asked of a file. */
static void ask(const struct database_files *files, size_t *damage) {
    struct arena *own = arena_create();
    struct database_file *file = database_file_parse(own, files);
    size_t count, rows, remains;
    *damage = 1;
    if (file) {
        const struct database_entry *entries = database_file_entries(file, &count);
        for (size_t i = 0; i < count; i++) {
            const struct database_row *all = database_file_rows(file, &entries[i], &rows);
            for (size_t j = 0; j < rows; j++) {
                struct database_value values[4];
                size_t sum = 0, found = database_file_values(&all[j], values, 4);
                for (size_t k = 0; k < found && k < 4; k++)
                    for (size_t at = 0; at < values[k].length; at++)
                        sum += values[k].bytes[at];
                assert_true(sum < SIZE_MAX);
            }
            database_file_order(file, &entries[i]);
        }
        database_file_remains(file, &remains);
        database_file_damage(file, damage);
    }
    arena_destroy(own);
}

static struct database_files copy_files(const struct database_files *files) {
    struct database_files copy = *files;
    copy.file.bytes =
        (const unsigned char *)arena_copy_bytes(arena, (const char *)files->file.bytes, files->file.length);
    return copy;
}

/* Bytes written over, in many copies; xorshift, so that each run is the same. */
static void test_damaged_copies(void **state) {
    (void)state;
    enum { COPIES = 1500 };
    size_t damage, damaged = 0;
    make_database();
    run_sql("DROP TABLE gone");
    struct database_files files = read_files(), copy = copy_files(&files);
    unsigned char *bytes = (unsigned char *)copy.file.bytes;
    uint64_t random = 88172645463325252U;
    for (int i = 0; i < COPIES; i++) {
        memcpy(bytes, files.file.bytes, files.file.length);
        for (int changes = 0; changes < 1 + i % 40; changes++) {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            size_t page = random / 64 % (files.file.length / PAGE);
            /* Headers and places of cells are where it hurts. */
            size_t at = random % 3 ? random / 4096 % 64 : random / 4096 % PAGE;
            bytes[page * PAGE + at] = random % 5 ? (unsigned char)(random >> 40) : 0xFF;
        }
        memcpy(bytes, "SQLite format 3", 16);
        ask(&copy, &damage);
        damaged += damage > 0;
    }
    assert_true(damaged > COPIES / 2);
}

static void test_cut_copies(void **state) {
    (void)state;
    size_t damage;
    make_database();
    struct database_files files = read_files();
    ask(&files, &damage);
    assert_int_equal(damage, 0);
    size_t whole = files.file.length;
    for (size_t length = 0; length < whole; length += length < 600 ? 7 : 1021) {
        struct database_files cut = files;
        cut.file.bytes = (const unsigned char *)malloc(length + 1);
        cut.file.length = length;
        memcpy((unsigned char *)cut.file.bytes, files.file.bytes, length);
        ask(&cut, &damage);
        assert_true(damage > 0);
        free((unsigned char *)cut.file.bytes);
    }
}

static void put_four(unsigned char *at, uint32_t number) {
    for (int i = 0; i < 4; i++)
        at[i] = (unsigned char)(number >> (24 - 8 * i));
}

/* Trees, chains and lists that lead back to themselves. */
static void test_circles(void **state) {
    (void)state;
    size_t damage;
    make_database();
    run_sql("DROP TABLE gone");
    struct database_files files = read_files();
    struct database_file *file = database_file_parse(arena, &files);
    uint32_t many = database_file_table(file, "many")->root, named = database_file_table(file, "named")->root;
    uint32_t trunk = (uint32_t)files.file.bytes[34] << 8 | files.file.bytes[35];
    assert_true(trunk > 0 && files.file.bytes[(many - 1) * PAGE] == 0x05);
    const struct {
        size_t at;
        uint32_t number;
    } circles[] = {{(size_t)(many - 1) * PAGE + 8, many},
                   {(size_t)(many - 1) * PAGE + 8, 1},
                   {(size_t)(many - 1) * PAGE + 8, named},
                   {(size_t)(named - 1) * PAGE + 8, named},
                   {(size_t)(trunk - 1) * PAGE, trunk},
                   {(size_t)(trunk - 1) * PAGE, 1},
                   {(size_t)(trunk - 1) * PAGE + 4, UINT32_MAX},
                   {(size_t)(trunk - 1) * PAGE + 8, trunk},
                   {(size_t)(trunk - 1) * PAGE + 8, many},
                   {32, many},
                   {32, UINT32_MAX},
                   {28, UINT32_MAX}};
    for (size_t i = 0; i < sizeof circles / sizeof *circles; i++) {
        struct database_files copy = copy_files(&files);
        put_four((unsigned char *)copy.file.bytes + circles[i].at, circles[i].number);
        ask(&copy, &damage);
        if (damage == 0)
            fail_msg("circle %zu was not seen", i);
    }
}

/* A long row that leads back to its own page, and one that goes on nowhere. */
static void test_long_rows(void **state) {
    (void)state;
    enum {
        LENGTH = 20000 + 5,
        LEAST = (PAGE - 12) * 32 / 255 - 23,
        LOCAL = LEAST + (LENGTH - LEAST) % (PAGE - 4)
    };
    size_t damage, count;
    run_sql("CREATE TABLE long (key INTEGER PRIMARY KEY, word TEXT);"
            "INSERT INTO long VALUES (2, printf('%.20000c', 'b'))");
    struct database_files files = read_files();
    struct database_file *file = database_file_parse(arena, &files);
    uint32_t root = database_file_table(file, "long")->root;
    const unsigned char *page = files.file.bytes + (size_t)(root - 1) * PAGE;
    size_t next = (size_t)(root - 1) * PAGE + ((size_t)page[8] << 8 | page[9]) + 4 + LOCAL;
    const struct database_row *rows = rows_of(file, "long", &count);
    assert_int_equal(count, 1);
    assert_int_equal(rows[0].length, LENGTH);
    const uint32_t wrong[] = {root, 0, UINT32_MAX, 1};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct database_files copy = copy_files(&files);
        put_four((unsigned char *)copy.file.bytes + next, wrong[i]);
        ask(&copy, &damage);
        assert_true(damage > 0);
        rows_of(database_file_parse(arena, &copy), "long", &count);
        assert_int_equal(count, 0);
    }
}

/* --- stores --- */

static void assert_tells_nothing(void) {
    size_t damage;
    struct database_file *file = read_database();
    const struct database_order drafts = database_file_order(file, database_file_table(file, "draft"));
    assert_int_equal(turns_of(file, "response"), 0);
    assert_int_equal(database_file_order(file, database_file_table(file, "response")).leaps, 0);
    assert_true(drafts.turns <= (drafts.pages > 1 ? drafts.pages : 0));
    assert_int_equal(remains_of(file, "response") + remains_of(file, "draft") +
                         remains_of(file, "invitation") + remains_of(file, NULL),
                     0);
    database_file_damage(file, &damage);
    assert_int_equal(damage, 0);
}

/* A store with links leaves neither order nor remains at any moment, however long answers and drafts are. */
static void test_store_with_links(void **state) {
    (void)state;
    enum { ROUNDS = 100, NAMES = 40, LONGEST = 9000 };
    static const unsigned char sealed[LONGEST] = {1, 2, 3};
    struct failure failure = {0};
    struct store *store = open_store(STORE_WRITE, base);
    assert_true(store_keep_links(store, &failure));
    uint64_t random = 88172645463325252U;
    for (int i = 0; i < ROUNDS; i++) {
        random = random * 6364136223846793005U + 1442695040888963407U;
        const char *cells[ITEMS] = {
            [ROLE] = "member", [WORDS] = arena_format(arena, "%0*d", (int)(random >> 51), i)};
        struct response response = respond(base, cells, NULL);
        struct submission submission = {.response = &response};
        struct link_hash name = {{(unsigned char)((random >> 20) % NAMES * 6), (unsigned char)i % 2}};
        assert_int_equal(store_begin(store), STORE_DONE);
        if (random >> 30 & 1)
            assert_int_equal(store_submit(store, &submission, "2024-03-01"), STORE_DONE);
        assert_int_equal(random >> 31 & 3 ? store_keep_draft(store, &name, sealed, (random >> 40) % LONGEST)
                                          : store_drop_draft(store, &name),
                         STORE_DONE);
        assert_int_equal(store_commit(store), STORE_DONE);
        assert_tells_nothing();
    }
    assert_true(count_responses(store) > ROUNDS / 4);
    store_close(store);
}

/* One without does show its order, so that the test above can fail. */
static void test_store_without_links(void **state) {
    (void)state;
    struct store *store = open_store(STORE_WRITE, base);
    for (int i = 0; i < 20; i++) {
        struct response response = respond(base, FULL, NULL);
        add(store, &response);
    }
    store_close(store);
    assert_true(turns_of(read_database(), "response") > 3);
}

int main(void) {
    const struct CMUnitTest tests[] = {
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
        TEST(test_same_as_sqlite),
        TEST(test_log),
        TEST(test_what_is_read),
        TEST(test_order),
        TEST(test_remains),
        TEST(test_damaged_copies),
        TEST(test_cut_copies),
        TEST(test_circles),
        TEST(test_long_rows),
        TEST(test_store_with_links),
        TEST(test_store_without_links),
#undef TEST
    };
    return cmocka_run_group_tests(tests, set_up_all, tear_down_all);
}

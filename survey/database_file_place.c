/* Which bytes are which page: in the file, or in the log of its last commits. */
#include "survey/database_file_internal.h"

#include <string.h>

enum {
    AT_PAGE_SIZE = 16,
    AT_RESERVED = 20,
    AT_CHANGES = 24,
    AT_PAGE_COUNT = 28,
    AT_CHANGES_OF_COUNT = 92,
    RESERVED_MOST = 32,
    LOG_HEADER = 32,
    FRAME_HEADER = 24,
    AT_LOG_PAGE_SIZE = 8,
    AT_SALT = 16,
    AT_CHECKSUM = 24,
    SALT = 8
};

/* --- the log --- */

struct log {
    const unsigned char *bytes;
    size_t page_size, frame_count; /* up to the last commit */
    uint32_t page_count;           /* of the database then */
    uint32_t sums[2];
    bool is_big;
};

static uint32_t read_word(const struct log *log, const unsigned char *bytes) {
    uint32_t big = database_file_four(bytes);
    return log->is_big ? big : __builtin_bswap32(big);
}

static void add_to_sums(struct log *log, const unsigned char *bytes, size_t length) {
    for (size_t i = 0; i + 8 <= length; i += 8) {
        log->sums[0] += read_word(log, bytes + i) + log->sums[1];
        log->sums[1] += read_word(log, bytes + i + 4) + log->sums[0];
    }
}

static bool has_sums(const struct log *log, const unsigned char *bytes) {
    return database_file_four(bytes) == log->sums[0] && database_file_four(bytes + 4) == log->sums[1];
}

static bool is_page_size(size_t size) {
    return size >= DATABASE_PAGE_LEAST && size <= DATABASE_PAGE_MOST && (size & (size - 1)) == 0;
}

static const unsigned char *frame_of(const struct log *log, size_t index) {
    return log->bytes + LOG_HEADER + index * (FRAME_HEADER + log->page_size);
}

static bool open_log(struct log *log, const struct database_bytes *file) {
    enum { LITTLE = 0x377F0682, BIG = 0x377F0683 };
    if (file->length < LOG_HEADER)
        return false;
    uint32_t magic = database_file_four(file->bytes);
    *log = (struct log){.bytes = file->bytes,
                        .page_size = database_file_four(file->bytes + AT_LOG_PAGE_SIZE),
                        .is_big = magic == BIG};
    add_to_sums(log, file->bytes, AT_CHECKSUM);
    return (magic == LITTLE || magic == BIG) && is_page_size(log->page_size) &&
           has_sums(log, file->bytes + AT_CHECKSUM);
}

/* Frames count as long as each carries the log's mark and the right sums, up to the last that ends a commit:
 * what follows is of an earlier round, or was never finished. */
static bool read_log(struct log *log, const struct database_bytes *file) {
    if (!open_log(log, file))
        return false;
    size_t room = (file->length - LOG_HEADER) / (FRAME_HEADER + log->page_size);
    for (size_t i = 0; i < room; i++) {
        const unsigned char *frame = frame_of(log, i);
        if (memcmp(frame + 8, log->bytes + AT_SALT, SALT) != 0)
            break;
        add_to_sums(log, frame, 8);
        add_to_sums(log, frame + FRAME_HEADER, log->page_size);
        if (!has_sums(log, frame + 16))
            break;
        if (database_file_four(frame + 4)) {
            log->frame_count = i + 1;
            log->page_count = database_file_four(frame + 4);
        }
    }
    return log->frame_count > 0;
}

/* --- pages --- */

static bool is_database(const unsigned char *bytes, size_t length) {
    static const char magic[] = "SQLite format 3";
    return length >= DATABASE_HEADER && !memcmp(bytes, magic, sizeof magic);
}

/* The pages of the file itself; their number in its header counts if the header is up to date. */
static void place_file(struct database_file *file, const struct database_bytes *bytes, bool has_log) {
    size_t whole = bytes->length / file->page_size;
    for (size_t i = 0; i < whole && i < file->page_count; i++)
        file->pages[i + 1] = bytes->bytes + i * file->page_size;
    if (has_log)
        return;
    const unsigned char *header = bytes->bytes;
    bool is_counted = !memcmp(header + AT_CHANGES, header + AT_CHANGES_OF_COUNT, 4);
    if (bytes->length % file->page_size || (is_counted && database_file_four(header + AT_PAGE_COUNT) > whole))
        database_file_note_damage(file, 0);
}

/* A page of which neither file nor log has a byte is damage, and all zeroes. */
static void fill_holes(struct database_file *file) {
    const unsigned char *nothing = ARENA_NEW(file->arena, unsigned char, file->page_size);
    for (uint32_t i = 1; i <= file->page_count; i++)
        if (!file->pages[i]) {
            file->pages[i] = nothing;
            database_file_note_damage(file, i);
        }
}

/* Later frames replace earlier ones. */
static void place_log(struct database_file *file, const struct log *log) {
    for (size_t i = 0; i < log->frame_count; i++) {
        uint32_t number = database_file_four(frame_of(log, i));
        if (number >= 1 && number <= file->page_count)
            file->pages[number] = frame_of(log, i) + FRAME_HEADER;
    }
}

static size_t page_size_of(const unsigned char *header) {
    size_t size = database_file_two(header + AT_PAGE_SIZE);
    return size == 1 ? DATABASE_PAGE_MOST : size;
}

/* Where SQLite finds a log of whole commits it takes it for the database's, whatever the file says. */
static bool has_log(const struct database_files *files, struct log *log) {
    return read_log(log, &files->log) && log->page_size == page_size_of(files->file.bytes) &&
           log->page_count <= files->file.length / log->page_size + log->frame_count;
}

bool database_file_place(struct database_file *file, const struct database_files *files) {
    const struct database_bytes *bytes = &files->file;
    struct log log;
    if (!is_database(bytes->bytes, bytes->length) || !is_page_size(page_size_of(bytes->bytes)))
        return false;
    bool logged = has_log(files, &log);
    file->page_size = page_size_of(bytes->bytes);
    file->page_count = logged ? log.page_count : (uint32_t)(bytes->length / file->page_size);
    if (file->page_count == 0)
        return false;
    file->pages = ARENA_NEW(file->arena, const unsigned char *, (size_t)file->page_count + 1);
    place_file(file, bytes, logged);
    if (logged)
        place_log(file, &log);
    fill_holes(file);
    const unsigned char *header = file->pages[1];
    file->usable = file->page_size - header[AT_RESERVED];
    return is_database(header, file->page_size) && header[AT_RESERVED] <= RESERVED_MOST;
}

#include "survey/sheet_record.h"

#include "model/answer_csv.h"
#include "model/csv.h"

#include <inttypes.h>
#include <string.h>

/* Names of columns are ids, which have nothing that would be quoted. */
static struct sheet_record make(struct arena *arena, const struct questionnaire *questionnaire) {
    struct buffer header = {0};
    answer_csv_header(&header, questionnaire, ',');
    size_t most = 1;
    for (const char *at = buffer_text(&header); *at; at++)
        most += *at == ',';
    const char **names = ARENA_NEW(arena, const char *, most);
    struct sheet_record record = {questionnaire, names, ARENA_NEW(arena, const char *, most), 0};
    char *rest = arena_copy(arena, buffer_text(&header));
    for (char *name; (name = strsep(&rest, ",\n")) && *name;) {
        record.cells[record.count] = "";
        names[record.count++] = name;
    }
    buffer_destroy(&header);
    return record;
}

static size_t find(const struct sheet_record *record, const char *name) {
    size_t at = 0;
    while (at < record->count && strcmp(record->names[at], name) != 0)
        at++;
    return at;
}

struct sheet_record sheet_record_create(struct arena *arena, const struct questionnaire *questionnaire,
                                        int64_t sheet, const char *language) {
    struct sheet_record record = make(arena, questionnaire);
    sheet_record_set(&record, "channel", "paper");
    sheet_record_set(&record, "language", language);
    sheet_record_set(&record, "sheet", arena_format(arena, "%" PRId64, sheet));
    return record;
}

struct sheet_record sheet_record_read(struct arena *arena, const struct questionnaire *questionnaire,
                                      const char *text) {
    struct sheet_record record = make(arena, questionnaire);
    struct csv_reader *reader = csv_open(text, strlen(text));
    struct csv_record line;
    if (csv_next(reader, &line)) {
        size_t count = line.count;
        size_t *columns = ARENA_NEW(arena, size_t, count);
        for (size_t i = 0; i < count; i++)
            columns[i] = find(&record, line.fields[i]);
        if (csv_next(reader, &line))
            for (size_t i = 0; i < count && i < line.count; i++)
                if (columns[i] < record.count)
                    record.cells[columns[i]] = arena_copy(arena, line.fields[i]);
    }
    csv_close(reader);
    return record;
}

static void append_line(struct buffer *text, const char *const *cells, size_t count) {
    for (size_t i = 0; i < count; i++) {
        buffer_append(text, i ? "," : "");
        csv_append(text, cells[i], ',');
    }
    buffer_append(text, "\n");
}

const char *sheet_record_write(struct arena *arena, const struct sheet_record *record) {
    struct buffer text = {0};
    append_line(&text, record->names, record->count);
    append_line(&text, record->cells, record->count);
    const char *kept = arena_copy(arena, buffer_text(&text));
    buffer_destroy(&text);
    return kept;
}

const char *sheet_record_cell(const struct sheet_record *record, const char *name) {
    size_t at = find(record, name);
    return at < record->count ? record->cells[at] : NULL;
}

bool sheet_record_set(struct sheet_record *record, const char *name, const char *cell) {
    size_t at = find(record, name);
    if (at == record->count)
        return false;
    record->cells[at] = cell;
    return true;
}

/* Reading a report's text: its holes, and what of Markdown it may have. */
#include "analysis/author_hole.h"
#include "analysis/author_markdown.h"
#include "model/base/text.h"

#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum { SOURCE_MOST = 1 << 20, OPEN_MOST = 32, HOLES_MOST = 10000 };

/* An {{if}} or a {{claim}} that has not ended, and where its next piece goes. */
struct open_piece {
    struct author_piece *piece; /* NULL: the text itself */
    const struct author_piece **end;
    bool has_else;
    const char *start; /* of what it holds */
};

struct reading {
    struct arena *arena;
    const struct author_scope *scope;
    struct diagnostics *diagnostics;
    const char *source;
    const char *rest; /* what is not yet a piece */
    struct author_text *text;
    struct open_piece open[OPEN_MOST + 1];
    size_t depth;
};

/* A hole with its braces, and whether nothing else but blanks is on its line. */
struct hole_place {
    const char *start, *end;
    const char *line, *behind; /* of its line: the start, and the start of the next one */
    bool alone;
};

static void complain(const struct reading *reading, const char *start, const char *end, const char *text) {
    diagnostics_error(reading->diagnostics, diagnostics_place(reading->source, start, end), "%s", text);
}

/* --- pieces --- */

static struct author_piece *add_piece(struct reading *reading, enum author_piece_kind kind) {
    struct author_piece *piece = ARENA_NEW(reading->arena, struct author_piece, 1);
    struct open_piece *open = &reading->open[reading->depth];
    piece->kind = kind;
    *open->end = piece;
    open->end = &piece->next;
    return piece;
}

/* Whether a backslash before a place takes its meaning away: not one that is itself behind one. */
static bool is_escaped(const char *source, const char *at) {
    size_t count = 0;
    while (at > source + count && at[-1 - (ptrdiff_t)count] == '\\')
        count++;
    return count % 2 == 1;
}

/* Adds what stands between `rest` and a place as a literal, a backslash before two braces taken away. */
static void add_literal(struct reading *reading, const char *end) {
    const char *start = reading->rest;
    if (start >= end)
        return;
    char *text = arena_copy_bytes(reading->arena, start, (size_t)(end - start));
    size_t length = 0;
    for (const char *at = text; *at; at++)
        if (strncmp(at, "\\{{", 3) != 0 || is_escaped(text, at))
            text[length++] = *at;
    text[length] = '\0';
    add_piece(reading, AUTHOR_LITERAL)->text = text;
    reading->rest = end;
}

/* --- where holes are --- */

static bool has_blank_line(const char *start, const char *end) {
    for (const char *at = start; (at = memchr(at, '\n', (size_t)(end - at))) != NULL;) {
        at++;
        if (at[strspn(at, " \t\r")] == '\n' && at < end)
            return true;
    }
    return false;
}

static bool is_blank(const char *start, const char *end) {
    return start + strspn(start, " \t\r") >= end;
}

/* Finds the first hole of the rest. False: there is none. */
static bool find_hole(const struct reading *reading, const char *from, struct hole_place *hole) {
    const char *start = strstr(from, "{{");
    while (start && is_escaped(reading->source, start))
        start = strstr(start + 2, "{{");
    if (!start)
        return false;
    *hole = (struct hole_place){.start = start, .line = start};
    const char *close = strstr(start + 2, "}}");
    if (!close || has_blank_line(start, close))
        return true;
    hole->end = close + 2;
    const char *before = memrchr(reading->source, '\n', (size_t)(start - reading->source));
    hole->line = before ? before + 1 : reading->source;
    const char *stop = strchrnul(hole->end, '\n');
    hole->behind = stop + (*stop == '\n');
    hole->alone = is_blank(hole->line, hole->start) && is_blank(hole->end, stop);
    return true;
}

/* --- what begins and what ends --- */

static void begin(struct reading *reading, struct author_piece *piece, const struct hole_place *hole) {
    if (reading->depth == OPEN_MOST) {
        complain(reading, hole->start, hole->end, "conditions are nested too deep here");
        return;
    }
    for (size_t i = 1; piece->kind == AUTHOR_CLAIM && i <= reading->depth; i++)
        if (reading->open[i].piece->kind == AUTHOR_CLAIM)
            complain(reading, hole->start, hole->end,
                     "a claim inside of a claim: join their conditions by \"and\"");
    reading->open[++reading->depth] =
        (struct open_piece){.piece = piece, .end = &piece->then, .start = hole->end};
}

static void turn(struct reading *reading, const struct hole_place *hole) {
    struct open_piece *open = &reading->open[reading->depth];
    if (!open->piece || open->piece->kind != AUTHOR_IF || open->has_else) {
        complain(reading, hole->start, hole->end, "there is no {{if}} that this could belong to");
        return;
    }
    open->has_else = true;
    open->end = &open->piece->otherwise;
}

/* Whether a line begins a heading, code or an item of a list, whose number may be another than 1 only behind
 * such an item: what looks like it in a paragraph is words. */
static bool begins_block(const char *line, bool in_list) {
    line += strspn(line, " ");
    size_t digits = strspn(line, "0123456789"), hashes = strspn(line, "#");
    if (digits)
        return (in_list || (digits == 1 && *line == '1')) && strspn(line + digits, ".)") == 1 &&
               line[digits + 1] == ' ';
    if (hashes)
        return hashes <= 6 && line[hashes] == ' ';
    return (strspn(line, "-+*") == 1 && line[1] == ' ') || !strncmp(line, "```", 3) ||
           !strncmp(line, "~~~", 3);
}

static bool leaves_paragraph(const struct reading *reading, const char *start, const char *end) {
    const char *first = start;
    while (first > reading->source && first[-1] != '\n')
        first--;
    bool in_list = begins_block(first, true);
    for (const char *line = start; (line = memchr(line, '\n', (size_t)(end - line))) != NULL;)
        if (begins_block(++line, in_list))
            return true;
    return has_blank_line(start, end);
}

/* A claim is about words of one paragraph: what marks it could not reach over several. */
static void check_claim(const struct reading *reading, const struct open_piece *open, const char *end) {
    bool alone = *open->start == '\n' || !strncmp(open->start, "\r\n", 2);
    const char *text = alone ? strchr(open->start, '\n') + 1 : open->start;
    if (leaves_paragraph(reading, text, end))
        complain(reading, open->start - 2, open->start,
                 "this claim does not end in its paragraph: give each paragraph its own");
    if (alone && (*text == '>' || begins_block(text, true)))
        complain(reading, text, text + 1, "begin the claim behind this sign, in the words that it is about");
}

static void finish(struct reading *reading, const struct hole_place *hole) {
    struct open_piece *open = &reading->open[reading->depth];
    if (!open->piece) {
        complain(reading, hole->start, hole->end, "there is nothing that this could end");
        return;
    }
    if (open->piece->kind == AUTHOR_CLAIM)
        check_claim(reading, open, hole->start);
    reading->depth--;
}

/* --- holes --- */

/* Adds the literal before a hole. Of a claim's end that is alone on its line, the words end on the line
 * before; other lines that a hole is alone on go with it. */
static void add_before(struct reading *reading, const struct hole_place *hole, enum author_hole_kind kind,
                       bool whole_line) {
    const struct author_piece *open = reading->open[reading->depth].piece;
    bool ends_claim = kind == AUTHOR_HOLE_END && open && open->kind == AUTHOR_CLAIM;
    if (whole_line && ends_claim && hole->line > reading->rest) {
        const char *end = hole->line - 1;
        add_literal(reading, end > reading->rest && end[-1] == '\r' ? end - 1 : end);
        reading->rest = hole->behind > hole->end ? hole->behind - 1 : hole->end;
        return;
    }
    add_literal(reading, whole_line ? hole->line : hole->start);
    reading->rest = whole_line ? hole->behind : hole->end;
}

static void take_piece(struct reading *reading, const struct author_piece *read,
                       const struct hole_place *hole) {
    if (author_hole_is_block(read) && !hole->alone)
        complain(reading, hole->start, hole->end, "this must stand on a line of its own");
    struct author_piece *piece = add_piece(reading, read->kind);
    *piece = *read;
    if (piece->kind == AUTHOR_IF || piece->kind == AUTHOR_CLAIM)
        begin(reading, piece, hole);
}

static void take_hole(struct reading *reading, const struct hole_place *hole) {
    struct author_tokens tokens = {
        .arena = reading->arena, .diagnostics = reading->diagnostics, .source = reading->source};
    struct author_piece piece = {.place = diagnostics_place(reading->source, hole->start, hole->end)};
    enum author_hole_kind kind = AUTHOR_HOLE_WRONG;
    if (author_tokens_read(&tokens, (size_t)(hole->start + 2 - reading->source),
                           (size_t)(hole->end - 2 - reading->source)))
        kind = author_hole_read(&tokens, reading->scope, &piece, &reading->text->language);
    bool inside = kind == AUTHOR_HOLE_WRONG || (kind == AUTHOR_HOLE_PIECE && piece.kind <= AUTHOR_FINDING);
    add_before(reading, hole, kind, hole->alone && !inside);
    bool begins = piece.kind == AUTHOR_IF || piece.kind == AUTHOR_CLAIM; /* even what is wrong has an end */
    if (kind == AUTHOR_HOLE_PIECE || (kind == AUTHOR_HOLE_WRONG && begins))
        take_piece(reading, &piece, hole);
    else if (kind == AUTHOR_HOLE_ELSE)
        turn(reading, hole);
    else if (kind == AUTHOR_HOLE_END)
        finish(reading, hole);
}

static void take_all(struct reading *reading) {
    struct hole_place hole;
    const char *from = reading->rest;
    for (size_t count = 0; find_hole(reading, from, &hole); count++) {
        if (count == HOLES_MOST) {
            complain(reading, hole.start, hole.start + 2, "a report's text has at most 10 000 holes");
            break;
        }
        if (hole.end) {
            take_hole(reading, &hole);
            from = hole.end;
        } else {
            complain(reading, hole.start, hole.start + 2, "this hole does not end with }} in its paragraph");
            from = hole.start + 2;
        }
    }
    add_literal(reading, reading->source + strlen(reading->source));
    for (; reading->depth; reading->depth--)
        diagnostics_error(reading->diagnostics, reading->open[reading->depth].piece->place,
                          "this has no {{end}}");
}

/* --- the text --- */

/* A copy in which each hole is letters and blanks of the same length, for what Markdown makes of the rest. */
static const char *mask(const struct reading *reading) {
    char *copy = arena_copy(reading->arena, reading->source);
    struct hole_place hole;
    for (const char *from = reading->source; find_hole(reading, from, &hole);) {
        const char *end = hole.end ? hole.end : hole.start + 2;
        for (char *at = copy + (hole.start - reading->source); at < copy + (end - reading->source); at++)
            *at = *at == '\n' ? '\n' : AUTHOR_MARKDOWN_MASK;
        from = end;
    }
    return copy;
}

const struct author_text *author_parse(struct arena *arena, const char *source, size_t length,
                                       const struct author_scope *scope, struct diagnostics *diagnostics) {
    static const char mark[] = "\xEF\xBB\xBF"; /* the byte-order mark */
    size_t skipped = length >= 3 && !memcmp(source, mark, 3) ? 3 : 0, bad;
    char *copy = arena_copy_bytes(arena, source + skipped, length - skipped);
    diagnostics_set_source(diagnostics, copy, length - skipped);
    if (!text_is_utf8(copy, length - skipped, &bad)) {
        diagnostics_error(diagnostics, diagnostics_place(copy, copy + bad, copy + bad + 1),
                          "the byte 0x%02X is not UTF-8; save the text as UTF-8", (unsigned char)copy[bad]);
        return NULL;
    }
    size_t errors = diagnostics_count(diagnostics, SEVERITY_ERROR);
    struct reading reading = {.arena = arena,
                              .scope = scope,
                              .diagnostics = diagnostics,
                              .source = copy,
                              .rest = copy,
                              .text = ARENA_NEW(arena, struct author_text, 1)};
    reading.text->language = scope->questionnaire->language_count;
    reading.open[0].end = &reading.text->pieces;
    take_all(&reading);
    author_markdown_check(mask(&reading), copy, diagnostics);
    return diagnostics_count(diagnostics, SEVERITY_ERROR) == errors ? reading.text : NULL;
}

const struct author_text *author_read(struct arena *arena, const char *file, const struct author_scope *scope,
                                      struct diagnostics *diagnostics, struct failure *failure) {
    struct stat status;
    if (stat(file, &status) == 0 && !S_ISREG(status.st_mode)) {
        failure_set(failure, "cannot read %s: it is not a regular file", file);
        return NULL;
    }
    FILE *stream = fopen(file, "rbe");
    if (!stream) {
        failure_set(failure, "cannot read %s: %s", file, strerror(errno));
        return NULL;
    }
    char *bytes = arena_allocate(arena, SOURCE_MOST + 1, 1);
    size_t length = fread(bytes, 1, SOURCE_MOST + 1, stream);
    bool bad = ferror(stream) != 0;
    fclose(stream);
    if (bad || length > SOURCE_MOST) {
        failure_set(failure, bad ? "cannot read %s" : "%s: a report's text has at most 1 MiB", file);
        return NULL;
    }
    return author_parse(arena, bytes, length, scope, diagnostics);
}

size_t author_language(const struct author_text *text) {
    return text->language;
}

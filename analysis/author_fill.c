/* Filling the holes of a report's text. */
#include "analysis/author_hole.h"
#include "analysis/author_markdown.h"
#include "analysis/finding.h"
#include "analysis/naming.h"
#include "analysis/theme_tables.h"
#include "model/suggestion.h"

#include <string.h>

/* The deepest section that a part of the default report, which has sections of its own, may stand in. */
enum { PART_LEVEL_MOST = 2 };

struct filler {
    const struct author_text *text;
    const struct author_filling *filling;
    struct arena *arena;
    struct diagnostics *diagnostics;
    struct buffer markdown;
    struct author_mark *marks;
    size_t mark_count, mark_capacity;
    const char **mentioned; /* keys of figures whose proof was given */
    size_t mentioned_count, mentioned_capacity;
    size_t claims, broken;
};

static const struct prose *prose_of(const struct filler *filler) {
    return &filler->filling->prose;
}

static void add_mark(struct filler *filler, struct author_mark mark) {
    if (filler->mark_count == filler->mark_capacity) {
        size_t capacity = filler->mark_capacity ? 2 * filler->mark_capacity : 64;
        struct author_mark *marks = ARENA_NEW(filler->arena, struct author_mark, capacity);
        if (filler->mark_count)
            memcpy(marks, filler->marks, filler->mark_count * sizeof *marks);
        filler->marks = marks;
        filler->mark_capacity = capacity;
    }
    author_markdown_append(&filler->markdown, filler->mark_count);
    filler->marks[filler->mark_count++] = mark;
}

static void add_text(struct filler *filler, const struct author_piece *piece, const char *text) {
    bool words = piece->kind == AUTHOR_FINDING ||
                 (piece->kind == AUTHOR_FIGURE && author_figure_takes_capital(piece->figure));
    add_mark(filler, (struct author_mark){words ? AUTHOR_MARK_WORDS : AUTHOR_MARK_TEXT, text ? text : "",
                                          NULL, piece->place});
}

/* --- figures --- */

/* Whether it is mentioned for the first time; from now on, it was. */
static bool mention(struct filler *filler, const struct author_figure *figure) {
    const char *key = author_figure_key(filler->arena, figure);
    for (size_t i = 0; i < filler->mentioned_count; i++)
        if (!strcmp(filler->mentioned[i], key))
            return false;
    if (filler->mentioned_count == filler->mentioned_capacity) {
        size_t capacity = filler->mentioned_capacity ? 2 * filler->mentioned_capacity : 64;
        const char **mentioned = ARENA_NEW(filler->arena, const char *, capacity);
        if (filler->mentioned_count)
            memcpy(mentioned, filler->mentioned, filler->mentioned_count * sizeof *mentioned);
        filler->mentioned = mentioned;
        filler->mentioned_capacity = capacity;
    }
    filler->mentioned[filler->mentioned_count++] = key;
    return true;
}

static void fill_figure(struct filler *filler, const struct author_piece *piece) {
    const struct author_value value = author_figure_value(prose_of(filler), piece->figure);
    if (value.refusal) {
        diagnostics_error(filler->diagnostics, piece->place, "\"%s\" cannot be given: %s",
                          author_figure_written(piece->figure), value.refusal);
        diagnostics_help(filler->diagnostics, " help | put it between {{if shown %s}} and {{end}}",
                         author_figure_written(piece->figure));
        return;
    }
    const char *proved = author_figure_prove(prose_of(filler), piece->figure);
    bool first = proved && mention(filler, piece->figure);
    add_text(filler, piece,
             first || (proved && author_figure_always_proved(piece->figure)) ? proved : value.text);
}

/* --- blocks --- */

static void check_chart(struct filler *filler, const struct author_piece *piece) {
    const struct charts *charts = filler->filling->charts;
    if (chart_find(charts, piece->text))
        return;
    const char **names = ARENA_NEW(filler->arena, const char *, charts->count);
    for (size_t i = 0; i < charts->count; i++)
        names[i] = charts->all[i].name;
    const char *meant = suggestion_meant(piece->text, names, charts->count);
    if (meant)
        diagnostics_error(filler->diagnostics, piece->place, "there is no chart \"%s\"; did you mean \"%s\"?",
                          piece->text, meant);
    else
        diagnostics_error(filler->diagnostics, piece->place,
                          "there is no chart \"%s\"; `analysis holes` lists those there are", piece->text);
}

/* What a block names may be missing from these answers. */
static void check_block(struct filler *filler, const struct author_piece *piece) {
    const struct results *results = prose_of(filler)->results;
    if (piece->kind == AUTHOR_CHART)
        check_chart(filler, piece);
    bool coded = piece->kind == AUTHOR_THEMES || piece->kind == AUTHOR_QUOTES;
    const struct item_themes *themes = coded ? themes_of(results, piece->item) : NULL;
    if (coded && !themes)
        diagnostics_error(filler->diagnostics, piece->place,
                          "the answers to \"%s\" are not coded, or fewer than 10: see `analysis themes`",
                          piece->item->id);
    else if (piece->kind == AUTHOR_QUOTES && piece->text && !themes_find(themes, piece->text))
        diagnostics_error(filler->diagnostics, piece->place, "the coding of \"%s\" has no theme \"%s\"",
                          piece->item->id, piece->text);
}

static void fill_block(struct filler *filler, const struct author_piece *piece) {
    check_block(filler, piece);
    buffer_append(&filler->markdown, "\n\n");
    add_mark(filler, (struct author_mark){AUTHOR_MARK_BLOCK, NULL, piece, piece->place});
    buffer_append(&filler->markdown, "\n\n");
}

static void add_quotes(const struct filler *filler, struct document *document,
                       const struct author_piece *piece) {
    const struct item_themes *themes = themes_of(prose_of(filler)->results, piece->item);
    const struct theme *theme = piece->text ? themes_find(themes, piece->text) : NULL;
    if (themes && (theme || !piece->text))
        theme_tables_add_quotations(document, prose_of(filler), piece->item, theme, piece->most);
}

static void add_part(const struct filler *filler, struct document *document, const struct author_piece *piece,
                     size_t level) {
    if (level > PART_LEVEL_MOST)
        diagnostics_error(filler->diagnostics, piece->place,
                          "a part has headings of its own: put it below a heading with \"##\" or \"###\"");
    else
        report_content_add_part(document, prose_of(filler),
                                filler->filling->drawn ? filler->filling->charts : NULL, piece->part);
}

static void add_block(const void *context, struct document *document, const struct author_mark *mark,
                      size_t level) {
    const struct filler *filler = context;
    const struct author_piece *piece = mark->block;
    const struct charts *charts = filler->filling->charts, *drawn = filler->filling->drawn ? charts : NULL;
    const struct breakdown_list *by = &prose_of(filler)->results->by;
    switch (piece->kind) {
    case AUTHOR_CHART:
        if (drawn && chart_find(charts, piece->text))
            document_chart(document, chart_find(charts, piece->text));
        break;
    case AUTHOR_TABLE:
        report_content_add_table(document, prose_of(filler), piece->item->question,
                                 piece->question ? NULL : piece->item,
                                 piece->by < by->count ? &by->all[piece->by] : NULL);
        break;
    case AUTHOR_THEMES:
        theme_tables_add(document, prose_of(filler), piece->item, drawn);
        break;
    case AUTHOR_QUOTES:
        add_quotes(filler, document, piece);
        break;
    default:
        add_part(filler, document, piece, level);
    }
}

/* --- conditions --- */

static void fill_pieces(struct filler *filler, const struct author_piece *piece);

static void fill_if(struct filler *filler, const struct author_piece *piece) {
    fill_pieces(filler,
                author_condition_holds(prose_of(filler), piece->condition) ? piece->then : piece->otherwise);
}

static void fill_claim(struct filler *filler, const struct author_piece *piece) {
    filler->claims++;
    if (author_condition_holds(prose_of(filler), piece->condition)) {
        fill_pieces(filler, piece->then);
        return;
    }
    filler->broken++;
    const char *present = author_condition_present(prose_of(filler), piece->condition);
    const struct hole holes[] = {
        {"condition", author_condition_written(piece->condition)}, {"present", present}, {0}};
    diagnostics_warning(filler->diagnostics, piece->place, "this claim does not hold: %s", present);
    add_mark(filler, (struct author_mark){AUTHOR_MARK_DOUBT, NULL, NULL, piece->place});
    fill_pieces(filler, piece->then);
    add_mark(filler, (struct author_mark){AUTHOR_MARK_REMARK,
                                          prose_say(prose_of(filler), MESSAGE_AUTHOR_DOUBT, holes), NULL,
                                          piece->place});
}

/* --- pieces --- */

static const char *find_words(const struct filler *filler, const struct author_piece *piece) {
    const struct prose *prose = prose_of(filler);
    const struct questionnaire *questionnaire = prose->results->questionnaire;
    switch (piece->kind) {
    case AUTHOR_TITLE:
        return naming_wording(prose, &questionnaire->title);
    case AUTHOR_ORGANISATION:
        return naming_wording(prose, &questionnaire->organisation);
    case AUTHOR_CONFIDENCE:
        return prose_confidence(prose);
    case AUTHOR_QUESTION:
        return piece->question ? naming_wording(prose, &piece->question->text)
                               : naming_wording(prose, &piece->item->text);
    case AUTHOR_OPTION:
        return naming_option(prose, piece->item, piece->option);
    default:
        return finding_item(prose, &prose->results->items[piece->item->index]);
    }
}

static void fill_piece(struct filler *filler, const struct author_piece *piece) {
    if (piece->kind == AUTHOR_LITERAL)
        author_markdown_literal(&filler->markdown, piece->text);
    else if (piece->kind == AUTHOR_FIGURE)
        fill_figure(filler, piece);
    else if (piece->kind == AUTHOR_IF)
        fill_if(filler, piece);
    else if (piece->kind == AUTHOR_CLAIM)
        fill_claim(filler, piece);
    else if (author_hole_is_block(piece))
        fill_block(filler, piece);
    else
        add_text(filler, piece, find_words(filler, piece));
}

static void fill_pieces(struct filler *filler, const struct author_piece *piece) {
    for (; piece; piece = piece->next)
        fill_piece(filler, piece);
}

const struct document *author_fill(const struct author_text *text, const struct author_filling *filling,
                                   const struct document_head *head, struct diagnostics *diagnostics,
                                   size_t *claims, size_t *broken) {
    size_t errors = diagnostics_count(diagnostics, SEVERITY_ERROR);
    struct filler filler = {
        .text = text, .filling = filling, .arena = filling->prose.arena, .diagnostics = diagnostics};
    fill_pieces(&filler, text->pieces);
    const struct author_writing writing = {.arena = filler.arena,
                                           .diagnostics = diagnostics,
                                           .marks = filler.marks,
                                           .mark_count = filler.mark_count,
                                           .is_french = filling->prose.language == LANGUAGE_FRENCH,
                                           .add_block = add_block,
                                           .context = &filler};
    struct document *document = author_markdown_write(&writing, buffer_text(&filler.markdown), head);
    document_settle(document);
    buffer_destroy(&filler.markdown);
    *claims = filler.claims;
    *broken = filler.broken;
    return diagnostics_count(diagnostics, SEVERITY_ERROR) == errors ? document : NULL;
}

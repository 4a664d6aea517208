#include "analysis/weight_tables.h"

#include "analysis/breakdown.h"
#include "analysis/naming.h"
#include "analysis/weights.h"
#include "model/base/terminal.h"

/* Weights that differ by less are one weight, which costs nothing. */
static const double SAME = 1e-9;

static const char *margin_text(const struct prose *prose, const struct margin *margin) {
    return margin->item ? naming_item(prose, margin->item)
                        : prose_say(prose, MESSAGE_REPORT_CROSSED_CHANNEL, NULL);
}

const char *weight_tables_margins(const struct prose *prose) {
    const struct weights *weights = prose->results->weights;
    const char *text = NULL;
    for (size_t i = 0; weights && i < weights->margin_count; i++) {
        const char *margin = margin_text(prose, weights->margins[i]);
        text = text ? arena_format(prose->arena, "%s, %s", text, margin) : margin;
    }
    return text;
}

static const char *category_text(const struct prose *prose, const struct margin *margin, size_t category) {
    if (category >= breakdown_option_count(margin->item))
        return prose_say(prose, MESSAGE_WEIGHT_UNKNOWN, NULL);
    return naming_option(prose, margin->item, category);
}

static void add_cell(struct table_draft *table, const struct prose *prose, size_t cell) {
    const struct weights *weights = prose->results->weights;
    const struct weighting *weighting = &weights->weighting;
    table_add_row(table, ROW_BODY);
    for (size_t i = 0; i < weights->margin_count; i++)
        table_add_cell(
            table,
            category_text(prose, weights->margins[i], weights->categories[cell * weights->margin_count + i]),
            NULL);
    table_add_cell(table, prose_count(prose, weighting->cell_responses[cell]), NULL);
    if (weighting->people)
        table_add_cell(table, prose_number(prose, weighting->people[cell], 0), NULL);
    table_add_cell(table, prose_number(prose, weighting->weights[cell], 3), NULL);
}

static void add_cells(struct document *document, const struct prose *prose) {
    const struct weights *weights = prose->results->weights;
    struct table_draft *table = table_create(prose->arena, prose_say(prose, MESSAGE_WEIGHT_TABLE, NULL));
    for (size_t i = 0; i < weights->margin_count; i++)
        table_add_column(table, margin_text(prose, weights->margins[i]), COLUMN_WORDS);
    table_add_column(table, prose_say(prose, MESSAGE_REPORT_RESPONSES, NULL), COLUMN_FIGURES);
    if (weights->weighting.people)
        table_add_column(table, prose_say(prose, MESSAGE_REPORT_INVITED, NULL), COLUMN_FIGURES);
    table_add_column(table, prose_say(prose, MESSAGE_WEIGHT_COLUMN, NULL), COLUMN_FIGURES);
    for (size_t i = 0; i < weights->weighting.cell_count; i++)
        if (weights->weighting.cell_responses[i])
            add_cell(table, prose, i);
    document_table(document, table_of(table));
}

static void add_warnings(struct document *document, const struct prose *prose) {
    const struct weights *weights = prose->results->weights;
    for (size_t i = 0; i < weights->weighting.warning_count; i++) {
        const struct weighting_notice *notice = &weights->weighting.warnings[i];
        const struct hole holes[] = {
            {"category", category_text(prose, weights->margins[notice->margin], notice->category)},
            {"responses", prose_count(prose, notice->responses)},
            {"people", prose_count(prose, notice->people)},
            {0}};
        document_paragraph(
            document, PARAGRAPH_PLAIN,
            prose_say(prose, notice->matter == WEIGHTING_FEW ? MESSAGE_WEIGHT_FEW : MESSAGE_WEIGHT_OVERFULL,
                      holes));
    }
}

static bool any_rounded(const struct results *results) {
    for (size_t i = 0; i < results->item_count; i++)
        if (results->items[i].whole.rounded)
            return true;
    return false;
}

void weight_tables_add(struct document *document, const struct prose *prose) {
    const struct weights *weights = prose->results->weights;
    if (!weights)
        return;
    const struct weighting *weighting = &weights->weighting;
    const struct hole holes[] = {{"margins", weight_tables_margins(prose)},
                                 {"minimum", prose_number(prose, weighting->minimum, 2)},
                                 {"maximum", prose_number(prose, weighting->maximum, 2)},
                                 {"effect", prose_number(prose, weighting->design_effect, 2)},
                                 {"responses", prose_count(prose, weighting->responses)},
                                 {"effective", prose_number(prose, weighting->effective_n, 0)},
                                 {0}};
    document_open(document, "weighting", prose_say(prose, MESSAGE_WEIGHT_TITLE, NULL));
    document_paragraph(
        document, PARAGRAPH_PLAIN,
        prose_say(prose, weighting->is_raked ? MESSAGE_WEIGHT_RAKED : MESSAGE_WEIGHT_STRATIFIED, holes));
    if (weighting->maximum - weighting->minimum > SAME)
        document_paragraph(document, PARAGRAPH_PLAIN, prose_say(prose, MESSAGE_WEIGHT_COST, holes));
    if (any_rounded(prose->results))
        document_paragraph(document, PARAGRAPH_PLAIN, prose_say(prose, MESSAGE_WEIGHT_ROUNDED, NULL));
    add_warnings(document, prose);
    add_cells(document, prose);
    document_close(document);
}

void weight_tables_warn(const struct results *results, FILE *file) {
    const struct weights *weights = results->weights;
    for (size_t i = 0; weights && i < weights->weighting.warning_count; i++) {
        const struct weighting_notice *notice = &weights->weighting.warnings[i];
        const struct margin *margin = weights->margins[notice->margin];
        const char *code = weights_category_code(margin, notice->category);
        const char *name = weights_margin_name(margin);
        if (notice->matter == WEIGHTING_FEW)
            terminal_line(file, "--weight %s: only %zu of the responses stand for the %zu people of \"%s\"",
                          name, notice->responses, notice->people, code);
        else
            terminal_line(file, "--weight %s: \"%s\" has %zu responses, but only %zu people were invited",
                          name, code, notice->responses, notice->people);
    }
}

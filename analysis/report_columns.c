#include "analysis/report_columns.h"

#include "model/base/text.h"

#include <stdlib.h>
#include <string.h>

/* In characters: what a line of a page takes in a table's letters, what a column's texts may ask for before
 * they are set on several lines, and what lies between two columns. */
enum { LINE = 84, TEXT_MOST = 44, GAP = 4 };

/* What a column asks for, in characters. */
struct need {
    size_t word, text;
};

static size_t longest_word(const char *text) {
    size_t longest = 0, length = 0;
    for (const char *at = text;; at++) {
        if (*at && *at != ' ' && *at != '\n') {
            length += (*at & '\xC0') != '\x80';
            continue;
        }
        longest = length > longest ? length : longest;
        length = 0;
        if (!*at)
            return longest;
    }
}

static void widen(struct need *need, const char *text, size_t more) {
    size_t word = longest_word(text), length = text_characters(text) + more;
    if (length > TEXT_MOST)
        length = TEXT_MOST;
    need->word = word > need->word ? word : need->word;
    need->text = length > need->text ? length : need->text;
}

static struct need *measure(const struct table *table) {
    struct need *needs = calloc(table->column_count + 1, sizeof *needs);
    if (!needs)
        abort();
    struct need *need = needs;
    for (const struct table_column *column = table->columns; column; column = column->next, need++) {
        size_t word = longest_word(column->title);
        need->word = need->text = word + word / 8; /* bold is wider; its words may be on several lines */
    }
    for (const struct table_row *row = table->rows; row; row = row->next) {
        need = needs;
        for (const struct table_cell *cell = row->cells; cell; cell = cell->next) {
            if (cell->span == 1) {
                widen(need, cell->text, cell->detail ? 1 + text_characters(cell->detail) : 0);
                if (cell->detail)
                    widen(need, cell->detail, 0);
            }
            need += cell->span;
        }
    }
    return needs;
}

bool report_columns_share(const struct table *table, unsigned *shares) {
    struct need *needs = measure(table);
    size_t words = 0, wishes = 0;
    for (size_t i = 0; i < table->column_count; i++) {
        words += needs[i].word + GAP;
        wishes += needs[i].text > needs[i].word ? needs[i].text - needs[i].word : 0;
    }
    /* What is left of the line when each has its longest word goes to those that ask for more. */
    size_t left = words < LINE ? LINE - words : 0;
    double total = (double)(words + left), given = 0;
    unsigned sum = 0;
    for (size_t i = 0; i < table->column_count; i++) {
        size_t wish = needs[i].text > needs[i].word ? needs[i].text - needs[i].word : 0;
        double part =
            wishes ? (double)(left * wish) / (double)wishes : (double)left / (double)table->column_count;
        given += (double)(needs[i].word + GAP) + part;
        shares[i] = (unsigned)(1000 * given / total + 0.5) - sum;
        sum += shares[i];
    }
    free(needs);
    return words > LINE;
}

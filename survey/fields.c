#include "survey/fields.h"

#include "model/base/html.h"
#include "model/base/text.h"
#include "model/expression.h"

#include <string.h>

enum { PLENTY = 10000 }; /* characters; below it the limit of a text is said */

const struct problem *fields_problem(const struct fields *fields, const struct item *item) {
    for (size_t i = 0; i < fields->problem_count; i++)
        if (fields->problems[i].item == item)
            return &fields->problems[i];
    return NULL;
}

void fields_hidden(struct buffer *html, const struct fields *fields, const struct item *item) {
    const struct entry *entry = &fields->entries[item->index];
    bool ranking = item->question->type == QUESTION_RANKING;
    for (size_t i = 0; i < entry->value_count; i++)
        if (ranking || *entry->values[i]) {
            html_raw(html, "<input type=\"hidden\"");
            html_attribute(html, "name", item->id);
            html_attribute(html, "value", entry->values[i]);
            html_raw(html, ">\n");
        }
    if (entry->specify && *entry->specify) {
        html_raw(html, "<input type=\"hidden\"");
        html_attribute(html, "name", arena_format(fields->arena, "%s_specify", item->id));
        html_attribute(html, "value", entry->specify);
        html_raw(html, ">\n");
    }
}

/* ` name="<id>-<part>"`. */
static void part_attribute(struct buffer *html, const char *name, const char *id, const char *part) {
    buffer_format(html, " %s=\"", name);
    html_text(html, id);
    buffer_format(html, "-%s\"", part);
}

/* --- what was entered --- */

static bool is_declined(const char *value) {
    return !strcmp(value, "no_opinion") || !strcmp(value, "not_concerned");
}

static bool is_entered(const struct entry *entry, const char *value) {
    for (size_t i = 0; i < entry->value_count; i++)
        if (!strcmp(entry->values[i], value))
            return true;
    return false;
}

/* The n-th value other than no opinion and not concerned; "" if there is none. */
static const char *entered(const struct entry *entry, size_t number) {
    for (size_t i = 0; i < entry->value_count; i++)
        if (!is_declined(entry->values[i]) && number-- == 0)
            return entry->values[i];
    return "";
}

/* Whether the option can be chosen, or could once the screen's own questions are answered. */
static bool is_offered(const struct fields *fields, const struct question *question,
                       const struct option *option) {
    if (!option->when || expression_holds(option->when, fields->answers))
        return true;
    const struct questionnaire *questionnaire = fields->language.questionnaire;
    for (size_t i = 0; i < questionnaire->item_count; i++) {
        const struct item *item = &questionnaire->items[i];
        if (item->question->page >= fields->first_page && item->question->page <= question->page &&
            expression_names(option->when, item))
            return true;
    }
    return false;
}

/* --- the words around fields --- */

static void write_help(struct buffer *html, const struct fields *fields, const struct question *question) {
    bool limited = question->type == QUESTION_TEXT && question->maximum_length < PLENTY;
    if (!wording_exists(question->help) && !limited)
        return;
    html_raw(html, "<p class=\"help\"");
    part_attribute(html, "id", question->id, "help");
    html_raw(html, ">");
    wording_text(html, fields->language, question->help);
    if (limited) {
        struct buffer count = {0};
        language_number(&count, wording_interface(fields->language), (double)question->maximum_length, 0);
        if (wording_exists(question->help))
            html_raw(html, "<br>");
        wording_message(html, fields->language, MESSAGE_FORM_AT_MOST_CHARACTERS,
                        (struct hole[]){{"count", buffer_text(&count)}, {0}});
        buffer_destroy(&count);
    }
    html_raw(html, "</p>\n");
}

static void write_problem(struct buffer *html, const struct fields *fields, const struct item *item) {
    const struct problem *problem = fields_problem(fields, item);
    enum language language = wording_interface(fields->language);
    if (!problem)
        return;
    html_raw(html, "<p class=\"error\"");
    part_attribute(html, "id", item->id, "error");
    html_attribute(html, "lang", wording_foreign(fields->language));
    html_raw(html, "><span class=\"hidden\">");
    wording_message(html, fields->language, MESSAGE_FORM_ERROR, NULL);
    html_raw(html, " </span>");
    html_text(html, answer_problem_text(fields->arena, problem, language));
    html_raw(html, "</p>\n");
}

/* The question's own words, with what has to be said beside them. */
static void write_wording(struct buffer *html, const struct fields *fields, const struct question *question) {
    wording_text(html, fields->language, question->text);
    if (question->required) {
        html_raw(html, " <span class=\"required\"");
        html_attribute(html, "lang", wording_foreign(fields->language));
        html_raw(html, ">");
        wording_message(html, fields->language, MESSAGE_FORM_REQUIRED, NULL);
        html_raw(html, "</span>");
    }
    if (fields->fresh && fields->fresh[question->items[0].index]) {
        html_raw(html, " <strong class=\"fresh\"");
        html_attribute(html, "lang", wording_foreign(fields->language));
        html_raw(html, ">");
        wording_message(html, fields->language, MESSAGE_FORM_NEW_QUESTION, NULL);
        html_raw(html, "</strong>");
    }
}

static bool has_help(const struct question *question) {
    return wording_exists(question->help) ||
           (question->type == QUESTION_TEXT && question->maximum_length < PLENTY);
}

static bool is_date_as_text(const struct item *item, const char *value) {
    return item->question->type == QUESTION_DATE && *value && !text_is_date(value);
}

/* ` aria-describedby="…"` with the ids of help (`NULL`: not this question's), unit, format and problem,
 * if any. */
static void describe(struct buffer *html, const struct fields *fields, const struct question *help,
                     const struct item *item) {
    const char *separator = " aria-describedby=\"";
    bool unit = item && wording_exists(item->question->unit);
    if (help && has_help(help)) {
        buffer_format(html, "%s%s-help", separator, help->id);
        separator = " ";
    }
    if (unit) {
        buffer_format(html, "%s%s-unit", separator, item->id);
        separator = " ";
    }
    if (item && is_date_as_text(item, entered(&fields->entries[item->index], 0))) {
        buffer_format(html, "%s%s-format", separator, item->id);
        separator = " ";
    }
    if (item && fields_problem(fields, item)) {
        buffer_format(html, "%s%s-error", separator, item->id);
        separator = " ";
    }
    if (separator[1] == '\0')
        html_raw(html, "\"");
}

/* --- answers to choose from --- */

struct choice {
    const char *type; /* "radio" or "checkbox" */
    const char *code;
    size_t ordinal; /* from 1 */
    bool aside;     /* no opinion, not concerned */
};

static void write_choice(struct buffer *html, const struct fields *fields, const struct item *item,
                         struct choice choice, struct wording text) {
    html_raw(html, "<label");
    html_attribute(html, "class", choice.aside ? "option aside" : "option");
    html_raw(html, "><input");
    html_attribute(html, "type", choice.type);
    html_attribute(html, "name", item->id);
    html_attribute(html, "value", choice.code);
    buffer_format(html, " id=\"%s-%zu\"", item->id, choice.ordinal);
    if (is_entered(&fields->entries[item->index], choice.code))
        html_raw(html, " checked");
    html_raw(html, "><span>");
    wording_text(html, fields->language, text);
    html_raw(html, "</span></label><br>\n"); /* each answer on a line of its own where no style is applied */
}

/* The field for words beside `option`, whose name the words are read out with. */
static void write_specify(struct buffer *html, const struct fields *fields, const struct item *item,
                          const struct option *option) {
    html_raw(html, "<div class=\"specify\"><label");
    part_attribute(html, "for", item->id, "specify");
    html_attribute(html, "lang", wording_foreign(fields->language));
    html_raw(html, ">");
    wording_message(html, fields->language, MESSAGE_FORM_SPECIFY, NULL);
    html_raw(html, "<span class=\"hidden\"> – ");
    wording_text(html, fields->language, option->text);
    html_raw(html, "</span></label><input type=\"text\"");
    html_attribute(html, "name", arena_format(fields->arena, "%s_specify", item->id));
    part_attribute(html, "id", item->id, "specify");
    html_attribute(html, "value", fields->entries[item->index].specify);
    html_raw(html, "></div>\n");
}

/* The answers that are none: no opinion, not concerned. Gives how many. */
static size_t write_asides(struct buffer *html, const struct fields *fields, const struct item *item,
                           const char *type, size_t ordinal) {
    const struct question *question = item->question;
    size_t first = ordinal;
    if (wording_exists(question->no_opinion))
        write_choice(html, fields, item, (struct choice){type, "no_opinion", ordinal++, true},
                     question->no_opinion);
    if (wording_exists(question->not_concerned))
        write_choice(html, fields, item, (struct choice){type, "not_concerned", ordinal++, true},
                     question->not_concerned);
    return ordinal - first;
}

/* The option after which the field for words stands: the last that takes words. */
static const struct option *last_specify(const struct question *question) {
    for (size_t i = question->option_count; i-- > 0;)
        if (question->options[i].specify)
            return &question->options[i];
    return NULL;
}

static void write_choices(struct buffer *html, const struct fields *fields, const struct item *item) {
    const struct question *question = item->question;
    const struct option *specify = last_specify(question);
    const char *type = question->type == QUESTION_MULTIPLE ? "checkbox" : "radio";
    size_t ordinal = 1;
    html_raw(html, "<div class=\"options\">\n");
    for (size_t i = 0; i < question->option_count; i++) {
        const struct option *option = &question->options[i];
        if (is_offered(fields, question, option))
            write_choice(html, fields, item, (struct choice){type, option->code, ordinal++, false},
                         option->text);
        if (option == specify)
            write_specify(html, fields, item, option);
    }
    write_asides(html, fields, item, type, ordinal);
    html_raw(html, "</div>\n");
}

/* --- answers to order, to type --- */

static void write_rank(struct buffer *html, const struct fields *fields, const struct item *item,
                       size_t rank) {
    const struct question *question = item->question;
    const char *chosen = entered(&fields->entries[item->index], rank);
    const char *number = arena_format(fields->arena, "%zu", rank + 1);
    html_raw(html, "<div class=\"rank\"><label");
    part_attribute(html, "for", item->id, number);
    html_attribute(html, "lang", wording_foreign(fields->language));
    html_raw(html, ">");
    wording_message(html, fields->language, MESSAGE_FORM_CHOICE, (struct hole[]){{"rank", number}, {0}});
    html_raw(html, "</label><select");
    html_attribute(html, "name", item->id);
    part_attribute(html, "id", item->id, number);
    describe(html, fields, NULL, item);
    if (fields_problem(fields, item))
        html_raw(html, " aria-invalid=\"true\"");
    html_raw(html, ">\n<option value=\"\">");
    wording_message(html, fields->language, MESSAGE_FORM_CHOOSE, NULL);
    html_raw(html, "</option>\n");
    for (size_t i = 0; i < question->option_count; i++) {
        if (!is_offered(fields, question, &question->options[i]))
            continue;
        html_raw(html, "<option");
        html_attribute(html, "value", question->options[i].code);
        if (!strcmp(chosen, question->options[i].code))
            html_raw(html, " selected");
        html_raw(html, ">");
        wording_text(html, fields->language, question->options[i].text);
        html_raw(html, "</option>\n");
    }
    html_raw(html, "</select></div>\n");
}

static void write_ranking(struct buffer *html, const struct fields *fields, const struct item *item) {
    const struct option *specify = last_specify(item->question);
    for (size_t rank = 0; rank < item->question->at_most; rank++)
        write_rank(html, fields, item, rank);
    if (specify)
        write_specify(html, fields, item, specify);
    html_raw(html, "<div class=\"options\">\n");
    write_asides(html, fields, item, "checkbox", item->question->at_most + 1);
    html_raw(html, "</div>\n");
}

/* A number is typed into a text field: what a number field refuses it does not send either, and the
 * respondent would never see it again. Likewise what is no date. */
static const char *input_attributes(const struct item *item, const char *value) {
    switch (item->question->type) {
    case QUESTION_NUMBER:
        return item->question->decimals || item->question->minimum < 0
                   ? " type=\"text\" inputmode=\"decimal\" class=\"number\""
                   : " type=\"text\" inputmode=\"numeric\" class=\"number\"";
    case QUESTION_DATE:
        return is_date_as_text(item, value)
                   ? " type=\"text\" class=\"date\""
                   : " type=\"date\" class=\"date\" min=\"0001-01-01\" max=\"9999-12-31\"";
    default:
        return " type=\"text\"";
    }
}

/* What follows the field: its unit; how a date is typed, which the style hides in a browser that asks. */
static void write_beside(struct buffer *html, const struct fields *fields, const struct item *item) {
    bool unit = wording_exists(item->question->unit), date = item->question->type == QUESTION_DATE;
    if (!unit && !date)
        return;
    buffer_append(html, unit ? " <span class=\"unit\"" : " <span class=\"format\"");
    part_attribute(html, "id", item->id, unit ? "unit" : "format");
    html_attribute(html, "lang", unit ? NULL : wording_foreign(fields->language));
    html_raw(html, ">");
    if (unit)
        wording_text(html, fields->language, item->question->unit);
    else
        wording_message(html, fields->language, MESSAGE_FORM_DATE_FORMAT, NULL);
    html_raw(html, "</span>");
}

/* The field to type in, labelled by the element of the id <id>-label. */
static void write_input(struct buffer *html, const struct fields *fields, const struct item *item,
                        const struct question *help) {
    const struct question *question = item->question;
    const char *value = entered(&fields->entries[item->index], 0);
    bool area = question->type == QUESTION_TEXT && question->lines > 1;
    buffer_append(html, area ? "<textarea" : "<input");
    if (area)
        buffer_format(html, " rows=\"%u\"", question->lines);
    else
        buffer_append(html, input_attributes(item, value));
    html_attribute(html, "name", item->id);
    part_attribute(html, "id", item->id, "1");
    describe(html, fields, help, item);
    if (question->required)
        html_raw(html, " aria-required=\"true\"");
    if (fields_problem(fields, item))
        html_raw(html, " aria-invalid=\"true\"");
    if (area) {
        html_raw(html, ">\n"); /* HTML drops the first line end of an area: this one, not the respondent's */
        html_text(html, value);
        html_raw(html, "</textarea>\n");
        return;
    }
    html_attribute(html, "value", *value ? value : NULL);
    html_raw(html, ">");
    write_beside(html, fields, item);
    html_raw(html, "\n");
}

/* --- whole questions --- */

static bool is_chosen(const struct question *question) {
    return question->type == QUESTION_SINGLE || question->type == QUESTION_MULTIPLE ||
           question->type == QUESTION_SCALE;
}

static bool has_asides(const struct question *question) {
    return wording_exists(question->no_opinion) || wording_exists(question->not_concerned);
}

/* Whether the answers stand side by side where there is room: few of them, none with long words. */
static bool fits_a_row(const struct fields *fields, const struct question *question) {
    enum { ANSWERS = 7, CHARACTERS = 24 };
    size_t count = question->option_count + wording_exists(question->no_opinion) +
                   wording_exists(question->not_concerned);
    if (question->type == QUESTION_MULTIPLE || count > ANSWERS || questionnaire_has_specify(question))
        return false;
    for (size_t i = 0; i < question->option_count; i++)
        if (text_characters(question->options[i].text.in[fields->language.index]) > CHARACTERS)
            return false;
    return true;
}

/* Opens the fieldset of an item that is chosen: radio buttons say what is wrong with them as a group. */
static void open_choices(struct buffer *html, const struct fields *fields, const struct item *item,
                         const char *class, const struct question *help) {
    bool radio = item->question->type != QUESTION_MULTIPLE && item->question->type != QUESTION_RANKING;
    html_raw(html, "<fieldset");
    html_attribute(html, "class", class);
    part_attribute(html, "id", item->id, "question");
    if (radio) {
        html_raw(html, " role=\"radiogroup\"");
        if (item->question->required)
            html_raw(html, " aria-required=\"true\"");
        if (fields_problem(fields, item))
            html_raw(html, " aria-invalid=\"true\"");
    }
    describe(html, fields, help,
             is_chosen(item->question) || item->question->type == QUESTION_RANKING ? item : NULL);
    html_raw(html, ">\n<legend>");
}

static const char *class_of(const struct fields *fields, const struct item *item, bool row) {
    return fields_problem(fields, item) ? row ? "question row wrong" : "question wrong"
           : row                        ? "question row"
                                        : "question";
}

static void write_choice_question(struct buffer *html, const struct fields *fields, const struct item *item) {
    const struct question *question = item->question;
    bool row = question->type == QUESTION_SCALE && fits_a_row(fields, question);
    open_choices(html, fields, item, class_of(fields, item, row), question);
    write_wording(html, fields, question);
    html_raw(html, "</legend>\n");
    write_help(html, fields, question);
    write_problem(html, fields, item);
    if (question->type == QUESTION_RANKING)
        write_ranking(html, fields, item);
    else
        write_choices(html, fields, item);
    html_raw(html, "</fieldset>\n");
}

static void write_typed_question(struct buffer *html, const struct fields *fields, const struct item *item) {
    const struct question *question = item->question;
    bool group = has_asides(question);
    buffer_append(html, group ? "<div role=\"group\"" : "<div");
    html_attribute(html, "class", class_of(fields, item, false));
    part_attribute(html, "id", item->id, "question");
    if (group)
        part_attribute(html, "aria-labelledby", item->id, "label");
    html_raw(html, ">\n<label class=\"legend\"");
    part_attribute(html, "for", item->id, "1");
    part_attribute(html, "id", item->id, "label");
    html_raw(html, ">");
    write_wording(html, fields, question);
    html_raw(html, "</label>\n");
    write_help(html, fields, question);
    write_problem(html, fields, item);
    write_input(html, fields, item, question);
    if (group) {
        html_raw(html, "<div class=\"options\">\n");
        write_asides(html, fields, item, "checkbox", 2);
        html_raw(html, "</div>\n");
    }
    html_raw(html, "</div>\n");
}

/* --- grids --- */

/* The answers once more above the lines, for the eye: each field has its own label beside it. */
static void write_columns(struct buffer *html, const struct fields *fields, const struct question *question) {
    html_raw(html, "<div class=\"columns\" aria-hidden=\"true\">\n");
    for (size_t i = 0; i < question->option_count; i++)
        if (is_offered(fields, question, &question->options[i])) {
            html_raw(html, "<span>");
            wording_text(html, fields->language, question->options[i].text);
            html_raw(html, "</span>\n");
        }
    const struct wording *asides[] = {&question->no_opinion, &question->not_concerned};
    for (size_t i = 0; i < 2; i++)
        if (wording_exists(*asides[i])) {
            html_raw(html, "<span class=\"aside\">");
            wording_text(html, fields->language, *asides[i]);
            html_raw(html, "</span>\n");
        }
    html_raw(html, "</div>\n");
}

static void write_line(struct buffer *html, const struct fields *fields, const struct item *item) {
    const char *class = fields_problem(fields, item) ? "line wrong" : "line";
    if (!is_chosen(item->question)) {
        html_raw(html, "<div");
        html_attribute(html, "class", class);
        html_raw(html, ">\n<label class=\"legend\"");
        part_attribute(html, "for", item->id, "1");
        html_raw(html, ">");
        wording_text(html, fields->language, item->text);
        html_raw(html, "</label>\n");
        write_problem(html, fields, item);
        write_input(html, fields, item, NULL);
        html_raw(html, "</div>\n");
        return;
    }
    open_choices(html, fields, item, class, NULL);
    wording_text(html, fields->language, item->text);
    html_raw(html, "</legend>\n");
    write_problem(html, fields, item);
    write_choices(html, fields, item);
    html_raw(html, "</fieldset>\n");
}

static void write_grid(struct buffer *html, const struct fields *fields, const struct question *question) {
    bool table = is_chosen(question) && fits_a_row(fields, question);
    html_raw(html, "<fieldset");
    html_attribute(html, "class", table ? "question grid" : "question");
    part_attribute(html, "id", question->id, "grid");
    describe(html, fields, question, NULL);
    html_raw(html, ">\n<legend>");
    write_wording(html, fields, question);
    html_raw(html, "</legend>\n");
    write_help(html, fields, question);
    if (table)
        write_columns(html, fields, question);
    for (size_t i = 0; i < question->item_count; i++)
        write_line(html, fields, &question->items[i]);
    html_raw(html, "</fieldset>\n");
}

void fields_question(struct buffer *html, const struct fields *fields, const struct question *question) {
    if (fields->known[question->items[0].index])
        fields_known(html, fields, &question->items[0]);
    else if (question->is_grid)
        write_grid(html, fields, question);
    else if (is_chosen(question) || question->type == QUESTION_RANKING)
        write_choice_question(html, fields, &question->items[0]);
    else
        write_typed_question(html, fields, &question->items[0]);
}

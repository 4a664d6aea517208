#include "survey/admin_entry.h"

#include "model/base/html.h"
#include "survey/keying.h"

/* Of a question whose answer is one digit the next field may come by itself. */
static bool is_quick(const struct question *question) {
    enum { ONE_DIGIT = 9 };
    bool one = question->type == QUESTION_SINGLE || question->type == QUESTION_SCALE;
    return one && keying_choices(question) <= ONE_DIGIT;
}

static void write_choices(struct buffer *html, const struct admin_entry *entry) {
    const struct question *question = entry->item->question;
    buffer_format(html, "<ol class=\"choices\" id=\"%s-choices\">", entry->item->id);
    for (size_t i = 0; i < keying_choices(question); i++) {
        buffer_format(html, "<li><kbd>%s</kbd> ", keying_key(entry->visit->arena, question, i));
        wording_text(html, entry->language, keying_text(question, i));
        html_raw(html, "</li> ");
    }
    html_raw(html, "</ol>\n");
}

/* ` aria-describedby="…"` with what there is of answers and problem. */
static void describe(struct buffer *html, const struct admin_entry *entry) {
    bool choices = keying_choices(entry->item->question) > 0, wrong = entry->error;
    const char *id = entry->item->id;
    if (choices || wrong)
        html_attribute(html, "aria-describedby",
                       arena_format(entry->visit->arena, "%s%s%s%s%s", choices ? id : "",
                                    choices ? "-choices" : "", choices && wrong ? " " : "", wrong ? id : "",
                                    wrong ? "-error" : ""));
    html_attribute(html, "aria-invalid", wrong ? "true" : NULL);
}

/* The keys of the answers that words are written beside: without one of them that field is passed over. */
static void mark_specify(struct buffer *html, const struct admin_entry *entry) {
    const struct question *question = entry->item->question;
    struct buffer keys = {0};
    for (size_t i = 0; i < question->option_count; i++)
        if (question->options[i].specify)
            buffer_format(&keys, "%s%s", keys.length ? " " : "",
                          keying_key(entry->visit->arena, question, i));
    html_attribute(html, "data-specify", keys.length ? buffer_text(&keys) : NULL);
    buffer_destroy(&keys);
}

static void write_input(struct buffer *html, const struct admin_entry *entry) {
    const struct question *question = entry->item->question;
    bool text = question->type == QUESTION_TEXT;
    html_raw(html, "<");
    buffer_append(html, text ? "textarea rows=\"2\"" : "input type=\"text\" autocomplete=\"off\"");
    html_attribute(html, "name", entry->item->id);
    buffer_format(html, " id=\"%s-1\"", entry->item->id);
    describe(html, entry);
    if (question->option_count)
        html_raw(html, " inputmode=\"numeric\" class=\"digits\"");
    if (is_quick(question))
        html_raw(html, " data-quick=\"1\"");
    mark_specify(html, entry);
    if (text) {
        html_raw(html, ">\n");
        html_text(html, entry->value);
        html_raw(html, "</textarea>\n");
    } else {
        html_attribute(html, "value", entry->value);
        html_raw(html, ">\n");
    }
}

static void write_specify(struct buffer *html, const struct admin_entry *entry) {
    const char *id = entry->item->id;
    buffer_format(html, "<p class=\"specify\"><label for=\"%s-specify\">", id);
    wording_message(html, frame_language(&entry->visit->pages), MESSAGE_FORM_SPECIFY, NULL);
    html_raw(html, "<span class=\"hidden\"> – ");
    wording_text(html, entry->language, entry->item->text);
    html_raw(html, "</span></label> <input type=\"text\" autocomplete=\"off\"");
    html_attribute(html, "name", arena_format(entry->visit->arena, "%s_specify", id));
    buffer_format(html, " id=\"%s-specify\"", id);
    html_attribute(html, "value", entry->specify);
    html_raw(html, "></p>\n");
}

static void write_beside(struct buffer *html, const struct admin_entry *entry) {
    const struct question *question = entry->item->question;
    if (keying_choices(question))
        write_choices(html, entry);
    if (wording_exists(question->unit)) {
        html_raw(html, "<span>");
        wording_text(html, entry->language, question->unit);
        html_raw(html, "</span>\n");
    }
    if (entry->specify)
        write_specify(html, entry);
    if (entry->error) {
        buffer_format(html, "<p class=\"error\" id=\"%s-error\">", entry->item->id);
        html_text(html, entry->error);
        html_raw(html, "</p>\n");
    }
}

void admin_entry_write(struct buffer *html, const struct admin_entry *entry) {
    buffer_append(html, entry->error ? "<div class=\"entry wrong\">\n" : "<div class=\"entry\">\n");
    html_raw(html, "<label");
    html_attribute(html, "for", arena_format(entry->visit->arena, "%s-1", entry->item->id));
    html_raw(html, ">");
    if (entry->number)
        buffer_format(html, "<span class=\"ordinal\">%zu.</span> ", entry->number);
    wording_text(html, entry->language, entry->item->text);
    html_raw(html, "</label>\n<div>\n");
    write_input(html, entry);
    html_raw(html, "</div>\n<div class=\"beside\">\n");
    write_beside(html, entry);
    html_raw(html, "</div>\n</div>\n");
}

void admin_entry_write_script(struct buffer *html, const struct admin_visit *visit) {
    html_raw(html, "<script>");
    buffer_append(html, visit->admin->script);
    html_raw(html, "</script>\n");
}

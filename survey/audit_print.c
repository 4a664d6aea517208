/* The audit in words. */
#include "model/base/terminal.h"
#include "model/base/text.h"
#include "survey/audit_internal.h"

#include <stdio.h>
#include <string.h>

enum { WIDTH = 96, INDENT = 4, WORD_MOST = 4096 };

static void fill(const struct audit *audit, struct buffer *text, enum message message,
                 const struct hole *holes) {
    buffer_clear(text);
    language_fill(text, audit->language, message, holes);
}

/* Prints a text in lines of at most WIDTH characters, the second and those that follow indented. */
static void print_lines(const char *lead, const char *text, size_t indent) {
    size_t column = text_characters(lead);
    terminal_print(stdout, "%s", lead);
    for (const char *at = text; *at;) {
        size_t length = strcspn(at, " ");
        char word[WORD_MOST];
        snprintf(word, sizeof word, "%.*s", (int)length, at);
        size_t width = text_characters(word);
        if (at != text && column + 1 + width > WIDTH) {
            terminal_print(stdout, "\n%*s", (int)indent, "");
            column = indent;
        } else if (at != text) {
            putchar(' ');
            column++;
        }
        terminal_print(stdout, "%.*s", (int)length, at);
        column += width;
        at += length + (at[length] == ' ');
    }
    putchar('\n');
}

static const char *message(const struct audit *audit, enum message name) {
    return language_message(audit->language, name);
}

/* Words under a heading of their own: "Found: …". */
static void print_part(const struct audit *audit, enum message heading, const char *text) {
    print_lines(arena_format(audit->arena, "%*s%s ", INDENT, "", message(audit, heading)), text, INDENT + 2);
}

static void print_remark(const struct audit *audit, const struct audit_remark *remark) {
    print_part(audit, remark->is_note ? MESSAGE_AUDIT_NOTE : MESSAGE_AUDIT_FOUND, remark->text);
    if (remark->is_note)
        return;
    print_part(audit, MESSAGE_AUDIT_MEANS, remark->means);
    print_part(audit, MESSAGE_AUDIT_DO, remark->to_do);
}

static bool has_findings(const struct audit *audit, enum audit_route route) {
    for (size_t i = 0; i < audit->remark_count; i++)
        if (audit->remarks[i].route == route && !audit->remarks[i].is_note)
            return true;
    return false;
}

static void print_route(const struct audit *audit, enum audit_route route) {
    static const enum message names[] = {
#define ROUTE(name) MESSAGE_AUDIT_ROUTE_##name,
        AUDIT_ROUTES(ROUTE)
#undef ROUTE
    };
    print_lines(arena_format(audit->arena, "%2d. ", (int)route + 1), message(audit, names[route]), INDENT);
    if (!has_findings(audit, route))
        terminal_line(stdout, "%*s%s", INDENT, "", message(audit, MESSAGE_AUDIT_NOTHING));
    for (size_t i = 0; i < audit->remark_count; i++)
        if (audit->remarks[i].route == route)
            print_remark(audit, &audit->remarks[i]);
}

static void print_head(const struct audit *audit) {
    size_t invited = audit->has_ended ? audit->invited : audit->people.count;
    const struct hole holes[] = {
        {"store", audit_shown(audit, audit->path)}, {"count", audit_number(audit, invited)}, {NULL, NULL}};
    struct buffer text = {0};
    fill(audit, &text, MESSAGE_AUDIT_TITLE, holes);
    terminal_line(stdout, "%s", buffer_text(&text));
    fill(audit, &text,
         audit->has_links ? (audit->has_ended ? MESSAGE_AUDIT_LINKS_CLOSED : MESSAGE_AUDIT_LINKS_OPEN)
                          : (audit->has_ended ? MESSAGE_AUDIT_OPEN_CLOSED : MESSAGE_AUDIT_OPEN_OPEN),
         holes);
    terminal_print(stdout, "%s\n\n", buffer_text(&text));
    buffer_destroy(&text);
}

static void print_end(const struct audit *audit) {
    const struct hole holes[] = {{"routes", audit_number(audit, AUDIT_ROUTE_COUNT)},
                                 {"count", audit_number(audit, audit->finding_count)},
                                 {"invited", audit_number(audit, audit->invited)},
                                 {NULL, NULL}};
    struct buffer text = {0};
    putchar('\n');
    if (!audit->finding_count && audit->has_links && audit->has_ended) {
        fill(audit, &text, MESSAGE_AUDIT_CALM, holes);
        print_lines("", buffer_text(&text), 0);
        putchar('\n');
    }
    print_lines("", message(audit, MESSAGE_AUDIT_LIMITS), 0);
    fill(audit, &text,
         audit->finding_count == 0   ? MESSAGE_AUDIT_GOOD
         : audit->finding_count == 1 ? MESSAGE_AUDIT_ONE
                                     : MESSAGE_AUDIT_SEVERAL,
         holes);
    print_lines("", buffer_text(&text), 0);
    buffer_destroy(&text);
}

void audit_print(const struct audit *audit) {
    print_head(audit);
    for (enum audit_route route = 0; route < AUDIT_ROUTE_COUNT; route++)
        print_route(audit, route);
    print_end(audit);
}

#include "survey/template_hole.h"

#include <string.h>

enum { NAME, LINK, CODE, ADDRESS, TITLE, ORGANISATION, CLOSES, COUNT };

const char *const template_hole_names[COUNT] = {
    [NAME] = "name",       [LINK] = "link",   [CODE] = "code",
    [ADDRESS] = "address", [TITLE] = "title", [ORGANISATION] = "organisation",
    [CLOSES] = "closes"};

size_t template_hole_name_count(void) {
    return COUNT;
}

/* The words between two places, without the blanks around them. */
static const char *trim(const char *start, const char *end, size_t *length) {
    while (start < end && *start == ' ')
        start++;
    while (end > start && end[-1] == ' ')
        end--;
    *length = (size_t)(end - start);
    return start;
}

bool template_hole_find(const char *text, struct template_hole *hole) {
    *hole = (struct template_hole){.start = strstr(text, "{{")};
    if (!hole->start)
        return false;
    const char *inside = hole->start + 2, *close = strstr(inside, "}}");
    if (!close || memchr(inside, '\n', (size_t)(close - inside)))
        return true;
    hole->end = close + 2;
    const char *bar = memchr(inside, '|', (size_t)(close - inside));
    hole->name = trim(inside, bar ? bar : close, &hole->name_length);
    if (bar)
        hole->words = trim(bar + 1, close, &hole->words_length);
    return true;
}

bool template_hole_is_called(const struct template_hole *hole, const char *name) {
    return strlen(name) == hole->name_length && !memcmp(name, hole->name, hole->name_length);
}

bool template_hole_is_personal(const struct template_hole *hole) {
    return template_hole_is_called(hole, template_hole_names[LINK]) ||
           template_hole_is_called(hole, template_hole_names[CODE]);
}

const char *template_hole_value(const struct template_hole *hole, const struct template_values *values) {
    const char *const all[COUNT] = {
        [NAME] = values->name,       [LINK] = values->link,   [CODE] = values->code,
        [ADDRESS] = values->address, [TITLE] = values->title, [ORGANISATION] = values->organisation,
        [CLOSES] = values->closes};
    for (size_t i = 0; i < COUNT; i++)
        if (template_hole_is_called(hole, template_hole_names[i]))
            return all[i];
    return NULL;
}

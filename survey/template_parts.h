/* A text as template_read leaves it for template_fill: elements of parts, with their holes open. */
#ifndef SURVEY_TEMPLATE_PARTS_H
#define SURVEY_TEMPLATE_PARTS_H

#include "survey/template.h"

/* What lies between TEMPLATE_LINK and TEMPLATE_LINK_END is a link's words; the end has its address. */
enum template_part_kind { TEMPLATE_WORDS, TEMPLATE_LINK, TEMPLATE_LINK_END };

struct template_part {
    enum template_part_kind kind;
    const char *text; /* may have holes; "\n" is a hard line break */
    bool is_strong, is_emphasis;
    struct template_part *next;
};

struct template_element {
    struct template_block shape; /* without runs; the number of a numbered item is its list's first */
    bool begins_list;
    struct template_part *parts, *last_part;
    struct template_element *next;
};

struct template_source {
    struct template_element subject;
    struct template_element *elements, *last;
    size_t count, part_count;
    bool has_link;
};

#endif

#include "survey/wording.h"

#include "model/base/html.h"

#include <string.h>

#define NO_BREAK_SPACE        "\u00A0"
#define NARROW_NO_BREAK_SPACE "\u202F"
#define OPENING_MARK          "«"
#define CLOSING_MARK          "»"

const char *wording_tag(struct wording_language language) {
    return language.questionnaire->languages[language.index];
}

enum language wording_interface(struct wording_language language) {
    return language_of_tag(wording_tag(language));
}

const char *wording_foreign(struct wording_language language) {
    const char *tag = wording_tag(language);
    bool english = !strncmp(tag, "en", 2) && (tag[2] == '\0' || tag[2] == '-');
    return wording_interface(language) == LANGUAGE_ENGLISH && !english ? "en" : NULL;
}

bool wording_exists(struct wording wording) {
    return wording.in != NULL;
}

/* The space that French sets between `before` and `after` instead of the one typed there; NULL: that one. */
static const char *french_space(const char *text, const char *space) {
    const char *after = space + 1;
    size_t mark = strlen(OPENING_MARK);
    if (space >= text + mark && !memcmp(space - mark, OPENING_MARK, mark))
        return NARROW_NO_BREAK_SPACE;
    if (*after == ':')
        return NO_BREAK_SPACE;
    if (*after && (strchr("?!;%", *after) || !strncmp(after, CLOSING_MARK, strlen(CLOSING_MARK))))
        return NARROW_NO_BREAK_SPACE;
    return NULL;
}

/* The text with the spaces of its language. */
static void typeset(struct buffer *into, enum language language, const char *text) {
    const char *rest = text;
    for (const char *space; language == LANGUAGE_FRENCH && (space = strchr(rest, ' ')); rest = space + 1) {
        const char *better = french_space(text, space);
        buffer_append_bytes(into, rest, (size_t)(space - rest));
        buffer_append(into, better ? better : " ");
    }
    buffer_append(into, rest);
}

void wording_text(struct buffer *html, struct wording_language language, struct wording wording) {
    if (!wording.in)
        return;
    struct buffer text = {0};
    typeset(&text, wording_interface(language), wording.in[language.index]);
    html_text(html, buffer_text(&text));
    buffer_destroy(&text);
}

void wording_markdown(struct buffer *html, struct wording_language language, struct wording wording) {
    if (!wording.in)
        return;
    struct buffer text = {0};
    typeset(&text, wording_interface(language), wording.in[language.index]);
    html_markdown(html, buffer_text(&text), 1);
    buffer_destroy(&text);
}

void wording_message(struct buffer *html, struct wording_language language, enum message message,
                     const struct hole *holes) {
    struct buffer filled = {0}, text = {0};
    language_fill(&filled, wording_interface(language), message, holes);
    typeset(&text, wording_interface(language), buffer_text(&filled));
    html_text(html, buffer_text(&text));
    buffer_destroy(&filled);
    buffer_destroy(&text);
}

static const char *typeset_copy(struct arena *arena, struct wording_language language, const char *text) {
    struct buffer set = {0};
    typeset(&set, wording_interface(language), text);
    const char *copy = arena_copy(arena, buffer_text(&set));
    buffer_destroy(&set);
    return copy;
}

const char *wording_plain(struct arena *arena, struct wording_language language, struct wording wording) {
    return wording.in ? typeset_copy(arena, language, wording.in[language.index]) : NULL;
}

const char *wording_say(struct arena *arena, struct wording_language language, enum message message,
                        const struct hole *holes) {
    struct buffer filled = {0};
    language_fill(&filled, wording_interface(language), message, holes);
    const char *said = typeset_copy(arena, language, buffer_text(&filled));
    buffer_destroy(&filled);
    return said;
}

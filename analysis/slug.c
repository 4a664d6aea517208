#include "analysis/slug.h"

#include "analysis/theme_fold.h"
#include "model/base/buffer.h"

enum { LENGTH_MOST = 60 };

static const char *make(struct arena *arena, const char *words) {
    const char *folded = theme_fold_text(arena, words);
    struct buffer slug = {0};
    buffer_append(&slug, "text");
    bool between = true;
    for (unsigned character; *folded && slug.length < LENGTH_MOST;) {
        size_t length = theme_fold_decode(folded, &character);
        if (!theme_fold_is_letter(character)) {
            between = true;
        } else {
            if (between)
                buffer_append(&slug, "-");
            buffer_append_bytes(&slug, folded, length);
            between = false;
        }
        folded += length;
    }
    const char *text = arena_copy_bytes(arena, buffer_text(&slug), slug.length);
    buffer_destroy(&slug);
    return text;
}

/* The number noted for a slug is how often it was asked for. */
const char *slug_take(struct arena *arena, struct names *taken, const char *words) {
    const char *first = make(arena, words);
    size_t count = names_add(taken, first, 1);
    if (count == NAMES_NONE)
        return first;
    const char *slug;
    do
        slug = arena_format(arena, "%s-%zu", first, ++count);
    while (names_add(taken, slug, 1) != NAMES_NONE);
    names_set(taken, first, count);
    return slug;
}

#include "model/reader.h"

#include "model/base/text.h"
#include "model/reader_unknown.h"

#include <string.h>

void reader_unexpected(struct reader *reader, const struct yaml_node *node, const char *expected) {
    static const char *const kinds[] = {"a text", "a list", "a map"};
    diagnostics_error(reader->diagnostics, node->place, "expected %s, found %s", expected,
                      yaml_is_null(node) ? "nothing" : kinds[node->kind]);
}

static bool is_among(const char *word, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (!strcmp(word, words[i]))
            return true;
    return false;
}

bool reader_map(struct reader *reader, const struct yaml_node *node, const struct reader_shape *shape) {
    if (node->kind != YAML_MAP) {
        reader_unexpected(reader, node,
                          arena_format(reader->arena, "%s (a map of keys and values)", shape->what));
        return false;
    }
    for (size_t i = 0; i < node->count; i++)
        if (!is_among(node->entries[i].key->text, shape->keys, shape->key_count))
            reader_unknown_key(reader, node, i, "key", shape->keys, shape->key_count);
    return true;
}

const struct yaml_node *reader_require(struct reader *reader, const struct yaml_node *map,
                                       const struct reader_shape *shape, const char *key, const char *owner) {
    const struct yaml_node *value = yaml_value(map, key);
    if (!value && !reader_unknown_means(map, key, shape->keys, shape->key_count))
        diagnostics_error(reader->diagnostics, map->place, "%s has no \"%s:\"", owner, key);
    return value;
}

bool reader_list(struct reader *reader, const struct yaml_node *node, const char *members) {
    if (node->kind != YAML_LIST) {
        reader_unexpected(reader, node, arena_format(reader->arena, "a list of %s", members));
        return false;
    }
    if (node->count == 0)
        diagnostics_error(reader->diagnostics, node->place, "the list of %s is empty", members);
    return node->count > 0;
}

/* YAML takes " #" for the beginning of a comment. Comments have a space behind it; "Guichet #2" has not. */
static void warn_comment(struct reader *reader, const struct yaml_node *node) {
    const char *rest = reader->source + node->end;
    size_t space = strspn(rest, " ");
    if (node->plain && space && rest[space] == '#' && rest[space + 1] && !strchr("# \t\r\n", rest[space + 1]))
        diagnostics_warning(
            reader->diagnostics, node->place,
            "the text ends before #, which begins a comment; put quotes around it if # is part of it");
}

const char *reader_text(struct reader *reader, const struct yaml_node *node) {
    if (node->kind != YAML_TEXT || yaml_is_null(node)) {
        reader_unexpected(reader, node, "a text");
        return NULL;
    }
    if (node->text[strspn(node->text, " \t\r\n")] == '\0') {
        diagnostics_error(reader->diagnostics, node->place, "the text is empty");
        return NULL;
    }
    warn_comment(reader, node);
    return node->text;
}

static void read_languages(struct reader *reader, const struct yaml_node *node, const char **in) {
    bool slip = false;
    for (size_t i = 0; i < node->count; i++) {
        const struct yaml_node *key = node->entries[i].key;
        if (!is_among(key->text, reader->languages, reader->language_count))
            slip = reader_unknown_key(reader, node, i, "language", reader->languages, reader->language_count);
    }
    for (size_t i = 0; i < reader->language_count; i++) {
        const struct yaml_node *value = yaml_value(node, reader->languages[i]);
        if (value)
            in[i] = reader_text(reader, value);
        else if (!slip &&
                 !reader_unknown_means(node, reader->languages[i], reader->languages, reader->language_count))
            diagnostics_error(reader->diagnostics, node->place, "the text in the language \"%s\" is missing",
                              reader->languages[i]);
    }
}

struct wording reader_wording(struct reader *reader, const struct yaml_node *node) {
    const char **in = ARENA_NEW(reader->arena, const char *, reader->language_count);
    if (node->kind == YAML_LIST || yaml_is_null(node)) {
        reader_unexpected(reader, node, "a text, or a map with one for each language");
        return (struct wording){NULL};
    }
    if (node->kind == YAML_MAP) {
        if (reader->language_count)
            read_languages(reader, node, in);
        return (struct wording){in};
    }
    const char *text = reader_text(reader, node);
    for (size_t i = 0; i < reader->language_count; i++)
        in[i] = text;
    return (struct wording){in};
}

bool reader_boolean(struct reader *reader, const struct yaml_node *node, bool *value) {
    if (yaml_is_boolean(node, value))
        return true;
    if (node->kind == YAML_TEXT && (!strcmp(node->text, "true") || !strcmp(node->text, "false")))
        diagnostics_error(reader->diagnostics, node->place,
                          "expected true or false, found a text; take the quotes away");
    else if (node->kind == YAML_TEXT && !yaml_is_null(node))
        diagnostics_error(reader->diagnostics, node->place, "expected true or false, found \"%s\"",
                          node->text);
    else
        reader_unexpected(reader, node, "true or false");
    return false;
}

bool reader_number(struct reader *reader, const struct yaml_node *node, double *number) {
    if (node->kind != YAML_TEXT || yaml_is_null(node)) {
        reader_unexpected(reader, node, "a number");
        return false;
    }
    if (node->plain && text_number(node->text, false, number, NULL))
        return true;
    if (text_number(node->text, false, number, NULL))
        diagnostics_error(reader->diagnostics, node->place,
                          "expected a number, found a text; take the quotes away");
    else if (text_number(node->text, true, number, NULL))
        diagnostics_error(reader->diagnostics, node->place,
                          "\"%s\" is not a number here: numbers are written with a point", node->text);
    else
        diagnostics_error(reader->diagnostics, node->place,
                          "expected a number such as 4 or 2.5, found \"%s\"", node->text);
    return false;
}

bool reader_whole(struct reader *reader, const struct yaml_node *node, size_t least, size_t most,
                  size_t *number) {
    double value;
    if (!reader_number(reader, node, &value))
        return false;
    if (value != (double)(long long)value || strchr(node->text, '.')) {
        diagnostics_error(reader->diagnostics, node->place, "expected a whole number, found \"%s\"",
                          node->text);
        return false;
    }
    if (value < (double)least || value > (double)most) {
        diagnostics_error(reader->diagnostics, node->place, "%s is out of range: possible are %zu to %zu",
                          node->text, least, most);
        return false;
    }
    *number = (size_t)value;
    return true;
}

size_t reader_choice(struct reader *reader, const struct yaml_node *node, const char *what,
                     const char *const *words, size_t count) {
    const char *text = reader_text(reader, node);
    if (!text)
        return count;
    for (size_t i = 0; i < count; i++)
        if (!strcmp(text, words[i]))
            return i;
    reader_unknown_word(reader, node, what, words, count);
    return count;
}

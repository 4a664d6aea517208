#include "model/reader.h"

#include "model/base/text.h"
#include "model/reader_unknown.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum { NAME_MOST = 60 };

const char *reader_kind(const struct yaml_node *node) {
    static const char *const kinds[] = {"a text", "a list", "a map"};
    return yaml_is_null(node) ? "nothing" : kinds[node->kind];
}

static void report_kind(struct reader *reader, const struct yaml_node *node, const char *expected) {
    diagnostics_error(reader->diagnostics, node->place, "expected %s, found %s", expected, reader_kind(node));
}

static bool is_among(const char *word, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (!strcmp(word, words[i]))
            return true;
    return false;
}

bool reader_map(struct reader *reader, const struct yaml_node *node, const struct reader_shape *shape) {
    if (node->kind != YAML_MAP) {
        report_kind(reader, node, arena_format(reader->arena, "%s (a map of keys and values)", shape->what));
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
        report_kind(reader, node, arena_format(reader->arena, "a list of %s", members));
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
        report_kind(reader, node, "a text");
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
        report_kind(reader, node, "a text, or a map with one for each language");
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
        report_kind(reader, node, "true or false");
    return false;
}

bool reader_number(struct reader *reader, const struct yaml_node *node, double *number) {
    if (node->kind != YAML_TEXT || yaml_is_null(node)) {
        report_kind(reader, node, "a number");
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

const char *reader_date(struct reader *reader, const struct yaml_node *node) {
    const char *text = reader_text(reader, node);
    if (!text || text_is_date(text))
        return text;
    diagnostics_error(reader->diagnostics, node->place,
                      "\"%s\" is not a day: days are written year-month-day, such as 2024-01-31", text);
    return NULL;
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

/* --- names --- */

static bool is_lower(char letter) {
    return letter >= 'a' && letter <= 'z';
}

static bool is_digit(char letter) {
    return letter >= '0' && letter <= '9';
}

static bool is_written(const char *name, enum reader_name kind) {
    if (kind != READER_CODE && !is_lower(*name))
        return false;
    for (; *name; name++) {
        bool letter = is_lower(*name) || is_digit(*name);
        bool capital = *name >= 'A' && *name <= 'Z';
        if (kind == READER_QUESTIONNAIRE ? !(letter || *name == '-')
            : kind != READER_CODE        ? !(letter || *name == '_')
                                         : !(letter || capital || strchr("_.-", *name)))
            return false;
    }
    return true;
}

static bool is_reserved(const char *name, enum reader_name kind) {
    static const char *const ids[] = {"key", "channel", "language", "sheet", "missing", "size",    "rowid",
                                      "oid", "and",     "or",       "not",   "has",     "answered"};
    static const char *const codes[] = {"no_opinion", "not_concerned", "not_asked", "and", "or", "not"};
    if (kind == READER_ID)
        return is_among(name, ids, COUNT(ids));
    if (kind == READER_CODE)
        for (size_t i = 0; i < COUNT(codes); i++)
            if (text_same_letters(name, codes[i]))
                return true;
    return false;
}

const char *reader_name(struct reader *reader, const struct yaml_node *node, enum reader_name kind) {
    static const char *const kinds[] = {"the name of a questionnaire", "an id", "the name of a scale",
                                        "a code"};
    static const char *const rules[] = {"small letters, digits and -, beginning with a letter",
                                        "small letters, digits and _, beginning with a letter",
                                        "small letters, digits and _, beginning with a letter",
                                        "letters, digits, _, . and -"};
    const char *name = reader_text(reader, node);
    if (!name)
        return NULL;
    if (!is_written(name, kind)) {
        diagnostics_error(reader->diagnostics, node->place,
                          "\"%s\" cannot be %s: allowed are %s (no accents)", name, kinds[kind], rules[kind]);
        return NULL;
    }
    if (strlen(name) > NAME_MOST) {
        diagnostics_error(reader->diagnostics, node->place,
                          "\"%s\" is too long: a name has at most %d characters", name, (int)NAME_MOST);
        return NULL;
    }
    if (is_reserved(name, kind)) {
        diagnostics_error(reader->diagnostics, node->place,
                          "\"%s\" is a word with a meaning of its own and cannot be %s: choose another", name,
                          kinds[kind]);
        return NULL;
    }
    return name;
}

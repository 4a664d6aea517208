#include "model/reader_unknown.h"

#include "model/suggestion.h"
#include "model/yaml_explain.h"

#include <string.h>

/* No map of a questionnaire has so many keys: finding out what each of them means would only be long. */
enum { KEYS_MOST = 1000 };

void reader_unknown_word(struct reader *reader, const struct yaml_node *node, const char *what,
                         const char *const *candidates, size_t count) {
    suggestion_error(reader->arena, reader->diagnostics,
                     &(struct suggestion){node->place, what, node->text, candidates, count});
}

bool reader_unknown_means(const struct yaml_node *map, const char *key, const char *const *keys,
                          size_t key_count) {
    size_t length = strlen(key);
    if (map->count > KEYS_MOST)
        return false;
    for (size_t i = 0; map->kind == YAML_MAP && i < map->count; i++) {
        const char *word = map->entries[i].key->text;
        if (!strncmp(word, key, length) && word[length] == ':') /* `key:value` without a space */
            return true;
        size_t known = 0;
        while (known < key_count && strcmp(word, keys[known]) != 0)
            known++;
        const char *nearest = known == key_count ? suggestion_meant(word, keys, key_count) : NULL;
        if (nearest && !strcmp(nearest, key))
            return true;
    }
    return false;
}

/* --- keys that are the rest of a text --- */

/* No key is written with spaces, capitals, accents or marks. */
static bool looks_like_text(const char *key) {
    for (; *key; key++)
        if (!((*key >= 'a' && *key <= 'z') || (*key >= '0' && *key <= '9') || *key == '_' || *key == '-'))
            return true;
    return false;
}

static void help_quotes(struct reader *reader, size_t start, bool flow) {
    yaml_explain_quotes(reader->arena, reader->diagnostics, reader->source, reader->source_length, start, 0,
                        flow);
}

static bool is_digits(const char *text) {
    return *text && text[strspn(text, "0123456789")] == '\0';
}

/* {fr: Oui, bien sûr, en: Yes}: the text begins with the last value before that is one. */
static bool report_comma(struct reader *reader, const struct yaml_node *map, size_t index) {
    const struct yaml_node *key = map->entries[index].key;
    if (!map->flow || !(yaml_is_null(map->entries[index].value) || looks_like_text(key->text)))
        return false;
    size_t first = index;
    while (first > 0 && yaml_is_null(map->entries[first - 1].value))
        first--;
    const struct yaml_node *text = first > 0 ? map->entries[first - 1].value : NULL;
    if (!text || text->kind != YAML_TEXT || !text->plain)
        return false;
    struct place place = text->place;
    if (key->place.line == place.line)
        place.length = key->place.column + key->place.length - place.column;
    if (is_digits(text->text) && is_digits(key->text)) {
        diagnostics_error(reader->diagnostics, place,
                          "numbers are written with a point here: %s.%s (and a text with a comma in quotes)",
                          text->text, key->text);
    } else if (first == index) { /* one message for one text with many commas */
        diagnostics_error(reader->diagnostics, place,
                          "a text that contains a comma needs quotes around it here, between { and }");
        help_quotes(reader, text->start, true);
    }
    return true;
}

/* A text below its key, on a line of its own: `Votre rôle : lequel ?` is a map to YAML. */
static bool report_colon(struct reader *reader, const struct yaml_node *map, size_t index) {
    const struct yaml_node *key = map->entries[index].key, *value = map->entries[index].value;
    if (map->flow || !looks_like_text(key->text) || !key->plain || value->kind != YAML_TEXT)
        return false;
    diagnostics_error(reader->diagnostics, key->place,
                      "\"%s\" is no key; a text that contains a colon needs quotes around it", key->text);
    help_quotes(reader, key->start, false);
    return true;
}

/* {fr:Oui, en:Yes}: without the space all of it is the key. */
static bool report_missing_space(struct reader *reader, const struct yaml_node *key) {
    if (!key->plain || !strchr(key->text, ':') || strchr(key->text, ' '))
        return false;
    diagnostics_error(reader->diagnostics, key->place, "a space is missing after the colon in \"%s\"",
                      key->text);
    return true;
}

bool reader_unknown_key(struct reader *reader, const struct yaml_node *map, size_t index, const char *what,
                        const char *const *keys, size_t key_count) {
    const struct yaml_node *key = map->entries[index].key;
    if (report_missing_space(reader, key) || report_comma(reader, map, index) ||
        report_colon(reader, map, index))
        return true;
    reader_unknown_word(reader, key, what, keys, key_count);
    return false;
}

#include "model/reader_name.h"

#include "model/base/text.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

#define LETTERS  "abcdefghijklmnopqrstuvwxyz"
#define CAPITALS "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS   "0123456789"

/* Names become names of files and columns. */
enum { NAME_MOST = 60 };

static const struct {
    const char *what, *rule;
    const char *first, *rest; /* the bytes that are allowed; a language is more than that */
} kinds[] = {
    [READER_NAME_QUESTIONNAIRE] = {"the name of a questionnaire",
                                   "small letters, digits and -, beginning with a letter (no accents)",
                                   LETTERS, LETTERS DIGITS "-"},
    [READER_NAME_LANGUAGE] = {"a language",
                              "two or three small letters, such as fr or en, with a region if needed (fr-CA)",
                              LETTERS, LETTERS CAPITALS DIGITS "-"},
    [READER_NAME_SCALE] = {"the name of a scale",
                           "small letters, digits and _, beginning with a letter (no accents)", LETTERS,
                           LETTERS DIGITS "_"},
    [READER_NAME_ID] = {"an id", "small letters, digits and _, beginning with a letter (no accents)", LETTERS,
                        LETTERS DIGITS "_"},
    [READER_NAME_CODE] = {"a code", "letters, digits, _, . and - (no accents)", LETTERS CAPITALS DIGITS "_.-",
                          LETTERS CAPITALS DIGITS "_.-"},
};

/* As in BCP 47: a language in small letters, then any parts such as a region. */
static bool is_language(const char *tag) {
    size_t length = strspn(tag, LETTERS);
    if (length < 2 || length > 3)
        return false;
    for (tag += length; *tag == '-'; tag += length + 1) {
        length = strspn(tag + 1, LETTERS CAPITALS DIGITS);
        if (length < 2 || length > 8)
            return false;
    }
    return *tag == '\0';
}

static bool is_written(const char *name, enum reader_name_kind kind) {
    if (kind == READER_NAME_LANGUAGE)
        return is_language(name);
    return strchr(kinds[kind].first, *name) && name[strspn(name, kinds[kind].rest)] == '\0';
}

static bool is_reserved(const char *name, enum reader_name_kind kind) {
    static const char *const ids[] = {"key", "channel", "language", "sheet", "missing", "size",    "rowid",
                                      "oid", "and",     "or",       "not",   "has",     "answered"};
    static const char *const codes[] = {"no_opinion", "not_concerned", "not_asked", "and", "or", "not"};
    for (size_t i = 0; i < COUNT(ids) && kind == READER_NAME_ID; i++)
        if (!strcmp(name, ids[i]))
            return true;
    for (size_t i = 0; i < COUNT(codes) && kind == READER_NAME_CODE; i++)
        if (text_same_letters(name, codes[i]))
            return true;
    return false;
}

const char *reader_name(struct reader *reader, const struct yaml_node *node, enum reader_name_kind kind) {
    const char *name = reader_text(reader, node);
    if (!name)
        return NULL;
    if (!is_written(name, kind)) {
        diagnostics_error(reader->diagnostics, node->place, "\"%s\" cannot be %s: allowed are %s", name,
                          kinds[kind].what, kinds[kind].rule);
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
                          kinds[kind].what);
        return NULL;
    }
    return name;
}

#include "model/yaml.h"

#include "model/names.h"
#include "model/yaml_explain.h"
#include "model/yaml_guard.h"

#include <libfyaml.h>
#include <stdlib.h>
#include <string.h>

/* A member while its list or map is still open. */
struct member {
    struct yaml_entry entry;
    struct member *next;
};

/* An open list or map. */
struct frame {
    struct yaml_node *node;
    const struct yaml_node *key; /* of a map: waiting for its value */
    struct member *first, *last;
};

struct builder {
    struct arena *arena;
    const char *source;
    size_t length;
    struct diagnostics *diagnostics;
    struct yaml_cursor cursor;
    struct frame frames[YAML_DEPTH_MOST];
    size_t depth;
    const struct yaml_node *root;
    size_t document_count;
    size_t last_end; /* where the event before this one ended: the place of what has no mark of its own */
    struct names *anchors; /* to indices of `anchored` */
    const struct yaml_node **anchored;
    size_t anchored_count, anchored_capacity;
};

static struct place place_at(struct builder *builder, size_t offset) {
    return yaml_cursor_place(&builder->cursor, offset);
}

static size_t event_start(const struct builder *builder, struct fy_event *event) {
    const struct fy_mark *mark = fy_event_start_mark(event);
    size_t offset = mark ? mark->input_pos : builder->last_end;
    return offset <= builder->length ? offset : builder->length;
}

static size_t event_end(const struct builder *builder, struct fy_event *event) {
    const struct fy_mark *mark = fy_event_end_mark(event);
    size_t offset = mark ? mark->input_pos : builder->last_end;
    return offset <= builder->length ? offset : builder->length;
}

static const char *token_text(struct builder *builder, struct fy_token *token, size_t *length) {
    const char *text = token ? fy_token_get_text(token, length) : NULL;
    if (!text)
        *length = 0;
    return arena_copy_bytes(builder->arena, text ? text : "", *length);
}

/* Escapes can write what no editor would: a text with control characters is of no use anywhere. */
static bool check_characters(struct builder *builder, const struct yaml_node *node, size_t length) {
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)node->text[i];
        if ((byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') || byte == 0x7F) {
            diagnostics_error(builder->diagnostics, node->place,
                              "the text contains the control character U+%04X; take its escape out", byte);
            return false;
        }
    }
    return true;
}

/* Quotes do not belong to the raw text, nor does the indentation before a block's first line. */
static void set_raw(struct builder *builder, struct yaml_node *node, size_t start, size_t end) {
    if (node->plain) {
        /* as it is */
    } else if (end - start >= 2 && (builder->source[start] == '"' || builder->source[start] == '\'')) {
        start++;
        end--;
    } else {
        while (start < end && strchr(" \t\r\n", builder->source[start]))
            start++;
    }
    node->raw = arena_copy_bytes(builder->arena, builder->source + start, end - start);
    node->raw_place = place_at(builder, start);
}

static struct yaml_node *create_node(struct builder *builder, enum yaml_kind kind, size_t start) {
    struct yaml_node *node = ARENA_NEW(builder->arena, struct yaml_node, 1);
    node->kind = kind;
    node->place = place_at(builder, start);
    node->place.length = 1;
    node->start = node->end = start;
    node->weight = 1;
    return node;
}

static bool is_core_tag(const char *tag) {
    static const char *const known[] = {"str", "seq", "map", "int", "float", "bool", "null"};
    static const char prefix[] = "tag:yaml.org,2002:";
    if (!strcmp(tag, "!"))
        return true;
    if (strncmp(tag, prefix, sizeof prefix - 1) != 0)
        return false;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (!strcmp(tag + sizeof prefix - 1, known[i]))
            return true;
    return false;
}

static bool is_in_brackets(const struct builder *builder) {
    return builder->depth > 0 && builder->frames[builder->depth - 1].node->flow;
}

/* Help for what begins with a sign of YAML's and was meant to be a text. */
static void help_quotes(struct builder *builder, size_t start) {
    yaml_explain_quotes(builder->arena, builder->diagnostics, builder->source, builder->length, start, 0,
                        is_in_brackets(builder));
}

static bool check_tag(struct builder *builder, struct fy_event *event) {
    struct fy_token *token = fy_event_get_tag_token(event);
    if (!token)
        return true;
    size_t length;
    const char *tag = token_text(builder, token, &length);
    if (is_core_tag(tag))
        return true;
    const struct fy_mark *mark = fy_token_start_mark(token);
    size_t start = mark && mark->input_pos < builder->length ? mark->input_pos : builder->last_end;
    diagnostics_error(
        builder->diagnostics, place_at(builder, start),
        "a text that begins with ! needs quotes around it (YAML takes it for a tag, and knows no \"%s\")",
        tag);
    help_quotes(builder, start);
    return false;
}

/* An anchor may be given again: aliases mean the last one before them. */
static void note_anchor(struct builder *builder, struct fy_event *event, const struct yaml_node *node) {
    struct fy_token *token = fy_event_get_anchor_token(event);
    if (!token)
        return;
    size_t length;
    const char *name = token_text(builder, token, &length);
    if (builder->anchored_count == builder->anchored_capacity) {
        size_t capacity = builder->anchored_capacity ? builder->anchored_capacity * 2 : 16;
        const struct yaml_node **grown = ARENA_NEW(builder->arena, const struct yaml_node *, capacity);
        if (builder->anchored_count)
            memcpy(grown, builder->anchored, builder->anchored_count * sizeof *grown);
        builder->anchored = grown;
        builder->anchored_capacity = capacity;
    }
    builder->anchored[builder->anchored_count] = node;
    names_set(builder->anchors, name, builder->anchored_count++);
}

static bool add_key(struct builder *builder, struct frame *frame, const struct yaml_node *key,
                    struct place place) {
    if (key->kind != YAML_TEXT) {
        diagnostics_error(builder->diagnostics, place, "a key must be a single text, not a list or a map");
        return false;
    }
    if (key->plain && !strcmp(key->text, "<<")) {
        diagnostics_error(builder->diagnostics, place,
                          "\"<<\" (merging another map) is not in YAML 1.2; write the keys out");
        return false;
    }
    frame->key = key;
    return true;
}

/* Puts a finished node, or an alias that stands at `place`, where it belongs. */
static bool add_node(struct builder *builder, const struct yaml_node *node, struct place place) {
    if (builder->depth == 0) {
        builder->root = node;
        return true;
    }
    struct frame *frame = &builder->frames[builder->depth - 1];
    if (frame->node->kind == YAML_MAP && !frame->key)
        return add_key(builder, frame, node, place);
    struct member *member = ARENA_NEW(builder->arena, struct member, 1);
    member->entry = (struct yaml_entry){frame->key, node};
    frame->key = NULL;
    if (frame->last)
        frame->last->next = member;
    else
        frame->first = member;
    frame->last = member;
    frame->node->count++;
    frame->node->weight += node->weight + (member->entry.key != NULL);
    if (frame->node->weight <= YAML_WEIGHT_MOST)
        return true;
    diagnostics_error(
        builder->diagnostics, place,
        "too much for one questionnaire: more than 300 000 values, each alias (*name) counted as a copy");
    return false;
}

static bool is_quoted(const struct builder *builder, struct fy_token *token, size_t start, size_t end) {
    enum fy_scalar_style style = token ? fy_token_scalar_style(token) : FYSS_PLAIN;
    char quote = style == FYSS_SINGLE_QUOTED ? '\'' : '"';
    return (style == FYSS_SINGLE_QUOTED || style == FYSS_DOUBLE_QUOTED) && start > 0 &&
           end < builder->length && builder->source[start - 1] == quote && builder->source[end] == quote;
}

static bool add_scalar(struct builder *builder, struct fy_event *event) {
    struct fy_token *token = fy_event_get_token(event);
    size_t start = event_start(builder, event), end = event_end(builder, event), length;
    if (is_quoted(builder, token, start, end)) { /* the marks leave the quotes out */
        start--;
        end++;
    }
    struct yaml_node *node = create_node(builder, YAML_TEXT, start);
    node->text = token_text(builder, token, &length);
    node->plain = !token || fy_token_scalar_style(token) == FYSS_PLAIN;
    node->place.length = yaml_cursor_characters(&builder->cursor, end);
    node->end = end;
    set_raw(builder, node, start, end);
    note_anchor(builder, event, node);
    return check_characters(builder, node, length) && check_tag(builder, event) &&
           add_node(builder, node, node->place);
}

static bool add_alias(struct builder *builder, struct fy_event *event) {
    /* The mark stands behind the asterisk. */
    size_t start = event_start(builder, event), length;
    start -= start > 0 && builder->source[start - 1] == '*';
    struct place place = place_at(builder, start);
    place.length = yaml_cursor_characters(&builder->cursor, event_end(builder, event));
    const char *name = token_text(builder, fy_event_get_token(event), &length);
    size_t index = names_find(builder->anchors, name);
    if (index == NAMES_NONE) {
        diagnostics_error(builder->diagnostics, place,
                          "a text that begins with * needs quotes around it (YAML takes it for an alias, and "
                          "nothing is marked \"&%s\")",
                          name);
        help_quotes(builder, start);
        return false;
    }
    const struct yaml_node *node = builder->anchored[index];
    for (size_t i = 0; i < builder->depth; i++)
        if (builder->frames[i].node == node) {
            diagnostics_error(builder->diagnostics, place, "the alias \"*%s\" stands inside what it names",
                              name);
            return false;
        }
    return add_node(builder, node, place);
}

static bool open_container(struct builder *builder, struct fy_event *event, enum yaml_kind kind) {
    size_t start = event_start(builder, event);
    struct yaml_node *node = create_node(builder, kind, start);
    node->flow = start < builder->length && strchr("[{", builder->source[start]) != NULL;
    if (builder->depth == YAML_DEPTH_MOST) {
        diagnostics_error(builder->diagnostics, node->place,
                          "nested too deep: more than %d lists and maps inside each other",
                          (int)YAML_DEPTH_MOST);
        return false;
    }
    note_anchor(builder, event, node);
    builder->frames[builder->depth++] = (struct frame){.node = node};
    return check_tag(builder, event);
}

static void check_duplicates(struct builder *builder, const struct yaml_node *map) {
    if (map->count < 2)
        return;
    struct names *keys = names_create(builder->arena, false);
    bool is_root = builder->depth == 0; /* many of them on the top level: another kind of file */
    for (size_t i = 0, found = 0; i < map->count && !(is_root && found); i++) {
        const struct yaml_node *key = map->entries[i].key;
        size_t first = names_add(keys, key->text, i);
        if (first == NAMES_NONE)
            continue;
        found++;
        diagnostics_error(builder->diagnostics, key->place,
                          "\"%s\" is given twice (first on line %u); keep one of them", key->text,
                          map->entries[first].key->place.line);
    }
}

static bool close_container(struct builder *builder) {
    struct frame *frame = &builder->frames[--builder->depth];
    struct yaml_node *node = frame->node;
    struct yaml_entry *entries = ARENA_NEW(builder->arena, struct yaml_entry, node->count);
    size_t count = 0;
    for (const struct member *member = frame->first; member; member = member->next)
        entries[count++] = member->entry;
    node->entries = entries;
    if (node->kind == YAML_MAP)
        check_duplicates(builder, node);
    return add_node(builder, node, node->place);
}

static bool open_document(struct builder *builder, struct fy_event *event) {
    if (builder->document_count++ > 0) {
        diagnostics_error(builder->diagnostics, place_at(builder, event_start(builder, event)),
                          "a second document begins here; a questionnaire file holds one");
        return false;
    }
    return true;
}

static bool take_event(struct builder *builder, struct fy_event *event) {
    switch (event->type) {
    case FYET_DOCUMENT_START:
        return open_document(builder, event);
    case FYET_MAPPING_START:
        return open_container(builder, event, YAML_MAP);
    case FYET_SEQUENCE_START:
        return open_container(builder, event, YAML_LIST);
    case FYET_MAPPING_END:
    case FYET_SEQUENCE_END:
        return close_container(builder);
    case FYET_SCALAR:
        return add_scalar(builder, event);
    case FYET_ALIAS:
        return add_alias(builder, event);
    default:
        return true;
    }
}

static void report_syntax_error(struct builder *builder, struct fy_diag *diag) {
    void *previous = NULL;
    const struct fy_diag_error *error = fy_diag_errors_iterate(diag, &previous);
    size_t offset = builder->last_end;
    const struct fy_mark *mark = error && error->fyt ? fy_token_start_mark(error->fyt) : NULL;
    if (mark && mark->input_pos <= builder->length)
        offset = mark->input_pos;
    size_t open = YAML_NOT_OPEN;
    if (is_in_brackets(builder))
        open = builder->frames[builder->depth - 1].node->start;
    yaml_explain(&(struct yaml_mistake){.arena = builder->arena,
                                        .diagnostics = builder->diagnostics,
                                        .source = builder->source,
                                        .length = builder->length,
                                        .offset = offset,
                                        .message = error && error->msg ? error->msg : "",
                                        .open = open});
}

static bool take_events(struct builder *builder, struct fy_parser *parser) {
    bool good = true;
    struct fy_event *event;
    while (good && (event = fy_parser_parse(parser))) {
        good = take_event(builder, event);
        builder->last_end = event_end(builder, event);
        fy_parser_event_free(parser, event);
    }
    return good;
}

static bool run_parser(struct builder *builder) {
    struct fy_diag_cfg diag_configuration;
    fy_diag_cfg_default(&diag_configuration);
    diag_configuration.fp = NULL;
    struct fy_diag *diag = fy_diag_create(&diag_configuration);
    struct fy_parse_cfg configuration = {.flags = FYPCF_QUIET | FYPCF_COLLECT_DIAG |
                                                  FYPCF_DEFAULT_VERSION_1_2 | FYPCF_JSON_NONE,
                                         .diag = diag};
    struct fy_parser *parser = diag ? fy_parser_create(&configuration) : NULL;
    if (!parser || fy_parser_set_string(parser, builder->source, builder->length) != 0)
        abort(); /* out of memory */
    fy_diag_set_collect_errors(diag, true);
    bool good = take_events(builder, parser);
    if (good && fy_parser_get_stream_error(parser)) {
        report_syntax_error(builder, diag);
        good = false;
    }
    fy_parser_destroy(parser);
    fy_diag_destroy(diag);
    return good;
}

const struct yaml_node *yaml_parse(struct arena *arena, const char *source, size_t length,
                                   struct diagnostics *diagnostics) {
    struct builder builder = {.arena = arena,
                              .source = source,
                              .length = length,
                              .diagnostics = diagnostics,
                              .cursor = {source, length, 0, 1, 1},
                              .anchors = names_create(arena, false)};
    if (!yaml_guard(source, length, diagnostics) || !run_parser(&builder))
        return NULL;
    if (!builder.root || yaml_is_null(builder.root)) {
        diagnostics_error(diagnostics, (struct place){0}, "the file is empty: it holds no questionnaire");
        return NULL;
    }
    return builder.root;
}

const struct yaml_node *yaml_value(const struct yaml_node *map, const char *key) {
    if (map->kind == YAML_MAP)
        for (size_t i = 0; i < map->count; i++)
            if (!strcmp(map->entries[i].key->text, key))
                return map->entries[i].value;
    return NULL;
}

static bool is_one_of(const struct yaml_node *node, const char *const *words, size_t count) {
    if (node->kind != YAML_TEXT || !node->plain)
        return false;
    for (size_t i = 0; i < count; i++)
        if (!strcmp(node->text, words[i]))
            return true;
    return false;
}

bool yaml_is_null(const struct yaml_node *node) {
    static const char *const words[] = {"", "~", "null", "Null", "NULL"};
    return is_one_of(node, words, sizeof words / sizeof *words);
}

bool yaml_is_boolean(const struct yaml_node *node, bool *value) {
    static const char *const words[] = {"true", "True", "TRUE", "false", "False", "FALSE"};
    *value = is_one_of(node, words, 3);
    return *value || is_one_of(node, words + 3, 3);
}

#include "model/questionnaire_reading.h"

#include "model/base/text.h"
#include "model/questionnaire_logo.h"
#include "model/reader_name.h"
#include "model/reader_unknown.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Every text has a place for each language. */
enum { LANGUAGES_MOST = 50 };

static const struct place whole_file = {0};

/* --- languages --- */

static const char *read_tag(struct reader *reader, const struct yaml_node *node, struct names *seen) {
    const char *tag = reader_name(reader, node, READER_NAME_LANGUAGE);
    if (!tag)
        return NULL;
    if (names_add(seen, tag, 0) != NAMES_NONE) {
        diagnostics_error(reader->diagnostics, node->place, "the language \"%s\" is given twice", tag);
        return NULL;
    }
    return tag;
}

/* After a mistake here texts are not held against the languages. */
static void read_languages(struct reading *reading, const struct yaml_node *node) {
    struct reader *reader = &reading->reader;
    if (!reader_list(reader, node, "languages, such as [fr, en]"))
        return;
    if (node->count > LANGUAGES_MOST) {
        diagnostics_error(reader->diagnostics, node->place, "more than %d languages", (int)LANGUAGES_MOST);
        return;
    }
    struct names *seen = names_create(reader->arena, true);
    const char **tags = ARENA_NEW(reader->arena, const char *, node->count);
    bool good = true;
    for (size_t i = 0; i < node->count; i++) {
        tags[i] = read_tag(reader, node->entries[i].value, seen);
        good = good && tags[i];
    }
    if (!good)
        return;
    reading->questionnaire->languages = reader->languages = tags;
    reading->questionnaire->language_count = reader->language_count = node->count;
}

/* --- pages --- */

static void read_page(struct reading *reading, const struct yaml_node *node, size_t index) {
    static const char *const keys[] = {"title", "when", "questions"};
    static const struct reader_shape shape = {"a page", keys, COUNT(keys)};
    struct reader *reader = &reading->reader;
    struct page *page = &reading->pages[index];
    const struct yaml_node *value;
    reading->page_nodes[index] = node;
    reading->page_items[index] = reading->questionnaire->item_count;
    page->questions = reading->all_questions + reading->questionnaire->question_count;
    if (!reader_map(reader, node, &shape))
        return;
    if ((value = yaml_value(node, "title")))
        page->title = reader_wording(reader, value);
    value = reader_require(reader, node, &shape, "questions", "the page");
    if (value && reader_list(reader, value, "questions"))
        for (size_t i = 0; i < value->count; i++)
            questionnaire_question_read(reading, value->entries[i].value, index);
    page->question_count =
        (size_t)(reading->all_questions + reading->questionnaire->question_count - page->questions);
}

/* Places for every question and item that the tree can hold: what points to them must not move. */
static void make_room(struct reading *reading, const struct yaml_node *pages) {
    size_t question_count = 0, item_count = 0;
    for (size_t i = 0; i < pages->count; i++) {
        const struct yaml_node *questions = yaml_value(pages->entries[i].value, "questions");
        for (size_t j = 0; questions && j < questions->count; j++) {
            const struct yaml_node *items = yaml_value(questions->entries[j].value, "items");
            question_count++;
            item_count += 1 + (items ? items->count : 0);
        }
    }
    struct arena *arena = reading->reader.arena;
    struct questionnaire *questionnaire = reading->questionnaire;
    reading->questions = ARENA_NEW(arena, struct question_reading, question_count);
    reading->item_id_good = ARENA_NEW(arena, bool, item_count);
    questionnaire->questions = reading->all_questions = ARENA_NEW(arena, struct question, question_count);
    questionnaire->items = reading->all_items = ARENA_NEW(arena, struct item, item_count);
}

static void read_pages(struct reading *reading, const struct yaml_node *node) {
    struct arena *arena = reading->reader.arena;
    if (!reader_list(&reading->reader, node, "pages"))
        return;
    make_room(reading, node);
    reading->questionnaire->pages = reading->pages = ARENA_NEW(arena, struct page, node->count);
    reading->questionnaire->page_count = node->count;
    reading->page_nodes = ARENA_NEW(arena, const struct yaml_node *, node->count);
    reading->page_items = ARENA_NEW(arena, size_t, node->count);
    for (size_t i = 0; i < node->count; i++)
        read_page(reading, node->entries[i].value, i);
}

/* --- the head --- */

static void read_texts(struct reading *reading, const struct yaml_node *root) {
    struct questionnaire *questionnaire = reading->questionnaire;
    const struct {
        const char *key;
        struct wording *wording;
    } texts[] = {{"title", &questionnaire->title},
                 {"organisation", &questionnaire->organisation},
                 {"introduction", &questionnaire->introduction},
                 {"thanks", &questionnaire->thanks},
                 {"privacy", &questionnaire->privacy}};
    for (size_t i = 0; i < COUNT(texts); i++) {
        const struct yaml_node *value = yaml_value(root, texts[i].key);
        if (value)
            *texts[i].wording = reader_wording(&reading->reader, value);
    }
    if (!yaml_value(root, "privacy"))
        diagnostics_warning(
            reading->reader.diagnostics, whole_file,
            "\"privacy:\" is missing: say who runs the survey, why, how long answers are kept, "
            "and whom to ask");
}

/* NULL after a mistake, or if there is none. */
static const char *read_day(struct reader *reader, const struct yaml_node *node) {
    const char *text = node ? reader_text(reader, node) : NULL;
    if (!text || text_is_date(text))
        return text;
    diagnostics_error(reader->diagnostics, node->place,
                      "\"%s\" is not a day: days are written year-month-day, such as 2024-01-31", text);
    return NULL;
}

static void read_days(struct reading *reading, const struct yaml_node *root) {
    struct questionnaire *questionnaire = reading->questionnaire;
    const struct yaml_node *opens = yaml_value(root, "opens"), *closes = yaml_value(root, "closes");
    questionnaire->opens = read_day(&reading->reader, opens);
    questionnaire->closes = read_day(&reading->reader, closes);
    if (closes && questionnaire->opens && questionnaire->closes &&
        strcmp(questionnaire->opens, questionnaire->closes) > 0)
        diagnostics_error(reading->reader.diagnostics, closes->place,
                          "the survey closes on %s, before it opens on %s", questionnaire->closes,
                          questionnaire->opens);
}

static bool ends_in(const char *text, const char *end) {
    size_t length = strlen(text), end_length = strlen(end);
    return length > end_length && text_same_letters(text + length - end_length, end);
}

static const char *read_logo(struct reading *reading, const struct yaml_node *node) {
    struct reader *reader = &reading->reader;
    const char *path = reader_text(reader, node);
    if (!path)
        return NULL;
    if (strstr(path, "://") || (!ends_in(path, ".svg") && !ends_in(path, ".png"))) {
        diagnostics_error(reader->diagnostics, node->place,
                          "\"%s\" cannot be the logo: name a file that ends in .svg or .png, on this machine",
                          path);
        return NULL;
    }
    const char *refusal = reading->has_folder
                              ? questionnaire_logo_refusal(reader->arena, reading->questionnaire->file, path)
                              : NULL;
    /* Collecting must not stop because a picture was moved. */
    if (refusal)
        diagnostics_warning(reader->diagnostics, node->place, "\"%s\" cannot be the logo: %s; it is left out",
                            path, refusal);
    return refusal ? NULL : path;
}

static void read_head(struct reading *reading, const struct yaml_node *root) {
    static const char *const layouts[] = {"pages", "single"};
    struct questionnaire *questionnaire = reading->questionnaire;
    struct reader *reader = &reading->reader;
    const struct yaml_node *value;
    if ((value = yaml_value(root, "questionnaire")))
        questionnaire->name = reader_name(reader, value, READER_NAME_QUESTIONNAIRE);
    if ((value = yaml_value(root, "logo")))
        questionnaire->logo = read_logo(reading, value);
    if ((value = yaml_value(root, "layout")))
        questionnaire->single_layout = reader_choice(reader, value, "layout", layouts, COUNT(layouts)) == 1;
    read_texts(reading, root);
    read_days(reading, root);
}

static void check_present(struct reading *reading, const struct yaml_node *root,
                          const struct reader_shape *shape) {
    static const char *const needed[][2] = {
        {"questionnaire", "a name such as \"questionnaire: dip-2013\""},
        {"languages", "a list such as \"languages: [fr, en]\""},
        {"title", "the title of the questionnaire"},
        {"pages", "a list of pages, each with its questions"},
    };
    for (size_t i = 0; i < COUNT(needed); i++)
        if (!yaml_value(root, needed[i][0]) &&
            !reader_unknown_means(root, needed[i][0], shape->keys, shape->key_count))
            diagnostics_error(reading->reader.diagnostics, whole_file, "\"%s:\" is missing: %s", needed[i][0],
                              needed[i][1]);
}

static void warn_unused(struct reading *reading) {
    for (size_t i = 0; i < reading->scale_count; i++)
        if (!reading->scales[i].used && !reading->scales[i].excused)
            diagnostics_warning(reading->reader.diagnostics, reading->scales[i].place,
                                "the scale \"%s\" is used by no question", reading->scales[i].name);
}

/* Whether a map has a key of a questionnaire, or one that is near to it. */
static bool is_questionnaire(const struct yaml_node *root, const struct reader_shape *shape) {
    for (size_t i = 0; i < shape->key_count; i++)
        if (yaml_value(root, shape->keys[i]) ||
            reader_unknown_means(root, shape->keys[i], shape->keys, shape->key_count))
            return true;
    return false;
}

/* Of another file one mistake says all, and shows one line: it may hold what nobody should read. */
static bool check_kind(struct reader *reader, const struct yaml_node *root,
                       const struct reader_shape *shape) {
    if (root->kind != YAML_MAP || root->count == 0 || is_questionnaire(root, shape))
        return true;
    if (diagnostics_count(reader->diagnostics, SEVERITY_ERROR) == 0)
        diagnostics_error(reader->diagnostics, root->entries[0].key->place,
                          "this is no questionnaire, which begins with keys such as \"questionnaire:\" and "
                          "\"languages:\": is it the right file?");
    return false;
}

void questionnaire_read(struct reading *reading, const struct yaml_node *root) {
    static const char *const keys[] = {"questionnaire", "languages",  "title",   "organisation", "logo",
                                       "introduction",  "thanks",     "privacy", "opens",        "closes",
                                       "layout",        "population", "scales",  "pages"};
    static const struct reader_shape shape = {"a questionnaire", keys, COUNT(keys)};
    const struct yaml_node *value;
    if (!check_kind(&reading->reader, root, &shape) || !reader_map(&reading->reader, root, &shape))
        return;
    check_present(reading, root, &shape);
    if ((value = yaml_value(root, "languages")))
        read_languages(reading, value);
    read_head(reading, root);
    if ((value = yaml_value(root, "scales")))
        questionnaire_options_read_scales(reading, value);
    if ((value = yaml_value(root, "pages")))
        read_pages(reading, value);
    if ((value = yaml_value(root, "population")))
        questionnaire_population_read(reading, value);
    if (reading->questionnaire->question_count > 0)
        warn_unused(reading);
    /* Beyond what a store can hold, checking every condition is only long. */
    if (questionnaire_names_check(reading))
        questionnaire_conditions_read(reading);
}

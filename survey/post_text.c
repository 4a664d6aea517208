#include "survey/post_text.h"

#include "model/base/language.h"
#include "model/base/text.h"
#include "model/csv_file.h"

#include <stdlib.h>
#include <string.h>

enum { MEBIBYTES_MOST = 1, TEXT_KINDS = 3, LANGUAGE_COUNT = 2 };

/* A letter of invitation has the link beside it, as a QR code and as a code for typing; a reminder reads the
 * same in a mail and on paper. */
enum text_kind { TEXT_INVITATION, TEXT_REMINDER, TEXT_LETTER };

static const struct built_in {
    const char *file, *text;
} built_in[TEXT_KINDS][LANGUAGE_COUNT] = {
    [TEXT_INVITATION] = {[LANGUAGE_ENGLISH] =
                             {
                                 "invitation.en.md",
#include "survey/web/invitation.en.md.inc"
                             },
                         [LANGUAGE_FRENCH] =
                             {
                                 "invitation.fr.md",
#include "survey/web/invitation.fr.md.inc"
                             }},
    [TEXT_REMINDER] = {[LANGUAGE_ENGLISH] =
                           {
                               "reminder.en.md",
#include "survey/web/reminder.en.md.inc"
                           },
                       [LANGUAGE_FRENCH] =
                           {
                               "reminder.fr.md",
#include "survey/web/reminder.fr.md.inc"
                           }},
    [TEXT_LETTER] = {[LANGUAGE_ENGLISH] =
                         {
                             "letter.en.md",
#include "survey/web/letter.en.md.inc"
                         },
                     [LANGUAGE_FRENCH] =
                         {
                             "letter.fr.md",
#include "survey/web/letter.fr.md.inc"
                         }},
};

/* How well a text serves a language. */
enum fit { FIT_NONE, FIT_ANY, FIT_MAIN, FIT_EXACT };

struct post_texts {
    const struct questionnaire *questionnaire;
    const struct template_source *const *given;       /* by language; NULL: none */
    const struct template_source *const *built_in[2]; /* by medium and language */
};

/* --- which text for which language --- */

/* What stands between the last two dots of `NAME.fr.md`; "" if nothing does. */
static const char *language_part(struct arena *arena, const char *path) {
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    const char *extension = strrchr(name, '.');
    const char *end = extension ? extension : name + strlen(name), *start = end;
    while (start > name && start[-1] != '.')
        start--;
    return start > name ? arena_copy_bytes(arena, start, (size_t)(end - start)) : "";
}

static enum fit fit_of(const char *part, const char *tag) {
    size_t length = strlen(part);
    if (length == 0)
        return FIT_ANY;
    if (text_same_letters(part, tag))
        return FIT_EXACT;
    return !strncmp(part, tag, length) && tag[length] == '-' ? FIT_MAIN : FIT_NONE;
}

/* A part that is no language of the questionnaire's belongs to the name, unless it can only be a language. */
static bool check_part(const struct questionnaire *questionnaire, const char *path, const char **part,
                       struct failure *failure) {
    for (size_t i = 0; i < questionnaire->language_count; i++)
        if (fit_of(*part, questionnaire->languages[i]) != FIT_NONE)
            return true;
    bool is_language = strlen(*part) == 2 && strspn(*part, "abcdefghijklmnopqrstuvwxyz") == 2;
    if (is_language)
        return failure_set(failure, "%s: the questionnaire has no language \"%s\"", path, *part);
    *part = "";
    return true;
}

/* --- reading --- */

static const struct template_source *parse(struct arena *arena, const char *file, const char *text,
                                           size_t length, bool needs_link) {
    struct diagnostics *diagnostics = diagnostics_create(arena, file);
    const struct template_source *result = template_read(arena, file, text, length, diagnostics);
    if (result && needs_link && !template_has_link(result)) {
        diagnostics_error(diagnostics, (struct place){0},
                          "the text has neither {{link}} nor {{code}}, so that nobody could answer");
        result = NULL;
    }
    diagnostics_print(diagnostics, stderr);
    return result;
}

static const struct template_source *read_file(struct arena *arena, const char *path, bool needs_link,
                                               struct failure *failure) {
    char *bytes = NULL;
    size_t length = 0;
    const struct template_source *result = NULL;
    if (!csv_file_read(path, MEBIBYTES_MOST, &bytes, &length, failure))
        return NULL;
    result = parse(arena, path, bytes, length, needs_link);
    free(bytes);
    return result;
}

/* Gives the text to each language that it fits better than the one before. */
static bool assign(const struct campaign *campaign, const char *path, const struct template_source *text,
                   const struct template_source **given, enum fit *fits, struct failure *failure) {
    const struct questionnaire *questionnaire = campaign->questionnaire;
    const char *part = language_part(campaign->arena, path);
    if (!check_part(questionnaire, path, &part, failure))
        return false;
    for (size_t i = 0; i < questionnaire->language_count; i++) {
        enum fit fit = fit_of(part, questionnaire->languages[i]);
        if (fit != FIT_NONE && fit == fits[i])
            return failure_set(failure, "%s is the second --text for the language %s", path,
                               questionnaire->languages[i]);
        if (fit > fits[i]) {
            fits[i] = fit;
            given[i] = text;
        }
    }
    return true;
}

static bool read_given(const struct arguments *arguments, const struct campaign *campaign,
                       const struct template_source **given, struct failure *failure) {
    bool needs_link = command_value(arguments, "smtp") != NULL, good = true;
    enum fit *fits = ARENA_NEW(campaign->arena, enum fit, campaign->questionnaire->language_count);
    const char *path;
    for (size_t i = 0; (path = command_value_at(arguments, "text", i)); i++) {
        const struct template_source *text = read_file(campaign->arena, path, needs_link, failure);
        good = text && assign(campaign, path, text, given, fits, failure) && good;
    }
    return good;
}

/* The built-in text of a kind for each language. */
static const struct template_source *const *read_built_in(const struct campaign *campaign,
                                                          enum text_kind kind) {
    size_t count = campaign->questionnaire->language_count;
    const struct template_source **texts = ARENA_NEW(campaign->arena, const struct template_source *, count);
    for (size_t i = 0; i < count; i++) {
        const struct built_in *one = &built_in[kind][language_of_tag(campaign->questionnaire->languages[i])];
        texts[i] = parse(campaign->arena, one->file, one->text, strlen(one->text), kind != TEXT_LETTER);
        if (!texts[i])
            abort();
    }
    return texts;
}

const struct post_texts *post_text_read(const struct arguments *arguments, const struct campaign *campaign,
                                        enum post_kind kind, struct failure *failure) {
    struct post_texts *texts = ARENA_NEW(campaign->arena, struct post_texts, 1);
    const struct template_source **given =
        ARENA_NEW(campaign->arena, const struct template_source *, campaign->questionnaire->language_count);
    bool is_reminder = kind == POST_REMINDER;
    if (!read_given(arguments, campaign, given, failure))
        return NULL;
    *texts = (struct post_texts){.questionnaire = campaign->questionnaire, .given = given};
    texts->built_in[POST_MAIL] = read_built_in(campaign, is_reminder ? TEXT_REMINDER : TEXT_INVITATION);
    texts->built_in[POST_LETTER] = read_built_in(campaign, is_reminder ? TEXT_REMINDER : TEXT_LETTER);
    return texts;
}

/* --- filling --- */

size_t post_text_language(const struct questionnaire *questionnaire, const struct invitation *person) {
    size_t index = person->language ? questionnaire_language(questionnaire, person->language) : 0;
    return index < questionnaire->language_count ? index : 0;
}

struct template_text post_text_fill(struct arena *arena, const struct post_texts *texts,
                                    enum post_medium medium, const struct invitation *person,
                                    const struct post_personal *personal) {
    const struct questionnaire *questionnaire = texts->questionnaire;
    size_t index = post_text_language(questionnaire, person);
    const struct template_source *text =
        texts->given[index] ? texts->given[index] : texts->built_in[medium][index];
    struct buffer closes = {0};
    if (questionnaire->closes)
        language_date(&closes, language_of_tag(questionnaire->languages[index]), questionnaire->closes);
    const struct template_values values = {
        .name = person->name,
        .link = personal->link,
        .code = personal->code,
        .address = personal->address,
        .title = questionnaire->title.in[index],
        .organisation = questionnaire->organisation.in ? questionnaire->organisation.in[index] : NULL,
        .closes = questionnaire->closes ? buffer_text(&closes) : NULL};
    struct template_text filled = template_fill(arena, text, &values);
    buffer_destroy(&closes);
    return filled;
}

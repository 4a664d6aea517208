#include "survey/scan_forms.h"

#include "survey/paper_folder.h"

#include <dirent.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FORMS_MOST = 1000 };

/* --- whether a form still asks what the questionnaire asks --- */

static bool is_code_of(const struct question *question, const char *code) {
    if (!strcmp(code, "no_opinion"))
        return question->no_opinion.in != NULL;
    if (!strcmp(code, "not_concerned"))
        return question->not_concerned.in != NULL;
    return questionnaire_option(question, code) < question->option_count;
}

/* A field alone is an answer in words or figures; beside an option, its words. */
static bool is_place_of(const struct question *question, const struct paper_place *place) {
    bool has_options = question->option_count > 0;
    bool ranks = place->rank > 0;
    if (place->kind == PAPER_BOX)
        return is_code_of(question, place->code) && (!ranks || question->type == QUESTION_RANKING);
    if (!place->code)
        return !has_options;
    size_t option = questionnaire_option(question, place->code);
    return option < question->option_count && question->options[option].specify;
}

static const char *find_unfit(struct arena *arena, const struct questionnaire *questionnaire,
                              const struct paper_geometry *geometry) {
    if (questionnaire_language(questionnaire, geometry->language) == questionnaire->language_count)
        return arena_format(arena, "its language, %s, is no longer one of the questionnaire",
                            geometry->language);
    for (size_t i = 0; i < geometry->block_count; i++) {
        const struct paper_block *block = &geometry->blocks[i];
        const struct item *item = questionnaire_item(questionnaire, block->item);
        if (!item)
            return arena_format(arena, "it asks \"%s\", which the questionnaire no longer does", block->item);
        for (size_t k = block->first; k < block->first + block->count; k++)
            if (!is_place_of(item->question, &geometry->places[k]))
                return arena_format(arena,
                                    "its question \"%s\" has other answers than the questionnaire now has",
                                    block->item);
    }
    return NULL;
}

/* --- files --- */

struct forms {
    struct arena *arena;
    const struct questionnaire *questionnaire;
    struct scan_form *all;
    size_t count;
};

static bool is_known(const struct forms *forms, const struct paper_geometry *geometry) {
    for (size_t i = 0; i < forms->count; i++)
        if (!strcmp(forms->all[i].geometry.version, geometry->version) &&
            !strcmp(forms->all[i].geometry.language, geometry->language))
            return true;
    return false;
}

static void add(struct forms *forms, const struct paper_geometry *geometry) {
    if (forms->count == FORMS_MOST || is_known(forms, geometry))
        return;
    forms->all[forms->count++] =
        (struct scan_form){*geometry, find_unfit(forms->arena, forms->questionnaire, geometry)};
}

static bool read_named(struct forms *forms, const char *path, struct failure *failure) {
    struct paper_geometry geometry;
    if (!paper_geometry_read(&geometry, forms->arena, path, failure))
        return false;
    if (strcmp(geometry.questionnaire, forms->questionnaire->name) != 0)
        return failure_set(failure, "%s is the form of the questionnaire \"%s\", not of \"%s\"", path,
                           geometry.questionnaire, forms->questionnaire->name);
    add(forms, &geometry);
    return true;
}

static int is_form(const struct dirent *entry) {
    size_t length = strlen(entry->d_name);
    return length > 5 && entry->d_name[0] != '.' && !strcmp(entry->d_name + length - 5, ".json");
}

static bool read_folder(struct forms *forms, const char *folder, struct failure *failure) {
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, is_form, alphasort);
    if (count < 0)
        return errno == ENOENT || failure_set(failure, "cannot read %s: %s", folder, strerror(errno));
    bool done = true;
    for (int i = 0; i < count; i++) {
        const char *path = arena_format(forms->arena, "%s/%s", folder, entries[i]->d_name);
        struct paper_geometry geometry;
        done = done && paper_geometry_read(&geometry, forms->arena, path, failure);
        if (done && !strcmp(geometry.questionnaire, forms->questionnaire->name))
            add(forms, &geometry);
        free(entries[i]);
    }
    free(entries);
    return done;
}

bool scan_forms_read(struct scan_forms *forms, struct arena *arena, const char *store_path,
                     const char *const *paths, size_t path_count, struct failure *failure) {
    struct forms found = {arena, forms->questionnaire, ARENA_NEW(arena, struct scan_form, FORMS_MOST), 0};
    const char *folder = paper_folder_beside(arena, store_path, "paper");
    for (size_t i = 0; i < path_count; i++)
        if (!read_named(&found, paths[i], failure))
            return false;
    if (!read_folder(&found, folder, failure))
        return false;
    forms->all = found.all;
    forms->count = found.count;
    return found.count > 0 ||
           failure_set(
               failure,
               "where the boxes are on the printed form is not known: there is no file in %s; print the"
               " form with \"survey paper\", or name the JSON file that was written beside it with"
               " --form",
               folder);
}

/* --- pages --- */

const char *scan_forms_refusal(struct arena *arena, const struct paper_label *label,
                               const struct scan_forms *forms, size_t *form) {
    if (strcmp(label->questionnaire, forms->questionnaire->name) != 0)
        return arena_format(arena, "it is a page of the questionnaire \"%s\", not of \"%s\"",
                            label->questionnaire, forms->questionnaire->name);
    for (size_t i = 0; i < forms->count; i++) {
        const struct paper_geometry *geometry = &forms->all[i].geometry;
        if (strcmp(label->version, geometry->version) != 0 ||
            strcmp(label->language, geometry->language) != 0)
            continue;
        *form = i;
        if (forms->all[i].unfit)
            return arena_format(arena, "it was printed from an older version of the questionnaire: %s",
                                forms->all[i].unfit);
        return label->page >= 1 && label->page <= geometry->pages
                   ? NULL
                   : arena_format(arena, "it says that it is page %u, of %u", label->page, geometry->pages);
    }
    return arena_format(arena,
                        "it was printed from another version (%s, %s) of the questionnaire, whose form is not"
                        " known here; name the JSON file that was written beside it with --form",
                        label->version, label->language);
}

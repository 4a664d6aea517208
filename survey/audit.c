#include "survey/audit.h"

#include "model/base/text.h"
#include "model/store_path.h"
#include "survey/audit_internal.h"

#include <string.h>
#include <time.h>

const struct command_option audit_options[] = {CAMPAIGN_STORE_OPTION, {0}};

enum { APPLICATION_ID = 0x42694C6E /* of every store, see model/store_open.c */ };

/* --- remarks --- */

static void add(struct audit *audit, struct audit_remark remark) {
    if (audit->remark_count == audit->remark_room) {
        size_t room = audit->remark_room ? audit->remark_room * 2 : 16;
        struct audit_remark *larger = ARENA_NEW(audit->arena, struct audit_remark, room);
        if (audit->remark_count)
            memcpy(larger, audit->remarks, audit->remark_count * sizeof *larger);
        audit->remarks = larger;
        audit->remark_room = room;
    }
    audit->remarks[audit->remark_count++] = remark;
}

static const char *fill(const struct audit *audit, enum message message, const struct hole *holes) {
    struct buffer text = {0};
    language_fill(&text, audit->language, message, holes);
    const char *kept = arena_copy(audit->arena, buffer_text(&text));
    buffer_destroy(&text);
    return kept;
}

void audit_find(struct audit *audit, enum audit_finding finding, const struct hole *holes) {
    static const struct {
        enum audit_route route;
        enum message text, means, to_do;
    } findings[] = {
#define FINDING(name, route, means, todo)                                                                    \
    {AUDIT_##route, MESSAGE_AUDIT_##name, MESSAGE_AUDIT_##means, MESSAGE_AUDIT_##todo},
        AUDIT_FINDINGS(FINDING)
#undef FINDING
    };
    add(audit, (struct audit_remark){.route = findings[finding].route,
                                     .text = fill(audit, findings[finding].text, holes),
                                     .means = fill(audit, findings[finding].means, holes),
                                     .to_do = fill(audit, findings[finding].to_do, holes)});
    audit->finding_count++;
}

void audit_note(struct audit *audit, enum audit_route route, enum message message, const struct hole *holes) {
    add(audit, (struct audit_remark){.route = route, .is_note = true, .text = fill(audit, message, holes)});
}

const char *audit_shown(const struct audit *audit, const char *name) {
    bool is_text = text_is_utf8(name, strlen(name), NULL);
    char *shown = arena_copy(audit->arena, name);
    for (char *at = shown; *at; at++)
        if ((unsigned char)*at < ' ' || *at == 0x7F || (!is_text && (unsigned char)*at >= 0x80))
            *at = '?';
    return shown;
}

const char *audit_number(const struct audit *audit, size_t number) {
    return arena_format(audit->arena, "%zu", number);
}

/* --- what the store is --- */

static bool refuse_damaged(const struct audit *audit, struct failure *failure) {
    return failure_set(failure,
                       "the store %s is damaged: what it is cannot be read in it; put back a copy of it",
                       audit->path);
}

static bool identify(struct audit *audit, struct failure *failure) {
    size_t count;
    if (audit->files.file.length == 0)
        return failure_set(failure, "the store %s is empty: nothing was collected yet", audit->path);
    audit->store = database_file_parse(audit->arena, &audit->files);
    if (!audit->store)
        return failure_set(failure, "%s is not a store (it is no SQLite file); name another with --store",
                           audit->path);
    database_file_entries(audit->store, &count);
    if (count == 1 && database_file_application(audit->store) == 0)
        return failure_set(failure, "the store %s is empty: nothing was collected yet", audit->path);
    return database_file_application(audit->store) == APPLICATION_ID ||
           failure_set(failure, "%s is an SQLite file, but not a store of answers; name another with --store",
                       audit->path);
}

/* Whose answers these are, and the questionnaire they were given to. */
static bool read_questionnaire(struct audit *audit, struct failure *failure) {
    struct audit_table table = audit_table(audit, "questionnaire");
    if (table.count != 1)
        return refuse_damaged(audit, failure);
    audit_table_read(&table, 0);
    const char *name = audit_table_text(audit->arena, &table, "name");
    const struct database_value *source = audit_table_value(&table, "source");
    if (strcmp(name, audit->questionnaire->name) != 0)
        return failure_set(failure,
                           "the store %s holds answers to the questionnaire \"%s\", not \"%s\"; name another"
                           " with --store",
                           audit->path, audit_shown(audit, name), audit->questionnaire->name);
    struct diagnostics *diagnostics = diagnostics_create(audit->arena, audit->path);
    if (source && source->kind == DATABASE_TEXT)
        audit->collected = questionnaire_parse(audit->arena, audit->path, (const char *)source->bytes,
                                               source->length, diagnostics);
    return true;
}

/* A store of the first version has no tables of links. */
static bool read_state(struct audit *audit, struct failure *failure) {
    struct audit_table state = audit_table(audit, "state"), access = audit_table(audit, "access");
    audit->responses = audit_table(audit, "response");
    audit->people = audit_table(audit, "invitation");
    audit->drafts = audit_table(audit, "draft");
    if (state.count != 1 || access.count > 1 || !audit->responses.entry)
        return refuse_damaged(audit, failure);
    audit_table_read(&state, 0);
    audit->has_ended = audit_table_integer(&state, "ended") != 0;
    if (access.count == 1) {
        audit_table_read(&access, 0);
        audit->has_links = audit_table_integer(&access, "by_link") != 0;
        audit->invited = (size_t)audit_table_integer(&access, "invited");
    }
    return true;
}

static bool read_store(struct audit *audit, struct failure *failure) {
    return database_file_read(audit->arena, audit->path, &audit->files, failure) &&
           identify(audit, failure) && read_questionnaire(audit, failure) && read_state(audit, failure);
}

/* A server makes its file whole right after the commit of a response: in between, pages stand where they
 * were before. That is over in a moment, or it is a finding. */
static bool read_settled(struct audit *audit, struct failure *failure) {
    enum { TRIES = 10, PAUSE = 100 * 1000 * 1000 };
    const struct timespec pause = {.tv_nsec = PAUSE};
    bool done = read_store(audit, failure);
    for (int tries = 0; done && audit->has_links && tries < TRIES; tries++) {
        if (database_file_order(audit->store, audit->responses.entry).leaps == 0)
            break;
        nanosleep(&pause, NULL);
        done = read_store(audit, failure);
    }
    return done;
}

static bool run(struct audit *audit, struct failure *failure) {
    if (!read_settled(audit, failure))
        return false;
    audit_files_try(audit);
    audit_content_try(audit);
    audit_shape_try(audit);
    audit_groups_try(audit);
    audit_print(audit);
    return true;
}

int audit_run(const struct arguments *arguments, struct failure *failure) {
    struct campaign campaign;
    int status = campaign_load(&campaign, arguments);
    if (status == COMMAND_DONE) {
        struct audit audit = {.arena = campaign.arena,
                              .questionnaire = campaign.questionnaire,
                              .language = language_of_tag(campaign.questionnaire->languages[0]),
                              .path = store_path_choose(campaign.arena, campaign.questionnaire,
                                                        command_value(arguments, "store"))};
        if (!run(&audit, failure) || audit.finding_count)
            status = COMMAND_FAILED;
    }
    campaign_close(&campaign);
    return status;
}

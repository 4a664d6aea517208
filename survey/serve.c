#include "survey/serve.h"

#include "model/questionnaire.h"
#include "model/store.h"
#include "model/store_path.h"
#include "survey/listener.h"
#include "survey/server.h"
#include "survey/site.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

const struct command_option serve_options[] = {
    {"store", "PATH", "the file of the answers; results/<questionnaire>/answers.db unless given", false},
    {"listen", "ADDRESS:PORT", "where to serve; 127.0.0.1:8080 unless given", false},
    {"access", "open", "who may answer: everyone", false},
    {"preview", NULL, "show the form; nothing is stored", false},
    {"public-url", "URL", "the address respondents use, where a proxy stands in front", false},
    {"tls-certificate", "FILE", "serve HTTPS with this certificate chain (PEM)", false},
    {"tls-key", "FILE", "and this key (PEM)", false},
    {0},
};

/* The whole of a small text file; NULL after a failure. */
static const char *read_file(struct arena *arena, const char *path, struct failure *failure) {
    enum { LARGEST = 256 * 1024 };
    char *bytes = ARENA_NEW(arena, char, LARGEST + 1);
    FILE *file = fopen(path, "rb");
    size_t length = file ? fread(bytes, 1, LARGEST, file) : 0;
    bool failed = !file || ferror(file);
    if (failed)
        failure_set(failure, "cannot read %s: %s", path, strerror(errno));
    if (file)
        fclose(file);
    bytes[length] = '\0';
    return failed ? NULL : bytes;
}

/* What is wrong with the options together: COMMAND_DONE if nothing. */
static int check_options(const struct arguments *arguments, struct failure *failure) {
    const char *access = command_value(arguments, "access");
    bool certificate = command_value(arguments, "tls-certificate"), key = command_value(arguments, "tls-key");
    if (access && strcmp(access, "open")) {
        failure_set(failure,
                    !strcmp(access, "invitation")
                        ? "this version serves open access only: leave out --access invitation"
                        : "--access takes \"open\", not \"%s\"",
                    access);
        return COMMAND_USAGE;
    }
    if (certificate != key) {
        failure_set(failure, "--tls-certificate and --tls-key go together: give both or neither");
        return COMMAND_USAGE;
    }
    return COMMAND_DONE;
}

static const struct questionnaire *load(struct arena *arena, const char *path) {
    struct diagnostics *diagnostics = diagnostics_create(arena, path);
    const struct questionnaire *questionnaire = questionnaire_load(arena, path, diagnostics);
    diagnostics_print(diagnostics, stderr);
    return questionnaire;
}

/* Says where the form is, once it can be reached. */
static void announce(const struct arguments *arguments, const struct server_options *options,
                     struct arena *arena) {
    const char *url = command_value(arguments, "public-url");
    const char *address = listener_address(options->listener, arena);
    if (!url)
        url = arena_format(arena, "%s://%s/", options->certificate ? "https" : "http", address);
    fprintf(stderr, "survey: serving %s%s at %s (Ctrl-C ends it)\n", options->site->questionnaire->name,
            options->site->preview ? ", preview, nothing is stored," : "", url);
}

/* Reads what the options name and serves; what was opened for it is closed again. */
static bool serve(const struct arguments *arguments, const struct site *site, struct store *store,
                  struct arena *arena, struct failure *failure) {
    const char *certificate = command_value(arguments, "tls-certificate");
    const char *listen = command_value(arguments, "listen");
    struct server_options options = {.site = site, .store = store, .listener = -1};
    if (certificate) {
        options.certificate = read_file(arena, certificate, failure);
        options.key =
            options.certificate ? read_file(arena, command_value(arguments, "tls-key"), failure) : NULL;
        if (!options.key)
            return false;
    }
    options.listener = listener_open(listen ? listen : "127.0.0.1:8080", failure);
    if (options.listener < 0)
        return false;
    announce(arguments, &options, arena);
    return server_run(&options, failure);
}

int serve_run(const struct arguments *arguments, struct failure *failure) {
    bool preview = command_flag(arguments, "preview");
    int status = check_options(arguments, failure);
    if (status != COMMAND_DONE)
        return status;
    struct arena *arena = arena_create();
    struct site site;
    struct store *store = NULL;
    const struct questionnaire *questionnaire = load(arena, command_operand(arguments, 0));
    bool ready = questionnaire && site_open(&site, arena, questionnaire,
                                            command_value(arguments, "public-url"), preview, failure);
    if (ready && !preview) {
        const char *path = store_path_choose(arena, questionnaire, command_value(arguments, "store"));
        store = store_open(path, STORE_WRITE, questionnaire, failure);
    }
    bool done = ready && (store || preview) && serve(arguments, &site, store, arena, failure);
    store_close(store);
    arena_destroy(arena);
    return done ? COMMAND_DONE : COMMAND_FAILED;
}

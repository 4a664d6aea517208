#include "survey/serve.h"

#include "model/base/terminal.h"
#include "model/base/text.h"
#include "model/campaign_key.h"
#include "model/store_invitation.h"
#include "model/store_path.h"
#include "survey/confinement.h"
#include "survey/listener.h"
#include "survey/office.h"
#include "survey/privilege.h"
#include "survey/server.h"
#include "survey/stencil.h"

#include <errno.h>
#include <limits.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const struct command_option serve_options[] = {
    {"store", "PATH", "the file of the answers; results/<questionnaire>/answers.db unless given", false},
    {"listen", "ADDRESS:PORT", "where to serve; 127.0.0.1:8080 unless given", false},
    {"access", "open|invitation", "who may answer; whoever is invited, as soon as somebody is", false},
    {"preview", NULL, "show the form; nothing is stored", false},
    {"public-url", "URL", "the address respondents use, where a proxy stands in front", false},
    {"trust-proxy", NULL, "believe X-Forwarded-For, -Proto and -Host of the proxy in front", false},
    {"tls-certificate", "FILE", "serve HTTPS with this certificate chain (PEM)", false},
    {"tls-key", "FILE", "and this key (PEM)", false},
    {"rate-limit", "N", "requests a minute that one address may send; 1200 unless given, 0: any number",
     false},
    {"smtp", "URL", "let the evaluator's pages send reminders through this server (smtps://HOST:PORT)",
     false},
    {"from", "ADDRESS", "the sender of the reminders", false},
    {"credentials", "FILE", "user and password, a line each; else SMTP_USER and SMTP_PASSWORD", false},
    {"smtp-plain", NULL, "allow a mail server without TLS", false},
    {"text", "FILE.md", "the text of reminders; NAME.fr.md for French, and so on", true},
    {"user", "NAME", "become this user once the port and the TLS files are open", false},
    {"no-confinement", NULL, "leave out Landlock and seccomp, where they are in the way", false},
    {0},
};

/* What is opened for serving, piece by piece. */
struct service {
    const struct arguments *arguments;
    struct arena *arena;
    struct site site;
    const char *path; /* of the store; NULL: a preview */
    struct secret key;
    struct server_options options;
};

/* --- the options --- */

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

static bool read_tls(struct service *service, struct failure *failure) {
    const char *certificate = command_value(service->arguments, "tls-certificate");
    const char *key = command_value(service->arguments, "tls-key");
    if (!certificate != !key)
        return failure_set(failure, "--tls-certificate and --tls-key go together: give both or neither");
    if (certificate)
        service->options.certificate = read_file(service->arena, certificate, failure);
    if (service->options.certificate)
        service->options.key = read_file(service->arena, key, failure);
    return !certificate || service->options.key;
}

/* An address may always send some 20 requests a second, and for a start twice what that makes in a minute.
 * 140 people of one office who all open their links within a minute, and load ten pages and a logo each, send
 * 1 540 requests; with a few slips each they stay below that still. What floods a server sends hundreds a
 * second. */
static bool read_rate(struct service *service, struct failure *failure) {
    enum { USUAL = 1200, MOST = 1000000 };
    const char *value = command_value(service->arguments, "rate-limit");
    double number = USUAL;
    unsigned decimals = 0;
    if (value && (!text_number(value, false, &number, &decimals) || decimals || number < 0 || number > MOST))
        return failure_set(failure, "--rate-limit takes a whole number from 0 (no limit) to %d, not \"%s\"",
                           MOST, value);
    service->options.rate_limit = (unsigned)number;
    return true;
}

static bool is_by_invitation(const struct arguments *arguments) {
    const char *access = command_value(arguments, "access");
    return access && !strcmp(access, "invitation");
}

/* `survey remind` checks the rest when it is started. */
static bool check_mail(const struct arguments *arguments, struct failure *failure) {
    static const char *const of_mail[] = {"from", "credentials", "smtp-plain", "text"};
    bool has_server = command_value(arguments, "smtp");
    for (size_t i = 0; i < sizeof of_mail / sizeof *of_mail; i++)
        if (!has_server && command_value(arguments, of_mail[i]))
            return failure_set(failure, "--%s is about mails, which are sent with --smtp", of_mail[i]);
    if (has_server && (!command_value(arguments, "from") || !command_value(arguments, "public-url")))
        return failure_set(failure,
                           "--smtp needs --from, who sends the mails, and --public-url, where they lead");
    return true;
}

static bool check_access(const struct arguments *arguments, struct failure *failure) {
    const char *access = command_value(arguments, "access");
    if (access && strcmp(access, "open") && !is_by_invitation(arguments))
        return failure_set(failure, "--access takes \"open\" or \"invitation\", not \"%s\"", access);
    if (is_by_invitation(arguments) && command_flag(arguments, "preview"))
        return failure_set(failure, "a preview is open to everyone: leave out --access invitation");
    return true;
}

/* Reads the options. False with what is wrong about them. */
static bool read_options(struct service *service, struct failure *failure) {
    const char *listen = command_value(service->arguments, "listen");
    const char *url = command_value(service->arguments, "public-url");
    if (listen && !listener_is_address(listen))
        return failure_set(failure,
                           "\"%s\" is no address to listen at: give ADDRESS:PORT, such as 127.0.0.1:8080 or "
                           "[::1]:8080",
                           listen);
    if (url && !site_is_url(url))
        return failure_set(failure, "\"%s\" is no address of the web, such as https://survey.example.org/",
                           url);
    service->options.public_url = url;
    service->options.trusts_proxy = command_flag(service->arguments, "trust-proxy");
    return check_access(service->arguments, failure) && check_mail(service->arguments, failure) &&
           read_tls(service, failure) && read_rate(service, failure);
}

/* --- what is opened, in this order --- */

static bool open_site(struct service *service, struct failure *failure) {
    const char *file = command_operand(service->arguments, 0);
    struct diagnostics *diagnostics = diagnostics_create(service->arena, file);
    const struct questionnaire *questionnaire = questionnaire_load(service->arena, file, diagnostics);
    diagnostics_print(diagnostics, stderr);
    if (!questionnaire ||
        !site_open(&service->site, service->arena, questionnaire, service->options.public_url,
                   command_flag(service->arguments, "preview"), failure))
        return false;
    service->site.is_secure |= service->options.certificate != NULL;
    service->site.stencils = stencil_box_create();
    service->options.site = &service->site;
    return true;
}

/* The last thing that may need root is the port. */
static bool open_listener(struct service *service, struct failure *failure) {
    const char *listen = command_value(service->arguments, "listen");
    const char *user = command_value(service->arguments, "user");
    service->options.listener = listener_open(listen ? listen : "127.0.0.1:8080", failure);
    if (service->options.listener < 0 || (user && !privilege_drop(user, failure)))
        return false;
    confinement_hide_memory();
    return true;
}

/* The words for `survey remind` that send mails, ended by NULL; NULL: no mail server is named. */
static const char *const *choose_reminder(const struct service *service) {
    static const char *const names[] = {"smtp", "from", "credentials", "text"};
    const struct arguments *arguments = service->arguments;
    if (!command_value(arguments, "smtp"))
        return NULL;
    size_t count = 0, most = 3;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        for (size_t k = 0; command_value_at(arguments, names[i], k); k++)
            most += 2;
    const char **words = ARENA_NEW(service->arena, const char *, most);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        for (size_t k = 0; command_value_at(arguments, names[i], k); k++) {
            words[count++] = arena_format(service->arena, "--%s", names[i]);
            words[count++] = command_value_at(arguments, names[i], k);
        }
    if (command_flag(arguments, "smtp-plain"))
        words[count++] = "--smtp-plain";
    return words;
}

/* Before the store is opened here, which must not be open in two processes by one opening. */
static bool open_office(struct service *service, struct failure *failure) {
    if (service->site.preview)
        return true;
    service->path = store_path_choose(service->arena, service->site.questionnaire,
                                      command_value(service->arguments, "store"));
    const struct office_options options = {.site = &service->site,
                                           .store = service->path,
                                           .public_url = service->options.public_url,
                                           .reminder = choose_reminder(service),
                                           .listener = service->options.listener};
    service->options.office = office_open(&options, failure);
    service->site.has_office = service->options.office != NULL;
    return service->site.has_office;
}

static bool refuse_nobody(const struct service *service, struct failure *failure) {
    return failure_set(failure, "nobody has a personal link to %s: invite people first (survey invite)",
                       service->path);
}

/* Who may answer: a store with personal links is for those who were invited, and for nobody else, since an
 * answer without a link could not be told from theirs. */
static bool open_access(struct service *service, struct failure *failure) {
    struct store *store = service->options.store;
    if (!store_has_links(store))
        return !is_by_invitation(service->arguments) || refuse_nobody(service, failure);
    if (command_value(service->arguments, "access") && !is_by_invitation(service->arguments))
        return failure_set(failure,
                           "people were invited to %s by personal links: open to everyone as well, it would "
                           "take more than one response from a person; leave out --access open",
                           service->path);
    service->site.by_link = true;
    service->options.campaign_key = &service->key;
    if (store_links_are_open(store))
        return campaign_key_read(&service->key, service->path, failure) &&
               store_fits_key(store, &service->key, failure);
    secret_random(&service->key, sizeof service->key); /* `close` has erased it: no link is known any more */
    return true;
}

static bool open_store(struct service *service, struct failure *failure) {
    if (service->site.preview)
        return true;
    if (command_value(service->arguments, "user") &&
        !privilege_may_keep(service->arena, service->path, failure))
        return false;
    if (is_by_invitation(service->arguments) && access(service->path, F_OK) != 0)
        return refuse_nobody(service, failure); /* nor is a store made for nobody */
    service->options.store = store_open(service->path, STORE_WRITE, service->site.questionnaire, failure);
    return service->options.store && open_access(service, failure);
}

/* --- serving --- */

static bool confine(struct service *service, struct failure *failure) {
    const char *folder = NULL, *lacking = NULL;
    if (command_flag(service->arguments, "no-confinement"))
        return true;
    if (service->path) {
        /* The store may be a symbolic link; its files lie where it leads. */
        char real[PATH_MAX];
        const char *path = realpath(service->path, real) ? real : service->path;
        const char *slash = strrchr(path, '/');
        folder = slash ? arena_copy_bytes(service->arena, path, (size_t)(slash - path + 1)) : ".";
    }
    if (!confinement_enter(service->arena, folder, &lacking, failure))
        return false;
    if (lacking)
        terminal_line(stderr, "survey: warning: not confined as it could be: %s", lacking);
    return true;
}

/* Says where the form is, once it can be reached. */
static void announce(const struct service *service, bool is_local) {
    const struct site *site = &service->site;
    const char *url = service->options.public_url;
    if (site->by_link && !site->is_secure && (url || !is_local))
        terminal_print(
            stderr, "survey: warning: whoever is on the way can read personal links sent by plain HTTP: use "
                    "--tls-certificate, or a proxy and --public-url https://…\n");
    if (!url)
        url = arena_format(service->arena, "%s://%s/", service->options.certificate ? "https" : "http",
                           listener_address(service->options.listener, service->arena));
    terminal_line(stderr, "survey: serving %s%s at %s (Ctrl-C ends it)", site->questionnaire->name,
                  site->preview ? ", preview, nothing is stored," : "", url);
}

/* Each page takes memory and gives it back: the system need not hear of that. */
static void keep_memory(void) {
    enum { KEPT = 4 * 1024 * 1024, STEP = 256 * 1024 };
    mallopt(M_TRIM_THRESHOLD, KEPT);
    mallopt(M_TOP_PAD, STEP);
}

/* Opens all that the server needs, gives up the rest, and serves until it is told to stop. */
static bool serve(struct service *service, struct failure *failure) {
    confinement_hide_memory();
    keep_memory();
    if (!open_site(service, failure) || !open_listener(service, failure) || !open_office(service, failure) ||
        !open_store(service, failure)) {
        if (service->options.listener >= 0)
            close(service->options.listener);
        return false;
    }
    bool is_local = listener_is_local(service->options.listener);
    struct server *server = server_open(&service->options, failure);
    bool done = server && confine(service, failure);
    if (done) {
        announce(service, is_local);
        server_run(server);
    }
    server_close(server);
    return done;
}

int serve_run(const struct arguments *arguments, struct failure *failure) {
    struct service service = {.arguments = arguments, .arena = arena_create(), .options = {.listener = -1}};
    int status = COMMAND_USAGE;
    if (read_options(&service, failure))
        status = serve(&service, failure) ? COMMAND_DONE : COMMAND_FAILED;
    store_close(service.options.store);
    office_close(service.options.office);
    stencil_box_destroy(service.site.stencils);
    secret_erase(&service.key, sizeof service.key);
    arena_destroy(service.arena);
    return status;
}

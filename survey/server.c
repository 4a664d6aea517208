#include "survey/server.h"

#include "model/base/calendar.h"
#include "model/base/secret.h"
#include "survey/server_head.h"
#include "survey/server_internal.h"

#include <errno.h>
#include <malloc.h>
#include <microhttpd.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/* For GnuTLS: what every browser of the last ten years has. */
#define TLS_VERSIONS "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2"

enum {
    CONNECTIONS_MOST = 2000,
    DESCRIPTORS_KEPT = 64,          /* for the store, the signals, the listener */
    REQUEST_MILLISECONDS = 30000,   /* a request has to be here, and its reply taken, within this */
    CONNECTION_BYTES = 16 * 1024,   /* for the head of a request, and that of its reply */
    IDLE_SECONDS = 10,              /* a connection without any traffic is closed */
    STOP_LINGER_MILLISECONDS = 200, /* for requests on their way while the signal came */
    STOP_PATIENCE_MILLISECONDS = 10000,
    RETRY_SECONDS = 5,              /* whoever asks too often waits at least so long */
    ADDRESSES_MOST = 8192,          /* whose rates are known at once */
    BODIES_MOST = 64 * 1024 * 1024, /* held at once */
    BODY_DRAINED = 4 * 1024 * 1024  /* read over the limit, so that the client is there for the refusal */
};

int64_t server_milliseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* --- deadlines --- */

static void unlist(struct server *server, struct visitor *visitor) {
    if (!visitor->is_listed)
        return;
    *(visitor->earlier ? &visitor->earlier->later : &server->first) = visitor->later;
    *(visitor->later ? &visitor->later->earlier : &server->last) = visitor->earlier;
    visitor->earlier = visitor->later = NULL;
    visitor->is_listed = false;
}

static void restart_deadline(struct server *server, struct visitor *visitor) {
    unlist(server, visitor);
    visitor->deadline = server_milliseconds() + REQUEST_MILLISECONDS;
    visitor->earlier = server->last;
    *(server->last ? &server->last->later : &server->first) = visitor;
    server->last = visitor;
    visitor->is_listed = true;
}

/* Cuts the connection whose deadline is next. The library notices and ends it. */
static void cut_first(struct server *server) {
    struct visitor *visitor = server->first;
    unlist(server, visitor);
    shutdown(visitor->socket, SHUT_RDWR);
}

static void cut_late(struct server *server) {
    int64_t now = server_milliseconds();
    while (server->first && server->first->deadline <= now)
        cut_first(server);
}

/* Where room gets scarce the slowest go first, so that slow clients cannot keep others out for long. */
static void make_room(struct server *server) {
    bool scarce = server->connections > server->connection_limit / 4 * 3 || server->body_bytes > BODIES_MOST;
    if (scarce && server->first)
        cut_first(server);
}

/* Cuts a connection of an address that has too many. A proxy has all of them, and its own limits. */
static void count_connection(struct server *server, struct MHD_Connection *connection,
                             struct visitor *visitor) {
    visitor->address =
        rate_peer(MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr);
    if (!server->rate || server->trusts_proxy)
        return;
    visitor->is_counted = rate_enter(server->rate, visitor->address, server_milliseconds());
    if (!visitor->is_counted)
        shutdown(visitor->socket, SHUT_RDWR);
}

static void notice_connection(void *closure, struct MHD_Connection *connection, void **context,
                              enum MHD_ConnectionNotificationCode code) {
    struct server *server = closure;
    struct visitor *visitor = *context;
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        const union MHD_ConnectionInfo *info =
            MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
        visitor = calloc(1, sizeof *visitor);
        if (!visitor)
            abort();
        visitor->socket = info->connect_fd;
        *context = visitor;
        server->connections++;
        make_room(server);
        restart_deadline(server, visitor);
        count_connection(server, connection, visitor);
    } else {
        unlist(server, visitor);
        if (visitor->is_counted)
            rate_leave(server->rate, visitor->address, server_milliseconds());
        free(visitor);
        server->connections--;
        server->is_due = true;
    }
}

/* --- one request --- */

/* What is wrong with the request before its body comes. */
static enum request_fault find_fault(struct server *server, struct visit *visit,
                                     const struct server_head *head) {
    struct exchange *exchange = &visit->exchange;
    exchange->retry_after = server->rate ? rate_take(server->rate, visit->address, server_milliseconds()) : 0;
    if (exchange->retry_after) {
        /* Whoever comes back at once would be refused again at the next page. */
        if (exchange->retry_after < RETRY_SECONDS)
            exchange->retry_after = RETRY_SECONDS;
        return REQUEST_TOO_OFTEN;
    }
    if (head->is_ambiguous)
        return REQUEST_BROKEN;
    if (request_is_foreign(&head->request, server->public_url))
        return REQUEST_FOREIGN;
    if (head->is_vast)
        return REQUEST_TOO_LARGE;
    return head->request.method == REQUEST_POST && !request_is_form(head->content_type) ? REQUEST_NO_FORM
                                                                                        : REQUEST_SOUND;
}

/* Strings of the library live as long as the request, and so does the visit. */
static struct visit *begin_visit(struct server *server, struct MHD_Connection *connection, const char *method,
                                 const char *path) {
    const struct server_head_options options = {.trusts_proxy = server->trusts_proxy,
                                                .has_tls = server->has_tls,
                                                .body_most = server->body_limit + BODY_DRAINED};
    struct visit *visit = calloc(1, sizeof *visit);
    if (!visit)
        abort();
    visit->connection = connection;
    visit->visitor = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
    visit->exchange.arena = arena_create();
    struct server_head head = server_head_read(connection, visit->exchange.arena, method, path, &options);
    visit->exchange.request = head.request;
    visit->accepts_gzip = head.accepts_gzip;
    visit->must_close = head.is_ambiguous;
    visit->is_vast = head.is_vast;
    visit->address = visit->visitor->address;
    if (head.address)
        rate_read_address(&visit->address, head.address);
    visit->exchange.fault = find_fault(server, visit, &head);
    server->visits++;
    restart_deadline(server, visit->visitor);
    return visit;
}

static void forget_body(struct server *server, struct visit *visit) {
    server->body_bytes -= visit->body.length;
    buffer_destroy(&visit->body);
}

static void end_visit(void *closure, struct MHD_Connection *connection, void **context,
                      enum MHD_RequestTerminationCode code) {
    struct server *server = closure;
    struct visit *visit = *context;
    (void)connection, (void)code;
    if (!visit)
        return;
    forget_body(server, visit);
    reply_clear(&visit->exchange.reply);
    arena_destroy(visit->exchange.arena);
    restart_deadline(server, visit->visitor);
    free(visit);
    *context = NULL;
    server->visits--;
}

/* Mistakes cost more, so that nobody gets far with guessing links and codes or with what is not asked for. A
 * form to be mended may be a wrong code, but mostly is a respondent's slip. */
static void charge(struct server *server, const struct visit *visit) {
    enum { SLIP = 5, MISTAKE = 10 };
    unsigned status = visit->exchange.reply.status;
    if (server->rate && visit->exchange.cost)
        rate_charge(server->rate, visit->address, visit->exchange.cost, server_milliseconds());
    if (server->rate && status >= 400 && status < 500 && status != 429)
        rate_charge(server->rate, visit->address, (status == 422 ? SLIP : MISTAKE) - 1,
                    server_milliseconds());
}

/* Hands the reply over. The body's memory goes with it. */
static enum MHD_Result send_reply(struct server *server, struct visit *visit) {
    struct reply *reply = &visit->exchange.reply;
    charge(server, visit);
    if (visit->accepts_gzip && reply->status != 429) /* a flood must not cost that work */
        reply_compress(reply);
    size_t length = reply->body.length;
    struct MHD_Response *response =
        MHD_create_response_from_buffer(length, buffer_release(&reply->body), MHD_RESPMEM_MUST_FREE);
    if (!response)
        abort();
    for (size_t i = 0; i < reply->header_count; i++)
        MHD_add_response_header(response, reply->headers[i].name, reply->headers[i].value);
    if (server->has_tls) /* a month: as long as a survey is open, not as long as its host may serve others */
        MHD_add_response_header(response, "Strict-Transport-Security", "max-age=2592000");
    if (server->stop_at || visit->must_close)
        MHD_add_response_header(response, "Connection", "close");
    enum MHD_Result result = MHD_queue_response(visit->connection, reply->status, response);
    MHD_destroy_response(response);
    visit->is_answered = true;
    restart_deadline(server, visit->visitor);
    return result;
}

/* Keeps a piece of the body, or steps over it if it belongs to nothing that is read. False: enough of it. */
static bool take_body(struct server *server, struct visit *visit, const char *bytes, size_t length) {
    struct exchange *exchange = &visit->exchange;
    visit->body_seen += length;
    if (visit->body_seen > server->body_limit) {
        /* Who sends too much too often is only told the latter, which is less work. */
        if (exchange->fault != REQUEST_TOO_OFTEN)
            exchange->fault = REQUEST_TOO_LARGE;
        forget_body(server, visit);
        return visit->body_seen <= server->body_limit + BODY_DRAINED;
    }
    if (exchange->request.method == REQUEST_POST && exchange->fault == REQUEST_SOUND) {
        buffer_append_bytes(&visit->body, bytes, length);
        server->body_bytes += length;
        make_room(server);
    }
    return true;
}

void server_suspend(struct server *server, struct visit *visit) {
    /* Waiting for us is not the client's slowness. */
    unlist(server, visit->visitor);
    MHD_suspend_connection(visit->connection);
}

void server_resume(struct server *server, struct visit *visit) {
    restart_deadline(server, visit->visitor);
    MHD_resume_connection(visit->connection);
    server->is_due = true;
}

static void answer(struct server *server, struct visit *visit) {
    struct exchange *exchange = &visit->exchange;
    if (exchange->request.method == REQUEST_POST && exchange->fault == REQUEST_SOUND)
        exchange->fault = request_read_form(&exchange->request, exchange->arena, buffer_text(&visit->body),
                                            visit->body.length, server->field_limit);
    forget_body(server, visit);
    exchange->today = server->today;
    exchange->door = server->intake.store ? &server->door : NULL;
    exchange->health =
        server->intake.store ? intake_look(&server->intake, server_milliseconds()) : STORE_DONE;
    routes_answer(server->site, exchange);
}

static enum MHD_Result handle(void *closure, struct MHD_Connection *connection, const char *url,
                              const char *method, const char *version, const char *bytes, size_t *length,
                              void **context) {
    struct server *server = closure;
    struct visit *visit = *context;
    (void)version;
    if (!visit) {
        visit = *context = begin_visit(server, connection, method, url);
        if (!visit->is_vast)
            return MHD_YES;
    }
    if (*length > 0) {
        bool more = take_body(server, visit, bytes, *length);
        *length = 0;
        return more ? MHD_YES : MHD_NO;
    }
    if (visit->is_answered)
        return MHD_YES;
    if (!visit->exchange.reply.status)
        answer(server, visit);
    if (visit->exchange.is_for_office)
        server_office_ask(server, visit);
    else if (visit->exchange.deed.kind != DEED_NONE)
        server_store_ask(server, visit);
    else
        return send_reply(server, visit);
    return MHD_YES;
}

/* --- the loop --- */

/* How long nothing has to be done unless something comes in: -1 for ever. */
static int longest_wait(struct server *server) {
    if (server->is_due)
        return 0;
    MHD_UNSIGNED_LONG_LONG library = 0;
    int64_t now = server_milliseconds(), wait = INT32_MAX;
    if (MHD_get_timeout(server->daemon, &library) == MHD_YES && (int64_t)library < wait)
        wait = (int64_t)library;
    if (server->first && server->first->deadline - now < wait)
        wait = server->first->deadline - now;
    if (server_store_wait(server) < wait)
        wait = server_store_wait(server);
    if (server->waiting && server_office_wait(server) < wait)
        wait = server_office_wait(server);
    if (server->stop_at && server->stop_at - now < wait)
        wait = server->stop_at - now;
    return wait < 0 ? 0 : wait == INT32_MAX ? -1 : (int)wait;
}

/* The first signal closes the door; the second ends the patience with those who are still in. */
static void take_signal(struct server *server) {
    struct signalfd_siginfo signal;
    if (read(server->signals, &signal, sizeof signal) != sizeof signal)
        return;
    if (server->stop_at) {
        server->stop_at = server_milliseconds();
        return;
    }
    MHD_run(server->daemon);
    MHD_quiesce_daemon(server->daemon);
    close(server->listener);
    server->listener = -1;
    server->stop_at = server_milliseconds() + STOP_PATIENCE_MILLISECONDS;
}

/* What a crowd of connections took goes back to the system when most of it has left: the allocator would keep
 * it for the next one. */
static void return_memory(struct server *server) {
    enum { CROWD = 64 };
    if (server->connections > server->crowd)
        server->crowd = server->connections;
    if (server->crowd < CROWD || server->connections > server->crowd / 4)
        return;
    malloc_trim(0);
    server->crowd = server->connections;
}

static void take_turn(struct server *server, int wait) {
    enum { WATCHED = 4 };
    struct epoll_event events[WATCHED];
    int count = epoll_wait(server->poll, events, WATCHED, wait);
    calendar_today(server->today);
    for (int i = 0; i < count; i++)
        if (events[i].data.fd == server->signals)
            take_signal(server);
    server->is_due = false;
    MHD_run(server->daemon);
    cut_late(server);
    server_store_settle(server);
    server_office_settle(server, false);
    return_memory(server);
}

static bool watch(struct server *server, int descriptor) {
    struct epoll_event event = {.events = EPOLLIN, .data.fd = descriptor};
    return epoll_ctl(server->poll, EPOLL_CTL_ADD, descriptor, &event) == 0;
}

void server_run(struct server *server) {
    /* Once the process is confined, so that the thread is as well. */
    if (server->intake.store && intake_open_worker(&server->intake))
        watch(server, intake_descriptor(&server->intake));
    while (!server->stop_at)
        take_turn(server, longest_wait(server));
    int64_t linger = server_milliseconds() + STOP_LINGER_MILLISECONDS;
    while ((server->visits || server_milliseconds() < linger) && server_milliseconds() < server->stop_at)
        take_turn(server, server->is_due ? 0 : STOP_LINGER_MILLISECONDS / 10);
    /* The library must not be stopped while it holds suspended connections. */
    server_store_end(server);
    server_office_settle(server, true);
    MHD_run(server->daemon);
    MHD_run(server->daemon);
}

/* --- starting and stopping --- */

static void say_nothing(void *closure, const char *format, va_list list) {
    (void)closure, (void)format, (void)list;
}

/* Addresses are compared as they were sent: none of them needs an escape, and %00 would cut one short. */
static size_t leave_escapes(void *closure, struct MHD_Connection *connection, char *text) {
    (void)closure, (void)connection;
    return strlen(text);
}

/* As many connections as the descriptors allow, up to the most. */
static size_t find_connection_limit(void) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return CONNECTIONS_MOST / 4;
    rlim_t wanted = CONNECTIONS_MOST + DESCRIPTORS_KEPT;
    limit.rlim_cur = limit.rlim_max < wanted ? limit.rlim_max : wanted;
    setrlimit(RLIMIT_NOFILE, &limit);
    getrlimit(RLIMIT_NOFILE, &limit);
    if (limit.rlim_cur >= wanted)
        return CONNECTIONS_MOST;
    return limit.rlim_cur > 2 * DESCRIPTORS_KEPT ? (size_t)limit.rlim_cur - DESCRIPTORS_KEPT
                                                 : DESCRIPTORS_KEPT;
}

static bool open_signals(struct server *server, struct failure *failure) {
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    sigprocmask(SIG_BLOCK, &ends, NULL);
    /* A client that goes away and a file that cannot grow are outcomes of a call, not the end. */
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
    server->signals = signalfd(-1, &ends, SFD_CLOEXEC | SFD_NONBLOCK);
    server->poll = epoll_create1(EPOLL_CLOEXEC);
    if (server->signals < 0 || server->poll < 0 || !watch(server, server->signals) ||
        (server->office && !watch(server, office_descriptor(server->office))))
        return failure_set(failure, "cannot wait for requests: %s", strerror(errno));
    return true;
}

static bool open_daemon(struct server *server, const struct server_options *options,
                        struct failure *failure) {
    unsigned flags = MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME;
    struct MHD_OptionItem tls[] = {{MHD_OPTION_HTTPS_MEM_CERT, 0, (void *)options->certificate},
                                   {MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)options->key},
                                   {MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)TLS_VERSIONS},
                                   {MHD_OPTION_END, 0, NULL}};
    if (options->certificate)
        flags |= MHD_USE_TLS;
    else
        tls[0] = tls[2];
    server->daemon = MHD_start_daemon(
        flags, 0, NULL, NULL, handle, server, MHD_OPTION_EXTERNAL_LOGGER, say_nothing, NULL,
        MHD_OPTION_LISTEN_SOCKET, options->listener, MHD_OPTION_CONNECTION_LIMIT,
        (unsigned)server->connection_limit, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_SECONDS,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_BYTES, MHD_OPTION_STRICT_FOR_CLIENT, 1,
        MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1, MHD_OPTION_NOTIFY_CONNECTION, notice_connection, server,
        MHD_OPTION_UNESCAPE_CALLBACK, leave_escapes, NULL, MHD_OPTION_NOTIFY_COMPLETED, end_visit, server,
        MHD_OPTION_ARRAY, tls, MHD_OPTION_END);
    if (!server->daemon && options->certificate)
        return failure_set(failure,
                           "cannot serve HTTPS: the certificate and the key must be PEM, and a pair");
    if (!server->daemon)
        return failure_set(failure, "cannot start the web server: %s", strerror(errno));
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_EPOLL_FD);
    if (!info || !watch(server, info->epoll_fd))
        return failure_set(failure, "cannot wait for requests: %s", strerror(errno));
    return true;
}

static struct rate *open_rate(const struct server *server, unsigned per_minute) {
    struct rate_limits limits = {.per_minute = per_minute,
                                 .connections = (unsigned)server->connection_limit / 2,
                                 .addresses = ADDRESSES_MOST};
    secret_random(&limits.seed, sizeof limits.seed);
    return per_minute ? rate_create(&limits) : NULL;
}

struct server *server_open(const struct server_options *options, struct failure *failure) {
    struct server *server = calloc(1, sizeof *server);
    if (!server)
        abort();
    *server = (struct server){.site = options->site,
                              .public_url = options->public_url,
                              .trusts_proxy = options->trusts_proxy,
                              .has_tls = options->certificate,
                              .door = {options->store, options->campaign_key, &server->intake},
                              .intake = {.store = options->store},
                              .office = options->office,
                              .poll = -1,
                              .signals = -1,
                              .listener = options->listener,
                              .connection_limit = find_connection_limit(),
                              .body_limit = form_body_limit(options->site->questionnaire),
                              .field_limit = form_field_limit(options->site->questionnaire)};
    server->queue_end = &server->queue;
    server->rate = open_rate(server, options->rate_limit);
    if (open_signals(server, failure) && open_daemon(server, options, failure))
        return server;
    server_close(server);
    return NULL;
}

void server_close(struct server *server) {
    if (!server)
        return;
    if (server->daemon)
        MHD_stop_daemon(server->daemon);
    intake_close_worker(&server->intake);
    const int descriptors[] = {server->poll, server->signals, server->listener};
    for (size_t i = 0; i < 3; i++)
        if (descriptors[i] >= 0)
            close(descriptors[i]);
    rate_destroy(server->rate);
    free(server);
}

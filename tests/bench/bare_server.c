/* The least a server on libmicrohttpd can do: answers every GET with one file and every POST, once its body
 * is there, with another, at once, keeping nothing. usage: bare_server PAGE THANKS; prints its port. */
#include <microhttpd.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct MHD_Response *page, *thanks;

static struct MHD_Response *load(const char *name) {
    FILE *file = fopen(name, "r");
    char *bytes = malloc(1 << 20);
    size_t length = file && bytes ? fread(bytes, 1, 1 << 20, file) : 0;
    if (length == 0) {
        fprintf(stderr, "bare_server: cannot read %s\n", name);
        exit(1);
    }
    fclose(file);
    struct MHD_Response *response = MHD_create_response_from_buffer(length, bytes, MHD_RESPMEM_MUST_FREE);
    MHD_add_response_header(response, "Content-Type", "text/html; charset=utf-8");
    return response;
}

static enum MHD_Result handle(void *closure, struct MHD_Connection *connection, const char *url,
                              const char *method, const char *version, const char *bytes, size_t *length,
                              void **context) {
    static int seen;
    (void)closure, (void)url, (void)version, (void)bytes;
    if (!*context) {
        *context = &seen;
        return MHD_YES;
    }
    if (*length > 0) {
        *length = 0;
        return MHD_YES;
    }
    return MHD_queue_response(connection, MHD_HTTP_OK, strcmp(method, "POST") ? page : thanks);
}

int main(int count, char **words) {
    if (count != 3) {
        fprintf(stderr, "usage: bare_server PAGE THANKS\n");
        return 2;
    }
    page = load(words[1]);
    thanks = load(words[2]);
    struct MHD_Daemon *daemon = MHD_start_daemon(MHD_USE_EPOLL, 0, NULL, NULL, handle, NULL,
                                                 MHD_OPTION_CONNECTION_LIMIT, 2000u, MHD_OPTION_END);
    const union MHD_DaemonInfo *info = daemon ? MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT) : NULL;
    if (!info) {
        fprintf(stderr, "bare_server: cannot listen\n");
        return 1;
    }
    printf("%u\n", info->port);
    fflush(stdout);
    struct pollfd ready = {.fd = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd,
                           .events = POLLIN};
    for (;;) {
        MHD_UNSIGNED_LONG_LONG wait = 0;
        poll(&ready, 1, MHD_get_timeout(daemon, &wait) == MHD_YES ? (int)wait : -1);
        MHD_run(daemon);
    }
}

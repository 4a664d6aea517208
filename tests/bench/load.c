/* Respondents in a hurry: over connections that are kept, each fetches the form, sends it filled in with the
 * key that was in it, reads its thank-you, and begins again; or fetches pages alone. Prints how many a
 * second, the median and the 99th percentile of their time in milliseconds, and how many in all.
 *
 *     load PORT CONNECTIONS SECONDS [responses|pages|packed] [PATHS]
 *
 * Instead of seconds, `500x` stands for 500 of them.
 * `packed` asks for compressed pages. PATHS is a file with one path a line, each used once: personal links.
 * The answers are the first option of every question. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { REPLY_MOST = 1 << 20, FIELDS_MOST = 1 << 16, KEY_MOST = 32, EVENTS = 64 };

enum kind { RESPONSES, PAGES, PACKED };

struct client {
    int socket;
    bool sends; /* its reply is awaited to a form sent, not to a page asked for */
    int64_t begun;
    const char *path;
    char *reply;
    size_t length;
};

struct load {
    uint16_t port;
    enum kind kind;
    char **paths; /* NULL: the form itself */
    size_t path_count, paths_used;
    size_t most; /* then it ends; 0: after so many seconds */
    double seconds;
    char fields[FIELDS_MOST]; /* the form's, but for its key */
    int64_t *times;           /* nanoseconds */
    size_t count, room;
};

_Noreturn static void stop(const char *what, const char *detail) {
    fprintf(stderr, "load: %s%s%.2000s\n", what, *detail ? ": " : "", detail);
    exit(1);
}

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static void *allocate(size_t size) {
    void *memory = malloc(size);
    if (!memory)
        stop("no memory", "");
    return memory;
}

/* --- what is sent --- */

static void send_all(const struct client *client, const char *bytes, size_t length) {
    while (length > 0) {
        ssize_t sent = send(client->socket, bytes, length, MSG_NOSIGNAL);
        if (sent <= 0)
            stop("cannot send", strerror(errno));
        bytes += sent;
        length -= (size_t)sent;
    }
}

static void ask_for_form(struct load *load, struct client *client) {
    char request[512];
    if (load->paths && load->paths_used == load->path_count)
        stop("there are no more links", "");
    client->path = load->paths ? load->paths[load->paths_used++] : "/";
    client->begun = now();
    client->sends = false;
    client->length = 0;
    int length = snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%u\r\n%s\r\n",
                          client->path, load->port, load->kind == PACKED ? "Accept-Encoding: gzip\r\n" : "");
    send_all(client, request, (size_t)length);
}

/* The value of the attribute in the tag, as it stands; false if there is none. */
static bool find_attribute(const char *tag, const char *name, char *value, size_t room) {
    char pattern[32];
    snprintf(pattern, sizeof pattern, " %s=\"", name);
    const char *end = strchr(tag, '>'), *start = strstr(tag, pattern);
    if (!start || !end || start > end)
        return false;
    start += strlen(pattern);
    snprintf(value, room, "%.*s", (int)strcspn(start, "\""), start);
    return true;
}

static void send_form(struct load *load, struct client *client) {
    static char request[FIELDS_MOST + 1024];
    const char *control = strstr(client->reply, " name=\"response-key\"");
    char key[KEY_MOST];
    if (!control || !find_attribute(control, "value", key, sizeof key))
        stop("a page without a key", client->reply);
    size_t body = strlen("response-key=") + strlen(key) + strlen(load->fields);
    int length = snprintf(
        request, sizeof request,
        "POST %s HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        "Content-Length: %zu\r\n\r\nresponse-key=%s%s",
        client->path, load->port, body, key, load->fields);
    client->sends = true;
    client->length = 0;
    send_all(client, request, (size_t)length);
}

/* --- what comes back --- */

/* The bytes of the whole reply, 0 as long as its head is not there. */
static size_t reply_length(const struct client *client) {
    const char *end = strstr(client->reply, "\r\n\r\n"),
               *length = strcasestr(client->reply, "\r\nContent-Length:");
    if (!end)
        return 0;
    if (!length || length > end)
        stop("a reply without its length", client->reply);
    return (size_t)(end + 4 - client->reply) + strtoul(length + 17, NULL, 10);
}

/* Reads what is there; true when the reply is complete. */
static bool read_reply(struct client *client) {
    ssize_t count = recv(client->socket, client->reply + client->length, REPLY_MOST - client->length, 0);
    if (count <= 0)
        stop("the server is gone", count ? strerror(errno) : "");
    client->length += (size_t)count;
    client->reply[client->length] = '\0';
    size_t whole = reply_length(client);
    if (whole > REPLY_MOST)
        stop("a reply too long", "");
    return whole && client->length >= whole;
}

static void note_time(struct load *load, const struct client *client) {
    if (load->count == load->room) {
        load->room = load->room ? 2 * load->room : 1 << 16;
        load->times = realloc(load->times, load->room * sizeof *load->times);
        if (!load->times)
            stop("no memory", "");
    }
    load->times[load->count++] = now() - client->begun;
}

static void go_on(struct load *load, struct client *client) {
    if (strncmp(client->reply, "HTTP/1.1 200", 12) != 0)
        stop("refused", client->reply);
    if (load->kind == RESPONSES && !client->sends) {
        send_form(load, client);
        return;
    }
    if (load->kind == RESPONSES && !strstr(client->reply, "id=\"thanks\""))
        stop("no thank-you", client->reply);
    note_time(load, client);
    ask_for_form(load, client);
}

/* --- the run --- */

static void open_client(struct load *load, struct client *client, int poll) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(load->port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    *client = (struct client){.socket = socket(AF_INET, SOCK_STREAM, 0), .reply = allocate(REPLY_MOST + 1)};
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = client};
    if (client->socket < 0 || connect(client->socket, (struct sockaddr *)&address, sizeof address) != 0 ||
        setsockopt(client->socket, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int)) != 0 ||
        epoll_ctl(poll, EPOLL_CTL_ADD, client->socket, &event) != 0)
        stop("cannot connect", strerror(errno));
}

static void run(struct load *load, struct client *clients, size_t count) {
    int poll = epoll_create1(0);
    for (size_t i = 0; i < count; i++)
        open_client(load, &clients[i], poll);
    int64_t start = now(), end = start + (int64_t)(load->seconds * 1e9);
    for (size_t i = 0; i < count; i++)
        ask_for_form(load, &clients[i]);
    while (load->most ? load->count < load->most : now() < end) {
        struct epoll_event events[EVENTS];
        int ready = epoll_wait(poll, events, EVENTS, 1000);
        for (int i = 0; i < ready; i++)
            if (read_reply(events[i].data.ptr))
                go_on(load, events[i].data.ptr);
    }
    load->seconds = (double)(now() - start) / 1e9;
}

/* The fields of the form, once for all: the first option of every question, as if all had been shown. */
static void fill_in(struct load *load) {
    struct client client;
    int poll = epoll_create1(0);
    char type[32], name[256], value[256], seen[256] = "";
    char *end = load->fields;
    open_client(load, &client, poll);
    ask_for_form(load, &client);
    load->paths_used = 0;
    while (!read_reply(&client))
        continue;
    for (const char *tag = client.reply; (tag = strstr(tag, "<input")); tag++) {
        if (!find_attribute(tag, "type", type, sizeof type) ||
            !find_attribute(tag, "name", name, sizeof name) ||
            !find_attribute(tag, "value", value, sizeof value) || !strcmp(name, "response-key") ||
            !strcmp(name, "not-shown") || !strcmp(name, seen))
            continue;
        end += snprintf(end, (size_t)(load->fields + FIELDS_MOST - end), "&%s=%s", name, value);
        snprintf(seen, sizeof seen, "%s", name);
    }
    snprintf(end, (size_t)(load->fields + FIELDS_MOST - end), "&go-send=1");
    close(client.socket);
    free(client.reply);
}

static void read_paths(struct load *load, const char *name) {
    FILE *file = fopen(name, "r");
    char line[512];
    if (!file)
        stop("cannot read the paths", strerror(errno));
    while (fgets(line, sizeof line, file)) {
        line[strcspn(line, "\n")] = '\0';
        load->paths = realloc(load->paths, (load->path_count + 1) * sizeof *load->paths);
        if (!load->paths || !(load->paths[load->path_count++] = strdup(line)))
            stop("no memory", "");
    }
    fclose(file);
}

static int compare_times(const void *one, const void *other) {
    int64_t first = *(const int64_t *)one, second = *(const int64_t *)other;
    return (first > second) - (first < second);
}

static double milliseconds_at(const struct load *load, double share) {
    return load->count ? (double)load->times[(size_t)(share * (double)(load->count - 1))] / 1e6 : 0;
}

int main(int count, char **words) {
    static struct load load;
    if (count < 4 || count > 6) {
        fprintf(stderr, "usage: load PORT CONNECTIONS SECONDS [responses|pages|packed] [PATHS]\n");
        return 2;
    }
    size_t connections = strtoul(words[2], NULL, 10);
    char *unit;
    load.seconds = strtod(words[3], &unit);
    load.most = *unit == 'x' ? (size_t)load.seconds : 0;
    load.port = (uint16_t)strtoul(words[1], NULL, 10);
    load.kind = count < 5 || !strcmp(words[4], "responses") ? RESPONSES
                : !strcmp(words[4], "pages")                ? PAGES
                                                            : PACKED;
    if (count == 6)
        read_paths(&load, words[5]);
    if (load.kind == RESPONSES)
        fill_in(&load);
    run(&load, allocate(connections * sizeof(struct client)), connections);
    qsort(load.times, load.count, sizeof *load.times, compare_times);
    printf("%.0f %.2f %.2f %zu\n", (double)load.count / load.seconds, milliseconds_at(&load, 0.5),
           milliseconds_at(&load, 0.99), load.count);
    return 0;
}

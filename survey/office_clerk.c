#include "survey/office_clerk.h"

#include "survey/admin.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

struct clerk {
    int socket;
    struct admin *admin;
    struct buffer in, out;
};

/* False: the server is gone. */
static bool send_all(struct clerk *clerk) {
    for (size_t sent = 0; sent < clerk->out.length;) {
        ssize_t now = send(clerk->socket, clerk->out.bytes + sent, clerk->out.length - sent, MSG_NOSIGNAL);
        if (now < 0 && errno == EINTR)
            continue;
        if (now <= 0)
            return false;
        sent += (size_t)now;
    }
    buffer_destroy(&clerk->out);
    return true;
}

/* What cannot be read ends the office: whoever writes such a frame is not the server it was. */
static bool answer_frame(struct clerk *clerk, const char *bytes, size_t length) {
    struct arena *arena = arena_create();
    struct office_question question;
    bool sound = office_wire_read_question(arena, bytes, length, &question);
    if (sound) {
        struct office_answer answer = {.ticket = question.ticket};
        admin_answer(clerk->admin, arena, &question.request, &answer);
        office_wire_write_answer(&clerk->out, &answer);
        reply_clear(&answer.reply);
    }
    arena_destroy(arena);
    return sound && send_all(clerk);
}

/* Answers each frame that has come whole. */
static bool answer_all(struct clerk *clerk) {
    size_t at = 0;
    while (clerk->in.length - at >= OFFICE_WIRE_HEAD) {
        size_t length = office_wire_length(clerk->in.bytes + at);
        if (length == 0)
            return false;
        if (clerk->in.length - at - OFFICE_WIRE_HEAD < length)
            break;
        if (!answer_frame(clerk, clerk->in.bytes + at + OFFICE_WIRE_HEAD, length))
            return false;
        at += OFFICE_WIRE_HEAD + length;
    }
    struct buffer rest = {0};
    if (at < clerk->in.length)
        buffer_append_bytes(&rest, clerk->in.bytes + at, clerk->in.length - at);
    buffer_destroy(&clerk->in);
    clerk->in = rest;
    return true;
}

static bool receive(struct clerk *clerk) {
    enum { PIECE = 64 * 1024 };
    char piece[PIECE];
    ssize_t length = recv(clerk->socket, piece, sizeof piece, 0);
    if (length < 0 && errno == EINTR)
        return true;
    if (length <= 0)
        return false;
    buffer_append_bytes(&clerk->in, piece, (size_t)length);
    return answer_all(clerk);
}

static void work(struct clerk *clerk) {
    struct pollfd watched[1 + ADMIN_WATCHED_MOST];
    for (bool on = true; on;) {
        watched[0] = (struct pollfd){.fd = clerk->socket, .events = POLLIN};
        size_t count = 1 + admin_watch(clerk->admin, watched + 1);
        if (poll(watched, count, -1) < 0 && errno != EINTR)
            return;
        if (count > 1)
            admin_tend(clerk->admin);
        if (watched[0].revents)
            on = receive(clerk);
    }
}

void office_clerk_run(const struct office_options *options, int socket) {
    struct clerk clerk = {.socket = socket};
    signal(SIGINT, SIG_IGN);
    signal(SIGTERM, SIG_IGN);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGCHLD, SIG_DFL);
    clerk.admin = admin_open(options);
    work(&clerk);
    admin_close(clerk.admin);
    buffer_destroy(&clerk.in);
    buffer_destroy(&clerk.out);
    close(socket);
}

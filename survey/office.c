#include "survey/office.h"

#include "survey/office_clerk.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct office {
    int socket;
    bool is_gone;
    struct buffer out, in;
    size_t sent;  /* of `out` */
    size_t heard; /* of `in`: the frame that was given last, with its head */
};

/* The office's own end never waits for the server to end: it ends when nobody holds the other end. */
static void become_clerk(const struct office_options *options, const int sockets[static 2]) {
    close(sockets[0]);
    if (options->listener >= 0)
        close(options->listener);
    office_clerk_run(options, sockets[1]);
    _exit(0);
}

struct office *office_open(const struct office_options *options, struct failure *failure) {
    int sockets[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets) != 0) {
        failure_set(failure, "cannot speak to a process for the evaluator's pages: %s", strerror(errno));
        return NULL;
    }
    fflush(NULL);
    pid_t child = fork();
    if (child == 0)
        become_clerk(options, sockets);
    close(sockets[1]);
    if (child < 0 || fcntl(sockets[0], F_SETFL, O_NONBLOCK) != 0) {
        failure_set(failure, "cannot start a process for the evaluator's pages: %s", strerror(errno));
        close(sockets[0]);
        return NULL;
    }
    struct office *office = calloc(1, sizeof *office);
    if (!office)
        abort();
    office->socket = sockets[0];
    return office;
}

int office_descriptor(const struct office *office) {
    return office->socket;
}

static void lose(struct office *office) {
    if (!office->is_gone)
        fputs(
            "survey: the process of the evaluator's pages has ended; they are back when the server is started"
            " anew\n",
            stderr);
    office->is_gone = true;
    buffer_destroy(&office->out);
    buffer_destroy(&office->in);
    office->sent = office->heard = 0;
    shutdown(office->socket, SHUT_RDWR);
}

static void send_some(struct office *office) {
    while (!office->is_gone && office->sent < office->out.length) {
        ssize_t sent = send(office->socket, office->out.bytes + office->sent,
                            office->out.length - office->sent, MSG_NOSIGNAL);
        if (sent < 0 && (errno == EAGAIN || errno == EINTR))
            return;
        if (sent <= 0)
            lose(office);
        else
            office->sent += (size_t)sent;
    }
    if (office->sent == office->out.length) {
        buffer_clear(&office->out);
        office->sent = 0;
    }
}

static void receive_some(struct office *office) {
    enum { PIECE = 64 * 1024 };
    char piece[PIECE];
    while (!office->is_gone && office->in.length <= OFFICE_WIRE_MOST) {
        ssize_t length = recv(office->socket, piece, sizeof piece, 0);
        if (length < 0 && (errno == EAGAIN || errno == EINTR))
            return;
        if (length <= 0)
            lose(office);
        else
            buffer_append_bytes(&office->in, piece, (size_t)length);
    }
}

bool office_ask(struct office *office, const struct office_question *question) {
    if (office->is_gone)
        return false;
    office_wire_write_question(&office->out, question);
    send_some(office);
    return !office->is_gone;
}

static void forget_heard(struct office *office) {
    if (office->heard == 0)
        return;
    size_t left = office->in.length - office->heard;
    struct buffer rest = {0};
    buffer_append_bytes(&rest, office->in.bytes + office->heard, left);
    buffer_destroy(&office->in);
    office->in = rest;
    office->heard = 0;
}

const char *office_hear(struct office *office, size_t *length) {
    forget_heard(office);
    send_some(office);
    receive_some(office);
    if (office->is_gone || office->in.length < OFFICE_WIRE_HEAD)
        return NULL;
    *length = office_wire_length(office->in.bytes);
    if (*length == 0) {
        lose(office);
        return NULL;
    }
    if (office->in.length - OFFICE_WIRE_HEAD < *length)
        return NULL;
    office->heard = OFFICE_WIRE_HEAD + *length;
    return office->in.bytes + OFFICE_WIRE_HEAD;
}

bool office_is_pressed(const struct office *office) {
    return office->out.length > 0;
}

bool office_is_gone(const struct office *office) {
    return office->is_gone;
}

void office_close(struct office *office) {
    if (!office)
        return;
    close(office->socket);
    buffer_destroy(&office->out);
    buffer_destroy(&office->in);
    free(office);
}

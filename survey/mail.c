#include "survey/mail.h"

#include "model/base/buffer.h"
#include "model/base/secret.h"
#include "model/base/text.h"
#include "survey/mail_address.h"
#include "survey/mail_message.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    CONNECT_SECONDS = 30,
    REPLY_SECONDS = 300, /* servers that look for harm in a text take their time (RFC 5321, 4.5.3.2) */
    REPLY_MOST = 300,
    REPLY_FAILED = 400, /* from here on */
    REPLY_CLOSING = 421,
    REPLY_FOR_GOOD = 500,
    REPLY_NOT_AUTHENTICATED = 530
};

/* How far a mail has come in the talk with the server. */
enum stage { STAGE_CONNECTING, STAGE_SENDER, STAGE_RECIPIENT, STAGE_TEXT };

struct mailer {
    CURL *curl;
    struct arena *arena; /* of the sender's address */
    struct mail_address from;
    struct buffer message;
    size_t sent;         /* bytes of the message handed to libcurl */
    bool is_connected;   /* the last mail was accepted, and the connection kept */
    bool is_handed_over; /* all of them, and that there are no more */
    enum stage stage;
    bool is_over;           /* the talk about this mail: libcurl takes leave */
    char reply[REPLY_MOST]; /* the server's last line since the stage began */
    char error[CURL_ERROR_SIZE];
};

/* --- the talk --- */

static unsigned reply_code(const struct mailer *mailer) {
    return strspn(mailer->reply, "0123456789") >= 3 ? (unsigned)strtoul(mailer->reply, NULL, 10) : 0;
}

/* A line of the server's, fit to be shown. */
static void keep_reply(struct mailer *mailer, const char *line, size_t length) {
    while (length && (line[length - 1] == '\n' || line[length - 1] == '\r'))
        length--;
    if (length >= sizeof mailer->reply)
        length = sizeof mailer->reply - 1;
    while (length && !text_is_utf8(line, length, NULL))
        length--;
    memcpy(mailer->reply, line, length);
    mailer->reply[length] = '\0';
    for (char *at = mailer->reply; *at; at++)
        if ((unsigned char)*at < 0x20 || *at == 0x7F)
            *at = ' ';
}

static bool begins(const char *line, size_t length, const char *command) {
    return length >= strlen(command) && !memcmp(line, command, strlen(command));
}

/* libcurl tells what is said; of what goes out, only the command is looked at. */
static int overhear(CURL *curl, curl_infotype kind, char *line, size_t length, void *context) {
    struct mailer *mailer = context;
    (void)curl;
    if (kind == CURLINFO_HEADER_IN && !mailer->is_over)
        keep_reply(mailer, line, length);
    mailer->is_over = mailer->is_over || (kind == CURLINFO_HEADER_OUT && begins(line, length, "QUIT"));
    if (kind != CURLINFO_HEADER_OUT || mailer->is_over)
        return 0;
    mailer->reply[0] = '\0';
    if (begins(line, length, "MAIL FROM"))
        mailer->stage = STAGE_SENDER;
    else if (begins(line, length, "RCPT TO"))
        mailer->stage = STAGE_RECIPIENT;
    else if (begins(line, length, "DATA"))
        mailer->stage = STAGE_TEXT;
    return 0;
}

static size_t hand_over(char *into, size_t size, size_t count, void *context) {
    struct mailer *mailer = context;
    size_t left = mailer->message.length - mailer->sent;
    size_t length = left < size * count ? left : size * count;
    memcpy(into, mailer->message.bytes + mailer->sent, length);
    mailer->sent += length;
    mailer->is_handed_over = length == 0;
    return length;
}

/* --- opening --- */

/* Names and addresses by which nothing but this machine is reached. */
/* An address, not a name that looks like one: 127.0.0.1.example.org is anybody's. */
static bool is_this_machine(const char *host) {
    struct in_addr address;
    bool is_loopback =
        inet_pton(AF_INET, host, &address) == 1 && ntohl(address.s_addr) >> 24 == IN_LOOPBACKNET;
    return is_loopback || text_same_letters(host, "localhost") || !strcmp(host, "[::1]");
}

/* Reads a part of the URL into `part`; false if it has none. */
static bool has_part(CURLU *url, CURLUPart which, char **part) {
    return curl_url_get(url, which, part, 0) == CURLUE_OK && *part;
}

/* `*may_be_plain`: on the way to it nobody listens. */
static bool check_url(CURLU *url, const char *text, bool *may_be_plain, struct failure *failure) {
    char *scheme = NULL, *host = NULL, *user = NULL;
    bool good = curl_url_set(url, CURLUPART_URL, text, CURLU_NON_SUPPORT_SCHEME) == CURLUE_OK &&
                has_part(url, CURLUPART_SCHEME, &scheme) && has_part(url, CURLUPART_HOST, &host) &&
                (!strcmp(scheme, "smtp") || !strcmp(scheme, "smtps"));
    if (!good)
        failure_set(failure, "\"%.200s\" is no mail server: write smtp://HOST:PORT or smtps://HOST:PORT",
                    strchr(text, '@') ? "…" : text);
    else if (has_part(url, CURLUPART_USER, &user))
        good = failure_set(failure, "the address of the mail server has a user in it, which everybody on this"
                                    " machine can see; use --credentials FILE");
    else
        *may_be_plain = !strcmp(scheme, "smtp") && (*may_be_plain || is_this_machine(host));
    curl_free(scheme);
    curl_free(host);
    curl_free(user);
    return good;
}

static void set_up(struct mailer *mailer, const struct mail_server *server, bool may_be_plain) {
    CURL *curl = mailer->curl;
    const char *authorities = getenv("SSL_CERT_FILE");
    curl_easy_setopt(curl, CURLOPT_URL, server->url);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");
    curl_easy_setopt(curl, CURLOPT_USE_SSL, may_be_plain ? (long)CURLUSESSL_TRY : (long)CURLUSESSL_ALL);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, may_be_plain ? 0L : 1L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, may_be_plain ? 0L : 2L);
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    if (authorities && *authorities)
        curl_easy_setopt(curl, CURLOPT_CAINFO, authorities);
    if (server->user) {
        curl_easy_setopt(curl, CURLOPT_USERNAME, server->user);
        curl_easy_setopt(curl, CURLOPT_PASSWORD, server->password ? server->password : "");
    }
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
    curl_easy_setopt(curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, (long)REPLY_SECONDS);
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, hand_over);
    curl_easy_setopt(curl, CURLOPT_READDATA, mailer);
    curl_easy_setopt(curl, CURLOPT_VERBOSE, 1L);
    curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, overhear);
    curl_easy_setopt(curl, CURLOPT_DEBUGDATA, mailer);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, mailer->error);
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, mailer->from.email);
}

struct mailer *mail_open(const struct mail_server *server, struct failure *failure) {
    struct mailer *mailer = calloc(1, sizeof *mailer);
    if (!mailer || curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        abort();
    mailer->curl = curl_easy_init();
    mailer->arena = arena_create();
    CURLU *url = curl_url();
    if (!mailer->curl || !url)
        abort();
    bool may_be_plain = server->is_plain;
    const char *mistake = mail_address_read(mailer->arena, server->from, &mailer->from);
    bool good = check_url(url, server->url, &may_be_plain, failure);
    curl_url_cleanup(url);
    if (good && mistake)
        good = failure_set(failure, "the sender \"%.200s\" is no address: %s", server->from, mistake);
    if (good) {
        set_up(mailer, server, may_be_plain);
        return mailer;
    }
    mail_close(mailer);
    return NULL;
}

/* --- sending --- */

static void write_message(struct mailer *mailer, const struct mail *mail) {
    unsigned char random[16];
    char id[2 * sizeof random + 1], date[64];
    time_t now = time(NULL);
    struct tm local;
    secret_random(random, sizeof random);
    for (size_t i = 0; i < sizeof random; i++)
        snprintf(id + 2 * i, 3, "%02x", random[i]);
    if (!localtime_r(&now, &local) || !strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S %z", &local))
        abort();
    buffer_clear(&mailer->message);
    struct arena *arena = arena_create();
    const struct mail_stamp stamp = {
        .date = date, .id = arena_format(arena, "%s@%s", id, mail_address_domain(mailer->from.email))};
    mail_message(&mailer->message, &mailer->from, mail, &stamp);
    arena_destroy(arena);
}

static CURLcode perform(struct mailer *mailer, const char *email, bool is_fresh) {
    struct curl_slist *recipients = curl_slist_append(NULL, email);
    if (!recipients)
        abort();
    mailer->stage = STAGE_CONNECTING;
    mailer->reply[0] = mailer->error[0] = '\0';
    mailer->sent = 0;
    mailer->is_handed_over = mailer->is_over = false;
    curl_easy_setopt(mailer->curl, CURLOPT_MAIL_RCPT, recipients);
    curl_easy_setopt(mailer->curl, CURLOPT_FRESH_CONNECT, is_fresh ? 1L : 0L);
    CURLcode code = curl_easy_perform(mailer->curl);
    curl_easy_setopt(mailer->curl, CURLOPT_MAIL_RCPT, NULL);
    curl_slist_free_all(recipients);
    return code;
}

static const char *explain(const struct mailer *mailer, CURLcode code) {
    switch (code) {
    case CURLE_LOGIN_DENIED:
        return "the mail server does not take this user and password";
    case CURLE_USE_SSL_FAILED:
        return "the mail server offers no TLS, without which mails and passwords could be read on their way;"
               " use another port or smtps://, or allow it with --smtp-plain";
    case CURLE_PEER_FAILED_VERIFICATION:
        return "the mail server's certificate is not one this machine trusts, so that it may be another's";
    default:
        return mailer->error[0] ? mailer->error : curl_easy_strerror(code);
    }
}

/* What it means that libcurl gave up: by what the server said last, or by how far the mail had come. */
static enum mail_outcome judge(const struct mailer *mailer, unsigned reply) {
    bool is_about_all = reply == REPLY_CLOSING || reply == REPLY_NOT_AUTHENTICATED;
    if (mailer->stage >= STAGE_RECIPIENT && reply >= REPLY_FAILED && !is_about_all)
        return reply >= REPLY_FOR_GOOD ? MAIL_REFUSED : MAIL_DEFERRED;
    /* Without its last line a text is not taken (RFC 5321, section 4.1.1.4). */
    return mailer->is_handed_over && reply < REPLY_FAILED ? MAIL_UNKNOWN : MAIL_BROKEN;
}

enum mail_outcome mail_send(struct mailer *mailer, const struct mail *mail, struct mail_answer *answer) {
    *answer = (struct mail_answer){.words = mail_address_mistake(mail->email)};
    if (answer->words)
        return MAIL_REFUSED;
    write_message(mailer, mail);
    CURLcode code = perform(mailer, mail->email, false);
    /* A connection may be closed while nobody speaks, or be good for so many mails only. */
    if (code != CURLE_OK && mailer->is_connected && judge(mailer, reply_code(mailer)) == MAIL_BROKEN)
        code = perform(mailer, mail->email, true);
    mailer->is_connected = code == CURLE_OK;
    if (code == CURLE_OK)
        return MAIL_ACCEPTED;
    unsigned reply = reply_code(mailer);
    enum mail_outcome outcome = judge(mailer, reply);
    bool is_said = reply >= REPLY_FAILED;
    *answer = (struct mail_answer){.words = is_said && outcome != MAIL_BROKEN ? "refused by the mail server"
                                                                              : explain(mailer, code),
                                   .reply = is_said ? mailer->reply : NULL,
                                   .code = is_said ? reply : 0};
    return outcome;
}

void mail_close(struct mailer *mailer) {
    if (!mailer)
        return;
    curl_easy_cleanup(mailer->curl);
    curl_global_cleanup();
    buffer_destroy(&mailer->message);
    arena_destroy(mailer->arena);
    free(mailer);
}

#include "survey/mail_message.h"

#include <ctype.h>
#include <string.h>

enum {
    ENCODED_WORD_MOST = 75, /* RFC 2047, section 2 */
    HEADER_LINE_MOST = 76,
    TEXT_LINE_MOST = 76 /* RFC 2045, section 6.7 */
};

#define WORD_BEGIN "=?UTF-8?Q?"
#define WORD_END   "?="

/* --- headers --- */

static bool is_control(unsigned char byte) {
    return byte < 0x20 || byte == 0x7F;
}

/* How many bytes the character at `at` has. */
static size_t character_size(const char *at) {
    size_t size = 1;
    while (((unsigned char)at[size] & 0xC0) == 0x80)
        size++;
    return size;
}

/* Appends a character as Q writes it, in words of a name too (RFC 2047, section 5, rule 3). */
static void append_q(struct buffer *word, const char *character, size_t size) {
    unsigned char byte = (unsigned char)*character;
    if (size == 1 && (byte == ' ' || is_control(byte)))
        buffer_append(word, "_");
    else if (size == 1 && (isalnum(byte) || strchr("!*+-/", byte)))
        buffer_append_bytes(word, character, 1);
    else
        for (size_t i = 0; i < size; i++)
            buffer_format(word, "=%02X", (unsigned char)character[i]);
}

/* Appends the text as encoded words, a line each after the first; none splits a character. */
static void append_encoded(struct buffer *header, const char *text, size_t column) {
    struct buffer character = {0};
    size_t used = column + strlen(WORD_BEGIN);
    buffer_append(header, WORD_BEGIN);
    while (*text) {
        size_t size = character_size(text);
        buffer_clear(&character);
        append_q(&character, text, size);
        if (used + character.length + strlen(WORD_END) > ENCODED_WORD_MOST) {
            buffer_append(header, WORD_END "\r\n " WORD_BEGIN);
            used = 1 + strlen(WORD_BEGIN);
        }
        buffer_append(header, buffer_text(&character));
        used += character.length;
        text += size;
    }
    buffer_append(header, WORD_END);
    buffer_destroy(&character);
}

/* Whether a text can stand in a header as it is: short, and plain in every sense. */
static bool is_plain(const char *text, size_t room, const char *not_plain) {
    size_t length = strlen(text);
    if (length > room || length == 0 || text[0] == ' ' || text[length - 1] == ' ' || strstr(text, "=?"))
        return false;
    for (; *text; text++)
        if ((unsigned char)*text >= 0x80 || is_control((unsigned char)*text) || strchr(not_plain, *text))
            return false;
    return true;
}

static void append_subject(struct buffer *message, const char *subject) {
    static const char name[] = "Subject: ";
    buffer_append(message, name);
    if (is_plain(subject, HEADER_LINE_MOST - sizeof name, ""))
        buffer_append(message, subject);
    else
        append_encoded(message, subject, sizeof name - 1);
    buffer_append(message, "\r\n");
}

/* The address on a line of its own if the name leaves it no room. */
static void append_address(struct buffer *message, const char *header, const char *name, const char *email) {
    size_t start = message->length;
    buffer_append(message, header);
    if (!name || !*name) {
        buffer_format(message, "%s\r\n", email);
        return;
    }
    if (is_plain(name, HEADER_LINE_MOST - strlen(header), "()<>[]:;@\\,.\""))
        buffer_append(message, name);
    else
        append_encoded(message, name, strlen(header));
    const char *line = memrchr(message->bytes + start, '\n', message->length - start);
    size_t used = line ? (size_t)(message->bytes + message->length - line - 1) : message->length - start;
    bool fits = used + strlen(email) + strlen(" <>") <= HEADER_LINE_MOST;
    buffer_format(message, "%s <%s>\r\n", fits ? "" : "\r\n", email);
}

/* --- text --- */

/* Whether the byte can stand for itself: not where it ends a line as a blank, nor at the beginning of one
 * where servers may read it as the end of the message, or write over it. */
static bool stands_for_itself(const char *at, size_t column) {
    unsigned char byte = (unsigned char)*at;
    bool ends_line = at[1] == '\n' || at[1] == '\0';
    if (byte == ' ' || byte == '\t')
        return !ends_line;
    if (column == 0 && (byte == '.' || !strncmp(at, "From ", strlen("From "))))
        return false;
    return byte > 0x20 && byte < 0x7F && byte != '=';
}

/* A line ends with a soft break where another character would leave no room for one. */
static void append_quoted_printable(struct buffer *message, const char *text) {
    size_t column = 0;
    for (; *text; text++) {
        if (*text == '\n') {
            buffer_append(message, "\r\n");
            column = 0;
            continue;
        }
        size_t width = stands_for_itself(text, column) ? 1 : 3;
        bool ends_line = text[1] == '\n' || text[1] == '\0';
        if (column + width + !ends_line > TEXT_LINE_MOST) {
            buffer_append(message, "=\r\n");
            column = 0;
            width = stands_for_itself(text, column) ? 1 : 3;
        }
        if (width == 1)
            buffer_append_bytes(message, text, 1);
        else
            buffer_format(message, "=%02X", (unsigned char)*text);
        column += width;
    }
    if (column > 0)
        buffer_append(message, "\r\n");
}

void mail_message(struct buffer *message, const struct mail_address *from, const struct mail *mail,
                  const struct mail_stamp *stamp) {
    buffer_format(message, "Date: %s\r\n", stamp->date);
    append_address(message, "From: ", from->name, from->email);
    append_address(message, "To: ", mail->name, mail->email);
    append_subject(message, mail->subject);
    buffer_format(message, "Message-ID: <%s>\r\n", stamp->id);
    buffer_append(message, "MIME-Version: 1.0\r\n"
                           "Content-Type: text/plain; charset=utf-8\r\n"
                           "Content-Transfer-Encoding: quoted-printable\r\n");
    buffer_format(message, "Content-Language: %s\r\n", mail->language);
    /* No out-of-office notes, please (RFC 3834). */
    buffer_append(message, "Auto-Submitted: auto-generated\r\n\r\n");
    append_quoted_printable(message, mail->text);
}

#include "survey/request.h"

#include "model/base/text.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum request_method request_method(const char *name) {
    if (!strcmp(name, "GET"))
        return REQUEST_GET;
    if (!strcmp(name, "HEAD"))
        return REQUEST_HEAD;
    return strcmp(name, "POST") ? REQUEST_OTHER : REQUEST_POST;
}

/* The length of `text` without the blanks at its end. */
static size_t trimmed(const char *text, size_t length) {
    while (length && (text[length - 1] == ' ' || text[length - 1] == '\t'))
        length--;
    return length;
}

/* Whether the first `length` bytes of `text` are `word`, in any case. */
static bool is_word(const char *text, size_t length, const char *word) {
    char copy[64];
    if (length >= sizeof copy || length != strlen(word))
        return false;
    memcpy(copy, text, length);
    copy[length] = '\0';
    return text_same_letters(copy, word);
}

bool request_is_form(const char *content_type) {
    if (!content_type)
        return false;
    size_t length = strcspn(content_type, ";");
    if (!is_word(content_type, trimmed(content_type, length), "application/x-www-form-urlencoded"))
        return false;
    const char *parameter = content_type + length;
    while (*parameter) {
        parameter += strspn(parameter, "; \t");
        size_t end = strcspn(parameter, ";");
        if (end > 8 && is_word(parameter, 8, "charset="))
            return is_word(parameter + 8, trimmed(parameter + 8, end - 8), "utf-8") ||
                   is_word(parameter + 8, trimmed(parameter + 8, end - 8), "\"utf-8\"");
        parameter += end;
    }
    return true;
}

static int hexadecimal(char digit) {
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    if (digit >= 'a' && digit <= 'f')
        return digit - 'a' + 10;
    return digit >= 'A' && digit <= 'F' ? digit - 'A' + 10 : -1;
}

/* Decodes one name or value in place of its own bytes, which it never outgrows; CRLF becomes LF. */
static enum request_fault decode(char *text, size_t length, const char **decoded) {
    size_t written = 0;
    for (size_t read = 0; read < length; read++) {
        char byte = text[read] == '+' ? ' ' : text[read];
        if (byte == '%') {
            int high = read + 2 < length ? hexadecimal(text[read + 1]) : -1;
            int low = read + 2 < length ? hexadecimal(text[read + 2]) : -1;
            if (high < 0 || low < 0)
                return REQUEST_BROKEN;
            byte = (char)(high * 16 + low);
            read += 2;
        }
        if (byte == '\n' && written && text[written - 1] == '\r')
            written--;
        text[written++] = byte;
    }
    if (!text_is_utf8(text, written, NULL))
        return REQUEST_NO_TEXT;
    text[written] = '\0';
    *decoded = text;
    return REQUEST_SOUND;
}

static enum request_fault read_pair(char *pair, size_t length, struct request_field *field) {
    char *equals = memchr(pair, '=', length);
    size_t name_length = equals ? (size_t)(equals - pair) : length;
    enum request_fault fault = decode(pair, name_length, &field->name);
    field->value = "";
    if (fault == REQUEST_SOUND && equals)
        fault = decode(equals + 1, length - name_length - 1, &field->value);
    return fault == REQUEST_SOUND && !*field->name ? REQUEST_BROKEN : fault;
}

enum request_fault request_read_form(struct request *request, struct arena *arena, const char *body,
                                     size_t length, size_t most) {
    size_t separators = 0;
    for (size_t i = 0; i < length; i++)
        separators += body[i] == '&';
    if (separators >= most)
        return REQUEST_TOO_MANY;
    struct request_field *fields = ARENA_NEW(arena, struct request_field, separators + 1);
    char *pair = arena_copy_bytes(arena, body, length), *end = pair + length;
    size_t count = 0;
    while (pair < end) {
        char *next = memchr(pair, '&', (size_t)(end - pair));
        size_t pair_length = (size_t)((next ? next : end) - pair);
        if (pair_length) {
            enum request_fault fault = read_pair(pair, pair_length, &fields[count++]);
            if (fault != REQUEST_SOUND)
                return fault;
        }
        pair += pair_length + 1;
    }
    request->fields = fields;
    request->field_count = count;
    return REQUEST_SOUND;
}

/* The host, with its port, of an origin or another address of the web, `*length` bytes; NULL if it has none.
 */
static const char *host_of(const char *url, size_t *length) {
    const char *scheme_end = url ? strstr(url, "://") : NULL;
    *length = scheme_end ? strcspn(scheme_end + 3, "/") : 0;
    return *length ? scheme_end + 3 : NULL;
}

/* Why this keeps forged forms out:
 * - Every browser of today says in Sec-Fetch-Site how far the page is that sends a form, and no page can
 * write that header. It is sent by HTTPS and to this machine itself; plain HTTP elsewhere goes without.
 * - Older browsers, and plain HTTP, send Origin, which no page can write either. But our own forms send
 * "null" there, as our pages ask for Referrer-Policy: no-referrer; so "null" has to pass, and a forger can
 * send it.
 * - What is left to a forger is thus a form from a page that hides its origin, through an old browser or by
 *   plain HTTP. The token of a personal link, which is in the address of each form that belongs to a person,
 *   it does not know; the cookie of a draft is SameSite and does not come along; and a form of open access
 *   without either is what anybody may send. */
bool request_is_foreign(const struct request *request, const char *public_url) {
    if (request->method != REQUEST_POST)
        return false;
    const char *site = request->fetch_site, *origin = request->origin;
    if (site && (text_same_letters(site, "cross-site") || text_same_letters(site, "same-site")))
        return true;
    if (!origin || !strcmp(origin, "null"))
        return false;
    size_t length, own_length;
    const char *host = host_of(origin, &length), *own = host_of(public_url, &own_length);
    bool is_named =
        host && request->host && strlen(request->host) == length && !strncasecmp(host, request->host, length);
    return !is_named && !(host && own && own_length == length && !strncasecmp(host, own, length));
}

const char *request_forwarded(struct arena *arena, const char *list) {
    const char *comma = strrchr(list, ','), *element = comma ? comma + 1 : list;
    element += strspn(element, " \t");
    size_t length = trimmed(element, strlen(element));
    return length ? arena_copy_bytes(arena, element, length) : NULL;
}

/* The quality of one element of a header such as `fr;q=0.8`, in thousandths (RFC 9110, section 12.4.2). */
static int quality(const char *element, size_t length) {
    const char *parameter = memchr(element, ';', length);
    if (!parameter)
        return 1000;
    parameter += 1 + strspn(parameter + 1, " \t");
    if ((parameter[0] != 'q' && parameter[0] != 'Q') || parameter[1] != '=')
        return 1000;
    int value = 0, weight = 1000;
    for (const char *digit = parameter + 2; weight && strchr(".0123456789", *digit) && *digit; digit++)
        if (*digit != '.') {
            value += (*digit - '0') * weight;
            weight /= 10;
        }
    return value > 1000 ? 1000 : value;
}

/* Steps through the elements of a header separated by commas: the next one, without blanks around it. */
static const char *next_element(const char **rest, size_t *length) {
    *rest += strspn(*rest, ", \t");
    const char *element = *rest;
    *length = strcspn(element, ",");
    *rest += *length;
    return *length ? element : NULL;
}

/* How well a language range fits a tag: 3 the same, 2 the range is narrower (fr-CH for fr), 1 the same
 * language elsewhere (fr for fr-CA), 0 another language. */
static int fitness(const char *range, size_t length, const char *tag) {
    if (is_word(range, length, tag))
        return 3;
    size_t language = strcspn(tag, "-");
    size_t range_language = 0;
    while (range_language < length && range[range_language] != '-')
        range_language++;
    char primary[64];
    if (language != range_language || language >= sizeof primary)
        return 0;
    memcpy(primary, tag, language);
    primary[language] = '\0';
    if (!is_word(range, language, primary))
        return 0;
    return tag[language] ? 1 : 2;
}

size_t request_preferred_language(const char *accept_language, const char *const *tags, size_t count) {
    size_t preferred = 0, length;
    int best_quality = 0;
    const char *element;
    for (const char *rest = accept_language ? accept_language : "";
         (element = next_element(&rest, &length));) {
        int its_quality = quality(element, length), best_fitness = 0;
        size_t range = 0, fitting = 0;
        while (range < length && element[range] != ';' && element[range] != ' ')
            range++;
        if (its_quality <= best_quality)
            continue;
        for (size_t i = 0; i < count; i++) {
            int its_fitness = is_word(element, range, "*") ? 1 : fitness(element, range, tags[i]);
            if (its_fitness > best_fitness) {
                best_fitness = its_fitness;
                fitting = i;
            }
        }
        if (best_fitness) {
            preferred = fitting;
            best_quality = its_quality;
        }
    }
    return preferred;
}

static bool is_plain(const char *text, size_t length) {
    for (size_t i = 0; i < length; i++) {
        char lower = (char)(text[i] | 0x20);
        if (!(lower >= 'a' && lower <= 'z') && !(text[i] >= '0' && text[i] <= '9'))
            return false;
    }
    return length > 0;
}

const char *request_cookie(struct arena *arena, const char *header, const char *name) {
    const char *found = NULL;
    size_t found_length = 0, name_length = strlen(name);
    for (const char *rest = header ? header : ""; *rest;) {
        rest += strspn(rest, "; \t");
        size_t length = strcspn(rest, ";");
        if (length > name_length && rest[name_length] == '=' && !strncmp(rest, name, name_length)) {
            if (found)
                return NULL; /* which of them is ours cannot be told */
            found = rest + name_length + 1;
            found_length = trimmed(found, length - name_length - 1);
        }
        rest += length;
    }
    return found && is_plain(found, found_length) ? arena_copy_bytes(arena, found, found_length) : NULL;
}

bool request_accepts_gzip(const char *accept_encoding) {
    const char *element;
    size_t length;
    int named = -1, any = 0;
    for (const char *rest = accept_encoding ? accept_encoding : "";
         (element = next_element(&rest, &length));) {
        size_t name = 0;
        while (name < length && element[name] != ';' && element[name] != ' ')
            name++;
        if (is_word(element, name, "gzip") || is_word(element, name, "x-gzip"))
            named = quality(element, length);
        else if (is_word(element, name, "*"))
            any = quality(element, length);
    }
    return named >= 0 ? named > 0 : any > 0;
}

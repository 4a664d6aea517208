#include "model/base/language.h"

#include "model/base/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NARROW_NO_BREAK_SPACE "\u202F"

static const char *const messages[MESSAGE_COUNT][2] = {
#define MESSAGE(name, english, french) [MESSAGE_##name] = {"" english "", "" french ""},
#include "model/base/messages.def"
#undef MESSAGE
};

enum language language_of_tag(const char *tag) {
    bool french = !strncmp(tag, "fr", 2) && (tag[2] == '\0' || tag[2] == '-');
    return french ? LANGUAGE_FRENCH : LANGUAGE_ENGLISH;
}

const char *language_message(enum language language, enum message message) {
    return messages[message][language];
}

static const char *hole_value(const struct hole *holes, const char *name, size_t length) {
    for (; holes && holes->name; holes++)
        if (strlen(holes->name) == length && !memcmp(holes->name, name, length))
            return holes->value;
    abort();
}

void language_fill(struct buffer *buffer, enum language language, enum message message,
                   const struct hole *holes) {
    const char *text = language_message(language, message);
    for (const char *open; (open = strchr(text, '{'));) {
        const char *close = strchr(open, '}');
        if (!close)
            abort();
        buffer_append_bytes(buffer, text, (size_t)(open - text));
        buffer_append(buffer, hole_value(holes, open + 1, (size_t)(close - open - 1)));
        text = close + 1;
    }
    buffer_append(buffer, text);
}

/* Rounds half away from zero, forgiving the last bits of a figure that is exact in decimals (0.145 → 0.15).
 */
static double round_decimals(double number, int decimals) {
    double scale = pow(10, decimals);
    double scaled = fabs(number) * scale;
    return copysign(floor(scaled * (1 + 1e-14) + 0.5) / scale, number);
}

void language_number(struct buffer *buffer, enum language language, double number, int decimals) {
    if (!isfinite(number)) {
        buffer_append(buffer, "–");
        return;
    }
    char digits[350];
    double rounded = round_decimals(number, decimals);
    snprintf(digits, sizeof digits, "%.*f", decimals, fabs(rounded));
    if (rounded < 0)
        buffer_append(buffer, "−");
    size_t whole = strcspn(digits, ".");
    const char *separator = language == LANGUAGE_FRENCH ? NARROW_NO_BREAK_SPACE : ",";
    for (size_t i = 0; i < whole; i++) {
        if (i && whole > 4 && (whole - i) % 3 == 0)
            buffer_append(buffer, separator);
        buffer_append_bytes(buffer, digits + i, 1);
    }
    if (digits[whole]) {
        buffer_append(buffer, language == LANGUAGE_FRENCH ? "," : ".");
        buffer_append(buffer, digits + whole + 1);
    }
}

void language_percent(struct buffer *buffer, enum language language, double share, int decimals) {
    language_number(buffer, language, share * 100, decimals);
    if (isfinite(share))
        buffer_append(buffer, language == LANGUAGE_FRENCH ? NARROW_NO_BREAK_SPACE "%" : "%");
}

void language_date(struct buffer *buffer, enum language language, const char *date) {
    static const char *const months[2][12] = {{"January", "February", "March", "April", "May", "June", "July",
                                               "August", "September", "October", "November", "December"},
                                              {"janvier", "février", "mars", "avril", "mai", "juin",
                                               "juillet", "août", "septembre", "octobre", "novembre",
                                               "décembre"}};
    if (!text_is_date(date)) {
        buffer_append(buffer, date);
        return;
    }
    int year = atoi(date), month = atoi(date + 5), day = atoi(date + 8);
    const char *ending = language == LANGUAGE_FRENCH && day == 1 ? "er" : "";
    buffer_format(buffer, "%d%s %s %d", day, ending, months[language][month - 1], year);
}

#include "model/base/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How many bytes the well-formed character at `at` has, 0 if it is none (RFC 3629, table in section 4). */
static size_t character_size(const unsigned char *at, size_t left) {
    unsigned char first = at[0];
    if (first >= 0x01 && first <= 0x7F)
        return 1;
    size_t size = first >= 0xC2 && first <= 0xDF   ? 2
                  : first >= 0xE0 && first <= 0xEF ? 3
                  : first >= 0xF0 && first <= 0xF4 ? 4
                                                   : 0;
    if (size == 0 || size > left)
        return 0;
    for (size_t i = 1; i < size; i++)
        if ((at[i] & 0xC0) != 0x80)
            return 0;
    bool overlong = (first == 0xE0 && at[1] < 0xA0) || (first == 0xF0 && at[1] < 0x90);
    bool surrogate = first == 0xED && at[1] > 0x9F;
    bool beyond = first == 0xF4 && at[1] > 0x8F;
    return overlong || surrogate || beyond ? 0 : size;
}

bool text_is_utf8(const char *bytes, size_t length, size_t *bad) {
    for (size_t i = 0; i < length;) {
        size_t size = character_size((const unsigned char *)bytes + i, length - i);
        if (size == 0) {
            if (bad)
                *bad = i;
            return false;
        }
        i += size;
    }
    return true;
}

size_t text_characters(const char *text) {
    size_t count = 0;
    for (; *text; text++)
        count += ((unsigned char)*text & 0xC0) != 0x80;
    return count;
}

static char lower(char letter) {
    return letter >= 'A' && letter <= 'Z' ? (char)(letter - 'A' + 'a') : letter;
}

bool text_same_letters(const char *one, const char *other) {
    while (*one && lower(*one) == lower(*other))
        one++, other++;
    return lower(*one) == lower(*other);
}

enum { WORD_MOST = 64 };

/* Optimal string alignment distance (insertion, deletion, substitution, swap of neighbours), by bytes. */
static unsigned distance(const char *one, size_t length_one, const char *other, size_t length_other) {
    unsigned rows[3][WORD_MOST + 1];
    unsigned *before = rows[0], *previous = rows[1], *current = rows[2];
    for (size_t j = 0; j <= length_other; j++)
        previous[j] = (unsigned)j;
    for (size_t i = 1; i <= length_one; i++) {
        current[0] = (unsigned)i;
        for (size_t j = 1; j <= length_other; j++) {
            unsigned best = previous[j - 1] + (lower(one[i - 1]) != lower(other[j - 1]));
            if (previous[j] + 1 < best)
                best = previous[j] + 1;
            if (current[j - 1] + 1 < best)
                best = current[j - 1] + 1;
            if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1] &&
                before[j - 2] + 1 < best)
                best = before[j - 2] + 1;
            current[j] = best;
        }
        unsigned *oldest = before;
        before = previous;
        previous = current;
        current = oldest;
    }
    return previous[length_other];
}

const char *text_nearest(const char *word, const char *const *candidates, size_t count) {
    size_t length = strlen(word);
    if (length == 0 || length > WORD_MOST)
        return NULL;
    unsigned best = length < 3 ? 2 : (unsigned)(length / 3) + 1; /* must be beaten */
    const char *nearest = NULL;
    for (size_t i = 0; i < count; i++) {
        size_t candidate_length = strlen(candidates[i]);
        if (candidate_length > WORD_MOST)
            continue;
        unsigned changed = distance(word, length, candidates[i], candidate_length);
        if (changed < best && changed < candidate_length) {
            best = changed;
            nearest = candidates[i];
        }
    }
    return nearest;
}

bool text_number(const char *text, bool comma, double *number, unsigned *decimals) {
    char copy[64];
    size_t length = strlen(text), at = 0;
    if (length == 0 || length >= sizeof copy)
        return false;
    memcpy(copy, text, length + 1);
    if (copy[at] == '+' || copy[at] == '-')
        at++;
    size_t whole = strspn(copy + at, "0123456789"), part = 0;
    at += whole;
    if (whole && (copy[at] == '.' || (comma && copy[at] == ','))) {
        copy[at++] = '.';
        part = strspn(copy + at, "0123456789");
        if (part == 0)
            return false;
        at += part;
    }
    if (whole == 0 || at != length)
        return false;
    *number = strtod(copy, NULL); /* the locale is never set: the point is a point */
    if (decimals)
        *decimals = (unsigned)part;
    return isfinite(*number);
}

bool text_is_date(const char *text) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (strlen(text) != 10 || text[4] != '-' || text[7] != '-')
        return false;
    for (int i = 0; i < 10; i++)
        if (i != 4 && i != 7 && (text[i] < '0' || text[i] > '9'))
            return false;
    int year = atoi(text), month = atoi(text + 5), day = atoi(text + 8);
    if (year < 1 || month < 1 || month > 12 || day < 1)
        return false;
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return day <= days[month - 1] + (month == 2 && leap);
}

char *text_shortest(double number, char into[static 32]) {
    if (number == floor(number) && fabs(number) < 1e15) {
        snprintf(into, 32, "%.0f", number == 0 ? 0.0 : number);
        return into;
    }
    for (int precision = 1; precision <= 17; precision++) {
        snprintf(into, 32, "%.*g", precision, number);
        if (strtod(into, NULL) == number)
            break;
    }
    /* %g turns to exponents below 1e-4, where a plain decimal still fits. */
    if (strchr(into, 'e') && fabs(number) < 1 && fabs(number) > 1e-12)
        for (int decimals = 5; decimals <= 28; decimals++) {
            snprintf(into, 32, "%.*f", decimals, number);
            if (strtod(into, NULL) == number)
                break;
        }
    return into;
}

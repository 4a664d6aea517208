#include "survey/paper_sheet.h"

#include "model/base/digest.h"

enum { BASE_FIRST = 1000000, BASE_LAST = 9999999 };

/* A quasigroup of order ten that is totally anti-symmetric, with zeros on its diagonal. */
static const unsigned char damm[10][10] = {{0, 3, 1, 7, 5, 9, 8, 6, 4, 2}, {7, 0, 9, 2, 1, 5, 4, 8, 6, 3},
                                           {4, 2, 0, 6, 8, 7, 1, 3, 5, 9}, {1, 7, 5, 0, 9, 8, 3, 4, 2, 6},
                                           {6, 1, 2, 3, 0, 4, 5, 9, 7, 8}, {3, 6, 7, 4, 2, 0, 9, 5, 8, 1},
                                           {5, 8, 6, 9, 7, 2, 0, 1, 3, 4}, {8, 9, 4, 5, 3, 6, 2, 0, 1, 7},
                                           {9, 4, 3, 8, 6, 1, 7, 2, 0, 5}, {2, 5, 8, 1, 4, 3, 6, 7, 9, 0}};

/* Of seven digits the one that checks them; of eight, zero if they are sound. */
static int64_t check_digit(int64_t number) {
    unsigned digits[20], count = 0, state = 0;
    for (; number > 0; number /= 10)
        digits[count++] = (unsigned)(number % 10);
    while (count > 0)
        state = damm[state][digits[--count]];
    return state;
}

bool paper_sheet_is_sound(int64_t sheet) {
    return sheet / 10 >= BASE_FIRST && sheet / 10 <= BASE_LAST && check_digit(sheet) == 0;
}

int64_t paper_sheet_new(void) {
    /* The remainder prefers some numbers by less than one in 10^11. */
    int64_t base = BASE_FIRST + digest_random_key() % (BASE_LAST - BASE_FIRST + 1);
    return base * 10 + check_digit(base);
}

int64_t paper_sheet_next(int64_t sheet) {
    int64_t base = sheet / 10 >= BASE_LAST ? BASE_FIRST : sheet / 10 + 1;
    return base * 10 + check_digit(base);
}

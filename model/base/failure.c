#include "model/base/failure.h"

#include <stdarg.h>
#include <stdio.h>

bool failure_set(struct failure *failure, const char *format, ...) {
    if (failure->text[0])
        return false;
    va_list list;
    va_start(list, format);
    vsnprintf(failure->text, sizeof failure->text, format, list);
    va_end(list);
    return false;
}

bool failure_is_set(const struct failure *failure) {
    return failure->text[0] != '\0';
}

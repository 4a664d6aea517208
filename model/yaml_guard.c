#include "model/yaml_guard.h"

#include "model/yaml_explain.h"

#include <string.h>

static bool refuse(const char *source, size_t length, size_t offset, struct diagnostics *diagnostics,
                   const char *reason) {
    struct yaml_cursor cursor = {source, length, 0, 1, 1};
    diagnostics_error(diagnostics, yaml_cursor_place(&cursor, offset), "%s", reason);
    return false;
}

/* `%YAML 1.2`, which says nothing new, may stand. */
static bool is_needless(const char *source, size_t length, size_t offset) {
    static const char allowed[] = "%YAML 1.2";
    size_t size = sizeof allowed - 1;
    if (length - offset < size || memcmp(source + offset, allowed, size) != 0)
        return false;
    offset += size;
    return offset == length || source[offset] == '\n' || source[offset] == '\r';
}

bool yaml_guard(const char *source, size_t length, struct diagnostics *diagnostics) {
    size_t open = 0, parts = 0;
    for (size_t i = 0; i < length; i++) {
        char byte = source[i];
        bool line_start = i == 0 || source[i - 1] == '\n';
        if (line_start && byte == '%' && !is_needless(source, length, i))
            return refuse(
                source, length, i, diagnostics,
                "a line that begins with % is a directive to YAML, which a questionnaire (YAML 1.2) does "
                "not need: take it out, or put quotes around the text");
        if (byte == '[' || byte == '{')
            open++;
        else if ((byte == ']' || byte == '}') && open > 0)
            open--;
        parts = open == 0 ? 0 : parts + (byte == ',' || byte == ':' || byte == '[' || byte == '{');
        if (open > YAML_GUARD_OPEN)
            return refuse(source, length, i, diagnostics,
                          "nested too deep: this many brackets are never closed");
        if (parts > YAML_GUARD_PARTS)
            return refuse(source, length, i, diagnostics,
                          "too much between two brackets for one questionnaire: is a closing one missing?");
    }
    return true;
}

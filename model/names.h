/* A dictionary from names to numbers, for what must be unique or is looked up often. */
#ifndef MODEL_NAMES_H
#define MODEL_NAMES_H

#include "model/base/arena.h"

#include <stdbool.h>
#include <stddef.h>

struct names;

/* What names_find and names_add give for a name that was not there. */
#define NAMES_NONE ((size_t)-1)

/* An empty dictionary that lives as long as `arena`; with `ignore_case`, names that differ only in the case
 * of ASCII letters are one. */
struct names *names_create(struct arena *arena, bool ignore_case);

/* The number noted for the name, or NAMES_NONE. */
size_t names_find(const struct names *names, const char *name);

/* Notes `number` for `name` (kept by reference) if the name is new, and gives NAMES_NONE; otherwise changes
 * nothing and gives the number it has. */
size_t names_add(struct names *names, const char *name, size_t number);

/* Notes `number` for `name` whether it is new or not. */
void names_set(struct names *names, const char *name, size_t number);

#endif

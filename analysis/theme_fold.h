/* Letters without case and accents, for words and names that are the same to whoever reads them. */
#ifndef ANALYSIS_THEME_FOLD_H
#define ANALYSIS_THEME_FOLD_H

#include "model/base/arena.h"
#include "model/base/buffer.h"

#include <stdbool.h>
#include <stddef.h>

/* The first character of the valid UTF-8 `text`, and how many bytes it has. */
size_t theme_fold_decode(const char *text, unsigned *character);

/* Whether words are made of it: a letter or digit of any script, an accent that follows its letter. */
bool theme_fold_is_letter(unsigned character);

/* Appends `length` bytes of valid UTF-8, Latin letters in lower case without accents ("Élus" as "elus",
 * "œuvre" as "oeuvre"), Greek and Cyrillic ones in lower case, the typographic apostrophe as the straight
 * one, everything else as it is. */
void theme_fold_append(struct buffer *buffer, const char *text, size_t length);

/* The same for a whole text. Memory from `arena`. */
const char *theme_fold_text(struct arena *arena, const char *text);

#endif

/* A first look at open answers, and what two coders made of them, as text for a terminal. */
#ifndef ANALYSIS_THEME_PRINT_H
#define ANALYSIS_THEME_PRINT_H

#include "analysis/theme_coding.h"
#include "analysis/theme_corpus.h"
#include "analysis/theme_similar.h"
#include "analysis/themes.h"
#include "model/base/arena.h"
#include "model/base/buffer.h"
#include "model/base/language.h"

/* Who is spoken to, and where it is written. */
struct theme_print {
    struct arena *arena;
    struct buffer *buffer;
    enum language language;
};

/* The words and pairs of words that most answers hold. */
void theme_print_words(const struct theme_print *print, const struct theme_corpus *corpus);

/* The groups of similar answers, the largest first: how many answers, and the first of them. */
void theme_print_groups(const struct theme_print *print, const struct theme_corpus *corpus,
                        const struct theme_groups *groups);

/* How many answers have each theme. Of few answers, counts alone. */
void theme_print_themes(const struct theme_print *print, const struct item_themes *themes);

/* How far two coders agree, by theme and as a whole, and the answers on which they do not, with their lines
 * in the file of the coding. Nothing where no answer was coded twice. */
void theme_print_agreement(const struct theme_print *print, const struct theme_coding *coding);

#endif

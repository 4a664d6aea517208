/* Words that say nothing of what an answer is about, French and English. */
#ifndef ANALYSIS_THEME_STOP_WORDS_H
#define ANALYSIS_THEME_STOP_WORDS_H

#include <stdbool.h>

/* Whether the word, in lower case without accents (analysis/theme_fold.h), is one of them: an article, a
 * pronoun, a preposition, a conjunction, an auxiliary verb, an adverb of degree. Words of either language, as
 * people answer in both. "Pas", "non", "not" and "no" are among them: alone they tell nothing. */
bool theme_stop_words_has(const char *word);

/* Whether the word loses its vowel before an apostrophe, as "l" of "l'équipe"; and whether it stands behind
 * one, as "s" of "manager's". */
bool theme_stop_words_is_elided(const char *word);
bool theme_stop_words_is_suffix(const char *word);

#endif

#include "analysis/theme_stop_words.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* Sorted. */
static const char *const words[] = {
    "a",          "about",     "above",     "afin",         "after",
    "again",      "against",   "ai",        "aie",          "aient",
    "aies",       "ainsi",     "ait",       "all",          "almost",
    "alors",      "also",      "although",  "always",       "am",
    "an",         "and",       "any",       "apres",        "are",
    "aren",       "around",    "as",        "assez",        "at",
    "au",         "aucun",     "aucune",    "aucuns",       "aujourd'hui",
    "aura",       "aurai",     "auraient",  "aurais",       "aurait",
    "auras",      "aurez",     "auriez",    "aurions",      "aurons",
    "auront",     "aussi",     "autant",    "autre",        "autres",
    "aux",        "avaient",   "avais",     "avait",        "avant",
    "avec",       "avez",      "aviez",     "avions",       "avoir",
    "avons",      "ayant",     "ayez",      "ayons",        "be",
    "beaucoup",   "because",   "been",      "before",       "being",
    "below",      "between",   "bien",      "bon",          "both",
    "but",        "by",        "c",         "ca",           "can",
    "cannot",     "car",       "ce",        "ceci",         "cela",
    "celle",      "celles",    "celui",     "cependant",    "certain",
    "certaine",   "certaines", "certains",  "ces",          "cet",
    "cette",      "ceux",      "chaque",    "chez",         "ci",
    "comme",      "comment",   "contre",    "could",        "couldn",
    "d",          "dans",      "davantage", "de",           "dehors",
    "deja",       "dela",      "depuis",    "des",          "desormais",
    "dessous",    "dessus",    "deux",      "devant",       "devraient",
    "devrait",    "did",       "didn",      "do",           "does",
    "doesn",      "doing",     "doit",      "doivent",      "don",
    "donc",       "done",      "dont",      "down",         "du",
    "due",        "during",    "dus",       "each",         "either",
    "elle",       "elles",     "en",        "encore",       "enfin",
    "enough",     "ensuite",   "entre",     "envers",       "es",
    "est",        "et",        "etaient",   "etais",        "etait",
    "etant",      "etc",       "ete",       "etes",         "etre",
    "eu",         "eue",       "eues",      "eurent",       "eus",
    "eut",        "eux",       "even",      "ever",         "every",
    "faire",      "fais",      "faisait",   "faisant",      "fait",
    "faite",      "faites",    "faits",     "faudrait",     "faut",
    "few",        "fois",      "font",      "for",          "from",
    "furent",     "further",   "fus",       "fut",          "get",
    "gets",       "getting",   "got",       "grace",        "had",
    "hadn",       "has",       "hasn",      "have",         "haven",
    "having",     "he",        "her",       "here",         "hers",
    "him",        "his",       "hors",      "how",          "however",
    "i",          "ici",       "if",        "il",           "ils",
    "in",         "into",      "is",        "isn",          "it",
    "its",        "itself",    "j",         "je",           "jusqu",
    "jusque",     "just",      "l",         "la",           "le",
    "least",      "lequel",    "les",       "lesquelles",   "lesquels",
    "less",       "let",       "leur",      "leurs",        "like",
    "ll",         "lors",      "lorsque",   "lot",          "lots",
    "lui",        "m",         "ma",        "made",         "mais",
    "make",       "malgre",    "many",      "may",          "me",
    "meme",       "memes",     "merci",     "mes",          "mien",
    "mienne",     "mieux",     "might",     "mis",          "moi",
    "moins",      "mon",       "more",      "most",         "much",
    "must",       "my",        "n",         "ne",           "neanmoins",
    "neither",    "never",     "ni",        "no",           "non",
    "nor",        "nos",       "not",       "notamment",    "nothing",
    "notre",      "nous",      "now",       "of",           "off",
    "often",      "on",        "once",      "one",          "only",
    "ont",        "onto",      "or",        "other",        "others",
    "ou",         "oui",       "our",       "ours",         "out",
    "outre",      "over",      "own",       "par",          "parce",
    "parfois",    "parmi",     "pas",       "pendant",      "per",
    "perhaps",    "peu",       "peut",      "peuvent",      "peux",
    "plus",       "plusieurs", "plutot",    "pour",         "pourquoi",
    "pourraient", "pourrait",  "pouvait",   "pouvoir",      "presque",
    "puis",       "qu",        "quand",     "quant",        "que",
    "quel",       "quelle",    "quelles",   "quelque",      "quelques",
    "quels",      "qui",       "quite",     "quoi",         "quoique",
    "rather",     "re",        "really",    "rien",         "s",
    "sa",         "same",      "sans",      "sauf",         "se",
    "selon",      "sera",      "serai",     "seraient",     "serais",
    "serait",     "seras",     "serez",     "seriez",       "serions",
    "serons",     "seront",    "ses",       "seulement",    "shall",
    "she",        "should",    "shouldn",   "si",           "sien",
    "since",      "sinon",     "so",        "soi",          "soient",
    "sois",       "soit",      "some",      "something",    "sommes",
    "son",        "sont",      "sous",      "souvent",      "soyez",
    "soyons",     "still",     "such",      "suffisamment", "suis",
    "sur",        "surtout",   "t",         "ta",           "tandis",
    "tant",       "te",        "tel",       "telle",        "telles",
    "tels",       "tes",       "than",      "that",         "the",
    "their",      "theirs",    "them",      "then",         "there",
    "these",      "they",      "this",      "those",        "though",
    "through",    "thus",      "to",        "toi",          "ton",
    "too",        "toujours",  "tous",      "tout",         "toute",
    "toutes",     "toward",    "towards",   "tres",         "trop",
    "tu",         "un",        "under",     "une",          "until",
    "up",         "upon",      "us",        "va",           "vais",
    "ve",         "vers",      "very",      "via",          "vis",
    "voila",      "voir",      "vont",      "vos",          "votre",
    "vous",       "vraiment",  "vu",        "was",          "wasn",
    "we",         "well",      "were",      "weren",        "what",
    "when",       "where",     "whether",   "which",        "while",
    "who",        "whom",      "whose",     "why",          "will",
    "with",       "within",    "without",   "won",          "would",
    "wouldn",     "y",         "yes",       "yet",          "you",
    "your",       "yours",
};

static const char *const elided[] = {"c",      "d",      "j",  "jusqu",  "l",      "lorsqu", "m", "n",
                                     "presqu", "puisqu", "qu", "quelqu", "quoiqu", "s",      "t", NULL};
static const char *const suffixes[] = {"d", "ll", "m", "re", "s", "t", "ve", NULL};

static int compare(const void *word, const void *entry) {
    return strcmp(word, *(const char *const *)entry);
}

bool theme_stop_words_has(const char *word) {
    return bsearch(word, words, sizeof words / sizeof *words, sizeof *words, compare);
}

static bool is_among(const char *word, const char *const *list) {
    while (*list && strcmp(*list, word) != 0)
        list++;
    return *list;
}

bool theme_stop_words_is_elided(const char *word) {
    return is_among(word, elided);
}

bool theme_stop_words_is_suffix(const char *word) {
    return is_among(word, suffixes);
}

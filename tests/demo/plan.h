/* What the made-up respondents of the demonstration answer: how many give which answer to which question.
 *
 * The counts are chosen, not observed: README.md beside this file says what they must come to. */
#ifndef DEMO_PLAN_H
#define DEMO_PLAN_H

#include <stddef.h>

/* Who resembles whom: the counts are given for each of these four. */
enum stratum {
    STRATUM_MEMBER,         /* member of a working group */
    STRATUM_FACILITATOR,    /* facilitator of one */
    STRATUM_MANAGER_MEMBER, /* contract manager who had been in a working group */
    STRATUM_MANAGER,        /* contract manager who had not */
    STRATUM_COUNT
};

/* How many people of a stratum answered, on the web and on paper, and how many of them (the first ones) took
 * part in a contract that they did not manage. */
struct plan_stratum {
    size_t web, paper, participants;
    const char *role, *roles;
};

/* Whom a question is asked. */
enum plan_audience {
    PLAN_EVERYBODY,
    PLAN_GROUPS,    /* was in a working group */
    PLAN_CONTRACTS, /* manages a contract or takes part in one */
    PLAN_MANAGERS
};

enum { PLAN_ANSWERS = 11 };

/* One column of the answers. It has either `answers`, or a range of numbers, or `words`. */
struct plan_column {
    const char *id;
    enum plan_audience audience;
    int mood;     /* 0…100: how far the answer follows the respondent's general mood */
    int required; /* left empty on paper only */
    int specify;  /* has a column for the words beside an option */

    /* The answers from the most to the least contented (a vertical bar before the words beside an option),
     * and how many of each stratum give them. The others leave it empty. */
    const char *answers[PLAN_ANSWERS];
    unsigned char counts[STRATUM_COUNT][PLAN_ANSWERS];

    int low, high; /* numbers, most of them about the middle; `halves`: in steps of 0.5 */
    int halves;
    int empty; /* how many people leave the number empty */

    /* Open answers, French and English, each given by one respondent; NULL at the end. */
    const char *const *words[2];
};

/* How many were invited, as the questionnaire has it. */
enum { PLAN_ROLES = 3 };
struct plan_role {
    const char *code;
    size_t invited;
};
static const struct plan_role plan_roles[PLAN_ROLES] = {{"member", 98}, {"facilitator", 10}, {"manager", 32}};

static const struct plan_stratum plan_strata[STRATUM_COUNT] = {
    [STRATUM_MEMBER] = {46, 20, 28, "member", "member"},
    [STRATUM_FACILITATOR] = {8, 1, 4, "facilitator", "facilitator"},
    [STRATUM_MANAGER_MEMBER] = {13, 5, 0, "manager", "member manager"},
    [STRATUM_MANAGER] = {3, 1, 0, "manager", "manager"},
};

static const char *const hopes_french[] = {
    "Que ce qui a été commencé soit mené à son terme",
    "Des services durablement plus efficaces",
    "Mieux connaître le travail des autres services",
    "Davantage de cohésion entre les cadres",
    "Un bilan partagé avec tous les agents",
    "Que les usagers voient la différence",
    "Continuer à travailler ensemble au-delà des directions",
    "Que les meilleures actions soient étendues à toute la maison",
    "Du temps reconnu pour l’innovation",
    "Une action publique meilleure, et pour longtemps",
    "Des moyens à la hauteur des ambitions",
    "Garder le lien entre les groupes",
    "Que l’on associe aussi les agents de terrain",
    "Simplifier les procédures internes",
    NULL,
};
static const char *const hopes_english[] = {
    "That the services keep learning from one another",
    "More time for the actions that work",
    NULL,
};
static const char *const criticism_french[] = {
    "Trop d’actions lancées, trop peu terminées",
    "Il faut finir ce qui est commencé avant d’ouvrir autre chose",
    "Les élus ont été trop peu informés",
    "On a surtout rattrapé du retard, peu innové",
    "Beaucoup de comptes rendus pour peu de décisions",
    "Le calendrier était trop long entre les groupes et les contrats",
    "Les arbitrages sont restés mystérieux",
    "Les élus auraient dû venir voir le travail des groupes",
    "Pas assez de nouvelles une fois les contrats signés",
    "Les mêmes personnes portent toujours tout",
    "C’était de la mise à niveau plus que de l’innovation",
    "Les indicateurs sont arrivés trop tard",
    "Une charge de travail sous-estimée",
    NULL,
};
static const char *const criticism_english[] = {
    "Too slow between the groups and the contracts",
    "We caught up more than we innovated",
    NULL,
};
static const char *const ideas_french[] = {
    "Un acte managérial fort, et nécessaire",
    "Le travail en groupe entre services qui ne se parlaient pas",
    "Le contrat, avec un responsable et une échéance",
    "La direction générale qui s’engage aux côtés des équipes",
    "La revue de clôture, pour dire ce qui est fait et ce qui reste",
    "Des groupes où l’on parle librement, quel que soit le grade",
    "L’animation par des collègues formés",
    "Des actions petites mais visibles",
    "Un parrain pour chaque contrat",
    "Écouter ceux qui font le travail",
    "Suivre chaque trimestre, pas seulement à la fin",
    NULL,
};
static const char *const ideas_english[] = {
    "A strong managerial act that was needed",
    "One named manager for each contract",
    NULL,
};

#define FOUR_STEPS                                                                                           \
    { "4", "3", "2", "1", "no_opinion" }
#define FOUR_STEPS_OR_NOT_CONCERNED                                                                          \
    { "4", "3", "2", "1", "no_opinion", "not_concerned" }
#define FIVE_STEPS                                                                                           \
    { "5", "4", "3", "2", "1", "no_opinion" }

/* In the order of questionnaires/dip-2013.yaml, after `roles` and `role`. */
static const struct plan_column plan_columns[] = {
    {.id = "service_years", .low = 1, .high = 36, .empty = 5},
    {.id = "meaning",
     .mood = 60,
     .specify = 1,
     .answers = {"opportunity necessity", "opportunity", "opportunity constraint", "necessity",
                 "other|un outil de dialogue", "other|un pari", "other|une expérience utile", "constraint",
                 "fashion", "constraint fashion", "no_opinion"},
     .counts = {{11, 23, 4, 7, 1, 1, 0, 7, 6, 3, 2},
                {3, 3, 0, 2, 0, 0, 0, 1, 0, 0, 0},
                {6, 7, 1, 1, 0, 0, 1, 1, 0, 0, 1},
                {1, 2, 0, 0, 0, 0, 0, 1, 0, 0, 0}}},

    {.id = "meetings", .audience = PLAN_GROUPS, .low = 1, .high = 8, .empty = 7},
    {.id = "exploration_interesting",
     .audience = PLAN_GROUPS,
     .mood = 60,
     .answers = FOUR_STEPS,
     .counts = {{15, 34, 11, 4, 1}, {5, 4, 0, 0, 0}, {5, 9, 3, 0, 1}}},
    {.id = "themes_relevant",
     .audience = PLAN_GROUPS,
     .mood = 60,
     .answers = FOUR_STEPS,
     .counts = {{8, 25, 21, 7, 3}, {2, 5, 2, 0, 0}, {3, 8, 5, 1, 1}}},
    {.id = "synthesis_faithful",
     .audience = PLAN_GROUPS,
     .mood = 50,
     .answers = FOUR_STEPS,
     .counts = {{7, 25, 18, 6, 8}, {3, 4, 2, 0, 0}, {4, 8, 4, 1, 0}}},
    {.id = "composition",
     .audience = PLAN_GROUPS,
     .mood = 40,
     .answers = FOUR_STEPS,
     .counts = {{11, 27, 15, 6, 5}, {3, 4, 1, 0, 1}, {4, 9, 3, 1, 1}}},
    {.id = "facilitation",
     .audience = PLAN_GROUPS,
     .mood = 50,
     .answers = FOUR_STEPS,
     .counts = {{20, 31, 8, 3, 2}, {2, 6, 1, 0, 0}, {6, 8, 3, 0, 0}}},
    {.id = "free_speech",
     .audience = PLAN_GROUPS,
     .mood = 50,
     .answers = FOUR_STEPS,
     .counts = {{25, 27, 8, 3, 2}, {4, 4, 1, 0, 0}, {8, 7, 2, 1, 0}}},
    {.id = "rhythm",
     .audience = PLAN_GROUPS,
     .mood = 30,
     .answers = FOUR_STEPS,
     .counts = {{9, 26, 18, 7, 3}, {1, 4, 3, 1, 0}, {2, 8, 6, 1, 1}}},

    {.id = "arbitration_clear",
     .mood = 60,
     .answers = FOUR_STEPS,
     .counts = {{5, 19, 22, 11, 6}, {1, 3, 4, 1, 0}, {3, 8, 5, 2, 0}, {1, 2, 1, 0, 0}}},
    {.id = "contracts_faithful",
     .mood = 60,
     .answers = FOUR_STEPS,
     .counts = {{6, 25, 16, 7, 9}, {1, 5, 2, 0, 1}, {5, 9, 3, 1, 0}, {1, 3, 0, 0, 0}}},
    {.id = "involved",
     .mood = 60,
     .answers = FOUR_STEPS,
     .counts = {{14, 31, 14, 5, 1}, {2, 4, 2, 1, 0}, {8, 8, 2, 0, 0}, {2, 2, 0, 0, 0}}},
    {.id = "informed",
     .mood = 50,
     .answers = FOUR_STEPS,
     .counts = {{9, 24, 21, 8, 2}, {2, 4, 2, 1, 0}, {6, 8, 3, 1, 0}, {2, 2, 0, 0, 0}}},
    {.id = "news",
     .mood = 20,
     .specify = 1,
     .answers = {"hierarchy meeting", "hierarchy intranet", "meeting", "intranet", "intranet colleagues",
                 "colleagues", "other|le journal interne", "none"},
     .counts = {{8, 6, 10, 12, 9, 10, 1, 8},
                {1, 0, 2, 2, 2, 1, 0, 1},
                {6, 4, 4, 2, 1, 0, 0, 0},
                {2, 1, 1, 0, 0, 0, 0, 0}}},

    {.id = "contract_axis",
     .audience = PLAN_CONTRACTS,
     .answers = {"users", "working", "green", "communication"},
     .counts = {{9, 10, 4, 5}, {1, 2, 0, 1}, {6, 7, 2, 3}, {1, 1, 1, 1}}},
    {.id = "monthly_report",
     .audience = PLAN_CONTRACTS,
     .mood = 40,
     .answers = FOUR_STEPS_OR_NOT_CONCERNED,
     .counts = {{3, 8, 7, 3, 2, 5}, {0, 1, 1, 1, 0, 1}, {5, 7, 4, 2, 0, 0}, {1, 2, 1, 0, 0, 0}}},
    {.id = "quarterly_steering",
     .audience = PLAN_CONTRACTS,
     .mood = 40,
     .answers = FOUR_STEPS_OR_NOT_CONCERNED,
     .counts = {{4, 11, 5, 2, 1, 5}, {1, 1, 1, 0, 0, 1}, {6, 9, 2, 1, 0, 0}, {2, 2, 0, 0, 0, 0}}},
    {.id = "indicators",
     .audience = PLAN_CONTRACTS,
     .mood = 40,
     .answers = FOUR_STEPS_OR_NOT_CONCERNED,
     .counts = {{2, 9, 8, 3, 4, 2}, {0, 2, 1, 0, 1, 0}, {3, 8, 5, 1, 1, 0}, {1, 1, 1, 0, 0, 1}}},
    {.id = "means_sufficient",
     .audience = PLAN_CONTRACTS,
     .mood = 50,
     .answers = FOUR_STEPS_OR_NOT_CONCERNED,
     .counts = {{3, 8, 10, 4, 3, 0}, {0, 1, 2, 1, 0, 0}, {2, 7, 6, 3, 0, 0}, {0, 2, 2, 0, 0, 0}}},
    {.id = "sponsor_support",
     .audience = PLAN_CONTRACTS,
     .mood = 50,
     .answers = FOUR_STEPS_OR_NOT_CONCERNED,
     .counts = {{5, 9, 5, 2, 4, 3}, {1, 1, 1, 0, 1, 0}, {8, 6, 3, 1, 0, 0}, {2, 1, 0, 1, 0, 0}}},
    {.id = "contract_hours", .audience = PLAN_MANAGERS, .low = 3, .high = 40, .halves = 1, .empty = 2},
    {.id = "obstacles",
     .audience = PLAN_CONTRACTS,
     .mood = 30,
     .specify = 1,
     .answers = {"none", "time", "time coordination", "coordination", "means", "time means",
                 "time means coordination", "coordination support", "other|un changement de direction",
                 "other|des règles de marché"},
     .counts = {{3, 6, 4, 3, 2, 4, 2, 2, 1, 0},
                {1, 1, 1, 0, 1, 0, 0, 0, 0, 0},
                {2, 3, 3, 2, 1, 4, 2, 0, 0, 1},
                {0, 1, 0, 1, 0, 1, 1, 0, 0, 0}}},

    {.id = "hopes",
     .mood = 20,
     .answers = {"action efficiency knowing", "knowing action voice", "efficiency action cohesion",
                 "knowing cohesion action", "action knowing", "cohesion knowing efficiency",
                 "voice knowing efficiency", "efficiency"},
     .counts = {{12, 11, 9, 7, 8, 2, 9, 4},
                {2, 2, 1, 2, 1, 1, 0, 0},
                {4, 1, 4, 3, 1, 3, 1, 0},
                {1, 0, 1, 1, 0, 1, 0, 0}}},
    {.id = "result_users",
     .mood = 60,
     .answers = FIVE_STEPS,
     .counts = {{4, 22, 24, 4, 1, 9}, {1, 4, 3, 0, 0, 1}, {3, 9, 4, 0, 0, 2}, {1, 2, 1, 0, 0, 0}}},
    {.id = "result_working",
     .mood = 60,
     .answers = FIVE_STEPS,
     .counts = {{3, 19, 27, 6, 2, 7}, {1, 3, 4, 1, 0, 0}, {3, 8, 5, 1, 0, 1}, {0, 3, 1, 0, 0, 0}}},
    {.id = "result_green",
     .mood = 40,
     .answers = FIVE_STEPS,
     .counts = {{5, 24, 20, 3, 1, 11}, {1, 4, 2, 0, 0, 2}, {3, 8, 4, 0, 0, 3}, {1, 2, 0, 0, 0, 1}}},
    {.id = "result_communication",
     .mood = 40,
     .answers = FIVE_STEPS,
     .counts = {{2, 15, 29, 9, 3, 6}, {0, 3, 4, 1, 0, 1}, {2, 7, 6, 2, 0, 1}, {0, 2, 2, 0, 0, 0}}},

    {.id = "go_on",
     .mood = 70,
     .answers = FOUR_STEPS,
     .counts = {{17, 28, 12, 5, 3}, {4, 4, 1, 0, 0}, {8, 7, 2, 0, 1}, {3, 1, 0, 0, 0}}},
    {.id = "new_contracts",
     .mood = 50,
     .answers = FOUR_STEPS,
     .counts = {{15, 28, 14, 6, 2}, {3, 3, 2, 1, 0}, {6, 8, 3, 0, 1}, {1, 2, 1, 0, 0}}},
    {.id = "recommend",
     .mood = 70,
     .required = 1,
     .answers = {"yes", "no", "no_opinion"},
     .counts = {{52, 10, 3}, {8, 1, 0}, {17, 0, 1}, {4, 0, 0}}},
    {.id = "hope_words", .words = {hopes_french, hopes_english}},
    {.id = "criticism", .words = {criticism_french, criticism_english}},
    {.id = "idea", .words = {ideas_french, ideas_english}},
};
static const size_t plan_column_count = sizeof plan_columns / sizeof *plan_columns;

#endif

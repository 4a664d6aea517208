/* A program of subcommands: one table drives dispatch, option checks and --help. */
#ifndef BASE_COMMAND_H
#define BASE_COMMAND_H

#include "model/base/failure.h"

#include <stdbool.h>
#include <stddef.h>

/* An option of a subcommand: `--name ARGUMENT`, or a flag if `argument` is NULL. */
struct command_option {
    const char *name; /* without dashes; NULL ends a list */
    const char *argument;
    const char *help;
    bool repeatable;
};

/* What the user typed after the subcommand, already checked against its table. */
struct arguments;

struct command {
    const char *name;     /* NULL ends the table */
    const char *operands; /* as shown in the usage: "FILE…" */
    size_t operands_least, operands_most;
    const char *summary;
    const struct command_option *options; /* may be NULL */
    /* Gives the exit status, 0, 1 or 2. A failure it sets is printed once by command_main. */
    int (*run)(const struct arguments *arguments, struct failure *failure);
};

struct program {
    const char *name, *summary, *version;
    const struct command *commands;
};

enum { COMMAND_DONE = 0, COMMAND_FAILED = 1, COMMAND_USAGE = 2 };

/* Runs the subcommand that the arguments name; gives the exit status of the process. Answers --help and
 * --version (of the program, and --help of each command); wrong usage is one line and status 2, with the
 * nearest name if one is near. A process that aborts says so in a line. */
int command_main(const struct program *program, int count, char **words);

/* The n-th operand; the value of an option, NULL if it was not; whether a flag was given. */
const char *command_operand(const struct arguments *arguments, size_t index);
size_t command_operand_count(const struct arguments *arguments);
const char *command_value(const struct arguments *arguments, const char *option);
bool command_flag(const struct arguments *arguments, const char *option);

/* The n-th value of a repeatable option, NULL past the last. */
const char *command_value_at(const struct arguments *arguments, const char *option, size_t index);

#endif

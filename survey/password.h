/* The password of the evaluator's pages, kept as its Argon2id beside the store: `<store>.password`, readable
 * by its owner only. Without it there are no such pages. */
#ifndef SURVEY_PASSWORD_H
#define SURVEY_PASSWORD_H

#include "model/base/arena.h"
#include "model/base/command.h"

enum { PASSWORD_LEAST = 10, PASSWORD_MOST = 1000 }; /* characters, bytes */

/* What is kept of the password of the store at `store_path`; NULL: there is none, or it cannot be read by us
 * alone. Memory from `arena`. */
const char *password_read(struct arena *arena, const char *store_path);

extern const struct command_option password_options[];

/* survey password FILE: reads a password twice from the terminal without showing it, or a line of standard
 * input, and keeps it; with --remove, removes the one that is kept. */
int password_run(const struct arguments *arguments, struct failure *failure);

#endif

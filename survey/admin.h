/* The evaluator's pages, below /admin: what the office answers. */
#ifndef SURVEY_ADMIN_H
#define SURVEY_ADMIN_H

#include "survey/office.h"

#include <stddef.h>

struct pollfd;

struct admin;

/* Gets ready; nobody is signed in. */
struct admin *admin_open(const struct office_options *options);

/* Answers a request: its reply, what it costs and how long it is held. Memory of the reply's headers is from
 * `arena`. */
void admin_answer(struct admin *admin, struct arena *arena, const struct request *request,
                  struct office_answer *answer);

/* The descriptors of the program that runs for the evaluator, if one does: ADMIN_WATCHED_MOST at most. How
 * many. And taking what it has written, without waiting. */
enum { ADMIN_WATCHED_MOST = 2 };
size_t admin_watch(const struct admin *admin, struct pollfd *watched);
void admin_tend(struct admin *admin);

/* Ends what runs, forgets who is signed in. */
void admin_close(struct admin *admin);

#endif

/* What the server can never do again once everything it needs is open: even if somebody took it over, it
 * could only read and write its store, and speak to those who connect. */
#ifndef SURVEY_CONFINEMENT_H
#define SURVEY_CONFINEMENT_H

#include "model/base/arena.h"
#include "model/base/failure.h"

#include <stdbool.h>

/* Keeps keys and answers out of core dumps and away from debuggers of the same user. A change of the user
 * undoes this: do it again afterwards. */
void confinement_hide_memory(void);

/* Confines the process for good. Files: below `folder` (NULL: nowhere) it may read, write, create and remove;
 * it may read the time zones; all else is out of reach (Landlock). Calls: no program or process can be
 * started, no socket made, bound or connected, nothing traced, mounted or loaded into the kernel, no memory
 * made executable; they fail with EPERM (seccomp). `*lacking` becomes what this kernel cannot do of it, in
 * words from `arena`, or NULL. False with the failure if the kernel refuses what it says it can do. */
bool confinement_enter(struct arena *arena, const char *folder, const char **lacking,
                       struct failure *failure);

/* The same for a process that is about to become a program of the system, which reads `file`, a stranger's:
 * it may start, with its libraries and fonts, and read `file`; nothing is written, there is no network. */
bool confinement_enter_program(struct arena *arena, const char *file, const char **lacking,
                               struct failure *failure);

#endif

/* The process that is the office: takes requests one by one, and does its errands meanwhile. */
#ifndef SURVEY_OFFICE_CLERK_H
#define SURVEY_OFFICE_CLERK_H

#include "survey/office.h"

/* Answers what comes by the socket until the server is gone. Takes SIGINT and SIGTERM over: the server, whom
 * they are meant for as well, says when it ends. */
void office_clerk_run(const struct office_options *options, int socket);

#endif

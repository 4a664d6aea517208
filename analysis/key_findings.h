/* What a report says first: who answered, what stands out, where groups differ, what is said in open answers;
 * a sentence each, with its figure, its base and its interval. */
#ifndef ANALYSIS_KEY_FINDINGS_H
#define ANALYSIS_KEY_FINDINGS_H

#include "analysis/document.h"
#include "analysis/prose.h"

/* Adds the section; without any response it says that there is none. */
void key_findings_add(struct document *document, const struct prose *prose);

#endif

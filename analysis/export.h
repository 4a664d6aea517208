/* analysis export FILE: the answers, for other programs. */
#ifndef ANALYSIS_EXPORT_H
#define ANALYSIS_EXPORT_H

#include "model/base/command.h"

extern const struct command_option export_options[];

/* Writes all responses, sorted by their bytes, to standard output or the file of --output, which is put in
 * place once it is whole. As csv it is what `survey import` takes; as spreadsheet it has the wording of the
 * default language in place of codes, and what Excel and LibreOffice open in French: a byte-order mark,
 * semicolons and decimal commas. */
int export_run(const struct arguments *arguments, struct failure *failure);

#endif

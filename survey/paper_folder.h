/* The folder `paper` beside a store: the geometries of the forms that were printed for it. */
#ifndef SURVEY_PAPER_FOLDER_H
#define SURVEY_PAPER_FOLDER_H

#include "survey/paper_geometry.h"

/* The path of a file, or of that folder ("paper"), beside the store. Memory from `arena`. */
const char *paper_folder_beside(struct arena *arena, const char *store, const char *name);

/* Writes a geometry, as JSON, whole or not at all. False after a failure; one is that another file is there.
 */
bool paper_folder_write(const char *path, const struct buffer *json, struct failure *failure);

/* Keeps a geometry, as JSON, in the folder, which is made if it is missing: under its version and language.
 */
bool paper_folder_keep(struct arena *arena, const char *store, const struct paper_geometry *geometry,
                       const struct buffer *json, struct failure *failure);

#endif

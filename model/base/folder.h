/* Names on the disk. */
#ifndef MODEL_BASE_FOLDER_H
#define MODEL_BASE_FOLDER_H

#include <stdbool.h>

/* Brings the folder in which `path` lies to the disk: what was made, moved or taken away in it, and synced
 * itself, survives a power cut from here on. Where that cannot be asked for (a file system that does not do
 * it for folders, a folder that may not be read) it is taken for done. False after a failure, told by errno.
 */
bool folder_sync(const char *path);

#endif

/* The key of a campaign by links: 32 bytes in a file beside the store, `<store>.key`, readable by its owner
 * only. */
#ifndef MODEL_CAMPAIGN_KEY_H
#define MODEL_CAMPAIGN_KEY_H

#include "model/base/arena.h"
#include "model/base/failure.h"
#include "model/base/secret.h"

#include <stdbool.h>

/* Where the key of the store at `store_path` is. */
const char *campaign_key_path(struct arena *arena, const char *store_path);

/* Reads the key. False with the failure: there is none, it is cut short, or others may read it. */
bool campaign_key_read(struct secret *key, const char *store_path, struct failure *failure);

/* Reads the key, or makes it where there is none: durable before this returns, and never one of two. */
bool campaign_key_make(struct secret *key, const char *store_path, struct failure *failure);

/* Overwrites and removes the key for good; fine if there is none. */
bool campaign_key_erase(const char *store_path, struct failure *failure);

#endif

/* Personal links in files: the address of each, and the mail-merge file. */
#ifndef SURVEY_INVITATIONS_H
#define SURVEY_INVITATIONS_H

#include "model/base/arena.h"
#include "model/base/buffer.h"
#include "model/base/failure.h"
#include "model/base/secret.h"
#include "model/campaign.h"
#include "model/store_invitation.h"

/* Where respondents are taken to be unless told: on this machine. */
#define INVITATIONS_DEFAULT_URL "http://127.0.0.1:8080/"

/* Reads the key of a store in which people are invited, and makes sure that their links were made with it:
 * with another one, every link made again would be wrong. False with the failure. */
bool invitations_open_key(struct secret *key, const struct campaign *campaign, struct failure *failure);

/* Makes what the store keeps of a person's link. */
void invitations_hashes(const struct secret *key, const struct invitation *person, struct link_hash *token,
                        struct link_hash *code);

/* The address of a link below the public URL (which ends with a slash or not). Memory from `arena`. */
const char *invitations_address(struct arena *arena, const char *public_url, const struct link *link);

/* Appends the mail-merge file: header, then a record each: name, email, language, the population's margins as
 * far as they are known, link, code. */
void invitations_csv(struct buffer *csv, struct arena *arena, const struct questionnaire *questionnaire,
                     const struct secret *key, const char *public_url, const struct invitation *people,
                     size_t count);

/* Writes the bytes to `path` by rename, durable, readable by its owner only. What is there already is
 * replaced only if it is a mail-merge file. False with the failure. */
bool invitations_write(const char *path, const char *bytes, size_t length, struct failure *failure);

#endif

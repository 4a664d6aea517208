/* Personal links in the store: who is invited, which links were used (one bit, without a time), and drafts.
 *
 * A store with links keeps a rollback journal, emptied at each commit, and writes its responses and drafts
 * anew, in the order of their random keys, in the very transaction that changes them: no copy of its files
 * tells in which order they came. */
#ifndef MODEL_STORE_INVITATION_H
#define MODEL_STORE_INVITATION_H

#include "model/link.h"
#include "model/store.h"

/* One person. Texts are NULL where the roster has none. */
struct invitation {
    int64_t id;         /* random, positive; part of what the link is made from */
    int64_t generation; /* of the link */
    const char *name, *email;
    const char *language; /* a tag of the questionnaire's */
    const char *known;    /* what travels with the answer: `role=member service=north`; "" for nothing */
    bool is_used, is_revoked;
    bool mail_begun, mail_done;     /* the invitation's mail: handed to the mail server, and accepted */
    bool remind_begun, remind_done; /* the same of the reminder under way */
};

/* Makes the store one with links; fine if it is. Outside a transaction. False with the failure: one is that
 * another program has it open. */
bool store_keep_links(struct store *store, struct failure *failure);

/* Whether the store has links; and whether they are open: not ended. */
bool store_has_links(const struct store *store);
bool store_links_are_open(const struct store *store);

/* How many were invited by link and not revoked; stays when `close` has erased who. It does not depend on who
 * has answered: revoking a link would tell. */
bool store_invited(struct store *store, size_t *count, struct failure *failure);

/* Whether the links that are there were made with this key; fine if there are none. */
bool store_fits_key(struct store *store, const struct secret *key, struct failure *failure);

/* All invitations in the order of their ids, with texts in `arena`; `*count` of them. NULL after a failure.
 */
const struct invitation *store_invitations(struct store *store, struct arena *arena, size_t *count,
                                           struct failure *failure);

/* What a hash opens. */
enum store_hash_kind { STORE_TOKEN, STORE_CODE };

/* The invitation of a hash. STORE_DONE; STORE_NONE: there is none; BUSY, FULL. Texts in `arena`. */
enum store_outcome store_find_invitation(struct store *store, struct arena *arena, enum store_hash_kind kind,
                                         const struct link_hash *hash, struct invitation *invitation);

/* Inside a transaction: adds one with the hashes of its link. */
enum store_outcome store_add_invitation(struct store *store, const struct invitation *invitation,
                                        const struct link_hash *token, const struct link_hash *code);

/* Inside a transaction: writes the person and the hashes (NULL: they stay) anew. Which link is used cannot be
 * changed by this. */
enum store_outcome store_change_invitation(struct store *store, const struct invitation *invitation,
                                           const struct link_hash *token, const struct link_hash *code);

/* Whether a reminder is under way; and inside a transaction: beginning one, ending it, which forgets whom it
 * reached, and notes the day (YYYY-MM-DD; NULL: none). */
bool store_is_reminding(struct store *store);
enum store_outcome store_begin_reminder(struct store *store);
enum store_outcome store_end_reminder(struct store *store, const char *day);

/* Whether the last reminder ended on that day. */
bool store_has_reminded(struct store *store, const char *day);

/* A response as a respondent sends it: what else happens in the same transaction. */
struct submission {
    const struct response *response;
    int64_t invitation;            /* is used by it; 0: none */
    int64_t generation;            /* of the link it came by */
    const struct link_hash *draft; /* is erased; NULL: none */
};

/* Whether the link of that generation may still be answered by. STORE_DONE; STORE_USED; STORE_NONE: it is
 * revoked or replaced; BUSY, FULL. */
enum store_outcome store_check_link(struct store *store, int64_t invitation, int64_t generation);

/* Inside a transaction. STORE_DONE; STORE_ALREADY: the same key is there; STORE_USED; STORE_ENDED; BUSY,
 * FULL.
 */
enum store_outcome store_submit(struct store *store, const struct submission *submission, const char *day);

/* Inside a transaction: keeps a draft in the place of any earlier one of that name; drops one (fine if there
 * is none). Without links no more than STORE_DRAFTS_MOST are kept, of STORE_DRAFT_BYTES_MOST
 * bytes in all: STORE_FULL beyond. STORE_ENDED: none are
 * kept any more. */
enum { STORE_DRAFTS_MOST = 10000, STORE_DRAFT_BYTES_MOST = 128 * 1024 * 1024 };
enum store_outcome store_keep_draft(struct store *store, const struct link_hash *name,
                                    const unsigned char *sealed, size_t length);
enum store_outcome store_drop_draft(struct store *store, const struct link_hash *name);

/* The sealed draft of that name, in `arena`; NULL: there is none, or it cannot be read now (`*length` is not
 * 0). */
const unsigned char *store_read_draft(struct store *store, struct arena *arena, const struct link_hash *name,
                                      size_t *length);

#endif

#include "survey/guest.h"

#include "survey/draft.h"
#include "survey/form_screen.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

/* --- looking up --- */

/* What the respondents of the turn before did comes first. */
static struct store *store_of(const struct guest_door *door) {
    if (door->intake)
        intake_wait(door->intake);
    return door->store;
}

/* Another program holds the store for the moment of its commits only, and a reader may wait that long. */
static enum store_outcome find_patiently(const struct guest_door *door, struct arena *arena,
                                         enum store_hash_kind kind, const struct link_hash *hash,
                                         struct invitation *invitation) {
    enum { TRIES = 20, PAUSE = 5 * 1000 * 1000 };
    const struct timespec pause = {.tv_nsec = PAUSE};
    enum store_outcome outcome = store_find_invitation(store_of(door), arena, kind, hash, invitation);
    for (int i = 0; i < TRIES && outcome == STORE_BUSY; i++) {
        nanosleep(&pause, NULL);
        outcome = store_find_invitation(store_of(door), arena, kind, hash, invitation);
    }
    return outcome;
}

static enum guest_standing standing_of(enum store_outcome outcome, const struct invitation *invitation) {
    if (outcome != STORE_DONE)
        return outcome == STORE_NONE ? GUEST_UNKNOWN : GUEST_LATER;
    if (invitation->is_revoked)
        return GUEST_UNKNOWN;
    return invitation->is_used ? GUEST_USED : GUEST_EXPECTED;
}

/* Reads the draft of the guest's token. A store that cannot be read must not pass for one without a draft:
 * the next step would write over it. */
static void find_draft(const struct guest_door *door, struct arena *arena, struct guest *guest) {
    struct link_hash name;
    struct secret secret;
    if (!link_draft(guest->token, &name, &secret))
        return;
    secret_erase(&secret, sizeof secret);
    guest->sealed = store_read_draft(store_of(door), arena, &name, &guest->sealed_length);
    if (!guest->sealed && guest->sealed_length > 0)
        guest->standing = GUEST_LATER;
}

struct guest guest_by_link(const struct guest_door *door, struct arena *arena, const char *token) {
    struct link_hash hash;
    struct invitation invitation = {0};
    struct guest guest = {.standing = GUEST_UNKNOWN};
    if (!link_token_hash(door->key, token, &hash))
        return guest;
    guest.standing = standing_of(find_patiently(door, arena, STORE_TOKEN, &hash, &invitation), &invitation);
    if (guest.standing == GUEST_UNKNOWN || guest.standing == GUEST_LATER)
        return guest;
    guest.token = token;
    guest.invitation = invitation.id;
    guest.generation = invitation.generation;
    guest.language = invitation.language;
    guest.known = invitation.known;
    if (guest.standing == GUEST_EXPECTED)
        find_draft(door, arena, &guest);
    return guest;
}

struct guest guest_by_cookie(const struct guest_door *door, struct arena *arena, const char *cookie) {
    struct guest guest = {.standing = GUEST_EXPECTED};
    struct link_hash name;
    struct secret secret;
    if (!cookie || !link_draft(cookie, &name, &secret))
        return guest;
    secret_erase(&secret, sizeof secret);
    guest.token = cookie;
    find_draft(door, arena, &guest);
    return guest;
}

enum guest_standing guest_by_code(const struct guest_door *door, struct arena *arena, const char *code,
                                  char token[static LINK_TOKEN_LENGTH + 1]) {
    struct link_hash hash;
    struct invitation invitation = {0};
    if (!link_code_hash(door->key, code, &hash))
        return GUEST_UNKNOWN;
    enum guest_standing standing =
        standing_of(find_patiently(door, arena, STORE_CODE, &hash, &invitation), &invitation);
    if (standing == GUEST_EXPECTED || standing == GUEST_USED) {
        struct link link = link_make(door->key, invitation.id, invitation.generation);
        memcpy(token, link.token, sizeof link.token);
        secret_erase(&link, sizeof link);
    }
    return standing;
}

/* --- drafts --- */

bool guest_open_draft(const struct guest *guest, struct arena *arena,
                      const struct questionnaire *questionnaire, struct form *form) {
    struct link_hash name;
    struct secret secret;
    if (!guest->sealed || !link_draft(guest->token, &name, &secret))
        return false;
    bool opened = draft_open(form, arena, questionnaire, &secret, guest->sealed, guest->sealed_length);
    secret_erase(&secret, sizeof secret);
    return opened;
}

static bool is_empty(const struct entry *entry) {
    return entry->value_count == 0 && (!entry->specify || !*entry->specify);
}

void guest_recall(const struct guest *guest, struct arena *arena, const struct questionnaire *questionnaire,
                  struct form *form) {
    struct form draft;
    size_t first, end;
    form_start(&draft, arena, questionnaire, form->language);
    form_screen_pages(questionnaire, form->screen, &first, &end);
    if (!guest_open_draft(guest, arena, questionnaire, &draft))
        return;
    struct entry *entries = ARENA_NEW(arena, struct entry, questionnaire->item_count);
    for (size_t i = 0; i < questionnaire->item_count; i++) {
        size_t page = questionnaire->items[i].question->page;
        bool elsewhere = page < first || page >= end;
        entries[i] = elsewhere && is_empty(&form->entries[i]) ? draft.entries[i] : form->entries[i];
    }
    form->entries = entries;
}

void guest_keep_draft(struct guest *guest, struct arena *arena, const struct questionnaire *questionnaire,
                      const struct form *form, size_t screen, struct deed *deed) {
    struct secret secret;
    if (!guest->token) {
        char *token = arena_allocate(arena, LINK_TOKEN_LENGTH + 1, 1);
        link_random_token(token);
        guest->token = token;
    }
    *deed = (struct deed){.kind = DEED_KEEP,
                          .invitation = guest->invitation,
                          .generation = guest->generation,
                          .has_draft = true};
    if (!link_draft(guest->token, &deed->draft, &secret))
        abort(); /* whoever made the token checked it */
    deed->sealed = draft_seal(arena, questionnaire, &secret, form, screen, &deed->sealed_length);
    secret_erase(&secret, sizeof secret);
}

bool guest_name_draft(const struct guest *guest, struct deed *deed) {
    struct secret secret;
    deed->has_draft = guest->token && link_draft(guest->token, &deed->draft, &secret);
    if (deed->has_draft)
        secret_erase(&secret, sizeof secret);
    return deed->has_draft;
}

/* --- what is known beforehand --- */

/* The item of the words `role=member`, `length` bytes, and the code in `*code`, if the questionnaire has both
 * and the answer does not hang on others. */
static const struct item *find_known(struct arena *arena, const struct questionnaire *questionnaire,
                                     const char *words, size_t length, const char **code) {
    const char *equals = memchr(words, '=', length);
    if (!equals)
        return NULL;
    size_t name_length = (size_t)(equals - words);
    const struct item *item = questionnaire_item(questionnaire, arena_copy_bytes(arena, words, name_length));
    *code = arena_copy_bytes(arena, equals + 1, length - name_length - 1);
    if (!item || item->question->type != QUESTION_SINGLE)
        return NULL;
    size_t option = questionnaire_option(item->question, *code);
    bool exists = option < item->question->option_count && !item->question->options[option].when;
    return exists ? item : NULL;
}

void guest_introduce(const struct guest *guest, struct arena *arena,
                     const struct questionnaire *questionnaire, struct form *form) {
    struct entry *entries = ARENA_NEW(arena, struct entry, questionnaire->item_count);
    bool *known = ARENA_NEW(arena, bool, questionnaire->item_count);
    memcpy(entries, form->entries, questionnaire->item_count * sizeof *entries);
    for (const char *words = guest->known ? guest->known : ""; *words;) {
        size_t length = strcspn(words, " ");
        const char **code = ARENA_NEW(arena, const char *, 1);
        const struct item *item = find_known(arena, questionnaire, words, length, code);
        if (item) {
            entries[item->index] = (struct entry){.values = code, .value_count = 1};
            known[item->index] = true;
        }
        words += length + (words[length] == ' ');
    }
    form->entries = entries;
    form->known = known;
}

int64_t guest_response_key(const struct guest_door *door, int64_t form_key) {
    if (!door || !door->key)
        return form_key;
    unsigned char bytes[8], derived[16];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (unsigned char)((uint64_t)form_key >> (8 * i));
    secret_derive(door->key, "response key", bytes, sizeof bytes, derived, sizeof derived);
    uint64_t key = 0;
    for (size_t i = 0; i < sizeof bytes; i++)
        key = key << 8 | derived[i];
    return key >> 1 ? (int64_t)(key >> 1) : 1;
}

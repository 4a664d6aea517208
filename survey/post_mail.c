/* Mailing people one by one. Before a mail goes out it is on disk that it does, and behind it that it did:
 * after a break at any moment nobody is mailed twice, and at most the one whose mail was on its way is
 * uncertain. */
#include "model/base/terminal.h"
#include "model/campaign_key.h"
#include "survey/post_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

/* Mails that the server did not take. */
struct refusals {
    size_t count;
    struct buffer lines; /* who and why, of an invitation only */
};

struct mailing {
    const struct post *post;
    struct store *store;
    struct mailer *mailer;
    struct arena *arena; /* of the mail at hand */
    size_t wanted;       /* how many are to be mailed */
    size_t sent, uncertain, without_email;
    struct refusals refused, deferred; /* for good, for now */
    struct buffer uncertainties;       /* lines, of an invitation only */
    bool is_broken;
};

/* --- between two mails --- */

static volatile sig_atomic_t is_stopped;

static void stop(int signal) {
    (void)signal;
    is_stopped = 1;
}

enum { SIGNALS = 3 };
static const int signals[SIGNALS] = {SIGINT, SIGTERM, SIGHUP};

/* The first signal lets the mail at hand end; the second ends the program, which is safe, too. What is
 * ignored, as under nohup, stays so. */
static void watch_signals(struct sigaction before[static SIGNALS]) {
    struct sigaction action = {.sa_handler = stop, .sa_flags = (int)SA_RESETHAND};
    is_stopped = 0;
    for (size_t i = 0; i < SIGNALS; i++) {
        sigaction(signals[i], &action, &before[i]);
        if (before[i].sa_handler == SIG_IGN)
            sigaction(signals[i], &before[i], NULL);
    }
}

static void leave_signals(const struct sigaction before[static SIGNALS]) {
    for (size_t i = 0; i < SIGNALS; i++)
        sigaction(signals[i], &before[i], NULL);
}

/* How many of those wanted had their turn. */
static size_t done(const struct mailing *mailing) {
    return mailing->sent + mailing->refused.count + mailing->deferred.count + mailing->uncertain;
}

/* What is said of a reminder must not tell whether one person has answered since the last: numbers are
 * rounded down to multiples of five, and small ones are words. */
enum { COARSE_STEP = 5 };

static bool is_coarse(const struct mailing *mailing) {
    return mailing->post->kind == POST_REMINDER && !command_flag(mailing->post->arguments, "everyone");
}

static const char *amount(const struct mailing *mailing, size_t count) {
    if (!is_coarse(mailing))
        return arena_format(mailing->arena, "%zu", count);
    return count < COARSE_STEP ? "fewer than 5"
                               : arena_format(mailing->arena, "at least %zu", count - count % COARSE_STEP);
}

static void show_progress(const struct mailing *mailing) {
    if (!isatty(STDERR_FILENO))
        return;
    fputs("\r", stderr);
    terminal_print(stderr, "%s of %s", amount(mailing, done(mailing)), amount(mailing, mailing->wanted));
}

/* One program mails at a time: two would end each other's reminder. The kernel takes the lock back from who
 * dies. */
static int lock(const struct campaign *campaign, struct failure *failure) {
    const char *path = campaign_key_path(campaign->arena, campaign->path);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        failure_set(failure, "cannot open the key %s: %s", path, strerror(errno));
    } else if (flock(file, LOCK_EX | LOCK_NB) != 0) {
        failure_set(failure, "another survey command is sending mails of this campaign; let it end first");
        close(file);
        file = -1;
    }
    return file;
}

/* --- what the store knows of a mail --- */

enum state { STATE_OPEN, STATE_BEGUN, STATE_DONE, STATE_BROKEN_OFF };

static bool *begun_flag(const struct mailing *mailing, struct invitation *person) {
    return mailing->post->kind == POST_REMINDER ? &person->remind_begun : &person->mail_begun;
}

static bool *done_flag(const struct mailing *mailing, struct invitation *person) {
    return mailing->post->kind == POST_REMINDER ? &person->remind_done : &person->mail_done;
}

/* Whether the person is to be mailed, for all that is known of them now. */
static enum state state_of(const struct mailing *mailing, struct invitation *person) {
    const struct post *post = mailing->post;
    bool has_answered = post->kind == POST_REMINDER && person->is_used;
    if (person->is_revoked || *done_flag(mailing, person) ||
        (has_answered && !command_flag(post->arguments, "everyone")))
        return STATE_DONE;
    if (*begun_flag(mailing, person) && !command_flag(post->arguments, "again-uncertain"))
        return STATE_BROKEN_OFF;
    return STATE_OPEN;
}

/* Begins a transaction and reads the person anew. STORE_NONE: their link is gone, replaced or closed. */
static enum store_outcome begin_change(struct mailing *mailing, const struct invitation *person,
                                       struct invitation *now) {
    const struct link link = link_make(mailing->post->key, person->id, person->generation);
    struct link_hash hash;
    enum store_outcome outcome = store_begin_patiently(mailing->store);
    if (outcome != STORE_DONE)
        return outcome;
    return link_token_hash(mailing->post->key, link.token, &hash)
               ? store_find_invitation(mailing->store, mailing->arena, STORE_TOKEN, &hash, now)
               : STORE_NONE;
}

static enum store_outcome end_change(struct mailing *mailing, const struct invitation *now,
                                     enum store_outcome outcome) {
    if (outcome == STORE_DONE)
        outcome = store_change_invitation(mailing->store, now, NULL, NULL);
    return outcome == STORE_DONE ? store_commit(mailing->store) : outcome;
}

static bool break_off(struct mailing *mailing, const char *why, struct failure *failure) {
    mailing->is_broken = true;
    return failure_set(failure, "the mailing was broken off: %s; run the same command again to go on", why);
}

/* Notes that the person's mail begins, if it may. */
static enum state claim(struct mailing *mailing, const struct invitation *person, struct failure *failure) {
    struct invitation now;
    enum store_outcome outcome = begin_change(mailing, person, &now);
    enum state state = outcome == STORE_DONE ? state_of(mailing, &now) : STATE_DONE;
    if (state == STATE_OPEN) {
        *begun_flag(mailing, &now) = true;
        outcome = end_change(mailing, &now, outcome);
        state = STATE_BEGUN;
    }
    if (state != STATE_BEGUN || outcome != STORE_DONE)
        store_rollback(mailing->store);
    if (outcome == STORE_DONE || outcome == STORE_NONE)
        return state;
    break_off(mailing, store_reason(mailing->store), failure);
    return STATE_DONE;
}

/* Notes what became of a mail that was begun: accepted, or not sent. */
static void settle(struct mailing *mailing, const struct invitation *person, bool is_done,
                   struct failure *failure) {
    struct invitation now;
    enum store_outcome outcome = begin_change(mailing, person, &now);
    if (outcome == STORE_DONE) {
        *begun_flag(mailing, &now) = *done_flag(mailing, &now) = is_done;
        outcome = end_change(mailing, &now, outcome);
    }
    if (outcome == STORE_DONE)
        return;
    store_rollback(mailing->store);
    if (outcome != STORE_NONE)
        break_off(mailing, store_reason(mailing->store), failure);
}

/* --- one mail --- */

static enum mail_outcome send_mail(struct mailing *mailing, const struct invitation *person,
                                   struct mail_answer *answer) {
    const struct post *post = mailing->post;
    const struct post_personal personal = post_personal(mailing->arena, post, person);
    const struct template_text text =
        post_text_fill(mailing->arena, post->texts, POST_MAIL, person, &personal);
    const struct questionnaire *questionnaire = post->campaign->questionnaire;
    struct buffer plain = {0};
    template_plain(&plain, &text);
    const struct mail mail = {.name = person->name,
                              .email = person->email,
                              .subject = text.subject,
                              .text = buffer_text(&plain),
                              .language =
                                  questionnaire->languages[post_text_language(questionnaire, person)]};
    enum mail_outcome outcome = mail_send(mailing->mailer, &mail, answer);
    buffer_destroy(&plain);
    return outcome;
}

/* Why a mail did not arrive: in full, or, of a reminder, without what may name a person. */
static const char *reason(struct mailing *mailing, const struct mail_answer *answer) {
    bool is_reminder = mailing->post->kind == POST_REMINDER;
    if (answer->code && is_reminder)
        return arena_format(mailing->arena, "%s (%u)", answer->words, answer->code);
    if (answer->reply)
        return arena_format(mailing->arena, "%s: %s", answer->words, answer->reply);
    return answer->words;
}

static void note_refusal(struct mailing *mailing, struct refusals *refusals, const struct invitation *person,
                         const struct mail_answer *answer) {
    refusals->count++;
    if (mailing->post->kind == POST_INVITATION)
        buffer_format(&refusals->lines, "  %s: %s\n", person->email,
                      answer->reply ? answer->reply : answer->words);
}

static void note_uncertainty(struct mailing *mailing, const struct invitation *person) {
    mailing->uncertain++;
    if (mailing->post->kind == POST_INVITATION)
        buffer_format(&mailing->uncertainties, "  %s\n", person->email);
}

static void mail_one(struct mailing *mailing, const struct invitation *person, struct failure *failure) {
    struct mail_answer answer;
    enum state state = claim(mailing, person, failure);
    if (state == STATE_BROKEN_OFF)
        note_uncertainty(mailing, person);
    mailing->wanted -= state == STATE_DONE && !mailing->is_broken;
    if (state != STATE_BEGUN)
        return;
    enum mail_outcome outcome = send_mail(mailing, person, &answer);
    if (outcome == MAIL_UNKNOWN) {
        note_uncertainty(mailing, person);
        return;
    }
    mailing->sent += outcome == MAIL_ACCEPTED;
    if (outcome == MAIL_REFUSED)
        note_refusal(mailing, &mailing->refused, person, &answer);
    else if (outcome == MAIL_DEFERRED)
        note_refusal(mailing, &mailing->deferred, person, &answer);
    settle(mailing, person, outcome == MAIL_ACCEPTED, failure);
    if (outcome == MAIL_BROKEN)
        break_off(mailing, reason(mailing, &answer), failure);
}

/* --- all of them --- */

/* Begins the reminder, or ends it. */
static bool change_reminder(struct mailing *mailing, bool begins, struct failure *failure) {
    enum store_outcome outcome = store_begin_patiently(mailing->store);
    if (outcome == STORE_DONE)
        outcome = begins ? store_begin_reminder(mailing->store)
                         : store_end_reminder(mailing->store, mailing->post->today);
    if (outcome == STORE_DONE)
        outcome = store_commit(mailing->store);
    if (outcome == STORE_DONE)
        return true;
    store_rollback(mailing->store);
    return break_off(mailing, store_reason(mailing->store), failure);
}

static size_t left(const struct mailing *mailing) {
    return mailing->wanted - done(mailing);
}

/* Whether the reminder under way is to give way to another. */
static bool begins_anew(const struct mailing *mailing) {
    return mailing->post->kind == POST_REMINDER && command_flag(mailing->post->arguments, "new");
}

/* Whom the reminder before has reached no longer counts once another begins. */
static struct invitation person_at(const struct mailing *mailing, size_t index) {
    struct invitation person = mailing->post->people[index];
    if (begins_anew(mailing))
        person.remind_begun = person.remind_done = false;
    return person;
}

static bool begin_reminder(struct mailing *mailing, struct failure *failure) {
    bool reminding = store_is_reminding(mailing->store);
    if (reminding && begins_anew(mailing))
        reminding = !change_reminder(mailing, false, failure);
    return !mailing->is_broken && (reminding || change_reminder(mailing, true, failure));
}

static void mail_all(struct mailing *mailing, struct failure *failure) {
    const struct post *post = mailing->post;
    for (size_t i = 0; i < post->count; i++) {
        struct invitation person = person_at(mailing, i);
        bool has_email = person.email && *person.email;
        mailing->without_email += !has_email;
        mailing->wanted += has_email && state_of(mailing, &person) != STATE_DONE;
    }
    bool is_reminder = post->kind == POST_REMINDER;
    if (is_reminder && !begin_reminder(mailing, failure))
        return;
    for (size_t i = 0; i < post->count && !is_stopped && !mailing->is_broken; i++) {
        struct invitation person = person_at(mailing, i);
        if (!person.email || !*person.email || state_of(mailing, &person) == STATE_DONE)
            continue;
        mail_one(mailing, &person, failure);
        show_progress(mailing);
        arena_reset(mailing->arena);
    }
    if (is_reminder && !is_stopped && !mailing->is_broken && left(mailing) + mailing->deferred.count == 0)
        change_reminder(mailing, false, failure);
}

/* Whose address is bad is known from the invitation: that it is refused again would tell that they have not
 * answered yet. */
static bool hides_refusals(const struct mailing *mailing) {
    return is_coarse(mailing) && mailing->refused.count < COARSE_STEP;
}

/* Of an invitation the addresses with the server's reasons. */
static void print_refusals(const struct mailing *mailing, const char *what, const struct refusals *refusals,
                           const char *advice) {
    if (refusals->count)
        terminal_print(stderr, "%s: %s%s\n%s", what, amount(mailing, refusals->count), advice,
                       buffer_text(&refusals->lines));
}

static void print_uncertain(const struct mailing *mailing) {
    if (mailing->uncertain == 0)
        return;
    terminal_print(stderr,
                   "uncertain: %s; sending was broken off, so that the mail may have arrived or not\n%s",
                   amount(mailing, mailing->uncertain), buffer_text(&mailing->uncertainties));
    fputs(
        mailing->post->kind == POST_REMINDER
            ? "  the next reminder reaches them, too\n"
            : "  ask them; then either --again-uncertain mails the same link again, or survey revoke --email"
              " ADDRESS --replace makes another\n",
        stderr);
}

static void print_result(const struct mailing *mailing) {
    if (isatty(STDERR_FILENO))
        fputs("\r", stderr);
    terminal_line(stderr, "mails sent: %s of %s", amount(mailing, mailing->sent),
                  amount(mailing, mailing->wanted));
    if (!hides_refusals(mailing))
        print_refusals(mailing, "refused", &mailing->refused, "");
    print_refusals(mailing, "put off by the mail server", &mailing->deferred,
                   "; run the same command again in some minutes");
    print_uncertain(mailing);
    if (mailing->without_email && !is_coarse(mailing))
        terminal_print(stderr, "without an e-mail address: %zu; --letters writes to them\n",
                       mailing->without_email);
    if (left(mailing))
        terminal_line(stderr, "%sleft: %s; run the same command again to go on",
                      is_stopped ? "stopped; " : "", amount(mailing, left(mailing)));
}

bool post_mail(const struct post *post, struct failure *failure) {
    struct mailing mailing = {.post = post, .store = post->campaign->store};
    struct mail_server server;
    int file = lock(post->campaign, failure);
    if (file < 0)
        return false;
    if (post_server(post->arguments, post->campaign->arena, &server, failure))
        mailing.mailer = mail_open(&server, failure);
    if (mailing.mailer) {
        mailing.arena = arena_create();
        struct sigaction before[SIGNALS];
        watch_signals(before);
        mail_all(&mailing, failure);
        print_result(&mailing);
        leave_signals(before);
        arena_destroy(mailing.arena);
    }
    bool is_open = mailing.mailer != NULL;
    mail_close(mailing.mailer);
    buffer_destroy(&mailing.refused.lines);
    buffer_destroy(&mailing.deferred.lines);
    buffer_destroy(&mailing.uncertainties);
    close(file);
    size_t missing = mailing.wanted - mailing.sent - (hides_refusals(&mailing) ? mailing.refused.count : 0);
    return is_open && !failure_is_set(failure) && missing == 0;
}

/* Goal: a confined process can keep its store and nothing else: each way out of it is tried, in a process of
 * its own, and each that is forbidden is open before. */
#include "survey/confinement.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[] = "/tmp/bilan-confinement-XXXXXX";
static int listener = -1;
static char outside[128];

static const char *inside(const char *name) {
    static char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static int set_up(void **state) {
    (void)state;
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    if (!mkdtemp(folder))
        return -1;
    snprintf(outside, sizeof outside, "%s.outside", folder);
    int file = open(outside, O_CREAT | O_WRONLY, 0600);
    listener = socket(AF_INET, SOCK_STREAM, 0);
    if (file < 0 || listener < 0 || bind(listener, (struct sockaddr *)&at, sizeof at) || listen(listener, 5))
        return -1;
    close(file);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    close(listener);
    unlink(outside);
    unlink(inside("store"));
    unlink(inside("moved"));
    return rmdir(folder);
}

/* --- what is tried: 0, or the error --- */

static int result(long code) {
    return code < 0 ? errno : 0;
}

static int open_and_close(const char *path, int flags) {
    int file = open(path, flags, 0600), error = result(file);
    if (file >= 0)
        close(file);
    return error;
}

static int read_users(void) {
    return open_and_close("/etc/passwd", O_RDONLY);
}

static int list_root(void) {
    return open_and_close("/", O_RDONLY | O_DIRECTORY);
}

static int write_outside(void) {
    return open_and_close(outside, O_WRONLY);
}

static int create_outside(void) {
    return open_and_close("/tmp/bilan-confinement-new", O_CREAT | O_WRONLY);
}

static int remove_outside(void) {
    return result(unlink(outside));
}

static int keep_a_store(void) {
    char bytes[4] = "";
    int file = open(inside("store"), O_CREAT | O_RDWR, 0600);
    if (file < 0)
        return errno;
    if (write(file, "abcd", 4) != 4 || ftruncate(file, 2) != 0 || fsync(file) != 0 ||
        pread(file, bytes, 4, 0) != 2 || memcmp(bytes, "ab", 2) != 0)
        return errno ? errno : EIO;
    close(file);
    if (truncate(inside("store"), 1) != 0 || open_and_close(folder, O_RDONLY | O_DIRECTORY) != 0)
        return errno;
    char moved[256];
    snprintf(moved, sizeof moved, "%s", inside("moved"));
    return result(rename(inside("store"), moved)) || result(unlink(moved)) ? errno : 0;
}

static int know_the_time(void) {
    time_t now = 0;
    struct tm local;
    return localtime_r(&now, &local) ? open_and_close("/etc/localtime", O_RDONLY) : EIO;
}

static int make_a_socket(void) {
    int made = socket(AF_INET, SOCK_STREAM, 0), error = result(made);
    if (made >= 0)
        close(made);
    return error;
}

static int make_a_pair(void) {
    int pair[2];
    return result(socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
}

static int spare = -1; /* a socket made before */

static int connect_somewhere(void) {
    struct sockaddr_in at;
    socklen_t length = sizeof at;
    getsockname(listener, (struct sockaddr *)&at, &length);
    return result(connect(spare, (struct sockaddr *)&at, sizeof at));
}

static int accept_a_peer(void) {
    struct sockaddr_storage peer;
    socklen_t length = sizeof peer;
    int accepted = accept4(listener, (struct sockaddr *)&peer, &length, SOCK_NONBLOCK);
    return accepted >= 0 ? result(send(accepted, "x", 1, MSG_NOSIGNAL)) : errno;
}

/* In a process of its own, as it would be gone otherwise. */
static int start_a_program(void) {
    execl("/bin/true", "true", (char *)NULL);
    return errno;
}

static int start_a_process(void) {
    pid_t child = (pid_t)syscall(SYS_clone, (unsigned long)SIGCHLD, NULL, NULL, NULL, NULL);
    if (child == 0)
        _exit(0);
    return result(child);
}

/* Whether the thread is confined as well. */
static void *read_users_in_a_thread(void *closure) {
    *(int *)closure = read_users();
    return NULL;
}

static int start_a_thread(void) {
    pthread_t thread;
    int seen = -1, error = pthread_create(&thread, NULL, read_users_in_a_thread, &seen);
    return error ? error : (error = pthread_join(thread, NULL)) ? error : seen;
}

static int start_a_process_by_fork(void) {
#ifdef SYS_fork
    pid_t child = (pid_t)syscall(SYS_fork);
    if (child == 0)
        _exit(0);
    return result(child);
#else
    return EPERM;
#endif
}

static int trace_itself(void) {
    return result(ptrace(PTRACE_TRACEME, 0, NULL, NULL));
}

static int read_memory_of_another(void) {
    char byte;
    struct iovec here = {&byte, 1}, there = {folder, 1};
    return result(process_vm_readv(getppid(), &here, 1, &there, 1, 0));
}

static int leave_the_namespace(void) {
    return result(unshare(CLONE_FS));
}

static int make_code(void) {
    void *memory = mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return memory == MAP_FAILED ? errno : 0;
}

static int turn_data_into_code(void) {
    void *memory = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return result(mprotect(memory, 4096, PROT_READ | PROT_EXEC));
}

static int become_somebody(void) {
    return result(setresuid(getuid(), getuid(), getuid()));
}

/* Of the kernel's own doors only the error is told apart: EPERM is what the filter says, EFAULT or EINVAL
 * what the kernel says to nonsense. */
static int knock(long call) {
    return result(syscall(call, -1L, -1L, -1L, -1L, -1L));
}

static int knock_at_bpf(void) {
    return knock(SYS_bpf);
}

static int knock_at_keys(void) {
    return knock(SYS_keyctl);
}

static int knock_at_rings(void) {
    return knock(SYS_io_uring_setup);
}

static int knock_at_mounts(void) {
    return knock(SYS_mount);
}

static int knock_at_modules(void) {
    return knock(SYS_init_module);
}

/* --- trying --- */

enum { CONFINEMENT_FAILED = 255 };

/* What `attempt` comes to in a process of its own, confined or not. */
static int outcome(int (*attempt)(void), bool confined) {
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        const char *lacking;
        struct failure failure = {0};
        struct arena *arena = arena_create();
        spare = socket(AF_INET, SOCK_STREAM, 0);
        if (confined && !confinement_enter(arena, folder, &lacking, &failure)) {
            fprintf(stderr, "%s\n", failure.text);
            _exit(CONFINEMENT_FAILED);
        }
        _exit(attempt());
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_not_equal(WEXITSTATUS(status), CONFINEMENT_FAILED);
    return WEXITSTATUS(status);
}

/* Forbidden when confined, with that error; and not otherwise. */
static void forbidden(const char *what, int (*attempt)(void), int error) {
    int before = outcome(attempt, false), confined = outcome(attempt, true);
    if (before == error)
        fail_msg("%s cannot be tried here: %s", what, strerror(before));
    if (confined != error)
        fail_msg("%s: %s instead of %s", what, strerror(confined), strerror(error));
}

static bool has_landlock(void) {
    return syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION) > 0;
}

static void reaches_no_other_file(void **state) {
    (void)state;
    if (!has_landlock())
        skip();
    forbidden("reading /etc/passwd", read_users, EACCES);
    forbidden("listing /", list_root, EACCES);
    forbidden("writing a file beside the folder", write_outside, EACCES);
    forbidden("making a file elsewhere", create_outside, EACCES);
    unlink("/tmp/bilan-confinement-new");
    assert_int_equal(outcome(remove_outside, true), EACCES);
}

static void keeps_its_store(void **state) {
    (void)state;
    assert_int_equal(outcome(keep_a_store, true), 0);
    assert_int_equal(outcome(know_the_time, true), outcome(know_the_time, false));
}

static void calls_nobody(void **state) {
    (void)state;
    forbidden("socket", make_a_socket, EPERM);
    forbidden("socketpair", make_a_pair, EPERM);
    forbidden("connect", connect_somewhere, EPERM);
}

static void answers_who_calls(void **state) {
    (void)state;
    struct sockaddr_in at;
    socklen_t length = sizeof at;
    int caller = socket(AF_INET, SOCK_STREAM, 0);
    getsockname(listener, (struct sockaddr *)&at, &length);
    fcntl(listener, F_SETFL, O_NONBLOCK);
    /* Those that called while it was tried whether one can. */
    for (int left; (left = accept4(listener, NULL, NULL, 0)) >= 0;)
        close(left);
    assert_int_equal(connect(caller, (struct sockaddr *)&at, sizeof at), 0);
    assert_int_equal(outcome(accept_a_peer, true), 0);
    close(caller);
}

static void starts_nothing(void **state) {
    (void)state;
    forbidden("execve", start_a_program, EPERM);
    forbidden("fork", start_a_process_by_fork, EPERM);
    assert_int_equal(outcome(start_a_thread, false), 0);
    assert_int_equal(outcome(start_a_thread, true), has_landlock() ? EACCES : 0);
    forbidden("memory for code", make_code, EPERM);
    forbidden("data as code", turn_data_into_code, EPERM);
}

static void touches_no_other_process(void **state) {
    (void)state;
#if !defined(__SANITIZE_ADDRESS__) /* whose leak checker is another process that traces this one */
    forbidden("clone", start_a_process, EPERM);
    forbidden("ptrace", trace_itself, EPERM);
#else
    (void)start_a_process, (void)trace_itself;
#endif
    assert_int_equal(outcome(read_memory_of_another, true), EPERM);
    forbidden("unshare", leave_the_namespace, EPERM);
    forbidden("setresuid", become_somebody, EPERM);
}

static void knocks_at_no_door_of_the_kernel(void **state) {
    (void)state;
    assert_int_equal(outcome(knock_at_bpf, true), EPERM);
    assert_int_equal(outcome(knock_at_keys, true), EPERM);
    assert_int_equal(outcome(knock_at_rings, true), EPERM);
    assert_int_equal(outcome(knock_at_mounts, true), EPERM);
    assert_int_equal(outcome(knock_at_modules, true), EPERM);
}

static int is_for_good(void) {
    /* What somebody would try who took the process over: leave by a second filter, or gain rights. */
    return prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1 && prctl(PR_GET_SECCOMP, 0, 0, 0, 0) == 2 &&
                   prctl(PR_SET_NO_NEW_PRIVS, 0, 0, 0, 0) != 0 && prctl(PR_SET_SECCOMP, 0, NULL, 0, 0) != 0
               ? 0
               : 1;
}

static int keeps_its_memory(void) {
    struct rlimit limit;
    confinement_hide_memory();
#if !defined(__SANITIZE_ADDRESS__)
    if (prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) != 0)
        return 1;
#endif
    return getrlimit(RLIMIT_CORE, &limit) == 0 && limit.rlim_cur == 0 && limit.rlim_max == 0 ? 0 : 1;
}

static void is_confined_for_good(void **state) {
    (void)state;
    assert_int_equal(outcome(is_for_good, true), 0);
    assert_int_equal(outcome(keeps_its_memory, false), 0);
}

static int has_nothing_lacking(void) {
    const char *lacking = "";
    struct failure failure = {0};
    return confinement_enter(arena_create(), NULL, &lacking, &failure) && !lacking == has_landlock() ? 0 : 1;
}

static void says_what_is_lacking(void **state) {
    (void)state;
    assert_int_equal(outcome(has_nothing_lacking, false), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reaches_no_other_file),
        cmocka_unit_test(keeps_its_store),
        cmocka_unit_test(calls_nobody),
        cmocka_unit_test(answers_who_calls),
        cmocka_unit_test(starts_nothing),
        cmocka_unit_test(touches_no_other_process),
        cmocka_unit_test(knocks_at_no_door_of_the_kernel),
        cmocka_unit_test(is_confined_for_good),
        cmocka_unit_test(says_what_is_lacking),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}

#include "survey/confinement.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sched.h>
#include <seccomp.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The sanitizers need more: at the end the leak checker looks at this process from another one, by ptrace and
 * /proc. Only what that needs is left open in such a build. */
#if defined(__SANITIZE_ADDRESS__)
#define IS_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define IS_SANITIZED 1
#endif
#endif
#ifndef IS_SANITIZED
#define IS_SANITIZED 0
#endif

void confinement_hide_memory(void) {
    const struct rlimit none = {0};
    setrlimit(RLIMIT_CORE, &none);
    /* Where dumps go to a program the limit does not count, but this does. */
    if (!IS_SANITIZED)
        prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

/* --- files: Landlock --- */

/* As later kernels have it; headers may be older than the kernel the program runs on. */
struct ruleset {
    uint64_t files, network, scopes;
};

enum {
    FILES_1 = (1 << 13) - 1,    /* all that the first version knows, from EXECUTE to MAKE_SYM */
    FILES_2_REFER = 1 << 13,    /* move and link between folders */
    FILES_3_TRUNCATE = 1 << 14, /* change a file's length */
    FILES_5_DEVICES = 1 << 15,  /* ioctl on devices */
    NETWORK_4 = 3,              /* bind and connect by TCP */
    SCOPES_6 = 3                /* abstract Unix sockets and signals, to outside */
};

/* All that this version of Landlock can forbid. */
static struct ruleset all_of(long version) {
    return (struct ruleset){.files = FILES_1 | (version >= 2 ? FILES_2_REFER : 0) |
                                     (version >= 3 ? FILES_3_TRUNCATE : 0) |
                                     (version >= 5 ? FILES_5_DEVICES : 0),
                            .network = version >= 4 ? NETWORK_4 : 0,
                            .scopes = version >= 6 ? SCOPES_6 : 0};
}

/* Allows `rights` at `path` and below. What is not there needs no permission. */
static bool allow(int rules, const char *path, uint64_t rights) {
    struct landlock_path_beneath_attr beneath = {.allowed_access = rights,
                                                 .parent_fd = open(path, O_PATH | O_CLOEXEC)};
    if (beneath.parent_fd < 0)
        return errno == ENOENT;
    bool done = syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0) == 0;
    close(beneath.parent_fd);
    return done;
}

/* What the process that is confined is for. */
struct purpose {
    const char *folder; /* where it keeps files; NULL: nowhere */
    const char *file;   /* of a program to be started: what it reads; NULL: none will be started */
};

/* A program of the system, with its libraries and fonts, and one file. */
static bool allow_program(int rules, const char *file) {
    const uint64_t use =
        LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR | LANDLOCK_ACCESS_FS_EXECUTE;
    static const char *const folders[] = {"/usr", "/lib",       "/lib64",
                                          "/bin", "/etc/fonts", "/var/cache/fontconfig"};
    bool done = allow(rules, file, LANDLOCK_ACCESS_FS_READ_FILE) &&
                allow(rules, "/etc/ld.so.cache", LANDLOCK_ACCESS_FS_READ_FILE);
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        done = done && allow(rules, folders[i], use);
    return done;
}

static bool allow_all(int rules, const char *folder, uint64_t known) {
    const uint64_t read = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
    const uint64_t keep = read | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG |
                          LANDLOCK_ACCESS_FS_REMOVE_FILE | FILES_3_TRUNCATE;
    static const char *const readable[] = {"/etc/localtime", "/dev/urandom"}, /* SQLite's seed */
        *const readable_folders[] = {"/usr/share/zoneinfo", "/etc/gnutls", "/etc/crypto-policies"};
    bool done = !folder || allow(rules, folder, keep & known);
    for (size_t i = 0; i < sizeof readable / sizeof *readable; i++)
        done = done && allow(rules, readable[i], LANDLOCK_ACCESS_FS_READ_FILE);
    for (size_t i = 0; i < sizeof readable_folders / sizeof *readable_folders; i++)
        done = done && allow(rules, readable_folders[i], read);
    return done && (!IS_SANITIZED || allow(rules, "/proc", read));
}

static bool confine_files(const struct purpose *purpose, const char **lacking, struct failure *failure) {
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (version < 1) {
        *lacking = errno == EOPNOTSUPP ? "Landlock is switched off" : "this kernel has no Landlock";
        return true;
    }
    const struct ruleset ruleset = all_of(version);
    size_t size = version >= 6 ? sizeof ruleset : version >= 4 ? 2 * sizeof(uint64_t) : sizeof(uint64_t);
    int rules = (int)syscall(SYS_landlock_create_ruleset, &ruleset, size, 0);
    bool done = rules >= 0 &&
                (purpose->file ? allow_program(rules, purpose->file)
                               : allow_all(rules, purpose->folder, ruleset.files)) &&
                syscall(SYS_landlock_restrict_self, rules, 0) == 0;
    if (!done)
        failure_set(failure, "cannot confine itself to its files: %s; --no-confinement does without",
                    strerror(errno));
    if (rules >= 0)
        close(rules);
    return done;
}

/* --- calls: seccomp --- */

/* By name, since not every machine and every version of the library has each of them. */
static const char *const starting[] = {"execve", "execveat", "fork", "vfork", "uselib"};
static const char *const forbidden[] = {
    /* the network, but for those who connect */
    "socket", "socketpair", "connect", "bind", "listen",
    /* other processes, and their memory */
    "process_vm_readv", "process_vm_writev", "process_madvise", "kcmp", "pidfd_open", "pidfd_getfd",
    "pidfd_send_signal", "perf_event_open", "userfaultfd",
    /* namespaces, mounts, roots */
    "unshare", "setns", "mount", "umount", "umount2", "mount_setattr", "move_mount", "open_tree", "fsopen",
    "fsconfig", "fsmount", "fspick", "pivot_root", "chroot", "name_to_handle_at", "open_by_handle_at",
    "mknod", "mknodat", "swapon", "swapoff", "quotactl", "quotactl_fd", "fanotify_init",
    /* the kernel */
    "init_module", "finit_module", "create_module", "delete_module", "kexec_load", "kexec_file_load", "bpf",
    "keyctl", "add_key", "request_key", "io_uring_setup", "io_uring_enter", "io_uring_register", "reboot",
    "syslog", "acct", "iopl", "ioperm", "modify_ldt", "personality", "vhangup", "sethostname",
    "setdomainname", "settimeofday", "clock_settime", "clock_adjtime", "adjtimex", "lookup_dcookie",
    "nfsservctl", "_sysctl",
    /* rights */
    "setuid", "setgid", "setreuid", "setregid", "setresuid", "setresgid", "setfsuid", "setfsgid", "setgroups",
    "capset"};

static bool forbid(scmp_filter_ctx filter, const char *name) {
    int call = seccomp_syscall_resolve_name(name);
    return call == __NR_SCMP_ERROR || seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), call, 0) == 0;
}

/* Memory that holds code stays as it is: what came in by the network can never be run. */
static bool forbid_code(scmp_filter_ctx filter) {
    const struct scmp_arg_cmp executable = SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, PROT_EXEC);
    static const char *const calls[] = {"mmap", "mmap2", "mprotect", "pkey_mprotect"};
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        int call = seccomp_syscall_resolve_name(calls[i]);
        if (call != __NR_SCMP_ERROR &&
            seccomp_rule_add_array(filter, SCMP_ACT_ERRNO(EPERM), call, 1, &executable) != 0)
            return false;
    }
    return true;
}

/* Threads may be started, processes not. What clone3 is asked for cannot be seen here: who is told that there
 * is no such call asks clone. */
static bool forbid_processes(scmp_filter_ctx filter) {
    const struct scmp_arg_cmp process = SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0);
    int newer = seccomp_syscall_resolve_name("clone3");
    return seccomp_rule_add_array(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(clone), 1, &process) == 0 &&
           (newer == __NR_SCMP_ERROR || seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), newer, 0) == 0);
}

static bool fill(scmp_filter_ctx filter, const struct purpose *purpose) {
    for (size_t i = 0; i < sizeof forbidden / sizeof *forbidden; i++)
        if (!forbid(filter, forbidden[i]))
            return false;
    if (purpose->file)
        return true;
    for (size_t i = 0; i < sizeof starting / sizeof *starting; i++)
        if (!forbid(filter, starting[i]))
            return false;
    return forbid_code(filter) && (IS_SANITIZED || (forbid(filter, "ptrace") && forbid_processes(filter)));
}

static bool has_filters(void) {
    return prctl(PR_GET_SECCOMP, 0, 0, 0, 0) >= 0;
}

static bool confine_calls(const struct purpose *purpose, const char **lacking, struct failure *failure) {
    if (!has_filters()) {
        *lacking = "this kernel has no seccomp";
        return true;
    }
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    if (!filter)
        return failure_set(failure, "cannot make a filter of system calls; --no-confinement does without");
    int code = fill(filter, purpose) ? seccomp_load(filter) : -EINVAL;
    seccomp_release(filter);
    if (code != 0)
        failure_set(failure, "cannot confine its system calls: %s; --no-confinement does without",
                    strerror(-code));
    return code == 0;
}

static bool confine(struct arena *arena, const struct purpose *purpose, const char **lacking,
                    struct failure *failure) {
    const char *no_files = NULL, *no_calls = NULL;
    *lacking = NULL;
    /* Both ask for this first: a program that could be started must not gain rights by it. */
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return failure_set(failure, "cannot renounce new rights: %s", strerror(errno));
    if (!confine_files(purpose, &no_files, failure) || !confine_calls(purpose, &no_calls, failure))
        return false;
    if (no_files && no_calls)
        *lacking = arena_format(arena, "%s; %s", no_files, no_calls);
    else
        *lacking = no_files ? no_files : no_calls;
    return true;
}

bool confinement_enter(struct arena *arena, const char *folder, const char **lacking,
                       struct failure *failure) {
    const struct purpose purpose = {.folder = folder};
    return confine(arena, &purpose, lacking, failure);
}

bool confinement_enter_program(struct arena *arena, const char *file, const char **lacking,
                               struct failure *failure) {
    const struct purpose purpose = {.file = file};
    return confine(arena, &purpose, lacking, failure);
}

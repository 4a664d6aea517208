/* Runs a command several times, its output thrown away, and prints three numbers: its shortest time and its
 * shortest processor time, which other work on the machine disturbs less, both in microseconds, and its
 * greatest memory in kilobytes: measure ROUNDS COMMAND ARGUMENT… */
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct cost {
    long elapsed, processor, kilobytes;
};

static long now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000 + time.tv_nsec / 1000;
}

static long of_timeval(struct timeval time) {
    return time.tv_sec * 1000000 + time.tv_usec;
}

/* False if the command failed. */
static bool run(char **command, struct cost *cost) {
    long start = now();
    pid_t child = fork();
    if (child == 0) {
        if (!freopen("/dev/null", "w", stdout))
            _exit(126);
        execvp(command[0], command);
        _exit(127);
    }
    int status = 0;
    struct rusage usage = {0};
    if (child < 0 || wait4(child, &status, 0, &usage) != child)
        return false;
    cost->elapsed = now() - start;
    cost->processor = of_timeval(usage.ru_utime) + of_timeval(usage.ru_stime);
    cost->kilobytes = usage.ru_maxrss;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static long smaller(long one, long other) {
    return one < other ? one : other;
}

int main(int count, char **words) {
    long rounds = count > 2 ? strtol(words[1], NULL, 10) : 0;
    struct cost best = {LONG_MAX, LONG_MAX, 0};
    if (rounds < 1) {
        fprintf(stderr, "usage: measure ROUNDS COMMAND ARGUMENT...\n");
        return 2;
    }
    for (long i = 0; i < rounds; i++) {
        struct cost cost;
        if (!run(words + 2, &cost)) {
            fprintf(stderr, "measure: %s failed\n", words[2]);
            return 1;
        }
        best.elapsed = smaller(best.elapsed, cost.elapsed);
        best.processor = smaller(best.processor, cost.processor);
        best.kilobytes = best.kilobytes > cost.kilobytes ? best.kilobytes : cost.kilobytes;
    }
    printf("%ld %ld %ld\n", best.elapsed, best.processor, best.kilobytes);
    return 0;
}

#include "model/base/command.h"

#include "model/base/terminal.h"
#include "model/base/text.h"

#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { WORDS_MOST = 4096, NAMES_MOST = 64 };

struct given {
    const struct command_option *option;
    const char *value; /* "" for a flag */
};

struct arguments {
    const char *operands[WORDS_MOST];
    size_t operand_count;
    struct given given[WORDS_MOST];
    size_t given_count;
};

/* A line about wrong usage, and where the right one is told. */
static int usage_error(const struct program *program, const struct command *command, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static int usage_error(const struct program *program, const struct command *command, const char *format,
                       ...) {
    va_list list;
    va_start(list, format);
    struct buffer what = {0};
    buffer_format_list(&what, format, list);
    va_end(list);
    terminal_line(stderr, "%s: %s; see %s%s%s --help", program->name, buffer_text(&what), program->name,
                  command ? " " : "", command ? command->name : "");
    buffer_destroy(&what);
    return COMMAND_USAGE;
}

static void print_program_help(const struct program *program) {
    printf("%s: %s\n\nusage: %s COMMAND [OPTION]… [OPERAND]…\n\n", program->name, program->summary,
           program->name);
    for (const struct command *command = program->commands; command->name; command++)
        printf("  %-8s  %s\n", command->name, command->summary);
    printf("\n%s COMMAND --help tells more of one; %s --version the version.\n", program->name,
           program->name);
}

static void print_command_help(const struct program *program, const struct command *command) {
    printf("%s %s: %s\n\nusage: %s %s [OPTION]… %s\n", program->name, command->name, command->summary,
           program->name, command->name, command->operands);
    if (command->options && command->options->name)
        printf("\n");
    for (const struct command_option *option = command->options; option && option->name; option++) {
        char left[64];
        snprintf(left, sizeof left, "--%s%s%s", option->name, option->argument ? " " : "",
                 option->argument ? option->argument : "");
        printf("  %-28s  %s%s\n", left, option->help, option->repeatable ? " (may be repeated)" : "");
    }
}

static const struct command *find_command(const struct program *program, const char *name) {
    for (const struct command *command = program->commands; command->name; command++)
        if (!strcmp(command->name, name))
            return command;
    return NULL;
}

static int unknown_command(const struct program *program, const char *name) {
    const char *names[NAMES_MOST];
    size_t count = 0;
    for (const struct command *command = program->commands; command->name && count < NAMES_MOST; command++)
        names[count++] = command->name;
    const char *nearest = text_nearest(name, names, count);
    if (nearest)
        return usage_error(program, NULL, "unknown command \"%.100s\"; did you mean \"%s\"?", name, nearest);
    return usage_error(program, NULL, "unknown command \"%.100s\"", name);
}

/* The option that `word` (without dashes, up to `length`) names. */
static const struct command_option *find_option(const struct command *command, const char *word,
                                                size_t length) {
    for (const struct command_option *option = command->options; option && option->name; option++)
        if (strlen(option->name) == length && !memcmp(option->name, word, length))
            return option;
    return NULL;
}

static int unknown_option(const struct program *program, const struct command *command, const char *word) {
    char name[WORDS_MOST];
    snprintf(name, sizeof name, "%.*s", (int)strcspn(word, "="), word);
    const char *names[NAMES_MOST];
    size_t count = 0;
    for (const struct command_option *option = command->options; option && option->name && count < NAMES_MOST;
         option++)
        names[count++] = option->name;
    const char *nearest = text_nearest(name, names, count);
    if (nearest)
        return usage_error(program, command, "unknown option \"--%.100s\"; did you mean \"--%s\"?", name,
                           nearest);
    return usage_error(program, command, "unknown option \"--%.100s\"", name);
}

/* Takes the option at words[*at], with its value from the same word or the next. */
static int take_option(const struct program *program, const struct command *command, int count, char **words,
                       int *at, struct arguments *arguments) {
    const char *word = words[*at] + 2;
    size_t length = strcspn(word, "=");
    const struct command_option *option = find_option(command, word, length);
    if (!option)
        return unknown_option(program, command, word);
    const char *value = word[length] == '=' ? word + length + 1 : NULL;
    if (option->argument && !value) {
        if (*at + 1 >= count)
            return usage_error(program, command, "--%s needs a value (%s)", option->name, option->argument);
        value = words[++*at];
    }
    if (!option->argument && value)
        return usage_error(program, command, "--%s takes no value", option->name);
    if (!option->repeatable && command_value(arguments, option->name))
        return usage_error(program, command, "--%s is given twice", option->name);
    arguments->given[arguments->given_count++] = (struct given){option, value ? value : ""};
    return COMMAND_DONE;
}

/* `-o` is the one short option of the contract: it stands for --output. */
static char *long_form(char *word) {
    static char output[] = "--output";
    return !strcmp(word, "-o") ? output : word;
}

static int read_words(const struct program *program, const struct command *command, int count, char **words,
                      struct arguments *arguments) {
    bool options_end = false;
    for (int at = 2; at < count; at++) {
        words[at] = options_end ? words[at] : long_form(words[at]);
        const char *word = words[at];
        if (!options_end && !strcmp(word, "--")) {
            options_end = true;
        } else if (!options_end && !strncmp(word, "--", 2)) {
            int status = take_option(program, command, count, words, &at, arguments);
            if (status)
                return status;
        } else if (!options_end && word[0] == '-' && word[1]) {
            return usage_error(program, command, "unknown option \"%.100s\"; options are long (--name)",
                               word);
        } else {
            arguments->operands[arguments->operand_count++] = word;
        }
    }
    if (arguments->operand_count < command->operands_least)
        return usage_error(program, command, "%s needs %s", command->name, command->operands);
    if (arguments->operand_count > command->operands_most)
        return usage_error(program, command, "unexpected \"%.100s\"",
                           arguments->operands[command->operands_most]);
    return COMMAND_DONE;
}

static int run_command(const struct program *program, const struct command *command, int count,
                       char **words) {
    for (int at = 2; at < count && strcmp(words[at], "--"); at++)
        if (!strcmp(words[at], "--help")) {
            print_command_help(program, command);
            return COMMAND_DONE;
        }
    static struct arguments arguments; /* large; a process runs one command */
    arguments = (struct arguments){0};
    int status = read_words(program, command, count, words, &arguments);
    if (status)
        return status;
    struct failure failure = {0};
    status = command->run(&arguments, &failure);
    if (failure_is_set(&failure))
        terminal_line(stderr, "%s: %s", program->name, failure.text);
    /* Standard output may be a file on a full disk: what it did not take is a failure too. */
    if (fflush(stdout) != 0 || ferror(stdout)) {
        terminal_line(stderr, "%s: cannot write to standard output", program->name);
        return COMMAND_FAILED;
    }
    return failure_is_set(&failure) && status == COMMAND_DONE ? COMMAND_FAILED : status;
}

/* What a process says that stops itself, where nothing may be put together any more. */
static char last_words[80];

static void say_last_words(int signal) {
    (void)signal;
    ssize_t written = write(STDERR_FILENO, last_words, strlen(last_words));
    (void)written;
}

static void prepare_last_words(const struct program *program) {
    snprintf(last_words, sizeof last_words, "%s: stopped: out of memory, or a mistake in the program\n",
             program->name);
    signal(SIGABRT, say_last_words);
}

int command_main(const struct program *program, int count, char **words) {
    prepare_last_words(program);
    if (count < 2)
        return usage_error(program, NULL, "which command?");
    if (count > WORDS_MOST)
        return usage_error(program, NULL, "more than %d arguments", WORDS_MOST);
    if (!strcmp(words[1], "--help") || !strcmp(words[1], "help")) {
        print_program_help(program);
        return COMMAND_DONE;
    }
    if (!strcmp(words[1], "--version")) {
        printf("%s %s\n", program->name, program->version);
        return COMMAND_DONE;
    }
    const struct command *command = find_command(program, words[1]);
    return command ? run_command(program, command, count, words) : unknown_command(program, words[1]);
}

const char *command_operand(const struct arguments *arguments, size_t index) {
    return index < arguments->operand_count ? arguments->operands[index] : NULL;
}

size_t command_operand_count(const struct arguments *arguments) {
    return arguments->operand_count;
}

const char *command_value_at(const struct arguments *arguments, const char *option, size_t index) {
    for (size_t i = 0; i < arguments->given_count; i++)
        if (!strcmp(arguments->given[i].option->name, option) && index-- == 0)
            return arguments->given[i].value;
    return NULL;
}

const char *command_value(const struct arguments *arguments, const char *option) {
    return command_value_at(arguments, option, 0);
}

bool command_flag(const struct arguments *arguments, const char *option) {
    return command_value(arguments, option) != NULL;
}

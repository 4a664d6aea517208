#include "survey/site.h"

#include "model/base/digest.h"
#include "model/base/text.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char style_sheet[] =
#include "survey/web/style.css.inc"
    ;

struct language_name {
    const char *language, *name;
    bool right_to_left;
};

static const struct language_name language_names[] = {
    {"ar", "العربية", true},         {"bg", "Български", false},   {"br", "Brezhoneg", false},
    {"ca", "Català", false},         {"co", "Corsu", false},       {"cs", "Čeština", false},
    {"da", "Dansk", false},          {"de", "Deutsch", false},     {"el", "Ελληνικά", false},
    {"en", "English", false},        {"es", "Español", false},     {"et", "Eesti", false},
    {"eu", "Euskara", false},        {"fa", "فارسی", true},        {"fi", "Suomi", false},
    {"fr", "Français", false},       {"ga", "Gaeilge", false},     {"he", "עברית", true},
    {"hr", "Hrvatski", false},       {"hu", "Magyar", false},      {"is", "Íslenska", false},
    {"it", "Italiano", false},       {"ja", "日本語", false},      {"ko", "한국어", false},
    {"lb", "Lëtzebuergesch", false}, {"lt", "Lietuvių", false},    {"lv", "Latviešu", false},
    {"mt", "Malti", false},          {"nl", "Nederlands", false},  {"no", "Norsk", false},
    {"oc", "Occitan", false},        {"pl", "Polski", false},      {"pt", "Português", false},
    {"rm", "Rumantsch", false},      {"ro", "Română", false},      {"ru", "Русский", false},
    {"sk", "Slovenčina", false},     {"sl", "Slovenščina", false}, {"sv", "Svenska", false},
    {"tr", "Türkçe", false},         {"uk", "Українська", false},  {"ur", "اردو", true},
    {"vi", "Tiếng Việt", false},     {"zh", "中文", false},
};

static const struct language_name *find_language(const char *tag) {
    size_t length = strcspn(tag, "-");
    for (size_t i = 0; i < sizeof language_names / sizeof *language_names; i++)
        if (strlen(language_names[i].language) == length && !strncmp(language_names[i].language, tag, length))
            return &language_names[i];
    return NULL;
}

const char *site_language_name(const char *tag) {
    const struct language_name *language = find_language(tag);
    return language ? language->name : tag;
}

bool site_is_right_to_left(const char *tag) {
    const struct language_name *language = find_language(tag);
    return language && language->right_to_left;
}

void site_dress(struct site *site, struct arena *arena, const char *style, const char *script) {
    char source[DIGEST_SOURCE_SIZE];
    const char *allowed = "";
    if (script) {
        digest_source(script, strlen(script), source);
        allowed = arena_format(arena, "script-src '%s'; ", source);
    }
    digest_source(style, strlen(style), source);
    site->style = style;
    site->policy =
        arena_format(arena,
                     "default-src 'none'; style-src '%s'; %simg-src 'self' data:; form-action 'self'; "
                     "base-uri 'none'; frame-ancestors 'none'",
                     source, allowed);
}

static size_t scheme_length(const char *url) {
    return !strncmp(url, "https://", 8) ? 8 : !strncmp(url, "http://", 7) ? 7 : 0;
}

bool site_is_url(const char *url) {
    size_t scheme = scheme_length(url);
    return scheme && !strpbrk(url, "?# \"<>\\") && strcspn(url + scheme, "/") > 0;
}

/* The path of a public URL, with a slash at its end; NULL if it is no URL of the web. */
static const char *path_of_url(struct arena *arena, const char *url) {
    if (!site_is_url(url))
        return NULL;
    size_t scheme = scheme_length(url);
    const char *path = url + scheme + strcspn(url + scheme, "/");
    size_t length = strlen(path);
    return length && path[length - 1] == '/' ? path : arena_format(arena, "%s/", path);
}

static bool read_logo(struct site *site, struct arena *arena, struct failure *failure) {
    enum { LARGEST = 1024 * 1024 };
    const char *file = site->questionnaire->file, *slash = strrchr(file, '/');
    int folder = site->questionnaire->logo[0] != '/' && slash ? (int)(slash - file + 1) : 0;
    const char *path = arena_format(arena, "%.*s%s", folder, file, site->questionnaire->logo);
    FILE *stream = fopen(path, "rb");
    if (!stream)
        return failure_set(failure, "cannot read the logo %s: %s", path, strerror(errno));
    char *bytes = ARENA_NEW(arena, char, LARGEST + 1);
    size_t length = fread(bytes, 1, LARGEST + 1, stream);
    bool failed = ferror(stream);
    fclose(stream);
    if (failed)
        return failure_set(failure, "cannot read the logo %s: %s", path, strerror(errno));
    if (length > LARGEST)
        return failure_set(failure, "the logo %s has more than 1 MiB: make it smaller", path);
    site->logo = bytes;
    site->logo_length = length;
    if (length > 8 && !memcmp(bytes, "\x89PNG\r\n\x1A\n", 8))
        site->logo_type = "image/png";
    else if (text_is_utf8(bytes, length, NULL) && strstr(bytes, "<svg"))
        site->logo_type = "image/svg+xml";
    else
        return failure_set(failure, "the logo %s is neither SVG nor PNG", path);
    return true;
}

bool site_open(struct site *site, struct arena *arena, const struct questionnaire *questionnaire,
               const char *public_url, bool preview, struct failure *failure) {
    *site = (struct site){.questionnaire = questionnaire,
                          .preview = preview,
                          .is_secure = public_url && !strncmp(public_url, "https://", 8),
                          .root = public_url ? path_of_url(arena, public_url) : "/"};
    site_dress(site, arena, style_sheet, NULL);
    if (!site->root)
        return failure_set(failure, "\"%s\" is no address of the web, such as https://survey.example.org/",
                           public_url);
    return questionnaire->logo ? read_logo(site, arena, failure) : true;
}

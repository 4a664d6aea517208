/* What all pages of one running survey share. */
#ifndef SURVEY_SITE_H
#define SURVEY_SITE_H

#include "model/base/failure.h"
#include "model/questionnaire.h"

#include <stdbool.h>
#include <stddef.h>

struct stencil_box;

struct site {
    const struct questionnaire *questionnaire;
    bool preview;
    bool by_link;    /* who answers was invited by a personal link, never in a preview; else everyone may */
    bool has_office; /* the evaluator's pages may be asked for */
    bool is_secure;  /* respondents use https: cookies are for that alone */
    struct stencil_box *stencils; /* pages that were made before; NULL: none is kept */
    const char *root;             /* what links begin with: "/", or the path of the public URL */
    const char *style;            /* the style sheet in each page */
    const char *policy;           /* the content security policy that allows it, and little else */
    const char *logo;             /* the file's bytes; NULL: none */
    size_t logo_length;
    const char *logo_type; /* its media type */
};

/* Reads the questionnaire's logo (an SVG or PNG file of at most 1 MiB beside it) and makes the rest up.
 * `public_url` (NULL: none) must be http or https. False with the failure. Memory from `arena`. */
bool site_open(struct site *site, struct arena *arena, const struct questionnaire *questionnaire,
               const char *public_url, bool preview, struct failure *failure);

/* Gives the site another style sheet, and one script (NULL: none), in the place of its own: makes the policy
 * that allows them. */
void site_dress(struct site *site, struct arena *arena, const char *style, const char *script);

/* Whether it is an address of the web, http or https, that pages can be below. */
bool site_is_url(const char *url);

/* A language's name in itself ("Français"); the tag if it is not known here. */
const char *site_language_name(const char *tag);

/* Whether the language of that tag is written from right to left. */
bool site_is_right_to_left(const char *tag);

#endif

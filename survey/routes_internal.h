/* What the routes share. */
#ifndef SURVEY_ROUTES_INTERNAL_H
#define SURVEY_ROUTES_INTERNAL_H

#include "survey/pages.h"
#include "survey/routes.h"

/* What the path of a personal link begins with. */
#define ROUTES_LINK "/r/"

/* The pages in the language that the query asks for, else the guest's, else the browser's. `path` is that of
 * links to other languages. */
struct pages routes_pages(const struct site *site, struct exchange *exchange, const char *path);

/* Whether the survey takes answers now; if not, a page says so. A preview always does. */
bool routes_is_open(const struct site *site, struct exchange *exchange, const struct pages *pages);

/* Whether the last day is over, or the collection closed. */
bool routes_is_late(const struct site *site, const struct exchange *exchange);

/* Whether the body could be read as fields; if not, a page says so. */
bool routes_has_fields(struct exchange *exchange, const struct pages *pages);

/* The root: the form, or where the code of a personal link is typed. */
void routes_show_door(const struct site *site, struct exchange *exchange);
void routes_take_door(const struct site *site, struct exchange *exchange);

/* A personal link. */
void routes_show_link(const struct site *site, struct exchange *exchange);
void routes_take_link(const struct site *site, struct exchange *exchange);

/* The form of the guest, who was let in. */
void routes_show_form(const struct site *site, struct exchange *exchange, const struct pages *pages);
void routes_take_form(const struct site *site, struct exchange *exchange, struct pages *pages);

#endif

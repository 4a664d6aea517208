#include "survey/frame.h"

#include "model/base/html.h"

#include <string.h>

static const char skeleton[] =
#include "survey/web/page.html.inc"
    ;

struct wording_language frame_language(const struct pages *pages) {
    return (struct wording_language){pages->site->questionnaire, pages->language};
}

void frame_add_headers(struct reply *reply, const struct site *site, const char *type, const char *caching) {
    reply_add_header(reply, "Content-Type", type);
    reply_add_header(reply, "Content-Security-Policy", site->policy);
    reply_add_header(reply, "Cache-Control", caching);
    reply_add_header(reply, "X-Content-Type-Options", "nosniff");
    reply_add_header(reply, "Referrer-Policy", "no-referrer");
    reply_add_header(reply, "Cross-Origin-Opener-Policy", "same-origin");
    reply_add_header(reply, "Cross-Origin-Resource-Policy", "same-origin");
    reply_add_header(reply, "Permissions-Policy",
                     "camera=(), geolocation=(), microphone=(), browsing-topics=()");
}

void frame_message(struct buffer *html, const struct pages *pages, const char *tag, enum message message,
                   const struct hole *holes) {
    buffer_format(html, "<%s", tag);
    html_attribute(html, "lang", wording_foreign(frame_language(pages)));
    html_raw(html, ">");
    wording_message(html, frame_language(pages), message, holes);
    buffer_format(html, "</%.*s>\n", (int)strcspn(tag, " "), tag);
}

void frame_link(struct buffer *html, const struct pages *pages, const char *path) {
    const struct questionnaire *questionnaire = pages->site->questionnaire;
    const char *query =
        questionnaire->language_count > 1
            ? arena_format(pages->arena, "?language=%s", questionnaire->languages[pages->language])
            : "";
    html_attribute(html, "href", arena_format(pages->arena, "%s%s%s", pages->site->root, path, query));
}

static void write_organisation(struct buffer *html, const struct pages *pages) {
    const struct questionnaire *questionnaire = pages->site->questionnaire;
    if (!pages->site->logo && !wording_exists(questionnaire->organisation))
        return;
    html_raw(html, "<p class=\"organisation\">");
    if (pages->site->logo) {
        html_raw(html, "<img");
        html_attribute(html, "src", arena_format(pages->arena, "%slogo", pages->site->root));
        html_raw(html, " alt=\"\">");
    }
    html_raw(html, "<span>");
    wording_text(html, frame_language(pages), questionnaire->organisation);
    html_raw(html, "</span></p>\n");
}

/* One language of the switch: where the page is a form its button, so that what was entered is kept. */
static void write_language(struct buffer *html, const struct pages *pages, size_t language, bool form) {
    const char *tag = pages->site->questionnaire->languages[language];
    const struct pages other = {.site = pages->site, .arena = pages->arena, .language = language};
    html_raw(html, "<li>");
    if (language == pages->language) {
        html_raw(html, "<span aria-current=\"true\"");
    } else if (form) {
        html_raw(html, "<button type=\"submit\" name=\"go-language\"");
        html_attribute(html, "value", tag);
    } else {
        html_raw(html, "<a");
        frame_link(html, &other, pages->path);
        html_attribute(html, "hreflang", tag);
    }
    html_attribute(html, "lang", tag);
    html_raw(html, ">");
    html_text(html, site_language_name(tag));
    buffer_append(html, language == pages->language ? "</span>" : form ? "</button>" : "</a>");
    html_raw(html, "</li>\n");
}

static void write_masthead(struct buffer *html, const struct pages *pages, bool form) {
    const struct questionnaire *questionnaire = pages->site->questionnaire;
    if (pages->site->preview) {
        html_raw(html, "<p class=\"preview\"");
        html_attribute(html, "lang", wording_foreign(frame_language(pages)));
        html_raw(html, ">");
        wording_message(html, frame_language(pages), MESSAGE_PAGE_PREVIEW, NULL);
        html_raw(html, "</p>\n");
    }
    html_raw(html, "<div class=\"masthead\">\n");
    write_organisation(html, pages);
    if (questionnaire->language_count > 1 && (form || pages->path)) {
        html_raw(html, "<ul class=\"languages\" aria-label=\"");
        wording_message(html, frame_language(pages), MESSAGE_FORM_LANGUAGES, NULL);
        html_raw(html, "\">\n");
        for (size_t i = 0; i < questionnaire->language_count; i++)
            write_language(html, pages, i, form);
        html_raw(html, "</ul>\n");
    }
    html_raw(html, "</div>\n");
}

/* Links that lead out of a form open beside it: no page that came by a form can be gone back to, since no
 * browser may keep it. */
static void write_footer(struct buffer *html, const struct pages *pages, bool form) {
    static const struct {
        const char *path;
        enum message name;
    } links[] = {{"privacy", MESSAGE_PAGE_PRIVACY}, {"accessibility", MESSAGE_PAGE_ACCESSIBILITY}};
    html_raw(html, "<ul>\n");
    for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
        html_raw(html, "<li><a");
        frame_link(html, pages, links[i].path);
        buffer_append(html, form ? " target=\"_blank\" rel=\"noopener\">" : ">");
        wording_message(html, frame_language(pages), links[i].name, NULL);
        if (form) {
            html_raw(html, "<span class=\"hidden\"> ");
            wording_message(html, frame_language(pages), MESSAGE_PAGE_NEW_TAB, NULL);
            html_raw(html, "</span>");
        }
        html_raw(html, "</a></li>\n");
    }
    html_raw(html, "</ul>\n");
}

static void write_title(struct buffer *html, const struct frame *frame, const struct pages *pages) {
    if (frame->is_wrong) {
        wording_message(html, frame_language(pages), MESSAGE_FORM_ERROR, NULL);
        html_raw(html, " ");
    }
    buffer_append(html, buffer_text(&frame->title));
    if (frame->names_survey) {
        buffer_append(html, frame->title.length ? " – " : "");
        wording_text(html, frame_language(pages), pages->site->questionnaire->title);
    }
}

void frame_finish(struct frame *frame, struct reply *reply, const struct pages *pages) {
    const struct wording_language language = frame_language(pages);
    bool form = frame->opening.length > 0;
    struct buffer title = {0}, masthead = {0}, footer = {0}, skip = {0}, foreign = {0};
    write_title(&title, frame, pages);
    write_masthead(&masthead, pages, form);
    write_footer(&footer, pages, form);
    wording_message(&skip, language, MESSAGE_FORM_SKIP, NULL);
    html_attribute(&foreign, "lang", wording_foreign(language));
    const struct html_fragment fragments[] = {
        {"language", wording_tag(language)},
        {"direction", site_is_right_to_left(wording_tag(language)) ? " dir=\"rtl\"" : ""},
        {"title", buffer_text(&title)},
        {"style", pages->site->style},
        {"main", frame->main},
        {"foreign", buffer_text(&foreign)},
        {"skip", buffer_text(&skip)},
        {"opening", buffer_text(&frame->opening)},
        {"masthead", buffer_text(&masthead)},
        {"content", buffer_text(&frame->content)},
        {"closing", form ? "</form>\n" : ""},
        {"footer", buffer_text(&footer)},
    };
    html_fill(&reply->body, skeleton, fragments, sizeof fragments / sizeof *fragments);
    reply->status = frame->status;
    frame_add_headers(reply, pages->site, "text/html; charset=utf-8", "no-store");
    reply_add_header(reply, "Content-Language", wording_tag(language));
    reply_add_header(reply, "Vary", "Accept-Encoding, Accept-Language");
    struct buffer *parts[] = {&title,   &masthead,     &footer,         &skip,
                              &foreign, &frame->title, &frame->opening, &frame->content};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        buffer_destroy(parts[i]);
}

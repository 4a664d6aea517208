/* The answer that is known beforehand. */
#include "survey/fields.h"

#include "model/base/html.h"

void fields_known(struct buffer *html, const struct fields *fields, const struct item *item) {
    const struct question *question = item->question;
    size_t option = questionnaire_option(question, fields->entries[item->index].values[0]);
    buffer_format(html,
                  "<div class=\"question known\" role=\"group\" id=\"%s-question\" "
                  "aria-labelledby=\"%s-label\">\n<p class=\"legend\" id=\"%s-label\">",
                  item->id, item->id, item->id);
    wording_text(html, fields->language, question->text);
    html_raw(html, "</p>\n<p class=\"answer\">");
    wording_text(html, fields->language, question->options[option].text);
    html_raw(html, "</p>\n<p class=\"help\"");
    html_attribute(html, "lang", wording_foreign(fields->language));
    html_raw(html, ">");
    wording_message(html, fields->language, MESSAGE_FORM_KNOWN_QUESTION, NULL);
    html_raw(html, "</p>\n</div>\n");
}

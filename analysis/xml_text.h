/* Text for XML, which has no place for some characters. */
#ifndef ANALYSIS_XML_TEXT_H
#define ANALYSIS_XML_TEXT_H

#include "model/base/buffer.h"

#include <stddef.h>

/* Appends `length` bytes of UTF-8 without what XML cannot have: control characters, line ends among them, and
 * U+FFFE and U+FFFF. */
void xml_text_plain(struct buffer *buffer, const char *text, size_t length);

/* Likewise, with & < > " and ' escaped. */
void xml_text_escaped(struct buffer *buffer, const char *text);

#endif

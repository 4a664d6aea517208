/* Names that a questionnaire gives: how they must be written, and which are taken. */
#ifndef MODEL_READER_NAME_H
#define MODEL_READER_NAME_H

#include "model/reader.h"

enum reader_name_kind {
    READER_NAME_QUESTIONNAIRE,
    READER_NAME_LANGUAGE,
    READER_NAME_SCALE,
    READER_NAME_ID, /* of a question or item */
    READER_NAME_CODE
};

/* A name, written as its kind must be, of at most 60 characters and not reserved; NULL after a mistake. */
const char *reader_name(struct reader *reader, const struct yaml_node *node, enum reader_name_kind kind);

#endif

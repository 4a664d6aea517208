/* Numbers as text, remembered: a report writes the same few thousand rates many times over, and printing a
 * number costs more than computing it. */
#ifndef ANALYSIS_NUMBER_TEXT_H
#define ANALYSIS_NUMBER_TEXT_H

#include "model/base/buffer.h"

struct number_text;

/* For numbers of at most `digits` significant digits (1 to 17). */
struct number_text *number_text_create(int digits);

/* Gives the memory back. NULL is allowed. */
void number_text_destroy(struct number_text *numbers);

/* Appends a finite number with a decimal point and no more digits than it needs of those it may have. */
void number_text_append(struct number_text *numbers, struct buffer *buffer, double number);

#endif

#include "survey/draft.h"

#include <string.h>

/* --- writing --- */

/* Everything but letters and digits as %XX: longer than need be, but without exceptions. */
static void append_encoded(struct buffer *body, const char *text) {
    for (; *text; text++) {
        char lower = (char)(*text | 0x20);
        if ((lower >= 'a' && lower <= 'z') || (*text >= '0' && *text <= '9') || *text == '_')
            buffer_append_bytes(body, text, 1);
        else
            buffer_format(body, "%%%02X", (unsigned char)*text);
    }
}

static void append_field(struct buffer *body, const char *name, const char *suffix, const char *value) {
    buffer_format(body, "%s%s%s=", body->length ? "&" : "", name, suffix);
    append_encoded(body, value);
}

static void write_body(struct buffer *body, const struct questionnaire *questionnaire,
                       const struct form *form, size_t screen) {
    buffer_format(body, "page-shown=%zu&form-language=%s", screen, questionnaire->languages[form->language]);
    for (size_t i = 0; i < questionnaire->item_count; i++) {
        const struct entry *entry = &form->entries[i];
        if (form->known[i])
            continue;
        for (size_t j = 0; j < entry->value_count; j++)
            append_field(body, questionnaire->items[i].id, "", entry->values[j]);
        if (entry->specify && *entry->specify)
            append_field(body, questionnaire->items[i].id, "_specify", entry->specify);
    }
}

const unsigned char *draft_seal(struct arena *arena, const struct questionnaire *questionnaire,
                                const struct secret *secret, const struct form *form, size_t screen,
                                size_t *length) {
    struct buffer body = {0};
    write_body(&body, questionnaire, form, screen);
    size_t padded = (body.length / DRAFT_STEP + 1) * DRAFT_STEP;
    char *plain = arena_allocate(arena, padded, 1);
    memcpy(plain, body.bytes, body.length);
    *length = padded + SECRET_SEAL_SIZE;
    unsigned char *sealed = arena_allocate(arena, *length, 1);
    secret_seal(secret, plain, padded, sealed);
    secret_erase(plain, padded);
    buffer_destroy(&body);
    return sealed;
}

/* --- reading --- */

/* Keeps the fields that the questionnaire's form still has. */
static void drop_misfits(struct request *request, struct arena *arena,
                         const struct questionnaire *questionnaire) {
    struct request_field *fields = ARENA_NEW(arena, struct request_field, request->field_count);
    size_t count = 0;
    for (size_t i = 0; i < request->field_count; i++)
        if (form_takes(questionnaire, request->fields[i].name, request->fields[i].value))
            fields[count++] = request->fields[i];
    request->fields = fields;
    request->field_count = count;
}

bool draft_open(struct form *form, struct arena *arena, const struct questionnaire *questionnaire,
                const struct secret *secret, const unsigned char *sealed, size_t length) {
    if (length < SECRET_SEAL_SIZE)
        return false;
    struct form opened = *form;
    struct request request = {.method = REQUEST_POST};
    size_t plain_length = length - SECRET_SEAL_SIZE;
    char *plain = arena_allocate(arena, plain_length + 1, 1);
    const char *field = NULL;
    if (!secret_open(secret, sealed, length, plain) ||
        request_read_form(&request, arena, plain, strlen(plain), plain_length + 1) != REQUEST_SOUND)
        return false;
    drop_misfits(&request, arena, questionnaire);
    if (form_read(&opened, arena, questionnaire, &request, &field) != FORM_SOUND)
        return false;
    opened.step = FORM_STAY;
    *form = opened;
    return true;
}

#include "survey/mail_address.h"

#include <stdbool.h>
#include <string.h>

enum { ADDRESS_MOST = 254, LOCAL_MOST = 64 }; /* RFC 5321, section 4.5.3.1 */

#define DIGITS_AND_LETTERS "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

const char *mail_address_domain(const char *email) {
    return strrchr(email, '@') + 1;
}

/* A dot must have something on both sides. */
static bool has_empty_part(const char *text, size_t length) {
    return length == 0 || text[0] == '.' || text[length - 1] == '.' || memmem(text, length, "..", 2);
}

const char *mail_address_mistake(const char *email) {
    static const char local_signs[] = DIGITS_AND_LETTERS "!#$%&'*+-/=?^_`{|}~.";
    static const char domain_signs[] = DIGITS_AND_LETTERS "-.";
    for (const char *at = email; *at; at++)
        if ((unsigned char)*at >= 0x80)
            return "letters beyond ASCII in an address are not sent; write its domain as xn--…";
    size_t local = strcspn(email, "@");
    if (email[local] != '@')
        return "it has no @";
    const char *domain = email + local + 1;
    size_t length = strlen(domain);
    if (strspn(email, local_signs) < local)
        return "there is a sign before the @ that addresses do not have";
    if (strspn(domain, domain_signs) < length)
        return "there is a sign behind the @ that addresses do not have";
    if (has_empty_part(email, local) || has_empty_part(domain, length))
        return "something is missing beside an @ or a dot";
    if (local > LOCAL_MOST || local + 1 + length > ADDRESS_MOST)
        return "it is longer than addresses can be";
    return NULL;
}

/* The text without the blanks around it, and without the quotation marks. */
static const char *copy_name(struct arena *arena, const char *text, size_t length) {
    while (length && *text == ' ')
        text++, length--;
    while (length && text[length - 1] == ' ')
        length--;
    if (length >= 2 && text[0] == '"' && text[length - 1] == '"')
        text++, length -= 2;
    return length ? arena_copy_bytes(arena, text, length) : NULL;
}

const char *mail_address_read(struct arena *arena, const char *text, struct mail_address *address) {
    const char *open = strrchr(text, '<'), *close = open ? strchr(open, '>') : NULL;
    *address = (struct mail_address){0};
    if (open && (!close || close[1] != '\0'))
        return "it must end with the address, as in \"Name <address>\"";
    if (open) {
        address->name = copy_name(arena, text, (size_t)(open - text));
        address->email = arena_copy_bytes(arena, open + 1, (size_t)(close - open - 1));
    } else {
        address->email = arena_copy(arena, text);
    }
    return mail_address_mistake(address->email);
}

#include "survey/stencil.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum {
    PAGES_MOST = 64,
    PAGE_LONGEST = 512 * 1024,
    PIECES_MOST = 8,
    WORDS_ROOM = 256 /* for the words of a page, mostly */
};

/* What stands up to a word, or to the end. */
struct piece {
    char *text, *packed; /* as it is, and as blocks of raw deflate that end at a byte */
    size_t length, packed_length;
    uLong check, shift; /* its CRC, and what moves another CRC past it */
    size_t word;        /* that follows; REPLY_WORDS: none, this is the last */
};

struct stencil {
    char *name;
    struct stencil *next;
    struct piece pieces[PIECES_MOST];
    size_t piece_count, length; /* of all pieces together */
    unsigned status;
    struct reply_header headers[REPLY_HEADERS_MOST];
    size_t header_count;
};

struct stencil_box {
    struct stencil *first;
    size_t count;
};

static void *take_memory(size_t size) {
    void *memory = calloc(1, size);
    if (!memory)
        abort();
    return memory;
}

/* --- the box --- */

struct stencil_box *stencil_box_create(void) {
    return take_memory(sizeof(struct stencil_box));
}

static void destroy(struct stencil *stencil) {
    for (size_t i = 0; i < stencil->piece_count; i++) {
        free(stencil->pieces[i].text);
        free(stencil->pieces[i].packed);
    }
    free(stencil->name);
    free(stencil);
}

void stencil_box_destroy(struct stencil_box *box) {
    if (!box)
        return;
    while (box->first) {
        struct stencil *stencil = box->first;
        box->first = stencil->next;
        destroy(stencil);
    }
    free(box);
}

static const struct stencil *find(const struct stencil_box *box, const char *name) {
    for (const struct stencil *stencil = box ? box->first : NULL; stencil; stencil = stencil->next)
        if (!strcmp(stencil->name, name))
            return stencil;
    return NULL;
}

/* --- cutting --- */

/* Blocks that refer to nothing before them, and after which anything may follow at the next byte. */
static void pack(struct piece *piece) {
    enum { RAW_WINDOW = -15, MEMORY_LEVEL = 8, FLUSH_ROOM = 16 };
    z_stream stream = {0};
    if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, RAW_WINDOW, MEMORY_LEVEL, Z_DEFAULT_STRATEGY) !=
        Z_OK)
        abort();
    size_t room = deflateBound(&stream, piece->length) + FLUSH_ROOM;
    piece->packed = take_memory(room);
    stream.next_in = (Bytef *)piece->text;
    stream.avail_in = (uInt)piece->length;
    stream.next_out = (Bytef *)piece->packed;
    stream.avail_out = (uInt)room;
    if (deflate(&stream, Z_SYNC_FLUSH) != Z_OK || stream.avail_in)
        abort();
    piece->packed_length = stream.total_out;
    deflateEnd(&stream);
}

static struct piece make_piece(const char *text, size_t length, size_t word) {
    struct piece piece = {.text = take_memory(length + 1), .length = length, .word = word};
    memcpy(piece.text, text, length);
    piece.check = crc32(0, (const Bytef *)text, (uInt)length);
    piece.shift = crc32_combine_gen((z_off_t)length);
    pack(&piece);
    return piece;
}

/* The next of the words in the text, and which it is; NULL if there is none any more. */
static const char *find_word(const char *text, const char *const words[REPLY_WORDS], size_t *word) {
    const char *nearest = NULL;
    for (size_t i = 0; i < REPLY_WORDS; i++) {
        const char *place = words[i] ? strstr(text, words[i]) : NULL;
        if (place && (!nearest || place < nearest)) {
            nearest = place;
            *word = i;
        }
    }
    return nearest;
}

/* False if the page has too many pieces. */
static bool cut(struct stencil *stencil, const char *text, const char *const words[REPLY_WORDS]) {
    size_t word = REPLY_WORDS;
    for (const char *place; (place = find_word(text, words, &word)); text = place + strlen(words[word])) {
        if (stencil->piece_count == PIECES_MOST - 1)
            return false;
        stencil->pieces[stencil->piece_count++] = make_piece(text, (size_t)(place - text), word);
    }
    stencil->pieces[stencil->piece_count++] = make_piece(text, strlen(text), REPLY_WORDS);
    for (size_t i = 0; i < stencil->piece_count; i++)
        stencil->length += stencil->pieces[i].length;
    return true;
}

void stencil_keep(struct stencil_box *box, const char *name, const char *const words[REPLY_WORDS],
                  const struct reply *reply) {
    if (!box || box->count == PAGES_MOST || reply->body.length > PAGE_LONGEST)
        return;
    struct stencil *stencil = take_memory(sizeof *stencil);
    const size_t name_size = strlen(name) + 1;
    stencil->name = take_memory(name_size);
    memcpy(stencil->name, name, name_size);
    stencil->status = reply->status;
    stencil->header_count = reply->header_count;
    memcpy(stencil->headers, reply->headers, sizeof stencil->headers);
    if (!cut(stencil, buffer_text(&reply->body), words)) {
        destroy(stencil);
        return;
    }
    stencil->next = box->first;
    box->first = stencil;
    box->count++;
}

/* --- printing --- */

bool stencil_print(const struct stencil_box *box, const char *name, const char *const words[REPLY_WORDS],
                   struct reply *reply) {
    const struct stencil *stencil = find(box, name);
    if (!stencil)
        return false;
    buffer_reserve(&reply->body, stencil->length + WORDS_ROOM);
    for (size_t i = 0; i < stencil->piece_count; i++) {
        const struct piece *piece = &stencil->pieces[i];
        buffer_append_bytes(&reply->body, piece->text, piece->length);
        if (piece->word < REPLY_WORDS)
            buffer_append(&reply->body, words[piece->word]);
    }
    reply->status = stencil->status;
    reply->header_count = stencil->header_count;
    memcpy(reply->headers, stencil->headers, sizeof reply->headers);
    reply->stencil = stencil;
    memcpy(reply->words, words, sizeof reply->words);
    return true;
}

static void append_number(struct buffer *packed, uint32_t number, size_t bytes) {
    char text[4];
    for (size_t i = 0; i < bytes; i++)
        text[i] = (char)(number >> (8 * i));
    buffer_append_bytes(packed, text, bytes);
}

/* A word is short and like no other: it is stored as it is. */
static void append_stored(struct buffer *packed, const char *word, size_t length) {
    buffer_append_bytes(packed, "", 1);
    append_number(packed, (uint32_t)length, 2);
    append_number(packed, ~(uint32_t)length, 2);
    buffer_append_bytes(packed, word, length);
}

void stencil_pack(const struct stencil *stencil, const char *const words[REPLY_WORDS],
                  struct buffer *packed) {
    static const char head[] = "\x1f\x8b\x08\0\0\0\0\0\0\x03", end[] = "\x03"; /* an empty last block */
    uLong check = 0;
    size_t length = 0;
    buffer_append_bytes(packed, head, sizeof head - 1);
    for (size_t i = 0; i < stencil->piece_count; i++) {
        const struct piece *piece = &stencil->pieces[i];
        buffer_append_bytes(packed, piece->packed, piece->packed_length);
        check = crc32_combine_op(check, piece->check, piece->shift);
        length += piece->length;
        if (piece->word == REPLY_WORDS)
            continue;
        const char *word = words[piece->word];
        size_t word_length = strlen(word);
        append_stored(packed, word, word_length);
        check = crc32(check, (const Bytef *)word, (uInt)word_length);
        length += word_length;
    }
    buffer_append_bytes(packed, end, 2);
    append_number(packed, (uint32_t)check, 4);
    append_number(packed, (uint32_t)length, 4);
}

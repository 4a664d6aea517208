/* Answers a survey on the web: respond LINKS.csv ANSWERS.csv fills in the form once for each record of the
 * file, through the personal link of the one whom its column `person` names.
 *
 * It does what a browser without JavaScript does, and knows nothing of the questionnaire: it reads the fields
 * of each page it is given, gives them the values of the columns of the same name, posts exactly what the
 * page holds, and presses Next or Send. It fails unless every answer of the file was asked for, or is known
 * from the column of the same name among the links, and every record came to the page of thanks. */
#include <csv.h>
#include <curl/curl.h>
#include <libxml/HTMLparser.h>
#include <libxml/xpath.h>

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PAGES_LIMIT = 50, COLUMNS_LIMIT = 2000, TIMEOUT_SECONDS = 30 };

/* The answers, row by row; the first row holds the names of the columns. */
struct table {
    char **cells;
    size_t cell_count, column_count, columns_so_far;
};

struct browser {
    CURL *curl;
    CURLU *address;
    htmlDocPtr page;
};

/* One record being filled in: how many of the words of each column a field has taken. */
struct visit {
    const struct table *table, *links;
    size_t record;
    size_t taken[COLUMNS_LIMIT + 1];
};

_Noreturn static void stop(const char *format, ...) __attribute__((format(printf, 1, 2)));
_Noreturn static void stop(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fputs("respond: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    exit(1);
}

static void *need(void *memory) {
    if (!memory)
        stop("out of memory");
    return memory;
}

/* --- the answers --- */

static void add_cell(void *words, size_t length, void *closure) {
    struct table *table = closure;
    table->cells = need(realloc(table->cells, (table->cell_count + 1) * sizeof *table->cells));
    table->cells[table->cell_count++] = need(strndup(words, length));
    table->columns_so_far++;
}

static void end_row(int end, void *closure) {
    struct table *table = closure;
    (void)end;
    if (!table->column_count)
        table->column_count = table->columns_so_far;
    if (table->columns_so_far != table->column_count || table->column_count > COLUMNS_LIMIT)
        stop("row %zu of the answers has %zu cells", table->cell_count / table->column_count,
             table->columns_so_far);
    table->columns_so_far = 0;
}

static void read_table(struct table *table, const char *path) {
    char bytes[4096];
    size_t length;
    struct csv_parser parser;
    FILE *file = fopen(path, "r");
    if (!file || csv_init(&parser, CSV_STRICT) != 0)
        stop("%s cannot be read", path);
    while ((length = fread(bytes, 1, sizeof bytes, file)) > 0)
        if (csv_parse(&parser, bytes, length, add_cell, end_row, table) != length)
            stop("%s: %s", path, csv_strerror(csv_error(&parser)));
    if (ferror(file) || csv_fini(&parser, add_cell, end_row, table) != 0 || !table->column_count)
        stop("%s cannot be read", path);
    csv_free(&parser);
    fclose(file);
}

static void free_table(struct table *table) {
    for (size_t i = 0; i < table->cell_count; i++)
        free(table->cells[i]);
    free(table->cells);
}

/* The column of that name; `column_count` if there is none. */
static size_t find_column(const struct table *table, const char *name) {
    size_t column = 0;
    while (column < table->column_count && strcmp(table->cells[column], name) != 0)
        column++;
    return column;
}

static const char *cell(const struct visit *visit, size_t column) {
    const struct table *table = visit->table;
    return column < table->column_count ? table->cells[visit->record * table->column_count + column] : "";
}

/* The word of that number, from 0, of those that spaces set apart; its length is 0 if there are fewer. */
static const char *find_word(const char *words, size_t number, size_t *length) {
    words += strspn(words, " ");
    for (; number > 0 && *words; number--) {
        words += strcspn(words, " ");
        words += strspn(words, " ");
    }
    *length = strcspn(words, " ");
    return words;
}

static size_t count_words(const char *words) {
    size_t count = 0, length;
    while (find_word(words, count, &length), length > 0)
        count++;
    return count;
}

static bool has_word(const char *words, const char *wanted) {
    size_t length;
    for (size_t i = 0; i < count_words(words); i++) {
        const char *word = find_word(words, i, &length);
        if (length == strlen(wanted) && memcmp(word, wanted, length) == 0)
            return true;
    }
    return false;
}

/* --- the pages --- */

/* The elements of the page that the XPath names, in their order. */
static xmlXPathObjectPtr find_all(const struct browser *browser, const char *path) {
    xmlXPathContextPtr context = need(xmlXPathNewContext(browser->page));
    xmlXPathObjectPtr found = xmlXPathEvalExpression(BAD_CAST path, context);
    xmlXPathFreeContext(context);
    return need(found);
}

/* What the XPath gives as a text: the value of the first attribute it names, or "". Free with free(). */
static char *find_text(const struct browser *browser, const char *path) {
    xmlXPathObjectPtr found = find_all(browser, path);
    xmlChar *text = need(xmlXPathCastToString(found));
    char *copy = need(strdup((const char *)text));
    xmlFree(text);
    xmlXPathFreeObject(found);
    return copy;
}

static size_t take_bytes(char *bytes, size_t size, size_t count, void *closure) {
    FILE *stream = closure;
    return fwrite(bytes, size, count, stream) * size;
}

/* Goes to the address, posting `form` unless it is NULL, and reads the page found there. */
static void go_to(struct browser *browser, const char *address, const char *form) {
    char *bytes = NULL, *url = NULL;
    size_t length = 0;
    long status = 0;
    if (curl_url_set(browser->address, CURLUPART_URL, address, 0) != CURLUE_OK ||
        curl_url_get(browser->address, CURLUPART_URL, &url, 0) != CURLUE_OK)
        stop("%s is no address", address);
    FILE *stream = need(open_memstream(&bytes, &length));
    curl_easy_reset(browser->curl);
    curl_easy_setopt(browser->curl, CURLOPT_URL, url);
    curl_easy_setopt(browser->curl, CURLOPT_TIMEOUT, (long)TIMEOUT_SECONDS);
    curl_easy_setopt(browser->curl, CURLOPT_FOLLOWLOCATION, 1L);
    curl_easy_setopt(browser->curl, CURLOPT_PROXY, "");
    curl_easy_setopt(browser->curl, CURLOPT_WRITEFUNCTION, take_bytes);
    curl_easy_setopt(browser->curl, CURLOPT_WRITEDATA, stream);
    if (form)
        curl_easy_setopt(browser->curl, CURLOPT_POSTFIELDS, form);
    CURLcode result = curl_easy_perform(browser->curl);
    fclose(stream);
    if (result != CURLE_OK)
        stop("%s: %s", url, curl_easy_strerror(result));
    curl_easy_getinfo(browser->curl, CURLINFO_RESPONSE_CODE, &status);
    xmlFreeDoc(browser->page);
    browser->page = need(htmlReadMemory(bytes, (int)length, url, "UTF-8",
                                        HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET));
    if (status != 200) /* an answer that is refused comes back with 422 and what is wrong with it */
        stop("%s answered %ld: %s", url, status, find_text(browser, "//*[contains(@class, 'error')]"));
    curl_free(url);
    free(bytes);
}

static bool has(const struct browser *browser, const char *path) {
    xmlXPathObjectPtr found = find_all(browser, path);
    bool any = !xmlXPathNodeSetIsEmpty(found->nodesetval);
    xmlXPathFreeObject(found);
    return any;
}

/* An attribute of the element, "" if it has none. Free with free(). */
static char *attribute(xmlNodePtr node, const char *name) {
    xmlChar *value = xmlGetProp(node, BAD_CAST name);
    char *copy = need(strdup(value ? (const char *)value : ""));
    xmlFree(value);
    return copy;
}

/* --- filling in --- */

static void add_pair(FILE *form, const char *name, const char *value, size_t length) {
    char *escaped_name = need(curl_easy_escape(NULL, name, 0));
    char *escaped = need(length > 0 ? curl_easy_escape(NULL, value, (int)length) : strdup(""));
    fprintf(form, "%s%s=%s", ftell(form) > 0 ? "&" : "", escaped_name, escaped);
    curl_free(escaped_name);
    curl_free(escaped);
}

static bool select_offers(xmlNodePtr select, const char *value, size_t length) {
    for (xmlNodePtr option = select->children; option; option = option->next) {
        if (xmlStrcmp(option->name, BAD_CAST "option") != 0)
            continue;
        char *offered = attribute(option, "value");
        bool same = strlen(offered) == length && memcmp(offered, value, length) == 0;
        free(offered);
        if (same)
            return true;
    }
    return false;
}

/* Gives one field of the page its value. `type` is the input's type, or "select" or "textarea"; `ordinal`
 * says how many fields of the same name stand before it, which a ranking's selects are told apart by. */
static void fill_field(struct visit *visit, FILE *form, xmlNodePtr node, const char *type, const char *name,
                       const char *value, size_t ordinal) {
    size_t column = find_column(visit->table, name), length;
    const char *answer = cell(visit, column);
    if (strcmp(type, "hidden") == 0) {
        add_pair(form, name, value, strlen(value));
    } else if (strcmp(type, "radio") == 0 || strcmp(type, "checkbox") == 0) {
        if (has_word(answer, value)) {
            add_pair(form, name, value, strlen(value));
            visit->taken[column]++;
        }
    } else if (strcmp(type, "select") == 0) {
        const char *word = find_word(answer, ordinal, &length);
        if (!select_offers(node, word, length))
            stop("record %zu: \"%.*s\" is not offered for %s", visit->record, (int)length, word, name);
        add_pair(form, name, word, length);
        visit->taken[column] += length > 0;
    } else {
        bool declined = strcmp(answer, "no_opinion") == 0 || strcmp(answer, "not_concerned") == 0;
        add_pair(form, name, answer, declined ? 0 : strlen(answer));
        if (!declined && column < visit->table->column_count)
            visit->taken[column] = count_words(answer);
    }
}

/* The type of a field: an input's `type`, else the element's name. Free with free(). */
static char *field_type(xmlNodePtr node) {
    char *type = attribute(node, "type");
    if (xmlStrcmp(node->name, BAD_CAST "input") == 0 && *type)
        return type;
    free(type);
    return need(strdup((const char *)node->name));
}

static size_t count_before(xmlNodeSetPtr nodes, int index, const char *name) {
    size_t count = 0;
    for (int i = 0; i < index; i++) {
        char *other = attribute(nodes->nodeTab[i], "name");
        count += strcmp(other, name) == 0 && xmlStrcmp(nodes->nodeTab[i]->name, BAD_CAST "select") == 0;
        free(other);
    }
    return count;
}

/* A page may come again with more questions: its fields are filled in anew. */
static void forget_taken(struct visit *visit, xmlNodeSetPtr nodes) {
    for (int i = 0; nodes && i < nodes->nodeNr; i++) {
        char *type = field_type(nodes->nodeTab[i]), *name = attribute(nodes->nodeTab[i], "name");
        if (strcmp(type, "hidden") != 0)
            visit->taken[find_column(visit->table, name)] = 0;
        free(type);
        free(name);
    }
}

/* Everything that the page's form would send. Free with free(). */
static char *fill_page(struct visit *visit, const struct browser *browser, const char *button) {
    char *bytes = NULL;
    size_t length = 0;
    FILE *form = need(open_memstream(&bytes, &length));
    xmlXPathObjectPtr found =
        find_all(browser, "//form[@method='post']//*[self::input or self::select or self::textarea]"
                          "[@name and not(@disabled)]");
    xmlNodeSetPtr nodes = found->nodesetval;
    forget_taken(visit, nodes);
    for (int i = 0; nodes && i < nodes->nodeNr; i++) {
        char *type = field_type(nodes->nodeTab[i]), *name = attribute(nodes->nodeTab[i], "name");
        char *value = attribute(nodes->nodeTab[i], "value");
        fill_field(visit, form, nodes->nodeTab[i], type, name, value, count_before(nodes, i, name));
        free(type);
        free(name);
        free(value);
    }
    add_pair(form, button, "1", 1);
    xmlXPathFreeObject(found);
    fclose(form);
    return bytes;
}

static bool is_about_the_record(const char *column) {
    return strcmp(column, "person") == 0 || strcmp(column, "language") == 0;
}

/* The form must have had a place for every answer of the record, and have taken each word once. */
static void check_taken(const struct visit *visit) {
    for (size_t column = 0; column < visit->table->column_count; column++) {
        const char *name = visit->table->cells[column], *answer = cell(visit, column);
        bool known = find_column(visit->links, name) < visit->links->column_count;
        if (!known && !is_about_the_record(name) && visit->taken[column] != count_words(answer))
            stop("record %zu: the form did not ask %s, or does not offer \"%s\"", visit->record, name,
                 answer);
    }
}

/* Stops unless the page is a form in the record's language. */
static void check_page(const struct visit *visit, const struct browser *browser, const char *language) {
    char *page_language = find_text(browser, "/html/@lang");
    if (!has(browser, "//form[@method='post']"))
        stop("record %zu: a page without form or thanks", visit->record);
    if (*language && strcmp(page_language, language) != 0)
        stop("record %zu: a page in \"%s\" instead of \"%s\"", visit->record, page_language, language);
    free(page_language);
}

/* The link of the person of that name. */
static const char *find_link(const struct table *links, const char *person) {
    size_t name = find_column(links, "name"), link = find_column(links, "link"), width = links->column_count;
    for (size_t row = 1; name < width && link < width && row * width < links->cell_count; row++)
        if (strcmp(links->cells[row * width + name], person) == 0)
            return links->cells[row * width + link];
    stop("nobody of the name \"%s\" has a link", person);
}

/* Fills in the whole form for one record, from the first page to the thanks. */
static void answer_record(struct browser *browser, struct visit *visit) {
    const char *address = find_link(visit->links, cell(visit, find_column(visit->table, "person")));
    const char *language = cell(visit, find_column(visit->table, "language"));
    char *start = NULL;
    if (asprintf(&start, *language ? "%s?language=%s" : "%s", address, language) < 0)
        stop("out of memory");
    go_to(browser, start, NULL);
    for (int pages = 0; !has(browser, "//main[@id='thanks']"); pages++) {
        check_page(visit, browser, language);
        if (pages == PAGES_LIMIT)
            stop("record %zu: no thanks after %d pages", visit->record, pages);
        const char *button = has(browser, "//form//button[@name='go-send']") ? "go-send" : "go-next";
        char *action = find_text(browser, "//form[@method='post']/@action");
        char *form = fill_page(visit, browser, button);
        go_to(browser, action, form);
        free(form);
        free(action);
    }
    check_taken(visit);
    free(start);
}

int main(int count, char **words) {
    struct table table = {0}, links = {0};
    struct browser browser = {0};
    if (count != 3 || words[1][0] == '-') {
        fputs("usage: respond LINKS.csv ANSWERS.csv\n", stderr);
        return 2;
    }
    read_table(&links, words[1]);
    read_table(&table, words[2]);
    curl_global_init(CURL_GLOBAL_DEFAULT);
    browser.curl = need(curl_easy_init());
    browser.address = need(curl_url());
    size_t records = table.cell_count / table.column_count - 1;
    for (size_t record = 1; record <= records; record++) {
        struct visit visit = {.table = &table, .links = &links, .record = record};
        answer_record(&browser, &visit);
    }
    printf("%zu answers sent\n", records);
    xmlFreeDoc(browser.page);
    curl_url_cleanup(browser.address);
    curl_easy_cleanup(browser.curl);
    curl_global_cleanup();
    xmlCleanupParser();
    free_table(&table);
    free_table(&links);
    return 0;
}

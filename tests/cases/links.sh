#!/bin/bash
# Personal links, codes and drafts from outside: one link gives one response, whatever is sent how often; what was
# entered comes back on another device and is nowhere to be read; what is known of a person cannot be forged.
. "$(dirname "$0")/common/case.sh"
. "$here/common/server.sh"

drafts() { query "$1" 'SELECT count(*) FROM draft'; }

# code PERSON: of the mail-merge file; its records have no quotes and no commas in them.
code() { sed -n "s/^$1,.*,//p" links.csv; }

# unreadable NAME TEXT STORE: the text is in no file of the store.
unreadable() {
    check "$1" same "$(grep -l -a -F -- "$2" "$3"* 2>/dev/null)" ''
}

cat >town.yaml <<'END'
questionnaire: town
languages: [fr, en]
title: {fr: "Une enquête inventée", en: "A made-up survey"}
privacy: {fr: "Inventé.", en: "Made up."}
population:
  size: 40
  role: {member: 30, head: 10}
pages:
  - title: {fr: Vous, en: You}
    questions:
      - id: role
        type: single
        required: true
        text: {fr: "Votre rôle ?", en: "Your role?"}
        options:
          - {code: member, text: {fr: Membre, en: Member}}
          - {code: head, text: {fr: Responsable, en: Head}}
      - {id: words, type: text, text: {fr: "Un mot ?", en: "A word?"}}
  - title: {fr: Suite, en: More}
    questions:
      - {id: hours, type: number, text: {fr: "Heures ?", en: "Hours?"}}
END
{
    echo 'name,email,language,role'
    for person in Anna Bert Cleo Dora Emil Fred Gina Hugo Iris Jack; do
        echo "$person,$person@town.example,en,head"
    done
    echo 'Kurt,kurt@town.example,,'
} >roster.csv
check 'inviting' survey invite town.yaml roster.csv --store a.db -o links.csv
cp links.csv first.csv

# --- the door ---

check 'a store with links is not open to everyone' \
    ends 1 survey serve town.yaml --store a.db --access open --listen 127.0.0.1:0
start town.yaml --store a.db --access invitation --rate-limit 0
status 'the door' 200 "$url"
check 'the door: a field for the code' has 'name="code"' body
check 'the door: no question' lacks 'name="role"' body
check 'the door: no cookie' same "$(header Set-Cookie)" ''
status 'the door, in English' 200 -H 'Accept-Language: en' "$url"
check 'the door, in English: so it is' has 'Open my form' body
status 'a code' 303 -d "code=$(code Anna)" "$url"
check 'a code: leads to its link' same "$(header Location)" "/$(link Anna)"
status 'a code in small letters, without hyphens' 303 -d "code=$(code Anna | tr 'A-Z-' 'a-z ' | tr -d ' ')" "$url"
check 'a code in small letters: leads to its link' same "$(header Location)" "/$(link Anna)"
status 'a code followed to its form' 200 -L -d "code=$(code Anna)" "$url"
check 'a code followed to its form: the form' has 'name="words"' body
status 'a wrong code' 422 -d 'code=0000-1111-2222-3333' "$url"
check 'a wrong code: said' has 'role="alert"' body
check 'a wrong code: kept' has 'value="0000-1111-2222-3333"' body
check 'a wrong code: the title says so' has '<title>Erreur' body
status 'half a code' 422 -d 'code=0000-1111' "$url"
status 'no code' 422 -d 'go-code=1' "$url"
status 'something else than a code' 400 -d 'colour=red' "$url"
status 'a form at the door' 400 -d 'response-key=1&role=head&go-send=1' "$url"
status 'a link that is none' 404 "${url}r/nothing"
status 'a link cut off' 404 "${url}$(link Anna | cut -c1-20)"
status 'a link nobody has' 404 "${url}r/0123456789abcdefghjkmnpqr0"
status 'a link in capitals' 200 "${url}r/$(link Anna | cut -c3- | tr a-z A-Z)"

# --- the first page ---

status 'a link' 200 "$url$(link Anna)"
check 'a link: its language' has '<html lang="en">' body
check 'a link: what is known' has '<dt>Your role?</dt> <dd>Head</dd>' body
check 'a link: and is not asked' lacks 'name="role"' body
check 'a link: no cookie' same "$(header Set-Cookie)" ''
check 'a link: not to be kept' same "$(header Cache-Control)" no-store
check 'a link: tells no other site' same "$(header Referrer-Policy)" no-referrer
status 'a link in another language' 200 "$url$(link Anna)?language=fr"
check 'a link in another language: so it is' has '<html lang="fr">' body
status 'a link for HEAD' 200 --head "$url$(link Anna)"
check 'a link for HEAD: no body' same "$(wc -c <body)" "$(wc -c <headers)"
status 'a link in the default language' 200 -H 'Accept-Language: en' "$url$(link Kurt)"
check 'a link in the default language: so it is' has '<html lang="fr">' body
check 'a link of which nothing is known: asked' has 'name="role"' body
status 'a link that is looked at by DELETE' 405 -X DELETE "$url$(link Anna)"
check 'looking uses no link' same "$(query a.db 'SELECT sum(used) FROM invitation')" 0

# --- drafts ---

typed=Ornithorynque
next="response-key=1&page-shown=0&form-language=en&words=$typed&go-next=1"
status 'a page' 200 -d "$next" "$url$(link Bert)"
check 'a page: the next' has '<h1>More</h1>' body
check 'a page: can be erased' has 'name="go-erase"' body
check 'a page: a draft' same "$(drafts a.db)" 1
unreadable 'a draft cannot be read' $typed a.db
unreadable 'nor can its fields' page-shown a.db
unreadable 'nor is the link there' "$(link Bert | cut -c3-)" a.db
unreadable 'nor its code' "$(code Bert)" a.db
unreadable 'nor the code without hyphens' "$(code Bert | tr -d -)" a.db
check 'it is as long as any' same "$(query a.db 'SELECT (length(sealed) - 40) % 1024 FROM draft')" 0
status 'the other device' 200 "$url$(link Bert)"
check 'the other device: said' has 'Your earlier answers are kept here' body
check 'the other device: where one was' has 'name="page-shown" value="1"' body
check 'the other device: what was entered' has "name=\"words\" value=\"$typed\"" body
status 'saved for later' 200 -d "response-key=1&page-shown=1&words=$typed&hours=many&go-save=1" "$url$(link Bert)"
check 'saved for later: said' has 'Your answers are saved for later' body
check 'saved for later: no cookie by link' same "$(header Set-Cookie)" ''
status 'what was entered wrongly is there too' 200 "$url$(link Bert)"
check 'what was entered wrongly is there too: the field' has 'value="many"' body
status 'somebody else' 200 "$url$(link Cleo)"
check 'somebody else: reads nothing of it' lacks $typed body

kept="response-key=1&page-shown=1&form-language=en&words=$typed&hours=many"
status 'erasing asks' 200 -d "$kept&go-erase=1" "$url$(link Bert)"
check 'erasing asks: so it does' has 'Erase everything you have entered?' body
check 'erasing asks: and keeps' same "$(drafts a.db)" 1
status 'erasing, thought better of' 200 -d "$kept&go-stay=1" "$url$(link Bert)"
check 'erasing, thought better of: all is there' has 'value="many"' body
status 'erasing' 200 -d "$kept&go-erase-all=1" "$url$(link Bert)"
check 'erasing: said' has 'Everything you entered is erased' body
check 'erasing: nothing is left' same "$(drafts a.db)" 0
status 'after erasing' 200 "$url$(link Bert)"
check 'after erasing: empty' lacks $typed body

# --- one link, one response ---

status 'a page of Cleo' 200 -d "$next" "$url$(link Cleo)"
answer="response-key=11&page-shown=1&form-language=en&words=$typed&hours=3&go-send=1"
status 'a response' 200 -d "$answer" "$url$(link Cleo)"
check 'a response: thanked' has 'id="thanks"' body
check 'a response: stored' same "$(count a.db)" 1
check 'a response: its draft is gone' same "$(drafts a.db)" 0
check 'a response: under another key' same "$(query a.db 'SELECT count(*) FROM response WHERE key = 11')" 0
check 'a response: what is known goes with it' same "$(query a.db 'SELECT role FROM response')" head
status 'sent again' 200 -d "$answer" "$url$(link Cleo)"
check 'sent again: thanked' has 'id="thanks"' body
status 'a second visit' 200 "$url$(link Cleo)"
check 'a second visit: polite' has 'You have already answered' body
check 'a second visit: no form' lacks '<form' body
status 'a second response' 409 -d "${answer/=11/=12}" "$url$(link Cleo)"
check 'a second response: said' has 'was not recorded' body
status 'a page of the other device' 409 -d "$next" "$url$(link Cleo)"
check 'a page of the other device: no draft' same "$(drafts a.db)" 0
check 'one response' same "$(count a.db)" 1
status 'a used code' 200 -L -d "code=$(code Cleo)" "$url"
check 'a used code: polite' has 'already answered' body
check 'one link is used' same "$(query a.db "SELECT group_concat(name) FROM invitation WHERE used")" Cleo

for n in 21 22 23 24 25 26 27 28; do
    curl -s -o "body.$n" -w '%{http_code}\n' -d "${answer/=11/=$n}" "$url$(link Dora)" >"code.$n" &
    curl -s -o /dev/null -d "${next/=1&/=$n&}" "$url$(link Dora)" &
done
wait_for_others
check 'eight at once: one is thanked' same "$(cat code.2? | sort | uniq -c | tr -s ' \n' ' ')" ' 1 200 7 409 '
check 'eight at once: it is' same "$(grep -l 'id="thanks"' body.2? | wc -l)" 1
check 'eight at once: one is stored' same "$(count a.db)" 2
check 'eight at once: no draft is left' same "$(drafts a.db)" 0
for n in 1 2 3 4 5 6; do
    curl -s -o /dev/null -w '%{http_code}\n' -d "$answer" "$url$(link Emil)" >"again.$n" &
done
wait_for_others
# The same key as Cleo's, by another link: what is there already is there, and no link is used for it.
check 'a key that was used by another' same "$(sort -u again.? | tr '\n' ' ')" '200 '
check 'a key that was used by another: nothing is stored' same "$(count a.db)" 2
check 'a key that was used by another: nor is a link used' same "$(query a.db "SELECT used FROM invitation WHERE name = 'Emil'")" 0

# --- what is known cannot be forged ---

status 'a forged field' 200 -d "response-key=31&page-shown=1&role=member&role=head&go-send=1" "$url$(link Fred)"
check 'a forged field: thanked' has 'id="thanks"' body
check 'a forged field: not taken' same "$(query a.db 'SELECT group_concat(DISTINCT role) FROM response')" head
status 'an unknown field' 400 -d 'response-key=32&page-shown=1&invitation=1&go-send=1' "$url$(link Gina)"
status 'one of whom nothing is known has to say' 422 -d 'response-key=33&page-shown=1&go-send=1' "$url$(link Kurt)"
status 'and may' 200 -d 'response-key=33&page-shown=1&role=member&go-send=1' "$url$(link Kurt)"
check 'and may: stored as said' same "$(query a.db "SELECT count(*) FROM response WHERE role = 'member'")" 1

# --- revoked, replaced ---

status 'a draft before the link is replaced' 200 -d "$next" "$url$(link Hugo)"
check 'revoking' survey revoke town.yaml --store a.db --email gina@town.example
replace() { survey revoke town.yaml --store a.db "$@" --email hugo@town.example --replace >again.csv; }
check 'replacing' replace --name Hugo
status 'a link nobody has, once more' 404 "${url}r/0123456789abcdefghjkmnpqr0"
cp body unknown
unknown_page() { sed 's,r/[0-9a-z]*,,g' "$1"; }
status 'a revoked link' 404 "$url$(link Gina)"
check 'a revoked link: like one that never was' same "$(unknown_page body)" "$(unknown_page unknown)"
status 'a revoked link, sent' 404 -d "${answer/=11/=41}" "$url$(link Gina)"
status 'a revoked code' 422 -d "code=$(code Gina)" "$url"
status 'the old one of a replaced link' 404 "$url$(link Hugo)"
status 'the old code of a replaced link' 422 -d "code=$(code Hugo)" "$url"
cp again.csv links.csv
status 'the new one of a replaced link' 200 "$url$(link Hugo)"
check 'the new one of a replaced link: empty' lacks $typed body
status 'the new one of a replaced link, sent' 200 -d "${answer/=11/=42}" "$url$(link Hugo)"
check 'the new one of a replaced link: thanked' has 'id="thanks"' body
cp first.csv links.csv
check 'five responses' same "$(count a.db)" 5

# --- a store that another process holds ---

{ echo 'BEGIN IMMEDIATE;'; sleep 4; echo 'ROLLBACK;'; } | sqlite3 a.db &
sleep 0.5
began=$(date +%s%N)
status 'a page while the store is busy' 200 -d "$next" "$url$(link Iris)"
lasted=$((($(date +%s%N) - began) / 1000000))
check 'a page while the store is busy: soon' [ $lasted -lt 3000 ]
check 'a page while the store is busy: the next' has '<h1>More</h1>' body
check 'a page while the store is busy: quietly said' has 'could not be kept on the server just now' body
status 'saving while the store is busy' 503 -d "${next/go-next/go-save}" "$url$(link Iris)"
check 'saving while the store is busy: said' has 'could not be saved for later' body
check 'saving while the store is busy: all is there' has "value=\"$typed\"" body
wait_for_others
status 'a page once it is free' 200 -d "$next" "$url$(link Iris)"
check 'a page once it is free: kept' same "$(drafts a.db)" 1

# --- the end ---

stop 'the end'
start town.yaml --store a.db --rate-limit 0
status 'a draft outlives the server' 200 "$url$(link Iris)"
check 'a draft outlives the server: said' has 'Your earlier answers are kept here' body
check 'closing' survey close town.yaml --store a.db
sleep 1.1
status 'a link to a closed survey' 200 "$url$(link Iris)"
check 'a link to a closed survey: said' has 'Cette enquête est close' body
status 'a page of a closed survey' 403 -d "$next" "$url$(link Iris)"
status 'too late' 403 -d "${answer/=11/=51}" "$url$(link Iris)"
check 'too late: said' has 'came too late' body
status 'sent again after the end' 200 -d "$answer" "$url$(link Cleo)"
check 'sent again after the end: thanked' has 'id="thanks"' body
check 'nothing came in after the end' same "$(count a.db)" 5
check 'no draft is left' same "$(drafts a.db 2>/dev/null || echo 0)" 0
check 'no key is left' [ ! -e a.db.key ]
unreadable 'no name is left' Iris a.db
check 'nobody is named by the server' lacks town.example served
stop 'the end of a closed survey'

# --- open access ---

start town.yaml --store b.db --rate-limit 0
status 'the form' 200 "$url"
check 'the form: no cookie' same "$(header Set-Cookie)" ''
status 'nothing entered' 200 -d 'response-key=1&page-shown=0&form-language=fr&go-language=en' "$url"
check 'nothing entered: no cookie' same "$(header Set-Cookie)" ''
page="response-key=1&page-shown=0&form-language=en&role=head&words=$typed&go-next=1"
status 'the first page' 200 -c jar -d "$page" "$url"
cookie=$(header Set-Cookie)
check 'the cookie: a random key and its limits' \
    sh -c 'echo "$1" | grep -qxE "draft=[0-9a-z]{26}; Path=/; HttpOnly; SameSite=Lax"' - "$cookie"
check 'the first page: a draft' same "$(drafts b.db)" 1
unreadable 'a draft of open access cannot be read' $typed b.db
unreadable 'nor is its key there' "$(echo "$cookie" | cut -c7-32)" b.db
status 'coming back' 200 -b jar "$url"
check 'coming back: said' has 'Your earlier answers are kept here' body
check 'coming back: where one was' has 'name="page-shown" value="1"' body
status 'coming without the cookie' 200 "$url"
check 'coming without the cookie: empty' lacks $typed body
status 'saving for later' 200 -b jar -d "${page/go-next/go-save}" "$url"
check 'saving for later: the cookie stays' has 'Max-Age=2592000' headers
check 'saving for later: said' has '30 days' body
check 'saving for later: the same draft' same "$(drafts b.db)" 1
status 'sending' 200 -b jar -d "response-key=1&page-shown=1&role=head&words=$typed&go-send=1" "$url"
check 'sending: the cookie goes' same "$(header Set-Cookie)" 'draft=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax'
check 'sending: so does the draft' same "$(drafts b.db)" 0
check 'sending: stored' same "$(count b.db)" 1
status 'two cookies' 200 -H 'Cookie: draft=0123456789abcdefghjkmnpqr0; draft=1' "$url"
check 'two cookies: empty' lacks $typed body
status 'erasing without anything' 200 -d 'response-key=2&page-shown=0&form-language=en&go-erase-all=1' "$url"
check 'erasing without anything: said' has 'is erased' body
status 'a draft before the end' 200 -d "$page" "$url"
check 'closing open access' survey close town.yaml --store b.db
check 'the end leaves no draft' same "$(drafts b.db)" 0
stop 'the end of open access'

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost \
    -keyout key.pem -out certificate.pem 2>/dev/null
start town.yaml --store c.db --tls-certificate certificate.pem --tls-key key.pem --rate-limit 0
status 'the first page by HTTPS' 200 -k -d "$page" "$url"
check 'the first page by HTTPS: its cookie goes by nothing else' has 'SameSite=Lax; Secure' headers
stop 'the end of HTTPS'

start town.yaml --preview --rate-limit 0
status 'a preview' 200 -d "$page" "$url"
check 'a preview: no cookie' same "$(header Set-Cookie)" ''
check 'a preview: nothing to save' lacks 'go-save' body
stop 'the end of a preview'

finish

#!/bin/bash
# The server from outside: what it refuses to start with, what every kind of request gets, clients that lie, stall
# or go away, a store that is busy, full or closed under it, and its end.
. "$(dirname "$0")/common/case.sh"
. "$here/common/server.sh"
form=$root/questionnaires/accueil.yaml
types=$root/tests/questionnaires/all-types.yaml

# raw NAME WANTED: sends standard input as it is and closes its side; the first line of the reply must match the
# pattern WANTED, which is empty where no reply may come.
raw() {
    reply=$(timeout 20 curl -s -m 5 "telnet://127.0.0.1:$port" 2>/dev/null | head -n 1 | tr -d '\r\0')
    case "$reply" in
    $2) pass ;;
    *) fail "$1" "\"$reply\" instead of \"$2\"" ;;
    esac
}

# --- what it does not start with ---

not_started 'invitations without invited' 1 'invite people first' "$form" --access invitation --store a.db
check 'invitations without invited: no store is made' [ ! -e a.db ]
not_started 'an unknown access' 2 '--access takes "open" or "invitation"' "$form" --access closed --store a.db
not_started 'half of TLS' 2 'go together' "$form" --tls-key key.pem --store a.db
not_started 'a certificate that is not there' 2 'cannot read nothing.pem' "$form" --tls-certificate nothing.pem \
    --tls-key nothing.pem --store a.db
echo no certificate >bad.pem
not_started 'a bad certificate' 1 'must be PEM' "$form" --store a.db --listen 127.0.0.1:0 --tls-certificate bad.pem \
    --tls-key bad.pem
for address in 8080 127.0.0.1 127.0.0.1:x ::1:8080 127.0.0.1:70000 '[::1:8080' ''; do
    not_started "the address \"$address\"" 2 'no address to listen at' "$form" --store a.db --listen "$address"
done
not_started 'an unknown host' 1 'cannot listen at' "$form" --store a.db --listen nowhere.invalid:8080
not_started 'a public address that is none' 2 'no address of the web' "$form" --store a.db --public-url town.example
start "$types" --store types.db
not_started 'a port in use' 1 'another program uses this port' "$form" --store a.db --listen "127.0.0.1:$port"
stop 'the end of an unused survey'
not_started 'the store of another questionnaire' 1 'all-types' "$form" --store types.db
echo 'this is no database, whatever its name says, and it is long enough to be looked at' >text.db
cp text.db text.before
not_started 'a file that is no store' 1 'text.db' "$form" --store text.db
check 'a file that is no store is left alone' cmp text.db text.before
not_started 'a store in a file' 1 'text.db' "$form" --store text.db/answers.db
mkdir closed
install -m 644 "$form" closed
chmod 555 closed
as_nobody not_started 'a folder that cannot be written' 1 closed closed/accueil.yaml --store closed/a.db --listen 127.0.0.1:0

# --- every kind of request ---

start "$form" --store a.db
check 'one line at the start' same "$(wc -l <served)" 1
# A client that never ends its request, looked at again at the end.
{ for _ in $(seq 60); do printf 'G'; sleep 1; done; } 2>/dev/null | curl -s -m 60 "telnet://127.0.0.1:$port" >/dev/null 2>&1 &
slow=$! slow_began=$(date +%s)

status 'the form' 200 "$url"
check 'the form: its language' has 'lang="fr"' body
status 'the form in English' 200 -H 'Accept-Language: en-GB, fr;q=0.5' "$url"
check 'the form in English: its language' has 'lang="en"' body
status 'the form by its query' 200 "${url}?language=en&campaign=x"
check 'the form by its query: its language' has 'lang="en"' body
status 'the form for HEAD' 200 --head "$url"
check 'the form for HEAD: no body' same "$(wc -c <body)" "$(wc -c <headers)"
status 'the form, compressed' 200 -H 'Accept-Encoding: gzip' "$url"
check 'the form, compressed: said so' has 'Content-Encoding: gzip' headers
check 'the form, compressed: caches know' has 'Vary: Accept-Encoding' headers
check 'the form, compressed: under 14 KB' [ "$(wc -c <body)" -lt 14336 ]
status 'privacy' 200 "${url}privacy"
status 'accessibility' 200 "${url}accessibility"
status 'health' 200 "${url}health"
check 'health: a line of JSON' same "$(cat body)" '{"status":"ok","questionnaire":"accueil"}'
status 'nowhere' 404 "${url}admin"
status 'nowhere, with an escape' 404 "${url}%00"
status 'out of the folder' 404 --path-as-is "${url}../../etc/passwd"
status 'a method that is none' 405 -X DELETE "$url"
check 'a method that is none: what is' has 'Allow: GET, HEAD, POST' headers
status 'a form to the wrong address' 405 -d a=b "${url}privacy"
status 'JSON' 415 -H 'Content-Type: application/json' -d '{}' "$url"
status 'a form with files' 415 -F reason=civil "$url"
status 'an empty form' 422 -d '' "$url"
status 'an unknown field' 400 -d 'reason=civil&colour=red&go-send=1' "$url"
check 'an unknown field: its name' has 'colour' body
status 'a repeated field' 400 -d 'go-send=1&go-send=1' "$url"
status 'a code that does not exist' 422 -d 'response-key=5&reason=holiday&go-send=1' "$url"
status 'Latin-1' 400 --data-binary $'comment=caf\xe9&go-send=1' "$url"
status 'a NUL' 400 -d 'comment=a%00b&go-send=1' "$url"
status 'a broken escape' 400 -d 'comment=%4&go-send=1' "$url"
head -c 1000000 /dev/zero | tr '\0' x >megabyte
status 'a megabyte' 413 --data-binary @megabyte "$url"
check 'a megabyte: said in words' has 'trop long' body
status 'a megabyte in chunks' 413 -H 'Transfer-Encoding: chunked' --data-binary @megabyte "$url"
for n in $(seq 3000); do printf 'reason=civil&'; done >many
status 'three thousand fields' 400 --data-binary @many "$url"
status 'a form in chunks' 200 -H 'Transfer-Encoding: chunked' -d 'response-key=6&reason=civil&go-send=1' "$url"
check 'a form in chunks is one' same "$(count a.db)" 1

# --- clients that lie, or go away ---

line='POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n'
body='response-key=7&reason=civil&go-send=1'
raw 'a length too long' '' < <(printf "${line}Content-Length: 5000\r\n\r\n$body")
raw 'a length too short' '*400*' < <(printf "${line}Content-Length: 20\r\n\r\n$body")
raw 'a length below nothing' '*400*' < <(printf "${line}Content-Length: -1\r\n\r\n$body")
raw 'a length in words' '*400*' < <(printf "${line}Content-Length: ten\r\n\r\n$body")
raw 'a length beyond numbers' '*4??*' < <(printf "${line}Content-Length: 99999999999999999999999\r\n\r\n$body")
raw 'a length of gigabytes' '*413*' < <(printf "${line}Content-Length: 9999999999\r\n\r\n$body")
raw 'two lengths' '*400*' < <(printf "${line}Content-Length: 37\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
raw 'no host' '*400*' < <(printf 'GET / HTTP/1.1\r\n\r\n')
raw 'no HTTP' '' < <(printf 'nonsense\r\n\r\n')
raw 'noise' '*' < <(head -c 20000 /dev/urandom)
raw 'a header without end' '*431*' < <(printf 'GET / HTTP/1.1\r\nHost: a\r\nX: '; head -c 100000 /dev/zero | tr '\0' x)
raw 'a cut in mid-body' '' < <(printf "${line}Content-Length: 37\r\n\r\nresponse-key=7&rea"; sleep 0.2)
check 'none of them was stored' same "$(count a.db)" 1
status 'the server is there still' 200 "$url"

# --- a response is stored once ---

answer='reason=civil&waiting=12&comment=Fine&go-send=1'
for _ in 1 2 3 4 5 6 7 8; do curl -s -o /dev/null -d "response-key=8&$answer" "$url" & done
status 'sent again' 200 -d "response-key=8&$answer" "$url"
wait_for_others "$slow"
check 'sent again: thanked' has 'id="thanks"' body
check 'sent nine times, stored once' same "$(count a.db)" 2
check 'a day counted once' same "$(sqlite3 a.db 'SELECT sum(count) FROM day_count')" 2

# --- a store that another process holds, that is full, that is closed ---

{ echo 'BEGIN IMMEDIATE;'; sleep 2; echo 'ROLLBACK;'; } | sqlite3 a.db &
sleep 0.5
status 'a busy store is not healthy' 503 "${url}health"
status 'a busy store is waited for' 200 -d "response-key=9&$answer" "$url"
check 'a busy store is waited for: thanked' has 'id="thanks"' body
check 'a busy store is waited for: stored' same "$(count a.db)" 3

prlimit --pid $server --fsize=8192:unlimited
status 'a full disk' 503 -d "response-key=10&$answer" "$url"
check 'a full disk: said in words' has 'PAS été enregistrées' body
check 'a full disk: the key is kept' has 'name="response-key" value="10"' body
check 'a full disk: what was typed is kept' has '>
Fine</textarea>' body
status 'a full disk, a second time' 503 -d "response-key=10&$answer" "$url"
prlimit --pid $server --fsize=unlimited
status 'space again' 200 -d "response-key=10&$answer" "$url"
check 'space again: stored' same "$(count a.db)" 4
check 'a full disk is said once, its end once' same "$(wc -l <served)" 3

check 'closing beside the server' survey close "$form" --store a.db
sleep 1.1
status 'the form of a closed survey' 200 "$url"
check 'the form of a closed survey: none' has 'Cette enquête est close' body
status 'an answer that comes too late' 403 -d "response-key=11&$answer" "$url"
status 'a closed survey is healthy' 200 "${url}health"
check 'nothing came in after the close' same "$(count a.db)" 4

# --- slow clients, many clients ---

wait $slow
lasted=$(($(date +%s) - slow_began))
check 'a client that never ends its request is cut off' [ $lasted -ge 25 -a $lasted -le 45 ]
check 'no respondent is in the log' same "$(grep -c 127.0.0.1 served)" 1
stop 'the end of a closed survey'
check 'the store is whole' same "$(sqlite3 a.db 'PRAGMA integrity_check')" ok

open_files=256
start "$form" --store b.db
open_files=
{
    ulimit -n 1024
    for n in $(seq 500); do exec {silent}<>"/dev/tcp/127.0.0.1/$port" && printf 'POST / HT' >&$silent; done 2>/dev/null
    sleep 20
} &
crowd=$!
sleep 2
status 'the form beside a crowd of silent clients' 200 -m 5 "$url"
status 'an answer beside a crowd of silent clients' 200 -m 5 -d "response-key=1&$answer" "$url"
kill $crowd
stop 'the end beside a crowd'

# --- the end under load ---

start "$form" --store c.db
for worker in 1 2 3; do
    (
        for n in $(seq 400); do
            [ "$(curl -s -m 5 -o /dev/null -w '%{http_code}' -d "response-key=$worker$n&$answer" "$url")" = 200 ] || break
            echo "$worker$n"
        done >"acknowledged.$worker"
    ) &
done
sleep 1
stop 'the end under load'
wait
sort -n acknowledged.* >acknowledged
sqlite3 c.db 'SELECT key FROM response ORDER BY key' >stored
check 'there was a load' [ "$(wc -l <acknowledged)" -gt 10 ]
check 'whatever was acknowledged is stored' same "$(sort acknowledged | comm -23 - <(sort stored))" ''

start "$form" --store c.db
stop 'the end by the keyboard' INT

# --- a preview, TLS, IPv6 ---

start "$form" --preview --store never.db
status 'a preview' 200 -d "response-key=1&$answer" "$url"
check 'a preview: said so' has 'Fin de l’aperçu' body
stop 'the end of a preview'
check 'a preview makes no store' [ ! -e never.db ]

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost \
    -keyout key.pem -out certificate.pem 2>/dev/null
start "$form" --store d.db --tls-certificate certificate.pem --tls-key key.pem
status 'HTTPS' 200 --cacert certificate.pem --resolve "localhost:$port:127.0.0.1" "https://localhost:$port/"
status 'an answer by HTTPS' 200 -k -d "response-key=1&$answer" "$url"
check 'an answer by HTTPS: stored' same "$(count d.db)" 1
stop 'the end of HTTPS'

if [ -s /proc/net/if_inet6 ]; then
    start "$form" --store e.db --listen '[::1]:0'
    status 'IPv6' 200 -g "$url"
    stop 'the end of IPv6'
fi

finish

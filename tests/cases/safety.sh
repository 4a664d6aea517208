#!/bin/bash
# The server against those who mean it harm: forged forms and forged headers, floods, slow and ambiguous
# requests, TLS, the rights it gives up; and that people who mean no harm notice nothing of it.
. "$(dirname "$0")/common/case.sh"
. "$here/common/server.sh"
chmod 755 .
form=$root/questionnaires/accueil.yaml

of_process() { sed -n "s/^$1:[[:space:]]*//p" "/proc/$server/status"; }
answer='reason=civil&waiting=12&comment=Fine&go-send=1'

# refused NAME STATUS WORDS OPTION…
refused() { not_started "$1" "$2" "$3" "$form" --listen 127.0.0.1:0 "${@:4}"; }

# --- what it does not start with ---

for limit in -1 many 1.5 1000001 ''; do
    refused "the rate limit \"$limit\"" 2 '--rate-limit takes a whole number' --store a.db --rate-limit "$limit"
done
refused 'a preview by invitation' 2 'open to everyone' --preview --access invitation
refused 'a key that is not there' 2 'cannot read nothing.pem' --store a.db --tls-certificate "$form" --tls-key nothing.pem
check 'none of these made a store' [ ! -e a.db ]

# --- headers: what a browser may do with a page ---

start "$form" --store a.db
for page in '' privacy accessibility nowhere; do
    status "the page /$page" "$([ "$page" = nowhere ] && echo 404 || echo 200)" "$url$page"
    sed -n '/<style>/,/<\/style>/p' body | sed -e '1s/.*<style>//' -e '$d' >style
    # What stands between the tags, which end and begin with a line of their own.
    hash=$(sed -e 's/<style>//' style | openssl dgst -sha256 -binary | base64)
    policy=$(header Content-Security-Policy)
    check "/$page: the style sheet by its hash, nothing else" same "$policy" \
        "default-src 'none'; style-src 'sha256-$hash'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    check "/$page: not sniffed" same "$(header X-Content-Type-Options)" nosniff
    check "/$page: no referrer" same "$(header Referrer-Policy)" no-referrer
    check "/$page: not kept" same "$(header Cache-Control)" no-store
    check "/$page: no banner" same "$(header Server)$(header X-Powered-By)" ''
    check "/$page: HTTPS is not promised by HTTP" same "$(header Strict-Transport-Security)" ''
    check "/$page: one style sheet" same "$(grep -c '<style' body)" 1
    check "/$page: nothing else inline" same "$(grep -ciE '<script|javascript:| style=| on[a-z]+=|<link [^>]*stylesheet|(src|action)="?https?://|url\(https?://' body)" 0
done
status 'health' 200 "${url}health"
check 'health: not kept' same "$(header Cache-Control)" no-store

# --- forged forms ---

own=${url%/}
post() { # post NAME WANTED CURL-OPTION…
    posted=$1 wanted=$2
    shift 2
    status "$posted" "$wanted" -d "response-key=$RANDOM$RANDOM&$answer" "$@" "$url"
}
post 'a form of our own' 200 -H 'Sec-Fetch-Site: same-origin' -H 'Origin: null'
post 'a form of our own by plain HTTP' 200 -H 'Origin: null'
post 'a form of our own with its origin' 200 -H "Origin: $own"
post 'a form sent by hand' 200 -H 'Sec-Fetch-Site: none'
post 'a form of a program' 200
stored=$(count a.db)
check 'these are stored' same "$stored" 5
post 'a form from another site' 403 -H 'Sec-Fetch-Site: cross-site' -H 'Origin: https://evil.example'
check 'a form from another site: what to do' has 'Merci d’ouvrir l’enquête' body
check 'a form from another site: not kept' same "$(header Cache-Control)" no-store
post 'a form from another site, in English' 403 -H 'Sec-Fetch-Site: cross-site' -H 'Accept-Language: en'
check 'a form from another site, in English: what to do' has 'Please open the survey' body
post 'a form from another site without origin' 403 -H 'Sec-Fetch-Site: cross-site' -H 'Origin: null'
post 'a form from a neighbour' 403 -H 'Sec-Fetch-Site: same-site' -H "Origin: $own"
post 'a form from another site by an old browser' 403 -H 'Origin: https://evil.example'
post 'a form from another port' 403 -H 'Origin: http://127.0.0.1:1'
post 'a form from a host that begins as ours' 403 -H "Origin: $own.evil.example"
post 'a form from a host that ours ends with' 403 -H "Origin: http://x$own"
post 'a form from a file' 403 -H 'Origin: file://'
post 'a form from nonsense' 403 -H 'Origin: nonsense'
post 'a host that was made up' 403 -H "Origin: $own" -H 'Host: evil.example'
post 'a forged public host, which nobody asked to believe' 403 -H 'Origin: https://evil.example' -H 'X-Forwarded-Host: evil.example'
check 'none of them is stored' same "$(count a.db)" "$stored"
status 'a link from another site' 200 -H 'Sec-Fetch-Site: cross-site' "$url"

# --- requests of two meanings ---

# raw NAME WANTED: sends standard input; the statuses of all replies must match the pattern WANTED.
raw() {
    replies=$(timeout 20 curl -s -m 3 "telnet://127.0.0.1:$port" 2>/dev/null | tr -d '\0' | sed -n 's/^HTTP\/1.1 \([0-9]*\).*/\1/p' | tr '\n' ' ')
    if [[ $replies =~ ^($2)$ ]]; then pass; else fail "$1" "\"$replies\" instead of \"$2\""; fi
}
line='POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n'
smuggled='GET /health HTTP/1.1\r\nHost: a\r\n\r\n'
raw 'two requests are two' '404 200 ' < <(printf "GET /x HTTP/1.1\r\nHost: a\r\n\r\n$smuggled")
raw 'length and chunks' '400 ' < <(printf "${line}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n$smuggled")
raw 'chunks and length' '400 ' < <(printf "${line}Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n$smuggled")
raw 'two different lengths' '400 ' < <(printf "${line}Content-Length: 3\r\nContent-Length: 0\r\n\r\na=b$smuggled")
raw 'chunks of an unknown kind' '|400 ' < <(printf "${line}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n$smuggled")
raw 'chunks twice' '400 ' < <(printf "${line}Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n$smuggled")
raw 'chunks after all' '|400 ' < <(printf "${line}Transfer-Encoding: identity, chunked\r\n\r\n0\r\n\r\n$smuggled")
raw 'a chunk of no size' '400 ' < <(printf "${line}Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n$smuggled")
raw 'a header with a blank before its colon' '400 ' < <(printf "${line}Content-Length : 3\r\n\r\na=b$smuggled")
raw 'a page asked for with two lengths: one reply' '200 |400 ' < <(printf "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: ${#smuggled}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n$smuggled")
head -c 6000000 /dev/zero | tr '\0' x >large
status 'six megabytes' 413 -H 'Expect:' --data-binary @large "$url"
status 'a long address' 414 "$url$(head -c 40000 /dev/zero | tr '\0' x)"
check 'none of this is stored' same "$(count a.db)" "$stored"

# --- slow clients: looked at again at the end ---

began=$(date +%s)
{ printf "${line}Content-Length: 100\r\n\r\n"; for _ in $(seq 60); do printf 'a'; sleep 1; done; } 2>/dev/null |
    curl -s -m 60 "telnet://127.0.0.1:$port" >/dev/null 2>&1 &
slow=$!
slow_server=$server slow_url=$url
mv served served.slow

# --- the proxy in front ---

# burst NAME COUNT WANTED CURL-OPTION…: so many requests at once; WANTED are the statuses with their numbers.
burst() {
    burst=$1 number=$2 wanted=$3
    shift 3
    for _ in $(seq "$number"); do printf 'url = "%s"\noutput = /dev/null\n' "$url"; done >requests
    got=$(curl -s -Z --no-progress-meter --parallel-max 20 -w '%{http_code}\n' "$@" -K requests 2>/dev/null | sort | uniq -c | awk '{printf "%s:%s ", $2, $1}')
    check "$burst" same "$got" "$wanted"
}
start "$form" --store b.db --rate-limit 6 --trust-proxy --public-url https://survey.example/dip/
url=http://127.0.0.1:$(ss -Hltnp 2>/dev/null | sed -n "s/.*127.0.0.1:\([0-9]*\) .*pid=$server,.*/\1/p")/
burst 'whom the proxy names is limited' 20 '200:12 429:8 ' -H 'X-Forwarded-For: 203.0.113.1'
burst 'another is not' 12 '200:12 ' -H 'X-Forwarded-For: 203.0.113.2'
burst 'only the last is believed' 20 '200:12 429:8 ' -H "X-Forwarded-For: 203.0.113.$RANDOM, 203.0.113.3"
burst 'only the last line is believed' 8 '429:8 ' -H 'X-Forwarded-For: 198.51.100.1' -H 'X-Forwarded-For: 203.0.113.3'
burst 'a port belongs to no address' 8 '429:8 ' -H 'X-Forwarded-For: 203.0.113.3:4711'
burst 'a /64 is one' 12 '200:12 ' -H 'X-Forwarded-For: 2001:db8::1'
burst 'a /64 is one, elsewhere in it' 5 '429:5 ' -H 'X-Forwarded-For: 2001:db8::ffff:1'
burst 'without an address it is the proxy itself' 30 '200:30 '
status 'who is limited' 429 -H 'X-Forwarded-For: 203.0.113.3' -H 'Accept-Encoding: gzip' "$url"
check 'who is limited: when to come again' [ "$(header Retry-After)" -ge 5 -a "$(header Retry-After)" -le 10 ]
check 'who is limited: said in French' has "patienter $(header Retry-After) secondes" body
check 'who is limited: a small page' [ "$(wc -c <body)" -lt 1200 ]
check 'who is limited: not kept' same "$(header Cache-Control)" no-store
status 'who is limited, in English' 429 -H 'X-Forwarded-For: 203.0.113.3' -H 'Accept-Language: en' "$url"
check 'who is limited, in English: said so' has 'reload this page' body
status 'a form of who is limited' 429 -H 'X-Forwarded-For: 203.0.113.3' -d "response-key=1&$answer" "$url"
check 'a form of who is limited is not stored' same "$(count b.db)" 0
sleep 10
status 'who has waited' 200 -H 'X-Forwarded-For: 203.0.113.3' "$url"
# A page that is not there costs ten: two of them take what twelve pages would, and eight more.
status 'an unknown link' 404 -H 'X-Forwarded-For: 203.0.113.4' "${url}r/0123456789abcdefghjkmnpqrs"
status 'a second' 404 -H 'X-Forwarded-For: 203.0.113.4' "${url}r/1123456789abcdefghjkmnpqrs"
status 'a third' 429 -H 'X-Forwarded-For: 203.0.113.4' "${url}r/2123456789abcdefghjkmnpqrs"
post 'the public address is our own' 200 -H 'Origin: https://survey.example'
post 'the proxy says what our host is' 200 -H 'Origin: https://other.example' -H 'X-Forwarded-Host: other.example'
post 'the proxy has the last word on it' 403 -H 'Origin: https://evil.example' -H 'X-Forwarded-Host: evil.example, other.example'
check 'no link of a page leads to another host' same "$(grep -cE '(href|action|src)="(https?:)?//' body)" 0
check 'no request is in the log' same "$(wc -l <served)" 1
check 'no address and no link is in the log' same "$(grep -cE '203\.0|2001:db8|/r/' served)" 0
stop 'the end behind a proxy'

start "$form" --store c.db --rate-limit 6
burst 'nobody asked to believe the address' 30 '200:30 ' -H 'X-Forwarded-For: 203.0.113.1'
stop 'the end without a proxy'

# --- 140 people of one office, at once; and a flood ---

start "$form" --store d.db --trust-proxy
: >requests
for person in $(seq 140); do
    for _ in $(seq 10); do printf 'url = "%s"\noutput = /dev/null\nheader = "X-Forwarded-For: 203.0.113.9"\nnext\n' "$url"; done
    printf 'url = "%s"\noutput = /dev/null\nheader = "X-Forwarded-For: 203.0.113.9"\ndata = "response-key=%s&%s"\nnext\n' "$url" $((1000 + person)) "go-next=1"
    printf 'url = "%s"\noutput = /dev/null\nheader = "X-Forwarded-For: 203.0.113.9"\ndata = "response-key=%s&%s"\nnext\n' "$url" $((1000 + person)) "$answer"
done >requests
sed -i '$d' requests
sed -i 's/^output.*/&\nwrite-out = "%{http_code}\\n"/' requests
curl -s -Z --no-progress-meter --parallel-max 60 -K requests 2>/dev/null | sort | uniq -c | awk '{printf "%s:%s ", $2, $1}' >statuses
check '140 people at once: nobody is held up' lacks 429 statuses
check '140 people at once: all are answered' has '200:' statuses
check '140 people at once: all are stored' same "$(count d.db)" 140
# 2 400 at once and 20 a second: a flood of 6 000 must be cut, whatever the machine's speed.
for _ in $(seq 6000); do printf 'url = "%shealth"\noutput = /dev/null\n' "$url"; done >requests
curl -s -Z --no-progress-meter --parallel-max 40 -w '%{http_code}\n' -H 'X-Forwarded-For: 203.0.113.10' -K requests 2>/dev/null | sort | uniq -c >statuses
check 'a flood is cut' [ "$(awk '$2 == 429 {print $1}' statuses)" -gt 1000 ]
check 'a flood is not cut before 2 400' [ "$(awk '$2 == 200 {print $1}' statuses)" -ge 2400 ]
status 'others notice nothing of it' 200 -H 'X-Forwarded-For: 203.0.113.11' "$url"
stop 'the end of a flood'

# --- connections of one address: by this machine's own, which is no loopback ---

address=$(hostname -I 2>/dev/null | tr ' ' '\n' | grep -m 1 -E '^[0-9.]+$')
if [ -n "$address" ]; then
    open_files=256
    start "$form" --store e.db --listen "$address:0"
    open_files=
    # 192 in all, so 96 for one address.
    {
        for n in $(seq 140); do exec {silent}<>"/dev/tcp/$address/$port" && printf 'GET / HT' >&$silent; done 2>/dev/null
        sleep 4
    } &
    crowd=$!
    sleep 1.5
    established=$(ss -Htn state established "sport = :$port" 2>/dev/null | wc -l)
    check 'one address has half of all connections' same "$established" 96
    check 'one address more is cut off' same "$(curl -s -m 2 -o /dev/null -w '%{http_code}' "$url")" 000
    wait $crowd 2>/dev/null
    sleep 0.5
    burst 'room again' 5 '200:5 '
    stop 'the end of a crowd'
fi

# --- TLS ---

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost \
    -keyout key.pem -out certificate.pem 2>/dev/null
chmod 600 key.pem
start "$form" --store f.db --tls-certificate certificate.pem --tls-key key.pem
status 'HTTPS' 200 --cacert certificate.pem --resolve "localhost:$port:127.0.0.1" "https://localhost:$port/"
check 'HTTPS: browsers stay with it' same "$(header Strict-Transport-Security)" max-age=2592000
for version in 1_2 1_3; do
    check "TLS $version" openssl s_client -connect "127.0.0.1:$port" -tls$version -CAfile certificate.pem -verify_return_error </dev/null
done
for version in 1 1_1; do
    check "TLS $version is refused" ends 1 openssl s_client -connect "127.0.0.1:$port" -tls$version \
        -cipher DEFAULT@SECLEVEL=0 </dev/null
done
status 'HTTP at the port of HTTPS' 000 "http://127.0.0.1:$port/"
head -c 3000 /dev/urandom >noise
timeout 5 bash -c "cat noise >/dev/tcp/127.0.0.1/$port" 2>/dev/null
post 'an answer by HTTPS' 200 -k -H "Origin: https://127.0.0.1:$port"
check 'an answer by HTTPS: stored' same "$(count f.db)" 1
stop 'the end of HTTPS'

# --- the rights it gives up ---

start "$form" --store g.db
check 'no new rights' same "$(of_process NoNewPrivs)" 1
check 'calls are filtered' same "$(of_process Seccomp)" 2
check 'no core dump' has 'Max core file size        0                    0' "/proc/$server/limits"
ends 1 survey serve "$form" --store g.db --listen "127.0.0.1:$port" >/dev/null
check 'a port in use is still said' says 'another program uses this port'
post 'an answer to a confined server' 200
must survey close "$form" --store g.db
sleep 1.1
post 'an answer after the close of a confined server' 403
stop 'the end of a confined server'

start "$form" --store h.db --no-confinement
check 'not confined: no filter' same "$(of_process Seccomp)" 0
post 'an answer to a server that is not confined' 200
stop 'the end of a server that is not confined'

start "$form" --preview
check 'a preview is confined too' same "$(of_process Seccomp)" 2
status 'a confined preview' 200 "$url"
stop 'the end of a confined preview'

mkdir link real
ln -s ../real/i.db link/i.db
start "$form" --store link/i.db
post 'a store behind a symbolic link' 200
stop 'the end behind a symbolic link'
check 'a store behind a symbolic link is where it leads' same "$(count real/i.db)" 1

if [ "$(id -u)" = 0 ]; then
    mkdir theirs
    refused 'an unknown user' 1 'there is no user "nobody-at-all"' --store theirs/a.db --user nobody-at-all
    refused 'root' 1 'is root: name a user with fewer rights' --store theirs/a.db --user root
    refused 'a folder of somebody else' 1 'the user "nobody" cannot write theirs' --store theirs/a.db --user nobody
    refused 'a folder to be made in one of somebody else' 1 'cannot write theirs' --store theirs/deep/er/a.db --user nobody
    touch theirs/b.db
    chmod 777 theirs
    refused 'a file of somebody else' 1 'cannot write theirs/b.db' --store theirs/b.db --user nobody
    chown nobody theirs
    # The key is root's alone: it is read before the rights go.
    start "$form" --store theirs/a.db --user nobody --tls-certificate certificate.pem --tls-key key.pem
    nobody=$(id -u nobody)
    check 'another user' same "$(of_process Uid | tr '\t' ' ')" "$nobody $nobody $nobody $nobody"
    check 'another group' same "$(of_process Gid | tr '\t' ' ')" "$(id -g nobody) $(id -g nobody) $(id -g nobody) $(id -g nobody)"
    check 'no group of root' same "$(of_process Groups | tr -d ' ')" "$(id -G nobody | tr -d ' ')"
    check 'no right of root' same "$(of_process CapEff)" 0000000000000000
    check 'its memory is not its own to show' same "$(stat -c %u "/proc/$server/environ")" 0
    post 'an answer to another user' 200 -k
    check 'an answer to another user: whose file it is' same "$(stat -c %U theirs/a.db)" nobody
    stop 'the end of another user'
    cp "$form" theirs
    check 'without root: status' ends 1 as_nobody survey serve theirs/accueil.yaml --store theirs/c.db \
        --listen 127.0.0.1:0 --user daemon
    check 'without root: words' says 'only root can become the user "daemon"'
fi

# --- personal links ---

printf 'name,email,role\nAnna Muster,anna@example.org,member\nBert Muster,bert@example.org,member\n' >roster.csv
invited=$root/questionnaires/dip-2013.yaml
must survey invite "$invited" roster.csv --store j.db -o links.csv
link=$(link 'Anna Muster') code=$(sed -n '2s/.*,//p' links.csv)
form=$invited
refused 'open access beside links' 1 'leave out --access open' --store j.db --access open
mv j.db.key kept.key
refused 'links without their key' 1 'there is no key' --store j.db
cp kept.key j.db.key
chmod 644 j.db.key
refused 'a key that others can read' 1 'can be read by others' --store j.db
mv kept.key j.db.key
start "$invited" --store j.db --access invitation
check 'personal links on this machine: nothing to warn of' same "$(wc -l <served)" 1
status 'a personal link' 200 "$url$link"
check 'a personal link: not kept' same "$(header Cache-Control)" no-store
check 'a personal link: no referrer' same "$(header Referrer-Policy)" no-referrer
status 'a code' 303 -d "code=$code" "$url"
check 'a code: leads to its link, on the same host' same "$(header Location)" "/$link"
check 'a code: not kept' same "$(header Cache-Control)" no-store
status 'a code from another site' 403 -H 'Sec-Fetch-Site: cross-site' -d "code=$code" "$url"
status 'a personal form from another site' 403 -H 'Origin: https://evil.example' -d 'go-next=1' "$url$link"
status 'an unknown link' 404 "${url}r/0123456789abcdefghjkmnpqrs"
status 'the same link with a host that was made up' 200 -H 'Host: evil.example' -H 'X-Forwarded-Host: evil.example' "$url$link"
check 'the same link with a host that was made up: not in the page' same "$(grep -ciF evil.example body)" 0
check 'no link is in the log' same "$(grep -c -e "${link#r/}" -e "$code" served)" 0
stop 'the end of personal links'
if [ -n "$address" ]; then
    start "$invited" --store j.db --listen "$address:0"
    check 'personal links by plain HTTP: a warning' has 'can read personal links sent by plain HTTP' served
    stop 'the end of plain HTTP'
    start "$invited" --store j.db --listen "$address:0" --tls-certificate certificate.pem --tls-key key.pem
    check 'personal links by HTTPS: none' same "$(wc -l <served)" 1
    stop 'the end of links by HTTPS'
fi
start "$invited" --store j.db --trust-proxy --rate-limit 60
guesses() { for n in $(seq 30); do curl -s -o /dev/null -w '%{http_code}\n' -H 'X-Forwarded-For: 203.0.113.5' -d "code=ABCD-EFGH-JKMN-$((1000 + n))" "$url"; done | sort | uniq -c; }
guesses >statuses
check 'guessing codes is cut' [ "$(awk '$2 == 429 {print $1}' statuses)" -ge 5 ]
status 'who does not guess' 200 -H 'X-Forwarded-For: 203.0.113.6' "$url$link"
must survey close "$invited" --store j.db
stop 'the end of guessing'
start "$invited" --store j.db
status 'a personal link after the close' 200 "$url$link"
check 'a personal link after the close: said so' has 'Cette enquête est close' body
stop 'the end of closed links'

# --- the slow client, again ---

server=$slow_server url=$slow_url
wait $slow
lasted=$(($(date +%s) - began))
check 'a body that never ends is cut off' [ $lasted -ge 25 -a $lasted -le 60 ]
status 'the first server is there still' 200 "$url"
check 'nothing is in its log' same "$(wc -l <served.slow)" 1
stop 'the end of the first server'

finish

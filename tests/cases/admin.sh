#!/bin/bash
# The evaluator's pages as an attacker meets them: no password, a wrong one, forged cookies and forms, other methods,
# bodies too large, texts that would be markup, paths that lead out, a process that dies. What a browser does with
# them is in tests/browser.
. "$(dirname "$0")/common/case.sh"
. "$here/common/server.sh"
. "$here/common/mail.sh"
types=$root/tests/questionnaires/all-types.yaml
store=$temporary/answers.db
password='made up, and long'

cookie() { header Set-Cookie | sed -n 's/^office=\([0-9a-f]*\);.*/\1/p'; }
token() { sed -n 's/.*name="form-token" value="\([0-9a-f]*\)".*/\1/p' body | head -n 1; }

set_password() { printf '%s\n' "$1" | survey password "$types" --store "$store"; }

# --- the password ---

for weak in '' short 'nine char'; do
    check "a password of ${#weak} characters is refused" ends 1 set_password "$weak"
done
check 'none is kept' [ ! -e "$store.password" ]
start "$types" --store "$store" --rate-limit 0
status 'without a password there is no such page' 404 "${url}admin"
status 'nor any below it' 404 "${url}admin/downloads/file"
check 'a password is kept' set_password "$password"
check 'for its owner only' same "$(stat -c %a "$store.password")" 600
check 'as Argon2id of 64 MiB' has '$argon2id$v=19$m=65536,t=3,p=1$' "$store.password"
check 'and not as it is' lacks "$password" "$store.password"
status 'now there is a page, without a new start' 200 "${url}admin"
check 'it asks for the password' has 'type="password"' body
check 'and says nothing else' lacks 'class="figures"' body
chmod 644 "$store.password"
status 'one that others can read counts for nothing' 404 "${url}admin"
chmod 600 "$store.password"
mv "$store.password" kept
for noise in /dev/null /dev/urandom "$types"; do
    head -c 100000 $noise >"$store.password"
    chmod 600 "$store.password"
    curl -s -m 30 -o body --data-urlencode "password=$password" "${url}admin"
    check "what is no password's hash lets nobody in ($(basename $noise))" lacks 'class="figures"' body
done
mv kept "$store.password"

# --- getting in ---

for page in '' /keying /keying/sheet /keying/remove /keying/settle/1 /review /review/1 /reminder /downloads /downloads/file /nothing; do
    status "signed out, /admin$page is the door" 200 "${url}admin$page"
    check "and shows nothing" has 'type="password"' body
done
status 'a wrong password' 403 -d 'password=made+up%2C+and+wrong' "${url}admin"
check 'gives no cookie' same "$(header Set-Cookie)" ''
status 'an endless one' 413 --data-binary @<(printf 'password='; head -c 3000000 /dev/zero | tr '\0' a) "${url}admin"
status 'one with a NUL' 400 -d 'password=made+up%2C+and+long%00' "${url}admin"
status 'the right one' 303 --data-urlencode "password=$password" "${url}admin"
session=$(cookie)
check 'gives a session of 64 digits' same "${#session}" 64
for word in HttpOnly SameSite=Strict 'Path=/admin'; do
    check "its cookie is $word" sh -c "grep -i '^set-cookie' headers | grep -qF '$word'"
done
check 'and not Secure without TLS' sh -c "! grep -i '^set-cookie' headers | grep -q Secure"
signed() { status "$@" -b "office=$session"; }
signed 'signed in' 200 "${url}admin?language=en"
check 'the overview is shown' has 'class="figures"' body
check 'nothing of it is kept by caches' same "$(header Cache-Control)" no-store
check 'the policy allows this page'"'"'s own script only' sh -c "grep -i '^content-security-policy' headers | grep -q \"default-src 'none'\" && ! grep -i '^content-security-policy' headers | grep -q unsafe"
form=$(token)
check 'its forms carry a token' same "${#form}" 64

for forged in 0 "$(printf '%064d' 0)" "${session%?}" "${session}0" "$(echo "$session" | tr '0-9a-f' '1-9a-f0')" "$session; office=$session" "'%20OR%201=1--"; do
    status "a forged cookie" 200 -b "office=$forged" "${url}admin/downloads"
    check 'is the door' has 'type="password"' body
done

# --- forms ---

signed 'a form without its token' 403 -d 'key-initials=AB&key-sheet=5' "${url}admin/keying"
signed 'with another one' 403 -d "form-token=$(printf '%064d' 1)&key-initials=AB&key-sheet=5" "${url}admin/keying"
signed 'from another site' 403 -H 'Sec-Fetch-Site: cross-site' -d "form-token=$form&key-initials=AB&key-sheet=5" "${url}admin/keying"
signed 'or origin' 403 -H 'Origin: https://elsewhere.example' -d "form-token=$form&key-initials=AB&key-sheet=5" "${url}admin/keying"
status 'without a session' 200 -d "form-token=$form&key-initials=AB&key-sheet=5" "${url}admin/keying"
check 'is the door' has 'type="password"' body
check 'nothing was taken in' same "$(sqlite3 -readonly "$store" 'SELECT count(*) FROM response')" 0
for method in PUT DELETE PATCH OPTIONS; do
    signed "$method" 405 -X $method "${url}admin/keying"
done
signed 'a form to a page that takes none' 405 -d "form-token=$form" "${url}admin/downloads/file"
signed 'a form of another kind' 415 -H 'Content-Type: application/json' -d '{}' "${url}admin/keying"
signed 'too many fields' 413 --data-binary @<(for i in $(seq 100000); do printf 'f%d=1&' "$i"; done) "${url}admin/keying"
for path in '../../etc/passwd' 'downloads/../../../etc/passwd' 'downloads/file/../../answers.db' '%2e%2e/health' 'keying/settle/-1' \
    'keying/settle/99999999999999999999999' 'review/x' 'review/1%20OR%201=1' 'keying/%3Cscript%3E'; do
    got=$(curl -s -m 30 -o body --path-as-is -b "office=$session" -w '%{http_code}' "${url}admin/$path")
    check "the path $path leads nowhere" sh -c "case $got in 404 | 303 | 200) ;; *) echo $got; exit 1 ;; esac; ! grep -q 'root:x:\|SQLite format\|<script>' body"
done

# --- texts ---

for text in '<script>alert(1)</script>' '"><img src=x onerror=alert(1)>' "';DROP TABLE response;--" '{{content}}' $'\xe2\x80\xae'; do
    signed 'initials that would be markup' 422 --data-urlencode "form-token=$form" --data-urlencode "key-initials=$text" \
        --data-urlencode "key-sheet=$text" "${url}admin/keying"
    check 'stay text' sh -c "! grep -qF '<script>alert' body && ! grep -qF '<img src' body"
done
signed 'a sheet is begun' 200 --data-urlencode "form-token=$form" -d 'key-initials=%3Cb%3E&key-sheet=7' "${url}admin/keying?language=en"
check 'initials of three signs are shown as text' has '&lt;B&gt;' body
check 'and not as markup' lacks 'typed by <B>' body

# --- slowed, and out ---

for i in 1 2 3; do curl -s -o /dev/null -m 30 -d 'password=made+up%2C+and+wrong' "${url}admin"; done
begun=$(date +%s%N)
status 'the fifth wrong one is told late' 403 -d 'password=made+up%2C+and+wrong' "${url}admin"
check 'by seconds' [ $((($(date +%s%N) - begun) / 1000000)) -ge 2000 ]
begun=$(date +%s%N)
status 'while a respondent is served' 200 "$url"
signed 'out' 303 -d "form-token=$form" "${url}admin/out"
status 'the session is over' 200 -b "office=$session" "${url}admin"
check 'it is the door again' has 'type="password"' body
stop 'first server'

# --- others' guesses, another password ---

start "$types" --store "$store" --rate-limit 60 --trust-proxy
from() { curl -s -m 30 -o /dev/null -H "X-Forwarded-For: $1" -d 'password=made+up%2C+and+wrong' "${url}admin"; }
for i in $(seq 4); do from 203.0.113.7 & done
wait_for_others
status 'who guesses too often is not listened to' 429 -H 'X-Forwarded-For: 203.0.113.7' --data-urlencode "password=$password" "${url}admin"
check 'and told when to come back' [ "$(header Retry-After)" -gt 0 ]
status 'others are' 303 -H 'X-Forwarded-For: 198.51.100.7' --data-urlencode "password=$password" "${url}admin"
stop 'second server'
start "$types" --store "$store" --rate-limit 0
status 'in again' 303 --data-urlencode "password=$password" "${url}admin"
session=$(cookie)
must set_password 'another made-up one'
status 'a new password ends all sessions' 200 -b "office=$session" "${url}admin"
check 'at once' has 'type="password"' body
status 'the old one is none' 403 --data-urlencode "password=$password" "${url}admin"
must survey password "$types" --store "$store" --remove
status 'without a password the pages are gone' 404 "${url}admin"
must set_password "$password"

# --- the process behind the pages dies ---

office=$(pgrep -P $server | head -n 1)
check 'the pages have a process of their own' [ -n "$office" ]
kill -9 "$office"
status 'respondents are served without it' 200 "$url"
status 'the pages say that they are not' 503 "${url}admin"
status 'and respondents still are' 200 "$url"
stop 'third server'
start "$types" --store "$store" --rate-limit 0
for i in $(seq 20); do curl -s -m 30 -o /dev/null --data-urlencode "password=$password" "${url}admin" & done
status 'twenty at once' 200 "$url"
wait_for_others
status 'and all is well' 303 --data-urlencode "password=$password" "${url}admin"
stop 'fourth server'

# --- a reminder, by a mail server ---

serve_mail mails
store=$temporary/invited.db
printf 'name,email\nNobody Real,one@example.org\nPersonne Inventée,two@example.org\n' >roster.csv
mail=(--public-url https://survey.example.org/ --smtp "smtp://127.0.0.1:$mail_port" --from 'Evaluation <evaluation@example.org>')
check 'two are invited' survey invite "$types" roster.csv --store "$store" "${mail[@]}"
must set_password "$password"
free=$("$python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
start "$types" --store "$store" --rate-limit 0 "${mail[@]}" --listen "127.0.0.1:$free"
url=http://127.0.0.1:$free/ # the server tells the public one
status 'the right one' 303 --data-urlencode "password=$password" "${url}admin"
check 'its cookie is Secure under HTTPS' sh -c "grep -i '^set-cookie' headers | grep -q '; Secure'"
session=$(cookie)
signed 'the reminder' 200 "${url}admin/reminder?language=en"
form=$(token)
signed 'is not sent unasked' 422 -d "form-token=$form&go-send=1" "${url}admin/reminder?language=en"
check 'with the reason' has 'Tick the box' body
signed 'it is sent' 303 -d "form-token=$form&go-send=1&sure=yes" "${url}admin/reminder?language=en"
for _ in $(seq 100); do
    curl -s -m 30 -o body -b "office=$session" "${url}admin/reminder?language=en"
    grep -q '<progress' body || break
    sleep 0.1
done
signed 'the page afterwards' 200 "${url}admin/reminder?language=en"
check 'the page says so' has 'The reminder has been sent.' body
check 'two invitations and two reminders came' same "$(read_mails to mails | sort | uniq -c | tr -s ' \n' ' ')" \
    ' 2 one@example.org 2 two@example.org '
signed 'none is sent twice a day' 200 -d "form-token=$form&go-send=1&sure=yes" "${url}admin/reminder?language=en"
check 'and it says why' has 'A reminder went out today.' body
stop 'fifth server'
end_mail

finish

#!/bin/bash
# Mails through a real SMTP server: everybody gets one, in their language, with their link; what the server refuses,
# puts off, breaks off; programs killed at any moment; TLS and passwords; reminders that name nobody.
# BIN names the folder of the programs. Prints what differs, and `N passed, N failed`.
set -u
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
BIN=$(realpath "${BIN:-$root/bin}")
temporary=$(mktemp -d)
cd "$temporary" || exit 1
unset SURVEY_STORE SMTP_USER SMTP_PASSWORD SSL_CERT_FILE
python=/usr/bin/python3 # Debian's, which has aiosmtpd
server=
trap 'kill -9 $server $(jobs -p) 2>/dev/null; rm -rf "$temporary"' EXIT
passed=0 failed=0

pass() { passed=$((passed + 1)); }
fail() {
    failed=$((failed + 1))
    echo "FAILED $1"
    [ -z "${2:-}" ] || printf '%s\n' "$2" | head -n 20
}

# check NAME COMMAND…: the command must succeed.
check() {
    name=$1
    shift
    if "$@" >difference 2>&1; then pass; else fail "$name" "$(cat difference)"; fi
}
says() { grep -qF -- "$1" log || { cat log; return 1; }; }
says_not() { ! grep -qF -- "$1" log || { cat log; return 1; }; }
same() { [ "$1" = "$2" ] || { echo "\"$1\" instead of \"$2\""; return 1; }; }
read_mails() { "$python" "$here/mail/read.py" "$@"; }
to() { read_mails to "$@" | sort; }
count() { read_mails to "$@" | wc -l; }
once() { same "$(to "$@" | uniq -d)" ''; }

# serve FOLDER [OPTION…]: starts a mail server that keeps what it takes in the folder; sets `server` and `port`.
serve() {
    rm -f "$1/port"
    "$python" "$here/mail/server.py" "$@" 2>>server-log &
    server=$!
    port=
    for _ in $(seq 200); do
        port=$(cat "$1/port" 2>/dev/null) && break
        sleep 0.05
    done
    [ -n "$port" ] || fail 'the mail server did not start' "$(cat server-log)"
}
end_server() {
    kill -9 $server 2>/dev/null
    wait $server 2>/dev/null
}

sender='Mission Évaluation <evaluation@example.org>'
url=https://survey.example.org/dip

# expect STATUS NAME COMMAND…: a program must end with the status; what it says is kept in `log`.
expect() {
    wanted=$1 name=$2
    shift 2
    "$@" >log 2>&1
    status=$?
    if [ $status = "$wanted" ]; then pass; else fail "$name: status $status" "$(cat log)"; fi
}
survey() { "$BIN/survey" "$@"; }

# invite ROSTER STORE [OPTION…] and remind STORE [OPTION…]: by the server that runs.
invite() {
    roster=$1 store=$2
    shift 2
    survey invite form.yaml "$roster" --store "$store" --public-url $url --smtp "smtp://127.0.0.1:$port" \
        --from "$sender" "$@"
}
remind() {
    store=$1
    shift
    survey remind form.yaml --store "$store" --public-url $url --smtp "smtp://127.0.0.1:$port" --from "$sender" "$@"
}
links() { survey invite form.yaml "$1" --store "$2" --public-url $url -o "$3" 2>/dev/null; }

sed '/^languages:/a closes: 2099-12-31' "$root/questionnaires/dip-2013.yaml" >form.yaml
"$python" "$here/mail/roster.py" 140 >people.csv
"$python" "$here/mail/roster.py" 12 >few.csv

# --- everybody has one mail ---

serve all
expect 0 'mails to 140 people' invite people.csv all.db
check '140 are sent' says 'mails sent: 140 of 140'
check 'there is no progress in a file' says_not "$(printf '\r')"
links people.csv all.db links.csv
check '140 mails' same "$(count all)" 140
check 'each mail is as it should be' read_mails check links.csv invitation all
expect 0 'the same again' invite people.csv all.db
check 'nobody is mailed again' same "$(count all)" 140
check 'and it says so' says 'mails sent: 0 of 0'
{ cat people.csv; echo 'Late Sample,late@example.org,en,manager'; } >more.csv
expect 0 'one more person' invite more.csv all.db
check 'who alone is mailed' same "$(read_mails to all | tail -n 1) $(count all)" 'late@example.org 141'
survey revoke form.yaml --email late@example.org --store all.db >log 2>&1

# --- reminders ---

sqlite3 all.db "UPDATE invitation SET used = 1 WHERE email IN
    (SELECT email FROM invitation WHERE email <> 'late@example.org' ORDER BY email LIMIT 60)"
sqlite3 all.db "SELECT email FROM invitation WHERE NOT used AND NOT revoked ORDER BY email" | sort >silent
names_nobody() { ! grep -E '@|Exemple|Sample|person|Anaïs|/r/' log; }
end_server
serve reminders
expect 0 'a reminder' remind all.db
check 'it says about how many' says 'mails sent: at least 80 of at least 80'
check 'it names nobody' names_nobody
check 'those who have not answered are reminded' same "$(to reminders)" "$(cat silent)"
grep -E "^name,|$(sed 's/\./\\./g' silent | tr '\n' '|' | sed 's/|$//')" links.csv >silent.csv
check 'each reminder is as it should be' read_mails check silent.csv reminder reminders
expect 1 'a second reminder on the same day' remind all.db
check 'is refused, with what to do' says '--new sends another'
expect 0 'another reminder' remind all.db --new
check 'reaches them once more' same "$(to reminders | uniq -c | awk '{ print $1 }' | sort -u)" 2
expect 2 'a file of those who have not answered' survey remind form.yaml --store all.db -o file.csv --public-url $url
check 'is refused with the reason' says 'would tell who has'
check 'and not written' [ ! -e file.csv ]
expect 2 'that, beside mails' remind all.db --letters file.pdf
expect 2 'a reminder without a way' survey remind form.yaml --store all.db
expect 0 'a file of everybody' survey remind form.yaml --store all.db -o file.csv --public-url $url --everyone
check 'has everybody' same "$(sort file.csv)" "$(sort links.csv)"
end_server

# A reminder that is broken off goes on; refused addresses are only counted.
serve wave --die 31
expect 1 'a reminder whose server dies' remind all.db --new
check 'counts what is uncertain' says 'uncertain: fewer than 5'
check 'and what is left' says 'left: at least 45'
check 'and names nobody' names_nobody
wait $server 2>/dev/null
serve wave
# Whose mail was on its way is not mailed again; that makes the status 1.
expect 1 'and goes on' remind all.db
check 'which it says' says 'continuing the reminder'
check 'nobody is reminded twice' once wave
check 'nobody else is missing' same "$(count wave)" 79
check 'nobody who has answered is reminded' same "$(to wave | comm -23 - silent)" ''
expect 0 'the next reminder' remind all.db --new
check 'reaches all again' same "$(count wave)" 159
end_server

# --- refused, put off ---

cat >hard.csv <<'END'
name,email,language,role
Gone Sample,gone.sample@example.org,en,member
Later Sample,later.sample@example.org,en,member
Full Sample,full.sample@example.org,en,member
Good Sample,good.sample@example.org,en,member
No Address,,en,member
END
serve hard
expect 1 'refused addresses' invite hard.csv hard.db
check 'the others get theirs' same "$(to hard)" good.sample@example.org
check 'the count' says 'mails sent: 1 of 4'
check 'who is refused, and why' says '  gone.sample@example.org: 550 5.1.1 <gone.sample@example.org>: nobody of that name here'
check 'also behind the text' says '  full.sample@example.org: 552 5.2.2 the mailbox is full'
check 'who is put off' says '  later.sample@example.org: 451 4.7.1'
check 'and what to do' says 'in some minutes'
check 'who has no address' says 'without an e-mail address: 1'
expect 1 'again' invite hard.csv hard.db
check 'they are tried again' says 'mails sent: 0 of 3'
expect 1 'a reminder to them' remind hard.db
check 'does not tell that known bad addresses are refused' [ "$(grep -c refused log)" = 0 ]
check 'and names none of them' names_nobody
expect 1 'it stays under way for those put off' remind hard.db
check 'the others are not reminded again' same "$(to hard | uniq -c | awk '{ print $1 }')" 2
expect 1 'unless another is asked for' remind hard.db --new
check 'by --new' same "$(to hard | uniq -c | awk '{ print $1 }')" 3
end_server
serve few --mails 5
expect 0 'a server that takes few mails at a time' invite few.csv few.db
check 'gets them all' same "$(to few | uniq | wc -l) $(count few)" '12 12'
end_server

# --- broken off ---

serve taken --take 3
expect 1 'a connection that breaks when the mail was taken' invite few.csv taken.db
check 'leaves one uncertain' says 'uncertain: 1'
check 'who is named' says '  person.2@example.org'
check 'with what to do' says '--again-uncertain'
check 'everybody has the mail' same "$(count taken)" 12
expect 1 'again' invite few.csv taken.db
check 'nobody has two' once taken
survey revoke form.yaml --store taken.db --email person.2@example.org --replace --public-url $url >record 2>/dev/null
expect 0 'another link for the one' invite few.csv taken.db
check 'is mailed' same "$(read_mails to taken | tail -n 1) $(count taken)" 'person.2@example.org 13'
read_mails text taken/00013.eml >log
check 'and is the one that was printed' says "$(tail -n 1 record | grep -o 'https://[^,]*')"
end_server
serve dropped --drop 3
expect 1 'a connection that breaks before' invite few.csv dropped.db
check 'one has no mail' same "$(count dropped)" 11
expect 1 'again' invite few.csv dropped.db
check 'is still uncertain' says '  person.2@example.org'
expect 0 'is mailed when asked for' invite few.csv dropped.db --again-uncertain
check 'and only that one' same "$(to dropped | uniq | wc -l) $(count dropped)" '12 12'
end_server
serve dead --die 50
expect 1 'a server that dies' invite people.csv dead.db
check 'after 49' says 'mails sent: 49 of 140'
check 'the rest is left' says 'left: 90'
check 'the reason' says 'survey: the mailing was broken off: Failed to connect'
wait $server 2>/dev/null
serve dead
expect 1 'and comes back' invite people.csv dead.db
check 'everybody but one has a mail' same "$(count dead)" 139
check 'nobody has two' once dead
links people.csv dead.db dead.csv
lost=$(comm -13 <(to dead) <(tail -n +2 dead.csv | grep -o 'person\.[0-9]*@example.org' | sort))
check 'the one is the one named' says "  $lost"
end_server

# killed SIGNAL: mails in the background, ended by the signal after a few mails more.
killed() {
    before=$(count killed)
    "$BIN/survey" invite form.yaml people.csv --store killed.db --public-url $url --from "$sender" \
        --smtp "smtp://127.0.0.1:$port" >log 2>&1 &
    program=$!
    for _ in $(seq 400); do
        [ "$(find killed -name '*.eml' | wc -l)" -lt $((before + 6 + RANDOM % 12)) ] || break
        kill -0 $program 2>/dev/null || break
    done
    kill -"$1" $program 2>/dev/null
    wait $program 2>/dev/null
}
serve killed
for _ in 1 2 3 4 5 6 7; do killed 9; done
check 'killed programs have mailed some' [ "$(count killed)" -ge 40 ]
check 'nobody twice' once killed
killed TERM
check 'a program that is told to stop does so between two mails' says 'stopped; left:'
check 'and says how to go on' says 'run the same command again to go on'
invite people.csv killed.db >log 2>&1
check 'nobody twice to the end' once killed
links people.csv killed.db killed.csv
comm -13 <(to killed) <(tail -n +2 killed.csv | grep -o 'person\.[0-9]*@example.org' | sort) >missing
grep -o '^  person\.[0-9]*@example.org' log | tr -d ' ' | sort >named
check 'nobody is missing but who is named as uncertain' same "$(comm -23 missing named)" ''
check 'at most one of each kill is uncertain' [ "$(wc -l <named)" -le 7 ]
expect 0 'they are mailed when asked for' invite people.csv killed.db --again-uncertain
check 'then everybody has a mail' same "$(to killed | uniq | wc -l)" 140
# While another program has the campaign's key locked, as one that sends mails has.
expect 1 'two at once' flock killed.db.key "$BIN/survey" invite form.yaml people.csv --store killed.db \
    --public-url $url --from "$sender" --smtp "smtp://127.0.0.1:$port"
check 'the second is refused' says 'another survey command is sending mails'
end_server
serve shown
script -qec "$BIN/survey invite form.yaml few.csv --store shown.db --public-url $url --from a@example.org \
    --smtp smtp://127.0.0.1:$port" /dev/null >log 2>&1 </dev/null
check 'a terminal shows progress' says '7 of 12'
end_server

# --- TLS, passwords ---

certificate() {
    openssl req -x509 -newkey rsa:2048 -nodes -keyout "$1.key" -out "$1.pem" -days 2 -subj "/CN=Test $1" \
        -addext 'subjectAltName=IP:0.0.0.0,IP:127.0.0.1' 2>/dev/null
}
certificate good
certificate other
printf 'campaign\nA-Secret-Word\n' >credentials
printf 'campaign\nAnother-Word\n' >wrong
chmod 600 credentials wrong

# far STORE [OPTION…]: through an address that is not known to be this machine's.
far() {
    store=$1
    shift
    survey invite form.yaml few.csv --store "$store" --public-url $url --from "$sender" \
        --smtp "${scheme:-smtp}://0.0.0.0:$port" "$@"
}
serve bare --address 0.0.0.0
expect 1 'a server without TLS' far bare.db
check 'is refused' says 'offers no TLS'
check 'before any mail' same "$(count bare)" 0
expect 0 'but where it is allowed' far bare.db --smtp-plain
check 'all are sent' same "$(count bare)" 12
end_server
serve tls --address 0.0.0.0 --tls good.pem good.key --login campaign A-Secret-Word
expect 1 'a certificate nobody knows' far tls.db --credentials credentials
check 'is refused' says 'certificate'
expect 1 "another's certificate" env SSL_CERT_FILE=other.pem "$BIN/survey" invite form.yaml few.csv --store tls.db \
    --public-url $url --from "$sender" --smtp "smtp://0.0.0.0:$port" --credentials credentials
export SSL_CERT_FILE=$temporary/good.pem
expect 1 'a wrong password' far tls.db --credentials wrong
check 'is refused' says 'does not take this user and password'
check 'and not shown' says_not Another-Word
expect 1 'no password' far tls.db
check 'is refused, too' says '530'
expect 1 'half of one' env SMTP_USER=campaign "$BIN/survey" invite form.yaml few.csv --store tls.db \
    --public-url $url --from "$sender" --smtp "smtp://0.0.0.0:$port"
check 'none of them sent a mail' same "$(count tls)" 0
chmod 644 credentials
expect 1 'a password for all to read' far tls.db --credentials credentials
check 'with what to do' says 'chmod 600'
chmod 600 credentials
expect 0 'the right password' far tls.db --credentials credentials
check 'all are sent' same "$(to tls | uniq | wc -l) $(count tls)" '12 12'
rm tls.db*
expect 0 'from the environment' env SMTP_USER=campaign SMTP_PASSWORD=A-Secret-Word "$BIN/survey" invite form.yaml \
    few.csv --store tls.db --public-url $url --from "$sender" --smtp "smtp://0.0.0.0:$port"
end_server
serve implicit --tls good.pem good.key --implicit
scheme=smtps
expect 0 'TLS from the first byte' far implicit.db
check 'all are sent' same "$(count implicit)" 12
unset SSL_CERT_FILE
rm implicit.db*
expect 1 'with a certificate nobody knows' far implicit.db --smtp-plain
check 'is refused in any case' same "$(count implicit)" 12
scheme=smtp
end_server

# --- what is wrong before anything is done ---

port=1
cat >bad.md <<'END'
# For {{title}}

Dear {{nmae}}, see ![us](us.png) and <b>this</b>.
END
expect 1 'a text with mistakes' invite few.csv bad.db --text bad.md
check 'an unknown hole' says 'bad.md:3:8: error: unknown hole "nmae"; did you mean "name"?'
check 'a picture' says 'bad.md:3:20: error: a picture'
check 'HTML' says 'bad.md:3:38: error: HTML'
printf '# Come\n\nPlease.\n' >nothing.md
expect 1 'a text without link' invite few.csv bad.db --text nothing.md
check 'invites nobody' says 'nothing.md: error: the text has neither {{link}} nor {{code}}'
expect 1 'a language that is not there' invite few.csv bad.db --text nothing.de.md
printf '# Come\n\n{{link}}\n' >one.md
cp one.md two.md
expect 1 'two texts for one language' invite few.csv bad.db --text one.md --text two.md
check 'with the second' says 'two.md is the second --text for the language fr'
check 'and no store is made' [ ! -e bad.db ]
plain() { survey invite form.yaml few.csv --store bad.db "$@"; }
expect 2 'mails without a sender' plain --smtp smtp://127.0.0.1:1 --public-url $url
expect 2 'mails without an address' plain --smtp smtp://127.0.0.1:1 --from a@example.org
expect 2 'a sender without mails' plain --from a@example.org
expect 2 'a text without use' plain --text one.md
expect 2 'an address that is none' plain --public-url survey.example.org
for wrong in 'http://127.0.0.1/' 127.0.0.1:25 smtp:// 'smtp://me:A-Secret-Word@127.0.0.1/'; do
    expect 1 "$wrong" plain --smtp "$wrong" --from a@example.org --public-url $url
    check "$wrong: a password is not shown" says_not A-Secret-Word
done
for wrong in nobody 'a@b, c@d' 'A <a@example.org' "$(printf 'a@example.org\nBcc: b@example.org')" 'é@example.org' \
    'a@exämple.org' ; do
    expect 1 "the sender $wrong" plain --smtp smtp://127.0.0.1:1 --from "$wrong" --public-url $url
done
check 'still no store' [ ! -e bad.db ]

expect 1 'a reminder where nobody was invited' survey remind form.yaml --store bad.db --everyone -o x.csv
survey invite form.yaml few.csv --store bad.db >log 2>&1
survey close form.yaml --store bad.db >log 2>&1
expect 1 'a reminder after the close' survey remind form.yaml --store bad.db --everyone -o x.csv
check 'is refused with the reason' says 'the collection is closed'

# --- own texts ---

cat >own.md <<'END'
# {{title}} – {{name|you}}

Hi {{name|there}}: [answer]({{link}})

Until {{closes}}.
END
cat >own.fr.md <<'END'
# Pour {{name|vous}}

Le lien : <{{link}}>
END
serve own
expect 0 'own texts' invite few.csv own.db --text own.md --text own.fr.md
read_mails text own/00001.eml >log
check 'the French one' says 'Pour Anaïs Exemple 0'
check 'with the link' grep -qE '<https://survey.example.org/dip/r/[0-9a-z]{26}>' log
read_mails text own/00002.eml >log
check 'the other one' says 'Hi Noël d’Exemple-Fictif 1: answer'
check 'its link' grep -qE '<https://survey.example.org/dip/r/[0-9a-z]{26}>' log
read_mails text own/00008.eml >log
check 'for who has no name' says 'Hi there: answer'
end_server

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]

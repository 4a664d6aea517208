#!/bin/bash
# Mails through a real SMTP server: everybody gets one, in their language, with their link; what the server refuses,
# puts off, breaks off; programs killed at any moment; TLS and passwords; reminders that name nobody.
. "$(dirname "$0")/common/case.sh"
. "$here/common/mail.sh"
to() { read_mails to "$@" | sort; }
mails() { read_mails to "$@" | wc -l; }
once() { same "$(to "$@" | uniq -d)" ''; }

sender='Mission Évaluation <evaluation@example.org>'
url=https://survey.example.org/dip

# invite ROSTER STORE [OPTION…] and remind STORE [OPTION…]: by the server that runs.
invite() {
    roster=$1 store=$2
    shift 2
    survey invite form.yaml "$roster" --store "$store" --public-url $url --smtp "smtp://127.0.0.1:$mail_port" \
        --from "$sender" "$@"
}
remind() {
    store=$1
    shift
    survey remind form.yaml --store "$store" --public-url $url --smtp "smtp://127.0.0.1:$mail_port" --from "$sender" "$@"
}
links() { survey invite form.yaml "$1" --store "$2" --public-url $url -o "$3" 2>/dev/null; }

sed '/^languages:/a closes: 2099-12-31' "$root/questionnaires/dip-2013.yaml" >form.yaml
"$python" "$here/mail/roster.py" 140 >people.csv
"$python" "$here/mail/roster.py" 12 >few.csv

# --- everybody has one mail ---

serve_mail all
check 'mails to 140 people' ends 0 invite people.csv all.db
check '140 are sent' says 'mails sent: 140 of 140'
check 'there is no progress in a file' lacks "$(printf '\r')" said
links people.csv all.db links.csv
check '140 mails' same "$(mails all)" 140
check 'each mail is as it should be' read_mails check links.csv invitation all
check 'the same again' ends 0 invite people.csv all.db
check 'nobody is mailed again' same "$(mails all)" 140
check 'and it says so' says 'mails sent: 0 of 0'
{ cat people.csv; echo 'Late Sample,late@example.org,en,manager'; } >more.csv
check 'one more person' ends 0 invite more.csv all.db
check 'who alone is mailed' same "$(read_mails to all | tail -n 1) $(mails all)" 'late@example.org 141'
survey revoke form.yaml --email late@example.org --store all.db >said 2>&1

# --- reminders ---

sqlite3 all.db "UPDATE invitation SET used = 1 WHERE email IN
    (SELECT email FROM invitation WHERE email <> 'late@example.org' ORDER BY email LIMIT 60)"
sqlite3 all.db "SELECT email FROM invitation WHERE NOT used AND NOT revoked ORDER BY email" | sort >silent
names_nobody() { ! grep -E '@|Exemple|Sample|person|Anaïs|/r/' said; }
end_mail
serve_mail reminders
check 'a reminder' ends 0 remind all.db
check 'it says about how many' says 'mails sent: at least 80 of at least 80'
check 'it names nobody' names_nobody
check 'those who have not answered are reminded' same "$(to reminders)" "$(cat silent)"
grep -E "^name,|$(sed 's/\./\\./g' silent | tr '\n' '|' | sed 's/|$//')" links.csv >silent.csv
check 'each reminder is as it should be' read_mails check silent.csv reminder reminders
check 'a second reminder on the same day' ends 1 remind all.db
check 'is refused, with what to do' says '--new sends another'
check 'another reminder' ends 0 remind all.db --new
check 'reaches them once more' same "$(to reminders | uniq -c | awk '{ print $1 }' | sort -u)" 2
check 'a file of those who have not answered' ends 2 survey remind form.yaml --store all.db -o file.csv --public-url $url
check 'is refused with the reason' says 'would tell who has'
check 'and not written' [ ! -e file.csv ]
check 'that, beside mails' ends 2 remind all.db --letters file.pdf
check 'a reminder without a way' ends 2 survey remind form.yaml --store all.db
check 'a file of everybody' ends 0 survey remind form.yaml --store all.db -o file.csv --public-url $url --everyone
check 'has everybody' same "$(sort file.csv)" "$(sort links.csv)"
end_mail

# A reminder that is broken off goes on; refused addresses are only counted.
serve_mail wave --die 31
check 'a reminder whose server dies' ends 1 remind all.db --new
check 'counts what is uncertain' says 'uncertain: fewer than 5'
check 'and what is left' says 'left: at least 45'
check 'and names nobody' names_nobody
wait "$mail_server" 2>/dev/null
serve_mail wave
# Whose mail was on its way is not mailed again; that makes the status 1.
check 'and goes on' ends 1 remind all.db
check 'which it says' says 'continuing the reminder'
check 'nobody is reminded twice' once wave
check 'nobody else is missing' same "$(mails wave)" 79
check 'nobody who has answered is reminded' same "$(to wave | comm -23 - silent)" ''
check 'the next reminder' ends 0 remind all.db --new
check 'reaches all again' same "$(mails wave)" 159
end_mail

# --- refused, put off ---

cat >hard.csv <<'END'
name,email,language,role
Gone Sample,gone.sample@example.org,en,member
Later Sample,later.sample@example.org,en,member
Full Sample,full.sample@example.org,en,member
Good Sample,good.sample@example.org,en,member
No Address,,en,member
END
serve_mail hard
check 'refused addresses' ends 1 invite hard.csv hard.db
check 'the others get theirs' same "$(to hard)" good.sample@example.org
check 'the count' says 'mails sent: 1 of 4'
check 'who is refused, and why' says '  gone.sample@example.org: 550 5.1.1 <gone.sample@example.org>: nobody of that name here'
check 'also behind the text' says '  full.sample@example.org: 552 5.2.2 the mailbox is full'
check 'who is put off' says '  later.sample@example.org: 451 4.7.1'
check 'and what to do' says 'in some minutes'
check 'who has no address' says 'without an e-mail address: 1'
check 'again' ends 1 invite hard.csv hard.db
check 'they are tried again' says 'mails sent: 0 of 3'
check 'a reminder to them' ends 1 remind hard.db
check 'does not tell that known bad addresses are refused' lacks refused said
check 'and names none of them' names_nobody
check 'it stays under way for those put off' ends 1 remind hard.db
check 'the others are not reminded again' same "$(to hard | uniq -c | awk '{ print $1 }')" 2
check 'unless another is asked for' ends 1 remind hard.db --new
check 'by --new' same "$(to hard | uniq -c | awk '{ print $1 }')" 3
end_mail
serve_mail few --mails 5
check 'a server that takes few mails at a time' ends 0 invite few.csv few.db
check 'gets them all' same "$(to few | uniq | wc -l) $(mails few)" '12 12'
end_mail

# --- broken off ---

serve_mail taken --take 3
check 'a connection that breaks when the mail was taken' ends 1 invite few.csv taken.db
check 'leaves one uncertain' says 'uncertain: 1'
check 'who is named' says '  person.2@example.org'
check 'with what to do' says '--again-uncertain'
check 'everybody has the mail' same "$(mails taken)" 12
check 'again' ends 1 invite few.csv taken.db
check 'nobody has two' once taken
survey revoke form.yaml --store taken.db --email person.2@example.org --replace --public-url $url >record 2>/dev/null
check 'another link for the one' ends 0 invite few.csv taken.db
check 'is mailed' same "$(read_mails to taken | tail -n 1) $(mails taken)" 'person.2@example.org 13'
read_mails text taken/00013.eml >said
check 'and is the one that was printed' says "$(tail -n 1 record | grep -o 'https://[^,]*')"
end_mail
serve_mail dropped --drop 3
check 'a connection that breaks before' ends 1 invite few.csv dropped.db
check 'one has no mail' same "$(mails dropped)" 11
check 'again' ends 1 invite few.csv dropped.db
check 'is still uncertain' says '  person.2@example.org'
check 'is mailed when asked for' ends 0 invite few.csv dropped.db --again-uncertain
check 'and only that one' same "$(to dropped | uniq | wc -l) $(mails dropped)" '12 12'
end_mail
serve_mail dead --die 50
check 'a server that dies' ends 1 invite people.csv dead.db
check 'after 49' says 'mails sent: 49 of 140'
check 'the rest is left' says 'left: 90'
check 'the reason' says 'survey: the mailing was broken off: Failed to connect'
wait "$mail_server" 2>/dev/null
serve_mail dead
check 'and comes back' ends 1 invite people.csv dead.db
check 'everybody but one has a mail' same "$(mails dead)" 139
check 'nobody has two' once dead
links people.csv dead.db dead.csv
lost=$(comm -13 <(to dead) <(tail -n +2 dead.csv | grep -o 'person\.[0-9]*@example.org' | sort))
check 'the one is the one named' says "  $lost"
end_mail

# killed SIGNAL: mails in the background, ended by the signal after a few mails more.
killed() {
    before=$(mails killed)
    "$BIN/survey" invite form.yaml people.csv --store killed.db --public-url $url --from "$sender" \
        --smtp "smtp://127.0.0.1:$mail_port" >said 2>&1 &
    program=$!
    for _ in $(seq 400); do
        [ "$(find killed -name '*.eml' | wc -l)" -lt $((before + 6 + RANDOM % 12)) ] || break
        kill -0 $program 2>/dev/null || break
    done
    kill -"$1" $program 2>/dev/null
    wait $program 2>/dev/null
}
serve_mail killed
for _ in 1 2 3 4 5 6 7; do killed 9; done
check 'killed programs have mailed some' [ "$(mails killed)" -ge 40 ]
check 'nobody twice' once killed
killed TERM
check 'a program that is told to stop does so between two mails' says 'stopped; left:'
check 'and says how to go on' says 'run the same command again to go on'
invite people.csv killed.db >said 2>&1
check 'nobody twice to the end' once killed
links people.csv killed.db killed.csv
comm -13 <(to killed) <(tail -n +2 killed.csv | grep -o 'person\.[0-9]*@example.org' | sort) >missing
grep -o '^  person\.[0-9]*@example.org' said | tr -d ' ' | sort >named
check 'nobody is missing but who is named as uncertain' same "$(comm -23 missing named)" ''
check 'at most one of each kill is uncertain' [ "$(wc -l <named)" -le 7 ]
check 'they are mailed when asked for' ends 0 invite people.csv killed.db --again-uncertain
check 'then everybody has a mail' same "$(to killed | uniq | wc -l)" 140
# While another program has the campaign's key locked, as one that sends mails has.
check 'two at once' ends 1 flock killed.db.key "$BIN/survey" invite form.yaml people.csv --store killed.db \
    --public-url $url --from "$sender" --smtp "smtp://127.0.0.1:$mail_port"
check 'the second is refused' says 'another survey command is sending mails'
end_mail
serve_mail shown
script -qec "$BIN/survey invite form.yaml few.csv --store shown.db --public-url $url --from a@example.org \
    --smtp smtp://127.0.0.1:$mail_port" /dev/null >said 2>&1 </dev/null
check 'a terminal shows progress' says '7 of 12'
end_mail

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
        --smtp "${scheme:-smtp}://0.0.0.0:$mail_port" "$@"
}
serve_mail bare --address 0.0.0.0
check 'a server without TLS' ends 1 far bare.db
check 'is refused' says 'offers no TLS'
check 'before any mail' same "$(mails bare)" 0
check 'but where it is allowed' ends 0 far bare.db --smtp-plain
check 'all are sent' same "$(mails bare)" 12
end_mail
serve_mail tls --address 0.0.0.0 --tls good.pem good.key --login campaign A-Secret-Word
check 'a certificate nobody knows' ends 1 far tls.db --credentials credentials
check 'is refused' says 'certificate'
check "another's certificate" ends 1 env SSL_CERT_FILE=other.pem "$BIN/survey" invite form.yaml few.csv --store tls.db \
    --public-url $url --from "$sender" --smtp "smtp://0.0.0.0:$mail_port" --credentials credentials
export SSL_CERT_FILE=$temporary/good.pem
check 'a wrong password' ends 1 far tls.db --credentials wrong
check 'is refused' says 'does not take this user and password'
check 'and not shown' lacks Another-Word said
check 'no password' ends 1 far tls.db
check 'is refused, too' says '530'
check 'half of one' ends 1 env SMTP_USER=campaign "$BIN/survey" invite form.yaml few.csv --store tls.db \
    --public-url $url --from "$sender" --smtp "smtp://0.0.0.0:$mail_port"
check 'none of them sent a mail' same "$(mails tls)" 0
chmod 644 credentials
check 'a password for all to read' ends 1 far tls.db --credentials credentials
check 'with what to do' says 'chmod 600'
chmod 600 credentials
check 'the right password' ends 0 far tls.db --credentials credentials
check 'all are sent' same "$(to tls | uniq | wc -l) $(mails tls)" '12 12'
rm tls.db*
check 'from the environment' ends 0 env SMTP_USER=campaign SMTP_PASSWORD=A-Secret-Word "$BIN/survey" invite form.yaml \
    few.csv --store tls.db --public-url $url --from "$sender" --smtp "smtp://0.0.0.0:$mail_port"
end_mail
serve_mail implicit --tls good.pem good.key --implicit
scheme=smtps
check 'TLS from the first byte' ends 0 far implicit.db
check 'all are sent' same "$(mails implicit)" 12
unset SSL_CERT_FILE
rm implicit.db*
check 'with a certificate nobody knows' ends 1 far implicit.db --smtp-plain
check 'is refused in any case' same "$(mails implicit)" 12
scheme=smtp
end_mail

# --- what is wrong before anything is done ---

mail_port=1
cat >bad.md <<'END'
# For {{title}}

Dear {{nmae}}, see ![us](us.png) and <b>this</b>.
END
check 'a text with mistakes' ends 1 invite few.csv bad.db --text bad.md
check 'an unknown hole' says 'bad.md:3:8: error: unknown hole "nmae"; did you mean "name"?'
check 'a picture' says 'bad.md:3:20: error: a picture'
check 'HTML' says 'bad.md:3:38: error: HTML'
printf '# Come\n\nPlease.\n' >nothing.md
check 'a text without link' ends 1 invite few.csv bad.db --text nothing.md
check 'invites nobody' says 'nothing.md: error: the text has neither {{link}} nor {{code}}'
check 'a language that is not there' ends 1 invite few.csv bad.db --text nothing.de.md
printf '# Come\n\n{{link}}\n' >one.md
cp one.md two.md
check 'two texts for one language' ends 1 invite few.csv bad.db --text one.md --text two.md
check 'with the second' says 'two.md is the second --text for the language fr'
check 'and no store is made' [ ! -e bad.db ]
plain() { survey invite form.yaml few.csv --store bad.db "$@"; }
check 'mails without a sender' ends 2 plain --smtp smtp://127.0.0.1:1 --public-url $url
check 'mails without an address' ends 2 plain --smtp smtp://127.0.0.1:1 --from a@example.org
check 'a sender without mails' ends 2 plain --from a@example.org
check 'a text without use' ends 2 plain --text one.md
check 'an address that is none' ends 2 plain --public-url survey.example.org
for wrong in 'http://127.0.0.1/' 127.0.0.1:25 smtp:// 'smtp://me:A-Secret-Word@127.0.0.1/'; do
    check "$wrong" ends 1 plain --smtp "$wrong" --from a@example.org --public-url $url
    check "$wrong: a password is not shown" lacks A-Secret-Word said
done
for wrong in nobody 'a@b, c@d' 'A <a@example.org' "$(printf 'a@example.org\nBcc: b@example.org')" 'é@example.org' \
    'a@exämple.org' ; do
    check "the sender $wrong" ends 1 plain --smtp smtp://127.0.0.1:1 --from "$wrong" --public-url $url
done
check 'still no store' [ ! -e bad.db ]

check 'a reminder where nobody was invited' ends 1 survey remind form.yaml --store bad.db --everyone -o x.csv
survey invite form.yaml few.csv --store bad.db >said 2>&1
survey close form.yaml --store bad.db >said 2>&1
check 'a reminder after the close' ends 1 survey remind form.yaml --store bad.db --everyone -o x.csv
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
serve_mail own
check 'own texts' ends 0 invite few.csv own.db --text own.md --text own.fr.md
read_mails text own/00001.eml >said
check 'the French one' says 'Pour Anaïs Exemple 0'
check 'with the link' grep -qE '<https://survey.example.org/dip/r/[0-9a-z]{26}>' said
read_mails text own/00002.eml >said
check 'the other one' says 'Hi Noël d’Exemple-Fictif 1: answer'
check 'its link' grep -qE '<https://survey.example.org/dip/r/[0-9a-z]{26}>' said
read_mails text own/00008.eml >said
check 'for who has no name' says 'Hi there: answer'
end_mail

finish

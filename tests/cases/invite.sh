#!/bin/bash
# survey invite and survey revoke on every roster under invite/, compared with the complete text they should
# print and the files they should leave: standard error, then standard output, the exit status, the folder of the
# store. Then what happens over several runs: people added, changed, revoked, replaced; keys lost; other programs.
# All people are made up.
. "$(dirname "$0")/common/case.sh"
. "$here/common/server.sh"
cp "$files/form.yaml" .

# Links and codes are random: their shape is what can be compared. The folder is another one each time.
mask() {
    sed -E -e "s,$(pwd -P)/,," -e 's,/r/[0-9a-hjkmnp-tv-z]{26}\b,/r/TOKEN,g' -e 's/\b([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}\b/CODE/g'
}

# leaves FOLDER: what is in it, with the modes.
leaves() { (cd "$1" 2>/dev/null && stat -c '%a %n' * 2>/dev/null) || echo 'no store'; }

invite() { run survey invite form.yaml "$@" --public-url https://survey.example.org/town; }
revoke() { run survey revoke form.yaml "$@"; }

# roster NAME FILE: invited into a store of its own.
roster() {
    rm -rf store
    invite "$2" --store store/answers.db
    leaves store >>said
    compare said "$1.expected"
}

# --- one roster each ---

for file in "$here"/invite/*.csv; do
    name=$(basename "$file" .csv)
    cp "$file" "$name.csv"
    roster "$name" "$name.csv"
done

roster made-missing missing.csv
mkdir folder.csv
roster made-folder folder.csv
{ echo name; head -c 16777216 /dev/zero | tr '\0' 'a'; } >large.csv
roster made-large large.csv
ln -s /dev/zero device.csv
roster made-device device.csv
{ echo name,email; for i in $(seq 150); do echo "Person $i,wrong-$i"; done; } >many.csv
roster made-many many.csv
{ echo name,role; for i in $(seq 20); do echo "Person $i,$([ "$i" -gt 12 ] && echo manager || echo member)"; done; } >twenty.csv
roster made-twenty twenty.csv
echo name >closed.csv
chmod 000 closed.csv
as_nobody roster made-unreadable closed.csv
check 'the whole file is looked at' same "$(grep -c 'is no address' "$files/made-many.expected")" 100

# --- options ---

run survey invite form.yaml good.csv --store none/a.db --public-url example.org
compare said options-url.expected
run survey invite form.yaml good.csv --store none/a.db --from survey@example.org
compare said options-from.expected
run survey invite form.yaml
compare said options-roster.expected
run survey invite good.csv form.yaml --store none/a.db
compare said options-swapped.expected
run survey revoke form.yaml --store none/a.db
compare said options-whose.expected
run survey revoke form.yaml --store none/a.db --email '' --replace
compare said options-whose.expected
run survey revoke form.yaml --store none/a.db --email ana@town.example --letters a.pdf
compare said options-replace.expected
run survey revoke form.yaml --store none/a.db --email ana@town.example
compare said options-no-store.expected
check 'wrong usage makes no store' [ ! -e none ]

# --- adding people, running it again ---

# cell FILE PERSON COLUMN, of a mail-merge file.
cell() { sqlite3 -cmd '.mode csv' -cmd ".import '$1' people" :memory: "SELECT $3 FROM people WHERE name = '$2'" | tr -d '"'; }

invite good.csv --store a.db
cp output first.csv
check 'what is printed is the mail-merge file' same "$(head -n 1 first.csv)" name,email,language,role,service,link,code
check 'every link differs' same "$(mask <first.csv | grep -c '/r/TOKEN,CODE$') $(cut -d/ -f6 first.csv | sort -u | wc -l)" '5 6'
check 'the key is its owner'\''s' same "$(stat -c %a a.db.key)" 600
invite good.csv --store a.db
cp said again
compare said again.expected
check 'running it again gives the same links' cmp output first.csv
{ cat good.csv; echo 'Fay Sample,fay@town.example,en,member,south'; } >more.csv
invite more.csv --store a.db
compare said one-more.expected
check 'those before keep their links' same "$(head -n 6 output)" "$(cat first.csv)"
{ head -n 1 good.csv; echo 'Gil Sample,gil@town.example,en,member,south'; } >only-new.csv
invite only-new.csv --store a.db
compare said only-new.expected
sed 's/ana@town/ANA@Town/; s/Ben Sample/Benjamin Sample/; s/Exemple,,fr/Exemple,,en/' good.csv >corrected.csv
invite corrected.csv --store a.db
compare said corrected.expected
check 'corrected: the link stays' same "$(cell output 'Benjamin Sample' link)" "$(cell first.csv 'Ben Sample' link)"
check 'corrected: the address stays' same "$(cell output 'Ana Exemple' email)" ana@town.example
printf 'email,role,service\nBEN@town.example,member,north\n' >bare.csv
invite bare.csv --store a.db
compare said bare.expected
printf 'service,role,email\nnorth,member,ana@town.example\n' >swapped.csv
invite swapped.csv --store a.db
compare said columns-swapped.expected

# --- who has changed ---

people() { query "$1" 'SELECT * FROM invitation'; }
people a.db >before
cat >changed.csv <<'END'
name,email,role,service
Ana Exemple,ana@town.example,manager,north
Benjamin Sample,ben@town.example,,
Chloé d'Exemple,,manager,south
,dora@town.example,member,north
New Person,new@town.example,member,north
END
invite changed.csv --store a.db
compare said changed-role.expected
check 'changed: nothing is written' same "$(people a.db)" "$(cat before)"
cat >namesakes.csv <<'END'
name,email,role,service
Ana Exemple,ana.exemple@town.example,member,north
Chloé d'Exemple,chloe@town.example,manager,south
Fay Sample,,member,south
Gil Sample,gil@elsewhere.example,member,south
Gil Sample,gil@town.example,member,south
END
invite namesakes.csv --store a.db
compare said namesakes.expected
check 'namesakes: nothing is written' same "$(people a.db)" "$(cat before)"
sed -n '1p; 5,6p' namesakes.csv >two-gils.csv
invite two-gils.csv --store a.db
compare said two-namesakes.expected

# --- revoking and replacing ---

# Nothing that is said may depend on who has answered: each of these is done to a person who has, and to one who
# has not, in two copies of the store that differ in this only.
fresh() {
    rm -f [bc].db*
    invite good.csv --store b.db
    cp output links.csv
    cp b.db c.db
    cp b.db.key c.db.key
    sqlite3 c.db 'UPDATE invitation SET used = 1'
}
# both NAME COMMAND…: with STORE for the store.
both() {
    text=$1
    shift
    run "$@" --store b.db
    mv said said-unused
    run "$@" --store c.db
    sed -i 's/\bc\.db/b.db/g' said
    check "$text: whoever has answered" cmp said said-unused
    compare said "$text.expected"
}
fresh
both revoke survey revoke form.yaml --email ANA@town.example
both revoke-again survey revoke form.yaml --email ana@town.example
both revoke-status survey status form.yaml
both revoke-nearest survey revoke form.yaml --email bem@town.example
both revoke-nobody survey revoke form.yaml --name 'Zoltan Nobody'
both revoke-nearest-name survey revoke form.yaml --name 'Ben Sampel'
both revoke-other-name survey revoke form.yaml --name 'Ana Exemple' --email ben@town.example
both replace survey revoke form.yaml --name 'Ben Sample' --replace --public-url https://survey.example.org/town
cp output replaced.csv
check 'replaced: another link' [ "$(cell replaced.csv 'Ben Sample' link)" != "$(cell links.csv 'Ben Sample' link)" ]
check 'replaced: another code' [ "$(cell replaced.csv 'Ben Sample' code)" != "$(cell links.csv 'Ben Sample' code)" ]
both replace-default-url survey revoke form.yaml --email dora@town.example --replace
both replace-to-file survey revoke form.yaml --email dora@town.example --replace -o dora.csv \
    --public-url https://survey.example.org/town
check 'replaced: the file is its owner'\''s' same "$(stat -c %a dora.csv)" 600
both revoked-invited-again survey invite form.yaml good.csv --public-url https://survey.example.org/town
check 'the new link of who was revoked' [ "$(cell output 'Ana Exemple' link)" != "$(cell links.csv 'Ana Exemple' link)" ]
check 'the replaced link stays' same "$(cell output 'Ben Sample' link)" "$(cell replaced.csv 'Ben Sample' link)"
check 'one row for each person' same "$(query c.db 'SELECT count(*), sum(used), sum(revoked) FROM invitation')" '5|5|0'
both revoke-once-more survey revoke form.yaml --email ana@town.example
sed 's/fr,member,north/fr,manager,south/' good.csv >promoted.csv
both promoted survey invite form.yaml promoted.csv --public-url https://survey.example.org/town
check 'promoted: nobody answers twice' same "$(query c.db "SELECT known, used FROM invitation WHERE name = 'Ana Exemple'")" \
    'role=manager service=south|1'

# Drafts: what was begun under a link goes with it.
start form.yaml --store b.db
invite promoted.csv --store b.db
for person in 'Ana Exemple' 'Ben Sample'; do
    token=$(cell output "$person" link)
    curl -s -o page -d 'response-key=1&page-shown=0&words=Ornithorynque&go-save=1' "${url}r/${token##*/r/}"
done
check 'two drafts' same "$(query b.db 'SELECT count(*) FROM draft')" 2
run survey revoke form.yaml --email ana@town.example --store b.db
check 'revoked while served' same "$status" 0
check 'revoked: the draft is gone' same "$(query b.db 'SELECT count(*) FROM draft')" 1
run survey revoke form.yaml --email ben@town.example --replace --store b.db --public-url "$url"
check 'replaced: the draft is gone' same "$(query b.db 'SELECT count(*) FROM draft')" 0
check 'the new link opens' same "$(curl -s -o page -w '%{http_code}' "$(cell output 'Ben Sample' link)")" 200
stop

# --- namesakes ---

rm -f [bc].db*
cat >namesakes.csv <<'END'
name,email
Ben Sample,
Ben Sample,ben@town.example
Ben Sample,b@town.example
END
invite namesakes.csv --store b.db
cp b.db c.db
cp b.db.key c.db.key
both revoke-ambiguous survey revoke form.yaml --name 'Ben Sample'
both revoke-one-of-three survey revoke form.yaml --name 'Ben Sample' --email b@town.example
both revoke-without-address survey revoke form.yaml --name 'Ben Sample' --email ''
check 'the right ones' same "$(query b.db 'SELECT email FROM invitation WHERE NOT revoked')" ben@town.example

# --- keys ---

mv b.db.key kept.key
invite namesakes.csv --store b.db
compare said key-gone.expected
revoke --email ben@town.example --replace --store b.db
compare said key-gone.expected
check 'no key is made' [ ! -e b.db.key ]
head -c 32 /dev/urandom >b.db.key
chmod 600 b.db.key
invite namesakes.csv --store b.db
compare said key-wrong.expected
revoke --email ben@town.example --replace --store b.db
compare said key-wrong.expected
head -c 31 kept.key >b.db.key
invite namesakes.csv --store b.db
compare said key-short.expected
: >b.db.key
revoke --email ben@town.example --replace --store b.db
check 'an empty key' [ "$status" = 1 -a ! -s b.db.key ]
rm b.db.key
mkdir b.db.key
invite namesakes.csv --store b.db
compare said key-folder.expected
rmdir b.db.key
run survey serve form.yaml --store b.db --listen 127.0.0.1:0
compare said key-gone-serve.expected
cp kept.key b.db.key
chmod 644 b.db.key
invite namesakes.csv --store b.db
compare said key-open.expected
chmod 600 b.db.key
invite namesakes.csv --store b.db
check 'the right key' same "$status" 0
check 'the key is as it was' cmp b.db.key kept.key
# The key of another survey, before anybody is invited in this one.
echo nonsense >d.db.key
chmod 600 d.db.key
invite good.csv --store d.db
compare said key-before.expected
check 'a bad key before: nobody is invited' same "$(query d.db 'SELECT count(*) FROM invitation')" 0
rm d.db.key
invite good.csv --store d.db
check 'a bad key before: taken away' same "$status $(stat -c %a d.db.key)" '0 600'

# --- files ---

cp good.csv roster.csv
invite roster.csv --store f.db -o roster.csv
compare said output-roster.expected
check 'the roster is as it was' cmp roster.csv good.csv
invite good.csv --store f.db -o form.yaml
check 'no output over the questionnaire' cmp form.yaml "$files/form.yaml"
mkdir out
invite good.csv --store f.db -o out
compare said output-folder.expected
invite good.csv --store f.db -o nowhere/links.csv
compare said output-nowhere.expected
ln -s elsewhere.csv link.csv
invite good.csv --store f.db -o link.csv
check 'no output through a link' [ "$status" = 1 -a ! -e elsewhere.csv ]
(umask 000 && survey invite form.yaml good.csv --store f.db --public-url https://survey.example.org/town -o links.csv) \
    >output 2>errors
check 'a file of links is its owner'\''s' same "$(stat -c %a links.csv)" 600
check 'and nothing goes to standard output' [ ! -s output ]
cp links.csv links-before.csv
invite good.csv --store f.db -o links.csv
check 'over an earlier one' cmp links.csv links-before.csv
check 'nothing is left beside it' same "$(echo links.csv*)" links.csv
check 'no name on standard error' same "$(grep -E 'Exemple|Sample|@|/r/' errors)" ''
run survey status form.yaml --store f.db
check 'no name in the status' same "$(grep -E 'Exemple|Sample|@|/r/' said)" ''
invite good.csv --store f.db >/dev/null
survey invite form.yaml good.csv --store f.db >/dev/full 2>errors
check 'a full disk is told' [ $? = 1 ]

# --- ends, and other programs ---

run survey revoke form.yaml --name 'Ana Exemple' --store f.db --replace --public-url https://survey.example.org/town
run survey close form.yaml --store f.db
check 'closing' same "$status" 0
invite good.csv --store f.db
compare said closed.expected
revoke --email ana@town.example --store f.db
compare said closed-revoke.expected
check 'no key is made' [ ! -e f.db.key ]

start form.yaml --store g.db
run survey revoke form.yaml --name 'Ana Exemple' --store g.db
compare said open-access-revoke.expected
invite good.csv --store g.db
compare said open-access-served.expected
stop

# Responses that came by open access stay; from now on links are needed.
invite good.csv --store g.db
check 'when nobody serves it' same "$status" 0
printf 'service,role,seniority,words\nnorth,member,,Said openly\n' >openly.csv
survey import form.yaml openly.csv --channel web --store i.db >/dev/null
invite good.csv --store i.db
check 'after open access: invited' same "$status $(query i.db 'SELECT count(*) FROM invitation')" '0 5'
check 'after open access: the response stays' same "$(query i.db 'SELECT words FROM response')" 'Said openly'
check 'after open access: no log' same "$(query i.db 'PRAGMA journal_mode') $(ls i.db*)" "delete i.db
i.db-journal
i.db.key"
run survey serve form.yaml --store i.db --access open --listen 127.0.0.1:0
compare said open-after-invited.expected

# Beside a server of links: whoever is added is let in at once, whoever is corrected stays.
start form.yaml --store i.db
run survey invite form.yaml more.csv --store i.db --public-url "$url"
check 'beside a server: six people' same "$status $(query i.db 'SELECT count(*) FROM invitation')" '0 6'
check 'beside a server: let in at once' same "$(curl -s -o page -w '%{http_code}' "$(cell output 'Fay Sample' link)")" 200
check 'beside a server: shown what is known' grep -q 'Service sud\|Southern service' page
stop

finish

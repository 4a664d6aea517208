#!/bin/bash
# survey invite and survey revoke on every roster under invite/, compared with the complete text they should
# print and the files they should leave: standard error, then standard output, the exit status, the folder of the
# store. Then what happens over several runs: people added, changed, revoked, replaced; keys lost; other programs.
# All people are made up.
#
#   invite.sh            prints what differs, and `N passed, N failed`; exit 1 on any difference
#   invite.sh --accept   makes the present texts the expected ones (read the diff before you commit it)
#
# BIN names the folder of the programs.
set -u
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
survey=$(realpath "${BIN:-$root/bin}")/survey
accept=${1:-}
unset SURVEY_STORE SMTP_USER SMTP_PASSWORD
temporary=$(mktemp -d)
trap 'kill -9 $(jobs -p) 2>/dev/null; chmod -R u+w "$temporary"; rm -rf "$temporary"' EXIT
cp "$here/invite/form.yaml" "$temporary"
cd "$temporary" || exit 1
passed=0 failed=0
[ -x "$survey" ] || { echo "invite.sh: no $survey; run make first" >&2; exit 1; }

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
same() { [ "$1" = "$2" ] || { echo "\"$1\" instead of \"$2\""; return 1; }; }

# Links and codes are random: their shape is what can be compared. The folder is another one each time.
mask() {
    sed -E -e "s,$(pwd -P)/,," -e 's,/r/[0-9a-hjkmnp-tv-z]{26}\b,/r/TOKEN,g' -e 's/\b([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}\b/CODE/g'
}

# run COMMAND…: what a person sees, in `said`; standard output as it is in `output`, the exit status in `status`.
run() {
    timeout 60 "$@" >output 2>errors
    status=$?
    { mask <errors; mask <output; echo "exit $status"; } >said
}
# leaves FOLDER: what is in it, with the modes.
leaves() { (cd "$1" 2>/dev/null && stat -c '%a %n' * 2>/dev/null) || echo 'no store'; }

# expect NAME: `said` must be the text of invite/NAME.expected.
expect() {
    if [ "$accept" = --accept ]; then
        cmp -s said "$here/invite/$1.expected" || cp said "$here/invite/$1.expected"
    elif diff -u "$here/invite/$1.expected" said; then
        pass
    else
        failed=$((failed + 1))
    fi
}
invite() { run "$survey" invite form.yaml "$@" --public-url https://survey.example.org/town; }
revoke() { run "$survey" revoke form.yaml "$@"; }

# roster NAME FILE: invited into a store of its own.
roster() {
    rm -rf store
    invite "$2" --store store/answers.db
    leaves store >>said
    expect "$1"
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
# Root reads everything, so another user has to try.
if [ "$(id -u)" = 0 ]; then
    chmod 755 .
    install -m 755 "$survey" survey-copy
    as_root=$survey
    printf '#!/bin/sh\nexec setpriv --reuid=65534 --regid=65534 --clear-groups "%s/survey-copy" "$@"\n' "$(pwd -P)" >as-nobody
    chmod 755 as-nobody
    survey=$(pwd -P)/as-nobody
fi
roster made-unreadable closed.csv
survey=${as_root:-$survey}
check 'the whole file is looked at' same "$(grep -c 'is no address' "$here/invite/made-many.expected")" 100

# --- options ---

run "$survey" invite form.yaml good.csv --store none/a.db --public-url example.org
expect options-url
run "$survey" invite form.yaml good.csv --store none/a.db --from survey@example.org
expect options-from
run "$survey" invite form.yaml
expect options-roster
run "$survey" invite good.csv form.yaml --store none/a.db
expect options-swapped
run "$survey" revoke form.yaml --store none/a.db
expect options-whose
run "$survey" revoke form.yaml --store none/a.db --email '' --replace
expect options-whose
run "$survey" revoke form.yaml --store none/a.db --email ana@town.example --letters a.pdf
expect options-replace
run "$survey" revoke form.yaml --store none/a.db --email ana@town.example
expect options-no-store
check 'wrong usage makes no store' [ ! -e none ]

# --- adding people, running it again ---

query() { sqlite3 -readonly "$1" "$2"; }
# cell FILE PERSON COLUMN, of a mail-merge file.
cell() { sqlite3 -cmd '.mode csv' -cmd ".import '$1' people" :memory: "SELECT $3 FROM people WHERE name = '$2'" | tr -d '"'; }

invite good.csv --store a.db
cp output first.csv
check 'what is printed is the mail-merge file' same "$(head -n 1 first.csv)" name,email,language,role,service,link,code
check 'every link differs' same "$(mask <first.csv | grep -c '/r/TOKEN,CODE$') $(cut -d/ -f6 first.csv | sort -u | wc -l)" '5 6'
check 'the key is its owner'\''s' same "$(stat -c %a a.db.key)" 600
invite good.csv --store a.db
cp said again
expect again
check 'running it again gives the same links' cmp output first.csv
{ cat good.csv; echo 'Fay Sample,fay@town.example,en,member,south'; } >more.csv
invite more.csv --store a.db
expect one-more
check 'those before keep their links' same "$(head -n 6 output)" "$(cat first.csv)"
{ head -n 1 good.csv; echo 'Gil Sample,gil@town.example,en,member,south'; } >only-new.csv
invite only-new.csv --store a.db
expect only-new
sed 's/ana@town/ANA@Town/; s/Ben Sample/Benjamin Sample/; s/Exemple,,fr/Exemple,,en/' good.csv >corrected.csv
invite corrected.csv --store a.db
expect corrected
check 'corrected: the link stays' same "$(cell output 'Benjamin Sample' link)" "$(cell first.csv 'Ben Sample' link)"
check 'corrected: the address stays' same "$(cell output 'Ana Exemple' email)" ana@town.example
printf 'email,role,service\nBEN@town.example,member,north\n' >bare.csv
invite bare.csv --store a.db
expect bare
printf 'service,role,email\nnorth,member,ana@town.example\n' >swapped.csv
invite swapped.csv --store a.db
expect columns-swapped

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
expect changed-role
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
expect namesakes
check 'namesakes: nothing is written' same "$(people a.db)" "$(cat before)"
sed -n '1p; 5,6p' namesakes.csv >two-gils.csv
invite two-gils.csv --store a.db
expect two-namesakes

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
    expect "$text"
}
fresh
both revoke "$survey" revoke form.yaml --email ANA@town.example
both revoke-again "$survey" revoke form.yaml --email ana@town.example
both revoke-status "$survey" status form.yaml
both revoke-nearest "$survey" revoke form.yaml --email bem@town.example
both revoke-nobody "$survey" revoke form.yaml --name 'Zoltan Nobody'
both revoke-nearest-name "$survey" revoke form.yaml --name 'Ben Sampel'
both revoke-other-name "$survey" revoke form.yaml --name 'Ana Exemple' --email ben@town.example
both replace "$survey" revoke form.yaml --name 'Ben Sample' --replace --public-url https://survey.example.org/town
cp output replaced.csv
check 'replaced: another link' [ "$(cell replaced.csv 'Ben Sample' link)" != "$(cell links.csv 'Ben Sample' link)" ]
check 'replaced: another code' [ "$(cell replaced.csv 'Ben Sample' code)" != "$(cell links.csv 'Ben Sample' code)" ]
both replace-default-url "$survey" revoke form.yaml --email dora@town.example --replace
both replace-to-file "$survey" revoke form.yaml --email dora@town.example --replace -o dora.csv \
    --public-url https://survey.example.org/town
check 'replaced: the file is its owner'\''s' same "$(stat -c %a dora.csv)" 600
both revoked-invited-again "$survey" invite form.yaml good.csv --public-url https://survey.example.org/town
check 'the new link of who was revoked' [ "$(cell output 'Ana Exemple' link)" != "$(cell links.csv 'Ana Exemple' link)" ]
check 'the replaced link stays' same "$(cell output 'Ben Sample' link)" "$(cell replaced.csv 'Ben Sample' link)"
check 'one row for each person' same "$(query c.db 'SELECT count(*), sum(used), sum(revoked) FROM invitation')" '5|5|0'
both revoke-once-more "$survey" revoke form.yaml --email ana@town.example
sed 's/fr,member,north/fr,manager,south/' good.csv >promoted.csv
both promoted "$survey" invite form.yaml promoted.csv --public-url https://survey.example.org/town
check 'promoted: nobody answers twice' same "$(query c.db "SELECT known, used FROM invitation WHERE name = 'Ana Exemple'")" \
    'role=manager service=south|1'

# Drafts: what was begun under a link goes with it.
"$survey" serve form.yaml --store b.db --listen 127.0.0.1:0 2>served &
server=$!
for _ in $(seq 100); do grep -q ' at http' served && break; sleep 0.05; done
base=$(sed -n 's/.* at \(https*:[^ ]*\) .*/\1/p' served)
invite promoted.csv --store b.db
for person in 'Ana Exemple' 'Ben Sample'; do
    token=$(cell output "$person" link)
    curl -s -o page -d 'response-key=1&page-shown=0&words=Ornithorynque&go-save=1' "${base}r/${token##*/r/}"
done
check 'two drafts' same "$(query b.db 'SELECT count(*) FROM draft')" 2
run "$survey" revoke form.yaml --email ana@town.example --store b.db
check 'revoked while served' same "$status" 0
check 'revoked: the draft is gone' same "$(query b.db 'SELECT count(*) FROM draft')" 1
run "$survey" revoke form.yaml --email ben@town.example --replace --store b.db --public-url "$base"
check 'replaced: the draft is gone' same "$(query b.db 'SELECT count(*) FROM draft')" 0
check 'the new link opens' same "$(curl -s -o page -w '%{http_code}' "$(cell output 'Ben Sample' link)")" 200
kill $server
wait $server 2>/dev/null

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
both revoke-ambiguous "$survey" revoke form.yaml --name 'Ben Sample'
both revoke-one-of-three "$survey" revoke form.yaml --name 'Ben Sample' --email b@town.example
both revoke-without-address "$survey" revoke form.yaml --name 'Ben Sample' --email ''
check 'the right ones' same "$(query b.db 'SELECT email FROM invitation WHERE NOT revoked')" ben@town.example

# --- keys ---

mv b.db.key kept.key
invite namesakes.csv --store b.db
expect key-gone
revoke --email ben@town.example --replace --store b.db
expect key-gone
check 'no key is made' [ ! -e b.db.key ]
head -c 32 /dev/urandom >b.db.key
chmod 600 b.db.key
invite namesakes.csv --store b.db
expect key-wrong
revoke --email ben@town.example --replace --store b.db
expect key-wrong
head -c 31 kept.key >b.db.key
invite namesakes.csv --store b.db
expect key-short
: >b.db.key
revoke --email ben@town.example --replace --store b.db
check 'an empty key' [ "$status" = 1 -a ! -s b.db.key ]
rm b.db.key
mkdir b.db.key
invite namesakes.csv --store b.db
expect key-folder
rmdir b.db.key
run "$survey" serve form.yaml --store b.db --listen 127.0.0.1:0
expect key-gone-serve
cp kept.key b.db.key
chmod 644 b.db.key
invite namesakes.csv --store b.db
expect key-open
chmod 600 b.db.key
invite namesakes.csv --store b.db
check 'the right key' same "$status" 0
check 'the key is as it was' cmp b.db.key kept.key
# The key of another survey, before anybody is invited in this one.
echo nonsense >d.db.key
chmod 600 d.db.key
invite good.csv --store d.db
expect key-before
check 'a bad key before: nobody is invited' same "$(query d.db 'SELECT count(*) FROM invitation')" 0
rm d.db.key
invite good.csv --store d.db
check 'a bad key before: taken away' same "$status $(stat -c %a d.db.key)" '0 600'

# --- files ---

cp good.csv roster.csv
invite roster.csv --store f.db -o roster.csv
expect output-roster
check 'the roster is as it was' cmp roster.csv good.csv
invite good.csv --store f.db -o form.yaml
check 'no output over the questionnaire' cmp form.yaml "$here/invite/form.yaml"
mkdir out
invite good.csv --store f.db -o out
expect output-folder
invite good.csv --store f.db -o nowhere/links.csv
expect output-nowhere
ln -s elsewhere.csv link.csv
invite good.csv --store f.db -o link.csv
check 'no output through a link' [ "$status" = 1 -a ! -e elsewhere.csv ]
(umask 000 && exec "$survey" invite form.yaml good.csv --store f.db --public-url https://survey.example.org/town -o links.csv) \
    >output 2>errors
check 'a file of links is its owner'\''s' same "$(stat -c %a links.csv)" 600
check 'and nothing goes to standard output' [ ! -s output ]
cp links.csv links-before.csv
invite good.csv --store f.db -o links.csv
check 'over an earlier one' cmp links.csv links-before.csv
check 'nothing is left beside it' same "$(echo links.csv*)" links.csv
check 'no name on standard error' [ -z "$(grep -E 'Exemple|Sample|@|/r/' errors)" ]
run "$survey" status form.yaml --store f.db
check 'no name in the status' [ -z "$(grep -E 'Exemple|Sample|@|/r/' said)" ]
invite good.csv --store f.db >/dev/null
"$survey" invite form.yaml good.csv --store f.db >/dev/full 2>errors
check 'a full disk is told' [ $? = 1 ]

# --- ends, and other programs ---

run "$survey" revoke form.yaml --name 'Ana Exemple' --store f.db --replace --public-url https://survey.example.org/town
run "$survey" close form.yaml --store f.db
check 'closing' same "$status" 0
invite good.csv --store f.db
expect closed
revoke --email ana@town.example --store f.db
expect closed-revoke
check 'no key is made' [ ! -e f.db.key ]

"$survey" serve form.yaml --store g.db --listen 127.0.0.1:0 2>served &
server=$!
for _ in $(seq 100); do grep -q ' at http' served && break; sleep 0.05; done
run "$survey" revoke form.yaml --name 'Ana Exemple' --store g.db
expect open-access-revoke
invite good.csv --store g.db
expect open-access-served
kill $server
wait $server 2>/dev/null

# Responses that came by open access stay; from now on links are needed.
invite good.csv --store g.db
check 'when nobody serves it' same "$status" 0
printf 'service,role,seniority,words\nnorth,member,,Said openly\n' >openly.csv
"$survey" import form.yaml openly.csv --channel web --store i.db >/dev/null
invite good.csv --store i.db
check 'after open access: invited' same "$status $(query i.db 'SELECT count(*) FROM invitation')" '0 5'
check 'after open access: the response stays' same "$(query i.db 'SELECT words FROM response')" 'Said openly'
check 'after open access: no log' same "$(query i.db 'PRAGMA journal_mode') $(ls i.db*)" "delete i.db
i.db-journal
i.db.key"
run "$survey" serve form.yaml --store i.db --access open --listen 127.0.0.1:0
expect open-after-invited

# Beside a server of links: whoever is added is let in at once, whoever is corrected stays.
"$survey" serve form.yaml --store i.db --listen 127.0.0.1:0 2>served &
server=$!
for _ in $(seq 100); do grep -q ' at http' served && break; sleep 0.05; done
base=$(sed -n 's/.* at \(https*:[^ ]*\) .*/\1/p' served)
run "$survey" invite form.yaml more.csv --store i.db --public-url "$base"
check 'beside a server: six people' same "$status $(query i.db 'SELECT count(*) FROM invitation')" '0 6'
check 'beside a server: let in at once' same "$(curl -s -o page -w '%{http_code}' "$(cell output 'Fay Sample' link)")" 200
check 'beside a server: shown what is known' grep -q 'Service sud\|Southern service' page
kill $server
wait $server 2>/dev/null

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]

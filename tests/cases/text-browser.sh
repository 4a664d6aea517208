#!/bin/bash
# The form in a text browser: w3m in a terminal, by its keys, answers every type of question past mistakes, sends, and
# opens a form by its code; and what w3m makes of each page at 80 columns, whole.
. "$(dirname "$0")/common/case.sh"
. "$here/common/server.sh"
unset TMUX WWW_HOME
export HOME=$temporary LC_ALL=C.UTF-8
screen() { tmux -u -S "$temporary/socket" -f /dev/null "$@"; }
at_end() { screen kill-server 2>/dev/null; }

# --- each page, as text ---

# dump NAME PATH [FIELDS]: what w3m shows of the page; the page itself is left in `page`.
dump() {
    if [ $# -gt 2 ]; then
        printf %s "$3" >body
        curl -s -o page -d @body -H 'Accept-Language: en' "$url$2"
    else
        curl -s -o page -H 'Accept-Language: en' "$url$2"
    fi
    w3m -dump -cols 80 -I UTF-8 -O UTF-8 -T text/html <page >"$1"
    compare "$1" "$1"
}
# The hidden fields of the page, as they are sent.
hidden() { sed -n 's/^<input type="hidden" name="\([^"]*\)" value="\([^"]*\)">$/\1=\2/p' page | tr ' ' + | paste -s -d '&'; }

start "$root/tests/questionnaires/all-types.yaml" --store dumped.db
dump first.txt ''
dump first-wrong.txt '' "$(hidden)&tasks=welcome&go-next=1"
dump opinion.txt '' "$(hidden)&service=works&tasks=welcome&tasks=other&tasks_specify=Tea&go-next=1"
dump opinion-wrong.txt '' "$(hidden)&overall=3&hours=many&since=31/02/2013&priorities=time&priorities=time&go-next=1"
dump works.txt '' "$(hidden)&overall=3&method_pace=4&hours=8&priorities=time&priorities=tools&go-next=1"
dump words.txt '' "$(hidden)&safety=yes&go-next=1"
dump saved.txt '' "$(hidden)&remark=Words&go-save=1"
dump erase.txt '' "$(sed -n 's/.*/&/p' body | sed 's/&go-save=1/\&go-erase=1/')"
dump thanks.txt '' "$(hidden)&go-send=1"
dump nowhere.txt nowhere
check 'stored' same "$(query dumped.db 'SELECT service, hours, priorities, safety, remark FROM response')" \
    'works|8.0|time tools|yes|Words'
stop 'all-types'
start "$root/questionnaires/dip-2013.yaml" --store dip.db
dump privacy.txt privacy?language=fr
dump accessibility.en.txt accessibility?language=en
dump accessibility.fr.txt accessibility?language=fr
dump dip-2013.txt '?language=fr'
stop 'dip-2013'

# --- w3m in a terminal ---

pane() { screen capture-pane -p; }
# Where w3m stands elsewhere than it should, what follows tells nothing.
give_up() {
    fail "$1" "$(pane)"
    finish
    exit 1
}
# The line of the screen the cursor is in.
here_line() { pane | sed -n "$(($(screen display-message -p '#{cursor_y}') + 1))p"; }

# shows WORDS: waits until they are on the screen.
shows() {
    for _ in $(seq 100); do
        pane | grep -qF -- "$1" && { pass; return; }
        sleep 0.05
    done
    give_up "\"$1\" is not on the screen"
}

# still: waits until the screen has come to rest.
still() {
    last=
    for _ in $(seq 40); do
        now=$(pane; screen display-message -p '#{cursor_x},#{cursor_y}')
        [ "$now" = "$last" ] && return
        last=$now
        sleep 0.02
    done
}

# on WORDS: on with Tab to what begins with them, or to the field whose line does (after its mark).
on() {
    for _ in $(seq 80); do
        line=$(here_line) column=$(screen display-message -p '#{cursor_x}')
        stripped=$(printf '%s' "$line" | sed 's/^ *\([[(][* ][])]\|•\)\? *//')
        case $stripped in "$1"*) return 0 ;; esac
        case ${line:column} in "$1"*) return 0 ;; esac
        screen send-keys Tab
        still
    done
    give_up "Tab does not lead to \"$1\""
}
enter() {
    screen send-keys Enter
    still
}

# tick WORDS: chooses the answer, which then bears its mark.
tick() {
    on "$1"
    enter
    case $(here_line) in *'(*)'* | *'[*]'*) pass ;; *) fail "\"$1\" is not chosen" "$(pane)" ;; esac
}

# write WORDS TEXT: types into the field of that line.
write() {
    on "$1"
    enter
    screen send-keys C-u
    screen send-keys -l -- "$2"
    screen send-keys Enter
    still
    case $(here_line) in *"$2"*) pass ;; *) fail "\"$2\" is not in \"$1\"" "$(pane)" ;; esac
}

# pick WORDS NUMBER CHOICE: takes the choice of that number from the list of that line.
pick() {
    on "$1"
    enter
    for _ in $(seq "$2"); do screen send-keys Down; done
    still
    enter
    case $(here_line) in *"$3"*) pass ;; *) fail "\"$3\" is not chosen in \"$1\"" "$(pane)" ;; esac
}
follow() { on "$1" && screen send-keys Enter; }
browse() {
    screen new-session -d -x 80 -y 70 "w3m -no-mouse -I UTF-8 -O UTF-8 -o display_image=0 -o editor='$temporary/editor' '$1' 2>w3m.errors"
}

start "$root/tests/questionnaires/all-types.yaml" --store terminal.db
browse "$url?language=en"
shows 'Your service? (required)'
tick Welcome
follow Next
shows '2 answers need another look'
shows 'Error: Please answer this question.'
shows '[*]Welcome'
follow 'Your service?'
still
tick Works
tick 'Something else'
write 'Please specify' 'Tea & cakes'
follow Next
shows 'The programme was useful.'
tick 'Rather not'
write 'How many hours' many
follow Next
shows 'Give a number in digits'
write '[many' 12,5
write 'Since when?' 2012-09-01
pick 'Choice 1' 3 Time
pick 'Choice 2' 1 Training
follow Next
shows 'Is safety better?'
follow Back
shows 'How many hours'
shows '12,5'
follow Next
shows 'Is safety better?'
tick Yes
follow Next
shows 'Anything else?'
printf '#!/bin/sh\nprintf "Two lines,\\nof words." >"$1"\n' >editor
chmod 755 editor
on '['
enter
shows 'of words.'
follow 'Send my answers'
shows 'Your answers are recorded'
screen kill-server
check 'stored by w3m' same "$(query terminal.db "SELECT service, tasks_welcome, tasks_other, tasks_specify, overall, hours,
    since, priorities, safety, replace(replace(remark, char(13), ''), char(10), '/') FROM response")" \
    'works|1|1|Tea & cakes|2|12.5|2012-09-01|time training|yes|Two lines,/of words.'
stop 'all-types in the terminal'

# --- by a code ---

printf 'email,role\nane@exempleville.example,member\n' >roster.csv
must survey invite "$root/questionnaires/dip-2013.yaml" roster.csv --store invited.db --output links.csv \
    --public-url http://127.0.0.1/
code=$(sed -n '2s/.*,\([^,]*\)$/\1/p' links.csv | tr -d '\r')
start "$root/questionnaires/dip-2013.yaml" --store invited.db
dump code.txt ''
dump code-wrong.txt '' "$(hidden)&code=ABCD&go-code=1"
browse "$url?language=fr"
shows 'Votre code personnel'
write '[' "$code"
follow 'Ouvrir mon formulaire'
shows 'Lequel a été votre rôle principal'
shows 'Membre d’un groupe'
pane | sed '$d' | sed -e :a -e '/^\n*$/{$d;N;ba' -e '}' >personal-link.txt
compare personal-link.txt personal-link.txt
tick 'Membre d’un groupe de travail'
follow Suivant
shows 'À combien de réunions'
screen kill-server
stop 'by a code'

finish

# A server, and those who ask it; read after case.sh.
# shellcheck shell=sh

# start OPTION…: a server, which may open `open_files` files if that is set; sets `server`, `url`, which ends with a
# slash, and `port`. What it says is in the file `served`.
start() {
    rm -f served
    case " $* " in
    *' --listen '*) ;;
    *) set -- "$@" --listen 127.0.0.1:0 ;;
    esac
    (
        # shellcheck disable=SC3045
        [ -z "${open_files:-}" ] || ulimit -n "$open_files"
        exec "$BIN/survey" serve "$@" 2>served
    ) &
    server=$!
    url=
    for _ in $(seq 400); do
        url=$(sed -n 's/.* at \(https*:[^ ]*\) .*/\1/p' served 2>/dev/null)
        if [ -n "$url" ] || ! kill -0 $server 2>/dev/null; then break; fi
        sleep 0.05
    done
    port=${url##*:} port=${port%%/*}
    [ -n "$url" ] || fail 'the server did not start' "$(cat served)"
}

# not_started NAME STATUS WORDS OPTION…: no server starts with these options; one clear line says why, and nothing else.
not_started() {
    refusal=$1 outcome=$2 words=$3
    shift 3
    check "$refusal: status" ends "$outcome" survey serve "$@"
    check "$refusal: words" says "$words"
    check "$refusal: one line" same "$(wc -l <said)" 1
}

# stop [NAME [SIGNAL]]: ends the server, which must exit 0; with a name, that is a check of its own.
stop() {
    kill "-${2:-TERM}" "$server"
    wait "$server"
    ended=$?
    server=
    if [ $# -gt 0 ]; then
        check "$1: exit status" same $ended 0
    elif [ $ended != 0 ]; then
        fail 'the server did not end well' "exit $ended"
    fi
}

# wait_for_others [PROCESS]: waits for all that runs beside the server and this one.
wait_for_others() {
    for other in $(jobs -p | grep -vx -e "$server" -e "${1:-$server}"); do wait "$other"; done
}

# status NAME WANTED CURL-OPTION…: the status of the reply, whose body is left in `body`, its headers in `headers`.
status() {
    asked=$1 wanted=$2
    shift 2
    got=$(curl -s -m 30 -o body -D headers -w '%{http_code}' "$@")
    check "$asked" same "$got" "$wanted"
}
header() { tr -d '\r' <headers | sed -n "s/^$1: //Ip"; }

# link PERSON [FILE]: the path of a link in a mail-merge file.
link() { sed -n "s,^$1\,.*/\(r/[0-9a-z]*\)\,.*,\1,p" "${2:-links.csv}"; }

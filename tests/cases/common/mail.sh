# A mail server that keeps what it takes; read after case.sh.
# shellcheck shell=sh disable=SC2154
python=/usr/bin/python3 # Debian's, which has aiosmtpd

# serve_mail FOLDER [OPTION…]: keeps the mails in the folder; sets `mail_server` and `mail_port`.
serve_mail() {
    rm -f "$1/port"
    "$python" "$here/mail/server.py" "$@" 2>>mail-log &
    mail_server=$!
    mail_port=
    for _ in $(seq 400); do
        mail_port=$(cat "$1/port" 2>/dev/null) && [ -n "$mail_port" ] && break
        sleep 0.05
    done
    [ -n "$mail_port" ] || fail 'the mail server did not start' "$(cat mail-log)"
}
end_mail() {
    kill -9 "$mail_server" 2>/dev/null
    wait "$mail_server" 2>/dev/null
}
read_mails() { "$python" "$here/mail/read.py" "$@"; }

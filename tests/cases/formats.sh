#!/bin/sh
# The report as Word, OpenDocument and PDF files: what they hold (headings, numbered captions, words for pictures,
# headings of tables), that LibreOffice opens them and shows it all, that the same answers give the same files,
# whose styles they take, and what happens where pandoc or WeasyPrint are missing.
#
#   formats.sh    prints what is not so, and `N passed, N failed`; exit 1 on any difference
#
# BIN names the folder of the programs.
set -u
here=$(cd "$(dirname "$0")" && pwd)
programs=$(realpath "${BIN:-$here/../../bin}")
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
passed=0 failed=0
unset SURVEY_STORE
export TMPDIR="$temporary/tmp"
mkdir "$TMPDIR"
cd "$here/report" || exit 1
store=$temporary/answers.db

expect() {
    what=$1
    shift
    if "$@" >"$temporary/log" 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "not so: $what"
        head -n 30 "$temporary/log"
    fi
}

# Runs the report into a folder; what it says goes to `said`, its exit status to `status`.
report() {
    folder=$temporary/$1
    shift
    timeout 300 "$programs/analysis" report small.yaml --store "$store" --before-close --output "$folder" "$@" \
        >"$temporary/said" 2>&1
    status=$?
}

ends_with() {
    [ "$status" = "$1" ] || { cat "$temporary/said"; false; }
}

says() {
    grep -qF -- "$1" "$temporary/said" || { cat "$temporary/said"; false; }
}

has_files() {
    [ "$(cd "$1" && echo report.*)" = "$2" ] || { ls "$1"; false; }
}

"$programs/survey" import small.yaml small.csv --store "$store" 2>"$temporary/log" || { cat "$temporary/log"; exit 1; }

# --- what the files hold ---

notice='<Made> & "up"'
report one --by role --format html,md,docx,odt,pdf --notice "$notice"
expect "all formats are written" ends_with 0
expect "and nothing is left behind" rmdir "$TMPDIR"
mkdir -p "$TMPDIR"
for format in docx odt; do
    expect "what report.$format holds" python3 "$here/formats/inspect.py" "$temporary/one" "$format" "$notice"
done
expect "report.pdf is tagged, in its language, on A4" \
    sh -c 'pdfinfo "$1" | tee /dev/stderr | grep -q "^Tagged: *yes" && pdfinfo "$1" | grep -q "A4"' - "$temporary/one/report.pdf"
pdftotext "$temporary/one/report.pdf" "$temporary/one/pdf.txt"
expect "report.pdf has the report's headings" python3 "$here/formats/headings.py" "$temporary/one/report.md" "$temporary/one/pdf.txt"

# --- what LibreOffice makes of them ---

for format in docx odt; do
    timeout 300 soffice -env:UserInstallation="file://$temporary/office" --headless --convert-to pdf \
        --outdir "$temporary/$format" "$temporary/one/report.$format" >/dev/null 2>&1
    expect "LibreOffice turns report.$format into pages" pdftotext "$temporary/$format/report.pdf" "$temporary/$format.txt"
    expect "with its headings, captions and notice" \
        python3 "$here/formats/headings.py" "$temporary/one/report.md" "$temporary/$format.txt"
    expect "and all its pictures" \
        test "$(pdfimages -list "$temporary/$format/report.pdf" | grep -c ' image ')" -ge "$(grep -c '^!\[' "$temporary/one/report.md")"
done

# --- the same bytes ---

report two --by role --format html,md,docx,odt,pdf --notice "$notice"
expect "the same answers give the same files" python3 "$here/formats/same.py" "$temporary/one" "$temporary/two"

# --- styles of one's own ---

for format in docx odt; do
    python3 "$here/formats/restyle.py" "$temporary/one/report.$format" "$temporary/own.$format"
done
report own --by role --format docx,odt --reference "$temporary/own.docx" --reference "$temporary/own.odt"
expect "references are taken" ends_with 0
for format in docx odt; do
    expect "report.$format has the styles of the reference" \
        sh -c 'python3 "$1" "$2" | grep -qi "aa00bb"' - "$here/formats/styles.py" "$temporary/own/report.$format"
done
printf 'no archive' >"$temporary/bad.docx"
report bad --format html,docx --reference "$temporary/bad.docx"
expect "a reference that is none is refused" ends_with 1
expect "with what pandoc says" says 'pandoc could not make the Word file'
expect "and nothing is written" test ! -e "$temporary/bad"

# --- what is missing ---

mkdir "$temporary/bin"
ln -s "$(command -v gnuplot)" "$temporary/bin/gnuplot"
PATH_BEFORE=$PATH
run_without() {
    PATH=$temporary/bin report "$@"
    PATH=$PATH_BEFORE
}
timeout=$(command -v timeout)
timeout() {
    "$timeout" "$@"
}
run_without bare --format html,docx,pdf
expect "without pandoc and WeasyPrint the rest is written" has_files "$temporary/bare" "report.html"
expect "which is said by the exit status" ends_with 1
expect "and in words" says 'report.docx is not written: it needs pandoc (on Debian: apt-get install pandoc)'
expect "for each" says 'report.pdf is not written: it needs weasyprint (on Debian: apt-get install weasyprint)'
run_without barer --format odt
expect "and if that is all, HTML and Markdown are" has_files "$temporary/barer" "report.html report.md"
run_without barest --format html,md
expect "what needs neither succeeds" ends_with 0

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]

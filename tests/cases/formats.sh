#!/bin/sh
# The report as Word, OpenDocument and PDF files: what they hold (headings, numbered captions, words for pictures,
# headings of tables), that LibreOffice opens them and shows it all, that the same answers give the same files,
# whose styles they take, and what happens where pandoc or WeasyPrint are missing.
. "$(dirname "$0")/common/case.sh"
export TMPDIR="$temporary/tmp"
mkdir "$TMPDIR"
cd "$here/report" || exit 1
store=$temporary/answers.db

# Runs the report into a folder.
report() {
    folder=$temporary/$1
    shift
    run analysis report small.yaml --store "$store" --before-close --output "$folder" "$@"
}
# The report must have ended with this exit status.
ended() { [ "$status" = "$1" ] || { cat "$temporary/said" && false; }; }
files_of() { (cd "$temporary/$1" && echo report.*); }

must survey import small.yaml small.csv --store "$store"

# --- what the files hold ---

notice='<Made> & "up"'
report one --by role --format html,md,docx,odt,pdf --notice "$notice"
check "all formats are written" ended 0
check "and nothing is left behind" rmdir "$TMPDIR"
mkdir -p "$TMPDIR"
for format in docx odt; do
    check "what report.$format holds" python3 "$here/formats/inspect.py" "$temporary/one" "$format" "$notice"
done
check "report.pdf is tagged, in its language, on A4" \
    sh -c 'pdfinfo "$1" | tee /dev/stderr | grep -q "^Tagged: *yes" && pdfinfo "$1" | grep -q "A4"' - "$temporary/one/report.pdf"
pdftotext "$temporary/one/report.pdf" "$temporary/one/pdf.txt"
check "report.pdf has the report's headings" python3 "$here/formats/headings.py" "$temporary/one/report.md" "$temporary/one/pdf.txt"

# --- what LibreOffice makes of them ---

for format in docx odt; do
    timeout 300 soffice -env:UserInstallation="file://$temporary/office" --headless --convert-to pdf \
        --outdir "$temporary/$format" "$temporary/one/report.$format" >/dev/null 2>&1
    check "LibreOffice turns report.$format into pages" pdftotext "$temporary/$format/report.pdf" "$temporary/$format.txt"
    check "with its headings, captions and notice" \
        python3 "$here/formats/headings.py" "$temporary/one/report.md" "$temporary/$format.txt"
    check "and all its pictures" \
        test "$(pdfimages -list "$temporary/$format/report.pdf" | grep -c ' image ')" -ge "$(grep -c '^!\[' "$temporary/one/report.md")"
done

# --- the same bytes ---

report two --by role --format html,md,docx,odt,pdf --notice "$notice"
check "the same answers give the same files" python3 "$here/formats/same.py" "$temporary/one" "$temporary/two"

# --- styles of one's own ---

for format in docx odt; do
    python3 "$here/formats/restyle.py" "$temporary/one/report.$format" "$temporary/own.$format"
done
report own --by role --format docx,odt --reference "$temporary/own.docx" --reference "$temporary/own.odt"
check "references are taken" ended 0
for format in docx odt; do
    check "report.$format has the styles of the reference" \
        sh -c 'python3 "$1" "$2" | grep -qi "aa00bb"' - "$here/formats/styles.py" "$temporary/own/report.$format"
done
printf 'no archive' >"$temporary/bad.docx"
report bad --format html,docx --reference "$temporary/bad.docx"
check "a reference that is none is refused" ended 1
check "with what pandoc says" says 'pandoc could not make the Word file'
check "and nothing is written" test ! -e "$temporary/bad"

# --- what is missing ---

mkdir "$temporary/bin"
ln -s "$(command -v gnuplot)" "$temporary/bin/gnuplot"
path=$temporary/bin
report bare --format html,docx,pdf
check "without pandoc and WeasyPrint the rest is written" same "$(files_of bare)" report.html
check "which is said by the exit status" ended 1
check "and in words" says 'report.docx is not written: it needs pandoc (on Debian: apt-get install pandoc)'
check "for each" says 'report.pdf is not written: it needs weasyprint (on Debian: apt-get install weasyprint)'
report barer --format odt
check "and if that is all, HTML and Markdown are" same "$(files_of barer)" "report.html report.md"
report barest --format html,md
check "what needs neither succeeds" ended 0

finish

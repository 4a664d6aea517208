# Checks the twelve figures in a report of the made-up campaign:
#
#   awk -f figures.awk figures.expected RESULTS/results.json RESULTS/tables.csv
#
# Prints one line per figure, and fails if one of them is not as expected. Ids and codes hold no comma or quote, so
# the columns it reads can be split at commas.

function fail(figure, why) {
    printf "%-18s WRONG: %s\n", figure, why
    failures++
}

function trimmed(text) {
    gsub(/^ +| +$/, "", text)
    return text
}

FNR == 1 { file++ }

file == 1 && !/^#/ && NF {
    count = split($0, part, "|")
    if (count != 11) {
        fail("line " FNR, "not 11 columns")
        next
    }
    for (i = 1; i <= count; i++)
        expected[figures + 1, i] = trimmed(part[i])
    figures++
}

file == 2 { json = json $0 }

file == 3 && FNR == 1 {
    sub(/\r$/, "")
    if ($0 != "question,item,by,group,option,count,base,rate,low,high") {
        fail("tables.csv", "unknown header: " $0)
        exit
    }
}

file == 3 && FNR > 1 {
    split($0, cell, ",")
    row = cell[1] SUBSEP cell[2] SUBSEP cell[3] SUBSEP cell[4] SUBSEP cell[5]
    if (row in counts)
        fail(cell[1], "line " FNR " repeats " cell[5])
    counts[row] = cell[6]
    bases[row] = cell[7]
    rates[row] = cell[8]
    lows[row] = cell[9]
    highs[row] = cell[10]
}

# The responses as results.json counts them, which it says right after "responses".
function responses(    text) {
    text = json
    if (!match(text, /"responses":[ \t]*\{[ \t]*"count":[ \t]*[0-9]+/))
        return -1
    text = substr(text, RSTART, RLENGTH)
    sub(/.*[^0-9]/, "", text)
    return text + 0
}

# Adds up the options of one figure; x and n are left in `people` and `base`.
function add_options(f,    name, by, group, option, count, i, row, codes) {
    name = expected[f, 1]
    by = expected[f, 4]
    group = ""
    if (by != "") {
        group = substr(by, index(by, "=") + 1)
        by = substr(by, 1, index(by, "=") - 1)
    }
    people = 0
    base = -1
    count = split(expected[f, 5], codes, " ")
    for (i = 1; i <= count; i++) {
        row = expected[f, 2] SUBSEP expected[f, 3] SUBSEP by SUBSEP group SUBSEP codes[i]
        if (!(row in counts) || counts[row] == "") {
            fail(name, "no row for option " codes[i])
            return 0
        }
        if (base >= 0 && bases[row] != base) {
            fail(name, "its options have two bases, " base " and " bases[row])
            return 0
        }
        base = bases[row]
        people += counts[row]
        if (base > 0 && (rates[row] - counts[row] / base) ^ 2 > 1e-12)
            fail(name, "rate " rates[row] " is not " counts[row] " of " base)
        if (!(lows[row] + 0 <= rates[row] + 0 && rates[row] + 0 <= highs[row] + 0))
            fail(name, "interval " lows[row] " to " highs[row] " does not hold " rates[row])
    }
    return 1
}

END {
    if (file != 3 || figures != 12)
        fail("input", "three files are needed, the first with twelve figures")
    for (f = 1; f <= figures; f++) {
        if (!add_options(f))
            continue
        if (expected[f, 6] == "responses")
            base = responses()
        percent = base > 0 ? 100 * people / base : -1
        line = sprintf("%d of %d (%.2f %%)", people, base, percent)
        if (people != expected[f, 7] + 0 || base != expected[f, 8] + 0)
            fail(expected[f, 1], line ", expected " expected[f, 7] " of " expected[f, 8])
        else if (percent < expected[f, 9] + 0 || percent >= expected[f, 10] + 0)
            fail(expected[f, 1], line " is not \"" expected[f, 11] "\"")
        else
            printf "%-18s %-22s %s\n", expected[f, 1], line, expected[f, 11]
    }
    exit failures > 0
}

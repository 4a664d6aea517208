# Reference values for the tests of groups by answers without an order (analysis/statistics/association,
# exact_table), computed by R:
#
#   Rscript tests/reference/association.R        (from the root of the tree; base R is enough; 5 seconds)
#
# Writes association.csv and association_large.csv beside this file. Lines hold their tables and are of
# different lengths: rows, columns, counts row after row, then what is computed of them.

options(digits = 15, scipen = 20)
set.seed(20260302)
folder <- "tests/reference"

begin <- function(name, header) {
    path <<- file.path(folder, name)
    cat(header, "\n", sep = "", file = path)
}

line <- function(...) {
    text <- formatC(c(...), digits = 15, format = "g", width = 1)
    cat(paste(text, collapse = ","), "\n", sep = "", file = path, append = TRUE)
}

counts <- function(rows, ...) matrix(c(...), nrow = rows, byrow = TRUE)

# Bergsma (2013), section 4: phi squared less its expected value if there is no relation, over the most it can be.
bergsma <- function(table, phi2) {
    n <- sum(table); r <- nrow(table); c <- ncol(table)
    corrected <- max(0, phi2 - (r - 1) * (c - 1) / (n - 1))
    r2 <- r - (r - 1)^2 / (n - 1)
    c2 <- c - (c - 1)^2 / (n - 1)
    if (min(r2, c2) - 1 < 1e-12) NA else sqrt(corrected / min(r2 - 1, c2 - 1))
}

# Empty rows and columns are dropped here too: R would refuse some, and count others.
compact <- function(table) table[rowSums(table) > 0, colSums(table) > 0, drop = FALSE]

computed <- function(table, fisher) {
    small <- compact(table)
    if (min(dim(small)) < 2) return(rep(NA, 5))
    pearson <- suppressWarnings(chisq.test(small, correct = FALSE))
    c(fisher(small), pearson$statistic, pearson$parameter, pearson$p.value,
      bergsma(small, pearson$statistic / sum(small)))
}

# --- what fisher.test can -------------------------------------------------------------------------------------

begin("association.csv", "rows,columns,counts...,fisher,chi_squared,degrees,p_chi_squared,cramer")
fisher <- function(table) fisher.test(table, workspace = 2e7, conf.int = FALSE)$p.value
same <- function(table) line(dim(table), t(table), computed(table, fisher))

same(counts(2, 3, 1,  1, 3))                    # the lady tasting tea
same(counts(2, 10, 2,  3, 15))
same(counts(2, 6, 0,  0, 6))                    # the answer is the group
same(counts(2, 5, 5,  5, 5))                    # no difference at all
same(counts(2, 0, 7,  3, 0))
same(counts(2, 1, 0,  0, 1))                    # as many groups as people
same(counts(2, 1, 1,  0, 1))
same(counts(2, 1, 0,  0, 0))                    # a single person
same(counts(2, 4, 0,  9, 0))                    # a constant answer
same(counts(2, 0, 0,  4, 9))                    # a single group
same(counts(2, 0, 0,  0, 0))                    # nobody
same(counts(2, 97, 3,  60, 40))
same(counts(2, 480, 520,  530, 470))
same(counts(2, 3, 99997,  12, 99988))           # large and rare
same(counts(2, 5000, 5100,  5200, 5000))
same(counts(2, 850, 150,  150, 850))            # p is 1e-232
same(counts(2, 2, 3, 4,  6, 1, 2))
same(counts(3, 2, 3,  4, 6,  1, 2))
same(counts(2, 1, 2, 3, 4, 5,  5, 4, 3, 2, 1))
same(counts(2, 12, 3, 0, 0, 1, 7,  2, 9, 1, 4, 4, 0))
same(counts(3, 5, 0, 0,  0, 5, 0,  0, 0, 5))
same(counts(3, 1, 0, 0,  0, 1, 0,  0, 0, 1))
same(counts(3, 4, 4, 4,  4, 4, 4,  4, 4, 4))    # all margins tied
same(counts(3, 3, 0, 2,  0, 0, 0,  5, 0, 1))    # an empty group and an answer nobody gave
same(counts(4, 0, 0, 0, 0,  3, 0, 1, 2,  0, 0, 0, 0,  1, 0, 6, 0))
same(counts(3, 9, 8, 3, 6, 6,  7, 8, 4, 2, 4,  8, 6, 9, 9, 8))          # 97 people, three roles
same(counts(3, 18, 4, 3, 1, 0,  5, 12, 11, 4, 2,  1, 6, 9, 12, 9))
same(counts(3, 40, 11, 2,  10, 1, 1,  30, 2, 0))
same(counts(4, 3, 2, 1, 0,  0, 3, 2, 1,  1, 0, 3, 2,  2, 1, 0, 3))
same(counts(4, 2, 0, 0, 1, 1,  0, 3, 0, 0, 1,  1, 0, 4, 0, 0,  0, 1, 0, 5, 0))
same(counts(5, 2, 0, 1, 0, 1, 0,  0, 3, 0, 1, 0, 2,  1, 0, 2, 2, 0, 0,  0, 1, 0, 3, 1, 1,  3, 0, 1, 0, 2, 0))
same(counts(5, 1, 1, 1, 1, 1, 1,  1, 1, 1, 1, 1, 1,  1, 1, 1, 1, 1, 1,  1, 1, 1, 1, 1, 1,  1, 1, 1, 1, 1, 1))
same(counts(6, 1, 0, 0, 0, 0, 0,  0, 1, 0, 0, 0, 0,  0, 0, 1, 0, 0, 0,  0, 0, 0, 1, 0, 0,  0, 0, 0, 0, 1, 0,
            0, 0, 0, 0, 0, 1))
same(counts(3, 200, 1, 0,  1, 3, 0,  2, 0, 1))  # one large group, the others small
same(counts(2, 1000, 3, 2, 0,  10, 0, 1, 1))
same(counts(2, rep(c(1, 0), 10), rep(c(0, 1), 10)))                     # 20 different answers, once each
same(counts(3, 1:6, 6:1, rep(1, 6)))
for (dim in list(c(2, 2), c(2, 3), c(2, 6), c(3, 3), c(3, 5), c(4, 4), c(4, 5), c(5, 5), c(5, 6)))
    for (relation in c(0, 0.1, 0.3, 0.7)) {
        n <- if (prod(dim) > 16) 35 else 60
        group <- sample(dim[1], n, replace = TRUE, prob = 1:dim[1])
        answer <- ifelse(runif(n) < relation, (group - 1) %% dim[2] + 1, sample(dim[2], n, replace = TRUE))
        same(unclass(table(factor(group, 1:dim[1]), factor(answer, 1:dim[2]))))
    }

# --- what it cannot -------------------------------------------------------------------------------------------
# Of larger tables fisher.test merges paths of nearly equal length, which costs digits from the ninth on, or it
# gives up. Here p is from the definition, of two groups: all ways to fill the first group with the first half
# of the answers are put together with all of the second half.

begin("association_large.csv", "rows,columns,counts...,fisher,chi_squared,degrees,p_chi_squared,cramer")
half <- function(table) {
    logarithms <- 0; sums <- 0
    for (j in seq_len(ncol(table))) {
        size <- sum(table[, j])
        logarithms <- as.vector(outer(logarithms, lchoose(size, 0:size), "+"))
        sums <- as.vector(outer(sums, 0:size, "+"))
    }
    split(logarithms, sums)
}
definition <- function(table) {
    middle <- ncol(table) %/% 2
    first <- half(table[, 1:middle, drop = FALSE])
    second <- lapply(half(table[, -(1:middle), drop = FALSE]), sort)
    all <- lchoose(sum(table), sum(table[1, ]))
    most <- sum(lchoose(colSums(table), table[1, ])) + 3.4525e-7
    p <- 0
    for (name in names(first)) {
        rest <- second[[as.character(sum(table[1, ]) - as.integer(name))]]
        if (is.null(rest)) next
        cumulated <- c(0, cumsum(exp(rest - max(rest))))
        place <- findInterval(most - first[[name]], rest)
        p <- p + sum(exp(first[[name]] + max(rest) - all) * cumulated[place + 1])
    }
    p
}
large <- function(...) {
    table <- counts(2, ...)
    line(dim(table), t(table), computed(table, definition))
}
large(150, 87, 82, 89,  84, 161, 90, 68)
large(95, 101, 91, 99,  104, 113, 107, 104)
large(60, 57, 42, 39, 48,  44, 61, 50, 48, 41)
large(30, 37, 22, 19, 18, 9,  14, 21, 20, 28, 21, 22)
large(150, 370, 420,  184, 361, 390)
large(1500, 700, 20,  1400, 610, 39)
large(9000, 70, 20, 1,  1400, 20, 9, 2)
large(11, 12, 13, 14, 15, 16,  16, 15, 14, 13, 12, 11)

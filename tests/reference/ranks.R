# Reference values for the tests of ranks and what belongs to them (analysis/statistics/mann_whitney,
# kruskal_wallis, trend_test, relation, difference, adjustment), computed by R:
#
#   Rscript tests/reference/ranks.R        (from the root of the tree; needs the package "coin")
#
# Writes ranks_*.csv beside this file. Lines hold their tables and are of different lengths.

suppressPackageStartupMessages(library(coin))
options(digits = 15, scipen = 20)
set.seed(20260301)
folder <- "tests/reference"

begin <- function(name, header) {
    path <<- file.path(folder, name)
    cat(header, "\n", sep = "", file = path)
}

line <- function(...) {
    text <- formatC(c(...), digits = 15, format = "g", width = 1)
    cat(paste(text, collapse = ","), "\n", sep = "", file = path, append = TRUE)
}

# The people of a table, group by group: their groups and answers.
groups_of <- function(table) rep(as.vector(row(table)), as.vector(table))
answers_of <- function(table) rep(as.vector(col(table)), as.vector(table))

counts <- function(...) matrix(c(...), nrow = 2, byrow = TRUE)

# At least two groups and two answers are given.
random_table <- function(rows, columns, n, slope = 0) {
    repeat {
        group <- sample(rows, n, replace = TRUE)
        answer <- pmin(columns, pmax(1, round(runif(n, 0.5, columns + 0.5) + slope * group)))
        if (length(unique(group)) > 1 && length(unique(answer)) > 1)
            return(unclass(table(factor(group, 1:rows), factor(answer, 1:columns))))
    }
}

# --- Two groups -----------------------------------------------------------------------------------------------

# From all pairs, one by one; Cliff (1996), equation 5.12, and Feng & Cliff (2004), equation 8.
cliff <- function(x, y, confidence) {
    signs <- outer(x, y, function(a, b) sign(a - b))
    m <- length(x); n <- length(y); d <- mean(signs); z <- qnorm(1 - (1 - confidence) / 2)
    if (min(m, n) == 1) return(c(d, NA, NA))
    b <- min(m, n)
    if (d == 1) return(c(1, (b - z^2) / (b + z^2), 1))
    if (d == -1) return(c(-1, -1, -(b - z^2) / (b + z^2)))
    v <- (n^2 * sum((rowMeans(signs) - d)^2) + m^2 * sum((colMeans(signs) - d)^2) - sum((signs - d)^2)) /
        (m * n * (m - 1) * (n - 1))
    v <- max(v, (1 - d^2) / (m * n - 1))
    c(d, (d - d^3 + c(-1, 1) * z * sqrt(v) * sqrt((1 - d^2)^2 + z^2 * v)) / (1 - d^2 + z^2 * v))
}

begin("ranks_two_groups.csv", "columns,first...,second...,confidence,U,p_exact,p_normal,delta,low,high")
two_groups <- function(table, confidence = 0.95, exact = TRUE) {
    x <- answers_of(table)[groups_of(table) == 1]
    y <- answers_of(table)[groups_of(table) == 2]
    normal <- suppressWarnings(wilcox.test(x, y, exact = FALSE, correct = FALSE))
    p <- NA
    if (exact)
        p <- as.numeric(pvalue(wilcox_test(c(x, y) ~ factor(rep(1:2, c(length(x), length(y)))),
                                           distribution = "exact")))
    line(ncol(table), t(table), confidence, normal$statistic, p, normal$p.value, cliff(x, y, confidence))
}
two_groups(counts(1, 2, 3, 4,  4, 3, 2, 1))
two_groups(counts(0, 5, 12, 30,  3, 9, 14, 12))
two_groups(counts(2, 11, 20, 33,  1, 2, 9, 19), 0.9)
two_groups(counts(10, 0, 0, 0,  0, 0, 0, 8))           # the answers of one group are all below
two_groups(counts(0, 0, 7, 1,  5, 1, 0, 0), 0.99)
two_groups(counts(1, 0,  0, 1))                        # one of each
two_groups(counts(1, 0, 0, 0,  2, 5, 6, 3))            # a single person
two_groups(counts(0, 0, 1, 0, 0,  4, 5, 6, 3, 2))
two_groups(counts(3, 0, 4, 0, 0, 2,  1, 0, 9, 0, 0, 1)) # answers nobody gave
two_groups(counts(19, 1,  20, 0))                      # nearly all tied
two_groups(counts(6, 3,  2, 9), 0.9)                   # two answers: Fisher's case
two_groups(counts(97, 3,  1, 99))
two_groups(counts(5, 5, 5, 5, 5,  5, 5, 5, 5, 5))      # no difference at all
two_groups(counts(7, 0, 7,  0, 14, 0))                 # different spread, the same middle
two_groups(counts(6, 15, 21, 27, 31, 20, 15,  10, 15, 20, 26, 17, 10, 5))
two_groups(counts(1, 1, 0, 0, 0, 0,  0, 0, 1, 1, 1, 1))
two_groups(counts(40, 160, 300, 220,  55, 190, 240, 150), exact = FALSE)
two_groups(counts(300, 400, 300,  305, 400, 295), exact = FALSE)
for (n in c(2, 3, 5, 8, 13, 21, 34, 55)) {             # numbers without ties
    one <- sample(0:1, n, replace = TRUE)
    one[1:2] <- 0:1
    two_groups(rbind(one, 1 - one), 0.95)
}
for (i in 1:30)
    two_groups(random_table(2, sample(2:11, 1), sample(8:120, 1), runif(1, -1, 1)), sample(c(0.8, 0.9, 0.95, 0.99), 1))

# --- Three and more -------------------------------------------------------------------------------------------

begin("ranks_groups.csv", "rows,columns,counts...,H,degrees,p,epsilon_squared,z_and_p_of_pairs...")
three_groups <- function(table) {
    group <- groups_of(table); answer <- answers_of(table); n <- length(answer)
    test <- kruskal.test(answer, group)
    present <- sort(unique(group)); rank <- rank(answer); pairs <- c()
    for (i in seq_along(present)) for (j in seq_along(present)) if (i < j) {
        a <- rank[group == present[i]]; b <- rank[group == present[j]]
        # The variance of a midrank as Dunn (1964) writes it for ties.
        t <- table(answer)
        variance <- n * (n + 1) / 12 - sum(t^3 - t) / (12 * (n - 1))
        z <- (mean(a) - mean(b)) / sqrt(variance * (1 / length(a) + 1 / length(b)))
        pairs <- c(pairs, z, 2 * pnorm(-abs(z)))
    }
    h <- as.numeric(test$statistic)
    line(dim(table), t(table), h, test$parameter, test$p.value, h * (n + 1) / (n^2 - 1), pairs)
}
rows <- function(k, ...) matrix(c(...), nrow = k, byrow = TRUE)
three_groups(rows(3, 1, 2, 3, 4,  4, 3, 2, 1,  2, 2, 2, 2))
three_groups(rows(3, 10, 0, 0,  0, 10, 0,  0, 0, 10))   # groups that do not overlap
three_groups(rows(3, 5, 5, 5,  5, 5, 5,  5, 5, 5))      # no difference
three_groups(rows(4, 5, 1, 2,  0, 0, 0,  3, 3, 3,  1, 1, 6)) # an empty group
three_groups(rows(3, 1, 0, 0, 0,  0, 1, 0, 0,  0, 0, 1, 0))  # one of each
three_groups(rows(3, 1, 0, 4, 0,  2, 0, 6, 0,  0, 0, 9, 0))  # answers nobody gave
three_groups(rows(3, 40, 1,  39, 0,  38, 2))            # nearly all tied
three_groups(rows(3, 1, 0, 0, 0, 0,  4, 9, 3, 1, 1,  1, 5, 9, 8, 2)) # a group of one
three_groups(rows(5, 2, 9, 30, 25,  4, 4, 9, 7,  0, 5, 10, 15,  3, 3, 3, 0,  1, 7, 4, 22))
three_groups(rows(3, 30000, 40000, 30000,  30500, 40000, 29500,  20000, 27000, 19900))
three_groups(rows(2, 8, 5, 2,  1, 6, 9))
for (i in 1:30)
    three_groups(random_table(sample(2:6, 1), sample(2:11, 1), sample(15:300, 1), runif(1, -0.7, 0.7)))

# --- Ordered groups: rates ------------------------------------------------------------------------------------

begin("ranks_trend_rates.csv", "rows,not_and_favourable...,scores...,z,p,tau_b")
trend_rates <- function(table, scores = seq_len(nrow(table))) {
    kept <- rowSums(table) > 0
    x <- table[kept, 2]; n <- rowSums(table)[kept]; s <- scores[kept]
    test <- suppressWarnings(prop.trend.test(x, n, s))
    slope <- coef(lm(x / n ~ s, weights = n))[[2]]
    # A slope of nothing but rounding is none.
    slope <- if (abs(slope) < 1e-12) 0 else slope
    tau <- cor(groups_of(table), answers_of(table), method = "kendall")
    z <- sign(slope) * sqrt(as.numeric(test$statistic))
    line(nrow(table), t(table), scores, z, if (z == 0) 1 else test$p.value, if (abs(tau) < 1e-12) 0 else tau)
}
trend_rates(rows(3, 10, 5,  8, 9,  4, 12))
trend_rates(rows(4, 3, 83,  10, 83,  10, 125,  3, 67))    # smokers of Fleiss (1981)
trend_rates(rows(4, 3, 83,  10, 83,  10, 125,  3, 67), c(1, 2, 4, 8))
trend_rates(rows(3, 5, 0,  5, 5,  0, 5))                  # none, half, all
trend_rates(rows(3, 5, 5,  5, 5,  5, 5))                  # no trend at all
trend_rates(rows(3, 6, 2,  2, 6,  6, 2))                  # up and down again
trend_rates(rows(2, 9, 4,  3, 8))
trend_rates(rows(4, 9, 4,  0, 0,  3, 8,  1, 5))           # an empty group keeps its place
trend_rates(rows(3, 1, 0,  0, 1,  0, 1))
trend_rates(rows(5, 20, 1,  19, 0,  22, 2,  15, 3,  9, 4), c(-2, -1, 0, 1, 2))
trend_rates(rows(3, 300, 700,  298, 700,  295, 700), c(0.5, 1.25, 7))
for (i in 1:30) {
    k <- sample(2:8, 1)
    trend_rates(random_table(k, 2, sample(20:300, 1), runif(1, -0.15, 0.15)), if (i %% 2) 1:k else cumsum(runif(k, 0.1, 3)))
}

# --- Ordered groups: ranks ------------------------------------------------------------------------------------

# J from its definition, over all pairs of groups; its variance with ties as Hollander & Wolfe (1999) write it,
# equation 6.19. No package of Debian has this test; PSPP 1.6.2 counts too few pairs where answers are tied
# (tests/unit/test_trend_test.c).
begin("ranks_trend_ranks.csv", "rows,columns,counts...,z,p,tau_b")
trend_ranks <- function(table) {
    group <- groups_of(table); answer <- answers_of(table); N <- length(answer)
    J <- 0
    for (i in 1:nrow(table)) for (j in 1:nrow(table)) if (i < j)
        J <- J + sum(outer(answer[group == i], answer[group == j], function(a, b) (a < b) + (a == b) / 2))
    n <- rowSums(table); t <- colSums(table)
    five <- function(n) sum(n * (n - 1) * (2 * n + 5))
    variance <- (five(N) - five(n) - five(t)) / 72 +
        sum(n * (n - 1) * (n - 2)) * sum(t * (t - 1) * (t - 2)) / (36 * N * (N - 1) * (N - 2)) +
        sum(n * (n - 1)) * sum(t * (t - 1)) / (8 * N * (N - 1))
    z <- (J - (N^2 - sum(n^2)) / 4) / sqrt(variance)
    tau <- cor(group, answer, method = "kendall")
    line(dim(table), t(table), z, 2 * pnorm(-abs(z)), if (z == 0) 0 else tau)
}
trend_ranks(rows(3, 1, 2, 3, 4,  4, 3, 2, 1,  2, 2, 2, 2))
trend_ranks(rows(3, 3, 2, 1,  1, 3, 2,  1, 2, 4))
trend_ranks(rows(3, 10, 0, 0,  0, 10, 0,  0, 0, 10))
trend_ranks(rows(3, 0, 0, 10,  0, 10, 0,  10, 0, 0))
trend_ranks(rows(3, 5, 5, 5,  5, 5, 5,  5, 5, 5))
trend_ranks(rows(4, 5, 1, 2,  0, 0, 0,  3, 3, 3,  1, 1, 6))
trend_ranks(rows(3, 1, 0, 0,  0, 1, 0,  0, 0, 1))
trend_ranks(rows(3, 1, 0, 4, 0,  2, 0, 6, 0,  0, 0, 9, 0))
trend_ranks(rows(3, 40, 1,  39, 0,  38, 2))
trend_ranks(rows(2, 8, 5, 2,  1, 6, 9))
trend_ranks(rows(5, 2, 9, 30, 25,  4, 4, 9, 7,  0, 5, 10, 15,  3, 3, 3, 0,  1, 7, 4, 22))
for (i in 1:30)
    trend_ranks(random_table(sample(2:7, 1), sample(2:11, 1), sample(10:300, 1), runif(1, -0.5, 0.7)))

# --- Two ordered answers --------------------------------------------------------------------------------------

begin("ranks_relation.csv", "rows,columns,counts...,rho,p_rho,tau_b,z,p_tau")
relation <- function(table) {
    x <- groups_of(table); y <- answers_of(table)
    spearman <- suppressWarnings(cor.test(x, y, method = "spearman", exact = FALSE))
    kendall <- suppressWarnings(cor.test(x, y, method = "kendall", exact = FALSE))
    rho <- as.numeric(spearman$estimate)
    none <- abs(rho) < 1e-12 && abs(kendall$estimate) < 1e-12
    if (none) line(dim(table), t(table), 0, 1, 0, 0, 1)
    else line(dim(table), t(table), rho, spearman$p.value, kendall$estimate, kendall$statistic, kendall$p.value)
}
relation(rows(4, 5, 2, 1, 0,  3, 6, 4, 1,  1, 3, 9, 6,  0, 1, 5, 12))
relation(rows(3, 1, 0, 0,  0, 1, 0,  0, 0, 1))        # three people in full order
relation(rows(3, 0, 0, 4,  0, 3, 0,  5, 0, 0))        # rho = -1
relation(rows(3, 6, 0, 0,  0, 2, 0,  0, 0, 9))        # rho = 1
relation(rows(3, 2, 2, 2,  2, 2, 2,  2, 2, 2))        # none
relation(rows(2, 2, 0,  0, 1))
relation(rows(2, 1, 1,  1, 0))
relation(rows(2, 30, 12,  9, 25))
relation(rows(2, 40, 1,  39, 0))
relation(rows(3, 0, 0, 0,  3, 0, 4,  1, 0, 5))        # an empty row and column
relation(rows(5, 90, 30, 5, 2, 1,  40, 80, 40, 9, 3,  6, 50, 99, 50, 9,  2, 8, 45, 88, 33,  1, 3, 9, 38, 91))
for (i in 1:35)
    relation(random_table(sample(2:8, 1), sample(2:8, 1), sample(8:250, 1), runif(1, -0.6, 0.6)))

# --- Difference of two rates ----------------------------------------------------------------------------------

# Each side is the one end of an ellipse around the two rates that lies furthest from its middle: found by
# going around it, not by Newcombe's square root. Limits are Wilson's, or any.
begin("ranks_difference.csv", "p1,low1,high1,p2,low2,high2,difference,low,high")
difference <- function(p1, i1, p2, i2) {
    around <- function(a, b) {
        f <- function(angle) a * cos(angle) + b * sin(angle)
        optimize(f, c(0, pi / 2), maximum = TRUE, tol = 1e-12)$objective
    }
    d <- p1 - p2
    line(p1, i1, p2, i2, d, d - around(p1 - i1[1], i2[2] - p2), d + around(i1[2] - p1, p2 - i2[1]))
}
wilson <- function(x, n, confidence = 0.95)
    as.numeric(suppressWarnings(prop.test(x, n, conf.level = confidence, correct = FALSE)$conf.int))
for (s in list(c(56, 70, 48, 80), c(9, 10, 3, 10), c(6, 7, 2, 7), c(5, 56, 0, 29), c(0, 10, 0, 20), c(0, 10, 0, 10),
               c(10, 10, 0, 20), c(10, 10, 0, 10), c(1, 1, 0, 1), c(1, 1, 1, 1), c(0, 1, 5, 9), c(500000, 1000000, 499000, 1000000)))
    difference(s[1] / s[2], wilson(s[1], s[2]), s[3] / s[4], wilson(s[3], s[4]))
difference(0.5, c(0.5, 0.5), 0.25, c(0.25, 0.25))    # two rates that are certain
difference(0.5, c(0.5, 0.5), 0.25, c(0.125, 0.5))    # one
difference(1, c(1, 1), 0, c(0, 0))
for (i in 1:30) {
    n <- sample(3:200, 2); x <- c(sample(0:n[1], 1), sample(0:n[2], 1)); confidence <- sample(c(0.8, 0.9, 0.95, 0.99), 1)
    difference(x[1] / n[1], wilson(x[1], n[1], confidence), x[2] / n[2], wilson(x[2], n[2], confidence))
}

# --- Many tests -----------------------------------------------------------------------------------------------

begin("ranks_adjustment.csv", "count,p...,holm...,bh...")
adjustment <- function(p) line(length(p), p, p.adjust(p, "holm"), p.adjust(p, "BH"))
adjustment(0.03)
adjustment(c(0.01, 0.02, 0.03, 0.04, 0.05))
adjustment(c(0.05, 0.04, 0.03, 0.02, 0.01))
adjustment(c(0.01, NA, 0.01, NA, 0.04))
adjustment(c(NA, 0.5))
adjustment(c(0, 1, 0, 1))
adjustment(rep(0.2, 7))
adjustment(c(0.9, 0.8, 0.7))
adjustment(c(1e-300, 1e-12, 1e-3, 0.5))
for (i in 1:30) {
    p <- signif(rbeta(sample(1:60, 1), 0.4, 1.5), sample(1:15, 1))
    p[runif(length(p)) < 0.1] <- NA
    adjustment(p)
}

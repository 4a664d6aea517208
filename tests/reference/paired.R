# Reference values for analysis/statistics/paired, computed by R:
#
#   Rscript tests/reference/paired.R        (from the root of the tree; needs the packages "coin" and "survey")
#
# Writes paired_signs.csv, paired_tables.csv, paired_differences.csv, paired_numbers.csv and paired_means.csv beside
# this file. Where something is drawn, the seed is fixed.

suppressPackageStartupMessages(library(coin))
suppressPackageStartupMessages(library(survey))
options(digits = 15, scipen = 20)
folder <- "tests/reference"
set.seed(20240501, kind = "Mersenne-Twister", normal.kind = "Inversion", sample.kind = "Rejection")

digits <- function(x) ifelse(is.na(x), "NA", formatC(x, digits = 15, format = "g", width = 1))
write_table <- function(table, name) {
    for (column in names(table))
        table[[column]] <- digits(table[[column]])
    write.csv(table, file.path(folder, name), row.names = FALSE, quote = FALSE)
}
# Lines of different lengths under one header.
write_lines <- function(header, lines, name)
    writeLines(c(header, vapply(lines, function(x) paste(digits(x), collapse = ","), "")), file.path(folder, name))

# --- McNemar, exact: of those who changed, who changed to yes --------------------------------------------------------

signs <- rbind(expand.grid(gained = 0:9, lost = 0:9),
               data.frame(gained = c(15, 30, 12, 100, 3, 500, 0, 0, 250, 1000, 61),
                          lost = c(4, 30, 40, 140, 60, 431, 40, 300, 251, 1100, 0)))
signs$p <- mapply(function(a, b) if (a + b == 0) NA else binom.test(a, a + b)$p.value, signs$gained, signs$lost)
write_table(signs, "paired_signs.csv")

# --- Stuart and Maxwell -----------------------------------------------------------------------------------------------

# The definition with all answers and the generalised inverse of their covariance, by its eigenvectors; its rank gives
# the degrees of freedom. Nothing is left out by hand, as the program does.
stuart_maxwell <- function(table) {
    d <- rowSums(table) - colSums(table)
    S <- diag(rowSums(table) + colSums(table), nrow(table)) - table - t(table)
    parts <- eigen(S, symmetric = TRUE)
    kept <- parts$values > 1e-9 * max(parts$values, 1)
    rank <- sum(kept)
    if (rank == 0)
        return(c(NA, NA, NA))
    statistic <- sum((t(parts$vectors[, kept, drop = FALSE]) %*% d)^2 / parts$values[kept])
    c(statistic, rank, pchisq(statistic, rank, lower.tail = FALSE))
}

square <- function(k, ...) matrix(c(...), k, k, byrow = TRUE)
tables <- list(
    square(2, 10, 3, 8, 20), square(2, 0, 5, 1, 0), square(2, 7, 0, 0, 4), square(2, 0, 6, 0, 0), square(1, 9),
    square(3, 20, 10, 5, 3, 30, 15, 0, 5, 40),          # the textbook case
    square(3, 5, 0, 0, 0, 7, 0, 0, 0, 9),               # nobody changed
    square(3, 5, 2, 0, 1, 7, 0, 0, 0, 9),               # nobody left or came to the third
    square(3, 5, 2, 0, 1, 7, 0, 0, 0, 0),               # nobody ever gave the third
    square(4, 5, 2, 0, 0, 6, 7, 0, 0, 0, 0, 3, 4, 0, 0, 1, 8), # two parts that hang together
    square(4, 5, 2, 0, 0, 2, 7, 0, 0, 0, 0, 3, 4, 0, 0, 4, 8), # each of them balanced
    square(4, 0, 3, 0, 0, 0, 0, 3, 0, 0, 0, 0, 3, 3, 0, 0, 0), # a circle: all margins are the same
    square(3, 0, 12, 0, 0, 0, 12, 12, 0, 0),
    square(5, 1, 0, 0, 0, 9, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 2, 0, 0, 0, 1), # first and last only
    square(3, 1000, 200, 50, 100, 3000, 400, 20, 300, 5000), square(3, 0, 1, 0, 0, 0, 0, 0, 0, 0))
for (k in c(2, 3, 4, 5, 7, 11))
    for (size in c(8, 40, 300, 5000))
        tables[[length(tables) + 1]] <-
            matrix(rmultinom(1, size, runif(k * k)^3 + diag(k) * runif(1, 0, 3)), k, k)

# Where the covariance has full rank, coin must agree with the definition.
checked <- 0
for (table in tables) {
    own <- stuart_maxwell(table)
    if (is.na(own[2]) || own[2] < nrow(table) - 1)
        next
    dimnames(table) <- list(first = seq_len(nrow(table)), second = seq_len(nrow(table)))
    theirs <- mh_test(as.table(table))
    stopifnot(all.equal(as.numeric(statistic(theirs)), own[1], tolerance = 1e-9),
              all.equal(as.numeric(pvalue(theirs)), own[3], tolerance = 1e-7))
    checked <- checked + 1
}
stopifnot(checked >= 20)
write_lines("k,statistic,degrees,p,counts (row after row)",
            lapply(tables, function(table) c(nrow(table), stuart_maxwell(table), as.vector(t(table)))),
            "paired_tables.csv")

# --- Newcombe's method 10 for pairs -----------------------------------------------------------------------------------

# Fagerland, Lydersen, Laake 2014 (Statistics in Medicine 33, 2850-2875), section 4.1, by cases, with Wilson's limits.
wilson <- function(x, n, confidence)
    suppressWarnings(as.numeric(prop.test(x, n, conf.level = confidence, correct = FALSE)$conf.int))
phi <- function(a, b, c, d) {
    n <- a + b + c + d
    below <- (a + b) * (c + d) * (a + c) * (b + d)
    if (below == 0)
        return(0)
    product <- a * d - b * c
    above <- if (product > n / 2) product - n / 2 else if (product >= 0) 0 else product
    above / sqrt(below)
}
newcombe <- function(both, lost, gained, neither, confidence) {
    n <- both + lost + gained + neither
    p <- c(both + gained, both + lost) / n
    l <- wilson(both + gained, n, confidence)
    u <- wilson(both + lost, n, confidence)
    r <- phi(both, lost, gained, neither)
    down <- c(p[1] - l[1], u[2] - p[2])
    up <- c(l[2] - p[1], p[2] - u[1])
    # The third side of a triangle whose angle has the cosine r.
    side <- function(s) Mod(s[1] - s[2] * complex(modulus = 1, argument = acos(r)))
    c(u, l, p[1] - p[2] - side(down), p[1] - p[2] + side(up))
}
fours <- rbind(expand.grid(both = c(0, 1, 7, 30), lost = c(0, 2, 9), gained = c(0, 1, 12), neither = c(0, 5, 40)),
               data.frame(both = c(54, 43, 1, 500, 0), lost = c(0, 0, 97, 30, 29), gained = c(0, 14, 1, 61, 0),
                          neither = c(0, 9, 1, 409, 0)))
fours <- fours[rowSums(fours) > 0, ]
fours$confidence <- rep_len(c(0.95, 0.9, 0.99), nrow(fours))
limits <- t(mapply(newcombe, fours$both, fours$lost, fours$gained, fours$neither, fours$confidence))
colnames(limits) <- c("first_low", "first_high", "second_low", "second_high", "low", "high")
covariance <- function(both, lost, gained, neither)
    cov(rep(c(1, 1, 0, 0), c(both, lost, gained, neither)), rep(c(1, 0, 1, 0), c(both, lost, gained, neither)))
fours$covariance <- mapply(covariance, fours$both, fours$lost, fours$gained, fours$neither)
write_table(cbind(fours, limits), "paired_differences.csv")

# --- Numbers ----------------------------------------------------------------------------------------------------------

numbers <- list(
    list(c(3, 4, 5, 6), c(4, 4, 6, 9)), list(c(1, 2), c(2, 1)), list(7, 9), list(c(1, 2, 3), c(2, 3, 4)),
    list(c(5, 5, 5), c(5, 5, 5)), list(c(1e9 + 1, 1e9 + 2, 1e9 + 3), c(1e9 + 2, 1e9 + 2, 1e9 + 5)),
    list(rep(0, 12), c(rep(0, 11), 1)), list(1:30, 30:1))
for (n in c(3, 5, 8, 12, 20, 35, 60, 90, 140, 200))
    for (k in c(2, 5, 11)) {
        first <- sample(0:k, n, TRUE)
        numbers[[length(numbers) + 1]] <- list(first, pmax(0, first + sample(-1:1, n, TRUE)))
    }
mean_difference <- function(first, second, N, confidence) {
    n <- length(first)
    change <- second - first
    if (N > 0 && n >= N)
        return(rep(mean(change), 2))
    if (n == 1 || all(change == change[1]))
        return(c(NA, NA))
    if (N == 0)
        return(as.numeric(t.test(second, first, paired = TRUE, conf.level = confidence)$conf.int))
    design <- svydesign(ids = ~1, data = data.frame(change), fpc = rep(N, n))
    as.numeric(confint(svymean(~change, design), level = confidence, df = n - 1))
}
lines <- list()
means <- data.frame()
for (i in seq_along(numbers)) {
    first <- numbers[[i]][[1]]
    second <- numbers[[i]][[2]]
    n <- length(first)
    N <- c(0, n, 2 * n + 3, n + 1, 1000)[i %% 5 + 1]
    confidence <- c(0.95, 0.9, 0.99)[i %% 3 + 1]
    interval <- mean_difference(first, second, N, confidence)
    moved <- sum(second != first)
    means <- rbind(means, data.frame(
        dataset = i, N, confidence, rose = sum(second > first), fell = sum(second < first),
        difference = mean(second) - mean(first), low = interval[1], high = interval[2],
        covariance = if (n > 1) cov(first, second) else NA,
        p = if (moved) binom.test(sum(second > first), moved)$p.value else NA))
    lines[[i]] <- c(i, rbind(first, second))
}
write_lines("dataset,first and second of each", lines, "paired_numbers.csv")
write_table(means, "paired_means.csv")

# Reference values for analysis/statistics/wave, computed by R:
#
#   Rscript tests/reference/wave.R        (from the root of the tree)
#
# Writes wave_designs.csv and wave_rates.csv beside this file. Where something is drawn, the seed is fixed.

options(digits = 15, scipen = 20)
folder <- "tests/reference"
set.seed(20240502, kind = "Mersenne-Twister", normal.kind = "Inversion", sample.kind = "Rejection")

write_table <- function(table, name) {
    for (column in names(table))
        table[[column]] <- ifelse(is.na(table[[column]]), "NA",
                                  formatC(table[[column]], digits = 15, format = "g", width = 1))
    write.csv(table, file.path(folder, name), row.names = FALSE, quote = FALSE)
}

# --- The variance, from every pair of samples there can be ------------------------------------------------------------

# A small population answers twice. All first samples of n1, all second samples of n2 of which n12 are in the first:
# each pair is as likely as any other. The variance of the difference of the two means is summed over all of them; no
# formula for a variance is used.
choose_all <- function(from, count) {
    if (count == 0)
        return(list(integer()))
    combn(length(from), count, function(at) from[at], simplify = FALSE)
}
every_design <- function(y1, y2, n1, n2, n12) {
    everybody <- seq_along(y1)
    differences <- c()
    for (first in choose_all(everybody, n1))
        for (again in choose_all(first, n12))
            for (new in choose_all(setdiff(everybody, first), n2 - n12))
                differences <- c(differences, mean(y2[c(again, new)]) - mean(y1[first]))
    mean((differences - mean(differences))^2)
}

designs <- data.frame()
for (N in 4:7)
    for (n1 in c(2, 3, N - 1, N))
        for (n2 in c(2, N - 1, N))
            for (n12 in unique(c(max(0, n1 + n2 - N), min(n1, n2)))) {
                y1 <- if (N %% 2) sample(0:1, N, TRUE) else sample(0:9, N, TRUE)
                y2 <- if (N == 5) 1 - y1 else if (N == 6) y1 + sample(0:2, N, TRUE) else sample(0:4, N, TRUE)
                designs <- rbind(designs, data.frame(
                    N, n1, n2, n12, variance_1 = var(y1), variance_2 = var(y2), covariance = cov(y1, y2),
                    variance = every_design(y1, y2, n1, n2, n12)))
            }
write_table(designs, "wave_designs.csv")

# --- Two waves, from their answers ------------------------------------------------------------------------------------

wilson <- function(x, n, confidence)
    suppressWarnings(as.numeric(prop.test(x, n, conf.level = confidence, correct = FALSE)$conf.int))

# `both` are the pairs of those who answered twice (yes-yes, yes-no, no-yes, no-no), `first` and `second` the yes and
# the no of the others. Everything comes from the answers, one by one.
compare <- function(both, first, second, N1, N2, confidence) {
    pairs1 <- rep(c(1, 1, 0, 0), both)
    pairs2 <- rep(c(1, 0, 1, 0), both)
    y1 <- c(pairs1, rep(c(1, 0), first))
    y2 <- c(pairs2, rep(c(1, 0), second))
    n1 <- length(y1)
    n2 <- length(y2)
    n12 <- length(pairs1)
    s12 <- if (n12 > 1) cov(pairs1, pairs2) else 0
    known <- N1 > 0 && N2 > 0
    estimate <- function(y, N) {
        if (N > 0 && length(y) >= N) 0 else (if (N > 0) 1 - length(y) / N else 1) * var(y) / length(y)
    }
    V1 <- estimate(y1, N1)
    V2 <- estimate(y2, N2)
    shared <- s12 * (n12 / (n1 * n2) - if (known) 1 / max(N1, N2) else 0)
    sure <- !is.na(V1) && !is.na(V2) && V1 > 0 && V2 > 0
    r <- if (sure) max(-1, min(1, shared / sqrt(V1 * V2))) else 0
    variance <- V1 + V2 - 2 * (if (sure) shared else 0)
    if (!is.na(variance) && variance < 1e-12 * (V1 + V2)) # what rounding leaves of nothing
        variance <- 0
    census1 <- N1 > 0 && n1 >= N1
    census2 <- N2 > 0 && n2 >= N2
    l1 <- if (census1) rep(mean(y1), 2) else wilson(sum(y1), n1, confidence)
    l2 <- if (census2) rep(mean(y2), 2) else wilson(sum(y2), n2, confidence)
    d <- mean(y2) - mean(y1)
    # The third side of a triangle whose angle has the cosine r.
    side <- function(a, b) Mod(a - b * complex(modulus = 1, argument = acos(r)))
    z <- d / sqrt(variance)
    tested <- !(census1 && census2) && n1 > 1 && n2 > 1 && !is.na(variance) && variance > 0
    data.frame(x1 = sum(y1), n1, N1, x2 = sum(y2), n2, N2, n12, covariance = s12,
               low_1 = l1[1], high_1 = l1[2], low_2 = l2[1], high_2 = l2[2],
               difference = d, variance, correlation = r,
               low = d - side(mean(y2) - l2[1], l1[2] - mean(y1)),
               high = d + side(l2[2] - mean(y2), mean(y1) - l1[1]),
               z = if (tested) z else NA, p = if (tested) 2 * pnorm(-abs(z)) else NA)
}

none <- c(0, 0, 0, 0)
waves <- rbind(
    compare(none, c(52, 33), c(60, 20), 0, 0, 0.95), compare(none, c(52, 33), c(60, 20), 140, 140, 0.95),
    compare(none, c(0, 12), c(5, 7), 20, 30, 0.95), compare(none, c(12, 0), c(12, 0), 0, 0, 0.95),
    compare(none, c(0, 12), c(9, 0), 0, 0, 0.9), compare(none, c(1, 0), c(3, 4), 0, 0, 0.95),
    compare(none, c(1, 0), c(0, 1), 1, 1, 0.95), compare(none, c(7, 3), c(4, 6), 10, 10, 0.95),
    compare(none, c(7, 3), c(4, 6), 10, 25, 0.99), compare(none, c(7, 3), c(4, 6), 25, 10, 0.99),
    compare(c(30, 5, 12, 13), c(10, 10), c(10, 5), 140, 140, 0.95),
    compare(c(30, 5, 12, 13), c(10, 10), c(10, 5), 140, 200, 0.95),
    compare(c(30, 5, 12, 13), c(10, 10), c(10, 5), 0, 0, 0.95),
    compare(c(30, 5, 12, 13), c(0, 0), c(0, 0), 0, 0, 0.95), compare(c(30, 0, 0, 13), c(0, 0), c(0, 0), 0, 0, 0.95),
    compare(c(30, 0, 0, 13), c(0, 0), c(0, 0), 100, 100, 0.95), compare(c(0, 20, 25, 0), c(3, 2), c(1, 1), 90, 90, 0.9),
    compare(c(40, 3, 5, 2), c(0, 0), c(10, 10), 50, 70, 0.95), compare(c(40, 3, 5, 2), c(0, 0), c(0, 0), 50, 50, 0.95),
    compare(c(20, 0, 5, 0), c(2, 0), c(3, 4), 60, 60, 0.95), compare(c(1, 0, 0, 0), c(4, 5), c(6, 4), 60, 60, 0.95))
for (i in 1:40) {
    both <- as.vector(rmultinom(1, sample(0:80, 1), c(5, 1, 2, 3)))
    first <- sample(0:30, 2)
    second <- sample(0:30, 2)
    least <- sum(both, first, second)
    N <- sample(c(0, least, least + 20, 5 * least + 1), 1)
    waves <- rbind(waves, compare(both, first, second, N, N, c(0.95, 0.9, 0.99)[i %% 3 + 1]))
}
write_table(waves, "wave_rates.csv")

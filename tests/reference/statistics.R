# Reference values for analysis/statistics/proportion and analysis/statistics/distribution, computed by R:
#
#   Rscript tests/reference/statistics.R        (from the root of the tree; needs the package "survey")
#
# Writes proportions.csv, datasets.csv, distributions.csv and versions.txt beside this file.

suppressPackageStartupMessages(library(survey))
options(digits = 15, scipen = 20)
folder <- "tests/reference"

write_table <- function(table, name) {
    for (column in names(table))
        if (is.numeric(table[[column]]))
            table[[column]] <- formatC(table[[column]], digits = 15, format = "g", width = 1)
    write.csv(table, file.path(folder, name), row.names = FALSE, quote = FALSE)
}

# --- Rates -----------------------------------------------------------------------------------------------------

# Probabilities that differ by less than this, relatively, are equal: R's own are good to some 1e-13.
tie <- 1 + 1e-10

# Blaker's acceptability of M favourable people in N, given x of n: the smaller tail of x, and the other tail as far
# as it is not larger. Both from the cumulated probabilities of all results, straight from the definition.
acceptability <- function(M, x, n, N) {
    k <- 0:n
    below <- phyper(k, M, N - M, n)
    above <- phyper(k - 1, M, N - M, n, lower.tail = FALSE)
    smaller <- pmin(below, above)
    sum(dhyper(k, M, N - M, n)[smaller <= smaller[x + 1] * tie])
}

# Every M in the population is tried, but for those whose smaller tail alone rules them out: the acceptability is
# at most twice that.
exact <- function(x, n, N, confidence) {
    alpha <- 1 - confidence
    M <- x:(N - n + x)
    smaller <- pmin(phyper(x, M, N - M, n), phyper(x - 1, M, N - M, n, lower.tail = FALSE))
    M <- M[2 * smaller * tie > alpha]
    accepted <- M[vapply(M, acceptability, 0, x, n, N) > alpha * tie]
    range(accepted) / N
}

# The score equation solved by root finding, not by its closed form, then cut to what is certain.
wilson_finite <- function(x, n, N, confidence) {
    z <- qnorm(1 - (1 - confidence) / 2)
    p <- x / n
    effective <- n * (N - 1) / (N - n)
    score <- function(q) (p - q)^2 - z^2 * q * (1 - q) / effective
    solve <- function(from, to) uniroot(score, c(from, to), tol = 1e-17, maxiter = 10000)$root
    # For x = 0 the equation holds at 0 too, and for x = n at 1; the other end is the root further on.
    low <- if (x == 0) 0 else solve(0, if (x == n) 1 - 1e-9 else p)
    high <- if (x == n) 1 else solve(if (x == 0) 1e-9 else p, 1)
    c(max(low, x / N), min(high, (x + N - n) / N))
}

wilson_plain <- function(x, n, confidence) {
    suppressWarnings(as.numeric(prop.test(x, n, conf.level = confidence, correct = FALSE)$conf.int))
}

rates <- function() {
    triples <- data.frame(x = 0:97, n = 97, N = 140)
    for (size in list(c(22, 32), c(9, 10), c(66, 98), c(12, 15), c(5, 8), c(1, 20), c(10, 20), c(30, 60)))
        triples <- rbind(triples, data.frame(x = 0:size[1], n = size[1], N = size[2]))
    for (N in c(50, 100, 253, 500, 1000, 2000, 5000, 20000))
        for (n in unique(pmax(1, round(N * c(0.002, 0.01, 0.05, 0.2, 0.5, 0.69, 0.9, 0.99)))))
            if (n < N && n <= 3000)
                triples <- rbind(triples, data.frame(x = unique(round(n * c(0, 0.01, 0.13, 0.29, 0.5, 0.63, 1))),
                                                     n = n, N = N))
    triples <- unique(triples)
    triples$confidence <- c(0.95, 0.95, 0.95, 0.9, 0.99)[seq_len(nrow(triples)) %% 5 + 1]
    triples$confidence[triples$N == 140] <- 0.95
    ends <- t(apply(triples, 1, function(row) {
        c(exact(row["x"], row["n"], row["N"], row["confidence"]),
          wilson_finite(row["x"], row["n"], row["N"], row["confidence"]),
          wilson_plain(row["x"], row["n"], row["confidence"]))
    }))
    colnames(ends) <- c("exact_low", "exact_high", "finite_low", "finite_high", "plain_low", "plain_high")
    cbind(triples, ends)
}

# --- Means and quantiles -----------------------------------------------------------------------------------------

# Made-up numbers, none drawn at random, so that any version of R gives the same.
datasets <- list(
    list(N = 140, values = c(1, 2, 2, 3, 3, 3, 4)),
    list(N = 0, values = c(1, 2, 2, 3, 3, 3, 4)),
    list(N = 140, values = rep(4:1, c(20, 32, 15, 8))),
    list(N = 98, values = rep(4:1, c(14, 30, 16, 6))),
    list(N = 10, values = c(4, 4, 3, 3, 3, 2, 4, 1, 3)),
    list(N = 32, values = rep(5:1, c(3, 9, 5, 4, 1))),
    list(N = 0, values = c(12, 47)),
    list(N = 3, values = c(12, 47)),
    list(N = 500, values = (1:97)^2),
    list(N = 140, values = 0.1 * (1:35)),
    list(N = 1000, values = 2013 + c(0.25, 0.5, 0.5, 0.75, 1.25, 3)),
    list(N = 0, values = 1e9 + c(4, 7, 13, 16)),
    list(N = 20, values = 1e12 + c(4, 7, 13, 16, 16)),
    list(N = 200, values = c(-40, -12.5, -3, 0, 0, 0.125, 7, 1000)),
    list(N = 5000, values = (1:401 * 37) %% 101),
    list(N = 140, values = rep(c(0, 50), c(80, 1))),
    list(N = 0, values = sqrt(1:50)),
    list(N = 60, values = rep(0:10, c(1, 0, 2, 1, 3, 5, 4, 9, 12, 8, 6))),
    list(N = 0, values = rep(c(-1e-3, 1e-3), c(3, 5))),
    list(N = 100000, values = (1:20000 * 7919) %% 1009 / 8),
    list(N = 11, values = c(6, 6.5, 7, 7.5, 8, 8.5, 9, 9.5, 10, 10.5)),
    list(N = 0, values = 1 / (1:30))
)

# The mean and its interval by the survey package, with the finite population correction where N is known.
describe <- function(dataset, confidence) {
    sample <- data.frame(value = dataset$values, N = dataset$N)
    design <- if (dataset$N > 0) svydesign(ids = ~1, data = sample, fpc = ~N) else
        svydesign(ids = ~1, data = sample, weights = ~rep(1, nrow(sample)))
    mean <- svymean(~value, design)
    as.numeric(c(coef(mean), confint(mean, level = confidence, df = degf(design)), sd(sample$value)))
}

distributions <- function() {
    rows <- lapply(seq_along(datasets), function(i) {
        dataset <- datasets[[i]]
        confidence <- c(0.95, 0.9, 0.99)[i %% 3 + 1]
        figures <- describe(dataset, confidence)
        by_type <- function(type) quantile(dataset$values, c(0, 0.1, 0.25, 0.5, 0.75, 0.9, 1), type = type, names = FALSE)
        data.frame(dataset = i, n = length(dataset$values), N = dataset$N, confidence = confidence,
                   mean = figures[1], low = figures[2], high = figures[3], sd = figures[4],
                   t(setNames(by_type(7), paste0("number_", c(0, 10, 25, 50, 75, 90, 100)))),
                   t(setNames(by_type(1), paste0("ordered_", c(0, 10, 25, 50, 75, 90, 100)))))
    })
    do.call(rbind, rows)
}

counted <- function() {
    rows <- lapply(seq_along(datasets), function(i) {
        counts <- rle(sort(datasets[[i]]$values))
        data.frame(dataset = i, value = formatC(counts$values, digits = 17, format = "g", width = 1),
                   count = counts$lengths)
    })
    do.call(rbind, rows)
}

write_table(rates(), "proportions.csv")
write_table(counted(), "datasets.csv")
write_table(distributions(), "distributions.csv")
packages <- c("survey", "coin", "psych")
versions <- vapply(packages, function(name) format(packageVersion(name)), "")
writeLines(c(R.version.string, paste(packages, versions)), file.path(folder, "versions.txt"))

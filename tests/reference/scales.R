# Reference values for scales and coders (analysis/statistics/covariance, reliability, importance, agreement),
# computed by R:
#
#   Rscript tests/reference/scales.R        (from the root of the tree; needs the package "psych")
#
# Writes scales_*.csv beside this file. Lines hold their data and are of different lengths. Everything is made of the
# answers of each person, or the codes of each coder, one by one.

suppressPackageStartupMessages(library(psych))
options(digits = 15, scipen = 20)
set.seed(20260512, kind = "Mersenne-Twister", normal.kind = "Inversion", sample.kind = "Rejection")
folder <- "tests/reference"

begin <- function(name, header) {
    path <<- file.path(folder, name)
    cat(header, "\n", sep = "", file = path)
}

line <- function(...) {
    numbers <- c(...)
    text <- ifelse(is.na(numbers), "NA", formatC(numbers, digits = 15, format = "g", width = 1))
    cat(paste(text, collapse = ","), "\n", sep = "", file = path, append = TRUE)
}

# Answers of n people to k items from 1 to `levels`, which have one opinion in common by `common`.
answers <- function(n, k, common, levels = 5) {
    opinion <- rnorm(n)
    items <- sapply(seq_len(k), function(item) common * opinion + sqrt(1 - common^2) * rnorm(n))
    matrix(pmin(levels, pmax(1, round((levels + 1) / 2 + items * levels / 4))), n, k)
}

constant <- function(x) length(unique(x)) < 2

# --- Cronbach's alpha -------------------------------------------------------------------------------------------------

# From the definition. What varies by rounding only, does not.
alpha_of <- function(items) {
    k <- ncol(items)
    total <- if (k > 0) var(rowSums(items)) else 0
    if (k < 2 || total < 1e-9) NA else k / (k - 1) * (1 - sum(apply(items, 2, var)) / total)
}

begin("scales_reliability.csv",
      "n,k,confidence,answers...,alpha,low,high,average_correlation,(constant,alpha_if_dropped,item_total)...")
checked <- 0
reliability <- function(items, confidence = 0.95) {
    n <- nrow(items); k <- ncol(items)
    flat <- n > 1 & apply(items, 2, constant)
    varying <- items[, !flat, drop = FALSE]
    alpha <- average <- NA; interval <- c(NA, NA)
    if (n > 1 && ncol(varying) > 1) {
        alpha <- alpha_of(varying)
        r <- suppressWarnings(cor(varying))
        average <- mean(r[lower.tri(r)])
        ends <- qf(1 - c(1 - confidence, 1 + confidence) / 2, n - 1, (n - 1) * (ncol(varying) - 1))
        interval <- 1 - (1 - alpha) * ends
    }
    if (!is.na(alpha)) { # what the package psych says, where it does not fail
        psych <- try(suppressMessages(suppressWarnings(
            alpha(as.data.frame(varying), check.keys = FALSE, warnings = FALSE))), silent = TRUE)
        if (!inherits(psych, "try-error")) {
            checked <<- checked + 1
            stopifnot(isTRUE(all.equal(psych$total$raw_alpha, alpha)),
                      isTRUE(all.equal(psych$total$average_r, average)))
            if (ncol(varying) > 2) { # of two items psych "drops" to one, and gives r and the like
                without <- sapply(seq_len(ncol(varying)), function(i) alpha_of(varying[, -i]))
                defined <- !is.na(without)
                stopifnot(isTRUE(all.equal(psych$alpha.drop$raw_alpha[defined], without[defined])))
                others <- suppressWarnings(
                    sapply(seq_len(ncol(varying)), function(i) cor(varying[, i], rowSums(varying[, -i]))))
                defined <- defined & !is.na(psych$item.stats$r.drop)
                stopifnot(isTRUE(all.equal(psych$item.stats$r.drop[defined], others[defined])))
            }
        }
        said <- alpha.ci(alpha, n, ncol(varying), p.val = 1 - confidence)
        stopifnot(isTRUE(all.equal(as.numeric(c(said$lower.ci, said$upper.ci)), as.numeric(interval))))
    }
    describe <- function(i) {
        others <- items[, !flat & seq_len(k) != i, drop = FALSE]
        dropped <- total <- NA
        if (n > 1 && !flat[i]) {
            dropped <- alpha_of(others)
            if (ncol(others) > 0 && var(rowSums(others)) > 1e-9)
                total <- cor(items[, i], rowSums(others))
        }
        c(as.numeric(flat[i]), dropped, total)
    }
    line(n, k, confidence, t(items), alpha, interval, average, sapply(seq_len(k), describe))
}

for (n in c(2, 3, 5, 12, 40, 97, 140))
    for (k in c(2, 3, 5, 9))
        reliability(answers(n, k, 0.7), c(0.95, 0.9, 0.99)[1 + (n + k) %% 3])
reliability(answers(60, 12, 0.9, 11))                                      # 0 … 10
reliability(answers(60, 4, 0))                                             # nothing in common
reliability(cbind(answers(30, 2, 0.95), 6 - answers(30, 2, 0.95)))         # independent halves
two <- answers(50, 2, 0.9)
reliability(cbind(two, 6 - two[, 1]))                                      # one item turned round
reliability(cbind(two[, 1], 6 - two[, 1]))                                 # the sum is constant
reliability(cbind(two, 12 - rowSums(two)))                                 # likewise, of three
reliability(cbind(two[, 1], pmax(1, 5 - two[, 1])))                        # alpha far below 0
reliability(cbind(two[, 1], two[, 1]))                                     # the same twice: 1
reliability(cbind(two[, 1], two[, 1], 2 * two[, 1]))
reliability(cbind(answers(25, 3, 0.6), 4))                                 # a constant item
reliability(cbind(answers(25, 2, 0.6), 4, 1))
reliability(cbind(answers(25, 1, 0), 4))                                   # only one item varies
reliability(cbind(answers(25, 1, 0), 4, 2))
reliability(matrix(3, 20, 4))                                              # none does
reliability(matrix(c(1, 2, 3), 1, 3))                                      # one person
reliability(answers(40, 4, 0.6) / 4)                                       # values with decimals
reliability(answers(40, 4, 0.6) * 1e6 + 1e9)                               # far from 0
reliability(answers(40, 4, 0.6), 0.5)
reliability(answers(40, 4, 0.6), 0.999)
reliability(1 * (answers(140, 6, 0.8) > 3))                                # yes or no: Kuder and Richardson's 20
reliability(cbind(c(rep(1, 139), 2), c(rep(1, 138), 2, 2), answers(140, 1, 0))) # nearly constant
stopifnot(checked > 30)

# --- Relative importance ----------------------------------------------------------------------------------------------

# The regression of every set of items, then the mean over all orders from how often a set comes before an item.
r_squared <- function(y, x) {
    if (ncol(x) == 0) return(0)
    1 - sum(lm.fit(cbind(1, x), y)$residuals^2) / sum((y - mean(y))^2)
}
begin("scales_importance.csv", "n,items,answers...(outcome first),r_squared,importance...")
importance <- function(y, x) {
    n <- nrow(x); p <- ncol(x)
    sets <- as.matrix(expand.grid(rep(list(c(FALSE, TRUE)), p)))
    explained <- apply(sets, 1, function(set) r_squared(y, x[, set, drop = FALSE]))
    find <- function(set) 1 + sum(2^(which(set) - 1))
    value <- function(i) {
        before <- which(!sets[, i])
        size <- rowSums(sets[before, , drop = FALSE])
        with <- apply(sets[before, , drop = FALSE], 1, function(set) { set[i] <- TRUE; find(set) })
        sum(factorial(size) * factorial(p - 1 - size) / factorial(p) * (explained[with] - explained[before]))
    }
    line(n, p, t(cbind(y, x)), explained[length(explained)], sapply(seq_len(p), value))
}
outcome_of <- function(x, slopes)
    pmin(10, pmax(0, as.vector(round(5 + scale(x, scale = FALSE) %*% slopes + rnorm(nrow(x))))))

for (p in 1:8)
    for (n in c(10 * p, 97 + p, 40 * p)) {
        x <- answers(n, p, 0.6)
        importance(outcome_of(x, runif(p, -0.5, 1)), x)
    }
x <- answers(120, 12, 0.5)
importance(outcome_of(x, runif(12, 0, 0.6)), x)
x <- answers(200, 10, 0.9, 11)
importance(outcome_of(x, runif(10, 0, 0.3)), x)
x <- answers(80, 3, 0.5)
importance(outcome_of(x, c(1, 0, 0)), cbind(x, 6 - x[, 1]))                # the same item turned round
importance(outcome_of(x, c(1, 1, 1)), cbind(x, x[, 1] + x[, 2]))           # a sum of others
importance(outcome_of(x, c(1, 1, 1)), cbind(x, x[, 1], x[, 1]))            # three times the same
importance(outcome_of(x, c(1, 0.5, 0)), cbind(x[, 1], 3, x[, 2]))          # a constant item
importance(2 * x[, 1] + 1, x)                                              # everything is explained
importance(rowSums(x), x)
importance(rep(c(1, 2), 40), cbind(rep(c(1, 1, 2, 2), 20), rep(c(1, 2, 2, 1), 20))) # nothing, exactly
importance(1 * (outcome_of(x, c(1, 0.5, 0)) > 5), x)                       # yes or no
importance(outcome_of(x, c(1, 0.5, 0)), x * 1e-3 + 7)                      # small numbers far from 0
importance(outcome_of(x, c(1, 0.5, 0)) * 1e6, x)
rare <- cbind(x[, 1], replace(x[, 1], 7, 6 - x[7, 1]))                     # but for one person the same
importance(outcome_of(x, c(1, 0.5, 0)), rare)

# --- Cohen's kappa ----------------------------------------------------------------------------------------------------

# The standard error by the delta method, of the gradient by every cell; psych has the formula of Fleiss, Cohen and
# Everitt.
begin("scales_kappa.csv", "categories,confidence,table...,kappa,standard_error,low,high,observed,expected")
kappa_of <- function(first, second, categories, confidence = 0.95) {
    n <- length(first)
    p <- unclass(table(factor(first, seq_len(categories)), factor(second, seq_len(categories)))) / n
    agree <- mean(first == second)
    chance <- sum(rowSums(p) * colSums(p))
    kappa <- 1 - (1 - agree) / (1 - chance)
    gradient <- diag(categories) / (1 - chance) -
        (1 - agree) / (1 - chance)^2 * outer(seq_len(categories), seq_len(categories),
                                             function(i, j) colSums(p)[i] + rowSums(p)[j])
    variance <- (sum(p * gradient^2) - sum(p * gradient)^2) / n
    error <- if (variance < 1e-14) 0 else sqrt(variance)
    interval <- kappa + c(-1, 1) * qnorm((1 + confidence) / 2) * error
    interval <- if (error == 0) c(NA, NA) else pmin(1, pmax(-1, interval))
    if (error > 0) {
        said <- suppressMessages(suppressWarnings(cohen.kappa(round(p * n), n.obs = n)))
        stopifnot(isTRUE(all.equal(said$kappa, kappa)), isTRUE(all.equal(said$var.kappa, variance)))
    }
    line(categories, confidence, t(round(p * n)), kappa, error, interval, agree, chance)
}
second_coder <- function(first, categories, errors)
    ifelse(runif(length(first)) < errors, sample(categories, length(first), TRUE), first)

for (n in c(12, 40, 97, 300))
    for (categories in 2:8) {
        first <- sample(categories, n, TRUE, prob = seq_len(categories))
        kappa_of(first, second_coder(first, categories, (categories - 1) / 10), categories,
                 c(0.95, 0.9, 0.99)[1 + n %% 3])
    }
kappa_of(c(1, 2, 3, 1, 2, 3), c(1, 2, 3, 1, 2, 3), 3)                      # full agreement
kappa_of(rep(1:2, 10), rep(2:1, 10), 2)                                    # none at all
kappa_of(rep(1:3, 10), rep(c(2, 3, 1), 10), 3)
kappa_of(c(1, 1, 2), c(1, 2, 1), 2)
kappa_of(rep(1, 20), c(rep(1, 15), rep(2, 5)), 2)                          # one coder used one category only
kappa_of(1, 2, 2)                                                          # one answer
kappa_of(c(rep(1, 95), 2, 2, 1, 1, 2), c(rep(1, 95), 1, 1, 2, 2, 2), 2)    # a rare category
kappa_of(sample(3, 50, TRUE), sample(3, 50, TRUE), 5)                      # categories nobody used
kappa_of(rep(c(1, 1, 2, 2), 5), rep(c(1, 2, 1, 2), 5), 2)                  # exactly as by chance

# --- Krippendorff's alpha ---------------------------------------------------------------------------------------------

# From the coincidences of every two codes of the same answer. `codes` has a row for each coder, NA where one did not
# code.
begin("scales_krippendorff.csv", "answers,categories,codings...,n,alpha,observed,expected")
krippendorff <- function(codes, categories) {
    coincidences <- matrix(0, categories, categories)
    paired <- 0
    for (answer in seq_len(ncol(codes))) {
        given <- codes[!is.na(codes[, answer]), answer]
        if (length(given) < 2) next
        paired <- paired + 1
        for (i in seq_along(given))
            for (j in seq_along(given))
                if (i != j)
                    coincidences[given[i], given[j]] <- coincidences[given[i], given[j]] + 1 / (length(given) - 1)
    }
    all <- sum(coincidences); margins <- rowSums(coincidences)
    apart <- sum(coincidences[row(coincidences) != col(coincidences)]) / all
    chance <- sum(outer(margins, margins)[row(coincidences) != col(coincidences)]) / (all * (all - 1))
    counts <- apply(codes, 2, function(given) tabulate(given[!is.na(given)], categories))
    line(ncol(codes), categories, counts, paired, 1 - apart / chance, 1 - apart, 1 - chance)
}
some_codes <- function(answers, coders, categories, errors, missing) {
    truth <- sample(categories, answers, TRUE)
    codes <- t(sapply(seq_len(coders), function(coder) second_coder(truth, categories, errors)))
    codes[runif(length(codes)) < missing] <- NA
    codes
}
for (coders in 2:5)
    for (categories in c(2, 3, 6))
        for (missing in c(0, 0.2, 0.5))
            krippendorff(some_codes(30 + 5 * coders, coders, categories, 0.3, missing), categories)
# Krippendorff's own example (2011, Computing Krippendorff's alpha-reliability, section C): 0.743.
krippendorff(rbind(c(1, 2, 3, 3, 2, 1, 4, 1, 2, NA, NA, NA), c(1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NA, 3),
                   c(NA, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NA), c(1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NA)), 5)
krippendorff(rbind(rep(1:3, 5), rep(1:3, 5)), 3)                           # full agreement
krippendorff(rbind(rep(1:2, 5), rep(2:1, 5)), 2)                           # none
krippendorff(rbind(1, 2), 2)                                               # one answer
krippendorff(rbind(c(1, 1, NA, 2), c(1, NA, 2, 1), c(NA, NA, NA, 2)), 3)

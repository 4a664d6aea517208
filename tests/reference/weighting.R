# Reference values for analysis/statistics/weighting, estimate and rao_scott, computed by R:
#
#   Rscript tests/reference/weighting.R        (from the root of the tree; needs the package "survey")
#
# Writes weightings.csv, estimates.csv and rao_scott.csv beside this file. All campaigns are made up.

suppressPackageStartupMessages(library(survey))
options(digits = 15, scipen = 20, survey.lonely.psu = "adjust")
set.seed(20130610)
folder <- "tests/reference"

number <- function(x) ifelse(is.na(x), "NA", formatC(x, digits = 15, format = "g", width = 1))
rows <- list(weightings = character(), estimates = character(), rao_scott = character())
add <- function(table, ...) rows[[table]] <<- c(rows[[table]], paste(number(c(...)), collapse = ","))

# --- Campaigns -------------------------------------------------------------------------------------------------

# `sizes`: a list of margins, each the people in its categories. `cells`: one row per cell, one column per margin
# with the category (from 0; the number of categories: not known), and the responses.
campaign <- function(sizes, cells) list(sizes = sizes, N = sum(sizes[[1]]), cells = as.data.frame(cells))

# What each category is to weigh: those of whom the margin is not known keep their share of the responses.
targets <- function(this, margin) {
    known <- length(this$sizes[[margin]])
    unknown <- sum(this$cells$n[this$cells[[margin]] == known]) / sum(this$cells$n)
    c(this$sizes[[margin]] * (1 - unknown), this$N * unknown)
}

people <- function(this) {
    data <- this$cells[rep(seq_len(nrow(this$cells)), this$cells$n), , drop = FALSE]
    data$cell <- rep(seq_len(nrow(this$cells)), this$cells$n)
    for (margin in seq_along(this$sizes)) data[[paste0("m", margin)]] <- factor(data[[margin]])
    data
}

stratified <- function(this) {
    data <- people(this)
    data$size <- targets(this, 1)[data[[1]] + 1]
    # A stratum whose scaled size is below its responses is all there is of it.
    data$base <- 1 / (data$size / as.vector(table(data$m1)[data$m1]))
    data$fpc <- pmax(data$size, as.vector(table(data$m1)[data$m1]))
    list(design = svydesign(ids = ~1, strata = ~m1, fpc = ~fpc, probs = ~base, data = data),
         for_tests = svydesign(ids = ~1, strata = ~m1, probs = ~base, data = data), off_by_default = NA)
}

raked <- function(this) {
    data <- people(this)
    data$N <- this$N
    design <- svydesign(ids = ~1, fpc = ~N, data = data)
    names <- paste0("m", seq_along(this$sizes))
    formulas <- lapply(names, function(name) as.formula(paste0("~", name)))
    frames <- lapply(seq_along(names), function(margin) {
        frame <- data.frame(levels(data[[names[margin]]]))
        frame$Freq <- targets(this, margin)[as.numeric(levels(data[[names[margin]]])) + 1]
        setNames(frame, c(names[margin], "Freq"))
    })
    fitted <- suppressWarnings(rake(design, formulas, frames, control = list(maxit = 20000, epsilon = 1e-14)))
    by_default <- suppressWarnings(rake(design, formulas, frames))
    off <- function(result) max(unlist(lapply(seq_along(names), function(margin)
        abs(as.vector(svytable(formulas[[margin]], result)) - frames[[margin]]$Freq))))
    if (off(fitted) > 1e-8) return(list(design = NULL, off_by_default = off(by_default)))
    telling <- vapply(names, function(name) nlevels(data[[name]]) > 1, NA)    # a margin of one category says nothing
    calibrated <- calibrate(design, formulas[telling], frames[telling], calfun = "raking", epsilon = 1e-13, maxit = 500)
    stopifnot(max(abs(weights(calibrated) / weights(fitted) - 1)) < 1e-8)
    # Tests ask about chance, not about this population: without the correction for it.
    data$share <- nrow(data) / this$N
    endless <- calibrate(svydesign(ids = ~1, probs = ~share, data = data), formulas[telling], frames[telling],
                         calfun = "raking", epsilon = 1e-13, maxit = 500)
    stopifnot(max(abs(weights(endless) / weights(fitted) - 1)) < 1e-8)
    list(design = calibrated, for_tests = endless, weights = weights(fitted), off_by_default = off(by_default))
}

# --- What is computed ------------------------------------------------------------------------------------------

# The score equation at a size that is no whole number.
wilson <- function(p, n, confidence) {
    z <- qnorm(1 - (1 - confidence) / 2)
    score <- function(q) (p - q)^2 - z^2 * q * (1 - q) / n
    solve <- function(from, to) uniroot(score, c(from, to), tol = 1e-17, maxiter = 10000)$root
    c(solve(0, p), solve(p, 1))
}

# `inside`: who is in the domain; `y`: what they said.
estimate <- function(design, y, inside, confidence, is_rate) {
    design$variables$y <- y
    data <- design$variables
    domain <- subset(design, inside)
    w <- weights(design)[inside]
    result <- svymean(~y, domain)
    value <- as.numeric(coef(result))
    variance <- as.numeric(attr(result, "var"))
    n <- sum(inside)
    spread <- if (n > 1) sqrt(sum(w * (y[inside] - value)^2) / sum(w) * n / (n - 1)) else NA
    if (n > 1) stopifnot(abs(spread^2 - as.numeric(svyvar(~y, domain))) <= 1e-9 * (spread^2 + 1e-12))
    df <- degf(domain)
    population <- max(n, round(sum(w)))
    effective <- sum(w)^2 / sum(w^2)
    if (is.na(spread) || spread < 1e-12 || variance < 1e-24 * spread^2) variance <- 0
    ends <- c(NA, NA)
    if (n >= population) ends <- c(value, value)
    else if (is_rate && value > 0 && value < 1) ends <- wilson(value, if (variance > 0) value * (1 - value) / variance
        else effective * (population - 1) / (population - n), confidence)
    else if (!is_rate && df > 0 && !is.na(spread) && spread > 1e-12) {
        used <- if (variance > 0) variance else (1 - n / population) * spread^2 / effective
        ends <- value + c(-1, 1) * qt(1 - (1 - confidence) / 2, df) * sqrt(used)
        if (variance > 0)
            stopifnot(abs(ends - as.numeric(confint(result, level = confidence, df = df))) < 1e-9 * (1 + abs(value)))
    }
    # R's own interval of a rate: undefined if all say yes.
    own <- c(NA, NA)
    if (is_rate) own <- suppressWarnings(tryCatch(as.numeric(confint(svyciprop(~y, domain, level = confidence))),
                                                  error = function(e) c(NA, NA)))
    c(population, confidence, value, variance, spread, df, effective, ends, own)
}

# One line: the situation, the values, how many of each cell gave each, what R makes of it.
add_estimate <- function(situation, design, cell_count, y, inside, is_rate) {
    confidence <- sample(c(0.9, 0.95, 0.99), 1)
    values <- if (is_rate) 0:1 else sort(unique(y[inside]))
    counts <- table(factor(design$variables$cell, seq_len(cell_count))[inside], factor(y[inside], values))
    add("estimates", situation, as.numeric(is_rate), length(values), values, as.vector(t(counts)),
        estimate(design, y, inside, confidence, is_rate))
}

cramer_v <- function(shares, n) {
    r <- nrow(shares)
    k <- ncol(shares)
    expected <- outer(rowSums(shares), colSums(shares))
    unbiased <- max(0, sum((shares - expected)^2 / expected) - (r - 1) * (k - 1) / (n - 1))
    sqrt(unbiased / min(r - (r - 1)^2 / (n - 1) - 1, k - (k - 1)^2 / (n - 1) - 1))
}

# svychisq; who is not inside is missing.
rao_scott <- function(design, group, answer, inside) {
    design$variables$group <- ifelse(inside, group, NA)
    design$variables$answer <- ifelse(inside, answer, NA)
    test <- tryCatch(svychisq(~group + answer, design, statistic = "F"), error = function(e) NULL)
    shares <- prop.table(as.matrix(svytable(~group + answer, design)))
    v <- if (min(dim(shares)) > 1) cramer_v(shares, sum(inside)) else NA
    if (is.null(test) || !is.finite(test$statistic) || degf(design) < 1) return(c(NA, NA, NA, NA, NA))
    c(as.numeric(test$statistic), as.numeric(test$parameter), as.numeric(test$p.value), v)
}

add_rao_scott <- function(situation, design, cell_count, group, answer, inside, rows, columns) {
    counts <- table(factor(answer[inside], 1:columns), factor(group[inside], 1:rows),
                    factor(design$variables$cell, seq_len(cell_count))[inside])
    add("rao_scott", situation, rows, columns, as.vector(counts), rao_scott(design, group, answer, inside))
}

# All there is about one campaign.
situation <- 0
describe <- function(this) {
    situation <<- situation + 1
    result <- if (length(this$sizes) > 1) raked(this) else stratified(this)
    design <- result$design
    cell_count <- nrow(this$cells)
    outputs <- rep(NA, cell_count + 4)
    if (!is.null(design)) {
        w <- if (is.null(result$weights)) weights(design) else result$weights
        by_cell <- vapply(seq_len(cell_count), function(i) c(w[design$variables$cell == i], 0)[1], 0)
        deff <- length(w) * sum(w^2) / sum(w)^2
        outputs <- c(range(w), deff, length(w) / deff, by_cell)
    }
    add("weightings", situation, this$N, length(this$sizes), cell_count, lengths(this$sizes), unlist(this$sizes),
        as.vector(t(as.matrix(this$cells[, c(seq_along(this$sizes), ncol(this$cells))]))), result$off_by_default,
        outputs)
    if (is.null(design)) return(invisible())
    n <- sum(this$cells$n)
    cell <- design$variables$cell
    tendency <- runif(cell_count, -0.3, 0.3)[cell]
    everybody <- rep(TRUE, n)
    some <- runif(n) < 0.7
    if (!any(some)) some[1] <- TRUE
    yes <- as.numeric(runif(n) < 0.5 + tendency)
    add_estimate(situation, design, cell_count, yes, everybody, TRUE)
    add_estimate(situation, design, cell_count, yes, some, TRUE)
    add_estimate(situation, design, cell_count, rep(1, n), some, TRUE)
    add_estimate(situation, design, cell_count, rep(0, n), everybody, TRUE)
    add_estimate(situation, design, cell_count, as.numeric(cell %% 2 == 1), everybody, TRUE)
    grade <- pmin(4, pmax(1, round(2.5 + 2 * tendency + rnorm(n))))
    add_estimate(situation, design, cell_count, grade, everybody, FALSE)
    add_estimate(situation, design, cell_count, round(1e6 + 40 * tendency + 10 * rnorm(n)), some, FALSE)
    one <- seq_len(n) == n
    add_estimate(situation, design, cell_count, grade, one, FALSE)
    if (n < 6) return(invisible())
    group <- sample(1:3, n, replace = TRUE)
    add_rao_scott(situation, result$for_tests, cell_count, group, pmin(4, pmax(1, grade + (group == 1))), some, 3, 4)
    add_rao_scott(situation, result$for_tests, cell_count, group, 1 + yes, everybody, 3, 2)
    add_rao_scott(situation, result$for_tests, cell_count, pmin(2, group), 1 + (runif(n) < 0.3 + 0.1 * group), some, 2, 2)
}

# --- Situations ------------------------------------------------------------------------------------------------

strata <- function(sizes, responses) describe(campaign(list(sizes), data.frame(a = seq_along(responses) - 1, n = responses)))

strata(c(98, 10, 32), c(66, 9, 22))
strata(c(98, 10, 32), c(66, 10, 22))            # a census of one stratum
strata(c(98, 10, 32), c(66, 1, 22))             # the only one of a stratum
strata(c(98, 1, 32), c(66, 1, 22))              # all of a stratum of one
strata(c(98, 10, 32), c(98, 10, 32))            # a census
strata(c(98, 10, 32), c(50, 7, 20, 9))          # 9 of whom the margin is not known
strata(c(98, 10, 32), c(98, 10, 20, 5))         # a scaled size below the responses
strata(c(98, 10, 32), c(50, 7, 20, 1))          # 1 of whom it is not known
strata(140, 97)                                 # one category
strata(140, c(90, 7))
strata(c(10000, 20), c(2, 18))                  # weights of 5 000 and 1.1
strata(c(10000, 20, 300), c(1, 1, 250))
strata(c(5, 5), c(2, 2))
strata(c(3, 4, 5), c(1, 1, 1))
strata(c(100, 0, 50), c(60, 0, 30))             # a category without people
for (i in 1:20) {
    sizes <- 2 + rgeom(sample(2:6, 1), 0.02)
    responses <- pmax(1, rbinom(length(sizes), sizes, runif(length(sizes), 0.2, 0.9)))
    if (i %% 4 == 0) responses <- c(responses, rpois(1, 5))
    strata(sizes, responses)
}

cross <- function(...) expand.grid(...)
margins <- function(sizes, cells, n) describe(campaign(sizes, cbind(cells, n = n)))
role_channel <- cross(a = 0:2, b = 0:1)

margins(list(c(98, 10, 32), c(100, 40)), role_channel, c(48, 5, 16, 18, 3, 7))
margins(list(c(98, 10, 32), c(100, 40)), role_channel, c(48, 5, 16, 18, 0, 7))    # a combination that did not occur
margins(list(c(98, 10, 32), c(100, 40)), role_channel, c(48, 5, 0, 0, 3, 7))
margins(list(c(98, 10, 32), c(100, 40)), role_channel, c(20, 0, 0, 0, 5, 9))      # in conflict: 98 members online, but 100
margins(list(c(98, 10, 32), c(98, 42)), role_channel, c(20, 0, 0, 0, 5, 9))       # the same, without conflict
margins(list(c(98, 10, 32), c(138, 2)), role_channel, c(20, 0, 5, 0, 5, 0))       # 10 facilitators on paper, where 2 are
margins(list(c(98, 10, 32), c(100, 40)), role_channel, c(70, 5, 20, 28, 5, 12))   # a census
margins(list(c(98, 10, 32), c(100, 40)), role_channel, c(1, 1, 1, 1, 1, 1))
margins(list(c(9800, 10, 32), c(9802, 40)), role_channel, c(1, 4, 16, 18, 3, 7))  # extreme weights
margins(list(140, c(100, 40)), cross(a = 0, b = 0:1), c(60, 37))                  # a margin of one category
margins(list(c(98, 10, 32), c(100, 40)), cross(a = 0:3, b = 0:1), c(40, 5, 16, 5, 18, 3, 7, 3))  # role not known
margins(list(c(98, 10, 32), c(100, 40)), cross(a = 0:3, b = 0:2), c(40, 5, 16, 5, 18, 3, 7, 3, 4, 0, 0, 1))
margins(list(c(98, 10, 32), c(140, 0)), cross(a = 0:2, b = 0), c(66, 9, 22))
for (i in 1:24) {
    shape <- if (i %% 3 == 0) c(sample(2:4, 1), 2, 3) else c(sample(2:5, 1), sample(2:4, 1))
    cells <- do.call(cross, setNames(lapply(shape, function(k) seq_len(k) - 1), letters[seq_along(shape)]))
    here <- 1 + rgeom(nrow(cells), 0.04)
    sizes <- lapply(seq_along(shape), function(m) as.vector(tapply(here, cells[[m]], sum)))
    n <- rbinom(length(here), here, rep(runif(4, 0.3, 0.9), length.out = length(here)))
    if (any(vapply(seq_along(shape), function(m) min(tapply(n, cells[[m]], sum)), 0) == 0)) n <- here
    if (i %% 4 == 0) {                                                            # some of whom a margin is not known
        lost <- cells[1, ]
        lost[[1]] <- shape[1]
        cells <- rbind(cells, lost)
        n <- c(n, 6)
    }
    margins(sizes, cells, n)
}

headers <- c(
    weightings = "situation,population,margins,cells,(categories of each margin),(sizes),(categories of each cell and its responses),off by R's default,minimum,maximum,design effect,effective n,(weights)",
    estimates = "situation,rate,values,(values),(counts of each cell by value),population,confidence,mean,variance,standard deviation,degrees,effective n,low,high,svyciprop low,svyciprop high",
    rao_scott = "situation,rows,columns,(counts of each cell by row by column),F,degrees,degrees,p,v")
for (name in names(headers)) writeLines(c(headers[name], rows[[name]]), file.path(folder, paste0(name, ".csv")))

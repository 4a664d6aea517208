# Exact intervals of rates, as the evaluator's pages give for the rate of differences between two readings: base R's
# binom.test (Clopper and Pearson 1934).
#
#   Rscript tests/reference/keying.R        (from the root of the tree)
#
# Writes keying_rates.csv beside this file.
pairs <- rbind(c(0, 1), c(1, 1), c(0, 10), c(1, 10), c(5, 10), c(10, 10), c(0, 100), c(3, 100), c(97, 100), c(0, 1000),
               c(1, 1000), c(12, 4321), c(0, 62400), c(3, 62400), c(250, 62400), c(62399, 62400), c(1, 1000000))
limits <- t(apply(pairs, 1, function(pair) binom.test(pair[1], pair[2])$conf.int))
rows <- data.frame(different = pairs[, 1], compared = pairs[, 2], low = limits[, 1], high = limits[, 2])
write.table(format(rows, digits = 15, trim = TRUE, scientific = FALSE), "tests/reference/keying_rates.csv", sep = ",", quote = FALSE,
            row.names = FALSE)

# 250 made-up answers to recount.yaml, the same each time: a linear congruence in whole numbers below 2^53.
function below(limit) {
    seed = (seed * 16807) % 2147483647
    return int(seed / 65536) % limit
}
function one_of(words,    list, count) {
    count = split(words, list, "|")
    return list[1 + below(count)]
}
BEGIN {
    seed = 2013
    print "role,hats,sat,years,seen,ordering,routed,words,channel"
    for (i = 0; i < 250; i++) {
        role = one_of("a|a|a|b|b|c|")
        hats = one_of("x|x y|y|x y z|z||")
        asked = role == "a" || hats ~ /z/
        print role "," hats "," one_of("4|4|3|3|2|1||no_opinion|not_concerned") "," \
            one_of("|" below(40) / 2 "|" below(40)) "," \
            one_of("|2024-0" (1 + below(9)) "-" (10 + below(19))) "," \
            one_of("|p|q p|p q r|r q|q r p") "," (asked ? one_of("yes|yes|no|") : "") "," \
            one_of("||good|bad") "," one_of("web|web|paper")
    }
}

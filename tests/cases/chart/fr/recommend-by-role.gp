# Draws recommend-by-role.svg, .pdf and .png from recommend-by-role.dat:  gnuplot recommend-by-role.gp
reset
set encoding utf8
set datafile separator tab
set datafile missing "NaN"
unset key; unset border; unset xtics; unset ytics
set lmargin at screen 0; set rmargin at screen 1
set bmargin at screen 0; set tmargin at screen 1
set style fill solid 1 noborder
set xrange [-77.34138243:134.0798689]
set yrange [185:0]
set x2range [-2:451]
set y2range [185:0]
set arrow from second 163.71, second 63.08 to second 163.71, second 145.48 nohead back lw 0.5 lc rgb "#DDE1E5"
set arrow from second 217.28, second 63.08 to second 217.28, second 145.48 nohead back lw 0.5 lc rgb "#DDE1E5"
set arrow from second 270.85, second 63.08 to second 270.85, second 145.48 nohead back lw 0.5 lc rgb "#DDE1E5"
set arrow from second 324.41, second 63.08 to second 324.41, second 145.48 nohead back lw 0.5 lc rgb "#DDE1E5"
set arrow from second 377.98, second 63.08 to second 377.98, second 145.48 nohead back lw 0.5 lc rgb "#DDE1E5"
set terminal svg size 453,185 dynamic noenhanced font "Open Sans,8.5" background "white"
set output "recommend-by-role.svg"
plot \
    "recommend-by-role.dat" index "rows" using 5:1:($6-$5):(0):7 with vectors nohead linewidth 1.3 linecolor rgb variable notitle, \
    "recommend-by-role.dat" index "rows" using 4:1:7 with points pointtype 7 pointsize 0.75 linecolor rgb variable notitle, \
    "recommend-by-role.dat" index "title-left" using 1:2:3 axes x2y2 with labels left font "Open Sans Semibold,11.5" textcolor rgb "#1F2328" notitle, \
    "recommend-by-role.dat" index "subtitle-left" using 1:2:3 axes x2y2 with labels left font "Open Sans,8.5" textcolor rgb "#5F666D" notitle, \
    "recommend-by-role.dat" index "label-left" using 1:2:3 axes x2y2 with labels left font "Open Sans,8.5" textcolor rgb "#1F2328" notitle, \
    "recommend-by-role.dat" index "strong-left" using 1:2:3 axes x2y2 with labels left font "Open Sans Semibold,8.5" textcolor rgb "#1F2328" notitle, \
    "recommend-by-role.dat" index "strong-right" using 1:2:3 axes x2y2 with labels right font "Open Sans Semibold,8.5" textcolor rgb "#1F2328" notitle, \
    "recommend-by-role.dat" index "quiet-left" using 1:2:3 axes x2y2 with labels left font "Open Sans,7.5" textcolor rgb "#5F666D" notitle, \
    "recommend-by-role.dat" index "quiet-center" using 1:2:3 axes x2y2 with labels center font "Open Sans,7.5" textcolor rgb "#5F666D" notitle, \
    "recommend-by-role.dat" index "quiet-right" using 1:2:3 axes x2y2 with labels right font "Open Sans,7.5" textcolor rgb "#5F666D" notitle, \
    "recommend-by-role.dat" index "words-left" using 1:2:3 axes x2y2 with labels left font "Open Sans Italic,8" textcolor rgb "#5F666D" notitle, \
    "recommend-by-role.dat" index "notice-left" using 1:2:3 axes x2y2 with labels left font "Open Sans Semibold,7.5" textcolor rgb "#9A3412" notitle
set terminal pdfcairo size 16cm,6.534cm noenhanced font "Open Sans,8.5" fontscale 0.75 linewidth 2 pointscale 1.2 background "white"
set output "recommend-by-role.pdf"
replot
set terminal pngcairo size 1890,772 noenhanced font "Open Sans,8.5" fontscale 3.125 linewidth 4.172 pointscale 4.172 background "white"
set output "recommend-by-role.png"
replot
unset output

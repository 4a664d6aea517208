# Draws hours-by-role.svg, .pdf and .png from hours-by-role.dat:  gnuplot hours-by-role.gp
reset
set encoding utf8
set datafile separator tab
set datafile missing "NaN"
unset key; unset border; unset xtics; unset ytics
set lmargin at screen 0; set rmargin at screen 1
set bmargin at screen 0; set tmargin at screen 1
set style fill solid 1 noborder
set xrange [17.01242668:25.83939739]
set yrange [174:0]
set x2range [-2:451]
set y2range [174:0]
set arrow from second 202.64, second 52.20 to second 202.64, second 134.60 nohead back lw 0.5 lc rgb "#DDE1E5"
set arrow from second 253.96, second 52.20 to second 253.96, second 134.60 nohead back lw 0.5 lc rgb "#DDE1E5"
set arrow from second 305.28, second 52.20 to second 305.28, second 134.60 nohead back lw 0.5 lc rgb "#DDE1E5"
set arrow from second 356.60, second 52.20 to second 356.60, second 134.60 nohead back lw 0.5 lc rgb "#DDE1E5"
set terminal svg size 453,174 dynamic noenhanced font "Open Sans,8.5" background "white"
set output "hours-by-role.svg"
plot \
    "hours-by-role.dat" index "rows" using 5:1:($6-$5):(0):7 with vectors nohead linewidth 1.3 linecolor rgb variable notitle, \
    "hours-by-role.dat" index "rows" using 4:1:7 with points pointtype 7 pointsize 0.75 linecolor rgb variable notitle, \
    "hours-by-role.dat" index "title-left" using 1:2:3 axes x2y2 with labels left font "Open Sans Semibold,11.5" textcolor rgb "#1F2328" notitle, \
    "hours-by-role.dat" index "subtitle-left" using 1:2:3 axes x2y2 with labels left font "Open Sans,8.5" textcolor rgb "#5F666D" notitle, \
    "hours-by-role.dat" index "label-left" using 1:2:3 axes x2y2 with labels left font "Open Sans,8.5" textcolor rgb "#1F2328" notitle, \
    "hours-by-role.dat" index "strong-left" using 1:2:3 axes x2y2 with labels left font "Open Sans Semibold,8.5" textcolor rgb "#1F2328" notitle, \
    "hours-by-role.dat" index "strong-right" using 1:2:3 axes x2y2 with labels right font "Open Sans Semibold,8.5" textcolor rgb "#1F2328" notitle, \
    "hours-by-role.dat" index "quiet-left" using 1:2:3 axes x2y2 with labels left font "Open Sans,7.5" textcolor rgb "#5F666D" notitle, \
    "hours-by-role.dat" index "quiet-center" using 1:2:3 axes x2y2 with labels center font "Open Sans,7.5" textcolor rgb "#5F666D" notitle, \
    "hours-by-role.dat" index "quiet-right" using 1:2:3 axes x2y2 with labels right font "Open Sans,7.5" textcolor rgb "#5F666D" notitle, \
    "hours-by-role.dat" index "words-left" using 1:2:3 axes x2y2 with labels left font "Open Sans Italic,8" textcolor rgb "#5F666D" notitle, \
    "hours-by-role.dat" index "notice-left" using 1:2:3 axes x2y2 with labels left font "Open Sans Semibold,7.5" textcolor rgb "#9A3412" notitle
set terminal pdfcairo size 16cm,6.146cm noenhanced font "Open Sans,8.5" fontscale 0.75 linewidth 2 pointscale 1.2 background "white"
set output "hours-by-role.pdf"
replot
set terminal pngcairo size 1890,726 noenhanced font "Open Sans,8.5" fontscale 3.125 linewidth 4.172 pointscale 4.172 background "white"
set output "hours-by-role.png"
replot
unset output

# Draws method-by-role.svg, .pdf and .png from method-by-role.dat:  gnuplot method-by-role.gp
reset
set encoding utf8
set datafile separator tab
set datafile missing "NaN"
unset key; unset border; unset xtics; unset ytics
set lmargin at screen 0; set rmargin at screen 1
set bmargin at screen 0; set tmargin at screen 1
set style fill solid 1 noborder
set xrange [-79.45501159:133.1524215]
set yrange [400:0]
set x2range [-2:451]
set y2range [400:0]
set arrow from second 167.29, second 83.08 to second 167.29, second 165.48 nohead back lw 0.5 lc rgb "#DDE1E5"
set arrow from second 220.56, second 83.08 to second 220.56, second 165.48 nohead back lw 0.5 lc rgb "#DDE1E5"
set arrow from second 273.83, second 83.08 to second 273.83, second 165.48 nohead back lw 0.5 lc rgb "#DDE1E5"
set arrow from second 327.10, second 83.08 to second 327.10, second 165.48 nohead back lw 0.5 lc rgb "#DDE1E5"
set arrow from second 380.36, second 83.08 to second 380.36, second 165.48 nohead back lw 0.5 lc rgb "#DDE1E5"
set arrow from second 167.29, second 185.48 to second 167.29, second 267.88 nohead back lw 0.5 lc rgb "#DDE1E5"
set arrow from second 220.56, second 185.48 to second 220.56, second 267.88 nohead back lw 0.5 lc rgb "#DDE1E5"
set arrow from second 273.83, second 185.48 to second 273.83, second 267.88 nohead back lw 0.5 lc rgb "#DDE1E5"
set arrow from second 327.10, second 185.48 to second 327.10, second 267.88 nohead back lw 0.5 lc rgb "#DDE1E5"
set arrow from second 380.36, second 185.48 to second 380.36, second 267.88 nohead back lw 0.5 lc rgb "#DDE1E5"
set arrow from second 167.29, second 287.88 to second 167.29, second 370.28 nohead back lw 0.5 lc rgb "#DDE1E5"
set arrow from second 220.56, second 287.88 to second 220.56, second 370.28 nohead back lw 0.5 lc rgb "#DDE1E5"
set arrow from second 273.83, second 287.88 to second 273.83, second 370.28 nohead back lw 0.5 lc rgb "#DDE1E5"
set arrow from second 327.10, second 287.88 to second 327.10, second 370.28 nohead back lw 0.5 lc rgb "#DDE1E5"
set arrow from second 380.36, second 287.88 to second 380.36, second 370.28 nohead back lw 0.5 lc rgb "#DDE1E5"
set terminal svg size 453,400 dynamic noenhanced font "Open Sans,8.5" background "white"
set output "method-by-role.svg"
plot \
    "method-by-role.dat" index "rows" using 5:1:($6-$5):(0):7 with vectors nohead linewidth 1.3 linecolor rgb variable notitle, \
    "method-by-role.dat" index "rows" using 4:1:7 with points pointtype 7 pointsize 0.75 linecolor rgb variable notitle, \
    "method-by-role.dat" index "title-left" using 1:2:3 axes x2y2 with labels left font "Open Sans Semibold,11.5" textcolor rgb "#1F2328" notitle, \
    "method-by-role.dat" index "subtitle-left" using 1:2:3 axes x2y2 with labels left font "Open Sans,8.5" textcolor rgb "#5F666D" notitle, \
    "method-by-role.dat" index "label-left" using 1:2:3 axes x2y2 with labels left font "Open Sans,8.5" textcolor rgb "#1F2328" notitle, \
    "method-by-role.dat" index "strong-left" using 1:2:3 axes x2y2 with labels left font "Open Sans Semibold,8.5" textcolor rgb "#1F2328" notitle, \
    "method-by-role.dat" index "strong-right" using 1:2:3 axes x2y2 with labels right font "Open Sans Semibold,8.5" textcolor rgb "#1F2328" notitle, \
    "method-by-role.dat" index "quiet-left" using 1:2:3 axes x2y2 with labels left font "Open Sans,7.5" textcolor rgb "#5F666D" notitle, \
    "method-by-role.dat" index "quiet-center" using 1:2:3 axes x2y2 with labels center font "Open Sans,7.5" textcolor rgb "#5F666D" notitle, \
    "method-by-role.dat" index "quiet-right" using 1:2:3 axes x2y2 with labels right font "Open Sans,7.5" textcolor rgb "#5F666D" notitle, \
    "method-by-role.dat" index "words-left" using 1:2:3 axes x2y2 with labels left font "Open Sans Italic,8" textcolor rgb "#5F666D" notitle
set terminal pdfcairo size 16cm,14.13cm noenhanced font "Open Sans,8.5" fontscale 0.75 linewidth 2 pointscale 1.2 background "white"
set output "method-by-role.pdf"
replot
set terminal pngcairo size 1890,1669 noenhanced font "Open Sans,8.5" fontscale 3.125 linewidth 4.172 pointscale 4.172 background "white"
set output "method-by-role.png"
replot
unset output

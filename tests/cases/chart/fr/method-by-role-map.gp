# Draws method-by-role-map.svg, .pdf and .png from method-by-role-map.dat:  gnuplot method-by-role-map.gp
reset
set encoding utf8
set datafile separator tab
set datafile missing "NaN"
unset key; unset border; unset xtics; unset ytics
set lmargin at screen 0; set rmargin at screen 1
set bmargin at screen 0; set tmargin at screen 1
set style fill solid 1 noborder
set xrange [-2:451]
set yrange [238:0]
set x2range [-2:451]
set y2range [238:0]
set terminal svg size 453,238 dynamic noenhanced font "Open Sans,8.5" background "white"
set output "method-by-role-map.svg"
plot \
    "method-by-role-map.dat" index "cells" using 2:1:2:3:4:5:6 axes x2y2 with boxxyerror fillcolor rgb variable notitle, \
    "method-by-role-map.dat" index "title-left" using 1:2:3 axes x2y2 with labels left font "Open Sans Semibold,11.5" textcolor rgb "#1F2328" notitle, \
    "method-by-role-map.dat" index "subtitle-left" using 1:2:3 axes x2y2 with labels left font "Open Sans,8.5" textcolor rgb "#5F666D" notitle, \
    "method-by-role-map.dat" index "label-left" using 1:2:3 axes x2y2 with labels left font "Open Sans,8.5" textcolor rgb "#1F2328" notitle, \
    "method-by-role-map.dat" index "label-center" using 1:2:3 axes x2y2 with labels center font "Open Sans,8.5" textcolor rgb "#1F2328" notitle, \
    "method-by-role-map.dat" index "quiet-left" using 1:2:3 axes x2y2 with labels left font "Open Sans,7.5" textcolor rgb "#5F666D" notitle, \
    "method-by-role-map.dat" index "quiet-center" using 1:2:3 axes x2y2 with labels center font "Open Sans,7.5" textcolor rgb "#5F666D" notitle, \
    "method-by-role-map.dat" index "on-dark-center" using 1:2:3 axes x2y2 with labels center font "Open Sans,8" textcolor rgb "#FFFFFF" notitle, \
    "method-by-role-map.dat" index "on-light-center" using 1:2:3 axes x2y2 with labels center font "Open Sans,8" textcolor rgb "#000000" notitle, \
    "method-by-role-map.dat" index "notice-left" using 1:2:3 axes x2y2 with labels left font "Open Sans Semibold,7.5" textcolor rgb "#9A3412" notitle
set terminal pdfcairo size 16cm,8.406cm noenhanced font "Open Sans,8.5" fontscale 0.75 linewidth 2 pointscale 1.2 background "white"
set output "method-by-role-map.pdf"
replot
set terminal pngcairo size 1890,993 noenhanced font "Open Sans,8.5" fontscale 3.125 linewidth 4.172 pointscale 4.172 background "white"
set output "method-by-role-map.png"
replot
unset output
